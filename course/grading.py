"""Join the lessons of a course tree to the grader."""

import re
import tempfile
from pathlib import Path

import nbformat

from course.build import generate_release
from course.lessons import Course, Lesson
from grading.classrun import ClassRun
from grading.errors import UserError
from grading.folders import Folders
from grading.grade import LessonFiles
from grading.sandbox import Limits


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
    files, title = lesson_files(lesson), lesson_title(lesson)
    limits = limits or Limits()
    return ClassRun(files, folders, limits, workers, title, sandbox, scheduler, whole)


def enter_lesson(lesson: Lesson, folders: Folders) -> None:
    """Enter a lesson's cells into nbgrader's gradebook, so that results can be recorded."""
    folders.root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="course-") as scratch:
        generate_release(lesson, Path(scratch), db=folders.gradebook)


def lesson_title(lesson: Lesson) -> str:
    """Return the lesson's own title: the first heading of its notebook."""
    notebook = nbformat.read(lesson.release, as_version=4)
    heading = re.search(r"(?m)^# (.+)$", notebook.cells[0].source)
    return heading[1].strip() if heading else lesson.name
