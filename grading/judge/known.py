"""What the judge knows of the student's objects, and how its own values travel to them."""

import sys
import types
import weakref
from functools import lru_cache

import numpy as np

from grading.judge import models
from grading.judge.operations import METHODS
from grading.judge.packing import Refused
from grading.judge.proxy import Reference, reference_class
from grading.judge.unpacking import Malformed
from grading.judge.values import Codec

LIBRARIES = ("numpy", "keras", "helpers", "math", "builtins", "operator", "functools")
_FUNCTIONS = (
    types.FunctionType, types.BuiltinFunctionType, type, np.ufunc,
    type(np.sum), type(np.linalg.norm),
)  # fmt: skip


class TensorValue(np.ndarray):
    """A tensor of the student's as an array that also answers `.numpy()`."""

    def numpy(self) -> np.ndarray:
        """Return the plain array."""
        return np.array(self, subok=False)


class JudgeCodec(Codec):
    """Reads references, models and tensors; writes models, references and library functions."""

    def __init__(self, session):
        self.session = session
        self.references = weakref.WeakValueDictionary()  # by number
        self.models: dict[int, object] = {}  # by number; both sides keep these to the end
        self.model_numbers: dict[int, int] = {}  # by id()
        self.own = 0
        self.sent: set[int] = set()  # models in the message that is being sent

    def pack_other(self, value, packing):
        """Return the tree of a reference, a tensor, a model or a library's function."""
        if issubclass(type(value), Reference):  # its __class__ may say otherwise
            return ["R", value._number]
        if type(value).__name__ == "EagerTensor":
            return ["T", packing.array(np.asarray(value.numpy()))]
        if models.is_model(value):
            return self._pack_model(value, packing)
        if isinstance(value, _FUNCTIONS):
            return _by_name(value)
        raise Refused(f"a test cannot hand a {type(value).__name__} to the student's code")

    def unpack_other(self, tree, unpacking):
        """Return the reference, the model or the tensor of a tree."""
        kind, *rest = tree
        if kind == "o":
            return self._reference(*rest)
        if kind == "T" and rest:
            value = unpacking.unpack(rest[0])
            if type(value) is np.ndarray:
                return value.view(TensorValue)
        if kind == "m" and len(rest) == 5:
            return self._take_model(rest, unpacking)
        raise Malformed("a node of unknown kind")

    def model(self, number):
        """Return the model with a number, or None."""
        return self.models.get(number) if type(number) is int else None

    def is_held(self, number: int) -> bool:
        """Tell whether the judge still has the object with a number."""
        return number in self.references or number in self.models

    def _reference(self, number, kind, name, model, *methods):
        if type(number) is not int or type(kind) is not str or type(model) is not bool:
            raise Malformed("a reference to nothing")
        if type(name) not in (str, type(None)) or not all(type(m) is str for m in methods):
            raise Malformed("a reference to nothing")
        known = self.references.get(number)
        if known is None:
            made = _class(kind, frozenset(methods) & frozenset(METHODS), model)
            self.references[number] = known = self.session.reference(made, number, name)
        return known

    def _take_model(self, rest, unpacking):
        number, reference, config, weights, trainable = rest
        if type(reference) is not list or reference[:2] != ["o", number]:
            raise Malformed("a model without a number")
        known = self.models.get(number) if type(number) is int else None
        state = unpacking.unpack(weights), unpacking.unpack(trainable)
        try:
            model = models.build(config) if known is None else known
            models.set_state(model, *state)
        except Malformed:
            if known is not None:
                raise
            return self._reference(*reference[1:])  # code of its own: used from there
        self.keep(number, model)
        return model

    def keep(self, number: int, model) -> None:
        """Remember a model that both sides hold."""
        self.models[number], self.model_numbers[id(model)] = model, number

    def _pack_model(self, model, packing):
        number = self.model_numbers.get(id(model))
        config = None
        if number is None:
            config = models.configuration(model)
            if config is None:
                raise Refused("a model with code of its own cannot be handed over")
            self.own = number = self.own - 1
            self.keep(number, model)
        self.sent.add(number)
        state = models.State(model)
        return ["M", number, config, packing.pack(state.weights), packing.pack(state.trainable)]


def _by_name(value):
    module, name = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if isinstance(value, np.ufunc):
        module, name = "numpy", value.__name__
    if module and name and module.partition(".")[0] in LIBRARIES and "<" not in name:
        found = sys.modules.get(module)
        for part in name.split("."):
            found = getattr(found, part, None)
        if found is value:
            return ["G", module, name]
    raise Refused("a test cannot hand a function of its own to the student's code")


@lru_cache(maxsize=1_000)
def _class(kind: str, methods: frozenset, model: bool) -> type:
    return reference_class(kind, methods, model=model)
