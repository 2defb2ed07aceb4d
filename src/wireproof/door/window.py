"""A byte stream that can be looked ahead in, and the records that are cut out of it.

Nothing here parses: a record ends where its line, its brackets or its quotes end.  What lies
past the cap of a record is passed over without being kept, so that memory stays constant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wireproof.door.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import SupportsRead

__all__ = [
    "BOM",
    "Record",
    "Window",
    "cut_elements",
    "cut_lines",
    "cut_objects",
    "cut_text",
    "cut_value",
    "enter_member",
]

BOM = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8."""

_CHUNK, _LARGEST_CHUNK = 1 << 16, 1 << 23
_OUTSIDE = re.compile(rb'["{}\[\]]')
_INSIDE = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_WORD = re.compile(rb'[^\s,"{}\[\]]*+')
_SPACE = re.compile(rb"[ \t\r\n]*+")
_SEPARATORS = re.compile(rb"[ \t\r\n,]*+")
_QUOTE = 0x22
_KEY_LENGTH = 1024
_BOUNDARY_LENGTH = 16
_FIRST_KEY = re.compile(rb'\{[ \t\r\n]*+"([^"\\]{1,64})"')
_KEYS = 32
_FEW, _MANY = 1 << 18, 1 << 20
"""With fewer bytes held than the one, objects are read ahead up to the other."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record's bytes, where it begins (byte from 0, line from 1), and what became of it.

    `cut` tells that the stream ended before the record did; `refusal` why it was not kept.
    """

    data: bytes
    byte: int
    line: int
    cut: bool = False
    refusal: Refusal | None = None


class Window:
    """The part of a stream that is held: `data[pos:]` was read and not yet consumed.

    A stream that refuses to go on (broken gzip) has ended there, and `trouble` says why.  `byte` and
    `line` are those that the stream begins with, where it is the later part of another.
    """

    __slots__ = ("_before", "_stream", "data", "ended", "line", "pos", "trouble")

    def __init__(self, stream: SupportsRead[bytes], *, byte: int = 0, line: int = 1) -> None:
        self._stream = stream
        self._before = byte
        self.data = b""
        self.pos = 0
        self.line = line
        self.ended = False
        self.trouble: Refusal | None = None

    @property
    def byte(self) -> int:
        """Return the offset of the next byte in the stream."""
        return self._before + self.pos

    def more(self, wanted: int = _CHUNK) -> bool:
        """Hold what comes next, up to `wanted` bytes, behind what is held; return whether there was any."""
        if self.ended:
            return False
        held = self.data[self.pos :]
        try:
            chunk = self._stream.read(min(max(wanted, len(held)), _LARGEST_CHUNK))
        except Refusal as refusal:
            chunk, self.trouble = b"", refusal
        self._before += self.pos
        self.data, self.pos = held + chunk, 0
        self.ended = not chunk
        return bool(chunk)

    def holds(self, size: int) -> bool:
        """Hold at least `size` bytes, fewer at the end of the stream; return whether any are left."""
        while (short := size - len(self.data) + self.pos) > 0 and self.more(max(_CHUNK, short)):
            pass
        return self.pos < len(self.data)

    def peek(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer at the end of the stream, without consuming them."""
        self.holds(size)
        return self.data[self.pos : self.pos + size]

    def rest(self, cap: int) -> bytes:
        """Return what is left of the stream, at most one byte more than `cap`, and consume it."""
        data = self.peek(cap + 1)
        self.move(self.pos + len(data))
        return data

    def move(self, end: int, *, lines: int | None = None) -> None:
        """Consume up to the index `end` of `data`; `lines` are the ends of lines till there, where known."""
        self.line += self.data.count(b"\n", self.pos, end) if lines is None else lines
        self.pos = end

    def skip(self, pattern: re.Pattern[bytes] = _SPACE) -> bytes:
        """Consume what `pattern` matches, however long; return the byte that follows, none at the end."""
        while True:
            match = pattern.match(self.data, self.pos)
            self.move(match.end() if match else self.pos)
            if self.pos < len(self.data) or not self.more():
                return self.data[self.pos : self.pos + 1]

    def skip_mark(self) -> None:
        """Consume a byte order mark, if the stream begins with one."""
        if self.byte == 0 and self.peek(len(BOM)) == BOM:
            self.move(self.pos + len(BOM))


class _Brackets:
    """Where a JSON value ends, found over any number of chunks: `scanned` is how far it looked."""

    __slots__ = ("_depth", "_in_string", "in_word", "scanned")

    def __init__(self, first: bytes) -> None:
        self._depth = 0
        self._in_string = False
        self.in_word = first not in (b"{", b"[", b'"')
        self.scanned = 0

    def end_in(self, data: bytes, start: int) -> int:
        """Return the index behind the value's last byte, or -1 where it goes on past `data`."""
        at = start
        size = len(data)
        if self.in_word:
            match = _WORD.match(data, at)
            at = self.scanned = match.end() if match else at
            return at if at < size else -1
        while True:
            if self._in_string:
                inside = _INSIDE.match(data, at)
                at = inside.end() if inside else at
                if at >= size or data[at] != _QUOTE:
                    self.scanned = at
                    return -1
                self._in_string = False
                at += 1
                if not self._depth:
                    return at
            found = _OUTSIDE.search(data, at)
            if found is None:
                self.scanned = size
                return -1
            at = found.end()
            mark = found[0]
            if mark == b'"':
                self._in_string = True
            elif mark in b"{[":
                self._depth += 1
            else:
                self._depth -= 1
                if self._depth <= 0:
                    return at


def cut_value(window: Window, cap: int) -> Record:
    """Return the next JSON value as it stands, by its brackets and quotes alone.

    A value past `cap` bytes is passed over and comes with the refusal `size`; one that the
    stream's end cuts comes as far as it goes.
    """
    brackets = _Brackets(window.skip())
    byte, line = window.byte, window.line
    kept, cut = True, False
    scanned = 0
    while (end := brackets.end_in(window.data, window.pos + scanned)) < 0:
        scanned = brackets.scanned - window.pos
        if scanned > cap or not kept:
            kept = False
            window.move(brackets.scanned)
            scanned = 0
        if not window.more():
            end, cut = len(window.data), not brackets.in_word
            break
    data = window.data[window.pos : end] if kept else b""
    window.move(end)
    if not kept or len(data) > cap:
        return Record(b"", byte, line, cut=cut, refusal=_oversize(cap))
    return Record(data, byte, line, cut=cut)


def cut_lines(window: Window, cap: int) -> Iterator[Record]:
    """Iterate over the lines that are not blank, without their line ends; one past `cap` is refused."""
    while window.pos < len(window.data) or window.more():
        end = window.data.find(b"\n", window.pos)
        byte, line = window.byte, window.line
        kept = True
        while end < 0:
            held = len(window.data) - window.pos
            if held > cap:
                kept = False
                window.move(len(window.data))
                held = 0
            if not window.more():
                end = len(window.data)
                break
            end = window.data.find(b"\n", window.pos + held)
        data = window.data[window.pos : end] if kept else b""
        window.move(min(end + 1, len(window.data)))
        if not kept or len(data) > cap:
            yield Record(b"", byte, line, refusal=_oversize(cap))
        elif not data.isspace() and data:
            yield Record(data.rstrip(b"\r"), byte, line)


def cut_elements(window: Window, cap: int) -> Iterator[Record]:
    """Iterate over the elements of the array that begins here; a cut array ends with a refusal."""
    began = window.line
    window.skip()
    window.move(window.pos + 1)
    while (mark := window.skip(_SEPARATORS)) not in (b"]", b"}"):
        record = cut_value(window, cap) if mark else Record(b"", window.byte, window.line, cut=True)
        if record.cut:
            message = f"the recording ends here, inside the list of its records that began at line {began}"
            yield replace(record, data=b"", refusal=Refusal("truncated", message))
            return
        yield record
    window.move(window.pos + 1)


def cut_objects(window: Window, cap: int) -> Iterator[tuple[Record, Any]]:
    """Iterate over the same elements as `cut_elements`, each with its value where it was parsed quickly.

    The bytes up to where the next object seems to begin are an element if they are one whole JSON
    value: a value has only one end.  What is none is cut by its brackets.
    """
    from msgspec import MsgspecError  # noqa: PLC0415 - few streams are such lists
    from msgspec.json import decode  # noqa: PLC0415 - likewise

    keys: set[bytes] = set()
    boundary: re.Pattern[bytes] | None = None
    for record in cut_elements(window, cap):
        yield record, None
        while (boundary := _boundary(window, keys, boundary)) is not None:
            found = boundary.search(window.data, window.pos)
            if found is None:
                break
            data = window.data[window.pos : found.start() + 1]
            try:
                value = decode(data)
            except (MsgspecError, ValueError, RecursionError):
                break
            if len(data) > cap:
                break
            yield Record(data, window.byte, window.line), value
            window.move(found.start() + 1)


def _boundary(window: Window, keys: set[bytes], known: re.Pattern[bytes] | None) -> re.Pattern[bytes] | None:
    """Consume up to the next object; return what parts it from the one behind it, None where none begins.

    Objects of a list mostly begin with one of a few names.
    """
    if len(window.data) - window.pos < _FEW:
        window.peek(_MANY)
    window.skip(_SEPARATORS)
    first = _FIRST_KEY.match(window.data, window.pos)
    if first is None:
        return None
    if first[1] in keys:
        return known
    keys.add(first[1])
    names = b"|".join(map(re.escape, sorted(keys)))
    return (
        re.compile(rb'\}[ \t\r\n]*+,[ \t\r\n]*+\{[ \t\r\n]*+"(?:' + names + rb')"')
        if len(keys) <= _KEYS
        else None
    )


def cut_text(window: Window, boundary: re.Pattern[bytes], cap: int) -> Record:
    """Return what stands before the next `boundary`, or the rest; past `cap` it is refused."""
    byte, line = window.byte, window.line
    looked = 0
    kept = True
    while (match := boundary.search(window.data, window.pos + looked)) is None:
        looked = max(0, len(window.data) - window.pos - _BOUNDARY_LENGTH)
        if looked > cap:
            kept = False
            window.move(window.pos + looked)
            looked = 0
        if not window.more():
            break
    end = match.start() if match else len(window.data)
    data = window.data[window.pos : end]
    window.move(end)
    return Record(data, byte, line) if kept else Record(b"", byte, line, refusal=_oversize(cap))


def enter_member(window: Window, name: str) -> bool:
    """Return whether the object that begins here has a member `name`, and consume up to its value."""
    if window.skip() != b"{":
        return False
    window.move(window.pos + 1)
    while window.skip(_SEPARATORS) == b'"':
        key = cut_value(window, _KEY_LENGTH)
        if window.skip() != b":":
            return False
        window.move(window.pos + 1)
        if key.data == b'"%s"' % name.encode():
            window.skip()
            return True
        cut_value(window, 0)
    return False


def _oversize(cap: int) -> Refusal:
    return Refusal("size", f"a record of more than {cap:,} bytes")
