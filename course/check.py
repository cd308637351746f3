"""Find what is wrong with a built lesson."""

from collections.abc import Callable, Mapping

from nbformat import NotebookNode

from course.build import is_stale, release_text
from course.execute import execute
from course.grading import grade_notebooks
from course.lessons import Lesson
from course.source import read_source
from grading.built import read_built
from grading.errors import UserError
from grading.results import GRADED, Result
from helpers.results import RESULT_TYPE

LEAKS = ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS\n", "right=", "reasons=")
SOLVED, UNSOLVED = "solved", "unsolved"
_STEPS = 4


def find_faults(
    lesson: Lesson, *, on_step: Callable[[int, int], None] = lambda done, total: None
) -> list[str]:
    """Return a sentence for each fault: stale, not reproducible, leaking, or wrongly graded."""
    stale = is_stale(lesson)
    if stale:
        return [f"{stale}: run course build {lesson.name}"]
    on_step(1, _STEPS)
    faults = release_faults(lesson)
    on_step(2, _STEPS)
    results = grade_notebooks(lesson, with_and_without_answers(lesson))
    on_step(_STEPS, _STEPS)
    return faults + score_faults(results)


def find_full_budget_faults(
    lesson: Lesson, *, on_cell: Callable[[int, int], None] = lambda done, total: None
) -> list[str]:
    """Run a lesson on the full budget and compare its results with those in the built notebook."""
    notebook = read_source(lesson)
    total = len(notebook.cells)
    execute(
        notebook, root=lesson.course.root, budget="full", on_cell=lambda i: on_cell(i + 1, total)
    )
    built = lesson_results(read_built(lesson.solution))
    fresh = lesson_results(notebook)
    faults = [f"the result {name!r} is not in both runs" for name in built.keys() ^ fresh.keys()]
    for name in built.keys() & fresh.keys():
        old, new = built[name], fresh[name]
        if not abs(old["value"] - new["value"]) <= old["tolerance"]:
            faults.append(
                f"{name}: {new['value']:.4g} now, {old['value']:.4g} in the built notebook"
            )
    return faults


def lesson_results(notebook) -> dict[str, dict]:
    """Return what `report_result` recorded in an executed notebook, by name."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    records = [
        output.data[RESULT_TYPE] for output in outputs if RESULT_TYPE in output.get("data", {})
    ]
    return {record["name"]: record for record in records}


def release_faults(lesson: Lesson) -> list[str]:
    """Return a sentence for each thing in the students' notebook, or beside it, that should not be.

    The notebook is what nbgrader makes of the solution, without answers, hidden tests or outputs.
    """
    faults = []
    text = lesson.release.read_text("utf-8")
    if text != release_text(lesson):
        faults.append(f"{lesson.release.name} differs from what nbgrader makes of the solution")
    for cell in read_built(lesson.release).cells:
        found = [leak for leak in LEAKS if leak in cell.source + "\n"]
        faults += [f"the students' notebook holds {leak.strip()!r} in {cell.id}" for leak in found]
        if cell.get("outputs"):
            faults.append(f"the students' notebook holds outputs in {cell.id}")
    others = [path.name for path in lesson.release.parent.iterdir() if path != lesson.release]
    faults += [f"{name} lies beside the students' notebook" for name in others if name != "logs"]
    return faults


def with_and_without_answers(lesson: Lesson) -> dict[str, NotebookNode]:
    """Return the solution and the unsolved release, to be graded as two students' notebooks."""
    files = {SOLVED: lesson.solution, UNSOLVED: lesson.release}
    return {student: read_built(path) for student, path in files.items()}


def score_faults(results: Mapping[str, Result]) -> list[str]:
    """Return a sentence for each point that the solution lost or the unsolved release got."""
    solved, unsolved = results[SOLVED], results[UNSOLVED]
    faults = [
        f"the unsolved release earns {c.earned:g} in {c.grade_id}"
        for c in unsolved.checks
        if c.earned
    ]
    for result in (solved, unsolved):
        if result.status != GRADED:
            faults.append(f"the {result.student} notebook is {result.status}: {result.reason}")
    for check in solved.checks:
        if check.earned not in (None, check.points):
            faults.append(f"the solution loses {check.grade_id}: {check.message}")
    if not solved.checks:
        raise UserError(f"{solved.lesson} has no graded cell")
    return faults
