"""What stands in the judge for an object that stays in the student's process."""

import builtins

from grading.judge.operations import METHODS
from helpers.checks.models import OWN_CODE

ITEMS_AT_MOST = 100_000  # drawn from one iterator of the student's
# What Keras says of a model: asked of code that a student wrote, it would be the student's word.
MODEL_WORDS = {
    *("built", "count_params", "get_layer", "get_weights", "set_weights", "layers"),
    *("inputs", "input_shape", "outputs", "output_shape", "weights", "variables"),
    *("trainable_variables", "trainable_weights"),
    *("non_trainable_variables", "non_trainable_weights"),
}


class StudentError(Exception):
    """An error raised by the student's code, as the judge's test cells see it.

    The class of each also derives from the built-in error that it was, so that a test may catch
    it as such.

    Attributes:
        lines: the traceback and what it means, as the student's cell would show it.
    """

    lines: tuple[str, ...] = ()
    text = ""

    def __str__(self) -> str:
        return self.text


def student_error(facts) -> StudentError:
    """Make an error of what the student's process said of it (see `Agent.describe`)."""
    facts = facts if type(facts) is dict else {}
    text, lines = facts.get("text"), facts.get("lines")
    above = facts.get("above") if type(facts.get("above")) is list else []
    name, base = _name(facts.get("type")), _built_in(above)
    bases = (StudentError, base) if base else (StudentError,)
    kind = type(name, bases, {"__module__": __name__})
    error = kind.__new__(kind)
    error.text = text if type(text) is str else ""
    error.lines = tuple(line for line in lines if type(line) is str) if type(lines) is list else ()
    return error


def _built_in(above) -> type | None:
    """Return the first of some names that is an ordinary built-in error."""
    for name in above[:50]:
        kind = getattr(builtins, name, None) if type(name) is str else None
        if isinstance(kind, type) and issubclass(kind, Exception) and kind is not Exception:
            return None if issubclass(kind, ExceptionGroup) else kind
    return None


def _name(name) -> str:
    fits = type(name) is str and name.isidentifier() and len(name) <= 100
    return name if fits else "Object"


class Reference:
    """An object of the student's, by number: what is asked of it is done in the other process.

    It has the methods of the student's object that compute something; it never answers a
    comparison and never counts as true, so that no object can call itself right.
    """

    def __init__(self, session, number: int, name: str | None):
        object.__setattr__(self, "_session", session)
        object.__setattr__(self, "_number", number)
        if name is not None:
            object.__setattr__(self, "__name__", name)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        if name in MODEL_WORDS:
            raise TypeError(self._no_model_here())
        return self._session.operate("getattr", self, name)

    def _no_model_here(self) -> str:
        if "__class__" in type(self).__dict__:
            return f"of your model: {OWN_CODE}"
        return f"expected a model of Keras's own layers, got a {type(self).__name__}"

    def __setattr__(self, name, value):
        self._session.operate("setattr", self, name, value)

    def __bool__(self):
        raise TypeError(f"expected a truth value, got a {type(self).__name__}")

    def __repr__(self):
        name = self.__dict__.get("__name__")
        return f"<{type(self).__name__}{' ' + name if name else ''} of the student's>"

    def __reduce_ex__(self, protocol):
        raise TypeError(f"a {type(self).__name__} of the student's cannot be copied")


def reference_class(name: str, methods: frozenset[str], *, model: bool) -> type:
    """Return a class of references, called like the student's, with some methods of `METHODS`."""
    body = {"__module__": __name__, **{name: _METHODS[name] for name in methods}}
    if "__array__" not in methods:
        body["__array_ufunc__"] = None  # so that `array @ reference` asks the reference
        body["__array__"] = _no_array
    if model:
        body["__class__"] = property(_model_class)
    return type(_name(name), (Reference,), body)


def _model_class(_self) -> type:
    import keras

    return keras.Model


def _forward(name: str):
    def method(self, *operands, **keywords):
        return self._session.operate(name, self, *operands, **keywords)

    return method


def _call(self, /, *arguments, **keywords):
    return self._session.operate("__call__", self, *arguments, **keywords)


def _iter(self):
    iterator = self._session.operate("__iter__", self)
    for _ in range(ITEMS_AT_MOST):
        try:
            item = self._session.operate("__next__", iterator)
        except StopIteration:
            return
        yield item
    raise RuntimeError(f"it gave {ITEMS_AT_MOST:,} items and did not end")


def _exactly(name: str, kind: type):
    def method(self):
        answer = self._session.operate(name, self)
        if type(answer) is not kind:
            raise TypeError(f"expected {kind.__name__}, got {type(answer).__name__}")
        return answer

    return method


def _no_array(self, dtype=None, copy=None):
    """Refuse: an array of objects would ask the student's code whether it is right."""
    raise TypeError(f"expected an array, got a {type(self).__name__}")


def _array(self, dtype=None, copy=None):
    import numpy as np

    answer = self._session.operate("__array__", self)
    if not isinstance(answer, np.ndarray):
        raise TypeError(f"expected an array, got {type(answer).__name__}")
    return answer if dtype is None else answer.astype(dtype)


_METHODS = {
    **{name: _forward(name) for name in METHODS},
    "__call__": _call,
    "__iter__": _iter,
    "__array__": _array,
    "__len__": _exactly("__len__", int),
    "__int__": _exactly("__int__", int),
    "__index__": _exactly("__index__", int),
    "__float__": _exactly("__float__", float),
}
