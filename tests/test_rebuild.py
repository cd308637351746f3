"""A mangled notebook keeps every point that its answers earn."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from course.sample import with_solutions
from grading.rebuild import rebuild


@pytest.fixture
def books(built_toy):
    lesson = built_toy.lesson("01_toy")
    solution = nbformat.read(lesson.solution, as_version=4)
    release = nbformat.read(lesson.release, as_version=4)
    return solution, release, with_solutions(release, solution, lambda position: True)


def cell_of(notebook, name):
    return next(cell for cell in notebook.cells if cell.get("id") == name)


def test_the_tests_are_the_lessons_own(books):
    solution, release, solved = books
    cell_of(solved, "add-check").source = "pass"
    cell_of(solved, "add-hidden").source = "pass"
    rebuilt = rebuild(solution, release, solved)
    for name in ("add-check", "add-hidden"):
        assert cell_of(rebuilt.notebook, name).source == cell_of(solution, name).source
    assert rebuilt.mended == (
        "the check add-check, add-hidden was changed: the lesson's own was run",
    )


def test_answers_come_from_the_student(books):
    solution, release, solved = books
    cell_of(solved, "add").source = "def add(a, b):\n    return b + a"
    assert rebuild(solution, release, solved).answers["add"].endswith("return b + a")


def test_a_missing_answer_is_the_stub(books):
    solution, release, solved = books
    solved.cells = [cell for cell in solved.cells if cell.id != "add"]
    rebuilt = rebuild(solution, release, solved)
    assert "raise NotImplementedError" in rebuilt.answers["add"]
    assert rebuilt.mended == ("the cell add was missing: it counts as not answered",)


def test_of_a_copied_cell_the_answered_one_counts(books):
    solution, release, solved = books
    position = solved.cells.index(cell_of(solved, "add"))
    blank = copy.deepcopy(cell_of(release, "add"))
    solved.cells.insert(position + 1, blank)
    rebuilt = rebuild(solution, release, solved)
    assert "return a + b" in rebuilt.answers["add"]
    assert "stood there 2 times" in rebuilt.mended[0]


def test_a_cell_without_its_mark_is_found_by_what_it_defines(books):
    solution, release, solved = books
    for cell in solved.cells:
        cell.metadata.pop("nbgrader", None)
        cell.pop("id", None)
    rebuilt = rebuild(solution, release, solved)
    assert "return a + b" in rebuilt.answers["add"]
    assert "had lost its mark" in rebuilt.mended[0]


def test_order_and_flags_do_not_matter(books):
    solution, release, solved = books
    solved.cells.reverse()
    for cell in solved.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.update(solution=False, grade=True, points=1000)
    rebuilt = rebuild(solution, release, solved)
    assert [cell.id for cell in rebuilt.notebook.cells] == [cell.id for cell in solution.cells]
    assert "return a + b" in rebuilt.answers["add"]


def test_a_helper_cell_of_the_students_own_is_kept_where_it_stood(books):
    solution, release, solved = books
    position = solved.cells.index(cell_of(solved, "twice"))
    solved.cells.insert(position, new_code_cell("def my_helper(a):\n    return a + a"))
    cells = rebuild(solution, release, solved).notebook.cells
    own = [i for i, cell in enumerate(cells) if "my_helper" in cell.source]
    assert [cells[i + 1].id for i in own] == ["twice"]
