"""Ctrl-C ends a run at once, with all its processes, and what was graded is kept."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's own")
SLOW = ("while-true-a", "while-true-b", "while-true-c")


@pytest.mark.parametrize("signals", [1, 2])
def test_ctrl_c_ends_a_class_run_with_all_its_processes(toy, signals):
    _hand_in(toy)
    with _grading(toy) as run:
        _wait_for(lambda: (toy.root / "grading/autograded/ada/01_toy/result.json").exists())
        time.sleep(1)
        begun = time.monotonic()
        os.killpg(run.pid, signal.SIGINT)
        _wait_for(lambda: "course: stopping\n" in _said(toy), seconds=2)
        if signals == 2 and run.poll() is None:
            os.killpg(run.pid, signal.SIGINT)
        assert run.wait(30) == 130
        assert time.monotonic() - begun < 20
        _wait_for(lambda: not _session(run.pid))
    assert "course: stopped; run the same command again" in _said(toy)
    assert "Traceback" not in _said(toy)
    assert len(list(toy.root.glob("grading/autograded/*/01_toy/result.json"))) == 1


def _hand_in(toy) -> None:
    """Hand in one student's release, and work that does not end."""
    release = toy.lesson("01_toy").release.read_text()
    endless = json.loads(release)
    for cell in endless["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "add":
            cell["source"] = "while True: pass"
    texts = {"ada": release, **dict.fromkeys(SLOW, json.dumps(endless))}
    for student, text in texts.items():
        (toy.root / "handed-in" / student).mkdir(parents=True)
        (toy.root / "handed-in" / student / "toy.ipynb").write_text(text)


@contextlib.contextmanager
def _grading(toy) -> Iterator[subprocess.Popen]:
    """Start `course grade` in a session of its own, that Ctrl-C reaches as on a terminal."""
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    code += "from course.cli import main; main()"
    arguments = ("grade", "01_toy", "--submissions", "handed-in", "--cell-seconds", "60")
    run = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=toy.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=(toy.root / "said").open("w"),
        start_new_session=True,
    )
    try:
        yield run
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()


def _said(toy) -> str:
    return (toy.root / "said").read_text()


def _session(number: int) -> list[str]:
    """Return the processes of a session that have not ended."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = place.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(session) == number and state != "Z":
            found.append(place.parent.name)
    return found


def _wait_for(condition, *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
