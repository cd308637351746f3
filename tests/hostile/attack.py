"""Read the attacks, and make submissions of them."""

import copy
import re
from dataclasses import dataclass
from pathlib import Path

import jupytext
import nbformat

from course.lessons import Lesson
from course.sample import with_solutions
from grading.cells import grade_id

FOLDER = Path(__file__).parent / "attacks"
LESSON = Path(__file__).parent / "lesson.py"
POINTS = {"add": 2, "softmax": 2, "binary": 1, "model": 2}
SECRETS = (
    "HIDDEN|SOLUTION|ENV|BOOK|OTHER|NET|FILES|SOCKETS|ROOT|DISK|MOUNT|PTRACE|WRITTEN|ESCAPED|TMP"
)
SURVIVOR = b"HOSTILE-SURVIVOR"
_SCRIPT = re.compile(
    r"<script[^>]*>\s*alert|<[^>]*(onerror=alert|onload='alert|href=[\"']javascript:alert)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes:
        name: the file's name without its ending.
        exercise: the exercise that it answers; it must not earn a point there.
        aim: what it is after: "points", "secrets", "stop" (the run) or "disturb" (others).
        others: "kept" where the other exercises must keep their points, "any" where the attack
            ends its own process, so that those may be lost, "none" where nothing can be graded.
        deliver: "symlink" where the notebook is a link, "over" where the source is written over
            a cell of the lesson's and the answer left open; "" for an answer in a plain file.
        summary: one sentence.
        source: the answer's cell.
    """

    name: str
    exercise: str
    aim: str
    others: str
    deliver: str
    summary: str
    source: str

    @property
    def kept(self) -> int:
        """The points that the other exercises must keep; the model is only tried by its own."""
        if self.others != "kept":
            return 0
        return sum(p for name, p in POINTS.items() if name not in (self.exercise, "model"))


def read_attacks(names: tuple[str, ...] = ()) -> list[Attack]:
    """Return the named attacks, or all, in the order of their names."""
    paths = sorted(FOLDER.glob("*.py"))
    return [_read(path) for path in paths if not names or path.stem in names]


def submission(attack: Attack | None, lesson: Lesson):
    """Return a notebook with every answer right but the attack's; None for an honest one."""
    solution = nbformat.read(lesson.solution, as_version=4)
    release = nbformat.read(lesson.release, as_version=4)
    notebook = with_solutions(release, solution, lambda position: True)
    stubs = {grade_id(cell): cell.source for cell in release.cells}
    for cell in notebook.cells:
        cell.source = cell.source.replace("# KEY-SOLUTION", "")
        if grade_id(cell) == "model":
            cell.source = stubs["model"]
        if attack and grade_id(cell) == attack.exercise:
            cell.source = stubs[attack.exercise] if attack.deliver == "over" else attack.source
        if attack and attack.deliver == "over" and cell.source.startswith("import numpy"):
            cell.source = attack.source
    return copy.deepcopy(notebook)


def leaked(notebook) -> list[str]:
    """Return the secrets that stand in a graded notebook's outputs."""
    outputs = repr([cell.get("outputs") for cell in notebook.cells]) if notebook else ""
    return sorted(set(re.findall(rf"KEY-(?:{SECRETS})\b", outputs)))


def has_script(page: str) -> bool:
    """Tell whether a student's script stands in a page as a browser would run it."""
    return bool(_SCRIPT.search(page))


def survivors() -> list[int]:
    """Return the processes that attacks left behind."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if SURVIVOR in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def _read(path: Path) -> Attack:
    cell = jupytext.reads(path.read_text("utf-8"), fmt="py:percent").cells[0]
    facts = cell.metadata
    first, _, _ = cell.source.partition("\n")
    return Attack(
        path.stem,
        facts["exercise"],
        facts["aim"],
        facts.get("others", "kept"),
        facts.get("deliver", ""),
        first.lstrip("# "),
        cell.source,
    )
