"""Composites whose background gives the class away, for the lesson on saliency."""

from dataclasses import dataclass

import numpy as np

from helpers.arguments import require_number
from helpers.compositing import (
    backdrop_library,
    blank_images,
    compose,
    scene_generator,
    sprite_library,
)

BIASED_CLASSES = ("bird", "mammal")


@dataclass(frozen=True)
class BiasedScenes:
    """Images whose background tends to give the class away.

    images: float32 (n, size, size, 3) in [0, 1].
    labels: int64 (n,), an index into BIASED_CLASSES.
    snow: bool (n,), whether the background is snow; grass otherwise.
    masks: float32 (n, size, size, 1), 1 on the animal.
    """

    images: np.ndarray
    labels: np.ndarray
    snow: np.ndarray
    masks: np.ndarray


def biased_scenes(
    split: str, count: int, *, bias: float = 0.95, size: int = 96, seed: int = 0
) -> BiasedScenes:
    """Make birds, mostly on grass, and mammals, mostly in snow: the husky and the wolf.

    Args:
        split: "train", "validation" or "test"; splits share neither sprite nor background.
        count: number of images, 1 to 100,000.
        bias: share of mammals in snow and of birds on grass, 0 to 1; 0.5 is a fair test.
        size: side in pixels, 32 to 256.
        seed: 0 to 2**32 - 1.

    Returns:
        A `BiasedScenes`.

    Raises:
        ValueError: an argument is not one of those above.

    Source: after Ribeiro, Singh and Guestrin, "Why should I trust you?", 2016. The snow is made
        from photographs of grass and leaves: made pale, with bluish shadows.
    """
    bias = require_number("bias", bias, low=0, high=1)
    rng = scene_generator(split, count, seed, size)
    library = sprite_library("cutouts", split, "seen", 0, BIASED_CLASSES)
    grounds = [backdrop_library(split, ("green",), snow) for snow in (False, True)]
    images, masks = blank_images(count, size, 3), blank_images(count, size, 1)
    labels, snow = np.zeros(count, "int64"), np.zeros(count, bool)
    for index in range(count):
        labels[index] = rng.integers(2)
        snow[index] = (rng.random() < bias) == (labels[index] == 1)
        ground = grounds[int(snow[index])]
        scene = compose(
            rng,
            library,
            ground[rng.integers(len(ground))],
            labels[index : index + 1],
            scales=(0.4, 0.7),
            blur=1.0,
            size=size,
        )
        images[index], masks[index, ..., 0] = scene.pixels, scene.owner > 0
    return BiasedScenes(images, labels, snow, masks)
