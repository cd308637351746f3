"""Build a lesson: text source -> executed solution -> students' notebook."""

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from course.execute import execute
from course.lessons import Lesson
from course.outputs import run_again, take_over
from course.own_work import is_worked_in, put_aside
from course.source import read_source, source_hash
from grading.built import read_built
from grading.configuration import nbgrader_config
from grading.errors import UserError
from grading.files import write_whole
from grading.programs import own_programs_first

LARGEST = 600_000  # bytes of an executed solution: a page that opens at once on a phone


def build_solution(
    lesson: Lesson,
    *,
    repository: str | None = None,
    afresh: bool = False,
    on_cell: Callable[[int, int], None] | None = None,
) -> None:
    """Execute a lesson on the full budget and write its solution notebook.

    Args:
        lesson: the lesson to build.
        repository: where the set-up cell fetches the course from; None for the course's setting.
        afresh: execute every cell even where prose or checks alone have changed.
        on_cell: called with the number of the cell that starts, and how many there are.

    Raises:
        UserError: the source breaks a rule, a cell fails, or the notebook is too large.
    """
    notebook = read_source(lesson, repository=repository)
    changed = None if afresh else take_over(notebook, lesson.solution)
    if changed is None:
        _execute(notebook, lesson, on_cell)
    elif changed:
        run_again(changed, notebook, lambda part: _execute(part, lesson, on_cell))
    tidy(notebook)
    text = notebook_text(notebook)
    size = len(text.encode())
    if size > LARGEST:
        raise UserError(f"{lesson.name} is {size:,} bytes with its figures, over {LARGEST:,}")
    write_whole(lesson.solution, text)


def _execute(notebook, lesson: Lesson, on_cell: Callable[[int, int], None] | None) -> None:
    total = len(notebook.cells)
    execute(
        notebook,
        root=lesson.course.root,
        budget="full",
        on_cell=lambda index: on_cell and on_cell(index, total),
    )


def build_release(lesson: Lesson) -> Path | None:
    """Write the students' notebook from the solution notebook, by nbgrader.

    Returns:
        Where the old one was put because somebody had worked in it; None where nobody had.
    """
    text = release_text(lesson)
    kept = put_aside(lesson)
    write_whole(lesson.release, text)
    return kept


def release_text(lesson: Lesson) -> str:
    """Return the students' notebook that nbgrader makes of the solution notebook as it lies.

    Raises:
        UserError: the solution is not built, or nbgrader refuses it.
    """
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        release = generate_release(lesson, Path(folder), db=Path(folder) / "gradebook.db")
        notebook = nbformat.read(release, as_version=4)
    notebook.metadata.pop("celltoolbar", None)
    return notebook_text(notebook)


def generate_release(lesson: Lesson, folder: Path, *, db: Path) -> Path:
    """Run nbgrader's generate_assignment into a folder and a gradebook; return the notebook.

    Raises:
        UserError: the solution is not built or damaged, or nbgrader refuses it.
    """
    if not lesson.solution.is_file():
        raise UserError(f"{lesson.name} is not built yet: run course build {lesson.name}")
    read_built(lesson.solution)  # of a damaged one nbgrader gives no reason
    own_programs_first()
    with nbgrader_config(lesson.course.root) as config:
        config.CourseDirectory.release_directory = str(folder)
        config.CourseDirectory.db_url = f"sqlite:///{db}"
        config.CourseDirectory.notebook_id = lesson.slug
        api = NbGraderAPI(CourseDirectory(config=config), config=config)
        logging.getLogger("traitlets").setLevel(logging.CRITICAL)
        result = api.generate_assignment(lesson.name, force=True)
    if not result["success"]:
        raise UserError(f"nbgrader cannot release {lesson.name}: {_reason(result)}")
    return folder / lesson.name / f"{lesson.slug}.ipynb"


def _reason(result: dict) -> str:
    """Return the line of nbgrader's log that names the error."""
    lines = (result.get("log") or result.get("error") or "no reason given").strip().splitlines()
    named = [line.strip() for line in lines if "Error: " in line or "Exception: " in line]
    return (named or lines)[0]


def is_stale(lesson: Lesson, *, repository: str | None = None) -> str:
    """Return what is out of date about a lesson's built files in one phrase, or ''."""
    fresh = source_hash(read_source(lesson, repository=repository))
    for path in (lesson.solution, lesson.release):
        name = path.relative_to(lesson.course.root)
        if not path.is_file():
            return f"{name} is not built"
        built = built_hash(path)
        if built != fresh:
            return f"{name} is {'older than its source' if built else 'damaged'}"
    return f"{name} was worked in" if is_worked_in(lesson) else ""


def built_hash(path: Path) -> str:
    """Return the hash of the source that a built notebook was made from; '' of a damaged one."""
    try:
        return read_built(path).metadata.course.source
    except UserError:  # it is built again
        return ""


def tidy(notebook) -> None:
    """Remove what differs from run to run: kernel details and widget state."""
    notebook.metadata.language_info = nbformat.from_dict({"name": "python"})
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("metadata", {}).pop("needs_background", None)
            output.pop("transient", None)


def notebook_text(notebook) -> str:
    """Return a notebook as the text of its file, the same text for the same notebook."""
    return nbformat.writes(notebook, version=4) + "\n"
