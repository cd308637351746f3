"""Keep what a lesson's earlier run printed and drew where its code has not changed."""

import ast
import copy
import re
from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode

from course.sealing import is_question
from grading.built import read_built
from grading.errors import UserError
from grading.judge.flow import is_check
from grading.judge.names import cell_names
from grading.judge.needed import needed_cells

# Where the set-up cell finds the course: no result depends on it, nor on what is above.
_FOUND = re.compile(r"(?s)\A# Set-up: .*?^from helpers import start$", re.M)


def take_over(notebook, built: Path) -> list | None:
    """Copy outputs of a built notebook into one whose cells do the same, checks apart.

    Args:
        notebook: a fresh, unexecuted notebook; changed only where the answer is a list.
        built: the executed notebook of an earlier build; it may be missing or spoilt.

    Returns:
        The checks whose code is another, still with their old outputs; None where a cell that is no
        check changed, came, went or moved, or where a check now sets a name that such a cell reads.
    """
    try:
        earlier = _code_cells(read_built(built))
    except UserError:  # nothing to keep: the lesson is run
        return None
    cells = _code_cells(notebook)
    if [_kind(cell) for cell in cells] != [_kind(cell) for cell in earlier]:
        return None
    pairs = list(zip(cells, earlier, strict=True))
    changed = [cell for cell, old in pairs if _what_runs(cell) != _what_runs(old)]
    if not all(map(is_check, changed)) or _sets_for_others(pairs):
        return None
    for cell, old in pairs:
        cell.outputs, cell.execution_count = old.outputs, old.execution_count
    return changed


def run_again(checks: list, notebook, run: Callable[[NotebookNode], None]) -> None:
    """Run some checks of a notebook, and copies of the cells that they need, in a kernel.

    Args:
        checks: cells of the notebook, whose outputs are replaced.
        notebook: the notebook; its other cells keep their outputs.
        run: executes a notebook in place.
    """
    part = copy.deepcopy(with_what_they_need(checks, notebook))
    run(part)
    outputs = {cell.id: cell.outputs for cell in part.cells}
    for check in checks:
        check.outputs = outputs[check.id]


def with_what_they_need(checks: list, notebook) -> NotebookNode:
    """Return some checks of a notebook and the cells that they need."""
    cells = [cell for cell in _code_cells(notebook) if cell in checks or not is_check(cell)]
    others = {cell.id for cell in cells if cell not in checks}
    needed = needed_cells(NotebookNode(cells=cells), others) | {cell.id for cell in checks}
    part = [cell for cell in cells if cell.id in needed or "setup" in cell.metadata.get("tags", [])]
    return NotebookNode(notebook | {"cells": part})


def _code_cells(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _sets_for_others(pairs: list) -> bool:
    """Tell whether a check sets a name that it did not set before and that other cells read."""
    others = [cell_names(cell.source) for cell, _ in pairs if not is_check(cell)]
    read = set().union(*(names.read for names in others if names))
    checks = [
        (cell_names(cell.source), cell_names(old.source)) for cell, old in pairs if is_check(cell)
    ]
    return any((new.bound - old.bound) & read for new, old in checks if new and old)


def _kind(cell) -> tuple[str, bool]:
    return cell.id, is_check(cell)


def _what_runs(cell) -> str:
    """Return a cell's code without comments, or as it stands where it is not plain Python."""
    code = _FOUND.sub("", cell.source)
    try:
        return ast.dump(_WithoutReasons().visit(ast.parse(code)))
    except SyntaxError:
        return code


class _WithoutReasons(ast.NodeTransformer):
    """Drop why a choice is wrong: a solved lesson never says it."""

    def visit_Call(self, node):
        if is_question(node):
            node.keywords = [word for word in node.keywords if word.arg != "reasons"]
        return self.generic_visit(node)
