"""Over every lesson: a mangled notebook keeps each answer in it, and the student is told."""

import ast
from functools import cache

import nbformat
import pytest

from course.lessons import Course, Lesson
from course.sample import with_solutions
from grading.cells import defined_by, grade_id, normal
from grading.grade import Master
from grading.reading import read_notebook
from grading.rebuild import rebuild
from grading.submissions import Submission
from tests.conftest import ROOT
from tests.mangled.case import Book, Mangled
from tests.mangled.cells import each_answer, whole_notebook
from tests.mangled.files import each_file

LESSONS = [lesson for lesson in Course(ROOT).lessons() if lesson.solution.is_file()]


def mangled(book: Book) -> list[Mangled]:
    """Return every case of a lesson."""
    return [*each_file(book), *whole_notebook(book), *each_answer(book)]


@cache
def book_of(lesson: Lesson) -> Book:
    """Return a built lesson with all its answers."""
    solution = nbformat.read(lesson.solution, as_version=4)
    release = nbformat.read(lesson.release, as_version=4)
    solved = with_solutions(release, solution, lambda position: True)
    return Book(lesson.name, lesson.slug, solution, release, solved)


@pytest.fixture(scope="module", params=["toy", *(lesson.name for lesson in LESSONS)])
def lesson(request, built_toy) -> Lesson:
    """Every lesson of the course, and the toy."""
    courses = {lesson.name: lesson for lesson in LESSONS}
    return courses.get(request.param) or built_toy.lesson("01_toy")


def test_every_mangled_notebook_keeps_its_answers(lesson, tmp_path):
    book = book_of(lesson)
    faults = [fault for case in mangled(book) if (fault := fault_of(book, lesson, case, tmp_path))]
    assert not faults, "\n".join(faults)


def test_there_are_hundreds_of_cases(built_toy):
    books = [book_of(lesson) for lesson in [*LESSONS, built_toy.lesson("01_toy")]]
    names = [(book.name, case.name) for book in books for case in mangled(book)]
    assert len(names) == len(set(names)) >= 300


def fault_of(book: Book, lesson: Lesson, case: Mangled, folder) -> str:
    """Return what is wrong with what a case was rebuilt to, or ''."""
    place = folder / book.name / f"{abs(hash(case.name))}"
    for name, data in case.files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    master = Master(lesson.name, lesson.slug, ROOT, book.solution, book.release)
    handed_in = master.find(Submission("ada", place))
    if handed_in is None:
        return f"{case.name}: not found"
    read = read_notebook(handed_in)
    rebuilt = rebuild(book.solution, book.release, read.notebook, read.notes)
    problem = _lesson_problem(book, rebuilt) or _answer_problem(book, rebuilt, case.lost)
    problem = problem or ("" if case.silent or rebuilt.mended else "the student is not told")
    return f"{case.name}: {problem}" if problem else ""


def _lesson_problem(book: Book, rebuilt) -> str:
    """Tell where the rebuilt notebook differs from the lesson, its answers and own cells apart."""
    mine = [cell for cell in rebuilt.notebook.cells if not cell.metadata.get("own")]
    if [cell.id for cell in mine] != [cell.id for cell in book.solution.cells]:
        return "the cells are not the lesson's"
    for cell, ours in zip(mine, book.solution.cells, strict=True):
        marks = {**ours.metadata.get("nbgrader", {}), "checksum": ""}
        if {**cell.metadata.get("nbgrader", {}), "checksum": ""} != marks and marks != {
            "checksum": ""
        }:
            return f"the marks of {cell.id} differ"
        if grade_id(cell) not in book.answers and cell.source != ours.source:
            return f"the cell {cell.id} differs"
    return ""


def _answer_problem(book: Book, rebuilt, lost: frozenset[str]) -> str:
    solved = {grade_id(cell): cell for cell in book.solved.cells}
    solutions = {grade_id(cell): cell for cell in book.solution.cells}
    for name in book.answers:
        got = rebuilt.answers[name]
        want = book.at(name) if name in lost else solved[name]
        names = defined_by(book.at(name), solutions[name])
        if names and name not in lost:
            same = _definitions(got, names) == _definitions(want.source, names)
        else:
            same = normal(got) == normal(want.source)
        if not same:
            return f"the answer to {name} is {got!r}"
    return ""


@cache
def _definitions(source: str, names: tuple[str, ...]) -> dict[str, str]:
    """Return the last definition of each name, as Python understands it."""
    found = {}
    for node in ast.parse(source).body:
        targets = node.targets if isinstance(node, ast.Assign) else [node]
        for target in targets:
            name = getattr(target, "id", getattr(target, "name", ""))
            if name in names:
                found[name] = ast.dump(node)
    return found
