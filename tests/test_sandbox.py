"""Student code is closed in: what it must not do is tried, for each kind of user and start."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grading.sandbox import Limits, NoSandbox, Pool
from grading.sandbox.doctor import PROBE, self_test
from grading.sandbox.limits import MB
from grading.sandbox.probe import ask
from grading.sandbox.room import visible
from grading.sandbox.settings import settings_for
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's own")
OPTIONS = {"keras": False, "entry": PROBE}


@pytest.fixture(scope="module")
def pool():
    """Workers that run what they are sent, with small limits."""
    limits = Limits(cpu=60, total=60, memory=500 * MB, processes=32, file_size=4 * MB)
    with Pool(ROOT, limits, **OPTIONS) as pool:
        yield pool


def run(pool, code: str):
    """Run code in a fresh worker; return `answer`, or why the worker is dead, or its error."""
    with pool.worker() as worker:
        answer = ask(worker.channel, code)
        return answer["answer"] if "answer" in answer else worker.why_dead() or answer["error"]


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


def test_a_machine_that_cannot_close_code_in_is_told_apart(tmp_path):
    code = """
from grading.sandbox import kernel, NoSandbox, Pool
from grading.sandbox.seccomp import filter_calls
kernel.drop_privileges(), filter_calls()
try:
    Pool(".", keras=False, entry="grading.sandbox.probe:serve")
except NoSandbox as error:
    print(error)
with Pool(".", keras=False, entry="grading.sandbox.probe:serve", sandbox=False) as pool:
    pool.worker().close()
    print("ran without")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    refused, ran = done.stdout.splitlines()
    assert refused.startswith("student code cannot be closed in here: ")
    assert "unshare" in refused
    assert ran == "ran without"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import os; os._exit(3)", "exit 3"),
        ("import sys; sys.exit(4)", "SystemExit: 4"),  # an exception as any other
        ("import ctypes; ctypes.string_at(0)", "signal 11"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", None),  # the first in its space
        ("import os, time\nfor _ in range(4):\n    if os.fork() == 0: break\n"
         "x = bytearray(200 * 10**6); time.sleep(9)", "memory"),
    ],
)  # fmt: skip
def test_a_dead_worker_says_why(pool, code, why):
    assert run(pool, code) == why


def test_too_large_an_array_is_an_error_that_the_student_sees(pool):
    code = "try: bytearray(10**9)\nexcept MemoryError: answer = 'MemoryError'"
    assert run(pool, code) == "MemoryError"


def test_time_runs_out(monkeypatch):
    limits = Limits(total=-9)  # the watch grants ten seconds more, for the judge to end it first
    with Pool(ROOT, limits, **OPTIONS) as pool, pool.worker() as worker:
        assert "error" in ask(worker.channel, "import time; time.sleep(50)")
        assert worker.why_dead() == "time"


def test_a_worker_can_be_interrupted_and_goes_on(pool):
    with pool.worker() as worker:
        worker.channel.sendall(json.dumps("import time; time.sleep(50)").encode() + b"\n")
        time.sleep(0.5)
        worker.interrupt()
        assert "KeyboardInterrupt" in worker.channel.recv(10_000).decode()
        assert ask(worker.channel, "answer = 1") == {"answer": 1}


def test_nothing_of_one_submission_is_left_for_the_next(pool):
    leave = "open('/tmp/note', 'w').write('42'); open('/dev/shm/note', 'w').write('42')"
    assert run(pool, leave) is None
    assert run(pool, "import os; answer = os.listdir('/tmp') + os.listdir('/dev/shm')") == []


def test_workers_live_side_by_side_and_do_not_meet(pool):
    with pool.worker() as one, pool.worker() as other:
        code = "import os, socket; s = socket.socket(1); s.bind('\\0meet'); s.listen(); answer = 1"
        assert ask(one.channel, code) == {"answer": 1}
        assert ask(other.channel, code) == {"answer": 1}
        one.kill()
        assert (one.why_dead(), other.why_dead(seconds=0)) == ("killed", "")
        assert ask(other.channel, "answer = os.listdir('/proc').count('2')") == {"answer": 0}


def test_a_cold_worker_is_closed_in_as_well():
    with Pool(ROOT, warm=False, **OPTIONS) as pool:
        status = "{l.split(':')[0]: l.split()[-1] for l in open('/proc/self/status')}"
        code = f"import os; s = {status}; answer = [os.getuid(), s['CapEff'], s['Seccomp']]"
        assert run(pool, code) == [65534, "0" * 16, "2"]
        assert run(pool, "import os; answer = sorted(os.environ)[:2]") == [
            "COURSE_EXECUTION",
            "COURSE_ROOT",
        ]


def test_forks_that_cannot_work_are_replaced_by_cold_starts(monkeypatch):
    monkeypatch.setattr(Pool, "_forks_well", lambda self: False)
    with Pool(ROOT, **OPTIONS) as pool:
        assert pool.note == "Forked processes cannot use the libraries here: each starts afresh."
        assert run(pool, "import sys; answer = 'grading.sandbox.zygote' in sys.modules") is False


def test_the_zygote_does_not_grow(pool):
    def handles_and_memory() -> tuple[int, int]:
        zygote = _children(_children(os.getpid())[0])[0]
        status = Path(f"/proc/{zygote}/status").read_text()
        memory = int(status.partition("VmRSS:")[2].split()[0])
        return len(list(Path(f"/proc/{zygote}/fd").iterdir())), memory

    for _ in range(20):
        pool.worker().close()
    handles, memory = handles_and_memory()
    for _ in range(200):
        pool.worker().close()
    handles_after, memory_after = handles_and_memory()
    assert handles_after == handles
    assert memory_after - memory < 2000  # kB


def _children(pid: int) -> list[int]:
    text = "".join(p.read_text() for p in Path(f"/proc/{pid}/task").glob("*/children"))
    return [int(word) for word in text.split()]


def test_a_killed_grader_leaves_no_process(tmp_path):
    code = """
import time
from grading.sandbox import Pool
from grading.sandbox.probe import ask
pool = Pool(".", keras=False, entry="grading.sandbox.probe:serve")
workers = [pool.worker() for _ in range(3)]
ask(workers[0].channel, "from grading.sandbox import attempts; attempts.leave_behind('left')")
print("up", flush=True)
time.sleep(60)
"""
    grader = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert grader.stdout.readline() == b"up\n"
    family = [grader.pid]
    for pid in family:
        family += _children(pid)
    assert len(family) >= 6
    os.kill(grader.pid, signal.SIGKILL)
    grader.communicate()
    assert _all_end(family)


def _all_end(pids: list[int]) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.05)
    return False


def test_a_dead_zygote_is_replaced():
    with Pool(ROOT, **OPTIONS) as pool:
        launcher = pool._process.pid
        os.kill(_children(launcher)[0], signal.SIGKILL)
        pool._process.wait(20)
        assert run(pool, "answer = 1") == 1


def test_a_course_inside_what_workers_see_is_covered(tmp_path, monkeypatch):
    tmp_path.chmod(0o755)
    (tmp_path / "course").mkdir()
    (tmp_path / "course/answers.txt").write_text("42")
    settings = settings_for(ROOT, Limits(), keras=False, entry=PROBE)
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


def test_a_worker_that_cannot_be_made_is_said(pool, monkeypatch):
    with pytest.raises(NoSandbox, match="not sealed"):
        broken = Pool(ROOT, Limits(scratch=-1), **OPTIONS)
        broken.close()
