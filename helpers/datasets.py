"""The course's data: embedded sets that need no network, as NumPy arrays with fixed splits."""

import numpy as np

from helpers.arguments import require_choice
from helpers.public_sets import load_public
from helpers.storage import load_arrays

SPLITS = ("train", "validation", "test")


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


def to_unit(pixels: np.ndarray) -> np.ndarray:
    """Turn uint8 pixels in [0, 255] into float32 in [0, 1]."""
    return pixels.astype("float32") / np.float32(255)
