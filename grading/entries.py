"""Tell students' folders and notebooks from what else lies about, by their names."""

import logging
import re
from pathlib import Path

from grading.wording import one_line

_NOTEBOOK = re.compile(r"\.ipynb\b|\.json$", re.IGNORECASE)  # perceptron.ipynb.txt, (1).ipynb
_CELL = re.compile(rb'"(?:source|input|code)"\s*:')
_MOST_NAMES = 10

log = logging.getLogger(__name__)


def student_folders(folder: Path) -> list[Path]:
    """Return the students' folders in a folder, in alphabetical order, and warn of what is none.

    A folder whose name begins with an underscore is a student's where a notebook lies in it.
    """
    entries = sorted(path for path in folder.iterdir() if not is_clutter(path.name))
    students = [path for path in entries if _is_student(path)]
    known = set(students)
    others = [path.name for path in entries if path not in known]
    if others:
        more = ["..."] if len(others) > _MOST_NAMES else []
        named = ", ".join([one_line(name) for name in others[:_MOST_NAMES]] + more)
        are = "entry is" if len(others) == 1 else "entries are"
        log.warning(f"{len(others)} {are} no student's folder and not graded: {named}")
    return students


def is_notebook(name: str) -> bool:
    """Tell whether a file of this name may be a notebook."""
    return bool(_NOTEBOOK.search(name))


def is_clutter(name: str) -> bool:
    """Tell whether a name is one that systems leave behind, not students."""
    return name.startswith((".", "__MACOSX"))


def holds_cells(data: bytes) -> bool:
    """Tell whether anything in a file looks like a cell, whatever its encoding, whole or not."""
    return bool(_CELL.search(data.replace(b"\0", b"")))


def _is_student(path: Path) -> bool:
    if path.is_symlink() or not path.is_dir():
        return False
    return not path.name.startswith("_") or any(map(_may_hold_one, path.rglob("*")))


def _may_hold_one(path: Path) -> bool:
    return is_notebook(path.name) or path.suffix.lower() == ".zip"
