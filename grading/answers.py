"""Find a student's answer to each exercise, wherever it ended up in the notebook."""

from dataclasses import dataclass, field

from grading.cells import defines, definition_start, normal, parses
from grading.pieces import Exercise, Piece, exercises_of, pieces_of


@dataclass
class Found:
    """The answers, what was mended to get them, and the pieces, used and unused."""

    answers: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    exercises: dict[str, Exercise] = field(default_factory=dict)


def find_answers(solution, release, submitted) -> Found:
    """Return the student's answers, the stub where one is missing, and notes on what was mended."""
    exercises = exercises_of(solution, release)
    found = Found(pieces=pieces_of(release, submitted, exercises))
    found.exercises = {exercise.grade_id: exercise for exercise in exercises}
    late = []
    for exercise in exercises:
        text, note = _marked(exercise, found.pieces)
        if text is None:
            late.append(exercise)
        else:
            _take(found, exercise, text, note)
    for exercise in late:
        _take(found, exercise, *_strayed(exercise, found))
    found.answers = {name: found.answers[name] for name in found.exercises}
    return found


def _take(found: Found, exercise: Exercise, text: str, note: str) -> None:
    found.answers[exercise.grade_id] = text
    found.notes += [note] * bool(note)


def _marked(exercise: Exercise, pieces: list[Piece]) -> tuple[str | None, str]:
    """Return the answer that stands in cells with the exercise's own mark, or None."""
    mine = [piece for piece in pieces if piece.mark == exercise.grade_id]
    if not mine:
        return None, ""
    changed = [piece for piece in mine if not exercise.untouched(piece.text)]
    text = _latest(exercise, changed)
    if text is None:
        return None, ""
    for piece in mine:
        piece.used = True
    several = len(mine) > 1 and len({normal(piece.text) for piece in mine}) > 1
    joined = several and normal(text) not in {normal(piece.text) for piece in mine}
    if joined:
        return text, f"the cell {exercise.grade_id} was in {len(mine)} pieces: they were joined"
    if len(mine) > 1:
        return text, f"the cell {exercise.grade_id} stood there {len(mine)} times: the last counts"
    if len(mine[0].cells) > 1:
        return text, f"the cell {exercise.grade_id} was in pieces: they were joined"
    note = f"text of the lesson stood in the cell {exercise.grade_id}: it was taken out"
    return text, note * any(mine[0].held)


def _latest(exercise: Exercise, pieces: list[Piece]) -> str | None:
    """Join pieces to versions, a new one wherever a name is defined again; return the last whole.

    Returns None where no version defines all names, so that the answer may stand elsewhere.
    """
    if not exercise.names:
        return pieces[-1].text if pieces else None
    versions: list[list[str]] = []
    for piece in pieces:
        again = versions and any(
            defines(piece.text, name) and defines("\n".join(versions[-1]), name)
            for name in exercise.names
        )
        if again or not versions:
            versions.append([])
        versions[-1].append(piece.text)
    texts = ["\n\n".join(version) for version in versions]
    whole = [text for text in texts if exercise.answered_by(text)]
    return next((text for text in reversed(whole) if parses(text)), whole[-1] if whole else None)


def _strayed(exercise: Exercise, found: Found) -> tuple[str, str]:
    """Return an answer that lost its mark, stands in another cell, or stands nowhere; and why."""
    name = exercise.grade_id
    mine = [piece for piece in found.pieces if piece.mark == name]
    start = [piece for piece in mine if not exercise.untouched(piece.text)]
    for look in (_unmarked, _inside_another, _by_place):
        text = look(exercise, found, start)
        if text is not None:
            for piece in mine:
                piece.used = True
            way = "was left open" if mine else "had lost its mark"
            return text, f"the cell {name} {way}: the answer was found {look.__doc__}"
    for piece in mine:
        piece.used = True
    if start:
        return "\n\n".join(piece.text for piece in start), ""
    if mine:
        return mine[0].text, ""
    return exercise.stub.source, f"the cell {name} was missing: it counts as not answered"


def _unmarked(exercise: Exercise, found: Found, start: list[Piece]) -> str | None:
    """by what it defines"""
    free = [p for p in found.pieces if not (p.mark or p.used or p.given)]
    near = [p for p in free if any(defines(p.text, name) for name in exercise.names)]
    text = _latest(exercise, [*start, *near]) if near else None
    if text is not None and not exercise.untouched(text):
        for piece in near:
            piece.used = True
        return text
    return None


def _inside_another(exercise: Exercise, found: Found, _start: list[Piece]) -> str | None:
    """in another cell"""
    for other, source in found.answers.items():
        text = _part(exercise, found.exercises[other], source)
        if text and exercise.answered_by(text) and not exercise.untouched(text):
            if not parses(source):  # or this one's slip would silence the other
                found.answers[other] = source.replace(text, "")
            return text
    return None


def _part(exercise: Exercise, other: Exercise, source: str) -> str:
    """Return a merged cell's text from one exercise's first definition to the other's next."""
    start = definition_start(source, exercise.names)
    if start < 0:
        return ""
    end = definition_start(source[start + 1 :], other.names)
    return source[start:] if end < 0 else source[start : start + 1 + end]


def _by_place(exercise: Exercise, found: Found, _start: list[Piece]) -> str | None:
    """by where it stands"""
    for piece, after in zip(found.pieces, [*found.pieces[1:], None], strict=True):
        standing = piece if exercise.before in piece.held else after
        here = piece.text == exercise.before or exercise.before in piece.held
        if not here or standing is None or standing.given or standing.mark or standing.used:
            continue
        if standing.kind == exercise.stub.cell_type and not exercise.untouched(standing.text):
            standing.used = True
            return standing.text
    return None
