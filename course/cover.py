"""The README's picture: one real output a lesson, taken from the executed solutions."""

import base64
import io
from pathlib import Path

import matplotlib
import nbformat
from PIL import Image, ImageDraw, ImageFont

from course.lessons import Course
from grading.errors import UserError

COVER = Path("course/site/cover.jpg")
# lesson -> (words of the figure's caption, the part of the picture to show, in fractions)
PICKS = {
    "02_mlp": ("One hidden unit draws a line", (0, 0, 1, 1)),
    "06_saliency": ("The same network and the same picture", (0, 0, 1, 1)),
    "07_unet": ("Objects and backgrounds are new", (0, 0.06, 1, 1)),
    "08_yolo": ("Test scenes, handwriting and photos never seen", (0, 0, 1, 1)),
    "09_vae": ("The whole latent plane as images", (0, 0, 1, 1)),
    "10_gan": ("The same twelve random vectors", (0, 0, 1, 1)),
}
TILE, STRIP, GAP, COLUMNS = (560, 250), 34, 16, 2


def draw_cover(course: Course) -> Image.Image:
    """Lay out the picked figures, two in a row, each over its lesson's number and name.

    Raises:
        UserError: a picked figure is in no solution any more.
    """
    rows = -(-len(PICKS) // COLUMNS)
    width, height = TILE[0] + GAP, TILE[1] + STRIP + GAP
    sheet = Image.new("RGB", (COLUMNS * width + GAP, rows * height + GAP), "white")
    font = ImageFont.truetype(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf", 18)
    for place, (name, (words, part)) in enumerate(PICKS.items()):
        row, column = divmod(place, COLUMNS)
        corner = (GAP + column * width, GAP + row * height)
        tile = _fit(_crop(find_figure(course, name, words), part))
        middle = [(whole - side) // 2 for whole, side in zip(TILE, tile.size, strict=True)]
        sheet.paste(tile, (corner[0] + middle[0], corner[1] + middle[1]))
        label = _title(course, name)
        ImageDraw.Draw(sheet).text((corner[0], corner[1] + TILE[1] + 6), label, "#333333", font)
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


def _title(course: Course, name: str) -> str:
    cell = nbformat.read(course.lesson(name).solution, as_version=4).cells[0]
    return cell.source.splitlines()[0].removeprefix("# ")


def _crop(picture: Image.Image, part: tuple[float, float, float, float]) -> Image.Image:
    sides = (picture.width, picture.height) * 2
    return picture.crop(tuple(round(edge * side) for edge, side in zip(part, sides, strict=True)))


def _fit(picture: Image.Image) -> Image.Image:
    scale = min(TILE[0] / picture.width, TILE[1] / picture.height)
    size = round(picture.width * scale), round(picture.height * scale)
    return picture.resize(size, Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw_cover(Course(Path.cwd())).save(COVER, quality=85)
    print(f"Wrote {COVER}")
