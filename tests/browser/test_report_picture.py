"""The README's picture of a class report is drawn by a command, of the page as it is."""

import json

import pytest

from course.report_picture import SHARPNESS, WIDTH, draw_report
from grading.errors import UserError


@pytest.fixture
def ready(chromium, tmp_path):
    """What `make browser` noted down, in a file of its own."""
    place = tmp_path / "ready.json"
    place.write_text(json.dumps(chromium))
    return place


def test_a_report_is_drawn_no_taller_than_wide(graded, ready):
    page = (graded.root / "grading/reports/01_toy.html").read_text()
    picture = draw_report(page, ready)
    assert picture.width == WIDTH * SHARPNESS >= picture.height
    assert len(picture.getcolors(picture.width * picture.height)) > 50


def test_a_page_without_a_part_is_named(graded, ready):
    page = (graded.root / "grading/reports/01_toy.html").read_text()
    with pytest.raises(UserError, match="has no part misconceptions to show"):
        draw_report(page.replace('id="misconceptions"', ""), ready)


def test_without_a_browser_the_next_step_is_named(tmp_path):
    with pytest.raises(UserError, match="run make browser"):
        draw_report("", tmp_path / "ready.json")
