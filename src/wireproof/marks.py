"""What recordings were like when they were judged: how long they were, and how they began."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from hashlib import blake2b
from typing import TYPE_CHECKING

from wireproof.counts import digest_of
from wireproof.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["HEAD", "Marks"]

HEAD = 4096
"""How many bytes a recording is known by."""
_HINT = "put it back as it was, or delete the state to judge all anew"


class Marks:
    """Tells of recordings that are met again whether they go on from what was judged of them.

    A mark is 24 bytes: the digest of the source's name, its length, the digest of its beginning.
    There may be a million.
    """

    def __init__(self, packed: bytes = b"") -> None:
        if len(packed) % 24:
            raise ValueError("marks are 24 bytes each")
        values = array("Q", packed)
        order = sorted(range(0, len(values), 3), key=values.__getitem__)
        self._names, self._sizes, self._heads = (
            array("Q", (values[at + part] for at in order)) for part in range(3)
        )
        self._new = array("Q")

    def meet(self, source: str, size: int, begin: Callable[[int], bytes]) -> None:
        """Note how long a recording is, and how it begins; `begin` reads that many of its first bytes.

        Raises `UsageError` for one that became shorter, or begins in another way.
        """
        at = self._at(source)
        if at is None:
            self._new.extend((digest_of(source), size, _digest(begin(min(size, HEAD)))))
            return
        was = self._sizes[at]
        if size < was:
            raise UsageError(
                f"{source} ends at byte {size:,}; it had {was:,} bytes when the state was written", hint=_HINT
            )
        data = begin(min(size, HEAD))
        known = min(was, HEAD)
        if _digest(data[:known]) != self._heads[at]:
            raise UsageError(
                f"{source} does not begin as it did when the state was written: its first {known:,} bytes are"
                " others",
                hint=_HINT,
            )
        self._sizes[at], self._heads[at] = size, _digest(data)

    def missed(self, source: str, reason: str) -> None:
        """Note that a recording cannot be read; raises `UsageError` where some of it was judged."""
        at = self._at(source)
        if at is not None:
            message = f"{source} had {self._sizes[at]:,} bytes when the state was written; {reason}"
            raise UsageError(message, hint=_HINT)

    def pack(self) -> bytes:
        """Return all marks as bytes of which they can be made again."""
        known = zip(self._names, self._sizes, self._heads, strict=True)
        packed = array("Q", (part for mark in known for part in mark))
        return (packed + self._new).tobytes()

    def _at(self, source: str) -> int | None:
        name = digest_of(source)
        at = bisect_left(self._names, name)
        return at if at < len(self._names) and self._names[at] == name else None


def _digest(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")
