"""What grading one submission gives: plain data for the disk, the gradebook and the reports."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from grading.errors import UserError

GRADED = "graded"
UNREADABLE = "unreadable"
MISSING = "missing"
CRASHED = "crashed"
TIMED_OUT = "timed out"
UNGRADABLE = "not gradable"

NO_ANSWER = "no answer"  # the message of a reflection that was left as it was
NOT_ANSWERED = "this exercise is not answered yet"  # and of a check whose exercise was


@dataclass(frozen=True)
class Check:
    """One graded cell.

    Attributes:
        grade_id: the cell's id, such as "softmax-hidden".
        exercise: the exercise it belongs to, such as "softmax".
        points: the most it can give.
        earned: what it gave; None where a person has yet to grade it.
        hidden: True where the cell holds hidden tests; students see its name only.
        covers: for a hidden check, what it covers, from the cell's first comment.
        message: what went wrong, for the student; empty where it passed.
        cause: the misconception that the check recognised; empty where none was.
        choice: the wrong letter that a concept question got; its cause says why it is wrong.
    """

    grade_id: str
    exercise: str
    points: float
    earned: float | None
    hidden: bool = False
    covers: str = ""
    message: str = ""
    cause: str = ""
    choice: str = ""

    @property
    def passed(self) -> bool:
        """True where all points were earned."""
        return self.earned == self.points

    @property
    def unanswered(self) -> bool:
        """True where its exercise was left as it was released."""
        return self.message in (NO_ANSWER, NOT_ANSWERED)


@dataclass(frozen=True)
class Result:
    """One graded submission.

    Attributes:
        lesson: the lesson's folder name, such as "02_mlp".
        student: the student's id, the name of the submission's folder.
        status: GRADED, UNREADABLE, MISSING, CRASHED, TIMED_OUT or UNGRADABLE (the grader
            itself failed on it).
        reason: one sentence for the student where the status is not GRADED.
        checks: every graded cell, in the lesson's order.
        answers: for each exercise, the source that the student handed in.
        mended: sentences on what was repaired in a mangled notebook.
        seconds: how long grading took.
        fingerprint: the hash of the submission and of the lesson it was graded against.
        timestamp: when it was handed in, from its timestamp.txt; empty where that is not known.
        sandboxed: False where student code ran with the grader's own rights.
    """

    lesson: str
    student: str
    status: str
    reason: str = ""
    checks: tuple[Check, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    mended: tuple[str, ...] = ()
    seconds: float = 0.0
    fingerprint: str = ""
    sandboxed: bool = True
    timestamp: str = ""

    @property
    def unseen(self) -> bool:
        """True where grading ended before any answer was read: it says nothing of the answers."""
        return self.status in (CRASHED, UNGRADABLE) and not self.answers

    @property
    def score(self) -> float:
        """The points earned so far, without what a person has yet to grade."""
        return sum(check.earned or 0.0 for check in self.checks)

    @property
    def points(self) -> float:
        """The most that the lesson gives, cells graded by hand included."""
        return sum(check.points for check in self.checks)

    @property
    def automatic_points(self) -> float:
        """The most that the lesson gives without what a person has yet to grade."""
        return sum(check.points for check in self.checks if check.earned is not None)

    def exercises(self) -> dict[str, list[Check]]:
        """Group the checks by exercise, in the lesson's order."""
        groups: dict[str, list[Check]] = {}
        for check in self.checks:
            groups.setdefault(check.exercise, []).append(check)
        return groups


def to_json(result: Result) -> str:
    """Write a result as JSON."""
    return json.dumps(asdict(result), indent=1)


def from_json(text: str | bytes, source: object = "a result") -> Result:
    """Read a result from what `to_json` wrote.

    Args:
        text: JSON.
        source: where it comes from, for the message.

    Raises:
        UserError: the text is not a result.
    """
    try:
        data = json.loads(text)
        data["checks"] = tuple(Check(**check) for check in data["checks"])
        data["mended"] = tuple(data["mended"])
        return Result(**data)
    except (ValueError, TypeError, KeyError) as error:
        raise UserError(f"{source} is damaged ({error}): grade again with --force") from error


def read_result(path: Path) -> Result | None:
    """Read a result file, or return None where there is none.

    Raises:
        UserError: it is damaged.
    """
    return from_json(path.read_bytes(), path) if path.is_file() else None
