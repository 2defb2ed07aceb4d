"""What `curl -i` prints: heads and bodies; of several heads for one answer the last one counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wireproof.door.refusal import Refusal
from wireproof.exchange import Exchange, Headers, Origin, Response, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.door.limits import Limits
    from wireproof.door.window import Window

__all__ = ["read", "recognises"]

_EXPECTED = "the output of curl -i: a status line, headers, an empty line, the body"
_STATUS_LINE = rb"HTTP/\d(?:\.\d)? \d{3}(?:[ \r\n]|$)"
_VERBOSE = rb"(?:[*<>{}] [^\n]*\n)*[<>] (?:[A-Z]+ \S+ )?HTTP/\d"
_HEAD = (
    rb"HTTP/\d(?:\.\d)? (\d{3})(?: ([^\r\n]*+))?\r?\n"
    rb"((?:[!#$%&'*+.^_`|~0-9A-Za-z-]++[ \t]*:[^\r\n]*+\r?\n(?:[ \t][^\r\n]*+\r?\n)*+)*+)(?:\r?\n|\Z)"
)
_FIELD = rb"([^:\s]+)[ \t]*:[ \t]*((?:[^\r\n]|\r?\n[ \t])*+)"
_BLANK = rb"[ \t\r\n]*+"
_CHUNK = rb"([0-9a-fA-F]{1,8})(?:;[^\r\n]*+)?\r\n"
_SUPERSEDED = frozenset((401, 407))
_LENGTH_DIGITS = 16
_FINAL = frozenset((204, 304))
_DESCRIBING = frozenset(("content-length", "content-type", "transfer-encoding"))


@dataclass(frozen=True, slots=True)
class _Head:
    """One status line with its headers: where it begins and ends."""

    status: int
    headers: Headers
    start: int
    end: int

    @property
    def is_superseded(self) -> bool:
        """Return whether a head that follows at once replaces this one: curl printed no body for it."""
        if self.status in _FINAL:
            return False
        if self.status < 200 or 300 <= self.status < 400 or self.status in _SUPERSEDED:  # noqa: PLR2004 - status classes
            return True
        return self.status < 300 and not any(name in _DESCRIBING for name, _ in self.headers)  # noqa: PLR2004 - a CONNECT


def recognises(head: bytes) -> bool:
    """Return whether the head begins with a status line, or as `curl -v` does."""
    return bool(re.match(_STATUS_LINE, head.lstrip()) or re.match(_VERBOSE, head))


def read(window: Window, *, source: str, limits: Limits) -> Iterator[Exchange | Unreadable]:
    """Iterate over the answers, one for each URL that curl was given."""
    window.skip()
    byte, line = window.byte, window.line
    text = window.rest(limits.size)
    if len(text) > limits.size:
        too_large = Refusal("size", f"more than {limits.size:,} bytes of one curl dump")
        yield too_large.to_unreadable(Origin(source), expected=_EXPECTED)
        return
    if not re.match(_STATUS_LINE, text):
        what = "the output of curl -v, whose lines are marked with < and >"
        yield Unreadable(Origin(source), what, _EXPECTED, "capture with `curl -i` instead", byte=0, line=1)
        return
    index, counted = -1, 0
    for index, (head, end) in enumerate(_iter_answers(text)):
        line += text.count(b"\n", counted, head.start)
        counted = head.start
        origin = Origin(source, index, line)
        try:
            yield _exchange(head, text[head.end : end], origin, limits)
        except Refusal as refusal:
            body = byte + head.end
            yield Unreadable(origin, refusal.message, _EXPECTED, refusal.hint, byte=body, line=line)
    if index < 0:
        cut = Refusal("truncated", "a status line, but no headers that end with an empty line")
        yield cut.to_unreadable(Origin(source), expected=_EXPECTED, byte=byte, line=line)


def _iter_answers(text: bytes) -> Iterator[tuple[_Head, int]]:
    """Iterate over the heads that count, each with the end of its body."""
    head = _head_at(text, 0)
    while head:
        following = _head_at(text, head.end)
        if following and head.is_superseded:
            head = following
            continue
        end = _body_end(text, head)
        yield head, end
        head = _head_at(text, end)


def _head_at(text: bytes, offset: int) -> _Head | None:
    blank = re.compile(_BLANK).match(text, offset)
    match = re.compile(_HEAD).match(text, blank.end() if blank else offset)
    if match is None:
        return None
    fields = re.findall(_FIELD, match[3])
    headers = tuple((name.decode("latin-1").lower(), _folded(field)) for name, field in fields)
    return _Head(int(match[1]), headers, match.start(), match.end())


def _body_end(text: bytes, head: _Head) -> int:
    told = _told_length(head)
    if told is not None and head.end + told <= len(text):
        end = head.end + told
        blank = re.compile(_BLANK).match(text, end)
        if (blank and blank.end() == len(text)) or _head_at(text, end):
            return end
    following = re.compile(_HEAD).search(text, head.end)
    return following.start() if following else len(text)


def _told_length(head: _Head) -> int | None:
    for name, field in head.headers:
        if name == "content-length" and field.isascii() and field.isdigit() and len(field) < _LENGTH_DIGITS:
            return int(field)
    return None


def _exchange(head: _Head, body: bytes, origin: Origin, limits: Limits) -> Exchange:
    response = Response(body, head.status, head.headers)
    notes = []
    told = _told_length(head)
    codings = response.header("content-encoding")
    if (response.header("transfer-encoding") or "").lower().endswith("chunked"):
        body = _unchunked(body)
    elif told and body and len(body) < told and not codings:
        notes.append(f"the body has {len(body):,} bytes, and its content-length says {told:,}")
    if codings:
        from wireproof.door.inflate import inflate  # noqa: PLC0415 - curl prints few compressed bodies

        inflated = inflate(body, codings, limits)
        body = inflated.body
        notes += [inflated.note] if inflated.note else []
    return Exchange(Response(body, head.status, head.headers), origin=origin, notes=tuple(notes))


def _unchunked(body: bytes) -> bytes:
    """Return the body without its chunk sizes (`curl --raw`), or as it is where it has none."""
    parts: list[bytes] = []
    at = 0
    chunk = re.compile(_CHUNK)
    while match := chunk.match(body, at):
        size = int(match[1], 16)
        at = match.end() + size
        if not size:
            return b"".join(parts)
        if body[at : at + 2] != b"\r\n":
            return body
        parts.append(body[match.end() : at])
        at += 2
    return body


def _folded(field: bytes) -> str:
    return " ".join(line.strip() for line in field.decode("latin-1").split("\n"))
