"""HAR, the browsers' recording: the entries of `log`, one by one, in constant memory.

A HAR holds bodies after content decoding, whatever their headers say; only a body that is
still compressed is unfolded.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.door.jsontext import read_json
from wireproof.door.refusal import Refusal
from wireproof.door.times import utc_time
from wireproof.door.window import Record, cut_objects, enter_member
from wireproof.exchange import Exchange, Origin, Request, Response, Unreadable
from wireproof.recording import body_bytes, header_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.door.limits import Limits
    from wireproof.door.window import Window
    from wireproof.exchange import Headers

__all__ = ["Entries", "entry_of", "read", "read_entries", "read_entry", "recognises"]

_AT_ONCE = 256
_MOST_BYTES = 1 << 20

_LOG = rb'(?:\xef\xbb\xbf)?\s*\{(?:\s*"[^"\\]*"\s*:\s*(?:"[^"\\]*"|[\w.+-]+)\s*,)*+\s*"log"\s*:\s*\{'
_EXPECTED = "a HAR entry with a request and a response"
_EXPORT = (
    "export again with content: in Chromium `Save all as HAR with content`, in Firefox `Save All As HAR`"
    " after the bodies have arrived"
)
_EMPTY = frozenset((*range(100, 200), 204, 205, 304))
_NETWORK_ERROR = r"net::[A-Z_]{1,60}"


class _MisfitError(Exception):
    """An entry that is none: what was found, and what to do about it."""

    def __init__(self, reason: str, hint: str = "export the recording again") -> None:
        super().__init__(reason)
        self.hint = hint


def recognises(head: bytes) -> bool:
    """Return whether the head is that of an object with a `log` such as a HAR has."""
    if b'"entries"' not in head and not (b'"creator"' in head and b'"version"' in head):
        return False
    return re.match(_LOG, head) is not None


class Entries(NamedTuple):
    """Some entries of a source that follow one another: the number of the first, and their bytes.

    `values` are the entries parsed quickly; None where that does not tell all.
    """

    source: str
    data: Sequence[Record]
    start: int
    values: Sequence[Any]


def read(window: Window, *, source: str, limits: Limits) -> Iterator[Exchange | Unreadable]:
    """Iterate over the entries; those before a cut are read, and the cut is said."""
    for block in read_entries(window, source=source, limits=limits, at_once=1):
        if isinstance(block, Unreadable):
            yield block
            return
        record = block.data[0]
        yield read_entry(record, Origin(source, block.start, record.line), limits)


def read_entries(
    window: Window, *, source: str, limits: Limits, at_once: int = _AT_ONCE
) -> Iterator[Entries | Unreadable]:
    """Iterate over the same entries as blocks; a source without entries is one `Unreadable`."""
    window.skip_mark()
    if not (enter_member(window, "log") and enter_member(window, "entries") and window.skip() == b"["):
        refusal = Refusal("truncated", "a HAR that has no list of entries, or ends before it")
        yield refusal.to_unreadable(Origin(source), expected=_EXPECTED, byte=window.byte, line=window.line)
        return
    start, size = 0, 0
    data: list[Record] = []
    values: list[Any] = []
    for record, value in cut_objects(window, limits.line):
        data.append(record)
        values.append(value)
        size += len(record.data)
        if len(data) >= at_once or size >= _MOST_BYTES:
            yield Entries(source, data, start, values)
            start, size, data, values = start + len(data), 0, [], []
    if data:
        yield Entries(source, data, start, values)
    elif not start:
        hint = "record some traffic before exporting"
        yield Unreadable(Origin(source), "a HAR without entries", _EXPECTED, hint)


def entry_of(entries: Entries, number: int, limits: Limits, *, first: int = 0) -> Exchange | Unreadable:
    """Return the exchange of one entry of a block, counted from the entry `first`, or why there is none."""
    record = entries.data[first + number]
    return read_entry(record, Origin(entries.source, entries.start + first + number, record.line), limits)


def read_entry(record: Record, origin: Origin, limits: Limits) -> Exchange | Unreadable:
    """Return the exchange of one entry, or why there is none."""
    try:
        return _read_entry(record, origin, limits)
    except Refusal as refusal:
        return refusal.to_unreadable(origin, expected=_EXPECTED, byte=record.byte, line=record.line)
    except _MisfitError as misfit:
        said = str(misfit)
        return Unreadable(origin, said, _EXPECTED, misfit.hint, byte=record.byte, line=record.line)


def _read_entry(record: Record, origin: Origin, limits: Limits) -> Exchange:
    if record.refusal:
        raise record.refusal
    entry = read_json(record.data, limits, noted=False).value
    if not isinstance(entry, dict):
        raise _MisfitError("HAR entry that is no object")
    asked, answer = _part(entry, "request"), _part(entry, "response")
    status = answer.get("status")
    if not isinstance(status, int) or isinstance(status, bool):
        raise _MisfitError("HAR entry without a status")
    if status <= 0:
        raise _MisfitError(_unanswered(answer), "nothing to judge: the request was blocked or aborted")
    headers = _headers(answer)
    request = _request(asked)
    body, note = _body(answer, status, request, headers, limits)
    if body is None:
        raise _MisfitError("HAR entry without a body (the exporter left it out)", _EXPORT)
    started = entry.get("startedDateTime")
    time = utc_time(started) if isinstance(started, str) else None
    return Exchange(Response(body, status, headers), request, time, origin, (note,) if note else ())


def _request(asked: dict[str, Any]) -> Request:
    method, url = asked.get("method"), asked.get("url")
    if not (isinstance(method, str) and isinstance(url, str)):
        raise _MisfitError("HAR entry whose request has no method or no url")
    posted = asked.get("postData")
    text = posted.get("text") if isinstance(posted, dict) else None
    return Request(method.upper(), url, _headers(asked), body_bytes(text) if isinstance(text, str) else None)


def _body(
    answer: dict[str, Any], status: int, request: Request, headers: Headers, limits: Limits
) -> tuple[bytes | None, str | None]:
    content = answer.get("content")
    content = content if isinstance(content, dict) else {}
    text = content.get("text")
    if not isinstance(text, str):
        answered_empty = content.get("size") == 0 and not _promised(headers)
        bare = answered_empty or status in _EMPTY or request.method == "HEAD"
        return (b"" if bare else None), None
    if content.get("encoding") != "base64":
        return body_bytes(text), None
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        raise _MisfitError("HAR entry whose body says base64 and is none") from None
    from wireproof.door.inflate import inflate  # noqa: PLC0415 - few bodies come as base64

    codings = ", ".join(field for name, field in headers if name == "content-encoding")
    inflated = inflate(data, codings, limits)
    return inflated.body, None if data[:1] in (b"{", b"[") else inflated.note


def _promised(headers: Headers) -> bool:
    """Return whether a content-length says that there was a body."""
    return any(name == "content-length" and field.strip().strip("0") for name, field in headers)


def _headers(part: dict[str, Any]) -> Headers:
    pairs = header_pairs(part.get("headers"))
    if pairs is None:
        raise _MisfitError("HAR entry whose headers are no list of names and values")
    return pairs


def _part(entry: dict[str, Any], name: str) -> dict[str, Any]:
    part = entry.get(name)
    if not isinstance(part, dict):
        raise _MisfitError(f"HAR entry without a {name}")
    return part


def _unanswered(answer: dict[str, Any]) -> str:
    told = answer.get("_error")
    cause = f" ({told})" if isinstance(told, str) and re.fullmatch(_NETWORK_ERROR, told) else ""
    return f"HAR entry that was never answered: status 0{cause}"
