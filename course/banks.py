"""Banks of right and wrong answers: tests/variants/LESSON.py."""

from dataclasses import dataclass

import jupytext

from course.lessons import Lesson
from grading.errors import UserError


@dataclass(frozen=True)
class Answer:
    """One answer to one exercise.

    Attributes:
        exercise: the grade_id of the solution cell it replaces.
        right: True for an answer that must not lose a point.
        name: the misconception of a wrong answer, or a note on a right one.
        source: the whole source of the solution cell.
    """

    exercise: str
    right: bool
    name: str
    source: str


def read_bank(lesson: Lesson) -> list[Answer]:
    """Read a lesson's bank.

    Raises:
        UserError: the bank is missing or no UTF-8, or a cell says neither right nor wrong or no
            exercise.
    """
    if not lesson.bank.is_file():
        raise UserError(f"{lesson.name} has no bank of answers: {lesson.bank} is missing")
    try:
        notebook = jupytext.reads(lesson.bank.read_text("utf-8"), fmt="py:percent")
    except UnicodeDecodeError as error:
        raise UserError(f"{lesson.bank} cannot be read: {error}") from error
    cells = [
        cell for cell in notebook.cells if cell.cell_type == "code" and "title" in cell.metadata
    ]
    return [_answer(lesson, number, cell) for number, cell in enumerate(cells, 1)]


def _answer(lesson: Lesson, number: int, cell) -> Answer:
    kind = cell.metadata["title"]
    exercise = cell.metadata.get("exercise")
    name = cell.metadata.get("misconception" if kind == "wrong" else "note", "")
    if kind not in ("wrong", "right") or not exercise or not name:
        raise UserError(
            f"{lesson.bank.name}, answer {number}: a cell begins with "
            '# %% wrong exercise="..." misconception="..." or # %% right exercise="..." note="..."'
        )
    return Answer(exercise, kind == "right", name, cell.source)
