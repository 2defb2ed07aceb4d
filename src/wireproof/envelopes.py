"""The outside of exchanges: texts parsed by orjson, envelopes taken off, one by one or many at once.

Only the usual layouts are taken; whatever else a line holds is left for its reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from wireproof.door.times import utc_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["MISSING", "Alike", "Outside", "alike", "is_bare", "only_type", "outside", "parsed"]

MISSING = object()
"""What stands for a text that is not parsed."""
_EXCHANGES = frozenset({"body", "body_base64", "response"})
_NESTED = frozenset({"request", "response", "time"})
_RESPONSES = frozenset({"body", "headers", "status"})
_REQUESTS = frozenset({"headers", "method", "url"})
_LEAST_STATUS, _MOST_STATUS = 100, 599
_SECONDS = frozenset(f"{second:02}Z" for second in range(60))


@dataclass(frozen=True, slots=True)
class Outside:
    """What stands around one body: request, status, headers, time, and how many quotes that takes."""

    body: Any
    status: int
    method: str | None
    url: str | None
    headers: dict[str, str]
    time: str | None
    quotes: int


@dataclass(frozen=True, slots=True)
class Alike:
    """What stands around many bodies that came in one layout, with one method and status."""

    bodies: list[Any]
    status: int
    method: str
    urls: list[str]
    headers: list[dict[str, str]]
    times: list[str] | None
    quotes: int


@cache
def _loads() -> Callable[[bytes], Any]:
    """Return the quick parser; a single body is read without it."""
    from orjson import loads as quick  # noqa: PLC0415 - importing it costs a short process its start

    return quick


def parsed(data: Sequence[bytes]) -> list[Any]:
    """Return what each text is, `MISSING` where the quick parser refuses it."""
    try:
        return list(map(_loads(), data))
    except ValueError:
        return [_parsed_alone(text) for text in data]


def _parsed_alone(text: bytes) -> Any:
    try:
        return _loads()(text)
    except ValueError:
        return MISSING


def is_bare(names: Iterable[str]) -> bool:
    """Return whether an object with these members is a body, and certainly no exchange."""
    return _EXCHANGES.isdisjoint(names)


def outside(value: Any) -> Outside | None:
    """Return what stands around the body of an exchange, or None where its layout is not the usual one."""
    answer = value.get("response") if type(value) is dict and value.keys() <= _NESTED else None
    if not (type(answer) is dict and answer.keys() <= _RESPONSES):
        return None
    status, body, headers = answer.get("status"), answer.get("body"), answer.get("headers") or {}
    asked = _asked(value.get("request"))
    time = value.get("time")
    moment = _moment(time) if type(time) is str else None
    usual = type(status) is int and _is_status(status) and body not in (None, "") and _are_texts([headers])
    if status is None or not usual or asked is None or (moment is None) != (time is None):
        return None
    method, url, quotes = asked
    quotes += 2 * (len(value) + len(answer)) + 4 * len(headers) + 2 * (time is not None)
    return Outside(body, status, method, url, headers, moment, quotes)


def _asked(request: Any) -> tuple[str | None, str | None, int] | None:
    """Return method, URL and number of quotes of a request; None where its layout is not the usual one."""
    if request is None:
        return (None, None, 0)
    if not (type(request) is dict and request.keys() <= _REQUESTS):
        return None
    method, url, headers = request.get("method"), request.get("url"), request.get("headers") or {}
    if not (type(method) is str and type(url) is str and _are_texts([headers])):
        return None
    return (method, url, 2 * len(request) + 4 + 4 * len(headers))


def alike(values: Sequence[Any]) -> Alike | None:
    """Return what stands around the bodies of many exchanges, or None where they are not all alike."""
    top = _only_layout(values, _NESTED - {"time"}, _NESTED)
    if top is None:
        return None
    answers, requests = (list(map(itemgetter(name), values)) for name in ("response", "request"))
    told = _only_layout(answers, _RESPONSES - {"headers"}, _RESPONSES)
    asked = _only_layout(requests, _REQUESTS - {"headers"}, _REQUESTS - {"headers"})
    if told is None or asked is None:
        return None
    bodies, urls = list(map(itemgetter("body"), answers)), list(map(itemgetter("url"), requests))
    status, method = _only(answers, "status"), _only(requests, "method")
    usual = _is_status(status) and type(method) is str and only_type(urls) is str
    headers = list(map(itemgetter("headers"), answers)) if "headers" in told else []
    if headers:
        usual = usual and _only_layout(headers, frozenset(), None) is not None and _are_texts(headers)
    times = _moments(values) if "time" in top else None
    usual = usual and {str, type(None)}.isdisjoint(map(type, bodies))
    if not usual or (times is None and "time" in top):
        return None
    quotes = 2 * (len(top) + len(told) + len(asked) + 2) + 2 * ("time" in top)
    quotes += 4 * len(headers[0]) if headers else 0
    return Alike(bodies, status, method, urls, headers, times, quotes)


def only_type(values: Sequence[Any]) -> type | None:
    """Return the type of all values, or None where they have several."""
    types = set(map(type, values))
    return types.pop() if len(types) == 1 else None


def _only(values: Sequence[dict[str, Any]], name: str) -> Any:
    """Return the value that a member has in all objects, or None where it has several."""
    found = list(map(itemgetter(name), values))
    return found[0] if only_type(found) in {int, str} and len(set(found)) == 1 else None


def _only_layout(
    values: Sequence[Any], least: frozenset[str], most: frozenset[str] | None
) -> tuple[str, ...] | None:
    """Return the names that all objects have in one order, if they are within bounds."""
    layouts = set(map(tuple, values)) if only_type(values) is dict else ()
    if len(layouts) != 1:
        return None
    layout: tuple[str, ...] = next(iter(layouts))
    return layout if least <= set(layout) and (most is None or most.issuperset(layout)) else None


def _is_status(status: Any) -> bool:
    return type(status) is int and _LEAST_STATUS <= status <= _MOST_STATUS


def _are_texts(headers: Sequence[Any]) -> bool:
    """Return whether headers are objects of texts."""
    if only_type(headers) is not dict:
        return False
    return set(map(type, chain.from_iterable(map(dict.values, headers)))) <= {str}


def _moments(values: Sequence[Any]) -> list[str] | None:
    times = list(map(itemgetter("time"), values))
    if only_type(times) is not str:
        return None
    moments = [_moment(time) for time in times]
    return None if None in moments else [moment for moment in moments if moment is not None]


def _moment(time: str) -> str | None:
    """Return a time in UTC as the readers write it; nearly all are written so already."""
    if time[17:] in _SECONDS and _is_minute(time[:17]):
        return time
    return utc_time(time)


@lru_cache(maxsize=1 << 10)
def _is_minute(text: str) -> bool:
    return utc_time(f"{text}00Z") == f"{text}00Z"
