"""A student's hour in JupyterLab: answers typed in, run, and validated."""

import re
import shutil
import tempfile
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from course.lessons import Course
from course.sample import with_solutions
from grading.cells import grade_id, is_solution
from tests.browser.lab import CELL, MINUTES, open_notebook, run_all, type_answer
from tests.conftest import ROOT

LESSON = "notebooks/01_perceptron/perceptron.ipynb"
MULTIPLIED = "def add(a, b):\n    return a * b\n"
SUCCESS = "Success! Your notebook passes all the tests."


@pytest.fixture
def toy_notebook(graded) -> str:
    """A fresh copy of the toy lesson's release, by its path below the course."""
    folder = Path(tempfile.mkdtemp(dir=graded.root / "notebooks"))
    shutil.copy(graded.lesson("01_toy").release, folder)
    return f"notebooks/{folder.name}/toy.ipynb"


def answers(course: Course, name: str) -> dict[int, str]:
    """Return the solution's answer for the position of each open cell of a release."""
    lesson = course.lesson(name)
    solution, release = (nbformat.read(path, 4) for path in (lesson.solution, lesson.release))
    solved = with_solutions(release, solution, lambda position: True)
    return {i: each.source for i, each in enumerate(solved.cells) if is_solution(each)}


def validate(page) -> str:
    """Press Validate and return what the dialog says."""
    page.get_by_role("button", name="Validate").click()
    dialog = page.locator(".jp-Dialog-content", has_text="Validation")
    expect(dialog).to_be_visible(timeout=MINUTES)
    return dialog.inner_text()


def test_a_lesson_runs_from_the_first_to_the_last_cell(page, lab):
    open_notebook(page, lab, LESSON)
    for index, text in answers(Course(ROOT), "01_perceptron").items():
        type_answer(page, index, text)
    assert run_all(page) == []
    last = page.locator(CELL).last
    expect(last).to_contain_text(re.compile(r"(\d+) of \1 exercises and questions pass"))
    assert page.get_by_role("slider").count() >= 3  # the widgets of try_a_line
    assert SUCCESS in validate(page)


def test_a_wrong_answer_names_its_misconception(page, lab, graded, toy_notebook):
    open_notebook(page, lab, toy_notebook)
    release = nbformat.read(graded.lesson("01_toy").release, 4)
    index = [grade_id(each) for each in release.cells].index("add")
    type_answer(page, index, MULTIPLIED)
    (error,) = run_all(page)
    assert "add(2, 3)" in error and "Likely cause: the numbers are multiplied" in error


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [(None, SUCCESS), (MULTIPLIED, "Likely cause: the numbers are multiplied")],
    ids=["right", "wrong"],
)
def test_validate_tells_a_right_answer_from_a_wrong_one(
    page, lab, graded, toy_notebook, answer, verdict
):
    open_notebook(page, lab, toy_notebook)
    typed = answers(graded, "01_toy")
    if answer:
        typed[min(typed)] = answer
    for index, text in typed.items():
        type_answer(page, index, text)
    told = validate(page)
    assert verdict in told
    assert (told.count("The following cell failed") > 0) == bool(answer)
