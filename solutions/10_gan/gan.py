# %% [markdown]
# # 10 · Generative adversarial networks
#
# **Goal:** let two networks play against each other until one of them draws digits, and measure how
# good they are. **Needs:** lessons 2, 3 and 7 (transposed convolution), and lesson 6 or 9 for
# `GradientTape`. **Runs in** under four minutes on a 2-core CPU, offline.
#
# After this lesson you can
# - write down the game of generator and discriminator, and say which loss stalls and why;
# - train two networks in turn, each on its own loss, without one moving the other;
# - recognise oscillation, vanishing gradients and mode collapse, which the losses alone do not tell you;
# - build a DCGAN, and judge its digits by numbers: class coverage and Fréchet distance.

# %% tags=["setup"]
start("10_gan")

# %%
import time

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from keras import layers, ops

from helpers import budget, check, check_choice, check_model, check_that, play, report_result, show
from helpers.datasets import digits
from helpers.digit_judge import digit_judge, features
from helpers.figures import BLACK, BLUE, GREEN, ORANGE, draw_regions
from helpers.logs import log_scalars
from helpers.panels import draw_image
from helpers.setup import quiet_stderr
from helpers.training import LiveCurves, seed_everything

# %% [markdown]
# ## 1 · A forger and a detective
#
# Goodfellow and others (2014) had this idea. One network, the **generator** $G$, is a forger: it turns
# random numbers $z$ into images. Another, the **discriminator** $D$, is a detective: it sees an image
# and says how likely it is to be *real*. The detective learns to tell them apart; the forger learns to
# fool the detective. Nobody ever writes down what a good digit is. The loss itself is *learned*, and it
# gets harder as the forger gets better.

# %% [markdown]
# Written as a game: $D$ makes this value as large as it can, $G$ makes it as small as it can,
# $$V = \text{mean over real } x \text{ of } \log D(x) \;+\; \text{mean over } z \text{ of } \log\big(1 - D(G(z))\big).$$
# **By hand.** There are three possible images. Real ones are A half of the time, B half of the time, C
# never. The forger makes A and B a quarter each, and C half of the time. What should a perfect detective
# answer on seeing A? Among 100 real and 100 forged images there are 50 real and 25 forged A's: **2/3**.
# In general $D^*(x) = p(x) / (p(x) + q(x))$, with $p$ the share of $x$ among real images and $q$ among made ones.

# %%
real_share = np.array([0.5, 0.5, 0.0])
steps_of_forger = {
    "first": [0.25, 0.25, 0.5],
    "better": [0.4, 0.4, 0.2],
    "perfect": [0.5, 0.5, 0.0],
}
for name, made in steps_of_forger.items():
    made_share = np.array(made)
    best = real_share / (real_share + made_share).clip(1e-12)  # the perfect detective
    chances = [(real_share, best), (made_share, 1 - best)]
    value = sum(share[share > 0] @ np.log(chance[share > 0]) for share, chance in chances)
    print(f"{name:8} forger: D answers {best.round(2)}, value {value:.3f}")

# %% [markdown]
# The better the forger, the lower the value, and it cannot fall below $-2\ln 2 = -1.386$. There the
# detective has nothing to go by. (C then never occurs: its 0 means nothing.) How far above the value lies
# measures how much $p$ and $q$ differ: it is twice the Jensen-Shannon divergence. Question 1 asks what the
# draw looks like.

# %% [markdown]
# ### Question 1 · a draw (1 point)
#
# The forger is perfect: made and real images are alike in every way. The detective's loss is $-V$. What
# does the best possible detective do?
# - **a** it answers 1/2 to every image, and its loss is $2 \ln 2 = 1.386$
# - **b** it answers 1/2 to every image, and its loss is 0
# - **c** it answers 1 to every image, and its loss is 0
# - **d** it answers 0 to every image, and its loss is infinite

# %% nbgrader={"grade": false, "grade_id": "a_draw", "locked": false, "schema_version": 3, "solution": true, "task": false}
# a_draw = "a", "b", "c" or "d"
### BEGIN SOLUTION
a_draw = "a"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "a_draw-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "a draw",
    a_draw,
    right="a",
    reasons={
        "b": "the answers are right, but guessing costs: each half of the loss is -ln(1/2) = 0.693",
        "c": "to say 1 to a made image costs -ln(1 - 1), without end: the loss has two halves",
        "d": "that is a loss that a coin would beat: the best detective guesses 1/2",
    },
)

# %% [markdown]
# ## 2 · Three losses
#
# From here on the detective answers with a **logit**, any number from $-\infty$ to $\infty$; $D =
# \text{sigmoid}(\text{logit})$ is the probability. Logits save us from $\log 0$, because
# $$-\log \text{sigmoid}(l) = \log(1 + e^{-l}) = \text{softplus}(-l), \qquad
# -\log\big(1 - \text{sigmoid}(l)\big) = \text{softplus}(l),$$
# and Keras computes softplus safely for any $l$: `ops.softplus`. TensorFlow must be able to follow every
# step backwards, so use functions of `ops`, such as `ops.softplus` and `ops.mean`, not NumPy's. The checks
# ask for slopes, with this function:


# %% nbgrader={"grade": false, "grade_id": "slopes_of", "locked": true, "schema_version": 3, "solution": false, "task": false}
def slopes_of(name, *logits):
    """Return the slopes of your loss of this name at batches of logits; None where there are none (given)."""
    losses = {  # looked up when they are called: they come in the next exercises
        "discriminator_loss": lambda real, fake: discriminator_loss(real, fake),
        "saturating_generator_loss": lambda fake: saturating_generator_loss(fake),
        "generator_loss": lambda fake: generator_loss(fake),
    }
    points = [tf.constant(np.reshape(batch, (-1, 1)), "float32") for batch in logits]
    try:
        with tf.GradientTape() as tape:
            tape.watch(points)
            total = tf.convert_to_tensor(losses[name](*points))
    except AttributeError:  # such as logits.clip(0): it left TensorFlow altogether
        return None
    slopes = tape.gradient(total, points)
    return None if any(s is None for s in slopes) else [s.numpy()[:, 0] for s in slopes]


# %% [markdown]
# ### Exercise 1 · the detective's loss (2 points)
#
# $-V$ in logits: the mean of $-\log D$ over the **real** logits, plus the mean of $-\log(1 - D)$ over the
# **fake** ones. Each batch has its own mean; add the two. For one real logit 2 and one fake logit $-1$ it
# is $0.127 + 0.313 = 0.440$.


# %% nbgrader={"grade": false, "grade_id": "discriminator_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def discriminator_loss(real_logits, fake_logits):
    """Return one number for logits of real and of made images, shapes (batch, 1)."""
    ### BEGIN SOLUTION
    return ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "discriminator_loss-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
real_logits = np.array([[2.0], [-0.5], [1.0]], "float32")
fake_logits = np.array([[-1.0], [0.25]], "float32")


def soft(logits):
    """Return log(1 + exp(logits)) in NumPy, as an independent judge."""
    return np.logaddexp(0, logits)


def soft_slope(logits):
    """Return the slopes of `soft`, the sigmoid, as one row."""
    return 1 / (1 + np.exp(-np.ravel(logits)))


sure_real, sure_fake = (logits.clip(1e-7, 1 - 1e-7) for logits in (real_logits, fake_logits))
check(
    "discriminator_loss(real_logits, fake_logits)",
    discriminator_loss(real_logits.copy(), fake_logits.copy()),
    want=soft(-real_logits).mean() + soft(fake_logits).mean(),
    tolerance=1e-4,
    mistakes={
        "the roles are swapped: real logits should be high, fake ones low": soft(real_logits).mean()
        + soft(-fake_logits).mean(),
        "the made images are left out: add both means": soft(-real_logits).mean(),
        "the real images are left out: add both means": soft(fake_logits).mean(),
        "both batches ask for high logits: fake ones should be low": soft(-real_logits).mean()
        + soft(-fake_logits).mean(),
        "the losses are summed over the batch: take the mean": soft(-real_logits).sum()
        + soft(fake_logits).sum(),
        "one mean runs over both batches: one mean each, then add": np.concatenate(
            [soft(-real_logits), soft(fake_logits)]
        ).mean(),
        "the two means are averaged: add them": (
            soft(-real_logits).mean() + soft(fake_logits).mean()
        )
        / 2,
        "logits are no probabilities yet: softplus, or from_logits=True": -np.log(sure_real).mean()
        - np.log(1 - sure_fake).mean(),
        "the sign is turned: a loss falls as the detective gets better": -soft(-real_logits).mean()
        - soft(fake_logits).mean(),
    },
)
slopes = slopes_of("discriminator_loss", real_logits, fake_logits)
check(
    "TensorFlow can follow the loss: its slopes",
    slopes,
    want=(-soft_slope(-real_logits) / 3, soft_slope(fake_logits) / 2),
    tolerance=1e-4,
    mistakes={
        "TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient": slopes
        is None,
        "these are not the slopes of this loss: use ops on all logits, and leave slopes_of as it is": slopes
        is not None,
    },
)

# %% nbgrader={"grade": true, "grade_id": "discriminator_loss-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: other batches and their slopes, a draw, logits of 300 either way
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(101)
for real_count, fake_count in ((5, 5), (2, 7)):
    real_logits = generator.normal(1, 2, (real_count, 1)).astype("float32")
    fake_logits = generator.normal(0, 2, (fake_count, 1)).astype("float32")
    right = soft(-real_logits).mean() + soft(fake_logits).mean()
    check(
        f"{real_count} real and {fake_count} made images",
        discriminator_loss(real_logits.copy(), fake_logits.copy()),
        want=right,
        tolerance=1e-4,
        secret=True,
        mistakes={
            "the two means are averaged: add them": right / 2,
            "the roles are swapped: real logits should be high, fake ones low": soft(
                real_logits
            ).mean()
            + soft(-fake_logits).mean(),
        },
    )
    slopes = slopes_of("discriminator_loss", real_logits, fake_logits)
    check(
        "the slopes",
        slopes,
        want=(
            -soft_slope(-real_logits) / real_count,
            soft_slope(fake_logits) / fake_count,
        ),
        tolerance=1e-4,
        secret=True,
        mistakes={
            "TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient": slopes
            is None,
            "these are not the slopes of this loss: use ops on all logits, and leave slopes_of as it is": slopes
            is not None,
        },
    )
blank = np.zeros((4, 1), "float32")
check("a draw", discriminator_loss(blank, blank), want=2 * np.log(2), tolerance=1e-4, secret=True)
far = np.full((2, 1), 300, "float32")
lost = np.asarray(discriminator_loss(-far, far))
check(
    "a detective that is certain and wrong",
    lost,
    want=600.0,
    tolerance=1e-4,
    secret=True,
    mistakes={
        "the logarithm of 0 is taken: softplus of the logits is safe": not np.isfinite(lost),
        "the loss is cut off far out: softplus needs no clip, and no small number added": lost
        < 100,
    },
)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 2 · the forger's loss, as the game says (2 points)
#
# The forger makes $V$ small. Only the second half of $V$ depends on it: the mean of $\log(1 - D)$ over
# the **fake** logits. It is never positive: for one fake logit $-1$ it is $\log(1 - 0.269) = -0.313$.
# (Why is it called *saturating*? You will see.)


# %% nbgrader={"grade": false, "grade_id": "saturating_generator_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def saturating_generator_loss(fake_logits):
    """Return the mean of log(1 - D) for logits of made images, shape (batch, 1)."""
    ### BEGIN SOLUTION
    return -ops.mean(ops.softplus(fake_logits))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "saturating_generator_loss-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
fake_logits = np.array([[-1.0], [0.25], [2.0]], "float32")
check(
    "saturating_generator_loss(fake_logits)",
    saturating_generator_loss(fake_logits.copy()),
    want=-soft(fake_logits).mean(),
    tolerance=1e-4,
    mistakes={
        "that is the detective's loss for made images: the forger wants the opposite": soft(
            fake_logits
        ).mean(),
        "this is the mean of log D, not of log(1 - D)": -soft(-fake_logits).mean(),
        "this is the mean of -log D: that comes in the next exercise": soft(-fake_logits).mean(),
        "the losses are summed over the batch: take the mean": -soft(fake_logits).sum(),
        "the logarithm is missing: log(1 - D)": 1 - (1 / (1 + np.exp(-fake_logits))).mean(),
        "logits are no probabilities yet: softplus, or from_logits=True": np.log(
            1 - fake_logits.clip(1e-7, 1 - 1e-7)
        ).mean(),
        "there is one number for each image: take the mean": -soft(fake_logits),
    },
)
slopes = slopes_of("saturating_generator_loss", fake_logits)
check(
    "TensorFlow can follow the loss: its slopes",
    slopes,
    want=(-soft_slope(fake_logits) / 3,),
    tolerance=1e-4,
    mistakes={
        "TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient": slopes
        is None,
        "these are not the slopes of this loss: use ops on all logits, and leave slopes_of as it is": slopes
        is not None,
    },
)

# %% nbgrader={"grade": true, "grade_id": "saturating_generator_loss-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: another batch, a batch of one, their slopes, a logit of 300
### BEGIN HIDDEN TESTS
fake_logits = np.random.default_rng(102).normal(0, 3, (6, 1)).astype("float32")
for logits in (fake_logits, fake_logits[:1]):
    check(
        f"a batch of {len(logits)}",
        saturating_generator_loss(logits.copy()),
        want=-soft(logits).mean(),
        tolerance=1e-4,
        secret=True,
        mistakes={
            "that is the detective's loss for made images: the forger wants the opposite": soft(
                logits
            ).mean(),
            "this is the mean of -log D: that comes in the next exercise": soft(-logits).mean(),
        },
    )
    slopes = slopes_of("saturating_generator_loss", logits)
    check(
        "the slopes",
        slopes,
        want=(-soft_slope(logits) / len(logits),),
        tolerance=1e-4,
        secret=True,
        mistakes={
            "TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient": slopes
            is None,
            "these are not the slopes of this loss: use ops on all logits, and leave slopes_of as it is": slopes
            is not None,
        },
    )
fooled = np.asarray(saturating_generator_loss(np.full((2, 1), 300, "float32")))
check(
    "a detective that is fooled completely",
    fooled,
    want=-300.0,
    tolerance=1e-4,
    secret=True,
    mistakes={
        "the logarithm of 0 is taken: softplus of the logits is safe": not np.isfinite(fooled),
        "the loss is cut off far out: softplus needs no clip, and no small number added": fooled
        > -100,
    },
)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 3 · the forger's loss that everybody uses (2 points)
#
# The same paper proposes another one in the same breath: instead of making $\log(1 - D)$ small, make
# $\log D$ **large**. As a loss: the mean of $-\log D$ over the fake logits. For one fake logit $-1$ it is
# $-\log 0.269 = 1.313$.


# %% nbgrader={"grade": false, "grade_id": "generator_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def generator_loss(fake_logits):
    """Return the mean of -log D for logits of made images, shape (batch, 1)."""
    ### BEGIN SOLUTION
    return ops.mean(ops.softplus(-fake_logits))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "generator_loss-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
fake_logits = np.array([[-1.0], [0.25], [2.0]], "float32")
check(
    "generator_loss(fake_logits)",
    generator_loss(fake_logits.copy()),
    want=soft(-fake_logits).mean(),
    tolerance=1e-4,
    mistakes={
        "this is the saturating loss again: the mean of -log D is wanted": -soft(
            fake_logits
        ).mean(),
        "that is the detective's loss for made images: the forger wants high logits": soft(
            fake_logits
        ).mean(),
        "the minus sign is missing: log D should become large, and a loss becomes small": -soft(
            -fake_logits
        ).mean(),
        "the losses are summed over the batch: take the mean": soft(-fake_logits).sum(),
        "the logarithm is missing: -log D": -(1 / (1 + np.exp(-fake_logits))).mean(),
        "logits are no probabilities yet: softplus, or from_logits=True": -np.log(
            fake_logits.clip(1e-7, 1 - 1e-7)
        ).mean(),
        "there is one number for each image: take the mean": soft(-fake_logits),
    },
)
slopes = slopes_of("generator_loss", fake_logits)
check(
    "TensorFlow can follow the loss: its slopes",
    slopes,
    want=(-soft_slope(-fake_logits) / 3,),
    tolerance=1e-4,
    mistakes={
        "TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient": slopes
        is None,
        "these are not the slopes of this loss: use ops on all logits, and leave slopes_of as it is": slopes
        is not None,
    },
)

# %% nbgrader={"grade": true, "grade_id": "generator_loss-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: another batch and its slopes, a logit of -300, the slope far out
### BEGIN HIDDEN TESTS
fake_logits = np.random.default_rng(103).normal(0, 3, (5, 1)).astype("float32")
check(
    "a batch of 5",
    generator_loss(fake_logits.copy()),
    want=soft(-fake_logits).mean(),
    tolerance=1e-4,
    secret=True,
    mistakes={
        "this is the saturating loss again: the mean of -log D is wanted": -soft(
            fake_logits
        ).mean(),
        "that is the detective's loss for made images: the forger wants high logits": soft(
            fake_logits
        ).mean(),
    },
)
seen = np.asarray(generator_loss(np.full((2, 1), -300, "float32")))
check(
    "a detective that is certain and right",
    seen,
    want=300.0,
    tolerance=1e-4,
    secret=True,
    mistakes={
        "the logarithm of 0 is taken: softplus of the logits is safe": not np.isfinite(seen),
        "the loss is cut off far out: softplus needs no clip, and no small number added": seen
        < 100,
    },
)
slopes = slopes_of("generator_loss", fake_logits)
check(
    "the slopes",
    slopes,
    want=(-soft_slope(-fake_logits) / 5,),
    tolerance=1e-4,
    secret=True,
    mistakes={
        "TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient": slopes
        is None,
        "these are not the slopes of this loss: use ops on all logits, and leave slopes_of as it is": slopes
        is not None,
    },
)
slopes = slopes_of("generator_loss", [-40.0, 0.0, 3.0])
slope = np.zeros(3) if slopes is None else 3 * slopes[0]  # the mean takes a third of each
check(
    "the slope at logits -40, 0 and 3",
    slope,
    want=[-1.0, -0.5, -0.0474],
    tolerance=1e-3,
    secret=True,
    mistakes={
        "TensorFlow cannot follow: use functions of ops, without NumPy, float and stop_gradient": slopes
        is None,
        "the loss is cut off far out: softplus needs no clip, and no small number added": abs(
            slope[0]
        )
        < 0.5,
    },
)
### END HIDDEN TESTS

# %% [markdown]
# Both losses want the same thing: a high logit for what the forger made. Both have their best value at
# the same place. But a network learns from **slopes**. We draw them over the logit that the detective
# gives to a made image. In the beginning every forgery is obvious: the game starts far on the left.

# %%
logits = np.linspace(-8, 8, 161)
names = {"saturating, log(1 - D)": ORANGE, "non-saturating, -log D": BLUE}
figure, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.2))
both_losses = "saturating_generator_loss", "generator_loss"
values = (-soft(logits), soft(-logits))
for (name, colour), value, loss in zip(names.items(), values, both_losses, strict=True):
    left.plot(logits, value, color=colour, label=name)
    slope = len(logits) * slopes_of(loss, logits)[0]  # undo the mean
    right.plot(logits, abs(slope), color=colour)
left.set(title="Both fall to the right ...", ylabel="generator's loss")
right.set(title="... but one is flat on the left", ylabel="size of the slope")
for ax in (left, right):
    ax.axvspan(-8, -4, color="grey", alpha=0.15)
    ax.set(xlabel="logit of a made image", xlim=(-8, 8))
right.text(-7.8, 0.5, "D is sure:\nmade", size=9)
left.legend(fontsize=9, loc="upper right")
at = [abs(slopes_of(loss, [-5.0])[0][0]) for loss in both_losses]
show(
    figure,
    f"Where the detective sees through the forgery (logit -5), the saturating loss has the slope {at[0]:.4f} and the other one {at[1]:.3f}: {at[1] / at[0]:.0f} times as much.",
)

# %% [markdown]
# The slope of $\log(1 - D)$ is $-D$, and that of $-\log D$ is $-(1 - D)$. So the first one learns most from
# forgeries that *succeed*, and nothing from those that fail. The second one is the other way round. The
# minimum is the same, the way there is not.

# %% [markdown]
# ### Question 2 · why does it stall? (1 point)
#
# At the start, $D$ is close to 0 for every made image. Why does the saturating loss make little progress?
# - **a** its value is negative, and optimisers need positive losses
# - **b** its slope with respect to the logit is $-D$: next to nothing is passed back to the generator
# - **c** its minimum is at another place
# - **d** its gradients are so large that the steps overshoot

# %% nbgrader={"grade": false, "grade_id": "why_stall", "locked": false, "schema_version": 3, "solution": true, "task": false}
# why_stall = "a", "b", "c" or "d"
### BEGIN SOLUTION
why_stall = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "why_stall-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "why it stalls",
    why_stall,
    right="b",
    reasons={
        "a": "an optimiser sees slopes only: adding 1,000 to a loss changes nothing",
        "c": "both losses want high logits for made images: the place is the same, the way there differs",
        "d": "it is the other way round: where D is close to 0, the slope is close to 0 as well",
    },
)

# %% [markdown]
# ## 3 · In turn
#
# Two networks, two losses, two optimisers. **The detective's step:** make fakes, compare them with real
# images, move *the detective's weights only*. **The forger's step:** make fakes, let the detective (as
# it is now) judge them, move *the forger's weights only*. The forger's slopes run back **through** the
# detective, but must not change it: a detective that steps along the forger's loss becomes a friend.
#
# TensorFlow records what happens inside `with tf.GradientTape() as tape:`. From that record `descend`, which is
# given, gets the slopes of a loss for the weights of one network, and moves that network by one step:


# %% nbgrader={"grade": false, "grade_id": "descend", "locked": true, "schema_version": 3, "solution": false, "task": false}
def descend(tape, loss, network, optimizer):
    """Move one network's weights, and nobody else's, one step down the loss (given)."""
    weights = network.trainable_variables
    slopes = tape.gradient(loss, weights)
    if any(slope is None for slope in slopes):
        raise ValueError(
            "the tape saw no way from this loss to the network's weights: "
            "compute inside `with` what the slopes must run through"
        )
    optimizer.apply(slopes, weights)


# %% [markdown]
# ### Exercise 4 · one round of the game (3 points)
#
# `reals` and `noises` are lists of equal length. For **each pair**, the detective takes one step: the
# generator makes images of the noise, the discriminator gives logits to the real and the made ones, and
# `d_loss(real_logits, fake_logits)` is what it descends. **After all of these**, the generator takes *one*
# step on `g_loss(fake_logits)`: new images of the **last** noise, judged by the discriminator as it is now.
# Call both networks with `training=True` everywhere. What the slopes must run through has to be computed
# inside `with tf.GradientTape() as tape:`; `descend` then comes after it. Return both last losses, the
# generator's first, as they are, without NumPy and `.numpy()`: later TensorFlow compiles your function, and
# then nothing has a value yet. Leave both lists as they are.


# %% nbgrader={"grade": false, "grade_id": "train_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_step(networks, optimizers, losses, reals, noises):
    """Let D take a step for each batch, then G take one; return the last losses of G and D."""
    generator, discriminator = networks
    g_optimizer, d_optimizer = optimizers
    g_loss, d_loss = losses
    ### BEGIN SOLUTION
    for real, noise in zip(reals, noises):
        fake = generator(noise, training=True)
        with tf.GradientTape() as tape:
            logits = discriminator(real, training=True), discriminator(fake, training=True)
            loss_of_d = d_loss(*logits)
        descend(tape, loss_of_d, discriminator, d_optimizer)
    with tf.GradientTape() as tape:
        loss_of_g = g_loss(discriminator(generator(noise, training=True), training=True))
    descend(tape, loss_of_g, generator, g_optimizer)
    return loss_of_g, loss_of_d
    ### END SOLUTION


# %% [markdown]
# The checks play a tiny game: two networks of one dense layer each, points with two numbers, plain
# gradient descent, and losses of its own. (Each network also adds 1/2 to what comes in, but in training only:
# that shows whether you asked for `training=True`.)


# %% nbgrader={"grade": false, "grade_id": "rehearse_step", "locked": true, "schema_version": 3, "solution": false, "task": false}
class OnlyInTraining(layers.Layer):
    """Add 1/2 in training, nothing otherwise."""

    def call(self, x, training=False):
        return x + 0.5 if training else x


def can_compile(step, batches):
    """Tell whether TensorFlow can compile a step, as it will in part 5 (given)."""
    try:
        tf.function(step).get_concrete_function(*batches)  # reads the step, moves nothing
    except Exception:
        return False
    return True


def rehearse_step(weights, reals, noises):
    """Try out `train_step` on two tiny networks and return their weights and losses (given)."""
    sizes = ((len(weights[0]), 2), (2, 1))
    networks = [
        keras.Sequential([keras.Input((a,)), OnlyInTraining(), layers.Dense(b)]) for a, b in sizes
    ]
    networks[0].set_weights([np.array(w, "float32") for w in weights[:2]])
    networks[1].set_weights([np.array(w, "float32") for w in weights[2:]])
    optimizers = [keras.optimizers.SGD(rate) for rate in (0.5, 0.25)]
    losses = (
        lambda fake: 3 * ops.mean(ops.softplus(-fake)),
        lambda real, fake: 2 * (ops.mean(ops.softplus(-real)) + ops.mean(ops.softplus(fake))),
    )
    batches = [[tf.constant(x, "float32") for x in pair] for pair in (reals, noises)]

    def step(reals, noises):
        return train_step(networks, optimizers, losses, reals, noises)

    returned, blind = None, ""
    try:
        returned = step(*batches)
    except ValueError as error:
        blind = str(error)
        if "the tape saw no way" not in blind:  # it does not come from `descend`
            raise
    returned = [] if returned is None else list(np.ravel([float(x) for x in returned]))
    after = [w for network in networks for w in network.get_weights()]
    report = {"generator": after[:2], "discriminator": after[2:], "losses": returned}
    return report | {"blind": blind, "compiles": can_compile(step, batches)}


# %% nbgrader={"grade": true, "grade_id": "train_step-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
def squash(logits):
    return 1 / (1 + np.exp(-logits))


def by_hand(
    weights,
    reals,
    noises,
    order="dg",
    adds=(0.5, 0.5, 0.5, 0.5, 0.5),
    old=False,
    swap=False,
    last=-1,
    times=(3, 2),
    rates=(0.5, 0.25),
):
    """Play one round in NumPy; the options play it as some slips would.

    `adds` is what the networks add: for D's step G, D on real and D on made; for G's step G and D.
    """
    G, g, D, d = (np.array(w, float) for w in weights)
    g_times, d_times = times
    g_rate, d_rate = rates
    adds_to_noise, adds_to_real, adds_to_fake, g_adds, d_adds = adds

    def slopes_for_d(real, fake):
        up, down = (squash(real @ D + d) - 1) / len(real), squash(fake @ D + d) / len(fake)
        if swap:
            up, down = squash(real @ D + d) / len(real), (squash(fake @ D + d) - 1) / len(fake)
        up, down = d_times * up, d_times * down
        return real.T @ up + fake.T @ down, up.sum(0) + down.sum(0), down @ D.T

    def step_of_g(noise, D, d):
        z = noise + g_adds
        logits = (z @ G + g + d_adds) @ D + d
        back = g_times * (squash(logits) - 1) / len(z) @ D.T
        return z.T @ back, back.sum(0), g_times * soft(-logits).mean()

    if order == "g first":
        slope_G, slope_g, loss_of_g = step_of_g(noises[-1], D, d)
        G, g = G - g_rate * slope_G, g - g_rate * slope_g
    for real, noise in zip(reals, noises):
        before = D.copy(), d.copy()
        x, fake = real + adds_to_real, (noise + adds_to_noise) @ G + g + adds_to_fake
        loss_of_d = d_times * (soft(-(x @ D + d)).mean() + soft(fake @ D + d).mean())
        if order == "gd" or order == "each":
            slope_G, slope_g, loss_of_g = step_of_g(noise, D, d)
        slope_D, slope_d, back = slopes_for_d(x, fake)
        D, d = D - d_rate * slope_D, d - d_rate * slope_d
        if order == "both":
            G, g = G - g_rate * (noise + g_adds).T @ back, g - g_rate * back.sum(0)
        if order == "each":
            slope_G, slope_g, loss_of_g = step_of_g(noise, D, d)
            G, g = G - g_rate * slope_G, g - g_rate * slope_g
    if order not in ("each", "gd", "g first"):
        slope_G, slope_g, loss_of_g = step_of_g(noises[last], *(before if old else (D, d)))
    if order == "friend":
        fake = (noises[-1] + g_adds) @ G + g + d_adds
        back = g_times * (squash(fake @ D + d) - 1) / len(fake)
        D, d = D - d_rate * fake.T @ back, d - d_rate * back.sum(0)
    if order not in ("each", "g first"):
        G, g = G - g_rate * slope_G, g - g_rate * slope_g
    return {"generator": [G, g], "discriminator": [D, d], "losses": [loss_of_g, loss_of_d]}


def a_game(seed, rounds):
    """Return weights, real batches of 4 and noises of 3 for one tiny game."""
    generator = np.random.default_rng(seed)
    shapes = ((3, 2), (2,), (2, 1), (1,))
    weights = [generator.normal(size=shape).round(2) for shape in shapes]
    reals = [generator.normal(1, 1, (4, 2)).round(2) for _ in range(rounds)]
    return weights, reals, [generator.normal(size=(3, 3)).round(2) for _ in range(rounds)]


HANDED_OVER = "use the losses that are handed over, d_loss and g_loss"
SLIPS_OF_D = {
    HANDED_OVER: {"times": (1, 1)},
    "the generator's step moves the discriminator too: only the generator's weights": {
        "order": "friend"
    },
    "real and made images are swapped: d_loss(real_logits, fake_logits)": {"swap": True},
    "the generator steps first: its step comes after all of the discriminator's": {
        "order": "g first"
    },
    "the optimisers are swapped: g_optimizer is for the generator": {"rates": (0.25, 0.5)},
}
SLIPS_OF_G = {
    HANDED_OVER: {"times": (1, 2)},
    "the discriminator's step moves the generator too: only the discriminator's weights": {
        "order": "both"
    },
    "the generator is judged by the discriminator of before its step: compute the logits again": {
        "old": True
    },
    "the generator steps first: its step comes after all of the discriminator's": {
        "order": "g first"
    },
    "the optimisers are swapped: g_optimizer is for the generator": {"rates": (0.25, 0.5)},
}
UNTRAINED = "call both networks with training=True, every time"
FORGOTTEN = [np.array(places) / 2 for places in np.ndindex(2, 2, 2, 2, 2)][:-1]  # 0: no training


def slips_of(part, game, options):
    """Return for each slip the weights that it would leave."""
    return {name: by_hand(*game, **how)[part][0] for name, how in options.items()}


def forgets_training(part, report, game):
    """Tell whether weights are those of a step without `training=True` in one place or more."""
    slips = [by_hand(*game, adds=adds)[part][0] for adds in FORGOTTEN]
    return any(np.allclose(report[part][0], slip, atol=1e-4) for slip in slips)


def rehearsed(game):
    """Return the report of a rehearsal, or None where the losses cannot be told apart."""
    try:
        return rehearse_step(*game)
    except TypeError as error:
        if "itera" not in str(error) or "unpack" in str(error):
            raise
        return None


game = a_game(104, 1)
report, right = rehearsed(game), by_hand(*game)
check_that(
    "train_step returns two losses",
    report is not None,
    "it returns one value",
    mistakes={"one loss is returned: return both, the generator's first": True},
)
idle = [
    np.allclose(report[part][0], game[0][i]) for part, i in (("discriminator", 2), ("generator", 0))
]
check_that(
    "each tape sees the network that it is for",
    not report["blind"],
    report["blind"],
    mistakes={
        "the discriminator's logits must be computed inside the tape": idle[0],
        "the generator's images must be made inside the tape, and judged there": True,
    },
)
check(
    "the discriminator's weights after one round",
    report["discriminator"][0],
    want=right["discriminator"][0],
    tolerance=1e-4,
    mistakes={
        "the discriminator does not move: descend its loss": idle[0],
        UNTRAINED: forgets_training("discriminator", report, game),
        **slips_of("discriminator", game, SLIPS_OF_D),
        "it goes uphill: the loss falls along the negative slope": 2 * game[0][2]
        - right["discriminator"][0],
    },
)
check(
    "the generator's weights after one round",
    report["generator"][0],
    want=right["generator"][0],
    tolerance=1e-4,
    mistakes={
        "the generator does not move: descend its loss": idle[1],
        **slips_of("generator", game, SLIPS_OF_G),
        UNTRAINED: forgets_training("generator", report, game),
    },
)

# %% nbgrader={"grade": true, "grade_id": "train_step-check2", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
game = a_game(105, 3)
report, right = rehearsed(game), by_hand(*game)
weights, reals, noises = game
check_that(
    "train_step returns two losses",
    report is not None,
    "it returns one value",
    mistakes={"one loss is returned: return both, the generator's first": True},
)
check(
    "the discriminator's weights after three steps",
    report["discriminator"][0],
    want=right["discriminator"][0],
    tolerance=1e-4,
    mistakes={
        "only one pair is used: the discriminator takes a step for each": any(
            np.allclose(
                report["discriminator"][0],
                by_hand(weights, reals[i : i + 1], noises[i : i + 1])["discriminator"][0],
                atol=1e-4,
            )
            for i in range(3)
        ),
        "the generator steps after every pair: once, after all of the discriminator's steps": by_hand(
            *game, order="each"
        )["discriminator"][0],
    },
)
check(
    "the generator's weights after one step",
    report["generator"][0],
    want=right["generator"][0],
    tolerance=1e-4,
    mistakes={
        "the generator's images come from another noise than the last": by_hand(*game, last=0)[
            "generator"
        ][0],
        "the generator is judged by the discriminator of before its step: compute the logits again": by_hand(
            *game, old=True
        )["generator"][0],
    },
)
check(
    "the last losses, the generator's first",
    report["losses"],
    want=np.array(right["losses"]),
    tolerance=1e-4,
    mistakes={
        "the losses are returned in the wrong order: the generator's first": np.array(
            right["losses"][::-1]
        ),
        "nothing is returned: end the function with `return ...`": len(report["losses"]) == 0,
    },
)
check_that(
    "TensorFlow can compile the step",
    report["compiles"],
    "it needs values that are not there yet when TensorFlow compiles it",
    mistakes={
        "nothing has a value yet then: no NumPy, no `.numpy()`, no change of the lists": True
    },
)

# %% nbgrader={"grade": true, "grade_id": "train_step-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: other games, with one pair and with five
### BEGIN HIDDEN TESTS
for seed, rounds in ((106, 1), (107, 5)):
    game = a_game(seed, rounds)
    report, right = rehearsed(game), by_hand(*game)
    check_that(
        "train_step returns two losses",
        report is not None,
        "",
        secret=True,
        mistakes={"one loss is returned: return both, the generator's first": True},
    )
    for part, options in (("discriminator", SLIPS_OF_D), ("generator", SLIPS_OF_G)):
        for i in range(2):
            check(
                f"{part}, {rounds} pairs, {('kernel', 'bias')[i]}",
                report[part][i],
                want=right[part][i],
                tolerance=1e-4,
                secret=True,
                mistakes=slips_of(part, game, options) if i == 0 else {},
            )
    check("losses", report["losses"], want=np.array(right["losses"]), tolerance=1e-4, secret=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · Round and round
#
# Gradient descent alone always goes down the same hill. Here each player moves the other one's hill. The
# smallest game of this kind: $V = x \cdot y$; one player picks $x$ to make it small, the other picks $y$ to
# make it large. The draw is at $(0, 0)$. Both move at once, or each answers the other's last move:


# %%
def draw_duel(lr, turns):
    """Draw sixty rounds of the game V = x * y."""
    x, y, path = 1.0, 0.5, [(1.0, 0.5)]
    for _ in range(60):
        if turns == "both at once":
            x, y = x - lr * y, y + lr * x
        else:
            x = x - lr * y
            y = y + lr * x  # sees the new x
        path.append((x, y))
    figure, ax = plt.subplots(figsize=(4.2, 3.6))
    ax.plot(*np.transpose(path), "o-", color=BLUE, markersize=3, linewidth=1)
    ax.plot(0, 0, "x", color=ORANGE, markersize=10)
    ax.set(xlabel="x (makes V small)", ylabel="y (makes V large)", title=f"{turns}, lr {lr:g}")
    first, last = np.hypot(*path[0]), np.hypot(*path[-1])
    show(
        figure,
        f"After 60 rounds the players are {last:.2f} away from the draw (orange); they began at {first:.2f}.",
    )


# %%
play(draw_duel, lr=(0.1, 0.02, 0.4, 0.02), turns=["both at once", "in turn"])

# %% [markdown]
# Both at once, they spiral outwards for *any* learning rate; in turn, they go round in circles. Nobody
# reaches the draw. That is **oscillation**, the first of three diseases of GANs. It is one reason to step in
# turn, and to give Adam less momentum than usual (`beta_1=0.5` instead of 0.9, as Radford and others, 2016,
# recommend): momentum carries each player on in the direction that *was* good, one answer ago.

# %% [markdown]
# ## 5 · A ring of eight
#
# Digits hide what goes wrong. So the data are now points in the plane: eight small clouds on a ring (the
# test that Metz and others, 2017, made popular). Here everything can be drawn, and a good generator makes
# points in all eight.

# %%
angles = np.arange(8) * np.pi / 4
CENTERS = 2 * np.stack([np.cos(angles), np.sin(angles)], axis=1)  # (8, 2)
RADIUS = 0.3  # six times the spread of a cloud


def ring_points(count, generator):
    """Return real points (count, 2): a cloud at random, and a little noise."""
    chosen = CENTERS[generator.integers(0, 8, count)]
    return (chosen + generator.normal(0, 0.05, (count, 2))).astype("float32")


# %% [markdown]
# ### Exercise 5 · how many modes are covered? (2 points)
#
# Each cloud is a **mode** of the data. Return two numbers: how many centers are **covered**, and which share
# of the samples is **good**. A sample is good if some center is closer than `radius`. A center is covered if
# at least **2 % of all samples** are closer to it than `radius`: one stray point is not a mode.
# (`np.linalg.norm(samples[:, None] - centers, axis=2)` has all distances, shape (samples, centers).) Leave the
# arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "mode_coverage", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mode_coverage(samples, centers, radius):
    """Return for samples (n, 2) the number of covered centers (k, 2), and the share of good samples."""
    ### BEGIN SOLUTION
    near = np.linalg.norm(samples[:, None] - centers, axis=2) < radius  # (n, k)
    return int(np.sum(near.mean(axis=0) >= 0.02)), near.any(axis=1).mean()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "mode_coverage-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
centers = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 3.0]])
samples = np.array([[0.1, 0.2]] * 60 + [[3.6, 0.1]] * 5 + [[0.0, 2.9]] + [[2.0, 2.0]] * 184)
check(
    "mode_coverage(samples, centers, 0.5)",
    mode_coverage(samples.copy(), centers.copy(), 0.5),
    want=(2, 66 / 250),
    mistakes={
        "2 % itself is enough: at least, >=": (1, 66 / 250),
        "one stray sample covers a mode: ask for 2 % of the samples": (3, 66 / 250),
        "the radius is ignored: each sample counts for its nearest center": (3, 1.0),
        "the radius is left out of the share: a far sample is not good": (2, 1.0),
        "the good samples are counted: divide by their number": (2, 66),
        "the share of covered centers is returned: count them": (2 / 3, 66 / 250),
        "only samples of covered centers are good: any center will do": (2, 65 / 250),
        "the two numbers are returned in the wrong order": (66 / 250, 2),
    },
)

# %% nbgrader={"grade": true, "grade_id": "mode_coverage-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: wide clouds, the ring, one mode alone, nothing near, circles that overlap, another radius,
# the arguments untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(108)
samples, spots = generator.normal(size=(30, 2)), generator.normal(size=(4, 2))
kept = samples.copy(), spots.copy()
mode_coverage(samples, spots, 0.6)
changed = {"an argument is changed: work on a copy": True}
check("samples is untouched", samples, want=kept[0], secret=True, mistakes=changed)
check("centers is untouched", spots, want=kept[1], secret=True, mistakes=changed)
clouds = CENTERS[generator.integers(1, 6, 187)] + generator.uniform(-0.5, 0.5, (187, 2))
ring = ring_points(800, generator)
one = CENTERS[3] + generator.normal(0, 0.05, (300, 2))
wide = np.array([[1.9, 0.0], [2.05, 0.1], [0.5, 2.2], [5.0, 5.0]])
for name, points, radius in (
    ("wide clouds around five centers", clouds, 0.4),
    ("the ring", ring, RADIUS),
    ("one mode alone", one, RADIUS),
    ("nothing near", np.zeros((50, 2)), RADIUS),
    ("circles that overlap", wide, 1.9),
):
    distance = np.hypot(*(points[:, None] - CENTERS).transpose(2, 0, 1))
    counts = np.array([sum(row < radius) for row in distance.T])
    want = (
        int(sum(counts >= 0.02 * len(points))),
        sum(min(row) < radius for row in distance) / len(points),
    )
    squared = distance**2 < radius
    steps = abs(points[:, None] - CENTERS)
    box, blocks = steps.max(axis=2) < radius, steps.sum(axis=2) < radius
    flags = np.bincount(distance.argmin(axis=1)[distance.min(axis=1) < radius], minlength=8)
    check(
        name,
        mode_coverage(points.copy(), CENTERS.copy(), radius),
        want=want,
        secret=True,
        mistakes={
            "this is a square around each center: take the distance, np.linalg.norm": (
                int(np.sum(box.mean(axis=0) >= 0.02)),
                box.any(axis=1).mean(),
            ),
            "both differences are added up: take the straight distance, np.linalg.norm": (
                int(np.sum(blocks.mean(axis=0) >= 0.02)),
                blocks.any(axis=1).mean(),
            ),
            "the share is rounded: return it as it is": (want[0], round(want[1], 3)),
            "distances are squared: compare them with radius, or with radius ** 2": (
                int(np.sum(squared.mean(axis=0) >= 0.02)),
                squared.any(axis=1).mean(),
            ),
            "a sample between two centers counts for both: look at every center's circle": (
                int(np.sum(flags >= 0.02 * len(points))),
                want[1],
            ),
            "a sample near two centers is good once, not twice": (
                want[0],
                (distance < radius).mean(axis=0).sum(),
            ),
            "the share of covered centers is returned: count them": (want[0] / 8, want[1]),
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# Two small networks, 64 units wide. The discriminator begins with a layer that adds **haze**, normal noise on
# whatever it sees, real or made: `GaussianNoise`, in training only. Sønderby and others (2017) and Arjovsky and
# Bottou (2017) proposed it; what for, you will see in a moment.


# %%
def small_network(inputs, outputs, *first):
    """Return a network with two hidden layers of 64 units, after any first layers."""
    stack = [keras.Input((inputs,)), *first]
    stack += [layers.Dense(64, activation="relu") for _ in range(2)]
    return keras.Sequential([*stack, layers.Dense(outputs)])


# %%
RING_STEPS = budget(full=2000, short=40)
FRAMES = [int(RING_STEPS * part) for part in (0, 0.125, 0.25, 0.5, 0.75, 1)]
look = np.random.default_rng(1).normal(size=(1000, 8)).astype("float32")  # always the same noise


def compile_step(networks, loss, lr=0.001):
    """Return one round of the game as a compiled function, with new optimisers."""
    optimizers = [keras.optimizers.Adam(lr, beta_1=0.5) for _ in networks]
    for network, optimizer in zip(networks, optimizers):
        optimizer.build(network.trainable_variables)
    losses = loss, discriminator_loss
    return tf.function(
        lambda reals, noises: train_step(networks, optimizers, losses, reals, noises)
    )


# %%
def train_ring(rounds, haze, loss, seed=0):
    """Play on the ring: `rounds` steps of D for each one of G; D sees through haze."""
    seed_everything(seed)
    generator = np.random.default_rng(seed)
    networks = small_network(8, 2), small_network(2, 1, layers.GaussianNoise(haze))
    step, frames, losses = compile_step(networks, loss), [np.asarray(networks[0](look))], []
    for number in range(1, RING_STEPS + 1):
        reals = [ring_points(64, generator) for _ in range(rounds)]
        noises = [generator.normal(size=(64, 8)).astype("float32") for _ in range(rounds)]
        losses.append(step([tf.constant(x) for x in reals], [tf.constant(z) for z in noises]))
        if number in FRAMES:
            frames.append(np.asarray(networks[0](look)))
    return {"frames": frames, "losses": np.array(losses, float), "networks": networks}


# %% [markdown]
# A good detective should make a good teacher, so let it train more: **five** of its steps for each one of
# the forger. We play three times with the same seed: with the saturating loss; with the non-saturating one;
# and with the non-saturating one and haze of width 0.3. Guess first: who covers how many of the eight?

# %%
begin = time.process_time()
games = {
    "saturating loss": train_ring(5, haze=0, loss=saturating_generator_loss),
    "non-saturating loss": train_ring(5, haze=0, loss=generator_loss),
    "the same, with haze": train_ring(5, haze=0.3, loss=generator_loss),
}
print(f"{time.process_time() - begin:.0f} processor seconds")
covered = {
    name: [mode_coverage(f, CENTERS, RADIUS) for f in g["frames"]] for name, g in games.items()
}

# %%
figure, axes = plt.subplots(3, 6, figsize=(8.8, 5))
for row, (name, game) in zip(axes, games.items()):
    for ax, points, (modes, _), number in zip(row, game["frames"], covered[name], FRAMES):
        ax.scatter(*CENTERS.T, s=60, facecolor="none", edgecolor=ORANGE, linewidth=1, zorder=3)
        ax.scatter(*points.T, s=2, color=BLUE)
        ax.set(xlim=(-3, 3), ylim=(-3, 3), xticks=[], yticks=[], aspect="equal")
        ax.set_title(f"step {number}" if row is axes[0] else "", size=9)
        ax.set_xlabel(f"{modes} of 8", size=9)
    row[0].set_ylabel(name.replace(", ", ",\n"), size=9)
ends = [covered[name][-1] for name in games]
show(
    figure,
    f"1,000 points of the generator (blue) and the eight real clouds (orange): it ends with {ends[0][0]}, {ends[1][0]} and {ends[2][0]} of 8 modes (a cloud counts from 2 % of the points on); {ends[0][1]:.0%}, {ends[1][1]:.0%} and {ends[2][1]:.0%} of its points are good.",
)

# %% [markdown]
# Three fates. With the saturating loss the forger **stalls**: the detective is sure of itself, little comes
# back (**vanishing gradients**, the second disease), and the points drift about between the clouds. With the
# other loss it moves, finds one or two clouds and stays there: **mode collapse**, the third. With haze it finds
# all eight; the price is that the haze blurs what D can teach, and a third of the points lie between the clouds.
# The three differ in one thing each. Other seeds, in a trial: 0 to 2 modes (four seeds), 1 or 2 (four) and 8
# (three).
#
# Now look at the losses of the same three games. Could you have told?

# %%
figure, axes = plt.subplots(1, 3, figsize=(8.8, 2.8), sharey=True)
for ax, (name, game) in zip(axes, games.items()):
    for column, who, colour in ((1, "discriminator", ORANGE), (0, "generator", BLUE)):
        curve = game["losses"][:, column]
        width = max(1, len(curve) // 40)
        smooth = curve[: len(curve) // width * width].reshape(-1, width).mean(axis=1)
        ax.plot(width * np.arange(1, len(smooth) + 1), smooth, color=colour, label=who)
    ax.axhline(2 * np.log(2), color="grey", linestyle=":", linewidth=1)
    ax.set(title=name, xlabel="step")
axes[0].set_ylabel("loss (dotted: a draw for D)")
axes[0].legend(fontsize=9)
final = [game["losses"][-len(game["losses"]) // 10 :, 1].mean() for game in games.values()]
show(
    figure,
    f"The discriminator's loss ends at {final[0]:.2f}, {final[1]:.2f} and {final[2]:.2f}; a draw would be 1.39.",
)

# %% [markdown]
# ### Question 3 · how do you see mode collapse? (1 point)
#
# Imagine that you had only seen the losses of the second game, and no third. What would show that its generator
# has collapsed?
# - **a** its own loss goes up
# - **b** the discriminator's loss goes to 0
# - **c** many of its samples, drawn or counted: they are all alike
# - **d** both losses stop changing

# %% nbgrader={"grade": false, "grade_id": "seeing_collapse", "locked": false, "schema_version": 3, "solution": true, "task": false}
# seeing_collapse = "a", "b", "c" or "d"
### BEGIN SOLUTION
seeing_collapse = "c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "seeing_collapse-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "how to see mode collapse",
    seeing_collapse,
    right="c",
    reasons={
        "a": "here it did rise, because D recognises the crowded clouds; but it rises wherever D gets stronger, with and without collapse: a loss tells of this duel alone",
        "b": "that is a detective that wins; it happens with and without collapse",
        "d": "the losses stand still in a healthy game too: at a draw nobody gets better",
    },
)

# %% [markdown]
# How sure is too sure? Take a new forger, which has learned nothing, and let the detective train alone.
# After each few steps we measure the gradient that would reach the forger's weights under both losses, with
# haze and without.


# %%
def gradient_norm(networks, loss, noise):
    """Return the length of the gradient of a generator loss for the generator's weights."""
    with tf.GradientTape() as tape:
        total = loss(networks[1](networks[0](noise), training=True))
    slopes = tape.gradient(total, networks[0].trainable_variables)
    return float(tf.linalg.global_norm(slopes))


# %%
def lonely_detective(haze, steps):
    """Train D alone against a new G; return the gradients that both losses would give G."""
    seed_everything(1)
    points = np.random.default_rng(1)
    forger, detective = small_network(8, 2), small_network(2, 1, layers.GaussianNoise(haze))
    optimizer, norms = keras.optimizers.Adam(1e-3, beta_1=0.5), []
    for number in range(steps + 1):
        if number % 10 == 0:
            both = saturating_generator_loss, generator_loss
            norms.append([gradient_norm((forger, detective), loss, look) for loss in both])
        with tf.GradientTape() as tape:
            real, made = ring_points(64, points), forger(look[:64])
            loss = discriminator_loss(
                detective(real, training=True), detective(made, training=True)
            )
        descend(tape, loss, detective, optimizer)
    return np.array(norms)


# %%
alone = {haze: lonely_detective(haze, steps=budget(full=300, short=10)) for haze in (0.0, 0.3)}
figure, axes = plt.subplots(1, 2, figsize=(8.4, 3.1), sharey=True)
for ax, norms in zip(axes, alone.values()):
    for curve, (name, colour) in zip(norms.T, names.items()):
        ax.plot(10 * np.arange(len(curve)), curve, color=colour, label=name)
    ax.set(xlabel="steps of D alone", yscale="log")
axes[0].set_title("Without haze the saturating loss dries up")
axes[1].set_title("In haze it does not")
axes[0].set_ylabel("length of G's gradient")
axes[0].legend(fontsize=9)
clear, hazy = (alone[haze][-1] for haze in alone)
show(
    figure,
    f"After {10 * (len(alone[0.0]) - 1)} steps of the detective alone the saturating loss gives the forger a gradient of {clear[0]:.4f}, the other one {clear[1]:.2f}; in haze they are {hazy[0]:.2f} and {hazy[1]:.2f}.",
)

# %% [markdown]
# The detective is soon too sure: without haze the saturating loss gives less and less after some 50 of its steps,
# and 0.04 after 300, where the other loss gives 2.3. In haze it cannot become so certain, and even the
# saturating loss keeps 0.2.

# %% [markdown]
# And why does the non-saturating loss, with all its gradient, end in one or two clouds? Because of *where the
# arrows lead*. The next figure shows, for each place, which way a made point is pushed (the slope of the logit).


# %%
def draw_pull(ax, game):
    """Tint the plane by D's answer, and draw which way it pushes made points."""
    discriminator = game["networks"][1]
    squash_logits = lambda points: ops.sigmoid(discriminator(np.float32(points)))[:, 0]  # noqa: E731
    draw_regions(ax, squash_logits, limits=(-3, 3, -3, 3), steps=100)
    grid = np.stack(np.meshgrid(*[np.linspace(-2.7, 2.7, 13)] * 2), axis=-1).reshape(-1, 2)
    points = tf.constant(grid, "float32")
    with tf.GradientTape() as tape:
        tape.watch(points)
        total = ops.sum(discriminator(points))
    push = tape.gradient(total, points).numpy()
    push /= np.linalg.norm(push, axis=1, keepdims=True) + 1e-9
    ax.quiver(*grid.T, *push.T, color="grey", scale=22, width=0.004)
    ax.scatter(*CENTERS.T, s=60, facecolor="none", edgecolor=BLACK, linewidth=1.2)
    ax.scatter(*game["frames"][-1][:300].T, s=6, color=BLUE)
    ax.set(xticks=[], yticks=[], aspect="equal")


# %%
figure, axes = plt.subplots(1, 2, figsize=(7.4, 3.7))
for ax, name in zip(axes, list(games)[1:]):
    draw_pull(ax, games[name])
    ax.set_title(f"{name}: {covered[name][-1][0]} of 8", size=11)
show(
    figure,
    "Orange: D says real, blue: D says made; arrows: where it sends made points (blue dots). Each point follows its own arrow; no arrow says that other points went there already. (All arrows are drawn equally long.)",
)

# %% [markdown]
# The detective judges one point at a time. It can say "not here", never "you are all in the same place". Round
# each of the two crowded clouds the arrows point inwards, for some real points do lie there: a summit of the
# logit, too low (blue: D says "made"), but with no way up that leads out of it. The six empty clouds are orange,
# and no made point is there to notice. Haze blurs real and made clouds until they overlap, and then no detective
# can be certain: where the points are, D answers about 1/2 (white), and each of the eight clouds has a summit of
# its own.

# %% [markdown]
# ### Question 4 · what does the haze do? (1 point)
#
# Noise makes both real and made points *less* exact. Why does the forger learn better from a detective that
# sees through haze?
# - **a** the noise is extra training data for the generator
# - **b** real and made points overlap, so that $D$ cannot be certain of either, and its slopes stay useful
# - **c** the noise moves made points by chance into clouds that were empty
# - **d** the noise slows the discriminator down, as a smaller learning rate would

# %% nbgrader={"grade": false, "grade_id": "why_haze", "locked": false, "schema_version": 3, "solution": true, "task": false}
# why_haze = "a", "b", "c" or "d"
### BEGIN SOLUTION
why_haze = "b"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "why_haze-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "what the haze does",
    why_haze,
    right="b",
    reasons={
        "a": "the generator never sees real points, with noise or without: all it gets are slopes",
        "c": "the noise is only in what D sees; what the generator makes stays where it was",
        "d": "a slow detective is still certain in the end: the clouds are apart, so it can be; in haze it cannot",
    },
)

# %% [markdown]
# ## 6 · A DCGAN for digits
#
# The same game, with images. Radford, Metz and Chintala (2016) found networks that play it well, the **DCGAN**:
# no pooling but strides, transposed convolutions in the generator (lesson 7), batch norm and ReLU there,
# leaky ReLU in the discriminator, and Adam with less momentum. Ours are small.

# %%
train_images = digits("train")[0][: budget(full=7000, short=64), ..., None]
validation_images = digits("validation")[0][..., None]
test_images = digits("test")[0][..., None]
LATENT = 16
print(f"training images {train_images.shape}, values {train_images.min()} to {train_images.max()}")

# %% [markdown]
# ### Exercise 6 · the generator (2 points)
#
# From `latent` random numbers to an image of 28 x 28 x 1, in this order:
# 1. `Dense` with $7 \cdot 7 \cdot 64$ units, and `layers.Reshape((7, 7, 64))`: a small image of 64 channels;
# 2. `BatchNormalization`, `ReLU`;
# 3. `Conv2DTranspose` with 32 filters, kernel 4, stride 2, `padding="same"` (now 14 x 14); batch norm, ReLU;
# 4. `Conv2DTranspose` with 1 filter, kernel 4, stride 2, `padding="same"` and the activation `"sigmoid"`.
#
# Begin with `keras.Input((latent,))`. Build it of Keras's own layers, no class or Lambda of your own: grading
# cannot look into those.


# %% nbgrader={"grade": false, "grade_id": "build_generator", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_generator(latent):
    """Return a Keras model: noise (batch, latent) -> images (batch, 28, 28, 1) in [0, 1]."""
    ### BEGIN SOLUTION
    same = {"strides": 2, "padding": "same"}
    network = keras.Sequential([keras.Input((latent,))])
    network.add(layers.Dense(7 * 7 * 64))
    network.add(layers.Reshape((7, 7, 64)))
    for last in (layers.Conv2DTranspose(32, 4, **same), layers.Conv2DTranspose(1, 4, **same)):
        network.add(layers.BatchNormalization())
        network.add(layers.ReLU())
        network.add(last)
    network.add(layers.Activation("sigmoid"))
    return network
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build_generator-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
model = build_generator(5)
unknown = not getattr(model, "built", True)
slips = {"the input is not declared: begin with keras.Input((latent,))": unknown}
check_model("build_generator(5)", model, mistakes=slips)
size, inputs = tuple(model.output_shape[1:]), tuple(model.input_shape[1:])
trained = sum(int(np.prod(w.shape)) for w in model.trainable_weights)
fixed = model.count_params() - trained
dense, first, last = 5 * 3136 + 3136, 16 * 64 * 32 + 32, 16 * 32 + 1
exact = dense + first + last + 2 * 96
check_model(
    "build_generator(5)",
    model,
    input_shape=(5,),
    output_shape=(28, 28, 1),
    trainable=(exact - 3136 - 33, exact),  # biases before a norm may be left out
    mistakes={
        "the number of latent numbers is fixed: use the argument": inputs != (5,),
        "both transposed convolutions need strides=2": size[:2] in ((7, 7), (14, 14)),
        'the image is too large or too small at the border: padding="same"': size[0]
        in (30, 31, 34, 36)
        or size[0] > 28,
        "the image has one channel: the last layer has 1 filter": size[-1] != 1,
        "batch normalisation is missing": fixed == 0,
        "batch norm comes after both Reshape and the first transposed convolution": fixed
        in (2 * 64, 2 * 32),
        "batch norm comes after the Reshape: one pair of numbers a channel": fixed > 2 * 3136,
        "the last layer gets no batch norm": fixed in (2 * 97, 2 * 33, 2 * 65),
        "the kernels have 4 x 4 pixels": trained in (exact - 7 * 2080, exact + 9 * 2080),
        "the first transposed convolution has 32 filters": fixed == 2 * 128,
    },
)
check_that(
    "two batch norms, over 64 and over 32 channels",
    fixed == 192,
    f"the model keeps {fixed} numbers that are not trained, a mean and a variance for each channel",
    mistakes={"batch normalisation is missing": fixed == 0},
)
noise = np.random.default_rng(0).normal(size=(3, 5)).astype("float32")
out = np.asarray(model(1e4 * noise))
check_that(
    "the pixels lie in [0, 1], whatever the noise",
    out.min() >= 0 and out.max() <= 1,
    f"for strong noise they run from {out.min():.3g} to {out.max():.3g}",
    mistakes={
        "the pixels run from -1 to 1: sigmoid, not tanh": -1 <= out.min() < 0 and out.max() <= 1,
        "the sigmoid at the end is missing": out.min() < -1 or out.max() > 1,
    },
)

# %% nbgrader={"grade": true, "grade_id": "build_generator-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: exact values for given weights, another latent size, twice the same in training
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(109)
model = build_generator(3)
check_model("its sizes", model, input_shape=(3,), output_shape=(28, 28, 1), secret=True)
images_to = [w.shape for w in model.get_weights() if w.ndim == 4]
check_that(
    "two transposed convolutions",
    sorted(images_to) == [(4, 4, 1, 32), (4, 4, 32, 64)],
    "",
    secret=True,
    mistakes={
        "Conv2D is no Conv2DTranspose: that one makes the image larger by its strides": (
            (4, 4, 64, 32) in images_to or (4, 4, 32, 1) in images_to
        )
    },
)
kernels = {}
norms = {64: {}, 32: {}}  # what the batch norms hold, by their channels
values = []
for variable, w in zip(model.weights, model.get_weights(), strict=True):
    if w.ndim > 1:
        w = generator.normal(
            0, np.sqrt(2 / np.prod(w.shape[-1 if w.ndim == 4 else 0])) / 2, w.shape
        )
        kernels[w.ndim, w.shape[2] if w.ndim == 4 else 0] = w
    elif variable.name in ("gamma", "moving_variance"):
        w = norms.setdefault(len(w), {})[variable.name] = generator.uniform(0.5, 2, w.shape)
    elif variable.name in ("beta", "moving_mean"):
        w = norms.setdefault(len(w), {})[variable.name] = generator.normal(0, 0.5, w.shape)
    values.append(w)
check_that(
    "batch norm over 64 and over 32 channels",
    len(norms) == 2 and all("moving_mean" in held for held in norms.values()),
    "",
    secret=True,
    mistakes={"batch normalisation is missing": not any(norms.values())},
)
model.set_weights(values)
noise = generator.normal(size=(2, 3)).astype("float32")


def transposed(x, kernel):
    """A transposed convolution of stride 2, kernel 4 and padding "same", stamp by stamp."""
    n, h, w, _ = x.shape
    canvas = np.zeros((n, 2 * h + 2, 2 * w + 2, kernel.shape[2]))
    for r, c in np.ndindex(h, w):
        canvas[:, 2 * r : 2 * r + 4, 2 * c : 2 * c + 4] += np.einsum(
            "nc,ijoc->nijo", x[:, r, c], kernel
        )
    return canvas[:, 1:-1, 1:-1]


def normed(x):
    """A batch norm at rest."""
    held = norms[x.shape[-1]]
    x = (x - held["moving_mean"]) / np.sqrt(held["moving_variance"] + 0.001)
    return x * held.get("gamma", 1) + held.get("beta", 0)


def relu(x, leak=0.0):
    return np.maximum(x, leak * x)


def same(x):
    return x


def draw(bends=(relu, relu), end=squash, first=same):
    x = bends[0](normed(first((noise @ kernels[2, 0]).reshape(-1, 7, 7, 64))))
    x = bends[1](normed(first(transposed(x, kernels[4, 32]))))
    return end(transposed(x, kernels[4, 1]))


check(
    "given kernels",
    np.asarray(model(noise)),
    want=draw(),
    tolerance=2e-3,
    secret=True,
    mistakes={
        "batch norm comes first, then the ReLU": draw((same, same), first=relu),
        "the ReLUs are missing": draw((same, same)),
        "the first ReLU is missing: one after each batch norm": draw((same, relu)),
        "the second ReLU is missing: one after each batch norm": draw((relu, same)),
        "the ReLUs leak: that is for the discriminator": draw([lambda x: relu(x, 0.2)] * 2),
        "there is no ReLU before the sigmoid": draw(end=lambda x: squash(relu(x))),
        "the sigmoid is there twice": draw(end=lambda x: squash(squash(x))),
    },
)
check(
    "the same noise twice in training",
    np.asarray(model(noise, training=True)),
    want=np.asarray(model(noise, training=True)),
    tolerance=1e-4,
    secret=True,
    mistakes={
        "a layer too many acts in training only: leave out Dropout and noise": True,
    },
)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise 7 · the discriminator (2 points)
#
# From an image of 28 x 28 x 1 to one **logit**, in this order: `Conv2D` with 32 filters, kernel 4, stride 2,
# `padding="same"`; `layers.LeakyReLU(negative_slope=0.2)`; a second `Conv2D` with 64 filters and the rest as
# before; `LeakyReLU` again; `Flatten`; `Dense(1)`. No activation at the end: our losses expect logits. It has
# 36,513 parameters. (The leak keeps slopes alive where an ordinary ReLU would cut them, and slopes are all the
# generator gets.) Again Keras's own layers only.


# %% nbgrader={"grade": false, "grade_id": "build_discriminator", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_discriminator():
    """Return a Keras model: images (batch, 28, 28, 1) -> logits (batch, 1)."""
    ### BEGIN SOLUTION
    network = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (32, 64):
        network.add(layers.Conv2D(filters, 4, strides=2, padding="same"))
        network.add(layers.LeakyReLU(negative_slope=0.2))
    network.add(layers.Flatten())
    network.add(layers.Dense(1))
    return network
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "build_discriminator-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
model = build_discriminator()
unknown = not getattr(model, "built", True)
slips = {"the input is not declared: begin with keras.Input((28, 28, 1))": unknown}
check_model("build_discriminator()", model, mistakes=slips)
total, size = model.count_params(), tuple(model.output_shape[1:])


def weights_of_d(side=7, kernel=4, widths=(32, 64), last=None):
    """Count a discriminator's weights; the last layer sees `side` x `side` pixels."""
    first = kernel**2 * widths[0] + widths[0]
    second = kernel**2 * widths[0] * widths[1] + widths[1]
    return first + second + (side**2 * widths[1] if last is None else last) + 1


check_model(
    "build_discriminator()",
    model,
    input_shape=(28, 28, 1),
    output_shape=(1,),
    parameters=weights_of_d(),
    mistakes={
        "the maps are not flattened before the dense layer": len(size) > 1,
        "one logit is enough: Dense(1)": len(size) == 1 and size[0] != 1,
        "both convolutions need strides=2": total in (weights_of_d(28), weights_of_d(14)),
        'the convolutions cut the border off: padding="same"': total
        in (weights_of_d(5), weights_of_d(6)),
        "the kernels have 4 x 4 pixels": total
        in (weights_of_d(kernel=3), weights_of_d(kernel=5), weights_of_d(kernel=2)),
        "32 filters first, then 64": total == weights_of_d(widths=(64, 32)),
        "there is no batch norm in this discriminator": total > weights_of_d()
        and (total - weights_of_d()) in (4 * 96, 4 * 64, 4 * 32),
        "the maps are averaged: Flatten keeps where something is": total == weights_of_d(last=64),
        "only one convolution is there": total == 16 * 32 + 32 + 14**2 * 32 + 1,
    },
)
images = np.random.default_rng(0).normal(size=(6, 28, 28, 1)).astype("float32")
out = np.asarray(model(1e3 * images))
turned = [-w if w.shape in ((3136, 1), (1,)) else w for w in model.get_weights()]
model.set_weights(turned)  # the last layer's weights, so the logits, with the other sign
out = np.concatenate([out, np.asarray(model(1e3 * images))])
check_that(
    "the outputs are logits, of any size and sign",
    out.min() < -1.5 and out.max() > 1.5,
    f"for strong images, with the last weights and with minus these, they run from "
    f"{out.min():.3g} to {out.max():.3g}",
    mistakes={"there is an activation at the end: our losses expect logits": True},
)

# %% nbgrader={"grade": true, "grade_id": "build_discriminator-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: exact values for given weights, a batch of one, the same in training
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(110)
model = build_discriminator()
values = [
    generator.normal(0, np.sqrt(2 / np.prod(w.shape[:-1])), w.shape) if w.ndim > 1 else w
    for w in model.get_weights()
]
model.set_weights(values)
kernels = [w for w in values if w.ndim > 1]
images = generator.uniform(-1, 1, size=(2, 28, 28, 1)).astype("float32")


def strided(x, kernel):
    frame = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(frame, (4, 4), axis=(1, 2))[:, ::2, ::2]
    return np.einsum("nrcmij,ijmo->nrco", windows, kernel)


def judged(leak, then=None):
    x = strided(images, kernels[0])
    x = strided(np.maximum(x, leak * x), kernels[1])
    then = leak if then is None else then
    return np.maximum(x, then * x).reshape(len(x), -1) @ kernels[2]


for count in (2, 1):
    check(
        f"given kernels, a batch of {count}",
        np.asarray(model(images[:count])),
        want=judged(0.2)[:count],
        tolerance=2e-3,
        secret=True,
        mistakes={
            "the ReLUs do not leak: LeakyReLU(negative_slope=0.2)": judged(0)[:count],
            "the leak is not 0.2": judged(0.3)[:count],
            "the activations are missing: LeakyReLU after each convolution": judged(1)[:count],
            "the first LeakyReLU is missing": judged(1, 0.2)[:count],
            "the second LeakyReLU is missing": judged(0.2, 1)[:count],
            "there is an activation at the end: our losses expect logits": judged(0.2)[:count].clip(
                0
            ),
        },
    )
check(
    "the same in training",
    np.asarray(model(images, training=True)),
    want=judged(0.2),
    tolerance=2e-3,
    secret=True,
    mistakes={
        "a layer too many acts in training only: leave out Dropout and noise": True,
    },
)
### END HIDDEN TESTS

# %% [markdown]
# ## 7 · How good is a made digit?
#
# The losses will not tell. "It looks nice" is not a number. So we ask a judge: a digit classifier (three
# convolutions, trained on the training digits; it names 97.5 % of the test digits right). If it is sure what
# it sees, and sees all ten digits, that is a good sign. Salimans and others (2016) began to score GANs by a
# classifier in this way.

# %%
judge = digit_judge()
print(f"the judge: images {judge.input_shape[1:]} -> probabilities {judge.output_shape[1:]}")

# %% [markdown]
# ### Exercise 8 · confidence and coverage (2 points)
#
# `classifier(images)` returns probabilities of shape (images, classes). It is a TensorFlow tensor:
# `np.asarray(...)` makes a NumPy array of it. Return two numbers. The **mean confidence**: the largest
# probability of each image, averaged over the images. The **class coverage**: how many classes are *named* for
# at least 2 % of all images. (Named is the class with the largest probability.)


# %% nbgrader={"grade": false, "grade_id": "sample_quality", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sample_quality(classifier, images):
    """Return the mean confidence of a classifier on images, and how many classes it names often."""
    ### BEGIN SOLUTION
    probs = np.asarray(classifier(images))  # (images, classes)
    counts = np.bincount(probs.argmax(axis=1), minlength=probs.shape[1])
    return probs.max(axis=1).mean(), int(np.sum(counts >= 0.02 * len(images)))
    ### END SOLUTION


# %% nbgrader={"grade": false, "grade_id": "mirror", "locked": true, "schema_version": 3, "solution": false, "task": false}
def mirror(classes):
    """Return a classifier whose "images" (classes, 1, 1) are logits: it shows them as probabilities."""
    model = keras.Sequential([keras.Input((classes, 1, 1)), layers.Flatten()])
    model.add(layers.Softmax())
    return model


# %% nbgrader={"grade": true, "grade_id": "sample_quality-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
kinds = [[0.7, 0.2, 0.1, 0, 0], [0.1, 0, 0.9, 0, 0], [0, 0.6, 0.1, 0.3, 0], [0, 0.1, 0.1, 0.5, 0.3]]
rows = np.repeat(kinds, (70, 27, 2, 1), axis=0)
images = np.log(rows + 1e-9).astype("float32").reshape(-1, 5, 1, 1)  # 100 images, 5 classes
sure = rows.max(axis=1).mean()
check(
    "sample_quality(classifier, images)",
    sample_quality(mirror(5), images),
    want=(sure, 3),
    tolerance=1e-4,
    mistakes={
        "2 % itself is enough: at least, >=": (sure, 2),
        "a class named once is covered: ask for 2 % of the images": (sure, 4),
        "every class counts that has some probability: only the largest names": (sure, 5),
        "all probabilities are averaged: the largest of each image": (0.2, 3),
        "the largest is taken over the images: over the classes, axis=1": (
            rows.max(axis=0).mean(),
            3,
        ),
        "the share of classes is returned: count them": (sure, 0.6),
        "the two numbers are returned in the wrong order": (3, sure),
        "there is one confidence for each image: take the mean": (rows.max(axis=1), 3),
        "the least confident image is taken: the mean over all": (rows.max(axis=1).min(), 3),
    },
)

# %% nbgrader={"grade": true, "grade_id": "sample_quality-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: another number of classes, one class alone, few images
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(111)
for count, classes, tilt in ((400, 6, 1.5), (60, 3, 20.0), (10, 5, 0.0)):
    logits = generator.normal(0, 2, (count, classes)) + tilt * np.linspace(0, 1, classes)
    rows = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    named = [int(sum(row.argmax() == k for row in rows)) for k in range(classes)]
    covered_ = sum(n >= 0.02 * count for n in named)
    check(
        f"{count} images, {classes} classes",
        sample_quality(mirror(classes), logits.astype("float32").reshape(-1, classes, 1, 1)),
        want=(rows.max(axis=1).mean(), covered_),
        tolerance=1e-3,
        secret=True,
        mistakes={
            "a class named once is covered: ask for 2 % of the images": (
                rows.max(axis=1).mean(),
                sum(n > 0 for n in named),
            ),
            "all probabilities are averaged: the largest of each image": (1 / classes, covered_),
        },
    )
### END HIDDEN TESTS

# %% [markdown]
# Try it on images whose quality we know: real digits; pure noise; the mean training digit, again and again;
# and real ones, but only the digit 1.

# %%
train_labels = digits("train")[1][: len(train_images)]
noise_images = np.random.default_rng(0).uniform(size=(2000, 28, 28, 1)).astype("float32")
known = {
    "real digits (validation)": validation_images,
    "uniform noise": noise_images,
    "the mean digit": np.repeat(train_images.mean(axis=0, keepdims=True), 500, axis=0),
    "only the digit 1 (real)": train_images[train_labels == 1],
}
for name, images in known.items():
    confidence, coverage = sample_quality(judge, images)
    print(f"{name:25} confidence {confidence:.2f}, {coverage:2} of 10 classes")

# %% [markdown]
# ### Question 5 · confident about nothing (1 point)
#
# The judge is more than 90 % sure of what it sees in pure noise. What do you conclude?
# - **a** the judge is badly trained; a better one would be unsure about noise
# - **b** noise contains digits now and then
# - **c** confidence alone proves nothing: a classifier only tells which of its ten classes fits *best*
# - **d** the judge should be trained for longer

# %% nbgrader={"grade": false, "grade_id": "confident_noise", "locked": false, "schema_version": 3, "solution": true, "task": false}
# confident_noise = "a", "b", "c" or "d"
### BEGIN SOLUTION
confident_noise = "c"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "confident_noise-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check_choice(
    "confident about nothing",
    confident_noise,
    right="c",
    reasons={
        "a": "it names 97.5 % of unseen digits right; nothing in its training was ever 'not a digit'",
        "b": "nearly all of it is named the same digit: that is a habit of the network, not a find",
        "d": "longer training makes a softmax more confident, not less",
    },
)

# %% [markdown]
# So compare with *real* images. Heusel and others (2017) take the numbers of a classifier's last layer but
# one, the **features**, for many real and many made images. Each set is summed up by its mean $\mu$ and its
# covariance $C$, and the distance of the two (Fréchet's, between two normal distributions; Dowson and Landau,
# 1982; strictly, its square) is
# $$d = \lVert \mu_1 - \mu_2 \rVert^2 + \text{trace}\big(C_1 + C_2 - 2\,(C_1 C_2)^{1/2}\big).$$
# They used Inception, a network for photographs, and called it **FID**. We use our judge and its 64 features.
# (So our numbers cannot be compared with anybody's FID. What they mean, we find out on known images.)

# %% [markdown]
# **By hand**, with one feature only: $d = (\mu_1 - \mu_2)^2 + (\sigma_1 - \sigma_2)^2$. Real images with mean 5
# and spread 2, made ones with mean 4 and spread 0.5 (a collapse!): $d = 1 + 2.25 = 3.25$. So it sees both: the
# wrong place, and too little variety.
#
# ### Exercise 9 · the Fréchet distance (3 points)
#
# `np.cov(a, rowvar=False)` is the covariance of features (images, d), shape (d, d). The trace of $(C_1
# C_2)^{1/2}$ is the sum of the **square roots of the eigenvalues** of the matrix product $C_1 C_2$:
# `np.linalg.eigvals` gives them. They are 0 or positive, up to rounding: take `.real` and `.clip(0)` first.
# Return $d$ as the formula has it, without a root of the whole. Leave the arguments as they are.


# %% nbgrader={"grade": false, "grade_id": "frechet_distance", "locked": false, "schema_version": 3, "solution": true, "task": false}
def frechet_distance(a, b):
    """Return the Fréchet distance of features a (n, d) and b (m, d), one number."""
    ### BEGIN SOLUTION
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(cov_a @ cov_b).real.clip(0))
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    return shift + np.trace(cov_a) + np.trace(cov_b) - 2 * roots.sum()
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "frechet_distance-check", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# two features that do not depend on each other: the formula by hand, feature by feature
a = np.array([[1.0, 0.0], [5.0, 0.0], [3.0, 1.0], [3.0, -1.0]])
b = np.array([[0.0, 2.0], [4.0, 2.0], [2.0, 8.0], [2.0, -4.0], [2.0, 2.0]])
shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
spread_a, spread_b = a.std(axis=0, ddof=1), b.std(axis=0, ddof=1)
right = shift + np.sum((spread_a - spread_b) ** 2)
both = np.sum(spread_a * spread_b)
by_n = np.sum((a.std(axis=0) - b.std(axis=0)) ** 2)
got, misfit = None, ""
try:
    got = frechet_distance(a.copy(), b.copy())
except ValueError as error:  # matrices whose sizes do not fit, or an error of its own
    misfit = str(error)
    if "dimension" not in misfit and "broadcast" not in misfit:
        raise
check_that(
    "the matrices of a and of b fit together",
    not misfit,
    misfit,
    mistakes={"np.cov takes rows for features: set rowvar=False": "size 5 is different" in misfit},
)
check(
    "frechet_distance(a, b)",
    got,
    want=right,
    mistakes={
        "the distance of the means is not squared": right - shift + np.sqrt(shift),
        "only the means are compared: add the trace": shift,
        "the means are left out": right - shift,
        "the factor 2 before the square root is missing": right + both,
        "the square root is missing: of the eigenvalues": right
        + 2 * both
        - 2 * np.sum(spread_a**2 * spread_b**2),
        "the last term must be subtracted": right + 4 * both,
        "the covariance is divided by n: np.cov divides by n - 1": shift + by_n,
        "there is a root of the whole: return d as the formula has it": np.sqrt(right),
        "the means are averaged over the features too: axis=0": right
        - shift
        + (a.mean() - b.mean()) ** 2,
    },
)

# %% nbgrader={"grade": true, "grade_id": "frechet_distance-check2", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
generator = np.random.default_rng(112)
mix = np.array([[2.0, 1.0, 0.0], [0.0, 1.0, -1.0], [0.5, 0.0, 1.0]])
a, b = generator.normal(size=(40, 3)) @ mix, generator.normal(size=(60, 3)) @ mix.T + 1
cov_a, cov_b = np.cov(a.T), np.cov(b.T)


def square_root(matrix):
    """Return the square root of a symmetric matrix by its own eigenvectors."""
    values, vectors = np.linalg.eigh(matrix)
    return vectors * np.sqrt(values.clip(0)) @ vectors.T


half = square_root(cov_a)
shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
traces = np.trace(cov_a) + np.trace(cov_b)
right = shift + traces - 2 * np.trace(square_root(half @ cov_b @ half))
check(
    "features that depend on each other",
    frechet_distance(a.copy(), b.copy()),
    want=right,
    tolerance=1e-5,
    mistakes={
        "there is a root of the whole: return d as the formula has it": np.sqrt(right),
        "* multiplies number by number: the matrix product is @": shift
        + traces
        - 2 * np.sqrt(np.linalg.eigvals(cov_a * cov_b).real.clip(0)).sum(),
        "np.sqrt is no matrix root: take the eigenvalues of the product": shift
        + traces
        - 2 * np.sqrt(np.diag(cov_a @ cov_b).clip(0)).sum(),
        "only the spreads are compared: the features depend on each other": shift
        + np.sum((a.std(axis=0, ddof=1) - b.std(axis=0, ddof=1)) ** 2),
        "the roots of both are taken apart: of the eigenvalues of the product": shift
        + traces
        - 2 * np.sqrt(np.linalg.eigvalsh(cov_a) * np.linalg.eigvalsh(cov_b)).sum(),
    },
)

# %% nbgrader={"grade": true, "grade_id": "frechet_distance-hidden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden tests: five features, one that never varies, symmetry, a set and itself, few images, the arguments
# untouched
### BEGIN HIDDEN TESTS
generator = np.random.default_rng(113)
ours, theirs = generator.normal(1, 1, size=(12, 3)), generator.normal(2, 1, size=(9, 3))
kept = ours.copy(), theirs.copy()
frechet_distance(ours, theirs)
changed = {"an argument is changed: work on a copy": True}
check("a is untouched", ours, want=kept[0], secret=True, mistakes=changed)
check("b is untouched", theirs, want=kept[1], secret=True, mistakes=changed)
a = generator.normal(size=(50, 5)) @ generator.normal(size=(5, 5))
b = generator.normal(2, 1, size=(30, 5)) @ generator.normal(size=(5, 5))
a[:, 3] = 0.25  # a feature that never varies
half = square_root(np.cov(a.T))
shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
cross = np.trace(square_root(half @ np.cov(b.T) @ half))
want = shift + np.trace(np.cov(a.T)) + np.trace(np.cov(b.T)) - 2 * cross
slips = {
    "the square root of a negative number: take .real and .clip(0) first": np.nan,
    "only the means are compared: add the trace": shift,
    "the means are left out": want - shift,
    "the factor 2 before the square root is missing": want + cross,
    "the distance of the means is not squared": want - shift + np.sqrt(shift),
    "the last term must be subtracted": want + 4 * cross,
}
check(
    "five features",
    frechet_distance(a.copy(), b.copy()),
    want=want,
    tolerance=1e-4,
    secret=True,
    mistakes=slips,
)
check(
    "the other way round",
    frechet_distance(b.copy(), a.copy()),
    want=want,
    tolerance=1e-4,
    secret=True,
    mistakes=slips,
)
check(
    "a set and itself", frechet_distance(a.copy(), a.copy()), want=0.0, tolerance=1e-3, secret=True
)
got, want = [], []
for _ in range(20):  # two images of two features: an eigenvalue is 0, or a little less by rounding
    a, b = generator.normal(size=(2, 2)), generator.normal(size=(2, 2))
    half = square_root(np.cov(a.T))
    cross = np.trace(square_root(half @ np.cov(b.T) @ half))
    shift = np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2)
    want.append(shift + np.trace(np.cov(a.T)) + np.trace(np.cov(b.T)) - 2 * cross)
    got.append(frechet_distance(a.copy(), b.copy()))
check(
    "two images, twenty times",
    got,
    want=np.array(want),
    tolerance=1e-4,
    secret=True,
    mistakes={
        "the square root of a negative number: take .real and .clip(0) first": any(
            x != x for x in got
        )
    },
)
### END HIDDEN TESTS

# %% [markdown]
# The judge's features of the 2,000 test digits are our reference. Before we trust the number, we look at what
# it says about known images, and about test digits that were moved to the right.

# %%
reference = features(judge, test_images)  # (2000, 64)
known["test digits, moved by 1 pixel"] = np.roll(test_images, 1, axis=2)
known["test digits, moved by 3 pixels"] = np.roll(test_images, 3, axis=2)
known["all training digits but the 1"] = train_images[train_labels != 1]
scale = {name: frechet_distance(features(judge, x), reference) for name, x in known.items()}
for name, distance in sorted(scale.items(), key=lambda pair: pair[1]):
    print(f"{name:32} {distance:7.1f}")

# %% [markdown]
# Is the 1 a special digit? And how much does the number of images matter?

# %%
of_training, of_others = features(judge, train_images), features(judge, validation_images)
for label, chosen in (("without one digit", np.not_equal), ("one digit alone", np.equal)):
    costs = [frechet_distance(of_training[chosen(train_labels, k)], reference) for k in range(10)]
    least, most = np.argmin(costs), np.argmax(costs)
    print(f"{label}: from {costs[least]:.1f} (the {least}) to {costs[most]:.1f} (the {most})")
for count in (100, 250, 1000):
    print(f"{count} validation digits: {frechet_distance(of_others[:count], reference):.1f}")

# %% [markdown]
# Now 45, say, means something: it is what moving real digits by three pixels costs. A missing class costs 4 to
# 17, one single class 190 to 480, noise 400. Other real digits are at about 1, if there are 1,000 of them; 100 of
# the same digits would stand at 8, since a covariance needs many images. So always give their number. Ours are
# 2,000 made ones.
#
# ## 8 · Training
#
# One step of the detective for each step of the forger, batches of 32, Adam at 0.0005 for both. Your
# `train_step` does the work; after some epochs we stop the clock and look.

# %%
EPOCHS = budget(full=18, short=1)
LOOKS = [0, 1, 3, 6, 10, 14, EPOCHS] if EPOCHS > 14 else [0, EPOCHS]
gallery = np.random.default_rng(2).normal(size=(2000, LATENT)).astype("float32")


def draw_images(network, latents):
    """Return what a generator makes of latents, at rest, in parts of 500."""
    parts = [network(latents[i : i + 500], training=False) for i in range(0, len(latents), 500)]
    return np.concatenate([np.asarray(part) for part in parts])


def examine(network):
    """Return 16 images, confidence, coverage and Fréchet distance of 2,000 made ones."""
    made = draw_images(network, gallery)
    return (
        made[:16],
        *sample_quality(judge, made),
        frechet_distance(features(judge, made), reference),
    )


# %%
def train_dcgan(networks, images, epochs, seed=0, lr=0.0005):
    """Play on images for some epochs; return the looks, the mean losses, and the seconds of training."""
    generator, seconds, losses = np.random.default_rng(seed), 0.0, []
    step, live = compile_step(networks, generator_loss, lr), LiveCurves(epochs)
    looks = {0: examine(networks[0])}
    for epoch in range(1, epochs + 1):
        begin = time.perf_counter()
        order = generator.permutation(len(images))[: len(images) // 32 * 32].reshape(-1, 32)
        noise = generator.normal(size=(len(order), 32, LATENT)).astype("float32")
        pairs = zip(images[order], noise)
        losses.append(np.mean([step([tf.constant(x)], [tf.constant(z)]) for x, z in pairs], axis=0))
        seconds += time.perf_counter() - begin
        live.update(generator=losses[-1][0], discriminator=losses[-1][1])
        if epoch in LOOKS:
            looks[epoch] = examine(networks[0])
    return looks, np.array(losses), seconds


# %%
seed_everything(0)
networks = build_generator(LATENT), build_discriminator()
print(
    f"parameters: generator {networks[0].count_params():,}, discriminator {networks[1].count_params():,}"
)
with quiet_stderr():  # TensorFlow remarks on an optimisation that it leaves out
    looks, losses, seconds = train_dcgan(networks, train_images, EPOCHS)
log_scalars("dcgan", {"loss/generator": losses[:, 0], "loss/discriminator": losses[:, 1]})
print(f"{seconds:.0f} s of training")

# %%
figure, axes = plt.subplots(len(looks), 12, figsize=(8.6, 0.8 * len(looks)), squeeze=False)
for row, (epoch, (images, _, coverage, distance)) in zip(axes, looks.items()):
    for ax, image in zip(row, images):
        draw_image(ax, image[..., 0])
    text = f"epoch {epoch}\n{coverage} of 10\ndistance {distance:.0f}"
    row[0].set_ylabel(text, size=8, rotation=0, ha="right", va="center")
show(
    figure,
    f"The same twelve random vectors through the training: from grey to digits; the distance falls from {looks[0][3]:.0f} to {looks[EPOCHS][3]:.0f}.",
)

# %%
_, confidence, coverage, distance = looks[EPOCHS]
report_result(
    "DCGAN, Fréchet distance of 2,000 made digits to the 2,000 test digits", distance,
    baseline=scale["uniform noise"], baseline_name="uniform noise", tolerance=12,
)  # fmt: skip
report_result(
    "DCGAN, classes covered of 10", coverage,
    baseline=sample_quality(judge, noise_images)[1], baseline_name="uniform noise", tolerance=0,
)  # fmt: skip
report_result(
    "DCGAN, mean confidence of the judge", confidence,
    baseline=sample_quality(judge, validation_images)[0], baseline_name="real digits", tolerance=0.04,
)  # fmt: skip

# %%
figure, ax = plt.subplots(figsize=(6, 3.2))
ax.plot(list(looks), [look[3] for look in looks.values()], "o-", color=BLUE, label="made digits")
marks = {
    "uniform noise": "uniform noise",
    "test digits, moved by 3 pixels": "real, moved by 3 pixels",
}
marks |= {"real digits (validation)": "real digits"}
for name, label in marks.items():
    ax.axhline(scale[name], color="grey", linestyle=":", linewidth=1)
    ax.text(EPOCHS, scale[name] * 1.08, label, color="grey", size=9, ha="right")
ax.set(yscale="log", xlabel="epoch", ylabel="Fréchet distance")
ax.set_xticks(list(looks))
ax.set_title("The distance falls long after the losses have settled")
show(
    figure,
    f"The Fréchet distance after each look, beside noise ({scale['uniform noise']:.0f}) and other real digits ({scale['real digits (validation)']:.1f}); from epoch 6 on the losses of the live curves hardly move.",
)

# %% [markdown]
# A distance of about 20 (two other starts: 25 and 28; ten digits of ten in all three). Moving real digits by three
# pixels costs more, 44; other real digits stand at 1. From epoch 6 on the losses hardly moved, while the distance
# fell from 56 to 20. The judge is less sure of made digits, 0.86, than of real ones, 0.98: look at the rows above,
# and you will agree.

# %% [markdown]
# Did it learn the training digits by heart? Beside each made digit, the training digit that is nearest, pixel
# by pixel:

# %%
made = draw_images(networks[0], gallery)
flat = train_images.reshape(len(train_images), -1)
nearest = [np.argmin(((flat - image.reshape(1, -1)) ** 2).sum(axis=1)) for image in made[16:28]]
figure, axes = plt.subplots(2, 12, figsize=(8.6, 1.7))
for column, (image, index) in enumerate(zip(made[16:28], nearest)):
    draw_image(axes[0, column], image[..., 0])
    draw_image(axes[1, column], train_images[index, ..., 0])
for ax, name in zip(axes[:, 0], ("made", "nearest")):
    ax.set_ylabel(name, size=9)
show(
    figure,
    "Made digits and their nearest neighbours among the training digits: alike, but not copies.",
)

# %% [markdown]
# And where does it fail? The judge tells how often each digit is made. A generator that leaves out the hard
# ones has collapsed a little, and the coverage of "10 of 10" would not tell.

# %%
named = np.asarray(judge(made)).argmax(axis=1)
shares = np.bincount(named, minlength=10) / len(named)
true_shares = np.bincount(digits("test")[1], minlength=10) / len(test_images)
figure, ax = plt.subplots(figsize=(6, 2.8))
for offset, values, colour, label in (
    (-0.2, shares, BLUE, "made"),
    (0.2, true_shares, ORANGE, "real"),
):
    ax.bar(np.arange(10) + offset, 100 * values, width=0.38, color=colour, label=label)
ax.set(xticks=range(10), xlabel="digit that the judge names", ylabel="share (%)")
ax.set_title("All ten, but not in equal shares")
ax.grid(axis="x", visible=False)
ax.legend()
show(
    figure,
    f"Of 2,000 made digits {100 * shares.max():.0f} % are named {shares.argmax()} and {100 * shares.min():.0f} % are named {shares.argmin()}; among real digits the shares run from {100 * true_shares.min():.0f} to {100 * true_shares.max():.0f} %.",
)

# %% [markdown]
# ## 9 · A walk through the latent space
#
# Between two latent vectors lie others, and each gives an image. If the generator had learned pictures by heart,
# the walk would jump. One warning about the way: in 16 dimensions nearly all random vectors have a length of
# about 4, and the middle of two of them is *shorter*, about 2.8, where the generator has hardly been. So walk
# along the sphere (White, 2016): straight on, and stretched back to the right length.


# %%
def walk(z0, z1, steps):
    """Return steps latents (steps, latent) from z0 to z1, all of the length that fits in between."""
    share = np.linspace(0, 1, steps)[:, None]
    line = (1 - share) * z0 + share * z1
    length = (1 - share) * np.linalg.norm(z0) + share * np.linalg.norm(z1)
    return (line * length / np.linalg.norm(line, axis=1, keepdims=True)).astype("float32")


certain = np.asarray(judge(made)).max(axis=1) > 0.99
ends = [np.flatnonzero(certain & (named == k))[:1] for k in (3, 8, 7, 9, 0, 6)]
ends = [int(index[0]) if len(index) else 0 for index in ends]

# %%
figure, axes = plt.subplots(3, 11, figsize=(8.6, 2.5))
for row, label, start_, end in zip(axes, ("3 to 8", "7 to 9", "0 to 6"), ends[::2], ends[1::2]):
    row[0].set_ylabel(label, size=9)
    for ax, image in zip(row, draw_images(networks[0], walk(gallery[start_], gallery[end], 11))):
        draw_image(ax, image[..., 0])
show(
    figure,
    "Three walks in small steps. The judge is sure of the ends (it named them); what lies between two digits is often none.",
)

# %% [markdown]
# Directions have meanings too. Radford and others added and subtracted latent vectors of faces: with glasses,
# minus without, plus another face. Ours is **boldness**: the mean latent of the 200 made digits with the most
# ink, minus that of the 200 with the least. Add it to others, and see whether they stay the digit they were.

# %%
ink = made.mean(axis=(1, 2, 3))
order = np.argsort(ink)
bold = gallery[order[-200:]].mean(axis=0) - gallery[order[:200]].mean(axis=0)


def draw_bolder(amount, first):
    """Draw ten made digits, and the same with an amount of boldness added."""
    latents = gallery[first : first + 10]
    rows = (
        draw_images(networks[0], latents),
        draw_images(networks[0], latents + np.float32(amount) * bold),
    )
    figure, axes = plt.subplots(2, 10, figsize=(8.4, 1.9))
    for ax, image in zip(axes.flat, np.concatenate(rows)):
        draw_image(ax, image[..., 0])
    for ax, name in zip(axes[:, 0], ("z", f"z {amount:+.2f} bold")):
        ax.set_ylabel(name, size=9)
    show(figure, f"Ink a pixel: {rows[0].mean():.3f} above, {rows[1].mean():.3f} below.")


# %%
play(draw_bolder, amount=(0.25, -1.0, 1.0, 0.125), first=(40, 0, 1990, 10))

# %%
for amount in (-1, -0.5, -0.25, 0.25, 0.5, 1):
    moved = draw_images(networks[0], gallery[:500] + np.float32(amount) * bold)
    new = np.asarray(judge(moved)).argmax(axis=1)
    kept, counts = np.mean(new == named[:500]), np.bincount(new)
    print(
        f"{amount:+.2f} bold: ink {ink[:500].mean():.3f} -> {moved.mean():.3f}, {kept:.0%} keep "
        f"their digit, {counts.max() / len(new):.0%} are named {counts.argmax()}"
    )

# %% [markdown]
# A whole step does what it should to the ink, by a third or more, but only a fifth to a quarter of the digits
# stay what they were: on the way up most become a 0, on the way down a 1, the digits with the most and the least
# ink. Bold *and* the rest of the digit hang together in these 16 numbers. Small steps change less of both. Nobody
# asked the generator to give each property a direction of its own.

# %% [markdown]
# ## Reflection (2 points, graded by hand)
#
# A friend has trained a GAN on 5,000 photos of bicycles. She shows you sixteen beautiful pictures and two flat
# loss curves, and says that training has converged. Name two things that may still be wrong, say how you would
# find out, with numbers, and what you would change if you were right. Use results from this lesson. Four to six
# sentences.

# %% [markdown] nbgrader={"grade": true, "grade_id": "reflection", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Flat losses only say that neither network gains on the other any more: on the ring the losses of the game that
# ended in two of eight modes were as quiet as those of the one that found all of them. So it may have collapsed onto
# a few kinds of bicycle, or have learned some photos by heart, and sixteen pictures, perhaps chosen, show neither.
# I would draw some
# thousand samples, let a classifier count the kinds (the coverage), and compute the Fréchet distance of its features
# to held-out photos, beside that of other real photos and of noise; confidence alone would not do, since our judge was
# 92 % sure of noise. For copies I would look at the nearest training photos. Against collapse I would add
# noise to what the discriminator sees, which brought back all eight modes on the ring, try fewer steps of it, and
# train with several seeds.
# ### END SOLUTION

# %% [markdown]
# ## What you should remember
#
# - A GAN is a game: its loss is learned. A draw means $D = 1/2$ and a discriminator's loss of $2 \ln 2$.
# - Same minimum, other slopes: use $-\log D$ for the generator, because $\log(1 - D)$ is flat where it starts.
# - Step in turn, each network on its own weights, with logits and `training=True`.
# - Three diseases: oscillation, vanishing gradients, mode collapse. Losses tell how the duel stands; samples tell
#   what the forger makes.
# - A detective that is too sure teaches little: noise on its inputs keeps it humble.
# - Count classes and compare distributions (Fréchet), with the number of images and known images beside it.

# %% [markdown]
# ## Go further (not graded)
#
# - Give `train_ring` one step of D for each of G, or other seeds, or `beta_1=0.9`. Which disease do you see?
# - Let the haze fade as the forger gets better (a layer of your own, with a weight for the width).
# - Put `GaussianNoise` in front of the digits' discriminator. Does the Fréchet distance fall faster?
# - Let D see four points at once, side by side (PacGAN; Lin and others, 2018): now it *can* say "all alike".
# - Give both networks the label as well, one-hot (conditional GAN; Mirza and Osindero, 2014), and order a 7.
# - Keep a moving average of the generator's weights (`use_ema=True` in Keras's Adam) and judge that one.
# - Train lesson 9's VAE and judge its samples with the same judge. Which is better, and at what?

# %% [markdown]
# ## Sources
#
# - Dowson, Landau: The Fréchet distance between multivariate normal distributions. Journal of Multivariate Analysis, 1982.
# - Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio: Generative adversarial nets. NIPS, 2014.
# - Mirza, Osindero: Conditional generative adversarial nets. 2014.
# - Radford, Metz, Chintala: Unsupervised representation learning with deep convolutional generative adversarial networks. 2015 (ICLR, 2016).
# - Salimans, Goodfellow, Zaremba, Cheung, Radford, Chen: Improved techniques for training GANs. NIPS, 2016.
# - White: Sampling generative networks. 2016.

# %% [markdown]
# - Arjovsky, Bottou: Towards principled methods for training generative adversarial networks. ICLR, 2017.
# - Heusel, Ramsauer, Unterthiner, Nessler, Hochreiter: GANs trained by a two time-scale update rule converge to a local Nash equilibrium. NIPS, 2017.
# - Metz, Poole, Pfau, Sohl-Dickstein: Unrolled generative adversarial networks. ICLR, 2017.
# - Sønderby, Caballero, Theis, Shi, Huszár: Amortised MAP inference for image super-resolution. ICLR, 2017.
# - Lin, Khetan, Fanti, Oh: PacGAN: the power of two samples in generative adversarial networks. NeurIPS, 2018.
