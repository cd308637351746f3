"""Turn a plain value into a tree of JSON and raw bytes; `unpacking` reads it back."""

import numpy as np

DEPTH_AT_MOST = 40
NODES_AT_MOST = 1_000_000
KEYS_AT_MOST = 20_000  # of a dictionary or set: keys made to collide take quadratic time
TEXT_IN_TREE = 1_000  # longer texts travel beside the tree
PACKED_FROM = 16  # lists of as many numbers travel as arrays
KINDS = "biufcSU"  # of arrays: truth values, numbers and texts, never objects
VALUES_AT_MOST = 50_000_000  # of an array
RANGE_AT_MOST = 10_000_000
LONG_INT = 4_000  # bits
_PACKED = {float: "<f8", bool: "|b1", int: "<i8"}


class Refused(TypeError):  # noqa: N818 - tells of a value, not of a fault
    """A value that cannot cross; the text is one sentence that says why."""


class Packing:
    """One value on its way into a tree (see `values`)."""

    def __init__(self, codec):
        self.codec = codec
        self.pieces: list[bytes] = []
        self.depth = self.nodes = 0

    def pack(self, value):
        """Return the tree of a value."""
        self.nodes += 1
        if self.nodes > NODES_AT_MOST:
            raise Refused(f"it holds more than {NODES_AT_MOST:,} values")
        if value is None or value is True or value is False or type(value) is float:
            return value
        self.depth += 1
        if self.depth > DEPTH_AT_MOST:
            raise Refused(f"it is nested more than {DEPTH_AT_MOST} deep, or holds itself")
        try:
            known = _PACK.get(type(value))
            return known(self, value) if known else self._base(value)
        finally:
            self.depth -= 1

    def _base(self, value):
        """Pack a value of a subclass as the plain value that it holds."""
        if isinstance(value, np.generic):
            return ["n", self.array(np.array(value))]
        if isinstance(value, np.dtype):
            return self._dtype(value)
        for kind, plainly in _PLAIN.items():
            if isinstance(value, kind):
                return self.pack(plainly(value))
        return self.codec.pack_other(value, self)

    def piece(self, data: bytes) -> int:
        """Put raw bytes beside the tree and return their number."""
        self.pieces.append(data)
        return len(self.pieces) - 1

    def _int(self, value: int):
        if value.bit_length() > LONG_INT:
            raise Refused("it is a whole number of more than a thousand digits")
        return value

    def _text(self, value: str):
        if len(value) <= TEXT_IN_TREE:
            return value
        return ["s", self.piece(value.encode("utf-8", "surrogatepass"))]

    def _list(self, value: list):
        kinds = set(map(type, value)) if len(value) >= PACKED_FROM else ()
        if len(kinds) == 1 and (dtype := _PACKED.get(*kinds)):
            try:
                return ["p", dtype, self.piece(np.array(value, dtype).tobytes())]
            except OverflowError:
                pass  # whole numbers beyond 64 bits travel one by one
        return ["l", *map(self.pack, value)]

    def _dict(self, value: dict):
        self._count_keys(value)
        return ["d", *(self.pack(part) for item in value.items() for part in item)]

    def _set(self, value):
        self._count_keys(value)
        return ["S" if type(value) is set else "F", *map(self.pack, value)]

    def _count_keys(self, value) -> None:
        if len(value) > KEYS_AT_MOST:
            raise Refused(f"it has more than {KEYS_AT_MOST:,} keys")

    def array(self, value: np.ndarray):
        """Pack an array; one of Python objects is refused."""
        if value.dtype.kind not in KINDS:
            raise Refused(f"it is an array of {_what(value.dtype)}: only numbers and texts can be")
        if value.size > VALUES_AT_MOST:
            raise Refused(f"it is an array of more than {VALUES_AT_MOST:,} values")
        if value.dtype in _LONG:
            value = value.astype(_LONG[value.dtype])
        value = value.astype(value.dtype.newbyteorder("<"), copy=False)
        shape = list(value.shape)
        return ["a", value.dtype.str, shape, self.piece(value.tobytes())]

    def _dtype(self, value: np.dtype):
        if value.kind not in KINDS:
            raise Refused(f"it is the type of {_what(value)}")
        return ["y", value.newbyteorder("<").str]


def _what(dtype: np.dtype) -> str:
    return "Python objects" if dtype.kind == "O" else f"{dtype.name} values"


def _range(packing: Packing, value: range):
    far = max(abs(value.start), abs(value.stop), abs(value.step)) > 2**62
    if far or len(value) > RANGE_AT_MOST:
        raise Refused("it is a range of more than ten million numbers")
    return ["r", value.start, value.stop, value.step]


def _tagged(tag: str):
    return lambda packing, value: [tag, *map(packing.pack, value)]


_PACK = {
    int: Packing._int,
    str: Packing._text,
    list: Packing._list,
    tuple: _tagged("t"),
    dict: Packing._dict,
    set: Packing._set,
    frozenset: Packing._set,
    complex: lambda packing, value: ["c", value.real, value.imag],
    bytes: lambda packing, value: ["b", packing.piece(value)],
    bytearray: lambda packing, value: ["b", packing.piece(bytes(value))],
    range: _range,
    slice: lambda packing, value: ["i", *map(packing.pack, (value.start, value.stop, value.step))],
    type(...): lambda packing, value: ["e"],
    np.ndarray: Packing.array,
}
_LONG = {np.dtype("longdouble"): "f8", np.dtype("clongdouble"): "c16"}
_PLAIN = {  # the value that an object of a subclass holds, past whatever it overrides
    int: int.__int__,
    float: float.__float__,
    complex: complex.__complex__,
    str: str.__str__,
    bytes: lambda value: bytes.__getitem__(value, slice(None)),
    np.ndarray: lambda value: np.array(value, subok=False),
    dict: lambda value: dict(dict.items(value)),
    list: lambda value: list.__getitem__(value, slice(None)),
    tuple: lambda value: tuple.__getitem__(value, slice(None)),
    set: lambda value: set(set.__iter__(value)),
    frozenset: lambda value: frozenset(frozenset.__iter__(value)),
}
