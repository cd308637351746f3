"""Put values, shapes and places into words that a student reads at a glance."""

import numpy as np

from helpers.checks.plain import is_number


def describe(value) -> str:
    """Name a value's kind: 'the number 3', 'an array of shape (2, 3)', 'None'."""
    if value is None:
        return "None"
    if isinstance(value, str):
        return f"the text {value!r}"
    if isinstance(value, bool | np.bool_):
        return f"{bool(value)}"
    if is_number(value):
        return f"the number {number(value)}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {shape_words(value.shape)}"
    if isinstance(value, dict):
        return f"a dictionary with the keys {', '.join(map(repr, value)) or 'none'}"
    if isinstance(value, list | tuple):
        return f"{len(value)} separate values"
    return f"a {type(value).__name__}"


def shape_words(shape) -> str:
    """Write a shape the way NumPy prints it."""
    return str(tuple(int(size) for size in shape))


def number(value) -> str:
    """Write a number shortly: 4 significant digits, integers and truth values as they are."""
    value = np.asarray(value)[()]
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, int | np.integer):
        return str(int(value))
    if isinstance(value, complex | np.complexfloating):
        return f"{value:.4g}"
    return f"{float(value):.4g}"


def place(index: tuple[int, ...]) -> str:
    """Say where in an array: 'value 2', 'row 0, column 1', 'index (0, 1, 2)'."""
    if len(index) == 0:
        return "it"
    if len(index) == 1:
        return f"value {index[0]}"
    if len(index) == 2:
        return f"row {index[0]}, column {index[1]}"
    return f"index {tuple(int(i) for i in index)}"


def preview(value, *, limit: int = 24) -> str:
    """Show a small array whole and a large one by its corner."""
    array = np.asarray(value)
    text = np.array2string(
        array, precision=3, suppress_small=True, threshold=limit, edgeitems=2, separator=", "
    )
    return text
