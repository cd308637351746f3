"""What the README's table says of each lesson: the site and the cover read it there alone."""

import re
from dataclasses import dataclass

from course.lessons import Course, Lesson
from grading.errors import UserError

COLUMNS = ("Lesson", "You build", "Runs in")
_PICTURE = re.compile(r"(?m)^!\[([^\]]+)\]\(course/site/cover\.jpg\)$")


@dataclass(frozen=True)
class Overview:
    """A lesson in a few words: its name, such as "03 · Convolutional networks"; what it is on."""

    name: str
    you_build: str
    runs_in: str


def read_overview(lesson: Lesson) -> Overview:
    """Return the row of a lesson in the README's table.

    Raises:
        UserError: there is no such table, or no row in it for this lesson.
    """
    path = lesson.release.relative_to(lesson.course.root).as_posix()
    heads, *rows = _table(_readme(lesson.course))
    row = next((row for row in rows if f"]({path})" in row[0]), None)
    if row is None or not set(COLUMNS) <= set(heads):
        raise UserError(
            f"README.md has no table with the columns {', '.join(COLUMNS)} and a link to {path}"
        )
    cells = dict(zip(heads, row, strict=False))
    link, you_build, runs_in = (cells.get(column, "") for column in COLUMNS)
    name = re.search(rf"\[([^\[\]]*)\]\({re.escape(path)}\)", link)
    return Overview(name[1] if name else lesson.name, you_build, runs_in)


def cover_words(course: Course) -> str:
    """Return how the README describes the cover to those who do not see it.

    Raises:
        UserError: the README does not show the cover.
    """
    found = _PICTURE.search(_readme(course))
    if not found:
        raise UserError("README.md does not show course/site/cover.jpg with a description")
    return found[1]


def _table(text: str) -> list[list[str]]:
    """Return the cells of the first table, its head first; one empty row where there is none."""
    lines = re.search(r"(?m)(?:^\|.*\|$\n?)+", text)
    rows = [line.strip("| ").split(" | ") for line in lines[0].splitlines()] if lines else [[]]
    return [row for row in rows if not set("".join(row)) <= set("|-: ")] or [[]]


def _readme(course: Course) -> str:
    place = course.root / "README.md"
    return place.read_text("utf-8") if place.is_file() else ""
