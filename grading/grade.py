"""Grade one submission: a function of the lesson, the submission and the limits alone."""

import time
import traceback
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grading.built import read_built
from grading.cells import imports_of, is_solution
from grading.errors import UserError
from grading.judge.apart import judge_apart
from grading.judge.flow import Plan, make_plan
from grading.reading import Unreadable, read_notebook
from grading.rebuild import rebuild
from grading.results import CRASHED, MISSING, UNGRADABLE, UNREADABLE, Check, Result
from grading.sandbox import Pool
from grading.score import score_notebook
from grading.submissions import HandedIn, Submission, fingerprint
from grading.version import code_version

_HERE = Path(__file__).parent
HIDDEN_MARK = "### BEGIN HIDDEN TESTS"


@dataclass(frozen=True)
class Master:
    """What a lesson is graded against: its solution with the tests, and the students' release."""

    lesson: str
    slug: str
    root: Path
    solution: object
    release: object

    @property
    def hidden(self) -> set[str]:
        """The grade_ids of the cells with hidden tests."""
        marked = [cell for cell in self.solution.cells if HIDDEN_MARK in cell.source]
        return {cell.metadata.nbgrader.grade_id for cell in marked}

    @property
    def answers(self) -> frozenset[str]:
        """The grade_ids of the answers, which tell this lesson's notebook from others."""
        cells = [cell for cell in self.release.cells if is_solution(cell)]
        return frozenset(cell.metadata.nbgrader.grade_id for cell in cells)

    def find(self, submission: Submission) -> HandedIn | None:
        """Return what a student handed in for this lesson, or None."""
        return submission.handed_in(self.slug, self.lesson, self.answers)

    def fingerprint(self, submission: Submission, handed_in: HandedIn | None) -> str:
        """Return the hash of all that a submission's result depends on."""
        against = (self.version, code_version(self.root), submission.timestamp(self.lesson))
        return fingerprint(handed_in, *against)

    @cached_property
    def plan(self) -> Plan:
        """How the lesson's cells are shared between the student's process and the judge."""
        return make_plan(self.solution)

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """The import statements of the lesson's own cells, each once."""
        cells = [cell for cell in self.solution.cells if cell.cell_type == "code"]
        return tuple(dict.fromkeys(line for cell in cells for line in imports_of(cell.source)))

    @property
    def version(self) -> str:
        """The hash of the lesson's source."""
        return self.solution.metadata.course.source


@dataclass(frozen=True)
class Graded:
    """A result, and the notebook that was run to get it (None where none could be)."""

    result: Result
    notebook: object = None


@dataclass(frozen=True)
class LessonFiles:
    """Where a lesson's built notebooks lie; small enough to hand to a worker process."""

    lesson: str
    slug: str
    root: Path
    solution: Path
    release: Path


def read_master(files: LessonFiles) -> Master:
    """Read a lesson's built notebooks.

    Raises:
        UserError: one of them is missing or damaged.
    """
    read = [read_built(path) for path in (files.solution, files.release)]
    return Master(files.lesson, files.slug, files.root, *read)


def grade_submission(
    master: Master, submission: Submission, pool: Pool, *, whole: bool = False
) -> Graded:
    """Grade one submission; whatever is wrong with it ends in a result, never in an exception.

    What goes wrong with the course or the machine is raised: it would befall every submission.

    Args:
        master: what it is graded against.
        submission: where it lies.
        pool: makes the process that its code runs in.
        whole: True runs given cells as well that no grade depends on.

    Raises:
        UserError: a notebook of the lesson is damaged, a file may not be read, there is no sandbox.
        OSError: the disk is full, or something else of this machine has run out.
    """
    try:
        return _grade(master, submission, pool, whole)
    except (ConnectionError, TimeoutError) as error:  # a process made for this submission ended
        return failed(master, submission.student, error)
    except (UserError, OSError):
        raise
    except Exception as error:
        return failed(master, submission.student, error)


def _grade(master: Master, submission: Submission, pool: Pool, whole: bool) -> Graded:
    begun = time.monotonic()
    handed_in = master.find(submission)
    facts = _facts(master, submission, handed_in)
    if handed_in is None:
        reason = f"no notebook was handed in: expected {master.slug}.ipynb"
        return Graded(Result(**facts, status=MISSING, reason=reason, checks=_nothing(master)))
    try:
        read = read_notebook(handed_in)
    except Unreadable as error:
        reason = f"the notebook could not be read: {error}"
        return Graded(Result(**facts, status=UNREADABLE, reason=reason, checks=_nothing(master)))
    return _grade_notebook(master, read, pool, facts, begun, whole)


def not_graded(master: Master, student: str, reason: str, status: str = CRASHED) -> Graded:
    """Return an explicit 0 for a submission that could not be graded, with the reason.

    The submission is not looked at, since that may be what went wrong; without a fingerprint the
    result does not stand, so that the next run tries again.
    """
    facts = {"lesson": master.lesson, "student": student, "status": status, "reason": reason}
    return Graded(Result(**facts, checks=_nothing(master)))


def failed(master: Master, student: str, error: Exception) -> Graded:
    """Return an explicit 0 for a submission on which the grader's own code failed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [Path(frame.filename).name for frame in frames if _HERE in Path(frame.filename).parents]
    place = f" in {ours[-1]}" if ours else ""
    reason = f"the grader's own code failed on this submission ({type(error).__name__}{place})"
    return not_graded(master, student, reason, UNGRADABLE)


def _facts(master: Master, submission: Submission, handed_in: HandedIn | None) -> dict:
    return {
        "lesson": master.lesson,
        "student": submission.student,
        "fingerprint": master.fingerprint(submission, handed_in),
        "timestamp": submission.timestamp(master.lesson),
    }


def _grade_notebook(master, read, pool, facts, begun, whole) -> Graded:
    rebuilt = rebuild(master.solution, master.release, read.notebook, read.notes)
    outcome = judge_apart(rebuilt.notebook, pool, plan=master.plan, whole=whole)
    result = Result(
        **facts,
        status=outcome.status,
        reason=outcome.reason,
        checks=score_notebook(rebuilt.notebook, master.hidden),
        answers=rebuilt.answers,
        mended=rebuilt.mended,
        seconds=round(time.monotonic() - begun, 2),
        sandboxed=pool.sandbox,
    )
    return Graded(result, rebuilt.notebook)


def _nothing(master) -> tuple[Check, ...]:
    """Return every check of the lesson with 0 points earned."""
    checks = score_notebook(master.release, master.hidden)
    message = "nothing to check"
    return tuple(
        Check(c.grade_id, c.exercise, c.points, 0.0, c.hidden, c.covers, message) for c in checks
    )
