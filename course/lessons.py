"""Where each lesson's files lie."""

import os
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grading.errors import UserError


@dataclass(frozen=True)
class Course:
    """A course tree on disk."""

    root: Path

    @cached_property
    def settings(self) -> dict:
        """What pyproject.toml sets under [tool.course].

        Raises:
            UserError: it cannot be read as TOML.
        """
        path = self.root / "pyproject.toml"
        try:
            project = tomllib.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise UserError(f"{path} cannot be read: {error}") from error
        return project.get("tool", {}).get("course", {})

    @property
    def repository(self) -> str:
        """Where the set-up cell fetches the course from on Colab; empty where it is not set."""
        return self.settings.get("repository", "")

    def lessons(self) -> list["Lesson"]:
        """Return all lessons in their order."""
        folders = sorted((self.root / "solutions").glob("[0-9][0-9]_*"))
        return [Lesson(self, folder.name) for folder in folders if any(folder.glob("*.py"))]

    def lesson(self, name: str) -> "Lesson":
        """Return the lesson with this folder name.

        Raises:
            UserError: there is none.
        """
        known = {lesson.name: lesson for lesson in self.lessons()}
        if name not in known:
            raise UserError(f"there is no lesson {name!r}; there are {', '.join(known) or 'none'}")
        return known[name]

    def pick(self, names: list[str]) -> list["Lesson"]:
        """Return the lessons with these names, or all of them where no name is given."""
        return [self.lesson(name) for name in names] if names else self.lessons()


@dataclass(frozen=True)
class Lesson:
    """One lesson: a text source, the executed solution, the students' notebook, the bank."""

    course: Course
    name: str

    @property
    def slug(self) -> str:
        """The lesson's name without its number: the name of its notebooks."""
        return self.name.split("_", 1)[1]

    @property
    def source(self) -> Path:
        """The only file that a person edits."""
        return self.course.root / "solutions" / self.name / f"{self.slug}.py"

    @property
    def solution(self) -> Path:
        """The executed notebook, built from the source."""
        return self.source.with_suffix(".ipynb")

    @property
    def release(self) -> Path:
        """The students' notebook, built from the solution by nbgrader."""
        return self.course.root / "notebooks" / self.name / f"{self.slug}.ipynb"

    @property
    def bank(self) -> Path:
        """Right and wrong answers for every exercise."""
        return self.course.root / "tests" / "variants" / f"{self.name}.py"


def find_course() -> Course:
    """Return the course tree: COURSE_ROOT, or the nearest folder upwards that holds one.

    Raises:
        UserError: neither is a course tree.
    """
    chosen = os.environ.get("COURSE_ROOT")
    here = Path.cwd()
    places = [Path(chosen)] if chosen else [here, *here.parents, Path(__file__).parents[1]]
    for place in places:
        if (place / "solutions").is_dir() and (place / "nbgrader_config.py").is_file():
            return Course(place.resolve())
    raise UserError(f"no course tree (solutions/ and nbgrader_config.py) at {places[0]}")
