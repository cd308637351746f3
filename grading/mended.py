"""Tell a student what was mended around the answers: checks, marks, order, the lesson's cells."""

from grading.cells import grade_id, normal
from grading.pieces import mark_of

FLAGS = ("solution", "grade", "locked", "points")


def structure_notes(release, submitted) -> list[str]:
    """Return one sentence on each kind of damage to the lesson's own cells; [] for none."""
    checks = [cell for cell in release.cells if cell.metadata.get("nbgrader", {}).get("locked")]
    marked = [cell for cell in release.cells if grade_id(cell)]
    names = {grade_id(cell) for cell in marked}
    standing: dict[str, list] = {}
    for cell in submitted.cells:
        standing.setdefault(mark_of(cell, names), []).append(cell)
    lost = [grade_id(c) for c in checks if not standing.get(grade_id(c))]
    copied = [grade_id(c) for c in checks if len(standing.get(grade_id(c), [])) > 1]
    changed = [grade_id(c) for c in checks if _rewritten(c, standing.get(grade_id(c), []))]
    flipped = [grade_id(c) for c in marked if _flipped(c, standing.get(grade_id(c), []))]
    notes = [
        _sentence("the check", lost, "missing: the lesson's own was run"),
        _sentence("the check", copied, "there more than once: the lesson's own was run"),
        _sentence("the check", changed, "changed: the lesson's own was run"),
        _sentence("the marks of the cell", flipped, "changed: the lesson's own count"),
        _order_note(release, submitted),
        _given_note(release, submitted),
    ]
    return [note for note in notes if note]


def _sentence(what: str, names: list[str], happened: str) -> str:
    if not names:
        return ""
    listed = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return f"{what} {listed} was {happened}"


def _rewritten(check, found: list) -> bool:
    return any(normal(cell.source) != normal(check.source) for cell in found)


def _flipped(cell, found: list) -> bool:
    ours = cell.metadata.nbgrader
    marks = [twin.metadata.get("nbgrader", {}) for twin in found]
    differ = any(ours.get(flag) != theirs.get(flag) for theirs in marks for flag in FLAGS)
    return differ or any(twin.cell_type != cell.cell_type for twin in found)


def _order_note(release, submitted) -> str:
    order = {grade_id(cell): number for number, cell in enumerate(release.cells) if grade_id(cell)}
    met = [order[mark] for cell in submitted.cells if (mark := mark_of(cell, order))]
    if met == sorted(met):
        return ""
    return "the cells stood in another order: they were run in the lesson's order"


def _given_note(release, submitted) -> str:
    texts = {normal(cell.source) for cell in submitted.cells}
    given = [c for c in release.cells if not grade_id(c) and c.cell_type == "code"]
    gone = sum(normal(cell.source) not in texts for cell in given)
    if not gone:
        return ""
    what = (
        "one of the lesson's own cells was" if gone == 1 else f"{gone} of the lesson's cells were"
    )
    return f"{what} missing or changed: the lesson's own ran"
