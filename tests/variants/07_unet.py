# %% wrong exercise="wasted_work" misconception="the background needs an answer too; in one pass it costs as much as the rest"
wasted_work = "a"

# %% wrong exercise="wasted_work" misconception="the padding is the same in both ways, and it is thin"
wasted_work = "c"

# %% wrong exercise="wasted_work" misconception="all patches go through one network with one set of weights: that is why one pass can replace them"
wasted_work = "d"

# %% wrong exercise="wasted_work" misconception="the answer is not one letter in quotes, such as \"b\""
wasted_work = "b) neighbouring patches overlap"

# %% wrong exercise="wasted_work" misconception="the answer is not one letter in quotes, such as \"b\""
wasted_work = 1

# %% right exercise="wasted_work" note="upper case"
wasted_work = "B"

# %% right exercise="wasted_work" note="chosen from a text"
wasted_work = "abcd"[1]

# %% wrong exercise="upsample_nearest" misconception="only the rows are repeated: columns too"
def upsample_nearest(x, factor):
    return np.repeat(x, factor, axis=0)

# %% wrong exercise="upsample_nearest" misconception="only the columns are repeated: rows too"
def upsample_nearest(x, factor):
    return np.repeat(x, factor, axis=1)

# %% wrong exercise="upsample_nearest" misconception="the whole image is laid side by side: repeat each number, not the image"
def upsample_nearest(x, factor):
    return np.tile(x, (factor, factor))

# %% wrong exercise="upsample_nearest" misconception="without axis= the image is flattened"
def upsample_nearest(x, factor):
    return np.repeat(x, factor)

# %% wrong exercise="upsample_nearest" misconception="the factor is fixed at 2: use the argument"
def upsample_nearest(x, factor):
    return x.repeat(2, axis=0).repeat(2, axis=1)

# %% wrong exercise="upsample_nearest" misconception="this is the bed of nails: fill the whole block"
def upsample_nearest(x, factor):
    large = np.zeros((x.shape[0] * factor, x.shape[1] * factor))
    for r in range(x.shape[0]):
        for c in range(x.shape[1]):
            large[r * factor, c * factor] = x[r, c]
    return large

# %% wrong exercise="upsample_nearest" misconception="the rows are repeated twice over, the columns never: axis=0, then axis=1"
def upsample_nearest(x, factor):
    return np.repeat(np.repeat(x, factor, axis=0), factor, axis=0)

# %% wrong exercise="upsample_nearest" misconception="an argument is changed: work on a copy"
def upsample_nearest(x, factor):
    large = np.repeat(np.repeat(x, factor, axis=0), factor, axis=1)
    x *= 0
    return large

# %% right exercise="upsample_nearest" note="Kronecker product with ones"
def upsample_nearest(x, factor):
    return np.kron(x, np.ones((factor, factor)))

# %% right exercise="upsample_nearest" note="index arithmetic in a double loop"
def upsample_nearest(x, factor):
    h, w = x.shape
    large = np.empty((h * factor, w * factor))
    for r in range(h * factor):
        for c in range(w * factor):
            large[r, c] = x[r // factor, c // factor]
    return large

# %% right exercise="upsample_nearest" note="broadcasting over four axes"
def upsample_nearest(x, factor):
    h, w = x.shape
    return np.broadcast_to(x[:, None, :, None], (h, factor, w, factor)).reshape(h * factor, w * factor)

# %% wrong exercise="bed_of_nails" misconception="the nails stand in the middle of their blocks: top left"
def bed_of_nails(x, factor):
    bed = np.zeros((x.shape[0] * factor, x.shape[1] * factor))
    bed[factor // 2::factor, factor // 2::factor] = x
    return bed

# %% wrong exercise="bed_of_nails" misconception="the nails stand at the bottom right: top left"
def bed_of_nails(x, factor):
    bed = np.zeros((x.shape[0] * factor, x.shape[1] * factor))
    bed[factor - 1::factor, factor - 1::factor] = x
    return bed

# %% wrong exercise="bed_of_nails" misconception="each number fills its block: only the top left corner, zeros elsewhere"
def bed_of_nails(x, factor):
    return np.repeat(np.repeat(x, factor, axis=0), factor, axis=1)

# %% wrong exercise="bed_of_nails" misconception="zero rows are put in, but no zero columns"
def bed_of_nails(x, factor):
    bed = np.zeros((x.shape[0] * factor, x.shape[1]))
    bed[::factor] = x
    return bed

# %% wrong exercise="bed_of_nails" misconception="zero columns are put in, but no zero rows"
def bed_of_nails(x, factor):
    bed = np.zeros((x.shape[0], x.shape[1] * factor))
    bed[:, ::factor] = x
    return bed

# %% wrong exercise="bed_of_nails" misconception="the last block has no zeros behind its nail: the result is h * factor by w * factor"
def bed_of_nails(x, factor):
    h, w = x.shape
    bed = np.zeros(((h - 1) * factor + 1, (w - 1) * factor + 1))
    bed[::factor, ::factor] = x
    return bed

# %% wrong exercise="bed_of_nails" misconception="the factor is fixed at 2: use the argument"
def bed_of_nails(x, factor):
    bed = np.zeros((x.shape[0] * 2, x.shape[1] * 2))
    bed[::2, ::2] = x
    return bed

# %% wrong exercise="bed_of_nails" misconception="the fractions are lost: make the bed with np.zeros"
def bed_of_nails(x, factor):
    bed = np.zeros((x.shape[0] * factor, x.shape[1] * factor), dtype=int)
    bed[::factor, ::factor] = x
    return bed

# %% wrong exercise="bed_of_nails" misconception="an argument is changed: work on a copy"
def bed_of_nails(x, factor):
    bed = np.zeros((x.shape[0] * factor, x.shape[1] * factor))
    for r in range(x.shape[0]):
        for c in range(x.shape[1]):
            bed[r * factor, c * factor] = x[r, c]
            x[r, c] = 0
    return bed

# %% right exercise="bed_of_nails" note="Kronecker product with a single 1"
def bed_of_nails(x, factor):
    nail = np.zeros((factor, factor))
    nail[0, 0] = 1
    return np.kron(x, nail)

# %% right exercise="bed_of_nails" note="a double loop over lists"
def bed_of_nails(x, factor):
    h, w = x.shape
    bed = [[0.0] * (w * factor) for _ in range(h * factor)]
    for r in range(h):
        for c in range(w):
            bed[r * factor][c * factor] = float(x[r, c])
    return bed

# %% right exercise="bed_of_nails" note="pads each number on two new axes"
def bed_of_nails(x, factor):
    padded = np.pad(x[:, None, :, None], ((0, 0), (0, factor - 1), (0, 0), (0, factor - 1)))
    return padded.reshape(x.shape[0] * factor, x.shape[1] * factor)

# %% wrong exercise="max_unpool" misconception="the places are counted row by row, not column by column"
def max_unpool(x, switches, shape):
    flat = np.zeros(shape[0] * shape[1])
    flat[switches] = x
    return flat.reshape(shape, order="F")

# %% wrong exercise="max_unpool" misconception="row and column come from dividing by the number of columns, shape[1]"
def max_unpool(x, switches, shape):
    result = np.zeros(shape)
    result[switches // shape[0], switches % shape[0]] = x
    return result

# %% wrong exercise="max_unpool" misconception="this is the bed of nails: the switches say where each number goes"
def max_unpool(x, switches, shape):
    factor = shape[0] // x.shape[0]
    result = np.zeros(shape)
    result[::factor, ::factor] = x
    return result

# %% wrong exercise="max_unpool" misconception="the numbers fill their blocks: everything else stays 0"
def max_unpool(x, switches, shape):
    factor = shape[0] // x.shape[0]
    return np.repeat(np.repeat(x, factor, axis=0), factor, axis=1)

# %% wrong exercise="max_unpool" misconception="each number belongs to its own switch: do not sort the switches"
def max_unpool(x, switches, shape):
    chosen = np.zeros(shape[0] * shape[1], dtype=bool)
    chosen[switches.ravel()] = True
    result = np.zeros(shape)
    result[chosen.reshape(shape)] = x.ravel()
    return result

# %% wrong exercise="max_unpool" misconception="the result is still flat: reshape it to shape"
def max_unpool(x, switches, shape):
    flat = np.zeros(shape[0] * shape[1])
    flat[switches.ravel()] = x.ravel()
    return flat

# %% wrong exercise="max_unpool" misconception="negative numbers are lost: put each number in as it is"
def max_unpool(x, switches, shape):
    result = np.zeros(shape[0] * shape[1])
    np.maximum.at(result, switches.ravel(), x.ravel())
    return result.reshape(shape)

# %% wrong exercise="max_unpool" misconception="the places are marked with 1: put the numbers there"
def max_unpool(x, switches, shape):
    result = np.zeros(shape[0] * shape[1])
    result[switches] = 1
    return result.reshape(shape)

# %% wrong exercise="max_unpool" misconception="an argument is changed: work on a copy"
def max_unpool(x, switches, shape):
    large = np.zeros(shape)
    rows = switches // shape[1]
    switches %= shape[1]
    large[rows, switches] = x
    return large

# %% right exercise="max_unpool" note="rows and columns by divmod in a loop"
def max_unpool(x, switches, shape):
    result = np.zeros(shape)
    for place, value in zip(switches.ravel(), x.ravel()):
        row, column = divmod(int(place), shape[1])
        result[row, column] = value
    return result

# %% right exercise="max_unpool" note="np.put"
def max_unpool(x, switches, shape):
    result = np.zeros(shape)
    np.put(result, switches, x)
    return result

# %% right exercise="max_unpool" note="unravel_index"
def max_unpool(x, switches, shape):
    result = np.zeros(shape, dtype="float32")
    result[np.unravel_index(switches, shape)] = x
    return result

# %% wrong exercise="conv_matrix" misconception="this is the transpose: one row for each output number, one column for each pixel"
def conv_matrix(kernel, size):
    n = size - len(kernel) + 1
    matrix = np.zeros((size * size, n * n))
    for r in range(n):
        for c in range(n):
            image = np.zeros((size, size))
            image[r:r + len(kernel), c:c + len(kernel)] = kernel
            matrix[:, r * n + c] = image.ravel()
    return matrix

# %% wrong exercise="conv_matrix" misconception="the kernel is flipped: lay it on as it is"
def conv_matrix(kernel, size):
    n = size - len(kernel) + 1
    rows = []
    for r in range(n):
        for c in range(n):
            image = np.zeros((size, size))
            image[r:r + len(kernel), c:c + len(kernel)] = kernel[::-1, ::-1]
            rows.append(image.ravel())
    return np.array(rows)

# %% wrong exercise="conv_matrix" misconception="the kernel's rows stand without a gap: the rest of the image's row lies between them"
def conv_matrix(kernel, size):
    n = size - len(kernel) + 1
    matrix = np.zeros((n * n, size * size))
    for place in range(n * n):
        matrix[place, place:place + kernel.size] = kernel.ravel()
    return matrix

# %% wrong exercise="conv_matrix" misconception="at the end of a row the window jumps to the next row: it must not stick out"
def conv_matrix(kernel, size):
    n = size - len(kernel) + 1
    image = np.zeros((size, size))
    image[:len(kernel), :len(kernel)] = kernel
    return np.array([np.roll(image.ravel(), place) for place in range(n * n)])

# %% wrong exercise="conv_matrix" misconception="the places run down the columns: row by row"
def conv_matrix(kernel, size):
    n = size - len(kernel) + 1
    rows = []
    for c in range(n):
        for r in range(n):
            image = np.zeros((size, size))
            image[r:r + len(kernel), c:c + len(kernel)] = kernel
            rows.append(image.ravel())
    return np.array(rows)

# %% wrong exercise="conv_matrix" misconception="the kernel is transposed"
def conv_matrix(kernel, size):
    n = size - len(kernel) + 1
    rows = []
    for r in range(n):
        for c in range(n):
            image = np.zeros((size, size))
            image[r:r + len(kernel), c:c + len(kernel)] = kernel.T
            rows.append(image.ravel())
    return np.array(rows)

# %% wrong exercise="conv_matrix" misconception="each row is still an image: flatten it"
def conv_matrix(kernel, size):
    n = size - len(kernel) + 1
    images = np.zeros((n * n, size, size))
    for r in range(n):
        for c in range(n):
            images[r * n + c, r:r + len(kernel), c:c + len(kernel)] = kernel
    return images

# %% wrong exercise="conv_matrix" misconception="the fractions are lost: make the image with np.zeros"
def conv_matrix(kernel, size):
    n = size - len(kernel) + 1
    rows = []
    for r in range(n):
        for c in range(n):
            image = np.zeros((size, size), dtype=int)
            image[r:r + len(kernel), c:c + len(kernel)] = kernel
            rows.append(image.ravel())
    return np.array(rows)

# %% right exercise="conv_matrix" note="the convolution of every single pixel gives a column"
def conv_matrix(kernel, size):
    from scipy import signal
    pixels = np.eye(size * size).reshape(-1, size, size)
    return np.stack([signal.correlate2d(pixel, kernel, mode="valid").ravel() for pixel in pixels], axis=1)

# %% right exercise="conv_matrix" note="four loops and index arithmetic"
def conv_matrix(kernel, size):
    k = kernel.shape[0]
    n = size - k + 1
    matrix = np.zeros((n * n, size * size))
    for r in range(n):
        for c in range(n):
            for i in range(k):
                for j in range(k):
                    matrix[r * n + c, (r + i) * size + c + j] = kernel[i, j]
    return matrix

# %% right exercise="conv_matrix" note="the first row rolled, row by row"
def conv_matrix(kernel, size):
    k = len(kernel)
    first = np.pad(kernel, ((0, size - k), (0, size - k)))
    places = [(r, c) for r in range(size - k + 1) for c in range(size - k + 1)]
    return [np.roll(first, place, axis=(0, 1)).ravel().tolist() for place in places]

# %% wrong exercise="transposed_conv2d" misconception="stamps overwrite each other: add them with +="
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    output = np.zeros(((h - 1) * stride + kh, (w - 1) * stride + kw))
    for r in range(h):
        for c in range(w):
            output[r * stride:r * stride + kh, c * stride:c * stride + kw] = x[r, c] * kernel
    return output

# %% wrong exercise="transposed_conv2d" misconception="the kernel is flipped: stamp it as it is"
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    output = np.zeros(((h - 1) * stride + kh, (w - 1) * stride + kw))
    for r in range(h):
        for c in range(w):
            output[r * stride:r * stride + kh, c * stride:c * stride + kw] += x[r, c] * kernel[::-1, ::-1]
    return output

# %% wrong exercise="transposed_conv2d" misconception="the kernel is flipped: stamp it as it is"
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    spread = np.zeros(((h - 1) * stride + 1, (w - 1) * stride + 1))
    spread[::stride, ::stride] = x
    padded = np.pad(spread, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))
    return np.einsum("rcij,ij->rc", windows, kernel)

# %% wrong exercise="transposed_conv2d" misconception="the overlaps are averaged: add the stamps up"
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    output = np.zeros(((h - 1) * stride + kh, (w - 1) * stride + kw))
    stamps = np.zeros_like(output)
    for r in range(h):
        for c in range(w):
            output[r * stride:r * stride + kh, c * stride:c * stride + kw] += x[r, c] * kernel
            stamps[r * stride:r * stride + kh, c * stride:c * stride + kw] += 1
    return output / np.maximum(stamps, 1)

# %% wrong exercise="transposed_conv2d" misconception="the stride is ignored"
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    output = np.zeros((h - 1 + kh, w - 1 + kw))
    for r in range(h):
        for c in range(w):
            output[r:r + kh, c:c + kw] += x[r, c] * kernel
    return output

# %% wrong exercise="transposed_conv2d" misconception="the stamps move by 1: their corners are at r * stride, c * stride"
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    output = np.zeros(((h - 1) * stride + kh, (w - 1) * stride + kw))
    for r in range(h):
        for c in range(w):
            output[r:r + kh, c:c + kw] += x[r, c] * kernel
    return output

# %% wrong exercise="transposed_conv2d" misconception="the output is padded: it is exactly (h - 1) * stride + kh rows high"
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    output = np.zeros(((h - 1) * stride + kh + 1, (w - 1) * stride + kw + 1))
    for r in range(h):
        for c in range(w):
            output[r * stride:r * stride + kh, c * stride:c * stride + kw] += x[r, c] * kernel
    return output

# %% wrong exercise="transposed_conv2d" misconception="the last row and column are cut off: (h - 1) * stride + kh rows"
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    output = np.zeros(((h - 1) * stride + kh, (w - 1) * stride + kw))
    for r in range(h):
        for c in range(w):
            output[r * stride:r * stride + kh, c * stride:c * stride + kw] += x[r, c] * kernel
    return output[:-1, :-1]

# %% wrong exercise="transposed_conv2d" misconception="the stamps are not weighted: multiply the kernel by x[r, c]"
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    output = np.zeros(((h - 1) * stride + kh, (w - 1) * stride + kw))
    for r in range(h):
        for c in range(w):
            output[r * stride:r * stride + kh, c * stride:c * stride + kw] += kernel
    return output

# %% wrong exercise="transposed_conv2d" misconception="an argument is changed: work on a copy"
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    out = np.zeros(((h - 1) * stride + kh, (w - 1) * stride + kw))
    for r in range(h):
        for c in range(w):
            out[r * stride : r * stride + kh, c * stride : c * stride + kw] += x[r, c] * kernel
            x[r, c] = 0
    return out

# %% wrong exercise="transposed_conv2d" misconception="the fractions are lost: make the output with np.zeros, of no other type"
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    out = np.zeros(((h - 1) * stride + kh, (w - 1) * stride + kw), dtype=x.dtype)
    for r in range(h):
        for c in range(w):
            stamp = (x[r, c] * kernel).astype(x.dtype)
            out[r * stride : r * stride + kh, c * stride : c * stride + kw] += stamp
    return out

# %% right exercise="transposed_conv2d" note="a bed of nails and a true convolution"
def transposed_conv2d(x, kernel, stride):
    from scipy import signal
    h, w = x.shape
    spread = np.zeros(((h - 1) * stride + 1, (w - 1) * stride + 1))
    spread[::stride, ::stride] = x
    return signal.convolve2d(spread, kernel)

# %% right exercise="transposed_conv2d" note="for each number of the kernel, a weighted copy of x"
def transposed_conv2d(x, kernel, stride):
    (h, w), (kh, kw) = x.shape, kernel.shape
    output = np.zeros(((h - 1) * stride + kh, (w - 1) * stride + kw))
    for i in range(kh):
        for j in range(kw):
            output[i:i + h * stride - stride + 1:stride, j:j + w * stride - stride + 1:stride] += kernel[i, j] * x
    return output

# %% right exercise="transposed_conv2d" note="sums over all pairs, into a list of lists"
def transposed_conv2d(x, kernel, stride):
    rows = (x.shape[0] - 1) * stride + kernel.shape[0]
    columns = (x.shape[1] - 1) * stride + kernel.shape[1]
    output = [[0.0] * columns for _ in range(rows)]
    for (r, c), value in np.ndenumerate(x):
        for (i, j), weight in np.ndenumerate(kernel):
            output[r * stride + i][c * stride + j] += float(value * weight)
    return output

# %% wrong exercise="there_and_back" misconception="four numbers cannot hold sixteen: a transpose has the shape of an inverse, not its effect (the name deconvolution misleads)"
there_and_back = "a"

# %% wrong exercise="there_and_back" misconception="a transposed matrix does not flip the image; multiply C.T @ C @ image and look"
there_and_back = "c"

# %% wrong exercise="there_and_back" misconception="the stamps reach every pixel, the border too; in the middle they overlap and add up"
there_and_back = "d"

# %% wrong exercise="there_and_back" misconception="the answer is not one letter in quotes, such as \"b\""
there_and_back = "a, b"

# %% wrong exercise="there_and_back" misconception="the answer is not one letter in quotes, such as \"b\""
there_and_back = None

# %% right exercise="there_and_back" note="with spaces"
there_and_back = " b "

# %% right exercise="there_and_back" note="upper case"
there_and_back = "B"

# %% wrong exercise="precision" misconception="this is recall: divide by what was predicted"
def precision(mask, predicted):
    shared = np.sum((mask > 0.5) & (predicted > 0.5))
    return shared / np.sum(mask > 0.5) if np.sum(mask > 0.5) else 1.0

# %% wrong exercise="precision" misconception="this is pixel accuracy: only predicted pixels count"
def precision(mask, predicted):
    hits = int(np.sum((mask > 0.5) & (predicted > 0.5)))
    return (hits + int(np.sum((mask <= 0.5) & (predicted <= 0.5)))) / mask.size - 0

# %% wrong exercise="precision" misconception="this is IoU: divide by the predicted pixels alone"
def precision(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    union = (mask | predicted).sum()
    return (mask & predicted).sum() / union if union else 1.0

# %% wrong exercise="precision" misconception="0/0 must give 1: ask first whether the divisor is 0"
def precision(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    with np.errstate(invalid="ignore"):
        return (mask & predicted).sum() / predicted.sum()

# %% wrong exercise="precision" misconception="0/0 counts as 1 here, not as 0"
def precision(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    if predicted.sum() == 0:
        return 0.0
    return (mask & predicted).sum() / predicted.sum()

# %% wrong exercise="precision" misconception="true positives are divided by all pixels"
def precision(mask, predicted):
    return np.mean((mask > 0.5) & (predicted > 0.5))

# %% wrong exercise="precision" misconception="0/0 counts as 1 here, not as 0"
def precision(mask, predicted):
    true_positives = np.sum((mask > 0.5) & (predicted > 0.5))
    return true_positives / (np.sum(predicted > 0.5) + 1e-9)

# %% wrong exercise="precision" misconception="only 0/0 counts as 1: everything claimed here is wrong"
def precision(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    if mask.sum() == 0 or predicted.sum() == 0:
        return 1.0
    return (mask & predicted).sum() / predicted.sum()

# %% wrong exercise="precision" misconception="~ is no 'not' for whole numbers (~1 is -2): first make True and False, mask > 0.5"
def precision(mask, predicted):
    right, invented = np.sum(mask * predicted), np.sum(~mask * predicted)
    return right / (right + invented) if right + invented else 1.0

# %% wrong exercise="precision" misconception="an argument is changed: work on a copy"
def precision(mask, predicted):
    claimed = np.sum(predicted)
    predicted *= mask
    return np.sum(predicted) / claimed if claimed else 1.0

# %% right exercise="precision" note="the mean of the mask where something is claimed"
def precision(mask, predicted):
    inside = np.asarray(mask)[np.asarray(predicted) > 0.5]
    return float(np.mean(inside > 0.5)) if inside.size else 1.0

# %% right exercise="precision" note="products of floats"
def precision(mask, predicted):
    m, p = np.asarray(mask, float), np.asarray(predicted, float)
    tp, fp = np.sum(m * p), np.sum((1 - m) * p)
    return 1.0 if tp + fp == 0 else tp / (tp + fp)

# %% right exercise="precision" note="counts in a loop"
def precision(mask, predicted):
    tp = fp = 0
    for m, p in zip(mask.ravel(), predicted.ravel()):
        if p:
            tp += int(m > 0)
            fp += int(not m)
    return 1 if tp + fp == 0 else tp / (tp + fp)

# %% wrong exercise="recall" misconception="this is precision: divide by what is there"
def recall(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    return (mask & predicted).sum() / predicted.sum() if predicted.sum() else 1.0

# %% wrong exercise="recall" misconception="this is IoU: divide by the object's pixels alone"
def recall(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    union = (mask | predicted).sum()
    return (mask & predicted).sum() / union if union else 1.0

# %% wrong exercise="recall" misconception="true positives are divided by all pixels"
def recall(mask, predicted):
    return np.mean((mask > 0.5) & (predicted > 0.5))

# %% wrong exercise="recall" misconception="this is the share that was missed: 1 minus recall"
def recall(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    return (mask & ~predicted).sum() / mask.sum() if mask.sum() else 1.0

# %% wrong exercise="recall" misconception="0/0 must give 1: ask first whether the divisor is 0"
def recall(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    with np.errstate(invalid="ignore"):
        return (mask & predicted).sum() / mask.sum()

# %% wrong exercise="recall" misconception="0/0 counts as 1 here, not as 0"
def recall(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    return (mask & predicted).sum() / max(mask.sum(), 1)

# %% wrong exercise="recall" misconception="only 0/0 counts as 1: here everything is missed"
def recall(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    if not mask.any() or not predicted.any():
        return 1.0
    return (mask & predicted).sum() / mask.sum()

# %% wrong exercise="recall" misconception="~ is no 'not' for whole numbers (~1 is -2): first make True and False, mask > 0.5"
def recall(mask, predicted):
    right, missed = np.sum(mask * predicted), np.sum(mask * ~predicted)
    return right / (right + missed) if right + missed else 1.0

# %% wrong exercise="recall" misconception="an argument is changed: work on a copy"
def recall(mask, predicted):
    there = mask.sum()
    if there == 0:
        return 1.0
    mask[predicted == 0] = 0
    return mask.sum() / there

# %% right exercise="recall" note="true positives and false negatives"
def recall(mask, predicted):
    mask, predicted = np.asarray(mask).astype(bool), np.asarray(predicted).astype(bool)
    tp, fn = np.count_nonzero(mask & predicted), np.count_nonzero(mask & ~predicted)
    return tp / (tp + fn) if tp + fn > 0 else 1.0

# %% right exercise="recall" note="the mean of the prediction on the object"
def recall(mask, predicted):
    on_object = predicted[mask > 0]
    return np.mean(on_object > 0) if on_object.size else 1.0

# %% right exercise="recall" note="scikit-learn"
def recall(mask, predicted):
    from sklearn.metrics import recall_score
    return recall_score(np.ravel(mask) > 0, np.ravel(predicted) > 0, zero_division=1.0)

# %% wrong exercise="iou" misconception="the intersection counts twice below: the union is both areas minus what they share"
def iou(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    both = mask.sum() + predicted.sum()
    return (mask & predicted).sum() / both if both else 1.0

# %% wrong exercise="iou" misconception="this is Dice: the divisor of IoU is the union"
def iou(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    both = mask.sum() + predicted.sum()
    return 2 * (mask & predicted).sum() / both if both else 1.0

# %% wrong exercise="iou" misconception="this is pixel accuracy: the background does not count"
def iou(mask, predicted):
    return np.mean((mask > 0.5) == (predicted > 0.5))

# %% wrong exercise="iou" misconception="this is precision: divide by the union"
def iou(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    return (mask & predicted).sum() / predicted.sum() if predicted.any() else 1.0

# %% wrong exercise="iou" misconception="0/0 must give 1: ask first whether the divisor is 0"
def iou(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    with np.errstate(invalid="ignore"):
        return (mask & predicted).sum() / (mask | predicted).sum()

# %% wrong exercise="iou" misconception="0/0 counts as 1 here, not as 0"
def iou(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    return (mask & predicted).sum() / ((mask | predicted).sum() + 1e-7)

# %% wrong exercise="iou" misconception="the intersection is divided by all pixels"
def iou(mask, predicted):
    return np.sum((mask > 0.5) & (predicted > 0.5)) / mask.size

# %% wrong exercise="iou" misconception="only 0/0 counts as 1: these masks share nothing"
def iou(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    shared = (mask & predicted).sum()
    return shared / (mask | predicted).sum() if shared else 1.0

# %% wrong exercise="iou" misconception="an empty mask alone is not 0/0: ask whether the divisor is 0"
def iou(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    if not mask.any():
        return 1.0
    return (mask & predicted).sum() / (mask | predicted).sum()

# %% wrong exercise="iou" misconception="~ is no 'not' for whole numbers (~1 is -2): first make True and False, mask > 0.5"
def iou(mask, predicted):
    right = np.sum(mask * predicted)
    either = right + np.sum(~mask * predicted) + np.sum(mask * ~predicted)
    return right / either if either else 1.0

# %% wrong exercise="iou" misconception="an argument is changed: work on a copy"
def iou(mask, predicted):
    either = np.maximum(mask, predicted).sum()
    mask *= predicted
    return mask.sum() / either if either else 1.0

# %% right exercise="iou" note="areas minus what they share"
def iou(mask, predicted):
    m, p = np.asarray(mask, float), np.asarray(predicted, float)
    shared = np.sum(m * p)
    union = m.sum() + p.sum() - shared
    return shared / union if union > 0 else 1.0

# %% right exercise="iou" note="minimum over maximum"
def iou(mask, predicted):
    below = np.maximum(mask, predicted).sum()
    return 1.0 if below == 0 else np.minimum(mask, predicted).sum() / below

# %% right exercise="iou" note="sets of places"
def iou(mask, predicted):
    a, b = set(np.flatnonzero(mask)), set(np.flatnonzero(predicted))
    return len(a & b) / len(a | b) if a | b else 1

# %% wrong exercise="dice" misconception="the factor 2 is missing: otherwise even a perfect mask gets 1/2"
def dice(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    both = mask.sum() + predicted.sum()
    return (mask & predicted).sum() / both if both else 1.0

# %% wrong exercise="dice" misconception="this is IoU: Dice divides by both areas added up"
def dice(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    union = (mask | predicted).sum()
    return (mask & predicted).sum() / union if union else 1.0

# %% wrong exercise="dice" misconception="twice the intersection belongs over both areas, not over the union"
def dice(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    union = (mask | predicted).sum()
    return 2 * (mask & predicted).sum() / union if union else 1.0

# %% wrong exercise="dice" misconception="this is the Dice loss: the score itself is asked for"
def dice(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    both = mask.sum() + predicted.sum()
    return 1 - 2 * (mask & predicted).sum() / both if both else 0.0

# %% wrong exercise="dice" misconception="0/0 must give 1: ask first whether the divisor is 0"
def dice(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    with np.errstate(invalid="ignore"):
        return 2 * (mask & predicted).sum() / (mask.sum() + predicted.sum())

# %% wrong exercise="dice" misconception="0/0 counts as 1 here, not as 0"
def dice(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    both = mask.sum() + predicted.sum()
    return 2 * (mask & predicted).sum() / both if both else 0.0

# %% wrong exercise="dice" misconception="only 0/0 counts as 1: these masks share nothing"
def dice(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    if not (mask.any() and predicted.any()):
        return 1.0
    return 2 * (mask & predicted).sum() / (mask.sum() + predicted.sum())

# %% wrong exercise="dice" misconception="an empty mask alone is not 0/0: ask whether the divisor is 0"
def dice(mask, predicted):
    mask, predicted = mask > 0.5, predicted > 0.5
    if mask.sum() == 0:
        return 1.0
    return 2 * (mask & predicted).sum() / (mask.sum() + predicted.sum())

# %% wrong exercise="dice" misconception="~ is no 'not' for whole numbers (~1 is -2): first make True and False, mask > 0.5"
def dice(mask, predicted):
    right = 2 * np.sum(mask * predicted)
    areas = right + np.sum(~mask * predicted) + np.sum(mask * ~predicted)
    return right / areas if areas else 1.0

# %% wrong exercise="dice" misconception="an argument is changed: work on a copy"
def dice(mask, predicted):
    areas = mask.sum() + predicted.sum()
    predicted[mask == 0] = 0
    return 2 * predicted.sum() / areas if areas else 1.0

# %% right exercise="dice" note="counts the three kinds of pixels"
def dice(mask, predicted):
    mask, predicted = np.asarray(mask) > 0, np.asarray(predicted) > 0
    tp, wrong = np.sum(mask & predicted), np.sum(mask ^ predicted)
    return 2 * tp / (2 * tp + wrong) if tp + wrong else 1.0

# %% right exercise="dice" note="from IoU"
def dice(mask, predicted):
    above, below = np.minimum(mask, predicted).sum(), np.maximum(mask, predicted).sum()
    if below == 0:
        return 1.0
    overlap = above / below
    return 2 * overlap / (1 + overlap)

# %% right exercise="dice" note="harmonic mean of precision and recall"
def dice(mask, predicted):
    m, p = np.asarray(mask, float), np.asarray(predicted, float)
    shared = (m * p).sum()
    if m.sum() + p.sum() == 0:
        return 1.0
    if shared == 0:
        return 0.0
    a, b = shared / p.sum(), shared / m.sum()
    return 2 * a * b / (a + b)

# %% wrong exercise="ninety_eight" misconception="that would be recall; a network that misses everything has this accuracy as well"
ninety_eight = "a"

# %% wrong exercise="ninety_eight" misconception="it may be so, but a network that finds half of it and invents as much has 98 % too"
ninety_eight = "b"

# %% wrong exercise="ninety_eight" misconception="that would be precision, and accuracy does not tell it"
ninety_eight = "c"

# %% wrong exercise="ninety_eight" misconception="the answer is not one letter in quotes, such as \"b\""
ninety_eight = "e"

# %% wrong exercise="ninety_eight" misconception="the answer is not one letter in quotes, such as \"b\""
ninety_eight = ["d"]

# %% right exercise="ninety_eight" note="upper case"
ninety_eight = "D"

# %% right exercise="ninety_eight" note="with a line end"
ninety_eight = "d\n"

# %% wrong exercise="dice_loss" misconception="one loss for each image: sum over axes 1, 2 and 3, not over the batch"
def dice_loss(y_true, y_pred):
    shared = ops.sum(y_true * y_pred)
    return 1 - (2 * shared + 1) / (ops.sum(y_true) + ops.sum(y_pred) + 1)

# %% wrong exercise="dice_loss" misconception="the losses are averaged over the batch: return one for each image"
def dice_loss(y_true, y_pred):
    shared = ops.sum(y_true * y_pred, axis=(1, 2, 3))
    areas = ops.sum(y_true, axis=(1, 2, 3)) + ops.sum(y_pred, axis=(1, 2, 3))
    return ops.mean(1 - (2 * shared + 1) / (areas + 1))

# %% wrong exercise="dice_loss" misconception="this is the Dice score: the loss is 1 minus it"
def dice_loss(y_true, y_pred):
    shared = ops.sum(y_true * y_pred, axis=(1, 2, 3))
    areas = ops.sum(y_true, axis=(1, 2, 3)) + ops.sum(y_pred, axis=(1, 2, 3))
    return (2 * shared + 1) / (areas + 1)

# %% wrong exercise="dice_loss" misconception="the factor 2 is missing"
def dice_loss(y_true, y_pred):
    shared = ops.sum(y_true * y_pred, axis=(1, 2, 3))
    areas = ops.sum(y_true, axis=(1, 2, 3)) + ops.sum(y_pred, axis=(1, 2, 3))
    return 1 - (shared + 1) / (areas + 1)

# %% wrong exercise="dice_loss" misconception="the two 1s are missing: an empty mask gives 0/0"
def dice_loss(y_true, y_pred):
    shared = ops.sum(y_true * y_pred, axis=(1, 2, 3))
    areas = ops.sum(y_true, axis=(1, 2, 3)) + ops.sum(y_pred, axis=(1, 2, 3))
    return 1 - 2 * shared / areas

# %% wrong exercise="dice_loss" misconception="the 1 is added below only: above as well"
def dice_loss(y_true, y_pred):
    shared = ops.sum(y_true * y_pred, axis=(1, 2, 3))
    areas = ops.sum(y_true, axis=(1, 2, 3)) + ops.sum(y_pred, axis=(1, 2, 3))
    return 1 - 2 * shared / (areas + 1)

# %% wrong exercise="dice_loss" misconception="the prediction is rounded: then nothing has a slope"
def dice_loss(y_true, y_pred):
    y_pred = ops.cast(y_pred > 0.5, "float32")
    shared = ops.sum(y_true * y_pred, axis=(1, 2, 3))
    areas = ops.sum(y_true, axis=(1, 2, 3)) + ops.sum(y_pred, axis=(1, 2, 3))
    return 1 - (2 * shared + 1) / (areas + 1)

# %% wrong exercise="dice_loss" misconception="this divides by the union: Dice divides by both areas added up"
def dice_loss(y_true, y_pred):
    shared = ops.sum(y_true * y_pred, axis=(1, 2, 3))
    areas = ops.sum(y_true, axis=(1, 2, 3)) + ops.sum(y_pred, axis=(1, 2, 3))
    return 1 - (2 * shared + 1) / (areas - shared + 1)

# %% wrong exercise="dice_loss" misconception="sums are means here: with means the 1s weigh as much as an image"
def dice_loss(y_true, y_pred):
    shared = ops.mean(y_true * y_pred, axis=(1, 2, 3))
    areas = ops.mean(y_true, axis=(1, 2, 3)) + ops.mean(y_pred, axis=(1, 2, 3))
    return 1 - (2 * shared + 1) / (areas + 1)

# %% wrong exercise="dice_loss" misconception="the slope is lost: use keras.ops instead of NumPy, and no rounding or threshold"
def dice_loss(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    shared = np.sum(y_true * y_pred, axis=(1, 2, 3))
    areas = np.sum(y_true, axis=(1, 2, 3)) + np.sum(y_pred, axis=(1, 2, 3))
    return 1 - (2 * shared + 1) / (areas + 1)

# %% wrong exercise="dice_loss" misconception="half of the quotient has no slope: keep NumPy and stop_gradient out of both"
def dice_loss(y_true, y_pred):
    shared = ops.sum(y_true * y_pred, axis=(1, 2, 3))
    areas = ops.sum(y_true, axis=(1, 2, 3)) + ops.sum(y_pred, axis=(1, 2, 3))
    return 1 - (2 * shared + 1) / ops.stop_gradient(areas + 1)

# %% right exercise="dice_loss" note="flattens each image first"
def dice_loss(y_true, y_pred):
    y = ops.reshape(y_true, (ops.shape(y_true)[0], -1))
    p = ops.reshape(y_pred, (ops.shape(y_pred)[0], -1))
    return 1.0 - (2.0 * ops.sum(y * p, axis=1) + 1.0) / (ops.sum(y + p, axis=1) + 1.0)

# %% right exercise="dice_loss" note="TensorFlow's own functions, and casts"
def dice_loss(y_true, y_pred):
    y_true, y_pred = tf.cast(y_true, "float32"), tf.cast(y_pred, "float32")
    shared = tf.reduce_sum(y_true * y_pred, axis=[1, 2, 3])
    areas = tf.reduce_sum(y_true, axis=[1, 2, 3]) + tf.reduce_sum(y_pred, axis=[1, 2, 3])
    return 1 - (2 * shared + 1) / (areas + 1)

# %% right exercise="dice_loss" note="einsum"
def dice_loss(y_true, y_pred):
    shared = ops.einsum("nhwc,nhwc->n", y_true, y_pred)
    return (ops.einsum("nhwc->n", y_true) + ops.einsum("nhwc->n", y_pred) - 2 * shared) / (
        ops.einsum("nhwc->n", y_true) + ops.einsum("nhwc->n", y_pred) + 1
    )

# %% wrong exercise="section" misconception="the convolutions shrink the image: padding=\"same\""
def section(filters1, filters2):
    return keras.Sequential([
        layers.Conv2D(filters1, 3), layers.BatchNormalization(momentum=0.9), layers.ReLU(),
        layers.Conv2D(filters2, 3), layers.BatchNormalization(momentum=0.9), layers.ReLU(),
    ])

# %% wrong exercise="section" misconception="the second convolution ignores filters2"
def section(filters1, filters2):
    stack = keras.Sequential()
    for _ in range(2):
        stack.add(layers.Conv2D(filters1, 3, padding="same"))
        stack.add(layers.BatchNormalization(momentum=0.9))
        stack.add(layers.ReLU())
    return stack

# %% wrong exercise="section" misconception="there is only one convolution: use filters1 and filters2"
def section(filters1, filters2):
    return keras.Sequential([
        layers.Conv2D(filters2, 3, padding="same"), layers.BatchNormalization(momentum=0.9), layers.ReLU(),
    ])

# %% wrong exercise="section" misconception="batch normalisation is missing"
def section(filters1, filters2):
    return keras.Sequential([
        layers.Conv2D(filters1, 3, padding="same", activation="relu"),
        layers.Conv2D(filters2, 3, padding="same", activation="relu"),
    ])

# %% wrong exercise="section" misconception="batch normalisation stands after one convolution only"
def section(filters1, filters2):
    return keras.Sequential([
        layers.Conv2D(filters1, 3, padding="same"), layers.ReLU(),
        layers.Conv2D(filters2, 3, padding="same"), layers.BatchNormalization(momentum=0.9), layers.ReLU(),
    ])

# %% wrong exercise="section" misconception="both convolutions have filters2 filters: the first has filters1"
def section(filters1, filters2):
    stack = keras.Sequential()
    for _ in range(2):
        stack.add(layers.Conv2D(filters2, 3, padding="same"))
        stack.add(layers.BatchNormalization(momentum=0.9))
        stack.add(layers.ReLU())
    return stack

# %% wrong exercise="section" misconception="the kernels are not 3 x 3"
def section(filters1, filters2):
    stack = keras.Sequential()
    for filters in (filters1, filters2):
        stack.add(layers.Conv2D(filters, 5, padding="same"))
        stack.add(layers.BatchNormalization(momentum=0.9))
        stack.add(layers.ReLU())
    return stack

# %% wrong exercise="section" misconception="the last ReLU is missing, or another activation stands there"
def section(filters1, filters2):
    return keras.Sequential([
        layers.Conv2D(filters1, 3, padding="same"), layers.BatchNormalization(momentum=0.9), layers.ReLU(),
        layers.Conv2D(filters2, 3, padding="same"), layers.BatchNormalization(momentum=0.9),
    ])

# %% wrong exercise="section" misconception="the ReLU between the two convolutions is missing"
def section(filters1, filters2):
    return keras.Sequential([
        layers.Conv2D(filters1, 3, padding="same"), layers.BatchNormalization(momentum=0.9),
        layers.Conv2D(filters2, 3, padding="same"), layers.BatchNormalization(momentum=0.9), layers.ReLU(),
    ])

# %% wrong exercise="section" misconception="the ReLU comes before the norm: the order is convolution, batch normalisation, ReLU"
def section(filters1, filters2):
    return keras.Sequential([
        layers.Conv2D(filters1, 3, padding="same", activation="relu"), layers.BatchNormalization(momentum=0.9),
        layers.Conv2D(filters2, 3, padding="same", activation="relu"), layers.BatchNormalization(momentum=0.9),
    ])

# %% wrong exercise="section" misconception="the ReLU comes before the norm: the order is convolution, batch normalisation, ReLU"
def section(filters1, filters2):
    return keras.Sequential([
        layers.Conv2D(filters1, 3, padding="same", activation="relu"),
        layers.BatchNormalization(momentum=0.9),
        layers.Conv2D(filters2, 3, padding="same"),
        layers.BatchNormalization(momentum=0.9),
        layers.ReLU(),
    ])

# %% wrong exercise="section" misconception="the ReLU comes before the norm: the order is convolution, batch normalisation, ReLU"
def section(filters1, filters2):
    return keras.Sequential([
        layers.Conv2D(filters1, 3, padding="same"), layers.ReLU(), layers.BatchNormalization(momentum=0.9),
        layers.Conv2D(filters2, 3, padding="same"), layers.ReLU(), layers.BatchNormalization(momentum=0.9),
        layers.ReLU(),
    ])

# %% wrong exercise="section" misconception="there is one ReLU for each convolution, after its norm: none before it"
def section(filters1, filters2):
    stack = keras.Sequential()
    for filters in (filters1, filters2):
        stack.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        stack.add(layers.BatchNormalization(momentum=0.9))
        stack.add(layers.ReLU())
    return stack

# %% wrong exercise="section" misconception="the momentum is not 0.9: layers.BatchNormalization(momentum=0.9), both times"
def section(filters1, filters2):
    stack = keras.Sequential()
    for filters in (filters1, filters2):
        stack.add(layers.Conv2D(filters, 3, padding="same"))
        stack.add(layers.BatchNormalization())
        stack.add(layers.ReLU())
    return stack

# %% wrong exercise="section" misconception="something is drawn at random in training: no Dropout and no noise"
def section(filters1, filters2):
    return keras.Sequential([
        layers.Conv2D(filters1, 3, padding="same"), layers.BatchNormalization(momentum=0.9), layers.ReLU(),
        layers.Dropout(0.5),
        layers.Conv2D(filters2, 3, padding="same"), layers.BatchNormalization(momentum=0.9), layers.ReLU(),
    ])

# %% right exercise="section" note="layers with names of their own, He's start"
def section(filters1, filters2):
    stack = []
    for number, width in enumerate((filters1, filters2)):
        stack.append(
            layers.Conv2D(width, 3, padding="same", kernel_initializer="he_normal", name=f"conv{number}")
        )
        stack.append(layers.BatchNormalization(momentum=0.9, name=f"norm{number}"))
        stack.append(layers.ReLU(name=f"bend{number}"))
    return keras.Sequential(stack)

# %% right exercise="section" note="a list of layers without biases"
def section(filters1, filters2):
    return keras.Sequential([
        layers.Conv2D(filters1, 3, padding="same", use_bias=False),
        layers.BatchNormalization(momentum=0.9),
        layers.Activation("relu"),
        layers.Conv2D(filters2, 3, padding="same", use_bias=False),
        layers.BatchNormalization(momentum=0.9),
        layers.Activation("relu"),
    ])

# %% right exercise="section" note="a plain function instead of a Sequential"
def section(filters1, filters2):
    def apply(x):
        for filters in (filters1, filters2):
            x = layers.Conv2D(filters, (3, 3), padding="same")(x)
            x = layers.BatchNormalization(momentum=0.9)(x)
            x = layers.ReLU()(x)
        return x

    return apply

# %% right exercise="section" note="keras.activations.relu between the layers"
def section(filters1, filters2):
    def apply(x):
        for filters in (filters1, filters2):
            x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
            x = keras.activations.relu(layers.BatchNormalization(momentum=0.9)(x))
        return x

    return apply

# %% wrong exercise="build_unet" misconception="the skips are missing: concatenate when skips is True"
def build_unet(channels=3, skips=True):
    inputs = keras.Input((None, None, channels))
    x = section(16, 16)(inputs)
    x = section(32, 32)(layers.MaxPooling2D(2)(x))
    x = section(32, 64)(layers.MaxPooling2D(2)(x))
    x = section(32, 32)(layers.UpSampling2D(2)(x))
    x = section(16, 16)(layers.UpSampling2D(2)(x))
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))

# %% wrong exercise="build_unet" misconception="the skips are there although skips is False"
def build_unet(channels=3, skips=True):
    inputs = keras.Input((None, None, channels))
    first = section(16, 16)(inputs)
    second = section(32, 32)(layers.MaxPooling2D(2)(first))
    x = section(32, 64)(layers.MaxPooling2D(2)(second))
    x = section(32, 32)(layers.Concatenate()([layers.UpSampling2D(2)(x), second]))
    x = section(16, 16)(layers.Concatenate()([layers.UpSampling2D(2)(x), first]))
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))

# %% wrong exercise="build_unet" misconception="the sigmoid at the end is missing"
def build_unet(channels=3, skips=True):
    inputs = keras.Input((None, None, channels))
    first = section(16, 16)(inputs)
    second = section(32, 32)(layers.MaxPooling2D(2)(first))
    x = section(32, 64)(layers.MaxPooling2D(2)(second))
    for skip, filters in ((second, 32), (first, 16)):
        x = layers.UpSampling2D(2)(x)
        x = layers.Concatenate()([x, skip]) if skips else x
        x = section(filters, filters)(x)
    return keras.Model(inputs, layers.Conv2D(1, 1)(x))

# %% wrong exercise="build_unet" misconception="the size is fixed: leave height and width open with None"
def build_unet(channels=3, skips=True):
    inputs = keras.Input((64, 64, channels))
    first = section(16, 16)(inputs)
    second = section(32, 32)(layers.MaxPooling2D(2)(first))
    x = section(32, 64)(layers.MaxPooling2D(2)(second))
    for skip, filters in ((second, 32), (first, 16)):
        x = layers.UpSampling2D(2)(x)
        x = layers.Concatenate()([x, skip]) if skips else x
        x = section(filters, filters)(x)
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))

# %% wrong exercise="build_unet" misconception="the last layer has a kernel of 1 x 1"
def build_unet(channels=3, skips=True):
    inputs = keras.Input((None, None, channels))
    first = section(16, 16)(inputs)
    second = section(32, 32)(layers.MaxPooling2D(2)(first))
    x = section(32, 64)(layers.MaxPooling2D(2)(second))
    for skip, filters in ((second, 32), (first, 16)):
        x = layers.UpSampling2D(2)(x)
        x = layers.Concatenate()([x, skip]) if skips else x
        x = section(filters, filters)(x)
    return keras.Model(inputs, layers.Conv2D(1, 3, padding="same", activation="sigmoid")(x))

# %% wrong exercise="build_unet" misconception="enlarge with UpSampling2D: transposed convolutions have weights of their own"
def build_unet(channels=3, skips=True):
    inputs = keras.Input((None, None, channels))
    first = section(16, 16)(inputs)
    second = section(32, 32)(layers.MaxPooling2D(2)(first))
    x = section(32, 64)(layers.MaxPooling2D(2)(second))
    for skip, filters in ((second, 32), (first, 16)):
        x = layers.Conv2DTranspose(x.shape[-1], 2, strides=2)(x)
        x = layers.Concatenate()([x, skip]) if skips else x
        x = section(filters, filters)(x)
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))

# %% wrong exercise="build_unet" misconception="the number of channels is fixed: use the argument"
def build_unet(channels=3, skips=True):
    inputs = keras.Input((None, None, 3))
    first = section(16, 16)(inputs)
    second = section(32, 32)(layers.MaxPooling2D(2)(first))
    x = section(32, 64)(layers.MaxPooling2D(2)(second))
    for skip, filters in ((second, 32), (first, 16)):
        x = layers.UpSampling2D(2)(x)
        x = layers.Concatenate()([x, skip]) if skips else x
        x = section(filters, filters)(x)
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))

# %% wrong exercise="build_unet" misconception="this averages where it should take the maximum: MaxPooling2D"
def build_unet(channels=3, skips=True):
    inputs = keras.Input((None, None, channels))
    first = section(16, 16)(inputs)
    second = section(32, 32)(layers.AveragePooling2D(2)(first))
    x = section(32, 64)(layers.AveragePooling2D(2)(second))
    for skip, filters in ((second, 32), (first, 16)):
        x = layers.UpSampling2D(2)(x)
        x = layers.Concatenate()([x, skip]) if skips else x
        x = section(filters, filters)(x)
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))

# %% wrong exercise="build_unet" misconception="only one skip is there: second joins first, first joins last"
def build_unet(channels=3, skips=True):
    inputs = keras.Input((None, None, channels))
    first = section(16, 16)(inputs)
    second = section(32, 32)(layers.MaxPooling2D(2)(first))
    x = section(32, 64)(layers.MaxPooling2D(2)(second))
    x = layers.UpSampling2D(2)(x)
    if skips:
        x = layers.Concatenate()([x, second])
    x = section(32, 32)(x)
    x = section(16, 16)(layers.UpSampling2D(2)(x))
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))

# %% wrong exercise="build_unet" misconception="enlarge by nearest neighbour: UpSampling2D(2) as it is"
def build_unet(channels=3, skips=True):
    inputs = keras.Input((None, None, channels))
    first = section(16, 16)(inputs)
    second = section(32, 32)(layers.MaxPooling2D(2)(first))
    x = section(32, 64)(layers.MaxPooling2D(2)(second))
    for skip, filters in ((second, 32), (first, 16)):
        x = layers.UpSampling2D(2, interpolation="bilinear")(x)
        if skips:
            x = layers.Concatenate()([x, skip])
        x = section(filters, filters)(x)
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))

# %% wrong exercise="build_unet" misconception="something is drawn at random in training: no Dropout and no noise"
def build_unet(channels=3, skips=True):
    inputs = keras.Input((None, None, channels))
    first = section(16, 16)(inputs)
    second = section(32, 32)(layers.MaxPooling2D(2)(first))
    x = layers.Dropout(0.5)(section(32, 64)(layers.MaxPooling2D(2)(second)))
    for skip, filters in ((second, 32), (first, 16)):
        x = layers.UpSampling2D(2)(x)
        x = section(filters, filters)(layers.Concatenate()([x, skip]) if skips else x)
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))

# %% right exercise="build_unet" note="written out, the skip first in the concatenation"
def build_unet(channels=3, skips=True):
    inputs = keras.Input(shape=(None, None, channels))
    a = section(16, 16)(inputs)
    b = section(32, 32)(layers.MaxPool2D()(a))
    c = section(32, 64)(layers.MaxPool2D()(b))
    up = layers.UpSampling2D()(c)
    d = section(32, 32)(layers.concatenate([b, up]) if skips else up)
    up = layers.UpSampling2D()(d)
    e = section(16, 16)(layers.concatenate([a, up]) if skips else up)
    outputs = layers.Activation("sigmoid")(layers.Conv2D(1, (1, 1))(e))
    return keras.Model(inputs=inputs, outputs=outputs)

# %% right exercise="build_unet" note="a stack of skips, popped on the way up"
def build_unet(channels=3, skips=True):
    x = inputs = keras.Input((None, None, channels))
    kept = []
    for filters in (16, 32):
        x = section(filters, filters)(x)
        kept.append(x)
        x = layers.MaxPooling2D(2)(x)
    x = section(32, 64)(x)
    for filters in (32, 16):
        x = layers.UpSampling2D(2, interpolation="nearest")(x)
        earlier = kept.pop()
        if skips:
            x = layers.Concatenate(axis=-1)([x, earlier])
        x = section(filters, filters)(x)
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))

# %% wrong exercise="what_skips_carry" misconception="the network without skips learned well, first layers included: eleven layers with batch norm are not too deep"
what_skips_carry = "b"

# %% wrong exercise="what_skips_carry" misconception="concatenated maps make the decoder's kernels larger: the network grows by a seventh"
what_skips_carry = "c"

# %% wrong exercise="what_skips_carry" misconception="early maps see less of the image, not more; the lowest section sees farthest"
what_skips_carry = "d"

# %% wrong exercise="what_skips_carry" misconception="the answer is not one letter in quotes, such as \"b\""
what_skips_carry = "A) where exactly"

# %% wrong exercise="what_skips_carry" misconception="the answer is not one letter in quotes, such as \"b\""
what_skips_carry = 0

# %% right exercise="what_skips_carry" note="upper case"
what_skips_carry = "A"

# %% right exercise="what_skips_carry" note="with a space"
what_skips_carry = "a "

# %% wrong exercise="how_far" misconception="that is four layers without holes: 1 + 2 + 2 + 2 + 2"
how_far = "a"

# %% wrong exercise="how_far" misconception="15 is the sum of the rates: each adds twice that, and the pixel itself counts too"
how_far = "b"

# %% wrong exercise="how_far" misconception="the windows add up, they do not multiply: begin with 1 and add 2d a layer"
how_far = "d"

# %% wrong exercise="how_far" misconception="the answer is not one letter in quotes, such as \"b\""
how_far = 31

# %% wrong exercise="how_far" misconception="the answer is not one letter in quotes, such as \"b\""
how_far = "31"

# %% right exercise="how_far" note="upper case"
how_far = "C"

# %% right exercise="how_far" note="with spaces"
how_far = " c"
