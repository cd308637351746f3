"""How far one has come: which checks of this notebook passed, and the points so far."""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import is_open

CHECK_LINE = re.compile(r"# Check of (\S+): run this cell\n")
HEADING = re.compile(  # the title of an exercise, without "(2 points)"
    r"^#{2,3} ((?:Exercises?|Questions?|Reflection)\b.*?)(?: \([^()]*\bpoints?\b[^()]*\))?$",
    re.MULTILINE,
)
PASSED, FAILED, OPEN, NOT_RUN = "passed", "a check failed", "still open", "not run yet"
MARKS = {PASSED: "✓", FAILED: "✗", OPEN: "·", NOT_RUN: "·"}
_outcomes: dict[str, str] = {}  # source of a check cell -> what its last run said


@dataclass(frozen=True)
class Check:
    """A graded cell of a released notebook.

    title: the heading above it, such as "Exercise 2 · sliding windows"; empty where none is.
    grade_id: its name, such as "windows-check".
    source: its code, without space around it.
    points: what it is worth.
    kind: "visible", "hidden" (its tests run at grading alone) or "reflection" (read by a person).
    """

    title: str
    grade_id: str
    source: str
    points: float
    kind: str

    @property
    def label(self) -> str:
        """What a reader knows it by."""
        return self.title or self.grade_id


def progress() -> None:
    """Print which exercises of this notebook pass so far, and the points.

    It knows what ran since the kernel started: after a restart, run the checks again.
    """
    lesson = os.environ.get("COURSE_LESSON", "")
    notebook = Path(__file__).parents[1] / "notebooks" / lesson / f"{lesson[3:]}.ipynb"
    if not notebook.is_file():
        print(f"Progress needs {notebook}, which is not there: copy it from the course again.")
        return
    checks = read_checks(notebook)
    visible = [check for check in checks if check.kind == "visible"]
    print(_headline(visible))
    print("\n".join(_lines(visible)))
    print(_rest(checks))


def watch_checks(shell) -> None:
    """Note the outcome of each check cell that an IPython shell runs from now on."""
    shell.events.register("post_run_cell", _note)


def read_checks(notebook: Path) -> list[Check]:
    """Read the graded cells of a released notebook, in order."""
    checks, title = [], ""
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        source = "".join(cell["source"]).strip()
        marks = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "markdown" and not marks:  # an answer may hold headings as well
            title = (HEADING.findall(source) or [title])[-1]
        if marks.get("grade"):
            facts = title, marks["grade_id"], source, marks["points"]
            checks.append(Check(*facts, _kind(cell, source)))
    return checks


def _kind(cell: dict, source: str) -> str:
    if cell["cell_type"] == "markdown":
        return "reflection"
    return "visible" if CHECK_LINE.match(source) else "hidden"


def _note(result) -> None:
    source = (result.info.raw_cell or "").strip()
    if check := CHECK_LINE.match(source):
        unanswered = _is_unanswered(result.error_in_exec, check[1])
        _outcomes[source] = PASSED if result.success else OPEN if unanswered else FAILED


def _is_unanswered(error: BaseException | None, exercise: str) -> bool:
    """Tell whether a check met an open TODO, or no answer: a question's TODO makes no name."""
    return is_open(error) or (isinstance(error, NameError) and error.name == exercise)


def _outcome(check: Check) -> str:
    return _outcomes.get(check.source, NOT_RUN)


def _headline(visible: list[Check]) -> str:
    passed = [check for check in visible if _outcome(check) == PASSED]
    labels = {check.label for check in visible}
    missed = {check.label for check in visible if _outcome(check) != PASSED}
    points, most = (sum(check.points for check in part) for part in (passed, visible))
    done = len(labels) - len(missed)
    return f"{done} of {len(labels)} exercises and questions pass: {points:g} of {most:g} points."


def _lines(visible: list[Check]) -> list[str]:
    """Write one line for each exercise: passed, failed somewhere, still open or not run yet."""
    lines = []
    for label in dict.fromkeys(check.label for check in visible):
        own = {_outcome(check) for check in visible if check.label == label}
        state = next(state for state in (FAILED, OPEN, NOT_RUN, PASSED) if state in own)
        note = "" if state == PASSED else f"  ({state})"
        lines.append(f"  {MARKS[state]} {label}{note}")
    return lines


def _rest(checks: list[Check]) -> str:
    hidden, reflection = (
        sum(check.points for check in checks if check.kind == kind)
        for kind in ("hidden", "reflection")
    )
    return f"At grading, hidden tests are worth {hidden:g} more, the reflection {reflection:g}."
