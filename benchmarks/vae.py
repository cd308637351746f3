"""Lesson 9's VAE with two numbers beside keras-io's example vae, on the same 8,000 digits."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from benchmarks.race import Goal, Stopwatch, race
from course.taught import taught
from helpers.datasets import digits
from helpers.training import seed_everything

ELBO = -152.0  # nats, mean over 2,000 held-out digits
OUR_EPOCHS = 24  # as taught
THEIR_EPOCHS = 60  # twice the 30 published ones
GIVEN = ("reconstruction_loss", "reparameterize", "kl_divergence", "elbo_terms", "kl_weight")


class Example(keras.Model):
    """The model of keras-io's example (Chollet, 2020): 69,076 and 65,089 parameters.

    Down: convolutions of stride 2 with 32 and 64 filters and a dense layer of 16. Up: a dense layer
    and transposed convolutions of stride 2 with 64 and 32 filters. KL weighs 1 throughout.
    """

    def __init__(self, terms, latent: int = 2):
        super().__init__()
        relu = {"activation": "relu", "padding": "same", "strides": 2}
        down = [layers.Conv2D(32, 3, **relu), layers.Conv2D(64, 3, **relu), layers.Flatten()]
        ends = [layers.Dense(16, activation="relu"), layers.Dense(2 * latent)]
        self.encoder = keras.Sequential([keras.Input((28, 28, 1)), *down, *ends])
        up = [layers.Dense(7 * 7 * 64, activation="relu"), layers.Reshape((7, 7, 64))]
        up += [layers.Conv2DTranspose(filters, 3, **relu) for filters in (64, 32)]
        last = layers.Conv2DTranspose(1, 3, activation="sigmoid", padding="same")
        self.decoder = keras.Sequential([keras.Input((latent,)), *up, last])
        self.terms, self.latent = terms, latent

    def train_step(self, images):
        """Take one step on reconstruction + KL."""
        noise = keras.random.normal((ops.shape(images)[0], self.latent))
        with tf.GradientTape() as tape:
            loss = sum(self.terms(self.encoder, self.decoder, images, noise))
        slopes = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(slopes, self.trainable_variables)
        return {"loss": loss}


def train_theirs(seed: int, lesson: dict, images, watch: Stopwatch) -> None:
    """Train as the example does: Adam, batches of 128, a constant learning rate."""
    seed_everything(seed)
    model = Example(lesson["elbo_terms"])
    model.compile(optimizer=keras.optimizers.Adam())
    model.fit(images, batch_size=128, epochs=THEIR_EPOCHS, verbose=0, callbacks=[watch])


def train_ours(seed: int, lesson: dict, images, watch: Stopwatch) -> None:
    """Train lesson 9's VAE by its recipe: batches of 64, a cosine from 0.002, KL phased in."""
    seed_everything(seed)
    encoder, _ = lesson["build_autoencoder"](4)
    model = lesson["VAE"](encoder, lesson["build_autoencoder"](2)[1])
    steps = -(-len(images) // 64) * OUR_EPOCHS
    model.compile(
        optimizer=keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.002, steps))
    )
    phase_in = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: model.weight.assign(lesson["kl_weight"](epoch, 3))
    )
    calls = [phase_in, watch]
    model.fit(images, batch_size=64, epochs=OUR_EPOCHS, verbose=0, callbacks=calls)


def compare(seeds: int) -> None:
    """Print processor seconds to the goal for both, and the ratio."""
    images = np.concatenate([digits(split)[0] for split in ("train", "validation")])[..., None]
    test_images = digits("test")[0][..., None]
    noise = np.random.default_rng(0).normal(size=(len(test_images), 2)).astype("float32")
    given = {"keras": keras, "layers": layers, "ops": ops, "tf": tf}
    lesson = taught("09_vae", *GIVEN, "build_autoencoder", "VAEBase", "VAE", **given)

    def elbo(model) -> float:
        return -float(sum(lesson["elbo_terms"](model.encoder, model.decoder, test_images, noise)))

    race(
        Goal("ELBO in nats on 2,000 test digits", ELBO, elbo),
        seeds,
        ("lesson 9", lambda seed, watch: train_ours(seed, lesson, images, watch)),
        ("keras-io vae", lambda seed, watch: train_theirs(seed, lesson, images, watch)),
    )
