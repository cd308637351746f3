"""Run the attacks against plain `nbgrader autograde`, each in a course tree of its own."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry

from course.lessons import Course
from grading.errors import UserError
from tests.hostile import scene
from tests.hostile.attack import POINTS, Attack, has_script, leaked, survivors
from tests.hostile.ours import HONEST
from tests.hostile.verdict import Verdict

SECONDS = 240  # for one attack and one honest submission
SETTINGS = "\nc.ExecutePreprocessor.timeout = 30\nc.ClearSolutions.enforce_metadata = False\n"


def run_plain(attacks: list[Attack], *, on_verdict=lambda verdict: None) -> dict[str, Verdict]:
    """Grade each attack, and an honest submission after it, and return what each achieved."""
    verdicts = {}
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        built = scene.build(Path(folder) / "course")
        with scene.secrets(home):
            _try_honest(Path(folder) / "honest", built, home)
            for attack in attacks:
                tree = Path(folder) / attack.name
                shutil.copytree(built.root, tree, symlinks=True)
                verdicts[attack.name] = _grade(Course(tree), attack, home)
                on_verdict(verdicts[attack.name])
                shutil.rmtree(tree, ignore_errors=True)
    return verdicts


def _try_honest(tree: Path, built: Course, home: Path) -> None:
    """Grade one honest submission by itself: what it loses, it does not lose to an attack.

    Raises:
        UserError: the machine is too busy for nbgrader's limits, so that no verdict would be fair.
    """
    shutil.copytree(built.root, tree, symlinks=True)
    course = Course(tree)
    with (tree / "nbgrader_config.py").open("a") as config:
        config.write(SETTINGS)
    scene.hand_in(course, "b-honest", None)
    _nbgrader(course, home, "autograde", "01_toy")
    if _score(course, "b-honest") < HONEST:
        raise UserError("plain nbgrader fails an honest submission here: is the machine too busy?")
    shutil.rmtree(tree, ignore_errors=True)


def _grade(course: Course, attack: Attack, home: Path) -> Verdict:
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(SETTINGS)
    scene.hand_in(course, "a-attack", attack)
    scene.hand_in(course, "b-honest", None)
    scene.hand_in_other(course)
    begun = time.monotonic()
    hung = _nbgrader(course, home, "autograde", "01_toy", "--student=[ab]-*")
    verdict = Verdict(attack.name, seconds=time.monotonic() - begun)
    verdict.failures += ["the class did not end"] * hung
    verdict.failures += ["a process lives on"] * bool(survivors())
    for process in survivors():
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGKILL)
    if attack.name.startswith("script"):
        _nbgrader(course, home, "generate_feedback", "01_toy", "--student=a-attack")
    verdict.failures += _failures(course, attack) + scene.disturbed(course, home)
    shutil.rmtree(home / ".ipython", ignore_errors=True)
    Path("/tmp/KEY-ESCAPED").unlink(missing_ok=True)
    return verdict


def _nbgrader(course: Course, home: Path, *arguments: str) -> bool:
    """Run nbgrader in a session and mount namespace of its own; tell whether it had to be ended."""
    own_mounts = ["unshare", "--mount"] if os.geteuid() == 0 and shutil.which("unshare") else []
    environment = {
        **os.environ, "HOME": str(home), "PYTHONPATH": os.pathsep.join([str(course.root), _HERE]),
        "COURSE_ROOT": str(course.root), "COURSE_EXECUTION": "unattended",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }  # fmt: skip
    command = [*own_mounts, sys.executable, "-m", "nbgrader", *arguments]
    run = subprocess.Popen(
        command, cwd=course.root, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        run.wait(SECONDS)
        return False
    except subprocess.TimeoutExpired:
        return True
    finally:
        with contextlib.suppress(OSError):
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()


_HERE = str(Path(__file__).parents[2])


def _failures(course: Course, attack: Attack) -> list[str]:
    earned = _score(course, "a-attack", attack.exercise)
    found = [f"{earned:g} of {POINTS[attack.exercise]} points"] if earned else []
    path = course.root / "grading/autograded/a-attack/01_toy/toy.ipynb"
    if path.is_file() and path.stat().st_size < 50_000_000:
        found += [f"read {key}" for key in leaked(nbformat.read(path, as_version=4))]
    if path.is_file() and path.stat().st_size > 5_000_000:
        found.append("the output is too large")
    pages = (course.root / "grading/feedback").glob("a-attack/01_toy/*.html")
    found += ["a script in the feedback"] * any(has_script(p.read_text("utf-8")) for p in pages)
    if _score(course, "b-honest") < HONEST:
        found.append("the next one lost points")
    return found


def _score(course: Course, student: str, exercise: str = "") -> float:
    with Gradebook(f"sqlite:///{course.root}/grading/gradebook.db") as book:
        try:
            notebook = book.find_submission_notebook("toy", "01_toy", student)
        except MissingEntry:
            return 0.0
        mine = [grade for grade in notebook.grades if grade.name.startswith(exercise)]
        return sum(grade.score or 0.0 for grade in mine)
