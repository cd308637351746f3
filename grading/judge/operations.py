"""What the judge may ask of a student's object, by name."""

import importlib
import operator

import numpy as np


def look_up(module: str, name: str):
    """Return a function or class that the course or a library defines, by its full name."""
    found = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


def call(function, *arguments, **keywords):
    """Call a student's function."""
    return function(*arguments, **keywords)


def swapped(operation):
    """Return an operation with its operands the other way round."""
    return lambda left, right: operation(right, left)


TWO_SIDED = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul")
ONE_SIDED = ("neg", "pos", "abs", "invert")
# Methods that a reference in the judge has where the student's object has them. No comparison is
# among them: an object that calls itself equal, or larger than anything, must not be believed.
METHODS = {
    **{f"__{name}__": getattr(operator, f"__{name}__") for name in TWO_SIDED + ONE_SIDED},
    **{f"__r{name}__": swapped(getattr(operator, f"__{name}__")) for name in TWO_SIDED},
    "__call__": call,
    "__len__": len,
    "__iter__": iter,
    "__next__": next,
    "__getitem__": operator.getitem,
    "__setitem__": operator.setitem,
    "__array__": np.asarray,
    "__float__": float,
    "__int__": int,
    "__index__": operator.index,
}
OPERATIONS = {**METHODS, "getattr": getattr, "setattr": setattr, "global": look_up}
