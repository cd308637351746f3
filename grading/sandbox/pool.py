"""Workers for submissions: processes that hold a student's code, made and ended here."""

import contextlib
import socket
import subprocess
import threading
from pathlib import Path

from grading.sandbox.errors import NoSandbox
from grading.sandbox.limits import Limits
from grading.sandbox.settings import AGENT, KERAS, settings_for
from grading.sandbox.start import ENDED, START, read_line, start_zygote

_TRIAL = 60  # seconds for a first operation in a forked worker


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

    Where a forked worker cannot use the libraries, workers are started cold, and `note` says so.
    A pool can be handed to another process of this machine when that is started: both then share
    one zygote, which lives as long as the pool that made it.

    Args:
        root: the course tree; workers see its `helpers` and `data` and nothing else of it.
        limits: what each worker may use.
        sandbox: False runs student code with the grader's own rights.
        warm: False starts a fresh Python for each worker, which imports everything again.
        imports: statements that are run before the first worker is forked, besides what each needs.

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
        imports: tuple[str, ...] = KERAS,
        entry: str = AGENT,
    ):
        self.limits, self.sandbox = limits or Limits(), sandbox
        options = {"sandbox": sandbox, "warm": warm, "imports": imports, "entry": entry}
        self._settings = settings_for(Path(root), self.limits, **options)
        self._lock = threading.Lock()
        self._control, self._process = start_zygote(self._settings)
        self.note = ""
        if warm and not self._forks_well():
            self.close()
            self.note = "Forked processes cannot use the libraries here: each starts afresh."
            self._settings = self._settings.but(warm=False, imports=())
            self._control, self._process = start_zygote(self._settings)

    def worker(self) -> Worker:
        """Make a worker, ready for its first message.

        Raises:
            NoSandbox: it could not be made.
        """
        return self._make(b"w")

    def judge(self) -> Worker:
        """Make a process to judge a submission in, as closed in as a worker.

        Raises:
            NoSandbox: it could not be made.
        """
        return self._make(b"j")

    def _forks_well(self) -> bool:
        """Try whether a forked worker can use what was imported before."""
        with self._make(b"t") as trial:
            trial.channel.settimeout(_TRIAL)
            try:
                return trial.channel.recv(8) == b"it works"
            except OSError:
                return False

    def _make(self, order: bytes) -> Worker:
        """Have a worker made, by a new zygote where the old one died of it."""
        for _ in range(2):
            report, channel = self._order(order)
            answer = read_line(report, START)
            if "ready" in answer:
                return Worker(channel, report)
            channel.close()
            report.close()
            if answer.get("why") != ENDED:
                break
        raise NoSandbox(f"no process for student code: {answer.get('why', 'no answer')}")

    def _order(self, order: bytes) -> tuple[socket.socket, socket.socket]:
        channel, theirs = socket.socketpair()
        report, reports = socket.socketpair()
        try:
            self._ask(order, theirs, reports)
        finally:
            theirs.close()
            reports.close()
        return report, channel

    def close(self) -> None:
        """End the zygote and every worker; a pool from another process only lets go."""
        self._control.close()
        if self._process is None:
            return
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_error) -> None:
        self.close()

    def __getstate__(self) -> dict:
        return {**self.__dict__, "_lock": None, "_process": None}

    def __setstate__(self, state: dict) -> None:
        self.__dict__.update(state, _lock=threading.Lock())

    def _ask(self, order: bytes, *handles: socket.socket) -> None:
        """Send an order and two handles to the zygote, and start a new one where it is gone."""
        numbers = [handle.fileno() for handle in handles]
        with self._lock:
            try:
                socket.send_fds(self._control, [order], numbers)
            except OSError:
                self.close()
                self._control, self._process = start_zygote(self._settings)
                socket.send_fds(self._control, [order], numbers)
