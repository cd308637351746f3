"""The student's objects that the judge knows by number, and how they and models travel."""

import numpy as np

from grading.judge import models
from grading.judge.operations import METHODS, look_up
from grading.judge.packing import Refused
from grading.judge.unpacking import Malformed
from grading.judge.values import Codec

OBJECTS_AT_MOST = 100_000


class AgentCodec(Codec):
    """Tensors travel as arrays, Keras models by value, everything else as a numbered reference."""

    def __init__(self):
        self.objects: dict[int, object] = {}
        self.numbers: dict[int, int] = {}  # by id()
        self.last = 0
        self.taken: list[tuple[int, models.State]] = []

    def pack_other(self, value, packing):
        """Return the tree of a tensor, a model or a reference."""
        if _is_tensor(value):
            return ["T", packing.array(_to_array(value))]
        if models.is_model(value):
            number = self.number(value)
            return ["m", number, self.reference(value, number), *models.pack(value, packing)]
        return self.reference(value, self.number(value))

    def unpack_other(self, tree, unpacking):
        """Return the tensor, the model, the object or the library's function of a tree."""
        kind, *rest = tree
        if kind == "T":
            return _to_tensor(unpacking.unpack(rest[0]))
        if kind == "R":
            return self.objects[rest[0]]
        if kind == "G":
            return look_up(*rest)
        if kind == "M":
            return self._take_model(rest, unpacking)
        raise Malformed(f"there is no kind {kind}")

    def number(self, value) -> int:
        """Hold an object and return its number."""
        number = self.numbers.get(id(value))
        if number is None:
            if len(self.objects) > OBJECTS_AT_MOST:
                raise Refused(f"there are more than {OBJECTS_AT_MOST:,} objects")
            self.last = number = self.last + 1
            self.hold(number, value)
        return number

    def hold(self, number: int, value) -> None:
        """Hold an object under a number."""
        self.objects[number], self.numbers[id(value)] = value, number

    def forget(self, numbers) -> None:
        """Let objects go."""
        for number in numbers:
            if number in self.objects:
                self.numbers.pop(id(self.objects.pop(number)), None)

    def reference(self, value, number: int):
        """Return a tree that says what an object is and what can be done with it."""
        kind = type(value)
        methods = [name for name in METHODS if getattr(kind, name, None) is not None]
        name = getattr(value, "__name__", None)
        name = name[:200] if isinstance(name, str) else None
        return ["o", number, kind.__name__[:200], name, models.is_model(value), *methods]

    def take_models(self) -> list[tuple[int, "models.State"]]:
        """Return the models that came since the last time, with the weights that they came with."""
        taken, self.taken = self.taken, []
        return taken

    def _take_model(self, rest, unpacking):
        number, config, *state = rest
        if number not in self.objects:
            self.hold(number, models.build(config))
        model = self.objects[number]
        models.set_state(model, *unpacking.all(state))
        self.taken.append((number, models.State(model)))
        return model


def _is_tensor(value) -> bool:
    return type(value).__name__ == "EagerTensor" and hasattr(value, "numpy")


def _to_array(tensor) -> np.ndarray:
    array = np.asarray(tensor.numpy())
    return array.astype("float32") if array.dtype.name == "bfloat16" else array


def _to_tensor(array):
    import tensorflow

    return tensorflow.constant(array)
