"""Read a course's nbgrader_config.py."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from traitlets import TraitError
from traitlets.config import Config, PyFileConfigLoader

from grading.errors import UserError


@contextmanager
def nbgrader_config(folder: Path | None) -> Iterator[Config]:
    """Give what the nbgrader_config.py of a folder sets, to make nbgrader's objects with it.

    Without a folder, or that file in it, nbgrader's own settings hold.

    Raises:
        UserError: the file cannot be run, or sets what nbgrader does not take.
    """
    path = folder / "nbgrader_config.py" if folder else None
    try:
        yield _load(path) if path and path.is_file() else Config()
    except TraitError as error:
        raise UserError(f"{path} sets what nbgrader does not take: {error}") from error


def _load(path: Path) -> Config:
    try:
        return PyFileConfigLoader(path.name, path=str(path.parent)).load_config()
    except Exception as error:  # the file is Python: it may raise anything
        raise UserError(f"{path} cannot be run: {type(error).__name__}: {error}") from error
