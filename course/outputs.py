"""Keep what a lesson's earlier run printed and drew where none of its code has changed."""

import ast
import re
from pathlib import Path

from course.sealing import is_question
from grading.built import read_built
from grading.errors import UserError

# Where the set-up cell finds the course: no result depends on it, nor on what is above.
_FOUND = re.compile(r"(?s)\A# Set-up: .*?^from helpers import start$", re.M)


def take_over(notebook, built: Path) -> bool:
    """Copy the outputs of a built notebook into one that runs the same code.

    Args:
        notebook: a fresh, unexecuted notebook; changed only where the answer is True.
        built: the executed notebook of an earlier build; it may be missing or spoilt.

    Returns:
        Whether every code cell was the same, in the same order, and so kept its outputs.
    """
    try:
        earlier = _code_cells(read_built(built))
    except UserError:  # nothing to keep: the lesson is run
        return False
    cells = _code_cells(notebook)
    if [_what_runs(cell) for cell in cells] != [_what_runs(cell) for cell in earlier]:
        return False
    for cell, old in zip(cells, earlier, strict=True):
        cell.outputs, cell.execution_count = old.outputs, old.execution_count
    return True


def _code_cells(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


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
