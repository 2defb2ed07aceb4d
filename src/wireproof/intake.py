"""Lines of a recording, read many at a time: each into its lane, or left for the ordinary reader.

A line whose layout is the usual one is read by orjson.  Whatever is unusual about it, in its
bytes, its envelope, its URL or its headers, is left: the ordinary reader and matcher decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from wireproof.door import LIMITS, Limits
from wireproof.door.times import utc_time
from wireproof.evidence import sighting_of
from wireproof.matching import Match, Route
from wireproof.recording import body_bytes
from wireproof.sameness import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wireproof.contract import Operation
    from wireproof.evidence import Order
    from wireproof.finding import Finding
    from wireproof.lanes import Lane
    from wireproof.readers.jsonlines import Lines

__all__ = ["Head", "Intake"]

_RESPONSES = frozenset({"body", "headers", "status"})
_REQUESTS = frozenset({"headers", "method", "url"})
_ANSWERS = frozenset({"body", "status"})
_ASKED = frozenset({"request", "response"})
_ASKING = frozenset({"method", "url"})
_EXCHANGES = frozenset({"body", "body_base64", "response"})
_NESTED = frozenset({"request", "response", "time"})
_URL = re.compile(r"(?:https?://([a-z0-9.-]+))?(/[A-Za-z0-9._~/-]*)?(?:[?#].*)?")
_SECONDS = frozenset(f"{second:02}Z" for second in range(60))
_SHALLOW = 1000
"""A line of fewer bytes cannot nest deeper than the limit."""
_MISSING = object()
_KEPT = 1 << 12


@dataclass(slots=True, eq=False)
class Head:
    """All answers that look alike up to their body: what they match, what that tells, and their lane."""

    match: Match
    findings: tuple[Finding, ...]
    lane: Lane | None
    count: int = 0
    first: Order | None = None
    last: Order | None = None
    seen: int = 0

    def told(self) -> list[Finding]:
        """Return the findings as often as they were seen since this was last asked."""
        seen, self.seen = self.seen, 0
        if not seen or self.first is None or self.last is None:
            return []
        first, last, self.first, self.last = self.first, self.last, None, None
        return [scaled(finding, seen, sighting_of(first), sighting_of(last)) for finding in self.findings]


class Intake:
    """Sorts the answers of a recording into lanes; what it cannot sort it leaves."""

    def __init__(
        self, routes: Sequence[Route], *, any_host: bool, only: Operation | None, limits: Limits = LIMITS
    ) -> None:
        self._routes, self._any_host, self._only, self._limits = routes, any_host, only, limits
        self._ranked: dict[tuple[str, str], list[list[Route]]] = {}
        self._heads: dict[object, Head | None] = {}
        self._patterns: dict[tuple[str, str, int], re.Pattern[str] | None] = {}
        self._names: dict[tuple[int, int, tuple[str, ...]], tuple[str, ...] | None] = {}
        self.touched: dict[int, Head] = {}

    def sort(
        self, lines: Lines, *, bare: Callable[[Any, int], Head | None], head_of: Callable[[int], Head | None]
    ) -> Iterator[int]:
        """Iterate over the numbers of the lines that are left; `lane.pending` holds the others.

        `head_of` makes the head of the line with a number; `bare` tells that of a body by itself.
        """
        values = _parsed(lines.data)
        if self._bodies(lines, values, bare) or self._alike(lines, values, head_of):
            return
        for number, (line, value) in enumerate(zip(lines.data, values, strict=True)):
            if not self._sorted(lines, number, line, value, bare, head_of):
                yield number

    def _bodies(self, lines: Lines, values: list[Any], bare: Callable[[Any, int], Head | None]) -> bool:
        """Sort lines that are bodies by themselves; return whether they are."""
        if _only_type(values) is not dict:
            return False
        if not all(map(_EXCHANGES.isdisjoint, set(map(tuple, values)))):
            return False
        if any(self._is_unusual(line) for line in lines.data if len(line) > _SHALLOW):
            return False
        head = bare(values[0], 0)
        if head is None:
            return False
        source, first = lines.source, lines.index
        orders: list[Order] = [(True, "", source, at) for at in range(first, first + len(values))]
        self._put_all(lines, head, values, orders, 0)
        return True

    def _alike(self, lines: Lines, values: list[Any], head_of: Callable[[int], Head | None]) -> bool:
        """Sort lines that are exchanges of one operation in one layout, by columns; return whether they are."""
        tops = set(map(tuple, values)) if _only_type(values) is dict else ()
        if len(tops) != 1:
            return False
        top = next(iter(tops))
        if not (_NESTED >= set(top) >= _ASKED):
            return False
        answers, requests = (list(map(itemgetter(name), values)) for name in ("response", "request"))
        if _only_layout(answers, _ANSWERS, _RESPONSES) is None:
            return False
        if _only_layout(requests, _ASKING, _ASKING) is None:
            return False
        statuses, methods = (
            set(map(itemgetter(name), column)) for name, column in (("status", answers), ("method", requests))
        )
        urls = list(map(itemgetter("url"), requests))
        if len(statuses) != 1 or len(methods) != 1 or _only_type(urls) is not str:
            return False
        status, method = statuses.pop(), methods.pop()
        if type(status) is not int or not 100 <= status <= 599 or type(method) is not str:  # noqa: PLR2004 - RFC 9110
            return False
        if any(self._is_unusual(line) for line in lines.data if len(line) > _SHALLOW):
            return False
        route = self._only_route(method, urls)
        if route is None and self._only is None:
            return False
        bodies = list(map(itemgetter("body"), answers))
        kinds = set(map(type, bodies))
        if str in kinds or type(None) in kinds:
            return False
        quotes = 2 * (len(top) + len(answers[0]) + 2 + 2)
        told: tuple[str, ...] = ()
        names: tuple[str, ...] = ()
        if "headers" in answers[0]:
            headers = list(map(itemgetter("headers"), answers))
            if _only_type(headers) is not dict or len(set(map(tuple, headers))) != 1:
                return False
            if headers[0]:
                found = self._telling(route, status, tuple(headers[0]))
                if found is None or set(map(type, chain.from_iterable(map(dict.values, headers)))) != {str}:
                    return False
                names = found
                seen = {tuple([one[name] for name in names]) for one in headers}
                if len(seen) != 1:
                    return False
                told = seen.pop()
                quotes += 4 * len(headers[0])
        moments: list[str | None] = []
        if "time" in top:
            times = list(map(itemgetter("time"), values))
            if _only_type(times) is not str:
                return False
            moments = list(map(_moment, times))
            if None in moments:
                return False
            quotes += 2
        key: object = (id(route), status, names, told) if answers[0].get("headers") else (id(route), status)
        head = self._head(key, 0, head_of)
        if head is None:
            return False
        source, first = lines.source, lines.index
        orders: list[Order] = (
            [(False, moment or "", source, at) for at, moment in enumerate(moments, first)]
            if moments
            else [(True, "", source, at) for at in range(first, first + len(values))]
        )
        self._put_all(lines, head, bodies, orders, quotes)
        return True

    def _put_all(
        self, lines: Lines, head: Head, bodies: list[Any], orders: list[Order], quotes: int
    ) -> None:
        self.touched[id(head)] = head
        head.count += len(bodies)
        if head.findings:
            head.seen += len(bodies)
            head.first = min(orders) if head.first is None else min(head.first, *orders)
            head.last = max(orders) if head.last is None else max(head.last, *orders)
        if head.lane is not None:
            lane = head.lane
            lane.bodies += bodies
            lane.orders += orders
            lane.lines += lines.data
            lane.numbers += range(lines.line, lines.line + len(bodies))
            lane.quotes += repeat(quotes, len(bodies))
            lane.texts += lines.data

    def _only_route(self, method: str, urls: list[str]) -> Route | None:
        """Return the route of all requests where it is one, and none comes before it."""
        if self._only is not None:
            return None
        route = self._route(method, urls[0])
        if route is None:
            return None
        pattern = self._whole(method, urls[0], route)
        if pattern is None or None in map(pattern.fullmatch, urls):
            routes = {id(self._route(method, url)) for url in urls}
            return route if routes == {id(route)} else None
        return route

    def _whole(self, method: str, url: str, route: Route) -> re.Pattern[str] | None:
        """Return the pattern of whole URLs of a route's host that can be no other's, if it has no rivals."""
        found = _URL.fullmatch(url)
        host = (found and found[1]) or ""
        key = (method, host, id(route))
        if key not in self._patterns:
            first = self._ranked[method, host][0]
            self._patterns[key] = (
                re.compile(f"https?://{re.escape(host)}(?=[A-Za-z0-9._~/-]*(?:[?#]|$)){route.path.pattern}(?:[?#].*)?")
                if host and first == [route]
                else None
            )
        return self._patterns[key]

    def _head(self, key: object, number: int, head_of: Callable[[int], Head | None]) -> Head | None:
        if key not in self._heads:
            if len(self._heads) >= _KEPT:
                return None
            self._heads[key] = head_of(number)
        return self._heads[key]

    def _sorted(
        self,
        lines: Lines,
        number: int,
        line: bytes,
        value: Any,
        bare: Callable[[Any, int], Head | None],
        head_of: Callable[[int], Head | None],
    ) -> bool:
        if value is _MISSING or (len(line) > _SHALLOW and self._is_unusual(line)):
            return False
        if type(value) is not dict:
            return self._put(lines, number, line, bare(value, number), value, None, 0, None)
        answer = value.get("response")
        if type(answer) is not dict:
            if "body" in value or "body_base64" in value:
                return False
            return self._put(lines, number, line, bare(value, number), value, None, 0, None)
        if not (answer and value.keys() <= _NESTED and answer.keys() <= _RESPONSES):
            return False
        quotes = 2 * (len(value) + len(answer))
        route = None
        asked = value.get("request")
        if asked is not None:
            if type(asked) is not dict or not asked.keys() <= _REQUESTS:
                return False
            quotes += 2 * len(asked) + 4
            fields = asked.get("headers")
            if fields is not None:
                if not _plain_headers(fields):
                    return False
                quotes += 4 * len(fields)
            if self._only is None:
                route = self._route(asked.get("method"), asked.get("url"))
                if route is None:
                    return False
            elif type(asked.get("url")) is not str or type(asked.get("method")) is not str:
                return False
        elif self._only is None:
            return False
        headers = answer.get("headers")
        if headers is not None:
            if not _plain_headers(headers):
                return False
            quotes += 4 * len(headers)
        time = value.get("time")
        moment = None
        if time is not None:
            if type(time) is not str:
                return False
            moment = _moment(time)
            if moment is None:
                return False
            quotes += 2
        return self._answered(lines, number, line, answer, route, headers, moment, quotes, head_of)

    def _answered(
        self,
        lines: Lines,
        number: int,
        line: bytes,
        answer: dict[str, Any],
        route: Route | None,
        headers: dict[str, str] | None,
        moment: str | None,
        quotes: int,
        head_of: Callable[[int], Head | None],
    ) -> bool:
        status, body = answer.get("status"), answer.get("body")
        if type(status) is not int or not 100 <= status <= 599 or body is None or body == "":  # noqa: PLR2004 - RFC 9110
            return False
        told: tuple[str, ...] | None = ()
        if headers:
            names = self._telling(route, status, tuple(headers))
            if names is None:
                return False
            told = tuple([headers[name] for name in names])
            key: object = (id(route), status, names, told)
        else:
            key = (id(route), status)
        head = self._head(key, number, head_of)
        if head is None:
            return False
        text = None
        if type(body) is str and head.lane is not None:
            text = body_bytes(body)
            try:
                body = _loads()(text)
            except ValueError:
                return False
            if len(text) > _SHALLOW and self._is_unusual(text):
                return False
            quotes = 0
        return self._put(lines, number, line, head, body, moment, quotes, text)

    def _put(
        self,
        lines: Lines,
        number: int,
        line: bytes,
        head: Head | None,
        body: Any,
        moment: str | None,
        quotes: int,
        text: bytes | None,
    ) -> bool:
        if head is None:
            return False
        order = (moment is None, moment or "", lines.source, lines.index + number)
        if head.count == 0:
            self.touched[id(head)] = head
        head.count += 1
        if head.findings:
            head.seen += 1
            head.first = order if head.first is None else min(head.first, order)
            head.last = order if head.last is None else max(head.last, order)
        if head.lane is not None:
            lane = head.lane
            lane.bodies.append(body)
            lane.orders.append(order)
            lane.lines.append(line)
            lane.numbers.append(lines.line + number)
            lane.quotes.append(quotes)
            lane.texts.append(line if text is None else text)
        return True

    def _is_unusual(self, text: bytes) -> bool:
        return len(text) > self._limits.size or text.count(b"{") + text.count(b"[") > self._limits.depth

    def _route(self, method: Any, url: Any) -> Route | None:
        """Return the route of a request, or None where that takes more than a look."""
        if type(url) is not str or type(method) is not str:
            return None
        found = _URL.fullmatch(url)
        if found is None:
            return None
        host, path = found[1] or "", (found[2] or "").rstrip("/") or "/"
        ranked = self._ranked.get((method, host))
        if ranked is None:
            if len(self._ranked) >= _KEPT:
                return None
            ranked = self._ranked[method, host] = self._rank(method, host)
        for equals in ranked:
            fitting = [route for route in equals if route.path.fullmatch(path)]
            if fitting:
                first = fitting[0]
                same = all(route.operation is first.operation for route in fitting)
                return first if same else None
        return None

    def _rank(self, method: str, host: str) -> list[list[Route]]:
        """Return the routes that may own a request, those that are preferred first."""
        owners = {id(route.contract) for route in self._routes if route.owns(host)}
        ranked: dict[tuple[bool, int], list[Route]] = {}
        for route in self._routes:
            if (
                route.operation.method == method.upper()
                and (not owners or id(route.contract) in owners)
                and route.admits_host(host, any_host=self._any_host)
            ):
                ranked.setdefault((route.owns(host), route.literal), []).append(route)
        return [ranked[rank] for rank in sorted(ranked, reverse=True)]

    def _telling(self, route: Route | None, status: int, names: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the names, as they came, of the headers that a rule may look at."""
        operation = route.operation if route is not None else self._only
        key = (id(operation), status, names)
        if key not in self._names:
            if len(self._names) >= _KEPT:
                return None
            promised = operation.promised(status) if operation is not None else None
            lowered = [name.lower() for name in names]
            wanted = {"content-type", *(header.name for header in (promised.headers if promised else ()))}
            self._names[key] = (
                None
                if len(set(lowered)) < len(lowered)
                else tuple(name for name, low in zip(names, lowered, strict=True) if low in wanted)
            )
        return self._names[key]


@cache
def _loads() -> Callable[[bytes], Any]:
    from orjson import loads  # noqa: PLC0415 - a single body is read without it

    return loads


def _parsed(data: Sequence[bytes]) -> list[Any]:
    try:
        return list(map(_loads(), data))
    except ValueError:
        return [_parsed_alone(line) for line in data]


def _parsed_alone(line: bytes) -> Any:
    try:
        return _loads()(line)
    except ValueError:
        return _MISSING


def _only_type(values: Sequence[Any]) -> type | None:
    types = set(map(type, values))
    return types.pop() if len(types) == 1 else None


def _only_layout(
    values: Sequence[Any], least: frozenset[str], most: frozenset[str]
) -> tuple[str, ...] | None:
    """Return the names that all objects have in one order, if they are within bounds."""
    layouts = set(map(tuple, values)) if _only_type(values) is dict else ()
    if len(layouts) != 1:
        return None
    layout: tuple[str, ...] = next(iter(layouts))
    return layout if least <= set(layout) <= most else None


def _plain_headers(fields: Any) -> bool:
    return type(fields) is dict and (not fields or set(map(type, fields.values())) == {str})


def _moment(time: str) -> str | None:
    """Return a time in UTC as the readers write it; nearly all are written so already."""
    if time[17:] in _SECONDS and _is_minute(time[:17]):
        return time
    return utc_time(time)


@lru_cache(maxsize=1 << 10)
def _is_minute(text: str) -> bool:
    return utc_time(f"{text}00Z") == f"{text}00Z"
