"""`check_model` looks at a Keras model from outside: sizes, parameters, and what it returns."""

import numpy as np

from helpers.checks.failure import fail, succeed
from helpers.checks.guesses import named_mistake
from helpers.checks.words import describe, shape_words

OWN_CODE = (
    "it holds code of your own, which grading cannot look into: build it of Keras's own "
    "layers, with keras.Sequential or keras.Model(inputs, outputs)"
)


def check_model(
    name: str,
    model,
    *,
    input_shape: tuple | None = None,
    output_shape: tuple | None = None,
    parameters: int | tuple[int, int] | None = None,
    trainable: int | tuple[int, int] | None = None,
    probabilities: bool = False,
    mistakes: dict | None = None,
    secret: bool = False,
) -> None:
    """Check a Keras model by its behaviour, never by the list of its layers.

    Args:
        name: what was called, such as "build_mlp()".
        model: the Keras model that the student returned.
        input_shape: the expected shape of one example, without the batch axis.
        output_shape: the expected shape of one output, without the batch axis.
        parameters: the number of all parameters, or the (least, most) allowed.
        trainable: the number of trainable parameters, or the (least, most) allowed.
        probabilities: True where the outputs of each example must be positive and sum to 1.
        mistakes: likely misconceptions by name, each with the condition that shows it.
        secret: for hidden tests: a failure tells no value.

    Raises:
        CheckFailed: with one sentence on the first thing that does not fit.
    """
    problem = (
        _kind_problem(model)
        or _shape_problem("takes examples", model.input_shape, input_shape)
        or _shape_problem("returns outputs", model.output_shape, output_shape)
        or _count_problem("parameters", model.count_params(), parameters)
        or _count_problem("trainable parameters", _trainable(model), trainable)
        or (_probability_problem(model) if probabilities else "")
    )
    if problem:
        cause = named_mistake(None, mistakes or {}, tolerance=0)
        fail(name, problem, cause=cause, secret=secret)
    succeed(name, secret=secret)


def _kind_problem(model) -> str:
    import keras

    if not isinstance(model, keras.Model):
        return f"expected a Keras model, got {describe(model)}"
    if _has_own_code(model):
        return OWN_CODE
    if not model.built:
        return "the model does not know its input yet: begin it with keras.Input(shape=...)"
    return ""


def _has_own_code(model) -> bool:
    """Tell whether a model is more than Keras's own layers: a class, a Lambda, a function."""
    if not _is_of_keras(type(model)):  # asked first: a model of another class may say anything
        return True
    parts = model._flatten_layers()
    used = [code for part in parts for code in (type(part), getattr(part, "activation", None))]
    return not all(_is_of_keras(code) for code in used if code is not None)


def _is_of_keras(code) -> bool:
    module = str(getattr(code, "__module__", ""))
    return module.startswith("keras.") and not module.endswith(".lambda_layer")


def _shape_problem(words, actual, expected) -> str:
    if expected is None or tuple(actual[1:]) == tuple(expected):
        return ""
    return f"it {words} of shape {shape_words_or_any(actual[1:])}, expected {shape_words(expected)}"


def shape_words_or_any(shape) -> str:
    """Write a shape whose unknown sizes read 'any'."""
    return str(tuple(shape)).replace("None", "any")


def _count_problem(words, actual, expected) -> str:
    if expected is None:
        return ""
    least, most = (expected, expected) if isinstance(expected, int) else expected
    if least <= actual <= most:
        return ""
    hoped = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    return f"it has {actual:,} {words}, expected {hoped}"


def _trainable(model) -> int:
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def _probability_problem(model) -> str:
    shape = [4, *(size or 8 for size in model.input_shape[1:])]
    batch = np.random.default_rng(0).uniform(size=shape).astype("float32")
    rows = np.asarray(model(batch))
    if rows.min() < 0 or rows.max() > 1:
        return f"its outputs run from {rows.min():.3g} to {rows.max():.3g}: no probabilities"
    worst = float(np.abs(rows.sum(axis=-1) - 1).max())
    return "" if worst < 1e-3 else "the outputs of an example do not sum to 1"
