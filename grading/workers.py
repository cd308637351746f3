"""Grade submissions on processes of this machine; a process that dies takes no other's work along.

Grading one submission is a pure function of lesson, submission and limits, so it can be done
anywhere and done again.
"""

import logging
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing import active_children, get_context

from grading.bench import Bench, pool_of
from grading.grade import Graded, LessonFiles, Master, grade_submission, read_master
from grading.sandbox import Limits
from grading.submissions import Submission

AHEAD = 4  # submissions sent for each process or thread, so that none is idle

Grader = Callable[[Submission], Graded]


@lru_cache
def master_of(files: LessonFiles) -> Master:
    """Return a lesson's notebooks, read once a process."""
    return read_master(files)


def grade_one(
    files: LessonFiles,
    submission: Submission,
    *,
    limits: Limits,
    sandbox: bool,
    whole: bool = False,
) -> Graded:
    """Grade one submission in this process."""
    pool = pool_of(bench_for(files, limits, sandbox))
    return grade_submission(master_of(files), submission, pool, whole=whole)


def bench_for(files: LessonFiles, limits: Limits, sandbox: bool) -> Bench:
    """Return how a lesson's submissions are run."""
    return Bench(files.root, limits, sandbox, master_of(files).imports)


def grade_here(
    one: Grader,
    submissions: list[Submission],
    workers: int,
    *,
    given_up: Grader,
    begin: Callable[[], None] | None = None,
) -> Iterator[Graded]:
    """Grade submissions on some processes and yield each as it is done.

    Args:
        one: grades one submission; it is sent to the processes.
        submissions: what to grade.
        workers: how many are graded at the same time.
        given_up: makes the result of a submission that ended its process twice.
        begin: done first in each process; it is sent there.
    """
    suspects: list[Submission] = []
    todo = submissions
    while todo:
        left = yield from _round(one, todo, min(workers, len(todo)), begin)
        suspects += left[:workers]
        todo = left[workers:]
    for submission in suspects:  # alone, so that whoever ends the process is known
        if (yield from _round(one, [submission], 1, begin)):
            yield given_up(submission)


def _round(one: Grader, submissions: list[Submission], workers: int, begin):
    """Grade on one set of processes; return what was not done when one of them died, oldest first.

    The oldest are those that were being graded.
    """
    todo, waiting = deque(submissions), {}
    with _processes(workers, begin) as pool:
        while _send(pool, one, todo, waiting, AHEAD * workers):
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                if not isinstance(future.exception(), BrokenProcessPool):
                    yield future.result()
                    del waiting[future]
            if any(future in waiting for future in done):
                break
    return [*waiting.values(), *todo]


def _send(pool: ProcessPoolExecutor, one: Grader, todo: deque, waiting: dict, most: int) -> bool:
    """Send what is next, so that a few wait at a time; False where none is left to wait for.

    Each `wait` looks at all that wait: with a whole class of thousands it would take the most time.
    """
    while todo and len(waiting) < most:
        try:
            waiting[pool.submit(one, todo[0])] = todo[0]
        except BrokenProcessPool:  # those that wait will say so
            break
        todo.popleft()
    return bool(waiting)


@contextmanager
def _processes(workers: int, begin) -> Iterator[ProcessPoolExecutor]:
    """Start processes; where the block is left by an exception they are killed, not waited for.

    Nothing is lost by that: what they have finished is written by this process alone.
    """
    others = active_children()
    settings = {"initializer": _settle, "initargs": (begin,)}
    pool = ProcessPoolExecutor(workers, get_context("spawn"), **settings)
    try:
        yield pool
    except BaseException:
        for process in set(active_children()).difference(others):
            process.kill()
        pool._result_queue._writer.close()  # the end of a half-written result can then be read
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _settle(begin: Callable[[], None] | None) -> None:
    """Keep a worker quiet on Ctrl-C and about cells that fail, and end it with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    die_with_parent()
    if begin:
        begin()


def die_with_parent() -> None:
    """Have the kernel end this process when the one that started it ends, even by SIGKILL."""
    import ctypes
    import sys

    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
