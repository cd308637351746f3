"""The points in nbgrader's gradebook, as they go out to students."""

from dataclasses import dataclass

from nbgrader.api import MissingEntry

from course.lms.export import Grade
from grading.errors import UserError
from grading.folders import Folders
from grading.gradebook import open_gradebook


@dataclass(frozen=True)
class Grades:
    """A lesson's grades.

    Attributes:
        grades: points by student, in alphabetical order.
        most: the points that can be had.
        waiting: students with an answer that a person has still to grade.
    """

    grades: list[Grade]
    most: float
    waiting: list[str]


def read_grades(folders: Folders, lesson: str) -> Grades:
    """Return every student's points: tests, points given by hand, less the late penalty.

    Raises:
        UserError: the lesson is not graded yet, or the gradebook is none.
    """
    missing = f"{lesson} is not graded yet in {folders.root}: run course grade first"
    if not folders.gradebook.is_file():
        raise UserError(missing)
    with open_gradebook(folders.gradebook) as book:
        try:
            most = book.find_assignment(lesson).max_score
        except MissingEntry as error:
            raise UserError(missing) from error
        rows = sorted(book.assignment_submissions(lesson), key=lambda row: row.student.id)
        grades = [
            Grade(row.student.id, max(0.0, row.score - (row.late_submission_penalty or 0.0)))
            for row in rows
        ]
        waiting = [row.student.id for row in rows if row.needs_manual_grade]
    if not grades:
        raise UserError(missing)
    return Grades(grades, most, waiting)
