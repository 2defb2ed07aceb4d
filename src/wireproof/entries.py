"""Entries of a HAR as the lines that they would be in our own format, so that they take the fast way.

Only the usual entry becomes a line: answered, with its body kept as JSON text.  Every other one is
left for its reader, which says what there is to say of it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from msgspec import MsgspecError
from msgspec.json import decode, encode

from wireproof.readers.jsonlines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.door.limits import Limits
    from wireproof.readers.har import Entries

__all__ = ["UNNUMBERED", "sorted_out"]

UNNUMBERED = -(1 << 40)
"""The number of the first line where there are none: lines below 1 are told without a number."""
_EXACT = frozenset({str})


def sorted_out(entries: Entries, limits: Limits) -> Iterator[tuple[Lines | None, int]]:
    """Iterate over runs of entries as lines, each with its place in the block; None for one that is left."""
    made = [
        _line(record.data, _parsed(record.data) if value is None else value, limits)
        for record, value in zip(entries.data, entries.values, strict=True)
    ]
    first = 0
    for _, run in groupby(made, key=lambda line: line is not None):
        lines = list(run)
        usual = [line for line in lines if line is not None]
        if usual:
            yield Lines(entries.source, usual, entries.start + first, UNNUMBERED), first
        else:
            yield from ((None, first + at) for at in range(len(lines)))
        first += len(lines)


def _line(data: bytes, entry: Any, limits: Limits) -> bytes | None:
    """Return an entry as a line, or None where it is not the usual one."""
    if data.count(b"{") + data.count(b"[") > limits.depth or type(entry) is not dict:
        return None
    asked, answer, time = entry.get("request"), entry.get("response"), entry.get("startedDateTime")
    if type(asked) is not dict or type(answer) is not dict or type(time) not in {str, type(None)}:
        return None
    method, url, status = asked.get("method"), asked.get("url"), answer.get("status")
    told, body = _headers(answer.get("headers")), _body(answer.get("content"))
    usual = type(method) is str and type(url) is str and type(status) is int and status > 0
    if not usual or told is None or body is None or _headers(asked.get("headers")) is None:
        return None
    around: dict[str, Any] = {} if time is None else {"time": time}
    around["request"] = {"method": method, "url": url}
    around["response"] = {"status": status, "headers": told}
    return b'%s,"body":%s}}' % (encode(around)[:-2], body)


def _parsed(data: bytes) -> Any:
    try:
        return decode(data)
    except (MsgspecError, ValueError, RecursionError):
        return None


def _body(content: Any) -> bytes | None:
    """Return a body that is JSON, as it was kept; None for any other."""
    if type(content) is not dict or content.get("encoding") == "base64":
        return None
    text = content.get("text")
    if type(text) is not str:
        return None
    try:
        decode(text)
    except (MsgspecError, ValueError, RecursionError):
        return None
    return text.encode()


def _headers(listed: Any) -> dict[str, str] | None:
    """Return headers by their names, repeated ones joined; None where they are not a list of texts."""
    if listed is None:
        return {}
    if type(listed) is not list:
        return None
    told: dict[str, str] = {}
    for one in listed:
        if type(one) is not dict:
            return None
        name, field = one.get("name"), one.get("value")
        if type(name) is not str or type(field) is not str:
            return None
        name = name.lower()
        told[name] = f"{told[name]}, {field}" if name in told else field
    return told
