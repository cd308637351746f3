"""What the site and the cover say of a lesson is what the README's table says."""

import re

import pytest

from course.lessons import Course
from course.overview import cover_words, read_overview
from grading.errors import UserError
from tests.conftest import ROOT

TABLE = """Some words.

| Lesson | You build | Points | Runs in |
|---|---|---|---|
| [0 · Another](notebooks/00_other/other.ipynb) | nothing | 1 | 1 s |
| [1 · A toy](notebooks/01_toy/toy.ipynb){badge} | a toy, by hand | 9 | about 5 s |

| Folder | What is in it |
|---|---|
| `helpers/` | code |
"""
BADGE = " [![Open in Colab](https://colab/badge.svg)](https://colab/notebooks/01_toy/toy.ipynb)"


@pytest.mark.parametrize("badge", ["", BADGE])
def test_a_row_is_read_with_a_badge_and_without(toy, badge):
    (toy.root / "README.md").write_text(TABLE.format(badge=badge))
    told = read_overview(toy.lesson("01_toy"))
    assert (told.name, told.you_build, told.runs_in) == ("1 · A toy", "a toy, by hand", "about 5 s")


@pytest.mark.parametrize(
    "text",
    [
        *("", "# No table", TABLE.replace("01_toy", "02_toy"), TABLE.replace("Runs in", "Takes")),
        TABLE[TABLE.index("| Folder") :],
    ],
)
def test_a_table_that_does_not_tell_is_named(toy, text):
    (toy.root / "README.md").write_text(text)
    with pytest.raises(UserError, match="columns Lesson, You build, Runs in and a link to note"):
        read_overview(toy.lesson("01_toy"))


def test_every_lesson_is_in_the_table():
    for lesson in Course(ROOT).lessons():
        told = read_overview(lesson)
        assert told.name.startswith(lesson.name[:2])
        assert len(told.you_build) > 20 and re.search("second|minute| s$", told.runs_in)


def test_a_readme_without_the_cover_is_named(toy):
    with pytest.raises(UserError, match=r"does not show course/site/cover\.jpg"):
        cover_words(toy)
