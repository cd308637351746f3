"""Explain a Python error in one sentence, for someone who meets it for the first time."""

import re
import traceback
from types import TracebackType

_NOTEBOOK_FILES = ("ipykernel_", "<ipython-input", "<cell")
_RULES = (
    (NotImplementedError, r"", "write your answer at the TODO of this exercise, run that cell, then this one again"),
    (NameError, r"name '(\w+)' is not defined", "nothing is called `{0}` yet: run the cell that defines it (after a restart all cells, from the top), or check the spelling"),
    (ModuleNotFoundError, r"No module named '([\w.]+)'", "{0} is not installed here: run `pip install --requirement requirements.txt` in the course's folder, then restart"),
    (UnboundLocalError, r"variable '(\w+)'", "`{0}` is used in the function before it gets a value there"),
    (TypeError, r"'NoneType'", "something here is None: a function without `return` gives None"),
    (TypeError, r"missing \d+ required (?:positional|keyword-only) arguments?: (.+)", "the function is called without {0}: keep the arguments as the exercise gives them"),
    (TypeError, r"takes .* positional arguments? but", "the function takes other arguments than the exercise gives: keep its first line as it was"),
    (TypeError, r"unexpected keyword argument '(\w+)'", "the function takes no argument called {0}: keep its first line as it was"),
    (TypeError, r"'(\w+)' object is not callable", "a name that should be a function holds a {0}: was it overwritten further up?"),
    (TypeError, r"can't multiply sequence by non-int", "this is a Python list, which does not do arithmetic: turn it into an array with np.array(...)"),
    (TypeError, r"only (?:length-1|0-dimensional|integer scalar) arrays", "an array stands where one number is needed: use a NumPy function, or index it first"),
    (AttributeError, r"'list' object has no attribute '(\w+)'", "this is a Python list, which has no .{0}: turn it into an array with np.array(...)"),
    (AttributeError, r"'NoneType' object has no attribute '(\w+)'", "something here is None: a function without `return` gives None"),
    (AttributeError, r"module '([\w.]+)' has no attribute '(\w+)'", "{0} has nothing called {1}: check the spelling"),
    (ValueError, r"matmul: .*size (\d+) is different from (\d+)|shapes (\(.*?\)) and (\(.*?\)) not aligned", "the inner sizes of the matrix product differ: print both .shape; a transpose (.T) or the order may be wrong"),
    (ValueError, r"could not be broadcast together with shapes (\(.*?\)) (\(.*?\))", "arrays of shapes {0} and {1} do not fit together: print both .shape, and see keepdims=True and reshape"),
    (ValueError, r"must have same number of dimensions|dimensions .* must match exactly", "the arrays to be joined differ in their axes: print both .shape; x[:, None] makes a column"),
    (ValueError, r"truth value of an array", "an `if` needs one True or False and got a whole array: use np.where, or .any() and .all()"),
    (IndexError, r"", "an index points outside the array: print its .shape, and remember that counting starts at 0"),
    (KeyError, r"(.+)", "there is no key {0} in this dictionary: print its .keys()"),
    (ZeroDivisionError, r"", "something is divided by zero"),
    (RecursionError, r"", "the function calls itself without end"),
    (MemoryError, r"", "an array is too large for the memory: print the shapes that you ask for"),
)  # fmt: skip


def explain(error: BaseException) -> str:
    """Return one sentence on what an error usually means, or an empty text where none is sure."""
    for kind, pattern, sentence in _RULES:
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
