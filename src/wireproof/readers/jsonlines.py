"""JSON Lines: a record a line, each a body or an exchange of our own format; a bad line stays alone."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from wireproof.door.jsontext import read_json
from wireproof.door.refusal import Refusal
from wireproof.door.window import BOM, Record, Window, cut_lines, cut_value
from wireproof.exchange import Exchange, Origin, Response, Unreadable
from wireproof.recording import is_exchange, read_exchange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.door.limits import Limits

__all__ = ["EXPECTED", "Lines", "next_lines", "read", "read_line", "read_lines", "recognises", "record_of"]

_AT_ONCE = 512
"""How many lines a block has at most; those of one reading are as large as each other."""
_AHEAD = 1 << 18
EXPECTED = "one JSON document a line: a body, or an exchange"


class Lines(NamedTuple):
    """Some lines of a source that follow one another, none blank: the number of the first, where it begins.

    `end` is the length of a line end, 1 or 2 bytes; 0 for rows of a table, which stand at no byte
    of their source, and whose `line` is the number of the row, from 1.
    """

    source: str
    data: Sequence[bytes]
    start: int = 0
    line: int = 1
    byte: int = 0
    end: int = 1


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


def read_lines(
    window: Window, *, source: str, limits: Limits, index: int = 0
) -> Iterator[Lines | Exchange | Unreadable]:
    """Iterate over the same records, ordinary ones as blocks of lines that nobody has parsed yet.

    `index` is the number of the first record, where the window is on a later part of the source.
    """
    while (blocks := next_lines(window, source=source, limits=limits, index=index)) is not None:
        for block in blocks:
            index += len(block.data) if isinstance(block, Lines) else 1
            yield block


def next_lines(
    window: Window, *, source: str, limits: Limits, index: int
) -> list[Lines | Exchange | Unreadable] | None:
    """Return the records that come next, some hundred kilobytes of them, or None at the end.

    The window stands at the beginning of a line then and now.
    """
    window.skip_mark()
    byte, line = window.byte, window.line
    held, chunk = window.ahead(_AHEAD)
    if not held and not chunk:
        return None
    if b"\n" in held:
        held, chunk = b"", held + chunk
    lines = chunk.split(b"\n")
    lines[0] = held + lines[0]
    rest = lines.pop()
    plain = _plain_lines(lines, limits, carriage=b"\r" in chunk or held.endswith(b"\r"))
    if plain is None:
        window.back(held + chunk)
        until = byte + max(len(held) + len(chunk) - len(rest), 1)
        return list(_one_by_one(window, until, source=source, limits=limits, index=index))
    window.back(rest, lines=len(plain))
    blocks: list[Lines | Exchange | Unreadable] = []
    length = 2 if plain is not lines else 1
    size = -(-len(plain) // -(-len(plain) // _AT_ONCE))
    for at in range(0, len(plain), size):
        part = plain[at : at + size]
        blocks.append(Lines(source, part, index + at, line + at, byte, length))
        byte += sum(map(len, part)) + length * len(part)
    return blocks


def _one_by_one(
    window: Window, until: int, *, source: str, limits: Limits, index: int
) -> Iterator[Exchange | Unreadable]:
    """Iterate over the records of lines that begin before a byte, each parsed."""
    for number, record in enumerate(cut_lines(window, limits.line), index):
        origin = Origin(source, number, record.line)
        try:
            yield read_line(record, origin, limits)
        except Refusal as refusal:
            yield refusal.to_unreadable(origin, expected=EXPECTED, byte=record.byte, line=record.line)
        if window.byte >= until:
            return


def _plain_lines(lines: list[bytes], limits: Limits, *, carriage: bool) -> list[bytes] | None:
    """Return lines without their ends, or None where one is blank, too long, or ends unlike the others."""
    if not lines or max(map(len, lines)) > limits.line or not all(lines) or any(map(bytes.isspace, lines)):
        return None
    if not carriage:
        return lines
    returns = [line.endswith(b"\r") for line in lines]
    if not any(returns):
        return lines
    if not all(returns) or any(line.endswith(b"\r\r") for line in lines):
        return None
    return [line[:-1] for line in lines]


def read_line(record: Record, origin: Origin, limits: Limits) -> Exchange | Unreadable:
    """Return the exchange on one line, or why it is none; raises `Refusal` for what is no JSON."""
    if record.refusal:
        raise record.refusal
    value = read_json(record.data, limits, noted=False).value
    if is_exchange(value):
        return read_exchange(record.data.decode().removeprefix("\ufeff"), value, origin=origin, limits=limits)
    return Exchange(Response(record.data.strip()), origin=origin)


def record_of(lines: Lines, number: int, limits: Limits) -> Exchange | Unreadable:
    """Return one record of a block of lines, or why it is none; lines below 1 have no number."""
    data, line = lines.data[number], lines.line + number
    origin = Origin(lines.source, lines.start + number, line if line > 0 else None)
    try:
        return read_line(Record(data, 0, origin.line or 1), origin, limits)
    except Refusal as refusal:
        byte = lines.byte + sum(map(len, lines.data[:number])) + lines.end * number
        found = refusal.to_unreadable(origin, expected=EXPECTED, byte=byte, line=line)
        return found if lines.end else replace(found, byte=None, line=origin.line)


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
