"""The points in nbgrader's gradebook, as they go out to students."""

from dataclasses import dataclass

from nbgrader import api
from sqlalchemy import func

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
        except api.MissingEntry as error:
            raise UserError(missing) from error
        points, waiting, penalties = _sums(book, lesson)
    grades = [
        Grade(student, max(0.0, points.get(student, 0.0) - penalty))
        for student, penalty in sorted(penalties.items())
    ]
    if not grades:
        raise UserError(missing)
    return Grades(grades, most, sorted(waiting))


def _sums(book: api.Gradebook, lesson: str) -> tuple[dict[str, float], list[str], dict[str, float]]:
    """Return points by student, who waits for a person, and the late penalties by student.

    A row's own `score` would have the database look through all grades once for each student.
    """
    student = api.SubmittedAssignment.student_id
    handed_in = book.db.query(student).join(api.Assignment).filter(api.Assignment.name == lesson)
    penalty = func.sum(api.SubmittedNotebook.late_submission_penalty)
    penalties = (
        handed_in.outerjoin(api.SubmittedNotebook)
        .with_entities(student, func.coalesce(penalty, 0.0))
        .group_by(student)
    )
    scored = (
        handed_in.join(api.SubmittedNotebook)
        .join(api.Grade)
        .with_entities(student, func.sum(api.Grade.score), func.max(api.Grade.needs_manual_grade))
        .group_by(student)
        .all()
    )
    points = {name: score for name, score, _ in scored}
    return points, [name for name, _, by_hand in scored if by_hand], dict(map(tuple, penalties))
