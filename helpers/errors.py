"""Explain a Python error in one sentence, for someone who meets it for the first time."""

import re
import traceback
from types import TracebackType

from helpers.meanings import MEANINGS

_NOTEBOOK_FILES = ("ipykernel_", "<ipython-input", "<cell")


def explain(error: BaseException) -> str:
    """Return one sentence on what an error usually means, or an empty text where none is sure."""
    for kind, pattern, sentence in MEANINGS:
        found = re.search(pattern, str(error)) if isinstance(error, kind) else None
        if found:
            return sentence.format(*(group or "" for group in found.groups()))
    return ""


def is_open(error: BaseException | None) -> bool:
    """Tell whether an error is the open TODO of an exercise, which is no accident."""
    return isinstance(error, NotImplementedError) and not str(error)


def locate(trace: TracebackType | None) -> str:
    """Say where in the reader's own code an error arose: 'in `softmax`, line 3: `...`'."""
    own = [frame for frame in traceback.extract_tb(trace) if _is_own(frame.filename)]
    if not own:
        return ""
    last = own[-1]
    where = "in this cell" if last.name == "<module>" else f"in `{last.name}`"
    return f"{where}, line {last.lineno}" + (f": `{last.line}`" if last.line else "")


def trim(trace: TracebackType | None) -> TracebackType | None:
    """Cut a traceback after the last frame of the reader's own code, in place, and return it."""
    last = None
    step = trace
    while step is not None:
        if _is_own(step.tb_frame.f_code.co_filename):
            last = step
        step = step.tb_next
    if last is not None:
        last.tb_next = None
    return trace


def install(shell) -> None:
    """Make an IPython shell explain each error, and hide frames that are not the reader's."""
    shell.set_custom_exc((Exception,), _show_error)


def _show_error(shell, kind, error, trace, tb_offset=None):
    own_look = getattr(error, "_render_traceback_", None)
    if own_look is not None:
        lines = own_look()
    elif is_open(error):
        lines = [f"✗ Still open: {explain(error)}\n(The TODO stands {locate(trace)})"]
    else:
        place, sentence = locate(trace), explain(error)
        trace = trim(trace)
        lines = shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset)
        if sentence:
            where = f"\n(It happened {place})" if place else ""
            lines = [*lines, f"\nWhat it means: {sentence}{where}"]
    shell._showtraceback(kind, error, lines)
    return lines


def _is_own(filename: str) -> bool:
    return any(mark in filename for mark in _NOTEBOOK_FILES)
