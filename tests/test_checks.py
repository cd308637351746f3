"""Checks explain what differs, where, and why it probably does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from helpers.checks import CheckFailed, check, check_choice, check_model, check_that
from helpers.checks.choices import seal, unseal

ROWS = np.array([[0.042, 0.114, 0.844], [0.045, 0.045, 0.910]])


def message(*arguments, **options) -> str:
    with pytest.raises(CheckFailed) as failed:
        check(*arguments, **options)
    return str(failed.value)


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (3, 3),
        (3.0, 3),
        (np.float32(3), 3),
        (True, 1),
        ([1, 2], np.array([1, 2])),
        ((1, 2), [1, 2]),
        (ROWS.tolist(), ROWS),
        (tuple(ROWS), ROWS),
        ([ROWS, 0.5], (ROWS, 0.5)),
        ({"b": [1], "a": 2, "more": 3}, {"a": 2, "b": np.array([1])}),
        (None, None),
        ("same", "same"),
        (["a", "b"], ["a", "b"]),
        (np.array([np.nan, 1]), [np.nan, 1]),
        (np.zeros((0, 3)), np.zeros((0, 3))),
    ],
)
def test_equal_values_pass_whatever_holds_them(got, want, capsys):
    check("f(x)", got, want=want)
    assert capsys.readouterr().out == "✓ f(x)\n"


@pytest.mark.parametrize(
    ("got", "want", "words"),
    [
        (None, 3, "expected a result, got None"),
        (None, 3, "end the function with `return ...`"),
        (4, 3, "it is 4, expected 3"),
        ("3", 3, "expected the number 3, got the text '3'"),
        (ROWS.T, ROWS, "expected shape (2, 3), got an array of shape (3, 2)"),
        (ROWS.T, ROWS, "rows and columns are swapped"),
        (-ROWS, ROWS, "the sign is flipped"),
        (ROWS[:, ::-1][:, ::-1] + [[0, 0.1, 0], [0, 0, 0]], ROWS, "row 0, column 1 is 0.214"),
        (np.array([0.3]), 0.3, "an array that holds the number"),
        (np.array([[1], [2], [3]]), [1, 2, 3], "the result is a column"),
        (np.array([1, 1, 2]), [1.5, 1.25, 2.75], "digits after the point are lost"),
        ([[1, 2], [3]], [[1, 2], [3, 4]], "its rows have different lengths, so it is no array"),
        (ROWS * np.nan, ROWS, "not a number (NaN)"),
        (np.mean, 3, "it is the function mean itself"),
        ({"a": 1}, {"a": 1, "b": 2}, "the key 'b' is missing"),
        ((ROWS, 0.5), (ROWS, 0.75), "second result: it is 0.5, expected 0.75"),
        ((ROWS, 0.5, 1), (ROWS, 0.5), "expected 2 separate values, got 3"),
        (object(), 3, "holds no numbers to compare"),
    ],
)
def test_a_difference_is_said_in_words(got, want, words):
    assert words in message("f(x)", got, want=want)


def test_a_named_mistake_is_told_and_only_where_it_fits():
    mistakes = {"the sum runs over the batch": [3, 4], "the bias is forgotten": [5, 6]}
    assert "Likely cause: the bias is forgotten" in message(
        "f(x)", [5, 6], want=[1, 2], mistakes=mistakes
    )
    assert "Likely cause" not in message("f(x)", [8, 9], want=[1, 2], mistakes=mistakes)


def test_zeros_are_not_called_lost_digits():
    assert "Likely cause" not in message("f(x)", [0, 0, 0], want=[0.4, 0.0, -0.7])


def test_a_mistake_can_be_a_condition():
    text = message("f(x)", 2.0, want=1.0, mistakes={"no": False, "the input was changed": True})
    assert "Likely cause: the input was changed" in text


def test_a_secret_check_tells_no_value():
    text = message("big scores", 7.5, want=2.25, mistakes={"overflow": 7.5}, secret=True)
    assert text == "hidden test: big scores\nLikely cause: overflow"


def test_shape_and_dtype_are_checked():
    assert "expected shape (any, 3)" in message("f(x)", ROWS.T, shape=(None, 3))
    assert "expected values of type int, got float64" in message("f(x)", ROWS, dtype="int")
    check("f(x)", ROWS, shape=(2, None), dtype="float")


def test_tensors_are_compared_by_their_values():
    import keras

    check("f(x)", keras.ops.convert_to_tensor(ROWS), want=ROWS)
    check("f(x)", keras.Variable(ROWS), want=ROWS, tolerance=1e-6)
    assert "symbolic tensor" in message("f(x)", keras.Input((2,)), want=ROWS)


def test_a_property_is_asked_for():
    check_that("the loss fell", 1 < 2, "the loss did not fall")
    with pytest.raises(CheckFailed, match="the loss did not fall\nLikely cause: the sign"):
        check_that("the loss fell", False, "the loss did not fall", mistakes={"the sign": True})


def test_a_model_is_seen_from_outside():
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
    check_model("m", model, input_shape=(4,), output_shape=(3,), parameters=15, probabilities=True)
    for options, words in [
        ({"output_shape": (2,)}, "returns outputs of shape (3,), expected (2,)"),
        ({"parameters": (20, 30)}, "it has 15 parameters, expected 20 to 30"),
        ({"trainable": 0}, "it has 15 trainable parameters, expected 0"),
    ]:
        with pytest.raises(CheckFailed) as failed:
            check_model("m", model, **options)
        assert words in str(failed.value)
    with pytest.raises(CheckFailed, match="expected a Keras model, got None"):
        check_model("m", None)


def test_a_model_with_code_of_its_own_is_refused():
    import keras
    from keras import layers

    class Same(layers.Layer):
        def call(self, x):
            return x

    class Model(keras.Model):
        def call(self, x):
            return x

    entry = keras.Input((4,))
    whole = keras.Model(entry, layers.Dense(2, activation=keras.ops.relu)(entry * 2 + 1))
    check_model("m", whole, output_shape=(2,))
    own = [
        Model(),
        keras.Model(entry, Same()(entry)),
        keras.Model(entry, layers.Lambda(lambda x: x)(entry)),
        keras.Sequential([entry, layers.Dense(2, activation=lambda x: x)]),
        keras.Sequential([entry, keras.Sequential([Same()])]),
    ]
    for model in own:
        with pytest.raises(CheckFailed, match="it holds code of your own"):
            check_model("m", model)


def test_a_choice_is_answered_with_its_reason():
    key = seal("b", {"a": "too early", "c": "too late"})
    assert "too" not in key
    assert unseal(key) == ("b", {"a": "too early", "c": "too late"})
    check_choice("when", " B ", sealed=key)
    with pytest.raises(CheckFailed, match="when: c is not it\nWhy not c: too late"):
        check_choice("when", "c", sealed=key)
    with pytest.raises(
        CheckFailed, match="choose one of a, b, c\nLikely cause: the answer is not one letter"
    ):
        check_choice("when", 2, sealed=key)


NUMBERS = arrays.arrays(
    np.float64,
    arrays.array_shapes(max_dims=3, max_side=4),
    elements=st.floats(-1e6, 1e6, allow_nan=False),
)


@given(NUMBERS)
def test_every_array_equals_itself_and_its_list(values):
    check("f(x)", values.tolist(), want=values)


@given(NUMBERS, st.integers(0, 10**6))
def test_one_changed_value_is_always_found(values, seed):
    index = np.unravel_index(seed % values.size, values.shape)
    changed = values.copy()
    changed[index] += 1 + abs(changed[index])
    text = message("f(x)", changed, want=values, tolerance=1e-6)
    assert f"1 of {values.size} values differ" in text or values.size == 1
