"""One student's feedback on one lesson: a page that needs nothing but a browser."""

from collections.abc import Mapping
from dataclasses import dataclass

from grading.charts import share_bar
from grading.pages import render
from grading.results import (
    CRASHED,
    GRADED,
    MISSING,
    TIMED_OUT,
    UNGRADABLE,
    UNREADABLE,
    Check,
    Result,
)
from grading.wording import one_line, percent, sentence, shorten
from helpers.checks import cause_label

MESSAGE_LIMIT = 4_000
ANSWER_LIMIT = 20_000

MEANING = "What it means: "  # how a cell's error goes on where `helpers` can explain it

# status -> what happened, and the next step
STATUS_WORDS = {
    UNREADABLE: (
        "Your notebook could not be opened.",
        "Open it in Jupyter or Colab, save it as a notebook (.ipynb) and hand it in again.",
    ),
    MISSING: ("There was nothing to grade.", ""),
    CRASHED: (
        "Your code stopped Python itself, so grading could not go on.",
        "Restart the kernel and run all cells: the last cell that starts is the one to look at.",
    ),
    TIMED_OUT: (
        "Your code ran longer than the grader allows.",
        "Restart the kernel and run all cells: look for a loop that never ends.",
    ),
    UNGRADABLE: (
        "The grader could not work on your notebook.",
        "Show this page to your instructor: the sentence above names what went wrong.",
    ),
}

PASSED, PARTLY, FAILED = "passed", "passed in part", "not passed"
OPEN, WAITING = "not answered", "waits for a person"


@dataclass(frozen=True)
class CheckView:
    """One check as the page shows it."""

    check: Check
    verdict: str
    problem: str = ""  # the message's first line, a sentence
    meaning: str = ""  # what an error means, where it is known
    values: str = ""  # the other lines, printed as they are
    cut: str = ""
    cause: str = ""

    @property
    def label(self) -> str:
        """What stands before the cause: "Likely cause:", or "Why not a:" for a wrong choice."""
        return cause_label(self.check.choice).strip()

    @property
    def told(self) -> str:
        """The cause on its own: the reason against a choice needs its label to be understood."""
        return f"{self.label} {self.cause}" if self.check.choice else self.cause


@dataclass(frozen=True)
class ExerciseView:
    """One exercise as the page shows it; `number` makes its anchor."""

    number: int
    name: str
    verdict: str
    earned: float
    points: float
    waiting: float
    checks: list[CheckView]
    answer: str
    cut: str

    @property
    def causes(self) -> list[str]:
        """The misconceptions that its checks recognised, each once."""
        return list(dict.fromkeys(view.told for view in self.checks if view.cause))

    @property
    def first_problem(self) -> str:
        """What the first message means or says, in case no cause was recognised."""
        problems = [view.meaning or view.problem for view in self.checks if view.problem]
        return one_line(problems[0].partition("\n")[0], limit=160) if problems else ""


def feedback_page(result: Result, *, title: str, headings: Mapping[str, str] | None = None) -> str:
    """Write the feedback page of one submission: self-contained HTML without scripts.

    Args:
        result: the graded submission. Everything in it may come from a student and is escaped.
        title: the lesson's title, such as "02 · Multi-layer perceptron".
        headings: for each exercise, its heading in the lesson's notebook; those without one go
            by their grade_id.
    """
    executed = result.status not in (MISSING, UNREADABLE, UNGRADABLE)
    groups = enumerate(result.exercises().items() if executed else [], start=1)
    exercises = [_exercise(i, name, checks, result.answers) for i, (name, checks) in groups]
    happened, next_step = STATUS_WORDS.get(result.status, ("Your notebook was not graded.", ""))
    return render(
        "feedback.html",
        result=result,
        title=title,
        headings=headings or {},
        graded=result.status == GRADED,
        happened=happened,
        reason=sentence(shorten(result.reason, limit=1_000)[0]),
        next_step=next_step,
        exercises=exercises,
        to_do=[exercise for exercise in exercises if _is_to_do(exercise, result.status)],
        unanswered=[exercise for exercise in exercises if exercise.verdict == OPEN],
        waiting=result.points - result.automatic_points,
        bar=_score_bar(result),
    )


def _is_to_do(exercise: ExerciseView, status: str) -> bool:
    """Tell whether an exercise needs work; after a crash most of them merely did not run."""
    failed = exercise.verdict in (FAILED, PARTLY)
    return failed and (status == GRADED or bool(exercise.causes))


def _score_bar(result: Result):
    share = result.score / result.automatic_points if result.automatic_points else 0.0
    return share_bar(min(max(share, 0.0), 1.0), f"{percent(share)} of the points")


def _exercise(number: int, name: str, checks: list[Check], answers: dict) -> ExerciseView:
    views = [_check(check) for check in checks]
    answer, cut = shorten(answers.get(name, ""), limit=ANSWER_LIMIT)
    return ExerciseView(
        number=number,
        name=name,
        verdict=_exercise_verdict([view.verdict for view in views]),
        earned=sum(check.earned or 0.0 for check in checks),
        points=sum(check.points for check in checks if check.earned is not None),
        waiting=sum(check.points for check in checks if check.earned is None),
        checks=views,
        answer=answer,
        cut=cut,
    )


def _exercise_verdict(verdicts: list[str]) -> str:
    judged = set(verdicts) - {WAITING}
    if not judged:
        return WAITING
    judged = {FAILED} if judged == {FAILED, OPEN} else judged
    return judged.pop() if len(judged) == 1 else PARTLY


def _check(check: Check) -> CheckView:
    verdict = _check_verdict(check)
    if verdict in (PASSED, OPEN, WAITING):
        return CheckView(check, verdict)
    # A hidden check's message may hold what it expected: its name and the cause are all we tell.
    text = "" if check.hidden else _without_cause(check)
    message, cut = shorten(text, limit=MESSAGE_LIMIT)
    said, _, meaning = message.partition("\n" + MEANING)
    problem, _, values = said.partition("\n")
    cause = one_line(check.cause, limit=500)
    return CheckView(check, verdict, problem, meaning, values.strip("\n"), cut, cause)


def _check_verdict(check: Check) -> str:
    if check.earned is None:
        return WAITING
    if check.passed:
        return PASSED
    if check.unanswered:
        return OPEN
    return PARTLY if check.earned > 0 else FAILED


def _without_cause(check: Check) -> str:
    """Return a check's message without the line that names the cause, which the page sets apart."""
    if not check.cause:
        return check.message
    return check.message.replace(cause_label(check.choice) + check.cause, "").rstrip()
