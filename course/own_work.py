"""Work that somebody has put into a students' notebook of this tree: told, and never lost."""

import hashlib
import json
import shutil
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from course.lessons import Lesson
from grading.built import read_built
from grading.errors import UserError


class SignCells(NbGraderPreprocessor):
    """The last step of the release: write down the hash of its cells, so that later work shows."""

    def preprocess(self, notebook, resources):
        """Sign a notebook; nbgrader calls this."""
        sign(notebook)
        return notebook, resources


def sign(notebook) -> None:
    """Write the hash of a notebook's cells into its metadata."""
    notebook.metadata.setdefault("course", NotebookNode())["cells"] = _cells_hash(notebook)


def is_worked_in(lesson: Lesson) -> bool:
    """Tell whether the cells of a lesson's students' notebook are others than those built.

    Raises:
        UserError: the notebook is missing or damaged.
    """
    notebook = read_built(lesson.release)
    return notebook.metadata.course.get("cells") != _cells_hash(notebook)


def refuse_own_work(lesson: Lesson) -> None:
    """Refuse to grade against a notebook that somebody has worked in.

    Raises:
        UserError: it is so, or the notebook is missing or damaged.
    """
    if is_worked_in(lesson):
        raise UserError(
            f"somebody has worked in {lesson.release}: run course build {lesson.name},"
            " which puts that work aside and makes the notebook again"
        )


def put_aside(lesson: Lesson) -> Path | None:
    """Copy a students' notebook into kept/ before it is built anew; return where, or None.

    Nothing is copied where nobody has worked in it. A damaged one may hold work.
    """
    if not lesson.release.is_file():
        return None
    try:
        if not is_worked_in(lesson):
            return None
    except UserError:
        pass
    place = _free(lesson.course.root / "kept" / lesson.name / lesson.release.name)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(lesson.release, place)
    return place


def _free(place: Path) -> Path:
    """Return a path that is not taken yet: this one, or with -2, -3, ... in its name."""
    free, number = place, 1
    while free.exists():
        number += 1
        free = place.with_stem(f"{place.stem}-{number}")
    return free


def _cells_hash(notebook) -> str:
    """Return the SHA-256 of the cells' types and sources."""
    cells = [[cell.cell_type, cell.source] for cell in notebook.cells]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()
