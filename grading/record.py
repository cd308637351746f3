"""Write results into nbgrader's gradebook, one transaction a submission."""

import contextlib
import warnings
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import (
    Assignment,
    Gradebook,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.utils import parse_utc
from sqlalchemy.exc import SAWarning

from grading.errors import UserError
from grading.gradebook import open_gradebook
from grading.lateness import LatePenalty
from grading.results import NO_ANSWER, Check, Result


class Recorder:
    """The one writer of a gradebook; use it as a context manager.

    Args:
        database: nbgrader's gradebook.
        config: the folder with the course's nbgrader_config.py, which names the plugin for late
            penalties; None for no penalties.

    Raises:
        UserError: the gradebook cannot be opened or written.
    """

    def __init__(self, database: Path, config: Path | None = None):
        self._database = database
        self._penalty = LatePenalty(config)

    def __enter__(self) -> "Recorder":
        self._opened = open_gradebook(self._database)
        self._gradebook = self._opened.__enter__()
        return self

    def __exit__(self, *error) -> None:
        self._opened.__exit__(*error)

    def holds(self, result: Result) -> bool:
        """Tell whether the gradebook has a submission for a result."""
        try:
            self._gradebook.find_submission(result.lesson, result.student)
        except MissingEntry:
            return False
        return True

    def record(self, result: Result, slug: str, previous: Result | None = None) -> None:
        """Replace what the gradebook holds of one submission by a result, whole or not at all.

        Points that a person gave, and comments, stay as long as the answer they were given for,
        and where grading failed before it came to the answers.

        Args:
            result: the new result.
            slug: the notebook's name.
            previous: the result that the gradebook holds; None where it is not known.
        """
        book = self._gradebook
        try:
            with _one_transaction(book):
                notebook = _enter_submission(book, result, slug)
                _replace_grades(notebook, result, previous)
                book.db.flush()
                book.db.expire_all()  # sums that the database makes
                notebook.late_submission_penalty = self._penalty.of(notebook)
        except Exception as error:
            book.db.rollback()
            raise UserError(
                f"the gradebook {self._database} did not take {result.student}'s result: {error}"
            ) from error

    def renew_penalties(self, lesson: str) -> None:
        """Compute late penalties again: points given by hand since then may count in them."""
        late = (
            self._gradebook.db.query(SubmittedNotebook)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == lesson, SubmittedNotebook.late_submission_penalty > 0)
        )
        with _one_transaction(self._gradebook):
            for notebook in late.all():
                notebook.late_submission_penalty = self._penalty.of(notebook)


def enter_names(database: Path, names: dict[str, str]) -> None:
    """Tell a gradebook how students are called, so that formgrader lists people.

    Args:
        database: nbgrader's gradebook; it is made if it is not there.
        names: for each student's folder a full name; students without one are left as they are.

    Raises:
        UserError: the gradebook cannot be opened or written.
    """
    with open_gradebook(database) as book, _one_transaction(book):
        for student, name in names.items():
            if name.strip():
                *first, last = name.split()
                book.update_or_create_student(student, first_name=" ".join(first), last_name=last)


@contextlib.contextmanager
def _one_transaction(book: Gradebook) -> Iterator[None]:
    """Hold back the commits that nbgrader makes on its way, and commit once at the end."""
    book.db.commit = book.db.flush
    try:
        yield
    finally:
        del book.db.commit
    book.db.commit()


def _enter_submission(book: Gradebook, result: Result, slug: str) -> SubmittedNotebook:
    with warnings.catch_warnings():  # nbgrader reads a submission before it has stored it
        warnings.filterwarnings("ignore", "Object of type .* not in session", SAWarning)
        book.update_or_create_student(result.student)
        submission = book.update_or_create_submission(result.lesson, result.student)
    submission.timestamp = parse_utc(result.timestamp) if result.timestamp else None
    return book.find_submission_notebook(slug, result.lesson, result.student)


def _replace_grades(notebook: SubmittedNotebook, result: Result, previous: Result | None) -> None:
    """Replace every grade of a submission, those that the result does not know included."""
    checks = {check.grade_id: check for check in result.checks}
    new = {name for name in result.answers if not _same_answer(name, result, previous)}
    gone = previous is None or not (result.answers or result.unseen)
    for grade in notebook.grades:
        if result.unseen and grade.manual_score is not None:
            continue
        check = checks.get(grade.name)
        earned = check.earned if check else 0.0
        if check is None or gone or check.exercise in new:
            grade.manual_score = grade.extra_credit = None
        reviewed = grade.manual_score is not None and grade.auto_score == earned
        grade.auto_score = earned
        grade.needs_manual_grade = not reviewed and (
            earned is None or grade.manual_score is not None
        )
    for comment in notebook.comments:
        if gone or comment.name in new:
            comment.manual_comment = None
        comment.auto_comment = _comment(checks.get(comment.name))


def _same_answer(name: str, result: Result, previous: Result | None) -> bool:
    return previous is not None and previous.answers.get(name) == result.answers[name]


def _comment(check: Check | None) -> str | None:
    return "No response." if check and check.message == NO_ANSWER else None
