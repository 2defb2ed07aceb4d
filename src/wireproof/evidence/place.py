"""What is known of one place: exact counts, bounded, and the same whatever the order or the split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["BUCKETS", "STRANGERS", "VALUES", "Order", "Place"]

VALUES = 64
"""How many distinct values of a place are told apart; with more, none is."""
STRANGERS = 64
"""How many members that no schema names are told apart in one object; with more, none is."""
BUCKETS = 64
"""Into how many stretches of time an operation's evidence is divided, at most."""

_EXACT = 1 << 53

Order = tuple[bool, str, str, int]
"""The key that sorts sightings: untimed last, time, source, index."""


class Place:
    """Counts of all values that came at one place of an operation's answers.

    `seen` counts the values; `types` them by JSON type; `empty` the empty strings, arrays and
    objects.  `values` counts words that the contract names, booleans and numbers by their text,
    each with its first sighting, and is None where there were more than `VALUES`.  `classes`
    counts all other strings by what they look like, and numbers by their magnitude.  `low` and
    `high` bound the numbers, `shortest` and `longest` the arrays.  `series`
    counts the values over time, in stretches of 2 to the power of `level` seconds (of records,
    where the records have no time).
    """

    __slots__ = (
        "children",
        "classes",
        "empty",
        "first",
        "high",
        "items",
        "last",
        "level",
        "longest",
        "low",
        "others",
        "seen",
        "series",
        "shortest",
        "strangers",
        "types",
        "values",
    )

    def __init__(self) -> None:
        self.seen = 0
        self.types: dict[str, int] = {}
        self.empty = 0
        self.values: dict[str, tuple[int, Order]] | None = {}
        self.classes: dict[str, tuple[int, Order]] = {}
        self.low: float | int | None = None
        self.high: float | int | None = None
        self.shortest: int | None = None
        self.longest: int | None = None
        self.first: Order | None = None
        self.last: Order | None = None
        self.series: dict[int, int] = {}
        self.level = 0
        self.children: dict[str, Place] = {}
        self.strangers: set[str] | None = set()
        self.items: Place | None = None
        self.others: Place | None = None

    def sighted(self, first: Order, last: Order) -> None:
        """Widen the first and last sighting."""
        if self.first is None or first < self.first:
            self.first = first
        if self.last is None or last > self.last:
            self.last = last

    def typed(self, kind: str, count: int) -> None:
        """Count values of one JSON type."""
        self.types[kind] = self.types.get(kind, 0) + count

    def bounded(self, low: float, high: float) -> None:
        """Widen the bounds of the numbers; of equal ones the whole number counts, however it was written."""
        low, high = _whole(low), _whole(high)
        if self.low is None or low < self.low or (low == self.low and type(low) is int):
            self.low = low
        if self.high is None or high > self.high or (high == self.high and type(high) is int):
            self.high = high

    def sized(self, shortest: int, longest: int) -> None:
        """Widen the bounds of the lengths."""
        if self.shortest is None or shortest < self.shortest:
            self.shortest = shortest
        if self.longest is None or longest > self.longest:
            self.longest = longest

    def valued(self, text: str, count: int, first: Order) -> None:
        """Count a value that is told apart."""
        if self.values is None:
            return
        known = self.values.get(text)
        if known is None:
            if len(self.values) == VALUES:
                self.values = None
                return
            self.values[text] = (count, first)
        else:
            self.values[text] = (known[0] + count, min(known[1], first))

    def classified(self, kind: str, count: int, first: Order) -> None:
        """Count values of one class."""
        known = self.classes.get(kind)
        self.classes[kind] = (count, first) if known is None else (known[0] + count, min(known[1], first))

    def spread(self, level: int, counts: Mapping[int, int]) -> None:
        """Count values over time, in stretches of one level."""
        if level < self.level:
            counts = _coarser(counts, self.level - level)
        elif level > self.level:
            self.coarsen(level)
        series = self.series
        for stretch, count in counts.items():
            series[stretch] = series.get(stretch, 0) + count

    def coarsen(self, level: int) -> None:
        """Make the stretches of time longer."""
        if level > self.level:
            self.series = _coarser(self.series, level - self.level)
            self.level = level

    def settle(self) -> None:
        """Bring the root's stretches down to their greatest number, as few steps as it takes."""
        while len(self.series) > BUCKETS:
            self.coarsen(self.level + 1)

    def stranger(self, name: str) -> bool:
        """Return whether a member that no schema names is told apart; where not, all are put together."""
        if self.strangers is None:
            return False
        if name not in self.strangers:
            if len(self.strangers) == STRANGERS:
                self._collapse()
                return False
            self.strangers.add(name)
        return True

    def _collapse(self) -> None:
        names, self.strangers = self.strangers or set(), None
        for name in sorted(names):
            self.other().merge(self.children.pop(name, Place()))

    def child(self, name: str) -> Place:
        """Return the place of a member."""
        known = self.children.get(name)
        if known is None:
            known = self.children[name] = Place()
        return known

    def item(self) -> Place:
        """Return the place of an array's items."""
        if self.items is None:
            self.items = Place()
        return self.items

    def other(self) -> Place:
        """Return the place of all members whose names are not told apart."""
        if self.others is None:
            self.others = Place()
        return self.others

    def merge(self, other: Place) -> None:
        """Count all that another place has counted; the order of merging does not matter."""
        self.seen += other.seen
        self.empty += other.empty
        for name, count in other.types.items():
            self.types[name] = self.types.get(name, 0) + count
        for kind, (count, first) in other.classes.items():
            self.classified(kind, count, first)
        if other.low is not None and other.high is not None:
            self.bounded(other.low, other.high)
        if other.shortest is not None and other.longest is not None:
            self.sized(other.shortest, other.longest)
        if other.first is not None and other.last is not None:
            self.sighted(other.first, other.last)
        if other.values is None:
            self.values = None
        for text, (count, first) in (other.values or {}).items():
            self.valued(text, count, first)
        self.spread(other.level, other.series)
        self._merge_members(other)

    def _merge_members(self, other: Place) -> None:
        if other.strangers is None and self.strangers is not None:
            self._collapse()
        theirs = other.strangers or set()
        for name, place in other.children.items():
            told = self.stranger(name) if name in theirs else True
            (self.child(name) if told else self.other()).merge(place)
        if other.items is not None:
            self.item().merge(other.items)
        if other.others is not None:
            self.other().merge(other.others)

    def walk(self, pointer: str = "") -> Iterator[tuple[str, Place, Place | None]]:
        """Iterate over this place and all below it: JSON Pointer template, place, the place that holds it."""
        waiting: list[tuple[str, Place, Place | None]] = [(pointer, self, None)]
        while waiting:
            at, place, parent = waiting.pop()
            yield at, place, parent
            below = [
                (f"{at}/{name.replace('~', '~0').replace('/', '~1')}", child, place)
                for name, child in sorted(place.children.items(), reverse=True)
            ]
            if place.others is not None:
                below.append((f"{at}/*", place.others, place))
            if place.items is not None:
                below.append((f"{at}/*", place.items, place))
            waiting.extend(below)

    def __getstate__(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        for name, value in zip(self.__slots__, state, strict=True):
            setattr(self, name, value)


def _whole(number: float) -> float:
    """Return a number as an integer where a float has just that one: 1.0 is 1, and -0.0 no other than 0."""
    return int(number) if type(number) is float and number.is_integer() and abs(number) < _EXACT else number


def _coarser(counts: Mapping[int, int], by: int) -> dict[int, int]:
    longer: dict[int, int] = {}
    for stretch, count in counts.items():
        longer[stretch >> by] = longer.get(stretch >> by, 0) + count
    return longer
