"""Cut a submitted notebook to what the student wrote, and the lesson to its exercises."""

from collections.abc import Collection
from dataclasses import dataclass

from grading.cells import (
    defined_by,
    defines,
    grade_id,
    is_indented,
    is_solution,
    normal,
    parses,
    without,
)

MOST_PARTS = 10  # of a function that was split; each is parsed again with all before it
LONGEST_GLUED = 20_000  # characters; the longest answer of a lesson has about two thousand


@dataclass(frozen=True)
class Exercise:
    """What is known of an exercise: its stub, the names that answer it, the cell before it."""

    grade_id: str
    stub: object
    names: tuple[str, ...]
    before: str

    def untouched(self, text: str) -> bool:
        """True where a text is the stub itself, or nothing."""
        return normal(text) in ("", normal(self.stub.source))

    def answered_by(self, text: str) -> bool:
        """True where a text defines every name of the exercise."""
        return bool(self.names) and all(defines(text, name) for name in self.names)


@dataclass
class Piece:
    """A student's cell without the lesson's own text.

    Attributes:
        mark: the exercise whose mark it carries, or ''.
        text: what the student wrote.
        kind: "code", "markdown" or "raw".
        cells: the positions it came from.
        given: True for a cell of the lesson's own.
        used: True once it is part of an answer.
        held: the lesson's own cells that had been merged into it.
    """

    mark: str
    text: str
    kind: str
    cells: list[int]
    given: bool = False
    used: bool = False
    held: tuple[str, ...] = ()


def exercises_of(solution, release) -> list[Exercise]:
    """Return the lesson's exercises in their order."""
    solved = {grade_id(cell): cell for cell in solution.cells}
    exercises, before = [], ""
    for cell in release.cells:
        if is_solution(cell):
            name = grade_id(cell)
            exercises.append(Exercise(name, cell, defined_by(cell, solved[name]), before))
        else:
            before = normal(cell.source)
    return exercises


def pieces_of(release, submitted, exercises) -> list[Piece]:
    """Cut the submitted cells to what is the student's, and glue functions that were split."""
    ours = {exercise.grade_id for exercise in exercises}
    others = [cell for cell in release.cells if grade_id(cell) not in ours]
    given = {normal(cell.source) for cell in others}
    locked = {grade_id(cell) for cell in others} - {""}
    known = ours | locked
    blocks = [cell.source.strip() for cell in others if _is_block(cell)]
    blocks = sorted(blocks + [e.stub.source.strip() for e in exercises], key=len, reverse=True)
    pieces: list[Piece] = []
    for number, cell in enumerate(submitted.cells):
        mark, text = mark_of(cell, known), normal(cell.source)
        if text in given or (mark in locked and not _answers_inside(text, exercises)):
            pieces.append(Piece(mark, text, cell.cell_type, [number], given=True))
            continue
        held = [block for block in blocks if block in cell.source and normal(block) != text]
        text = without(cell.source, held).strip("\n") if held else cell.source
        names = tuple(normal(block) for block in held)
        piece = Piece(mark if mark in ours else "", text, cell.cell_type, [number], held=names)
        if not _glue(pieces, piece):
            pieces.append(piece)
    return pieces


def mark_of(cell, known: Collection[str]) -> str:
    """Return a cell's grade_id where the lesson knows it, else its id where that is one, else ''.

    The lessons' cells carry their grade_id as their id too, which survives where metadata do not.
    """
    candidates = (grade_id(cell), cell.get("id"))
    return next((name for name in candidates if name in known), "")


def _answers_inside(text: str, exercises) -> bool:
    """Tell whether a check's cell had an answer merged into it."""
    return any(e.answered_by(text) and not e.untouched(text) for e in exercises)


def _is_block(cell) -> bool:
    """Tell whether a given cell is long enough to be recognised inside another one."""
    lines = cell.source.strip().splitlines()
    imports = all(line.startswith(("import ", "from ")) for line in lines)
    return len(cell.source.strip()) >= 20 and not imports


def _glue(pieces: list[Piece], piece: Piece) -> bool:
    """Join the lower half of a split function to its upper half; tell whether it was one."""
    last = pieces[-1] if pieces else None
    if last is None or last.given or len(last.cells) == MOST_PARTS:
        return False
    if not is_indented(piece.text) or piece.mark not in ("", last.mark):
        return False
    joined = f"{last.text}\n{piece.text}"
    if len(joined) > LONGEST_GLUED or not parses(joined):
        return False
    last.text = joined
    last.cells += piece.cells
    return True
