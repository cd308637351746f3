"""Plain values as a tree of JSON and raw bytes, and back, with exact types only.

Texts, numbers, truth values and None stand for themselves. Everything else is a list whose first
item says what it is: ["l", ...] a list, ["t", ...] a tuple, ["d", key, value, ...] a dictionary,
["a", dtype, shape, piece] an array, and so on. A tree that says anything else is malformed.
"""

from grading.judge.packing import Packing, Refused
from grading.judge.unpacking import Malformed, Unpacking


class Codec:
    """Packs plain values; a subclass may know more kinds (see `pack_other`, `unpack_other`)."""

    def pack(self, value) -> tuple[object, list[bytes]]:
        """Return a value's tree and the pieces of raw bytes that it points to.

        Raises:
            Refused: the value, or one in it, cannot cross.
        """
        packing = Packing(self)
        return packing.pack(value), packing.pieces

    def unpack(self, tree, pieces: list[memoryview]):
        """Return the value that a tree stands for.

        Raises:
            Malformed: the tree is none that `pack` writes.
        """
        return Unpacking(self, pieces).unpack(tree)

    def pack_other(self, value, packing: Packing):
        """Return a tree for a value of no plain type; raise Refused where there is none."""
        raise Refused(f"a {type(value).__name__} cannot be handed over")

    def unpack_other(self, tree: list, unpacking: Unpacking):
        """Return the value for a tree of no plain kind; raise Malformed where there is none."""
        raise Malformed(f"there is no kind {tree[0]!r}"[:100])
