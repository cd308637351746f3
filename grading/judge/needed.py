"""Which given cells a submission's grade depends on: the others need not run.

Most of a lesson's time goes into figures and demonstrations that no check looks at. A given cell
is run where a check or an answer may come to use what it sets or changes, directly or through
other given cells; names decide, wherever in the notebook they stand, so that a cell too many is
run rather than one too few. A student's answer that reaches for names by other ways than writing
them (`exec`, `globals`, a magic, ...) has the whole notebook run.
"""

import ast
import re
from dataclasses import dataclass

from grading.judge.flow import is_check
from grading.judge.names import Names, cell_names

ROUNDABOUT = re.compile(
    r"(exec|eval|globals|vars|locals|get_ipython|importlib|inspect|sys|In|Out|_i*\d*"
    r"|__(?!init__)\w+__)(\..*)?"
)
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]{2,}")  # by Python's convention; X and W are no constants


@dataclass
class _Given:
    key: str
    names: Names


def needed_cells(notebook, lessons: set[str]) -> set[str]:
    """Return the ids of the given cells of a rebuilt notebook that have to run.

    Args:
        notebook: the rebuilt notebook.
        lessons: ids of the lesson's own given cells; cells that a student added always run.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    given = [_read(cell) for cell in cells if cell["id"] in lessons]
    certain = [cell for cell in cells if cell["id"] not in lessons]
    names = [cell_names(cell.source) for cell in certain]
    students = [cell.source for cell in certain if not is_check(cell)]
    if None in names or any(map(_roundabout, students)):
        return {cell.key for cell in given}
    wanted = set().union(*(each.read for each in names))
    return _closure(given, wanted, _objects(given, names))


def _read(cell) -> _Given:
    names = cell_names(cell.source)
    if names is None:  # no plain Python: it is taken to do anything
        return _Given(cell["id"], Names(bound={"*"}, passed={"*"}))
    return _Given(cell["id"], names)


def _roundabout(source: str) -> bool:
    """Tell whether code may reach for names without writing them."""
    words: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            words.append(node.id)
        elif isinstance(node, ast.Attribute):
            words.append(node.attr)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            words += [alias.name for alias in node.names] + [getattr(node, "module", "") or ""]
    return any(map(ROUNDABOUT.fullmatch, words))


def _closure(given: list[_Given], wanted: set[str], objects: set[str]) -> set[str]:
    """Add cells, and what they read, until nothing is missing."""
    wanted, needed = wanted | {"*"}, set()
    while True:
        more = [c for c in given if c.key not in needed and _matters(c, wanted, objects)]
        if not more:
            return needed
        needed |= {cell.key for cell in more}
        wanted |= set().union(*(cell.names.read for cell in more))


def _matters(cell: _Given, wanted: set[str], objects: set[str]) -> bool:
    changed = (cell.names.changed | cell.names.passed) & objects
    return bool((cell.names.bound | changed) & wanted)


def _objects(given: list[_Given], graded: list[Names]) -> set[str]:
    """Return the names whose objects a cell may change: not imported, not defined, no CONSTANT."""
    every = [cell.names for cell in given] + graded
    made = set().union({"*"}, *(names.bound | names.read for names in every))
    fixed = set().union(*(names.imported | names.defined for names in every))
    return {name for name in made - fixed if not CONSTANT.fullmatch(name)}
