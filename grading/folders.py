"""Where grading keeps its files, under the names that nbgrader's configuration gives them."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Folders:
    """The folders of a class below `root`: the course tree's `grading/`, or the demo's."""

    root: Path

    @property
    def submitted(self) -> Path:
        """What was handed in, one folder a student."""
        return self.root / "submitted"

    def roster(self, lesson: str) -> Path:
        """Who is who among those who handed in a lesson."""
        return self.root / "rosters" / f"{lesson}.csv"

    def exported(self, lesson: str, system: str) -> Path:
        """A lesson's grades for another system."""
        return self.root / "exported" / f"{lesson}-{system}.csv"

    @property
    def gradebook(self) -> Path:
        """nbgrader's database."""
        return self.root / "gradebook.db"

    def autograded(self, lesson: str, student: str) -> Path:
        """The folder of one graded notebook and its result.json."""
        return self.root / "autograded" / student / lesson

    def result(self, lesson: str, student: str) -> Path:
        """One student's result."""
        return self.autograded(lesson, student) / "result.json"

    def feedback(self, lesson: str, student: str) -> Path:
        """One student's feedback page."""
        return self.root / "feedback" / student / lesson / f"{lesson.split('_', 1)[1]}.html"

    def report(self, lesson: str) -> Path:
        """The class report of one lesson."""
        return self.root / "reports" / f"{lesson}.html"

    def results(self, lesson: str) -> list[Path]:
        """All results of a lesson, by student."""
        return sorted(self.root.glob(f"autograded/*/{lesson}/result.json"))
