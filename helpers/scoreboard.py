"""How far one has come: which checks of this notebook passed, and the points so far."""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

CHECK_LINE = re.compile(r"# Check of \S+: run this cell\n")
HEADING = re.compile(r"^## (.+?)(?: \(\d+ points?\))?$", re.MULTILINE)
MARKS = {True: "✓", False: "✗", None: "·"}
_outcomes: dict[str, bool] = {}  # source of a check cell -> whether its last run passed


@dataclass(frozen=True)
class Check:
    """A graded cell of a released notebook.

    title: the heading above it, such as "Exercise 2 · sliding windows".
    source: its code, without space around it.
    points: what it is worth.
    kind: "visible", "hidden" (its tests run at grading alone) or "reflection" (read by a person).
    """

    title: str
    source: str
    points: float
    kind: str


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
        if cell["cell_type"] == "markdown" and (headings := HEADING.findall(source)):
            title = headings[-1]
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("grade"):
            checks.append(Check(title, source, marks["points"], _kind(cell, source)))
    return checks


def _kind(cell: dict, source: str) -> str:
    if cell["cell_type"] == "markdown":
        return "reflection"
    return "visible" if CHECK_LINE.match(source) else "hidden"


def _note(result) -> None:
    source = (result.info.raw_cell or "").strip()
    if CHECK_LINE.match(source):
        _outcomes[source] = result.success


def _headline(visible: list[Check]) -> str:
    passed = [check for check in visible if _outcomes.get(check.source)]
    titles = {check.title for check in visible}
    open_titles = {check.title for check in visible if not _outcomes.get(check.source)}
    points, most = (sum(check.points for check in part) for part in (passed, visible))
    done = len(titles) - len(open_titles)
    return f"{done} of {len(titles)} exercises and questions pass: {points:g} of {most:g} points."


def _lines(visible: list[Check]) -> list[str]:
    """Write one line for each exercise: passed, failed somewhere, or not run yet."""
    lines = []
    for title in dict.fromkeys(check.title for check in visible):
        own = [_outcomes.get(check.source) for check in visible if check.title == title]
        state = False if False in own else None if None in own else True
        note = {True: "", False: "  (a check failed)", None: "  (not run yet)"}[state]
        lines.append(f"  {MARKS[state]} {title}{note}")
    return lines


def _rest(checks: list[Check]) -> str:
    hidden, reflection = (
        sum(check.points for check in checks if check.kind == kind)
        for kind in ("hidden", "reflection")
    )
    return f"At grading, hidden tests are worth {hidden:g} more, the reflection {reflection:g}."
