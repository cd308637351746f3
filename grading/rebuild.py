"""Make a clean notebook of a submission: the lesson's own cells, and the student's answers in them.

Whatever happened to the student's notebook (cells deleted, copied, moved, flags flipped), only the
sources of the answers are taken from it, and everything else from the lesson.
"""

import copy
import re
from dataclasses import dataclass

from nbgrader.utils import is_solution


@dataclass(frozen=True)
class Rebuilt:
    """A notebook ready to run, the answers that went into it, and what was mended."""

    notebook: object
    answers: dict[str, str]
    mended: tuple[str, ...]


def rebuild(solution, release, submitted) -> Rebuilt:
    """Put a student's answers into the lesson's notebook.

    Args:
        solution: the executed solution notebook; its tests are kept, its answers are not.
        release: the students' notebook, whose stubs stand where a student's answer is missing.
        submitted: the student's notebook.
    """
    stubs = {_grade_id(cell): cell for cell in release.cells if is_solution(cell)}
    answers, mended = {}, []
    for grade_id, stub in stubs.items():
        answers[grade_id], note = _find_answer(grade_id, stub, submitted.cells)
        if note:
            mended.append(note)
    extras = _extra_cells(release, submitted)
    cells = []
    for cell in solution.cells:
        cell = copy.deepcopy(cell)
        cells += extras.get(cell.get("id"), [])
        if is_solution(cell):
            grade_id = _grade_id(cell)
            cell.source = answers[grade_id]
            cell.metadata.nbgrader.checksum = stubs[grade_id].metadata.nbgrader.get("checksum", "")
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        cells.append(cell)
    notebook = copy.deepcopy(solution)
    notebook.cells = cells
    return Rebuilt(notebook, answers, tuple(mended))


def _find_answer(grade_id: str, stub, cells) -> tuple[str, str]:
    """Return the student's source for one exercise and a note on what was mended, or ''."""
    marked = [cell.source for cell in cells if _grade_id(cell) == grade_id]
    changed = [source for source in marked if source.strip() != stub.source.strip()]
    if len(marked) == 1 or (marked and not changed):
        return marked[0], ""
    if changed:
        return changed[-1], f"the cell {grade_id} stood there {len(marked)} times: the last counts"
    lost = [cell.source for cell in cells if _looks_like(grade_id, stub, cell)]
    if lost:
        return lost[-1], f"the cell {grade_id} had lost its mark: it was found by what it defines"
    return stub.source, f"the cell {grade_id} was missing: it counts as not answered"


def _looks_like(grade_id: str, stub, cell) -> bool:
    """Tell whether an unmarked cell answers an exercise: its id, or every name the stub defines."""
    if _grade_id(cell) or cell.cell_type != stub.cell_type:
        return False
    if cell.get("id") == grade_id:
        return True
    names = re.findall(r"(?m)^(?:def|class) (\w+)", stub.source)
    return bool(names) and all(
        re.search(rf"(?m)^(def|class) {name}\b", cell.source) for name in names
    )


def _extra_cells(release, submitted) -> dict[str, list]:
    """Group the student's own code cells by the id of the solution cell that they precede."""
    given = {cell.source.strip() for cell in release.cells}
    ids = {cell.get("id") for cell in release.cells}
    answers = {_grade_id(cell): cell.get("id") for cell in release.cells if is_solution(cell)}
    waiting, groups = [], {}
    for cell in submitted.cells:
        if _grade_id(cell) in answers:
            groups.setdefault(answers[_grade_id(cell)], []).extend(waiting)
            waiting = []
        elif cell.cell_type == "code" and not _grade_id(cell) and cell.get("id") not in ids:
            source = cell.source.strip()
            if source and source not in given:
                waiting.append(_extra(cell.source, len(waiting) + sum(map(len, groups.values()))))
    return groups


def _extra(source: str, number: int):
    from nbformat.v4 import new_code_cell

    return new_code_cell(source, id=f"own-{number:03d}", metadata={"own": True})


def _grade_id(cell) -> str:
    marks = cell.metadata.get("nbgrader")
    found = marks.get("grade_id", "") if isinstance(marks, dict) else ""
    return found if isinstance(found, str) else ""
