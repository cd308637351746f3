"""Errors in a student's code are explained, in the notebook's own kernel."""

import keras
import nbclient
import nbformat
import numpy as np
import pytest

from course.execute import kernel_environment
from helpers.errors import explain
from tests.conftest import ROOT


def error_of(code: str) -> Exception:
    with pytest.raises(Exception) as caught:
        exec(code, {"np": np, "keras": keras})
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
        ("x = np.arange(3)\nx += 0.5", "which cannot take fractions"),
        ("x = [1, 2]\nx[0.5]", "a list is indexed by one whole number"),
        ("a, b = 1, 2, 3", "too many values come back for the names on the left"),
        ("np.max([])", "the maximum of no values at all"),
        ("np.ones(6).reshape(4, 2)", "6 values cannot be arranged as (4,2)"),
        ("np.ones((2, 3)).sum(axis=2)", "there is no axis 2: the array has 2"),
        ("np.ones((2, 3))[0, 0, 0]", "fewer axes than there are indices, 2 of them"),
        ("np.ones(3)[0.5]", "an index is no whole number"),
    ],
)
def test_a_common_error_gets_one_sentence(code, words):
    assert words in explain(error_of(code))


DENSE = "m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n"
FIT = DENSE + "m.compile(loss='{}')\nm.fit(np.ones((4, 3)), {}, verbose=0)"
STEP = """
class Net(keras.Model):
    def train_step(self, data):
        {}
net = Net()
net.compile()
net.fit(np.ones((4, 3)), verbose=0)"""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (STEP.format("return {'loss': np.exp(data)}"), "NumPy cannot compute inside a step"),
        (
            STEP.format("return {'loss': data[0, 0] if data[0, 0] > 0 else 0}"),
            "use keras.ops.where",
        ),
        (STEP.format("images, _ = data"), "one tensor is taken apart"),
        (STEP.format("return {'loss': float(data[0, 0])}"), "leave out float() and .numpy()"),
        (STEP.format("return {'loss': data.numpy()}"), "leave out float() and .numpy()"),
        ("a, b = keras.ops.sum(np.ones(3))", "one tensor is taken apart"),
        ("x = keras.ops.zeros(3)\nx[0] = 1", "a tensor cannot be written into"),
        (
            "v = keras.Variable([1.0])\nkeras.optimizers.SGD().apply_gradients([(v, v * 1)])",
            "pairs (gradient, variable)",
        ),
        (
            "v = keras.Variable([1.0])\nkeras.optimizers.SGD().apply_gradients([(None, v)])",
            "the loss does not hang on these variables",
        ),
        ("np.exp(keras.Input((3,)))", "the plan of a network, without numbers"),
        ("keras.Model(keras.Input((3,)), keras.layers.Dense(3))", "call it, as in layer(x)"),
        (DENSE + "m(np.ones((2, 4)))", "made for 3 values each and gets an input of shape (2, 4)"),
        (
            "keras.layers.Concatenate()([np.ones((1, 4, 4, 2)), np.ones((1, 5, 4, 2))])",
            "feature maps of different shapes",
        ),
        (
            "keras.layers.Add()([np.ones((1, 4, 4, 2)), np.ones((1, 4, 4, 3))])",
            "feature maps of different shapes",
        ),
        (
            "keras.layers.Conv2D(2, 5)(keras.Input((3, 3, 1)))",
            "the image has become smaller than the kernel",
        ),
        (FIT.format("categorical_crossentropy", "np.zeros(4)"), "class numbers want sparse"),
        (FIT.format("sparse_categorical_crossentropy", "np.eye(4, 2)"), "one-hot rows want"),
        (
            FIT.format("sparse_categorical_crossentropy", "np.array([0, 1, 0, 3])"),
            "a label is 3, and",
        ),
        (FIT.format("mse", "np.ones((5, 2))"), "not as many labels as examples"),
        (DENSE + "m.fit(np.ones((4, 3)), np.ones((4, 2)))", "call model.compile(...) before it"),
        ("keras.Sequential([keras.layers.Dense(1)]).count_params()", "begin it with keras.Input"),
        ("keras.layers.Dense(1, activation='rellu')", "no activation called rellu"),
        (
            "keras.ops.ones(2) + keras.ops.cast(keras.ops.ones(2), 'float64')",
            "numbers of type float and double meet",
        ),
        ("keras.ops.matmul(keras.ops.ones((2, 3)), keras.ops.ones((2, 3)))", "[2,3] by [2,3]"),
        ("keras.ops.ones((2, 3)) + keras.ops.ones(4)", "shapes [2,3] and [4] do not fit"),
        ("keras.Input((3,)) + keras.ops.ones(4)", "shapes [None, 3] and [4] do not fit"),
        (STEP.format("return {'loss': data + keras.ops.ones(5)}"), "do not fit together"),
        ("keras.ops.reshape(keras.ops.ones(6), (4, 2))", "6 values cannot be arranged as 8"),
    ],
)
def test_a_common_error_of_keras_gets_one_sentence(code, words):
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
