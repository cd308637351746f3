"""Composites with exact answers: sprites on photographs, for segmentation, detection and more."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from helpers.arguments import require_choice, require_number, require_whole_number
from helpers.compositing import (
    Composite,
    backdrop_library,
    blank_images,
    compose,
    scene_generator,
    sprite_library,
)
from helpers.photos import PLACES
from helpers.sprites import CUTOUT_CLASSES, CUTOUT_FOLDS, EMOJI_CONCEPTS

SPRITES = ("digits", "emoji", "cutouts")


@dataclass(frozen=True)
class Objects:
    """What a detector should find in one image.

    boxes: float32 (k, 4): left, top, right, bottom in pixels; right and bottom just outside.
    labels: int64 (k,), an index into `scene_classes(sprites)`.
    """

    boxes: np.ndarray
    labels: np.ndarray


def segmentation_scenes(
    split: str,
    count: int,
    *,
    sprites: str = "cutouts",
    size: int = 64,
    seed: int = 0,
    blur: float = 2.0,
    styles: str = "seen",
    fold: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """Make images with one or two sprites on a photograph, and the mask of the sprites.

    Args:
        split: "train", "validation" or "test"; splits share neither sprite nor background.
        count: number of images, 1 to 100,000; the first ones do not depend on it.
        sprites: "digits", "emoji" or "cutouts".
        size: side in pixels, 32 to 256.
        seed: 0 to 2**32 - 1.
        blur: radius in pixels up to which backgrounds are blurred, 0 to 10; 0 keeps them sharp.
        styles: "seen", or "unseen": emoji in a style that training never shows, digits printed
            instead of written by hand (the same ones in every split).
        fold: of the cut-outs, 0, 1 or 2.

    Returns:
        images: float32 (count, size, size, 3) in [0, 1].
        masks: float32 (count, size, size, 1), 1 on a sprite and 0 elsewhere.

    Raises:
        ValueError: an argument is not one of those above.
    """
    options = {"sprites": sprites, "styles": styles, "fold": fold}
    made = _make(split, count, seed, size, blur, most=2, scales=(0.45, 0.8), **options)
    images, masks = blank_images(count, size, 3), blank_images(count, size, 1)
    for index, scene in enumerate(made):
        images[index], masks[index, ..., 0] = scene.pixels, scene.owner > 0
    return images, masks


def detection_scenes(
    split: str,
    count: int,
    *,
    sprites: str = "emoji",
    size: int = 96,
    seed: int = 0,
    most: int = 4,
    blur: float = 2.0,
    styles: str = "seen",
    fold: int = 0,
) -> tuple[np.ndarray, list[Objects]]:
    """Make images with one to `most` sprites on a photograph, and their boxes and classes.

    Args:
        split, count, sprites, size, seed, blur, styles, fold: as for `segmentation_scenes`.
        most: the largest number of sprites in an image, 1 to 8.

    Returns:
        images: float32 (count, size, size, 3) in [0, 1].
        objects: one `Objects` for each image; boxes touch what is visible of a sprite.

    Raises:
        ValueError: an argument is not one of those above.
    """
    most = require_whole_number("most", most, low=1, high=8)
    options = {"sprites": sprites, "styles": styles, "fold": fold}
    made = _make(split, count, seed, size, blur, most=most, scales=(0.22, 0.45), **options)
    images, objects = blank_images(count, size, 3), []
    for index, scene in enumerate(made):
        images[index] = scene.pixels
        objects.append(Objects(scene.boxes, scene.labels))
    return images, objects


def classification_scenes(
    split: str,
    count: int,
    *,
    sprites: str = "cutouts",
    size: int = 96,
    seed: int = 0,
    blur: float = 2.0,
    styles: str = "seen",
    fold: int = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make images with a single large sprite, its class, and its mask to check saliency with.

    Args:
        split, count, sprites, size, seed, blur, styles, fold: as for `segmentation_scenes`.

    Returns:
        images: float32 (count, size, size, 3) in [0, 1].
        labels: int64 (count,), an index into `scene_classes(sprites)`; classes are equally likely.
        masks: float32 (count, size, size, 1), 1 on the sprite and 0 elsewhere.

    Raises:
        ValueError: an argument is not one of those above.
    """
    options = {"sprites": sprites, "styles": styles, "fold": fold}
    made = _make(split, count, seed, size, blur, most=1, scales=(0.5, 0.9), **options)
    images, labels, masks = (
        blank_images(count, size, 3),
        np.zeros(count, "int64"),
        blank_images(count, size, 1),
    )
    for index, scene in enumerate(made):
        images[index], labels[index] = scene.pixels, scene.labels[0]
        masks[index, ..., 0] = scene.owner > 0
    return images, labels, masks


def scene_classes(sprites: str) -> tuple[str, ...]:
    """Name the classes of a kind of sprite, in the order of their labels."""
    require_choice("sprites", sprites, SPRITES)
    digits = tuple("0123456789")
    return {"digits": digits, "emoji": EMOJI_CONCEPTS, "cutouts": CUTOUT_CLASSES}[sprites]


def _make(
    split, count, seed, size, blur, *, most, scales, sprites, styles, fold
) -> Iterator[Composite]:
    rng = scene_generator(split, count, seed, size)
    blur = require_number("blur", blur, low=0, high=10)
    require_choice("styles", styles, ("seen", "unseen"))
    fold = require_whole_number("fold", fold, low=0, high=CUTOUT_FOLDS - 1)
    classes = len(scene_classes(sprites))
    library = sprite_library(sprites, split, styles, fold, CUTOUT_CLASSES)
    photos = backdrop_library(split, PLACES)

    def scenes() -> Iterator[Composite]:
        for _ in range(count):
            labels = rng.integers(classes, size=rng.integers(1, most + 1))
            photo = photos[rng.integers(len(photos))]
            yield compose(rng, library, photo, labels, scales=scales, blur=blur, size=size)

    return scenes()  # the arguments are checked by now, before the first image
