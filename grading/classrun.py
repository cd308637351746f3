"""Grade a whole class: submissions in, results, feedback and the gradebook out."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import nbformat

from grading.bench import share
from grading.errors import UserError
from grading.feedback import feedback_page
from grading.files import write_whole
from grading.folders import Folders
from grading.grade import Graded, LessonFiles, failed, not_graded
from grading.moments import EXAMPLE, read_moment
from grading.record import Recorder
from grading.results import Result, read_result, to_json
from grading.sandbox import Limits
from grading.submissions import Submission
from grading.wording import one_line
from grading.workers import bench_for, grade_here, grade_one, master_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ClassRun:
    """What a class is graded with.

    Attributes:
        files: the lesson's notebooks.
        folders: where results go.
        limits: what a submission may use.
        workers: submissions graded at the same time.
        title: the lesson's title, for the feedback pages.
        sandbox: False runs student code with the grader's own rights, which results record.
        scheduler: the address of a Dask scheduler; "" grades on this machine.
        whole: True runs the figures and demonstrations as well that no grade depends on.
        headings: for each exercise, its heading in the lesson's notebook, for the same pages.
    """

    files: LessonFiles
    folders: Folders
    limits: Limits
    workers: int = 2
    title: str = ""
    sandbox: bool = True
    scheduler: str = ""
    whole: bool = False
    headings: Mapping[str, str] = field(default_factory=dict)


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
    _warn_of_times(run, submissions)
    standing = {} if force else _standing_results(run, submissions)
    for result in standing.values():
        on_result(result)
    results = dict(standing)
    open_work = [item for item in submissions if item.student not in standing]
    with Recorder(run.folders.gradebook, run.files.root) as recorder:
        for result in standing.values():
            if not recorder.holds(result):  # somebody began a new gradebook
                recorder.record(result, run.files.slug)
        with closing(grade_all(run, open_work)) as stream:  # Ctrl-C ends its processes as well
            for graded in stream:
                result = _keep(run, graded, recorder)
                results[result.student] = result
                on_result(result)
    return [results[item.student] for item in submissions]


def grade_all(run: ClassRun, submissions: list[Submission]) -> Iterator[Graded]:
    """Grade submissions on this machine's processes, or on a cluster, and yield each when done."""
    how = {"limits": run.limits, "sandbox": run.sandbox}
    one = partial(grade_one, run.files, **how, whole=run.whole)
    if run.scheduler:
        from grading.cluster import grade_on_cluster

        return grade_on_cluster(one, submissions, run.scheduler, given_up=partial(_given_up, run))
    return _grade_here(run, one, submissions)


def _grade_here(run: ClassRun, one, submissions: list[Submission]) -> Iterator[Graded]:
    """Grade on this machine's processes, which share one sandbox."""
    if not submissions:
        return
    bench = bench_for(run.files, run.limits, run.sandbox)
    with bench.open() as pool:
        if pool.note:
            log.warning(pool.note)
        how = {"given_up": partial(_given_up, run), "begin": partial(share, bench, pool)}
        yield from grade_here(one, submissions, run.workers, **how)


def _given_up(run: ClassRun, submission: Submission) -> Graded:
    """Return an explicit 0 for a submission that ended the process that graded it, twice."""
    reason = "the process that graded it was ended"
    return not_graded(master_of(run.files), submission.student, reason)


def _warn_of_times(run: ClassRun, submissions: list[Submission]) -> None:
    """Name the students whose work counts as in time because nobody can read when it came."""
    for item in submissions:
        text = item.written_time(run.files.lesson)
        if text and not read_moment(text):
            log.warning(
                f"{one_line(item.student)}: timestamp.txt says {text!a}, which is no time"
                f" such as {EXAMPLE}: the work counts as in time"
            )


def _standing_results(run: ClassRun, submissions: list[Submission]) -> dict[str, Result]:
    master = master_of(run.files)
    standing = {}
    for item in submissions:
        result = read_result(run.folders.result(master.lesson, item.student))
        if result is None or (run.sandbox and not result.sandboxed):
            continue
        if result.fingerprint and result.fingerprint == _fingerprint(master, item):
            standing[item.student] = result
    return standing


def _fingerprint(master, item: Submission) -> str | None:
    """Return a submission's fingerprint; None where it cannot be had, which grading it will say."""
    try:
        return master.fingerprint(item, master.find(item))
    except (UserError, OSError):
        raise
    except Exception:
        return None


def _keep(run: ClassRun, graded: Graded, recorder: Recorder) -> Result:
    """Write and record a result and return it; what cannot be written down is not graded."""
    place = run.folders.result(graded.result.lesson, graded.result.student)
    previous = _previous(place)
    try:
        texts = _texts(run, graded, previous)
    except Exception as error:
        graded = failed(master_of(run.files), graded.result.student, error)
        texts = _texts(run, graded, previous)
    *others, (_, last) = texts.items()
    for path, text in others:
        write_whole(path, text)
    recorder.record(graded.result, run.files.slug, previous)
    write_whole(place, last)
    return graded.result


def _texts(run: ClassRun, graded: Graded, previous: Result | None) -> dict[Path, str]:
    """Return the files of a graded submission, the result last.

    Where grading failed before it came to the answers, the result keeps those seen before: points
    given for them by hand stay, and the next run compares with them.
    """
    result, texts = graded.result, {}
    folder = run.folders.autograded(result.lesson, result.student)
    if graded.notebook is not None:
        text = nbformat.writes(graded.notebook, version=4)
        texts[folder / f"{run.files.slug}.ipynb"] = text
    titles = {"title": run.title or result.lesson, "headings": run.headings}
    page = feedback_page(result, **titles)
    texts[run.folders.feedback(result.lesson, result.student)] = page
    if result.unseen and previous:
        result = replace(result, answers=previous.answers)
    texts[run.folders.result(result.lesson, result.student)] = to_json(result)
    return texts


def _previous(place: Path) -> Result | None:
    """Return the result that was recorded last, or None where it is missing or damaged."""
    try:
        return read_result(place)
    except UserError:
        return None
