"""Find the first difference between what was returned and what was expected."""

from dataclasses import dataclass

import numpy as np

from helpers.checks.plain import NotPlain, is_number, list_to_array
from helpers.checks.words import describe, number, place, preview, shape_words


@dataclass(frozen=True)
class Difference:
    """One sentence on the first difference, and both values where they are short enough to show."""

    problem: str
    details: str = ""


def find_difference(got, want, *, tolerance: float) -> Difference | None:
    """Compare plain values (see `to_plain`) and describe the first difference, or return None.

    Two numbers agree when |got - want| <= tolerance * (1 + |want|).
    """
    if want is None or isinstance(want, str):
        return None if _same_scalar(got, want) else _expected(got, want)
    if got is None:
        return Difference("expected a result, got None")
    if isinstance(want, dict):
        return _compare_dicts(got, want, tolerance=tolerance)
    if isinstance(want, tuple):
        return _compare_parts(got, want, tolerance=tolerance)
    if isinstance(want, list) or (isinstance(want, np.ndarray) and want.dtype.kind in "OUS"):
        return _compare_lists(got, list(want))
    return _compare_arrays(got, np.asarray(want), tolerance=tolerance)


def _same_scalar(got, want) -> bool:
    if isinstance(got, np.ndarray):
        return False
    return type(got) in (type(want), np.str_) and got == want


def _expected(got, want) -> Difference:
    return Difference(f"expected {describe(want)}, got {describe(got)}")


def _compare_dicts(got, want, *, tolerance):
    if not isinstance(got, dict):
        return _expected(got, want)
    missing = [key for key in want if key not in got]
    if missing:
        return Difference(
            f"the key {missing[0]!r} is missing; it has {', '.join(map(repr, got)) or 'none'}"
        )
    return _first_inside(((repr(key), got[key], want[key]) for key in want), tolerance=tolerance)


def _compare_parts(got, want, *, tolerance):
    if isinstance(got, np.ndarray) and got.ndim and len(got) == len(want):
        got = tuple(got)
    if not isinstance(got, list | tuple) or len(got) != len(want):
        return _expected(got, want)
    names = ("first", "second", "third", "fourth", "fifth", "sixth")
    labels = [
        f"{names[i]} result" if i < len(names) else f"result {i + 1}" for i in range(len(want))
    ]
    return _first_inside(zip(labels, got, want, strict=True), tolerance=tolerance)


def _first_inside(parts, *, tolerance):
    for label, got, want in parts:
        found = find_difference(got, want, tolerance=tolerance)
        if found:
            return Difference(f"{label}: {found.problem}", found.details)
    return None


def _compare_lists(got, want):
    got = list(got) if isinstance(got, list | tuple | np.ndarray) else got
    if not isinstance(got, list) or len(got) != len(want):
        return _expected(got, want)
    for i, (mine, theirs) in enumerate(zip(got, want, strict=True)):
        if mine != theirs:
            return Difference(f"value {i} is {mine!r}, expected {theirs!r}")
    return None


def _compare_arrays(got, want, *, tolerance):
    if isinstance(got, list | tuple):
        try:
            got = list_to_array(got)
        except NotPlain as problem:
            return Difference(str(problem))
    if not (is_number(got) or isinstance(got, np.ndarray)) or np.asarray(got).dtype.kind in "OUS":
        return _expected(got, want)
    got = np.asarray(got)
    if got.shape != want.shape:
        return _shape_difference(got, want)
    wrong = ~agree(got, want, tolerance=tolerance)
    return _value_difference(got, want, wrong, tolerance=tolerance) if wrong.any() else None


def agree(got: np.ndarray, want: np.ndarray, *, tolerance: float) -> np.ndarray:
    """Tell value by value whether two arrays of one shape agree; NaN agrees with NaN alone."""
    if want.dtype.kind == "b" or got.dtype.kind == "b":
        got, want = got.astype(float), want.astype(float)
    with np.errstate(invalid="ignore", over="ignore"):
        return np.isclose(got, want, rtol=tolerance, atol=tolerance, equal_nan=True)


def _shape_difference(got, want) -> Difference:
    wanted = "one number" if want.ndim == 0 else f"shape {shape_words(want.shape)}"
    problem = f"expected {wanted}, got {describe(got)}"
    if got.size == want.size and got.size > 1:
        problem += ": the right number of values, arranged otherwise"
    return Difference(problem)


def _value_difference(got, want, wrong, *, tolerance) -> Difference:
    index = tuple(int(i) for i in np.argwhere(wrong)[0]) if want.ndim else ()
    seen, hoped = number(got[index]), number(want[index])
    if seen == hoped:  # four digits hide the difference
        seen, hoped = repr(got[index].item()), repr(want[index].item())
    problem = f"{place(index)} is {seen}, expected {hoped}"
    if tolerance > 0 and want.dtype.kind not in "biu":
        problem += f" (tolerance {tolerance:g})"
    if want.size > 1:
        problem += f"; {int(wrong.sum())} of {want.size} values differ"
    if np.isnan(np.asarray(got, dtype=complex)).any():
        problem += "; some are not a number (NaN)"
    if not 1 < want.size <= 24:
        return Difference(problem)
    return Difference(problem, f"expected\n{preview(want)}\ngot\n{preview(got)}")
