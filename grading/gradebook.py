"""Open nbgrader's gradebook."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy.exc import SQLAlchemyError

from grading.errors import UserError
from grading.programs import own_programs_first


@contextmanager
def open_gradebook(database: Path) -> Iterator[Gradebook]:
    """Open a gradebook, or make it, and close it at the end.

    Raises:
        UserError: the file is no gradebook, or the database refused what was asked of it.
    """
    own_programs_first()
    try:
        with Gradebook(f"sqlite:///{database}") as book:
            yield book
    except SQLAlchemyError as error:
        reason = str(error).partition("\n")[0]
        raise UserError(f"the gradebook {database} cannot be used: {reason}") from error
