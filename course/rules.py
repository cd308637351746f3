"""What a lesson's source must hold to be built; each rule is one small function."""

import ast
import re
from dataclasses import dataclass

from grading.score import exercise_of

_HEADING = re.compile(r"(?m)^#+ (?!BEGIN|END)")
_PROMISE = re.compile(r"(?m)^#+ (?P<title>.*)\((?P<points>\d+) points?\b")  # in a heading


@dataclass(frozen=True)
class Problem:
    """The cell (by grade_id, '' where it has none) and one sentence."""

    grade_id: str
    sentence: str


def find_problem(notebook) -> Problem | None:
    """Return the first rule that a lesson's notebook breaks, or None."""
    for rule in _RULES:
        problem = next(iter(rule(notebook)), None)
        if problem:
            return problem
    return None


def _graded(notebook):
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            yield cell, cell.metadata["nbgrader"]


def _setup_rule(notebook):
    count = sum("setup" in cell.metadata.get("tags", []) for cell in notebook.cells)
    if count != 1:
        yield Problem("", f'a lesson needs one cell with tags=["setup"], this one has {count}')


def _metadata_rule(notebook):
    for _, marks in _graded(notebook):
        grade_id = marks.get("grade_id", "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", grade_id):
            yield Problem(grade_id, f"grade_id must be letters, digits, _ and -, got {grade_id!r}")
        for flag in ("grade", "solution", "locked"):
            if not isinstance(marks.get(flag), bool):
                yield Problem(grade_id, f'"{flag}" must be true or false, got {marks.get(flag)!r}')
        if marks["grade"] and not marks.get("points", 0) > 0:
            yield Problem(
                grade_id, f"a graded cell needs points above 0, got {marks.get('points')}"
            )


def _duplicate_rule(notebook):
    seen = set()
    for _, marks in _graded(notebook):
        if marks["grade_id"] in seen:
            yield Problem(marks["grade_id"], "two cells have this grade_id; each needs its own")
        seen.add(marks["grade_id"])


def _marker_rule(notebook):
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        grade_id = marks.get("grade_id", "")
        for name in ("SOLUTION", "HIDDEN TESTS"):
            begins = cell.source.count(f"### BEGIN {name}")
            ends = cell.source.count(f"### END {name}")
            if begins != ends:
                missing = "END" if begins > ends else "BEGIN"
                yield Problem(grade_id, f"the marker ### {missing} {name} is missing")
        if marks.get("solution") and "### BEGIN SOLUTION" not in cell.source:
            yield Problem(grade_id, "a solution cell needs ### BEGIN SOLUTION and ### END SOLUTION")
        if "### BEGIN SOLUTION" in cell.source and not marks.get("solution"):
            yield Problem(grade_id, "### BEGIN SOLUTION stands in a cell that is no solution cell")
        if grade_id.endswith("-hidden") and "### BEGIN HIDDEN TESTS" not in cell.source:
            yield Problem(grade_id, "a hidden check needs ### BEGIN HIDDEN TESTS and its END")


def _syntax_rule(notebook):
    for cell in notebook.cells:
        code = re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", cell.source)  # IPython's own commands
        if cell.cell_type == "code":
            try:
                ast.parse(code)
            except SyntaxError as error:
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
                yield Problem(grade_id, f"a code cell is not Python ({error.msg}): {error.text}")


def _check_rule(notebook):
    solutions, checks = set(), set()
    for _, marks in _graded(notebook):
        if marks["solution"]:
            solutions.add(marks["grade_id"])
        if marks["grade"]:
            checks.add(exercise_of(marks["grade_id"]))
    for grade_id in sorted(solutions - checks):
        yield Problem(grade_id, f"no check follows this exercise; name one {grade_id}-check")
    for grade_id in sorted(checks - solutions):
        yield Problem(grade_id, f"the check of {grade_id} has no solution cell of that grade_id")


def _points_rule(notebook):
    for heading, cells in _sections(notebook):
        promise = _PROMISE.search(heading)
        marks = [cell.metadata.get("nbgrader", {}) for cell in cells]
        given = sum(mark["points"] for mark in marks if mark.get("grade"))
        if promise and int(promise["points"]) != given:
            grade_id = next((mark["grade_id"] for mark in marks if mark), "")
            told = f"{promise['title'].strip()!r} promises {promise['points']}"
            yield Problem(grade_id, f"{told}, and its cells give {given:g} in all")


def _sections(notebook):
    """Return (text of a cell with a heading, the cells up to the next such cell) pairs."""
    sections = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and _HEADING.search(cell.source):
            sections.append((cell.source, []))
        if sections:
            sections[-1][1].append(cell)
    return sections


_RULES = (
    _setup_rule,
    _metadata_rule,
    _duplicate_rule,
    _marker_rule,
    _syntax_rule,
    _check_rule,
    _points_rule,
)
