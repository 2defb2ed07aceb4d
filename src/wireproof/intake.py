"""Lines of a recording, read many at a time: each into its lane, or left for the ordinary reader.

Whatever is unusual about a line, in its bytes, its envelope, its URL or its headers, is left: the
ordinary reader and matcher decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any

from wireproof.door import LIMITS, Limits
from wireproof.envelopes import MISSING, alike, is_bare, only_type, outside, parsed
from wireproof.evidence import sighting_of
from wireproof.recording import body_bytes
from wireproof.sameness import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wireproof.contract import Operation
    from wireproof.envelopes import Alike, Outside
    from wireproof.evidence import Order
    from wireproof.finding import Finding
    from wireproof.lanes import Lane
    from wireproof.matching import Match, Route
    from wireproof.readers.jsonlines import Lines

__all__ = ["Head", "Intake"]

_URL = re.compile(r"(?:https?://([a-z0-9.-]+))?(/[A-Za-z0-9._~/-]*)?(?:[?#].*)?")
_SHALLOW = 1000
"""A line of fewer bytes cannot nest deeper than the limit."""
_KEPT = 1 << 12
"""How many heads, hosts and layouts of headers are remembered."""


@dataclass(slots=True, eq=False)
class Head:
    """All answers that look alike up to their body: what they match, what that tells, and their lane.

    `count` and the sightings are those since `told` was last asked; `fresh` counts what the tally
    has not been told of.
    """

    match: Match
    findings: tuple[Finding, ...]
    lane: Lane | None
    fresh: int = 0
    count: int = 0
    first: Order | None = None
    last: Order | None = None

    def seen(self, orders: Sequence[Order]) -> None:
        """Count some answers."""
        self.fresh += len(orders)
        if self.findings:
            self.count += len(orders)
            first, last = min(orders), max(orders)
            self.first = first if self.first is None else min(self.first, first)
            self.last = last if self.last is None else max(self.last, last)

    def told(self) -> list[Finding]:
        """Return the findings as often as they were seen since this was last asked."""
        count, first, last = self.count, self.first, self.last
        self.count, self.first, self.last = 0, None, None
        if first is None or last is None:
            return []
        return [scaled(finding, count, sighting_of(first), sighting_of(last)) for finding in self.findings]


class Intake:
    """Sorts the answers of a recording into lanes; what it cannot sort it leaves.

    `bare` returns the head of bodies by themselves, `head_of` that of the exchange on a line, given
    the lines and its number among them; None where such answers take the ordinary way.
    """

    def __init__(
        self,
        routes: Sequence[Route],
        *,
        any_host: bool,
        only: Operation | None,
        bare: Callable[[Lines], Head | None],
        head_of: Callable[[Lines, int], Head | None],
        limits: Limits = LIMITS,
    ) -> None:
        self._paths = _Paths(routes, any_host=any_host)
        self._only, self._bare, self._head_of, self._limits = only, bare, head_of, limits
        self._heads: dict[object, Head | None] = {}
        self._telling: dict[tuple[int, int, tuple[str, ...]], tuple[str, ...] | None] = {}
        self.touched: dict[int, Head] = {}

    def sort(self, lines: Lines) -> Iterator[int]:
        """Iterate over the numbers of the lines that are left; the lanes hold the others."""
        values = parsed(lines.data)
        if not self._sort_all(lines, values):
            for number, value in enumerate(values):
                if not self._sort_one(lines, number, value):
                    yield number

    def _sort_all(self, lines: Lines, values: list[Any]) -> bool:
        """Sort lines that are all alike, by columns; return whether they are."""
        if only_type(values) is not dict:
            return False
        if max(map(len, lines.data)) > _SHALLOW and any(map(self._is_unusual, lines.data)):
            return False
        source, first, quotes = lines.source, lines.start, 0
        orders: list[Order]
        if all(map(is_bare, set(map(tuple, values)))):
            head, bodies = self._bare(lines), values
            orders = [(True, "", source, at) for at in range(first, first + len(values))]
        else:
            around = alike(values)
            head = self._head_of_all(lines, around) if around is not None else None
            if around is None or head is None:
                return False
            bodies, quotes = around.bodies, around.quotes
            times = around.times
            orders = [
                (times is None, times[at] if times else "", source, first + at) for at in range(len(values))
            ]
        if head is None:
            return False
        self._put(head, orders)
        if head.lane is not None:
            numbers = range(lines.line, lines.line + len(bodies))
            quoted = repeat(quotes, len(bodies))
            head.lane.add(bodies, orders, lines=lines.data, numbers=numbers, quotes=quoted, texts=lines.data)
        return True

    def _head_of_all(self, lines: Lines, around: Alike) -> Head | None:
        route = self._paths.only(around.method, around.urls) if self._only is None else None
        if route is None and self._only is None:
            return None
        names: tuple[str, ...] | None = ()
        told: tuple[str, ...] = ()
        if around.headers and around.headers[0]:
            names = self._tellers(route, around.status, tuple(around.headers[0]))
            if names is None:
                return None
            seen = {tuple([one[name] for name in names]) for one in around.headers}
            if len(seen) != 1:
                return None
            told = seen.pop()
        has_headers = bool(around.headers and around.headers[0])
        return self._head((id(route), around.status, has_headers, names, told), lines, 0)

    def _sort_one(self, lines: Lines, number: int, value: Any) -> bool:
        """Sort one line; return whether its layout is a usual one."""
        line = lines.data[number]
        if value is MISSING or self._is_unusual(line):
            return False
        if type(value) is not dict or is_bare(value):
            head = self._bare(lines)
            return head is not None and self._put_one(
                lines, number, head, value, time=None, quotes=0, text=line
            )
        around = outside(value)
        head = self._head_of_one(lines, number, around) if around is not None else None
        if around is None or head is None:
            return False
        if type(around.body) is not str or head.lane is None:
            return self._put_one(
                lines, number, head, around.body, time=around.time, quotes=around.quotes, text=line
            )
        text = body_bytes(around.body)
        body = parsed([text])[0]
        if body is MISSING or self._is_unusual(text):
            return False
        return self._put_one(lines, number, head, body, time=around.time, quotes=0, text=text)

    def _head_of_one(self, lines: Lines, number: int, around: Outside) -> Head | None:
        route = None
        if self._only is None:
            if around.method is None or around.url is None:
                return None
            route = self._paths.of(around.method, around.url)
            if route is None:
                return None
        names = self._tellers(route, around.status, tuple(around.headers))
        if names is None:
            return None
        told = tuple([around.headers[name] for name in names])
        return self._head((id(route), around.status, bool(around.headers), names, told), lines, number)

    def _head(self, key: object, lines: Lines, number: int) -> Head | None:
        if key not in self._heads:
            if len(self._heads) >= _KEPT:
                return None
            self._heads[key] = self._head_of(lines, number)
        return self._heads[key]

    def _put(self, head: Head, orders: Sequence[Order]) -> None:
        self.touched[id(head)] = head
        head.seen(orders)

    def _put_one(
        self, lines: Lines, number: int, head: Head, body: Any, *, time: str | None, quotes: int, text: bytes
    ) -> bool:
        order = (time is None, time or "", lines.source, lines.start + number)
        self._put(head, [order])
        if head.lane is not None:
            line, at = lines.data[number], lines.line + number
            head.lane.add([body], [order], lines=[line], numbers=[at], quotes=[quotes], texts=[text])
        return True

    def _is_unusual(self, text: bytes) -> bool:
        """Return whether a text may be too large or too deep."""
        if len(text) <= _SHALLOW:
            return False
        return len(text) > self._limits.size or text.count(b"{") + text.count(b"[") > self._limits.depth

    def _tellers(self, route: Route | None, status: int, names: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the names, as they came, of the headers that a rule may look at; None for twins."""
        operation = route.operation if route is not None else self._only
        key = (id(operation), status, names)
        if key not in self._telling:
            if len(self._telling) >= _KEPT:
                return None
            promised = operation.promised(status) if operation is not None else None
            wanted = {"content-type", *(header.name for header in (promised.headers if promised else ()))}
            lowered = [name.lower() for name in names]
            told = tuple(name for name, low in zip(names, lowered, strict=True) if low in wanted)
            self._telling[key] = told if len(set(lowered)) == len(lowered) else None
        return self._telling[key]


class _Paths:
    """Which route a plain URL belongs to, as `match_by_url` has it; None for all that is not plain."""

    def __init__(self, routes: Sequence[Route], *, any_host: bool) -> None:
        self._routes, self._any_host = routes, any_host
        self._ranked: dict[tuple[str, str], list[list[Route]]] = {}
        self._patterns: dict[tuple[str, str], re.Pattern[str] | None] = {}

    def of(self, method: str, url: str) -> Route | None:
        """Return the route of a request."""
        found = _URL.fullmatch(url)
        if found is None:
            return None
        path = (found[2] or "").rstrip("/") or "/"
        for equals in self._of_host(method, found[1] or ""):
            fitting = [route for route in equals if route.path.fullmatch(path)]
            if fitting:
                same = all(route.operation is fitting[0].operation for route in fitting)
                return fitting[0] if same else None
        return None

    def only(self, method: str, urls: Sequence[str]) -> Route | None:
        """Return the route of all requests, where it is one."""
        route = self.of(method, urls[0])
        if route is None:
            return None
        pattern = self._whole(method, urls[0])
        if pattern is not None and None not in map(pattern.fullmatch, urls):
            return route
        return route if all(self.of(method, url) is route for url in urls) else None

    def _of_host(self, method: str, host: str) -> list[list[Route]]:
        """Return the routes that may own requests to a host, those that are preferred first."""
        key = (method, host)
        if key not in self._ranked:
            if len(self._ranked) >= _KEPT:
                return []
            self._ranked[key] = self._rank(method, host)
        return self._ranked[key]

    def _rank(self, method: str, host: str) -> list[list[Route]]:
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

    def _whole(self, method: str, url: str) -> re.Pattern[str] | None:
        """Return the pattern of whole URLs that belong to the first route of a host, where it is but one."""
        found = _URL.fullmatch(url)
        host = (found[1] if found else "") or ""
        key = (method, host)
        if key not in self._patterns:
            ranked = self._of_host(method, host)
            plain = r"(?=[A-Za-z0-9._~/-]*(?:[?#]|$))"
            self._patterns[key] = (
                re.compile(f"https?://{re.escape(host)}{plain}{ranked[0][0].path.pattern}(?:[?#].*)?")
                if host
                and ranked
                and len(ranked[0]) == 1
                and ranked[0][0].path.fullmatch((found and found[2]) or "")
                else None
            )
        return self._patterns[key]
