"""Bytes to exchanges: one module a recording format, the table of them, and how one is chosen.

A format is known by its first bytes, never by the name of its file.  To add one, write a module
with `recognises` and `read`, and give it a line in `READERS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wireproof.door.limits import LIMITS, Limits
from wireproof.door.refusal import Refusal
from wireproof.door.window import BOM, Window
from wireproof.exchange import Exchange, Origin, Unreadable
from wireproof.readers import bare, curl, har, jsonlines, parquet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import SupportsRead

__all__ = [
    "BLOCKS",
    "HEAD",
    "READERS",
    "Block",
    "Portion",
    "Reader",
    "are_lines",
    "read",
    "read_blocks",
    "reader_for",
    "size_of",
]

Block = Exchange | Unreadable | jsonlines.Lines | har.Entries
"""A record, or many of one source that follow one another."""
BLOCKS = (jsonlines.Lines, har.Entries)
"""The kinds of blocks that hold many records."""

HEAD = 1 << 16
"""How many bytes a format is known by."""
_MARK = 4


@dataclass(frozen=True, slots=True)
class Portion:
    """Some records of a source that follow one another, taken together by one of several processes.

    `start` is the number of the first, `size` how many they are, `weight` how many bytes of the source
    they stand for.  `blocks` is None where another process judges them.
    """

    source: str
    start: int
    size: int
    weight: int
    blocks: tuple[Block, ...] | None


@dataclass(frozen=True, slots=True)
class Reader:
    """One recording format: its name, what its head looks like, and how its records are read.

    `read` takes a window, and `source` and `limits` by name; it yields at least one record.
    `blocks` yields the same records, many at once where that can be.
    """

    name: str
    recognises: Callable[[bytes], bool]
    read: Callable[..., Iterator[Exchange | Unreadable]]
    blocks: Callable[..., Iterator[Block]] | None = None


READERS: tuple[Reader, ...] = (
    Reader("parquet", parquet.recognises, parquet.read),
    Reader("har", har.recognises, har.read, har.read_entries),
    Reader("curl", curl.recognises, curl.read),
    Reader("jsonlines", jsonlines.recognises, jsonlines.read, jsonlines.read_lines),
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
    for record in read_blocks(stream, source=source, limits=limits, whole=False):
        if not isinstance(record, BLOCKS):
            yield record


def read_blocks(
    stream: SupportsRead[bytes], *, source: str, limits: Limits = LIMITS, whole: bool = True
) -> Iterator[Block]:
    """Iterate over the same records; where they are `whole`, lines and entries as blocks of many."""
    window = Window(stream)
    index = 0
    try:
        if _may_be_compressed(window.peek(_MARK)):
            from wireproof.door.inflate import unfolding  # noqa: PLC0415 - few files are compressed

            unfolded = unfolding(window.peek(_MARK), _Rest(window), limits)
            window = Window(unfolded) if unfolded is not None else window
        head = window.peek(HEAD)
        if head or not window.trouble:
            reader = reader_for(head)
            iterate = (reader.blocks if whole else None) or reader.read
            for block in iterate(window, source=source, limits=limits):
                index += size_of(block)
                yield block
    except Refusal as refusal:
        window.trouble = refusal
    if window.trouble:
        origin = Origin(source, index, window.line)
        yield window.trouble.to_unreadable(origin, expected="a recording that can be read to its end")


def size_of(block: Block | Portion) -> int:
    """Return how many records a block holds."""
    if isinstance(block, Portion):
        return block.size
    return len(block.data) if isinstance(block, BLOCKS) else 1


def reader_for(head: bytes) -> Reader:
    """Return the reader of the format that a head belongs to."""
    return next(reader for reader in READERS if reader.recognises(head))


def are_lines(head: bytes) -> bool:
    """Return whether a head is certainly that of plain lines, each of which can be read by itself."""
    plain = head.startswith(BOM) or not _may_be_compressed(head[:_MARK])
    return plain and reader_for(head).blocks is jsonlines.read_lines


def _may_be_compressed(head: bytes) -> bool:
    """Return whether the first bytes are no text: the marks of gzip and zstd are none."""
    return not head.isascii() or head.endswith(b"\x18")


class _Rest:
    """What a window has not given away, as a stream."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def read(self, size: int = HEAD, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        return self._window.rest(size - 1)
