"""Turn an executed notebook into checks with points, messages and misconceptions."""

import ast
import re

from grading.cells import grade_id, is_grade, is_solution
from grading.results import NO_ANSWER, NOT_ANSWERED, Check
from helpers.checks import USUAL_SLIPS, cause_label

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_CHECK_NAME = re.compile(r"^(?P<exercise>.+?)-(?P<kind>check|hidden)\d*$")
_MEANING = "What it means: "
TODO = "raise NotImplementedError"  # what stands in a code cell that is not answered
_LABEL = re.compile(f"{cause_label()}|{cause_label('(?P<choice>[^ :]+)')}")


def score_notebook(notebook, hidden: set[str]) -> tuple[Check, ...]:
    """Score every graded cell of an executed notebook.

    A code cell earns all its points where it ran to its end without an error, else none: what a
    cell prints or returns is never a score. A cell graded by hand earns None until a person does
    it, and 0 where the student left it as it was.

    Args:
        notebook: the executed notebook.
        hidden: the grade_ids of the checks that hold hidden tests.
    """
    cells = notebook.cells
    unanswered = {grade_id(cell) for cell in cells if is_solution(cell) and TODO in cell.source}
    return tuple(_score_cell(cell, hidden, unanswered) for cell in cells if is_grade(cell))


def exercise_of(grade_id: str) -> str:
    """Return the exercise that a check belongs to: softmax-hidden belongs to softmax."""
    match = _CHECK_NAME.match(grade_id)
    return match["exercise"] if match else grade_id


def _score_cell(cell, hidden, unanswered) -> Check:
    marks = cell.metadata.nbgrader
    facts = {
        "grade_id": marks.grade_id,
        "exercise": exercise_of(marks.grade_id),
        "points": float(marks.points),
        "hidden": marks.grade_id in hidden,
        "covers": _coverage(cell.source) if marks.grade_id in hidden else "",
    }
    if is_solution(cell):
        from nbgrader.utils import compute_checksum  # takes seconds to import

        untouched = compute_checksum(cell) == marks.get("checksum")
        return Check(**facts, earned=0.0 if untouched else None, message=NO_ANSWER * untouched)
    message = _message(cell, unanswered)
    cause, choice = _cause(message, cell.source)
    return Check(
        **facts,
        earned=0.0 if message else facts["points"],
        message=message,
        cause=cause,
        choice=choice,
    )


def _message(cell, unanswered: set[str]) -> str:
    """Return what went wrong in a check's cell, in the words a student sees, or ''."""
    exercise = exercise_of(grade_id(cell))
    missing = f"name '{exercise}' is not defined"  # the TODO of a question makes no name
    for output in cell.outputs:
        if output.output_type != "error":
            continue
        if exercise in unanswered and (_is_todo(output) or output.evalue == missing):
            return NOT_ANSWERED
        return _error_message(output)
    return "" if cell.execution_count else "this check did not run"


def _is_todo(output) -> bool:
    """Tell whether an error is that of an exercise as it was released."""
    return output.ename == "NotImplementedError" and not output.evalue


def _error_message(output) -> str:
    if output.ename == "CheckFailed":
        return output.evalue
    if _is_todo(output):
        return "an exercise that this one uses is not answered yet"
    trace = _ANSI.sub("", "\n".join(output.traceback))
    message = f"{output.ename}: {output.evalue}".rstrip(": ")
    meaning = trace.rpartition(_MEANING)[2] if _MEANING in trace else ""
    return f"{message}\n{_MEANING}{meaning}".strip() if meaning else message


def _cause(message: str, source: str) -> tuple[str, str]:
    """Return the misconception that a message names, and the choice, if the check knows them.

    A student's own exception may say anything, a hidden test's input among it.
    """
    last = message.rpartition("\n")[2]
    label = _LABEL.match(last)
    if not label:
        return "", ""
    cause, choice = last[label.end() :], label["choice"] or ""
    known = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    return (cause, choice) if {cause, choice} <= known | USUAL_SLIPS | {""} else ("", "")


def _coverage(source: str) -> str:
    first = source.strip().partition("\n")[0]
    return first.lstrip("# ").removeprefix("Hidden tests:").strip() if first.startswith("#") else ""
