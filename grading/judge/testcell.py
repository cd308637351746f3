"""Run the lesson's own cells in the judge: given ones that the checks need, and the checks."""

import contextlib
import io
import linecache
import os
import signal
import threading
import traceback
from unittest import mock

from grading.judge.proxy import StudentError
from helpers.errors import explain, locate

ENVIRONMENT = {
    "NBGRADER_EXECUTION": "autograde",
    "COURSE_EXECUTION": "unattended",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


class Printed(io.StringIO):
    """A sys.stdout whose text goes to a function as it comes."""

    def __init__(self, name: str, report):
        super().__init__()
        self.stream_name, self.report = name, report

    def write(self, text: str) -> int:
        """Hand the text on."""
        self.report(self.stream_name, text)
        return len(text)


class TooSlow(BaseException):
    """A cell of the lesson ran too long here, on what the student's code returned."""


def run_trusted(
    source: str, key: str, namespace: dict, *, seconds: float, report=lambda name, text: None
) -> None:
    """Run a cell of the lesson in a namespace.

    Args:
        source: the cell's code.
        key: its id, for tracebacks.
        namespace: the judge's names.
        seconds: how long it may run.
        report: takes the stream's name and the text of what it prints.

    Raises:
        TooSlow: it ran longer.
        Exception: whatever the cell raises.
    """
    filename = f"<cell {key}>"
    lines = source.splitlines(keepends=True)
    linecache.cache[filename] = (len(source), None, lines, filename)
    code = compile(source, filename, "exec")
    with (
        contextlib.redirect_stdout(Printed("stdout", report)),
        contextlib.redirect_stderr(Printed("stderr", report)),
        mock.patch.dict(os.environ, ENVIRONMENT),
        _alarm(seconds),
    ):
        exec(code, namespace)


@contextlib.contextmanager
def _alarm(seconds: float):
    """Raise TooSlow in the block after some seconds, where this is the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_signal) -> None:
        raise TooSlow(f"this check ran longer than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def error_facts(error: BaseException) -> tuple[str, str, list[str]]:
    """Return an error's name, its text, and the lines that a student's notebook would show."""
    name, text = type(error).__name__, str(error)
    look = getattr(error, "_render_traceback_", None)
    if look is not None:
        return name, text, look()
    if isinstance(error, StudentError):
        return name, text, list(error.lines) or [f"{name}: {text}"]
    lines = [*traceback.format_exception_only(error), *_own_lines(error)]
    if sentence := explain(error):
        place = locate(error.__traceback__)
        lines.append(f"\nWhat it means: {sentence}" + (f"\n(It happened {place})" if place else ""))
    return name, text, lines


def _own_lines(error: BaseException) -> list[str]:
    """Return the lines of the check through which an error came."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"  line {f.lineno}: {f.line}" for f in frames if f.filename.startswith("<cell ")]
