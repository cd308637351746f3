"""A camera at a bird feeder: one parrot among other birds, in neutral light."""

import numpy as np
from PIL import Image

from helpers.compositing import (
    Library,
    backdrop_library,
    blank_images,
    compose,
    scene_generator,
)
from helpers.sprites import cutout_named

PARROT = "rainbow-lorikeet"
OTHER_BIRDS = ("pigeon", "blackbird", "crow", "magpie", "seagull", "drake")


def feeder_scenes(
    split: str, count: int, *, size: int = 48, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Photograph birds at a feeder: the parrot in half of the pictures, another bird in the rest.

    The question is "is it this parrot?", so all splits show the same seven birds, at other places
    and on other backgrounds.

    Args:
        split: "train", "validation" or "test"; splits share no background.
        count: number of images, 1 to 100,000.
        size: side in pixels, 32 to 256.
        seed: 0 to 2**32 - 1.

    Returns:
        images: float32 (count, size, size, 3) in [0, 1].
        labels: int64 (count,), 1 for the parrot and 0 for another bird.

    Raises:
        ValueError: an argument is not one of those above.
    """
    rng = scene_generator(split, count, seed, size)
    birds = _library()
    places = backdrop_library(split, ("green", "other"))
    images, labels = blank_images(count, size, 3), rng.integers(0, 2, count)
    for index in range(count):
        scene = compose(
            rng,
            birds,
            places[rng.integers(len(places))],
            labels[index : index + 1],
            scales=(0.55, 0.85),
            blur=1.0,
            size=size,
        )
        images[index] = scene.pixels
    return images, labels.astype("int64")


def _library() -> Library:
    sprites = [cutout_named(name) for name in (*OTHER_BIRDS, PARROT)]
    images = [Image.fromarray(np.uint8(sprite * 255 + 0.5)).convert("RGBa") for sprite in sprites]
    pyramids = tuple((image, image.reduce(2)) for image in images)
    labels = np.array([0] * len(OTHER_BIRDS) + [1])
    rows = tuple(np.flatnonzero(labels == label) for label in (0, 1))
    return Library(pyramids, labels, rows, inked=False, flips=True)
