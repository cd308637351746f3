"""Every lesson: built, leaking nothing, running on the short budget, and graded as it should be."""

import os

import nbformat
import pytest
from nbformat import NotebookNode

from course.banks import read_bank
from course.build import LARGEST, is_stale
from course.check import release_faults, score_faults, with_and_without_answers
from course.grading import grade_notebooks
from course.lessons import Course
from course.variants import pack_bank
from grading.cells import is_grade, is_solution
from grading.judge.needed import needed_cells
from tests.conftest import ROOT

LESSONS = Course(ROOT).lessons()
NAMES = [lesson.name for lesson in LESSONS]
LEAST_NAMED = 0.8  # share of the wrong answers whose misconception a check must name


def test_there_are_lessons():
    assert NAMES[:2] == ["01_perceptron", "02_mlp"]


@pytest.mark.parametrize("lesson", LESSONS, ids=NAMES)
def test_built_files_belong_to_their_source(lesson):
    assert is_stale(lesson) == ""
    assert lesson.solution.stat().st_size <= LARGEST


@pytest.fixture(scope="module", params=LESSONS, ids=NAMES)
def graded(request):
    """A lesson's solution, its unsolved release and its whole bank, graded as one class."""
    lesson = request.param
    bank = pack_bank(lesson)
    notebooks = with_and_without_answers(lesson) | bank.notebooks
    return bank, grade_notebooks(lesson, notebooks)


def test_the_solution_earns_all_and_the_release_nothing(graded):
    _, results = graded
    assert score_faults(results) == []


def test_an_open_exercise_is_told_as_such(graded):
    _, results = graded
    told = {check.message for check in results["unsolved"].checks}
    assert told <= {"this exercise is not answered yet", "no answer"}


def test_the_bank_is_judged_as_it_should_be(graded):
    bank, results = graded
    verdicts = bank.verdicts(results)
    misjudged = [
        (v.answer.exercise, "right" if v.answer.right else "wrong", v.answer.name, v.message)
        for v in verdicts
        if not v.as_it_should
    ]
    assert misjudged == []
    wrong = [verdict for verdict in verdicts if not verdict.answer.right]
    assert sum(verdict.named for verdict in wrong) >= LEAST_NAMED * len(wrong)


@pytest.mark.parametrize("lesson", LESSONS, ids=NAMES)
def test_the_students_notebook_is_nbgraders_and_leaks_nothing(lesson):
    assert release_faults(lesson) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=NAMES)
def test_the_students_folder_holds_the_notebook_alone(lesson):
    files = [name for _, _, names in os.walk(lesson.release.parent) for name in names]
    assert files == [lesson.release.name]


@pytest.mark.parametrize("lesson", LESSONS, ids=NAMES)
def test_a_grade_depends_on_few_of_the_given_cells(lesson):
    """A check that shares a name with a figure makes every submission draw it: rename one."""
    cells = nbformat.read(lesson.solution, as_version=4).cells
    given = {c.id for c in cells if c.cell_type == "code" and not (is_solution(c) or is_grade(c))}
    assert len(needed_cells(NotebookNode(cells=cells), given)) <= 0.2 * len(given)


@pytest.mark.parametrize("lesson", LESSONS, ids=NAMES)
def test_every_picture_of_the_solution_has_a_caption(lesson):
    for cell in nbformat.read(lesson.solution, as_version=4).cells:
        for output in cell.get("outputs", []):
            for kind in {"image/png", "image/jpeg"} & set(output.get("data", {})):
                assert output.metadata.get(kind, {}).get("alt"), f"no alt text in {cell.id}"


@pytest.mark.parametrize("lesson", LESSONS, ids=NAMES)
def test_no_cell_of_the_solution_failed_or_warned(lesson):
    for cell in nbformat.read(lesson.solution, as_version=4).cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", cell.id
            assert output.get("name") != "stderr", f"{cell.id}: {output.text}"


@pytest.mark.parametrize("lesson", LESSONS, ids=NAMES)
def test_the_bank_is_large_enough(lesson):
    counts: dict[str, list[int]] = {}
    for answer in read_bank(lesson):
        counts.setdefault(answer.exercise, [0, 0])[answer.right] += 1
    solutions = [
        cell.metadata.nbgrader.grade_id
        for cell in nbformat.read(lesson.solution, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code"
    ]
    for exercise in solutions:
        wrong, right = counts.get(exercise, [0, 0])
        assert (wrong >= 5, right >= 2) == (True, True), f"{exercise}: {wrong} wrong, {right} right"
