# %% [markdown]
# # 4 · Data augmentation
#
# **Goal:** turn few images into many without lying about their labels, measure what that gains,
# and use it to cure a network that learned the wrong thing. **Needs:** lessons 2 and 3, NumPy
# slicing. **Runs in** about three minutes on a 2-core CPU.
#
# After this lesson you can
# - say which changes keep a label and which break it, and write eight of them in NumPy;
# - build a Keras augmenter and a `tf.data` pipeline that augments training images only;
# - measure the gain over several seeds, show where augmentation stops helping and starts to hurt;
# - find a shortcut in the data and cure it.

# %% tags=["setup"]
start("04_augmentation")

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from keras import layers

from helpers import budget, check, check_choice, check_model, check_that, play, report_result, show
from helpers.bird_feeder import feeder_scenes
from helpers.datasets import cutouts, digits, lay_on_colour, photo
from helpers.figures import BLUE, GREEN, ORANGE, image_grid
from helpers.logs import log_scalars
from helpers.panels import draw_image
from helpers.sprites import cutout_named
from helpers.training import seed_everything, watch


# %% [markdown]
# Move a written 3 by two pixels and it is still a 3. You know that; a network with 784 inputs does
# not. It must learn it from examples, and the examples cost money. But we can *make* examples:
# shift, turn, light and cover the images that we have, and keep their labels. LeCun and others
# trained LeNet-5 on distorted digits (1998), Simard and others pushed the error on MNIST to 0.4 %
# with elastic distortions (2003), and AlexNet won ImageNet with crops, mirrored images and shifted
# colours (2012).

# %% [markdown]
# ## 1 · Does it keep the label?
#
# Everything in this lesson hangs on one question: *after this change, would a person still give
# the same label?* The answer depends on the task, not on the change. A mirrored cat is a cat. A
# mirrored 3 is not a digit at all. And a 6 turned by 180 degrees is a perfect 9, with the label 6.

# %%
train_images, train_labels = digits("train")
test_images, test_labels = (part[: budget(full=2000, short=300)] for part in digits("test"))
chosen = [int(np.flatnonzero(train_labels == d)[7]) for d in (2, 3, 4, 6, 7, 9)]
originals = train_images[chosen]
sheet = np.concatenate([originals, originals[:, :, ::-1], originals[:, ::-1, ::-1]])
names = [f"{verb}{train_labels[i]}" for verb in ("", "mirrored ", "turned ") for i in chosen]
figure = image_grid(sheet, names, columns=6, size=1.1)
show(
    figure,
    "Mirrored digits (second row) are no digits, and turned by 180 degrees (third row) a 6 becomes a 9 and a 9 a 6.",
)

# %% [markdown]
# ### Question 1 · what may you change? (1 point)
#
# An app tells apart photographs of **left** and **right** hands, taken from above at any angle, by
# day and by night. Which change breaks the labels?
# - **a** rotation by any angle
# - **b** a horizontal flip
# - **c** darker or brighter images
# - **d** a shift by a tenth of the image

# %% nbgrader={"grade": false, "grade_id": "broken_label", "locked": false, "schema_version": 3, "solution": true, "task": false}
# broken_label = "a", "b", "c" or "d"
### BEGIN SOLUTION
broken_label = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "broken_label-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "what may you change",
    broken_label,
    right="b",
    reasons={
        "a": "a turned left hand is a left hand, and the app meets hands at any angle",
        "c": "light does not change which hand it is, and the app works by day and by night",
        "d": "a hand that moved a little is the same hand",
    },
)

# %% [markdown]
# ## 2 · Move the pixels: geometric changes
#
# We write the changes ourselves first. Images come as a batch: `(batch, height, width)` for grey
# ones, `(batch, height, width, channels)` for colour. Values run from 0 to 1. Every function
# returns images of the same shape and leaves the given ones as they are: the training set must
# survive its own augmentation. **By hand**, a 2x3 image:
#
# | original | flipped | shifted by dx = 1 |
# |---|---|---|
# | 1 2 3 | 3 2 1 | 0 1 2 |
# | 4 5 6 | 6 5 4 | 0 4 5 |

# %% [markdown]
# ### Exercise 1 · mirror left and right (2 points)
#
# Mirror each image so that its left side becomes its right side. Count the axes from the front:
# axis 0 is the batch, axis 1 the rows, axis 2 the columns. Colour images have a fourth axis.


# %% nbgrader={"grade": false, "grade_id": "flip_horizontal", "locked": false, "schema_version": 3, "solution": true, "task": false}
def flip_horizontal(images):
    """Mirror images (batch, height, width) or (batch, height, width, channels) left to right."""
    ### BEGIN SOLUTION
    return images[:, :, ::-1]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "flip_horizontal-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
images = np.array([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[7.0, 8.0, 9.0], [0.0, 1.0, 5.0]]]) / 10
check(
    "flip_horizontal(images)",
    flip_horizontal(images.copy()),
    want=[[[0.3, 0.2, 0.1], [0.6, 0.5, 0.4]], [[0.9, 0.8, 0.7], [0.5, 0.1, 0.0]]],
    mistakes={
        "the images are upside down: columns are axis 2 of a batch": images[:, ::-1],
        "the batch is reversed, not the images: columns are axis 2": images[::-1],
        "the images are turned by 180 degrees: reverse the columns alone": images[:, ::-1, ::-1],
        "everything is reversed: reverse axis 2 alone": images[::-1, ::-1, ::-1],
        "nothing has changed": images,
    },
)

# %% nbgrader={"grade": true, "grade_id": "flip_horizontal-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: colour images, a batch of one, flipping twice, input kept
### BEGIN HIDDEN TESTS
colour = np.random.default_rng(11).uniform(size=(3, 2, 4, 3))
want = np.stack([np.stack([row[[3, 2, 1, 0]] for row in image]) for image in colour])
slips = {
    "the colour channels are reversed: the columns are axis 2, not the last one": colour[..., ::-1],
}
check("colour images", flip_horizontal(colour.copy()), want=want, secret=True, mistakes=slips)
check("a batch of one", flip_horizontal(colour[:1].copy()), want=want[:1], secret=True)
check("flipping back", flip_horizontal(want.copy()), want=colour, secret=True)
kept = colour.copy()
flip_horizontal(colour)
slips = {"the given images are overwritten: work on a copy": True}
check("the given images stay as they are", colour, want=kept, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2 · shift (2 points)
#
# Move the content of each image by whole pixels: `dx` along the columns, **positive to the
# right**; `dy` along the rows, **positive down**. Both may be negative or 0. What moves out of the
# image is lost, and the pixels that become free are **0**; nothing comes back on the other side. A
# shift as large as the image leaves zeros only.
#
# One way that needs no cases: the new row `r` shows the old row `r - dy`. Compute these old row
# and column numbers, limit them to the image with `.clip(0, height - 1)` (columns likewise), fetch **first
# rows, then columns**, `images[:, rows][:, :, columns]`, and blank the new ones whose old number lay outside.


# %% nbgrader={"grade": false, "grade_id": "translate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def translate(images, dx, dy):
    """Shift images (batch, height, width[, channels]) by dx to the right and dy down; fill with 0."""
    ### BEGIN SOLUTION
    height, width = images.shape[1:3]
    rows, columns = np.arange(height) - dy, np.arange(width) - dx
    moved = images[:, rows.clip(0, height - 1)][:, :, columns.clip(0, width - 1)]  # a new array
    moved[:, (rows < 0) | (rows >= height)] = 0
    moved[:, :, (columns < 0) | (columns >= width)] = 0
    return moved
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "translate-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
images = np.arange(1.0, 25.0).reshape(2, 3, 4) / 24
want = np.zeros((2, 3, 4))
want[:, 1:, 2:] = images[:, :2, :2]
opposite, up, swapped = np.zeros((3, 2, 3, 4))
opposite[:, :2, :2] = images[:, 1:, 2:]
up[:, :2, 2:] = images[:, 1:, :2]
swapped[:, 2:, 1:] = images[:, :1, :3]
got = translate(images.copy(), 2, 1)
slips = {
    "the pixels come back on the other side: fill with 0": np.roll(images, (1, 2), axis=(1, 2)),
    "the direction is reversed: positive dx moves right, positive dy moves down": opposite,
    "dy points up: positive dy moves down": up,
    "dx and dy are swapped: dx moves along the columns, axis 2": swapped,
    "the edge pixels are repeated: fill with 0": images[:, [0, 0, 1]][:, :, [0, 0, 0, 1]],
    "the images shrank: keep their size and fill with 0": images[:, :2, :2],
    "the images grew: cut off what moves out": np.shape(got) == (2, 4, 6),
    "nothing has moved": images,
}
check("translate(images, dx=2, dy=1)", got, want=want, mistakes=slips)
back = np.zeros((2, 3, 4))
back[:, :, :3] = images[:, :, 1:]
slips = {
    "the pixels come back on the other side: fill with 0": np.roll(images, -1, axis=2),
    "a negative shift moves the other way: here one column to the left": np.roll(images, 1, axis=2)
    * [0, 1, 1, 1],
    "a negative shift frees the pixels on the other side: blank those": np.roll(images, -1, axis=2)
    * [0, 0, 0, 1],
}
check("translate(images, dx=-1, dy=0)", translate(images.copy(), -1, 0), want=back, mistakes=slips)

# %% nbgrader={"grade": true, "grade_id": "translate-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: colour images, all directions, no shift, shifts as large as the image, input kept
### BEGIN HIDDEN TESTS
colour = np.random.default_rng(21).uniform(0.1, 1, size=(2, 5, 4, 3))


def moved(dx, dy):
    big = np.zeros((2, 25, 20, 3))
    big[:, 10 + dy : 15 + dy, 8 + dx : 12 + dx] = colour
    return big[:, 10:15, 8:12]


for dx, dy in ((1, -2), (-3, 1), (0, 3), (0, 0), (4, 0), (-1, -7)):
    slips = {
        "the pixels come back on the other side: fill with 0": np.roll(
            colour, (dy, dx), axis=(1, 2)
        ),
        "the direction is reversed: positive dx moves right, positive dy moves down": moved(
            -dx, -dy
        ),
        "dy points up: positive dy moves down": moved(dx, -dy),
        "dx and dy are swapped: dx moves along the columns, axis 2": moved(dy, dx),
    }
    got = translate(colour.copy(), dx, dy)
    check("colour images moved", got, want=moved(dx, dy), secret=True, mistakes=slips)
kept = colour.copy()
translate(colour, 1, 1)
slips = {"the given images are overwritten: work on a copy": True}
check("the given images stay as they are", colour, want=kept, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · Change the light, add dirt: photometric changes and noise
#
# Geometry moves pixels; photometric changes alter their values. The simplest is more or less
# light: every value times a factor. Bright pixels would leave the range, so they are cut off at 1,
# as a camera does in the glare. **By hand**, with the factor 2: $0.2, 0.5, 0.7$ becomes $0.4, 1,
# 1$.
#
# ### Exercise 3 · brightness (2 points)
#
# Multiply all values by `factor` (0 or more), then limit them to [0, 1].


# %% nbgrader={"grade": false, "grade_id": "adjust_brightness", "locked": false, "schema_version": 3, "solution": true, "task": false}
def adjust_brightness(images, factor):
    """Multiply images of any shape by a factor >= 0 and keep the values in [0, 1]."""
    ### BEGIN SOLUTION
    return np.clip(images * factor, 0, 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "adjust_brightness-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
images = np.array([[[0.2, 0.5, 0.7], [0.0, 0.1, 1.0]]])
check(
    "adjust_brightness(images, 2)",
    adjust_brightness(images.copy(), 2),
    want=[[[0.4, 1.0, 1.0], [0.0, 0.2, 1.0]]],
    mistakes={
        "values above 1 are not cut off: clip after multiplying": images * 2,
        "the factor is added: multiply by it": np.clip(images + 2, 0, 1),
        "the brightest value is scaled to 1: clip to [0, 1] instead": images,
        "values above 1 wrap around: clip them to 1": (images * 2) % 1,
        "this changes the contrast around the mean: multiply the values themselves": np.clip(
            (images - images.mean()) * 2 + images.mean(), 0, 1
        ),
        "1 is added to the factor: multiply by the factor itself": np.clip(images * 3, 0, 1),
    },
)

# %% nbgrader={"grade": true, "grade_id": "adjust_brightness-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: colour images, darker, unchanged, black, input kept
### BEGIN HIDDEN TESTS
colour = np.random.default_rng(31).uniform(size=(2, 3, 4, 3))
for factor in (0.3, 1.0, 1.7, 5.0, 0.0):
    want = np.array([min(value * factor, 1.0) for value in colour.ravel()]).reshape(colour.shape)
    slips = {
        "values above 1 are not cut off: clip after multiplying": colour * factor,
        "a factor of 0 makes every image black: do not skip it": colour - 9 * (factor > 0),
    }
    got = adjust_brightness(colour.copy(), factor)
    check("colour images, several factors", got, want=want, secret=True, mistakes=slips)
kept = colour.copy()
adjust_brightness(colour, 1.7)
slips = {"the given images are overwritten: work on a copy": True}
check("the given images stay as they are", colour, want=kept, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 4 · salt and pepper (2 points)
#
# A dirty sensor turns single pixels white (salt) or black (pepper). Each pixel is hit with the
# probability `amount`; a pixel that is hit becomes 1 or 0, **each in half of the cases**. Every
# image gets noise of its own. In a colour image a hit pixel changes in **all** its channels, so
# draw chances of shape `(batch, height, width)`. All randomness comes from
# `np.random.default_rng(seed)`: the same seed, the same noise. Which of its methods you call is
# up to you.


# %% nbgrader={"grade": false, "grade_id": "add_salt_and_pepper", "locked": false, "schema_version": 3, "solution": true, "task": false}
def add_salt_and_pepper(images, amount, seed):
    """Set a share `amount` of the pixels of images (batch, height, width[, channels]) to 0 or 1."""
    ### BEGIN SOLUTION
    noisy = images.copy()
    chances = np.random.default_rng(seed).random(images.shape[:3])
    noisy[chances < amount] = 0
    noisy[chances < amount / 2] = 1
    return noisy
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "add_salt_and_pepper-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
grey = np.full((40, 20, 30), 0.5)
noisy = add_salt_and_pepper(grey.copy(), 0.2, 1)
check("add_salt_and_pepper(images, 0.2, seed=1)", noisy, shape=(40, 20, 30))
noisy = np.asarray(noisy, dtype=float)
salt, pepper = (noisy == 1).mean(), (noisy == 0).mean()
check_that(
    "a pixel keeps its value or becomes 0 or 1",
    np.isin(noisy, (0, 0.5, 1)).all(),
    "there are other values among the pixels of a grey image",
    mistakes={
        "white is 1 here, not 255": noisy.max() == 255,
        "noise is added to the pixels: replace the pixels that are hit by 0 or 1": True,
    },
)
check_that(
    "a fifth of the pixels is hit, half of them white",
    abs(salt - 0.1) < 0.015 and abs(pepper - 0.1) < 0.015,
    f"{salt:.0%} of the pixels are white and {pepper:.0%} black; 10 % each are expected",
    mistakes={
        "there is salt alone: half of the hit pixels become 0": pepper == 0 and salt > 0,
        "there is pepper alone: half of the hit pixels become 1": salt == 0 and pepper > 0,
        "salt and pepper each get the whole amount: half of it each": 0.3 < salt + pepper < 0.45,
        "the wrong side of the chances is hit: a pixel is hit where chance < amount": salt + pepper
        > 0.7,
        "no pixel is hit": salt + pepper == 0,
    },
)
check_that(
    "each image has noise of its own",
    np.any(noisy[0] != noisy[1]),
    "the first two images have the same noise",
    mistakes={"the same noise is laid on every image: draw for the whole batch": True},
)

parts = (*noisy, noisy[:, :10], noisy[:, :, :15])  # each image, the upper and the left half
white = abs(np.array([(p == 1).sum() / max((p != 0.5).sum(), 1) for p in parts]) - 0.5)
check_that(
    "salt and pepper are mixed everywhere",
    white[:40].max() < 0.4 and white[40:].max() < 0.1,
    "an image, or a half of all images, has more of one than of the other",
    mistakes={
        "one coin is thrown for a whole image: one for each pixel": white[:40].max() >= 0.4,
        "the place decides between salt and pepper: throw a coin": True,
    },
)

# %% nbgrader={"grade": true, "grade_id": "add_salt_and_pepper-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: other amounts, colour images, the seed, input kept
### BEGIN HIDDEN TESTS
images = np.random.default_rng(41).uniform(0.2, 0.8, size=(30, 12, 25, 3))
first, again, other = [np.asarray(add_salt_and_pepper(images.copy(), 0.4, s)) for s in (3, 3, 4)]
check("colour images", first, shape=(30, 12, 25, 3), secret=True)
hit = abs(first - images) > 1e-3  # float32 rounds the others
slips = {
    "each channel is hit by itself: draw chances of shape (batch, height, width)": True,
}
whole = (hit.all(axis=-1) | ~hit.any(axis=-1)).all()
check_that("a pixel is hit in all channels", whole, "", secret=True, mistakes=slips)
same_value = (first == first[..., :1]).all(axis=-1)[hit.any(axis=-1)].all()
check_that("a hit pixel is white or black", same_value, "", secret=True, mistakes=slips)
share, white = hit.mean(), (first == 1).mean()
check_that(
    "40 % are hit",
    abs(share - 0.4) < 0.03 and abs(white - 0.2) < 0.03,
    "",
    secret=True,
    mistakes={
        "the same noise is laid on every image: draw for the whole batch": (hit == hit[0]).all(),
        "salt and pepper are drawn apart and cover each other: one chance for each pixel": 0.33
        < share
        < 0.385,
    },
)
slips = {"the noise ignores the seed: use np.random.default_rng(seed)": True}
check_that("one seed, one noise", np.array_equal(first, again), "", secret=True, mistakes=slips)
slips = {"the seed is a fixed number: pass the given one": True}
check_that("another seed, other noise", np.any(first != other), "", secret=True, mistakes=slips)
clean = add_salt_and_pepper(images.copy(), 0.0, 0)
check("amount 0 changes nothing", clean, want=images, secret=True)
kept = images.copy()
add_salt_and_pepper(images, 0.4, 0)
slips = {"the given images are overwritten: work on a copy": True}
check("the given images stay as they are", images, want=kept, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 5 · cutout (2 points)
#
# A network that knows a cat by its ears alone fails on a cat behind a vase. DeVries and Taylor
# (2017) cover a random square, so that no single detail is enough. In each image set one square of
# `size` x `size` pixels to 0. The square lies **wholly inside**, at a place drawn for **each
# image** from the generator `np.random.default_rng(seed)`; every place that fits can come up, the
# last row and column included. (`rng.integers(0, n)` draws from 0 to n - 1.)


# %% nbgrader={"grade": false, "grade_id": "cutout", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cutout(images, size, seed):
    """Blank one size x size square, at a random place, in each of images (batch, height, width[, channels])."""
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    height, width = images.shape[1:3]
    cut = images.copy()
    for image in cut:
        top, left = rng.integers(0, height - size + 1), rng.integers(0, width - size + 1)
        image[top : top + size, left : left + size] = 0
    return cut
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cutout-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
white = np.ones((400, 6, 9))
got = cutout(white.copy(), 3, 1)
check("cutout(images, 3, seed=1)", got, shape=(400, 6, 9))
hole = np.asarray(got, dtype=float) == 0
sizes = hole.sum(axis=(1, 2))
heights, widths = hole.any(axis=2).sum(axis=1), hole.any(axis=1).sum(axis=1)
tops, lefts = hole.any(axis=2).argmax(axis=1), hole.any(axis=1).argmax(axis=1)
one_place = bool((hole == hole[:1]).all())
check_that(
    "each image loses a square of 3 x 3 pixels",
    (sizes == 9).all() and (heights == 3).all() and (widths == 3).all(),
    f"the holes have {sizes.min()} to {sizes.max()} pixels, {heights.max()} rows and {widths.max()} columns at most",
    mistakes={
        "nothing is cut out: set the square to 0": sizes.max() == 0,
        "all but the square is blanked: set the square itself to 0": sizes.min() > 40,
        "a side is one pixel too long: a slice leaves its end out": sizes.max() > 9
        and max(heights.max(), widths.max()) == 4,
        "size is the whole side of the square, not half of it": 9 < sizes.max() <= 36,
        "rows and columns are mixed up: left may run up to width - size": sizes.min() < 9
        and tops.max() > 3 >= lefts.max(),
        "the square is cut off at the edge: it must lie wholly inside": sizes.min() < 9
        and sizes.max() == 9,
        "single pixels are blanked: cut out one square": heights.max() > 3 or widths.max() > 3,
    },
)
check_that(
    "each image has a place of its own",
    not one_place,
    "all images lose the same square",
    mistakes={"one place serves the whole batch: draw a place for each image": True},
)
check_that(
    "every place can come up",
    set(tops) == set(range(4)) and set(lefts) == set(range(7)),
    f"tops run from {tops.min()} to {tops.max()} (0 to 3 expected), lefts from {lefts.min()} to {lefts.max()} (0 to 6)",
    mistakes={
        "row and column are the same number: draw both": bool((tops == lefts).all()),
        "the last places are never drawn: the end of integers is left out, add 1": tops.max() == 2
        or lefts.max() == 5,
        "rows and columns are mixed up: left may run up to width - size": lefts.max() == 3,
        "the first places are never drawn: begin at 0": tops.min() > 0 or lefts.min() > 0,
    },
)

# %% nbgrader={"grade": true, "grade_id": "cutout-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: colour images, the pixels around the hole, the seed, input kept
### BEGIN HIDDEN TESTS
images = np.random.default_rng(51).uniform(0.1, 1, size=(60, 9, 7, 3))
first, again, other = [np.asarray(cutout(images.copy(), 4, s)) for s in (3, 3, 4)]
check("colour images", first, shape=(60, 9, 7, 3), secret=True)
hole = (first == 0).all(axis=-1)
sizes = hole.sum(axis=(1, 2))
slips = {
    "some channels are kept: blank the square in all of them": sizes.max() == 0
    and (first == 0).any(),
    "nothing is cut out: set the square to 0": sizes.max() == 0,
    "all but the square is blanked: set the square itself to 0": sizes.mean() > 40,
    "the square is cut off at the edge: it must lie wholly inside": 0 < sizes.min() < 16,
}
check_that("a square of 16 pixels in each", (sizes == 16).all(), "", secret=True, mistakes=slips)
check("the rest is as before", first[~hole], want=images[~hole], secret=True)
slips = {"one place serves the whole batch: draw a place for each image": True}
check_that("places differ", np.any(hole != hole[:1]), "", secret=True, mistakes=slips)
slips = {"the places ignore the seed: use np.random.default_rng(seed)": True}
check_that("one seed, one result", np.array_equal(first, again), "", secret=True, mistakes=slips)
slips = {"the seed is a fixed number: pass the given one": True}
check_that("another seed, other places", np.any(first != other), "", secret=True, mistakes=slips)
singles = [np.asarray(cutout(np.ones((1, 9, 7)), 4, s))[0] == 0 for s in range(50)]
corners = {(int(s.any(axis=1).argmax()), int(s.any(axis=0).argmax())) for s in singles}
slips = {"row and column follow from each other: draw both": len(corners) > 1}
check_that("many corners in 50 draws", len(corners) > 11, "", secret=True, mistakes=slips)
kept = images.copy()
cutout(images, 4, 0)
slips = {"the given images are overwritten: work on a copy": True}
check("the given images stay as they are", images, want=kept, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# Your five functions on a photograph, on a parrot that was cut out of one, and on a digit. Look
# at each picture with the one question in mind: *same label?*

# %%
cat = photo("cat")[::2, ::2]  # (128, 128, 3)
parrot = lay_on_colour(cutout_named("rainbow-lorikeet"), colour=(0.75, 0.87, 0.95))
seven = np.kron(originals[4], np.ones((4, 4)))[..., None].repeat(3, axis=-1)  # 28 -> 112 pixels
seven = np.pad(seven, ((8, 8), (8, 8), (0, 0)))
three = np.stack([cat, parrot, seven]).astype("float32")  # (3, 128, 128, 3)
changes = {
    "original": three, "flipped": flip_horizontal(three), "dx 30, dy -20": translate(three, 30, -20),
    "brightness 0.4": adjust_brightness(three, 0.4), "brightness 1.8": adjust_brightness(three, 1.8),
    "salt, pepper 0.1": add_salt_and_pepper(three, 0.1, 0), "cutout 50": cutout(three, 50, 2),
}  # fmt: skip

# %%
figure, axes = plt.subplots(3, 7, figsize=(7.6, 3.5))
for column, (name, changed) in enumerate(changes.items()):
    for row in range(3):
        draw_image(axes[row, column], np.asarray(changed)[row])
    axes[0, column].set_title(name, size=8, loc="center")
show(
    figure,
    "The cat and the parrot keep their labels in every column; the mirrored 7 does not: never flip digits.",
)

# %% [markdown]
# Now drag: how far can you go until *you* would no longer name the bird?


# %%
def draw_change(dx, dy, factor, amount, square):
    one = translate(adjust_brightness(parrot[None], factor), dx, dy)
    one = cutout(add_salt_and_pepper(one, amount, 0), square, 1)
    figure, (left, right) = plt.subplots(1, 2, figsize=(5.2, 3.0))
    draw_image(left, parrot, title="before")
    draw_image(right, one[0], title="after")
    show(figure, "All changes at once: as long as you can name the bird, the label holds.")


# %%
play(
    draw_change,
    dx=(16, -80, 80, 1),
    dy=(-10, -80, 80, 1),
    factor=(0.7, 0.0, 3.0, 0.05),
    amount=(0.04, 0.0, 0.8, 0.02),
    square=(36, 0, 100, 1),
)

# %% [markdown]
# ## 4 · Normalise, by the training images alone
#
# Networks like inputs around 0 with a spread around 1. So subtract the mean of each colour channel
# and divide by its standard deviation. Whose mean? **That of the training images, for all images**,
# also for validation and test. The two numbers are parameters that were fitted, like weights: taken
# from the test images they would let the test leak into the model, and an image's answer would
# depend on which others came along with it.

# %% [markdown]
# ### Exercise 6 · fit the normaliser (2 points)
#
# Return the pair `mean, std` of images `(batch, height, width, channels)`: one number a
# **channel**, each of shape `(channels,)`, over all images and all their pixels (`np.std` as it
# is). A channel that is constant has a standard deviation of 0 (rounding may leave up to
# 0.000001): return **1** in its place, so that nobody divides by 0. Leave `images` as they are.


# %% nbgrader={"grade": false, "grade_id": "fit_normalizer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_normalizer(images):
    """Return mean and std of each channel, shape (channels,), of images (batch, height, width, channels)."""
    ### BEGIN SOLUTION
    mean, std = images.mean(axis=(0, 1, 2)), images.std(axis=(0, 1, 2))
    return mean, np.where(std > 1e-6, std, 1.0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "fit_normalizer-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
images = np.array([[[[0.0, 0.2], [0.4, 0.2]]], [[[0.8, 0.6], [0.4, 0.2]]]])  # (2, 1, 2, 2)
got = fit_normalizer(images.copy())
check(
    "fit_normalizer(images)",
    got,
    want=([0.4, 0.3], [0.2828, 0.1732]),
    tolerance=1e-3,
    mistakes={
        "one mean serves all channels: average over the axes 0, 1 and 2": (0.35, 0.2398),
        "each pixel has its own mean: average over height and width too": (
            images.mean(axis=0),
            images.std(axis=0),
        ),
        "each image has its own mean: average over the batch too": (
            images.mean(axis=(1, 2)),
            images.std(axis=(1, 2)),
        ),
        "this is the variance: take its square root, np.std": ([0.4, 0.3], [0.08, 0.03]),
        "std divides by n - 1: use np.std as it is": ([0.4, 0.3], [0.3266, 0.2]),
        "mean and std have changed places": ([0.2828, 0.1732], [0.4, 0.3]),
        "mean and std keep axes of length 1: leave out keepdims": (
            images.mean(axis=(0, 1, 2), keepdims=True),
            images.std(axis=(0, 1, 2), keepdims=True),
        ),
        "these are the normalised images: return mean and std": np.size(got[0]) > 2
        if isinstance(got, (tuple, list))
        else np.shape(got) == images.shape,
        "these are smallest and largest values: return mean and std": (
            [0.0, 0.2],
            [0.8, 0.6],
        ),
    },
)

# %% nbgrader={"grade": true, "grade_id": "fit_normalizer-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: three channels, a constant channel, normalised images
### BEGIN HIDDEN TESTS
images = np.random.default_rng(61).uniform(size=(5, 4, 3, 3)) * [1.0, 0.3, 0.1] + [0.0, 0.4, 0.2]
channels = [images[..., c].ravel() for c in range(3)]
mean = np.array([sum(c) / 60 for c in channels])
std = np.array([np.sqrt(sum((c - sum(c) / 60) ** 2) / 60) for c in channels])
got = fit_normalizer(images.copy())
slips = {
    "one mean serves all channels: average over the axes 0, 1 and 2": (images.mean(), images.std()),
    "this is the variance: take its square root, np.std": (mean, std**2),
    "mean and std have changed places": (std, mean),
    "std divides by n - 1: use np.std as it is": (mean, std * np.sqrt(60 / 59)),
}
check("three channels", got, want=(mean, std), secret=True, mistakes=slips)
flat = images.copy()
flat[..., 1] = 0.25
slips = {
    "a constant channel has std 0: return 1 in its place": (
        flat.mean((0, 1, 2)),
        flat.std((0, 1, 2)),
    )
}
want = ([mean[0], 0.25, mean[2]], [std[0], 1.0, std[2]])
check("a constant channel", fit_normalizer(flat.copy()), want=want, secret=True, mistakes=slips)
flat[..., 1], flat[..., 2] = 0.7, 0.3  # np.std gives about 0.0000000000000004
slips = {"rounding leaves a std just above 0: return 1 up to 0.000001": True}
want = ([mean[0], 0.7, 0.3], [std[0], 1.0, 1.0])
got = fit_normalizer(flat.copy())
check("two channels, constant but for rounding", got, want=want, secret=True, mistakes=slips)
kept = images.copy()
fit_normalizer(images)
slips = {"the given images are overwritten: work on a copy": True}
check("the given images stay as they are", images, want=kept, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %%
garden, _ = feeder_scenes("train", 60, size=64, seed=7)  # birds in daylight, (60, 64, 64, 3)
dusk = adjust_brightness(garden[:12], 0.35)  # twelve "test" images, taken in the evening
pairs = {"by the training pair": fit_normalizer(garden), "by its own pair": fit_normalizer(dusk)}

# %%
figure, ax = plt.subplots(figsize=(6.4, 2.9))
bins = np.linspace(-2.5, 3.5, 60)
mean, std = pairs["by the training pair"]
ax.hist(((garden - mean) / std).ravel(), bins, density=True, color="lightgrey", label="training")
for (name, (mean, std)), colour in zip(pairs.items(), (BLUE, ORANGE)):
    ax.hist(((dusk - mean) / std).ravel(), bins, density=True, histtype="step", lw=2, color=colour, label=f"dusk, {name}")  # fmt: skip
ax.set(
    xlabel="normalised value", ylabel="density", title="Its own pair hides that the dusk is dark"
)
ax.legend(fontsize=9)
show(
    figure,
    "Normalised by the training pair, evening photographs stay dark (blue); by their own pair they look like daylight (orange), and every value depends on the other test images.",
)

# %% [markdown]
# ### Question 2 · one photograph, two answers (1 point)
#
# At home a classifier names 95 % of 500 test photographs right. On a phone, which classifies one
# photograph at a time, the same weights fail. The code normalises each set of images by its own
# mean and standard deviation. What goes wrong?
# - **a** one image has too few pixels for a reliable mean
# - **b** the phone normalises each photograph by its own mean, not by the one used in training
# - **c** normalisation should not be used at test time at all
# - **d** the mean must be computed again from all photographs on the phone

# %% nbgrader={"grade": false, "grade_id": "whose_mean", "locked": false, "schema_version": 3, "solution": true, "task": false}
# whose_mean = "a", "b", "c" or "d"
### BEGIN SOLUTION
whose_mean = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "whose_mean-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "one photograph, two answers",
    whose_mean,
    right="b",
    reasons={
        "a": "thousands of pixels give a precise mean, but of the wrong thing: it is not the training mean",
        "c": "the weights expect normalised inputs: test images need the training images' pair too",
        "d": "that is another pair again: the weights know the one of the training images only",
    },
)

# %% [markdown]
# ## 5 · Mix images: mixup and CutMix
#
# So far the label stayed. What if the image becomes *partly* something else? Then so must the
# label. **Mixup** (Zhang and others, 2018) blends two images, $\tilde x = \lambda x_i + (1 -
# \lambda) x_j$, and their **one-hot** labels (a row with a 1 at the true class, 0 elsewhere) by the same $\lambda$: 70 % cat and 30 % dog has the label
# $(0.7, 0.3)$. The share $\lambda$ comes from a beta distribution with both parameters $\alpha$:
# for $\alpha = 0.2$ mostly near 0 or 1, for $\alpha = 1$ anything, for large $\alpha$ near a half.

# %%
generator = np.random.default_rng(0)
figure, ax = plt.subplots(figsize=(6.4, 2.6))
for alpha, colour in ((0.2, BLUE), (1.0, ORANGE), (5.0, GREEN)):
    ax.hist(generator.beta(alpha, alpha, 20_000), 40, density=True, histtype="step", lw=2, color=colour, label=f"$\\alpha$ = {alpha:g}")  # fmt: skip
ax.set(xlabel="share $\\lambda$ of the image itself", ylabel="density")
ax.set_title("Small alphas mix few examples")
ax.legend()
show(
    figure,
    "With alpha 0.2 one image has more than 90 % in two cases of three; with alpha 5 most shares lie between 0.3 and 0.7.",
)

# %% [markdown]
# ### Exercise 7 · mixup (2 points)
#
# `labels` are one-hot rows of floats `(batch, classes)`. Give each image a partner from the same batch (a
# random `permutation` of the batch does it; an image may meet itself) and draw **one share for
# each example**, $\lambda \sim \text{Beta}(\alpha, \alpha)$, with `rng.beta` from
# `np.random.default_rng(seed)`. Return the mixed images and the mixed labels: $\lambda$ counts for
# the image itself, $1 - \lambda$ for its partner, and labels use the same shares and partners. (The
# shares need the shape `(batch, 1, 1)` to multiply grey images and one more 1 for colour.)


# %% nbgrader={"grade": false, "grade_id": "mixup", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mixup(images, labels, alpha, seed):
    """Blend images (batch, height, width[, channels]) and one-hot labels (batch, classes); return both."""
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    partner = rng.permutation(len(images))
    share = rng.beta(alpha, alpha, len(images))  # (batch,)
    of_image, of_label = share.reshape(-1, *[1] * (images.ndim - 1)), share[:, None]
    mixed = of_image * images + (1 - of_image) * images[partner]
    return mixed, of_label * labels + (1 - of_label) * labels[partner]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mixup-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# 300 images of 15 x 20 pixels, each with one white pixel of its own: what comes back shows who was mixed.
one_hot = np.eye(300)
got = mixup(one_hot.reshape(300, 15, 20), one_hot.copy(), 1.0, 1)
count = len(got) if isinstance(got, (tuple, list)) else 1
slips = {"only the images come back: return the mixed images and the mixed labels": True}
check_that("mixup returns images, labels", count == 2, "there is one result", mistakes=slips)
check("the mixed images", got[0], shape=(300, 15, 20))
check("the mixed labels", got[1], shape=(300, 300))
shares, soft = np.asarray(got[0], dtype=float).reshape(300, 300), np.asarray(got[1], dtype=float)
own, totals, parts = np.diag(shares), shares.sum(axis=1), (shares > 1e-12).sum(axis=1)
at, partner = np.nonzero((shares > 1e-12) & (np.eye(300) == 0))  # who was given whom
alike = [np.bincount(n % 300, minlength=1).max() for n in (partner, partner - at, partner + at)]
check_that(
    "each image is mixed with one partner",
    abs(totals - 1).max() < 1e-6 and parts.max() == 2 and own.mean() < 0.9,
    f"the shares sum to {totals.min():.3f} to {totals.max():.3f}, over up to {parts.max()} images; an image keeps {own.mean():.2f} of itself on average",
    mistakes={
        "nothing is mixed": own.min() > 0.999,
        "the partner was already mixed: take it from the given images": parts.max() > 2,
        "each pixel has a share of its own: draw one an example": parts.max() <= 2
        and abs(totals - 1).max() > 1e-3,
    },
)
check_that(
    "partners are drawn at random",
    max(alike) < 50,
    "each partner follows from the place in the batch",
    mistakes={
        "one partner serves the whole batch: draw one for each image": alike[0] >= 50,
        "all partners are equally far away, or mirrored: use rng.permutation": True,
    },
)
single = abs(own[parts == 2] - own[parts == 2][:1]).max() < 1e-6
check_that(
    "each example has a share of its own",
    not single,
    "all examples have the same share",
    mistakes={"one share serves the whole batch: draw one an example": True},
)
mirrored = shares.copy()
mirrored[parts == 2] = np.where(shares[parts == 2] > 0, 1 - shares[parts == 2], 0)
check(
    "the labels are mixed like the images",
    soft,
    want=shares,
    mistakes={
        "the labels are not mixed": one_hot,
        "the labels use 1 - share: the image and its label belong together": mirrored,
        "the labels are made hard again: leave them as shares": np.isin(soft, (0, 1)).all(),
        "the labels have other partners or shares: use those of the images": abs(
            soft.sum(axis=1) - 1
        ).max()
        < 1e-6,
    },
)

# %% nbgrader={"grade": true, "grade_id": "mixup-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: the spread of the shares for several alphas, colour images, the seed, input kept
### BEGIN HIDDEN TESTS
spread = {}
for alpha in (0.2, 5.0):
    mixed, _ = mixup(np.eye(400).reshape(400, 20, 20), np.eye(400), alpha, 8)
    rows = np.asarray(mixed, dtype=float).reshape(400, 400)
    own = np.diag(rows)[(rows > 0).sum(axis=1) == 2]
    slips = {"nothing is mixed": own.size == 0}
    check_that("images are mixed", own.size > 200, "", secret=True, mistakes=slips)
    spread[alpha] = (own.mean(), own.var(), own.min())
low, high = spread[0.2], spread[5.0]
check_that(
    "shares from Beta(alpha, alpha)",
    0.15 < low[1] < 0.21 and 0.015 < high[1] < 0.032 and abs(low[0] - 0.5) < 0.09,
    "",
    secret=True,
    mistakes={
        "one share serves the whole batch: draw one an example": max(low[1], high[1]) < 1e-9,
        "the own image always has the larger share: leave the share as it is drawn": high[2] >= 0.5,
        "alpha is not used: rng.beta(alpha, alpha)": abs(low[1] - high[1]) < 0.02,
        "both parameters of the beta distribution are alpha": abs(low[0] - 0.5) > 0.09
        or abs(high[0] - 0.5) > 0.09,
    },
)
white = np.zeros((36, 4, 3, 3))
white.reshape(36, 36)[:] = np.eye(36)
kinds = np.eye(5)[np.arange(36) % 5]
first, again, other = [mixup(white.copy(), kinds.copy(), 1.0, s) for s in (3, 3, 4)]
rows = np.asarray(first[0], dtype=float).reshape(36, 36)
check("colour images", first[0], shape=(36, 4, 3, 3), secret=True)
slips = {"the labels are not mixed": kinds}
check("labels of five classes", first[1], want=rows @ kinds, secret=True, mistakes=slips)
slips = {"the mixture ignores the seed: use np.random.default_rng(seed)": True}
same = np.array_equal(first[0], again[0]) and np.array_equal(first[1], again[1])
check_that("one seed, one mixture", same, "", secret=True, mistakes=slips)
slips = {"the seed is a fixed number: pass the given one": True}
check_that(
    "another seed, another mixture", np.any(first[0] != other[0]), "", secret=True, mistakes=slips
)
given, tags = white.copy(), kinds.copy()
mixup(given, tags, 1.0, 0)
kept = np.array_equal(given, white) and np.array_equal(tags, kinds)
slips = {"the given images or labels are overwritten: work on copies": True}
check_that("images and labels stay as they are", kept, "", secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# **CutMix** (Yun and others, 2019) does not blend: it pastes a rectangle of the partner, at the
# same place, over the image. The label counts pixels. **By hand**: a patch of 2x3 pixels in a 4x6
# image covers 6 of 24, so 0.75 of the label stays and 0.25 goes to the partner.

# %% [markdown]
# ### Exercise 8 · CutMix (2 points)
#
# For **each** image draw a partner (as in mixup) and $\lambda \sim \text{Beta}(\alpha, \alpha)$. The
# patch has the sides $\text{height}\sqrt{1 - \lambda}$ and $\text{width}\sqrt{1 - \lambda}$, cut to
# whole pixels with `int`, so that its area is about $1 - \lambda$. Its place is drawn so that it lies
# **wholly inside** (`rng.integers(0, height - h + 1)`). Copy it from the partner as it was *given*,
# from the same place. The label keeps exactly the share of the pixels that were kept, $1 -
# \frac{h w}{\text{height} \cdot \text{width}}$, and the partner's gets the rest. Labels are one-hot
# rows of floats.


# %% nbgrader={"grade": false, "grade_id": "cutmix", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cutmix(images, labels, alpha, seed):
    """Paste a patch of a partner into each image; return images and labels (batch, classes) mixed by area."""
    ### BEGIN SOLUTION
    rng, (height, width) = np.random.default_rng(seed), images.shape[1:3]
    mixed, soft = images.copy(), labels.copy()
    for i, partner in enumerate(rng.permutation(len(images))):
        side = np.sqrt(1 - rng.beta(alpha, alpha))
        h, w = int(height * side), int(width * side)
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        patch = np.s_[top : top + h, left : left + w]
        mixed[i][patch] = images[partner][patch]
        kept = 1 - h * w / (height * width)
        soft[i] = kept * labels[i] + (1 - kept) * labels[partner]
    return mixed, soft
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cutmix-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Image i holds i at every pixel, plus a small number that tells the place: what comes back shows
# which image each pixel came from, and from where.
place = np.arange(600).reshape(20, 30) / 1000
images = np.arange(200)[:, None, None] + place
got = cutmix(images.copy(), np.eye(200), 1.0, 1)
count = len(got) if isinstance(got, (tuple, list)) else 1
slips = {"only the images come back: return the mixed images and the mixed labels": True}
check_that("cutmix returns images, labels", count == 2, "there is one result", mistakes=slips)
check("the mixed images", got[0], shape=(200, 20, 30))
check("the mixed labels", got[1], shape=(200, 200))
mixed, soft = np.asarray(got[0], dtype=float), np.asarray(got[1], dtype=float)
source = np.floor(mixed + 1e-6).astype(int)
foreign = source != np.arange(200)[:, None, None]
area = foreign.mean(axis=(1, 2))
cut = np.flatnonzero(area > 0)
tall, wide = foreign.any(axis=2).sum(axis=1), foreign.any(axis=1).sum(axis=1)
check_that(
    "the pixels are the images' own, unblended",
    abs(mixed - source - place).max() < 1e-6,
    "some pixels are not those of an image at that place",
    mistakes={
        "the images are blended: copy the patch": abs(mixed * 1000 - np.round(mixed * 1000)).max()
        > 1e-4,
        "the patch comes from another place of the partner: use the same rows and columns": True,
    },
)
check_that(
    "each image gets one rectangle of one partner",
    len(cut) > 150
    and (foreign.sum(axis=(1, 2)) == tall * wide).all()
    and all(len(set(source[i][foreign[i]])) == 1 for i in cut),
    f"{len(cut)} of 200 images got a patch; not all patches are whole rectangles of one image",
    mistakes={
        "nothing is pasted: return the changed copy": len(cut) == 0,
        "the patch is copied from an image that was already cut: copy from the given images": any(
            len(set(source[i][foreign[i]])) > 1 for i in cut
        ),
    },
)
partner = np.array([source[i][foreign[i]][0] for i in cut])
alike = [np.bincount(n % 200).max() for n in (partner, partner - cut, partner + cut)]
check_that(
    "partners are drawn at random",
    max(alike) < 50,
    "each partner follows from the place in the batch",
    mistakes={
        "one partner serves the whole batch: draw one for each image": alike[0] >= 50,
        "all partners are equally far away, or mirrored: use rng.permutation": True,
    },
)
same_box = (tall[cut] == tall[cut[0]]).all() and (wide[cut] == wide[cut[0]]).all()
check_that(
    "each image has a patch of its own",
    not same_box,
    "all patches have the same size",
    mistakes={"one share serves the whole batch: draw one an example": True},
)
skewed = abs(tall[cut] / 20 - wide[cut] / 30).max()
check_that(
    "patches lie wholly inside, in the image's proportions",
    skewed < 0.07,
    "some patches are narrower or flatter than the image",
    mistakes={
        "height and width are mixed up: rows run to height, columns to width": tall[cut].max() > 0
        and abs(tall[cut] - wide[cut]).max() <= 1,
        "the patch is cut off at the edge: draw top and left so that it fits": True,
    },
)
top, left = foreign.any(axis=2).argmax(axis=1), foreign.any(axis=1).argmax(axis=1)
loose = cut[(tall[cut] < 18) & (wide[cut] < 27)]  # patches that could lie elsewhere
down, right = top[loose] / (20 - tall[loose]), left[loose] / (30 - wide[loose])
tied = down.std() > 0 and right.std() > 0 and abs(np.corrcoef(down, right)[0, 1]) > 0.5
check_that(
    "top and left are drawn one by one",
    len(loose) < 50 or not tied,
    "patches further down lie further to one side",
    mistakes={"top and left follow from each other: draw both": True},
)
check_that(
    "patches cover about half on average",
    0.38 < area.mean() < 0.58,
    f"for alpha = 1 the mean area of a patch is {area.mean():.2f}; about 0.48 is expected",
    mistakes={
        "the sides shrink too fast: multiply them by the square root of 1 - share": area.mean()
        <= 0.38,
        "the sides are too long: multiply them by the square root of 1 - share": area.mean()
        >= 0.58,
    },
)
shares = np.zeros((200, 200))
np.add.at(shares, (np.arange(200)[:, None, None].repeat(20, 1).repeat(30, 2), source), 1 / 600)
other_way = shares.copy()
other_way[cut] = np.where(shares[cut] > 0, 1 - shares[cut], 0)
check(
    "labels by the share of the pixels",
    soft,
    want=shares,
    tolerance=1e-6,
    mistakes={
        "the labels are not mixed": np.eye(200),
        "the labels have changed places: the image's own label counts the pixels that were kept": other_way,
        "the labels use the drawn share: count the pixels of the patch": abs(soft - shares).max()
        < 0.12,
        "the labels are made hard again: leave them as shares": np.isin(soft, (0, 1)).all(),
    },
)

# %% nbgrader={"grade": true, "grade_id": "cutmix-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: the spread of the shares for two alphas, colour images, every place, the seed, input kept
### BEGIN HIDDEN TESTS
spread = {}
for alpha in (0.2, 5.0):
    got, _ = cutmix(np.ones((300, 24, 24)) * np.arange(300)[:, None, None], np.eye(300), alpha, 8)
    area = (np.asarray(got, dtype=float) != np.arange(300)[:, None, None]).mean(axis=(1, 2))
    spread[alpha] = (area.mean(), area.var())
low, high = spread[0.2], spread[5.0]
check_that(
    "areas from Beta(alpha, alpha)",
    0.14 < low[1] < 0.21 and 0.012 < high[1] < 0.035,
    "",
    secret=True,
    mistakes={
        "nothing is pasted: return the changed copy": high[0] == 0,
        "alpha is not used: rng.beta(alpha, alpha)": abs(low[1] - high[1]) < 0.03,
        "the sides shrink too fast: multiply them by the square root of 1 - share": high[0] < 0.38,
    },
)
got, _ = cutmix(np.ones((400, 2, 3)) * np.arange(400)[:, None, None], np.eye(400), 2.0, 9)
tiny = np.asarray(got, dtype=float) != np.arange(400)[:, None, None]
full = tiny.any(axis=2).all(axis=1).any()  # int(1.99) is 1
slips = {"the sides are rounded: cut them to whole pixels with int": True}
check_that("1.99 pixels are 1", not full, "", secret=True, mistakes=slips)
images = np.arange(90.0)[:, None, None, None] + np.zeros((90, 6, 8, 3))
kinds = np.eye(4)[np.arange(90) % 4]
first, again, other = [cutmix(images.copy(), kinds.copy(), 3.0, s) for s in (3, 3, 4)]
check("colour images", first[0], shape=(90, 6, 8, 3), secret=True)
mixed = np.asarray(first[0], dtype=float)
source = np.round(mixed[..., 0]).astype(int)
whole = np.array_equal(mixed, mixed[..., :1].repeat(3, axis=-1))
check_that("a pixel moves with all its channels", whole, "", secret=True)
want = np.stack([kinds[source[i].ravel()].mean(axis=0) for i in range(90)])
slips = {"the labels are not mixed": kinds}
check("labels of four classes", first[1], want=want, secret=True, mistakes=slips)
foreign = source != np.arange(90)[:, None, None]
edges = [foreign[:, 0].any(), foreign[:, -1].any(), foreign[:, :, 0].any(), foreign[:, :, -1].any()]
slips = {"some places are never drawn: top and left run from 0 to what just fits": True}
check_that("patches reach every edge", all(edges), "", secret=True, mistakes=slips)
slips = {"the patches ignore the seed: use np.random.default_rng(seed)": True}
check_that(
    "one seed, one result", np.array_equal(first[0], again[0]), "", secret=True, mistakes=slips
)
slips = {"the seed is a fixed number: pass the given one": True}
check_that("another seed", np.any(first[0] != other[0]), "", secret=True, mistakes=slips)
given, tags = images.copy(), kinds.copy()
cutmix(given, tags, 1.0, 0)
kept = np.array_equal(given, images) and np.array_equal(tags, kinds)
slips = {"the given images or labels are overwritten: work on copies": True}
check_that("images and labels stay as they are", kept, "", secret=True, mistakes=slips)
### END HIDDEN TESTS

# %%
sprites, kinds = cutouts("train", classes=("bird", "mammal", "flower"))
chosen = np.concatenate([np.flatnonzero(kinds == k)[3:9:3] for k in range(3)])
animals, kinds = lay_on_colour(sprites[chosen], colour=(0.9, 0.93, 0.9)), np.eye(3)[kinds[chosen]]
names = np.array(["bird", "mammal", "flower"])


def label_text(row):
    return "\n".join(f"{share:.2f} {name}" for share, name in zip(row, names) if share > 0.005)


mixes = [(animals, kinds), mixup(animals, kinds, 1.0, 2573), cutmix(animals, kinds, 1.0, 1605)]

# %%
figure, axes = plt.subplots(3, 6, figsize=(5.9, 4.5))
for row, (images, soft) in enumerate(mixes):
    for column in range(6):
        draw_image(axes[row, column], np.asarray(images)[column], below=label_text(soft[column]))
    axes[row, 0].set_title(("as they are", "mixup", "CutMix")[row], size=10)
show(
    figure,
    "Mixup makes double exposures and CutMix collages. CutMix counts pixels, background included: the first collage is mostly bird by its label, though little of the bird is left. Would you sign that label?",
)

# %% [markdown]
# ## 6 · The same in Keras
#
# Keras has layers for nearly all of this (cutout is `RandomErasing(fill_value=0)`; salt and pepper is missing), with random amounts drawn anew for every image and every batch.
# Three traps first:
# - `RandomRotation(0.04)` counts **full turns**: up to 14.4 degrees either way. Shifts and zooms are
#   shares of the side.
# - `fill_mode` is `"reflect"` unless you say `"constant"` (then free pixels become 0).
# - `RandomBrightness`, `RandAugment` and `RandomErasing` believe that values run **to 255**: for our images say
#   `value_range=(0, 1)`.

# %% [markdown]
# ### Exercise 9 · an augmenter for digits (2 points)
#
# Return a `keras.Sequential` with `keras.Input(shape=(28, 28, 1))` and three layers:
# `RandomRotation` by up to 0.04 turns either way, `RandomTranslation` by up to 0.1 of the height and
# 0.1 of the width, and `RandomZoom` by up to 0.12 in or out (one factor for both sides). All three fill
# with `"constant"`. Nothing else: no flips, no light, and no class or `Lambda` of your own, since grading
# cannot look into them.


# %% nbgrader={"grade": false, "grade_id": "build_augmenter", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_augmenter():
    """Return a Keras model without weights that turns, shifts and zooms images (batch, 28, 28, 1)."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            layers.RandomRotation(0.04, fill_mode="constant"),
            layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
            layers.RandomZoom(0.12, fill_mode="constant"),
        ]
    )
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build_augmenter-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
rows, columns = np.mgrid[:28, :28] - 13.5
bar, corner, block = np.zeros((3, 28, 28, 1), dtype="float32")
bar[13:15, 4:24], block[8:20, 8:20] = 1, 1
corner[5:23, 6:10], corner[5:9, 6:20] = 1, 1  # a big letter: no flip and no half turn hides


def moments(images):
    """Return ink, centre (right, down), tilt in degrees, and width over height of each image."""
    weight = images[..., 0] / np.maximum(images.sum(axis=(1, 2, 3)), 1e-6)[:, None, None]
    x, y = (weight * columns).sum(axis=(1, 2)), (weight * rows).sum(axis=(1, 2))
    dx, dy = columns - x[:, None, None], rows - y[:, None, None]
    xx, yy, xy = [(weight * p).sum(axis=(1, 2)) for p in (dx**2, dy**2, dx * dy)]
    tilt, wide = np.degrees(0.5 * np.arctan2(2 * xy, xx - yy)), np.sqrt(xx / np.maximum(yy, 1e-6))
    return images.sum(axis=(1, 2, 3)), x, y, tilt, wide


model = build_augmenter()
unknown = hasattr(model, "layers") and not getattr(model, "built", True)
slips = {"the input is not declared: begin with keras.Input(shape=(28, 28, 1))": unknown}
check_model("build_augmenter()", model, mistakes=slips)
slips = {
    "the input has no channel axis: keras.Input(shape=(28, 28, 1))": model.input_shape[1:]
    == (28, 28),
    "there are layers with weights: an augmenter has none": model.count_params() > 0,
}
check_model(
    "build_augmenter()",
    model,
    input_shape=(28, 28, 1),
    output_shape=(28, 28, 1),
    parameters=0,
    mistakes=slips,
)
many = [np.asarray(model(np.stack([one] * 160), training=True)) for one in (bar, corner, block)]
tilt = moments(many[0])[3]
ink, right, down, _, wide = moments(many[2])
shapes = [corner, corner[:, ::-1], corner[::-1], corner[::-1, ::-1]]
nearest = np.argmin([((many[1] - s) ** 2).sum(axis=(1, 2, 3)) for s in shapes], axis=0)
peak = float(np.median(many[2].max(axis=(1, 2, 3))))
lit = (abs(many[2][:, 0, 0]) > 1e-3).mean()
check_that(
    "images are changed in training",
    abs(many[1] - corner).max() > 0.1,
    "the images come back as they went in",
    mistakes={"nothing is changed: add the three layers": True},
)
check_that(
    "values stay as bright as they were",
    0.9 < peak < 1.1 and lit < 0.05,
    f"white pixels come out at about {peak:.3g} instead of 1, and {lit:.0%} of the black corners are lit",
    mistakes={"the values are rescaled or relit: turn, shift and zoom only": True},
)
size = np.sqrt(ink / 144)
check_that(
    "the zoom is about 12 % either way",
    0.04 < size.std() < 0.11 and wide.std() < 0.06,
    f"the sides of a square vary by {size.std():.0%}; about 7 % (standard deviation) are expected, and both sides alike",
    mistakes={
        "height and width are zoomed apart: RandomZoom(0.12) has one factor for both": wide.std()
        >= 0.06,
        "the zoom is missing: RandomZoom(0.12)": size.std() < 0.03 and abs(size.mean() - 1) < 0.03,
        "the zoom is always the same: RandomZoom(0.12) draws it, in or out": size.std() < 0.03,
        "the zoom is too strong: its factor is a share, 0.12": size.std() > 0.11,
    },
)
check_that(
    "tilts run up to 14 degrees",
    4 < tilt.std() < 11 and -17 < tilt.min() < -8 and 8 < tilt.max() < 17,
    f"the tilts run from {tilt.min():.0f} to {tilt.max():.0f} degrees",
    mistakes={
        "the rotation is missing: RandomRotation(0.04)": tilt.std() < 1,
        "the rotation is too strong: its factor counts full turns, 0.04 of one": abs(tilt).max()
        > 17,
        "the rotation goes one way only: RandomRotation(0.04) turns both ways": tilt.min() > -1
        or tilt.max() < 1,
        "the rotation is too weak: its factor counts full turns, 0.04 of one": abs(tilt).max() < 10,
    },
)
check_that(
    "shifts reach a tenth of the side, in both directions",
    all(1.0 < moved.std() < 2.4 and abs(moved).max() < 4 for moved in (right, down)),
    f"images move by up to {abs(right).max():.1f} pixels sideways and {abs(down).max():.1f} up or down; about 3 are expected",
    mistakes={
        "the shift is missing: RandomTranslation(0.1, 0.1)": max(right.std(), down.std()) < 0.4,
        "the shift goes one way only: give a factor for height and one for width": min(
            right.std(), down.std()
        )
        < 0.4,
        "the shift is too strong: its factors are shares of the side": max(
            abs(right).max(), abs(down).max()
        )
        >= 4,
    },
)
check_that(
    "nothing is mirrored",
    (nearest == 0).mean() > 0.92,
    f"{(nearest != 0).mean():.0%} of the images are mirrored",
    mistakes={"a flip crept in: a mirrored digit is no digit": True},
)

# %% nbgrader={"grade": true, "grade_id": "build_augmenter-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: free pixels are black, nothing changes outside training, each image is drawn anew
### BEGIN HIDDEN TESTS
model = build_augmenter()
check_model("build_augmenter()", model, input_shape=(28, 28, 1), parameters=0, secret=True)
white = np.ones((400, 28, 28, 1), dtype="float32")
out = np.asarray(model(white, training=True))[..., 0]
black = out < 0.5
edges = [black[:, 0, 13], black[:, -1, 13], black[:, 13, 0], black[:, 13, -1]]
shifted = (edges[0] != edges[1]).mean()  # one side is free, the opposite one is not
shrunk = ((edges[0] & edges[1]) | (edges[2] & edges[3])).mean()
dark = (out.min(axis=(1, 2)) < 0.05).mean()
turned, squares = [np.asarray(model(np.stack([one] * 160), training=True)) for one in (bar, block)]
ink, right, down, _, _ = moments(squares)
spreads = moments(turned)[3].std(), right.std(), down.std(), np.sqrt(ink / 144).std()
# Black edges tell what fills them only where all three changes are as strong as asked.
as_asked = all(low < s < 2.5 * low for low, s in zip((4.4, 1, 1, 0.05), spreads))
check_that(
    "free pixels are black",
    dark > 0.8 and shifted > 0.15 and shrunk > 0.02,
    "",
    secret=True,
    mistakes={
        "free pixels are filled by reflection: fill_mode='constant' in all three layers": dark
        < 0.05
        and as_asked,
        "the shift fills by reflection: fill_mode='constant' there too": shifted <= 0.15
        and as_asked,
        "the zoom fills by reflection: fill_mode='constant' there too": shrunk <= 0.02 and as_asked,
        "the rotation fills by reflection: fill_mode='constant' there too": dark <= 0.8
        and as_asked,
    },
)
check(
    "the middle stays white",
    out[:80, 12:16, 12:16],
    want=np.ones((80, 4, 4)),
    tolerance=1e-3,
    secret=True,
)
image = np.random.default_rng(91).uniform(size=(1, 28, 28, 1)).astype("float32")
pair = np.asarray(model(np.concatenate([image, image]), training=True))
check_that("each image is drawn anew", abs(pair[0] - pair[1]).max() > 0.01, "", secret=True)
still = np.asarray(model(image, training=False))
slips = {"images change outside training too": abs(still - image).max() > 1e-6}
check("nothing changes outside training", still, want=image, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# Before you train with an augmenter, lay its images on a **contact sheet**, as photographers did, and
# ask the one question of each: *same label?* Five seconds here save an hour of training.

# %%
seed_everything(1)
augmenter = build_augmenter()
copies = np.asarray(augmenter(np.stack([originals[1]] * 23)[..., None], training=True))
figure = image_grid(np.concatenate([originals[1:2], copies[..., 0]]), columns=12, size=0.75)
show(
    figure,
    "Contact sheet: one 3 (top left) and 23 versions of it, slightly turned, shifted and zoomed, all of them clearly a 3.",
)

# %% [markdown]
# Random layers act where training says so: in `fit`, but not in `evaluate` or `predict`. If you
# call them **by hand** without `training=...`, they do act: write `training=True` or
# `training=False` to be sure.

# %%
sample = originals[1:2, ..., None]
print("by hand:  ", "changed" if np.any(np.asarray(augmenter(sample)) != sample) else "as it was")
print(
    "predict():",
    "changed" if np.any(augmenter.predict(sample, verbose=0) != sample) else "as it was",
)

# %% [markdown]
# ### Question 3 · black and white (1 point)
#
# Images with values in [0, 1] go through `layers.RandomBrightness(0.2)`. Half of them come out
# black, the others with values up to 50. Why?
# - **a** the factor 0.2 is too strong, 0.02 would be right
# - **b** brightness must be the last layer of an augmenter
# - **c** the layer expects values up to 255 and adds up to 51
# - **d** the layer needs colour images

# %% nbgrader={"grade": false, "grade_id": "value_range", "locked": false, "schema_version": 3, "solution": true, "task": false}
# value_range = "a", "b", "c" or "d"
### BEGIN SOLUTION
value_range = "c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "value_range-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "black and white",
    value_range,
    right="c",
    reasons={
        "a": "0.02 of 255 is 5.1: still far more than our whole range from 0 to 1",
        "b": "the order does not matter here: any image in [0, 1] meets the same fate",
        "d": "grey images are fine: the layer adds one number to all values",
    },
)

# %% [markdown]
# Three stronger layers, on the animals and flowers from above. **RandAugment** (Cubuk and others, 2020) applies a few random
# operations out of many, all with one strength (the Keras layer chooses once a batch, so we call it
# image by image here). **MixUp** and **CutMix** are yours from above; they take a dictionary with
# images and one-hot labels. Would you sign every label in the first row?

# %%
seed_everything(5)
batch = {"images": animals.astype("float32"), "labels": kinds.astype("float32")}
random_ops = layers.RandAugment(value_range=(0, 1), num_ops=2, factor=0.3)
shaken = [np.asarray(random_ops(image[None], training=True))[0] for image in batch["images"]]
blended = layers.MixUp(alpha=1.0)(batch, training=True)
patched = layers.CutMix(factor=1.0)(batch, training=True)
sheet = [
    (np.stack(shaken), kinds),
    (np.asarray(blended["images"]), np.asarray(blended["labels"])),
    (np.asarray(patched["images"]), np.asarray(patched["labels"])),
]

# %%
figure, axes = plt.subplots(3, 6, figsize=(5.9, 4.5))
for row, (images, soft) in enumerate(sheet):
    for column in range(6):
        draw_image(axes[row, column], images[column].clip(0, 1), below=label_text(soft[column]))
    axes[row, 0].set_title(("RandAugment", "MixUp", "CutMix")[row], size=10)
show(
    figure,
    "RandAugment leaves the labels as they are and changes much else, colours included: whether they still fit is for you to judge. The Keras layers MixUp and CutMix change labels as yours do.",
)

# %% [markdown]
# Now the pipeline. `tf.data` prepares batches while the network computes. A good training pipeline
# has four parts: **shuffle** all examples anew each epoch, **batch** them, **augment** each batch
# anew, **prefetch** the next one. Validation and test images get none of it, only batches.

# %% [markdown]
# ### Exercise 10 · the training pipeline (2 points)
#
# Return a `tf.data.Dataset` of `(images, labels)` batches; one pass over it is one epoch and holds
# every example once, the short last batch included. Start from `tf.data.Dataset
# .from_tensor_slices((images, labels))`. Then `.shuffle(...)` with a buffer as large as the whole
# set, `.batch(batch_size)`, `.map(function)` where `function(x, y)` returns the augmented images and
# the same labels, and `.prefetch(tf.data.AUTOTUNE)`. Augment with `augmenter = build_augmenter()`,
# built once, outside the function, and called with `training=True`. (So this check needs your
# exercise 9.)


# %% nbgrader={"grade": false, "grade_id": "training_pipeline", "locked": false, "schema_version": 3, "solution": true, "task": false}
def training_pipeline(images, labels, batch_size):
    """Return a tf.data.Dataset of shuffled, augmented batches of images (n, 28, 28, 1) and labels (n,)."""
    ### BEGIN SOLUTION
    augmenter = build_augmenter()
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    data = data.shuffle(len(images)).batch(batch_size)
    data = data.map(lambda x, y: (augmenter(x, training=True), y))
    return data.prefetch(tf.data.AUTOTUNE)
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "draw_epochs", "locked": true, "schema_version": 3, "solution": false, "task": false}
def draw_epochs(images, labels, batch_size, epochs):
    """Draw whole epochs from your pipeline: for each one batch sizes, labels and images as arrays."""
    data, drawn = training_pipeline(images, labels, batch_size), []
    if not isinstance(data, tf.data.Dataset) or not isinstance(data.element_spec, tuple):
        raise TypeError("training_pipeline must return a tf.data.Dataset of (images, labels) pairs")
    for _ in range(epochs):
        batches = [(np.asarray(x), np.asarray(y)) for x, y in data.take(len(images) + 1)]
        drawn.append(
            (
                np.array([y.size for _, y in batches]),
                np.concatenate([y.ravel() for _, y in batches]),
                np.concatenate([x.reshape(-1, *images.shape[1:]) for x, _ in batches]),
            )
        )
    return drawn


# %% nbgrader={"grade": true, "grade_id": "training_pipeline-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def pictures(tilt, zoom, right, down, blur, light):
    """Return smooth pictures (n, 28, 28): two spots, turned, zoomed, moved, blurred, lit."""
    rows, columns = np.mgrid[:28, :28] - 13.5
    tilt, zoom, right, down, blur, light = (
        np.reshape(v, (-1, 1, 1)) for v in (tilt, zoom, right, down, blur, light)
    )
    c, s = np.cos(tilt) / zoom, np.sin(tilt) / zoom
    x, y = columns - right, rows - down
    x, y = c * x + s * y, c * y - s * x
    spots = ((-3, -4, 1.0), (3.5, 2.5, 0.7))
    light = light * 8 / (8 + blur)  # the ink stays the same
    return light * sum(h * np.exp(-((x - a) ** 2 + (y - b) ** 2) / (8 + blur)) for a, b, h in spots)


def found(images):
    """Return tilt, zoom, shifts, blur and light of the picture nearest to each image, and how far it is."""
    flat = images.reshape(len(images), -1)
    peak = np.maximum(flat.max(axis=1), 1e-3)
    limits = np.array([(-0.5, 0.7, -6, -6, -2, 0.5), (0.5, 1.4, 6, 6, 8, 2)])[..., None]
    now = np.tile([[0], [1], [0], [0], [1], [1]], len(flat)).astype(float)
    for _ in range(10):  # Gauss and Newton: the slope of every pixel in each of the six numbers
        here = pictures(*now).reshape(flat.shape)
        slopes = [pictures(*(now + 1e-4 * one[:, None])).reshape(flat.shape) for one in np.eye(6)]
        J = (np.stack(slopes, axis=1) - here[:, None]) / 1e-4
        towards = J @ (flat / peak[:, None] - here)[..., None]
        step = np.linalg.solve(J @ J.transpose(0, 2, 1) + 1e-6 * np.eye(6), towards)
        now = np.clip(now + step[..., 0].T, *limits)
    far = abs(pictures(*now).reshape(flat.shape) - flat / peak[:, None]).max(axis=1)
    now[5] *= peak
    return now, far


def as_built(tilt, zoom, right, down):
    """Tell whether tilts, zooms and shifts vary as in exercise 9."""
    shifts = all(1.0 < moved.std() < 2.4 for moved in (right, down))
    return shifts and 4 < np.degrees(tilt).std() < 11 and 0.04 < zoom.std() < 0.11


# 44 pictures of two spots; the label is the picture's number, and the light tells it too.
numbers = np.arange(44)
given = pictures(0, 1, 0, 0, 0, (numbers + 1) / 44)[..., None].astype("float32")
(sizes, labels, images), (_, labels2, images2) = draw_epochs(given, numbers, 8, 2)
check_that(
    "batches of 8, the last one of 4",
    sizes.tolist() == [8, 8, 8, 8, 8, 4],
    f"one epoch has {len(sizes)} batches of {sizes.min()} to {sizes.max()} labels",
    mistakes={
        "the labels are changed: return each as it was, one number": len(labels) != len(images),
        "the pipeline never ends: leave out repeat()": sizes.sum() > 44 and sizes.max() <= 8,
        "the short last batch is dropped: leave out drop_remainder": sizes.tolist() == [8] * 5,
        "the examples are not batched: batch(batch_size)": sizes.max() == 1,
        "the whole set is one batch: use batch_size": sizes.max() > 8,
        "whole batches are shuffled, not examples: shuffle before batch": sorted(sizes)
        == [4, 8, 8, 8, 8, 8],
    },
)
check("every example once", np.sort(labels), want=numbers)
check("and once more in the next epoch", np.sort(labels2), want=numbers)
(tilt, zoom, right, down, _, light), far = found(np.concatenate([images, images2]))
check_that(
    "every image is a given one, turned, shifted and zoomed",
    far.max() < 0.06,
    f"{(far >= 0.06).mean():.0%} of the images are no given image, however turned, shifted and zoomed",
    mistakes={
        "images are changed otherwise: give each batch to build_augmenter() of exercise 9, and mend that first if it is wrong": True
    },
)
apart = abs(light * 44 - 1 - np.concatenate([labels, labels2])) > 0.9
check_that(
    "images keep their labels",
    not apart.any(),
    f"{apart.sum()} of 88 images came with the label of another",
    mistakes={"images and labels are shuffled apart: put both into one dataset": True},
)
check_that(
    "examples are shuffled",
    (labels != numbers).any(),
    "the examples come in the order in which they were given",
    mistakes={"the examples are not shuffled": (labels2 == numbers).all()},
)
neighbours = (np.abs(np.diff(labels)) == 1).mean()
ahead = max(
    (order - numbers).max() for order in (labels, labels2)
)  # a buffer of 22 gives 21 at most
check_that(
    "examples of a batch come from everywhere",
    neighbours < 0.5 and ahead > 21,
    "the batches hold examples that were neighbours before",
    mistakes={
        "whole batches are shuffled, not examples: shuffle before batch": neighbours >= 0.5,
        "the shuffle buffer is too small: len(images)": True,
    },
)
check_that(
    "each epoch has an order of its own",
    (labels != labels2).any(),
    "both epochs came in the same order",
    mistakes={
        "the augmented images are kept: no cache() after map": np.array_equal(images, images2)
        and abs(images - given[labels.astype(int)]).max() > 0.1,
        "the order is drawn once: leave reshuffle_each_iteration as it is, and no cache() after shuffle": True,
    },
)
lights = given.max(axis=(1, 2, 3), keepdims=True)  # so that dark pictures count as much as others
first, second = images[np.argsort(labels)] / lights, images2[np.argsort(labels2)] / lights
check_that(
    "images are augmented anew each epoch",
    abs(first - second).max(axis=(1, 2, 3)).min() > 1e-3,
    "an image looks the same in two epochs",
    mistakes={
        "the images are not augmented: call the augmenter with training=True": abs(
            first - given / lights
        ).max()
        < 1e-3,
        "the images are augmented once and for all: augment inside map": abs(first - second).max()
        < 1e-3,
    },
)
check_that(
    "turns, shifts and zooms are those of exercise 9",
    as_built(tilt, zoom, right, down),
    f"standard deviations: {np.degrees(tilt).std():.1f} degrees, {zoom.std():.0%} in size, {right.std():.1f} and {down.std():.1f} pixels; about 8, 7 %, 1.7 and 1.7 are expected",
    mistakes={
        "images are changed otherwise: give each batch to build_augmenter() of exercise 9, and mend that first if it is wrong": True
    },
)

# %% nbgrader={"grade": true, "grade_id": "training_pipeline-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: another size, labels unchanged, three epochs, different changes within a batch, 1,500 examples
### BEGIN HIDDEN TESTS
numbers = np.arange(30)
thirds = numbers % 3
given = pictures(0, 1, 0, 0, 0, (thirds + 1) / 3)[..., None].astype("float32")
epochs = draw_epochs(given, thirds, 30, 3)
sizes = epochs[0][0]
slips = {
    "the labels are changed: return each as it was, one number": sizes.sum() > len(epochs[0][2]),
    "the pipeline never ends: leave out repeat()": sizes.sum() > 30,
    "the examples are not batched: batch(batch_size)": len(sizes) == 30 and sizes.max() == 1,
}
check_that("one batch of all", sizes.tolist() == [30], "", secret=True, mistakes=slips)
plain, alike, facts = pictures(0, 1, 0, 0, 0, 1)[..., None], [], []
for _, labels, images in epochs:
    check("labels as they were", np.bincount(labels), want=[10, 10, 10], secret=True)
    images = images / ((labels + 1) / 3)[:, None, None, None]
    alike.append(images)
    slips = {
        "the images are not augmented: call the augmenter with training=True": abs(
            images - plain
        ).max()
        < 1e-3
    }
    varied = abs(images - images[:1]).max(axis=(1, 2, 3))[1:].min() > 1e-3
    check_that("each image is changed otherwise", varied, "", secret=True, mistakes=slips)
    fact, far = found(images)
    facts.append(fact)
    check_that(
        "each image is a given one, with its label",
        far.max() < 0.06 and abs(fact[5] - 1).max() < 0.1,
        "",
        secret=True,
    )
slips = {
    "the augmented images are kept: no cache() after map": np.array_equal(alike[0], alike[1])
    and abs(alike[0] - plain).max() > 0.1,
    "the images are augmented once and for all: augment inside map": True,
}
sums = [np.sort(images.sum(axis=(1, 2, 3))) for images in alike]
check_that("epochs differ", abs(sums[0] - sums[1]).max() > 1e-3, "", secret=True, mistakes=slips)
tilt, zoom, right, down = np.concatenate(facts, axis=1)[:4]
check_that(
    "turns, shifts and zooms are those of exercise 9",
    as_built(tilt, zoom, right, down),
    "",
    secret=True,
)
slips = {
    "the order is drawn once: leave reshuffle_each_iteration as it is, and no cache() after shuffle": True
}
given = pictures(0, 1, 0, 0, 0, (numbers + 1) / 30)[..., None].astype("float32")
twice = draw_epochs(given, numbers, 5, 2)
fact, far = found(twice[1][2])
kept = far.max() < 0.06 and abs(fact[5] * 30 - 1 - twice[1][1]).max() < 0.75
check_that("batches of 5 of given images, with their labels", kept, "", secret=True)
neighbours = (np.diff(twice[0][1]) == 1).mean()
check_that(
    "examples of a batch come from everywhere",
    neighbours < 0.5,
    "",
    secret=True,
    mistakes={
        "whole batches are shuffled, not examples: shuffle before batch": (
            twice[0][1] != numbers
        ).any(),
        "the examples are not shuffled": True,
    },
)
differ = (twice[0][1] != twice[1][1]).any()
check_that("orders differ", differ, "", secret=True, mistakes=slips)
many = np.arange(1500)
order = draw_epochs(np.zeros((1500, 28, 28, 1), dtype="float32"), many, 500, 1)[0][1]
ahead = (order - many).max()  # a buffer of 1,000 gives 999 at most
slips = {"the shuffle buffer is too small: len(images)": np.array_equal(np.sort(order), many)}
check_that("late examples can come first", ahead > 1200, "", secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# Prefetching changes the speed and no value, so no check can see it: it is on you. And look at what
# the network will get: one batch, drawn from your pipeline, with its labels.

# %%
data = training_pipeline(train_images[:64, ..., None], train_labels[:64], 24)
batch_images, batch_labels = map(np.asarray, next(iter(data)))
figure = image_grid(batch_images[..., 0], batch_labels, columns=12, size=0.75)
show(
    figure,
    "Contact sheet of one training batch: every digit is changed, and every label still fits.",
)

# %% [markdown]
# ### Question 4 · better on validation than in training? (1 point)
#
# With augmentation, the training accuracy stays at 0.93 while the validation accuracy reaches 0.96.
# What is the most likely reason?
# - **a** training images are made harder by augmentation, validation images are not
# - **b** validation images leaked into the training set
# - **c** the network overfits
# - **d** validation images must be augmented too, then all is well

# %% nbgrader={"grade": false, "grade_id": "harder_training", "locked": false, "schema_version": 3, "solution": true, "task": false}
# harder_training = "a", "b", "c" or "d"
### BEGIN SOLUTION
harder_training = "a"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "harder_training-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "better on validation than in training",
    harder_training,
    right="a",
    reasons={
        "b": "a leak lifts validation, but it does not hold training down at 0.93; harder training images do",
        "c": "overfitting looks the other way round: training far above validation",
        "d": "then both numbers would measure distorted images, and we want to know about real ones",
    },
)

# %% [markdown]
# ## 7 · Does it help? Few images, several seeds
#
# The experiment: 500 training digits, the same small network, with and without augmentation. Two
# rules make it fair. **Equal optimisation steps**: 480 for both, or augmentation would win by
# training longer. **Several seeds**: each draws other 500 digits and other first weights, because
# one run proves nothing when runs differ by a point or two.


# %%
def small_cnn():
    """Return a compiled network for digits (batch, 28, 28, 1): two convolutions, 52,138 weights."""
    model = keras.Sequential([keras.Input(shape=(28, 28, 1))])
    for filters in (8, 16):
        model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(layers.MaxPooling2D())
    model.add(layers.Flatten())
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %%
rounds = budget(full=15, short=1)  # one round is 32 steps of 32 images
X_train, X_test = train_images[..., None], test_images[..., None]


def pick(count, seed):
    """Draw `count` training digits by chance."""
    rows = np.random.default_rng(seed).choice(len(X_train), count, replace=False)
    return X_train[rows], train_labels[rows]


def plain_pipeline(images, labels, batch_size):
    data = tf.data.Dataset.from_tensor_slices((images, labels))
    return data.shuffle(len(images)).batch(batch_size).prefetch(tf.data.AUTOTUNE)


# %%
def fit_digits(pipeline, count, seed, **options):
    """Train on `count` digits for 32 steps a round; return the network."""
    seed_everything(seed)
    model = small_cnn()
    data = pipeline(*pick(count, seed), 32).repeat()  # begins anew where an epoch ends
    model.fit(data, steps_per_epoch=32, epochs=rounds, shuffle=False, verbose=0, **options)
    return model


def test_accuracy(model):
    return model.evaluate(X_test, test_labels, batch_size=500, verbose=0)[1]


# %% [markdown]
# Seed 0 with live curves first, on training and validation digits, logged for TensorBoard. (One "epoch" of the curves is
# a round of 32 steps, here two passes over the 500 digits; mind their different scales.)

# %%
held_out = [part[: budget(full=500, short=50)] for part in digits("validation")]
accuracies = {"plain": [], "augmented": []}
pipelines = {"plain": plain_pipeline, "augmented": training_pipeline}
for name, pipeline in pipelines.items():
    print(f"500 digits, {name}:")
    model = fit_digits(
        pipeline, 500, seed=0, callbacks=watch(name, rounds),
        validation_data=(held_out[0][..., None], held_out[1]),
    )  # fmt: skip
    accuracies[name].append(test_accuracy(model))

# %% [markdown]
# Without augmentation the network soon knows its 500 digits by heart: training accuracy 1, and
# validation stands still. With it, it never sees the same picture twice, and validation goes on
# rising. Now the other seeds.

# %%
for seed in range(1, budget(full=5, short=1)):
    for name, pipeline in pipelines.items():
        accuracies[name].append(test_accuracy(fit_digits(pipeline, 500, seed)))
    print(
        f"seed {seed}: plain {accuracies['plain'][-1]:.3f}, augmented {accuracies['augmented'][-1]:.3f}"
    )
print("For TensorBoard:", log_scalars("test-accuracy-by-seed", accuracies))


# %%
def spread(runs):
    """Return the standard deviation of some runs, 0 for a single one."""
    return float(np.std(runs, ddof=1)) if len(runs) > 1 else 0.0


def summary(runs):
    return f"{np.mean(runs):.3f} ± {spread(runs):.3f}"


print({name: summary(values) for name, values in accuracies.items()})

# %%
commonest = np.bincount(test_labels).max() / len(test_labels)
means = {name: np.mean(values) for name, values in accuracies.items()}
for name, value in means.items():
    report_result(
        f"500 digits, {name}, test accuracy",
        value,
        baseline=commonest,
        baseline_name="always the commonest digit",
        tolerance=0.015,
    )
gains = np.subtract(accuracies["augmented"], accuracies["plain"])  # the same digits, seed by seed
report_result("500 digits, gain by augmentation at equal steps", gains.mean(), tolerance=0.015)
report_result("its standard deviation from seed to seed", spread(gains), tolerance=0.01)

# %%
COLOURS = {"plain": BLUE, "augmented": ORANGE}


def draw_runs(ax, x, runs, **style):
    """Draw runs in percent: means with their standard deviations, single runs as rings."""
    runs = [100 * np.array(values) for values in runs]
    means, spreads = [values.mean() for values in runs], [spread(values) for values in runs]
    line = ax.errorbar(x, means, spreads, capsize=5, **style)
    for place, values in zip(x, runs):
        ring = {"facecolor": "white", "edgecolor": line[0].get_color(), "zorder": 3}
        ax.scatter(np.full(len(values), place), values, s=14, **ring)
    return ax


# %%
figure, ax = plt.subplots(figsize=(5.0, 3.0))
for x, (name, colour) in enumerate(COLOURS.items()):
    draw_runs(ax, [x], [accuracies[name]], fmt="o", ms=9, color=colour)
    ax.text(x + 0.08, 100 * means[name], f"{100 * means[name]:.1f} %", va="center")
ax.set(xticks=(0, 1), xticklabels=COLOURS, xlim=(-0.5, 1.5))
ax.set(ylabel="test accuracy (%)", title="Few images: augmentation beats luck")
show(
    figure,
    "Means of five seeds with their standard deviation, single runs as rings: with equal steps, augmentation gains several times that spread.",
)

# %% [markdown]
# Five seeds (mean ± standard deviation): 0.902 ± 0.008 plain, 0.929 ± 0.009 augmented; naming every
# digit a 1 gets 0.113. The gain, seed by seed, is 0.026 ± 0.008: three times its own spread, and no
# seed of the five lost by augmenting. That is no luck.
#
# Does augmentation always help? The same 480 steps with fewer and with more digits.

# %%
sizes = budget(full=[100, 500, 7000], short=[500])
by_size = {500: accuracies}
for count in [size for size in sizes if size != 500]:
    by_size[count] = {
        name: [test_accuracy(fit_digits(pipeline, count, seed)) for seed in range(3)]
        for name, pipeline in pipelines.items()
    }
    print(count, {name: summary(values) for name, values in by_size[count].items()})

# %%
figure, ax = plt.subplots(figsize=(6.0, 3.2))
for shift, (name, colour) in zip((0.97, 1.03), COLOURS.items()):
    x = shift * np.array(sizes)  # side by side, so that the error bars do not hide each other
    draw_runs(ax, x, [by_size[size][name] for size in sizes], fmt="o-", color=colour, label=name)
ax.set_xscale("log")
ax.set(xticks=sizes, xticklabels=[f"{size:,}" for size in sizes], xlabel="training digits")
ax.minorticks_off()
ax.set(ylabel="test accuracy (%)", title="The fewer the images, the larger the gain")
ax.legend(loc="lower right")
show(
    figure,
    "With 100 digits augmentation gains most, with 500 it still gains, and with all 7,000 hardly anything at equal steps (means and standard deviations of three seeds, five for 500).",
)

# %%
largest = sizes[-1]
gap = np.mean(by_size[largest]["augmented"]) - np.mean(by_size[largest]["plain"])
report_result(f"{largest:,} digits, gain by augmentation", gap, tolerance=0.015)

# %% [markdown]
# Plain and augmented, three seeds each: 0.783 ± 0.013 and 0.862 ± 0.028 with 100 digits, 0.944 ± 0.015
# and 0.947 ± 0.006 with 7,000. So the gain is eight points with 100 digits, nearly three with 500, and with all
# 7,000 (0.2 points) not to be told from luck. No surprise: in 480 steps the plain network sees each
# of 7,000 digits about twice, has no time to learn them by heart, and spends none of it on pictures
# that are harder than the test.

# %% [markdown]
# ## 8 · Too much of it
#
# Turning digits by a few degrees helps. And by more? Rotation alone now, up to 15, 90 and 180
# degrees either way, 500 digits, 480 steps. We watch the accuracy on all digits, and on sixes and
# nines alone, whose labels a half turn breaks.


# %%
def rotation_pipeline(degrees):
    """Return a pipeline like yours that rotates by up to `degrees` and does nothing else."""
    turn = layers.RandomRotation(degrees / 360, fill_mode="constant")

    def pipeline(images, labels, batch_size):
        data = plain_pipeline(images, labels, batch_size)
        return data.map(lambda x, y: (turn(x, training=True), y))

    return pipeline


# %%
six_or_nine = np.isin(test_labels, (6, 9))
angles = budget(full=[15, 90, 180], short=[180])
rotated = {angle: [] for angle in angles}
for angle in angles:
    for seed in range(budget(full=3, short=1)):
        model = fit_digits(rotation_pipeline(angle), 500, seed)
        right = model.predict(X_test, batch_size=500, verbose=0).argmax(axis=1) == test_labels
        rotated[angle].append((right.mean(), right[six_or_nine].mean()))
    everything, six_nine = np.transpose(rotated[angle])
    print(f"up to {angle} degrees: all digits {summary(everything)}, 6 and 9 {summary(six_nine)}")

# %%
figure, ax = plt.subplots(figsize=(6.0, 3.2))
plain = 100 * np.mean(accuracies["plain"][: len(rotated[angles[0]])])  # the same seeds
ax.axhline(plain, color="grey", ls="--", lw=1.2, label="all digits, not rotated")
for column, (name, colour) in enumerate((("all digits", BLUE), ("sixes and nines", ORANGE))):
    runs = [[run[column] for run in rotated[angle]] for angle in angles]
    x = np.arange(len(angles)) + 0.06 * column
    draw_runs(ax, x, runs, fmt="o-", color=colour, label=name)
ax.set(xticks=range(len(angles)), xticklabels=[f"{angle}°" for angle in angles])
ax.set(xlabel="rotation, up to", ylabel="test accuracy (%)", title="A little helps, a lot hurts")
ax.legend(loc="lower left")
show(
    figure,
    "Up to 15 degrees rotation helps; from 90 on it costs, and at 180 degrees sixes and nines fall furthest, because turning breaks their labels (three seeds).",
)

# %%
report_result(
    f"500 digits, rotation up to {angles[-1]} degrees, test accuracy on 6 and 9",
    np.mean(rotated[angles[-1]], axis=0)[1],
    baseline=0.5,
    baseline_name="guessing between 6 and 9",
    tolerance=0.12,
)

# %% [markdown]
# Rotation by up to 15 degrees is worth one to two points (0.921 ± 0.011 on all digits; not rotated, with the same three
# seeds, 0.905). Up to 90 degrees costs
# nearly six (0.849 ± 0.025), although most labels survive: the network must learn pictures that no test contains. And at
# 180 degrees sixes and nines fall from 0.927 to 0.64 ± 0.12 (three seeds): a six turned half round
# *is* a nine, but training insists that it is a six. Data can't be repaired by more of it if the
# labels are wrong.

# %% [markdown]
# ## 9 · The parrot at 1 p.m.
#
# A camera hangs at a bird feeder. Among blackbirds, crows and gulls comes one escaped parrot, and
# the network is to report it. The photographs to train on come from one summer week. The parrot
# came **every day at 1 p.m.**, the others in the morning and in the evening. Nobody thought about
# that; after all, the pictures show birds.
#
# `at_hour` gives a photograph the light of an hour: cool in the morning, white at noon, red and
# dark in the evening. It multiplies the three channels by the curves below.

# %%
LIGHT_HOURS = [6, 9, 13, 17, 20]
LIGHT = {"red": [0.45, 0.8, 1, 0.95, 0.6], "green": [0.5, 0.85, 1, 0.75, 0.4], "blue": [0.75, 1, 1, 0.55, 0.3]}  # fmt: skip


# %%
def at_hour(images, hours):
    """Give images (batch, height, width, 3), taken in white light, the light of hours (batch,)."""
    hours = np.broadcast_to(hours, len(images))
    gains = np.stack([np.interp(hours, LIGHT_HOURS, curve) for curve in LIGHT.values()], axis=-1)
    return (images * gains[:, None, None, :]).astype("float32")


def draw_hours(labels, seed, swapped=False):
    """Draw when each photograph was taken: the parrot (label 1) around 13, other birds not."""
    rng, n = np.random.default_rng(seed), len(labels)
    early_or_late = np.where(rng.random(n) < 0.5, rng.uniform(6.5, 8, n), rng.uniform(18, 19.5, n))
    return np.where((labels == 1) ^ swapped, rng.uniform(12.5, 13.5, n), early_or_late)


# %%
counts = budget(full=(600, 200, 400), short=(64, 16, 32))
scenes = {
    name: feeder_scenes(name, count) for name, count in zip(("train", "validation", "test"), counts)
}
birds_train, is_parrot = scenes["train"]
X_birds = at_hour(birds_train, draw_hours(is_parrot, 1))
validation_set = (
    at_hour(scenes["validation"][0], draw_hours(scenes["validation"][1], 2)),
    scenes["validation"][1],
)
birds_test, parrot_test = scenes["test"]
X_other_hours = at_hour(birds_test, draw_hours(parrot_test, 3, swapped=True))

# %%
shown = np.r_[np.flatnonzero(is_parrot == 1)[:4], np.flatnonzero(is_parrot == 0)[:4]]
figure, axes = plt.subplots(2, 8, figsize=(7.6, 2.6))
for column, i in enumerate(shown):
    draw_image(axes[0, column], X_birds[i], below=("other bird", "parrot")[is_parrot[i]])
shown = np.r_[np.flatnonzero(parrot_test == 1)[:4], np.flatnonzero(parrot_test == 0)[:4]]
for column, i in enumerate(shown):
    draw_image(axes[1, column], X_other_hours[i], below=("other bird", "parrot")[parrot_test[i]])
axes[0, 0].set_title("training week", size=9)
axes[1, 0].set_title("another week", size=9)
show(
    figure,
    "In the training week light means parrot and dusk means another bird; in another week the habits are the other way round.",
)


# %%
def bird_net():
    """Return a compiled network: photographs (batch, 48, 48, 3) -> probability of the parrot."""
    model = keras.Sequential(
        [
            keras.Input(shape=(48, 48, 3)),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu"),
            layers.GlobalMaxPooling2D(),
            layers.Dense(32, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.002), "binary_crossentropy", metrics=["accuracy"])
    return model


# %%
def train_birds(seed, augment=None):
    """Train on the week's photographs for 12 epochs, each epoch augmented anew."""
    seed_everything(seed)
    model = bird_net()
    for epoch in range(budget(full=12, short=1)):
        images = augment(X_birds, epoch) if augment else X_birds
        model.fit(images, is_parrot, batch_size=32, verbose=0)
    return model


# %%
def bird_accuracy(model):
    """Return the accuracies on validation photographs (same habits) and at other hours."""
    photographs = (validation_set, (X_other_hours, parrot_test))
    return [model.evaluate(*pair, batch_size=200, verbose=0)[1] for pair in photographs]


bird_seeds = range(budget(full=3, short=1))
naive_nets = [train_birds(seed) for seed in bird_seeds]
before = np.array([bird_accuracy(model) for model in naive_nets])  # (seeds, 2)
for seed, (same, other) in zip(bird_seeds, before):
    print(f"seed {seed}: validation, same habits {same:.3f}; test, other hours {other:.3f}")

# %% [markdown]
# Perfect on the validation photographs, or nearly; when the hours change, a lottery from seed to seed, on average
# hardly better than a coin. The validation set could not warn us: it comes from the same week and
# shares the shortcut.
#
# ### Question 5 · a perfect validation score (1 point)
#
# Your validation photographs were drawn at random from the same week as the training ones, and the
# network names all of them right. What do you know?
# - **a** it recognises the bird, or anything else that went with the bird in that week
# - **b** it recognises the bird, because it never saw these photographs
# - **c** it overfits, because no honest network reaches 100 %
# - **d** nothing is certain, but with a larger random sample of the week it would be

# %% nbgrader={"grade": false, "grade_id": "perfect_validation", "locked": false, "schema_version": 3, "solution": true, "task": false}
# perfect_validation = "a", "b", "c" or "d"
### BEGIN SOLUTION
perfect_validation = "a"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "perfect_validation-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "a perfect validation score",
    perfect_validation,
    right="a",
    reasons={
        "b": "new photographs, but of the same week: the hour gives the parrot away in them too",
        "c": "overfitting fails on new photographs of the same kind, and these are named right",
        "d": "a larger sample of the same week has the same habit in it: size does not help",
    },
)

# %% [markdown]
# **Find it.** Suspect the light? Then change the light and nothing else. Take test photographs, move
# the clock from 6 to 20, and follow the probability of "parrot". A network that looks at the bird
# would draw two flat lines.

# %%
clock = np.linspace(6, 20, budget(full=29, short=3))
two_kinds = {
    name: birds_test[parrot_test == kind][:60] for name, kind in (("parrot", 1), ("other birds", 0))
}


def by_the_clock(model):
    """Return the mean probability of "parrot" at each hour, for photographs of both kinds."""
    return {
        name: [float(np.asarray(model(at_hour(images, hour))).mean()) for hour in clock]
        for name, images in two_kinds.items()
    }


# %%
def draw_clock(ax, curves, title):
    for (name, values), colour in zip(curves.items(), (ORANGE, BLUE)):
        ax.plot(clock, values, color=colour, label=name)
    ax.axvspan(12.5, 13.5, color="lightgrey", alpha=0.6, lw=0)
    ax.set(xlabel="hour", ylabel='mean probability of "parrot"', ylim=(-0.03, 1.03), title=title)
    return ax


# %%
figure, ax = plt.subplots(figsize=(6.2, 3.3))
naive = naive_nets[0]
naive_clock = by_the_clock(naive)
draw_clock(ax, naive_clock, "The network reads the clock").legend(loc="center")
show(
    figure,
    "The same photographs in the light of other hours: early and late the parrot is missed, and around 1 p.m. (grey) other birds are taken for the parrot more often.",
)

# %% [markdown]
# There it is: a **shortcut** (Geirhos and others, 2020), a rule that works on the data at hand for
# the wrong reason. Drag the clock and watch the parrot and a pigeon.


# %%
def draw_feeder(hour):
    figure, axes = plt.subplots(1, 2, figsize=(5.0, 2.9))
    for ax, (name, images) in zip(axes, two_kinds.items()):
        lit = at_hour(images[2:3], hour)
        draw_image(
            ax, lit[0], title=name, below=f"p(parrot) = {float(np.asarray(naive(lit))[0, 0]):.2f}"
        )
    show(figure, f"The light of {hour:g} o'clock, and what the network makes of it.")


play(draw_feeder, hour=(19.0, 6.0, 20.0, 0.25))

# %% [markdown]
# **Cure it.** Best would be photographs of the parrot at all hours. If there are none, break the
# bond between light and label ourselves: give each training photograph a random light, so that
# light tells little about the bird any more.
#
# ### Exercise 11 · random light (2 points)
#
# Multiply **each channel of each image** by a factor of its own, $e^u$ with $u$ uniform between
# $-$`strength` and `strength` (so the factors of strength 1 run from 0.37 to 2.7, and halving is as
# likely as doubling). Then clip the values to [0, 1]. Draw from `np.random.default_rng(seed)`; the
# shape `(batch, 1, 1, 3)` multiplies all pixels of a channel alike.


# %% nbgrader={"grade": false, "grade_id": "random_light", "locked": false, "schema_version": 3, "solution": true, "task": false}
def random_light(images, strength, seed):
    """Give each of the colour images (batch, height, width, 3) a random brightness and tint."""
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    factors = np.exp(rng.uniform(-strength, strength, size=(len(images), 1, 1, 3)))
    return np.clip(images * factors, 0, 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "random_light-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
grey = np.full((500, 3, 4, 3), 0.25)
got = random_light(grey.copy(), 0.8, 1)
slips = {"these are the factors: multiply the images by them": np.shape(got) == (500, 1, 1, 3)}
check("random_light(images, 0.8, seed=1)", got, shape=(500, 3, 4, 3), mistakes=slips)
factors = np.asarray(got, dtype=float) / 0.25
one = factors[:, 0, 0]  # (500, 3)
slips = {
    "each pixel has a factor of its own: draw the shape (batch, 1, 1, 3)": True,
}
flat = abs(factors - factors[:, :1, :1]).max() < 1e-5
check_that(
    "all pixels of a channel alike", flat, "the pixels of a grey image differ", mistakes=slips
)
check_that(
    "each image has a light of its own",
    one.std(axis=0).min() > 1e-3,
    "all images have the same light",
    mistakes={
        "nothing changes: multiply the images by the factors": abs(factors - 1).max() < 1e-9,
        "one light serves the whole batch: draw one an image": True,
    },
)
check_that(
    "each channel has a factor of its own",
    one.std(axis=1).max() > 1e-3,
    "red, green and blue are changed alike: no tint",
    mistakes={"the three channels share one factor: draw three an image": True},
)
least, most = one.min(), one.max()
check_that(
    "factors run from exp(-0.8) = 0.45 to exp(0.8) = 2.23",
    0.44 < least < 0.5 and 2.1 < most < 2.24,
    f"they run from {least:.2f} to {most:.2f}",
    mistakes={
        "the factors are added: multiply the images by them": least > 2.5,
        "the light is added: multiply the images by np.exp(u)": least <= 0.01 and most > 2.5,
        "the exponential is missing: the factors are np.exp(u)": least <= 0.01 and most < 0.9,
        "the factors are 1 + u: take np.exp(u)": 0.19 < least < 0.23 and 1.7 < most < 1.81,
        "u is never negative: draw it between -strength and strength": least > 0.99,
        "u is normal: draw it with rng.uniform": least < 0.4 or most > 2.5,
    },
)
check_that(
    "darker as often as brighter",
    abs((one > 1).mean() - 0.5) < 0.06,
    f"{(one > 1).mean():.0%} of the factors are above 1",
    mistakes={"the factors are uniform themselves: draw u, then take np.exp(u)": True},
)
u = np.log(one) / 0.8
quarters = np.histogram(u, [-np.inf, -0.5, 0, 0.5, np.inf])[0] / u.size
check_that(
    "u is uniform",
    abs(quarters - 0.25).max() < 0.07,
    f"its four quarters hold {quarters.round(2)} of all u",
    mistakes={"u is not uniform: draw it with rng.uniform": True},
)
check_that(
    "each channel goes its own way",
    abs(np.corrcoef(u.T) - np.eye(3)).max() < 0.3,
    "they are mostly lifted or lowered together",
    mistakes={"the three channels share one sign: draw u for each channel": True},
)

# %% nbgrader={"grade": true, "grade_id": "random_light-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: bright images stay in [0, 1], no strength, the seed, input kept
### BEGIN HIDDEN TESTS
images = np.random.default_rng(111).uniform(0, 1, size=(40, 5, 6, 3))
first, again, other = [np.asarray(random_light(images.copy(), 1.0, s)) for s in (3, 3, 4)]
slips = {"values leave [0, 1]: clip them after multiplying": True}
inside = first.min() >= 0 and first.max() <= 1
check_that("bright images stay in [0, 1]", inside, "", secret=True, mistakes=slips)
halves = np.full((60, 4, 5, 3), 0.2)
halves[:, :2] = 0.9  # above dark pixels, which show the factor, lie bright ones
lit = np.asarray(random_light(halves.copy(), 1.0, 6))
factors = lit[:, 3:, :1] / 0.2
slips = {
    "the values are divided by the largest: clip them to 1 instead": factors.max() < 1.2
    and np.allclose(lit[:, :2], 0.9 * factors, atol=1e-3),
}
bright = factors.max() > 2 and np.allclose(lit[:, :2], np.minimum(0.9 * factors, 1), atol=1e-3)
check_that("bright pixels are cut off at 1", bright, "", secret=True, mistakes=slips)
factors = np.median(first / images, axis=(1, 2), keepdims=True)
dim = factors[..., 0] < 0.95  # where nothing is cut off, every pixel shows the factor
want = (images[..., 0] * factors[..., 0])[dim[:, 0, 0]]
check("every pixel times its factor", first[..., 0][dim[:, 0, 0]], want=want, secret=True)
still = random_light(images.copy(), 0.0, 5)
check("no strength, no change", still, want=images, tolerance=1e-6, secret=True)
slips = {"the light ignores the seed: use np.random.default_rng(seed)": True}
check_that("one seed, one light", np.array_equal(first, again), "", secret=True, mistakes=slips)
slips = {
    "nothing changes: multiply the images by the factors": np.array_equal(first, images),
    "the seed is a fixed number: pass the given one": True,
}
check_that("another seed", np.any(first != other), "", secret=True, mistakes=slips)
kept = images.copy()
random_light(images, 1.0, 3)
slips = {"the given images are overwritten: work on a copy": True}
check("the given images stay as they are", images, want=kept, secret=True, mistakes=slips)
check_that("some lights are dark", dim.mean() > 0.2, "", secret=True)
### END HIDDEN TESTS

# %%
lit = random_light(np.repeat(X_birds[shown[:1]], 8, axis=0), 1.0, 0)
figure = image_grid(
    np.concatenate([lit, random_light(X_birds[shown], 1.0, 1)]), columns=8, size=0.9
)
show(
    figure,
    "One training photograph in eight lights (top) and eight photographs in one random light each: the hour can hardly be read from the picture any more.",
)


# %%
def new_light(images, epoch):
    return random_light(images, 1.0, epoch)


cured_nets = [train_birds(seed, new_light) for seed in bird_seeds]
after = np.array([bird_accuracy(model) for model in cured_nets])
majority = max(parrot_test.mean(), 1 - parrot_test.mean())
for name, values, tolerance in (("before", before, 0.25), ("after", after, 0.03)):
    report_result(
        f"parrot at other hours, {name} the cure, accuracy",
        values[:, 1].mean(),
        baseline=majority,
        baseline_name="always the more frequent answer",
        tolerance=tolerance,
    )

# %%
figure, ax = plt.subplots(figsize=(5.4, 3.0))
for shift, (name, values), colour in zip((-0.06, 0.06), (("before", before), ("after", after)), (BLUE, ORANGE)):  # fmt: skip
    draw_runs(ax, np.arange(2) + shift, values.T, fmt="o", ms=9, color=colour, label=name)
ax.axhline(100 * majority, color="grey", ls="--", lw=1.2, label="the more frequent answer")
ax.set(xticks=(0, 1), xticklabels=("validation, same week", "test, other hours"), xlim=(-0.5, 1.5))
ax.set(ylabel="accuracy (%)", title="Only other hours show the illness and the cure")
ax.legend(loc="center left")
show(
    figure,
    "Before and after the cure both networks name the validation photographs; at other hours the first one is a lottery and the cured one as good as ever (three seeds).",
)

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(9.0, 3.3), sharey=True)
draw_clock(left, naive_clock, "Before: it reads the clock").legend(loc="center")
draw_clock(right, by_the_clock(cured_nets[0]), "After: it looks at the bird").set_ylabel("")
show(
    figure,
    "Random light flattens both lines: the cured network tells the parrot from other birds at any hour, with the same week of photographs.",
)

# %% [markdown]
# With the same week of photographs: 0.996 at other hours instead of 0.62 ± 0.24 (three seeds; always
# the more frequent answer gets 0.51). Look at the spread too: *before*, one seed reached 0.87 by luck
# and another only 0.385. A network with a shortcut is not only worse, it is a lottery.
#
# The price: colours mean less now. The parrot is still told by its pattern and shape, but a task
# that needs the exact colour (is the banana ripe?) would lose its label by this cure.

# %% [markdown]
# ## Reflection (2 points, graded by hand)
#
# A hospital trains a network on X-rays. Those of ill patients come mostly from a ward with an old,
# darker device. Validation accuracy: 99 %. In four to six sentences: what do you fear, how would
# you test it with the pictures that are there, which augmentation could help, and which one would
# you *not* use on chest X-rays, where the heart lies on the left?

# %% [markdown] nbgrader={"grade": true, "grade_id": "reflection", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# The network may recognise the device instead of the illness: dark means ill. The validation
# X-rays come from the same wards, so they share the shortcut and 99 % says nothing about it. I
# would make the same X-ray darker and brighter and see whether the answer follows, and compare ill
# and healthy patients within one device; a third hospital would be the best test. In training,
# random brightness and contrast break the bond between the device and the label, as random light did for the
# parrot, though other traces of the device, such as noise or letters in a corner, may remain. I
# would not mirror the images left to right: a heart on the right side is a finding of its own, so
# the flip can break the label.
# ### END SOLUTION

# %% [markdown]
# ## What you should remember
#
# - Ask of every change: would a person still give the same label? A flip, a turn or a tint that is harmless in one task breaks the label in another.
# - Augment training images only, anew in each epoch; measure on images as they are.
# - Fit the normaliser on training images alone and use that one pair everywhere.
# - Compare at equal steps, over several seeds, with error bars. The gain is large for few images and can be nothing for many.
# - mixup and CutMix change images *and* labels by the same shares.
# - A shortcut is invisible in validation data of the same origin. Change the suspect alone and watch the answer; then randomise it in training.

# %% [markdown]
# ## Go further (not graded)
#
# - Train on all 7,000 digits for three times as many steps, plain and augmented. Is there a gain now?
# - Put your `mixup` or `cutmix` into the 500-digit experiment (one-hot labels, `categorical_crossentropy`).
# - Cure the parrot with brightness alone, one factor for all three channels. How much of the clock remains?
# - Cure it with grey images instead. What does the network lose?
# - Average the network's answers over ten augmented copies of each *test* digit (test-time augmentation). When is that allowed?
# - Look at `layers.RandomErasing` and `layers.AugMix`: which functions of yours are in them?

# %% [markdown]
# ## Sources
#
# - LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition. Proceedings of the IEEE, 1998.
# - Simard, Steinkraus, Platt: Best practices for convolutional neural networks applied to visual document analysis. ICDAR, 2003.
# - Krizhevsky, Sutskever, Hinton: ImageNet classification with deep convolutional neural networks. NIPS, 2012.
# - DeVries, Taylor: Improved regularization of convolutional neural networks with cutout. arXiv, 2017.
# - Zhang, Cisse, Dauphin, Lopez-Paz: mixup: beyond empirical risk minimization. ICLR, 2018.
# - Yun, Han, Oh, Chun, Choe, Yoo: CutMix: regularization strategy to train strong classifiers with localizable features. ICCV, 2019.
# - Cubuk, Zoph, Shlens, Le: RandAugment: practical automated data augmentation with a reduced search space. NeurIPS, 2020.
# - Geirhos, Jacobsen, Michaelis, Zemel, Brendel, Bethge, Wichmann: Shortcut learning in deep neural networks. Nature Machine Intelligence, 2020.
