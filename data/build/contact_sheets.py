"""Draw a picture of every set for data/README.md: `python data/build/contact_sheets.py`."""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from helpers import datasets  # noqa: E402  (the checkout need not be installed)
from helpers.photos import photo_index, read_photo  # noqa: E402

TARGET = ROOT / "data" / "sheets"
GAP = 3


def tile(rows: list[list[np.ndarray]], *, side: int) -> Image.Image:
    """Lay out rows of images in [0, 1], each shrunk or grown to a square of side pixels."""
    width = max(len(row) for row in rows) * (side + GAP) + GAP
    sheet = Image.new("RGB", (width, len(rows) * (side + GAP) + GAP), "white")
    for top, row in enumerate(rows):
        for left, image in enumerate(row):
            pixels = Image.fromarray(np.uint8(np.clip(image, 0, 1) * 255)).convert("RGB")
            corner = (GAP + left * (side + GAP), GAP + top * (side + GAP))
            sheet.paste(pixels.resize((side, side), Image.Resampling.LANCZOS), corner)
    return sheet


def digits() -> Image.Image:
    """A row of test digits for each class."""
    images, labels = datasets.digits("test")
    return tile([list(images[labels == digit][:20]) for digit in range(10)], side=40)


def emoji() -> Image.Image:
    """A row for each style, with two training emoji of each concept."""
    rows = []
    for style in datasets.EMOJI_STYLES:
        sprites, labels = datasets.emoji("train", styles=(style,))
        shown = [np.flatnonzero(labels == label)[:2] for label in range(8)]
        rows.append(list(datasets.lay_on_colour(sprites[np.concatenate(shown)])))
    return tile(rows, side=56)


def cutouts() -> Image.Image:
    """A row for each of the six classes."""
    rows = []
    for name in datasets.ALL_CUTOUT_CLASSES:
        sprites, _ = datasets.cutouts("train", classes=(name,))
        rows.append(list(datasets.lay_on_colour(sprites[:12])))
    return tile(rows, side=80)


def photos() -> Image.Image:
    """Every photograph: backgrounds of the three splits, then the samples."""
    names = [[p["file"] for p in photo_index() if p["split"] == s] for s in (*datasets.SPLITS, "")]
    rows = [[read_photo(name) / 255 for name in group] for group in names]
    return tile([rows[0][:10], rows[0][10:], *rows[1:]], side=96)


def nuclei() -> Image.Image:
    """Crops of the three splits, each above its mask."""
    rows = []
    for split in datasets.SPLITS:
        images, masks = datasets.nuclei(split, 10)
        rows += [list(images[..., 0] * 1.5), list(masks[..., 0])]
    return tile(rows, side=96)


def scenes() -> Image.Image:
    """Segmentation scenes above their masks, then biased scenes, grass and snow."""
    rows = []
    for kind in ("digits", "emoji", "cutouts"):
        images, masks = datasets.segmentation_scenes("train", 10, sprites=kind, size=96)
        rows += [list(images), list(masks[..., 0])]
    return tile([*rows, list(datasets.biased_scenes("train", 10).images)], side=96)


def detection() -> Image.Image:
    """Detection scenes with their boxes, a row of training and one of test for each sprite."""
    rows = []
    for kind in ("digits", "emoji", "cutouts"):
        for split in ("train", "test"):
            images, objects = datasets.detection_scenes(split, 8, sprites=kind, size=128)
            rows.append([outline(*pair) for pair in zip(images, objects, strict=True)])
    return tile(rows, side=128)


def outline(image: np.ndarray, objects: datasets.Objects) -> np.ndarray:
    picture = Image.fromarray(np.uint8(image * 255))
    for left, top, right, bottom in objects.boxes:
        ImageDraw.Draw(picture).rectangle((left, top, right - 1, bottom - 1), outline="yellow")
    return np.asarray(picture) / 255


SHEETS = (digits, emoji, cutouts, photos, nuclei, scenes, detection)


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    for draw in SHEETS:
        draw().save(TARGET / f"{draw.__name__}.jpg", quality=85)
        print(TARGET.relative_to(ROOT) / f"{draw.__name__}.jpg")


if __name__ == "__main__":
    main()
