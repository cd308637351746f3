"""The student's side: runs cells and calls functions for the judge, and answers with data.

This runs beside the student's code, which may change any of it. Nothing here is trusted, nothing
here is secret, and whatever it sends is taken for a stranger's words.
"""

import contextlib
import os
import signal
import sys
import threading
from pathlib import Path

from grading.judge.operations import OPERATIONS
from grading.judge.packing import Refused
from grading.judge.remembered import AgentCodec
from grading.judge.shell import Stream, make_shell
from grading.judge.wire import Broken, Channel

TEXT_AT_MOST = 20_000  # characters of an error's text, and of its traceback
MISSING, FOUND, REFUSED = "missing", "found", "refused"


def serve(sock) -> None:
    """Answer the judge until it hangs up; the only code that runs in a student's process."""
    agent = Agent(sock)
    with contextlib.suppress(Broken):
        while True:
            agent.answer()


class TimeLimit(BaseException):
    """Stops a cell that ran too long, past every `except Exception`."""


class Agent:
    """Holds the student's shell and the objects that the judge knows by number."""

    def __init__(self, sock):
        self.codec = AgentCodec()
        self.channel = Channel(sock, self.codec)
        self.sending = threading.RLock()
        self.process = os.getpid()
        self.room = 1_000_000  # bytes of output that a cell has left
        self.output_limit = self.room
        self.shell = None

    def answer(self) -> None:
        """Take one request and answer it."""
        kind, number, *rest = self.channel.receive()
        try:
            reply = ("done", number, *getattr(self, f"on_{kind}")(*rest))
        except Refused as error:
            reply = ("refused", number, str(error))
        except BaseException as error:
            reply = ("raised", number, self.describe(error))
        self.flush()
        self.reply(reply, number)

    def reply(self, reply, number) -> None:
        """Send an answer, or why it cannot cross."""
        try:
            self.send(reply)
        except Refused as error:
            self.send(("refused", number, str(error)))

    def send(self, message) -> None:
        """Send one message, whole: neither a thread nor the alarm comes between."""
        if os.getpid() == self.process:
            with self.sending:
                self.channel.send(message)

    def on_begin(self, settings):
        """Set the process up: its environment, its shell, the room for output."""
        os.environ.update(settings["environment"])
        self.output_limit = settings["output"]
        self.shell = make_shell(self.report)
        sys.stdout, sys.stderr = Stream("stdout", self.report), Stream("stderr", self.report)
        signal.signal(signal.SIGALRM, self.on_alarm)
        return (None,)

    def on_run(self, source, seconds):
        """Run a cell; its errors are part of its output."""
        self.room = self.output_limit
        with self.alarm(seconds):
            result = self.shell.run_cell(source, store_history=True)
        return (bool(result.success),)

    def on_fetch(self, names):
        """Return what the student's names hold: (found, value), (missing,) or (refused, why)."""
        return ({name: self.look_up(name) for name in names},)

    def look_up(self, name):
        """Return what one name holds."""
        if name not in self.shell.user_ns:
            return (MISSING,)
        value = self.shell.user_ns[name]
        try:
            self.codec.pack(value)
        except Refused as error:
            return (REFUSED, str(error))
        return (FOUND, value)

    def on_put(self, values):
        """Set names in the student's notebook."""
        self.shell.user_ns.update(values)
        return (None,)

    def on_operate(self, name, operands, keywords, watched, seconds):
        """Call, index or compute with the student's objects.

        Returns:
            The result; the watched operands that changed, by number; the models that changed.
        """
        before = {i: self.codec.pack(operands[i]) for i in watched}
        models = self.codec.take_models()
        self.room = self.output_limit
        with self.alarm(seconds):
            result = OPERATIONS[name](*operands, **keywords)
        changed = {i: operands[i] for i in watched if self.codec.pack(operands[i]) != before[i]}
        return result, changed, {n: now for n, state in models if (now := state.changed())}

    def on_drop(self, numbers):
        """Forget objects that the judge has no use for any more."""
        self.codec.forget(numbers)
        return (None,)

    def report(self, output: dict) -> None:
        """Send a piece of output, as long as the cell has room for it."""
        if self.room <= 0:
            return
        try:
            tree, pieces = self.codec.pack(output)
        except Refused:
            return
        size = sum(map(len, pieces)) + len(str(tree))
        self.room -= size
        if self.room <= 0:
            note = f"[the output is cut here: a cell may print {self.output_limit:,} bytes]\n"
            output = {"type": "stream", "name": "stderr", "text": note}
        self.send(("output", output))

    def flush(self) -> None:
        """Report what was printed and still waits."""
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()

    def describe(self, error: BaseException) -> dict:
        """Put an error into data: its type and the types above it, its text and traceback."""
        try:
            text = str(error)[:TEXT_AT_MOST]
            lines = "\n".join(self.shell.trace(_from_student(error)))[:TEXT_AT_MOST].split("\n")
        except BaseException:
            text, lines = "its text could not be read", []
        above = [kind.__name__ for kind in type(error).__mro__]
        return {"type": above[0], "above": above, "text": text, "lines": lines}

    @contextlib.contextmanager
    def alarm(self, seconds: float):
        """Stop what runs in the block after some seconds."""
        self.limit = seconds
        signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)  # again, where it was caught
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def on_alarm(self, *_signal) -> None:
        """Raise TimeLimit in the student's code, but never in the middle of a message."""
        if self.sending._is_owned():
            signal.setitimer(signal.ITIMER_REAL, 0.02, 1.0)
            return
        raise TimeLimit(f"this ran longer than {self.limit:.3g} s")


def _from_student(error: BaseException) -> BaseException:
    """Drop the agent's own frames from an error's traceback, all but one, which IPython drops."""
    step, here = error.__traceback__, str(Path(__file__).parent)
    while step and step.tb_next and step.tb_next.tb_frame.f_code.co_filename.startswith(here):
        step = step.tb_next
    return error.with_traceback(step)
