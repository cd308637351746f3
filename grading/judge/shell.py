"""An IPython shell whose output goes to a function instead of a terminal."""

import codecs
import io
import os
import subprocess
import sys
import threading
import time

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

HELD_BACK = 0.05  # seconds that printed text may wait for more
INLINE = "module://matplotlib_inline.backend_inline"


class StudentShell(InteractiveShell):
    """Runs cells; prints, displays and errors are handed to `report` as small dictionaries."""

    report = staticmethod(print)
    _caught = None

    def _showtraceback(self, etype, evalue, stb):
        lines = [str(line) for line in stb]
        if self._caught is not None:
            self._caught.append(lines)
            return
        self.report({"type": "error", "name": etype.__name__, "text": str(evalue), "lines": lines})

    def trace(self, error: BaseException) -> list[str]:
        """Return the lines that a cell would show for an error, with what it means."""
        self._caught = caught = []
        try:
            if isinstance(error, self.custom_exceptions):
                self.CustomTB(type(error), error, error.__traceback__)
            else:
                self.showtraceback((type(error), error, error.__traceback__))
        finally:
            self._caught = None
        return caught[-1] if caught else []

    def system(self, cmd):
        """Run a shell command and print what it says; IPython's own way needs a terminal.

        As there, its exit code is kept as `_exit_code`.
        """
        command = self.var_expand(cmd, depth=1)
        try:
            self.user_ns["_exit_code"] = _run_command(command)
        except OSError as error:
            print(f"shell commands do not run at grading: {error.strerror}")

    def enable_gui(self, gui=None):
        """Do nothing: there is no window here."""


class Publisher(DisplayPublisher):
    """Hands figures, tables and pages to the shell's `report`."""

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **_more):
        """Report one display; an update names the display that it replaces."""
        name = str((transient or {}).get("display_id", ""))
        self.shell.report(
            {
                "type": "display",
                "data": data,
                "metadata": metadata or {},
                "id": name,
                "update": bool(update),
            }
        )

    def clear_output(self, wait=False):
        """Report that the cell's outputs are to be dropped."""
        self.shell.report({"type": "clear", "wait": bool(wait)})


class Hook(DisplayHook):
    """Hands the value of a cell's last line to the shell's `report`."""

    def start_displayhook(self):
        """Write no prompt."""

    def write_output_prompt(self):
        """Write no prompt."""

    def write_format_data(self, format_dict, md_dict=None):
        """Report the value in all formats that it has."""
        self.shell.report({"type": "result", "data": format_dict, "metadata": md_dict or {}})

    def finish_displayhook(self):
        """Write nothing more."""


class Stream(io.TextIOBase):
    """A sys.stdout or sys.stderr that reports what is written, gathered into few pieces."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, name: str, report):
        self.name, self._report = name, report
        self._parts: list[str] = []
        self._lock = threading.RLock()
        self._since = 0.0
        self._process = os.getpid()

    def writable(self) -> bool:
        """A stream that is written to."""
        return True

    def write(self, text: str) -> int:
        """Take text; report it when some has gathered."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        with self._lock:
            self._since = self._since if self._parts else time.monotonic()
            self._parts.append(text)
            waited = time.monotonic() - self._since > HELD_BACK
            if waited or sum(map(len, self._parts[-64:])) > 8_000 or len(self._parts) > 400:
                self.flush()
        return len(text)

    def flush(self) -> None:
        """Report what has gathered."""
        with self._lock:
            text, self._parts = "".join(self._parts), []
        if text and os.getpid() == self._process:
            self._report({"type": "stream", "name": self.name, "text": text})


def _run_command(command: str) -> int:
    """Run a shell command, print its output as it comes, and return its exit code."""
    environment = {**os.environ, "PIP_RETRIES": "0"}  # there is no network
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, shell=True, env=environment, **pipes) as process:
        try:
            pieces = iter(lambda: process.stdout.read1(65_536), b"")
            for text in codecs.iterdecode(pieces, "utf-8", "replace"):
                sys.stdout.write(text)
        except BaseException:
            process.kill()
            raise
    return process.returncode


def make_shell(report) -> StudentShell:
    """Return a fresh shell, the one that `get_ipython` finds, drawing figures inline.

    Args:
        report: takes a dictionary for each piece of output.
    """
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.StudentShell.colors = "NoColor"
    StudentShell.display_pub_class.default_args = ()
    shell = StudentShell.instance(config=config, display_pub_class=Publisher)
    shell.report = report
    _draw_inline(shell)
    return shell


def _draw_inline(shell) -> None:
    import matplotlib
    from matplotlib_inline.backend_inline import configure_inline_support

    matplotlib.use(INLINE)
    configure_inline_support(shell, INLINE)
