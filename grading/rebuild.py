"""Make a clean notebook of a submission: the lesson's own cells, and the student's answers in them.

Whatever happened to the student's notebook (cells deleted, copied, moved, merged, split, flags
flipped, marks lost), only the sources of the answers and the student's own cells are taken from
it, and everything else from the lesson.
"""

import copy
from dataclasses import dataclass

from nbformat import NotebookNode

from grading.answers import find_answers
from grading.cells import grade_id, is_solution
from grading.harmless import harmless_markdown
from grading.mended import structure_notes
from grading.own import own_cells


@dataclass(frozen=True)
class Rebuilt:
    """A notebook ready to run, the answers that went into it, and what was mended."""

    notebook: object
    answers: dict[str, str]
    mended: tuple[str, ...]


def rebuild(solution, release, submitted, notes: tuple[str, ...] = ()) -> Rebuilt:
    """Put a student's answers into the lesson's notebook.

    Args:
        solution: the executed solution notebook; its tests are kept, its answers are not.
        release: the students' notebook, whose stubs stand where a student's answer is missing.
        submitted: the student's notebook, with the text and the marks of its cells.
        notes: what was already mended to read the notebook.
    """
    found = find_answers(solution, release, submitted)
    own = own_cells(release, submitted, found.pieces)
    stubs = {grade_id(cell): cell for cell in release.cells if is_solution(cell)}
    cells = own.get("", [])
    for cell in solution.cells:
        cell = _clean(cell)
        if is_solution(cell):
            name = grade_id(cell)
            cell.source = found.answers[name]
            if cell.cell_type == "markdown":  # shown as it is by whoever grades by hand
                cell.source = harmless_markdown(cell.source)
            cell.metadata.nbgrader.checksum = stubs[name].metadata.nbgrader.get("checksum", "")
        cells.append(cell)
        cells += own.get(cell.id, [])
    notebook = NotebookNode({key: value for key, value in solution.items() if key != "cells"})
    notebook.metadata = copy.deepcopy(notebook.metadata)
    notebook.cells = cells
    mended = [*notes, *found.notes, *structure_notes(release, submitted)]
    return Rebuilt(notebook, found.answers, tuple(dict.fromkeys(mended)))


def _clean(cell) -> NotebookNode:
    """Copy a cell without its outputs, which hold the solution's figures."""
    fresh = NotebookNode({key: value for key, value in cell.items() if key != "outputs"})
    fresh.metadata = copy.deepcopy(cell.metadata)
    if cell.cell_type == "code":
        fresh.outputs, fresh.execution_count = [], None
    return fresh
