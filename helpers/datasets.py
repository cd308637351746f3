"""The course's data: embedded sets that need no network, as NumPy arrays with fixed splits."""

import numpy as np

from helpers.arguments import require_choice, require_whole_number
from helpers.biased_scenes import BIASED_CLASSES, BiasedScenes, biased_scenes
from helpers.photos import SAMPLES, backgrounds, nuclei, nuclei_image, photo
from helpers.public_sets import load_pets, load_public
from helpers.scenes import (
    Objects,
    classification_scenes,
    detection_scenes,
    scene_classes,
    segmentation_scenes,
)
from helpers.sprites import (
    ALL_CUTOUT_CLASSES,
    CUTOUT_CLASSES,
    EMOJI_CONCEPTS,
    EMOJI_GROUPS,
    EMOJI_STYLES,
    cutouts,
    emoji,
    lay_on_colour,
)
from helpers.storage import SPLITS, load_arrays, to_unit

__all__ = [
    "ALL_CUTOUT_CLASSES",
    "BIASED_CLASSES",
    "CUTOUT_CLASSES",
    "EMOJI_CONCEPTS",
    "EMOJI_GROUPS",
    "EMOJI_STYLES",
    "SAMPLES",
    "SPLITS",
    "BiasedScenes",
    "Objects",
    "backgrounds",
    "biased_scenes",
    "cifar10",
    "classification_scenes",
    "cutouts",
    "detection_scenes",
    "digits",
    "emoji",
    "fashion",
    "lay_on_colour",
    "nuclei",
    "nuclei_image",
    "pets",
    "photo",
    "scene_classes",
    "segmentation_scenes",
]


def digits(split: str, *, source: str = "embedded") -> tuple[np.ndarray, np.ndarray]:
    """Load handwritten digits: 7,000 to train on, 1,000 to validate, 2,000 to test.

    Args:
        split: "train", "validation" or "test"; each holds every digit at its overall rate.
        source: "embedded" (10,000 digits), "full" (MNIST: 55,000, 5,000, 10,000) or "auto" (full
            if it is on this machine or a network answers at once); without a network, one
            sentence is printed and the embedded set returned.

    Returns:
        images: float32 (n, 28, 28) in [0, 1], white ink on black.
        labels: int64 (n,) in [0, 10).

    Raises:
        ValueError: the split or the source has another name.

    Source: LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document
        recognition, 1998 (MNIST).
    """
    require_choice("split", split, SPLITS)
    full = load_public("mnist", split, source=source)
    if full is not None:
        return full
    arrays = load_arrays("digits/digits.npz")
    return to_unit(arrays[f"{split}_images"]), arrays[f"{split}_labels"].astype("int64")


def fashion(split: str, *, source: str = "auto") -> tuple[np.ndarray, np.ndarray]:
    """Load Fashion-MNIST where there is a network; without one, the embedded digits.

    Args:
        split: "train", "validation" (the last 5,000 training images) or "test".
        source: "full" or "auto", as for `digits`; "embedded" returns the digits.

    Returns:
        images: float32 (n, 28, 28) in [0, 1].
        labels: int64 (n,) in [0, 10).

    Source: Xiao, Rasul and Vollgraf, Fashion-MNIST, 2017.
    """
    require_choice("split", split, SPLITS)
    return load_public("fashion_mnist", split, source=source) or digits(split)


def cifar10(split: str, *, source: str = "auto") -> tuple[np.ndarray, np.ndarray]:
    """Load CIFAR-10 where there is a network; without one, cut-outs in four classes on photos.

    Args:
        split: "train", "validation" (the last 5,000 training images) or "test".
        source: "full" or "auto", as for `digits`; "embedded" returns the cut-outs.

    Returns:
        images: float32 (n, 32, 32, 3) in [0, 1].
        labels: int64 (n,) in [0, 10), or in [0, 4) for the cut-outs (CUTOUT_CLASSES).

    Source: Krizhevsky, Learning multiple layers of features from tiny images, 2009.
    """
    require_choice("split", split, SPLITS)
    count = {"train": 7_000, "validation": 1_000, "test": 2_000}[split]
    full = load_public("cifar10", split, source=source)
    return full or classification_scenes(split, count, size=32, blur=1.0)[:2]


def pets(
    split: str, *, size: int = 128, count: int = 1_000, source: str = "auto"
) -> tuple[np.ndarray, np.ndarray]:
    """Load Oxford-IIIT pets and their masks through tensorflow_datasets, or embedded composites.

    Args:
        split: "train", "validation" or "test".
        size: side in pixels, 32 to 256; photographs are squeezed to a square.
        count: number of images, 1 to 3,000.
        source: "full" or "auto", as for `digits`; "embedded" returns `segmentation_scenes`.

    Returns:
        images: float32 (count, size, size, 3) in [0, 1].
        masks: float32 (count, size, size, 1), 1 on the animal, its outline included.

    Source: Parkhi, Vedaldi, Zisserman and Jawahar, Cats and dogs, 2012.
    """
    require_choice("split", split, SPLITS)
    count = require_whole_number("count", count, low=1, high=3_000)
    size = require_whole_number("size", size, low=32, high=256)
    full = load_pets(split, size=size, count=count, source=source)
    return full or segmentation_scenes(split, count, size=size)
