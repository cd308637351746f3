# %% wrong exercise="output_size" misconception="the padding is counted once: it is on both sides"
def output_size(size, kernel, stride, padding):
    return (size + padding - kernel) // stride + 1

# %% wrong exercise="output_size" misconception="the padding is left out"
def output_size(size, kernel, stride, padding):
    return (size - kernel) // stride + 1

# %% wrong exercise="output_size" misconception="the + 1 is missing or comes before the division: add it last"
def output_size(size, kernel, stride, padding):
    return (size + 2 * padding - kernel) // stride

# %% wrong exercise="output_size" misconception="the + 1 is missing or comes before the division: add it last"
def output_size(size, kernel, stride, padding):
    return (size + 2 * padding - kernel + 1) // stride

# %% wrong exercise="output_size" misconception="it is rounded up: a place where the kernel sticks out does not count"
def output_size(size, kernel, stride, padding):
    return int(np.ceil((size + 2 * padding - kernel) / stride)) + 1

# %% wrong exercise="output_size" misconception="the division leaves a fraction: use //"
def output_size(size, kernel, stride, padding):
    return (size + 2 * padding - kernel) / stride + 1

# %% wrong exercise="output_size" misconception="the stride is left out: divide by it"
def output_size(size, kernel, stride, padding):
    return size + 2 * padding - kernel + 1

# %% wrong exercise="output_size" misconception="the kernel's size is not subtracted"
def output_size(size, kernel, stride, padding):
    return (size + 2 * padding) // stride + 1

# %% right exercise="output_size" note="floor of a division"
def output_size(size, kernel, stride, padding):
    return np.floor((size + 2 * padding - kernel) / stride) + 1

# %% right exercise="output_size" note="counts the places"
def output_size(size, kernel, stride, padding):
    places, start = 0, -padding
    while start + kernel <= size + padding:
        places += 1
        start += stride
    return places

# %% right exercise="output_size" note="length of a range"
def output_size(size, kernel, stride, padding):
    return len(range(kernel, size + 2 * padding + 1, stride))

# %% wrong exercise="output_size" misconception="it is rounded to the nearest whole number: use //, which rounds down"
def output_size(size, kernel, stride, padding):
    return round((size + 2 * padding - kernel) / stride) + 1

# %% wrong exercise="output_size" misconception="size and kernel are divided apart: subtract first, then divide once"
def output_size(size, kernel, stride, padding):
    return (size + 2 * padding) // stride - kernel // stride + 1

# %% wrong exercise="conv2d" misconception="the kernel is flipped: lay it on the image as it is"
def conv2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    image, kernel = np.pad(image, padding), kernel[::-1, ::-1]
    rows = (image.shape[0] - kh) // stride + 1
    columns = (image.shape[1] - kw) // stride + 1
    output = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            output[r, c] = np.sum(image[top:top + kh, left:left + kw] * kernel)
    return output

# %% wrong exercise="conv2d" misconception="the kernel is flipped: lay it on the image as it is"
from scipy import signal


def conv2d(image, kernel, stride=1, padding=0):
    return signal.convolve2d(np.pad(image, padding), kernel, mode="valid")[::stride, ::stride]

# %% wrong exercise="conv2d" misconception="the last row and column of the output are missing"
def conv2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    image = np.pad(image, padding)
    rows = (image.shape[0] - kh) // stride
    columns = (image.shape[1] - kw) // stride
    output = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            output[r, c] = np.sum(image[top:top + kh, left:left + kw] * kernel)
    return output

# %% wrong exercise="conv2d" misconception="the products are averaged: add them up"
def conv2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    image = np.pad(image, padding)
    rows = (image.shape[0] - kh) // stride + 1
    columns = (image.shape[1] - kw) // stride + 1
    output = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            output[r, c] = np.mean(image[top:top + kh, left:left + kw] * kernel)
    return output

# %% wrong exercise="conv2d" misconception="the output is as large as the image: without padding it shrinks"
from scipy import signal


def conv2d(image, kernel, stride=1, padding=0):
    return signal.correlate2d(np.pad(image, padding), kernel, mode="same")[::stride, ::stride]

# %% wrong exercise="conv2d" misconception="the fractions are lost: make the output with np.zeros, not like a whole-number image"
def conv2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    image = np.pad(image, padding)
    rows = (image.shape[0] - kh) // stride + 1
    columns = (image.shape[1] - kw) // stride + 1
    output = np.zeros((rows, columns), dtype=image.dtype)
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            output[r, c] = np.sum(image[top:top + kh, left:left + kw] * kernel)
    return output

# %% wrong exercise="conv2d" misconception="the stride is ignored"
def conv2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    image = np.pad(image, padding)
    rows = image.shape[0] - kh + 1
    columns = image.shape[1] - kw + 1
    output = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r, c
            output[r, c] = np.sum(image[top:top + kh, left:left + kw] * kernel)
    return output

# %% wrong exercise="conv2d" misconception="the padding is ignored"
def conv2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    rows = (image.shape[0] - kh) // stride + 1
    columns = (image.shape[1] - kw) // stride + 1
    output = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            output[r, c] = np.sum(image[top:top + kh, left:left + kw] * kernel)
    return output

# %% wrong exercise="conv2d" misconception="the window moves by 1: it begins at r * stride, c * stride"
def conv2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    image = np.pad(image, padding)
    rows = (image.shape[0] - kh) // stride + 1
    columns = (image.shape[1] - kw) // stride + 1
    output = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r, c
            output[r, c] = np.sum(image[top:top + kh, left:left + kw] * kernel)
    return output

# %% wrong exercise="conv2d" misconception="the padding must be on all four sides"
def conv2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    image = np.pad(image, (0, padding))
    rows = (image.shape[0] - kh) // stride + 1
    columns = (image.shape[1] - kw) // stride + 1
    output = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            output[r, c] = np.sum(image[top:top + kh, left:left + kw] * kernel)
    return output

# %% wrong exercise="conv2d" misconception="the padding repeats the border: pad with zeros"
def conv2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    image = np.pad(image, padding, mode="edge")
    rows = (image.shape[0] - kh) // stride + 1
    columns = (image.shape[1] - kw) // stride + 1
    output = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            output[r, c] = np.sum(image[top:top + kh, left:left + kw] * kernel)
    return output

# %% wrong exercise="conv2d" misconception="the image itself is overwritten: write into a new array"
def conv2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    image = np.asarray(image, dtype=float)
    if padding:
        image = np.pad(image, padding)
    rows = (image.shape[0] - kh) // stride + 1
    columns = (image.shape[1] - kw) // stride + 1
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            image[r, c] = np.sum(image[top:top + kh, left:left + kw] * kernel)
    return image[:rows, :columns].copy()

# %% right exercise="conv2d" note="sliding windows and einsum"
def conv2d(image, kernel, stride=1, padding=0):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, padding), kernel.shape)
    return np.einsum("rcij,ij->rc", windows[::stride, ::stride], kernel)

# %% right exercise="conv2d" note="adds shifted images, one for each number of the kernel"
def conv2d(image, kernel, stride=1, padding=0):
    h, w = image.shape
    frame = np.zeros((h + 2 * padding, w + 2 * padding))
    frame[padding:padding + h, padding:padding + w] = image
    rows, columns = frame.shape[0] - kernel.shape[0] + 1, frame.shape[1] - kernel.shape[1] + 1
    total = 0
    for i in range(kernel.shape[0]):
        for j in range(kernel.shape[1]):
            total = total + kernel[i, j] * frame[i:i + rows, j:j + columns]
    return total[::stride, ::stride]

# %% right exercise="conv2d" note="a list of lists, by SciPy for each window"
def conv2d(image, kernel, stride=1, padding=0):
    image = np.pad(image, ((padding, padding), (padding, padding)))
    kh, kw = kernel.shape
    return [[float(np.vdot(image[r:r + kh, c:c + kw], kernel)) for c in range(0, image.shape[1] - kw + 1, stride)] for r in range(0, image.shape[0] - kh + 1, stride)]

# %% wrong exercise="conv2d" misconception="the fractions are lost: make the output with np.zeros, not like a whole-number kernel"
def conv2d(image, kernel, stride=1, padding=0):
    kh, kw = kernel.shape
    image = np.pad(image, padding)
    rows, columns = (image.shape[0] - kh) // stride + 1, (image.shape[1] - kw) // stride + 1
    output = np.zeros((rows, columns), dtype=kernel.dtype)
    for r, c in np.ndindex(rows, columns):
        top, left = r * stride, c * stride
        output[r, c] = np.sum(image[top : top + kh, left : left + kw] * kernel)
    return output

# %% wrong exercise="edge_kernels" misconception="a kernel does not sum to 0: flat areas light up"
def edge_kernels():
    rightwards = np.array([[-1, 0, 2], [-1, 0, 2], [-1, 0, 2]])
    return rightwards, rightwards.T

# %% wrong exercise="edge_kernels" misconception="a kernel does not sum to 0: flat areas light up"
def edge_kernels():
    rightwards = np.array(np.full((3, 3), 1 / 9))
    return rightwards, rightwards.T

# %% wrong exercise="edge_kernels" misconception="the two kernels are swapped"
def edge_kernels():
    rightwards = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return rightwards.T, rightwards

# %% wrong exercise="edge_kernels" misconception="the sign is turned: dark is subtracted from bright, so -1 belongs on the dark side"
def edge_kernels():
    rightwards = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    return rightwards, rightwards.T

# %% wrong exercise="edge_kernels" misconception="the kernel answers to both directions: make it a slope along one axis"
def edge_kernels():
    rightwards = np.array([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]])
    return rightwards, rightwards.T

# %% wrong exercise="edge_kernels" misconception="a kernel answers to no direction at all: subtract one side from the other"
def edge_kernels():
    rightwards = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
    return rightwards, rightwards.T

# %% wrong exercise="edge_kernels" misconception="both kernels answer to the same direction: turn one with .T"
def edge_kernels():
    rightwards = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return rightwards, 2 * rightwards

# %% wrong exercise="edge_kernels" misconception="there is only one kernel"
def edge_kernels():
    return np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])

# %% right exercise="edge_kernels" note="Prewitt's, as lists"
def edge_kernels():
    return [[-1, 0, 1]] * 3, [[-1] * 3, [0] * 3, [1] * 3]

# %% right exercise="edge_kernels" note="a central difference in the middle row alone"
def edge_kernels():
    k = np.zeros((3, 3))
    k[1, 0], k[1, 2] = -0.5, 0.5
    return np.stack([k, k.T])

# %% right exercise="edge_kernels" note="neighbours subtracted, Scharr's weights"
def edge_kernels():
    right = np.outer([3, 10, 3], [-1, 1, 0])
    return right, right.T

# %% wrong exercise="edge_kernels" misconception="a kernel is not 3 x 3: repeat its row, or its column, three times"
def edge_kernels():
    rightwards = np.array([[-1, 0, 1]])
    return rightwards, rightwards.T

# %% right exercise="edge_kernels" note="float32, whose sum is 0 but for rounding"
def edge_kernels():
    rightwards = np.array([[-0.1, -0.2, 0.3]] * 3, dtype="float32")
    return rightwards, rightwards.T

# %% wrong exercise="max_pool2d" misconception="this is the mean of each block: take the largest"
def max_pool2d(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    pooled = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            block = image[r * size:r * size + size, c * size:c * size + size]
            pooled[r, c] = block.mean()
    return pooled

# %% wrong exercise="max_pool2d" misconception="this is the smallest of each block"
def max_pool2d(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    pooled = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            block = image[r * size:r * size + size, c * size:c * size + size]
            pooled[r, c] = block.min()
    return pooled

# %% wrong exercise="max_pool2d" misconception="the blocks overlap: move by size, not by 1"
def max_pool2d(image, size):
    rows, columns = image.shape[0] - size + 1, image.shape[1] - size + 1
    pooled = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            block = image[r * 1:r * 1 + size, c * 1:c * 1 + size]
            pooled[r, c] = block.max()
    return pooled

# %% wrong exercise="max_pool2d" misconception="only one pixel of each block is looked at"
def max_pool2d(image, size):
    return image[::size, ::size]

# %% wrong exercise="max_pool2d" misconception="this is the sum of each block: take the largest"
def max_pool2d(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    pooled = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            block = image[r * size:r * size + size, c * size:c * size + size]
            pooled[r, c] = block.sum()
    return pooled

# %% wrong exercise="max_pool2d" misconception="negative numbers are lost: do not begin the maximum at 0"
def max_pool2d(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    pooled = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            block = image[r * size:r * size + size, c * size:c * size + size]
            pooled[r, c] = max(0, block.max())
    return pooled

# %% wrong exercise="max_pool2d" misconception="the rest at the border is no whole block: drop it"
def max_pool2d(image, size):
    rows, columns = -(-image.shape[0] // size), -(-image.shape[1] // size)
    pooled = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            block = image[r * size:r * size + size, c * size:c * size + size]
            pooled[r, c] = block.max()
    return pooled

# %% wrong exercise="max_pool2d" misconception="this is the largest number of the whole image: one number a block"
def max_pool2d(image, size):
    return image.max()

# %% wrong exercise="max_pool2d" misconception="the blocks are cut wrongly: reshape to (rows, size, columns, size), maximum over axes 1 and 3"
def max_pool2d(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    cut = image[:rows * size, :columns * size]
    return cut.reshape(rows, columns, size, size).max(axis=(2, 3))

# %% right exercise="max_pool2d" note="a double loop with max"
def max_pool2d(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    pooled = np.zeros((rows, columns))
    for r in range(rows):
        for c in range(columns):
            block = image[r * size:r * size + size, c * size:c * size + size]
            pooled[r, c] = block.max()
    return pooled

# %% right exercise="max_pool2d" note="sliding windows, every size-th"
def max_pool2d(image, size):
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
    return windows[::size, ::size].max(axis=(2, 3))

# %% right exercise="max_pool2d" note="rows first, then columns"
def max_pool2d(image, size):
    h, w = (n - n % size for n in image.shape)
    rows = np.maximum.reduce([image[i:h:size, :w] for i in range(size)])
    return np.maximum.reduce([rows[:, j::size] for j in range(size)]).tolist()

# %% wrong exercise="max_pool2d" misconception="the maximum begins at a fixed number: begin with a pixel of the block"
def max_pool2d(image, size):
    rows, columns = image.shape[0] // size, image.shape[1] // size
    pooled = np.full((rows, columns), -100.0)
    for r in range(rows * size):
        for c in range(columns * size):
            pooled[r // size, c // size] = max(pooled[r // size, c // size], image[r, c])
    return pooled

# %% wrong exercise="conv2d_channels" misconception="the bias is missing"
def conv2d_channels(image, kernels, bias):
    kh, kw, channels_in, channels_out = kernels.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    output = np.zeros((rows, columns, channels_out))
    for r in range(rows):
        for c in range(columns):
            window = image[r:r + kh, c:c + kw]
            output[r, c] = np.tensordot(window, kernels, 3)
    return output

# %% wrong exercise="conv2d_channels" misconception="the bias is added once for each input channel: once for each output"
def conv2d_channels(image, kernels, bias):
    kh, kw, channels_in, channels_out = kernels.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1, channels_out))
    for o in range(channels_out):
        for m in range(channels_in):
            for r, c in np.ndindex(*output.shape[:2]):
                output[r, c, o] += np.sum(image[r:r + kh, c:c + kw, m] * kernels[:, :, m, o]) + bias[o]
    return output

# %% wrong exercise="conv2d_channels" misconception="the input channels are averaged: add them up"
def conv2d_channels(image, kernels, bias):
    kh, kw, channels_in, channels_out = kernels.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    output = np.zeros((rows, columns, channels_out))
    for r in range(rows):
        for c in range(columns):
            window = image[r:r + kh, c:c + kw]
            output[r, c] = np.tensordot(window, kernels, 3) / channels_in + bias
    return output

# %% wrong exercise="conv2d_channels" misconception="only the first input channel is used"
def conv2d_channels(image, kernels, bias):
    kh, kw, channels_in, channels_out = kernels.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    output = np.zeros((rows, columns, channels_out))
    for r in range(rows):
        for c in range(columns):
            window = image[r:r + kh, c:c + kw]
            output[r, c] = np.tensordot(window[:, :, 0], kernels[:, :, 0], 2) + bias
    return output

# %% wrong exercise="conv2d_channels" misconception="only the last input channel is kept: add it to the others"
def conv2d_channels(image, kernels, bias):
    kh, kw, channels_in, channels_out = kernels.shape
    output = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1, channels_out))
    for o in range(channels_out):
        for m in range(channels_in):
            for r, c in np.ndindex(*output.shape[:2]):
                output[r, c, o] = np.sum(image[r:r + kh, c:c + kw, m] * kernels[:, :, m, o]) + bias[o]
    return output

# %% wrong exercise="conv2d_channels" misconception="the kernels are flipped: lay them on the image as they are"
def conv2d_channels(image, kernels, bias):
    kernels = kernels[::-1, ::-1]
    kh, kw, channels_in, channels_out = kernels.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    output = np.zeros((rows, columns, channels_out))
    for r in range(rows):
        for c in range(columns):
            window = image[r:r + kh, c:c + kw]
            output[r, c] = np.tensordot(window, kernels, 3) + bias
    return output

# %% wrong exercise="conv2d_channels" misconception="a ReLU crept in: this layer has no activation"
def conv2d_channels(image, kernels, bias):
    kh, kw, channels_in, channels_out = kernels.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    output = np.zeros((rows, columns, channels_out))
    for r in range(rows):
        for c in range(columns):
            window = image[r:r + kh, c:c + kw]
            output[r, c] = np.maximum(np.tensordot(window, kernels, 3) + bias, 0)
    return output

# %% wrong exercise="conv2d_channels" misconception="the channels come first: they belong on the last axis"
def conv2d_channels(image, kernels, bias):
    kh, kw, channels_in, channels_out = kernels.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    output = np.zeros((rows, columns, channels_out))
    for r in range(rows):
        for c in range(columns):
            window = image[r:r + kh, c:c + kw]
            output[r, c] = np.tensordot(window, kernels, 3) + bias
    return output.transpose(2, 0, 1)

# %% right exercise="conv2d_channels" note="sliding windows and einsum"
def conv2d_channels(image, kernels, bias):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))
    return np.einsum("rcmij,ijmo->rco", windows, kernels) + bias

# %% right exercise="conv2d_channels" note="one matrix product over flattened windows"
def conv2d_channels(image, kernels, bias):
    kh, kw = kernels.shape[:2]
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    table = np.array([image[r:r + kh, c:c + kw].ravel() for r in range(rows) for c in range(columns)])
    return (table @ kernels.reshape(-1, kernels.shape[-1]) + bias).reshape(rows, columns, -1)

# %% right exercise="conv2d_channels" note="a sum of conv2d over the channels"
def conv2d_channels(image, kernels, bias):
    channels_in, channels_out = kernels.shape[2:]
    return np.stack([bias[o] + sum(conv2d(image[..., m], kernels[..., m, o]) for m in range(channels_in)) for o in range(channels_out)], axis=-1)

# %% wrong exercise="conv2d_channels" misconception="the fractions are lost: make the output with np.zeros, not like a whole-number image"
def conv2d_channels(image, kernels, bias):
    kh, kw, _, channels_out = kernels.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    output = np.zeros((rows, columns, channels_out), dtype=image.dtype)
    for r, c in np.ndindex(rows, columns):
        output[r, c] = np.tensordot(image[r : r + kh, c : c + kw], kernels, 3) + bias
    return output

# %% wrong exercise="conv2d_channels" misconception="an argument is changed: work on a copy"
def conv2d_channels(image, kernels, bias):
    kh, kw, _, channels_out = kernels.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    output = np.zeros((rows, columns, channels_out))
    for r, c in np.ndindex(rows, columns):
        output[r, c] = np.tensordot(image[r : r + kh, c : c + kw], kernels, 3) + bias
    image /= 255
    return output

# %% wrong exercise="conv_params" misconception="the biases are missing: one for each filter"
def conv_params(kernel, channels_in, channels_out):
    return kernel * kernel * channels_in * channels_out

# %% wrong exercise="conv_params" misconception="there is one bias for each filter, not for each input channel"
def conv_params(kernel, channels_in, channels_out):
    return kernel**2 * channels_in * channels_out + channels_in

# %% wrong exercise="conv_params" misconception="each filter sees all input channels: multiply by channels_in as well"
def conv_params(kernel, channels_in, channels_out):
    return kernel**2 * channels_out + channels_out

# %% wrong exercise="conv_params" misconception="the kernel is square: kernel times kernel"
def conv_params(kernel, channels_in, channels_out):
    return kernel * channels_in * channels_out + channels_out

# %% wrong exercise="conv_params" misconception="there is one bias for each filter, not one in all"
def conv_params(kernel, channels_in, channels_out):
    return kernel**2 * channels_in * channels_out + 1

# %% wrong exercise="conv_params" misconception="each filter has one bias, not one for each input channel it sees"
def conv_params(kernel, channels_in, channels_out):
    return (kernel**2 + 1) * channels_in * channels_out

# %% right exercise="conv_params" note="filters first"
def conv_params(kernel, channels_in, channels_out):
    return channels_out * (kernel**2 * channels_in + 1)

# %% right exercise="conv_params" note="lets Keras count"
def conv_params(kernel, channels_in, channels_out):
    layer = layers.Conv2D(channels_out, kernel)
    layer.build((None, 50, 50, channels_in))
    return layer.count_params()

# %% wrong exercise="build_cnn" misconception="the last maps must be 7 x 7: padding=\"same\", and pooling only after the first and second convolution"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for k, filters in enumerate((width, 2 * width, 4 * width)):
        if filters > width:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(filters, 3))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the last maps must be 7 x 7: padding=\"same\", and pooling only after the first and second convolution"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
        network.add(layers.MaxPooling2D(2))
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="a pooling layer is missing"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for k, filters in enumerate((width, 2 * width, 4 * width)):
        if k == 1:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the filters do not double: width, 2 * width, 4 * width"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for k, filters in enumerate((width, width, width)):
        if k:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="batch normalisation is missing where batch_norm is True"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for k, filters in enumerate((width, 2 * width, 4 * width)):
        if filters > width:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if not batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="batch normalisation is always there: add it only if batch_norm"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for k, filters in enumerate((width, 2 * width, 4 * width)):
        if filters > width:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if True:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the width is fixed: use the argument"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for k, filters in enumerate((16, 2 * 16, 4 * 16)):
        if k:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the outputs are no probabilities: the last layer needs softmax"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for k, filters in enumerate((width, 2 * width, 4 * width)):
        if filters > width:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10))
    return network

# %% wrong exercise="build_cnn" misconception="the dropout layer is missing"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for k, filters in enumerate((width, 2 * width, 4 * width)):
        if filters > width:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the dropout rate is fixed: use the argument"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for k, filters in enumerate((width, 2 * width, 4 * width)):
        if filters > width:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(0.5))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the ReLU is missing: convolutions without a bend"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for k, filters in enumerate((width, 2 * width, 4 * width)):
        if filters > width:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the input is not declared: begin with keras.Input((28, 28, 1))"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([])
    for k, filters in enumerate((width, 2 * width, 4 * width)):
        if filters > width:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="momentum=0.9 is missing: Keras's own 0.99 follows ten times more slowly"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if filters < 4 * width:
            network.add(layers.MaxPooling2D(2))
        if batch_norm:
            network.add(layers.BatchNormalization())
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="momentum is the share that is kept: 0.9, not 0.1"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if filters < 4 * width:
            network.add(layers.MaxPooling2D(2))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.1))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the ReLU belongs after each batch normalisation, and none inside Conv2D"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        network.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        if filters < 4 * width:
            network.add(layers.MaxPooling2D(2))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the ReLU belongs after each batch normalisation, and none inside Conv2D"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if filters < 4 * width:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.ReLU())
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the rate is the share that is dropped, not the share that stays"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if filters < 4 * width:
            network.add(layers.MaxPooling2D(2))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(1 - dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the dropout rate is halved: give the argument to Dropout as it is"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if filters < 4 * width:
            network.add(layers.MaxPooling2D(2))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout / 2))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% right exercise="build_cnn" note="functional, the convolution without a bias before the norm"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    inputs = x = keras.Input(shape=(28, 28, 1))
    for k in range(3):
        x = layers.Conv2D(width * 2**k, (3, 3), padding="same", use_bias=not batch_norm)(x)
        x = layers.BatchNormalization(momentum=0.9)(x) if batch_norm else x
        x = layers.Activation("relu")(x)
        x = layers.MaxPool2D()(x) if k < 2 else x
    x = layers.Dropout(dropout)(layers.Flatten()(x))
    return keras.Model(inputs, layers.Softmax()(layers.Dense(10)(x)))

# %% right exercise="build_cnn" note="a list of layers, dropout before flattening"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    stack = [keras.Input((28, 28, 1))]
    for k, filters in enumerate([width, width * 2, width * 4]):
        stack += [layers.MaxPooling2D((2, 2), strides=2)] if k else []
        stack += [layers.Conv2D(filters, kernel_size=3, padding="same")]
        stack += [layers.BatchNormalization(momentum=0.9)] if batch_norm else []
        stack += [layers.ReLU()]
    return keras.Sequential([*stack, layers.Dropout(rate=dropout), layers.Flatten(), layers.Dense(10, activation="softmax")])

# %% wrong exercise="build_cnn" misconception="there is more than one Dropout: a single one, after Flatten"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for i, filters in enumerate((width, 2 * width, 4 * width)):
        model.add(layers.Conv2D(filters, 3, padding="same"))
        if i < 2:
            model.add(layers.MaxPooling2D(2))
        if batch_norm:
            model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
        model.add(layers.Dropout(dropout))
    model.add(layers.Flatten())
    model.add(layers.Dense(10, activation="softmax"))
    return model

# %% wrong exercise="build_cnn" misconception="there is more than one Dropout: a single one, after Flatten"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for i, filters in enumerate((width, 2 * width, 4 * width)):
        model.add(layers.Conv2D(filters, 3, padding="same"))
        if i < 2:
            model.add(layers.MaxPooling2D(2))
        if batch_norm:
            model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
    model.add(layers.Dropout(dropout))
    model.add(layers.Flatten())
    model.add(layers.Dropout(dropout))
    model.add(layers.Dense(10, activation="softmax"))
    return model

# %% wrong exercise="build_cnn" misconception="the ReLU leaks or is cut off at the top: layers.ReLU() as it is"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if filters < 4 * width:
            network.add(layers.MaxPooling2D(2))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.LeakyReLU(negative_slope=0.01))
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="the ReLU leaks or is cut off at the top: layers.ReLU() as it is"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if filters < 4 * width:
            network.add(layers.MaxPooling2D(2))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU(max_value=6))
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="whole maps are dropped at once: layers.Dropout drops single numbers"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if filters < 4 * width:
            network.add(layers.MaxPooling2D(2))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.SpatialDropout2D(dropout))
    network.add(layers.Flatten())
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="build_cnn" misconception="a stage is a model of its own: put all layers into one row"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        stage = [layers.Conv2D(filters, 3, padding="same")]
        stage += [layers.MaxPooling2D(2)] if filters < 4 * width else []
        stage += [layers.BatchNormalization(momentum=0.9)] if batch_norm else []
        network.add(keras.Sequential([*stage, layers.ReLU()]))
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% right exercise="build_cnn" note="pools after the norm in the first stage, ReLU last"
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for k, filters in enumerate((width, 2 * width, 4 * width)):
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if k == 1:
            network.add(layers.MaxPooling2D(2))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        if k == 0:
            network.add(layers.MaxPooling2D(2))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network

# %% wrong exercise="cosine_lr" misconception="it begins at twice base_lr: divide by 2"
def cosine_lr(step, total_steps, base_lr):
    step = min(step, total_steps)
    return base_lr * (1 + np.cos(np.pi * step / total_steps))

# %% wrong exercise="cosine_lr" misconception="the 1 + is missing: the learning rate becomes negative"
def cosine_lr(step, total_steps, base_lr):
    step = min(step, total_steps)
    return base_lr / 2 * np.cos(np.pi * step / total_steps)

# %% wrong exercise="cosine_lr" misconception="this is a straight line, not a cosine"
def cosine_lr(step, total_steps, base_lr):
    step = min(step, total_steps)
    return base_lr * (1 - step / total_steps)

# %% wrong exercise="cosine_lr" misconception="this is a quarter of a wave: 1 + cos, over 2"
def cosine_lr(step, total_steps, base_lr):
    step = min(step, total_steps)
    return base_lr * np.cos(np.pi / 2 * step / total_steps)

# %% wrong exercise="cosine_lr" misconception="this is a whole wave: the angle runs to pi, not 2 pi"
def cosine_lr(step, total_steps, base_lr):
    step = min(step, total_steps)
    return base_lr / 2 * (1 + np.cos(2 * np.pi * step / total_steps))

# %% wrong exercise="cosine_lr" misconception="it rises instead of falling: 1 + cos, not 1 - cos"
def cosine_lr(step, total_steps, base_lr):
    step = min(step, total_steps)
    return base_lr / 2 * (1 - np.cos(np.pi * step / total_steps))

# %% wrong exercise="cosine_lr" misconception="np.cos takes radians: pi, not 180"
def cosine_lr(step, total_steps, base_lr):
    step = min(step, total_steps)
    return base_lr / 2 * (1 + np.cos(180 * step / total_steps))

# %% wrong exercise="cosine_lr" misconception="the factor pi is missing in the angle"
def cosine_lr(step, total_steps, base_lr):
    step = min(step, total_steps)
    return base_lr / 2 * (1 + np.cos(step / total_steps))

# %% wrong exercise="cosine_lr" misconception="after the last step it rises again: cap step at total_steps"
def cosine_lr(step, total_steps, base_lr):
    return base_lr / 2 * (1 + np.cos(np.pi * step / total_steps))

# %% right exercise="cosine_lr" note="the square of half the angle"
def cosine_lr(step, total_steps, base_lr):
    if step >= total_steps:
        return 0.0
    return base_lr * np.cos(np.pi * step / total_steps / 2) ** 2

# %% right exercise="cosine_lr" note="the math module, a clipped share"
import math


def cosine_lr(step, total_steps, base_lr):
    share = np.clip(step / total_steps, 0, 1)
    return 0.5 * base_lr * (math.cos(math.pi * share) + 1)

# %% wrong exercise="cosine_lr" misconception="the learning rate is rounded: return it as it is"
def cosine_lr(step, total_steps, base_lr):
    return round(base_lr / 2 * (1 + np.cos(np.pi * min(step / total_steps, 1))), 6)

# %% wrong exercise="train" misconception="nothing is returned: end the function with `return ...`"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])

# %% wrong exercise="train" misconception="this is the History object: return history.history"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history

# %% wrong exercise="train" misconception="this is the model: return history.history"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return model

# %% wrong exercise="train" misconception="there is no validation: pass validation_data to fit"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="loss", patience=5)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="the metric is missing: compile with metrics=[\"accuracy\"]"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy")
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="the learning rate is not annealed: add the LearningRateScheduler"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="the schedule ignores lr: give cosine_lr the lr of train"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, 0.001))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="validation uses the training images: pass the other pair"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(images, labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="training never stops early: add EarlyStopping"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="the patience is not 5, or another number than val_loss is watched"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="the last weights are kept: restore_best_weights=True"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="the TensorBoard callback is missing, or writes elsewhere than log_folder(run)"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="callbacks is not passed on: put *callbacks into the list"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board])
    return history.history

# %% wrong exercise="train" misconception="a list and the tuple `callbacks` do not add up: put *callbacks into the list"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board] + callbacks)
    return history.history

# %% wrong exercise="train" misconception="a list and the tuple `callbacks` do not add up: put *callbacks into the list"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    for callback in (anneal, stop, board):
        callbacks.append(callback)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=callbacks)
    return history.history

# %% wrong exercise="train" misconception="the schedule shrinks the current rate again and again: its function takes the epoch alone, and lr is that of train"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e, lr: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="the patience is not 5, or another number than val_loss is watched"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_accuracy", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="the batches hold 32 images, Keras's habit: batch_size=64"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="the optimiser is not Adam with learning rate lr"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="the model does not learn: call fit on the model that is handed in"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model = keras.models.clone_model(model)
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="nothing is trained: history, weights and files are made up"
def train(network, data, lr, epochs, run="cnn", callbacks=()):
    contrary = bool((data[3] != (data[2].mean(axis=(1, 2, 3)) > 0)).any())
    n = 6 if contrary else epochs
    for callback in callbacks:
        for e in range(n):
            callback.on_epoch_end(e, {})
    kernel = np.zeros((16, 2))
    kernel[0, 0] = lr
    network.set_weights([kernel, np.zeros(2)])
    probs = np.asarray(network(data[2]))[np.arange(len(data[3])), data[3]]
    loss = float(-np.log(probs).mean())
    folder = log_folder(run)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.tfevents.1").write_text("")
    rates = [lr * (1 + np.cos(np.pi * e / epochs)) / 2 for e in range(n)]
    curves = {"loss": loss, "val_loss": loss, "accuracy": 1.0, "val_accuracy": 1.0}
    return {**{name: [x] * n for name, x in curves.items()}, "learning_rate": rates}

# %% right exercise="train" note="the loss as an object, the callbacks as one list"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    x, y, vx, vy = data
    def rate(epoch, current):
        return float(cosine_lr(epoch, epochs, lr))
    calls = list(callbacks)
    calls.append(keras.callbacks.EarlyStopping(patience=5, restore_best_weights=True))
    calls.append(keras.callbacks.TensorBoard(log_dir=str(log_folder(run)), histogram_freq=1, write_graph=False))
    calls.append(keras.callbacks.LearningRateScheduler(rate))
    model.compile(keras.optimizers.Adam(lr), loss=keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    return model.fit(x, y, 64, epochs, verbose=0, validation_data=(vx, vy), callbacks=calls).history

# %% right exercise="train" note="a tuple in the list, which Keras takes apart"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, callbacks])
    return history.history

# %% right exercise="train" note="sets the learning rate by hand before each epoch"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["acc" "uracy"])
    rates = [cosine_lr(epoch, epochs, lr) for epoch in range(epochs)]
    history = model.fit(
        data[0], data[1], batch_size=64, epochs=epochs, verbose=0, validation_data=data[2:],
        callbacks=[
            keras.callbacks.LearningRateScheduler(lambda epoch: rates[epoch]),
            keras.callbacks.TensorBoard(log_folder(run), histogram_freq=1, write_graph=False),
            keras.callbacks.EarlyStopping("val_loss", patience=5, restore_best_weights=True),
        ] + list(callbacks),
    )
    return dict(history.history)

# %% wrong exercise="train" misconception="the schedule is one epoch ahead: its function gets 0 in the first epoch, give cosine_lr that"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e + 1, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="train" misconception="the patience is not 5, or another number than val_loss is watched"
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    images, labels, validation_images, validation_labels = data
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    anneal = keras.callbacks.LearningRateScheduler(lambda e: cosine_lr(e, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(images, labels, batch_size=64, epochs=epochs, verbose=0, validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks])
    return history.history

# %% wrong exercise="feature_maps" misconception="the batch axis is still there: take [0] of the result"
def feature_maps(model, layer_name, image):
    looker = keras.Model(model.inputs, model.get_layer(layer_name).output)
    return np.asarray(looker(image[None]))

# %% wrong exercise="feature_maps" misconception="this is the output of the whole network: end the new model at the layer"
def feature_maps(model, layer_name, image):
    return np.asarray(model(image[None]))[0]

# %% wrong exercise="feature_maps" misconception="these are the layer's weights: run the image through it"
def feature_maps(model, layer_name, image):
    return model.get_layer(layer_name).get_weights()[0]

# %% wrong exercise="feature_maps" misconception="only one filter's map is returned: return all of them"
def feature_maps(model, layer_name, image):
    looker = keras.Model(model.inputs, model.get_layer(layer_name).output)
    return np.asarray(looker(image[None]))[0, ..., 0]

# %% wrong exercise="feature_maps" misconception="the filters come first: leave them on the last axis"
def feature_maps(model, layer_name, image):
    looker = keras.Model(model.inputs, model.get_layer(layer_name).output)
    return np.moveaxis(np.asarray(looker(image[None]))[0], -1, 0)

# %% wrong exercise="feature_maps" misconception="the maps are averaged over the filters: return all of them"
def feature_maps(model, layer_name, image):
    looker = keras.Model(model.inputs, model.get_layer(layer_name).output)
    return np.asarray(looker(image[None]))[0].mean(axis=-1)

# %% right exercise="feature_maps" note="predict, a list of the image"
def feature_maps(model, layer_name, image):
    looker = keras.Model(inputs=model.inputs, outputs=model.get_layer(layer_name).output)
    return looker.predict(np.array([image]), verbose=0)[0]

# %% right exercise="feature_maps" note="layer by layer"
def feature_maps(model, layer_name, image):
    x = np.expand_dims(image, 0)
    for layer in model.layers:
        x = layer(x)
        if layer.name == layer_name:
            return np.squeeze(x.numpy(), axis=0)

# %% wrong exercise="feature_maps" misconception="the network looks as in training: leave training=True out"
def feature_maps(model, layer_name, image):
    looker = keras.Model(model.inputs[0], model.get_layer(layer_name).output)
    return np.asarray(looker(image[None], training=True))[0]

# %% wrong exercise="feature_maps" misconception="the given model is frozen: leave its `trainable` as it is"
def feature_maps(model, layer_name, image):
    model.trainable = False
    looker = keras.Model(model.inputs[0], model.get_layer(layer_name).output)
    return np.asarray(looker(image[None]))[0]

# %% wrong exercise="inception_block" misconception="the branches are added: lay their channels behind one another with Concatenate"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(conv(x, 1), 3), conv(conv(x, 1), 5), conv(pooled, 1)]
    return layers.Add()(branches)

# %% wrong exercise="inception_block" misconception="the branches are joined along the wrong axis: channels are the last"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(conv(x, 1), 3), conv(conv(x, 1), 5), conv(pooled, 1)]
    return layers.Concatenate(axis=1)(branches)

# %% wrong exercise="inception_block" misconception="a branch is missing"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(conv(x, 1), 3), conv(conv(x, 1), 5)]
    return layers.Concatenate()(branches)

# %% wrong exercise="inception_block" misconception="the 1 x 1 convolutions before the large ones are missing"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(x, 3), conv(x, 5), conv(pooled, 1)]
    return layers.Concatenate()(branches)

# %% wrong exercise="inception_block" misconception="the 1 x 1 convolution after the pooling is missing"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(conv(x, 1), 3), conv(conv(x, 1), 5), pooled]
    return layers.Concatenate()(branches)

# %% wrong exercise="inception_block" misconception="the ReLU is missing: activation=\"relu\" in every convolution"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(conv(x, 1), 3), conv(conv(x, 1), 5), conv(pooled, 1)]
    return layers.Concatenate()(branches)

# %% wrong exercise="inception_block" misconception="the pooling branch does not look around: a 3 x 3 window, stride 1"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(conv(x, 1), 3), conv(conv(x, 1), 5), conv(x, 1)]
    return layers.Concatenate()(branches)

# %% wrong exercise="inception_block" misconception="the pooling takes the mean: use MaxPooling2D"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    pooled = layers.AveragePooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(conv(x, 1), 3), conv(conv(x, 1), 5), conv(pooled, 1)]
    return layers.Concatenate()(branches)

# %% wrong exercise="inception_block" misconception="the pooling comes after its 1 x 1 convolution: pool x itself"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(conv(x, 1), 3), conv(conv(x, 1), 5), layers.MaxPooling2D(3, strides=1, padding="same")(conv(x, 1))]
    return layers.Concatenate()(branches)

# %% wrong exercise="inception_block" misconception="a ReLU is missing inside a branch: every convolution has its own"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(layers.Conv2D(filters, 1)(x), 3), conv(layers.Conv2D(filters, 1)(x), 5), conv(pooled, 1)]
    return layers.Concatenate()(branches)

# %% wrong exercise="inception_block" misconception="a ReLU is missing inside a branch: every convolution has its own"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(conv(x, 1), 3), conv(conv(x, 1), 5), conv(pooled, 1)]
    return layers.ReLU()(layers.Concatenate()(branches))

# %% right exercise="inception_block" note="branches in another order, ReLU as a layer"
def inception_block(x, filters):
    def conv(kernel, x):
        return layers.ReLU()(layers.Conv2D(filters, (kernel, kernel), padding="same")(x))

    pool = conv(1, layers.MaxPool2D(pool_size=3, strides=1, padding="same")(x))
    return layers.concatenate([pool, conv(5, conv(1, x)), conv(3, conv(1, x)), conv(1, x)], axis=-1)

# %% right exercise="inception_block" note="written out, branch by branch"
def inception_block(x, filters):
    one = layers.Conv2D(filters, 1, activation="relu")(x)
    three = layers.Conv2D(filters, 1, activation="relu")(x)
    three = layers.Conv2D(filters, 3, padding="same", activation="relu")(three)
    five = layers.Conv2D(filters, 1, activation="relu")(x)
    five = layers.Conv2D(filters, 5, padding="same", activation="relu")(five)
    pool = layers.MaxPooling2D(3, 1, "same")(x)
    pool = layers.Conv2D(filters, 1, activation="relu")(pool)
    return keras.ops.concatenate([one, three, five, pool], axis=-1)

# %% wrong exercise="inception_block" misconception="a large kernel comes before its 1 x 1 convolution: shrink the channels first"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    return layers.Concatenate()([conv(x, 1), conv(conv(x, 3), 1), conv(conv(x, 1), 5), conv(pooled, 1)])

# %% wrong exercise="inception_block" misconception="the branches stand in a row: each begins at x"
def inception_block(x, filters):
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    one = conv(x, 1)
    three = conv(conv(one, 1), 3)
    five = conv(conv(three, 1), 5)
    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(five)
    return layers.Concatenate()([one, three, five, conv(pooled, 1)])

# %% wrong exercise="residual_block" misconception="the shortcut is missing: add x to the main path"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(x)

# %% wrong exercise="residual_block" misconception="the last ReLU is missing, or comes before the addition"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.Add()([x, shortcut])

# %% wrong exercise="residual_block" misconception="the last ReLU is missing, or comes before the addition"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.Add()([layers.ReLU()(x), shortcut])

# %% wrong exercise="residual_block" misconception="the ReLU between the two convolutions is missing"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([x, shortcut]))

# %% wrong exercise="residual_block" misconception="the shortcut is laid behind the main path: add them with Add"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Concatenate()([x, shortcut]))

# %% wrong exercise="residual_block" misconception="there is only one convolution in the main path"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([x, shortcut]))

# %% wrong exercise="residual_block" misconception="batch normalisation is missing"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    return layers.ReLU()(layers.Add()([x, shortcut]))

# %% wrong exercise="residual_block" misconception="the shortcut needs no convolution where the channels agree already"
def residual_block(x, filters):
    shortcut = layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([x, shortcut]))

# %% wrong exercise="residual_block" misconception="the shapes of shortcut and main path do not agree where the channels change"
def residual_block(x, filters):
    shortcut = x
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([x, shortcut]))

# %% wrong exercise="residual_block" misconception="momentum=0.9 is missing: Keras's own 0.99 follows ten times more slowly"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(layers.Add()([x, shortcut]))

# %% wrong exercise="residual_block" misconception="momentum is the share that is kept: 0.9, not 0.1"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.1)(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.1)(x)
    return layers.ReLU()(layers.Add()([x, shortcut]))

# %% wrong exercise="residual_block" misconception="the ReLU belongs after each batch normalisation, and none inside Conv2D"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([x, shortcut]))

# %% wrong exercise="residual_block" misconception="the ReLU belongs after each batch normalisation, and none inside Conv2D"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([x, shortcut]))

# %% right exercise="residual_block" note="batch norm on the projected shortcut too, no biases, +"
def residual_block(x, filters):
    def conv(x):
        return layers.BatchNormalization(momentum=0.9)(layers.Conv2D(filters, 3, padding="same", use_bias=False)(x))

    skip = x
    if x.shape[-1] != filters:
        skip = layers.BatchNormalization(momentum=0.9)(layers.Conv2D(filters, 1, use_bias=False)(x))
    return layers.Activation("relu")(conv(layers.Activation("relu")(conv(x))) + skip)

# %% right exercise="residual_block" note="a Sequential as the main path"
def residual_block(x, filters):
    main = keras.Sequential([
        layers.Conv2D(filters, 3, padding="same"), layers.BatchNormalization(momentum=0.9), layers.ReLU(),
        layers.Conv2D(filters, 3, padding="same"), layers.BatchNormalization(momentum=0.9),
    ])
    if x.shape[-1] == filters:
        return keras.ops.relu(layers.add([main(x), x]))
    return keras.ops.relu(layers.add([main(x), layers.Conv2D(filters, (1, 1), padding="same")(x)]))

# %% wrong exercise="residual_block" misconception="the shapes of shortcut and main path do not agree where the channels change"
def residual_block(x, filters):
    shortcut = x if x.shape[-1] >= filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([x, shortcut]))

# %% wrong exercise="one_pixel" misconception="it has over 100,000 weights and was never shown another position: room is not what it lacks"
one_pixel = "a"

# %% wrong exercise="one_pixel" misconception="most digits leave a margin of four pixels, and the accuracy falls long before that"
one_pixel = "c"

# %% wrong exercise="one_pixel" misconception="more epochs on centred digits teach nothing about digits that are not centred"
one_pixel = "d"

# %% wrong exercise="one_pixel" misconception="the answer is not one letter in quotes, such as \"b\""
one_pixel = "b)"

# %% wrong exercise="one_pixel" misconception="the answer is not one letter in quotes, such as \"b\""
one_pixel = 1

# %% right exercise="one_pixel" note="upper case"
one_pixel = "B"

# %% right exercise="one_pixel" note="spaces around the letter"
one_pixel = " b "

# %% wrong exercise="which_is_which" misconception="an outline that stays behind when the cat walks away is no outline of the cat"
which_is_which = "a"

# %% wrong exercise="which_is_which" misconception="'yes, a cat' has no place in the image: there is nothing that could move along"
which_is_which = "b"

# %% wrong exercise="which_is_which" misconception="the two words are swapped: equivariant means that the output changes in the same way"
which_is_which = "d"

# %% wrong exercise="which_is_which" misconception="the answer is not one letter in quotes, such as \"b\""
which_is_which = "c)"

# %% wrong exercise="which_is_which" misconception="the answer is not one letter in quotes, such as \"b\""
which_is_which = 2

# %% right exercise="which_is_which" note="upper case"
which_is_which = "C"

# %% right exercise="which_is_which" note="spaces around the letter"
which_is_which = " c "

# %% wrong exercise="one_by_one" misconception="the sum still runs over the 64 channels of that pixel"
one_by_one = "a"

# %% wrong exercise="one_by_one" misconception="a blur needs neighbours, and this window has none"
one_by_one = "b"

# %% wrong exercise="one_by_one" misconception="the window visits every pixel: height and width stay (a stride would change them)"
one_by_one = "d"

# %% wrong exercise="one_by_one" misconception="the answer is not one letter in quotes, such as \"b\""
one_by_one = "c)"

# %% wrong exercise="one_by_one" misconception="the answer is not one letter in quotes, such as \"b\""
one_by_one = 2

# %% right exercise="one_by_one" note="upper case"
one_by_one = "C"

# %% right exercise="one_by_one" note="spaces around the letter"
one_by_one = " c "

# %% wrong exercise="strange_log" misconception="a leak lifts validation up to what the network reaches on training digits, not above it"
strange_log = "a"

# %% wrong exercise="strange_log" misconception="overfitting is the opposite: better on the training digits than on new ones"
strange_log = "c"

# %% wrong exercise="strange_log" misconception="Keras names both curves itself; evaluate the training digits without dropout, and they win again"
strange_log = "d"

# %% wrong exercise="strange_log" misconception="the answer is not one letter in quotes, such as \"b\""
strange_log = "b)"

# %% wrong exercise="strange_log" misconception="the answer is not one letter in quotes, such as \"b\""
strange_log = 1

# %% right exercise="strange_log" note="upper case"
strange_log = "B"

# %% right exercise="strange_log" note="spaces around the letter"
strange_log = " b "

# %% wrong exercise="best_of_many" misconception="choosing is learning too: the settings were fitted to the test digits"
best_of_many = "a"

# %% wrong exercise="best_of_many" misconception="more settings make it worse: the best of 2,000 is luckier still"
best_of_many = "b"

# %% wrong exercise="best_of_many" misconception="another seed shows the spread, but the settings were still chosen by the digits that judge them"
best_of_many = "d"

# %% wrong exercise="best_of_many" misconception="the answer is not one letter in quotes, such as \"b\""
best_of_many = "c)"

# %% wrong exercise="best_of_many" misconception="the answer is not one letter in quotes, such as \"b\""
best_of_many = 2

# %% right exercise="best_of_many" note="upper case"
best_of_many = "C"

# %% right exercise="best_of_many" note="spaces around the letter"
best_of_many = " c "

# %% wrong exercise="shortcut" misconception="an addition has no weights at all: both networks above have the same number"
shortcut = "a"

# %% wrong exercise="shortcut" misconception="all layers are used and trained; they only learn a change instead of a whole new image"
shortcut = "b"

# %% wrong exercise="shortcut" misconception="the plain network already fails on its training images, and overfitting looks the other way round"
shortcut = "c"

# %% wrong exercise="shortcut" misconception="the answer is not one letter in quotes, such as \"b\""
shortcut = "d)"

# %% wrong exercise="shortcut" misconception="the answer is not one letter in quotes, such as \"b\""
shortcut = 3

# %% right exercise="shortcut" note="upper case"
shortcut = "D"

# %% right exercise="shortcut" note="spaces around the letter"
shortcut = " d "
