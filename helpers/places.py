"""Landscapes without an animal: grass or snow alone, to lay behind what was cut out elsewhere."""

import numpy as np

from helpers.compositing import backdrop_library, blank_images, crop_backdrop, scene_generator


def empty_places(split: str, snow: np.ndarray, *, size: int = 96, seed: int = 0) -> np.ndarray:
    """Photograph the places of `biased_scenes` without an animal.

    Args:
        split: "train", "validation" or "test"; splits share no background.
        snow: bool (n,), for each image whether it shows snow; grass otherwise.
        size: side in pixels, 32 to 256.
        seed: 0 to 2**32 - 1.

    Returns:
        float32 (n, size, size, 3) in [0, 1].

    Raises:
        ValueError: an argument is not one of those above.
    """
    snow = np.asarray(snow, bool)
    rng = scene_generator(split, len(snow), seed, size)
    grounds = [backdrop_library(split, ("green",), white) for white in (False, True)]
    images = blank_images(len(snow), size, 3)
    for index, white in enumerate(snow):
        photos = grounds[int(white)]
        crop = crop_backdrop(rng, photos[rng.integers(len(photos))], size, 1.0)
        lit = np.array(crop, "float32") * rng.uniform(0.75, 1.15)
        images[index] = np.clip(lit, 0, 255) / np.float32(255)
    return images
