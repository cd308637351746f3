"""Errors in a student's code are explained, in the notebook's own kernel."""

import nbclient
import nbformat
import numpy as np
import pytest

from course.execute import kernel_environment
from helpers.errors import explain
from tests.conftest import ROOT


def error_of(code: str) -> Exception:
    with pytest.raises(Exception) as caught:
        exec(code, {"np": np})
    return caught.value


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("raise NotImplementedError", "write your answer at the TODO"),
        ("softmax(3)", "nothing is called `softmax` yet"),
        ("def f():\n    y = x + 1\n    x = y\nf()", "`x` is used in the function before"),
        ("None + 1", "a function without `return` gives None"),
        ("None.shape", "a function without `return` gives None"),
        ("(lambda a, b: a)(1)", "called without 'b'"),
        ("(lambda a: a)(1, 2)", "other arguments than the exercise gives"),
        ("[1, 2].shape", "a Python list, which has no .shape"),
        ("[1, 2] * 0.5", "a Python list, which does not do arithmetic"),
        ("np.ones((2, 3)) @ np.ones((2, 3))", "the inner sizes of the matrix product differ"),
        ("np.ones((2, 3)) + np.ones((2, 2))", "arrays of shapes (2,3) and (2,2) do not fit"),
        (
            "np.hstack([np.ones((2, 3)), np.ones(2)])",
            "the arrays to be joined differ in their axes",
        ),
        (
            "np.hstack([np.ones((2, 3)), np.ones((3, 1))])",
            "arrays to be joined differ in their axes",
        ),
        ("bool(np.ones(3))", "an `if` needs one True or False"),
        ("np.ones(3)[5]", "an index points outside the array"),
        ("{}['W1']", "there is no key 'W1'"),
        ("np.softmax(1)", "has nothing called softmax"),
        ("1 / 0", "divided by zero"),
    ],
)
def test_a_common_error_gets_one_sentence(code, words):
    assert words in explain(error_of(code))


def test_an_unknown_error_gets_no_guess():
    assert explain(OSError("disk")) == ""


def test_a_notebook_shows_the_sentence_and_only_the_readers_lines():
    cells = [
        "from helpers import start, check\nstart('01_toy', keras=False)",
        "import numpy as np\ndef blend(a, b):\n    return np.linalg.inv(a @ b)",
        "blend(np.ones((2, 3)), np.ones((2, 3)))",
        "check('blend(a, b)', 3, want=4)",
        "def todo():\n    raise NotImplementedError\ntodo()",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    client = nbclient.NotebookClient(notebook, timeout=30, allow_errors=True)
    client.execute(env=kernel_environment(ROOT, NBGRADER_EXECUTION="autograde"))
    broken, failed = notebook.cells[2].outputs[-1], notebook.cells[3].outputs[-1]
    trace = "\n".join(broken.traceback)
    assert "What it means: the inner sizes of the matrix product differ" in trace
    assert "in `blend`, line 3" in trace
    assert "site-packages" not in trace
    assert len(notebook.cells[4].outputs[-1].traceback) == 1
    assert notebook.cells[4].outputs[-1].traceback[0].startswith("✗ Still open: write your answer")
    assert failed.ename == "CheckFailed"
    assert failed.traceback == ["✗ blend(a, b): it is 3, expected 4"]
