"""Turn a tree of JSON and raw bytes from a stranger into a plain value, or refuse it whole."""

import math

import numpy as np

from grading.judge.packing import (
    DEPTH_AT_MOST,
    KEYS_AT_MOST,
    KINDS,
    NODES_AT_MOST,
    RANGE_AT_MOST,
)

SIDES_AT_MOST = 16  # axes of an array
ITEM_AT_MOST = 4_000_000  # bytes of one value of an array of texts
_LISTS = {"<f8", "|b1", "<i8"}


class Malformed(Exception):  # noqa: N818 - a fact about what came
    """A tree or its bytes mean nothing."""


class Unpacking:
    """One tree on its way to a value (see `values`)."""

    def __init__(self, codec, pieces: list[memoryview]):
        self.codec, self.pieces = codec, pieces
        self.depth = self.nodes = 0

    def unpack(self, tree):
        """Return the value that a tree stands for.

        Raises:
            Malformed: it stands for none.
        """
        self.nodes += 1
        if self.nodes > NODES_AT_MOST:
            raise Malformed("too many values")
        if tree is None or type(tree) in (bool, int, float, str):
            return tree
        if type(tree) is not list or not tree or type(tree[0]) is not str:
            raise Malformed("a node has no kind")
        self.depth += 1
        if self.depth > DEPTH_AT_MOST:
            raise Malformed("nested too deep")
        known = _UNPACK.get(tree[0])
        value = known(self, tree[1:]) if known else self.codec.unpack_other(tree, self)
        self.depth -= 1
        return value

    def piece(self, number) -> memoryview:
        """Return the raw bytes with this number."""
        if type(number) is not int or not 0 <= number < len(self.pieces):
            raise Malformed("there are no such bytes")
        return self.pieces[number]

    def all(self, trees: list) -> list:
        """Return the values of several trees."""
        return [self.unpack(tree) for tree in trees]

    def _text(self, rest):
        (number,) = rest
        return bytes(self.piece(number)).decode("utf-8", "surrogatepass")

    def _dict(self, rest):
        if len(rest) % 2 or len(rest) > 2 * KEYS_AT_MOST:
            raise Malformed("a dictionary of odd size")
        parts = self.all(rest)
        return dict(zip(parts[::2], parts[1::2], strict=True))

    def _set(self, rest, kind):
        if len(rest) > KEYS_AT_MOST:
            raise Malformed("a set of odd size")
        return kind(self.all(rest))

    def _numbers(self, rest):
        dtype, number = rest
        if dtype not in _LISTS:
            raise Malformed("a list of unknown numbers")
        piece = self.piece(number)
        if len(piece) > 8 * NODES_AT_MOST:
            raise Malformed("too many values")
        return np.frombuffer(piece, dtype).tolist()

    def array(self, rest) -> np.ndarray:
        """Return the array of a node ["a", dtype, shape, piece], with memory of its own."""
        dtype, shape, number = rest
        dtype, piece = _dtype(dtype), self.piece(number)
        if type(shape) is not list or len(shape) > SIDES_AT_MOST:
            raise Malformed("a shape is no shape")
        if not all(type(side) is int and 0 <= side < 2**40 for side in shape):
            raise Malformed("a shape is no shape")
        if math.prod(shape) * dtype.itemsize != len(piece):
            raise Malformed("a shape does not fit its values")
        if not len(piece):
            if max(shape) > NODES_AT_MOST:
                raise Malformed("an empty array of odd shape")
            return np.zeros(shape, dtype)
        values = np.frombuffer(piece, dtype).reshape(shape).copy()
        return values.astype(dtype.newbyteorder("="), copy=False)

    def _scalar(self, rest):
        (tree,) = rest
        if type(tree) is not list or tree[:1] != ["a"]:
            raise Malformed("a number is no number")
        values = self.array(tree[1:])
        if values.shape != ():
            raise Malformed("a number is no number")
        return values[()]

    def _exactly(self, rest, build, *kinds):
        values = self.all(rest)
        if len(values) != len(kinds):
            raise Malformed("a node has other parts")
        if not all(type(value) in kind for value, kind in zip(values, kinds, strict=True)):
            raise Malformed("a node has parts of another kind")
        return build(*values)


def _dtype(name) -> np.dtype:
    """Return the type of an array's values: truth values, numbers or texts.

    Raises:
        Malformed: the name is another.
    """
    if type(name) is not str or not 3 <= len(name) <= 9 or name[1] not in KINDS:
        raise Malformed("an array of unknown values")
    if name[0] not in "<|" or not name[2:].isascii() or not name[2:].isdigit():
        raise Malformed("an array of unknown values")
    dtype = np.dtype(name)
    if not 0 < dtype.itemsize <= ITEM_AT_MOST or dtype.hasobject or dtype.kind not in KINDS:
        raise Malformed("an array of unknown values")
    return dtype


def _range(start: int, stop: int, step: int) -> range:
    numbers = range(start, stop, step)
    if max(abs(start), abs(stop), abs(step)) > 2**62 or len(numbers) > RANGE_AT_MOST:
        raise Malformed("a range without end")
    return numbers


_NUMBER, _INT = (int, float), (int,)
_UNPACK = {
    "s": Unpacking._text,
    "l": Unpacking.all,
    "t": lambda self, rest: tuple(self.all(rest)),
    "d": Unpacking._dict,
    "S": lambda self, rest: self._set(rest, set),
    "F": lambda self, rest: self._set(rest, frozenset),
    "p": Unpacking._numbers,
    "a": Unpacking.array,
    "n": Unpacking._scalar,
    "c": lambda self, rest: self._exactly(rest, complex, _NUMBER, _NUMBER),
    "b": lambda self, rest: bytes(self.piece(*rest)),
    "r": lambda self, rest: self._exactly(rest, _range, _INT, _INT, _INT),
    "i": lambda self, rest: self._exactly(rest, slice, *[(int, type(None))] * 3),
    "e": lambda self, rest: self._exactly(rest, lambda: ...),
    "y": lambda self, rest: _dtype(*rest),
}
