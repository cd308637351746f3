"""The process that has imported everything and forks a worker for each submission.

Run by `launch` in the room (or by the pool itself without a sandbox). It talks on one socket: a
byte with two handles asks for a worker (w: a student's, j: a judge's, t: one that only tries
whether forking works); the first handle becomes the worker's channel, on the second the zygote
tells of its life and hears commands. No student code runs in it.
"""

import contextlib
import gc
import importlib
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import time
import warnings

from grading.sandbox import kernel
from grading.sandbox.room import SCRATCH
from grading.sandbox.settings import AGENT, JUDGE, TRIAL, Settings
from grading.sandbox.watch import Watch
from grading.sandbox.worker import become_worker

_OTHERS = {b"j": JUDGE, b"t": TRIAL}
_TICK = 0.05  # seconds between two looks at what workers use


class Zygote:
    """Serves one grader until it hangs up."""

    def __init__(self, control: socket.socket, settings: Settings):
        self._control, self._settings = control, settings
        self._workers: dict[int, Worker] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ, self._serve)
        self._watch = Watch(settings)
        self._wake_when_a_child_ends()

    def run(self) -> None:
        """Serve until the grader hangs up."""
        self._control.sendall(b".\n")
        while self._control.fileno() >= 0:
            for key, _ in self._selector.select(_TICK if self._workers else None):
                key.data()
            self._collect()
            for pid, reason in self._watch.exceeded(self._workers.values()):
                self._workers[pid].kill(reason)
        for worker in self._workers.values():
            worker.kill("the grader ended")

    def _wake_when_a_child_ends(self) -> None:
        bell, ringer = socket.socketpair()
        bell.setblocking(False)
        ringer.setblocking(False)
        signal.set_wakeup_fd(ringer.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._bells = bell, ringer
        self._selector.register(bell, selectors.EVENT_READ, lambda: bell.recv(4096))

    def _serve(self) -> None:
        order, handles, _, _ = socket.recv_fds(self._control, 1, 2)
        if not order:
            self._selector.unregister(self._control)
            self._control.close()
            return
        channel, report = (socket.socket(fileno=handle) for handle in handles)
        settings = self._settings.but(entry=_OTHERS.get(order, self._settings.entry))
        try:
            worker = self._fork(channel, report, settings)
            self._workers[worker.pid] = worker
            self._selector.register(report, selectors.EVENT_READ, lambda: self._obey(worker))
        except OSError as error:
            tell(report, why=f"no process could be made: {error}")
            report.close()
        channel.close()

    def _fork(self, channel, report, settings: Settings) -> "Worker":
        sandbox, zygote = settings.sandbox, os.getpid()
        home = SCRATCH if sandbox else tempfile.mkdtemp(prefix="course-")
        if sandbox:
            kernel.unshare(kernel.NEWPID)
        try:
            pid = os.fork()
        finally:
            if sandbox and os.getpid() == zygote:
                kernel.enter("/proc/self/ns/pid", kernel.NEWPID)
        if pid == 0:
            become_worker(channel, report, settings, home)
        return Worker(pid, report, home, sandbox)

    def _obey(self, worker: "Worker") -> None:
        order = b""
        with contextlib.suppress(ConnectionError):
            order = worker.report.recv(1)
        worker.kill("killed")
        if not order:
            self._selector.unregister(worker.report)

    def _collect(self) -> None:
        while self._workers:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            worker = self._workers.pop(pid, None)
            if worker:
                with contextlib.suppress(KeyError):
                    self._selector.unregister(worker.report)
                worker.bury(status)


class Worker:
    """A worker as the zygote knows it: pid, the socket to its owner, its folder, its beginning."""

    def __init__(self, pid: int, report: socket.socket, home: str, sandbox: bool):
        self.pid, self.report, self._home, self._sandbox = pid, report, home, sandbox
        self.begun, self.reason = time.monotonic(), ""

    def kill(self, reason: str) -> None:
        """Kill it and all that it started, and remember why."""
        self.reason = self.reason or reason
        with contextlib.suppress(ProcessLookupError):
            if self._sandbox:
                os.kill(self.pid, signal.SIGKILL)  # the first of its namespace: all die with it
            else:
                os.killpg(self.pid, signal.SIGKILL)

    def bury(self, status: int) -> None:
        """Tell its owner how it ended, and remove its folder where that is not gone with it."""
        if not self._sandbox:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            shutil.rmtree(self._home, ignore_errors=True)
        tell(self.report, why=self.reason or reason_of(status))
        self.report.close()


def tell(report: socket.socket, **words) -> None:
    """Send a line to a worker's owner, who may have gone."""
    with contextlib.suppress(OSError):
        report.send(json.dumps(words).encode() + b"\n")


def reason_of(status: int) -> str:
    """Say how a process ended, from its wait status; '' where it ended well."""
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGXCPU:
        return "cpu"
    return f"signal {-code}" if code < 0 else f"exit {code}" if code else ""


def import_all(settings: Settings) -> None:
    """Import what workers need; a library that is missing is the lesson's affair."""
    with warnings.catch_warnings(action="ignore"):
        for statement in settings.imports:
            with contextlib.suppress(ImportError):
                exec(statement, {})
    entries = (settings.entry, JUDGE) if settings.entry == AGENT else (settings.entry,)
    for entry in entries if settings.warm else ():
        importlib.import_module(entry.partition(":")[0])
    gc.collect()
    gc.freeze()  # keep what is shared with the workers from being copied


def main() -> None:
    """Serve the grader on the socket named by the first argument."""
    control = socket.socket(fileno=int(sys.argv[1]))
    settings = Settings.loads(sys.argv[2])
    try:
        import_all(settings)
        zygote = Zygote(control, settings)
    except BaseException as error:
        control.sendall(f"!{type(error).__name__}: {error}\n".encode())
        raise
    zygote.run()


if __name__ == "__main__":
    main()
