"""`check` compares a value with what was expected; `check_that` asks for a property."""

import numpy as np

from helpers.checks.compare import find_difference
from helpers.checks.failure import fail, succeed
from helpers.checks.guesses import named_mistake, usual_slip
from helpers.checks.plain import NotPlain, to_plain
from helpers.checks.words import describe, shape_words

_ANY = object()


def check(
    name: str,
    got,
    *,
    want=_ANY,
    tolerance: float = 1e-6,
    shape: tuple | None = None,
    dtype: str | None = None,
    mistakes: dict | None = None,
    secret: bool = False,
) -> None:
    """Compare what a student's code returned with what was expected, and explain a difference.

    Args:
        name: what was called, in the student's own words, such as "softmax(scores)".
        got: the result: numbers, text, NumPy arrays, tensors, or tuples, lists and dicts of them.
        want: the expected value, of the same structure. A tuple stands for several results.
        tolerance: two numbers agree when |got - want| <= tolerance * (1 + |want|).
        shape: the expected shape, with None for a size that is free.
        dtype: the expected kind: "int", "float", "bool" or a NumPy dtype such as "float32".
        mistakes: likely misconceptions, by name: the value each one produces, or a condition that
            is True where it shows. The first that fits is told to the student.
        secret: for hidden tests: a failure tells the name and the likely cause, and no value.

    Raises:
        CheckFailed: with one sentence on the first difference, and the likely cause if known.
    """
    try:
        plain = to_plain(got)
    except NotPlain as problem:
        fail(name, str(problem), cause=_conditions(mistakes), secret=secret)
    want = want if want is _ANY else to_plain(want)
    problem, details = _first_problem(plain, want, shape, dtype, tolerance)
    if problem:
        cause = named_mistake(plain, _plain_values(mistakes), tolerance=tolerance)
        if not cause and want is not _ANY:
            cause = usual_slip(plain, want, tolerance=tolerance)
        fail(name, problem, details=details, cause=cause, secret=secret)
    succeed(name, secret=secret)


def check_that(
    name: str, condition, otherwise: str, *, mistakes: dict | None = None, secret: bool = False
) -> None:
    """Ask for a property that no single value shows, such as "the loss went down".

    Args:
        name: the property, as a claim: "training stops after a clean epoch".
        condition: True where it holds.
        otherwise: one sentence for the student when it does not hold.
        mistakes: likely misconceptions by name, each with the condition that shows it.
        secret: for hidden tests: the sentence `otherwise` is not told, the likely cause is.

    Raises:
        CheckFailed: the condition is false.
    """
    if not bool(condition):
        fail(name, otherwise, cause=_conditions(mistakes), secret=secret)
    succeed(name, secret=secret)


def _first_problem(got, want, shape, dtype, tolerance) -> tuple[str, str]:
    if shape is not None and (problem := _shape_problem(got, shape)):
        return problem, ""
    if want is not _ANY:
        found = find_difference(got, want, tolerance=tolerance)
        if found:
            return found.problem, found.details
    if dtype is not None and (problem := _dtype_problem(got, dtype)):
        return problem, ""
    return "", ""


def _shape_problem(got, shape) -> str:
    if got is None:
        return "expected a result, got None"
    actual = np.shape(got) if not isinstance(got, dict | str) else None
    fits = actual is not None and len(actual) == len(shape)
    if fits and all(size in (None, real) for size, real in zip(shape, actual, strict=True)):
        return ""
    words = shape_words(shape) if None not in shape else str(shape).replace("None", "any")
    return f"expected shape {words}, got {describe(got)}"


def _dtype_problem(got, dtype) -> str:
    kinds = {"int": "iu", "float": "f", "bool": "b"}
    actual = np.asarray(got).dtype
    fits = actual.kind in kinds[dtype] if dtype in kinds else actual == np.dtype(dtype)
    return "" if fits else f"expected values of type {dtype}, got {actual}"


def _plain_values(mistakes) -> dict:
    return {name: to_plain(value) for name, value in (mistakes or {}).items()}


def _conditions(mistakes) -> str:
    for name, value in (mistakes or {}).items():
        if isinstance(value, bool | np.bool_) and value:
            return name
    return ""
