"""The outside of exchanges, many at once: texts decoded to structs, their bodies left as they are.

Only the usual layouts are taken; whatever else a line holds is left for its reader.
"""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - msgspec reads the annotations of structs
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from operator import attrgetter, sub
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from wireproof.door.times import utc_time
from wireproof.lanes.sameness import escaped_in
from wireproof.validating.engine import compiled
from wireproof.validating.structs import cast

if TYPE_CHECKING:
    import jsonschema_rs

__all__ = ["EXCHANGES", "Alike", "Sent", "alike", "is_bare", "moments", "parsed", "sent_in"]

EXCHANGES = frozenset({"body", "body_base64", "response"})
"""Names of members of which a body by itself has none: it would be read as an exchange."""
_PLAIN = 8
"""How many quotation marks a request takes that has no headers: its method and its URL."""
_LONGEST_SENT = 4000
"""Bodies of requests that are longer may hold numbers with more digits than any limit."""
_SHALLOW = 1000
"""A text of fewer bytes cannot nest deeper than the limit."""
_FLAT = 250
_UTC = (
    "^[1-9][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    "|(?:0[13578]|1[02])-31)T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$"
)
"""Times that `utc_time` leaves as they are, but for some of years before 1000 and of leap days."""


class _Request(Struct, forbid_unknown_fields=True, gc=False, eq=False):
    method: str
    url: str
    headers: dict[str, str] | UnsetType | None = UNSET
    body: Raw = Raw()


class _Response(Struct, forbid_unknown_fields=True, gc=False, eq=False):
    body: Raw
    status: Annotated[int, Meta(ge=100, le=599)]
    headers: dict[str, str] | UnsetType | None = UNSET


class _Exchange(Struct, forbid_unknown_fields=True, gc=False, eq=False):
    response: _Response
    request: _Request | UnsetType | None = UNSET
    time: str | UnsetType | None = UNSET


class Sent(NamedTuple):
    """What the body of a request holds, and how many quotation marks stand in it, plain and escaped."""

    value: Any
    quotes: int
    escaped: int


class _Layout(NamedTuple):
    """What exchanges must have in common to be taken together."""

    status: int
    method: str | None
    headers: tuple[str, ...] | None
    asked: int | None
    sent: bool
    timed: bool | None


@dataclass(frozen=True, slots=True)
class Alike:
    """What stands around bodies that came in one layout, with one method and status.

    `rows` are the numbers of their texts.  `headers` and `times` are one a body, where there are
    any.  `quotes` is how many quotation marks stand around one body, but for those in the body that
    was `sent`, of which there is one for each, or none.  `plain` says that requests have no headers.
    """

    rows: Sequence[int]
    bodies: Sequence[Any]
    status: int
    method: str | None
    urls: Sequence[str]
    names: tuple[str, ...]
    headers: Sequence[dict[str, str]]
    times: Sequence[str] | None
    quotes: int
    plain: bool
    sent: Sequence[Sent]


_decoded = msgspec.json.Decoder(_Exchange).decode
_response = attrgetter("response")
_request = attrgetter("request")
_time = attrgetter("time")
_body = attrgetter("body")
_headers = attrgetter("headers")
_parse = msgspec.json.Decoder().decode


def parsed(texts: Sequence[Any]) -> list[Any]:
    """Return what each text is, None where it is null or the quick parser refuses it."""
    return cast(_parse, texts)


def sent_in(texts: Sequence[Raw]) -> list[Sent | None]:
    """Return what each body of a request holds, None where readers may differ on it."""
    values, raw = parsed(texts), list(map(bytes, texts))
    if set(map(type, values)) == {str}:
        held = parsed(values)
    else:
        inner = iter(parsed([value for value in values if type(value) is str]))
        held = [next(inner) if type(value) is str else value for value in values]
    escaped = [escaped_in(text) if b"\\" in text else 0 for text in raw]
    quotes = list(map(sub, map(bytes.count, raw, repeat(b'"')), escaped))
    found: list[Sent | None] = list(map(Sent, held, quotes, escaped))
    if None in values or max(map(len, raw), default=0) > _SHALLOW:
        for at, (value, text) in enumerate(zip(values, raw, strict=True)):
            if (value is None and text != b"null") or not _is_flat(text):
                found[at] = None
    return found


def _is_flat(text: bytes) -> bool:
    if len(text) <= _SHALLOW:
        return True
    return len(text) <= _LONGEST_SENT and text.count(b"{") + text.count(b"[") <= _FLAT


def is_bare(value: Any) -> bool:
    """Return whether a value is a body by itself, and certainly no exchange."""
    return value is not None and (type(value) is not dict or EXCHANGES.isdisjoint(value))


def alike(texts: Sequence[bytes], rows: Sequence[int]) -> list[Alike]:
    """Return the exchanges of usual layout among some texts, those that are alike together.

    `rows` are the numbers of the texts.
    """
    exchanges = cast(_decoded, texts)
    if None in exchanges:
        rows = [row for row, exchange in zip(rows, exchanges, strict=True) if exchange is not None]
        exchanges = [exchange for exchange in exchanges if exchange is not None]
        if not exchanges:
            return []
    responses = list(map(_response, exchanges))
    asked = list(map(_request, exchanges))
    layouts = _layouts(exchanges, responses, asked)
    first = layouts[0]
    if layouts.count(first) == len(layouts):
        group = _group(first, rows, exchanges, responses, asked)
        return [group] if group is not None else []
    numbers: dict[_Layout, list[int]] = {}
    for number, layout in enumerate(layouts):
        numbers.setdefault(layout, []).append(number)
    groups = [
        _group(
            layout,
            [rows[at] for at in chosen],
            [exchanges[at] for at in chosen],
            [responses[at] for at in chosen],
            [asked[at] for at in chosen],
        )
        for layout, chosen in numbers.items()
    ]
    return [group for group in groups if group is not None]


def _layouts(
    exchanges: Sequence[_Exchange], responses: Sequence[_Response], asked: Sequence[Any]
) -> list[_Layout]:
    statuses = [response.status for response in responses]
    headers = list(map(_headers, responses))
    names = [tuple(one) if type(one) is dict else None if one is UNSET else () for one in headers]
    methods = [one.method if type(one) is _Request else None for one in asked]
    inside = [_size(one) for one in asked]
    sent = [type(one) is _Request and bool(one.body) for one in asked]
    timed = [None if one is UNSET else one is not None for one in map(_time, exchanges)]
    return list(map(_Layout, statuses, methods, names, inside, sent, timed))


def _size(request: Any) -> int | None:
    """Return how many quotation marks a request takes, None where there is none."""
    if type(request) is not _Request:
        return None if request is UNSET else 0
    headers = request.headers
    return _PLAIN if headers is UNSET else _PLAIN + 2 + 4 * len(headers or ())


def _group(
    layout: _Layout,
    rows: Sequence[int],
    exchanges: Sequence[_Exchange],
    responses: Sequence[_Response],
    asked: Sequence[Any],
) -> Alike | None:
    """Return some exchanges of one layout, those left out that are unusual in another way."""
    times = moments(list(map(_time, exchanges))) if layout.timed else None
    sent = sent_in(list(map(_body, asked))) if layout.sent else []
    if None in sent or (times and not all(times)):
        every = zip(range(len(rows)), times or repeat("-"), sent or repeat("-"), strict=False)
        keep = [at for at, time, body in every if time and body]
        if not keep:
            return None
        rows, responses = [rows[at] for at in keep], [responses[at] for at in keep]
        asked = [asked[at] for at in keep]
        times = times and [times[at] for at in keep]
        sent = sent and [sent[at] for at in keep]
    headers = list(map(_headers, responses)) if layout.headers else []
    quotes = 2 * (1 + 2 + (layout.headers is not None)) + 4 * len(layout.headers or ())
    quotes += 0 if layout.asked is None else 2 + layout.asked + 2 * layout.sent
    quotes += {None: 0, False: 2, True: 4}[layout.timed]
    urls = [one.url for one in asked] if layout.method is not None else []
    bodies = list(map(_body, responses))
    names = layout.headers or ()
    plain = layout.asked in {None, _PLAIN} and layout.timed is not False
    return Alike(
        rows,
        bodies,
        layout.status,
        layout.method,
        urls,
        names,
        headers,
        times,
        quotes,
        plain,
        [one for one in sent if one],
    )


def moments(times: list[str]) -> list[str]:
    """Return times in UTC as the readers write them, "" where one is none; nearly all are so already."""
    return times if _settled().is_valid(times) else [utc_time(time) or "" for time in times]


@cache
def _settled() -> jsonschema_rs.Draft202012Validator:
    return compiled({"items": {"pattern": _UTC}})
