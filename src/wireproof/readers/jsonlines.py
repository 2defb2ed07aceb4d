"""JSON Lines: a record a line, each a body or an exchange of our own format; a bad line stays alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from wireproof.door.jsontext import read_json
from wireproof.door.refusal import Refusal
from wireproof.door.window import BOM, Window, cut_lines, cut_value
from wireproof.exchange import Exchange, Origin, Response, Unreadable
from wireproof.recording import is_exchange, read_exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.door.limits import Limits
    from wireproof.door.window import Record

__all__ = ["EXPECTED", "read", "read_line", "recognises"]

EXPECTED = "one JSON document a line: a body, or an exchange"


def recognises(head: bytes) -> bool:
    """Return whether the records are lines: all whole, or half of them where brackets do not tell better."""
    lines = [line.strip() for line in head.removeprefix(BOM).split(b"\n")]
    ended = [line for line in lines[:-1] if line]
    begun = lines[-1]
    whole = sum(map(_is_whole, ended))
    if whole == len(ended):
        return whole > 1 or bool(whole and begun)
    whole += _is_whole(begun)
    return whole * 2 >= len(ended) + bool(begun) and not _is_documents(head)


def read(window: Window, *, source: str, limits: Limits) -> Iterator[Exchange | Unreadable]:
    """Iterate over the records, line by line, in constant memory."""
    window.skip_mark()
    for index, record in enumerate(cut_lines(window, limits.line)):
        origin = Origin(source, index, record.line)
        try:
            yield read_line(record, origin, limits)
        except Refusal as refusal:
            yield refusal.to_unreadable(origin, expected=EXPECTED, byte=record.byte, line=record.line)


def read_line(record: Record, origin: Origin, limits: Limits) -> Exchange | Unreadable:
    """Return the exchange on one line, or why it is none; raises `Refusal` for what is no JSON."""
    if record.refusal:
        raise record.refusal
    value = read_json(record.data, limits, noted=False).value
    if is_exchange(value):
        return read_exchange(record.data.decode(), value, origin=origin, limits=limits)
    return Exchange(Response(record.data.strip()), origin=origin)


def _is_documents(head: bytes) -> bool:
    """Return whether a head is JSON documents one after another, wherever their lines break."""
    window = Window(io.BytesIO(head))
    window.skip_mark()
    while window.skip():
        try:
            read_json(cut_value(window, len(head)).data, noted=False)
        except Refusal:
            return False
    return True


def _is_whole(line: bytes) -> bool:
    return (line[:1], line[-1:]) in ((b"{", b"}"), (b"[", b"]")) and len(line) > 1
