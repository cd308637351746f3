# %% [markdown]
# # 6 · What the network looked at
#
# **Goal:** ask a trained network which pixels its answer hangs on, in five ways; learn which of the
# answers to trust; and catch a classifier that cheats. **Needs:** lessons 2, 3 and 5, gradients.
# **Runs in** two to three minutes on a 2-core CPU.
#
# After this lesson you can
# - compute saliency by touching pixels, by gradients, SmoothGrad, integrated gradients and Grad-CAM;
# - say what each promises, and test it: linear models, completeness, an untrained network;
# - measure saliency against masks, beside chance;
# - find a shortcut in a classifier, prove it by swapping backgrounds, and cure it.

# %% tags=["setup"]
start("06_saliency")

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from keras import layers

from helpers import budget, check, check_choice, check_that, play, report_result, show
from helpers.backbones import decode_predictions, efficientnet_lite0, preprocess_input
from helpers.datasets import biased_scenes, photo
from helpers.figures import BLUE, GREEN, ORANGE, image_grid
from helpers.panels import draw_table
from helpers.places import empty_places
from helpers.saliency import draw_heat, edge_map, output_gradients, patch_sums, patch_touches
from helpers.saliency import resize_map, through_patches
from helpers.training import seed_everything, watch

# %% [markdown]
# Around 1904 a horse called Clever Hans amazed Berlin: asked for 3 + 4, he tapped seven times.
# Pfungst (1907) found out how. Hans watched his questioner, who bent forward a little to see the
# hoof and straightened up, without knowing it, when the right tap came. Right answers, wrong
# reason: no list of right answers would have shown it.
#
# Networks do the same. Ribeiro, Singh and Guestrin (2016) trained a classifier on wolves and
# huskies, on purpose with snow behind every wolf, and got a detector of snow. Zech and others
# (2018) found X-ray networks that knew the hospital, and with it how common pneumonia was there.

# %% [markdown]
# ## 1 · A classifier to distrust
#
# Birds on grass, mammals in snow: our photographer never noticed that it was always so. (*Grass*
# stands for meadows, leaves and woods. *Snow* is the same kind of photograph, which a program made
# pale, with bluish shadows.) The network is EfficientNet-Lite0 with its ImageNet weights (lesson
# 5), up to the layer `block7a_project_bn`; we train only a softmax on the averages of its 320 maps.
# Pixels go through `preprocess_input` first, which brings [0, 1] to about [-1, 1], so black is
# about -1.

# %%
SIZE = budget(full=160, short=64)
counts = budget(full=(600, 200), short=(60, 40))
train = biased_scenes("train", counts[0], bias=1.0, size=SIZE, seed=0)
test = biased_scenes("test", counts[1], bias=1.0, size=SIZE, seed=1)
names = ("bird", "mammal")
chosen = np.concatenate([np.flatnonzero(train.labels == label)[:6] for label in (0, 1)])
figure = image_grid(
    train.images[chosen], [names[label] for label in train.labels[chosen]], columns=6, size=1.1
)
show(
    figure,
    "Training pictures: every bird is among grass, leaves or trees, and every mammal in painted snow.",
    photographs=True,
)

# %%
seed_everything(0)
backbone = efficientnet_lite0(include_top=False, input_shape=(SIZE, SIZE, 3))
pooled = layers.GlobalAveragePooling2D()(backbone.get_layer("block7a_project_bn").output)
body = keras.Model(backbone.inputs[0], pooled)


def features(images):
    """Return the averaged maps (n, 320) of images (n, SIZE, SIZE, 3) in [0, 1]."""
    return body.predict(preprocess_input(images, value_range=(0, 1)), batch_size=32, verbose=0)


# %%
def train_head(inputs, labels, run, seed=0):
    """Train a softmax on features (n, 320) and return it; `run` names its TensorBoard logs."""
    seed_everything(seed)
    epochs = budget(full=50, short=2)
    small_weights = keras.regularizers.L2(1.0)  # we own few animals: lean on no single map
    softmax = layers.Dense(2, activation="softmax", kernel_regularizer=small_weights)
    head = keras.Sequential([keras.Input((320,)), softmax])
    head.compile("adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    head.fit(inputs, labels, batch_size=128, epochs=epochs, verbose=0, callbacks=watch(run, epochs))
    return head


train_features, test_features = features(train.images), features(test.images)
head = train_head(train_features, train.labels, "biased")
classifier = keras.Model(backbone.inputs[0], head(pooled))  # the whole network, pixels to answer

# %%
accuracy = np.mean(np.asarray(head(test_features)).argmax(axis=1) == test.labels)
report_result(
    f"test accuracy, {len(test.labels)} new animals in new places",
    accuracy,
    baseline=np.bincount(test.labels).max() / len(test.labels),
    baseline_name="always the commoner class",
    tolerance=0.02,
)

# %% [markdown]
# ### Question 1 · would you ship it? (1 point)
#
# The test pictures show other animals in other places than the training pictures, and were chosen
# in the same way: the mammals stand in snow. What does the test accuracy tell you?
# - **a** the network tells birds from mammals, because the test animals are new
# - **b** the network did not overfit, so it found the true cause
# - **c** how often it is right on pictures chosen in this way, and nothing about the reason
# - **d** nothing at all, since test sets are always easier

# %% nbgrader={"grade": false, "grade_id": "trust", "locked": false, "schema_version": 3, "solution": true, "task": false}
# trust = "a", "b", "c" or "d"
### BEGIN SOLUTION
trust = "c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "trust-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "would you ship it",
    trust,
    right="c",
    reasons={
        "a": "new animals, but the same habit of standing in snow: a detector of snow passes too",
        "b": "a shortcut that holds in the test set as well is no overfitting, and still not the true cause",
        "d": "it does tell how often the network is right on pictures of this kind",
    },
)

# %% [markdown]
# ## 2 · Touch a pixel, see what happens
#
# To find out what a machine reacts to, poke it. Change one value of the picture by $+\delta$ and by
# $-\delta$, and see how far the probability moves:
# $$D = \frac{p(x + \delta) - p(x - \delta)}{2\delta}.$$
# **By hand.** For the model $p = 0.3\,x_1 - 0.1\,x_2$ at $x = (1, 2)$ and $\delta = 0.5$, touching
# $x_1$ gives $(0.25 - (-0.05)) / 1 = 0.3$ and touching $x_2$ gives $-0.1$. On a linear model the
# saliency *is* the weights, whatever $x$ and $\delta$.

# %% [markdown]
# ### Exercise 1 · perturbation saliency (2 points)
#
# For **each single value** of the image (row, column, channel): copy the image, change this value
# up by `delta`, and in another copy down by `delta`. $D$ is the change of the output number `label`
# divided by the change of the value, $2\delta$. Do so for each delta in `deltas` and **average**.
# Keep the sign, do not cut the values off, and leave `image` itself as it is.
#
# `np.ndindex(*image.shape)` runs through all places. `model(batch)` wants a batch and returns
# (batch, classes): send both copies at once with `np.stack([up, down])`.


# %% nbgrader={"grade": false, "grade_id": "perturbation_saliency", "locked": false, "schema_version": 3, "solution": true, "task": false}
def perturbation_saliency(model, image, label, deltas):
    """Return D, an array like image (height, width, channels): output change per value change."""
    ### BEGIN SOLUTION
    saliency = np.zeros(image.shape)
    for place in np.ndindex(*image.shape):
        for delta in deltas:
            up, down = image.copy(), image.copy()
            up[place] += delta
            down[place] -= delta
            outputs = np.asarray(model(np.stack([up, down])))  # (2, classes)
            saliency[place] += (outputs[0, label] - outputs[1, label]) / (2 * delta) / len(deltas)
    return saliency
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "perturbation_saliency-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
linear = keras.Sequential([keras.Input((2, 3, 1)), layers.Flatten(), layers.Dense(2)])
W = np.array([[0.5, 1.0], [-1.0, 2.0], [0.2, -3.0], [0.0, 0.5], [2.0, -0.4], [-0.7, 1.5]])
linear.set_weights([W, np.array([0.1, -0.2])])
image = np.array([[0.2, 0.9, 0.4], [0.6, 0.1, 0.7]], "float32")[..., None]
got = perturbation_saliency(linear, image.copy(), 0, [0.1, 0.2, 0.5])
want = W[:, 0].reshape(2, 3, 1)
check(
    "a linear model, label 0, deltas 0.1, 0.2, 0.5: its weights",
    got,
    want=want,
    tolerance=1e-3,
    mistakes={
        "the change is divided by delta: up and down lie 2 delta apart": 2 * want,
        "the change is not divided by the change of the value": want * 2 * 0.8 / 3,
        "the deltas are summed: take their average": 3 * want,
        "the change is down minus up: subtract the lower from the upper": -want,
        "this is the largest output: use the one called label": W[:, 1].reshape(2, 3, 1),
        "the sign is lost: a change downwards counts negative": np.abs(want),
    },
)

# %% nbgrader={"grade": true, "grade_id": "perturbation_saliency-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: a bent model, colour, the image kept as it is, batch norm at rest
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(61)
bent = keras.Sequential(
    [keras.Input((2, 2, 3)), layers.Flatten(), layers.Dense(3, activation="softmax")]
)
W, b = generator.normal(0, 1.5, (12, 3)), generator.normal(0, 0.3, 3)
bent.set_weights([W, b])
image = generator.uniform(size=(2, 2, 3)).astype("float32")
deltas = [0.1, 0.3, 0.9]


def probability(x, label):
    e = np.exp(x.reshape(-1) @ W + b)
    return e[label] / e.sum()


def poke(up=1, down=1, limits=(-9, 9), label=2, chosen=deltas, per=None, forget=False):
    result, x = np.zeros(image.shape), image.astype(float)
    for place in np.ndindex(*image.shape):
        for delta in chosen:
            a, c = x.copy(), x.copy()
            a[place], c[place] = a[place] + up * delta, c[place] - down * delta
            change = probability(a.clip(*limits), label) - probability(c.clip(*limits), label)
            result[place] += change / (per or (up + down) * delta) / len(chosen)
            if forget:
                x = c
    return result


slips = {
    "only a step up is taken: step down as well": poke(down=0),
    "only a step down is taken: step up as well": poke(up=0),
    "only the first delta is used: average over all": poke(chosen=deltas[:1]),
    "only the last delta is used: average over all": poke(chosen=deltas[2:]),
    "the values are cut off at 0 and 1: the change is then no longer delta": poke(limits=(0, 1)),
    "the last change was not undone: start each change from a fresh copy": poke(forget=True),
    "the change is divided by delta: up and down lie 2 delta apart": 2 * poke(),
    "the change is not divided by the change of the value": poke(per=1.0),
    "the deltas are summed: take their average": 3 * poke(),
    "the change is down minus up: subtract the lower from the upper": -poke(),
    "the sign is lost: a change downwards counts negative": np.abs(poke()),
    "this is the largest output: use the one called label": poke(
        label=int(np.argmax([probability(image, k) for k in range(3)]))
    ),
}
got = perturbation_saliency(bent, image.copy(), 2, deltas)
check("a softmax model", got, want=poke(), tolerance=1e-3, secret=True, mistakes=slips)
kept = image.copy()
got = perturbation_saliency(bent, kept, 0, [0.2])
check("a single delta", got, want=poke(label=0, chosen=[0.2]), tolerance=1e-3, secret=True)
written = {"the image itself was changed: work on a copy": True}
check_that("the image is as it was", np.array_equal(kept, image), "", secret=True, mistakes=written)
norm = layers.BatchNormalization()
plain = keras.Sequential([keras.Input((2, 2, 3)), norm, layers.Flatten(), layers.Dense(2)])
plain.set_weights([generator.uniform(0.5, 1.5, w.shape) for w in plain.get_weights()])
want = np.tile(norm.gamma / np.sqrt(norm.moving_variance + norm.epsilon), (2, 2, 1))
want = want * plain.get_weights()[-2][:, 1].reshape(2, 2, 3)
moving = plain.get_weights()
got = perturbation_saliency(plain, image.copy(), 1, [0.2])
moved = any(abs(a - b).max() > 1e-6 for a, b in zip(moving, plain.get_weights()))
slips = {"the model runs in training mode: call it without training=True": moved}
check("batch norm at rest", got, want=want, tolerance=1e-3, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# Now a real network and a real photograph. One value at a time means two passes for each of
# 160 · 160 · 3 values, so we let your function touch *patches*: `through_patches` returns a model
# whose inputs are the offsets of square patches. Zeiler and Fergus (2014) covered patches in grey
# in the same spirit. To read a heat map: dark is nothing, yellow is strong, and the picture shines
# through in grey. Each map is scaled by itself, so compare places, not brightness between maps.

# %%
SIDE = budget(full=160, short=64)
PATCHES = budget(full=16, short=2)
network = efficientnet_lite0(input_shape=(SIDE, SIDE, 3))


def square(name):
    """Return a sample photograph, (SIDE, SIDE, 3) in [0, 1]."""
    return np.asarray(tf.image.resize(photo(name), (SIDE, SIDE), antialias=True)).clip(0, 1)


bug = square("ladybird")
bug_input = preprocess_input(bug, value_range=(0, 1))
probabilities = np.asarray(network(bug_input[None]))
BUG = int(probabilities[0].argmax())
for _, name, probability in decode_predictions(probabilities, top=3)[0]:
    print(f"{name:20} {probability:.2f}")

# %%
patch_network = through_patches(network, bug_input, patches=PATCHES)
untouched = np.zeros((PATCHES, PATCHES, 1), "float32")
touched = np.asarray(perturbation_saliency(patch_network, untouched, BUG, [0.1]))
figure, (left, right) = plt.subplots(1, 2, figsize=(4.6, 2.5))
draw_heat(left, bug, title="what we see")
draw_heat(right, bug, np.abs(touched[..., 0]), title="where a touch matters")
show(
    figure,
    f"Brightening and darkening one patch after another: {2 * PATCHES**2} passes through the network for one coarse map.",
    photographs=True,
)

# %% [markdown]
# The ladybird is hot, and so is a patch of plain green above it: a touch finds what the network
# reacts to, and not what we would call the ladybird.

# %% [markdown]
# ## 3 · Ask for all slopes at once
#
# As $\delta$ shrinks, $D$ becomes the derivative $\partial p / \partial x$, and backpropagation
# gives it for **all** pixels in one pass back (Simonyan, Vedaldi and Zisserman, 2014; they use the
# score before the softmax). In training we ask how the loss changes with the weights. Here the
# weights stand still, and we ask how one output changes with the pixels. TensorFlow records what
# happens inside `with tf.GradientTape() as tape:` and then answers `tape.gradient(output, x)`. It
# follows trainable variables by itself; all else must be named with `tape.watch(x)`.

# %% [markdown]
# ### Exercise 2 · gradient saliency (2 points)
#
# Return the derivative of the model's output number `label` by the image, with its sign. The steps:
# make `x = tf.constant(image[None])`, a batch of one; open a tape and watch `x`; run the model and
# pick the output `[0, label]`; ask the tape for the gradient; take the batch axis off and make it
# an array: `.numpy()`. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "gradient_saliency", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_saliency(model, image, label):
    """Return the slope of output `label` at each value of image (height, width, channels)."""
    ### BEGIN SOLUTION
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = model(x)[0, label]
    return tape.gradient(output, x)[0].numpy()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "gradient_saliency-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
generator = np.random.default_rng(62)
bent = keras.Sequential(
    [keras.Input((3, 2, 1)), layers.Flatten(), layers.Dense(3, activation="softmax")]
)
W = generator.normal(0, 1.2, (6, 3))
bent.set_weights([W, np.zeros(3)])
image = generator.uniform(size=(3, 2, 1)).astype("float32")
p = np.exp(image.reshape(-1) @ W)
p /= p.sum()
slopes = [(p[k] * (W[:, k] - W @ p)).reshape(3, 2, 1) for k in range(3)]
least = int(p.argmin())
try:
    got = gradient_saliency(bent, image.copy(), least)
    other = np.asarray(gradient_saliency(bent, image.copy(), int(p.argmax())))
except (TypeError, AttributeError):  # the tape answered None
    got = None
check_that("the tape gives a gradient", got is not None, "nothing came back", mistakes={
    "no gradient came: watch x before the model runs, and return the slopes": True,
})  # fmt: skip
check(
    "a softmax model, its least likely class",
    got,
    want=slopes[least],
    tolerance=1e-3,
    mistakes={
        "the batch axis is still there: take [0] of the gradient": slopes[least][None],
        "negative slopes are cut off: return them as they are": (
            other.min() >= 0 and np.allclose(other, slopes[int(p.argmax())].clip(0), atol=1e-3)
        ),
        "the outputs are summed: pick `[0, label]`": np.zeros((3, 2, 1)),
        "this is the slope of the likeliest class: use the output called label": slopes[
            int(p.argmax())
        ],
        "this is the slope of the loss: take that of the output": -slopes[least] / p[least],
        "this is the slope of the logarithm: take that of the output": slopes[least] / p[least],
        "the sign is lost: return the slopes as they are": np.abs(slopes[least]),
        "the slopes are multiplied by the image: return the slopes alone": slopes[least] * image,
        "the slopes are scaled to a largest value of 1: return them as they are": slopes[least]
        / np.abs(slopes[least]).max(),
    },
)

# %% nbgrader={"grade": true, "grade_id": "gradient_saliency-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: a linear model gives its weights, a convolution, batch norm at rest, colour, a frozen model, the image untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(63)
linear = keras.Sequential([keras.Input((2, 3, 3)), layers.Flatten(), layers.Dense(2)])
W = generator.normal(size=(18, 2))
linear.set_weights([W, np.zeros(2)])
linear.trainable = False
image = generator.uniform(size=(2, 3, 3)).astype("float32")
for label in (1, 0):
    want = W[:, label].reshape(2, 3, 3)
    slips = {
        "the batch axis is still there: take [0] of the gradient": want[None],
        "the outputs are summed: pick `[0, label]`": W.sum(1).reshape(2, 3, 3),
        "this is the slope of another output: use the one called label": W[:, 1 - label].reshape(
            2, 3, 3
        ),
        "the sign is lost: return the slopes as they are": np.abs(want),
        "the slopes are multiplied by the image: return the slopes alone": want * image,
        "the slopes are scaled to a largest value of 1: return them as they are": want
        / np.abs(want).max(),
    }
    got = gradient_saliency(linear, image.copy(), label)
    check("a frozen linear model", got, want=want, tolerance=1e-4, secret=True, mistakes=slips)
deep = keras.Sequential(
    [
        keras.Input((5, 4, 2)),
        layers.Conv2D(3, 2, activation="tanh"),
        layers.BatchNormalization(),
        layers.GlobalAveragePooling2D(),
        layers.Dense(2),
    ]
)
deep.set_weights([generator.uniform(0.5, 1.5, w.shape) - (w.ndim > 1) for w in deep.get_weights()])
image = generator.uniform(size=(5, 4, 2)).astype("float32")
want = np.zeros(image.shape)
for place in np.ndindex(*image.shape):
    step = np.zeros(image.shape, "float32")
    step[place] = 0.01
    pair = np.asarray(deep(np.stack([image + step, image - step]), training=False))
    want[place] = (pair[0, 1] - pair[1, 1]) / 0.02
numbers = deep.get_weights()
got = gradient_saliency(deep, image.copy(), 1)
moved = any(abs(a - b).max() > 1e-6 for a, b in zip(numbers, deep.get_weights()))
slips = {"the model runs in training mode: call it without training=True": moved}
check("against small touches", got, want=want, tolerance=5e-3, secret=True, mistakes=slips)
kept = image.copy()
gradient_saliency(deep, image, 1)
slips = {"an argument is changed: work on a copy": True}
check("the image is untouched", image, want=kept, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# Does it agree with touching? A patch's offset moves all values of the patch, so its slope is the
# sum of their gradients. On a linear model the two agree exactly, whatever the touch. Here the
# function is bent, and a touch of 0.1 on a whole patch is no tiny step; so we also take a touch of
# 0.01. `patch_touches` does what your function did, 32 passes at a time.

# %%
bug_slope = np.asarray(gradient_saliency(network, bug_input, BUG))
summed = patch_sums(bug_slope, patches=PATCHES)
gentle = patch_touches(network, bug_input, BUG, patches=PATCHES, delta=0.01)
agreement = [np.corrcoef(summed.ravel(), map_.ravel())[0, 1] for map_ in (touched, gentle)]
figure, axes = plt.subplots(1, 2, figsize=(8, 3.3), sharex=True, sharey=True)
for ax, map_, delta, r in zip(axes, (touched, gentle), (0.1, 0.01), agreement):
    ax.scatter(summed, map_, s=12, color=BLUE)
    ax.set(xlabel="sum of gradients in the patch", title=f"touch {delta}: correlation {r:.2f}")
    ax.locator_params(nbins=5)
axes[0].set_ylabel("perturbation saliency")
show(
    figure,
    f"Each dot is a patch: the smaller the touch, the nearer it comes to the slope, and the slope takes one pass back instead of {2 * PATCHES**2} passes forward.",
)

# %% [markdown]
# ### Question 2 · the sum of everything (1 point)
#
# A student takes the gradient of `tf.reduce_sum(model(x))`, the sum over all 1,000 softmax outputs,
# "to see what matters for any class". What does the map show?
# - **a** zeros, up to rounding: the probabilities always sum to 1
# - **b** the pixels that matter for the likeliest class
# - **c** the pixels that matter for many classes at once
# - **d** the picture's edges

# %% nbgrader={"grade": false, "grade_id": "sum_of_outputs", "locked": false, "schema_version": 3, "solution": true, "task": false}
# sum_of_outputs = "a", "b", "c" or "d"
### BEGIN SOLUTION
sum_of_outputs = "a"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "sum_of_outputs-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "the sum of everything",
    sum_of_outputs,
    right="a",
    reasons={
        "b": "the other 999 probabilities fall by as much as the likeliest one rises",
        "c": "what one class gains the others lose: in the sum everything cancels",
        "d": "the sum is 1 for every picture, and a constant has no slope anywhere",
    },
)

# %% [markdown]
# ### Exercise 3 · one number a pixel (2 points)
#
# A gradient has three numbers a pixel, with signs. For a heat map, Simonyan and others take the
# **largest absolute value** over the channels. (Where a darker pixel raises the probability, the
# slope is negative and the pixel matters just as much.) Return shape (height, width).
# Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "to_heat", "locked": false, "schema_version": 3, "solution": true, "task": false}
def to_heat(saliency):
    """Turn a signed saliency (height, width, channels) into a heat map (height, width) >= 0."""
    ### BEGIN SOLUTION
    return np.abs(saliency).max(axis=-1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "to_heat-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
pixels = np.array([[1.0, -4.0, 2.0], [0.0, 0.5, -0.5], [-1.0, -3.0, -2.0]])
signed = np.stack([pixels, -2 * pixels])  # (2, 3, 3)
check(
    "to_heat(saliency)",
    to_heat(signed.copy()),
    want=[[4.0, 0.5, 3.0], [8.0, 1.0, 6.0]],
    mistakes={
        "negative slopes are lost: take absolute values before the largest": signed.max(axis=-1),
        "the absolute value comes too late: take it before the largest": np.abs(
            signed.max(axis=-1)
        ),
        "the channels cancel: take absolute values, and the largest instead of the sum": np.abs(
            signed.sum(axis=-1)
        ),
        "these are sums over the channels: take the largest": np.abs(signed).sum(axis=-1),
        "these are means over the channels: take the largest": np.abs(signed).mean(axis=-1),
        "the largest runs over the rows: channels are the last axis": np.abs(signed).max(axis=0),
        "the map is scaled: return the values as they are": np.abs(signed).max(axis=-1) / 8,
    },
)

# %% nbgrader={"grade": true, "grade_id": "to_heat-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: random colour maps, a single channel, the saliency untouched
### BEGIN HIDDEN TESTS
signed = np.random.default_rng(64).normal(size=(4, 5, 3))
want = np.array([[max(abs(v) for v in pixel) for pixel in row] for row in signed])
slips = {
    "negative slopes are lost: take absolute values before the largest": signed.max(axis=-1),
    "the absolute value comes too late: take it before the largest": np.abs(signed.max(axis=-1)),
    "the channels cancel: take absolute values, and the largest instead of the sum": np.abs(
        signed.sum(axis=-1)
    ),
    "these are sums over the channels: take the largest": np.abs(signed).sum(axis=-1),
    "these are means over the channels: take the largest": np.abs(signed).mean(axis=-1),
    "the largest runs over the rows: channels are the last axis": np.abs(signed).max(axis=0),
    "the map is scaled: return the values as they are": want / want.max(),
}
check("random slopes", to_heat(signed.copy()), want=want, secret=True, mistakes=slips)
check("one channel", to_heat(signed[..., :1].copy()), want=np.abs(signed[..., 0]), secret=True)
kept = signed.copy()
to_heat(signed)
slips = {"an argument is changed: work on a copy": True}
check("the saliency is untouched", signed, want=kept, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · SmoothGrad: ask about the neighbourhood
#
# The gradient of a deep network flickers from pixel to pixel: the function is made of thousands of
# flat facets, and we asked about the one under our feet. Smilkov and others (2017) ask around: add
# noise to the picture, take the gradient, repeat, and average the gradients.
#
# From here on `output_gradients(model, images, label)` does the work of your exercise 2 for a whole
# **batch** of images (n, height, width, channels) at once.

# %% [markdown]
# ### Exercise 4 · SmoothGrad (2 points)
#
# With `rng = np.random.default_rng(seed)` make `samples` noisy copies of the image. Each gets fresh
# normal noise of its own, mean 0 and **standard deviation** `sigma`, on every value, and is not cut
# off. Return the mean of their gradients, with its sign. (`rng.normal(0, sigma, shape)` gives
# 64-bit numbers: `output_gradients` takes them as they are.) Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "smooth_grad", "locked": false, "schema_version": 3, "solution": true, "task": false}
def smooth_grad(model, image, label, samples, sigma, seed):
    """Return the mean gradient over noisy copies of image (height, width, channels)."""
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    noisy = image + rng.normal(0, sigma, (samples, *image.shape))  # (samples, h, w, c)
    return output_gradients(model, noisy, label).mean(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "smooth_grad-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# The outputs are the sum of all x**3 and its negative, so the slope is 3 x**2: at x = 0.5 it is
# 0.75, and with noise its mean is 3 * (0.25 + sigma**2). With sigma 0.4 that makes 1.23.
x = keras.Input((30, 20, 1))
cubed = layers.Flatten()(layers.Multiply()([x, x, x]))
signs = keras.Sequential([keras.Input((600,)), layers.Dense(2, use_bias=False)])
signs.set_weights([np.tile([[1.0, -1.0]], (600, 1))])
cubic = keras.Model(x, signs(cubed))
image = np.full((30, 20, 1), 0.5, "float32")
got = smooth_grad(cubic, image.copy(), 1, 36, 0.4, 7)
check("smooth_grad(cubic, image, 1, samples=36, sigma=0.4, seed=7)", got, shape=(30, 20, 1))
got = np.asarray(got)
middle, spread = float(np.mean(got)), float(np.std(got))
noise = np.random.default_rng(7).normal(0, 0.4, (36, 30, 20, 1))
slopes = -3 * (image + noise) ** 2
squared = float(np.mean(-3 * (image + noise * 0.4) ** 2))
flat = float(np.mean(-3 * (image + np.random.default_rng(7).uniform(-0.4, 0.4, noise.shape)) ** 2))
slips = {
    "there is no noise: the gradient is that of the picture itself": abs(middle + 0.75) < 1e-3
    and spread < 1e-3,
    "all pixels get the same noise: draw it in the shape of the image": spread < 1e-3,
    "the gradients are summed: take their mean": middle < -25,
    "the noise piles up: start each copy from the picture": middle < -5,
    "the same noise is used again: draw fresh noise for each sample": spread > 0.8,
    "sigma is taken as the variance: it is the standard deviation": abs(middle + 1.95) < 0.1,
    "sigma is squared: it is the standard deviation already": abs(middle - squared) < 0.01,
    "the middle gradient is taken: take their mean": abs(
        middle - float(np.median(slopes, axis=0).mean())
    )
    < 0.01,
    "the noise is uniform: draw it with rng.normal": abs(middle - flat) < 0.04,
    "the noisy pictures are cut off: leave them as they are": abs(middle + 1.07) < 0.04,
    "the noisy pictures are averaged: average their gradients": abs(middle + 0.763) < 0.05,
    "the sign is lost: average the slopes as they are": abs(middle - 1.23) < 0.1,
}
check(
    "its mean, for the output with negative slopes",
    middle,
    want=-1.23,
    tolerance=0.04,
    mistakes=slips,
)
check("its spread from pixel to pixel", spread, want=0.227, tolerance=0.05, mistakes=slips)

# %% nbgrader={"grade": true, "grade_id": "smooth_grad-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: colour, the seed, a linear model, no noise at all, the image untouched, batch norm at rest
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(65)
x = keras.Input((8, 12, 3))
squared = layers.Flatten()(layers.Multiply()([x, x]))
output = keras.Sequential([keras.Input((288,)), layers.Dense(3, use_bias=False)])
W = generator.uniform(0.5, 1.5, (288, 3))
output.set_weights([W])
square_model = keras.Model(x, output(squared))
image = generator.uniform(0.3, 0.7, (8, 12, 3)).astype("float32")
slope = 2 * image * W[:, 2].reshape(8, 12, 3)
still = smooth_grad(square_model, image.copy(), 2, 5, 0.0, 3)
slips = {
    "the gradients are summed: take their mean": 5 * slope,
    "this is the slope of another output: use the one called label": 2
    * image
    * W[:, 0].reshape(8, 12, 3),
}
check("no noise", still, want=slope, tolerance=1e-4, secret=True, mistakes=slips)
first, again, other = (
    np.asarray(smooth_grad(square_model, image.copy(), 2, 9, 0.6, s)) for s in (3, 3, 4)
)
slips = {
    "the noise ignores the seed: use np.random.default_rng(seed)": not np.array_equal(first, again)
}
check(
    "one seed, one result",
    float(np.abs(first - again).max()),
    want=0.0,
    secret=True,
    mistakes=slips,
)
same = bool(np.abs(first - other).max() < 1e-6)
spread = float(np.std((first - slope) / W[:, 2].reshape(8, 12, 3)))
slips = {
    "the seed is a fixed number: pass the given one": same and spread > 1e-3,
    "there is no noise: the gradient is that of the picture itself": same and spread < 1e-3,
}
check("another seed, other noise", float(same), want=0.0, secret=True, mistakes=slips)
each = ((first - slope) / W[:, 2].reshape(8, 12, 3)).std(axis=-1).mean()
slips = {"all channels of a pixel get the same noise: draw it in the shape of the image": True}
check_that("noise of each channel", each > 0.02, "", secret=True, mistakes=slips)
slips = {
    "the same noise is used again: draw fresh noise for each sample": abs(spread - 1.2) < 0.15,
    "sigma is taken as the variance: it is the standard deviation": abs(spread - 0.516) < 0.02,
    "sigma is squared: it is the standard deviation already": abs(spread - 0.24) < 0.005,
    "the noise is uniform: draw it with rng.normal": abs(spread - 0.222) < 0.02,
    "the noise piles up: start each copy from the picture": abs(spread - 2.25) < 0.5,
}
check("its spread", spread, want=0.4, tolerance=0.04, secret=True, mistakes=slips)
kept = image.copy()
smooth_grad(square_model, image, 2, 2, 0.5, 3)
slips = {"an argument is changed: work on a copy": True}
check("the image is untouched", image, want=kept, secret=True, mistakes=slips)
norm = layers.BatchNormalization()
plain = keras.Sequential([keras.Input((2, 2, 3)), norm, layers.Flatten(), layers.Dense(2)])
plain.set_weights([generator.uniform(0.5, 1.5, w.shape) for w in plain.get_weights()])
moving, want = plain.get_weights(), output_gradients(plain, image[None, :2, :2], 1)[0]
got = smooth_grad(plain, image[:2, :2].copy(), 1, 3, 0.2, 5)
moved = any(abs(a - b).max() > 1e-6 for a, b in zip(moving, plain.get_weights()))
slips = {"the model runs in training mode: call it without training=True": moved}
check("batch norm at rest", got, want=want, tolerance=1e-3, secret=True, mistakes=slips)
### END HIDDEN TESTS


# %%
def draw_smooth(sigma, samples):
    figure, (left, right) = plt.subplots(1, 2, figsize=(4.6, 2.5))
    draw_heat(left, bug, to_heat(bug_slope), title="gradient")
    smooth = np.asarray(smooth_grad(network, bug_input, BUG, samples, sigma, 0))
    draw_heat(right, bug, to_heat(smooth), title=f"SmoothGrad, sigma {sigma:g}")
    show(
        figure,
        f"The mean of {samples} gradients around the picture is calmer than the gradient at the picture itself.",
    )


# %%
play(draw_smooth, sigma=(0.3, 0.0, 1.0, 0.05), samples=(budget(full=24, short=3), 1, 60, 1))

# %% [markdown]
# ## 5 · Integrated gradients: count the whole way
#
# A gradient tells what the *next* step would change. Where the network is already sure, nothing:
# the softmax is flat there, however much the spots have done to get there. Sundararajan, Taly and
# Yan (2017) walk from a **baseline** picture $b$ that says nothing, such as black, straight to the
# picture $x$, and collect the slopes on the way:
# $$\text{IG} = (x - b) \cdot \int_0^1 \frac{\partial p}{\partial x}\big(b + \alpha (x - b)\big)\,d\alpha
# \approx (x - b) \cdot \frac1m \sum_{i=1}^{m} \frac{\partial p}{\partial x}\big(b + \alpha_i (x - b)\big).$$

# %%
black = preprocess_input(np.zeros_like(bug), value_range=(0, 1))
alphas = np.linspace(0, 1, budget(full=21, short=5))
path = np.stack([black + a * (bug_input - black) for a in alphas])
climb = np.asarray(network(path))[:, BUG]
figure, ax = plt.subplots(figsize=(5, 3))
ax.plot(alphas, climb, color=BLUE)
ax.set(xlabel="share of the way from black to the picture", ylabel="probability", ylim=(0, 1))
ax.set_title("The probability is won on the way")
show(
    figure,
    "On the way from black to the picture the probability climbs and then flattens out: the slope at the end knows nothing of the climb.",
)

# %% [markdown]
# **By hand.** Take $p = x^2$ with $b = 0$, $x = 1$: the slopes on the way are $2\alpha$, their mean
# is $1$, and $\text{IG} = (1 - 0) \cdot 1 = 1$, which is just $p(1) - p(0)$. That is no accident.
# **Completeness**: the values of the map add up to the whole change,
# $$\sum \text{IG} = p(x) - p(b),$$
# whatever the network. No other method of this lesson can be checked by adding up.

# %% [markdown]
# ### Exercise 5 · integrated gradients (2 points)
#
# Use the midpoints $\alpha_i = (i - 0.5) / m$ for $i = 1 \dots m$, with $m$ = `steps`:
# `(np.arange(steps) + 0.5) / steps`. (Another fair rule, such as `np.linspace(0, 1, steps)`, is fine
# too.) Build the pictures on the way from `baseline` to `image`, take their gradients with
# `output_gradients`, average, and multiply by the difference **image minus baseline**.
# Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "integrated_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def integrated_gradients(model, image, label, baseline, steps):
    """Return integrated gradients, shape of image and baseline: (height, width, channels)."""
    ### BEGIN SOLUTION
    alphas = (np.arange(steps) + 0.5) / steps
    path = baseline + alphas[:, None, None, None] * (image - baseline)  # (steps, h, w, c)
    return (image - baseline) * output_gradients(model, path, label).mean(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "integrated_gradients-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# The model is a sum of w x**3, so that IG is w (x**3 - b**3), number by number.
x = keras.Input((2, 3, 1))
cubed = layers.Flatten()(layers.Multiply()([x, x, x]))
output = keras.Sequential([keras.Input((6,)), layers.Dense(2, use_bias=False)])
W = np.array([[0.5, 1.0], [-1.0, 2.0], [0.2, -3.0], [0.9, 0.5], [2.0, -0.4], [-0.7, 1.5]])
output.set_weights([W])
cubic = keras.Model(x, output(cubed))
image = np.array([[1.0, 0.9, 0.4], [0.6, 0.2, 0.7]], "float32")[..., None]
baseline = np.array([[0.3, 0.2, 0.8], [0.1, 0.5, 0.3]], "float32")[..., None]
w = W[:, 1].reshape(2, 3, 1)
way = image - baseline
want = w * (image**3 - baseline**3)
mean_slope = w * (image**2 + image * baseline + baseline**2)
got = integrated_gradients(cubic, image.copy(), 1, baseline.copy(), 64)
slips = {
    "the mean slope is not multiplied by image - baseline": mean_slope,
    "multiply by image - baseline, not by the image": mean_slope * image,
    "the way runs backwards: it is image - baseline": -want,
    "the slopes are summed: take their mean": 64 * want,
    "this is the slope at the picture alone: average over the way": 3 * w * image**2 * way,
    "one slope, in the middle, is too few: take `steps` points on the way": 3
    * w
    * ((image + baseline) / 2) ** 2
    * way,
    "two slopes, at the ends, are too few: take `steps` points on the way": 1.5
    * w
    * (image**2 + baseline**2)
    * way,
    "the way begins at black instead of the baseline": w * image**2 * way,
    "the baseline is left out altogether": w * image**3,
    "the way is baseline + alpha * image: use the difference": w
    * (3 * baseline**2 + 3 * baseline * image + image**2)
    * way,
    "this is the slope of another output: use the one called label": want
    / w
    * W[:, 0].reshape(2, 3, 1),
}
check(
    "integrated_gradients(model, image, 1, baseline, steps=64)",
    got, want=want, tolerance=0.03, mistakes=slips,
)  # fmt: skip

# %% nbgrader={"grade": true, "grade_id": "integrated_gradients-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: completeness of a bent colour model within 5 %, another baseline, another label, few steps, batch norm at rest, the arguments untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(66)
bent = keras.Sequential(
    [
        keras.Input((5, 4, 3)),
        layers.Conv2D(4, 2, activation="tanh"),
        layers.Flatten(),
        layers.Dense(3, activation="softmax"),
    ]
)
bent.set_weights([generator.normal(0, 0.5, w.shape) for w in bent.get_weights()])
image = generator.uniform(size=(5, 4, 3)).astype("float32")
baseline = generator.uniform(size=(5, 4, 3)).astype("float32")
ends = np.asarray(bent(np.stack([image, baseline])))
label = int(np.abs(ends[0] - ends[1]).argmax())
rise = float(ends[0, label] - ends[1, label])
path = np.stack([baseline + (i + 0.5) / 200 * (image - baseline) for i in range(200)])
slopes = output_gradients(bent, path, label)
want = slopes.mean(axis=0) * (image - baseline)
slips = {
    "the mean slope is not multiplied by image - baseline": slopes.mean(axis=0),
    "multiply by image - baseline, not by the image": slopes.mean(axis=0) * image,
    "the way runs backwards: it is image - baseline": -want,
    "the slopes are summed: take their mean": 200 * want,
    "this is the slope at the picture alone: average over the way": output_gradients(
        bent, image[None], label
    )[0] * (image - baseline),
    "one slope, in the middle, is too few: take `steps` points on the way": output_gradients(
        bent, (image + baseline)[None] / 2, label
    )[0] * (image - baseline),
    "two slopes, at the ends, are too few: take `steps` points on the way": output_gradients(
        bent, np.stack([image, baseline]), label
    ).mean(axis=0) * (image - baseline),
}  # fmt: skip
got = integrated_gradients(bent, image.copy(), label, baseline.copy(), 200)
check("a bent colour model", got, want=want, tolerance=0.01, secret=True, mistakes=slips)
total = float(np.sum(got))
check("completeness", total / rise, want=1.0, tolerance=0.025, secret=True)
check(
    "nothing where the picture is the baseline",
    integrated_gradients(bent, image.copy(), 0, image.copy(), 10),
    want=np.zeros((5, 4, 3)),
    secret=True,
)
kept = image.copy(), baseline.copy()
integrated_gradients(bent, image, 0, baseline, 3)
slips = {"an argument is changed: work on a copy": True}
check("the image is untouched", image, want=kept[0], secret=True, mistakes=slips)
check("the baseline is untouched", baseline, want=kept[1], secret=True, mistakes=slips)
norm = layers.BatchNormalization()
plain = keras.Sequential([keras.Input((5, 4, 3)), norm, layers.Flatten(), layers.Dense(2)])
plain.set_weights([generator.uniform(0.5, 1.5, w.shape) for w in plain.get_weights()])
slope = output_gradients(plain, image[None], 1)[0]  # a linear model: every fair rule is exact
for steps in (2, 3):
    moving = plain.get_weights()
    got = integrated_gradients(plain, image.copy(), 1, baseline.copy(), steps)
    moved = any(abs(a - b).max() > 1e-6 for a, b in zip(moving, plain.get_weights()))
    want = slope * (image - baseline)
    slips = {
        "the model runs in training mode: call it without training=True": moved,
        "the sum is divided by steps - 1: take the mean": want * steps / (steps - 1),
    }
    check("few steps", got, want=want, tolerance=1e-3, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %%
steps = budget(full=200, short=8)
integrated = np.asarray(integrated_gradients(network, bug_input, BUG, black, steps))
rise = float(climb[-1] - climb[0])
report_result(
    f"sum of integrated gradients over the rise of the probability, {steps} steps",
    integrated.sum() / rise,
    baseline=(bug_slope * (bug_input - black)).sum() / rise,
    baseline_name="gradient at the picture times the difference",
    tolerance=0.05,
)

# %% [markdown]
# With 200 steps the sum is within 1 % of the rise: the map accounts for the whole probability. The
# gradient at the picture, multiplied in the same way, accounts for hardly anything. Adding up also
# tells whether you took steps enough: 50 leave 3 % missing here, and the way to the photograph
# `cat`, with its sharper bends, is off by 5 % after 200 steps.

# %% [markdown]
# ### Question 3 · the black beetle (1 point)
#
# A network knows a black beetle on white paper with certainty. Integrated gradients from a
# **black** baseline give the beetle's pixels, whose values are exactly 0 in [0, 1],
# - **a** the highest values, since they decide
# - **b** exactly 0, since image minus baseline is 0 there
# - **c** negative values, since they are dark
# - **d** values that depend on the number of steps

# %% nbgrader={"grade": false, "grade_id": "black_beetle", "locked": false, "schema_version": 3, "solution": true, "task": false}
# black_beetle = "a", "b", "c" or "d"
### BEGIN SOLUTION
black_beetle = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "black_beetle-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "the black beetle",
    black_beetle,
    right="b",
    reasons={
        "a": "they may decide, but they equal the baseline: the factor image - baseline is 0",
        "c": "the sign comes from slope times difference, and the difference is 0",
        "d": "0 times the mean slope is 0, however many steps the mean is taken over",
    },
)

# %% [markdown]
# ## 6 · Grad-CAM: ask the last maps
#
# Deep layers know *what*, and their maps still know roughly *where*. Look at a few first: each of
# the last layer's 1,280 maps answers to something, and most of them not to ladybirds.

# %%
looker = keras.Model(network.inputs[0], network.get_layer("top_activation").output)
maps = np.asarray(looker(bug_input[None]))[0]  # (height, width, 1280)
strongest = np.argsort(-maps.mean(axis=(0, 1)))[:5]
figure, axes = plt.subplots(1, 6, figsize=(7.4, 1.7))
draw_heat(axes[0], bug, title="picture")
for ax, k in zip(axes[1:], strongest):
    draw_heat(ax, bug, maps[..., k], title=f"map {k}")
show(
    figure,
    f"The five strongest of 1,280 feature maps, each {maps.shape[0]} x {maps.shape[1]}: which of them speak for the ladybird?",
    photographs=True,
)

# %% [markdown]
# Selvaraju and others (2017) let the gradient tell. With the maps $A^k$ of one layer,
# $$\alpha_k = \frac{1}{hw}\sum_{i,j} \frac{\partial p}{\partial A^k_{ij}}, \qquad
# \text{heat} = \text{ReLU}\Big(\sum_k \alpha_k A^k\Big).$$
# (They take the score before the softmax. We take the probability, the output that all methods of
# this lesson share: it also answers *rather this class than the others*.)

# %% [markdown]
# **By hand**, one map $\begin{pmatrix}2 & 0\\ 0 & 0\end{pmatrix}$ with mean slope $0.5$ and one map
# $\begin{pmatrix}0 & 3\\ 0 & 1\end{pmatrix}$ with mean slope $-1$: the sum is
# $\begin{pmatrix}1 & -3\\ 0 & -1\end{pmatrix}$, and the ReLU keeps the 1. What speaks *against* the
# class is no heat.

# %% [markdown]
# ### Exercise 6 · Grad-CAM (2 points)
#
# Build a model with two outputs: `keras.Model(model.inputs[0], [layer output, model.outputs[0]])`,
# where the layer output is `model.get_layer(layer_name).output`. In a tape, watch the image (batch
# of one) as in exercise 2 (a layer with no weights before it is not recorded otherwise), run this
# model, and pick output `[0, label]`. Then: the gradient by the **maps**; its mean over height and
# width, one weight a map; the weighted sum of the maps; ReLU. Return (height, width) of the layer,
# not scaled. Leave the image as it is.


# %% nbgrader={"grade": false, "grade_id": "grad_cam", "locked": false, "schema_version": 3, "solution": true, "task": false}
def grad_cam(model, image, label, layer_name):
    """Return Grad-CAM of one image (h, w, channels) in the layer's size: (height, width) >= 0."""
    ### BEGIN SOLUTION
    both = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, model.outputs[0]])
    x = tf.constant(image[None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        maps, outputs = both(x)
        output = outputs[0, label]
    slopes = tape.gradient(output, maps)[0]  # (height, width, maps)
    weights = tf.reduce_mean(slopes, axis=(0, 1))  # (maps,)
    return np.maximum(tf.reduce_sum(maps[0] * weights, axis=-1), 0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "grad_cam-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
generator = np.random.default_rng(60)
x = keras.Input((5, 4, 1))
small = keras.Model(x, layers.Dense(2)(layers.Flatten()(layers.Conv2D(3, 2, name="maps")(x))))
small.set_weights([generator.normal(size=w.shape) for w in small.get_weights()])
image = generator.uniform(size=(5, 4, 1)).astype("float32")
kernels, bias, V, _ = small.get_weights()
windows = np.lib.stride_tricks.sliding_window_view(image[..., 0], (2, 2))  # (4, 3, 2, 2)
A = np.einsum("ijmn,mnk->ijk", windows, kernels[:, :, 0]) + bias  # (4, 3, 3)
slopes = V[:, 1].reshape(4, 3, 3)  # of output 1 by each map
weights = slopes.mean(axis=(0, 1))
heat = (A * weights).sum(axis=-1)
got = grad_cam(small, image.copy(), 1, "maps")
slips = {
    "the ReLU is missing: what speaks against the class is 0": heat,
    "negative values became heat: cut them off at 0 instead of taking the size": np.abs(heat),
    "the slopes are not averaged: one weight a map, the mean over height and width": (A * slopes).sum(-1).clip(0),
    "the slopes are summed over the map: take their mean": 12 * heat.clip(0),
    "the maps are not weighted: multiply each by its mean slope": A.sum(-1).clip(0),
    "the weighted maps are averaged: add them up": heat.clip(0) / 3,
    "the heat is scaled to a largest value of 1: return it as it is": heat.clip(0) / heat.max(),
    "this is the heat of another output: use the one called label": (
        A * V[:, 0].reshape(4, 3, 3).mean(axis=(0, 1))
    ).sum(-1).clip(0),
    "the ReLU comes too early: weigh and add first, then cut off": (A * weights).clip(0).sum(-1),
    "negative slopes are cut off: only the final sum goes through the ReLU": (
        A * slopes.clip(0).mean(axis=(0, 1))
    ).sum(-1).clip(0),
    "the batch axis is still there: take [0] of it": heat.clip(0)[None],
    "this is the slope by the maps alone: multiply it by the maps": slopes.mean(-1).clip(0),
}  # fmt: skip
check('grad_cam(model, image, 1, "maps")', got, want=heat.clip(0), tolerance=1e-3, mistakes=slips)

# %% nbgrader={"grade": true, "grade_id": "grad_cam-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: an inner layer of a frozen colour model, another label, no weights before the layer, batch norm at rest, the image untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(60)
x = keras.Input((7, 6, 2))
one = layers.Conv2D(3, 2, activation="tanh", name="one")
two, flat, last = layers.Conv2D(4, 2, name="two"), layers.Flatten(), layers.Dense(3, "softmax")
deep = keras.Model(x, last(flat(two(one(x)))))
deep.set_weights([generator.normal(0, 0.5, w.shape) for w in deep.get_weights()])
deep.trainable = False
image = generator.uniform(size=(7, 6, 2)).astype("float32")
A = np.asarray(two(one(image[None])))  # (1, 5, 4, 4)
rest = keras.Sequential([keras.Input((5, 4, 4)), flat, last])
for label in (0, 2):
    slopes = output_gradients(rest, A, label)[0]
    weights = slopes.mean(axis=(0, 1))
    heat = (A[0] * weights).sum(axis=-1)
    slips = {
        "the ReLU is missing: what speaks against the class is 0": heat,
        "negative values became heat: cut them off at 0 instead of taking the size": np.abs(heat),
        "the slopes are not averaged: one weight a map, the mean over height and width": (
            A[0] * slopes
        ).sum(-1).clip(0),
        "the slopes are summed over the map: take their mean": 20 * heat.clip(0),
        "the maps are not weighted: multiply each by its mean slope": A[0].sum(-1).clip(0),
        "the weighted maps are averaged: add them up": heat.clip(0) / 4,
        "the heat is scaled to a largest value of 1: return it as it is": heat.clip(0)
        / max(heat.max(), 1e-9),
        "the ReLU comes too early: weigh and add first, then cut off": (A[0] * weights)
        .clip(0)
        .sum(-1),
        "negative slopes are cut off: only the final sum goes through the ReLU": (
            A[0] * slopes.clip(0).mean(axis=(0, 1))
        ).sum(-1).clip(0),
    }  # fmt: skip
    got = grad_cam(deep, image.copy(), label, "two")
    check("an inner layer", got, want=heat.clip(0), tolerance=1e-4, secret=True, mistakes=slips)
check("the first layer", grad_cam(deep, image.copy(), 0, "one"), shape=(6, 5), secret=True)
kept, norm = image.copy(), layers.BatchNormalization()
x = keras.Input((7, 6, 2))
plain = layers.Flatten()(norm(layers.ReLU(name="first")(x)))
plain = keras.Model(x, layers.Dense(2)(plain))
plain.set_weights([generator.uniform(0.5, 1.5, w.shape) for w in plain.get_weights()])
gamma, _, _, variance, V, _ = moving = plain.get_weights()
weights = V[:, 1].reshape(7, 6, 2).mean(axis=(0, 1)) * gamma / np.sqrt(variance + norm.epsilon)
try:
    got = grad_cam(plain, image, 1, "first")
except (TypeError, ValueError, AttributeError):  # the tape answered None
    got = None
moved = any(abs(a - b).max() > 1e-6 for a, b in zip(moving, plain.get_weights()))
slips = {"an argument is changed: work on a copy": True}
check("the image is untouched", image, want=kept, secret=True, mistakes=slips)
slips = {
    "the model runs in training mode: call it without training=True": moved,
    "nothing was recorded: watch x before the model runs": got is None,
}
want = (kept * weights).sum(-1)
check("no weights before it", got, want=want, tolerance=1e-3, secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# One picture, two animals, two questions. Grad-CAM tells the classes apart; a map of what is merely
# eye-catching could not. Mind how coarse it is: 5 x 5 places, stretched over the picture.


# %%
def likeliest(image):
    """Return the number of the likeliest of the 1,000 classes."""
    return int(np.asarray(network(preprocess_input(image, value_range=(0, 1))[None])).argmax())


cat, dogs = square("cat"), square("spaniels")
CAT, DOG = likeliest(cat), likeliest(dogs)
middles = [picture[:, SIDE // 8 : -SIDE // 8] for picture in (cat, dogs)]
pair = np.concatenate([tf.image.resize(middle, (SIDE, SIDE // 2)) for middle in middles], axis=1)
pair_input = preprocess_input(pair.clip(0, 1), value_range=(0, 1))
words = {k: decode_predictions(np.eye(1000)[[k]], top=1)[0][0][1] for k in (CAT, DOG)}

# %%
figure, axes = plt.subplots(1, 3, figsize=(6.6, 2.4))
draw_heat(axes[0], pair, title="one picture")
for ax, label in zip(axes[1:], (CAT, DOG)):
    draw_heat(
        ax,
        pair,
        grad_cam(network, pair_input, label, "top_activation"),
        title=f"heat: {words[label]}".replace("_", " "),
    )
show(
    figure,
    "The same network and the same picture: asked for the cat, the heat lies in the cat's half, asked for the dog, in the dogs'.",
    photographs=True,
)

# %% [markdown]
# ## 7 · The same picture five times, and once more with no brain
#
# Adebayo and others (2018) asked: does the map change when the network forgets everything? They
# gave networks random weights and found methods, guided backpropagation among them, whose maps
# hardly changed. Such a map shows the picture, not the network. So here is the same picture through
# all five methods, for the trained network and for the same network **untrained**, and beside them
# a map that never asks any network: the edges of the picture. (The untrained network's slopes are
# about $10^{-17}$. Drawings are scaled and show them all the same; a touch gets lost in rounding.)

# %%
untrained = efficientnet_lite0(weights=None, input_shape=(SIDE, SIDE, 3))
draws = budget(full=24, short=2)


def five_maps(model, image, label, layer_name, baseline):
    """Return heat maps of one image by name; the perturbation map is one of patches."""
    patches = through_patches(model, image, patches=PATCHES)
    zero = np.zeros((PATCHES, PATCHES, 1), "float32")
    slopes = {
        "perturbation": perturbation_saliency(patches, zero, label, [0.1]),
        "gradient": gradient_saliency(model, image, label),
        "SmoothGrad": smooth_grad(model, image, label, draws, 0.3, 0),
        "integrated": integrated_gradients(model, image, label, baseline, draws),
    }
    heats = {method: to_heat(np.asarray(map_)) for method, map_ in slopes.items()}
    return heats | {"Grad-CAM": grad_cam(model, image, label, layer_name)}


# %%
rows = {
    "trained": five_maps(network, bug_input, BUG, "top_activation", black),
    "untrained": five_maps(untrained, bug_input, BUG, "top_activation", black),
}

# %%
figure, axes = plt.subplots(2, 6, figsize=(7, 2.9))
draw_heat(axes[0, 0], bug, below="picture")
draw_heat(axes[1, 0], bug, edge_map(bug), below="edges, no network")
for row, (state, heats) in zip(axes, rows.items()):
    for ax, (method, heat) in zip(row[1:], heats.items()):
        draw_heat(ax, bug, heat, title=method if state == "trained" else "", below=state)
show(
    figure,
    "Above, five answers of the trained network; below, the same five methods on a network that knows nothing: what both rows share is not what the network learned.",
    photographs=True,
)


# %%
def likeness(first, second):
    """Correlate two heat maps of any size by the ranks of their pixels, on a 20 x 20 grid."""
    ranks = [resize_map(heat, 20).ravel().argsort().argsort() for heat in (first, second)]
    return np.corrcoef(*ranks)[0, 1]


print(f"{'rank correlation with':24}{'untrained map':>16}{'edges':>10}")
for method in rows["trained"]:
    trained, blank = rows["trained"][method], rows["untrained"][method]
    print(f"{method:24}{likeness(trained, blank):16.2f}{likeness(trained, edge_map(bug)):10.2f}")

# %% [markdown]
# A map that said only what the network learned would share nothing with the lower row. We tried
# four draws of random weights: the gradient keeps a correlation of about 0.4, SmoothGrad 0.4 to
# 0.65 and integrated gradients 0.6 to 0.7, so part of what they show is the picture and the build of
# the network. For Grad-CAM it depends on the draw, -0.2 to 0.6: a 5 x 5 map of random weights may
# look like anything. And SmoothGrad, the prettiest map, is the one most like the edges. (The
# untrained network's perturbation map is blank: the number in the first row means nothing.)

# %% [markdown]
# ### Question 4 · a map that survives (1 point)
#
# A new saliency method draws beautiful outlines of every animal. You replace all weights by random
# numbers, and its maps stay nearly the same. This shows that
# - **a** the method is robust, a good sign
# - **b** the random network has learned the animals' outlines
# - **c** the maps come from the picture itself and explain nothing about the network
# - **d** the trained network uses outlines

# %% nbgrader={"grade": false, "grade_id": "survivor", "locked": false, "schema_version": 3, "solution": true, "task": false}
# survivor = "a", "b", "c" or "d"
### BEGIN SOLUTION
survivor = "c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "survivor-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "a map that survives",
    survivor,
    right="c",
    reasons={
        "a": "an explanation of a network must change when the network does",
        "b": "random weights were never trained: they have learned nothing",
        "d": "the random network draws them too, so they say nothing about the trained one",
    },
)

# %% [markdown]
# ## 8 · Measure it: the pointing game
#
# Pretty is no measure. Where a **mask** says which pixels are the animal, two numbers do it. The
# **pointing game** (Zhang and others, 2016): does the hottest pixel lie on the animal? And the
# **energy in the mask**: which share of the heat does? **By hand**, heat $(1, 5, 2, 2)$ and mask
# $(0, 1, 1, 0)$: the hottest is on the mask, a hit; the energy is $(5 + 2)/10 = 0.7$. Chance gets
# the area of the mask in both, here $0.5$. Remember what it measures: *where the network looks*.
# If it looks at the snow, an honest method must lose this game.

# %% [markdown]
# ### Exercise 7 · the pointing game (2 points)
#
# Return `True` if the largest value of `saliency` lies where `mask` is 1, else `False`.
# `saliency.argmax()` counts through the flattened array; `np.unravel_index(number,
# saliency.shape)` turns that into a row and a column (or flatten the mask as well).
# Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "pointing_game", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pointing_game(saliency, mask):
    """Tell whether the hottest pixel of saliency (h, w) lies on the mask (h, w) of 0 and 1."""
    ### BEGIN SOLUTION
    return bool(mask[np.unravel_index(saliency.argmax(), saliency.shape)] == 1)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "pointing_game-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
heats = np.zeros((7, 3, 4)) + 0.1
heats[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 1, 0, 2, 1], [1, 2, 0, 0, 2, 2, 1]] = 0.9
heats[:4, 2, 3], heats[4:, 2, 3] = -2.0, 0.0
masks = np.zeros((7, 3, 4))
masks[0, :2, :2] = masks[1, 0] = masks[2, 1:, :2] = masks[3, :1] = masks[4, :, 1:] = masks[6, 2] = 1
masks[5, 2, 2] = 1
got = [pointing_game(heat.copy(), mask.copy()) for heat, mask in zip(heats, masks)]
largest = [np.unravel_index(heat.argmax(), heat.shape) for heat in heats]
want = [bool(mask[place]) for mask, place in zip(masks, largest)]
slips = {
    "the smallest value is looked up: use argmax": [
        bool(m.flat[h.argmin()]) for h, m in zip(heats, masks)
    ],
    "the sign is lost: the largest value counts, not the largest size": [
        bool(m.flat[np.abs(h).argmax()]) for h, m in zip(heats, masks)
    ],
    "hits and misses are swapped": [not hit for hit in want],
    "this asks whether most of the heat lies on the mask: only the hottest pixel counts": [
        bool((h * m).sum() > (h * (1 - m)).sum()) for h, m in zip(heats, masks)
    ],
    "this compares means inside and outside: only the hottest pixel counts": [
        bool(h[m == 1].mean() > h[m == 0].mean()) for h, m in zip(heats, masks)
    ],
    "a neighbour on the mask is taken for a hit: the hottest pixel itself counts": [
        bool(m[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2].any())
        for m, (i, j) in zip(masks, largest)
    ],
    "every picture is a hit: look the place up in the mask": [True] * 7,
    "this is the value of the heat: look the place up in the mask": [h.max() for h in heats],
}
check("seven pictures, some hits", got, want=want, mistakes=slips)

# %% nbgrader={"grade": true, "grade_id": "pointing_game-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: random maps, masks of whole numbers, hot pixels at the rim, negative heat, the arguments untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(70)
heats = generator.normal(size=(40, 5, 7))
masks = (generator.uniform(size=(40, 5, 7)) < 0.5).astype("int64")
places = [divmod(int(heat.argmax()), 7) for heat in heats]
want = [bool(mask[row][column]) for mask, (row, column) in zip(masks, places)]
slips = {
    "the smallest value is looked up: use argmax": [
        bool(m.flat[h.argmin()]) for h, m in zip(heats, masks)
    ],
    "the sign is lost: the largest value counts, not the largest size": [
        bool(m.flat[np.abs(h).argmax()]) for h, m in zip(heats, masks)
    ],
    "hits and misses are swapped": [not hit for hit in want],
    "this asks whether most of the heat lies on the mask: only the hottest pixel counts": [
        bool((h * m).sum() > (h * (1 - m)).sum()) for h, m in zip(heats, masks)
    ],
    "this compares means inside and outside: only the hottest pixel counts": [
        bool(h[m == 1].mean() > h[m == 0].mean()) for h, m in zip(heats, masks)
    ],
    "a neighbour on the mask is taken for a hit: the hottest pixel itself counts": [
        bool(m[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2].any())
        for m, (i, j) in zip(masks, places)
    ],
    "every picture is a hit: look the place up in the mask": [True] * 40,
}
got = [pointing_game(heat.copy(), mask.copy()) for heat, mask in zip(heats, masks)]
check("random maps", got, want=want, secret=True, mistakes=slips)
heat, mask = np.array([[-3.0, -1.0], [-2.0, -5.0]]), np.array([[1, 0], [0, 0]])
got = [pointing_game(heat.copy(), m.copy()) for m in (mask, 1 - mask)]
slips = {
    "heat off the mask became 0, the largest of negative values: look the place up": [False, False]
}
check("negative heat", got, want=[False, True], secret=True, mistakes=slips)
kept = heat.copy(), mask.copy()
pointing_game(heat, mask)
slips = {"an argument is changed: work on a copy": True}
check("saliency is untouched", heat, want=kept[0], secret=True, mistakes=slips)
check("mask is untouched", mask, want=kept[1], secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 8 · energy in the mask (2 points)
#
# Return the share of the heat that lies on the mask: the sum of `saliency` where the mask is 1,
# divided by the sum of all of it. A map without any heat has no share to give: return `0.0` there
# (Grad-CAM's ReLU can leave nothing). Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "energy_in_mask", "locked": false, "schema_version": 3, "solution": true, "task": false}
def energy_in_mask(saliency, mask):
    """Return the share, 0 to 1, of a heat map (h, w) >= 0 that lies on the mask (h, w)."""
    ### BEGIN SOLUTION
    total = saliency.sum()
    return float((saliency * mask).sum() / total) if total > 0 else 0.0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "energy_in_mask-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
heat = np.array([[1.0, 5.0, 0.0, 2.0], [0.0, 6.0, 0.0, 0.0], [1.0, 0.0, 4.0, 1.0]])
mask = np.array([[0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0]])
check(
    "energy_in_mask(saliency, mask)",
    energy_in_mask(heat.copy(), mask.copy()),
    want=0.45,
    tolerance=1e-4,
    mistakes={
        "this is the heat on the mask: divide it by all the heat": 9.0,
        "the heat is divided by the mask's area: divide it by all the heat": 9 / 4,
        "the heat is divided by the picture's area: divide it by all the heat": 9 / 12,
        "this compares mean heats: take sums": (9 / 4) / (20 / 12),
        "this is inside over outside: divide by all the heat": 9 / 11,
        "this is the share outside the mask": 0.55,
        "this is the share of the mask that is hot: add up the heat itself": 0.5,
        "the heat is squared: add up the heat itself": (25 + 16) / (1 + 25 + 4 + 36 + 1 + 16 + 1),
    },
)
check(
    "a map without heat",
    energy_in_mask(np.zeros((2, 3)), np.ones((2, 3))),
    want=0.0,
    mistakes={"0 / 0 is not a number: return 0.0 where there is no heat": float("nan")},
)

# %% nbgrader={"grade": true, "grade_id": "energy_in_mask-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: random maps, an empty mask, a full one, masks of whole numbers, the arguments untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(71)
heat = generator.uniform(size=(5, 7))
mask = (generator.uniform(size=(5, 7)) < 0.3).astype("int64")
inside = sum(heat[i, j] for i in range(5) for j in range(7) if mask[i, j])
slips = {
    "this is the heat on the mask: divide it by all the heat": inside,
    "the heat is divided by the mask's area: divide it by all the heat": inside / mask.sum(),
    "the heat is divided by the picture's area: divide it by all the heat": inside / 35,
    "this compares mean heats: take sums": (inside / mask.sum()) / heat.mean(),
    "this is inside over outside: divide by all the heat": inside / (heat.sum() - inside),
    "this is the share outside the mask": 1 - inside / heat.sum(),
    "the heat is squared: add up the heat itself": (heat**2 * mask).sum() / (heat**2).sum(),
}
got = energy_in_mask(heat.copy(), mask.copy())
check("a random map", got, want=inside / heat.sum(), secret=True, mistakes=slips)
check("an empty mask", energy_in_mask(heat.copy(), 0 * mask), want=0.0, secret=True)
check("a full mask", energy_in_mask(heat.copy(), 0 * mask + 1), want=1.0, secret=True)
got = energy_in_mask(np.zeros((3, 2)), np.ones((3, 2)))
slips = {"0 / 0 is not a number: return 0.0 where there is no heat": float("nan")}
check("no heat", got, want=0.0, secret=True, mistakes=slips)
kept = heat.copy(), mask.copy()
energy_in_mask(heat, mask)
slips = {"an argument is changed: work on a copy": True}
check("saliency is untouched", heat, want=kept[0], secret=True, mistakes=slips)
check("mask is untouched", mask, want=kept[1], secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# ## 9 · The husky in the snow: see it
#
# Back to the classifier of section 1 with its splendid test accuracy. Where does it look? Three
# mammals and three birds, each in its usual place, and the heat for the true class. Which layer to
# ask is a choice. We take `block6c_add`, two blocks before the end: it is as coarse as the last
# layer, 5 x 5, but in the last one the shortcut hardly shows. We know that only because we tried;
# so take this map as a suspicion, and try other layers yourself at the end of this lesson.

# %%
LAYER = "block6c_add"
shown = [
    np.flatnonzero((test.labels == k) & (test.snow == (k == 1)))[i]
    for k in (1, 0)
    for i in range(budget(full=3, short=1))
]


# %%
def draw_looks(model, scenes, places, caption):
    """Draw scenes and below each its Grad-CAM for the true class, with the energy on the animal."""
    figure, axes = plt.subplots(2, len(places), figsize=(1.15 * len(places), 2.9))
    shares = []
    for (top, bottom), i in zip(axes.T, places):
        image = preprocess_input(scenes.images[i], value_range=(0, 1))
        heat = grad_cam(model, image, int(scenes.labels[i]), LAYER)
        share = energy_in_mask(resize_map(heat, SIZE), scenes.masks[i, ..., 0])
        shares.append(share)
        draw_heat(top, scenes.images[i], below=names[scenes.labels[i]])
        draw_heat(bottom, scenes.images[i], heat, below=f"{share:.0%} on animal")
    area = scenes.masks[places].mean()
    show(
        figure,
        f"{caption}: on average {np.mean(shares):.0%} of the heat lies on the animal, which covers {area:.0%} of the picture.",
        photographs=True,
    )


draw_looks(classifier, test, shown, "The network trained on biased pictures")

# %% [markdown]
# ## 10 · Prove it: swap the backgrounds
#
# A map is a suspicion. The proof is an experiment: change what is suspected and *nothing else*.
# We cut the animals out with their masks and lay them on other places.
#
# ### Exercise 9 · swap the background (2 points)
#
# Where the mask is 1 keep the image, where it is 0 show the background. All of it as batches, the
# mask with a last axis of 1 that NumPy stretches over the colours.
# Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "swap_background", "locked": false, "schema_version": 3, "solution": true, "task": false}
def swap_background(images, masks, backgrounds):
    """Lay what masks (n, h, w, 1) cut out of images (n, h, w, 3) on backgrounds (n, h, w, 3)."""
    ### BEGIN SOLUTION
    return images * masks + backgrounds * (1 - masks)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "swap_background-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
generator = np.random.default_rng(72)
images, places = generator.uniform(0.1, 0.9, (2, 2, 3, 4, 3))
masks = (generator.uniform(size=(2, 3, 4, 1)) < 0.5).astype("float32")
check(
    "swap_background(images, masks, backgrounds)",
    swap_background(images.copy(), masks.copy(), places.copy()),
    want=np.where(masks == 1, images, places),
    tolerance=1e-5,
    mistakes={
        "the roles are swapped: the mask marks what is kept": np.where(masks == 1, places, images),
        "the animal is added on top: blank its place in the background first": images * masks
        + places,
        "the old background is still there: blank it with the mask": images + places * (1 - masks),
        "the surroundings are black: add the background there": images * masks,
        "the animal is missing: only the background is left": places * (1 - masks),
        "the two pictures are mixed everywhere: the mask decides pixel by pixel": (images + places)
        / 2,
        "nothing has changed": images,
    },
)

# %% nbgrader={"grade": true, "grade_id": "swap_background-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: other sizes, an empty and a full mask, black parts, the arguments untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(74)
images, places = generator.uniform(0.1, 0.9, (2, 4, 5, 2, 3))
images[:, 1::2] *= [1, 0, 0]  # nearly black
images[2, 0] = 0  # black
masks = (generator.uniform(size=(4, 5, 2, 1)) < 0.5).astype("float32")
masks[1], masks[2] = 0, 1
want = np.array(places)
for place in np.argwhere(masks[..., 0] == 1):
    want[tuple(place)] = images[tuple(place)]
slips = {
    "the roles are swapped: the mask marks what is kept": np.where(masks == 1, places, images),
    "the animal is added on top: blank its place in the background first": images * masks + places,
    "the old background is still there: blank it with the mask": images + places * (1 - masks),
    "the surroundings are black: add the background there": images * masks,
    "the animal is missing: only the background is left": places * (1 - masks),
    "the two pictures are mixed everywhere: the mask decides pixel by pixel": (images + places) / 2,
    "nothing has changed": images,
    "black parts of the animal became background: ask the mask alone": np.where(
        images * masks > 0, images, places
    ),
}
got = swap_background(images.copy(), masks.copy(), places.copy())
check("other pictures", got, want=want, tolerance=1e-5, secret=True, mistakes=slips)
kept = images.copy(), masks.copy(), places.copy()
swap_background(images, masks, places)
slips = {"an argument is changed: work on a copy": True}
check("images is untouched", images, want=kept[0], secret=True, mistakes=slips)
check("masks is untouched", masks, want=kept[1], secret=True, mistakes=slips)
check("backgrounds is untouched", places, want=kept[2], secret=True, mistakes=slips)
### END HIDDEN TESTS

# %% [markdown]
# The same six animals, each now in the other place, and the probability that they are mammals.

# %%
moved = swap_background(
    test.images[shown],
    test.masks[shown],
    empty_places("test", ~test.snow[shown], size=SIZE, seed=3),
)
before = np.asarray(head(features(test.images[shown])))[:, 1]
after = np.asarray(head(features(moved)))[:, 1]
figure, axes = plt.subplots(2, len(shown), figsize=(1.15 * len(shown), 2.9))
for column, i in enumerate(shown):
    draw_heat(axes[0, column], test.images[i], below=f"mammal {before[column]:.2f}")
    draw_heat(axes[1, column], moved[column], below=f"mammal {after[column]:.2f}")
show(
    figure,
    f"The same animals on the other ground: nothing but the background changed, and {np.sum((before > 0.5) != (after > 0.5))} of {len(shown)} answers turn over.",
    photographs=True,
)

# %% [markdown]
# Six pictures are an anecdote. For all of them: one accuracy for each kind of animal in each kind
# of place. The mean of a biased test set hides the small groups; Sagawa and others (2020) therefore
# report the **worst group**.
#
# ### Exercise 10 · accuracy by group (2 points)
#
# Return a table of shape (2, 2): in row `label` and column `place` (0 grass, 1 snow) the share of
# right guesses **among the pictures of that group**. Every group has pictures, and `snow` holds
# True for snow and False for grass. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "accuracy_by_group", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accuracy_by_group(labels, guesses, snow):
    """Return accuracies (2, 2), row: label 0 or 1, column: grass or snow; arrays (n,) come in."""
    ### BEGIN SOLUTION
    right = guesses == labels
    return np.array([[right[(labels == k) & (snow == s)].mean() for s in (0, 1)] for k in (0, 1)])
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "accuracy_by_group-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
labels = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0])
snow = np.array([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1]) == 1
guesses = np.array([0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0])
check(
    "accuracy_by_group(labels, guesses, snow)",
    accuracy_by_group(labels.copy(), guesses.copy(), snow.copy()),
    want=[[0.75, 0.5], [0.0, 0.75]],
    mistakes={
        "rows and columns are swapped: rows are labels, columns places": [[0.75, 0.0], [0.5, 0.75]],
        "grass and snow are swapped: column 1 is snow": [[0.5, 0.75], [0.75, 0.0]],
        "the counts are divided by all pictures: divide by those of the group": [
            [3 / 12, 1 / 12],
            [0.0, 3 / 12],
        ],
        "these are counts: divide by the size of the group": [[3, 1], [0, 3]],
        "the counts are divided by the size of the class: divide by that of the group": [
            [3 / 6, 1 / 6],
            [0.0, 3 / 6],
        ],
        "these are errors: count the right guesses": [[0.25, 0.5], [1.0, 0.25]],
        "this is the share of mammals guessed: compare the guesses with the labels": [
            [0.25, 0.5],
            [0.0, 0.75],
        ],
        "the groups are made by the guesses: make them by the labels": [[0.6, 0.5], [0.0, 0.75]],
    },
)

# %% nbgrader={"grade": true, "grade_id": "accuracy_by_group-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: many random pictures, the arguments untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(73)
labels, guesses, snow = generator.integers(0, 2, (3, 90))
snow = snow == 1
groups = [[(labels == k) & (snow == s) for s in (0, 1)] for k in (0, 1)]
right = [[int((guesses[g] == labels[g]).sum()) for g in row] for row in groups]
sizes = np.array([[int(g.sum()) for g in row] for row in groups])
want = np.array(right) / sizes
slips = {
    "rows and columns are swapped: rows are labels, columns places": want.T,
    "grass and snow are swapped: column 1 is snow": want[:, ::-1],
    "the counts are divided by all pictures: divide by those of the group": np.array(right) / 90,
    "these are counts: divide by the size of the group": right,
    "the counts are divided by the size of the class: divide by that of the group": np.array(right)
    / sizes.sum(axis=1, keepdims=True),
    "these are errors: count the right guesses": 1 - want,
}
got = accuracy_by_group(labels.copy(), guesses.copy(), snow.copy())
check("random pictures", got, want=want, secret=True, mistakes=slips)
kept = labels.copy(), guesses.copy(), snow.copy()
accuracy_by_group(labels, guesses, snow)
slips = {"an argument is changed: work on a copy": True}
check("labels is untouched", labels, want=kept[0], secret=True, mistakes=slips)
check("guesses is untouched", guesses, want=kept[1], secret=True, mistakes=slips)
check("snow is untouched", snow, want=kept[2], secret=True, mistakes=slips)
### END HIDDEN TESTS

# %%
fair = biased_scenes("test", budget(full=300, short=40), bias=0.5, size=SIZE, seed=2)
fair_features = features(fair.images)


def group_table(head):
    """Return accuracies in percent (2, 2) on the fair test pictures."""
    guesses = np.asarray(head(fair_features)).argmax(axis=1)
    return 100 * np.asarray(accuracy_by_group(fair.labels, guesses, fair.snow))


biased_table = group_table(head)
print(np.round(biased_table))
report_result(
    "biased network, accuracy in its worst group",
    biased_table.min() / 100,
    baseline=0.5,
    baseline_name="a coin",
    tolerance=0.12,
)

# %% [markdown]
# Perfect on the ground it knows, worse than a coin on the other: 14 to 17 % of the birds in snow are
# called birds (four runs: other first weights, other training pictures). Proven.

# %% [markdown]
# ## 11 · Cure it
#
# More of the same pictures would teach the same shortcut. The cure is to make the background
# useless: add to each training picture the same animal in the **other** place, and train again. Now
# every animal stands on grass once and in snow once, and the ground says nothing about the class.
# Not one new animal is needed; the masks are.

# %%
elsewhere = swap_background(
    train.images, train.masks, empty_places("train", ~train.snow, size=SIZE, seed=4)
)
both_features = np.concatenate([train_features, features(elsewhere)])
cured_head = train_head(both_features, np.tile(train.labels, 2), "cured")
cured = keras.Model(backbone.inputs[0], cured_head(pooled))
cured_table = group_table(cured_head)
report_result(
    "cured network, accuracy in its worst group",
    cured_table.min() / 100,
    baseline=biased_table.min() / 100,
    baseline_name="the biased network",
    tolerance=0.12,
)

# %%
figure, axes = plt.subplots(1, 2, figsize=(6.6, 3))
for ax, table, title in zip(axes, (biased_table, cured_table), ("biased", "cured")):
    draw_table(ax, table, title=f"{title}: accuracy (%)", most=100)
    ax.set_xticks([0, 1], ["grass", "snow"])
    ax.set_yticks([0, 1], names)
show(
    figure,
    f"On a fair test set the biased network falls to {biased_table.min():.0f} % for its worst group, the cured one to {cured_table.min():.0f} %.",
)

# %% [markdown]
# The worst group climbs to 77 to 81 % (four runs). What remains are birds taken for mammals on
# either ground: now the network errs about animals. Does the heat say so too?

# %%
draw_looks(cured, test, shown, "The same pictures, seen by the cured network")

# %% [markdown]
# The same photographs, the same backbone, another head, and another reason for the answer. Six maps
# are an anecdote again. So, in numbers, for all methods, on fair test pictures. (30 pictures: take a
# share of hits as good to about 0.1.)

# %%
points = budget(full=30, short=1)
dark = preprocess_input(np.zeros((SIZE, SIZE, 3), "float32"), value_range=(0, 1))
METHODS = {
    "perturbation": lambda m, x, k: resize_map(
        np.abs(patch_touches(m, x, k, patches=8, delta=0.1)), SIZE
    ),
    "gradient": lambda m, x, k: to_heat(np.asarray(gradient_saliency(m, x, k))),
    "SmoothGrad": lambda m, x, k: to_heat(np.asarray(smooth_grad(m, x, k, 8, 0.2, 0))),
    "integrated": lambda m, x, k: to_heat(np.asarray(integrated_gradients(m, x, k, dark, 8))),
    "Grad-CAM": lambda m, x, k: resize_map(grad_cam(m, x, k, LAYER), SIZE),
    "edges, no network": lambda m, x, k: edge_map(x),
}


# %%
def score(method, model):
    """Return (hits in the pointing game, energy in the mask), means over fair test pictures."""
    results = []
    for image, label, mask in zip(fair.images[:points], fair.labels, fair.masks[..., 0]):
        image = preprocess_input(image, value_range=(0, 1))
        heat = np.asarray(METHODS[method](model, image, int(label)))
        results.append((pointing_game(heat, mask), energy_in_mask(heat, mask)))
    return np.mean(results, axis=0)


# %%
scores = {
    (m, n): score(m, net) for m in METHODS for n, net in (("biased", classifier), ("cured", cured))
}
area = fair.masks[:points].mean()
print(f"chance, the animals' share of the pictures: {area:.2f}")
for method in METHODS:
    for index, measure in enumerate(("pointing game", "energy in the mask")):
        report_result(
            f"{method}{'' if 'edges' in method else ', cured network'}, {measure}",
            scores[method, "cured"][index],
            baseline=scores[method, "biased"][index],
            baseline_name="the biased network",
            tolerance=0.15,
        )

# %%
figure, axes = plt.subplots(1, 2, figsize=(9, 3.2), sharey=True)
heights = np.arange(len(METHODS))
for index, (ax, title) in enumerate(zip(axes, ("pointing game", "energy in the mask"))):
    for shift, name, colour in ((-0.2, "biased", ORANGE), (0.2, "cured", BLUE)):
        shares = [scores[m, name][index] for m in METHODS]
        ax.barh(heights + shift, shares, 0.38, color=colour, label=name)
    ax.axvline(area, color=GREEN, linestyle="--", label="chance")
    ax.set(yticks=heights, yticklabels=list(METHODS), xlim=(0, 1), title=title)
    ax.set_xlabel("share of hits" if index == 0 else "share of heat")
axes[0].invert_yaxis()
axes[1].legend(loc="lower right")
show(
    figure,
    "Each method on the biased and on the cured network: the edges of the picture cannot tell them apart, a method that explains the network should.",
)

# %% [markdown]
# All methods beat chance, on both networks. But so do the edges, by more than most: our animals lie
# sharp on blurred ground, and whatever likes edges points at them. SmoothGrad hits the animal in
# about nine of ten pictures even on the network that answers by the ground. And that network's
# Grad-CAM has twice chance on the animals, where section 9 found less than chance: on fair pictures
# half the grounds speak for the wrong class; asked for the right one, even the cheat must point at
# the animal.

# %% [markdown]
# A good score alone proves little. What counts is the *change* from the biased network to the cured
# one. In the pointing game it is at most 0.13, little more than luck can do with 30 pictures. In
# energy Grad-CAM changes most, from 0.24 to 0.32, the other methods by about 0.04, and the edges, as
# they must, not at all.

# %% [markdown]
# ## Reflection (2 points, graded by hand)
#
# A hospital's network finds pneumonia on X-rays with an accuracy of 95 %. On some pictures Grad-CAM
# glows on a metal marker in the corner rather than on the lungs. Answer in four to six sentences:
# what do you suspect, which experiment would prove or refute it, how would you cure it, and what
# would a map that glows on the lungs *not* prove?

# %% [markdown] nbgrader={"grade": true, "grade_id": "reflection", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# I suspect that the marker tells the hospital or the ward, and that pneumonia is more common there,
# so the network reads the marker as a shortcut. The map alone is a suspicion. To prove it I would
# change the marker and nothing else: blank it, or paste it into pictures without it, and see whether
# the probabilities move; and I would report the accuracy by hospital and by marker, the worst group
# included. To cure it I would blank or crop the markers in all pictures, or paste them at random, so
# that they say nothing, and train again, then test on a hospital that the network never saw. A map
# that glows on the lungs shows where the network looks and not what it reads there: it could use the
# exposure or a tube on the chest. One map also says nothing about the other patients.
# ### END SOLUTION

# %% [markdown]
# ## What you should remember
#
# - Saliency asks how an output changes with the pixels, while the weights stand still.
# - Touching and gradients agree for small touches, and exactly on linear models; the gradient needs
#   one pass back instead of two passes for each value.
# - SmoothGrad averages gradients around the picture; integrated gradients add up to the change of
#   the output; Grad-CAM weighs the maps of a deep layer by their mean slopes.
# - Ask an untrained network too: a map that does not change explains nothing about the network.
# - A map is a suspicion. The proof is an experiment that changes one thing, and the measure is the
#   worst group, not the mean.

# %% [markdown]
# ## Go further (not graded)
#
# - Give Grad-CAM other layers (`LAYER`): `block4c_add`, `block5c_add`, `block7a_project_bn`. What do
#   you win, what do you lose, and which of them would have shown the shortcut?
# - Try a white, a blurred and a noisy baseline in `integrated_gradients`. Which parts change?
# - How many animals on the wrong ground does the biased training set need before the worst group
#   recovers? Try `bias` from 1.0 down to 0.5.
# - Write guided backpropagation (Springenberg and others, 2015) and put it through the untrained
#   network.

# %% [markdown]
# ## Sources
#
# - Pfungst: Das Pferd des Herrn von Osten (Der kluge Hans). Leipzig, 1907.
# - Simonyan, Vedaldi, Zisserman: Deep inside convolutional networks. ICLR workshop, 2014.
# - Zeiler, Fergus: Visualizing and understanding convolutional networks. ECCV, 2014.
# - Springenberg, Dosovitskiy, Brox, Riedmiller: Striving for simplicity. ICLR workshop, 2015.
# - Ribeiro, Singh, Guestrin: "Why should I trust you?" KDD, 2016.
# - Zhang, Lin, Brandt, Shen, Sclaroff: Top-down neural attention by excitation backprop. ECCV, 2016.

# %% [markdown]
# - Smilkov, Thorat, Kim, Viégas, Wattenberg: SmoothGrad: removing noise by adding noise. 2017.
# - Sundararajan, Taly, Yan: Axiomatic attribution for deep networks. ICML, 2017.
# - Selvaraju and others: Grad-CAM: visual explanations from deep networks. ICCV, 2017.
# - Adebayo and others: Sanity checks for saliency maps. NeurIPS, 2018.
# - Zech and others: Variable generalization performance of a deep learning model to detect pneumonia
#   in chest radiographs. PLOS Medicine, 2018.
# - Sagawa, Koh, Hashimoto, Liang: Distributionally robust neural networks for group shifts. ICLR, 2020.
