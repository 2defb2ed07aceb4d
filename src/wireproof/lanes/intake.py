"""Lines of a recording, read many at a time: each into its lane, or left for the ordinary reader.

Whatever is unusual about a line, in its bytes, its envelope, its URL or its headers, is left: the
ordinary reader and matcher decide.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

from wireproof.door import LIMITS, Limits
from wireproof.lanes.envelopes import alike, is_bare, parsed
from wireproof.lanes.paths import Paths
from wireproof.lanes.piles import Pile
from wireproof.lanes.ways import Way

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wireproof.contract import Operation
    from wireproof.evidence import Order
    from wireproof.lanes.envelopes import Alike
    from wireproof.lanes.lane import Head, Lane
    from wireproof.matching import Route
    from wireproof.readers.jsonlines import Lines

__all__ = ["Intake"]

_KEPT = 1 << 12
"""How many heads and layouts of headers are remembered."""
_MANY = 64
"""How many exchanges must come in one way to be decoded whole from then on."""
_MOST_WAYS = 6
"""How many ways are known at once; one that came a few at a time takes no other's place."""
_NOTHING = frozenset({b"null", b'""'})
"""Bodies that were not kept, or are empty."""


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
        self._paths = Paths(routes, any_host=any_host)
        self._only, self._may_be_bare, self._head_of, self._limits = only, bare, head_of, limits
        self._bare: Head | None = None
        self._ways: list[Way] = []
        self._came: dict[tuple[int, int], int] = {}
        self._heads: dict[object, Head | None] = {}
        self._telling: dict[tuple[int, int, tuple[str, ...]], tuple[str, ...] | None] = {}
        self.touched: dict[int, Head] = {}

    def sort(self, lines: Lines) -> list[int]:
        """Put lines into the lanes; return the numbers of those that are left, in order."""
        rows: Sequence[int] = range(len(lines.data))
        left: list[int] = []
        if max(map(len, lines.data)) > self._limits.size:
            left = [row for row in rows if len(lines.data[row]) > self._limits.size]
            rows = [row for row in rows if len(lines.data[row]) <= self._limits.size]
        for way in self._ways:
            if rows:
                rows = self._take_known(lines, way, rows)
        if not all(way.used for way in self._ways):
            self._ways = [way for way in self._ways if way.used]
        if not rows:
            return left
        bare = self._head_of_bare(lines, rows)
        if bare is not None and bare.lane is not None:
            rows = self._take_bare(lines, bare, bare.lane, rows)
        if rows:
            texts = lines.data if len(rows) == len(lines.data) else [lines.data[row] for row in rows]
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

    def _take_known(self, lines: Lines, way: Way, rows: Sequence[int]) -> Sequence[int]:
        """Put exchanges that came in a known way into their lane; return the numbers of the others."""
        whole = len(rows) == len(lines.data)
        taken = way.of(lines.data if whole else [lines.data[row] for row in rows])
        if way.route is not None and taken.rows and self._paths.only(way.method, taken.urls) is not way.route:
            of = self._paths.of
            taken = taken.at(
                [at for at, url in enumerate(taken.urls) if of(way.method or "", url) is way.route]
            )
        if not taken.rows:
            return rows
        assert way.head.lane is not None  # noqa: S101 - a way leads into a lane
        if len(taken.rows) == len(lines.data):
            chosen, texts, others = rows, lines.data, list[int]()
        else:
            chosen = [rows[at] for at in taken.rows]
            texts = [lines.data[row] for row in chosen]
            others = sorted(set(rows).difference(chosen))
        orders = _orders(lines, chosen, taken.times)
        numbers = list(map(lines.line.__add__, chosen))
        asked, quotes, escaped = _around(way.quotes, taken.urls, taken.sent, len(texts))
        pile = Pile(texts, orders, texts, numbers, quotes, texts, asked, escaped)
        way.head.lane.put(way.cast, taken.structs, pile)
        self._put(way.head, orders)
        return others

    def _learn(
        self, head: Head, lane: Lane, route: Route | None, group: Alike, told: Mapping[str, str]
    ) -> None:
        """Remember the ways in which many exchanges came, at once or by and by."""
        for cast in lane.casts if group.plain else ():
            if not cast.fresh or any(way.head is head and way.cast is cast for way in self._ways):
                continue
            key = (id(head), id(cast))
            self._came[key] = self._came.get(key, 0) + cast.fresh
            if cast.fresh >= _MANY or (self._came[key] >= _MANY and len(self._ways) < _MOST_WAYS):
                self._ways = [*self._ways, Way(head, route, group, told, cast)][-_MOST_WAYS:]
                del self._came[key]

    def _take_bare(self, lines: Lines, head: Head, lane: Lane, rows: Sequence[int]) -> list[int]:
        """Put bodies by themselves into their lane; return the numbers of the other lines."""
        orders = _orders(lines, rows, None)
        texts = lines.data if len(rows) == len(lines.data) else [lines.data[row] for row in rows]
        numbers = [lines.line + row for row in rows]
        none = [0] * len(rows)
        pile = Pile(texts, orders, texts, numbers, none, texts, [None] * len(rows), none)
        others = lane.take(pile, bare=True)
        taken = set(range(len(rows))).difference(others)
        self._put(head, [orders[at] for at in sorted(taken)] if others else orders)
        return [rows[at] for at in sorted(others)]

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
        if not names:
            return self._take_told(lines, group, route, {}, chosen)
        tellings: dict[tuple[str, ...], list[int]] = {}
        for at in chosen:
            headers = group.headers[at]
            tellings.setdefault(tuple([headers[name] for name in names]), []).append(at)
        left: list[int] = []
        for values, having in tellings.items():
            told = dict(zip(names, values, strict=True))
            left += self._take_told(lines, group, route, told, having)
        return left

    def _take_told(
        self,
        lines: Lines,
        group: Alike,
        route: Route | None,
        told: Mapping[str, str],
        chosen: Sequence[int],
    ) -> list[int]:
        """Put exchanges that are alike in all that is told around their bodies into their lane."""
        key = (id(route), group.status, bool(group.names), tuple(told.items()))
        head = self._head(key, lines, group.rows[chosen[0]])
        if head is None:
            return [group.rows[at] for at in chosen]
        whole = len(chosen) == len(group.rows)
        rows = group.rows if whole else [group.rows[at] for at in chosen]
        bodies = group.bodies if whole else [group.bodies[at] for at in chosen]
        times = group.times if whole or group.times is None else [group.times[at] for at in chosen]
        orders = _orders(lines, rows, times)
        if head.lane is None:
            others = [at for at, body in enumerate(bodies) if bytes(body) in _NOTHING]
        else:
            texts = lines.data if len(rows) == len(lines.data) else [lines.data[row] for row in rows]
            numbers = [lines.line + row for row in rows]
            urls = group.urls if whole or not group.urls else [group.urls[at] for at in chosen]
            sent = group.sent if whole or not group.sent else [group.sent[at] for at in chosen]
            asked, quotes, escaped = _around(group.quotes, urls, sent, len(rows))
            pile = Pile(bodies, orders, texts, numbers, quotes, texts, asked, escaped)
            others = head.lane.take(pile, bare=False)
            self._learn(head, head.lane, route, group, told)
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


def _around(
    quotes: int, urls: Sequence[str], sent: Sequence[Any], size: int
) -> tuple[Sequence[Any], Sequence[int], Sequence[int]]:
    """Return what was asked for in some exchanges, and the quotation marks around each body."""
    if not sent:
        asked = list(zip(urls, repeat(None), strict=False)) if urls else [None] * size
        return asked, [quotes] * size, [0] * size
    asked = [(url, one.value) for url, one in zip(urls, sent, strict=True)]
    return asked, [quotes + one.quotes for one in sent], [one.escaped for one in sent]


def _orders(lines: Lines, rows: Sequence[int], times: Sequence[str] | None) -> list[Order]:
    """Return the keys that sort some lines."""
    untimed = times is None
    numbers = map(lines.start.__add__, rows)
    return list(zip(repeat(untimed), times or repeat(""), repeat(lines.source), numbers, strict=False))
