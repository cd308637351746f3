# %% [markdown]
# # 3 · Convolutional networks
#
# **Goal:** build a network that knows what an image is, from a convolution written by hand to one
# that reads digits with a quarter of an MLP's mistakes. **Needs:** lesson 2, a little Keras.
# **Runs in** about three minutes on a 2-core CPU.
#
# After this lesson you can
# - write convolution and pooling in NumPy, and count sizes and weights in your head;
# - show on a photo what *equivariant* and *invariant* mean;
# - build, train, inspect and tune a convolutional network in Keras, residual and inception blocks included.

# %% tags=["setup"]
start("03_cnn")

# %%
import shutil

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers
from scipy import signal, stats
from sklearn.model_selection import ParameterSampler

from helpers import budget, check, check_choice, check_model, check_that, play, report_result, show
from helpers.checkpoints import load_trained
from helpers.datasets import digits, photo
from helpers.figures import AMBER, BLUE, GREEN, ORANGE, PINK, draw_weights, image_grid
from helpers.logs import log_folder
from helpers.panels import draw_image
from helpers.training import seed_everything, uncompiled, watch
from helpers.trials import log_trial

# %% [markdown]
# ## 1 · What is wrong with dense layers?
#
# Two things. The first is **size**. A small colour photo, $256 \times 256 \times 3$, has 196,608
# numbers. One dense layer of 1,000 units on it has 196.6 *million* weights, and its first unit has
# no idea that pixel 1 and pixel 2 are neighbours: shuffle all pixels of all images in the same
# way, and it learns just as well.

# %% [markdown]
# The second is **place**. Let us measure it. The multi-layer perceptron of lesson 2, trained on
# digits as they are, is then shown the same test digits moved to the right by 0, 1, 2, ... pixels.
# Before you run it: at how many pixels would *you* start to confuse digits?

# %%
count = budget(full=7000, short=200)
train_images, train_labels = (array[:count] for array in digits("train"))
validation_images, validation_labels = (array[:count] for array in digits("validation"))
test_images, test_labels = (array[-count:] for array in digits("test"))
commonest = np.bincount(test_labels).max() / len(test_labels)


def shift(images, pixels):
    """Move images (..., height, width) to the right; what comes in from the left is 0."""
    moved = np.zeros_like(images)
    moved[..., pixels:] = images[..., : images.shape[-1] - pixels]
    return moved


# %%
seed_everything(0)
mlp = keras.Sequential([keras.Input((28, 28)), layers.Flatten()])
for units in (128, 64):
    mlp.add(layers.Dense(units, activation="relu"))
mlp.add(layers.Dense(10, activation="softmax"))
mlp.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
epochs = budget(full=15, short=0)
_ = mlp.fit(
    train_images, train_labels, batch_size=64, epochs=epochs, verbose=0,
    validation_data=(validation_images, validation_labels), callbacks=watch("mlp", epochs),
)  # fmt: skip

# %%
shifts = range(7)
moved = [shift(test_images, pixels) for pixels in shifts]  # 7 arrays (count, 28, 28)
mlp_by_shift = [np.mean(mlp(images).numpy().argmax(axis=1) == test_labels) for images in moved]

# %%
figure = plt.figure(figsize=(8.4, 3.3))
strip, plot = figure.subfigures(2, 1, height_ratios=[1, 3])
for ax, images, pixels in zip(strip.subplots(1, 7), moved, shifts):
    draw_image(ax, images[3], below=f"{pixels} px")
ax = plot.subplots()
ax.plot(shifts, mlp_by_shift, "o-", color=ORANGE)
ax.axhline(commonest, color="grey", linestyle=":")
ax.text(0, commonest + 0.03, "always the commonest digit", color="grey")
ax.set(xlabel="shift to the right (pixels)", ylabel="test accuracy", ylim=(0, 1.05))
ax.set_title("To a dense network a moved digit is a new picture")
show(
    figure,
    f"The multi-layer perceptron falls from {mlp_by_shift[0]:.2f} to {mlp_by_shift[3]:.2f} when the digits move by three pixels, which no reader would notice.",
)

# %% [markdown]
# The cure is to build in what we know about images, an **inductive bias**. Near pixels belong
# together, so let a unit look at a small window only. And an edge is an edge wherever it is, so
# let *all windows share one set of weights*. A layer that does both slides one small template over
# the image: a **convolution**. Fukushima's neocognitron (1980) had such layers, after what Hubel
# and Wiesel had found in the visual cortex of cats; LeCun and colleagues (1989) trained them by
# backpropagation, to read zip codes on US mail.

# %% [markdown]
# ### Question 1 · one pixel to the right (1 point)
#
# Every training digit is centred. Why does the dense network fail on moved ones?
# - **a** it has too few weights to store all positions
# - **b** its weights belong to pixels: what it learned of pixel (10, 10) tells it nothing about (10, 13)
# - **c** the moved digits are cut off at the border
# - **d** it was trained for too few epochs

# %% nbgrader={"grade": false, "grade_id": "one_pixel", "locked": false, "schema_version": 3, "solution": true, "task": false}
# one_pixel = "a", "b", "c" or "d"
### BEGIN SOLUTION
one_pixel = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "one_pixel-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "one pixel to the right",
    one_pixel,
    right="b",
    reasons={
        "a": "it has over 100,000 weights and was never shown another position: room is not what it lacks",
        "c": "most digits leave a margin of four pixels, and the accuracy falls long before that",
        "d": "more epochs on centred digits teach nothing about digits that are not centred",
    },
)

# %% [markdown]
# ## 2 · Convolution by hand
#
# Lay a small **kernel** on the top left corner of the image. Multiply each number by the one under
# it, and add everything up: one output number. Move the kernel one step to the right and do it
# again. A $3 \times 3$ image and a $2 \times 2$ kernel leave four positions:
# $$\begin{pmatrix}1&2&0\\0&1&3\\2&0&1\end{pmatrix} \star \begin{pmatrix}1&0\\-1&2\end{pmatrix}
# = \begin{pmatrix}1\cdot1+2\cdot0-0\cdot1+1\cdot2 & 2+0-1+6\\ 0+0-2+0 & 1+0-0+2\end{pmatrix}
# = \begin{pmatrix}3&7\\-2&3\end{pmatrix}$$

# %%
image = np.array([[1, 2, 0], [0, 1, 3], [2, 0, 1]])
kernel = np.array([[1, 0], [-1, 2]])
figure, axes = plt.subplots(1, 4, figsize=(8.4, 2.5))
for ax, (row, column) in zip(axes, np.ndindex(2, 2)):
    ax.imshow(image, cmap="Blues", vmin=0, vmax=8)
    for (r, c), value in np.ndenumerate(image):
        inside = 0 <= r - row < 2 and 0 <= c - column < 2
        text = f"{value}\n× {kernel[r - row, c - column]}" if inside else value
        ax.text(c, r, text, ha="center", va="center", size=10, color=ORANGE if inside else "grey")
    ax.add_patch(plt.Rectangle((column - 0.5, row - 0.5), 2, 2, fill=False, color=ORANGE, lw=3))
    total = np.sum(image[row : row + 2, column : column + 2] * kernel)
    ax.set(xticks=[], yticks=[], title=f"output ({row}, {column}) = {total}")
    ax.grid(False)
show(
    figure,
    "The kernel (orange) visits four windows; each gives one number: the sum of the products.",
)

# %% [markdown]
# Three words before you write it. **Padding** puts a frame of zeros around the image, `padding`
# pixels on each of the four sides, so that the kernel can be centred on the border pixels too, and
# the output need not shrink. The **stride** is how far the kernel jumps: 2 visits every second
# position. And mathematicians *flip* the kernel before they slide it; what we do, without a flip, is
# properly called **cross-correlation**. Neural networks learn the kernel anyway, so everybody skips
# the flip and says convolution.

# %% [markdown]
# ### Exercise 1 · how large is the output? (2 points)
#
# Along one axis: the image has `size` pixels, plus `padding` on **each** side; the kernel covers
# `kernel` of them and moves by `stride`. Count the places where it fits **completely** inside. The
# first one is always there; after it, one more for each full stride in what is left over. Test
# yourself: 5 pixels, kernel 3, stride 2, no padding: 2 places.


# %% nbgrader={"grade": false, "grade_id": "output_size", "locked": false, "schema_version": 3, "solution": true, "task": false}
def output_size(size, kernel, stride, padding):
    """Return along one axis how many places a kernel visits, a whole number."""
    ### BEGIN SOLUTION
    return (size + 2 * padding - kernel) // stride + 1
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "output_size-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(
    "output_size(size=14, kernel=7, stride=3, padding=6)",
    output_size(14, 7, 3, 6),
    want=7,
    mistakes={
        "the padding is counted once: it is on both sides": 5,
        "the padding is left out": 3,
        "the + 1 is missing or comes before the division: add it last": 6,
        "it is rounded up: a place where the kernel sticks out does not count": 8,
        "the division leaves a fraction: use //": 22 / 3,
        "the stride is left out: divide by it": 20,
        "the kernel's size is not subtracted": 9,
    },
)
check(
    "output_size(28, 3, 1, 1): the size stays",
    output_size(28, 3, 1, 1),
    want=28,
)

# %% nbgrader={"grade": true, "grade_id": "output_size-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: counted one by one for many sizes, a kernel as large as the image
### BEGIN HIDDEN TESTS
cases = ((5, 5, 1, 0), (32, 5, 1, 0), (227, 11, 4, 0), (224, 7, 2, 3), (9, 2, 2, 1), (12, 5, 3, 0))
counted = [output_size(*case) for case in cases]
places = [len(range(0, s + 2 * p - k + 1, stride)) for s, k, stride, p in cases]


def always(formula):
    """Tell whether a wrong formula gives what was returned in every case, not in one by chance."""
    return np.shape(counted) == (6,) and all(
        got == formula(size, kernel, stride, 2 * padding)
        for got, (size, kernel, stride, padding) in zip(counted, cases)
    )


slips = {
    "it is rounded up: a place where the kernel sticks out does not count": always(
        lambda size, kernel, stride, frame: -(-(size + frame - kernel) // stride) + 1
    ),
    "it is rounded to the nearest whole number: use //, which rounds down": always(
        lambda size, kernel, stride, frame: round((size + frame - kernel) / stride) + 1
    ),
    "size and kernel are divided apart: subtract first, then divide once": always(
        lambda size, kernel, stride, frame: (size + frame) // stride - kernel // stride + 1
    ),
    "the padding is counted once: it is on both sides": always(
        lambda size, kernel, stride, frame: (size + frame // 2 - kernel) // stride + 1
    ),
    "the + 1 is missing or comes before the division: add it last": always(
        lambda size, kernel, stride, frame: (size + frame - kernel) // stride
    )
    or always(lambda size, kernel, stride, frame: (size + frame - kernel + 1) // stride),
}
for case, got, want in zip(cases, counted, places):
    name = "size {}, kernel {}, stride {}, padding {}".format(*case)
    check(name, got, want=want, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2 · convolution in NumPy (3 points)
#
# 1. Pad the image with zeros: `np.pad(image, padding)` adds `padding` rows and columns on all sides.
# 2. Make room for the result: `np.zeros((rows, columns))`, with `rows` and `columns` from
#    `(size + 2 * padding - kernel) // stride + 1`. The kernel need not be square.
# 3. Loop over the output: its place $(r, c)$ belongs to the window that **begins** at $(r \cdot
#    \text{stride}, c \cdot \text{stride})$ of the padded image. No flip.
#
# Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "conv2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d(image, kernel, stride=1, padding=0):
    """Slide kernel (kh, kw) over image (h, w) and return the sums of products, (rows, columns)."""
    ### BEGIN SOLUTION
    kh, kw = kernel.shape
    image = np.pad(image, padding)
    rows, columns = (image.shape[0] - kh) // stride + 1, (image.shape[1] - kw) // stride + 1
    output = np.zeros((rows, columns))
    for r, c in np.ndindex(rows, columns):
        top, left = r * stride, c * stride
        output[r, c] = np.sum(image[top : top + kh, left : left + kw] * kernel)
    return output
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv2d-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
image = np.array([[1, 2, 0, 1, 5], [0, 1, 3, 2, 0], [2, 0, 1, 4, 1], [3, 1, 0, 0, 2]])
kernel = np.array([[1.0, 0.0, 2.0], [-1.0, 0.5, 0.0]])
right = signal.correlate2d(image, kernel, mode="valid")  # SciPy's, as an independent judge
check(
    "conv2d(image, kernel)",
    conv2d(image.copy(), kernel.copy()),
    want=right,
    mistakes={
        "the kernel is flipped: lay it on the image as it is": signal.convolve2d(
            image, kernel, mode="valid"
        ),
        "the last row and column of the output are missing": right[:-1, :-1],
        "the products are averaged: add them up": right / 6,
        "the output is as large as the image: without padding it shrinks": signal.correlate2d(
            image, kernel, mode="same"
        ),
        "the fractions are lost: make the output with np.zeros, not like a whole-number image": np.trunc(
            right
        ),
    },
)

# %% nbgrader={"grade": true, "grade_id": "conv2d-check2", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
image = np.arange(48.0).reshape(6, 8) % 7 + 1
kernel = np.array([[1.0, -1.0, 0.0], [2.0, 0.0, 1.0], [0.0, 3.0, -2.0]])
padded = signal.correlate2d(np.pad(image, 1), kernel, mode="valid")  # stride 1
check(
    "conv2d(image, kernel, stride=2, padding=1)",
    conv2d(image.copy(), kernel.copy(), stride=2, padding=1),
    want=padded[::2, ::2],
    mistakes={
        "the stride is ignored": padded,
        "the padding is ignored": signal.correlate2d(image, kernel, mode="valid")[::2, ::2],
        "the window moves by 1: it begins at r * stride, c * stride": padded[:3, :4],
        "the padding must be on all four sides": signal.correlate2d(
            np.pad(image, (0, 1)), kernel, mode="valid"
        )[::2, ::2],
        "the padding repeats the border: pad with zeros": signal.correlate2d(
            np.pad(image, 1, mode="edge"), kernel, mode="valid"
        )[::2, ::2],
        "the kernel is flipped: lay it on the image as it is": signal.convolve2d(
            np.pad(image, 1), kernel, mode="valid"
        )[::2, ::2],
    },
)

# %% nbgrader={"grade": true, "grade_id": "conv2d-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: kernels that are not square or of whole numbers, stride 3, a kernel as large as the image, the image untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(32)
for shape, size, stride, padding in (
    ((7, 5), (3, 2), 3, 2),
    ((4, 6), (4, 6), 1, 0),
    ((5, 4), (1, 1), 2, 0),
    ((6, 9), (2, 3), 2, 1),
):
    image, kernel = generator.normal(size=shape), generator.normal(size=size)
    given = image.copy()
    whole = signal.correlate2d(np.pad(image, padding), kernel, mode="valid")
    flipped = signal.convolve2d(np.pad(image, padding), kernel, mode="valid")
    check(
        f"image {shape}, kernel {size}, stride {stride}, padding {padding}",
        conv2d(given, kernel.copy(), stride=stride, padding=padding),
        want=whole[::stride, ::stride],
        secret=True,
        mistakes={
            "the kernel is flipped: lay it on the image as it is": flipped[::stride, ::stride],
            "the stride is ignored": whole,
        },
    )
    slips = {"the image itself is overwritten: write into a new array": True}
    check("the image is untouched", given, want=image, secret=True, mistakes=slips)
image, kernel = generator.normal(size=(5, 6)), np.array([[1, -2], [0, 3], [2, 1]])
whole = signal.correlate2d(image, kernel, mode="valid")
slips = {
    "the fractions are lost: make the output with np.zeros, not like a whole-number kernel": np.trunc(
        whole
    )
}
got = conv2d(image.copy(), kernel.copy())
check("a kernel of whole numbers", got, want=whole, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · Your first filters, on a photo
#
# What does a convolution *do*? Nine numbers can blur, sharpen, or find edges. A brightness edge
# is where the pixels on one side are brighter than on the other, so subtract one side from the
# other. On a flat area that gives 0, as long as **the numbers of the kernel sum to 0**.

# %% [markdown]
# ### Exercise 3 · two edge filters (2 points)
#
# Return two $3 \times 3$ kernels. The first answers with a positive number where the image gets
# **brighter to the right**, with 0 on flat areas, and with 0 where brightness changes only from
# top to bottom. The second does the same for **brighter downwards**. There are many good answers.


# %% nbgrader={"grade": false, "grade_id": "edge_kernels", "locked": false, "schema_version": 3, "solution": true, "task": false}
def edge_kernels():
    """Return two kernels (3, 3): for brightness that rises to the right, and downwards."""
    ### BEGIN SOLUTION
    rightwards = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return rightwards, rightwards.T
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "edge_kernels-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
pair = edge_kernels()
single = getattr(pair, "shape", None) == (3, 3)
sizes = [np.shape(one) for one in pair] if isinstance(pair, (tuple, list)) else []
check_that(
    "each kernel has 3 rows and 3 columns",
    len(sizes) != 2 or sizes == [(3, 3), (3, 3)],
    f"their shapes are {sizes}",
    mistakes={"a kernel is not 3 x 3: repeat its row, or its column, three times": True},
)
check(
    "edge_kernels() returns two kernels",
    pair,
    shape=(2, 3, 3),
    mistakes={"there is only one kernel": single},
)
rightwards, downwards = (np.asarray(kernel, dtype=float) for kernel in pair)
ramp = np.array([[0.0, 0.5, 1.0]] * 3)  # brighter to the right; its transpose, downwards
answers = [np.sum(k * patch) for k in (rightwards, downwards) for patch in (ramp, ramp.T)]
rounding = 1e-6 * max(abs(rightwards).max(), abs(downwards).max())  # float32 leaves that much
flat = max(abs(rightwards.sum()), abs(downwards.sum())) > rounding
exact = [abs(answer) > rounding for answer in answers]
check_that(
    "each kernel answers to its own edge alone",
    not flat and exact == [True, False, False, True] and answers[0] > 0 and answers[3] > 0,
    "a kernel gives the wrong sign, or an answer where it should give 0",
    mistakes={
        "a kernel does not sum to 0: flat areas light up": flat,
        "the two kernels are swapped": exact == [False, True, True, False],
        "the sign is turned: dark is subtracted from bright, so -1 belongs on the dark side": exact
        == [True, False, False, True],
        "the kernel answers to both directions: make it a slope along one axis": exact[:2]
        == [True, True]
        or exact[2:] == [True, True],
        "a kernel answers to no direction at all: subtract one side from the other": exact[:2]
        == [False, False]
        or exact[2:] == [False, False],
        "both kernels answer to the same direction: turn one with .T": exact
        in ([True, False, True, False], [False, True, False, True]),
    },
)

# %% nbgrader={"grade": true, "grade_id": "edge_kernels-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: sharp edges at each place of the window, stripes along the edge
### BEGIN HIDDEN TESTS
rightwards, downwards = (np.asarray(kernel, dtype=float) for kernel in edge_kernels())
whole = rightwards.shape == downwards.shape == (3, 3)
slips = {"a kernel is not 3 x 3: repeat its row, or its column, three times": True}
check_that("two kernels of 3 x 3", whole, "", secret=True, mistakes=slips)
rounding = 1e-6 * max(abs(rightwards).max(), abs(downwards).max())  # float32 leaves that much
for name, kernel, turn in (("rightwards", rightwards, False), ("downwards", downwards, True)):
    steps = [np.array([row] * 3, dtype=float) for row in ([0, 0, 1], [0, 1, 1])]
    stripes = [np.array([row] * 3, dtype=float).T for row in ([1, 0, 1], [0, 1, 0], [0, 1, 1])]
    steps, stripes = ([p.T if turn else p for p in patches] for patches in (steps, stripes))
    found = [np.sum(kernel * patch) for patch in steps]
    slips = {
        "the sign is turned: dark is subtracted from bright, so -1 belongs on the dark side": max(
            found
        )
        <= 0
    }
    rising = min(found) >= -rounding and sum(found) > rounding
    check_that(f"sharp edges, {name}", rising, "", secret=True, mistakes=slips)
    quiet = max(abs(np.sum(kernel * patch)) for patch in stripes) <= rounding
    slips = {"a kernel does not sum to 0: flat areas light up": abs(kernel.sum()) > rounding}
    check_that(f"stripes across, {name}", quiet, "", secret=True, mistakes=slips)
### END HIDDEN TESTS

# %%
picture = photo("cat").mean(axis=2)[::2, ::2]  # grey, (128, 128)
rightwards, downwards = edge_kernels()
across, down = conv2d(picture, np.asarray(rightwards)), conv2d(picture, np.asarray(downwards))
strength = np.hypot(across, down)
figure, axes = plt.subplots(1, 4, figsize=(9.6, 2.8))
draw_image(axes[0], picture, title="the photo")
draw_weights(axes[1], across, title="brighter to the right")
draw_weights(axes[2], down, title="brighter downwards")
draw_image(axes[3], strength / strength.max(), title="strength of both")
show(
    figure,
    "Your two kernels find the outline of the cat: red where brightness rises, blue where it falls.",
)

# %% [markdown]
# **Play.** Choose a kernel, a stride and a padding. Watch three things: blurring sums to 1 and
# edges to 0; the stride shrinks the picture; the frame of zeros draws a false edge around it.

# %%
KERNELS = {
    "sharpen": np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
    "blur": np.full((5, 5), 1 / 25),
    "rightwards": np.asarray(rightwards),
    "outline": np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]),
    "emboss": np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]),
}


# %%
def try_kernel(kernel, stride, padding):
    """Draw a kernel and what it makes of the photo."""
    weights = KERNELS[kernel]
    output = conv2d(picture, weights, stride=stride, padding=padding)
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(8.4, 3.3))
    draw_image(left, picture, title=f"photo {picture.shape}")
    draw_weights(middle, weights, title=f"{kernel}, sum {weights.sum():g}")
    for (r, c), value in np.ndenumerate(weights):
        shade = "white" if abs(value) > 0.6 * abs(weights).max() > 0.1 else "black"
        middle.text(c, r, f"{value:.2g}", ha="center", va="center", size=10, color=shade)
    low = 0.0 if weights.sum() > 0.5 else -1.0
    right.imshow(output, vmin=low, vmax=1)
    right.set(xticks=[], yticks=[], title=f"output {output.shape}")
    show(
        figure,
        f"'{kernel}', stride {stride}, padding {padding}: {picture.shape} becomes {output.shape}.",
    )


# %%
play(try_kernel, kernel=list(KERNELS), stride=(1, 1, 4, 1), padding=(0, 0, 8, 1))

# %% [markdown]
# ## 4 · Move the image, and the answer moves along
#
# A layer is **equivariant** to shifts if moving its input moves its output just as far:
# $f(\text{shift}(x)) = \text{shift}(f(x))$. Your convolution must be, because it does the same
# thing everywhere. No training is needed to show it: move the photo by 20 pixels and filter it,
# or filter it and move the result. We compare away from the borders, where pixels get lost.

# %%
first_move = conv2d(shift(picture, 20), np.asarray(rightwards))
first_filter = shift(conv2d(picture, np.asarray(rightwards)), 20)
difference = first_move - first_filter
difference[:, :20] = 0  # the border: here pixels came in or got lost
limit = abs(first_filter).max()
figure, axes = plt.subplots(1, 3, figsize=(8.4, 3.3))
draw_weights(axes[0], first_move, title="move, then filter", limit=limit)
draw_weights(axes[1], first_filter, title="filter, then move", limit=limit)
draw_weights(
    axes[2], difference, title=f"difference: at most {abs(difference).max():.0f}", limit=limit
)
show(
    figure,
    "Away from the borders both orders give the same numbers: convolution is equivariant to shifts.",
)

# %% [markdown]
# To *name* a digit we want more: the answer should not move at all. A layer is **invariant** if
# moving the input changes nothing. **Max pooling** is a step on the way: it cuts the image into
# blocks and keeps the largest number of each. "There was an edge in this block", it says, and
# forgets exactly where.

# %% [markdown]
# ### Exercise 4 · max pooling (2 points)
#
# Cut `image` into blocks of `size` by `size` that touch but do not overlap, and return the largest
# number of each block. Rows and columns at the bottom and on the right that fill no whole block
# are dropped. Numbers may be negative.


# %% nbgrader={"grade": false, "grade_id": "max_pool2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def max_pool2d(image, size):
    """Return the maximum of each block: (h, w) -> (h // size, w // size)."""
    ### BEGIN SOLUTION
    rows, columns = image.shape[0] // size, image.shape[1] // size
    blocks = image[: rows * size, : columns * size].reshape(rows, size, columns, size)
    return blocks.max(axis=(1, 3))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max_pool2d-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
image = np.array([[1.0, 4, 2, 0, 3, 1], [0, 2, 5, 1, 2, 2], [7, 1, 0, 6, 1, 8], [3, 9, 2, 4, 0, 5]])
windows = np.lib.stride_tricks.sliding_window_view(image, (2, 2))  # (3, 5, 2, 2)
check(
    "max_pool2d(image, 2)",
    max_pool2d(image.copy(), 2),
    want=[[4, 5, 3], [9, 6, 8]],
    mistakes={
        "this is the mean of each block: take the largest": windows[::2, ::2].mean(axis=(2, 3)),
        "this is the smallest of each block": windows[::2, ::2].min(axis=(2, 3)),
        "the blocks overlap: move by size, not by 1": windows.max(axis=(2, 3)),
        "only one pixel of each block is looked at": windows[::2, ::2, 0, 0],
        "this is the sum of each block: take the largest": windows[::2, ::2].sum(axis=(2, 3)),
        "the maximum runs over the columns alone": windows[::2, ::2, 0].max(axis=2),
        "this is the largest number of the whole image: one number a block": image.max(),
        "the blocks are cut wrongly: reshape to (rows, size, columns, size), maximum over axes 1 and 3": image.reshape(
            2, 3, 2, 2
        ).max(axis=(2, 3)),
    },
)
negative = -1 - np.arange(35.0).reshape(5, 7) % 6
check(
    "5 x 7 negative numbers, size 2",
    max_pool2d(negative.copy(), 2),
    want=np.lib.stride_tricks.sliding_window_view(negative, (2, 2))[::2, ::2].max(axis=(2, 3)),
    mistakes={
        "negative numbers are lost: do not begin the maximum at 0": np.zeros((2, 3)),
        "the rest at the border is no whole block: drop it": np.pad(
            negative, ((0, 1), (0, 1)), constant_values=-99
        )
        .reshape(3, 2, 4, 2)
        .max(axis=(1, 3)),
    },
)

# %% nbgrader={"grade": true, "grade_id": "max_pool2d-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: blocks of 3 with a rest, blocks of 1, one block for the whole image, large negative numbers
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(41)
for shape, size in (((7, 11), 3), ((3, 4), 1), ((5, 5), 5), ((9, 4), 2)):
    image = generator.normal(size=shape) - 2
    rows, columns = shape[0] // size, shape[1] // size
    want = [
        [image[r * size : (r + 1) * size, c * size : (c + 1) * size].max() for c in range(columns)]
        for r in range(rows)
    ]
    overlapping = np.lib.stride_tricks.sliding_window_view(image, (size, size)).max(axis=(2, 3))
    check(
        f"image {shape}, size {size}",
        max_pool2d(image.copy(), size),
        want=want,
        secret=True,
        mistakes={
            "the blocks overlap: move by size, not by 1": overlapping,
            "negative numbers are lost: do not begin the maximum at 0": np.maximum(want, 0),
        },
    )
image = 1000 * generator.normal(size=(6, 5)) - 1e5
want = np.lib.stride_tricks.sliding_window_view(image, (2, 2))[::2, ::2].max(axis=(2, 3))
got = max_pool2d(image.copy(), 2)
slips = {
    "negative numbers are lost: do not begin the maximum at 0": np.zeros((3, 2)),
    "the maximum begins at a fixed number: begin with a pixel of the block": np.shape(got) == (3, 2)
    and np.min(got) == np.max(got) > image.max(),
}
check("large negative numbers", got, want=want, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# **Play.** How invariant is it? Take an edge map of a digit, pool it with blocks of `size`, move
# the digit, and compare. With `size` 28 only one number is left, the strongest edge anywhere: that
# one does not care where the digit is (as long as it is all in view).


# %%
def compare_pools(size, pixels):
    """Draw the pooled edges of a digit and of the same digit moved to the right."""
    digit = digits("test")[0][3]
    pair = digit, shift(digit, pixels)
    maps = [abs(conv2d(image, np.asarray(rightwards), padding=1)) for image in pair]
    pooled = [max_pool2d(edges, size) for edges in maps]
    changes = [100 * np.mean(abs(a - b)) / np.mean(abs(a)) for a, b in (maps, pooled)]
    figure, axes = plt.subplots(1, 4, figsize=(8.4, 2.7))
    titles = "edges", f"moved by {pixels}", "edges, pooled", "moved, pooled"
    for ax, image, title in zip(axes, (*maps, *pooled), titles):
        draw_image(ax, image / maps[0].max(), title=title)
    for ax, change in zip(axes[1::2], changes):
        ax.set_xlabel(f"changed by {change:.0f} %", size=10)
    whole, blocks = (f"{change:.0f} %" for change in changes)
    show(
        figure,
        f"Moved by {pixels} px, the edges change by {whole}, their {size} x {size} maxima by {blocks}.",
    )


# %%
play(compare_pools, size=(4, 1, 28, 1), pixels=(1, 0, 6, 1))

# %% [markdown]
# ### Question 2 · which is which (1 point)
#
# You want (i) a network that outlines every cat in a photo and (ii) one that says whether there is
# a cat at all. If the cat moves to the right, what should their outputs do?
# - **a** both stay the same
# - **b** both move along
# - **c** (i) moves along: equivariant; (ii) stays the same: invariant
# - **d** (i) stays the same: invariant; (ii) moves along: equivariant

# %% nbgrader={"grade": false, "grade_id": "which_is_which", "locked": false, "schema_version": 3, "solution": true, "task": false}
# which_is_which = "a", "b", "c" or "d"
### BEGIN SOLUTION
which_is_which = "c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "which_is_which-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "which is which",
    which_is_which,
    right="c",
    reasons={
        "a": "an outline that stays behind when the cat walks away is no outline of the cat",
        "b": "'yes, a cat' has no place in the image: there is nothing that could move along",
        "d": "the two words are swapped: equivariant means that the output changes in the same way",
    },
)

# %% [markdown]
# ## 5 · Channels
#
# A colour image is three images on top of each other, its **channels**; a hidden layer has as many
# channels as we choose. A filter of a convolutional layer looks at *all* channels of its window at
# once and still gives one number. So it is a little box of weights,
# $k \times k \times c_\text{in}$, plus one bias. A layer has $c_\text{out}$ such filters, and each
# makes one channel of the output:
# $$y_{r,c,o} = b_o + \sum_{i,j} \sum_{m=1}^{c_\text{in}} x_{r+i,\,c+j,\,m}\; w_{i,j,m,o}$$

# %% [markdown]
# ### Exercise 5 · a convolutional layer (2 points)
#
# `image` has shape (h, w, channels_in), `kernels` (kh, kw, channels_in, channels_out), `bias`
# (channels_out,), as in Keras. Stride 1, no padding, no activation: the result has shape (h - kh + 1,
# w - kw + 1, channels_out). A loop over the two places is enough: in each, multiply the window
# (kh, kw, channels_in) with `kernels` and sum over the first three axes. `np.tensordot(window,
# kernels, 3)` does both. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "conv2d_channels", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv2d_channels(image, kernels, bias):
    """Apply a convolutional layer: (h, w, channels_in) -> (h - kh + 1, w - kw + 1, channels_out)."""
    ### BEGIN SOLUTION
    kh, kw, _, channels_out = kernels.shape
    rows, columns = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    output = np.zeros((rows, columns, channels_out))
    for r, c in np.ndindex(rows, columns):
        window = image[r : r + kh, c : c + kw]  # (kh, kw, channels_in)
        output[r, c] = np.tensordot(window, kernels, 3) + bias
    return output
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv2d_channels-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
generator = np.random.default_rng(5)
image = generator.integers(-3, 4, size=(4, 5, 2)).astype(float)
kernels = generator.integers(-2, 3, size=(2, 3, 2, 3)).astype(float)
bias = np.array([0.5, -1.0, 2.0])


def layer_of(judge):
    """Return what each input channel gives each output channel, (2, 3, 3, 3): in, rows, columns, out."""
    pairs = [
        [judge(image[..., m], kernels[..., m, o], mode="valid") for o in range(3)] for m in range(2)
    ]
    return np.moveaxis(np.array(pairs), 1, -1)


parts = layer_of(signal.correlate2d)
check(
    "conv2d_channels(image, kernels, bias)",
    conv2d_channels(image.copy(), kernels.copy(), bias.copy()),
    want=parts.sum(axis=0) + bias,
    mistakes={
        "the bias is missing": parts.sum(axis=0),
        "the bias is added once for each input channel: once for each output": parts.sum(axis=0)
        + 2 * bias,
        "the input channels are averaged: add them up": parts.mean(axis=0) + bias,
        "only the first input channel is used": parts[0] + bias,
        "only the last input channel is kept: add it to the others": parts[-1] + bias,
        "the kernels are flipped: lay them on the image as they are": layer_of(
            signal.convolve2d
        ).sum(axis=0)
        + bias,
        "a ReLU crept in: this layer has no activation": np.maximum(parts.sum(axis=0) + bias, 0),
        "the channels come first: they belong on the last axis": np.moveaxis(
            parts.sum(axis=0) + bias, -1, 0
        ),
    },
)

# %% nbgrader={"grade": true, "grade_id": "conv2d_channels-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: Keras's own layer on random numbers, 1 x 1 kernels, one channel in and one out, whole numbers, the arguments untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(51)
for shape, size in (
    ((6, 5, 3), (3, 2, 3, 4)),
    ((3, 4, 5), (1, 1, 5, 2)),
    ((4, 4, 1), (2, 2, 1, 1)),
):
    image, kernels, bias = (
        generator.normal(size=s).astype("float32") for s in (shape, size, size[-1:])
    )
    layer = layers.Conv2D(size[-1], size[:2])
    layer.build((None, *shape))
    layer.set_weights([kernels, bias])
    want = np.asarray(layer(image[None]))[0]
    slips = {"the bias is missing": want - bias}
    got = conv2d_channels(image, kernels, bias)
    check(
        f"image {shape}, kernels {size}",
        got,
        want=want,
        tolerance=1e-4,
        secret=True,
        mistakes=slips,
    )
image, kernels = generator.normal(size=(4, 5, 2)), generator.normal(size=(2, 3, 2, 3))
bias = generator.normal(size=3)
kept = image.copy(), kernels.copy(), bias.copy()
conv2d_channels(image, kernels, bias)
slips = {"an argument is changed: work on a copy": True}
check("the image is untouched", image, want=kept[0], secret=True, mistakes=slips)
check("the kernels are untouched", kernels, want=kept[1], secret=True, mistakes=slips)
check("the bias is untouched", bias, want=kept[2], secret=True, mistakes=slips)
image = generator.integers(0, 9, size=(4, 5, 2))  # whole numbers
kernels, bias = generator.normal(size=(2, 3, 2, 3)), generator.normal(size=3)
windows = np.lib.stride_tricks.sliding_window_view(image, (2, 3), axis=(0, 1))
want = np.einsum("rcmij,ijmo->rco", windows, kernels) + bias
slips = {
    "the fractions are lost: make the output with np.zeros, not like a whole-number image": np.trunc(
        want
    )
}
got = conv2d_channels(image.copy(), kernels.copy(), bias.copy())
check("an image of whole numbers", got, want=want, tolerance=1e-4, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 6 · count the weights (2 points)
#
# How many numbers does a convolutional layer learn? It has `channels_out` filters; each is a box of
# `kernel` $\times$ `kernel` $\times$ `channels_in` weights, with one bias a filter. Notice what is
# *not* in the formula: the size of the image.


# %% nbgrader={"grade": false, "grade_id": "conv_params", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv_params(kernel, channels_in, channels_out):
    """Return the number of weights and biases of a layer with square kernels."""
    ### BEGIN SOLUTION
    return kernel * kernel * channels_in * channels_out + channels_out
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv_params-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(
    "conv_params(3, 16, 32)",
    conv_params(3, 16, 32),
    want=4640,
    mistakes={
        "the biases are missing: one for each filter": 4608,
        "there is one bias for each filter, not for each input channel": 4624,
        "each filter sees all input channels: multiply by channels_in as well": 320,
        "the kernel is square: kernel times kernel": 1568,
        "there is one bias for each filter, not one in all": 4609,
        "each filter has one bias, not one for each input channel it sees": 5120,
    },
)

# %% nbgrader={"grade": true, "grade_id": "conv_params-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: layers of famous networks, counted by Keras
### BEGIN HIDDEN TESTS
for kernel, channels_in, channels_out in ((5, 1, 6), (11, 3, 96), (1, 64, 10), (7, 2, 5)):
    layer = layers.Conv2D(channels_out, kernel)
    layer.build((None, None, None, channels_in))
    want = layer.count_params()
    slips = {
        "the biases are missing: one for each filter": want - channels_out,
        "there is one bias for each filter, not for each input channel": want
        - channels_out
        + channels_in,
        "each filter sees all input channels: multiply by channels_in as well": kernel**2
        * channels_out
        + channels_out,
        "the kernel is square: kernel times kernel": kernel * channels_in * channels_out
        + channels_out,
        "there is one bias for each filter, not one in all": want - channels_out + 1,
    }
    got = conv_params(kernel, channels_in, channels_out)
    check(
        f"kernel {kernel}, {channels_in} to {channels_out} channels",
        got,
        want=want,
        secret=True,
        mistakes=slips,
    )
### END HIDDEN TESTS

# %%
sides = np.array([28, 64, 128, 256, 512])
dense = sides**2 * 3 * 1000 + 1000
figure, ax = plt.subplots(figsize=(6.4, 3.2))
ax.plot(sides, dense, "o-", color=ORANGE, label="dense, 1,000 units")
shared = [conv_params(3, 3, 1000)] * len(sides)
ax.plot(sides, shared, "s-", color=BLUE, label="3 x 3 convolution, 1,000 filters")
ax.set(xlabel="side of a colour image (pixels)", ylabel="weights and biases")
ax.set(yscale="log", ylim=(1e4, 1e10))
ax.set_title("A convolution does not care how large the image is")
ax.legend()
show(
    figure,
    f"At 256 pixels the dense layer has {dense[3] / 1e6:.0f} million weights, the convolution 28,000 at any size.",
)

# %% [markdown]
# ### Question 3 · a kernel of one pixel (1 point)
#
# GoogLeNet and ResNet are full of $1 \times 1$ convolutions. What can one do to an image with 64
# channels?
# - **a** nothing: with one pixel in the window there is nothing to sum
# - **b** blur it slightly
# - **c** mix the channels of each pixel, for example down to 16, with the same weights everywhere
# - **d** halve its height and width

# %% nbgrader={"grade": false, "grade_id": "one_by_one", "locked": false, "schema_version": 3, "solution": true, "task": false}
# one_by_one = "a", "b", "c" or "d"
### BEGIN SOLUTION
one_by_one = "c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "one_by_one-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "a kernel of one pixel",
    one_by_one,
    right="c",
    reasons={
        "a": "the sum still runs over the 64 channels of that pixel",
        "b": "a blur needs neighbours, and this window has none",
        "d": "the window visits every pixel: height and width stay (a stride would change them)",
    },
)

# %% [markdown]
# ## 6 · The network
#
# Convolution, pooling, ReLU, and again: while the image shrinks, the number of channels grows. A
# unit of the third layer sees a large part of the digit, through windows of windows. Two more
# ingredients stand in between; section 9 measures what they do. **Batch normalisation** (Ioffe
# and Szegedy, 2015) shifts and scales each channel to mean 0 and variance 1 over the batch.
# **Dropout** (Srivastava et al., 2014) sets a random part of the numbers to 0 in training.

# %% [markdown]
# ### Exercise 7 · your network in Keras (2 points)
#
# Return a `keras.Sequential` (or a functional `keras.Model`) for images of shape **(28, 28, 1)**. Three times,
# with `width`, `2 * width` and `4 * width` filters: `layers.Conv2D(filters, 3, padding="same")`, no
# activation inside; the **first two times** `layers.MaxPooling2D(2)`, so that 28 pixels become 14,
# then 7; **only if** `batch_norm`, `layers.BatchNormalization(momentum=0.9)`; and `layers.ReLU()`.
# Then `layers.Flatten()`, `layers.Dropout(dropout)` and a dense layer of 10 units with softmax. Do not
# compile it. (Max pooling right before or right after ReLU gives the same numbers; pooling first leaves
# the other layers a quarter of the work.) Take Keras's own layers, no class or `Lambda` of yours, since
# grading cannot look into them, and put all of them in one row, no model inside the model: later cells
# look at them one by one.


# %% nbgrader={"grade": false, "grade_id": "build_cnn", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_cnn(width=16, dropout=0.5, batch_norm=True):
    """Return a Keras model: images (batch, 28, 28, 1) -> probabilities (batch, 10)."""
    ### BEGIN SOLUTION
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (width, 2 * width, 4 * width):
        network.add(layers.Conv2D(filters, 3, padding="same"))
        if filters < 4 * width:
            network.add(layers.MaxPooling2D(2))
        if batch_norm:
            network.add(layers.BatchNormalization(momentum=0.9))
        network.add(layers.ReLU())
    network.add(layers.Flatten())
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build_cnn-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def parameters(widths, side=7, norms=True):
    """Count a network's parameters: convolutions of these widths, `side` pixels left at the end."""
    pairs = zip((1, *widths), widths)
    convolutions = sum(9 * i * o + o for i, o in pairs)
    return convolutions + (4 * sum(widths) if norms else 0) + side**2 * widths[-1] * 10 + 10


model = build_cnn(8)
unknown = not getattr(model, "built", True)
check_model(
    "build_cnn(8)",
    model,
    mistakes={"the input is not declared: begin with keras.Input((28, 28, 1))": unknown},
)
images = np.random.default_rng(0).uniform(size=(4, *model.input_shape[1:])).astype("float32")
total, rows = model.count_params(), np.asarray(model(images))
check_model(
    "build_cnn(8)",
    model,
    input_shape=(28, 28, 1),
    output_shape=(10,),
    parameters=(
        parameters((8, 16, 32)) - 56,
        parameters((8, 16, 32)),
    ),  # biases before a norm may be left out
    probabilities=True,
    mistakes={
        'the last maps must be 7 x 7: padding="same", and pooling only after the first and second convolution': total
        == parameters((8, 16, 32), side=3),
        "a pooling layer is missing": total
        in (parameters((8, 16, 32), side=14), parameters((8, 16, 32), side=28)),
        "the filters do not double: width, 2 * width, 4 * width": total == parameters((8, 8, 8)),
        "batch normalisation is missing where batch_norm is True": total
        == parameters((8, 16, 32), norms=False),
        "the width is fixed: use the argument": total == parameters((16, 2 * 16, 4 * 16)),
        "the outputs are no probabilities: the last layer needs softmax": abs(
            rows.sum(axis=-1) - 1
        ).max()
        > 1e-3,
    },
)
check_that(
    "the layers stand in one row",
    not any(isinstance(part, keras.Model) for part in model.layers),
    "a layer of the model is a model itself",
    mistakes={"a stage is a model of its own: put all layers into one row": True},
)
spread = np.std([np.asarray(model(images, training=True)) for _ in range(4)], axis=0).max()
check_that(
    "dropout is at work in training",
    spread > 1e-6,
    "two passes in training gave the same numbers",
    mistakes={"the dropout layer is missing": True},
)
bare = build_cnn(8, dropout=0.0, batch_norm=False)
passes = [np.asarray(bare(images, training=True)) for _ in range(2)]
check_that(
    "build_cnn(8, dropout=0.0, batch_norm=False) has neither",
    bare.count_params() == parameters((8, 16, 32), norms=False)
    and abs(passes[0] - passes[1]).max() < 1e-6,
    "batch normalisation or dropout is still in it",
    mistakes={
        "batch normalisation is always there: add it only if batch_norm": bare.count_params()
        > parameters((8, 16, 32), norms=False),
        "the dropout rate is fixed: use the argument": abs(passes[0] - passes[1]).max() >= 1e-6,
    },
)
model, states = build_cnn(8), []
first = [-np.ones(w.shape) if w.ndim == 4 else w for w in model.get_weights()]
for _ in range(2):  # twice from the same weights: only what Dropout does may differ
    model.set_weights(first)
    model(images, training=True)
    states.append([w.numpy() for w in model.non_trainable_weights])
check_that(
    "the numbers that batch normalisation sees are the same in each pass",
    all(np.allclose(a, b, rtol=1e-3, atol=1e-4) for a, b in zip(*states)),
    "its running averages differ from pass to pass: something is dropped before it",
    mistakes={"there is more than one Dropout: a single one, after Flatten": True},
)
model.set_weights(first)
states = []
for _ in range(2):  # kernels of -1: every mean falls below 0, unless a ReLU comes first
    model(images, training=True)
    states.append([w.numpy() for w in model.non_trainable_weights])
kept = [float(np.mean(b[a < 0] / a[a < 0])) - 1 for a, b in zip(*states) if (a < 0).any()]
check_that(
    "batch normalisation comes before the ReLU, three times",
    len(kept) == 3,
    f"numbers below 0 reach {len(kept)} of the three",
    mistakes={"the ReLU belongs after each batch normalisation, and none inside Conv2D": True},
)
check(
    "the share of its past that a running average keeps",
    kept,
    want=[0.9] * 3,
    tolerance=1e-3,
    mistakes={
        "momentum=0.9 is missing: Keras's own 0.99 follows ten times more slowly": [0.99] * 3,
        "momentum is the share that is kept: 0.9, not 0.1": [0.1] * 3,
    },
)

# %% nbgrader={"grade": true, "grade_id": "build_cnn-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: the default width, exact values for given weights, how much is dropped
### BEGIN HIDDEN TESTS
model = build_cnn()
check_model(
    "the default network",
    model,
    input_shape=(28, 28, 1),
    output_shape=(10,),
    parameters=(55114 - 7 * 16, 55114),
    secret=True,
)
generator = np.random.default_rng(71)
model = build_cnn(4, dropout=0.0, batch_norm=True)
limits = {"gamma": (1, 2), "beta": (-1, 3), "moving_mean": (-1, 1), "moving_variance": (0.5, 1.5)}
stages, weights = [], []
for w in model.weights:  # every normalisation gets numbers of its own
    if len(w.shape) > 1:
        size = np.sqrt((2 if len(stages) < 3 else 0.1) / np.prod(w.shape[:-1]))
        weights.append(generator.normal(0, size, w.shape))
        stages.append({"kernel": weights[-1]})
    else:
        weights.append(generator.uniform(*limits.get(w.name, (-0.5, 0.5)), w.shape))
        stages[-1][w.name] = weights[-1]
model.set_weights(weights)
images = generator.uniform(size=(3, 28, 28, 1)).astype("float32")


def pooled(x):
    n, h, w, c = x.shape
    return x.reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))


def by_hand(bend, training=False, late=(False, False)):
    """Compute the probabilities; `late`: whether each pooling comes after its normalisation."""
    x = images
    for stage, pooling in zip(stages, ("early", "early", "")):
        windows = np.lib.stride_tricks.sliding_window_view(
            np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0))), (3, 3), axis=(1, 2)
        )
        x = np.einsum("nrcmij,ijmo->nrco", windows, stage["kernel"]) + stage.get("bias", 0)
        if pooling:
            pooling = "late" if late[len(x[0]) < 28] else pooling
        x = pooled(x) if pooling == "early" else x
        mean, variance = stage.get("moving_mean", 0), stage.get("moving_variance", 1)
        if training:
            mean, variance = x.mean(axis=(0, 1, 2)), x.var(axis=(0, 1, 2))
        x = (x - mean) / np.sqrt(variance + 1e-3)
        x = bend(x * stage.get("gamma", 1) + stage.get("beta", 0))
        x = pooled(x) if pooling == "late" else x
    scores = x.reshape(3, -1) @ stages[3]["kernel"] + stages[3].get("bias", 0)
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def relu(z):
    return np.maximum(z, 0)


check(
    "given weights",
    np.asarray(model(images)),
    want=by_hand(relu),
    tolerance=2e-3,
    secret=True,
    mistakes={
        "the ReLU is missing: convolutions without a bend": by_hand(lambda z: z),
        "the ReLU leaks or is cut off at the top: layers.ReLU() as it is": any(
            abs(np.asarray(model(images)) - by_hand(bend)).max() < 4e-3
            for bend in (
                lambda z: np.where(z > 0, z, 0.01 * z),
                lambda z: np.where(z > 0, z, 0.2 * z),
                lambda z: np.where(z > 0, z, 0.3 * z),
                lambda z: np.clip(z, 0, 6),
            )
        ),
        "the activation is not a ReLU": by_hand(np.tanh),
    },
)
thin = build_cnn(4, dropout=0.2, batch_norm=False)
weights = [np.full(w.shape, float(w.ndim == 1 and len(w) != 10)) for w in thin.get_weights()]
looks, classes = weights[-2], np.arange(10)
looks[classes % 5 * (len(looks) // 49) + classes // 5, classes] = 1
# Every feature is 1. Classes 0 to 4 look at five pixels of one map, classes 5 to 9 at those of another.
thin.set_weights(weights)
logs = np.log(np.asarray(thin(np.zeros((50, 28, 28, 1), "float32"), training=True)))
inside = float(np.ptp(logs[:, :5], axis=1).max())
check(
    "dropout=0.2 divides what stays by 0.8",
    inside,
    want=1.25,
    tolerance=1e-3,
    secret=True,
    mistakes={
        "whole maps are dropped at once: layers.Dropout drops single numbers": inside < 1e-4
        and np.ptp(logs, axis=1).max() > 0.1,
        "the rate is the share that is dropped, not the share that stays": 5.0,
        "the dropout rate is fixed: use the argument": 2.0,
        "the dropout rate is halved: give the argument to Dropout as it is": 1 / 0.9,
        "there is more than one Dropout: a single one, after Flatten": 1.25**2,
    },
)
got = np.asarray(model(images, training=True))
wants = [by_hand(relu, True, late) for late in np.ndindex(2, 2)]
nearest = min(wants, key=lambda want: abs(want - got).max())
check("given weights, in training, nothing dropped", got, want=nearest, tolerance=5e-3, secret=True)
### END HIDDEN TESTS

# %%
X_train, X_validation, X_test = (
    images[..., None] for images in (train_images, validation_images, test_images)
)
seed_everything(0)
cnn = build_cnn()
x, rows = keras.Input((28, 28, 1)), [("image", "28 x 28 x 1", 0)]
for layer in cnn.layers:
    x = layer(x)
    rows.append((layer.__class__.__name__, " x ".join(map(str, x.shape[1:])), layer.count_params()))
print("\n".join(f"{name:20} {shape:14} {count:7,} parameters" for name, shape, count in rows))
print(
    f"In all {cnn.count_params():,} parameters; the multi-layer perceptron has {mlp.count_params():,}"
)

# %% [markdown]
# ## 7 · Training
#
# A large learning rate learns fast and then jitters around the valley; a small one settles but is
# slow to arrive. **Annealing** takes both: begin large, end small. The cosine schedule (Loshchilov and
# Hutter, 2017) follows half a cosine wave from `base_lr` down to 0:
# $$\text{lr}(t) = \frac{\text{base\_lr}}2 \left(1 + \cos\left(\pi\, \frac tT\right)\right)$$

# %% [markdown]
# ### Exercise 8 · cosine annealing (2 points)
#
# Return the learning rate at step $t$ = `step` of $T$ = `total_steps`, one number. At `total_steps` it
# is 0, and it **stays** 0 after that. `np.cos` takes radians.


# %% nbgrader={"grade": false, "grade_id": "cosine_lr", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cosine_lr(step, total_steps, base_lr):
    """Return the learning rate at a step: base_lr at step 0, 0 from total_steps on."""
    ### BEGIN SOLUTION
    done = min(step / total_steps, 1.0)
    return base_lr / 2 * (1 + np.cos(np.pi * done))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cosine_lr-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check(
    "cosine_lr at steps 0, 25, 50, 75 and 100 of 100, base_lr 0.2",
    [float(cosine_lr(step, 100, 0.2)) for step in (0, 25, 50, 75, 100)],
    want=[0.2, 0.170711, 0.1, 0.029289, 0.0],
    tolerance=1e-5,
    mistakes={
        "it begins at twice base_lr: divide by 2": [0.4, 0.341421, 0.2, 0.058579, 0.0],
        "the 1 + is missing: the learning rate becomes negative": [
            0.1,
            0.070711,
            0.0,
            -0.070711,
            -0.1,
        ],
        "this is a straight line, not a cosine": [0.2, 0.15, 0.1, 0.05, 0.0],
        "this is a quarter of a wave: 1 + cos, over 2": [0.2, 0.184776, 0.141421, 0.076537, 0.0],
        "this is a whole wave: the angle runs to pi, not 2 pi": [0.2, 0.1, 0.0, 0.1, 0.2],
        "it rises instead of falling: 1 + cos, not 1 - cos": [0.0, 0.029289, 0.1, 0.170711, 0.2],
        "the factor pi is missing in the angle": [
            0.1 * (1 + np.cos(t)) for t in (0, 0.25, 0.5, 0.75, 1)
        ],
        "np.cos takes radians: pi, not 180": [
            0.1 * (1 + np.cos(180 * t)) for t in (0, 0.25, 0.5, 0.75, 1)
        ],
    },
)

# %% nbgrader={"grade": true, "grade_id": "cosine_lr-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: other lengths, a small base_lr, steps after the end
### BEGIN HIDDEN TESTS
for step, total_steps, base_lr in ((1, 3, 0.01), (7, 12, 1.0), (2, 2, 5.0)):
    want = base_lr * np.cos(np.pi * step / total_steps / 2) ** 2  # the half-angle formula
    got = cosine_lr(step, total_steps, base_lr)
    slips = {
        "it begins at twice base_lr: divide by 2": 2 * want,
        "it rises instead of falling: 1 + cos, not 1 - cos": base_lr - want,
    }
    check(f"step {step} of {total_steps}", float(got), want=want, secret=True, mistakes=slips)
got, want = float(cosine_lr(3, 7, 1e-4)), 1e-4 * np.cos(np.pi * 3 / 14) ** 2
slips = {"the learning rate is rounded: return it as it is": abs(got - want) < 1e-5}
check("a small base_lr", got, want=want, tolerance=1e-9, secret=True, mistakes=slips)
late = [float(cosine_lr(step, 10, 0.3)) for step in (11, 15, 20)]
slips = {"after the last step it rises again: cap step at total_steps": late[-1] > 0.1}
check("after the end it stays 0", late, want=[0.0, 0.0, 0.0], secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# Next, when to stop? Not by looking at the test digits: what you choose by them, they cannot judge
# any more. So we keep 1,000 **validation** digits aside, watch the loss on them after each epoch,
# stop when it has not improved for a while (the **patience**), and go back to the best weights.
# That is **early stopping**.
#
# Keras does all this through *callbacks*, objects that `fit` calls before and after each epoch:

# %% [markdown]
# - `keras.callbacks.LearningRateScheduler(function)` sets the learning rate of epoch `e` to `function(e)`.
# - `keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)`.
# - `keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)` logs curves
#   and weights.

# %% [markdown]
# ### Exercise 9 · train (3 points)
#
# **Compile** the model with `keras.optimizers.Adam(learning_rate=lr)`, the loss
# `"sparse_categorical_crossentropy"` and the metric `"accuracy"`. **Fit** it on the training images for
# `epochs` epochs, with batches of 64, `verbose=0`, `validation_data=(images, labels)`, and a list of
# callbacks: these three (the learning rate of epoch `e` is `cosine_lr(e, epochs, lr)`, so mend
# exercise 8 first) and those in `callbacks` (it may be a tuple: `*callbacks` inside the list puts them
# in). **Return** the dictionary `history.history`.


# %% nbgrader={"grade": false, "grade_id": "train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(model, data, lr, epochs, run="cnn", callbacks=()):
    """Train a Keras classifier in place; return {"loss": one number an epoch, "val_loss": ..., ...}."""
    images, labels, validation_images, validation_labels = data
    ### BEGIN SOLUTION
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=lr),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    anneal = keras.callbacks.LearningRateScheduler(lambda epoch: cosine_lr(epoch, epochs, lr))
    stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, restore_best_weights=True)
    board = keras.callbacks.TensorBoard(str(log_folder(run)), histogram_freq=1, write_graph=False)
    history = model.fit(
        images, labels, batch_size=64, epochs=epochs, verbose=0,
        validation_data=(validation_images, validation_labels), callbacks=[anneal, stop, board, *callbacks],
    )  # fmt: skip
    return history.history
    ### END SOLUTION


# %% [markdown]
# The next cell is given. It lets your `train` teach a tiny network something tiny (is an image of
# 4 x 4 pixels bright or dark?) from given first weights, and writes down what happened. The checks do
# the same sums in NumPy: only a network that was really trained has the same weights in the end.


# %% nbgrader={"grade": false, "grade_id": "rehearse", "locked": true, "schema_version": 3, "solution": false, "task": false}
def rehearse(start, data, lr, epochs):
    """Try out `train` on tiny images, from given weights, and return what happened."""
    shutil.rmtree(log_folder("rehearsal"), ignore_errors=True)
    model = keras.Sequential([keras.Input((4, 4, 1)), layers.Flatten()])
    model.add(layers.Dense(2, activation="softmax"))
    model.set_weights([np.array(w, "float32") for w in start])
    calls = []
    count = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: calls.append(epoch))
    with uncompiled():  # compiling takes longer than these few steps
        history = train(model, data, lr, epochs, run="rehearsal", callbacks=(count,))
    curves = getattr(history, "history", history)  # of a History object too
    curves = curves if isinstance(curves, dict) else {}
    return {
        "returned": type(history).__name__,
        "history": {name: [float(x) for x in values] for name, values in curves.items()},
        "calls": len(calls),
        "files": len(list(log_folder("rehearsal").rglob("*tfevents*"))),
        "weights": model.get_weights(),
    }


# %% nbgrader={"grade": true, "grade_id": "train-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def a_task(seed, contrary=False):
    """Return first weights (kernel, bias) and 32 images each for training and validation."""
    generator = np.random.default_rng(seed)
    start = [generator.normal(size=shape).round(2) / 10 for shape in ((16, 2), (2,))]
    images = generator.uniform(-1, 1, size=(64, 4, 4, 1)).astype("float32")
    labels = (images.mean(axis=(1, 2, 3)) > 0).astype("int64")
    return start, (images[:32], labels[:32], images[32:], abs(labels[32:] - contrary))


def by_hand(start, data, lr, epochs, batch=64, adam=True):
    """Train in NumPy; return kernel, bias and validation loss after each epoch."""
    x, labels, x_validation, truth = data
    x, x_validation = (np.insert(x.reshape(len(x), 16), 16, 1, axis=1) for x in (x, x_validation))
    W = np.vstack(start)  # the last row is the bias, its input is always 1
    mean, square, steps, states = 0, 0, 0, []
    for epoch in range(epochs):
        rate = lr * (1 + np.cos(np.pi * epoch / epochs)) / 2
        for i in range(0, len(x), batch):
            z, y = x[i : i + batch], labels[i : i + batch]
            slope = z.T @ (probabilities(z @ W) - np.eye(2)[y]) / len(z)
            steps += 1
            mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
            grow = np.sqrt(1 - 0.999**steps) / (1 - 0.9**steps)  # both averages begin at 0
            W = W - rate * (grow * mean / (np.sqrt(square) + 1e-7) if adam else slope)
        p = probabilities(x_validation @ W)[np.arange(len(truth)), truth]
        states.append((W[:16], W[16], -np.log(p).mean()))
    return states


def probabilities(scores):
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)


start, data = a_task(9)
try:
    report = rehearse(start, data, lr=0.02, epochs=4)
except (TypeError, AttributeError) as error:
    check_that(
        "callbacks may be a tuple",
        "tuple" not in str(error),
        str(error),
        mistakes={
            "a list and the tuple `callbacks` do not add up: put *callbacks into the list": True
        },
    )
    raise
history = report["history"]
rates = np.array(history.get("learning_rate", []))
check(
    "train returns the dictionary history.history",
    report["returned"],
    want="dict",
    mistakes={
        "nothing is returned: end the function with `return ...`": report["returned"] == "NoneType",
        "this is the History object: return history.history": report["returned"] == "History",
        "this is the model: return history.history": report["returned"]
        in ("Sequential", "Functional"),
    },
)
check_that(
    "it reports losses and accuracies of training and validation",
    {"loss", "val_loss", "accuracy", "val_accuracy"} <= set(history),
    f"the dictionary holds {', '.join(sorted(history))}",
    mistakes={
        "there is no validation: pass validation_data to fit": "val_loss" not in history,
        'the metric is missing: compile with metrics=["accuracy"]': "accuracy" not in history,
    },
)
check(
    "the learning rates of four epochs",
    history.get("learning_rate", []),
    want=[0.02, 0.017071, 0.01, 0.002929],
    tolerance=1e-4,
    mistakes={
        "the learning rate is not annealed: add the LearningRateScheduler": "learning_rate"
        not in history,
        "the schedule is one epoch ahead: its function gets 0 in the first epoch, give cosine_lr that": [
            0.017071,
            0.01,
            0.002929,
            0.0,
        ],
        "the schedule ignores lr: give cosine_lr the lr of train": len(rates) == 4
        and rates[0] > 0
        and abs(rates[0] - 0.02) > 1e-3
        and np.allclose(rates / rates[0], [1, 0.853553, 0.5, 0.146447], atol=1e-3),
        "the schedule shrinks the current rate again and again: its function takes the epoch alone, and lr is that of train": [
            0.02,
            0.017071,
            0.008536,
            0.00125,
        ],
    },
)
check(
    "the kernel after four epochs",
    report["weights"][0],
    want=by_hand(start, data, 0.02, 4)[-1][0],
    tolerance=1e-4,
    mistakes={
        "the model does not learn: call fit on the model that is handed in": start[0],
        "the optimiser is not Adam with learning rate lr": by_hand(
            start, data, 0.02, 4, adam=False
        )[-1][0],
    },
)

# %% nbgrader={"grade": true, "grade_id": "train-check2", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# The validation labels are all wrong: the better the network learns, the worse it does there.
start, data = a_task(260, contrary=True)
report, states = rehearse(start, data, lr=0.05, epochs=12), by_hand(start, data, 0.05, 12)
losses = report["history"].get("val_loss", [0.0])
# Where it never stopped: does it if nothing is learned at all? Then something else is watched.
idle = rehearse(start, data, lr=0.0, epochs=40)["history"] if len(losses) == 12 else {}
watched = 1 < len(idle.get("val_loss", [])) < 40
check(
    "epochs until training stops, when validation only gets worse",
    len(losses),
    want=6,
    mistakes={
        "validation uses the training images: pass the other pair": losses[-1] < losses[0],
        "the patience is not 5, or another number than val_loss is watched": watched
        or 1 < len(losses) < 12,
        "training never stops early: add EarlyStopping": len(losses) == 12,
    },
)
check(
    "the kernel in the end is that of the best epoch",
    report["weights"][0],
    want=states[0][0],
    tolerance=1e-4,
    mistakes={
        "the last weights are kept: restore_best_weights=True": states[5][0],
        "the model does not learn: call fit on the model that is handed in": start[0],
        "the optimiser is not Adam with learning rate lr": by_hand(
            start, data, 0.05, 12, adam=False
        )[0][0],
    },
)
check(
    "the validation losses of the six epochs",
    losses,
    want=[loss for _, _, loss in states[:6]],
    tolerance=1e-4,
)
check_that(
    "TensorBoard's files are there",
    report["files"] > 0,
    "nothing was logged in the folder log_folder(run)",
    mistakes={
        "the TensorBoard callback is missing, or writes elsewhere than log_folder(run)": True
    },
)

# %% nbgrader={"grade": true, "grade_id": "train-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: the callbacks that are passed in, the loss, batches of 64, the optimiser's steps
### BEGIN HIDDEN TESTS
start, (images, labels, _, _) = a_task(11)
data = (np.repeat(images[:1], 128, axis=0), np.repeat(labels[:1], 128), images[:1], labels[:1])
report, states = rehearse(start, data, lr=0.03, epochs=2), by_hand(start, data, 0.03, 2)
history = report["history"]
slips = {"callbacks is not passed on: put *callbacks into the list": report["calls"] == 0}
check("two epochs, seen by the callback", report["calls"], want=2, secret=True, mistakes=slips)
for i in range(2):  # 128 times one image: batches of 64 take two steps an epoch, in any order
    check(
        f"four steps of Adam, {('kernel', 'bias')[i]}",
        report["weights"][i],
        want=states[-1][i],
        tolerance=1e-4,
        secret=True,
        mistakes={
            "the batches hold 32 images, Keras's habit: batch_size=64": by_hand(
                start, data, 0.03, 2, batch=32
            )[-1][i],
            "the optimiser is not Adam with learning rate lr": by_hand(
                start, data, 0.03, 2, adam=False
            )[-1][i],
        },
    )
want = [loss for _, _, loss in states]
check("cross-entropy", history["val_loss"], want=want, tolerance=1e-4, secret=True)
### END HIDDEN TESTS

# %% [markdown]
# Now for the real thing: 10 epochs on 7,000 digits, from the learning rate 0.003 down.

# %%
data = (X_train, train_labels, X_validation, validation_labels)
epochs = budget(full=10, short=1)
history = train(cnn, data, lr=0.003, epochs=epochs, run="cnn", callbacks=watch("cnn", epochs)[:1])
if budget(full=False, short=True):  # the grader has no time: it takes weights trained before
    load_trained(cnn, "cnn/cnn.npz")

# %%
cnn_probs = np.asarray(cnn(X_test))
cnn_accuracy = np.mean(cnn_probs.argmax(axis=1) == test_labels)
report_result(
    "convolutional network, test accuracy on 2,000 digits", cnn_accuracy,
    baseline=commonest, baseline_name="always the commonest digit", tolerance=0.006,
)  # fmt: skip
report_result(
    "multi-layer perceptron, test accuracy on 2,000 digits", mlp_by_shift[0],
    baseline=commonest, baseline_name="always the commonest digit", tolerance=0.015,
)  # fmt: skip

# %% [markdown]
# The convolutional network reads **0.9885** of the test digits, the perceptron 0.9455, and always saying the
# commonest digit 0.11: of 109 mistakes 23 are left, with half of the weights. Five runs gave
# 0.9845 to 0.9885 and 0.945 to 0.952, so your numbers may differ by 0.006 and 0.015: on 2,000 digits chance
# alone moves the first by 0.0025. Training takes about 30 processor seconds, under a minute on two cores. And
# it was never told about moved digits either. So let us move them again.

# %%
cnn_by_shift = [
    np.mean(np.asarray(cnn(images[..., None])).argmax(axis=1) == test_labels) for images in moved
]
figure, ax = plt.subplots(figsize=(6.8, 3.4))
ax.plot(shifts, cnn_by_shift, "s-", color=BLUE, label="convolutional network")
ax.plot(shifts, mlp_by_shift, "o-", color=ORANGE, label="multi-layer perceptron")
ax.axhline(commonest, color="grey", linestyle=":")
ax.text(0, commonest + 0.03, "always the commonest digit", color="grey")
ax.set(xlabel="shift to the right (pixels)", ylabel="test accuracy", ylim=(0, 1.05))
ax.set_title("Shared weights carry over to places never seen")
ax.legend(loc="lower left", bbox_to_anchor=(0, 0.18))
show(
    figure,
    f"At three pixels the convolutional network still reads {cnn_by_shift[3]:.0%} of the digits and the multi-layer perceptron {mlp_by_shift[3]:.0%}; neither saw a moved digit in training.",
)

# %% [markdown]
# This is the picture of the lesson. The convolutions are equivariant, and so is the pooling when the
# shift fills whole blocks (4 pixels, for two poolings), roughly so in between: the features of a moved
# digit are nearly the moved features. What gives way in the end is the last layer: it is dense, and
# its weights belong to places again. And from 4 pixels on, more and more digits lose an edge (at 6 px,
# four in ten). (Try `GlobalAveragePooling2D` instead of `Flatten` in "go further".)

# %%
guesses = cnn_probs.argmax(axis=1)
wrong = np.flatnonzero(guesses != test_labels)
worst = wrong[np.argsort(-cnn_probs[wrong, guesses[wrong]])][:16]
figure = image_grid(
    test_images[worst], [f"{guesses[i]}, not {test_labels[i]}" for i in worst], size=1.05
)
show(
    figure,
    f"The {len(worst)} most confident of {len(wrong)} mistakes: would you have read them all?",
)

# %% [markdown]
# **TensorBoard** has been logging all along. Run these two lines in a new cell:
# ```
# %load_ext tensorboard
# %tensorboard --logdir logs
# ```
# *Time series* shows the losses of `mlp` and `cnn`, *Histograms* how the weights of each layer spread
# out epoch by epoch (a histogram that looks the same in every epoch belongs to a layer that does not
# learn), and *HParams* the search of section 10. Here is the same kind of picture without TensorBoard:

# %%
fresh = build_cnn().get_weights()
kernels = [(a, b) for a, b in zip(fresh, cnn.get_weights()) if a.ndim == 4]
figure, axes = plt.subplots(1, len(kernels), figsize=(9, 2.7))
for k, (ax, (before, after)) in enumerate(zip(np.atleast_1d(axes), kernels), 1):
    bins = np.linspace(-abs(after).max(), abs(after).max(), 31)
    ax.hist(before.ravel(), bins, color=ORANGE, alpha=0.6, label="at the start")
    ax.hist(after.ravel(), bins, histtype="step", color=BLUE, linewidth=1.8, label="trained")
    ax.set(xlabel="weight", title=f"convolution {k}", yticks=[])
axes[0].set_ylabel("how many")
figure.legend(
    *axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, fontsize=10
)
show(figure, "Training spreads the weights of every convolution out beyond their random start.")

# %% [markdown]
# ## 8 · What does it look at?
#
# Your edge filters were set by hand. What became of the network's own? And what does it see when it
# looks at a seven? A **feature map** is one channel of a layer's output: an image of *where* that
# filter found what it looks for.

# %% [markdown]
# ### Exercise 10 · feature maps (2 points)
#
# Return the output of the layer called `layer_name` for **one** image, as an array (height, width,
# filters). A second Keras model does it: `keras.Model(model.inputs[0],
# model.get_layer(layer_name).output)` shares the layers of the first and ends where you want. It
# wants a batch: `image[None]` makes one of a single image. Take the batch axis away at the end. The
# network looks at the image as it does after training, and `model` stays as it is.


# %% nbgrader={"grade": false, "grade_id": "feature_maps", "locked": false, "schema_version": 3, "solution": true, "task": false}
def feature_maps(model, layer_name, image):
    """Return a layer's output for one image (h, w, channels) as an array (h', w', filters)."""
    ### BEGIN SOLUTION
    looker = keras.Model(model.inputs[0], model.get_layer(layer_name).output)
    return np.asarray(looker(image[None]))[0]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "feature_maps-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
small = keras.Sequential(
    [
        keras.Input((6, 5, 1)),
        layers.Conv2D(3, 2, name="first"),
        layers.MaxPooling2D(2, name="pool"),
        layers.Flatten(),
        layers.Dense(2, name="last"),
    ]
)
generator = np.random.default_rng(10)
small.set_weights([generator.normal(size=w.shape) for w in small.get_weights()])
image = generator.uniform(size=(6, 5, 1)).astype("float32")
kernels, bias = small.get_weights()[:2]
maps = np.stack(
    [
        signal.correlate2d(image[..., 0], kernels[..., 0, k], mode="valid") + bias[k]
        for k in range(3)
    ],
    axis=-1,
)
check(
    'feature_maps(model, "first", image)',
    feature_maps(small, "first", image),
    want=maps,
    tolerance=1e-4,
    mistakes={
        "the batch axis is still there: take [0] of the result": maps[None],
        "this is the output of the whole network: end the new model at the layer": np.asarray(
            small(image[None])
        )[0],
        "these are the layer's weights: run the image through it": kernels,
        "only one filter's map is returned: return all of them": maps[..., 0],
        "the filters come first: leave them on the last axis": np.moveaxis(maps, -1, 0),
        "the maps are averaged over the filters: return all of them": maps.mean(axis=-1),
    },
)

# %% nbgrader={"grade": true, "grade_id": "feature_maps-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: a layer further in, a layer that is not the first of its kind, not as in training, the model untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(101)
small = keras.Sequential(
    [
        keras.Input((8, 7, 2)),
        layers.Conv2D(3, 3, name="one"),
        layers.BatchNormalization(name="norm"),
        layers.MaxPooling2D(2, name="two"),
        layers.Dropout(0.5),
        layers.Conv2D(4, 2, name="three"),
        layers.Flatten(),
        layers.Dense(2),
    ]
)
weights = [generator.normal(size=w.shape).astype("float32") for w in small.get_weights()]
weights = [abs(w) + 0.5 if w.ndim == 1 else w for w in weights]  # a variance is above 0
small.set_weights(weights)
image = generator.uniform(size=(8, 7, 2)).astype("float32")


def correlate(x, kernels, bias):
    layers_ = [
        [
            signal.correlate2d(x[..., m], kernels[..., m, o], mode="valid")
            for m in range(x.shape[-1])
        ]
        for o in range(len(bias))
    ]
    return np.moveaxis(np.sum(layers_, axis=1), 0, -1) + bias


one = correlate(image, *weights[:2])
gamma, beta, mean, variance = weights[2:6]
norm = (one - mean) / np.sqrt(variance + 1e-3) * gamma + beta
in_training = (one - one.mean(axis=(0, 1))) / np.sqrt(one.var(axis=(0, 1)) + 1e-3) * gamma + beta
two = norm[:6, :4].reshape(3, 2, 2, 2, 3).max(axis=(1, 3))
three = correlate(two, *weights[6:8])
for name, want in (("one", one), ("norm", norm), ("two", two), ("three", three)):
    small.set_weights(weights)
    slips = {
        "the network looks as in training: leave training=True out": in_training,
        "the batch axis is still there: take [0] of the result": want[None],
        "only one filter's map is returned: return all of them": want[..., 0],
    }
    check(
        f"layer {name}",
        feature_maps(small, name, image),
        want=want,
        tolerance=1e-3,
        secret=True,
        mistakes=slips,
    )
for i in range(len(weights)):
    check("the model is untouched", small.get_weights()[i], want=weights[i], secret=True)
slips = {"the given model is frozen: leave its `trainable` as it is": True}
free = small.trainable and len(small.trainable_weights) == 8
check_that("the model can be trained as before", free, "", secret=True, mistakes=slips)
### END HIDDEN TESTS


# %%
def layers_before_pooling(model):
    """Return the names of the last layers at each size: what pooling or flattening takes in."""
    pairs = zip(model.layers, model.layers[1:])
    return [a.name for a, b in pairs if isinstance(b, layers.MaxPooling2D | layers.Flatten)]


# %%
def draw_maps(digit, layer):
    """Draw the strongest feature maps of one layer for one test digit."""
    image = X_test[list(test_labels).index(digit)]
    maps = feature_maps(cnn, layers_before_pooling(cnn)[layer - 1], image)  # (h, w, filters)
    strongest = np.argsort(-maps.max(axis=(0, 1)))[:15]
    figure, axes = plt.subplots(2, 8, figsize=(8.4, 2.8))
    draw_image(axes[0, 0], image[..., 0])
    for ax, k in zip(axes.flat[1:], strongest):
        ax.imshow(maps[..., k], cmap="viridis")
        ax.set_title(f"{k}", size=8, pad=2)
        ax.axis("off")
    title = f"Stage {layer}: {maps.shape[0]} x {maps.shape[1]} pixels, {maps.shape[2]} filters"
    figure.suptitle(title, x=0.01, ha="left", size=12)
    show(
        figure,
        f"A {digit} in the 15 strongest maps of stage {layer}: bright where the filter found what it looks for (the numbers name the filters).",
    )


# %%
for layer in (1, 2, 3):
    draw_maps(7, layer)

# %% [markdown]
# Some maps of stage 1 light up on one side of the strokes: compare with your own two. Stage 2 finds
# parts of strokes and their ends. Stage 3 has 7 x 7 pixels left and no picture that we could name, but
# the last layer reads the digit off it. (Stages 1 and 2 are taken before the ReLU, so they have values
# below 0; stage 3 after it. Each map has its own colour scale.) Play: look for a filter that likes the
# bar of the seven, note its number, and see what it likes in a five.

# %%
play(draw_maps, digit=(4, 0, 9, 1), layer=(1, 1, 3, 1))

# %%
filters = next(w for w in cnn.get_weights() if w.ndim == 4)[:, :, 0]  # (3, 3, filters)
figure, axes = plt.subplots(2, 8, figsize=(8.4, 2.3))
for k, ax in enumerate(axes.flat):
    draw_weights(ax, filters[..., k])
figure.suptitle("The sixteen filters of the first layer", x=0.01, ha="left", size=12)
show(
    figure,
    "Red is positive, blue negative: few filters are as tidy as yours, and after ten epochs each still resembles its random start.",
)

# %% [markdown]
# No tidy edges, then: the filters hardly left the place where chance had put them, and the later
# layers make the best of what they get. The edge filters of textbook pictures come from much longer
# training on photographs.

# %% [markdown]
# ## 9 · Dropout and batch normalisation, switched off and on
#
# **Dropout** with rate $p$: in training each number is set to 0 with probability $p$, and the others
# are divided by $1 - p$, so that the sum stays the same on average. No unit can rely on another one
# being there, so each must be useful by itself. At test time nothing is dropped.

# %% [markdown]
# **Batch normalisation**, for each channel $c$: subtract the mean and divide by the standard
# deviation, both over the batch and all places; then scale and shift by two learned numbers,
# $$\hat x = \frac{x - \mu_c}{\sqrt{\sigma_c^2 + \epsilon}}, \qquad y = \gamma_c\, \hat x + \beta_c .$$
# At test time there may be a single image, so $\mu$ and $\sigma$ are running averages kept in training.

# %%
numbers = np.ones((1, 8), dtype="float32")
seed_everything(1)
dropout = layers.Dropout(0.5)
print("dropout in training:", dropout(numbers, training=True).numpy()[0])
print("dropout in testing: ", dropout(numbers, training=False).numpy()[0])
numbers = np.array([[1.0], [2.0], [3.0], [10.0]], dtype="float32")
norm = layers.BatchNormalization(momentum=0.9)
print("batch norm in training:", norm(numbers, training=True).numpy().round(2).ravel())
print("batch norm in testing: ", norm(numbers, training=False).numpy().round(2).ravel())

# %% [markdown]
# Same layers, other numbers: that is what `training=` decides. The running averages began at 0 and 1 and
# have seen *one* batch: with `momentum=0.9` they moved a tenth of the way. Keras's default is 0.99, a
# hundredth a batch, and it takes several hundred batches until testing agrees with training. If a network
# learns well and yet guesses on the validation digits in its first epochs, look there first.

# %% [markdown]
# Do they help? Here is a small experiment: four networks, with and without each, on only 1,000
# digits, two random starts each. So each of the two is switched on in four runs and off in four. On
# so few digits, there is something to learn by heart.

# %%
small_data = (X_train[:1000], train_labels[:1000], X_validation, validation_labels)
SWITCHES = {
    "neither": (0.0, False),
    "dropout": (0.5, False),
    "batch norm": (0.0, True),
    "both": (0.5, True),
}

# %%
ablation = {name: [] for name in list(SWITCHES)[: budget(full=4, short=1)]}
epochs = budget(full=6, short=1)
for name in ablation:
    for seed in range(budget(full=2, short=1)):
        seed_everything(seed)
        network = build_cnn(8, *SWITCHES[name])
        run = f"switches/{name} {seed}"
        ablation[name].append(train(network, small_data, lr=0.003, epochs=epochs, run=run))
        print(f"{run}: validation accuracy {max(ablation[name][-1]['val_accuracy']):.3f}")

# %%
colours = dict(zip(SWITCHES, (AMBER, PINK, GREEN, BLUE)))
best = {
    name: [100 * (1 - max(run["val_accuracy"])) for run in runs] for name, runs in ablation.items()
}
figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 3.3), gridspec_kw={"wspace": 0.1})
for name, runs in ablation.items():
    for k, run in enumerate(runs):
        label = name if k == 0 else None
        left.plot(
            range(1, len(run["val_loss"]) + 1), run["val_loss"], color=colours[name], label=label
        )
    right.bar(name, np.mean(best[name]), color=colours[name], width=0.6)
    right.plot([name] * len(runs), best[name], "k.", markersize=7)
left.set(
    xlabel="epoch",
    ylabel="validation loss",
    yscale="log",
    title="Batch norm starts late and ends lowest",
)
left.set_yticks([0.1, 0.2, 0.5, 1, 2, 5], ["0.1", "0.2", "0.5", "1", "2", "5"])
left.minorticks_off()
left.legend(fontsize=9)
right.set(ylabel="validation errors (%)", title="Errors at the best epoch")
reached = ", ".join(f"{name} {np.mean(errors):.1f} %" for name, errors in best.items())
show(
    figure,
    f"Errors on 1,000 validation digits after 1,000 training digits: {reached} (dots: runs).",
)

# %% [markdown]
# **Batch norm** pays: fewer errors in every run, although its first two epochs look terrible, for the
# reason above: after 16 batches the running averages have not caught up. **Dropout** makes no difference
# here that two starts could show. It fights learning by heart, and in six short epochs there was
# little of that yet. So do not believe a recipe, measure it: on your data, with a few starts, since a
# single pair of runs can say anything.

# %% [markdown]
# ### Question 4 · a strange log (1 point)
#
# You train with dropout 0.5. After each epoch Keras prints a training accuracy of 0.95 and a
# validation accuracy of 0.98. How can the network do better on digits that it has never seen?
# - **a** the validation digits leaked into the training set
# - **b** training accuracy is measured with half of the numbers dropped, validation accuracy with all of them
# - **c** the network overfits
# - **d** the two curves were swapped by mistake

# %% nbgrader={"grade": false, "grade_id": "strange_log", "locked": false, "schema_version": 3, "solution": true, "task": false}
# strange_log = "a", "b", "c" or "d"
### BEGIN SOLUTION
strange_log = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "strange_log-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "a strange log",
    strange_log,
    right="b",
    reasons={
        "a": "a leak lifts validation up to what the network reaches on training digits, not above it",
        "c": "overfitting is the opposite: better on the training digits than on new ones",
        "d": "Keras names both curves itself; evaluate the training digits without dropout, and they win again",
    },
)

# %% [markdown]
# ## 10 · A search, as a picture
#
# Learning rate, width, dropout: which values are good? A **grid** of 4 x 4 x 4 takes 64 trainings and
# tries only four learning rates. A **random search** (Bergstra and Bengio, 2012) draws all values
# afresh each time: 9 trainings try 9 learning rates. Draw learning rates on a *logarithmic* scale:
# from 0.0001 to 0.001 is as far as from 0.001 to 0.01. And judge by **validation** digits, never by test
# digits. scikit-learn's `ParameterSampler` does the drawing.

# %%
space = {
    "lr": stats.loguniform(1e-4, 1e-1),
    "width": [4, 8, 16],
    "dropout": stats.uniform(0.0, 0.7),
}
choices = ParameterSampler(space, n_iter=budget(full=9, short=1), random_state=0)

# %%
print("              lr      width  dropout  validation accuracy")
trials, epochs = [], budget(full=5, short=1)
for number, choice in enumerate(choices, 1):
    seed_everything(number)
    choice = {name: float(value) for name, value in choice.items()}
    network = build_cnn(int(choice["width"]), dropout=choice["dropout"])
    run = f"search/{number:02}"
    result = train(network, small_data, lr=choice["lr"], epochs=epochs, run=run)
    accuracy = max(result["val_accuracy"])
    trials.append({**choice, "accuracy": accuracy})
    log_trial(run, choice, {"accuracy": accuracy})  # for TensorBoard's HParams page
    lr, width, dropout = choice["lr"], choice["width"], choice["dropout"]
    print(f"{run}   {lr:.5f}    {width:2.0f}    {dropout:.2f}      {accuracy:.3f}")

# %%
trials.sort(key=lambda trial: -trial["accuracy"])
lrs, widths, rates, accuracies = np.array(
    [[trial[key] for key in ("lr", "width", "dropout", "accuracy")] for trial in trials]
).T
errors = 100 * (1 - accuracies)

# %%
figure, ax = plt.subplots(figsize=(7.2, 3.8))
look = dict(cmap="cividis", edgecolor="black", vmin=0, vmax=0.7, zorder=3)
dots = ax.scatter(lrs, errors, s=14 * widths, c=rates, **look)
figure.colorbar(dots, label="dropout rate")
for width in (4, 8, 16):
    ax.scatter([], [], s=14 * width, color="white", edgecolor="black", label=f"width {width}")
above = dict(xytext=(0, -22), textcoords="offset points", ha="center")
ax.annotate("best", (lrs[0], errors[0]), **above)
ax.set(xlabel="learning rate", ylabel="validation errors (%)", xlim=(7e-5, 1.4e-1))
ax.set(xscale="log", yscale="log", title="Too small a learning rate costs most")
ax.set_ylim(2.5, 110)
ax.set_yticks([3, 5, 10, 20, 50, 100], ["3", "5", "10", "20", "50", "100"])
ax.minorticks_off()
ax.legend(fontsize=9)
won = f"learning rate {lrs[0]:.4f}, width {widths[0]:.0f}, dropout {rates[0]:.2f}"
show(figure, f"Each dot is one training; the best has {won} and {errors[0]:.1f} % errors.")

# %% [markdown]
# Below 0.001 five epochs are too short to arrive; from there on, the learning rate may be off by a factor
# of ten. The two dots near 10 % share a dropout rate of about 0.55; one of them has the narrowest
# network, the other the largest learning rate. All of that may count, but nine dots cannot tell it apart.
# And read the top of the list with care: 4.8 % of 1,000 digits is known to about 0.7 percentage points, so
# the best two, with 4.8 and 5.1 %, are a tie, and luck chose the winner. The recipe of section 7 (learning
# rate 0.003, width 16, dropout 0.5) lies close to the second of them, so we keep it.

# %% [markdown]
# **The final exam.** All choices are made, so the validation digits are free: train the chosen network once
# more on all 8,000 digits, with the same recipe, and only then look at the test digits. (Mind the orange
# curve now: it is drawn on digits that the network learns from, so it proves nothing any more.)

# %%
all_images = np.concatenate([X_train, X_validation])
all_labels = np.concatenate([train_labels, validation_labels])
seed_everything(0)
final = build_cnn()
epochs = budget(full=10, short=0)
curves = watch("final", epochs)[:1]
train(final, (all_images, all_labels, *data[2:]), 0.003, epochs, run="final", callbacks=curves)
final_accuracy = np.mean(np.asarray(final(X_test)).argmax(axis=1) == test_labels)
report_result(
    "the same network trained on 8,000 digits, test accuracy on 2,000", final_accuracy,
    baseline=commonest, baseline_name="always the commonest digit", tolerance=0.005,
)  # fmt: skip

# %% [markdown]
# 0.989 against 0.9885: one digit, pure chance; but the thousand extra digits cost nothing. (Early
# stopping is blind here too: it watches digits that are learned.) In truth we did look at the test digits
# before, in section 7, to compare two networks; but we chose nothing by them, and that is what counts.

# %% [markdown]
# ### Question 5 · the best of two hundred (1 point)
#
# A colleague searches 200 settings, picks the one with the best accuracy on the **test** digits, and
# reports that accuracy. What is wrong?
# - **a** nothing: the test digits were never used in training
# - **b** 200 settings are too few for three hyperparameters
# - **c** the best of 200 is partly luck on exactly these digits, so the number is too good; choose on validation, test once
# - **d** the winner should be trained again with another seed before it is reported

# %% nbgrader={"grade": false, "grade_id": "best_of_many", "locked": false, "schema_version": 3, "solution": true, "task": false}
# best_of_many = "a", "b", "c" or "d"
### BEGIN SOLUTION
best_of_many = "c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "best_of_many-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "the best of two hundred",
    best_of_many,
    right="c",
    reasons={
        "a": "choosing is learning too: the settings were fitted to the test digits",
        "b": "more settings make it worse: the best of 2,000 is luckier still",
        "d": "another seed shows the spread, but the settings were still chosen by the digits that judge them",
    },
)

# %% [markdown]
# ## 11 · From LeNet to ResNet
#
# **LeNet-5** (LeCun et al., 1998) read the digits on bank cheques with 60,000 weights. Fourteen years
# and a thousand times the weights later, **AlexNet** (Krizhevsky, Sutskever and Hinton, 2012) won the
# ImageNet challenge: for 15.3 % of the photos the right one of 1,000 classes was not among its five best
# guesses, against 26.2 % for the second. It was LeNet grown up: 8 layers, ReLU, dropout, two graphics
# cards. **VGG** (Simonyan and Zisserman, 2014) stacked nothing but small $3 \times 3$ kernels, up to 19
# layers: two of them see $5 \times 5$ pixels with fewer weights ($18c^2$ against $25c^2$) and one more bend.

# %%
errors = {
    "best other\n2012": 26.2,
    "AlexNet 2012\n8 layers": 15.3,
    "VGG 2014\n19 layers": 7.3,
    "GoogLeNet 2014\n22 layers": 6.7,
    "ResNet 2015\n152 layers": 3.57,
}
figure, ax = plt.subplots(figsize=(7.6, 3.2))
bars = ax.bar(list(errors), list(errors.values()), color=["grey", *[BLUE] * 4], width=0.62)
ax.bar_label(bars, fmt="%.1f %%")
ax.set(ylabel="top-5 error (%)", ylim=(0, 30))
ax.set_title("ImageNet challenge: deeper, and better each year")
ax.tick_params(axis="x", labelsize=9)
show(
    figure,
    "In three years the error of the ImageNet challenge's best entries fell from 15.3 % to 3.6 % while the networks grew from 8 to 152 layers (grey: the second best of 2012).",
)

# %% [markdown]
# **GoogLeNet** (Szegedy et al., 2014) asked: which kernel size is right, 1, 3 or 5? Take all, side by
# side, and let the next layer choose. This **inception block** runs four branches on the same input
# and lays their channels behind one another. $1 \times 1$ convolutions shrink the channels first,
# which saves most of the work: GoogLeNet has 12 times fewer weights than AlexNet.

# %% [markdown]
# ### Exercise 11 · an inception block (2 points)
#
# `x` is a Keras tensor, the output of an earlier layer. Layers are called on it: `layers.Conv2D(...)(x)`.
# Build four branches from `x`, each with `filters` channels at its end, and return them joined by
# `layers.Concatenate()([...])`: `4 * filters` channels.

# %% [markdown]
# 1. a $1 \times 1$ convolution;
# 2. a $1 \times 1$ convolution, then a $3 \times 3$ one;
# 3. a $1 \times 1$ convolution, then a $5 \times 5$ one;
# 4. `layers.MaxPooling2D(3, strides=1, padding="same")`, then a $1 \times 1$ convolution.
#
# Every convolution has `filters` filters, `padding="same"` and `activation="relu"`.


# %% nbgrader={"grade": false, "grade_id": "inception_block", "locked": false, "schema_version": 3, "solution": true, "task": false}
def inception_block(x, filters):
    """Map a Keras tensor (batch, h, w, channels) to (batch, h, w, 4 * filters)."""

    ### BEGIN SOLUTION
    def conv(x, size):
        return layers.Conv2D(filters, size, padding="same", activation="relu")(x)

    pooled = layers.MaxPooling2D(3, strides=1, padding="same")(x)
    branches = [conv(x, 1), conv(conv(x, 1), 3), conv(conv(x, 1), 5), conv(pooled, 1)]
    return layers.Concatenate()(branches)
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "inception_network", "locked": true, "schema_version": 3, "solution": false, "task": false}
def inception_network(height, width, channels, filters):
    """Return a Keras model that is one inception block (given: the checks look at it)."""
    inputs = keras.Input((height, width, channels))
    return keras.Model(inputs, inception_block(inputs, filters))


# %% nbgrader={"grade": true, "grade_id": "inception_block-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
model = inception_network(9, 11, 3, 2)
shape, total = tuple(model.output_shape[1:]), model.count_params()
weights = {
    1: 3 * 2 + 2,
    3: 9 * 4 + 2,
    5: 25 * 4 + 2,
}  # parameters by kernel size, 1 x 1 from 3 channels
check_model(
    "inception_block(x, 2) on 9 x 11 x 3",
    model,
    output_shape=(9, 11, 8),
    parameters=4 * weights[1] + weights[3] + weights[5],
    mistakes={
        "the branches are added: lay their channels behind one another with Concatenate": shape
        == (9, 11, 2),
        "the branches are joined along the wrong axis: channels are the last": shape[-1] == 2,
        "a branch is missing": shape in ((9, 11, 6), (9, 11, 4)),
        "the 1 x 1 convolutions before the large ones are missing": total
        == 2 * weights[1] + (27 * 2 + 2) + (75 * 2 + 2),
        "the 1 x 1 convolution after the pooling is missing": shape == (9, 11, 9),
        "a large kernel comes before its 1 x 1 convolution: shrink the channels first": total
        in (188, 220, 236),
        "the branches stand in a row: each begins at x": total in (166, 168, 170),
    },
)
model.set_weights(
    [np.full(w.shape, 0.5) if w.ndim == 4 else np.zeros(w.shape) for w in model.get_weights()]
)
point = np.zeros((1, 9, 11, 3), dtype="float32")
point[0, 4, 5] = 1.0  # a single bright pixel: how far does each channel see it?
seen = (np.asarray(model(point))[0] > 0).sum(axis=(0, 1))  # pixels, for each of the 8 channels
check(
    "how many pixels of each channel see one bright pixel",
    np.sort(seen),
    want=[1, 1, 9, 9, 9, 9, 25, 25],
    mistakes={
        "the pooling branch does not look around: a 3 x 3 window, stride 1": [
            1,
            1,
            1,
            1,
            9,
            9,
            25,
            25,
        ],
        "the 5 x 5 kernel is missing": [1, 1, 9, 9, 9, 9, 9, 9],
    },
)

# %% nbgrader={"grade": true, "grade_id": "inception_block-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: other sizes, the ReLU, what the pooling branch keeps, exact values for given weights
### BEGIN HIDDEN TESTS
model = inception_network(6, 5, 4, 3)
check_model(
    "6 x 5 x 4 with 3 filters",
    model,
    output_shape=(6, 5, 12),
    parameters=4 * 15 + (81 + 3) + (225 + 3),
    secret=True,
)
generator = np.random.default_rng(111)
model.set_weights(
    [
        generator.normal(size=w.shape) if w.ndim == 4 else np.zeros(w.shape)
        for w in model.get_weights()
    ]
)
least = float(np.asarray(model(generator.normal(size=(2, 6, 5, 4)).astype("float32"))).min())
slips = {'the ReLU is missing: activation="relu" in every convolution': True}
check_that("nothing is negative", least >= 0, "", secret=True, mistakes=slips)
model.set_weights(
    [np.full(w.shape, 1.0) if w.ndim == 4 else np.zeros(w.shape) for w in model.get_weights()]
)
hole = np.ones((1, 6, 5, 4), dtype="float32")
hole[0, 3, 2] = 0.0  # one dark pixel: the maximum does not see it
middle = np.sort(np.asarray(model(hole))[0, 3, 2])
slips = {"the pooling takes the mean: use MaxPooling2D": abs(middle[3] - 4) > 1e-3}
check(
    "a dark pixel", middle[:6], want=[0, 0, 0, 4, 4, 4], tolerance=1e-4, secret=True, mistakes=slips
)
model = inception_network(6, 5, 3, 3)  # 3 channels in and out: one kernel for every 1 x 1
generator = np.random.default_rng(112)
boxes = {size: generator.normal(size=(size, size, 3, 3)) for size in (1, 3, 5)}
model.set_weights(
    [boxes[w.shape[0]] if w.ndim == 4 else np.zeros(w.shape) for w in model.get_weights()]
)
x = generator.normal(size=(2, 6, 5, 3)).astype("float32")


def windows_of(x, size, fill=0.0):
    edge = (size // 2, size // 2)
    frame = np.pad(x, ((0, 0), edge, edge, (0, 0)), constant_values=fill)
    return np.lib.stride_tricks.sliding_window_view(frame, (size, size), axis=(1, 2))


def linear(x, size):
    return np.einsum("nrcmij,ijmo->nrco", windows_of(x, size), boxes[size])


def highest(x):
    return windows_of(x, 3, fill=-np.inf).max(axis=(4, 5))


def joined(inner, pool):
    large = [linear(inner, 3), linear(inner, 5)]
    return np.sort(np.maximum(np.concatenate([linear(x, 1), *large, pool], axis=-1), 0), axis=-1)


bent = np.maximum(linear(x, 1), 0)
check(
    "given kernels, the branches in any order",
    np.sort(np.asarray(model(x)), axis=-1),
    want=joined(bent, linear(highest(x), 1)),
    tolerance=0.01,
    secret=True,
    mistakes={
        "the pooling comes after its 1 x 1 convolution: pool x itself": joined(bent, highest(bent)),
        "a ReLU is missing inside a branch: every convolution has its own": joined(
            linear(x, 1), linear(highest(x), 1)
        ),
    },
)
### END HIDDEN TESTS

# %% [markdown]
# **ResNet** (He, Zhang, Ren and Sun, 2015) began with a riddle. A plain network of 56 layers did
# *worse* than one of 20, and not only on new images: on the training images too. So it was no
# overfitting. The deeper network could have copied the shallow one and let its other layers do
# nothing, yet gradient descent did not find even that. Doing nothing is hard for a plain layer. So make it
# easy: let each block compute a *change* $F(x)$ and **add** it to its input, $y = x + F(x)$. With
# weights of zero such a block does nothing, and the gradient has a free way back along the shortcut.

# %% [markdown]
# ### Exercise 12 · a residual block (3 points)
#
# The main path: `layers.Conv2D(filters, 3, padding="same")`, no activation inside;
# `layers.BatchNormalization(momentum=0.9)`; `layers.ReLU()`; then once more convolution and batch
# normalisation, **no** ReLU yet. The shortcut: `x` itself if it has `filters` channels already
# (`x.shape[-1]`), else `layers.Conv2D(filters, 1)(x)`, so that shapes agree. Add the two with
# `layers.Add()([...])`, and only then comes the last `layers.ReLU()`.


# %% nbgrader={"grade": false, "grade_id": "residual_block", "locked": false, "schema_version": 3, "solution": true, "task": false}
def residual_block(x, filters):
    """Map a Keras tensor (batch, h, w, channels) to relu(shortcut + change), (batch, h, w, filters)."""
    ### BEGIN SOLUTION
    shortcut = x if x.shape[-1] == filters else layers.Conv2D(filters, 1)(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([x, shortcut]))
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "residual_network", "locked": true, "schema_version": 3, "solution": false, "task": false}
def residual_network(height, width, channels, filters):
    """Return a Keras model that is one residual block (given: the checks look at it)."""
    inputs = keras.Input((height, width, channels))
    return keras.Model(inputs, residual_block(inputs, filters))


# %% nbgrader={"grade": true, "grade_id": "residual_block-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
model = residual_network(5, 7, 4, 4)
shape, total = tuple(model.output_shape[1:]), model.count_params()
x = np.random.default_rng(12).normal(size=(2, 5, 7, 4)).astype("float32")
model.set_weights([np.zeros(w.shape) if w.ndim == 4 else w for w in model.get_weights()])
idle = np.asarray(model(x))  # all kernels 0: the main path adds nothing
close = idle.shape == x.shape
check_model(
    "residual_block(x, 4) on 5 x 7 x 4",
    model,
    output_shape=(5, 7, 4),
    parameters=(2 * 144 + 2 * 16, 2 * 148 + 2 * 16),
    mistakes={
        "the shortcut is laid behind the main path: add them with Add": shape == (5, 7, 8),
        'the convolutions shrink the image: padding="same"': shape[:2] != (5, 7),
        "there is only one convolution in the main path": total in (164, 160, 148),
        "batch normalisation is missing": total == 296,
        "the shortcut needs no convolution where the channels agree already": total
        == 2 * 148 + 2 * 16 + 20,
    },
)
check(
    "with all kernels 0 the block passes positive numbers unchanged",
    idle,
    want=np.maximum(x, 0),
    tolerance=1e-5,
    mistakes={
        "the shortcut is missing: add x to the main path": close and abs(idle).max() < 1e-6,
        "the last ReLU is missing, or comes before the addition": x,
    },
)

# %% nbgrader={"grade": true, "grade_id": "residual_block-check2", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
try:
    model, clash = residual_network(5, 4, 2, 3), ""
except ValueError as error:
    model, clash = None, str(error) or "an error"
check_that(
    "residual_block(x, 3) on 5 x 4 x 2 can be built",
    not clash,
    clash,
    mistakes={
        "the shapes of shortcut and main path do not agree where the channels change": "shape"
        in clash
    },
)
check_model(
    "residual_block(x, 3) on 5 x 4 x 2",
    model,
    output_shape=(5, 4, 3),
    parameters=(54 + 81 + 6 + 2 * 12, 57 + 84 + 9 + 3 * 12),
    mistakes={
        "the shortcut is missing: add x to the main path": model.count_params()
        in (57 + 84 + 24, 54 + 81 + 24)
    },
)
mixers = [w for w in model.get_weights() if w.shape == (1, 1, 2, 3)]
check_that(
    "one 1 x 1 convolution, in the shortcut",
    len(mixers) == 1,
    f"{len(mixers)} kernels of shape (1, 1, 2, 3) were found",
    mistakes={"the shortcut is missing: add x to the main path": not mixers},
)
model.set_weights([np.zeros(w.shape) if w.shape[:2] == (3, 3) else w for w in model.get_weights()])
x = np.random.default_rng(13).normal(size=(2, 5, 4, 2)).astype("float32")
mixed = x @ mixers[0][0, 0]
check(
    "the shortcut alone, with its 1 x 1 convolution",
    np.asarray(model(x)),
    want=np.maximum(mixed, 0),
    tolerance=5e-3,
    mistakes={"the last ReLU is missing, or comes before the addition": mixed},
)
model.set_weights([-np.ones(w.shape) if w.ndim == 4 else w for w in model.get_weights()])
states = []
for _ in range(2):  # kernels of -1: every mean falls below 0, unless a ReLU comes first
    model(abs(x), training=True)
    states.append([w.numpy() for w in model.non_trainable_weights])
kept = [float(np.mean(b[a < 0] / a[a < 0])) - 1 for a, b in zip(*states) if (a < 0).any()]
check_that(
    "each batch normalisation comes before its ReLU",
    len(kept) in (2, 3) and 2 * len(kept) == len(states[0]),
    "numbers below 0 do not reach all of them",
    mistakes={"the ReLU belongs after each batch normalisation, and none inside Conv2D": True},
)
check(
    "the share of its past that a running average keeps",
    kept,
    want=[0.9] * len(kept),
    tolerance=1e-3,
    mistakes={
        "momentum=0.9 is missing: Keras's own 0.99 follows ten times more slowly": [0.99]
        * len(kept),
        "momentum is the share that is kept: 0.9, not 0.1": [0.1] * len(kept),
    },
)

# %% nbgrader={"grade": true, "grade_id": "residual_block-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: exact values for given weights, the ReLU between, fewer channels out than in, statistics of batch normalisation
### BEGIN HIDDEN TESTS
model = residual_network(6, 5, 2, 3)
generator = np.random.default_rng(121)
model.set_weights(
    [generator.normal(size=w.shape) if w.ndim == 4 else w for w in model.get_weights()]
)
kernels = {w.shape[:3]: w for w in model.get_weights() if w.ndim == 4}
x = generator.normal(size=(2, 6, 5, 2)).astype("float32")


def same(x, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(
        np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0))), (3, 3), axis=(1, 2)
    )
    return np.einsum("nrcmij,ijmo->nrco", windows, kernel) / np.sqrt(1.001)  # a fresh batch norm


def block(bend, order=False):
    change = same(bend(same(x, kernels[3, 3, 2])), kernels[3, 3, 3])
    shortcut = x @ kernels[1, 1, 2][0, 0]
    return np.maximum(change, 0) + shortcut if order else np.maximum(change + shortcut, 0)


def cut(z):
    return np.maximum(z, 0)


check(
    "given kernels",
    np.asarray(model(x)),
    want=block(cut),
    tolerance=0.01,
    secret=True,
    mistakes={
        "the ReLU between the two convolutions is missing": block(lambda z: z),
        "the last ReLU is missing, or comes before the addition": block(cut, order=True),
    },
)
try:
    narrow, clash = residual_network(6, 5, 4, 3), ""
except ValueError as error:
    narrow, clash = None, str(error) or "an error"
slips = {
    "the shapes of shortcut and main path do not agree where the channels change": "shape" in clash
}
check_that("fewer channels out than in", not clash, "", secret=True, mistakes=slips)
check_model("6 x 5 x 4 to 3", narrow, output_shape=(6, 5, 3), secret=True)
fixed = sum(int(np.prod(w.shape)) for w in model.non_trainable_weights)
check_that(
    "two batch normalisations",
    fixed in (12, 18),
    "",
    secret=True,
    mistakes={"batch normalisation is missing": fixed == 0},
)
### END HIDDEN TESTS

# %% [markdown]
# Does the riddle show on digits? Two networks of 30 layers with the same convolutions and batch norms, on
# 2,000 digits: one with shortcuts, one without. For the plain one we take the block apart and leave
# the addition out.


# %%
def plain_block(x, filters):
    """The main path of a residual block, without its shortcut."""
    for _ in range(2):
        x = layers.Conv2D(filters, 3, padding="same")(x)
        x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
    return x


def build_deep(block, blocks):
    """Return a network with a stem, `blocks` blocks of 8 channels at 7 x 7 pixels, and a head."""
    inputs = keras.Input((28, 28, 1))
    x = layers.Conv2D(8, 4, strides=4, activation="relu")(inputs)  # (7, 7, 8)
    for _ in range(blocks):
        x = block(x, 8)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(layers.Flatten()(x)))


# %%
blocks, epochs = budget(full=14, short=1), budget(full=4, short=1)
deep_data = (X_train[:2000], train_labels[:2000], X_validation, validation_labels)
deep = {}
for name, block in {"residual": residual_block, "plain": plain_block}.items():
    if name == "residual" or budget(full=True, short=False):
        seed_everything(0)
        network = build_deep(block, blocks)
        deep[name] = train(network, deep_data, lr=0.003, epochs=epochs, run=f"deep/{name}")

# %%
figure, ax = plt.subplots(figsize=(6.4, 3.4))
for (name, result), colour in zip(deep.items(), (BLUE, ORANGE)):
    steps = range(1, len(result["loss"]) + 1)
    ax.set_xticks(steps)
    ax.plot(steps, result["loss"], "o-", color=colour, label=f"{name}, training")
    ax.plot(steps, result["val_loss"], "o:", color=colour, label=f"{name}, validation")
ax.axhline(np.log(10), color="grey", linewidth=1)
ax.text(epochs, np.log(10) * 1.1, "knows nothing: ln 10", color="grey", ha="right")
ax.set(xlabel="epoch", ylabel="loss", yscale="log", ylim=(0.04, 4))
ax.set_yticks([0.05, 0.1, 0.2, 0.5, 1, 2], ["0.05", "0.1", "0.2", "0.5", "1", "2"])
ax.minorticks_off()
ax.set_title(f"{2 * blocks + 2} layers: with shortcuts they learn")
ax.legend(fontsize=9)
ends = ", ".join(f"{name} {result['loss'][-1]:.2f}" for name, result in deep.items())
show(figure, f"Training losses at the end: {ends}; the networks differ in the shortcuts alone.")

# %% [markdown]
# After four epochs the plain network still knows next to nothing of its own *training* digits, while the
# residual one has learned most of them. Both have the same layers and the same number of weights. (The
# residual network overfits its 2,000 digits: solid line far below the dotted one. That is an ordinary
# problem with ordinary cures; to do worse on its own *training* images was the riddle.) Now the inception
# block at work:


# %%
def build_inception():
    """Return a small network around two inception blocks."""
    inputs = keras.Input((28, 28, 1))
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
    for filters in (8, 16):
        x = inception_block(layers.MaxPooling2D(2)(x), filters)
    x = layers.Dropout(0.5)(layers.Flatten()(layers.MaxPooling2D(2)(x)))
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


# %%
seed_everything(0)
inception = build_inception()
epochs = budget(full=4, short=0)
curves = watch("inception", epochs)[:1]
train(inception, data, 0.003, epochs, run="inception", callbacks=curves)
inception_accuracy = np.mean(np.asarray(inception(X_test)).argmax(axis=1) == test_labels)
report_result(
    f"inception network ({inception.count_params():,} parameters), test accuracy on 2,000 digits", inception_accuracy,
    baseline=commonest, baseline_name="always the commonest digit", tolerance=0.01,
)  # fmt: skip

# %% [markdown]
# A third of the weights and fewer than half of the epochs of the first network, and 0.97 of the digits:
# it works. To say which design is better, both would need the same time and several starts.

# %% [markdown]
# ### Question 6 · why does the shortcut help? (1 point)
#
# - **a** it adds weights, so that the network can represent more
# - **b** it makes the network shallower: half of the layers are switched off
# - **c** it regularises, so that the network overfits less
# - **d** "change nothing" is easy for a block (weights of zero), and the gradient reaches early layers without passing all the others

# %% nbgrader={"grade": false, "grade_id": "shortcut", "locked": false, "schema_version": 3, "solution": true, "task": false}
# shortcut = "a", "b", "c" or "d"
### BEGIN SOLUTION
shortcut = "d"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "shortcut-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "why does the shortcut help?",
    shortcut,
    right="d",
    reasons={
        "a": "an addition has no weights at all: both networks above have the same number",
        "b": "all layers are used and trained; they only learn a change instead of a whole new image",
        "c": "the plain network already fails on its training images, and overfitting looks the other way round",
    },
)

# %% [markdown]
# ## Reflection (2 points, graded by hand)
#
# A convolutional network has *fewer* possible functions than a dense network of the same layer
# sizes: every convolution could be written as a dense layer with many zeros and many equal
# weights. Then why is it better on images? And name one kind of data on which you would not use
# it. Answer in four to six sentences, with one number from this lesson.

# %% [markdown] nbgrader={"grade": true, "grade_id": "reflection", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# The functions that it gives up are those that treat the same pattern differently in different
# places, or that combine far-away pixels first, and for images these are rarely the right ones. With
# 7,000 digits there are not enough examples to find out by data alone which weights should be equal;
# the architecture says so from the start, and each example then teaches the filters about all places
# at once. That is an inductive bias: less freedom, but the freedom that is left fits the problem.
# Here the network with shared weights makes 23 mistakes on 2,000 test digits and the dense one, with
# twice as many weights, 109; moved by three pixels, they still read 90 % and 46 %.
# On data without neighbourhoods, such as a table of age, income and blood pressure, or where the
# place itself carries the meaning, sharing weights would be wrong, and I would use a dense network or trees.
# ### END SOLUTION

# %% [markdown]
# ## What you should remember
#
# - A convolution looks through small windows and uses the same weights everywhere; that makes it equivariant to shifts.
# - Size of the output: $\lfloor (n + 2p - k) / s \rfloor + 1$. Weights: $k^2 c_\text{in} c_\text{out} + c_\text{out}$, whatever the image's size.
# - A filter sees **all** channels of its window and makes **one** channel.
# - Pooling forgets where exactly; it moves from equivariant towards invariant.
# - Dropout and batch norm behave differently in training and in testing.
# - Choose on validation data, test once. Draw learning rates on a logarithmic scale.
# - Shortcuts let very deep networks train: each block learns a change.

# %% [markdown]
# ## Go further (not graded)
#
# - Replace `Flatten` by `GlobalAveragePooling2D` and draw the shift curve again: how invariant is it now?
# - KerasTuner searches for you: `pip install keras-tuner`, write `build(hp)` with
#   `hp.Float("lr", 1e-4, 1e-1, sampling="log")`, and let `keras_tuner.Hyperband` stop bad trials early.
# - Double the convolutions (two in a row before each pooling, as in VGG). Does it pay, for twice the time?
# - Give `residual_block` a stride and build a network of three sizes, as in the ResNet paper.
# - `helpers.datasets.fashion("train")` has clothes instead of digits (it needs an internet connection;
#   without one you get the digits again). How far does the same network get?

# %% [markdown]
# ## Sources
#
# - Hubel, Wiesel: Receptive fields, binocular interaction and functional architecture in the cat's visual cortex. Journal of Physiology, 1962.
# - Fukushima: Neocognitron: a self-organizing neural network model for a mechanism of pattern recognition unaffected by shift in position. Biological Cybernetics, 1980.
# - LeCun, Boser, Denker, Henderson, Howard, Hubbard, Jackel: Backpropagation applied to handwritten zip code recognition. Neural Computation, 1989.
# - LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition. Proceedings of the IEEE, 1998.
# - Bergstra, Bengio: Random search for hyper-parameter optimization. Journal of Machine Learning Research, 2012.
# - Krizhevsky, Sutskever, Hinton: ImageNet classification with deep convolutional neural networks. NIPS, 2012.
# - Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: Dropout: a simple way to prevent neural networks from overfitting. Journal of Machine Learning Research, 2014.

# %% [markdown]
# - Simonyan, Zisserman: Very deep convolutional networks for large-scale image recognition. 2014 (ICLR, 2015).
# - Szegedy et al.: Going deeper with convolutions. 2014 (CVPR, 2015).
# - Ioffe, Szegedy: Batch normalization: accelerating deep network training by reducing internal covariate shift. ICML, 2015.
# - He, Zhang, Ren, Sun: Deep residual learning for image recognition. 2015 (CVPR, 2016).
# - Loshchilov, Hutter: SGDR: stochastic gradient descent with warm restarts. ICLR, 2017.
