"""Join the lessons of a course tree to the grader."""

import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.build import generate_release
from course.lessons import Course, Lesson
from grading.built import read_built
from grading.classrun import ClassRun, grade_all
from grading.errors import UserError
from grading.folders import Folders
from grading.grade import LessonFiles
from grading.gradebook import open_gradebook
from grading.results import Result
from grading.sandbox import Limits
from grading.score import exercise_of
from grading.submissions import Submission
from helpers.scoreboard import read_checks


def lesson_files(lesson: Lesson) -> LessonFiles:
    """Return where a lesson's built notebooks lie.

    Raises:
        UserError: the lesson is not built.
    """
    for path in (lesson.solution, lesson.release):
        if not path.is_file():
            raise UserError(f"{path} is missing: run course build {lesson.name}")
    return LessonFiles(
        lesson.name, lesson.slug, lesson.course.root, lesson.solution, lesson.release
    )


def class_folders(course: Course, into: Path | None) -> Folders:
    """Return where a class's files go: a chosen folder, or the course's own `grading/`."""
    return Folders((into or course.root / "grading").resolve())


def class_run(
    lesson: Lesson,
    folders: Folders,
    *,
    workers: int = 2,
    limits: Limits | None = None,
    sandbox: bool = True,
    scheduler: str = "",
    whole: bool = False,
) -> ClassRun:
    """Prepare to grade a class of one lesson into some folders."""
    files, title, headings = lesson_files(lesson), lesson_title(lesson), exercise_headings(lesson)
    limits = limits or Limits()
    return ClassRun(files, folders, limits, workers, title, sandbox, scheduler, whole, headings)


def grade_notebooks(
    lesson: Lesson,
    notebooks: Mapping[str, NotebookNode],
    *,
    workers: int = 2,
    sandbox: bool = True,
    on_graded: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Result]:
    """Grade notebooks as if students of these names had handed them in; record nothing."""
    results = {}
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        handed_in = []
        for student, notebook in notebooks.items():
            handed_in.append(Submission(student, Path(folder, "submitted", student)))
            handed_in[-1].folder.mkdir(parents=True)
            nbformat.write(notebook, handed_in[-1].folder / f"{lesson.slug}.ipynb")
        run = class_run(lesson, Folders(Path(folder)), workers=workers, sandbox=sandbox)
        with closing(grade_all(run, handed_in)) as stream:
            for graded in stream:
                results[graded.result.student] = graded.result
                on_graded(len(results), len(notebooks))
    return results


def enter_lesson(lesson: Lesson, folders: Folders) -> None:
    """Enter a lesson's cells into nbgrader's gradebook, so that results can be recorded.

    Raises:
        UserError: the solution is not built or damaged, or the gradebook is none.
    """
    folders.root.mkdir(parents=True, exist_ok=True)
    with open_gradebook(folders.gradebook):  # of one that is none nbgrader gives no reason
        pass
    with tempfile.TemporaryDirectory(prefix="course-") as scratch:
        generate_release(lesson, Path(scratch), db=folders.gradebook)


def lesson_title(lesson: Lesson) -> str:
    """Return the lesson's own title: the first heading of its notebook."""
    heading = re.search(r"(?m)^# (.+)$", read_built(lesson.release).cells[0].source)
    return heading[1].strip() if heading else lesson.name


def exercise_headings(lesson: Lesson) -> dict[str, str]:
    """Return each exercise's heading in the lesson's own notebook, without its points."""
    headings = {}
    for check in read_checks(lesson.release):
        if check.title:
            headings.setdefault(exercise_of(check.grade_id), check.title)
    return headings
