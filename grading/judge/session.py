"""The judge's side of the conversation with one student's process."""

import time
import weakref

from grading.judge import models
from grading.judge.known import JudgeCodec
from grading.judge.mirror import copy_into
from grading.judge.packing import Refused
from grading.judge.proxy import Reference, student_error
from grading.judge.unpacking import Malformed
from grading.judge.wire import Broken, Channel, Closed, Late

GRACE = 3.0  # seconds that a process has to stop itself before it is stopped
MESSAGES_AT_MOST = 20_000  # pieces of output between a question and its answer


class Gone(BaseException):
    """The student's process is no more, and why."""


class Session:
    """Asks a student's process to run cells and to call what they define.

    Attributes:
        seconds: how long one cell may take.
        deadline: moment of `time.monotonic()` when everything ends.
        gone: why the process is no more, in words for the student, or an empty text.
        timed_out: True where it was given up because it was too slow.
        on_output: takes each piece of output; set by who asks.
        watched: returns the values whose changes by the student's code a test looks for.
    """

    def __init__(self, sock, *, seconds: float, total: float):
        self.codec = JudgeCodec(self)
        self.channel = Channel(sock, self.codec)
        self.seconds, self.total = seconds, total
        self.deadline = time.monotonic() + total
        self.cell_end = self.deadline
        self.gone, self.timed_out = "", False
        self.on_output = lambda output: None
        self.watched = list
        self.number = 0
        self.dropped: list[int] = []

    def begin(self, environment: dict, *, output: int) -> None:
        """Set the process up."""
        self.start_cell()
        self.ask("begin", {"environment": environment, "output": output})

    def start_cell(self) -> None:
        """Start the clock of a cell."""
        self.cell_end = min(self.deadline, time.monotonic() + self.seconds)

    def run(self, source: str) -> bool:
        """Run a cell and tell whether it ended without an error."""
        self.start_cell()
        (fine,) = self.ask("run", source, self._left())
        return fine is True

    def fetch(self, names: list[str]) -> dict[str, tuple]:
        """Return what names hold: ("found", value), ("missing",) or ("refused", sentence)."""
        if not names:
            return {}
        (found,) = self.ask("fetch", names)
        fits = type(found) is dict and all(type(found.get(name)) is tuple for name in names)
        if not fits or not all(found[name] for name in names):
            self._broken()
        return found

    def put(self, values: dict) -> None:
        """Set names in the student's notebook, leaving out what cannot cross."""
        for name, value in values.items():
            try:
                self.codec.pack(value)
            except Refused:
                continue
            self.ask("put", {name: value})

    def operate(self, name: str, *operands, **keywords):
        """Do something with the student's objects and return what came of it."""
        watched = self._watched_among(operands)
        self.codec.sent.clear()
        answer = self.ask("operate", name, list(operands), keywords, watched, self._left())
        if len(answer) != 3 or not all(type(part) is dict for part in answer[1:]):
            self._broken()
        result, changed, trained = answer
        for index, value in changed.items():
            if index in watched:
                copy_into(operands[index], value)
        self._update_models(trained)
        return result

    def ask(self, kind: str, *parts) -> tuple:
        """Send a request and return the parts of its answer.

        Raises:
            Gone: the process is no more, or does not answer as it should.
            StudentError: the student's code raised.
            Refused: something in the question or the answer cannot cross.
        """
        if self.gone:
            raise Gone(self.gone)
        self._forget()
        self.number += 1
        try:
            return self._exchange((kind, self.number, *parts))
        except Late:
            self.timed_out = True
            self._lose(self._late_words())
        except Closed:
            self._lose("Python itself stopped")
        except (Broken, Malformed):
            self._broken()

    def _exchange(self, message) -> tuple:
        deadline = min(self.cell_end, self.deadline) + GRACE
        self.channel.send(message, deadline=deadline)
        for _ in range(MESSAGES_AT_MOST):
            answer = self.channel.receive(deadline=deadline)
            if type(answer) is not tuple or len(answer) < 2:
                break
            kind, number, *rest = answer
            if kind == "output":
                self.on_output(number)
            elif number != self.number:
                break
            elif kind == "done":
                return tuple(rest)
            elif kind == "raised" and rest:
                raise student_error(rest[0])
            elif kind == "refused" and rest and type(rest[0]) is str:
                raise Refused(rest[0][:1_000])
        raise Broken("an answer that was not asked for")

    def reference(self, kind: type, number: int, name: str | None) -> Reference:
        """Make a reference whose object is let go when the reference is."""
        made = kind(self, number, name)
        weakref.finalize(made, self.dropped.append, number).atexit = False
        return made

    def _forget(self) -> None:
        if len(self.dropped) > 100:
            numbers, self.dropped[:] = list(self.dropped), []
            self.ask("drop", [n for n in numbers if not self.codec.is_held(n)])

    def _left(self) -> float:
        return max(0.05, min(self.cell_end, self.deadline) - time.monotonic())

    def _watched_among(self, operands) -> list[int]:
        seen = {id(value) for value in self.watched()}
        return [i for i, value in enumerate(operands) if {id(value), _base(value)} & seen]

    def _update_models(self, trained: dict) -> None:
        for number, state in trained.items():
            if number in self.codec.sent and type(state) is tuple and len(state) == 2:
                try:
                    models.set_state(self.codec.model(number), *state)
                except Malformed:
                    self._broken()

    def _late_words(self) -> str:
        if time.monotonic() > self.deadline:
            return f"the notebook ran longer than {self.total:g} s"
        return f"a cell ran longer than {self.seconds:g} s and could not be stopped"

    def _broken(self):
        self._lose("it broke off the conversation with the grader")

    def _lose(self, why: str):
        self.gone = why
        raise Gone(why)


def _base(value) -> int:
    base = getattr(value, "base", None) if type(value).__module__ == "numpy" else None
    return id(value) if base is None else id(base)
