"""Grade a whole class: submissions in, results, feedback and the gradebook out."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import nbformat

from grading.errors import UserError
from grading.feedback import feedback_page
from grading.files import write_whole
from grading.folders import Folders
from grading.grade import Graded, LessonFiles, Limits, Master, grade_submission, read_master
from grading.record import Recorder
from grading.results import Result, read_result, to_json
from grading.submissions import Submission


@dataclass(frozen=True)
class ClassRun:
    """What a class is graded with.

    Attributes:
        files: the lesson's notebooks.
        folders: where results go.
        limits: how long a submission may run.
        workers: submissions graded at the same time.
        title: the lesson's title, for the feedback pages.
        sandbox: False runs student code with the grader's own rights, which results record.
    """

    files: LessonFiles
    folders: Folders
    limits: Limits
    workers: int = 2
    title: str = ""
    sandbox: bool = True


def grade_class(
    run: ClassRun,
    submissions: list[Submission],
    *,
    force: bool = False,
    on_result: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
    """Grade every submission, skipping those whose result still stands, and return all results.

    A run that was stopped goes on where it stopped: a result is written last, after everything
    else of its submission, and is kept as long as submission and lesson stay the same.
    """
    standing = {} if force else _standing_results(run, submissions)
    for result in standing.values():
        on_result(result)
    results = dict(standing)
    open_work = [item for item in submissions if item.student not in standing]
    with Recorder(run.folders.gradebook, run.files.root) as recorder:
        for result in standing.values():
            if not recorder.holds(result):  # somebody began a new gradebook
                recorder.record(result, run.files.slug)
        for graded in grade_all(run, open_work):
            _keep(run, graded, recorder)
            results[graded.result.student] = graded.result
            on_result(graded.result)
    return [results[item.student] for item in submissions]


def grade_all(run: ClassRun, submissions: list[Submission]) -> Iterator[Graded]:
    """Grade submissions on worker processes and yield each as it is done."""
    workers = max(1, min(run.workers, len(submissions)))
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_quiet)
    try:
        waiting = {pool.submit(_grade, run.files, item, run.limits) for item in submissions}
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _standing_results(run: ClassRun, submissions: list[Submission]) -> dict[str, Result]:
    master = _master(run.files)
    standing = {}
    for item in submissions:
        result = read_result(run.folders.result(master.lesson, item.student))
        if result and result.fingerprint == master.fingerprint(item, master.find(item)):
            standing[item.student] = result
    return standing


def _keep(run: ClassRun, graded: Graded, recorder: Recorder) -> None:
    result = graded.result
    folder = run.folders.autograded(result.lesson, result.student)
    if graded.notebook is not None:
        text = nbformat.writes(graded.notebook, version=4)
        write_whole(folder / f"{run.files.slug}.ipynb", text)
    page = feedback_page(result, title=run.title or result.lesson)
    write_whole(run.folders.feedback(result.lesson, result.student), page)
    place = run.folders.result(result.lesson, result.student)
    recorder.record(result, run.files.slug, _previous(place))
    write_whole(place, to_json(result))


def _previous(place: Path) -> Result | None:
    """Return the result that was recorded last, or None where it is missing or damaged."""
    try:
        return read_result(place)
    except UserError:
        return None


@lru_cache
def _master(files: LessonFiles) -> Master:
    return read_master(files)


def _grade(files: LessonFiles, submission: Submission, limits: Limits) -> Graded:
    return grade_submission(_master(files), submission, limits)


def _quiet() -> None:
    """Keep a worker quiet on Ctrl-C and about cells that fail: both are told elsewhere."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
