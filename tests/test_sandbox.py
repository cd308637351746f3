"""Student code is closed in: what it must not do is tried, for each kind of user."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grading.sandbox import Limits, Pool
from grading.sandbox.doctor import PROBE, self_test
from grading.sandbox.room import visible
from grading.sandbox.settings import settings_for
from tests.conftest import ROOT
from tests.sandbox_workers import OPTIONS, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's own")


def test_every_guarantee_holds_here():
    assert self_test(ROOT) == []


def test_the_self_test_finds_what_is_missing():
    found = " ".join(self_test(ROOT, sandbox=False))
    for words in (
        "can read", "write into", "reaches the listener", "other processes", "capabilities",
        "system call filter", "vsock", "more processes", "outlives",
    ):  # fmt: skip
        assert words in found


def test_every_guarantee_holds_for_an_ordinary_user():
    python = next((p for p in (sys.executable, "/usr/bin/python3") if _runs_as_nobody(p)), None)
    if os.geteuid() != 0 or python is None:
        pytest.skip("needs root to become another user, and a Python that this user may start")
    code = "from grading.sandbox.doctor import self_test; print(self_test())"
    done = subprocess.run([python, "-c", code], **_as_nobody(), capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def _runs_as_nobody(python: str) -> bool:
    code = "import sys, grading.sandbox; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([python, "-c", code], **_as_nobody(), stderr=-3).returncode == 0
    except PermissionError:
        return False


def _as_nobody() -> dict:
    return {
        "user": 65534,
        "group": 65534,
        "extra_groups": [],
        "cwd": "/",
        "env": {"PYTHONPATH": str(ROOT)},
    }


def test_a_machine_that_cannot_close_code_in_is_refused():
    code = """
from grading.sandbox import kernel, NoSandbox, Pool
from grading.sandbox.seccomp import filter_calls
kernel.drop_privileges(), filter_calls()
try:
    Pool(".", imports=(), entry="grading.sandbox.probe:serve")
except NoSandbox as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert "(unshare: Operation not permitted); `course doctor` tells" in done.stdout


def test_a_course_inside_what_workers_see_is_covered(tmp_path, monkeypatch):
    tmp_path.chmod(0o755)
    (tmp_path / "course").mkdir()
    (tmp_path / "course/answers.txt").write_text("42")
    settings = settings_for(ROOT, Limits(), entry=PROBE)
    shown = [*settings.visible, (str(tmp_path), "/shown")]
    monkeypatch.setattr(
        "grading.sandbox.pool.settings_for",
        lambda *_, **__: settings.but(visible=shown, hide=["/shown/course"]),
    )
    with Pool(ROOT, **OPTIONS) as pool:
        code = "import os; answer = [os.listdir('/shown'), os.listdir('/shown/course')]"
        assert run(pool, code) == [["course"], []]


def test_results_and_tests_are_not_shown():
    sources = [Path(source) for source, _ in visible(ROOT)]
    for name in ("tests", "solutions", "grading/gradebook.db", "grading/autograded", "."):
        assert not any((ROOT / name).resolve().is_relative_to(source) for source in sources)
