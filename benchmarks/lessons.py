"""Lessons side by side with public recipes: `python benchmarks/lessons.py cnn [--seeds 3]`."""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import keras
import numpy as np
from keras import layers

from course.taught import taught
from helpers.datasets import digits
from helpers.training import seed_everything

GOAL = 0.985  # test accuracy on the 2,000 held-out digits
OUR_EPOCHS = 10  # as taught
THEIR_EPOCHS = 60  # four times the 15 epochs of the published recipe


class Stopwatch(keras.callbacks.Callback):
    """Note the processor and wall seconds spent in training when a test accuracy is first reached.

    Looking at the test digits after each epoch is not on the clock. It ends training at the goal
    where `stop` is True; the number of epochs is fixed beforehand, never chosen by these digits.
    """

    def __init__(self, images, labels, *, stop: bool):
        super().__init__()
        self.images, self.labels, self.stop = images, labels, stop
        self.seconds, self.reached, self.accuracies = np.zeros(2), None, []

    def on_epoch_begin(self, epoch, logs=None):
        self._begun = _clocks()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds += _clocks() - self._begun
        probabilities = self.model.predict_on_batch(self.images)
        self.accuracies.append(float(np.mean(probabilities.argmax(axis=1) == self.labels)))
        if self.reached is None and self.accuracies[-1] >= GOAL:
            self.reached = (epoch + 1, *self.seconds)
            self.model.stop_training = self.stop


def _clocks() -> np.ndarray:
    return np.array([time.process_time(), time.perf_counter()])


def build_mnist_convnet():
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


def compare_cnn(seeds: int) -> None:
    """Print processor seconds to the goal for both, on the same 8,000 digits, and the ratio."""
    splits = [digits(split) for split in ("train", "validation", "test")]
    images = np.concatenate([splits[0][0], splits[1][0]])[..., None]
    labels = np.concatenate([splits[0][1], splits[1][1]])
    test_images, test_labels = splits[2][0][..., None], splits[2][1]
    print(
        f"processor seconds (wall) of training to {GOAL:.1%} of 2,000 test digits, "
        f"load {os.getloadavg()[0]:.1f}"
    )
    ratios = []
    for seed in range(seeds):
        ours, theirs = (Stopwatch(test_images, test_labels, stop=stop) for stop in (False, True))
        train_ours(seed, images, labels, ours)
        _print_run(seed, "lesson 3", ours)
        train_theirs(seed, images, labels, theirs)
        _print_run(seed, "mnist_convnet", theirs)
        ratios.append(_ratio(ours, theirs))
    print(f"ratio of processor seconds: {', '.join(ratios)}")


def _ratio(ours: Stopwatch, theirs: Stopwatch) -> str:
    """Say how many times longer theirs took; "over" where it ended short of the goal."""
    if not ours.reached:
        return "ours did not reach it"
    spent = theirs.reached[1] if theirs.reached else theirs.seconds[0]
    return f"{'' if theirs.reached else 'over '}{spent / ours.reached[1]:.1f}"


def _print_run(seed: int, name: str, watch: Stopwatch) -> None:
    last = f"{len(watch.accuracies)} epochs, last {watch.accuracies[-1]:.4f}"
    best = f"best {max(watch.accuracies):.4f}"
    if watch.reached:
        epoch, processor, wall = watch.reached
        text = f"{processor:6.1f} s ({wall:.1f} s), epoch {epoch}"
    else:
        text = f"not reached in {watch.seconds[0]:.1f} s ({watch.seconds[1]:.1f} s)"
    print(f"seed {seed}  {name:14} {text}; {last}, {best}", flush=True)


PARTS = {"cnn": compare_cnn}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    PARTS[options.part](options.seeds)


if __name__ == "__main__":
    main()
