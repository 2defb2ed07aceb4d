"""Lines of a recording, read many at a time: each into its lane, or left for the ordinary reader.

Whatever is unusual about a line, in its bytes, its envelope, its URL or its headers, is left: the
ordinary reader and matcher decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wireproof.door import LIMITS, Limits
from wireproof.envelopes import alike, is_bare, parsed
from wireproof.evidence import sighting_of
from wireproof.lanes import Pile
from wireproof.sameness import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wireproof.contract import Operation
    from wireproof.envelopes import Alike
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
_NOTHING = frozenset({b"null", b'""'})
"""Bodies that were not kept, or are empty."""


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

    `bare` says that bodies by themselves can belong to one operation alone.  `head_of` returns the
    head of the answer on a line, given the lines and its number among them; None where such answers
    take the ordinary way.
    """

    def __init__(
        self,
        routes: Sequence[Route],
        *,
        any_host: bool,
        only: Operation | None,
        bare: bool,
        head_of: Callable[[Lines, int], Head | None],
        limits: Limits = LIMITS,
    ) -> None:
        self._paths = _Paths(routes, any_host=any_host)
        self._only, self._may_be_bare, self._head_of, self._limits = only, bare, head_of, limits
        self._bare: Head | None = None
        self._heads: dict[object, Head | None] = {}
        self._telling: dict[tuple[int, int, tuple[str, ...]], tuple[str, ...] | None] = {}
        self.touched: dict[int, Head] = {}

    def sort(self, lines: Lines) -> list[int]:
        """Put lines into the lanes; return the numbers of those that are left, in order."""
        rows: Sequence[int] = range(len(lines.data))
        data = lines.data
        left: list[int] = []
        if max(map(len, data)) > _SHALLOW:
            left = [row for row, text in enumerate(data) if self._is_unusual(text)]
            if left:
                unusual = set(left)
                rows = [row for row in rows if row not in unusual]
        bare = self._head_of_bare(lines, rows)
        if bare is not None and bare.lane is not None:
            rows = self._take_bare(lines, bare, bare.lane, rows)
        if rows:
            texts = data if len(rows) == len(data) else [data[row] for row in rows]
            groups = alike(texts, rows)
            left += set(rows).difference(*(group.rows for group in groups))
            for group in groups:
                left += self._take(lines, group)
        return sorted(left)

    def _head_of_bare(self, lines: Lines, rows: Sequence[int]) -> Head | None:
        """Return the head of bodies by themselves, if any came yet and it is known what they are."""
        if self._bare is None and self._may_be_bare:
            bare = (row for row in rows if is_bare(parsed([lines.data[row]])[0]))
            number = next(bare, None)
            self._bare = self._head_of(lines, number) if number is not None else None
        return self._bare

    def _take_bare(self, lines: Lines, head: Head, lane: Lane, rows: Sequence[int]) -> list[int]:
        """Put bodies by themselves into their lane; return the numbers of the other lines."""
        orders = [(True, "", lines.source, lines.start + row) for row in rows]
        texts = [lines.data[row] for row in rows]
        pile = Pile(texts, orders, texts, [lines.line + row for row in rows], [0] * len(rows), texts)
        others = lane.take(pile, bare=True)
        taken = set(range(len(rows))).difference(others)
        self._put(head, [orders[at] for at in sorted(taken)] if others else orders)
        return [rows[at] for at in others]

    def _take(self, lines: Lines, group: Alike) -> list[int]:
        """Put exchanges of one layout into their lanes; return the numbers of those that are left."""
        route = self._paths.only(group.method, group.urls) if self._only is None else None
        if self._only is not None or route is not None:
            return self._take_routed(lines, group, route, range(len(group.rows)))
        if group.method is None:
            return list(group.rows)
        left: list[int] = []
        routed: dict[int, tuple[Route, list[int]]] = {}
        for at, url in enumerate(group.urls):
            route = self._paths.of(group.method, url)
            if route is None:
                left.append(group.rows[at])
            else:
                routed.setdefault(id(route), (route, []))[1].append(at)
        for route, chosen in routed.values():
            left += self._take_routed(lines, group, route, chosen)
        return left

    def _take_routed(
        self, lines: Lines, group: Alike, route: Route | None, chosen: Sequence[int]
    ) -> list[int]:
        names = self._tellers(route, group.status, group.names)
        if names is None:
            return [group.rows[at] for at in chosen]
        key = (id(route), group.status, bool(group.names), names)
        if not names:
            return self._take_told(lines, group, (*key, ()), chosen)
        tellings: dict[tuple[str, ...], list[int]] = {}
        for at in chosen:
            headers = group.headers[at]
            tellings.setdefault(tuple([headers[name] for name in names]), []).append(at)
        return [
            number
            for told, having in tellings.items()
            for number in self._take_told(lines, group, (*key, told), having)
        ]

    def _take_told(self, lines: Lines, group: Alike, key: object, chosen: Sequence[int]) -> list[int]:
        """Put exchanges that are alike in all that is told around their bodies into their lane."""
        head = self._head(key, lines, group.rows[chosen[0]])
        if head is None:
            return [group.rows[at] for at in chosen]
        whole = len(chosen) == len(group.rows)
        rows = group.rows if whole else [group.rows[at] for at in chosen]
        bodies = group.bodies if whole else [group.bodies[at] for at in chosen]
        source, first, times = lines.source, lines.start, group.times
        orders: list[Order]
        if times is None:
            orders = [(True, "", source, first + row) for row in rows]
        else:
            moments = times if whole else [times[at] for at in chosen]
            orders = [(False, time, source, first + row) for time, row in zip(moments, rows, strict=True)]
        if head.lane is None:
            others = [at for at, body in enumerate(bodies) if bytes(body) in _NOTHING]
        else:
            texts = [lines.data[row] for row in rows]
            numbers = [lines.line + row for row in rows]
            pile = Pile(bodies, orders, texts, numbers, [group.quotes] * len(rows), texts)
            others = head.lane.take(pile, bare=False)
        if others:
            out = set(others)
            orders = [order for at, order in enumerate(orders) if at not in out]
        self._put(head, orders)
        return [rows[at] for at in others]

    def _head(self, key: object, lines: Lines, number: int) -> Head | None:
        if key not in self._heads:
            if len(self._heads) >= _KEPT:
                return None
            self._heads[key] = self._head_of(lines, number)
        return self._heads[key]

    def _put(self, head: Head, orders: Sequence[Order]) -> None:
        if orders:
            self.touched[id(head)] = head
            head.seen(orders)

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

    def only(self, method: str | None, urls: Sequence[str]) -> Route | None:
        """Return the route of all requests, where it is one."""
        if method is None:
            return None
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
