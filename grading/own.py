"""Keep what students add of their own: cells beside the lesson's, imports and helpers in them."""

import ast
import re
from collections.abc import Iterator

from nbformat.v4 import new_code_cell

from grading.cells import grade_id, is_solution, normal
from grading.pieces import Piece, mark_of


def own_cells(release, submitted, pieces: list[Piece]) -> dict[str, list]:
    """Return the student's own code cells by the id of the lesson's cell that they follow.

    Those before all known cells have the key ''.
    """
    place = _places(release, submitted, pieces)
    changed = {cell.id: cell for cell in release.cells if not is_solution(cell)}
    taken = _bound_by_lesson(release)
    groups: dict[str, list] = {}
    for piece in pieces:
        if piece.used or piece.given or piece.kind != "code":
            continue
        number = piece.cells[0]
        source = piece.text
        twin = changed.get(submitted.cells[number].get("id"))
        if twin is not None and not piece.held:  # the lesson's cell, written over
            source = _additions(source, taken)
        if source.strip():
            cells = groups.setdefault(place[number], [])
            cells.append(_own(source, number))
    return groups


def _places(release, submitted, pieces: list[Piece]) -> list[str]:
    """Return for each submitted cell the id of the lesson's cell that it is or follows."""
    texts = {normal(cell.source): cell.id for cell in release.cells}
    ids = {cell.id for cell in release.cells}
    marks = {grade_id(cell): cell.id for cell in release.cells if grade_id(cell)}
    places, last = [], ""
    for cell in submitted.cells:
        mark = mark_of(cell, marks)
        known = marks.get(mark) or texts.get(normal(cell.source))
        known = known or (cell.get("id") if cell.get("id") in ids else None)
        last = known or last
        places.append(last)
    return places


def _own(source: str, number: int):
    return new_code_cell(source, id=f"own-{number:03d}", metadata={"own": True})


def _additions(source: str, taken: set[str]) -> str:
    """Return the imports, functions and values that a student added to one of the lesson's cells.

    What would replace something of the lesson's own is left out.
    """
    kept = [
        text
        for node, text in _with_text(source.lstrip("\ufeff"))
        if isinstance(node, _DEFINING) and (names := _bound(node)) and not names & taken
    ]
    return "\n".join(kept)


_DEFINING = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign)


def _bound_by_lesson(release) -> set[str]:
    cells = [c for c in release.cells if c.cell_type == "code" and not is_solution(c)]
    return {name for cell in cells for node in _statements(cell.source) for name in _bound(node)}


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _with_text(source: str) -> Iterator[tuple[ast.stmt, str]]:
    """Yield the statements of a cell, each with its text and the comments and decorators before it.

    `ast.unparse` would not do: it gives up on a long sum.
    """
    data = source.encode()
    begins = [0, *(match.end() for match in re.finditer(b"\n", data))]
    before = 0
    for node in _statements(source):
        end = begins[node.end_lineno - 1] + node.end_col_offset
        yield node, data[before:end].lstrip(b" \t\n\f;\\").decode()
        before = end


def _bound(node: ast.stmt) -> set[str]:
    """Return the names that a statement binds at the top level."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(name.asname or name.name).split(".")[0] for name in node.names}
    stored = (n for n in ast.walk(node) if isinstance(n, ast.Name))
    return {name.id for name in stored if isinstance(name.ctx, ast.Store)}
