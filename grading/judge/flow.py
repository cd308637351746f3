"""Which given cells the judge runs itself, and which names are the student's.

A name is the student's where an answer sets it, or a given cell that uses such a name: what flows
out of the answers. Everything else in a check (NumPy, `check`, the lesson's own data) the judge
makes for itself from the given cells, and what a student does to these names changes nothing. All
of it is worked out from the lesson's own notebook, never from what a student wrote.
"""

import re
from dataclasses import dataclass, field

from grading.cells import is_grade, is_solution
from grading.judge.names import Names, cell_names

HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS.*?(### END HIDDEN TESTS|\Z)", re.DOTALL)
GIVEN, ANSWER, CHECK = "given", "answer", "check"


@dataclass
class Plan:
    """How a lesson's cells are shared between the judge and the student's process.

    Attributes:
        given: ids of the cells that are neither answers nor checks.
        judged: ids of those of them that the judge runs as well.
        fetched: for each check, by id, the names that it takes from the student's process.
        shared: for each check, by id, the names that it sets for the cells below it.
    """

    given: set[str] = field(default_factory=set)
    judged: set[str] = field(default_factory=set)
    fetched: dict[str, list[str]] = field(default_factory=dict)
    shared: dict[str, set[str]] = field(default_factory=dict)

    def plain(self) -> dict:
        """Return the plan in types that JSON knows."""
        shared = {key: sorted(names) for key, names in self.shared.items()}
        sets = {"given": sorted(self.given), "judged": sorted(self.judged)}
        return {**sets, "fetched": self.fetched, "shared": shared}

    @classmethod
    def of(cls, plain: dict) -> "Plan":
        """Return the plan that `plain` was made of."""
        shared = {key: set(names) for key, names in plain["shared"].items()}
        return cls(set(plain["given"]), set(plain["judged"]), plain["fetched"], shared)


@dataclass
class _Cell:
    key: str
    kind: str
    names: Names
    visible: set[str]  # names that a student's own run of this cell would set
    students: bool = False  # it runs in the student's process alone
    uses: list = field(default_factory=list)  # cells that set or changed what it reads


def is_check(cell) -> bool:
    """Tell whether a cell is an automatic check."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def make_plan(solution) -> Plan:
    """Work out how the cells of a lesson's solution notebook are shared."""
    cells = [_read(cell) for cell in solution.cells if cell.cell_type == "code"]
    plan = Plan(given={cell.key for cell in cells if cell.kind == GIVEN})
    setters: dict[str, list[_Cell]] = {}  # of each name, the cells since it was last set
    for cell in cells:
        _follow(cell, setters, plan)
    _find_judged(cells, plan)
    return plan


def _read(cell) -> _Cell:
    kind = CHECK if is_check(cell) else ANSWER if is_solution(cell) else GIVEN
    names = cell_names(cell.source)
    seen = cell_names(HIDDEN.sub("", cell.source)) if kind == CHECK else names
    visible = seen.bound if seen else set()
    return _Cell(cell["id"], kind, names or Names(), visible, students=names is None)


def _follow(cell: _Cell, setters: dict, plan: Plan) -> None:
    """Take one cell into account."""
    taken = {name for name in cell.names.read if _is_students(setters.get(name))}
    unknown = cell.names.read - cell.names.bound - set(setters)
    cell.uses = [other for name in cell.names.read for other in setters.get(name, [])]
    if cell.kind == CHECK:
        plan.fetched[cell.key] = sorted(taken | unknown)
    else:
        cell.students |= cell.kind == ANSWER or bool(taken | unknown)
        _share(cell, setters, plan)
    for name in cell.names.bound:
        setters[name] = [cell]
    for name in cell.names.changed - cell.names.bound:
        if name in setters and not _is_import(setters[name], name):
            setters[name] = [*setters[name], cell]


def _share(cell: _Cell, setters: dict, plan: Plan) -> None:
    """Note which names a cell takes from the checks above it."""
    for name in cell.names.read:
        for check in setters.get(name, [])[-1:]:
            if check.kind == CHECK and name in check.visible:
                plan.shared.setdefault(check.key, set()).add(name)


def _is_students(cells: list[_Cell] | None) -> bool:
    return bool(cells) and any(cell.students for cell in cells)


def _is_import(cells: list[_Cell], name: str) -> bool:
    return name in cells[0].names.imported


def _find_judged(cells: list[_Cell], plan: Plan) -> None:
    """Choose the given cells that the checks need, directly or through others."""
    waiting = [cell for cell in cells if cell.kind == CHECK]
    seen = {cell.key for cell in waiting}
    while waiting:
        for other in waiting.pop().uses:
            if other.kind == GIVEN and not other.students and other.key not in seen:
                seen.add(other.key)
                plan.judged.add(other.key)
                waiting.append(other)
