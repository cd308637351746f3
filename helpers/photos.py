"""Photographs: backgrounds for composites, samples to classify, and a microscope's nuclei."""

import json

import numpy as np
from PIL import Image

from helpers.arguments import require_choice, require_whole_number, seeded_generator
from helpers.storage import SPLITS, load_arrays, to_unit, verified_path

PLACES = ("green", "water", "other")
SAMPLES = ("cat", "espresso", "ladybird", "spaniels", "dahlia", "rocket", "astronaut")
NUCLEI_ROWS = {"train": (0, 288), "validation": (296, 392), "test": (400, 512)}


def backgrounds(split: str, *, places: tuple[str, ...] = PLACES) -> np.ndarray:
    """Load photographs without a main object, to lay behind sprites.

    Args:
        split: "train", "validation" or "test"; no photograph is in two of them.
        places: any of "green" (grass, leaves, forest), "water" (sea, lake, sky) and "other".

    Returns:
        uint8 (n, 256, 384, 3) in [0, 255].

    Raises:
        ValueError: the split or a place has another name.
    """
    require_choice("split", split, SPLITS)
    for place in places:
        require_choice("places", place, PLACES)
    files = [p["file"] for p in photo_index() if p["split"] == split and p["place"] in places]
    return np.stack([read_photo(name) for name in files])


def photo(name: str) -> np.ndarray:
    """Load a sample photograph for a classifier.

    Args:
        name: one of SAMPLES.

    Returns:
        float32 (256, 256, 3) in [0, 1].

    Raises:
        ValueError: there is no sample of that name.
    """
    require_choice("name", name, SAMPLES)
    entry = next(entry for entry in photo_index() if entry["name"] == name)
    return to_unit(read_photo(entry["file"]))


def nuclei_image() -> tuple[np.ndarray, np.ndarray]:
    """Load one fluorescence microscopy image whose 125 cell nuclei were outlined by hand.

    Returns:
        image: float32 (512, 512) in [0, 1].
        labels: int64 (512, 512), the number of the nucleus at each pixel, 0 for none.

    Source: a part of Caicedo et al., Nucleus segmentation across imaging experiments: the 2018
        Data Science Bowl, 2019; as shipped with StarDist (Schmidt et al., 2018).
    """
    arrays = load_arrays("nuclei/nuclei.npz")
    return to_unit(arrays["image"]), arrays["labels"].astype("int64")


def nuclei(
    split: str, count: int, *, size: int = 64, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Cut random, flipped and turned squares out of the microscopy image.

    Args:
        split: "train" (the upper 288 rows), "validation" (96 rows) or "test" (the lowest 112).
        count: number of squares, 1 to 100,000; they overlap each other within a split.
        size: side in pixels, 16 to 96.
        seed: 0 to 2**32 - 1.

    Returns:
        images: float32 (count, size, size, 1) in [0, 1].
        masks: float32 (count, size, size, 1), 1 on a nucleus and 0 elsewhere.

    Raises:
        ValueError: an argument is not one of those above.
    """
    require_choice("split", split, SPLITS)
    count = require_whole_number("count", count, low=1, high=100_000)
    size = require_whole_number("size", size, low=16, high=96)
    rng = seeded_generator(seed)
    image, labels = nuclei_image()
    both = np.stack([image, labels > 0], axis=-1).astype("float32")
    low, high = NUCLEI_ROWS[split]
    tops = rng.integers(low, high - size + 1, count)
    lefts = rng.integers(0, both.shape[1] - size + 1, count)
    turns, flips = rng.integers(0, 4, count), rng.integers(0, 2, count)
    crops = [
        np.rot90(both[top : top + size, left : left + size], turn)[:, :: 1 - 2 * flip]
        for top, left, turn, flip in zip(tops, lefts, turns, flips, strict=True)
    ]
    crops = np.stack(crops)
    return crops[..., :1], crops[..., 1:]


def photo_index() -> list[dict[str, str]]:
    """List every embedded photograph: name, file, author, licence, source, place and split."""
    return json.loads(verified_path("photos/photos.json").read_text("utf-8"))


def read_photo(name: str) -> np.ndarray:
    """Read a JPEG below the data folder as uint8 (height, width, 3)."""
    with Image.open(verified_path(name)) as image:
        return np.asarray(image.convert("RGB"))
