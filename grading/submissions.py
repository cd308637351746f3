"""Find and read what students handed in."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import nbformat

from grading.errors import UserError

LARGEST = 50_000_000  # bytes; an honest lesson with its figures is under one million


class Unreadable(Exception):  # noqa: N818 - a fact about a submission, told to the student
    """The submission holds no notebook that can be read; the text says why."""


@dataclass(frozen=True)
class Submission:
    """One student's folder."""

    student: str
    folder: Path

    def notebook_path(self, slug: str, lesson: str) -> Path | None:
        """Return the notebook of a lesson, by its name or because it is the only one, or None."""
        places = (
            [self.folder / lesson, self.folder]
            if (self.folder / lesson).is_dir()
            else [self.folder]
        )
        for place in places:
            found = [path for path in sorted(place.glob("*.ipynb")) if _is_plain_file(path)]
            named = [path for path in found if path.name == f"{slug}.ipynb"]
            if named or len(found) == 1:
                return (named or found)[0]
        return None


def find_submissions(folder: Path) -> list[Submission]:
    """Return the submissions below a folder: one folder a student, in alphabetical order.

    Raises:
        UserError: the folder is missing or holds no student's folder.
    """
    if not folder.is_dir():
        raise UserError(f"there is no folder {folder}: --submissions takes one folder a student")
    students = [path for path in sorted(folder.iterdir()) if _is_student(path)]
    if not students:
        raise UserError(f"{folder} holds no submissions: expected one folder a student in it")
    return [Submission(path.name, path) for path in students]


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """Read a student's notebook of any nbformat version as version 4.

    Raises:
        Unreadable: the file is too large, no UTF-8, no JSON or no notebook.
    """
    if path.stat().st_size > LARGEST:
        raise Unreadable(f"{path.name} is larger than {LARGEST // 1_000_000} MB")
    try:
        notebook = nbformat.reads(path.read_bytes().decode("utf-8-sig"), as_version=4)
        return _checked(notebook, path.name)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path.name} is not saved as UTF-8 text") from error
    except Exception as error:  # whatever nbformat trips over, the file is to blame
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(
            f"{path.name} is not a notebook: it is not the JSON that one is"
        ) from error


def fingerprint(path: Path | None, *against: str) -> str:
    """Return a hash of a submission's bytes and of what it is graded against."""
    digest = hashlib.sha256(path.read_bytes() if path else b"")
    for text in against:
        digest.update(text.encode())
    return digest.hexdigest()


def _checked(notebook, name: str):
    for cell in notebook.get("cells", []):
        if isinstance(cell.get("source"), list):
            cell.source = "".join(map(str, cell.source))
        if not isinstance(cell.get("source"), str):
            raise Unreadable(f"{name} has a cell without text")
        if not isinstance(cell.get("metadata"), dict):
            cell.metadata = nbformat.NotebookNode()
    if not notebook.get("cells"):
        raise Unreadable(f"{name} holds no cells")
    return notebook


def _is_plain_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.name.startswith(".")


def _is_student(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not path.name.startswith((".", "_"))
