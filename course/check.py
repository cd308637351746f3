"""Find what is wrong with a built lesson."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat

from course.build import is_stale, release_text
from course.grading import class_run
from course.lessons import Lesson
from course.source import read_source
from grading.classrun import grade_all
from grading.errors import UserError
from grading.execute import execute
from grading.folders import Folders
from grading.results import GRADED, Result
from grading.submissions import Submission

RESULT_TYPE = "application/vnd.course.result+json"
LEAKS = ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS\n", "right=", "reasons=")
_STEPS = 4


def find_faults(
    lesson: Lesson, *, on_step: Callable[[int, int], None] = lambda done, total: None
) -> list[str]:
    """Return a sentence for each fault: stale, not reproducible, leaking, or wrongly graded."""
    stale = is_stale(lesson)
    if stale:
        return [f"{stale}: run course build {lesson.name}"]
    on_step(1, _STEPS)
    faults = _release_faults(lesson)
    on_step(2, _STEPS)
    solved, unsolved = _grade_both(lesson)
    on_step(_STEPS, _STEPS)
    return faults + _score_faults(solved, unsolved)


def find_full_budget_faults(
    lesson: Lesson, *, on_cell: Callable[[int, int], None] = lambda done, total: None
) -> list[str]:
    """Run a lesson on the full budget and compare its results with those in the built notebook."""
    notebook = read_source(lesson)
    total = len(notebook.cells)
    execute(
        notebook, root=lesson.course.root, budget="full", on_cell=lambda i: on_cell(i + 1, total)
    )
    built = lesson_results(nbformat.read(lesson.solution, as_version=4))
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


def _release_faults(lesson: Lesson) -> list[str]:
    faults = []
    text = lesson.release.read_text("utf-8")
    if text != release_text(lesson):
        faults.append(f"{lesson.release.name} differs from what nbgrader makes of the solution")
    release = nbformat.reads(text, as_version=4)
    for cell in release.cells:
        found = [leak for leak in LEAKS if leak in cell.source + "\n"]
        faults += [f"the students' notebook holds {leak.strip()!r} in {cell.id}" for leak in found]
        if cell.get("outputs"):
            faults.append(f"the students' notebook holds outputs in {cell.id}")
    others = [path.name for path in lesson.release.parent.iterdir() if path != lesson.release]
    faults += [f"{name} lies beside the students' notebook" for name in others if name != "logs"]
    return faults


def _grade_both(lesson: Lesson) -> tuple[Result, Result]:
    """Grade the solution and the unsolved release as if students had handed them in."""
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        submissions = []
        for name, path in (("solved", lesson.solution), ("unsolved", lesson.release)):
            place = Path(folder) / "submitted" / name
            place.mkdir(parents=True)
            (place / path.name).write_bytes(path.read_bytes())
            submissions.append(Submission(name, place))
        run = class_run(lesson, Folders(Path(folder)))
        results = {graded.result.student: graded.result for graded in grade_all(run, submissions)}
    return results["solved"], results["unsolved"]


def _score_faults(solved: Result, unsolved: Result) -> list[str]:
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
