"""Read a lesson's text source into a notebook, and say what is wrong with it."""

import hashlib
import json
import re

import jupytext
import nbformat

from course.lessons import Lesson
from course.rules import find_problem
from course.setup_cell import setup_code
from grading.errors import UserError
from grading.score import exercise_of

# Set-up and checks are to be run, not read: JupyterLab and Colab show their first line.
FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}
_FOR_FORMATTERS = re.compile(r"[ \t]*# fmt: skip$", re.M)  # says nothing to students
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def read_source(lesson: Lesson, *, repository: str | None = None) -> nbformat.NotebookNode:
    """Turn a lesson's text source into an unexecuted notebook with stable cell ids.

    Args:
        lesson: the lesson to read.
        repository: where the set-up cell fetches the course from; None for the course's setting.

    Raises:
        UserError: the source is missing or breaks a rule; the text names the file and the cell.
    """
    text = _read_text(lesson)
    notebook = jupytext.reads(text, fmt="py:percent")
    problem = find_problem(notebook)
    if problem:
        raise UserError(f"{_location(lesson, text, problem.grade_id)}: {problem.sentence}")
    address = lesson.course.repository if repository is None else repository
    for cell in notebook.cells:
        _normalise(cell, repository=address)
    _name_cells(notebook)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    course = {"lesson": lesson.name, "source": source_hash(notebook)}
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNEL, "language_info": {"name": "python"}, "course": course}
    )
    nbformat.validate(notebook)
    return notebook


def source_hash(notebook) -> str:
    """Return the SHA-256 of what a person wrote: cell types, metadata and sources, no outputs."""
    cells = [[cell.cell_type, cell.metadata, cell.source] for cell in notebook.cells]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def _read_text(lesson: Lesson) -> str:
    try:
        return lesson.source.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{lesson.source} cannot be read: {error}") from error


def _normalise(cell, *, repository: str) -> None:
    kept = {key: cell.metadata[key] for key in ("nbgrader", "tags") if key in cell.metadata}
    if "nbgrader" in kept:
        kept["nbgrader"].setdefault("task", False)
        kept["nbgrader"].setdefault("schema_version", 3)
        kept["nbgrader"]["cell_type"] = cell.cell_type
    if "setup" in kept.get("tags", []):
        cell.source = setup_code(cell.source, repository=repository)
        kept |= FOLDED
    if _is_visible_check(cell):
        exercise = exercise_of(kept["nbgrader"]["grade_id"])
        cell.source = f"# Check of {exercise}: run this cell\n{cell.source}"
        kept |= FOLDED
    cell.source = _FOR_FORMATTERS.sub("", cell.source)
    cell.metadata = nbformat.from_dict(kept)


def _is_visible_check(cell) -> bool:
    marks = cell.metadata.get("nbgrader", {})
    checks = marks.get("grade") and not marks.get("solution") and cell.cell_type == "code"
    return bool(checks) and "### BEGIN HIDDEN TESTS" not in cell.source


def _name_cells(notebook) -> None:
    """Give each cell an id from its grade_id or its place, so that a rebuild changes nothing."""
    for position, cell in enumerate(notebook.cells):
        cell.id = cell.metadata.get("nbgrader", {}).get("grade_id", f"cell-{position:03d}")


def _location(lesson: Lesson, text: str, grade_id: str) -> str:
    path = lesson.source.relative_to(lesson.course.root)
    lines = text.splitlines()
    at = [i for i, line in enumerate(lines, 1) if f'"grade_id": "{grade_id}"' in line]
    return f"{path}, line {at[-1]}, cell {grade_id}" if at else f"{path}"
