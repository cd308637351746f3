"""Things cut out of their background: emoji in seven drawn styles and photographed cut-outs."""

import json
from functools import lru_cache

import numpy as np
from PIL import Image

from helpers.arguments import require_choice, require_whole_number
from helpers.storage import SPLITS, to_unit, verified_path

EMOJI_CONCEPTS = ("book", "car", "clock", "face", "fish", "flower", "fruit", "heart")
EMOJI_GROUPS = ("face", "animal_or_plant", "food", "travel", "activity", "object")
EMOJI_STYLES = ("noto", "noto_v1", "twemoji", "emojione", "emojione_v1", "openmoji", "fluent")
SEEN_STYLES, UNSEEN_STYLES = EMOJI_STYLES[:6], EMOJI_STYLES[6:]
SHAREALIKE_STYLES = ("emojione_v1", "openmoji")
CUTOUT_CLASSES = ("bird", "mammal", "produce", "flower")
ALL_CUTOUT_CLASSES = (*CUTOUT_CLASSES, "sea_or_insect", "tool")
CUTOUT_FOLDS = 3


def emoji(
    split: str, *, classes: str = "concepts", styles: str | tuple[str, ...] = "seen"
) -> tuple[np.ndarray, np.ndarray]:
    """Load emoji sprites; a split has emoji of its own, whatever the style.

    Args:
        split: "train", "validation" or "test".
        classes: "concepts" (EMOJI_CONCEPTS: eight things that look alike in every style) or
            "groups" (EMOJI_GROUPS: 651 emoji in six broad groups).
        styles: "seen" (six styles to train on), "unseen" (one that training never shows) or a
            tuple of names from EMOJI_STYLES.

    Returns:
        sprites: float32 (n, 64, 64, 4) in [0, 1]: red, green, blue (not premultiplied), alpha;
            the same emoji in the order of the styles.
        labels: int64 (n,), an index into EMOJI_CONCEPTS or EMOJI_GROUPS.

    Raises:
        ValueError: the split, the classes or a style has another name.

    Source: Noto, Twemoji, EmojiOne, Fluent and OpenMoji, see data/README.md.
    """
    pixels, labels = emoji_pixels(split, classes=classes, styles=styles)
    return to_unit(pixels), labels


def emoji_pixels(split: str, *, classes: str = "concepts", styles="seen"):
    """Load the same sprites as `emoji`, as uint8 in [0, 255]."""
    require_choice("split", split, SPLITS)
    require_choice("classes", classes, ("concepts", "groups"))
    chosen = {"seen": SEEN_STYLES, "unseen": UNSEEN_STYLES}.get(styles, styles)
    for style in [chosen] if isinstance(chosen, str) else chosen:
        require_choice("styles", style, ("seen", "unseen", *EMOJI_STYLES))
    chosen = (chosen,) if isinstance(chosen, str) else tuple(chosen)
    index = _index("emoji/emoji.json")
    names = EMOJI_CONCEPTS if classes == "concepts" else EMOJI_GROUPS
    labels = [names.index(name) if name in names else -1 for name in index[classes[:-1]]]
    rows = np.flatnonzero((np.array(index["split"]) == split) & (np.array(labels) >= 0))
    pixels = np.concatenate([_sheet(_emoji_file(style), 64)[rows] for style in chosen])
    return pixels, np.tile(np.array(labels, "int64")[rows], len(chosen))


def cutouts(
    split: str, *, fold: int = 0, classes: tuple[str, ...] = CUTOUT_CLASSES
) -> tuple[np.ndarray, np.ndarray]:
    """Load photographed animals, plants and things without their background.

    Args:
        split: "train" (three fifths of each class), "validation" or "test" (a fifth each).
        fold: 0, 1 or 2; the three test sets share no cut-out.
        classes: names from ALL_CUTOUT_CLASSES; their order gives the labels.

    Returns:
        sprites: float32 (n, 128, 128, 4) in [0, 1]: red, green, blue (not premultiplied), alpha.
        labels: int64 (n,), an index into classes.

    Raises:
        ValueError: the split, the fold or a class is not one of those above.

    Source: Tux Paint's stamps (GPL-2), see data/README.md.
    """
    pixels, labels = cutout_pixels(split, fold=fold, classes=classes)
    return to_unit(pixels), labels


def cutout_pixels(split: str, *, fold: int = 0, classes: tuple[str, ...] = CUTOUT_CLASSES):
    """Load the same sprites as `cutouts`, as uint8 in [0, 255]."""
    require_choice("split", split, SPLITS)
    fold = require_whole_number("fold", fold, low=0, high=CUTOUT_FOLDS - 1)
    for name in classes:
        require_choice("classes", name, ALL_CUTOUT_CLASSES)
    index = _index("cutouts-gpl/cutouts.json")
    labels = [classes.index(name) if name in classes else -1 for name in index["class"]]
    rows = np.flatnonzero((np.array(index["folds"][fold]) == split) & (np.array(labels) >= 0))
    return _sheet("cutouts-gpl/cutouts.webp", 128)[rows], np.array(labels, "int64")[rows]


def cutout_named(name: str) -> np.ndarray:
    """Load one photographed cut-out by its name, such as "rainbow-lorikeet".

    Returns:
        float32 (128, 128, 4) in [0, 1]: red, green, blue (not premultiplied), alpha.

    Raises:
        ValueError: there is no cut-out of that name.
    """
    names = _index("cutouts-gpl/cutouts.json")["name"]
    require_choice("name", name, names)
    return to_unit(_sheet("cutouts-gpl/cutouts.webp", 128)[names.index(name)])


def lay_on_colour(
    sprites: np.ndarray, *, colour: tuple[float, float, float] = (1.0, 1.0, 1.0)
) -> np.ndarray:
    """Lay sprites on a plain colour.

    Args:
        sprites: float32 (..., height, width, 4) in [0, 1].
        colour: red, green and blue in [0, 1].

    Returns:
        float32 (..., height, width, 3) in [0, 1].
    """
    alpha = sprites[..., 3:]
    return sprites[..., :3] * alpha + np.asarray(colour, "float32") * (1 - alpha)


def _emoji_file(style: str) -> str:
    return f"{'emoji-sharealike' if style in SHAREALIKE_STYLES else 'emoji'}/{style}.webp"


def _index(name: str) -> dict:
    return json.loads(verified_path(name).read_text("utf-8"))


def _sheet(name: str, size: int) -> np.ndarray:
    return _cut(str(verified_path(name)), size)


@lru_cache(maxsize=8)
def _cut(path: str, size: int) -> np.ndarray:
    """Cut a sheet of square sprites into uint8 (n, size, size, 4), row by row."""
    with Image.open(path) as image:
        sheet = np.asarray(image.convert("RGBA"))
    rows, columns = sheet.shape[0] // size, sheet.shape[1] // size
    tiles = sheet.reshape(rows, size, columns, size, 4).swapaxes(1, 2)
    return tiles.reshape(-1, size, size, 4)
