"""Workers of the sandbox: how they start, end, fail, and leave nothing behind."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from grading.sandbox import Limits, NoSandbox, Pool
from grading.sandbox.limits import MB
from grading.sandbox.probe import ask
from tests.conftest import ROOT
from tests.sandbox_workers import OPTIONS, run, run_shared, share

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's own")


@pytest.fixture(scope="module")
def pool():
    """Workers that run what they are sent, with small limits."""
    limits = Limits(cpu=60, total=60, memory=500 * MB, processes=32, file_size=4 * MB)
    with Pool(ROOT, limits, **OPTIONS) as pool:
        yield pool


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


def test_time_runs_out():
    limits = Limits(total=-9)  # the watch grants ten seconds more, for the judge to end it first
    with Pool(ROOT, limits, **OPTIONS) as pool, pool.worker() as worker:
        assert "error" in ask(worker.channel, "import time; time.sleep(50)")
        assert worker.why_dead() == "time"


def test_nothing_of_one_submission_is_left_for_the_next(pool):
    names = "import os, tempfile; places = [tempfile.gettempdir(), '/dev/shm']; "
    leave = names + "[open(place + '/note', 'w').write('42') for place in places]"
    assert run(pool, leave) is None
    assert run(pool, names + "answer = sum([os.listdir(place) for place in places], [])") == []


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


def test_what_a_lesson_imports_is_there_before_the_first_worker():
    imports = ("from colorsys import hsv_to_rgb", "import no_such_library")
    with Pool(ROOT, **{**OPTIONS, "imports": imports}) as pool:
        code = "import sys; answer = [n in sys.modules for n in ('colorsys', 'numpy', 'wave')]"
        assert run(pool, code) == [True, True, False]


def test_the_zygote_does_not_grow(pool):
    def handles_and_memory() -> tuple[int, int]:
        time.sleep(0.5)  # a worker is reported dead a moment before its socket is closed
        zygote = _children(pool._process.pid)[0]
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
pool = Pool(".", imports=(), entry="grading.sandbox.probe:serve")
workers = [pool.worker() for _ in range(3)]
ask(workers[0].channel, "from grading.sandbox import excess; excess.leave_behind('left')")
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


def test_a_worker_that_cannot_be_made_is_said():
    with pytest.raises(NoSandbox, match="not sealed"):
        broken = Pool(ROOT, Limits(scratch=-1), **OPTIONS)
        broken.close()


def test_processes_share_one_zygote(pool):
    code = "import os, time; answer = os.readlink('/proc/self/ns/user')"
    with ProcessPoolExecutor(
        2, mp_context=get_context("spawn"), initializer=share, initargs=(pool,)
    ) as executor:
        spaces = set(executor.map(run_shared, [code] * 4))
    assert str(Path("/proc/self/ns/user").readlink()) not in spaces
    assert run(pool, "answer = 1") == 1
