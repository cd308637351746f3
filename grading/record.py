"""Write results into nbgrader's gradebook, one transaction a submission."""

import warnings
from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from grading.errors import UserError
from grading.programs import own_programs_first
from grading.results import Result


class Recorder:
    """The one writer of a gradebook; use it as a context manager.

    Raises:
        UserError: the gradebook cannot be opened or written.
    """

    def __init__(self, database: Path):
        self._database = database

    def __enter__(self) -> "Recorder":
        own_programs_first()
        self._gradebook = Gradebook(f"sqlite:///{self._database}")
        return self

    def __exit__(self, *_error) -> None:
        self._gradebook.close()

    def record(self, result: Result, slug: str) -> None:
        """Replace what the gradebook holds of one submission by a result."""
        book = self._gradebook
        try:
            _enter_submission(book, result)
            for check in result.checks:
                grade = book.find_grade(check.grade_id, slug, result.lesson, result.student)
                grade.auto_score = check.earned
                grade.needs_manual_grade = check.earned is None or grade.manual_score is not None
            book.db.commit()
        except Exception as error:
            book.db.rollback()
            raise UserError(
                f"the gradebook {self._database} did not take {result.student}'s result: {error}"
            ) from error


def _enter_submission(book: Gradebook, result: Result) -> None:
    with warnings.catch_warnings():  # nbgrader reads a submission before it has stored it
        warnings.filterwarnings("ignore", "Object of type .* not in session", SAWarning)
        book.update_or_create_student(result.student)
        book.update_or_create_submission(result.lesson, result.student)
