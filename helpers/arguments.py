"""Refuse arguments that a data set does not have, in one sentence."""

import numbers
import operator
from collections.abc import Iterable

import numpy as np


def require_choice(name: str, value: object, allowed: Iterable) -> None:
    """Raise a ValueError that lists the allowed values unless value is one of them."""
    allowed = tuple(allowed)
    if value not in allowed:
        choices = ", ".join(repr(choice) for choice in allowed)
        raise ValueError(f"{name} must be one of {choices}, got {value!r}")


def require_whole_number(name: str, value: object, *, low: int, high: int) -> int:
    """Return value as an int, or raise a ValueError unless low <= value <= high."""
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    if number is None or isinstance(value, bool) or not low <= number <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}, got {value!r}")
    return number


def require_number(name: str, value: object, *, low: float, high: float) -> float:
    """Return value as a float, or raise a ValueError unless low <= value <= high."""
    usable = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not usable or not low <= value <= high:
        raise ValueError(f"{name} must be a number from {low:g} to {high:g}, got {value!r}")
    return float(value)


def seeded_generator(seed: int) -> np.random.Generator:
    """Return a random generator for a seed from 0 to 2**32 - 1."""
    return np.random.default_rng(require_whole_number("seed", seed, low=0, high=2**32 - 1))
