"""The README's picture shows what the executed solutions show."""

import numpy as np
import pytest
from PIL import Image

from course.cover import COVER, PICKS, draw_cover, find_figure
from course.lessons import Course
from grading.errors import UserError
from tests.conftest import ROOT


def test_the_cover_is_made_of_the_solutions_as_they_are():
    fresh = np.asarray(draw_cover(Course(ROOT)), dtype=float)
    kept = np.asarray(Image.open(ROOT / COVER), dtype=float)
    assert kept.shape == fresh.shape
    assert abs(kept - fresh).mean() < 4  # of 255: JPEG loses a little


def test_the_cover_is_wide_so_that_the_table_below_it_stays_in_sight():
    width, height = Image.open(ROOT / COVER).size
    assert width > 3 * height


@pytest.mark.parametrize("name", PICKS)
def test_the_panels_lie_inside_their_figure(name):
    words, *sides = PICKS[name]
    figure = find_figure(Course(ROOT), name, words)
    for panels, length in zip(sides, figure.size, strict=True):
        assert panels.first + max(panels.chosen) * panels.step + panels.size <= length


def test_a_figure_that_is_gone_gets_one_sentence(built_toy):
    with pytest.raises(UserError, match="no figure whose caption says 'a unicorn'"):
        find_figure(built_toy, "01_toy", "a unicorn")


def test_the_readme_shows_it():
    assert f"]({COVER})" in (ROOT / "README.md").read_text()
