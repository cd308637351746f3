"""The README's picture of a class report shows what grading the sample class gives today."""

from PIL import Image

from course.lessons import Course
from course.report_picture import LESSON, PICTURE, mark_of, sample_report
from tests.conftest import ROOT


def test_the_picture_was_made_of_the_report_as_it_is():
    report = sample_report(Course(ROOT).lesson(LESSON))
    assert Image.open(ROOT / PICTURE).info["comment"] == mark_of(report), "make report-picture"


def test_the_readme_shows_it():
    assert f"]({PICTURE})" in (ROOT / "README.md").read_text()
