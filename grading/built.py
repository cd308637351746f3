"""Read the notebooks that `course build` makes of a lesson."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grading.errors import UserError


def read_built(path: Path) -> NotebookNode:
    """Read a built notebook, .../NN_slug/slug.ipynb.

    Raises:
        UserError: it cannot be read, or is not as `course build` writes it.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
        whole = bool(notebook.cells and notebook.metadata.course.source)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from error
    except Exception as error:  # nbformat has one kind for each kind of damage
        raise UserError(_damaged(path)) from error
    if not whole:
        raise UserError(_damaged(path))
    return notebook


def _damaged(path: Path) -> str:
    return f"{path} is damaged: run course build {path.parent.name}"
