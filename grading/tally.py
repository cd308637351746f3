"""What a class did, counted: scores, exercises, misconceptions, and the grid of a heat map."""

from dataclasses import dataclass
from statistics import fmean, median

from grading.results import GRADED, MISSING, Check, Result

ROWS_AT_MOST = 200
_TENTHS = ("top", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "last")


@dataclass(frozen=True)
class Exercise:
    """How many passed one exercise, how many did not, and how many wait for a person.

    Attributes:
        name: the exercise.
        points: the most it can give.
        passed: how many passed all its checks.
        judged: how many passed or did not.
        unanswered: how many of those who did not pass had left it open.
        waiting: how many wait for a person.
    """

    name: str
    points: float
    passed: int
    judged: int
    unanswered: int
    waiting: int

    @property
    def failed(self) -> int:
        """How many did not pass."""
        return self.judged - self.passed

    @property
    def share(self) -> float:
        """The share who passed, from 0 to 1."""
        return self.passed / self.judged if self.judged else 0.0


@dataclass(frozen=True)
class Misconception:
    """A cause that checks recognised, and whose work showed it.

    Attributes:
        cause: the misconception; after a wrong choice, the reason against it.
        exercise: where it was seen.
        choice: the letter that was chosen; empty where the exercise is no question.
        students: whose work showed it.
    """

    cause: str
    exercise: str
    choice: str
    students: tuple[str, ...]

    @property
    def told(self) -> str:
        """What these students did, in words."""
        return f"chose {self.choice}; why not: {self.cause}" if self.choice else self.cause


@dataclass(frozen=True)
class Tally:
    """A class in numbers; scores are those of the graded submissions.

    Attributes:
        graded: results with status GRADED.
        others: handed in, but not graded.
        missing: nothing was handed in.
        points: the most that a student can have now, without what a person has yet to grade.
        waiting: points that wait for a person in at least one submission.
        exercises: in the lesson's order; those that wait for a person have judged = 0.
        misconceptions: the commonest first.
    """

    graded: list[Result]
    others: list[Result]
    missing: list[Result]
    points: float
    waiting: float
    exercises: list[Exercise]
    misconceptions: list[Misconception]

    @property
    def scores(self) -> list[float]:
        """The score of each graded submission."""
        return [result.score for result in self.graded]

    @property
    def mean(self) -> float:
        """The mean score, 0 where nothing was graded."""
        return fmean(self.scores) if self.graded else 0.0

    @property
    def median(self) -> float:
        """The median score, 0 where nothing was graded."""
        return float(median(self.scores)) if self.graded else 0.0


def tally(results: list[Result]) -> Tally:
    """Count a class."""
    graded = [result for result in results if result.status == GRADED]
    waiting = max((result.points - result.automatic_points for result in graded), default=0.0)
    most = max((result.points for result in graded), default=0.0) - waiting
    return Tally(
        graded=graded,
        others=[result for result in results if result.status not in (GRADED, MISSING)],
        missing=[result for result in results if result.status == MISSING],
        points=max([most, *(result.score for result in graded)]),
        waiting=waiting,
        exercises=_exercises(graded),
        misconceptions=_misconceptions(graded),
    )


def _exercises(graded: list[Result]) -> list[Exercise]:
    groups: dict[str, list[list[Check]]] = {}
    for result in graded:
        for name, checks in result.exercises().items():
            groups.setdefault(name, []).append(checks)
    return [_exercise(name, everyone) for name, everyone in groups.items()]


def _exercise(name: str, everyone: list[list[Check]]) -> Exercise:
    waiting = [checks for checks in everyone if any(check.earned is None for check in checks)]
    judged = [[check for check in checks if check.earned is not None] for checks in everyone]
    judged = [checks for checks in judged if checks]
    return Exercise(
        name=name,
        points=max(sum(check.points for check in checks) for checks in everyone),
        passed=sum(all(check.passed for check in checks) for checks in judged),
        judged=len(judged),
        unanswered=sum(all(check.unanswered for check in checks) for checks in judged),
        waiting=len(waiting),
    )


def _misconceptions(graded: list[Result]) -> list[Misconception]:
    seen: dict[tuple[str, str, str], dict[str, None]] = {}
    for result in graded:
        for check in result.checks:
            if check.cause and check.earned is not None and not check.passed:
                key = (check.cause, check.exercise, check.choice)
                seen.setdefault(key, {})[result.student] = None
    found = [Misconception(*key, students=tuple(students)) for key, students in seen.items()]
    return sorted(found, key=lambda each: -len(each.students))


def grid(class_: Tally) -> list[tuple[str, list[float | None]]]:
    """Return rows (name, share of the points of each exercise), the best score first.

    One row a student; beyond `ROWS_AT_MOST` students one row a tenth of the class. A share is None
    where a person has yet to grade.
    """
    ranked = sorted(class_.graded, key=lambda result: (-result.score, result.student))
    names = [exercise.name for exercise in class_.exercises]
    rows = [(result.student, _shares(result, names)) for result in ranked]
    if len(rows) <= ROWS_AT_MOST:
        return rows
    edges = [round(len(rows) * i / 10) for i in range(11)]
    tenths = [rows[edges[i] : edges[i + 1]] for i in range(10)]
    return [(f"{name} tenth", _means(part)) for name, part in zip(_TENTHS, tenths, strict=True)]


def _shares(result: Result, names: list[str]) -> list[float | None]:
    groups = result.exercises()
    return [_share(groups.get(name, [])) for name in names]


def _share(checks: list[Check]) -> float | None:
    judged = [check for check in checks if check.earned is not None]
    if not judged:
        return None
    points = sum(check.points for check in judged)
    return sum(check.earned for check in judged) / points if points else 1.0


def _means(rows: list[tuple[str, list[float | None]]]) -> list[float | None]:
    columns = zip(*(shares for _, shares in rows), strict=True)
    known = [[share for share in column if share is not None] for column in columns]
    return [fmean(shares) if shares else None for shares in known]
