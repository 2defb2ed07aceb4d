"""What files and pipes need beside their bytes: which were read before, and a byte that was taken early."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import os
    from io import RawIOBase

    from _typeshed import SupportsRead

__all__ = ["Bounded", "Part", "Pipe", "Seen", "Taker", "identity"]

_NEAR = 8
"""Two to this power is how many numbers of files are kept in one integer."""


class Seen:
    """Which files were read: a bit each, those whose numbers are near each other in one integer."""

    def __init__(self) -> None:
        self._bits: dict[tuple[int, int], int] = {}

    def before(self, info: os.stat_result) -> bool:
        """Return whether a file was met before, and note that it was."""
        device, number = identity(info)
        key, bit = (device, number >> _NEAR), 1 << (number & ((1 << _NEAR) - 1))
        known = self._bits.get(key, 0)
        self._bits[key] = known | bit
        return bool(known & bit)


class Pipe:
    """A pipe whose first byte was taken to see whether somebody writes."""

    def __init__(self, first: bytes, stream: RawIOBase) -> None:
        self._first, self._stream = first, stream

    def read(self, size: int = 1 << 16, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        first, self._first = self._first, b""
        return first or self._stream.read(size) or b""


def identity(info: os.stat_result) -> tuple[int, int]:
    """Return what tells a file from all others: its device and its number there."""
    return info.st_dev, info.st_ino


class Taker(Protocol):
    """What counts the bytes that are read."""

    taken: int


class Bounded:
    """A stream that tells how much of it was read, and ends where it ended at first."""

    def __init__(self, stream: SupportsRead[bytes], taker: Taker, most: int | None) -> None:
        self._stream, self._taker, self._left = stream, taker, most

    def read(self, size: int = 1 << 16, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        data = self._stream.read(size if self._left is None else min(size, self._left))
        if self._left is not None:
            self._left -= len(data)
        self._taker.taken += len(data)
        return data


class Part:
    """The next bytes of a stream, as a stream."""

    def __init__(self, stream: SupportsRead[bytes], size: int) -> None:
        self._stream, self._left = stream, size

    def read(self, size: int = 1 << 16, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        data = self._stream.read(min(size, self._left))
        self._left -= len(data)
        return data
