"""The README's picture: real outputs of six lessons, taken from the executed solutions."""

import base64
import io
from pathlib import Path
from typing import NamedTuple

import matplotlib
import nbformat
from PIL import Image, ImageDraw, ImageFont, ImageOps

from course.lessons import Course
from course.overview import read_overview
from grading.errors import UserError

COVER = Path("course/site/cover.jpg")
TILE, STRIP, GAP, COLUMNS = (600, 200), 46, 24, 3  # pixels of the sheet; tiles in a row
SEAM = 6  # pixels between two panels of a tile


class Panels(NamedTuple):
    """Along one side of a figure: where its panels lie, in pixels, and which of them to show."""

    first: float
    size: float
    step: float
    chosen: tuple[int, ...]


# lesson -> (words of the figure's caption, its panels from left to right, and downwards)
PICKS = {
    "02_mlp": (
        "One hidden unit draws a line",
        *(Panels(4, 241, 249.7, (0, 2, 3)), Panels(27, 246, 246, (0,))),
    ),
    "06_saliency": (
        "The same network and the same picture",
        *(Panels(4, 203, 211, (0, 1, 2)), Panels(21, 202, 202, (0,))),
    ),
    "07_unet": (
        "Objects and backgrounds are new",
        *(Panels(24.5, 101, 110.3, (0, 1, 3, 4, 5, 6)), Panels(28, 101, 111.5, (0, 2))),
    ),
    "08_yolo": (
        "Test scenes, handwriting and photos never seen",
        *(Panels(4, 203, 211.3, (0, 1, 2)), Panels(13, 202, 230, (1,))),
    ),
    "09_vae": (
        "The whole latent plane as images",
        *(Panels(24, 31.5, 31.5, (0, 2, 4, 6, 7, 8, 9, 10, 12, 14, 16, 17)),),
        *(Panels(21, 31.5, 31.5, (0, 2, 7, 17)),),
    ),
    "10_gan": (
        "The same twelve random vectors",
        *(Panels(81, 54, 62.4, tuple(range(12))), Panels(11, 54, 76.7, (0, 1, 2, 6))),
    ),
}


def draw_cover(course: Course) -> Image.Image:
    """Lay out the picked panels, a tile a lesson, each over the lesson's number and name.

    Raises:
        UserError: a picked figure is in no solution any more.
    """
    rows = -(-len(PICKS) // COLUMNS)
    width, height = TILE[0] + GAP, TILE[1] + STRIP + GAP
    sheet = Image.new("RGB", (COLUMNS * width + GAP, rows * height + GAP), "white")
    font = ImageFont.truetype(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf", 29)
    for place, (name, (words, across, down)) in enumerate(PICKS.items()):
        row, column = divmod(place, COLUMNS)
        corner = (GAP + column * width, GAP + row * height)
        sheet.paste(_tile(find_figure(course, name, words), across, down), corner)
        label = read_overview(course.lesson(name)).name
        ImageDraw.Draw(sheet).text((corner[0], corner[1] + TILE[1] + 8), label, "#333333", font)
    return sheet


def find_figure(course: Course, name: str, words: str) -> Image.Image:
    """Return the first figure of a solution whose caption holds some words."""
    for cell in nbformat.read(course.lesson(name).solution, as_version=4).cells:
        for output in cell.get("outputs", []):
            for kind in {"image/png", "image/jpeg"} & set(output.get("data", {})):
                if words in output.metadata.get(kind, {}).get("alt", ""):
                    data = base64.b64decode(output.data[kind])
                    return Image.open(io.BytesIO(data)).convert("RGB")
    raise UserError(
        f"{name} has no figure whose caption says {words!r}: choose another for the cover"
    )


def _tile(figure: Image.Image, across: Panels, down: Panels) -> Image.Image:
    """Fill a tile with the chosen panels of a figure."""
    tile = Image.new("RGB", TILE, "white")
    for left, width, place in _sides(across, TILE[0]):
        for top, height, where in _sides(down, TILE[1]):
            sides = place[0], where[0], place[1], where[1]
            panel = figure.crop(tuple(map(round, (left, top, left + width, top + height))))
            size = sides[2] - sides[0], sides[3] - sides[1]
            tile.paste(ImageOps.fit(panel, size, Image.Resampling.LANCZOS), sides[:2])
    return tile


def _sides(panels: Panels, length: int) -> list[tuple[float, float, tuple[int, int]]]:
    """Return each chosen panel's start and size in the figure, and its two edges in the tile."""
    seam = SEAM if panels.step > panels.size else 0
    step = (length + seam) / len(panels.chosen)
    edges = [(round(n * step), round((n + 1) * step) - seam) for n in range(len(panels.chosen))]
    starts = [panels.first + n * panels.step for n in panels.chosen]
    return [(start, panels.size, edge) for start, edge in zip(starts, edges, strict=True)]


if __name__ == "__main__":
    draw_cover(Course(Path.cwd())).save(COVER, quality=85)
    print(f"Wrote {COVER}")
