"""Printed digits, from the fonts that Matplotlib brings along: the style no handwriting has."""

from functools import lru_cache
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONTS = (
    "DejaVuSans",
    "DejaVuSans-Bold",
    "DejaVuSansMono",
    "DejaVuSerif",
    "DejaVuSerif-Italic",
    "STIXGeneral",
    "cmr10",
    "cmtt10",
)
INK, SIDE = 20, 28  # as in MNIST: the longer side of a digit, and of its image


@lru_cache(maxsize=1)
def printed_digits() -> tuple[np.ndarray, np.ndarray]:
    """Draw the ten digits in each of FONTS, in the size and place of handwritten ones.

    Returns:
        images: uint8 (80, 28, 28), white ink on black, font by font.
        labels: int64 (80,) in [0, 10).

    Source: DejaVu, STIX and Computer Modern as shipped with Matplotlib; read where it is
        installed, nothing is copied into this course.
    """
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    fonts = [ImageFont.truetype(folder / f"{name}.ttf", 4 * SIDE) for name in FONTS]
    images = [_draw(str(digit), font) for font in fonts for digit in range(10)]
    return np.array(images), np.tile(np.arange(10, dtype="int64"), len(FONTS))


def _draw(digit: str, font: ImageFont.FreeTypeFont) -> np.ndarray:
    """Draw a digit large, cut it out and scale it into the middle of an image."""
    large = Image.new("L", (8 * SIDE, 8 * SIDE))
    ImageDraw.Draw(large).text((2 * SIDE, 2 * SIDE), digit, fill=255, font=font)
    ink = large.crop(large.getbbox())
    scale = INK / max(ink.size)
    ink = ink.resize([max(1, round(side * scale)) for side in ink.size], Image.Resampling.BOX)
    image = Image.new("L", (SIDE, SIDE))
    image.paste(ink, ((SIDE - ink.width) // 2, (SIDE - ink.height) // 2))
    return np.asarray(image)
