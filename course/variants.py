"""Prove a lesson's checks: run its bank of right and wrong answers through the real grader."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from course.banks import Answer, read_bank
from course.grading import grade_notebooks, lesson_files
from course.lessons import Lesson
from course.packing import idle_exercises, pack_answers
from grading.built import read_built
from grading.cells import grade_id, is_solution
from grading.errors import UserError
from grading.results import Result


@dataclass(frozen=True)
class Verdict:
    """What the grader said of one answer of the bank.

    Attributes:
        answer: the answer.
        lost: points lost on its exercise.
        causes: the misconceptions that its checks named, in order.
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


@dataclass(frozen=True)
class PackedBank:
    """A lesson's bank, in notebooks that students could have handed in.

    Attributes:
        answers: all answers, in the bank's order.
        packs: which of them each notebook holds, by the notebook's name.
        notebooks: the notebooks, by name.
    """

    answers: list[Answer]
    packs: dict[str, list[Answer]]
    notebooks: dict[str, NotebookNode]

    def verdicts(self, results: Mapping[str, Result]) -> list[Verdict]:
        """Return what the graded notebooks say of each answer, in the bank's order."""
        found = {
            id(answer): judge(answer, results[name])
            for name, pack in self.packs.items()
            for answer in pack
        }
        return [found[id(answer)] for answer in self.answers]


def pack_bank(lesson: Lesson) -> PackedBank:
    """Read a lesson's bank into as few notebooks as keep its answers apart.

    Raises:
        UserError: the lesson is not built, or its bank is missing, damaged, or names an exercise
            that the lesson lacks.
    """
    files = lesson_files(lesson)
    solution, release = read_built(files.solution), read_built(files.release)
    answers = read_bank(lesson)
    _check_exercises(lesson, solution, answers)
    packs = {f"pack{i:03d}": pack for i, pack in enumerate(pack_answers(answers, solution))}
    notebooks = {name: packed(pack, solution, release) for name, pack in packs.items()}
    return PackedBank(answers, packs, notebooks)


def run_bank(
    lesson: Lesson,
    *,
    workers: int = 2,
    sandbox: bool = True,
    on_pack: Callable[[int, int], None] = lambda done, total: None,
) -> list[Verdict]:
    """Grade every answer of a lesson's bank and return the verdicts in the bank's order.

    Raises:
        UserError: as for `pack_bank`.
    """
    bank = pack_bank(lesson)
    how = {"workers": workers, "sandbox": sandbox, "on_graded": on_pack}
    return bank.verdicts(grade_notebooks(lesson, bank.notebooks, **how))


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


def _check_exercises(lesson: Lesson, solution, answers) -> None:
    marks = [cell.metadata.get("nbgrader", {}) for cell in solution.cells]
    known = {mark["grade_id"] for mark in marks if mark.get("solution")}
    for answer in answers:
        if answer.exercise not in known:
            raise UserError(
                f"{lesson.bank.name} answers {answer.exercise!r}, which {lesson.name} lacks"
            )
