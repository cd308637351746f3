"""Lesson 10's DCGAN beside the one of keras-io's guide to custom training, on the same digits."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from benchmarks.race import Goal, Stopwatch, race
from course.taught import taught
from helpers.datasets import digits
from helpers.digit_judge import digit_judge, features
from helpers.training import seed_everything

DISTANCE = 45  # Fréchet's, 2,000 made digits to the 2,000 test digits, features of `digit_judge`
OUR_EPOCHS = 18  # as taught
THEIR_EPOCHS = 30  # as published
OUR_LATENT, THEIR_LATENT = 16, 128


class Game(keras.Model):
    """Two networks and the function that plays one round with a batch of real images."""

    def __init__(self, generator, discriminator, play):
        super().__init__()
        self.generator, self.discriminator, self.play = generator, discriminator, play

    def train_step(self, data):
        """Play one round; returns the losses by name."""
        images = data[0] if isinstance(data, tuple | list) else data
        losses = self.play(images)
        return {"generator": losses[0], "discriminator": losses[1]}


def descend(tape, loss, network, optimizer) -> None:
    """Move one network's weights one step down the loss, as the lesson's given cell does."""
    weights = network.trainable_variables
    optimizer.apply(tape.gradient(loss, weights), weights)


def build_guide_gan() -> tuple[keras.Model, keras.Model]:
    """Build the networks of keras-io's guide (Chollet, 2020): 1,339,905 and 74,625 parameters."""
    generator = keras.Sequential([keras.Input((THEIR_LATENT,)), layers.Dense(7 * 7 * 128)])
    generator.add(layers.LeakyReLU(negative_slope=0.2))
    generator.add(layers.Reshape((7, 7, 128)))
    for _ in range(2):
        generator.add(layers.Conv2DTranspose(128, 4, strides=2, padding="same"))
        generator.add(layers.LeakyReLU(negative_slope=0.2))
    generator.add(layers.Conv2D(1, 7, padding="same", activation="sigmoid"))
    discriminator = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (64, 128):
        discriminator.add(layers.Conv2D(filters, 3, strides=2, padding="same"))
        discriminator.add(layers.LeakyReLU(negative_slope=0.2))
    discriminator.add(layers.GlobalMaxPooling2D())
    discriminator.add(layers.Dense(1))
    return generator, discriminator


def _fit(networks, optimizers, play, images, *, batch_size, epochs, watch) -> None:
    for network, optimizer in zip(networks, optimizers, strict=True):
        optimizer.build(network.trainable_variables)
    game = Game(*networks, play)
    game.compile()
    game.fit(images, batch_size=batch_size, epochs=epochs, verbose=0, callbacks=[watch])


def train_theirs(seed: int, images, watch: Stopwatch) -> None:
    """Train as the guide does: Adam with 0.0003, batches of 64, labels with a little noise."""
    seed_everything(seed)
    generator, discriminator = networks = build_guide_gan()
    optimizers = [keras.optimizers.Adam(3e-4) for _ in networks]
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)

    def play(real):
        count = ops.shape(real)[0]
        made = generator(tf.random.normal((count, THEIR_LATENT)))
        labels = ops.concatenate([ops.ones((count, 1)), ops.zeros((count, 1))])  # 1: made
        labels += 0.05 * tf.random.uniform(ops.shape(labels))
        with tf.GradientTape() as tape:
            loss_of_d = entropy(labels, discriminator(ops.concatenate([made, real])))
        descend(tape, loss_of_d, discriminator, optimizers[1])
        noise = tf.random.normal((count, THEIR_LATENT))
        with tf.GradientTape() as tape:
            loss_of_g = entropy(ops.zeros((count, 1)), discriminator(generator(noise)))
        descend(tape, loss_of_g, generator, optimizers[0])
        return loss_of_g, loss_of_d

    size = {"batch_size": 64, "epochs": THEIR_EPOCHS}
    _fit(networks, optimizers, play, images, watch=watch, **size)


def train_ours(seed: int, images, watch: Stopwatch) -> None:
    """Train lesson 10's networks by lesson 10's recipe: batches of 32, Adam with 0.0005."""
    given = {"keras": keras, "layers": layers, "ops": ops, "np": np, "tf": tf, "descend": descend}
    names = ("discriminator_loss", "generator_loss", "train_step")
    lesson = taught("10_gan", *names, "build_generator", "build_discriminator", **given)
    seed_everything(seed)
    networks = lesson["build_generator"](OUR_LATENT), lesson["build_discriminator"]()
    optimizers = [keras.optimizers.Adam(5e-4, beta_1=0.5) for _ in networks]
    losses = lesson["generator_loss"], lesson["discriminator_loss"]

    def play(real):
        noise = tf.random.normal((ops.shape(real)[0], OUR_LATENT))
        return lesson["train_step"](networks, optimizers, losses, [real], [noise])

    size = {"batch_size": 32, "epochs": OUR_EPOCHS}
    _fit(networks, optimizers, play, images, watch=watch, **size)


def compare(seeds: int) -> None:
    """Print processor seconds to the goal for both, and the ratio."""
    distance = taught("10_gan", "frechet_distance", np=np)["frechet_distance"]
    judge, images = digit_judge(), digits("train")[0][..., None]
    reference = features(judge, digits("test")[0][..., None])

    def minus_distance(game) -> float:
        latent = game.generator.input_shape[-1]
        noise = np.random.default_rng(2).normal(size=(2000, latent)).astype("float32")
        made = game.generator.predict(noise, batch_size=500, verbose=0)
        return -distance(features(judge, made), reference)

    race(
        Goal("minus the Fréchet distance", -DISTANCE, minus_distance),
        seeds,
        ("lesson 10", lambda seed, watch: train_ours(seed, images, watch)),
        ("keras-io guide", lambda seed, watch: train_theirs(seed, images, watch)),
    )
