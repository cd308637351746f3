# %% [markdown]
# # 7 · U-Net: segmentation
#
# **Goal:** give every pixel of an image its own answer, and build the network that does it well.
# **Needs:** lesson 3. **Runs in** about three minutes on a 2-core CPU, offline.
#
# After this lesson you can
# - say why classifying patches wastes work, and turn a patch classifier into a fully convolutional network;
# - bring small maps back to full size: unpooling, and transposed convolution as a transposed matrix;
# - measure masks by precision, recall, IoU and Dice, and say why pixel accuracy flatters;
# - build and train a U-Net, and measure what its skips are worth.

# %% tags=["setup"]
start("07_unet")

# %%
import time

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from keras import layers, ops
from scipy import ndimage, signal

from helpers import budget, check, check_choice, check_model, check_that, play, report_result, show
from helpers.datasets import nuclei, nuclei_image, segmentation_scenes
from helpers.figures import BLUE, GREEN, ORANGE
from helpers.panels import draw_image, draw_table
from helpers.setup import quiet_stderr
from helpers.training import seed_everything, watch

# %% [markdown]
# ## 1 · One answer a pixel
#
# A classifier says *a car*. A surgeon, a robot or a photo editor needs to know **which pixels** are the
# car. The answer is a **mask**: an image of the same height and width, 1 on the object and 0 elsewhere.
# Our scenes are emoji in six drawn styles (books, cars, faces, fruit, ...), laid on photographs, so every
# mask is exact. The test scenes share neither the emoji nor the photographs with the training scenes.

# %%
kind = {"sprites": "emoji"}
train_images, train_masks = segmentation_scenes("train", budget(1500, short=32), **kind)
validation_images, validation_masks = segmentation_scenes(
    "validation", budget(200, short=8), **kind
)
test_images, test_masks = segmentation_scenes("test", budget(400, short=16), **kind)
size = train_images.shape[1]
area = test_masks.mean()
print(f"images {train_images.shape}, masks {train_masks.shape}")
print(f"{area:.1%} of the test pixels lie on an object")

# %%
figure, axes = plt.subplots(2, 8, figsize=(8.8, 2.5))
for column, (image, mask) in enumerate(zip(train_images, train_masks[..., 0], strict=False)):
    if column < 8:
        draw_image(axes[0, column], image)
        draw_image(axes[1, column], mask)
show(figure, "Eight training scenes and their masks: one or two emoji on a photograph.")

# %% [markdown]
# You know how to classify images, so here is the obvious plan. Cut a small **patch** around each pixel
# and ask a classifier: is the pixel in the middle on an object? Cireşan and others (2012) won a
# competition that way, outlining nerve cells in electron microscope images. Let us do it, with patches
# of 15 x 15 pixels. (Around the border the image is padded with zeros.)

# %%
REACH = 7  # pixels to each side of the one in the middle
padded = np.pad(train_images, ((0, 0), (REACH, REACH), (REACH, REACH), (0, 0)))
generator = np.random.default_rng(0)
count = budget(full=16_000, short=64)
which = generator.integers(0, len(train_images), count)
rows, columns = generator.integers(0, size, (2, count))
patches = np.stack(
    [padded[i, r : r + 15, c : c + 15] for i, r, c in zip(which, rows, columns, strict=True)]
)
patch_labels = train_masks[which, rows, columns, 0].reshape(-1, 1, 1, 1)
print(f"patches {patches.shape}, labels {patch_labels.shape}")

# %% [markdown]
# The network below has no dense layer. Its last but one layer has a kernel of 7 x 7 and meets maps of
# exactly 7 x 7, so it sees them whole: a dense layer, written as a convolution. The output for a patch
# is a "map" of one pixel. Notice the input: height and width are `None`.

# %%
seed_everything(0)
patch_net = keras.Sequential(
    [
        keras.Input((None, None, 3)),
        layers.Conv2D(8, 5, activation="relu"),  # 15 -> 11
        layers.Conv2D(16, 5, activation="relu"),  # 11 -> 7
        layers.Conv2D(16, 7, activation="relu"),  # 7 -> 1
        layers.Conv2D(1, 1, activation="sigmoid"),
    ]
)
# cross-entropy (lesson 2) for two classes a pixel; section 5 says more
patch_net.compile(optimizer=keras.optimizers.Adam(2e-3), loss="binary_crossentropy")
patch_net.fit(patches, patch_labels, batch_size=64, epochs=budget(full=8, short=1), verbose=0)
print("for one patch:", patch_net(patches[:1]).shape)

# %% [markdown]
# To segment one image of 64 x 64 we cut 4,096 patches and run the network on each. Neighbouring patches
# share 14 of their 15 columns, and the network computes the same windows over and over again. But no
# layer of it insists on 15 x 15. So give it **the whole padded image, once**:

# %%
frame = np.pad(test_images[0], ((REACH, REACH), (REACH, REACH), (0, 0)))  # (78, 78, 3)
windows = np.lib.stride_tricks.sliding_window_view(frame, (15, 15), axis=(0, 1))
windows = windows.reshape(-1, 3, 15, 15).transpose(0, 2, 3, 1)  # (4096, 15, 15, 3)
begin = time.perf_counter()
by_patches = np.asarray(patch_net(windows)).reshape(size, size)
middle = time.perf_counter()
at_once = np.asarray(patch_net(frame[None]))[0, ..., 0]
end = time.perf_counter()
print(f"{len(windows):,} patches: {middle - begin:.2f} s, the whole image: {end - middle:.2f} s")
print(f"largest difference between the two masks: {abs(by_patches - at_once).max():.1e}")

# %% [markdown]
# The same numbers. A network of convolutions alone, from the first layer to the last, is called **fully
# convolutional** (Long, Shelhamer and Darrell, 2015): it takes images of any size and shares all the
# work that neighbouring pixels have in common. How much is that? Count the multiplications: each layer
# does $k^2 \cdot c_\text{in}$ of them for each output number.

# %%
LAYERS = ((5, 3, 8), (5, 8, 16), (7, 16, 16), (1, 16, 1))  # kernel, channels in, channels out


def multiplications(side):
    """Count what the patch network multiplies for one image of side x side pixels."""
    total = 0
    for kernel, channels_in, channels_out in LAYERS:
        side = side - kernel + 1
        total += side**2 * channels_out * kernel**2 * channels_in
    return total


slow, fast = size**2 * multiplications(15), multiplications(size + 2 * REACH)
print(f"by patches {slow / 1e6:.0f} million, at once {fast / 1e6:.0f} million: {slow / fast:.0f} x")

# %%
figure, axes = plt.subplots(1, 3, figsize=(7.4, 2.7))
draw_image(axes[0], test_images[0], below="image")
draw_image(axes[1], test_masks[0, ..., 0], below="mask")
draw_image(axes[2], at_once, below="probability by patches of 15 x 15")
figure.suptitle("Fifteen pixels are not enough to know a thing", x=0.01, ha="left", size=12)
show(
    figure,
    "The patch classifier sees colours and edges, but not what they belong to.",
)

# %% [markdown]
# Fast, but not good. To decide about one pixel you want to see **far**: is this red patch a heart, or a
# roof? Larger patches would help, and pooling makes a large window cheap, as in lesson 3. But pooling
# makes the map **small**, and we need an answer for every pixel. So the plan of this lesson: an
# **encoder** that shrinks the image and sees far, and a **decoder** that brings the map back to full size.

# %% [markdown]
# ### Question 1 · wasted work (1 point)
#
# Why is classifying one patch a pixel so wasteful?
# - **a** most pixels lie on the background, where there is nothing to find
# - **b** neighbouring patches overlap almost completely, and each computes its features again
# - **c** the padding at the border adds pixels that do not exist
# - **d** each pixel needs a classifier with weights of its own

# %% nbgrader={"grade": false, "grade_id": "wasted_work", "locked": false, "schema_version": 3, "solution": true, "task": false}
# wasted_work = "a", "b", "c" or "d"
### BEGIN SOLUTION
wasted_work = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "wasted_work-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "wasted work",
    wasted_work,
    right="b",
    reasons={
        "a": "the background needs an answer too; in one pass it costs as much as the rest",
        "c": "the padding is the same in both ways, and it is thin",
        "d": "all patches go through one network with one set of weights: that is why one pass can replace them",
    },
)

# %% [markdown]
# ## 2 · Back to full size: unpooling
#
# Pooling turned 4 x 4 into 2 x 2. How do we go back? The numbers are gone, so we have to invent some.
# Three ways, from simple to clever:
# $$\begin{pmatrix}1&2\\3&4\end{pmatrix} \to
# \begin{pmatrix}1&1&2&2\\1&1&2&2\\3&3&4&4\\3&3&4&4\end{pmatrix}
# \quad\text{or}\quad \begin{pmatrix}1&0&2&0\\0&0&0&0\\3&0&4&0\\0&0&0&0\end{pmatrix}
# \quad\text{or}\quad \begin{pmatrix}0&0&2&0\\0&1&0&0\\0&0&0&0\\3&0&0&4\end{pmatrix}$$

# %% [markdown]
# The first is **nearest neighbour**: each number fills its block. The second is the **bed of nails**:
# each number stands in the top left corner of its block, with zeros around it. The third is **max
# unpooling**: the number goes back to where the maximum *was*. For that, pooling has to remember the
# place of each maximum. These places are called **switches** (Zeiler and Fergus, 2014); DeconvNet (Noh
# and others, 2015) and SegNet (Badrinarayanan and others, 2017) segment with them.

# %% [markdown]
# ### Exercise 1 · nearest neighbour (2 points)
#
# Each number of `x` becomes a block of `factor` x `factor` equal numbers. `np.repeat(x, factor,
# axis=0)` repeats each row `factor` times; `axis=1` does it with columns. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "upsample_nearest", "locked": false, "schema_version": 3, "solution": true, "task": false}
def upsample_nearest(x, factor):
    """Enlarge x (h, w) to (h * factor, w * factor): each number fills a block."""
    ### BEGIN SOLUTION
    return np.repeat(np.repeat(x, factor, axis=0), factor, axis=1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "upsample_nearest-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
x = np.array([[1.5, -2.0, 3.0], [4.0, 5.0, 6.5]])
nails = np.zeros((6, 9))
nails[::3, ::3] = x
check(
    "upsample_nearest(x, 3)",
    upsample_nearest(x.copy(), 3),
    want=np.kron(x, np.ones((3, 3))),
    mistakes={
        "only the rows are repeated: columns too": np.repeat(x, 3, axis=0),
        "only the columns are repeated: rows too": np.repeat(x, 3, axis=1),
        "the whole image is laid side by side: repeat each number, not the image": np.tile(
            x, (3, 3)
        ),
        "without axis= the image is flattened": np.repeat(x, 3),
        "the factor is fixed at 2: use the argument": np.kron(x, np.ones((2, 2))),
        "this is the bed of nails: fill the whole block": nails,
        "the rows are repeated twice over, the columns never: axis=0, then axis=1": np.repeat(
            x, 9, axis=0
        ),
    },
)

# %% nbgrader={"grade": true, "grade_id": "upsample_nearest-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: factors 1 to 4, one row, one column, the input untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(71)
for shape, factor in (((1, 4), 2), ((3, 1), 4), ((4, 2), 1), ((2, 5), 3)):
    x = generator.normal(size=shape)
    want = np.array(
        [
            [x[r // factor, c // factor] for c in range(shape[1] * factor)]
            for r in range(shape[0] * factor)
        ]
    )
    check(
        f"shape {shape}, factor {factor}",
        upsample_nearest(x.copy(), factor),
        want=want,
        secret=True,
        mistakes={
            "the factor is fixed at 2: use the argument": np.kron(x, np.ones((2, 2))),
            "only the rows are repeated: columns too": np.repeat(x, factor, axis=0),
            "only the columns are repeated: rows too": np.repeat(x, factor, axis=1),
            "the whole image is laid side by side: repeat each number, not the image": np.tile(
                x, (factor, factor)
            ),
        },
    )
    kept = x.copy()
    upsample_nearest(x, factor)
    check(
        "x is untouched",
        x,
        want=kept,
        secret=True,
        mistakes={"an argument is changed: work on a copy": True},
    )
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2 · a bed of nails (2 points)
#
# Each number of `x` stands in the **top left** corner of a block of `factor` x `factor`; the rest is 0.
# The result has shape (h * factor, w * factor). In NumPy, `a[::3]` means every third row of `a`, from
# row 0 on, and you can assign to it. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "bed_of_nails", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bed_of_nails(x, factor):
    """Enlarge x (h, w) to (h * factor, w * factor): one number in each block, zeros around it."""
    ### BEGIN SOLUTION
    bed = np.zeros((x.shape[0] * factor, x.shape[1] * factor))
    bed[::factor, ::factor] = x
    return bed
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "bed_of_nails-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
x = np.array([[1.5, -2.0, 3.0], [4.0, 5.0, 6.5]])
nail = {place: np.zeros((3, 3)) for place in ((0, 0), (1, 1), (2, 2), (0, 2), (2, 0))}
for place, block in nail.items():
    block[place] = 1
row_nails, column_nails, two = np.zeros((6, 3)), np.zeros((2, 9)), np.zeros((4, 6))
row_nails[::3], column_nails[:, ::3], two[::2, ::2] = x, x, x
check(
    "bed_of_nails(x, 3)",
    bed_of_nails(x.copy(), 3),
    want=np.kron(x, nail[0, 0]),
    mistakes={
        "the nails stand in the middle of their blocks: top left": np.kron(x, nail[1, 1]),
        "the nails stand at the bottom right: top left": np.kron(x, nail[2, 2]),
        "each number fills its block: only the top left corner, zeros elsewhere": np.kron(
            x, np.ones((3, 3))
        ),
        "zero rows are put in, but no zero columns": row_nails,
        "zero columns are put in, but no zero rows": column_nails,
        "the last block has no zeros behind its nail: the result is h * factor by w * factor": np.kron(
            x, nail[0, 0]
        )[:-2, :-2],
        "the factor is fixed at 2: use the argument": two,
        "the fractions are lost: make the bed with np.zeros": np.trunc(np.kron(x, nail[0, 0])),
    },
)

# %% nbgrader={"grade": true, "grade_id": "bed_of_nails-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: factors 1 to 4, whole numbers, one row, the input untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(72)
for shape, factor in (((1, 4), 2), ((3, 2), 4), ((4, 3), 1), ((2, 5), 3)):
    x = generator.integers(-9, 10, size=shape)
    want, middle = np.zeros((2, shape[0] * factor, shape[1] * factor))
    for r, c in np.ndindex(shape):
        want[r * factor, c * factor] = x[r, c]
        middle[r * factor + factor // 2, c * factor + factor // 2] = x[r, c]
    check(
        f"shape {shape}, factor {factor}",
        bed_of_nails(x.copy(), factor),
        want=want,
        secret=True,
        mistakes={
            "the nails stand in the middle of their blocks: top left": middle,
            "each number fills its block: only the top left corner, zeros elsewhere": np.kron(
                x, np.ones((factor, factor))
            ),
            "the last block has no zeros behind its nail: the result is h * factor by w * factor": want[
                : (shape[0] - 1) * factor + 1, : (shape[1] - 1) * factor + 1
            ],
        },
    )
    kept = x.copy()
    bed_of_nails(x, factor)
    check(
        "x is untouched",
        x,
        want=kept,
        secret=True,
        mistakes={"an argument is changed: work on a copy": True},
    )
### END HIDDEN TESTS

# %% [markdown]
# Pooling that remembers: the next cell is given. A **switch** is the place of the maximum in the *large*
# image, counted row by row: in an image 4 wide, row 1, column 2 has the number $1 \cdot 4 + 2 = 6$.


# %%
def max_pool_switches(image, size):
    """Pool an image (h, w) in blocks; return the maxima and their places in the image."""
    h, w = image.shape[0] // size, image.shape[1] // size
    pooled, switches = np.zeros((h, w)), np.zeros((h, w), dtype=int)
    for r, c in np.ndindex(h, w):
        block = image[r * size : (r + 1) * size, c * size : (c + 1) * size]
        i, j = divmod(int(block.argmax()), size)
        pooled[r, c] = block[i, j]
        switches[r, c] = (r * size + i) * image.shape[1] + c * size + j
    return pooled, switches


image = np.array([[0, 9, 2, 1], [3, 1, 7, 0], [1, 0, 0, 4], [5, 2, 8, 1]])
pooled, switches = max_pool_switches(image, 2)
print(f"pooled\n{pooled}\nswitches\n{switches}")

# %% [markdown]
# ### Exercise 3 · max unpooling (2 points)
#
# Put each number of `x` (h, w) back to the place that its switch says, in an array of zeros of the given
# `shape` (rows, columns). Place `s` is row `s // columns`, column `s % columns`; or flatten the zeros and
# use `switches` as an index at once. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "max_unpool", "locked": false, "schema_version": 3, "solution": true, "task": false}
def max_unpool(x, switches, shape):
    """Return zeros of `shape` with the numbers of x (h, w) at the places of switches (h, w)."""
    ### BEGIN SOLUTION
    flat = np.zeros(shape[0] * shape[1])
    flat[switches] = x
    return flat.reshape(shape)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "max_unpool-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
x = np.array([[5.0, -6.0], [7.0, 8.5], [9.0, 4.0]])
switches = np.array([[1, 6], [13, 14], [20, 19]])
want, by_column, height, corner = np.zeros((4, 6, 4))
for r, c in np.ndindex(3, 2):
    place = switches[r, c]
    want[place // 4, place % 4] = x[r, c]
    by_column[place % 6, place // 6] = x[r, c]
    height[place // 6, place % 6] = x[r, c]
    corner[2 * r, 2 * c] = x[r, c]
ordered = np.zeros(24)
ordered[np.sort(switches.ravel())] = x.ravel()
check(
    "max_unpool(x, switches, (6, 4))",
    max_unpool(x.copy(), switches.copy(), (6, 4)),
    want=want,
    mistakes={
        "the places are counted row by row, not column by column": by_column,
        "row and column come from dividing by the number of columns, shape[1]": height,
        "this is the bed of nails: the switches say where each number goes": corner,
        "the numbers fill their blocks: everything else stays 0": np.kron(x, np.ones((2, 2))),
        "each number belongs to its own switch: do not sort the switches": ordered.reshape(6, 4),
        "the result is still flat: reshape it to shape": want.ravel(),
        "negative numbers are lost: put each number in as it is": np.maximum(want, 0),
        "the places are marked with 1: put the numbers there": (want != 0).astype(float),
    },
)

# %% nbgrader={"grade": true, "grade_id": "max_unpool-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: wide and tall shapes, blocks of 3, switches from real pooling, inputs untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(73)
for shape, block in (((4, 8), 2), ((9, 3), 3), ((6, 9), 3), ((5, 2), 1)):
    h, w = shape[0] // block, shape[1] // block
    x, places = generator.normal(size=(h, w)), np.zeros((h, w), dtype=int)
    want, corner = np.zeros((2, *shape))
    for r, c in np.ndindex(h, w):
        i, j = generator.integers(0, block, 2)
        places[r, c] = (r * block + i) * shape[1] + c * block + j
        want[r * block + i, c * block + j] = x[r, c]
        corner[r * block, c * block] = x[r, c]
    check(
        f"shape {shape}, blocks of {block}",
        max_unpool(x.copy(), places.copy(), shape),
        want=want,
        secret=True,
        mistakes={
            "negative numbers are lost: put each number in as it is": np.maximum(want, 0),
            "this is the bed of nails: the switches say where each number goes": corner,
        },
    )
    kept = x.copy(), places.copy()
    max_unpool(x, places, shape)
    slips = {"an argument is changed: work on a copy": True}
    check("x is untouched", x, want=kept[0], secret=True, mistakes=slips)
    check("the switches are untouched", places, want=kept[1], secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# All three on a picture. The image on the left is pooled from 64 to 16 pixels a side, and then brought back.

# %%
picture = test_images[0].mean(axis=-1)
small, places = max_pool_switches(picture, 4)
ways = {
    "pooled": small,
    "nearest": upsample_nearest(small, 4),
    "bed of nails": bed_of_nails(small, 4),
    "max unpooling": max_unpool(small, places, picture.shape),
}

# %%
figure, axes = plt.subplots(1, 5, figsize=(9.4, 2.3))
for ax, (name, result) in zip(axes, {"image": picture, **ways}.items(), strict=True):
    draw_image(ax, result, below=f"{name}, {result.shape[0]} x {result.shape[1]}")
show(
    figure,
    "Nearest neighbour is blocky; the nails stand on a grid; max unpooling puts every number where it came from. The holes are left for the next convolution to fill.",
)

# %% [markdown]
# ## 3 · Transposed convolution
#
# These three have no weights. Could a network *learn* how to enlarge? Turn convolution around: instead of
# gathering a window into one number, each number **stamps** the kernel, times itself, onto the output;
# where stamps overlap they add up. Take the kernel
# $\begin{pmatrix}1&4&1\\1&4&3\\3&3&1\end{pmatrix}$ and the input $\begin{pmatrix}2&1\\4&4\end{pmatrix}$ (an example of
# Shibuya, 2017; the arithmetic is in Dumoulin and Visin, 2016). They make 4 x 4: the 2 stamps the kernel at the top
# left, the 1 one step to the right, and so on.

# %%
kernel = np.array([[1, 4, 1], [1, 4, 3], [3, 3, 1]])
numbers = np.array([[2, 1], [4, 4]])
figure, axes = plt.subplots(1, 5, figsize=(9.4, 2.4))
total = np.zeros((4, 4))
for ax, (r, c) in zip(axes, np.ndindex(2, 2)):
    stamp = np.full((4, 4), np.nan)
    stamp[r : r + 3, c : c + 3] = numbers[r, c] * kernel
    total += np.nan_to_num(stamp)
    draw_table(ax, stamp, title=f"{numbers[r, c]} x kernel", most=33)
draw_table(axes[4], total, title="the sum", colours="Oranges", most=33)
for ax in axes:
    ax.set(xticks=[], yticks=[])
show(figure, "Four stamps, one for each number of the input; the sum of them is the output.")

# %% [markdown]
# Why **transposed**? A convolution is linear, so it is a matrix. Write the image as one long column, row
# after row. Each output number is one row of the matrix: the kernel's numbers at the pixels that the
# window covers, zeros elsewhere. For a $3 \times 3$ image and the kernel $\begin{pmatrix}1&2\\3&4
# \end{pmatrix}$ the first of four rows is
# $\begin{pmatrix}1&2&0&3&4&0&0&0&0\end{pmatrix}$. This $4 \times 9$ matrix takes 9 numbers to 4. Its
# **transpose** takes 4 numbers to 9: each input number multiplies one column of the transpose, and
# that column is the kernel laid at one place. That is the stamping.

# %% [markdown]
# ### Exercise 4 · a convolution as a matrix (2 points)
#
# Build that matrix for a square `kernel` (k, k) on an image of `size` x `size`: stride 1, no padding,
# no flip (cross-correlation, as in lesson 3). There are n = `size - k + 1` places in each direction, so the
# matrix has shape (n * n, size * size), with the places row by row. One way: for each place $(r, c)$ lay the
# kernel into an image of zeros with its corner at $(r, c)$, and flatten that image into a row.


# %% nbgrader={"grade": false, "grade_id": "conv_matrix", "locked": false, "schema_version": 3, "solution": true, "task": false}
def conv_matrix(kernel, size):
    """Return the matrix of a convolution, (n * n, size * size), for a kernel (k, k)."""
    ### BEGIN SOLUTION
    k = len(kernel)
    rows = []
    for r, c in np.ndindex(size - k + 1, size - k + 1):
        image = np.zeros((size, size))
        image[r : r + k, c : c + k] = kernel
        rows.append(image.ravel())
    return np.array(rows)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "conv_matrix-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
kernel = np.array([[1.0, 2.0], [3.0, 4.5]])


def matrix_of(judge, order="C"):
    """Column j is what the convolution makes of an image with a single 1 at pixel j."""
    pixels = np.eye(9).reshape(9, 3, 3)
    return np.array([judge(pixel, kernel, mode="valid").ravel(order) for pixel in pixels]).T


right = matrix_of(signal.correlate2d)
packed = np.zeros((4, 9))
for place in range(4):
    packed[place, place : place + 4] = kernel.ravel()
straight = np.zeros((4, 9))
for place in range(4):
    straight[place] = np.roll(right[0], place)
check(
    "conv_matrix(kernel, 3)",
    conv_matrix(kernel.copy(), 3),
    want=right,
    mistakes={
        "this is the transpose: one row for each output number, one column for each pixel": right.T,
        "the kernel is flipped: lay it on as it is": matrix_of(signal.convolve2d),
        "the kernel's rows stand without a gap: the rest of the image's row lies between them": packed,
        "at the end of a row the window jumps to the next row: it must not stick out": straight,
        "the places run down the columns: row by row": matrix_of(signal.correlate2d, order="F"),
        "the kernel is transposed": np.array(
            [
                signal.correlate2d(p, kernel.T, mode="valid").ravel()
                for p in np.eye(9).reshape(9, 3, 3)
            ]
        ).T,
        "each row is still an image: flatten it": right.reshape(4, 3, 3),
        "the fractions are lost: make the image with np.zeros": np.trunc(right),
    },
)

# %% nbgrader={"grade": true, "grade_id": "conv_matrix-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: kernels from 1 x 1 to as large as the image; matrix times image is the convolution
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(74)
for k, size_ in ((3, 4), (1, 3), (4, 4), (2, 5), (3, 6)):
    kernel, image = generator.normal(size=(k, k)), generator.normal(size=(size_, size_))
    matrix = conv_matrix(kernel.copy(), size_)
    n = size_ - k + 1
    check(f"kernel {k}, size {size_}: the shape", matrix, shape=(n * n, size_ * size_), secret=True)
    check(
        f"kernel {k}, size {size_}: matrix times image",
        np.asarray(matrix, dtype=float) @ image.ravel(),
        want=signal.correlate2d(image, kernel, mode="valid").ravel(),
        secret=True,
        mistakes={
            "the kernel is flipped: lay it on as it is": signal.convolve2d(
                image, kernel, mode="valid"
            ).ravel(),
            "the places run down the columns: row by row": signal.correlate2d(
                image, kernel, mode="valid"
            ).ravel("F"),
        },
    )
### END HIDDEN TESTS

# %%
kernel = np.array([[1, 4, 1], [1, 4, 3], [3, 3, 1]])
matrix = conv_matrix(kernel, 4)  # (4, 16)
back = matrix.T @ np.array([2, 1, 4, 4])
figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 2.7), width_ratios=(2.6, 1))
empty = np.where(matrix == 0, np.nan, matrix)
draw_table(left, empty, title="The convolution: 16 pixels to 4 numbers", most=8)
left.set(xlabel="pixel of the image", ylabel="output")
draw_table(
    right, back.reshape(4, 4), title="Its transpose on 2, 1, 4, 4", colours="Oranges", most=33
)
right.set(xticks=[], yticks=[])
show(
    figure,
    "The same nine numbers in each row, shifted; the transposed matrix makes exactly the sum of the four stamps.",
)

# %% [markdown]
# ### Exercise 5 · transposed convolution (3 points)
#
# Nobody multiplies with that matrix, it is nearly all zeros. Stamp instead: number $(r, c)$ of `x` adds
# `x[r, c] * kernel` to the output where the stamp's corner is $(r \cdot \text{stride}, c \cdot
# \text{stride})$. The last stamp must just fit, so the output has $(h - 1) \cdot \text{stride} + k_h$ rows
# and as many columns by the same rule. With stride 2 the map about doubles: the stride now moves the *output*.
# The kernel need not be square, nor `x` or the kernel whole numbers. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "transposed_conv2d", "locked": false, "schema_version": 3, "solution": true, "task": false}
def transposed_conv2d(x, kernel, stride):
    """Stamp kernel (kh, kw) for each number of x (h, w) and add the stamps up."""
    ### BEGIN SOLUTION
    (h, w), (kh, kw) = x.shape, kernel.shape
    output = np.zeros(((h - 1) * stride + kh, (w - 1) * stride + kw))
    for r, c in np.ndindex(h, w):
        top, left = r * stride, c * stride
        output[top : top + kh, left : left + kw] += x[r, c] * kernel
    return output
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "transposed_conv2d-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
x = np.array([[2, 1], [4, 4]])
kernel = np.array([[1, 4, 1], [1, 4, 3], [3, 3, 1]])
last = np.zeros((4, 4))
for r, c in np.ndindex(2, 2):
    last[r : r + 3, c : c + 3] = x[r, c] * kernel
check(
    "transposed_conv2d(x, kernel, 1), the example above",
    transposed_conv2d(x.copy(), kernel.copy(), 1),
    want=[[2, 9, 6, 1], [6, 29, 30, 7], [10, 29, 33, 13], [12, 24, 16, 4]],
    mistakes={
        "stamps overwrite each other: add them with +=": last,
        "the kernel is flipped: stamp it as it is": signal.convolve2d(x, kernel[::-1, ::-1]),
        "the kernel is transposed: stamp it as it is": signal.convolve2d(x, kernel.T),
        "the overlaps are averaged: add the stamps up": signal.convolve2d(x, kernel)
        / signal.convolve2d(np.ones((2, 2)), np.ones((3, 3))),
        "the last row and column are cut off: (h - 1) * stride + kh rows": signal.convolve2d(
            x, kernel
        )[:-1, :-1],
        "the output is padded: it is exactly (h - 1) * stride + kh rows high": np.pad(
            signal.convolve2d(x, kernel), (0, 1)
        ),
        "the stamps are not weighted: multiply the kernel by x[r, c]": signal.convolve2d(
            np.ones((2, 2)), kernel
        ),
    },
)

# %% nbgrader={"grade": true, "grade_id": "transposed_conv2d-check2", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
x = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, 1.0]])
kernel = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])
spread = np.zeros((3, 5))
spread[::2, ::2] = x
right = signal.convolve2d(spread, kernel)  # (5, 6)
wide, last = np.zeros((2, 5, 6))
for r, c in np.ndindex(2, 3):
    last[2 * r : 2 * r + 3, 2 * c : 2 * c + 2] = x[r, c] * kernel
    wide[r : r + 3, c : c + 2] += x[r, c] * kernel
check(
    "transposed_conv2d(x, kernel, 2), 2 x 3 numbers and a kernel 3 x 2",
    transposed_conv2d(x.copy(), kernel.copy(), 2),
    want=right,
    mistakes={
        "the stride is ignored": signal.convolve2d(x, kernel),
        "the stamps move by 1: their corners are at r * stride, c * stride": wide,
        "stamps overwrite each other: add them with +=": last,
        "the output is padded: it is exactly (h - 1) * stride + kh rows high": np.pad(
            right, ((0, 1), (0, 1))
        ),
        "the output has h * stride rows: the last stamp must fit, (h - 1) * stride + kh": right[
            :4, :6
        ],
        "the kernel is flipped: stamp it as it is": signal.convolve2d(spread, kernel[::-1, ::-1]),
    },
)

# %% nbgrader={"grade": true, "grade_id": "transposed_conv2d-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: Keras's Conv2DTranspose on random numbers, strides 1 to 3, gaps between stamps, whole numbers with fractions, the arguments untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(75)
for shape, sizes, stride in (
    ((3, 4), (3, 3), 2),
    ((2, 5), (4, 2), 3),
    ((4, 1), (2, 2), 1),
    ((3, 2), (1, 2), 3),
):
    x, kernel = generator.normal(size=shape), generator.normal(size=sizes)
    spread = np.zeros(((shape[0] - 1) * stride + 1, (shape[1] - 1) * stride + 1))
    spread[::stride, ::stride] = x
    right = signal.convolve2d(spread, kernel)
    layer = layers.Conv2DTranspose(1, sizes, strides=stride, use_bias=False)
    layer.build((None, *shape, 1))
    layer.set_weights([kernel[..., None, None]])
    keras_says = np.asarray(layer(x[None, ..., None].astype("float32")))[0, ..., 0]
    assert np.allclose(keras_says[: right.shape[0], : right.shape[1]], right, atol=1e-4)
    check(
        f"x {shape}, kernel {sizes}, stride {stride}",
        transposed_conv2d(x.copy(), kernel.copy(), stride),
        want=right,
        secret=True,
        mistakes={
            "the kernel is flipped: stamp it as it is": signal.convolve2d(
                spread, kernel[::-1, ::-1]
            ),
            "the stride is ignored": signal.convolve2d(x, kernel),
        },
    )
    kept = x.copy(), kernel.copy()
    transposed_conv2d(x, kernel, stride)
    slips = {"an argument is changed: work on a copy": True}
    check("x is untouched", x, want=kept[0], secret=True, mistakes=slips)
    check("the kernel is untouched", kernel, want=kept[1], secret=True, mistakes=slips)
whole, parts = np.array([[3, -2, 5], [1, 4, 2]]), np.array([[0.5, 1.75], [-2.3, 0.4]])
for name, x, kernel in (
    ("whole numbers, a kernel of fractions", whole, parts),
    ("fractions, a kernel of whole numbers", parts, whole),
):
    right, cut = signal.convolve2d(x, kernel), np.zeros((3, 4))
    for r, c in np.ndindex(x.shape):
        rows, columns = kernel.shape
        cut[r : r + rows, c : c + columns] += np.trunc(x[r, c] * kernel)
    got = np.asarray(transposed_conv2d(x.copy(), kernel.copy(), 1), dtype=float)
    halves = (cut, np.trunc(right), signal.convolve2d(np.trunc(x), np.trunc(kernel)))
    check(
        name,
        got,
        want=right,
        secret=True,
        mistakes={
            "the fractions are lost: make the output with np.zeros, of no other type": any(
                got.shape == each.shape and np.allclose(got, each) for each in halves
            )
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# And Keras? The same kernel, put into `layers.Conv2DTranspose`, whose weights have the shape (k, k,
# filters, channels in):

# %%
numbers = np.array([[2.0, 1.0], [4.0, 4.0]])
layer = layers.Conv2DTranspose(1, 3, use_bias=False)
layer.build((None, 2, 2, 1))
layer.set_weights([np.array([[1, 4, 1], [1, 4, 3], [3, 3, 1]])[..., None, None]])
print("Keras:\n", np.asarray(layer(numbers[None, ..., None]))[0, ..., 0])
print("yours:\n", transposed_conv2d(numbers, np.array([[1, 4, 1], [1, 4, 3], [3, 3, 1]]), 1))

# %% [markdown]
# **A warning.** Stamp an input of ones with a kernel of ones, and look where stamps overlap. With kernel
# 3 and stride 2, some pixels get one stamp, some two, some four: a **checkerboard**, which networks with
# transposed convolutions love to paint into their images (Odena and others, 2016). Play: for which pairs
# is the middle flat?


# %%
def draw_overlaps(kernel, stride):
    """Draw how many stamps reach each pixel."""
    stamps = transposed_conv2d(np.ones((9, 9)), np.ones((kernel, kernel)), stride)
    inner = stamps[kernel:-kernel, kernel:-kernel]
    flat = inner.min() == inner.max()
    figure, ax = plt.subplots(figsize=(4.6, 3.6))
    drawn = ax.imshow(stamps, cmap="viridis", vmin=0)
    figure.colorbar(drawn, label="stamps", ticks=range(int(stamps.max()) + 1))
    verdict = "even in the middle" if flat else "a checkerboard"
    ax.set(xticks=[], yticks=[], title=f"Kernel {kernel}, stride {stride}: {verdict}")
    ax.grid(False)
    counts = f"{inner.min():.0f}" if flat else f"{inner.min():.0f} to {inner.max():.0f}"
    show(
        figure,
        f"Kernel {kernel} and stride {stride}: away from the border each pixel gets {counts} stamps.",
    )


# %%
play(draw_overlaps, kernel=(3, 1, 6, 1), stride=(2, 1, 4, 1))

# %% [markdown]
# The middle is flat where the stride divides the kernel's size, as in 2 x 2 with stride 2, which the
# original U-Net uses. The other way out: enlarge by nearest neighbour, then convolve. That is what we
# shall do; it has no checkerboard, and no more weights than an ordinary convolution.

# %% [markdown]
# ### Question 2 · there and back again (1 point)
#
# You convolve a 4 x 4 image with a 3 x 3 kernel, without padding, and apply the transposed convolution
# with the **same** kernel to the result. What do you get?
# - **a** the image again: the transposed convolution is the inverse
# - **b** an image of the old shape, but with other numbers
# - **c** the image, flipped
# - **d** the image, with a border of zeros

# %% nbgrader={"grade": false, "grade_id": "there_and_back", "locked": false, "schema_version": 3, "solution": true, "task": false}
# there_and_back = "a", "b", "c" or "d"
### BEGIN SOLUTION
there_and_back = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "there_and_back-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "there and back again",
    there_and_back,
    right="b",
    reasons={
        "a": "four numbers cannot hold sixteen: a transpose has the shape of an inverse, not its effect (the name deconvolution misleads)",
        "c": "a transposed matrix does not flip the image; multiply C.T @ C @ image and look",
        "d": "the stamps reach every pixel, the border too; in the middle they overlap and add up",
    },
)

# %% [markdown]
# ## 4 · How good is a mask?
#
# The obvious measure is **pixel accuracy**: the share of pixels that are right. Take a test scene and the
# laziest network there is, one that always answers "background".

# %%
empty_mask = np.zeros_like(test_masks)
lazy = np.mean(empty_mask == test_masks)
smallest = test_masks.mean(axis=(1, 2, 3)).argmin()
share = test_masks[smallest].mean()
report_result(
    "pixel accuracy of an empty mask, test scenes", lazy,
    baseline=area, baseline_name="everything is an object", tolerance=0.001,
)  # fmt: skip
print(f"on the scene with the smallest object it reaches {1 - share:.3f}")

# %% [markdown]
# Nearly 80 % right without looking! Most pixels are background, and accuracy counts them all alike: this is
# **class imbalance**. A tumour may fill one pixel in a thousand. So count only what concerns the object:
# **true positives** TP (on the object, and found), **false positives** FP (claimed, but not on it), **false
# negatives** FN (missed). The true negatives, that great easy majority, are left out:
# $$\text{precision} = \frac{TP}{TP + FP} \quad \text{recall} = \frac{TP}{TP + FN} \quad
# \text{IoU} = \frac{TP}{TP + FP + FN} \quad \text{Dice} = \frac{2\,TP}{2\,TP + FP + FN}$$

# %% [markdown]
# **IoU**, intersection over union (Jaccard, 1901), is what the two masks share, over what they cover
# together. **Dice** (1945) is twice the shared part, over both areas added up. By hand: the object covers 6
# pixels, you claim 5, and 4 of them are right. TP = 4, FP = 1, FN = 2: precision 4/5, recall 4/6, IoU 4/7
# = 0.57, Dice 8/11 = 0.73.
#
# **Empty masks.** With no object and nothing claimed, all four are 0/0. Nothing was overlooked and nothing
# invented, so we define: **wherever the quotient is 0/0, the answer is 1.**

# %%
mask, claimed = np.zeros((2, 4, 5))
mask[0:2, 0:3], claimed[0:2, 1:3], claimed[1, 3] = 1, 1, 1
kinds = {"TP": mask * claimed, "FP": claimed * (1 - mask), "FN": mask * (1 - claimed)}
figure, ax = plt.subplots(figsize=(4.6, 3.2))
ax.imshow(np.ones((4, 5)), vmin=0, vmax=1)
for (name, where), colour in zip(kinds.items(), (GREEN, ORANGE, BLUE), strict=True):
    for r, c in np.argwhere(where):
        ax.add_patch(plt.Rectangle((c - 0.5, r - 0.5), 1, 1, color=colour, alpha=0.75))
        ax.text(c, r, name, ha="center", va="center", color="white", weight="bold")
ax.set(xticks=np.arange(-0.5, 5), yticks=np.arange(-0.5, 4), xticklabels=[], yticklabels=[])
ax.set_title("Four right, one invented, two missed")
show(figure, "The object is green and blue, the claim green and orange; white pixels are no merit.")

# %% [markdown]
# ## Exercises 6 and 7 · precision and recall (2 + 2 points)
#
# `mask` and `predicted` are arrays of one shape, holding 0 and 1 (whole numbers, floats, or False and
# True: `mask > 0.5` makes True and False of any of them, and `a & b` combines two such arrays). Return one
# number over all pixels, and 1.0 where the quotient is 0/0. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "precision", "locked": false, "schema_version": 3, "solution": true, "task": false}
def precision(mask, predicted):
    """Return which share of the predicted pixels lies on the object: TP / (TP + FP)."""
    ### BEGIN SOLUTION
    mask, predicted = mask > 0.5, predicted > 0.5
    claimed = predicted.sum()
    return (mask & predicted).sum() / claimed if claimed else 1.0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "precision-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
mask, predicted = np.zeros((2, 4, 5), dtype=int)
mask[:2, :3], predicted[:2, 1:3], predicted[1, 3] = 1, 1, 1
check(
    "precision(mask, predicted)",
    precision(mask.copy(), predicted.copy()),
    want=0.8,
    mistakes={
        "this is recall: divide by what was predicted": 4 / 6,
        "this is pixel accuracy: only predicted pixels count": 17 / 20,
        "this is IoU: divide by the predicted pixels alone": 4 / 7,
        "true positives are divided by all pixels": 4 / 20,
        "this is the number of true positives: divide it": 4.0,
        "~ is no 'not' for whole numbers (~1 is -2): first make True and False, mask > 0.5": -4 / 5,
    },
)
nothing = np.zeros((4, 5), dtype=int)
check(
    "precision where nothing is predicted: 0/0",
    precision(mask.copy(), nothing.copy()),
    want=1.0,
    mistakes={
        "0/0 must give 1: ask first whether the divisor is 0": np.nan,
        "0/0 counts as 1 here, not as 0": 0.0,
    },
)

# %% nbgrader={"grade": true, "grade_id": "precision-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: random masks as floats and as True and False, three axes, all right, all wrong, empty ones, the masks untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(76)
for kind, shape in (("float32", (7, 9)), ("bool", (4, 3, 5)), ("int64", (60,))):
    mask, predicted = (generator.uniform(size=(2, *shape)) < 0.35).astype(kind)
    pairs = list(zip(mask.ravel(), predicted.ravel(), strict=True))
    tp, fp, fn = (
        sum(bool(m) == a and bool(p) == b for m, p in pairs) for a, b in ((1, 1), (0, 1), (1, 0))
    )
    check(
        f"random masks of type {kind}",
        precision(mask.copy(), predicted.copy()),
        want=tp / (tp + fp),
        secret=True,
        mistakes={"this is recall: divide by what was predicted": tp / (tp + fn)},
    )
    kept = mask.copy(), predicted.copy()
    precision(mask, predicted)
    slips = {"an argument is changed: work on a copy": True}
    check("mask is untouched", mask, want=kept[0], secret=True, mistakes=slips)
    check("predicted is untouched", predicted, want=kept[1], secret=True, mistakes=slips)
full, nothing = np.ones((2, 3), "float32"), np.zeros((2, 3), "float32")
slips = {
    "0/0 must give 1: ask first whether the divisor is 0": np.nan,
    "0/0 counts as 1 here, not as 0": 0.0,
}
check("both empty", precision(nothing, nothing), want=1.0, secret=True, mistakes=slips)
slips = {"only 0/0 counts as 1: everything claimed here is wrong": 1.0}
check("all claimed, nothing there", precision(nothing, full), want=0.0, secret=True, mistakes=slips)
check("perfect", precision(full, full), want=1.0, secret=True)
### END HIDDEN TESTS


# %% nbgrader={"grade": false, "grade_id": "recall", "locked": false, "schema_version": 3, "solution": true, "task": false}
def recall(mask, predicted):
    """Return which share of the object was found: TP / (TP + FN)."""
    ### BEGIN SOLUTION
    mask, predicted = mask > 0.5, predicted > 0.5
    there = mask.sum()
    return (mask & predicted).sum() / there if there else 1.0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "recall-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
mask, predicted = np.zeros((2, 4, 5), dtype=int)
mask[:2, :3], predicted[:2, 1:3], predicted[1, 3] = 1, 1, 1
check(
    "recall(mask, predicted)",
    recall(mask.copy(), predicted.copy()),
    want=4 / 6,
    mistakes={
        "this is precision: divide by what is there": 0.8,
        "this is IoU: divide by the object's pixels alone": 4 / 7,
        "true positives are divided by all pixels": 4 / 20,
        "this is the share that was missed: 1 minus recall": 2 / 6,
        "this is the number of true positives: divide it": 4.0,
        "~ is no 'not' for whole numbers (~1 is -2): first make True and False, mask > 0.5": -4 / 6,
    },
)
nothing = np.zeros((4, 5), dtype=int)
check(
    "recall where there is no object: 0/0",
    recall(nothing.copy(), predicted.copy()),
    want=1.0,
    mistakes={
        "0/0 must give 1: ask first whether the divisor is 0": np.nan,
        "0/0 counts as 1 here, not as 0": 0.0,
    },
)

# %% nbgrader={"grade": true, "grade_id": "recall-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: random masks as floats and as True and False, three axes, all right, all wrong, empty ones, the masks untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(77)
for kind, shape in (("float32", (7, 9)), ("bool", (4, 3, 5)), ("int64", (60,))):
    mask, predicted = (generator.uniform(size=(2, *shape)) < 0.35).astype(kind)
    pairs = list(zip(mask.ravel(), predicted.ravel(), strict=True))
    tp, fp, fn = (
        sum(bool(m) == a and bool(p) == b for m, p in pairs) for a, b in ((1, 1), (0, 1), (1, 0))
    )
    check(
        f"random masks of type {kind}",
        recall(mask.copy(), predicted.copy()),
        want=tp / (tp + fn),
        secret=True,
        mistakes={"this is precision: divide by what is there": tp / (tp + fp)},
    )
    kept = mask.copy(), predicted.copy()
    recall(mask, predicted)
    slips = {"an argument is changed: work on a copy": True}
    check("mask is untouched", mask, want=kept[0], secret=True, mistakes=slips)
    check("predicted is untouched", predicted, want=kept[1], secret=True, mistakes=slips)
full, nothing = np.ones((2, 3), "float32"), np.zeros((2, 3), "float32")
slips = {
    "0/0 must give 1: ask first whether the divisor is 0": np.nan,
    "0/0 counts as 1 here, not as 0": 0.0,
}
check("both empty", recall(nothing, nothing), want=1.0, secret=True, mistakes=slips)
slips = {"only 0/0 counts as 1: here everything is missed": 1.0}
check("nothing claimed, all there", recall(full, nothing), want=0.0, secret=True, mistakes=slips)
check("perfect", recall(full, full), want=1.0, secret=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Exercises 8 and 9 · IoU and Dice (2 + 2 points)
#
# The same inputs, the same rule for 0/0. (For True and False, `a | b` is the union.) Each function
# stands by itself: it need not call the other three. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "iou", "locked": false, "schema_version": 3, "solution": true, "task": false}
def iou(mask, predicted):
    """Return intersection over union: TP / (TP + FP + FN)."""
    ### BEGIN SOLUTION
    mask, predicted = mask > 0.5, predicted > 0.5
    union = (mask | predicted).sum()
    return (mask & predicted).sum() / union if union else 1.0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "iou-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
mask, predicted = np.zeros((2, 4, 5), dtype=int)
mask[:2, :3], predicted[:2, 1:3], predicted[1, 3] = 1, 1, 1
check(
    "iou(mask, predicted)",
    iou(mask.copy(), predicted.copy()),
    want=4 / 7,
    mistakes={
        "the intersection counts twice below: the union is both areas minus what they share": 4
        / 11,
        "this is Dice: the divisor of IoU is the union": 8 / 11,
        "this is pixel accuracy: the background does not count": 17 / 20,
        "this is precision: divide by the union": 4 / 5,
        "this is recall: divide by the union": 4 / 6,
        "the union is divided by the intersection: turn it over": 7 / 4,
        "the intersection is divided by all pixels": 4 / 20,
        "~ is no 'not' for whole numbers (~1 is -2): first make True and False, mask > 0.5": -4
        / 15,
    },
)
nothing = np.zeros((4, 5), dtype=int)
check(
    "iou of two empty masks: 0/0",
    iou(nothing.copy(), nothing.copy()),
    want=1.0,
    mistakes={
        "0/0 must give 1: ask first whether the divisor is 0": np.nan,
        "0/0 counts as 1 here, not as 0": 0.0,
    },
)

# %% nbgrader={"grade": true, "grade_id": "iou-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: random masks as floats and as True and False, three axes, disjoint, contained, empty, the masks untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(78)
for kind, shape in (("float32", (7, 9)), ("bool", (4, 3, 5)), ("int64", (60,))):
    mask, predicted = (generator.uniform(size=(2, *shape)) < 0.35).astype(kind)
    here = [set(np.flatnonzero(each)) for each in (mask, predicted)]
    shared, either = len(here[0] & here[1]), len(here[0] | here[1])
    check(
        f"random masks of type {kind}",
        iou(mask.copy(), predicted.copy()),
        want=shared / either,
        secret=True,
        mistakes={
            "the intersection counts twice below: the union is both areas minus what they share": shared
            / (shared + either),
            "this is Dice: the divisor of IoU is the union": 2 * shared / (shared + either),
        },
    )
    kept = mask.copy(), predicted.copy()
    iou(mask, predicted)
    slips = {"an argument is changed: work on a copy": True}
    check("mask is untouched", mask, want=kept[0], secret=True, mistakes=slips)
    check("predicted is untouched", predicted, want=kept[1], secret=True, mistakes=slips)
left, right, nothing = np.zeros((3, 4, 6), "float32")
left[:, :2], right[:, 3:] = 1, 1
slips = {"only 0/0 counts as 1: these masks share nothing": 1.0}
check("disjoint masks", iou(left, right), want=0.0, secret=True, mistakes=slips)
check("nothing claimed", iou(left, nothing), want=0.0, secret=True, mistakes=slips)
slips = {"an empty mask alone is not 0/0: ask whether the divisor is 0": 1.0}
check("no object, but a claim", iou(nothing, left), want=0.0, secret=True, mistakes=slips)
check("contained", iou(left, np.ones((4, 6), "float32")), want=1 / 3, secret=True)
slips = {
    "0/0 must give 1: ask first whether the divisor is 0": np.nan,
    "0/0 counts as 1 here, not as 0": 0.0,
}
check("both empty", iou(nothing, nothing), want=1.0, secret=True, mistakes=slips)
### END HIDDEN TESTS


# %% nbgrader={"grade": false, "grade_id": "dice", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dice(mask, predicted):
    """Return twice the intersection over the sum of both areas: 2 TP / (2 TP + FP + FN)."""
    ### BEGIN SOLUTION
    mask, predicted = mask > 0.5, predicted > 0.5
    areas = mask.sum() + predicted.sum()
    return 2 * (mask & predicted).sum() / areas if areas else 1.0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "dice-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
mask, predicted = np.zeros((2, 4, 5), dtype=int)
mask[:2, :3], predicted[:2, 1:3], predicted[1, 3] = 1, 1, 1
check(
    "dice(mask, predicted)",
    dice(mask.copy(), predicted.copy()),
    want=8 / 11,
    mistakes={
        "the factor 2 is missing: otherwise even a perfect mask gets 1/2": 4 / 11,
        "this is IoU: Dice divides by both areas added up": 4 / 7,
        "twice the intersection belongs over both areas, not over the union": 8 / 7,
        "this is pixel accuracy: the background does not count": 17 / 20,
        "this is the Dice loss: the score itself is asked for": 3 / 11,
        "~ is no 'not' for whole numbers (~1 is -2): first make True and False, mask > 0.5": -8
        / 11,
    },
)
nothing = np.zeros((4, 5), dtype=int)
check(
    "dice of two empty masks: 0/0",
    dice(nothing.copy(), nothing.copy()),
    want=1.0,
    mistakes={
        "0/0 must give 1: ask first whether the divisor is 0": np.nan,
        "0/0 counts as 1 here, not as 0": 0.0,
    },
)

# %% nbgrader={"grade": true, "grade_id": "dice-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: random masks as floats and as True and False, three axes, disjoint, perfect, empty, the masks untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(79)
for kind, shape in (("float32", (7, 9)), ("bool", (4, 3, 5)), ("int64", (60,))):
    mask, predicted = (generator.uniform(size=(2, *shape)) < 0.35).astype(kind)
    here = [set(np.flatnonzero(each)) for each in (mask, predicted)]
    shared, both = len(here[0] & here[1]), len(here[0]) + len(here[1])
    check(
        f"random masks of type {kind}",
        dice(mask.copy(), predicted.copy()),
        want=2 * shared / both,
        secret=True,
        mistakes={
            "the factor 2 is missing: otherwise even a perfect mask gets 1/2": shared / both,
            "this is IoU: Dice divides by both areas added up": shared / (both - shared),
        },
    )
    kept = mask.copy(), predicted.copy()
    dice(mask, predicted)
    slips = {"an argument is changed: work on a copy": True}
    check("mask is untouched", mask, want=kept[0], secret=True, mistakes=slips)
    check("predicted is untouched", predicted, want=kept[1], secret=True, mistakes=slips)
left, right, nothing = np.zeros((3, 4, 6), "float32")
left[:, :2], right[:, 3:] = 1, 1
slips = {"only 0/0 counts as 1: these masks share nothing": 1.0}
check("disjoint masks", dice(left, right), want=0.0, secret=True, mistakes=slips)
check("nothing claimed", dice(left, nothing), want=0.0, secret=True, mistakes=slips)
slips = {"an empty mask alone is not 0/0: ask whether the divisor is 0": 1.0}
check("no object, but a claim", dice(nothing, left), want=0.0, secret=True, mistakes=slips)
check("perfect", dice(right, right), want=1.0, secret=True)
slips = {
    "0/0 must give 1: ask first whether the divisor is 0": np.nan,
    "0/0 counts as 1 here, not as 0": 0.0,
}
check("both empty", dice(nothing, nothing), want=1.0, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# What do these numbers look like? Take the mask of the first test scene, move it sideways pixel by pixel,
# and measure. Before you run it: guess the IoU of a mask that is off by only six of 64 pixels.

# %%
truth = test_masks[0, ..., 0]
shifts = range(0, 33, 2)
moved = [np.roll(truth, shift, axis=1) for shift in shifts]

# %%
figure, ax = plt.subplots(figsize=(6.8, 3.4))
for name, score, colour in (("Dice", dice, GREEN), ("IoU", iou, BLUE)):
    ax.plot(shifts, [score(truth, each) for each in moved], "o-", color=colour, label=name)
accuracies = [np.mean(truth == each) for each in moved]
ax.plot(shifts, accuracies, "s--", color=ORANGE, label="pixel accuracy")
ax.axhline(1 - truth.mean(), color="grey", linestyle=":")
ax.text(32, 1.01 - truth.mean(), "accuracy of an empty mask", color="grey", ha="right", va="bottom")
ax.set(xlabel="the mask is moved by (pixels)", ylabel="score", ylim=(0, 1.05))
ax.set_title("A mask 14 pixels off has the accuracy of no mask at all")
ax.legend(loc="lower left")
show(
    figure,
    f"Moved by 6 pixels the mask keeps an accuracy of {accuracies[3]:.2f}, but its IoU is {iou(truth, moved[3]):.2f} and its Dice {dice(truth, moved[3]):.2f}; at 14 pixels the IoU is {iou(truth, moved[7]):.2f}.",
)

# %%
lazy_iou = np.mean(
    [iou(mask, nothing) for mask, nothing in zip(test_masks, empty_mask, strict=True)]
)
full_iou = np.mean([iou(mask, np.ones_like(mask)) for mask in test_masks])
print(f"background everywhere: accuracy {lazy:.2f}, mean IoU {lazy_iou:.2f}")
print(f"object everywhere:     accuracy {area:.2f}, mean IoU {full_iou:.2f}")

# %% [markdown]
# IoU and Dice never disagree about which of two masks of one image is better: Dice = 2 IoU / (1 + IoU). IoU is the
# stricter number, and the one we report. An IoU of .5 looks poor to the eye, .9 looks right.

# %% [markdown]
# ### Question 3 · 98 percent (1 point)
#
# A company sells a network that marks damage on photos of wind turbine blades. Damage covers 2 % of
# the pixels. "Our network has 98 % pixel accuracy." What do you know now?
# - **a** it finds nearly all damage
# - **b** it finds no damage at all
# - **c** nearly every pixel that it marks is damaged
# - **d** next to nothing: an empty mask reaches 98 % too; ask for IoU, or precision and recall

# %% nbgrader={"grade": false, "grade_id": "ninety_eight", "locked": false, "schema_version": 3, "solution": true, "task": false}
# ninety_eight = "a", "b", "c" or "d"
### BEGIN SOLUTION
ninety_eight = "d"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "ninety_eight-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "98 percent",
    ninety_eight,
    right="d",
    reasons={
        "a": "that would be recall; a network that misses everything has this accuracy as well",
        "b": "it may be so, but a network that finds half of it and invents as much has 98 % too",
        "c": "that would be precision, and accuracy does not tell it",
    },
)

# %% [markdown]
# ## 5 · A loss for masks
#
# Cross-entropy (lesson 2) with two classes a pixel is the **binary cross-entropy**: $-\ln p$ on the object,
# $-\ln(1-p)$ elsewhere. Averaged over pixels it has accuracy's weakness: with 2 % object, "background
# everywhere" is a comfortable place to rest. So let the network work on Dice itself (Milletari
# and others, V-Net, 2016). But Dice counts pixels, and a count has no slope: nudge a weight, and no pixel
# changes sides. The trick is to count **softly**: use the probabilities $p$ as they are, with $y$ the mask.
# $$\text{loss} = 1 - \frac{2 \sum y\,p + 1}{\sum y + \sum p + 1}$$

# %% [markdown]
# Where $p$ is 0 or 1, this is 1 minus Dice (but for the two 1s, which keep empty masks away from 0/0).
# By hand, two pixels: $y = (1, 0)$, $p = (0.8, 0.2)$: $1 - (1.6 + 1)/(1 + 1 + 1) = 0.133$.
#
# ### Exercise 10 · the Dice loss (3 points)
#
# `y_true` and `y_pred` are tensors of shape (batch, height, width, 1). Sum over each image, **not over the
# batch** (`ops.sum(x, axis=(1, 2, 3))`), and return one loss an image, shape (batch,). Use `keras.ops`
# throughout (`ops.sum`, and `+ - * /`), not NumPy, so that Keras can find the slopes. No rounding.


# %% nbgrader={"grade": false, "grade_id": "dice_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dice_loss(y_true, y_pred):
    """Return the soft Dice loss of each image, (batch,), for masks (batch, height, width, 1)."""
    ### BEGIN SOLUTION
    shared = ops.sum(y_true * y_pred, axis=(1, 2, 3))
    areas = ops.sum(y_true, axis=(1, 2, 3)) + ops.sum(y_pred, axis=(1, 2, 3))
    return 1 - (2 * shared + 1) / (areas + 1)
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "loss_slopes", "locked": true, "schema_version": 3, "solution": false, "task": false}
def loss_slopes(y_true, y_pred):
    """Return how `dice_loss`, summed over the batch, changes with each prediction; None if it has no slope (given)."""
    y_pred = tf.constant(y_pred)
    with tf.GradientTape() as tape:
        tape.watch(y_pred)
        loss = tf.reduce_sum(dice_loss(tf.constant(y_true), y_pred))
    slopes = tape.gradient(loss, y_pred)
    return None if slopes is None else slopes.numpy()


# %% nbgrader={"grade": true, "grade_id": "dice_loss-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
generator = np.random.default_rng(10)
y = (generator.uniform(size=(3, 4, 5, 1)) < [[[[0.2]]], [[[0.5]]], [[[0.8]]]]).astype("float32")
p = generator.uniform(size=(3, 4, 5, 1)).astype("float32")
shared, areas = (y * p).sum(axis=(1, 2, 3)), y.sum(axis=(1, 2, 3)) + p.sum(axis=(1, 2, 3))
right, hard = 1 - (2 * shared + 1) / (areas + 1), (p > 0.5).astype("float32")
check(
    "dice_loss(y_true, y_pred) of three images",
    np.asarray(dice_loss(y, p)),
    want=right,
    tolerance=1e-4,
    mistakes={
        "one loss for each image: sum over axes 1, 2 and 3, not over the batch": 1
        - (2 * shared.sum() + 1) / (areas.sum() + 1),
        "the losses are averaged over the batch: return one for each image": right.mean(),
        "this is the Dice score: the loss is 1 minus it": 1 - right,
        "the factor 2 is missing": 1 - (shared + 1) / (areas + 1),
        "the two 1s are missing: an empty mask gives 0/0": 1 - 2 * shared / areas,
        "the 1 is added below only: above as well": 1 - 2 * shared / (areas + 1),
        "the prediction is rounded: then nothing has a slope": 1
        - (2 * (y * hard).sum(axis=(1, 2, 3)) + 1)
        / (y.sum(axis=(1, 2, 3)) + hard.sum(axis=(1, 2, 3)) + 1),
        "this divides by the union: Dice divides by both areas added up": 1
        - (2 * shared + 1) / (areas - shared + 1),
        "sums are means here: with means the 1s weigh as much as an image": 1
        - (2 * shared / 20 + 1) / (areas / 20 + 1),
    },
)

# %% nbgrader={"grade": true, "grade_id": "dice_loss-check2", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
y = np.array([1, 0, 0, 1, 1, 0], "float32").reshape(1, 2, 3, 1)
p = np.array([0.8, 0.2, 0.4, 0.6, 0.9, 0.3], "float32").reshape(1, 2, 3, 1)
try:
    slopes, broken = loss_slopes(y, p), False
except AttributeError:  # the loss left TensorFlow altogether
    slopes, broken = None, True
above, below = 2 * 2.3 + 1, 6.2 + 1
all_lost = broken or slopes is None or not np.any(slopes)
half_lost = not all_lost and any(
    np.allclose(slopes, part, atol=1e-3) for part in (-2 * y / below, above / below**2)
)
check_that(
    "the loss has a slope for every prediction",
    not all_lost and abs(np.asarray(slopes)).min() > 0,
    "TensorFlow finds no slopes, or some are 0",
    mistakes={
        "the slope is lost: use keras.ops instead of NumPy, and no rounding or threshold": all_lost,
        "half of the quotient has no slope: keep NumPy and stop_gradient out of both": half_lost,
    },
)
check(
    "the slopes of the loss",
    slopes,
    want=-(2 * y * below - above) / below**2,
    tolerance=1e-3,
    mistakes={
        "this rises where the loss should fall: the loss is 1 minus Dice": (2 * y * below - above)
        / below**2,
        "half of the quotient has no slope: keep NumPy and stop_gradient out of both": half_lost,
    },
)

# %% nbgrader={"grade": true, "grade_id": "dice_loss-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: empty masks, a perfect and a hopeless prediction, one image, slopes of a batch
### BEGIN HIDDEN TESTS
full, nothing = np.ones((2, 6, 4, 1), "float32"), np.zeros((2, 6, 4, 1), "float32")
slips = {"the two 1s are missing: an empty mask gives 0/0": [np.nan, np.nan]}
check(
    "both empty: no loss",
    np.asarray(dice_loss(nothing, nothing)),
    want=[0.0, 0.0],
    tolerance=1e-5,
    secret=True,
    mistakes=slips,
)
check(
    "perfect: no loss",
    np.asarray(dice_loss(full, full)),
    want=[0.0, 0.0],
    tolerance=1e-5,
    secret=True,
)
check(
    "all missed",
    np.asarray(dice_loss(full, nothing)),
    want=[24 / 25] * 2,
    tolerance=1e-4,
    secret=True,
)
check(
    "one image",
    np.asarray(dice_loss(full[:1], nothing[:1])),
    want=[24 / 25],
    tolerance=1e-4,
    secret=True,
)
generator = np.random.default_rng(80)
y = (generator.uniform(size=(3, 5, 4, 1)) < 0.3).astype("float32")
p = generator.uniform(size=(3, 5, 4, 1)).astype("float32")
above = 2 * (y * p).sum(axis=(1, 2, 3), keepdims=True) + 1
below = (y + p).sum(axis=(1, 2, 3), keepdims=True) + 1
slopes = loss_slopes(y, p)
check(
    "slopes of a batch",
    slopes,
    want=-(2 * y * below - above) / below**2,
    tolerance=1e-3,
    secret=True,
    mistakes={
        "the slope is lost: use keras.ops instead of NumPy, and no rounding or threshold": slopes
        is None
    },
)
### END HIDDEN TESTS

# %% [markdown]
# Cross-entropy is good at single pixels, Dice at whole masks, so many people add the two. So do we:


# %%
def segmentation_loss(y_true, y_pred):
    """Add cross-entropy and the Dice loss, one number an image."""
    entropy = keras.losses.binary_crossentropy(y_true, y_pred)  # (batch, height, width)
    return ops.mean(entropy, axis=(1, 2)) + dice_loss(y_true, y_pred)


# %% [markdown]
# ## 6 · U-Net
#
# Now build. The encoder halves the map twice and sees far: at 16 x 16 a 3 x 3 window spans 12 pixels of
# the image. But 16 x 16 places cannot say where exactly an edge runs. The encoder *knew* it, two poolings
# ago. So Ronneberger, Fischer and Brox (2015) hand those early maps straight over to the decoder. The
# drawing has the shape that gave the network its name:

# %% [markdown]
# ```
#   image                                                                       mask
#     |                                                                           |  1x1, sigmoid
#  16-16  ------------------------- skip: concatenate ---------------------->  16-16
#     | pool                                                               up     |
#     32-32  ------------------ skip: concatenate ------------------->  32-32
#        | pool                                                   up       |
#        +------------------------->  32-64  ------------------------------+
# ```

# %% [markdown]
# Each pair of numbers is a **section**: two convolutions with that many filters. The original has 23
# convolutional layers, and won the ISBI cell tracking challenge of 2015 with a few dozen annotated images;
# ours has eleven.
#
# ### Exercise 11 · a section (2 points)
#
# Return a `keras.Sequential` of six layers: `layers.Conv2D(filters1, 3, padding="same")`,
# `layers.BatchNormalization(momentum=0.9)`, `layers.ReLU()`, and the same three again with `filters2`.
# Batch normalisation matters here: without it this network often learns nothing. (No `keras.Input`: the
# section finds out its channels when it is used.)


# %% nbgrader={"grade": false, "grade_id": "section", "locked": false, "schema_version": 3, "solution": true, "task": false}
def section(filters1, filters2):
    """Return two convolutions with batch normalisation and ReLU, as a layer: section(16, 32)(x)."""
    ### BEGIN SOLUTION
    stack = keras.Sequential()
    for filters in (filters1, filters2):
        stack.add(layers.Conv2D(filters, 3, padding="same"))
        stack.add(layers.BatchNormalization(momentum=0.9))
        stack.add(layers.ReLU())
    return stack
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "section_network", "locked": true, "schema_version": 3, "solution": false, "task": false}
def section_network(height, width, channels, filters1, filters2):
    """Return a Keras model that is one section (given: the checks look at it)."""
    inputs = keras.Input((height, width, channels))
    return keras.Model(inputs, section(filters1, filters2)(inputs))


# %% nbgrader={"grade": true, "grade_id": "section-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def weights_of(*pairs, norms=True, kernel=9):
    """Count the weights of convolutions (channels in, channels out) with biases and norms."""
    return sum(kernel * i * o + o + (4 * o if norms else 0) for i, o in pairs)


model = section_network(5, 7, 2, 3, 4)
total, shape = model.count_params(), tuple(model.output_shape[1:])
fixed = sum(int(np.prod(w.shape)) for w in model.non_trainable_weights)
check_model(
    "section(3, 4) on 5 x 7 x 2",
    model,
    output_shape=(5, 7, 4),
    parameters=(weights_of((2, 3), (3, 4)) - 7, weights_of((2, 3), (3, 4))),
    mistakes={
        'the convolutions shrink the image: padding="same"': shape[:2] == (1, 3),
        "something changes the size: a section keeps height and width": shape[:2] != (5, 7),
        "the second convolution ignores filters2": shape[2] == 3
        and total == weights_of((2, 3), (3, 3)),
        "there is only one convolution: use filters1 and filters2": total
        in (weights_of((2, 4)), weights_of((2, 3))),
        "the two filters are swapped": total == weights_of((2, 4), (4, 3)),
        "both convolutions have filters2 filters: the first has filters1": total
        == weights_of((2, 4), (4, 4)),
        "batch normalisation is missing": fixed == 0,
        "batch normalisation stands after one convolution only": fixed in (6, 8),
        "the kernels are not 3 x 3": shape == (5, 7, 4) and fixed == 14,
    },
)
x = np.random.default_rng(11).normal(size=(2, 5, 7, 2)).astype("float32")
out = np.asarray(model(x))
for weight in model.weights:  # let the norms subtract: then what follows them shows
    if weight.name == "beta":
        weight.assign(weight - 0.5)
low = np.asarray(model(x)).min()
check_that(
    "the section ends on a ReLU",
    out.min() >= 0 and (out == 0).any() and low >= 0,
    f"its outputs run from {min(low, out.min()):.3g} to {out.max():.3g}",
    mistakes={
        "the ReLU comes before the norm: the order is convolution, batch normalisation, ReLU": low
        < 0
        and out.min() >= 0,
        "the last ReLU is missing, or another activation stands there": True,
    },
)

# %% nbgrader={"grade": true, "grade_id": "section-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: exact values for given weights, at rest and in training, the order of the layers, other widths
### BEGIN HIDDEN TESTS
model = section_network(6, 5, 3, 4, 2)
generator = np.random.default_rng(111)
x = generator.normal(size=(4, 6, 5, 3)).astype("float32")
ranges = {"gamma": (0.5, 1.5), "beta": (-1, 1), "moving_mean": (-2, 2), "moving_variance": (0.5, 2)}
for weight in model.weights:  # norms with numbers of their own: the order of the layers shows
    if len(weight.shape) == 4:
        weight.assign(generator.normal(size=weight.shape))
    elif weight.name in ranges:
        weight.assign(generator.uniform(*ranges[weight.name], size=weight.shape))
norms = {name: [w.numpy() for w in model.weights if w.name == name] for name in ranges}
kernels = [w.numpy() for w in model.weights if len(w.shape) == 4]
check_that(
    "two convolutions, each with a batch normalisation",
    [len(each) for each in (kernels, *norms.values())] == [2] * 5,
    "",
    secret=True,
    mistakes={
        "batch normalisation is missing": not norms["moving_mean"],
        "batch normalisation stands after one convolution only": len(norms["moving_mean"]) == 1,
    },
)


def same(x, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(
        np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0))), (3, 3), axis=(1, 2)
    )
    return np.einsum("nrcmij,ijmo->nrco", windows, kernel)


def through(*orders, training=False):
    """Compute a section by hand: "nr" is norm, then ReLU; return the output, the norms' batch means."""
    z, means = x, []
    for k, order in enumerate(orders):
        z = same(z, kernels[k])
        for step in order:
            if step == "r":
                z = np.maximum(z, 0)
                continue
            mean, variance = norms["moving_mean"][k], norms["moving_variance"][k]
            if training:
                mean, variance = z.mean(axis=(0, 1, 2)), z.var(axis=(0, 1, 2))
            means.append(mean)
            z = (z - mean) / np.sqrt(variance + 0.001) * norms["gamma"][k] + norms["beta"][k]
    return z, means


def is_like(*orders):
    return any(np.allclose(got, through(*order)[0], atol=0.01) for order in orders)


got = np.asarray(model(x))
early = [(first, last) for first in ("nr", "rn", "rnr") for last in ("nr", "rn", "rnr")]
check(
    "given weights",
    got,
    want=through("nr", "nr")[0],
    tolerance=0.01,
    secret=True,
    mistakes={
        "the ReLU between the two convolutions is missing": is_like(("n", "nr")),
        "the last ReLU is missing, or another activation stands there": is_like(("nr", "n")),
        "the ReLU comes before the norm: the order is convolution, batch normalisation, ReLU": is_like(
            *[pair for pair in early if "rn" in pair]
        ),
        "there is one ReLU for each convolution, after its norm: none before it": is_like(
            *[pair for pair in early if "rn" not in pair and "rnr" in pair]
        ),
    },
)
want, means = through("nr", "nr", training=True)
got = np.asarray(model(x, training=True))
now = np.concatenate([w.numpy() for w in model.weights if w.name == "moving_mean"])
again = np.asarray(model(x, training=True))
check(
    "given weights, in training",
    got,
    want=want,
    tolerance=0.01,
    secret=True,
    mistakes={
        "something is drawn at random in training: no Dropout and no noise": not np.allclose(
            got, again
        )
    },
)
old, batch = np.concatenate(norms["moving_mean"]), np.concatenate(means)
check(
    "the moving means after one step of training",
    now,
    want=0.9 * old + 0.1 * batch,
    tolerance=0.003,
    secret=True,
    mistakes={"the momentum is not 0.9: layers.BatchNormalization(momentum=0.9), both times": True},
)
model = section_network(4, 4, 1, 16, 32)
check_model(
    "section(16, 32)", model, output_shape=(4, 4, 32), parameters=(4992 - 48, 4992), secret=True
)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 12 · U-Net (3 points)
#
# Build the drawing above with your `section`. In words: begin with `inputs = keras.Input((None, None,
# channels))`, so that any image fits whose sides are multiples of 4. **Down:** `first = section(16, 16)(inputs)`;
# `layers.MaxPooling2D(2)`, `section(32, 32)`: call it `second`; pool again; `section(32, 64)`. **Up:**
# `layers.UpSampling2D(2)` (nearest neighbour); **if** `skips`, `layers.Concatenate()` with `second`;
# `section(32, 32)`; up again; if `skips`, concatenate with `first`; `section(16, 16)`. At last
# `layers.Conv2D(1, 1, activation="sigmoid")`. Return `keras.Model(inputs, outputs)`, not compiled.


# %% nbgrader={"grade": false, "grade_id": "build_unet", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_unet(channels=3, skips=True):
    """Return a Keras model: images (batch, h, w, channels) -> probabilities (batch, h, w, 1)."""
    ### BEGIN SOLUTION
    inputs = keras.Input((None, None, channels))
    first = section(16, 16)(inputs)
    second = section(32, 32)(layers.MaxPooling2D(2)(first))
    x = section(32, 64)(layers.MaxPooling2D(2)(second))
    for skip, filters in ((second, 32), (first, 16)):
        x = layers.UpSampling2D(2)(x)
        if skips:
            x = layers.Concatenate()([x, skip])
        x = section(filters, filters)(x)
    return keras.Model(inputs, layers.Conv2D(1, 1, activation="sigmoid")(x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build_unet-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def unet_weights(channels, deep=64, up=(96, 48), last=17):
    """Count a U-Net's weights, given what its two decoder sections take in."""
    pairs = ((channels, 16), (16, 16), (16, 32), (32, 32), (32, 32), (32, deep))
    pairs += ((up[0], 32), (32, 32), (up[1], 16), (16, 16))
    return sum(9 * i * o + o + 4 * o for i, o in pairs) + last


model = build_unet()
total, inputs = model.count_params(), tuple(model.input_shape[1:])
check_model(
    "build_unet()",
    model,
    parameters=(unet_weights(3) - 288, unet_weights(3)),
    mistakes={
        "the skips are missing: concatenate when skips is True": unet_weights(3, up=(64, 32)) - 288
        <= total
        <= unet_weights(3, up=(64, 32)),
        "only one skip is there: second joins first, first joins last": total
        in (unet_weights(3, up=(96, 32)), unet_weights(3, up=(64, 48))),
        "the lowest section has 32 and 64 filters": total
        in (unet_weights(3, deep=32, up=(64, 48)), unet_weights(3, deep=32, up=(64, 48)) - 256),
        "the last layer has a kernel of 1 x 1": total
        in (unet_weights(3, last=145), unet_weights(3, last=145) - 288),
        "there is one map at the end, not two": total
        in (unet_weights(3, last=34), unet_weights(3, last=34) - 288),
        "enlarge with UpSampling2D: transposed convolutions have weights of their own": total
        > unet_weights(3) + 5000,
    },
)
check_that(
    "any size fits",
    inputs == (None, None, 3),
    f"it takes images of shape {inputs}",
    mistakes={
        "the size is fixed: leave height and width open with None": inputs[:2] != (None, None)
    },
)
images = np.random.default_rng(12).uniform(-3, 3, size=(2, 16, 24, 3)).astype("float32")
out = np.asarray(model(images))
check(
    "the output for images of 16 x 24",
    out,
    shape=(2, 16, 24, 1),
    mistakes={
        "the map is larger than the image: pool as often as you enlarge": out.shape[1] > 16,
        "the map is smaller than the image: enlarge as often as you pool": out.shape[1] < 16,
    },
)
big = np.asarray(model(images * 1e4))
check_that(
    "the outputs are probabilities",
    big.min() >= 0 and big.max() <= 1,
    f"for strong inputs they run from {big.min():.3g} to {big.max():.3g}",
    mistakes={"the sigmoid at the end is missing": True},
)

# %% nbgrader={"grade": true, "grade_id": "build_unet-check2", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
plain = build_unet(channels=1, skips=False)
total = plain.count_params()
check_model(
    "build_unet(channels=1, skips=False)",
    plain,
    parameters=(79937 - 288, 79937),  # biases before a norm may be left out
    mistakes={
        "the number of channels is fixed: use the argument": plain.input_shape[-1] != 1,
        "the skips are there although skips is False": 91457 - 288 <= total <= 91457,
    },
)
check(
    "the output for images of 12 x 8",
    np.asarray(plain(np.zeros((3, 12, 8, 1), "float32"))),
    shape=(3, 12, 8, 1),
)

# %% nbgrader={"grade": true, "grade_id": "build_unet-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: exact values for given kernels, with skips and without; nothing random in training
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(121)
images = generator.normal(size=(1, 12, 8, 2)).astype("float32")


def cell(x, kernel):
    side = kernel.shape[0] // 2
    frame = np.pad(x, ((0, 0), (side, side), (side, side), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(frame, kernel.shape[:2], axis=(1, 2))
    return np.einsum("nrcmij,ijmo->nrco", windows, kernel)


def bilinear(x):
    return np.asarray(layers.UpSampling2D(2, interpolation="bilinear")(x.astype("float32")))


def nearest(x):
    return x.repeat(2, axis=1).repeat(2, axis=2)


def by_hand(kernels, skips, pool=np.max, flip=False, enlarge=nearest):
    kernels = list(kernels)

    def two(x):
        for _ in range(2):
            x = np.maximum(cell(x, kernels.pop(0)) / np.sqrt(1.001), 0)
        return x

    def down(x):
        n, h, w, c = x.shape
        return pool(x.reshape(n, h // 2, 2, w // 2, 2, c), axis=(2, 4))

    first = two(images)
    second = two(down(first))
    x = two(down(second))
    for skip in (second, first):
        x = enlarge(x)
        if skips:
            x = np.concatenate([skip, x] if flip else [x, skip], axis=-1)
        x = two(x)
    return 1 / (1 + np.exp(-cell(x, kernels.pop(0))))


for skips in (True, False):
    model = build_unet(channels=2, skips=skips)
    model.set_weights(
        [
            generator.normal(0, np.sqrt(2 / np.prod(w.shape[:-1])), w.shape) if w.ndim == 4 else w
            for w in model.get_weights()
        ]
    )
    kernels = [w for w in model.get_weights() if w.ndim == 4]
    got = np.asarray(model(images))
    fits = [by_hand(kernels, skips, flip=flip) for flip in (False, True)]
    want = min(fits, key=lambda each: abs(each - got).max() if each.shape == got.shape else np.inf)
    means = [by_hand(kernels, skips, pool=np.mean, flip=flip) for flip in (False, True)]
    averaged = any(np.allclose(each, got, atol=0.005) for each in means)
    soft = [by_hand(kernels, skips, enlarge=bilinear, flip=flip) for flip in (False, True)]
    smooth = any(np.allclose(each, got, atol=0.005) for each in soft)
    check(
        f"given kernels, skips={skips}",
        got,
        want=want,
        tolerance=0.005,
        secret=True,
        mistakes={
            "this averages where it should take the maximum: MaxPooling2D": averaged,
            "enlarge by nearest neighbour: UpSampling2D(2) as it is": smooth,
        },
    )


def drawn(model):
    one, other = (np.asarray(model(images, training=True)) for _ in range(2))
    return not np.allclose(one, other)


check_that(
    "twice the same in training",
    not drawn(model) or drawn(section_network(12, 8, 2, 16, 16)),  # a section has its own test
    "",
    secret=True,
    mistakes={"something is drawn at random in training: no Dropout and no noise": True},
)
### END HIDDEN TESTS

# %%
seed_everything(0)
unet = build_unet()
print(
    f"{unet.count_params():,} parameters; without skips {build_unet(skips=False).count_params():,}"
)
for shape in ((1, 64, 64, 3), (1, 112, 512, 3)):
    print(f"images {shape} -> masks {unet(np.zeros(shape, 'float32')).shape}")

# %% [markdown]
# ## 7 · Training
#
# Adam, with a learning rate that falls along a cosine (lesson 3), batches of 16. The orange curve is the IoU
# on validation scenes, all pixels counted together. TensorBoard logs it too: run `%load_ext tensorboard`
# and `%tensorboard --logdir logs` in a new cell.


# %%
def train(model, data, epochs, run, lr=3e-3):
    """Train a segmentation network on (images, masks, validation images, validation masks)."""
    images, masks, *validation = data
    steps = max(1, -(-len(images) // 16) * epochs)
    rate = keras.optimizers.schedules.CosineDecay(lr, steps)
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss=segmentation_loss,
        metrics=[keras.metrics.BinaryIoU([1], name="iou")],
    )
    callbacks = watch(run, epochs, metric="iou")
    with quiet_stderr():  # hides a harmless message of TensorFlow
        model.fit(
            images,
            masks,
            batch_size=16,
            epochs=epochs,
            verbose=0,
            validation_data=tuple(validation),
            callbacks=callbacks,
        )


# %%
scenes = (train_images, train_masks, validation_images, validation_masks)
seed_everything(0)
unet = build_unet()
begin = time.process_time()
train(unet, scenes, epochs=budget(full=7, short=1), run="unet")
print(f"{time.process_time() - begin:.0f} processor seconds of training")


# %%
def predict(model, images):
    """Return the probabilities of a network, (count, height, width)."""
    return model.predict(images, batch_size=64, verbose=0)[..., 0]


def mean_iou(masks, probabilities):
    """Average the IoU over images; from probability 0.5 on a pixel counts as object."""
    pairs = zip(masks[..., 0], probabilities, strict=True)
    return np.mean([iou(mask, guess > 0.5) for mask, guess in pairs])


# %%
unet_test = predict(unet, test_images)
unet_iou = mean_iou(test_masks, unet_test)
frames = np.pad(test_images, ((0, 0), (REACH, REACH), (REACH, REACH), (0, 0)))
patch_iou = mean_iou(test_masks, predict(patch_net, frames))
report_result(
    "U-Net, mean IoU on 400 test scenes", unet_iou,
    baseline=full_iou, baseline_name="everything is an object", tolerance=0.03,
)  # fmt: skip
report_result(
    "patch classifier, mean IoU on 400 test scenes", patch_iou,
    baseline=full_iou, baseline_name="everything is an object", tolerance=0.06,
)  # fmt: skip

# %% [markdown]
# "Object everywhere" has an IoU of 0.22, the patch classifier with its 15 pixels 0.47, U-Net **0.90**
# (four runs: 0.885 to 0.904), after seven epochs of training; it passes 0.85 after three or four. Look at
# the pictures before you believe a mean: half of the scenes have 0.92 or more, but a few fail altogether,
# such as the last one.

# %%
scores = np.array([iou(m, p > 0.5) for m, p in zip(test_masks[..., 0], unet_test, strict=True)])
ranked = np.argsort(-scores)
chosen = ranked[np.linspace(0, len(ranked) - 1, 8).astype(int)]  # from the best to the worst
figure, axes = plt.subplots(3, 8, figsize=(9.4, 3.9))
for column, index in zip(axes.T, chosen, strict=True):
    draw_image(column[0], test_images[index])
    draw_image(column[1], test_masks[index, ..., 0])
    draw_image(column[2], unet_test[index], below=f"IoU {scores[index]:.2f}")
for ax, name in zip(axes[:, 0], ("image", "mask", "U-Net"), strict=True):
    ax.set_ylabel(name)
figure.suptitle("Eight test scenes, from the best to the worst", x=0.01, ha="left", size=12)
show(
    figure,
    f"Objects and backgrounds are new to the network; the median IoU is {np.median(scores):.2f}, nine tenths of the scenes reach {np.quantile(scores, 0.1):.2f}.",
)


# %% [markdown]
# Two harder exams, without any new training: emoji in a **seventh style** that it never saw, and
# **photographed** animals, fruit and flowers, cut out and laid on the same test backgrounds.

# %%
exams = {"emoji in an unseen style": {"sprites": "emoji", "styles": "unseen"}}
exams["photographed things"] = {"sprites": "cutouts"}
hard = {}
for name, options in exams.items():
    images, masks = segmentation_scenes("test", budget(200, short=8), **options)
    hard[name] = (images, masks, predict(unet, images))
    everywhere = np.mean([iou(mask, np.ones_like(mask)) for mask in masks])
    report_result(
        f"U-Net, mean IoU on 200 scenes with {name}", mean_iou(masks, hard[name][2]),
        baseline=everywhere, baseline_name="everything is an object", tolerance=0.08,
    )  # fmt: skip

# %%
figure, axes = plt.subplots(3, 8, figsize=(9.4, 3.9))
for k, (images, masks, guesses) in enumerate(hard.values()):
    for i in range(4):
        column = axes[:, 4 * k + i]
        draw_image(column[0], images[i])
        draw_image(column[1], masks[i, ..., 0])
        score = iou(masks[i, ..., 0], guesses[i] > 0.5)
        draw_image(column[2], guesses[i], below=f"IoU {score:.2f}")
for ax, name in zip(axes[:, 0], ("image", "mask", "U-Net"), strict=True):
    ax.set_ylabel(name)
reached = ", ".join(f"{name} {mean_iou(*pair[1:]):.2f}" for name, pair in hard.items())
for column, name in ((0, "an unseen style"), (4, "photographed things")):
    axes[0, column].set_title(name, size=11)
show(
    figure,
    f"Without any new training: {reached}.",
)

# %% [markdown]
# 0.84 in a style that it never saw, and 0.33 on photographs of things. The network learned what sets a
# *drawing* apart from a photograph, flat colours and clean outlines, since that was enough in training. It
# is no fault of U-Net: a network knows what its training scenes show, and nothing else.

# %% [markdown]
# The network returns probabilities; where to cut is your choice. Move the threshold: a low one claims
# much (high recall), a high one claims only what is sure (high precision).


# %%
MEASURES = {"precision": (precision, ORANGE), "recall": (recall, BLUE), "IoU": (iou, GREEN)}


def draw_threshold(threshold, scene):
    """Draw one scene cut at a threshold, and the scores at all thresholds."""
    index, cuts = ranked[scene % len(ranked)], np.linspace(0.05, 0.95, 19)
    mask, chances = test_masks[index, ..., 0], unet_test[index]
    figure, (left, right) = plt.subplots(1, 2, figsize=(7.8, 3), width_ratios=(1, 1.6))
    draw_image(left, test_images[index] * (0.3 + 0.7 * (chances[..., None] > threshold)))
    for name, (score, colour) in MEASURES.items():
        right.plot(cuts, [score(mask, chances > cut) for cut in cuts], color=colour, label=name)
    right.axvline(threshold, color="grey", linestyle=":")
    right.set(xlabel="threshold", ylabel="score", ylim=(0, 1.05), title="Where to cut?")
    right.legend(loc="lower left")
    at = ", ".join(
        f"{name} {score(mask, chances > threshold):.2f}" for name, (score, _) in MEASURES.items()
    )
    show(figure, f"Cut at {threshold:.2f}, this mask has {at}.")


# %%
play(draw_threshold, threshold=(0.5, 0.05, 0.95, 0.05), scene=(300, 0, 399, 1))

# %% [markdown]
# ## 8 · What are the skips worth?
#
# Take them out and train again: the same scenes, the same epochs, the same start. The network without skips
# has the same depth and sees as far. Where do you expect its mistakes?

# %%
seed_everything(0)
plain = build_unet(skips=False)
train(plain, scenes, epochs=budget(full=7, short=0), run="no skips")
plain_test = predict(plain, test_images)
plain_iou = mean_iou(test_masks, plain_test)
report_result(
    "the same without skips, mean IoU on 400 test scenes", plain_iou,
    baseline=full_iou, baseline_name="everything is an object", tolerance=0.03,
)  # fmt: skip

# %%
truth = test_masks[..., 0] > 0.5
grown = [ndimage.binary_dilation(mask, iterations=2) for mask in truth]
shrunk = [ndimage.binary_erosion(mask, iterations=2) for mask in truth]
edge = np.array(grown) & ~np.array(shrunk)  # within 2 pixels of an outline
rates = {}
for name, guess in (("without", plain_test), ("with", unet_test)):
    wrong = (guess > 0.5) != truth
    rates[name] = (100 * wrong[edge].mean(), 100 * wrong[~edge].mean())
    print(
        f"{name:8} skips: {rates[name][0]:.1f} % of the pixels near an outline are wrong, {rates[name][1]:.1f} % elsewhere"
    )

# %%
figure, axes = plt.subplots(3, 4, figsize=(6.4, 5))
for row, index in zip(axes, ranked[len(ranked) // np.array([10, 4, 2])], strict=True):
    mask = test_masks[index, ..., 0]
    draw_image(row[0], test_images[index])
    draw_image(row[1], mask)
    for ax, guess, name in zip(row[2:], (plain_test, unet_test), rates, strict=True):
        draw_image(ax, guess[index] > 0.5, below=f"{name}: {iou(mask, guess[index] > 0.5):.2f}")
for ax, name in zip(axes[0], ("image", "mask", "without skips", "with skips"), strict=True):
    ax.set_title(name, size=10)
show(
    figure,
    "Without skips the network finds the objects, but adds lumps and rounds corners; with skips the masks are mostly cleaner (IoU below).",
)

# %%
figure, ax = plt.subplots(figsize=(5.6, 3))
for shift, (name, values), colour in zip((-0.2, 0.2), rates.items(), (ORANGE, BLUE), strict=True):
    ax.bar(np.arange(2) + shift, values, width=0.38, color=colour, label=name)
ax.set_xticks([0, 1], ["within 2 pixels of an outline", "elsewhere"])
ax.set(ylabel="wrong pixels (%)", title="Most mistakes lie near an outline")
ax.grid(axis="x", visible=False)
ax.legend()
near, far = zip(*rates.values(), strict=True)
show(
    figure,
    f"Near an outline {near[0]:.0f} % of the pixels are wrong without skips and {near[1]:.0f} % with them; elsewhere {far[0]:.1f} % and {far[1]:.1f} %.",
)

# %% [markdown]
# 0.87 without skips, 0.90 with them (four runs: 0.870 to 0.886 and 0.885 to 0.904; in one pair the gap was half a
# point). Mistakes crowd along the outlines: 14 wrong pixels in 100 with skips, 17.5 without. Elsewhere they are rare,
# 1.3 and 1.8, but nine pixels in ten lie there, so both parts of the gap count: fine maps place the outline, and here
# they also clear away false lumps.
#
# On the 200 validation scenes, all pixels counted together, the two curves end at the same height: the gap is small
# enough to vanish in one measure, or in one run. That is why we looked at several.

# %% [markdown]
# ### Question 4 · what does the skip carry? (1 point)
#
# Why does the decoder need the encoder's early maps, when the lowest section sees farthest of all?
# - **a** they carry *where exactly*: fine maps that pooling has thrown away; the depth carries *what*
# - **b** they carry the loss back to the first layers, which would otherwise not learn at all
# - **c** they make the network smaller
# - **d** they let the network see farther than the lowest section does

# %% nbgrader={"grade": false, "grade_id": "what_skips_carry", "locked": false, "schema_version": 3, "solution": true, "task": false}
# what_skips_carry = "a", "b", "c" or "d"
### BEGIN SOLUTION
what_skips_carry = "a"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "what_skips_carry-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "what the skip carries",
    what_skips_carry,
    right="a",
    reasons={
        "b": "the network without skips learned well, first layers included: eleven layers with batch norm are not too deep",
        "c": "concatenated maps make the decoder's kernels larger: the network grows by a seventh",
        "d": "early maps see less of the image, not more; the lowest section sees farthest",
    },
)

# %% [markdown]
# ## 9 · Real nuclei
#
# Composites are convenient; does it work on something that nobody pasted? One fluorescence microscope
# image, 512 x 512, with 125 cell nuclei outlined by hand (from the 2018 Data Science Bowl). We train on
# crops of its upper rows and test on its lowest 112 rows, which no crop has touched. Counting and
# outlining cells is what U-Net was made for.

# %%
crops, crop_masks = nuclei("train", budget(full=300, short=16))
held, held_masks = nuclei("validation", budget(full=100, short=8), size=64)
seed_everything(0)
cells = build_unet(channels=1)
train(cells, (crops, crop_masks, held, held_masks), epochs=budget(full=6, short=0), run="nuclei")

# %% [markdown]
# It learned on 64 x 64. It is fully convolutional, so give it the whole strip of 112 x 512 at once. And a
# fair baseline: nuclei are bright, so the best *threshold* on the training rows is the one to beat. (Always
# ask what the simplest thing would have reached.)

# %%
image, labels = nuclei_image()
strip, strip_mask = image[400:], labels[400:] > 0  # (112, 512)
found = np.asarray(cells(strip[None, ..., None]))[0, ..., 0]
cuts = np.linspace(0.02, 0.98, 97)
best = cuts[np.argmax([iou(labels[:288] > 0, image[:288] > cut) for cut in cuts])]
report_result(
    "nuclei, IoU on the test rows", iou(strip_mask, found > 0.5),
    baseline=iou(strip_mask, strip > best), baseline_name="the best threshold", tolerance=0.04,
)  # fmt: skip
counted = ndimage.label(ndimage.binary_opening(found > 0.5, iterations=2))[1]
drawn = ndimage.label(ndimage.binary_opening(strip_mask, iterations=2))[1]
outlined = len(np.unique(labels[400:])) - 1
print(f"connected pieces: {counted}, of the mask drawn by hand {drawn}; nuclei: {outlined}")

# %%
figure, axes = plt.subplots(3, 1, figsize=(8.2, 6.2))
bright = np.clip(strip / np.quantile(strip, 0.99), 0, 1)
draw_image(axes[0], bright, below="the test rows, one pass")
wrong = np.stack([found > 0.5, strip_mask & (found > 0.5), strip_mask], axis=-1).astype(float)
draw_image(axes[1], found, below="U-Net's probability")
draw_image(axes[2], wrong, below="white: right; red: invented; blue: missed")
show(
    figure,
    f"Trained on crops of 64 x 64, applied to 112 x 512 at once: IoU {iou(strip_mask, found > 0.5):.2f}.",
)

# %% [markdown]
# IoU 0.87, where the best threshold reaches 0.72. What is left to do shows in the count, 19 pieces for 33
# nuclei. Even the mask drawn by hand falls into only 24 pieces when counted this way: nuclei that touch become one, and
# slivers at the border are wiped away. The mask says *nucleus or not* for each pixel, not *which
# nucleus*. Telling instances apart is the next step (see "go further"). And mind the small print: one image,
# one laboratory, one stain. It says nothing about the next microscope.

# %% [markdown]
# ## 10 · Another way to see far: holes
#
# Pooling sees far, and loses the place. A **dilated** (or *atrous*, "with holes") convolution keeps the
# size and spreads the kernel: its 3 x 3 numbers stand `rate` pixels apart, with zeros in between. That is
# your bed of nails! Yu and Koltun (2016) and DeepLab (Chen and others, 2015 and 2017) segment with it. In
# Keras: `layers.Conv2D(16, 3, padding="same", dilation_rate=4)`.
#
# How far does a stack of layers see? Send a single bright pixel through them, and look how far it spreads.

# %%
pixel = np.zeros((size, size))
pixel[size // 2, size // 2] = 1
seen = {}
for rates_ in ((1, 1, 1), (1, 2, 4)):
    spread = pixel
    for rate in rates_:
        holes = bed_of_nails(np.ones((3, 3)), rate)[: 2 * rate + 1, : 2 * rate + 1]
        spread = signal.correlate2d(spread, holes, mode="same")
    seen[f"three layers, rates {rates_}"] = spread > 0

# %%
changed = test_images[:1].copy()
changed[0, size // 2, size // 2] = 1 - changed[0, size // 2, size // 2]
seen["our U-Net"] = (np.asarray(unet(changed)) != np.asarray(unet(test_images[:1])))[0, ..., 0]
widths = [int(np.ptp(np.flatnonzero(where.any(axis=0)))) + 1 for where in seen.values()]
figure, axes = plt.subplots(1, 3, figsize=(8.2, 3.1))
for ax, (name, where), width in zip(axes, seen.items(), widths, strict=True):
    draw_image(ax, where, title=name, below=f"{width} pixels wide, of {size}")
show(
    figure,
    f"Three 3 x 3 layers see 7 pixels; spread by 1, 2 and 4 they see 15 with the same 27 weights; U-Net, by pooling, {widths[2]} (the dots inside happen not to change).",
)

# %% [markdown]
# ### Question 5 · how far? (1 point)
#
# Each 3 x 3 layer with rate $d$ adds $2d$ pixels to the window that an output number depends on: $d$ on
# each side. How wide is the window after four layers with the rates 1, 2, 4 and 8?
# - **a** 9
# - **b** 15
# - **c** 31
# - **d** 81

# %% nbgrader={"grade": false, "grade_id": "how_far", "locked": false, "schema_version": 3, "solution": true, "task": false}
# how_far = "a", "b", "c" or "d"
### BEGIN SOLUTION
how_far = "c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "how_far-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "how far?",
    how_far,
    right="c",
    reasons={
        "a": "that is four layers without holes: 1 + 2 + 2 + 2 + 2",
        "b": "15 is the sum of the rates: each adds twice that, and the pixel itself counts too",
        "d": "the windows add up, they do not multiply: begin with 1 and add 2d a layer",
    },
)

# %% [markdown]
# ## Reflection (2 points, graded by hand)
#
# A friend wants to outline potholes on photos of roads; they fill about 1 % of the pixels. She has 200
# photos with masks and plans to train a network without skips, with cross-entropy, and to report pixel
# accuracy. What would you change, and why? Use numbers from this lesson. Name one thing that you would
# check before believing the result. Four to six sentences.

# %% [markdown] nbgrader={"grade": true, "grade_id": "reflection", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# I would add the skips: in my runs the network without them had 17.5 % wrong pixels near the outlines
# and the one with them 14 %, and a pothole is nearly all outline. I would add the Dice loss to the
# cross-entropy, which is content with "road everywhere" when 99 % of the pixels are road. And I would report
# IoU, with precision and recall: an empty mask has 99 % accuracy on her photos (78 % on our scenes) and an IoU
# of 0. Beside it I would put a simple baseline, such as the best threshold on brightness, which reached .72
# on the nuclei. Before I believed the number I would check that no road is in both the training and the test
# photos, since neighbouring photos of one street are nearly the same image.
# ### END SOLUTION

# %% [markdown]
# ## What you should remember
#
# - A network of convolutions alone takes images of any size, and computes what neighbouring pixels share only once.
# - Pooling sees far and forgets the place. Unpooling guesses it, switches remember it, skips hand it over.
# - A transposed convolution stamps the kernel; its matrix is the transpose of the convolution's, not the inverse.
# - If the stride does not divide the kernel's size, expect checkerboards.
# - With few object pixels accuracy says nothing: report IoU or Dice, and say what an empty mask gets.
# - A loss needs slopes: count with probabilities, cut only in the end.
# - Dilated convolutions see far without getting smaller.

# %% [markdown]
# ## Go further (not graded)
#
# - Replace `UpSampling2D` by `Conv2DTranspose(filters, 2, strides=2)`, then by kernel 3. Do you see the checkerboard?
# - Train on `segmentation_scenes("train", 1500, sprites="cutouts")`, photographed things. They are harder: how many epochs do you need?
# - Train with cross-entropy alone and with the Dice loss alone. Which one needs more epochs?
# - Replace the lowest section by three dilated layers and leave one pooling out, as DeepLab does.
# - Two nuclei that touch are one piece. Teach the network a second map, the outlines, and subtract it before you count.
# - `helpers.datasets.pets("train")` has cats and dogs with masks (it needs an internet connection).

# %% [markdown]
# ## Sources
#
# - Jaccard: Étude comparative de la distribution florale dans une portion des Alpes et des Jura. Bulletin de la Société Vaudoise des Sciences Naturelles, 1901.
# - Dice: Measures of the amount of ecologic association between species. Ecology, 1945.
# - Cireşan, Giusti, Gambardella, Schmidhuber: Deep neural networks segment neuronal membranes in electron microscopy images. NIPS, 2012.
# - Zeiler, Fergus: Visualizing and understanding convolutional networks. ECCV, 2014.
# - Long, Shelhamer, Darrell: Fully convolutional networks for semantic segmentation. CVPR, 2015.
# - Noh, Hong, Han: Learning deconvolution network for semantic segmentation. ICCV, 2015.
# - Ronneberger, Fischer, Brox: U-Net: convolutional networks for biomedical image segmentation. MICCAI, 2015.

# %% [markdown]
# - Chen, Papandreou, Kokkinos, Murphy, Yuille: Semantic image segmentation with deep convolutional nets and fully connected CRFs. ICLR, 2015; DeepLab. 2017.
# - Yu, Koltun: Multi-scale context aggregation by dilated convolutions. ICLR, 2016.
# - Milletari, Navab, Ahmadi: V-Net: fully convolutional neural networks for volumetric medical image segmentation. 3DV, 2016.
# - Dumoulin, Visin: A guide to convolution arithmetic for deep learning. 2016.
# - Shibuya: Up-sampling with transposed convolution. 2017.
# - Odena, Dumoulin, Olah: Deconvolution and checkerboard artifacts. Distill, 2016.
# - Badrinarayanan, Kendall, Cipolla: SegNet: a deep convolutional encoder-decoder architecture for image segmentation. IEEE PAMI, 2017.
# - Caicedo et al.: Nucleus segmentation across imaging experiments: the 2018 Data Science Bowl. Nature Methods, 2019.
