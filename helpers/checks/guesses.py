"""Slips that look the same in every exercise, recognised by the value they produce."""

import numpy as np

from helpers.checks.compare import find_difference
from helpers.checks.plain import is_number

NOTHING_RETURNED = "nothing is returned: end the function with `return ...`"
SIGN = "the sign is flipped"
AXES = "rows and columns are swapped (a transpose too many or too few)"
ORDER = "the order is reversed"
DIGITS = "the digits after the point are lost (an integer array, or //)"
SWAP = "0 and 1 are swapped"
COLUMN = "the result is a column: flatten it, or index with [:, 0]"
ROW = "the result is a row: flatten it, or index with [0]"
BOXED = "the result is an array that holds the number, not the number itself"
NO_LETTER = 'the answer is not one letter in quotes, such as "b"'
USUAL_SLIPS = frozenset(
    (NOTHING_RETURNED, SIGN, AXES, ORDER, DIGITS, SWAP, COLUMN, ROW, BOXED, NO_LETTER)
)


def named_mistake(got, mistakes: dict, *, tolerance: float) -> str:
    """Return the name of the first mistake that `got` shows, or an empty text.

    A mistake is the value that it produces, or a condition: True where it was seen. A truth value
    counts as a condition unless the answer is a truth value itself.
    """
    for name, value in mistakes.items():
        is_condition = isinstance(value, bool | np.bool_) and not isinstance(got, bool | np.bool_)
        seen = bool(value) if is_condition else _equal(got, value, tolerance)
        if seen:
            return name
    return ""


def usual_slip(got, want, *, tolerance: float) -> str:
    """Return the one of `USUAL_SLIPS` that the values show, or an empty text."""
    if got is None and want is not None:
        return NOTHING_RETURNED
    if not _numeric(got) or not _numeric(want):
        return ""
    got, want = np.asarray(got), np.asarray(want)
    candidates = _same_shape_slips(want) if got.shape == want.shape else _other_shape_slips(want)
    for name, value in candidates:
        if got.shape != value.shape or _equal(value, want, tolerance):
            continue  # another shape, or the slip would change nothing here
        if _equal(got, value, tolerance):
            return name
    return ""


def _same_shape_slips(want):
    yield SIGN, -1.0 * want
    if want.ndim == 2:
        yield AXES, want.T
    if want.ndim >= 1 and want.shape[0] > 1:
        yield ORDER, want[::-1]
    if want.dtype.kind == "f" and np.trunc(want).any():  # zeros alone may have any cause
        yield DIGITS, np.trunc(want)
    if set(np.unique(want)) == {0.0, 1.0}:
        yield SWAP, 1 - want


def _other_shape_slips(want):
    if want.ndim == 2:
        yield AXES, want.T
    if want.ndim == 1:
        yield COLUMN, want[:, None]
        yield ROW, want[None, :]
    if want.ndim == 0:
        yield BOXED, want[None]
        yield BOXED, want[None, None]


def _numeric(value) -> bool:
    return is_number(value) or (isinstance(value, np.ndarray) and value.dtype.kind in "biuf")


def _equal(got, value, tolerance) -> bool:
    return find_difference(got, value, tolerance=tolerance) is None
