"""A mangled submission: its files, and what must be left of the answers in it."""

import copy
import json
from dataclasses import dataclass, field

from grading.cells import grade_id


@dataclass
class Mangled:
    """One mangled submission.

    Attributes:
        name: what was done, and to which cell.
        files: the submission's files by path; bytes, or a path that a symlink points to.
        lost: the exercises whose answers are no longer in it.
        silent: True where nothing needs to be told.
    """

    name: str
    files: dict[str, bytes]
    lost: frozenset[str] = frozenset()
    silent: bool = False


@dataclass
class Book:
    """A lesson to mangle: its solution, its release, and the release with all answers in it."""

    name: str
    slug: str
    solution: object
    release: object
    solved: object
    answers: list[str] = field(default_factory=list)

    def __post_init__(self):
        marks = [cell.metadata.get("nbgrader", {}) for cell in self.release.cells]
        self.answers = [mark["grade_id"] for mark in marks if mark.get("solution")]
        self.code = [name for name in self.answers if self.at(name).cell_type == "code"]

    def at(self, name: str):
        """Return the release's cell with a grade_id."""
        return next(cell for cell in self.release.cells if grade_id(cell) == name)

    def copy(self):
        """Return a fresh copy of the solved notebook."""
        return copy.deepcopy(self.solved)

    def case(self, name: str, notebook, **facts) -> Mangled:
        """Return a case whose submission is one notebook under the right name."""
        data = json.dumps(notebook).encode()
        return Mangled(name, {f"{self.slug}.ipynb": data}, **facts)


def index(notebook, name: str) -> int:
    """Return the position of the cell with a grade_id."""
    return next(i for i, cell in enumerate(notebook.cells) if grade_id(cell) == name)
