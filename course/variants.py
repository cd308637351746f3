"""Prove a lesson's checks: run its bank of right and wrong answers through the real grader."""

import copy
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat

from course.banks import Answer, read_bank
from course.grading import class_run
from course.lessons import Lesson
from course.packing import idle_exercises, pack_answers
from grading.cells import grade_id, is_solution
from grading.classrun import grade_all
from grading.errors import UserError
from grading.folders import Folders
from grading.results import Result
from grading.submissions import Submission


@dataclass(frozen=True)
class Verdict:
    """What the grader said of one answer of the bank.

    Attributes:
        answer: the answer.
        lost: points lost on its exercise.
        cause: the misconceptions that its checks named, in order.
        message: the first message of a failed check.
    """

    answer: Answer
    lost: float
    causes: tuple[str, ...]
    message: str

    @property
    def named(self) -> bool:
        """True where a check named the answer's own misconception."""
        return self.answer.name in self.causes

    @property
    def as_it_should(self) -> bool:
        """True where a wrong answer loses points, or a right one loses none."""
        return (self.lost == 0) == self.answer.right


def run_bank(
    lesson: Lesson,
    *,
    workers: int = 2,
    sandbox: bool = True,
    on_pack: Callable[[int, int], None] = lambda done, total: None,
) -> list[Verdict]:
    """Grade every answer of a lesson's bank and return the verdicts in the bank's order.

    Raises:
        UserError: the bank is missing, damaged, or names an exercise that the lesson lacks.
    """
    solution, release = (nbformat.read(p, as_version=4) for p in (lesson.solution, lesson.release))
    answers = read_bank(lesson)
    _check_exercises(lesson, solution, answers)
    packs = pack_answers(answers, solution)
    verdicts: dict[int, Verdict] = {}
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        submissions = [
            _write_pack(Path(folder, "packs", f"{i:03d}"), lesson, packed(pack, solution, release))
            for i, pack in enumerate(packs)
        ]
        run = class_run(lesson, Folders(Path(folder)), workers=workers, sandbox=sandbox)
        for done, graded in enumerate(grade_all(run, submissions), 1):
            for answer in packs[int(graded.result.student)]:
                verdicts[id(answer)] = judge(answer, graded.result)
            on_pack(done, len(packs))
    return [verdicts[id(answer)] for answer in answers]


def judge(answer: Answer, result: Result) -> Verdict:
    """Read what a graded submission says of one answer in it."""
    checks = [check for check in result.checks if check.exercise == answer.exercise]
    lost = sum(
        check.points - (check.points if check.earned is None else check.earned) for check in checks
    )
    causes = tuple(check.cause for check in checks if check.cause)
    messages = [check.message for check in checks if check.message]
    return Verdict(answer, lost, causes, messages[0] if messages else "")


def with_answers(notebook, answers: list[Answer]):
    """Return a copy of a notebook with some exercises answered otherwise."""
    return _with_sources(notebook, {answer.exercise: answer.source for answer in answers})


def packed(pack: list[Answer], solution, release):
    """Return the solution with a pack's answers; unsolved where no check of theirs looks."""
    notebook = with_answers(solution, pack)
    idle = idle_exercises(notebook, {answer.exercise for answer in pack})
    stubs = {grade_id(cell): cell.source for cell in release.cells if grade_id(cell) in idle}
    return _with_sources(notebook, stubs)


def _with_sources(notebook, sources: dict[str, str]):
    changed = copy.deepcopy(notebook)
    for cell in changed.cells:
        if is_solution(cell) and grade_id(cell) in sources:
            cell.source = sources[grade_id(cell)]
    return changed


def _write_pack(place: Path, lesson: Lesson, notebook) -> Submission:
    place.mkdir(parents=True)
    nbformat.write(notebook, place / f"{lesson.slug}.ipynb")
    return Submission(place.name, place)


def _check_exercises(lesson: Lesson, solution, answers) -> None:
    marks = [cell.metadata.get("nbgrader", {}) for cell in solution.cells]
    known = {mark["grade_id"] for mark in marks if mark.get("solution")}
    for answer in answers:
        if answer.exercise not in known:
            raise UserError(
                f"{lesson.bank.name} answers {answer.exercise!r}, which {lesson.name} lacks"
            )
