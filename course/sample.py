"""A sample class out of a lesson's bank: every kind of submission that an instructor meets."""

import copy
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat

from course.banks import Answer, read_bank
from course.lessons import Lesson
from course.variants import with_answers
from grading.built import read_built
from grading.cells import is_solution
from grading.submissions import Submission


def write_class(lesson: Lesson, folder: Path) -> list[Submission]:
    """Write a sample class of a lesson below a folder, one folder a student, and return it.

    Perfect, unusual but right, typical mistakes, half done, blank and mangled submissions.
    """
    solution, release = read_built(lesson.solution), read_built(lesson.release)
    answers = read_bank(lesson)
    submissions = []
    for student, text in _class(solution, release, answers).items():
        place = folder / student / lesson.name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        if text is not None:
            (place / f"{lesson.slug}.ipynb").write_text(text, "utf-8")
        submissions.append(Submission(student, folder / student))
    return submissions


def _class(solution, release, answers) -> dict[str, str | None]:
    """Return each student's file; None for a folder without one."""
    right = [answer for answer in answers if answer.right]
    wrong = [answer for answer in answers if not answer.right]
    solved = with_solutions(release, solution, lambda position: True)
    write = nbformat.writes
    return {
        "ada-perfect": write(solved),
        "bela-unusual": write(with_answers(solved, _nth(right, 0))),
        "chidi-unusual": write(with_answers(solved, _nth(right, 1))),
        "dora-mistakes": write(with_answers(solved, _nth(wrong, 0)[0::3])),
        "emil-mistakes": write(with_answers(solved, _nth(wrong, 0)[1::3])),
        "fatou-mistakes": write(with_answers(solved, _nth(wrong, 0)[0::2])),
        "goro-mistakes": write(with_answers(solved, _nth(wrong, 1)[0::2])),
        "hana-half": write(with_solutions(release, solution, lambda position: position < 0.5)),
        "ivo-blank": write(release),
        "juno-copied-cells": write(_with_copies(solved)),
        "kofi-deleted-cells": write(_without_checks(solved)),
        "lena-no-notebook": None,
        "milo-cut-off": write(solved)[: len(write(solved)) // 2],
    }


def with_solutions(release, solution, chosen: Callable[[float], bool]):
    """Return the release with the solution's answers where `chosen(position in 0..1)` says so."""
    solved = copy.deepcopy(release)
    answers = {cell.id: cell.source for cell in solution.cells if is_solution(cell)}
    open_cells = [cell for cell in solved.cells if cell.id in answers]
    for number, cell in enumerate(open_cells):
        if chosen(number / len(open_cells)):
            cell.source = answers[cell.id]
    return solved


def _nth(answers: list[Answer], n: int) -> list[Answer]:
    """Return the n-th answer of each exercise, counting round where there are fewer."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.exercise, []).append(answer)
    return [group[n % len(group)] for group in groups.values()]


def _with_copies(notebook):
    """Copy two graded cells below themselves, as a slip of the keyboard does."""
    changed = copy.deepcopy(notebook)
    graded = [i for i, cell in enumerate(changed.cells) if "nbgrader" in cell.metadata][:2]
    for i in reversed(graded):
        twin = copy.deepcopy(changed.cells[i])
        twin.id = f"{twin.id}-copy"
        changed.cells.insert(i + 1, twin)
    return changed


def _without_checks(notebook):
    """Delete every check and the marks of the answers, as some editors do."""
    changed = copy.deepcopy(notebook)
    changed.cells = [c for c in changed.cells if not c.metadata.get("nbgrader", {}).get("locked")]
    for cell in changed.cells[::2]:
        cell.metadata.pop("nbgrader", None)
    return changed
