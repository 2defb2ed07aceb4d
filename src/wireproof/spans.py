"""Blocks of records, taken apart by time: what is judged, what is compared with, what is neither."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from wireproof.door.refusal import Refusal
from wireproof.door.times import utc_time
from wireproof.door.window import Record
from wireproof.exchange import Exchange, Origin, Unreadable
from wireproof.readers.har import Entries, read_entry
from wireproof.readers.jsonlines import Lines, read_line
from wireproof.recording import is_exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.door.limits import Limits
    from wireproof.readers import Block
    from wireproof.windows import Window

__all__ = ["parted"]


def parted(block: Block, window: Window, limits: Limits) -> Iterator[tuple[str, Block]]:
    """Iterate over the parts of a block, each with what it is by `window`; what is unreadable is judged."""
    if isinstance(block, Unreadable):
        yield "judged", block
        return
    if isinstance(block, Exchange):
        yield window.part_of(_clock(block.time)), block
        return
    clocks = _entry_clocks(block, limits) if isinstance(block, Entries) else _line_clocks(block, limits)
    kinds = ["judged" if clock is False else window.part_of(clock) for clock in clocks]
    at = 0
    for kind, run in groupby(kinds):
        end = at + sum(1 for _ in run)
        yield kind, _cut(block, at, end)
        at = end


def _cut(block: Lines | Entries, start: int, end: int) -> Lines | Entries:
    if isinstance(block, Entries):
        return Entries(block.source, block.data[start:end], block.start + start, block.values[start:end])
    passed = sum(map(len, block.data[:start])) + block.end * start
    return block._replace(
        data=block.data[start:end],
        start=block.start + start,
        line=block.line + start,
        byte=block.byte + passed,
    )


def _line_clocks(lines: Lines, limits: Limits) -> Iterator[str | Literal[False] | None]:
    """Yield the time of each line: None where it has none, False where it cannot be read."""
    from wireproof.lanes.envelopes import parsed  # noqa: PLC0415 - few audits have a window

    for data, value in zip(lines.data, parsed(lines.data), strict=True):
        if value is None:
            yield _read_clock(_read(data, limits))
        elif is_exchange(value):
            time = value.get("time")
            yield _clock(time if isinstance(time, str) else None)
        else:
            yield None


def _entry_clocks(entries: Entries, limits: Limits) -> Iterator[str | Literal[False] | None]:
    for record, value in zip(entries.data, entries.values, strict=True):
        if isinstance(value, dict):
            time = value.get("startedDateTime")
            yield _clock(time if isinstance(time, str) else None)
        else:
            yield _read_clock(read_entry(record, Origin(entries.source), limits))


def _read(data: bytes, limits: Limits) -> Exchange | Unreadable | None:
    try:
        return read_line(Record(data, 0, 1), Origin(""), limits)
    except Refusal:
        return None


def _read_clock(record: Exchange | Unreadable | None) -> str | Literal[False] | None:
    return _clock(record.time) if isinstance(record, Exchange) else False


def _clock(time: str | None) -> str | None:
    moment = utc_time(time) if time else None
    return moment.removesuffix("Z") if moment else None
