"""Checks run apart from the student's code and see what they would see beside it."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from grading.judge.apart import judge_apart
from grading.judge.flow import make_plan
from grading.results import GRADED
from grading.sandbox import Pool
from tests.conftest import ROOT

GIVEN = "import numpy as np\n\nfrom helpers import check, check_that"


@pytest.fixture(scope="module")
def pool():
    """One sandbox for all tests of this file."""
    with Pool(ROOT, imports=()) as pool:
        yield pool


def cell(source: str, key: str, *, solution: bool = False):
    """Make an answer or a check."""
    marks = {"grade_id": key, "solution": solution, "grade": not solution, "locked": not solution}
    return new_code_cell(source, id=key, metadata={"nbgrader": marks})


def judged(pool, answer: str, check: str, *, reference: str = "f = 1"):
    """Judge one answer by one check; return the check's cell and the answer's."""
    given = new_code_cell(GIVEN, id="given")
    cells = [given, cell(reference, "f", solution=True), cell(check, "f-check")]
    plan = make_plan(new_notebook(cells=cells))
    notebook = new_notebook(cells=[given, cell(answer, "f", solution=True), cells[2]])
    outcome = judge_apart(notebook, pool, plan=plan)
    assert outcome.status == GRADED, outcome.reason
    return notebook.cells[2], notebook.cells[1]


def errors(cell) -> list[str]:
    return [output.evalue for output in cell.outputs if output.output_type == "error"]


@pytest.mark.parametrize(
    ("answer", "check"),
    [
        ("def f(x):\n    return x + 1", "check('f', f(2), want=3)"),
        ("f = lambda x: [x, (x, None)]", "check_that('f', f(1) == [1, (1, None)], 'no')"),
        ("def f(x):\n    return x.sum(axis=0)", "check('f', f(np.ones((2, 3))), want=[2, 2, 2])"),
        ("def f(n):\n    yield from range(n)", "check_that('f', list(f(3)) == [0, 1, 2], 'no')"),
        ("def f(x):\n    x[0] = 5", "x = np.zeros(2)\nf(x)\ncheck('x', x, want=[5, 0])"),
        ("def f(a):\n    return {'w': a, 'b': a * 2}", "check('b', f(2)['b'], want=4)"),
        ("class f:\n    def two(self):\n        return 2", "check('two', f().two(), want=2)"),
        ("f = 3.5", "check('f', f, want=3.5)"),
    ],
)
def test_right_answers_of_every_kind_pass(pool, answer, check):
    assert errors(judged(pool, answer, check, reference=answer)[0]) == []


def test_a_wrong_answer_is_told_what_was_expected_and_why(pool):
    check = "check('f(2)', f(2), want=3, mistakes={'one too few': 2})"
    (message,) = errors(judged(pool, "def f(x):\n    return x", check)[0])
    assert "expected 3" in message
    assert "one too few" in message


def test_an_error_of_the_students_keeps_its_name(pool):
    (message,) = errors(judged(pool, "def f(x):\n    return x[9]", "check('f', f([1]), want=1)")[0])
    assert "list index out of range" in message


OWN_MODEL = """import keras
f = keras.Sequential([keras.Input((3,)), keras.layers.Lambda(lambda x: x)])"""


@pytest.mark.parametrize("check", ["f.count_params()", "helpers.check_model('f', f)"])
def test_a_model_with_code_of_the_students_is_told_what_to_do_instead(pool, check):
    (message,) = errors(judged(pool, OWN_MODEL, f"import helpers\n{check}", reference=OWN_MODEL)[0])
    assert "it holds code of your own" in message and "build it of Keras's own layers" in message


def test_a_given_model_whose_layers_were_taken_away_costs_its_own_exercise_alone(pool):
    check = """import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2), keras.layers.Flatten()])
f(model)"""
    popped, answer = judged(pool, "def f(model):\n    model.pop()", check, reference="def f(x): 1")
    (message,) = errors(popped)
    assert "has other layers now: leave it as it is" in message and not errors(answer)


def test_what_is_no_model_is_named(pool):
    answer = "class Net:\n    pass\nf = Net()"
    (message,) = errors(judged(pool, answer, "f.count_params()", reference=answer)[0])
    assert message.endswith("expected a model of Keras's own layers, got a Net")


def test_what_an_answer_prints_and_shows_is_kept(pool):
    answer = "print('seen')\nf = 1"
    assert judged(pool, answer, "check('f', f, want=1)")[1].outputs[0].text == "seen\n"


def test_shell_commands_in_an_answer_do_not_lose_it(pool):
    lines = ("!echo hallo {1 + 1}", "%pip --version", "!no-such-program", "x = !echo von pip")
    answer = "\n".join([*lines, "print(x, _exit_code)", "f = 1"])
    check, answer = judged(pool, answer, "check('f', f, want=1)")
    assert errors(check) == errors(answer) == []
    said = "".join(each.text for each in answer.outputs if each.output_type == "stream")
    assert said.startswith("hallo 2\n")
    assert "not found" in said
    assert "['von pip'] 127" in said


def test_a_shell_command_without_end_ends_with_its_cell(pool):
    endless = (
        "import signal\nsignal.setitimer(signal.ITIMER_REAL, 1)\n!yes | head -c 1000; sleep 60"
    )
    check, answer = judged(pool, f"f = 1\n{endless}", "check('f', f, want=1)")
    assert errors(check) == []
    assert "this ran longer" in errors(answer)[0]


def test_what_a_student_does_to_check_changes_nothing(pool):
    answer = "check = lambda *a, **k: None\nnp.allclose = lambda *a: True\nf = 2"
    assert errors(judged(pool, answer, "check('f', f, want=1)")[0])


def test_a_check_never_enters_the_students_process(pool):
    answer = "import gc\n\ndef f():\n    return '-'.join(['KEY', '9']) in repr(gc.get_objects())"
    check = "key = 'KEY-9'\ncheck_that('f', f() is False, 'found')"
    assert errors(judged(pool, answer, check)[0]) == []


def test_an_object_that_calls_itself_equal_earns_nothing(pool):
    answer = "class Yes(float):\n    def __eq__(self, other):\n        return True\nf = Yes(7)"
    assert errors(judged(pool, answer, "check('f', f, want=1)")[0])


LIAR = """class f:
    def __call__(self, x):
        return np.zeros((1, 2))
    def get_weights(self):
        return [np.zeros((2, 2))]
    def __sub__(self, other):
        return np.zeros(2)
    __rsub__ = __sub__
f = f()"""


@pytest.mark.parametrize(
    "check",
    [
        "check('f', f(np.ones((1, 2))), want=np.ones((1, 2)) @ f.get_weights()[0])",
        "check_that('f', bool(np.allclose(np.asarray(f), [1, 2])), 'no')",
        "check_that('f', bool(np.allclose(f, [1, 2])), 'no')",
    ],
)
def test_what_an_object_says_of_itself_is_not_what_it_is_compared_with(pool, check):
    assert errors(judged(pool, LIAR, check)[0])


def test_a_model_crosses_with_what_was_frozen_layer_by_layer_or_weight_by_weight():
    import keras

    from grading.judge import models

    def network():
        inner = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name="inner")])
        return keras.Sequential(
            [keras.Input((3,)), inner, keras.layers.BatchNormalization(), keras.layers.Dense(1)]
        )

    theirs, ours = network(), network()
    theirs.layers[0].trainable = False
    theirs.layers[2].bias.trainable = False
    state = models.State(theirs)
    models.set_state(ours, state.weights, state.trainable)
    assert models.State(ours).trainable == state.trainable
    assert len(ours.trainable_weights) == 3  # gamma, beta and the last kernel


@pytest.mark.parametrize("name", ["relu", "sigmoid", "softmax", "tanh", "gelu"])
def test_a_model_with_an_activation_called_as_a_function_is_let_in(name):
    import keras

    from grading.judge import models

    inputs = keras.Input((3,))
    model = keras.Model(inputs, getattr(keras.activations, name)(keras.layers.Dense(2)(inputs)))
    assert models.build(models.configuration(model)).count_params() == 8


def test_a_layer_given_as_an_activation_is_let_in():
    import keras

    from grading.judge import models

    layer = keras.layers.Conv2D(2, 3, activation=keras.layers.LeakyReLU(0.2))
    model = keras.Sequential([keras.Input((4, 4, 1)), layer])
    assert models.build(models.configuration(model)).count_params() == 20
