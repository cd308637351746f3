"""What each command of the command line does, in terms of the modules that do it."""

from pathlib import Path

from course import show
from course.build import build_release, build_solution, is_stale
from course.check import find_faults, find_full_budget_faults
from course.grading import (
    class_folders,
    class_run,
    enter_lesson,
    exercise_headings,
    lesson_title,
)
from course.lessons import Lesson, find_course
from course.own_work import refuse_own_work
from course.sample import write_class
from course.variants import run_bank
from grading.classrun import grade_class
from grading.errors import UserError
from grading.files import write_whole
from grading.folders import Folders
from grading.report import class_report
from grading.results import Result, read_result
from grading.sandbox.doctor import self_test
from grading.submissions import Submission, find_submissions
from grading.wording import count


def build_lessons(names: list[str], *, repository: str | None = None, force: bool = False) -> None:
    """Build the named lessons, or all; those up to date are left as they are, unless forced."""
    for lesson in find_course().pick(names):
        stale = is_stale(lesson, repository=repository)
        if not stale and not force:
            show.line(f"{lesson.name} is up to date")
            continue
        if force or "notebooks" not in stale:
            with show.progress(f"{lesson.name}: building") as step:
                build_solution(lesson, repository=repository, afresh=force, on_cell=step)
        if kept := build_release(lesson):
            show.line(f"What somebody wrote into the old {lesson.release.name}: {_below(kept)}")
        show.line(f"{lesson.name}: built {_below(lesson.solution)} and {_below(lesson.release)}")


def check_lessons(names: list[str], *, full: bool) -> None:
    """Check the named lessons, or all.

    Raises:
        UserError: some lesson has a fault; each is printed before.
    """
    faulty = 0
    for lesson in find_course().pick(names):
        with show.progress(f"{lesson.name}: checking") as step:
            faults = find_faults(lesson, on_step=step)
            faults += find_full_budget_faults(lesson, on_cell=step) if full and not faults else []
        show.line(f"{lesson.name}: {'as it should be' if not faults else ''}")
        for fault in faults:
            show.line(f"  - {fault}")
        faulty += len(faults)
    if faulty:
        raise UserError(f"{count(faulty, 'fault')} found")


def run_banks(names: list[str], *, every: bool, workers: int, sandbox: bool = True) -> None:
    """Run the banks of the named lessons, or all, and print what the grader said of the answers.

    Args:
        names: the lessons' folder names.
        every: print every answer, and not only those judged wrongly or not named.
        workers: submissions graded at the same time.
        sandbox: False runs the answers with the grader's own rights.

    Raises:
        UserError: a wrong answer lost nothing, or a right one lost points.
    """
    wrong_verdicts = 0
    for lesson in find_course().pick(names):
        with show.progress(f"{lesson.name}: grading the bank") as step:
            verdicts = run_bank(lesson, workers=workers, sandbox=sandbox, on_pack=step)
        show.verdicts(lesson.name, verdicts, every=every)
        wrong_verdicts += sum(not verdict.as_it_should for verdict in verdicts)
    if wrong_verdicts:
        raise UserError(f"wrongly judged: {count(wrong_verdicts, 'answer')} of the banks")


def grade_lesson(name: str, submissions: Path | None, *, into: Path | None, **options) -> None:
    """Grade the submissions of one lesson and show the class report.

    Args:
        name: the lesson's folder name.
        submissions: a folder with one folder a student; None for where they are collected.
        into: where results go; the course's own `grading/` where None.
        options: as for `grade_folder`.
    """
    course = find_course()
    lesson = course.lesson(name)
    folders = class_folders(course, into)
    found = find_submissions(submissions or folders.submitted)
    grade_folder(lesson, found, folders, **options)
    _tell_where(folders, [lesson])


def grade_folder(
    lesson: Lesson,
    submissions: list[Submission],
    folders: Folders,
    *,
    force: bool = False,
    **options,
) -> list[Result]:
    """Grade submissions into some folders, with progress, and write and show the class report.

    The options are those of `class_run`: workers, limits, sandbox, scheduler.
    """
    refuse_own_work(lesson)
    enter_lesson(lesson, folders)
    run = class_run(lesson, folders, **options)
    with show.progress(f"{lesson.name}: grading {count(len(submissions), 'submission')}") as step:
        done = []

        def show_one_more(result: Result) -> None:
            done.append(result)
            step(len(done), len(submissions))

        results = grade_class(run, submissions, force=force, on_result=show_one_more)
    _write_report(lesson, results, folders)
    return results


def report_lessons(names: list[str], *, into: Path | None) -> None:
    """Write and show the class report of the named lessons, or of all that were graded.

    Raises:
        UserError: nothing, or not every lesson that is named, was graded yet.
    """
    course = find_course()
    folders = class_folders(course, into)
    graded = [lesson for lesson in course.pick(names) if folders.results(lesson.name)]
    if not graded:
        raise UserError(f"nothing is graded yet in {folders.root}: run course grade first")
    if missing := sorted(set(names) - {lesson.name for lesson in graded}):
        raise UserError(f"not graded yet in {folders.root}: {', '.join(missing)}")
    for lesson in graded:
        results = [read_result(path) for path in folders.results(lesson.name)]
        _write_report(lesson, results, folders)
    _tell_where(folders, graded)


def examine_machine() -> None:
    """Try the sandbox on this machine, with the course's own secrets, and say what was found.

    Raises:
        UserError: a guarantee does not hold; each is printed before.
    """
    with show.progress("trying what student code must not be able to do"):
        faults = self_test(find_course().root)
    for fault in faults:
        show.line(f"  - {fault}")
    if faults:
        raise UserError("student code cannot be closed in on this machine")
    show.line("Student code is closed in: every guarantee was tried and holds on this machine.")


def run_demo(names: list[str], into: Path, *, workers: int, sandbox: bool = True) -> None:
    """Build the named lessons, or all; grade a sample class of each, and say where everything is.

    The pages of a lesson can be read as soon as its line is printed, while the next is graded.
    """
    folders = Folders(into.resolve())
    lessons = find_course().pick(names)
    build_lessons(names)
    for lesson in lessons:
        submissions = write_class(lesson, folders.submitted)
        grade_folder(lesson, submissions, folders, workers=workers, sandbox=sandbox)
        show.line(f"Class report    {_below(folders.report(lesson.name))}")
    _tell_where(folders, [])


def _write_report(lesson: Lesson, results: list[Result], folders: Folders) -> None:
    links = {
        result.student: f"../feedback/{result.student}/{lesson.name}/{lesson.slug}.html"
        for result in results
    }
    titles = {"title": lesson_title(lesson), "headings": exercise_headings(lesson)}
    page = class_report(results, **titles, links=links)
    write_whole(folders.report(lesson.name), page)
    show.class_table(results, title=lesson_title(lesson))


def _tell_where(folders: Folders, lessons: list[Lesson]) -> None:
    show.line("")
    show.line(f"Gradebook       {_below(folders.gradebook)}")
    show.line(f"Feedback pages  {_below(folders.root / 'feedback')}")
    for lesson in lessons:
        show.line(f"Class report    {_below(folders.report(lesson.name))}")


def _below(path: Path) -> Path:
    """Write a path from here where it lies below here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
