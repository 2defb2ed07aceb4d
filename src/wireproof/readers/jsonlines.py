"""JSON Lines: a record a line, each a body or an exchange of our own format; a bad line stays alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.door.jsontext import read_json
from wireproof.door.refusal import Refusal
from wireproof.door.window import cut_lines
from wireproof.exchange import Exchange, Origin, Response, Unreadable
from wireproof.recording import is_exchange, read_exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.door.limits import Limits
    from wireproof.door.window import Record, Window

__all__ = ["read", "recognises"]

_EXPECTED = "one JSON document a line: a body, or an exchange"
_LOOKED_AT = 32


def recognises(head: bytes) -> bool:
    """Return whether there are two lines, and half of the first ones are whole objects or arrays."""
    lines = [line.strip() for line in head.splitlines()[:_LOOKED_AT]]
    lines = [line for line in lines if line]
    whole = sum(_is_whole(line) for line in lines)
    return len(lines) > 1 and whole > 0 and whole * 2 >= len(lines)


def read(window: Window, *, source: str, limits: Limits) -> Iterator[Exchange | Unreadable]:
    """Iterate over the records, line by line, in constant memory."""
    window.skip_mark()
    for index, record in enumerate(cut_lines(window, limits.line)):
        origin = Origin(source, index, record.line)
        try:
            yield _read_line(record, origin, limits)
        except Refusal as refusal:
            yield refusal.to_unreadable(origin, expected=_EXPECTED, byte=record.byte, line=record.line)


def _read_line(record: Record, origin: Origin, limits: Limits) -> Exchange | Unreadable:
    if record.refusal:
        raise record.refusal
    value = read_json(record.data, limits, noted=False).value
    if is_exchange(value):
        return read_exchange(record.data.decode(), value, origin=origin, limits=limits)
    return Exchange(Response(record.data.strip()), origin=origin)


def _is_whole(line: bytes) -> bool:
    return (line[:1], line[-1:]) in ((b"{", b"}"), (b"[", b"]")) and len(line) > 1
