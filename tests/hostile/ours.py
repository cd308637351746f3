"""Run the attacks against this grader: one class, an honest submission after each attack."""

import tempfile
import time
from pathlib import Path

import nbformat

from course.grading import class_run
from course.lessons import Course
from grading.classrun import grade_class
from grading.folders import Folders
from grading.results import Result
from grading.sandbox import Limits
from grading.submissions import find_submissions
from tests.hostile import scene
from tests.hostile.attack import POINTS, Attack, has_script, leaked, survivors
from tests.hostile.verdict import Verdict

MB = 1_000_000
LIMITS = Limits(
    cell=8, total=40, cpu=40, memory=2500 * MB, processes=200, file_size=64 * MB,
    scratch=128 * MB, output=100_000,
)  # fmt: skip
HONEST = sum(POINTS.values()) - POINTS["model"]


def run_ours(attacks: list[Attack], *, on_verdict=lambda verdict: None) -> dict[str, Verdict]:
    """Grade a class of attacks and return what each achieved."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        with scene.secrets(home):
            course = scene.build(Path(folder) / "course")
            return _grade(course, attacks, home, on_verdict)


def _grade(course: Course, attacks, home: Path, on_verdict) -> dict[str, Verdict]:
    for number, attack in enumerate(attacks):
        scene.hand_in(course, f"{number:03d}-a-{attack.name}", attack)
        scene.hand_in(course, f"{number:03d}-b-honest", None)
    scene.hand_in_other(course)
    folders = Folders(course.root / "grading")
    run = class_run(course.lesson("01_toy"), folders, workers=1, limits=LIMITS)
    verdicts = {attack.name: Verdict(attack.name) for attack in attacks}
    last = [time.monotonic()]

    def watch(result: Result) -> None:
        if result.student[0] == "z":
            return
        attack = attacks[int(result.student[:3])]
        verdict = verdicts[attack.name]
        if "-b-" in result.student:
            verdict.failures += ["the next one lost points"] * (result.score != HONEST)
            on_verdict(verdict)
        else:
            verdict.seconds = time.monotonic() - last[0]
            verdict.failures += _failures(course, attack, result, home)
        last[0] = time.monotonic()

    grade_class(run, find_submissions(course.root / "grading/submitted"), on_result=watch)
    return verdicts


def _failures(course: Course, attack: Attack, result: Result, home: Path) -> list[str]:
    folders = Folders(course.root / "grading")
    path = folders.autograded("01_toy", result.student) / "toy.ipynb"
    notebook = nbformat.read(path, as_version=4) if path.is_file() else None
    page = folders.feedback("01_toy", result.student).read_text("utf-8")
    earned = sum(c.earned or 0 for c in result.checks if c.exercise == attack.exercise)
    rest = result.score - earned
    found = [f"{earned:g} of {POINTS[attack.exercise]} points"] if earned else []
    found += [f"others lost {attack.kept - rest:g} points"] if rest < attack.kept else []
    found += [f"read {key}" for key in leaked(notebook)]
    found += ["a script in the feedback"] if has_script(page) else []
    found += ["a process lives on"] if survivors() else []
    found += ["the output is too large"] if notebook and len(str(notebook)) > 5 * MB else []
    return found + scene.disturbed(course, home)
