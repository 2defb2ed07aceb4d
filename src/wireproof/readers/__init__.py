"""Bytes to exchanges: one module a recording format, the table of them, and how one is chosen.

A format is known by its first bytes, never by the name of its file.  To add one, write a module
with `recognises` and `read`, and give it a line in `READERS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wireproof.door.limits import LIMITS, Limits
from wireproof.door.refusal import Refusal
from wireproof.door.window import Window
from wireproof.exchange import Exchange, Origin, Unreadable
from wireproof.readers import bare, curl, har, jsonlines, parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import SupportsRead

__all__ = ["READERS", "Reader", "read", "read_blocks", "reader_for"]

_HEAD = 1 << 16
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Reader:
    """One recording format: its name, what its head looks like, and how its records are read.

    `read` takes a window, and `source` and `limits` by name; it yields at least one record.
    """

    name: str
    recognises: Callable[[bytes], bool]
    read: Callable[..., Iterator[Exchange | Unreadable]]


READERS: tuple[Reader, ...] = (
    Reader("parquet", parquet.recognises, parquet.read),
    Reader("har", har.recognises, har.read),
    Reader("curl", curl.recognises, curl.read),
    Reader("jsonlines", jsonlines.recognises, jsonlines.read),
    Reader("bare", bare.recognises, bare.read),
)
"""The formats, the most particular first: the first one that recognises a head reads the source."""


def read(
    stream: SupportsRead[bytes], *, source: str, limits: Limits = LIMITS
) -> Iterator[Exchange | Unreadable]:
    """Iterate over the records of a byte stream, whatever its format; there is always at least one.

    What cannot be read is an `Unreadable` in its place; nothing is raised but what the stream
    itself raises.
    """
    for record in read_blocks(stream, source=source, limits=limits, whole_lines=False):
        if not isinstance(record, jsonlines.Lines):
            yield record


def read_blocks(
    stream: SupportsRead[bytes], *, source: str, limits: Limits = LIMITS, whole_lines: bool = True
) -> Iterator[Exchange | Unreadable | jsonlines.Lines]:
    """Iterate over the same records, lines of JSON Lines as blocks that nobody has parsed yet."""
    window = Window(stream)
    index = 0
    try:
        if window.peek(len(_GZIP)) == _GZIP:
            from wireproof.door.inflate import InflatingStream  # noqa: PLC0415 - few files are compressed

            window = Window(InflatingStream(_Rest(window), limits))
        head = window.peek(_HEAD)
        if head or not window.trouble:
            reader = reader_for(head)
            iterate = jsonlines.read_lines if whole_lines and reader.read is jsonlines.read else reader.read
            for record in iterate(window, source=source, limits=limits):
                index += len(record.data) if isinstance(record, jsonlines.Lines) else 1
                yield record
    except Refusal as refusal:
        window.trouble = refusal
    if window.trouble:
        origin = Origin(source, index, window.line)
        yield window.trouble.to_unreadable(origin, expected="a recording that can be read to its end")


def reader_for(head: bytes) -> Reader:
    """Return the reader of the format that a head belongs to."""
    return next(reader for reader in READERS if reader.recognises(head))


class _Rest:
    """What a window has not given away, as a stream."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def read(self, size: int = _HEAD, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        return self._window.rest(size - 1)
