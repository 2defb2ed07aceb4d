"""Bare JSON: one body, several one after another, or exchanges of our own format that share lines."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from wireproof.door.jsontext import read_json
from wireproof.door.refusal import Refusal
from wireproof.door.window import BOM, Record, Window, cut_elements, cut_text, cut_value
from wireproof.exchange import Exchange, Origin, Response, Unreadable
from wireproof.recording import is_exchange, read_exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.door.limits import Limits

__all__ = ["read", "recognises"]

_EXPECTED = "a JSON body, JSON Lines, a HAR, or the output of curl -i"
_HEAD = 512
_AHEAD = 1 << 16
_OPENERS = (b"{", b"[", b'"')
_LIST_OF_OBJECTS = rb"(?:\xef\xbb\xbf)?[ \t\r\n]*+\[[ \t\r\n]*+\{"
_NEXT_DOCUMENT = rb"(?<=[^,:{\[\s])[ \t\r]*+\n(?=[{\[])"
_NEXT_LINE = rb"\n(?=[{\[])"


def recognises(head: bytes) -> bool:
    """Return True for any head: what no other reader knows is read, or refused, as JSON."""
    return isinstance(head, bytes)


def read(window: Window, *, source: str, limits: Limits) -> Iterator[Exchange | Unreadable]:
    """Iterate over the documents; a source that does not begin as JSON is one `Unreadable`."""
    head = window.peek(_HEAD)
    marked = head.startswith(BOM)
    refusal = _foreign(head)
    if refusal:
        yield refusal.to_unreadable(Origin(source), expected=_EXPECTED)
        return
    window.skip_mark()
    records = (
        cut_elements(window, limits.line)
        if re.match(_LIST_OF_OBJECTS, head) and _first_is_exchange(window, limits)
        else _cut_documents(window, limits)
    )
    for index, record in enumerate(records):
        origin = Origin(source, index, record.line)
        try:
            yield _read_document(record, origin, limits, mark=BOM if marked and index == 0 else b"")
        except Refusal as refusal:
            yield refusal.to_unreadable(origin, expected=_EXPECTED, byte=record.byte, line=record.line)


def _foreign(head: bytes) -> Refusal | None:
    """Return the refusal of a head that belongs to no text, or to markup."""
    if head.lstrip()[:1] in _OPENERS and b"\0" not in head:
        return None
    from wireproof.door.looks import look_at  # noqa: PLC0415 - most heads begin like JSON

    look = look_at(head)
    return Refusal(look.reason, look.what, byte=0) if look else None


def _read_document(record: Record, origin: Origin, limits: Limits, *, mark: bytes) -> Exchange | Unreadable:
    if record.refusal:
        raise record.refusal
    value = read_json(record.data, limits, noted=False).value
    if is_exchange(value):
        return read_exchange(record.data.decode().removeprefix("\ufeff"), value, origin=origin, limits=limits)
    if isinstance(value, dict) and "paths" in value and ("openapi" in value or "swagger" in value):
        what = "an OpenAPI document: a contract, not a capture"
        return Unreadable(origin, what, _EXPECTED, "give it with --spec", line=record.line)
    return Exchange(Response(mark + record.data), origin=origin)


def _first_is_exchange(window: Window, limits: Limits) -> bool:
    """Return whether the list that begins here has an exchange as its first element."""
    size = _AHEAD
    while True:
        ahead = window.peek(size)
        first = next(cut_elements(Window(io.BytesIO(ahead)), limits.line))
        if not first.cut or len(ahead) < size or size > limits.line:
            break
        size *= 4
    try:
        return not first.refusal and is_exchange(read_json(first.data, limits, noted=False).value)
    except Refusal:
        return False


def _cut_documents(window: Window, limits: Limits) -> Iterator[Record]:
    """Iterate over the documents that follow one another, found by their brackets.

    Where brackets never close, a line that begins with one begins the next document, unless
    the line before it asks for more.
    """
    if window.skip() not in _OPENERS:
        byte, line = window.byte, window.line
        rest = window.rest(limits.size).rstrip()
        yield Record(rest, byte, line) if rest else Record(b"\n" * (byte > 0), 0, 1)
        return
    while mark := window.skip():
        if mark in _OPENERS:
            record = cut_value(window, limits.line)
        else:
            record = cut_text(window, re.compile(_NEXT_LINE), limits.line)
        if record.cut:
            yield from _parted(record)
        else:
            yield record


def _parted(record: Record) -> Iterator[Record]:
    start, line = 0, record.line
    for end in (*(match.end() for match in re.finditer(_NEXT_DOCUMENT, record.data)), len(record.data)):
        part = record.data[start:end]
        yield replace(record, data=part.rstrip(), byte=record.byte + start, line=line)
        line += part.count(b"\n")
        start = end
