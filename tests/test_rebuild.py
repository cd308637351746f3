"""A mangled notebook keeps every point that its answers earn."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from course.sample import with_solutions
from grading import pieces, reading
from grading.judge.names import cell_names
from grading.reading import Unreadable, read_notebook
from grading.rebuild import rebuild
from grading.salvage import salvage_json
from grading.submissions import HandedIn


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


def own_of(books, source: str) -> list[str]:
    """Return what is kept of a text that a student wrote over one of the lesson's cells."""
    solution, release, solved = books
    given = (cell for cell in solved.cells if cell.cell_type == "code")
    next(cell for cell in given if not cell.metadata.get("nbgrader")).source = source
    cells = rebuild(solution, release, solved).notebook.cells
    return [cell.source for cell in cells if cell.metadata.get("own")]


def test_a_lessons_cell_written_over_keeps_what_the_student_added_word_for_word(books):
    total = " + ".join(["1"] * 400)  # too deep for ast.unparse
    source = (
        f"import numpy as np\nα = 'é'; total = {total} ; print(total)\n"
        "# mine\n@staticmethod\ndef helper():\n    return α\nprint('not this')\n"
    )
    (kept,) = own_of(books, source)
    assert kept.splitlines()[-4:] == ["# mine", "@staticmethod", "def helper():", "    return α"]
    assert f"α = 'é'\ntotal = {total}\n" in kept
    assert "print" not in kept


DEEP = ["-" * 100_000 + "1", "not " * 100_000 + "1", "1" + "+1" * 90_000, "a" + ".a" * 90_000]


@pytest.mark.parametrize("source", DEEP, ids=lambda source: source[:4])
def test_code_that_python_cannot_parse_has_no_names(source):
    assert cell_names(source) is None


NOTEBOOK = '{"nbformat": 4, "cells": [%s]}'
CELL = '{"cell_type": "code", "source": "%s"}'


def conflict(ours: str, theirs: str) -> str:
    return f"\n<<<<<<< HEAD\n{ours}\n=======\n{theirs}\n>>>>>>> other\n"


def test_of_a_git_conflict_the_first_side_is_taken():
    cells = conflict(CELL % "a = 1", CELL % "a = 2") + "," + conflict(CELL % "b = 1", "<<<<<<< x")
    found = salvage_json(NOTEBOOK % cells)
    assert [cell["source"] for cell in found["cells"]] == ["a = 1", "b = 1"]


def test_a_conflict_without_an_end_is_left_as_it_is():
    text = NOTEBOOK % (conflict(CELL % "a = 1", "") + "\n<<<<<<< HEAD\n=======\n")
    assert [cell["source"] for cell in salvage_json(text)["cells"]] == ["a = 1"]


MANY = 100_000


@pytest.mark.parametrize("text", ["<<<<<<<\n" * MANY, "<<<<<<<\n" * MANY + "=======\n" * MANY])
def test_conflicts_without_number_are_read_once(text):  # a step each; it took their cube before
    assert salvage_json(text) is None


def split(parts: int, size: int = 1) -> list:
    """Return a function in several cells."""
    lines = ["def add(a, b):\n    c = 0", *["    c = a + b\n" * size] * (parts - 2), "    return c"]
    return [new_code_cell(line) for line in lines]


def test_a_function_split_into_some_cells_is_joined(books):
    solution, release, solved = books
    place = solved.cells.index(cell_of(solved, "add"))
    solved.cells[place : place + 1] = split(pieces.MOST_PARTS)
    assert rebuild(solution, release, solved).answers["add"].endswith("return c")


@pytest.mark.parametrize(("parts", "size"), [(3_000, 1), (60, 500)])
def test_work_on_split_functions_grows_with_their_length_alone(books, monkeypatch, parts, size):
    solution, release, solved = books
    parsed = []
    monkeypatch.setattr(pieces, "parses", lambda text: parsed.append(len(text)) or True)
    solved.cells = split(parts, size)
    rebuild(solution, release, solved)
    assert sum(parsed) < pieces.MOST_PARTS * sum(len(cell.source) for cell in solved.cells)


@pytest.mark.parametrize(("kind", "most"), [("code", "MOST_CODE"), ("markdown", "MOST_TEXT")])
def test_a_notebook_of_endless_text_is_refused(monkeypatch, kind, most):
    cell = f'{{"cell_type": "{kind}", "source": "12345"}}'
    data = (NOTEBOOK % ",".join([cell] * 100)).encode()
    monkeypatch.setattr(reading, most, 500)
    assert len(read_notebook(HandedIn("toy.ipynb", data)).notebook.cells) == 100
    monkeypatch.setattr(reading, most, 499)
    with pytest.raises(Unreadable, match=r"toy\.ipynb holds more than 499 characters of"):
        read_notebook(HandedIn("toy.ipynb", data))
