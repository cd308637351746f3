"""Lesson 3's network beside keras-io's example mnist_convnet, on the same 8,000 digits."""

import keras
import numpy as np
from keras import layers

from benchmarks.race import Goal, Stopwatch, race
from course.taught import taught
from helpers.datasets import digits
from helpers.training import seed_everything

ACCURACY = 0.985  # on the 2,000 held-out digits
OUR_EPOCHS = 10  # as taught
THEIR_EPOCHS = 60  # four times the 15 epochs of the published recipe


def build_mnist_convnet() -> keras.Model:
    """Build the network of keras-io's example mnist_convnet (Chollet, 2015): 34,826 parameters."""
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )


def train_theirs(seed: int, images, labels, watch: Stopwatch) -> None:
    """Train as the example does: Adam, batches of 128, a constant learning rate."""
    seed_everything(seed)
    model = build_mnist_convnet()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images, labels, batch_size=128, epochs=THEIR_EPOCHS, verbose=0, callbacks=[watch])


def train_ours(seed: int, images, labels, watch: Stopwatch) -> None:
    """Train lesson 3's network by lesson 3's recipe: batches of 64, a cosine from 0.003 to 0."""
    given = {"keras": keras, "layers": layers, "np": np}
    lesson = taught("03_cnn", "build_cnn", "cosine_lr", **given)
    seed_everything(seed)
    model = lesson["build_cnn"]()
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.003),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    anneal = keras.callbacks.LearningRateScheduler(
        lambda epoch: float(lesson["cosine_lr"](epoch, OUR_EPOCHS, 0.003))
    )
    calls = [anneal, watch]
    model.fit(images, labels, batch_size=64, epochs=OUR_EPOCHS, verbose=0, callbacks=calls)


def compare(seeds: int) -> None:
    """Print processor seconds to the goal for both, and the ratio."""
    splits = [digits(split) for split in ("train", "validation", "test")]
    images = np.concatenate([splits[0][0], splits[1][0]])[..., None]
    labels = np.concatenate([splits[0][1], splits[1][1]])
    test_images, test_labels = splits[2][0][..., None], splits[2][1]

    def accuracy(model) -> float:
        return np.mean(model.predict_on_batch(test_images).argmax(axis=1) == test_labels)

    race(
        Goal("accuracy on 2,000 test digits", ACCURACY, accuracy),
        seeds,
        ("lesson 3", lambda seed, watch: train_ours(seed, images, labels, watch)),
        ("mnist_convnet", lambda seed, watch: train_theirs(seed, images, labels, watch)),
    )
