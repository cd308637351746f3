"""Whole messages over a stream socket: bounded, without pickle, each read under a deadline.

A frame is a magic number, the length of a JSON header and of the raw bytes behind it. The header
says how long each piece of the raw bytes is and holds the message as a tree (see `values`).
"""

import json
import socket
import struct
import time
from dataclasses import dataclass, field

import numpy as np

from grading.judge.packing import Refused
from grading.judge.unpacking import Malformed
from grading.judge.values import Codec

MAGIC = b"CJ1\n"
HEAD = struct.Struct("!4sIQ")
HEADER_AT_MOST = 8_000_000  # bytes of JSON
BYTES_AT_MOST = 256_000_000  # of arrays, images and texts beside it


class Broken(Exception):  # noqa: N818 - a fact about the other side, not a fault of ours
    """The other side sent something that is no message, or nothing can be sent to it."""


class Closed(Broken):
    """The other side has ended."""


class Late(Broken):
    """The deadline passed before a whole message came."""


@dataclass
class Channel:
    """One end of the conversation.

    Attributes:
        socket: a connected stream socket.
        codec: turns values into trees and back.
    """

    socket: socket.socket
    codec: Codec = field(default_factory=Codec)

    def send(self, message, *, deadline: float | None = None) -> None:
        """Send one message.

        Args:
            message: plain values, and what the codec knows beside them.
            deadline: moment of `time.monotonic()` by which it must be sent, or None.

        Raises:
            Refused: the message holds something that cannot cross; nothing was sent.
            Late, Closed: the other side did not take it.
        """
        tree, pieces = self.codec.pack(message)
        header = json.dumps([[len(piece) for piece in pieces], tree]).encode()
        total = sum(map(len, pieces))
        if len(header) > HEADER_AT_MOST or total > BYTES_AT_MOST:
            raise Refused(f"it is too large: {len(header) + total:,} bytes")
        head = HEAD.pack(MAGIC, len(header), total)
        try:
            for part in (head + header, *pieces):
                self._set_timeout(deadline)
                self.socket.sendall(part)
        except TimeoutError as error:
            raise Late("a message was not taken in time") from error
        except OSError as error:
            raise Closed("the connection is gone") from error

    def receive(self, *, deadline: float | None = None):
        """Return the next message; it has exact types only.

        Raises:
            Late: it did not come in time.
            Closed: the other side has ended.
            Broken: it is malformed or too large. The channel cannot be used afterwards.
        """
        magic, header_size, size = HEAD.unpack(self._read(HEAD.size, deadline))
        if magic != MAGIC or header_size > HEADER_AT_MOST or size > BYTES_AT_MOST:
            raise Broken("what came is no message")
        header = bytes(self._read(header_size, deadline))
        raw = self._read(size, deadline)
        try:
            lengths, tree = json.loads(header)
            return self.codec.unpack(tree, _cut(raw, lengths))
        except (Malformed, ValueError, TypeError, RecursionError, MemoryError) as error:
            raise Broken(f"what came is no message: {error}"[:300]) from error

    def _read(self, size: int, deadline: float | None) -> memoryview:
        view = memoryview(np.empty(size, "uint8"))  # takes memory only as bytes arrive
        at = 0
        while at < size:
            self._set_timeout(deadline)
            try:
                count = self.socket.recv_into(view[at:])
            except TimeoutError as error:
                raise Late("no answer came in time") from error
            except OSError as error:
                raise Closed("the connection is gone") from error
            if not count:
                raise Closed("the connection is gone")
            at += count
        return view

    def _set_timeout(self, deadline: float | None) -> None:
        if deadline is None:
            self.socket.settimeout(None)
            return
        left = deadline - time.monotonic()
        if left <= 0:
            raise Late("no answer came in time")
        self.socket.settimeout(left)


def _cut(raw: memoryview, lengths) -> list[memoryview]:
    """Cut the raw bytes into their pieces.

    Raises:
        Malformed: the lengths are no lengths, or do not add up.
    """
    if type(lengths) is not list or not all(type(n) is int and n >= 0 for n in lengths):
        raise Malformed("the lengths are not lengths")
    if sum(lengths) != len(raw):
        raise Malformed("the lengths do not add up")
    ends = np.cumsum(lengths, dtype=object).tolist() if lengths else []
    return [raw[end - n : end] for end, n in zip(ends, lengths, strict=True)]
