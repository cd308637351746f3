"""Workers for submissions: processes that hold a student's code, made and ended here."""

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from grading.sandbox.errors import NoSandbox
from grading.sandbox.limits import Limits
from grading.sandbox.settings import AGENT, Settings, settings_for

_START = 120  # seconds for a zygote to import everything on a busy machine
_HERE = str(Path(__file__).resolve().parents[2])


class Worker:
    """One submission's process; leaving its `with` block kills it and all that it started.

    Attributes:
        channel: the stream socket to the student's side.
    """

    def __init__(self, channel: socket.socket, report: socket.socket):
        self.channel, self._report = channel, report
        self._why: str | None = None

    def kill(self) -> None:
        """Kill all its processes and wait until they are gone."""
        if self._why is None:
            with contextlib.suppress(OSError):
                self._report.send(b"k")
            self.why_dead(seconds=10)

    def interrupt(self) -> None:
        """Ask it to stop what it does: a KeyboardInterrupt in the student's code."""
        with contextlib.suppress(OSError):
            self._report.send(b"i")

    def why_dead(self, *, seconds: float = 1) -> str:
        """Say why it ended: "memory", "cpu", "time", "signal 11", "exit 3"; "" where it lives.

        A worker that has just closed its channel is given some seconds to be found dead.
        """
        if self._why is None:
            self._why = read_line(self._report, seconds).get("why")
        return self._why or ""

    def close(self) -> None:
        """Kill it and let go of its sockets."""
        self.kill()
        self.channel.close()
        self._report.close()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_error) -> None:
        self.close()


class Pool:
    """Makes workers, by forking a process that has imported what the lessons need.

    Args:
        root: the course tree; workers see its `helpers` and `data` and nothing else of it.
        limits: what each worker may use.
        sandbox: False runs student code with the grader's own rights.
        warm: False starts a fresh Python for each worker, which imports everything again.
        keras: False leaves TensorFlow and Keras to be imported when needed.

    Raises:
        NoSandbox: this machine cannot close student code in.
    """

    def __init__(
        self,
        root: Path,
        limits: Limits | None = None,
        *,
        sandbox: bool = True,
        warm: bool = True,
        keras: bool = True,
        entry: str = AGENT,
    ):
        self.limits = limits or Limits()
        options = {"sandbox": sandbox, "warm": warm, "keras": keras, "entry": entry}
        self._settings = settings_for(Path(root), self.limits, **options)
        self._lock = threading.Lock()
        self._control, self._process = start_zygote(self._settings)

    def worker(self) -> Worker:
        """Make a worker, ready for its first message.

        Raises:
            NoSandbox: it could not be made.
        """
        channel, theirs = socket.socketpair()
        report, reports = socket.socketpair()
        try:
            self._ask(theirs, reports)
        finally:
            theirs.close()
            reports.close()
        answer = read_line(report, _START)
        if "ready" not in answer:
            raise NoSandbox(f"no process for student code: {answer.get('why', 'no answer')}")
        return Worker(channel, report)

    def close(self) -> None:
        """End the zygote and every worker."""
        self._control.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_error) -> None:
        self.close()

    def _ask(self, *handles: socket.socket) -> None:
        """Send two handles to the zygote, and start a new one where it is gone."""
        numbers = [handle.fileno() for handle in handles]
        with self._lock:
            try:
                socket.send_fds(self._control, [b"w"], numbers)
            except OSError:
                self.close()
                self._control, self._process = start_zygote(self._settings)
                socket.send_fds(self._control, [b"w"], numbers)


def start_zygote(settings: Settings) -> tuple[socket.socket, subprocess.Popen]:
    """Start a zygote and wait until it has imported everything."""
    ours, theirs = socket.socketpair()
    module = "launch" if settings.sandbox else "zygote"
    command = [sys.executable, "-m", f"grading.sandbox.{module}"]
    process = subprocess.Popen(
        [*command, str(theirs.fileno()), settings.dumps()],
        env={**settings.environment, "PYTHONPATH": settings.start_path(_HERE)},
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # TensorFlow's chatter; what matters comes on the socket
        cwd="/",
    )
    theirs.close()
    answer = _read(ours, _START)
    if answer != b".":
        ours.close()
        process.kill()
        process.wait()
        reason = answer.decode(errors="replace").lstrip("!") or "the zygote did not start"
        raise NoSandbox(f"student code cannot be closed in here: {reason}")
    return ours, process


def read_line(report: socket.socket, seconds: float) -> dict:
    """Read one line that the zygote sent; {} where none comes, a reason where it hung up."""
    try:
        line = _read(report, seconds)
        return json.loads(line) if line else {"why": "the sandbox ended"}
    except (TimeoutError, BlockingIOError):
        return {}
    except (OSError, ValueError):
        return {"why": "the sandbox ended"}


def _read(connection: socket.socket, seconds: float) -> bytes:
    """Read up to the end of a line; b"" where the other side hung up before it."""
    deadline, line = time.monotonic() + seconds, b""
    while not line.endswith(b"\n"):
        connection.settimeout(max(0.0, deadline - time.monotonic()))
        byte = connection.recv(1)
        if not byte:
            return line if line.startswith(b"!") else b""
        line += byte
    return line.strip()
