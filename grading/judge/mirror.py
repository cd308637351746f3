"""Change a test's own lists, dictionaries and arrays the way the student's code changed its copies.

A test sends copies. Where it looks afterwards whether its own value is still what it was
(`np.array_equal(w, before)`), the change is brought back; elsewhere it is not, or an answer could
bend the inputs that a test computes its expected value from.
"""

import ast

import numpy as np

COMPARISONS = {"array_equal", "array_equiv", "allclose", "assert_array_equal", "assert_allclose"}


def watched_names(source: str) -> frozenset[str]:
    """Return the names that a test compares after it gave them to the student's code."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            compared = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and _name(node.func) in COMPARISONS:
            compared = node.args
        elif isinstance(node, ast.Call) and _name(node.func) == "check":
            compared = node.args[1:2]
        else:
            continue
        bases = [_base_name(part) for part in compared]
        names.update(bases if all(bases) else ())  # `predicted(X) == y` asks something else
    return frozenset(names)


def copy_into(own, changed) -> None:
    """Give a list, dictionary or array of the judge's the content of the student's copy."""
    if type(own) is dict and type(changed) is dict:
        _copy_dict(own, changed)
    elif type(own) is list and type(changed) is list:
        if len(own) == len(changed):
            own[:] = [_merged(old, new) for old, new in zip(own, changed, strict=True)]
        else:
            own[:] = changed
    elif isinstance(own, np.ndarray) and isinstance(changed, np.ndarray):
        if own.shape == changed.shape and own.dtype == changed.dtype and own.flags.writeable:
            own[...] = changed
    elif type(own) is tuple and type(changed) is tuple and len(own) == len(changed):
        for old, new in zip(own, changed, strict=True):
            copy_into(old, new)
    elif type(own) is set and type(changed) is set:
        own.clear()
        own.update(changed)


def _copy_dict(own: dict, changed: dict) -> None:
    merged = {key: _merged(own.get(key), value) for key, value in changed.items()}
    own.clear()
    own.update(merged)


def _merged(old, new):
    """Return the old value with the new content where it can hold it, else the new value."""
    same_array = isinstance(old, np.ndarray) and isinstance(new, np.ndarray)
    if same_array and (old.shape, old.dtype) != (new.shape, new.dtype):
        return new
    if same_array or (type(old) is type(new) and type(old) in (list, dict)):
        copy_into(old, new)
        return old
    return new


def _name(node) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _base_name(node) -> str:
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
