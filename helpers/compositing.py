"""Lay sprites on photographs: the engine behind helpers.scenes."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageFilter

from helpers.arguments import require_choice, require_whole_number
from helpers.photos import backgrounds
from helpers.printed import printed_digits
from helpers.sprites import cutout_pixels, emoji_pixels
from helpers.storage import SPLITS, load_arrays

VISIBLE = 128  # alpha, of 255, from which a pixel belongs to the sprite
TRIES = 12  # places to try before a sprite is left out


@dataclass(frozen=True)
class Library:
    """Sprites of one split: premultiplied images, their labels, the rows of each class."""

    images: tuple[tuple[Image.Image, ...], ...]  # each at full, half and quarter size
    labels: np.ndarray
    rows: tuple[np.ndarray, ...]
    inked: bool  # a digit gets its colour when it is pasted
    flips: bool


@dataclass(frozen=True)
class Composite:
    """One image: pixels (size, size, 3), sprite number at each pixel (0: none), boxes, labels."""

    pixels: np.ndarray
    owner: np.ndarray
    boxes: np.ndarray
    labels: np.ndarray


@lru_cache(maxsize=12)
def sprite_library(kind: str, split: str, styles, fold: int, classes) -> Library:
    """Read the sprites of a kind, "digits", "emoji" or "cutouts", once."""
    if kind == "digits":
        pixels, labels = printed_digits() if styles == "unseen" else _handwritten(split)
        images = tuple((Image.fromarray(digit),) for digit in pixels)
    else:
        read = emoji_pixels if kind == "emoji" else cutout_pixels
        options = {"styles": styles} if kind == "emoji" else {"fold": fold, "classes": classes}
        pixels, labels = read(split, **options)
        images = tuple(_pyramid(Image.fromarray(sprite).convert("RGBa"), 3) for sprite in pixels)
    rows = tuple(np.flatnonzero(labels == label) for label in range(labels.max() + 1))
    return Library(images, labels, rows, inked=kind == "digits", flips=kind == "cutouts")


def _handwritten(split: str) -> tuple[np.ndarray, np.ndarray]:
    arrays = load_arrays("digits/digits.npz")
    return arrays[f"{split}_images"], arrays[f"{split}_labels"].astype("int64")


@lru_cache(maxsize=12)
def backdrop_library(split: str, places: tuple[str, ...], snow: bool = False):
    """Read the background photographs of a split once, as they are or under snow."""
    photos = backgrounds(split, places=places)
    scenes = [let_it_snow(photo) if snow else photo for photo in photos]
    return tuple(_pyramid(Image.fromarray(scene), 2) for scene in scenes)


def let_it_snow(photo: np.ndarray) -> np.ndarray:
    """Turn a photograph (height, width, 3), uint8, into a snowy scene: pale, with blue shadows."""
    grey = photo.astype("float32") @ np.float32([0.299, 0.587, 0.114])
    low, high = np.percentile(grey, (2, 98))
    light = np.clip((grey - low) / max(high - low, 1.0), 0, 1)[..., None]
    return np.uint8(np.float32([186, 203, 226]) * (1 - light) + np.float32([252, 253, 255]) * light)


def crop_backdrop(
    rng: np.random.Generator, photos: tuple[Image.Image, ...], size: int, blur: float
):
    """Cut a random square out of a photograph, flip it at random, blur it; uint8 image."""
    side = int(rng.integers(min(size, 128), photos[0].height + 1))
    left = int(rng.integers(0, photos[0].width - side + 1))
    top = int(rng.integers(0, photos[0].height - side + 1))
    level = int(side >= 2 * size)  # the half-sized copy has pixels enough
    box = [edge / 2**level for edge in (left, top, left + side, top + side)]
    crop = photos[level].resize((size, size), Image.Resampling.BILINEAR, box=box)
    if rng.random() < 0.5:
        crop = crop.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    radius = blur * rng.random()
    return crop.filter(ImageFilter.BoxBlur(radius)) if radius > 0.25 else crop


def compose(
    rng: np.random.Generator,
    library: Library,
    backdrop: tuple[Image.Image, ...],
    labels: np.ndarray,
    *,
    scales: tuple[float, float],
    blur: float,
    size: int,
) -> Composite:
    """Paste a random sprite of each label where it hides no other; leave out what finds no room."""
    canvas = np.array(crop_backdrop(rng, backdrop, size, blur), "float32")
    canvas *= rng.uniform(0.75, 1.15)
    owner = np.zeros((size, size), "uint8")
    boxes, kept = [], []
    for label in labels:
        row = rng.choice(library.rows[label])
        sprite = _shrink(rng, library, row, size * rng.uniform(*scales))
        place = _find_room(rng, owner, *sprite.shape[:2])
        if place is None:
            continue
        region = np.s_[place[0] : place[0] + len(sprite), place[1] : place[1] + sprite.shape[1]]
        visible = _paste(rng, canvas[region], sprite, inked=library.inked)
        owner[region][visible] = len(kept) + 1
        boxes.append(_box(visible, place))
        kept.append(label)
    pixels = np.clip(canvas, 0, 255) / np.float32(255)
    return Composite(pixels, owner, np.float32(boxes).reshape(-1, 4), np.int64(kept))


def scene_generator(split: str, count: int, seed: int, size: int) -> np.random.Generator:
    """Check what all scenes have in common and return the generator of a split and a seed."""
    require_choice("split", split, SPLITS)
    require_whole_number("count", count, low=1, high=100_000)
    require_whole_number("size", size, low=32, high=256)
    seed = require_whole_number("seed", seed, low=0, high=2**32 - 1)
    return np.random.default_rng([seed, SPLITS.index(split)])


def blank_images(count: int, size: int, channels: int) -> np.ndarray:
    return np.zeros((count, size, size, channels), "float32")


def _pyramid(image: Image.Image, levels: int) -> tuple[Image.Image, ...]:
    """Return an image at its full size, half of it, a quarter of it ..."""
    return image, *(image.reduce(2**level) for level in range(1, levels))


def _shrink(rng, library: Library, row: int, side: float) -> np.ndarray:
    side = max(8, round(side))
    sizes = library.images[row]  # the smallest copy with pixels enough, or the largest there is
    sprite = next((image for image in reversed(sizes) if image.width >= side), sizes[0])
    pixels = np.asarray(sprite.resize((side, side), Image.Resampling.BILINEAR))
    return pixels[:, ::-1] if library.flips and rng.random() < 0.5 else pixels


def _find_room(rng, owner: np.ndarray, height: int, width: int) -> tuple[int, int] | None:
    """Pick a random corner at which a sprite covers no more than a tenth of another's pixels."""
    for _ in range(TRIES):
        top = int(rng.integers(0, owner.shape[0] - height + 1))
        left = int(rng.integers(0, owner.shape[1] - width + 1))
        taken = np.count_nonzero(owner[top : top + height, left : left + width])
        if taken <= 0.02 * height * width:
            return top, left
    return None


def _paste(rng, region: np.ndarray, sprite: np.ndarray, *, inked: bool) -> np.ndarray:
    """Blend a sprite into a region of the canvas, in place; return where it is visible."""
    if inked:
        alpha = sprite.astype("float32") / 255
        dark = region.mean() > 128
        ink = rng.uniform(0, 70, 3) if dark else rng.uniform(185, 255, 3)
        region += (np.float32(ink) - region) * alpha[..., None]
        return sprite >= VISIBLE
    opaque = sprite[..., 3]
    region *= (255 - opaque[..., None]) * np.float32(1 / 255)
    region += sprite[..., :3]
    return opaque >= VISIBLE


def _box(visible: np.ndarray, place: tuple[int, int]) -> tuple[int, int, int, int]:
    rows, columns = np.flatnonzero(visible.any(axis=1)), np.flatnonzero(visible.any(axis=0))
    top, left = place
    return left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1
