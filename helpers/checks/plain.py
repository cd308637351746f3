"""Turn what a student returned into plain Python and NumPy values that can be compared."""

import numbers

import numpy as np


class NotPlain(Exception):  # noqa: N818 - never shown by name: its text becomes the message
    """The value cannot be compared; the text says why, in a student's words."""


def is_number(value) -> bool:
    """Tell whether a value is one number (Python's, NumPy's or an array without axes)."""
    return isinstance(value, numbers.Number) or (isinstance(value, np.ndarray) and value.ndim == 0)


def to_plain(value):
    """Return numbers, text, arrays and nests of them unchanged, tensors as NumPy arrays.

    Raises:
        NotPlain: the value is a function, a symbolic tensor, a ragged list or another object.
    """
    if value is None or isinstance(value, str | bytes | numbers.Number):
        return value
    if isinstance(value, np.ndarray | np.generic):
        return value
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return (
            type(value)(to_plain(item) for item in value)
            if _is_nest(value)
            else list_to_array(value)
        )
    return _object_to_array(value)


def list_to_array(values):
    """Make an array of a list of numbers; lists of text stay lists."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise NotPlain("its rows have different lengths, so it is no array") from error
    return list(values) if array.dtype.kind in "OUS" else array


def _is_nest(values) -> bool:
    """Tell whether a list or tuple holds separate results rather than the rows of one array."""
    if type(values) not in (list, tuple):
        return False
    if any(isinstance(item, dict) for item in values):
        return True
    if isinstance(values, tuple):
        return any(not is_number(item) for item in values)
    return len({_size(item) for item in values}) > 1


def _size(item):
    if isinstance(item, list | tuple):
        return len(item)
    return tuple(getattr(item, "shape", ()))


def _object_to_array(value):
    if callable(value) and not hasattr(value, "__array__"):
        name = getattr(value, "__name__", type(value).__name__)
        raise NotPlain(f"it is the function {name} itself, not its result: call it with ( )")
    if type(value).__name__ == "KerasTensor":
        raise NotPlain("it is a symbolic tensor without values: call the model on real data")
    if not (hasattr(value, "numpy") or hasattr(value, "__array__")):
        if hasattr(value, "__iter__"):
            return to_plain(list(value))
        raise NotPlain(f"its type is {type(value).__name__}, which holds no numbers to compare")
    return np.asarray(value.numpy() if hasattr(value, "numpy") else value)
