"""Public data sets behind the embedded ones, for those who have a network."""

import os
import socket
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path

import numpy as np

from helpers.arguments import require_choice

SOURCES = ("embedded", "full", "auto")
HELD_OUT = 5_000  # the last training images serve as the validation split
PATIENCE = {"full": 10.0, "auto": 2.0}  # seconds in which a server must answer
_TENSORFLOW = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"
KERAS_SETS = {  # name: (where Keras keeps its copy, where that copy comes from)
    "mnist": ("mnist.npz", _TENSORFLOW + "mnist.npz"),
    "fashion_mnist": ("fashion-mnist/*", _TENSORFLOW + "train-labels-idx1-ubyte.gz"),
    "cifar10": ("cifar-10-batches-py*", "https://www.cs.toronto.edu/~kriz/cifar.html"),
}
PETS = "https://www.robots.ox.ac.uk/~vgg/data/pets/"


class UnavailableError(Exception):
    """A public set could not be loaded."""


def load_public(
    name: str, split: str, *, source: str, limit: float = 300.0
) -> tuple[np.ndarray, np.ndarray] | None:
    """Load a split of a public set, or return None where the embedded set is to be used.

    Args:
        name: "mnist", "fashion_mnist" or "cifar10".
        split: "train", "validation" (the last 5,000 training images) or "test".
        source: "embedded" (None at once), "full" or "auto" (2 s instead of 10 for an answer).
        limit: seconds after which a download is given up.

    Returns:
        images: float32 (n, height, width[, 3]) in [0, 1].
        labels: int64 (n,).
    """
    require_choice("source", source, SOURCES)
    if source == "embedded":
        return None
    pattern, url = KERAS_SETS[name]
    try:
        if not any(keras_cache().glob(pattern)):
            within(PATIENCE[source], lambda: _knock(url, PATIENCE[source]))
        return _take_split(within(limit, lambda: _keras_load(name)), split)
    except UnavailableError as error:
        print(f"The public set {name} is out of reach ({error}): using the embedded data.")
        return None


def load_pets(
    split: str, *, size: int, count: int, source: str, limit: float = 900.0
) -> tuple[np.ndarray, np.ndarray] | None:
    """Load pets and masks (count, size, size, 3 and 1), or None where composites are to be used."""
    require_choice("source", source, SOURCES)
    if source == "embedded":
        return None
    try:
        if not any(tfds_cache().glob("oxford_iiit_pet/*")):
            within(PATIENCE[source], lambda: _knock(PETS, PATIENCE[source]))
        return within(limit, lambda: _read_pets(split, size, count))
    except UnavailableError as error:
        print(f"The public set oxford_iiit_pet is out of reach ({error}): using embedded data.")
        return None


def _read_pets(split: str, size: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    import tensorflow as tf
    import tensorflow_datasets as tfds

    part = {"train": "train[:80%]", "validation": "train[80%:]", "test": "test"}[split]
    images, masks = [], []
    for record in tfds.load("oxford_iiit_pet", split=part).take(count):
        images.append(tf.image.resize(record["image"], (size, size), antialias=True) / 255.0)
        trimap = tf.image.resize(record["segmentation_mask"], (size, size), method="nearest")
        masks.append(tf.cast(trimap != 2, "float32"))  # 1 pet, 2 background, 3 outline
    return np.stack(images), np.stack(masks)


def keras_cache() -> Path:
    """Return the folder in which Keras keeps data sets."""
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras") / "datasets"


def tfds_cache() -> Path:
    """Return the folder in which tensorflow_datasets keeps data sets."""
    return Path(os.environ.get("TFDS_DATA_DIR") or Path.home() / "tensorflow_datasets")


def within(seconds: float, action: Callable):
    """Return action(), or raise UnavailableError when it fails or takes too many seconds."""
    outcome = {}

    def work():
        try:
            outcome["value"] = action()
        except Exception as error:  # whatever a loader raises means that the set is not to be had
            outcome["error"] = error

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if "value" in outcome:
        return outcome["value"]
    reason = str(outcome.get("error") or f"no answer within {seconds:g} s").splitlines()
    raise UnavailableError(reason[0] if reason else "no reason given") from outcome.get("error")


def _knock(url: str, seconds: float) -> bool:
    request = urllib.request.Request(url, method="HEAD")
    with urllib.request.urlopen(request, timeout=seconds):
        return True


def _keras_load(name: str):
    import keras

    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(PATIENCE["full"])  # a download that stalls must end
    try:
        return getattr(keras.datasets, name).load_data()
    finally:
        socket.setdefaulttimeout(before)


def _take_split(arrays, split: str) -> tuple[np.ndarray, np.ndarray]:
    (images, labels), test = arrays
    if split == "test":
        images, labels = test
    elif split == "validation":
        images, labels = images[-HELD_OUT:], labels[-HELD_OUT:]
    else:
        images, labels = images[:-HELD_OUT], labels[:-HELD_OUT]
    return images.astype("float32") / np.float32(255), labels.reshape(-1).astype("int64")
