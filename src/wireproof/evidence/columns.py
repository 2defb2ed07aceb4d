"""Counts many answers at once, by columns: the values of one member in all of them, as one list.

Answers with the same members are grouped; what is counted of a column is counted in C.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from functools import cached_property
from itertools import chain, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType

from wireproof.evidence.classes import (
    all_of,
    class_of,
    number_class,
    number_classes,
    schema_of,
)
from wireproof.evidence.mould import Usual
from wireproof.evidence.place import VALUES
from wireproof.redact import Display, is_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from wireproof.evidence.mould import Mould
    from wireproof.evidence.outline import Outline
    from wireproof.evidence.place import Order, Place

__all__ = ["Batch", "Columns"]

DEEPEST = 48
"""How many levels of a body are counted."""
_FEW_GROUPS = 4
_STRANGE_LEVELS = 2
"""How many levels below a member that no schema names are counted."""
_REMEMBERED = 1 << 12
_NONE: frozenset[str] = frozenset()
_WORDY = frozenset({"integer text", "number text", "percent", "told apart", "word"})
"""The classes in which a string may be told apart although the contract does not name it."""
_EXACT = 1 << 53
_LONGEST = 40
_GLANCE = 16
"""How many strings are looked at to guess the class of all."""


class Batch:
    """Some answers of one operation in the order of their sightings: that order, and the time of each.

    `sure` says that all of them fit their schema: then its types need no second look.
    """

    def __init__(
        self, orders: Sequence[Order], moment_of: Callable[[Order], int], level: int, *, sure: bool
    ) -> None:
        self.orders = orders
        self.size = len(orders)
        self.level = level
        self.sure = sure
        self.strings = 0
        self.watched: dict[int, tuple[Sequence[Any], Sequence[int]]] = {}
        self.wanted: dict[tuple[str, ...], tuple[Sequence[Any], Sequence[int]]] = {}
        self.refused: dict[int, list[tuple[Mould, Any]]] = {}
        self.expected: set[tuple[str, ...]] = set()
        self._moment_of = moment_of
        self.stretch = self._stretch(orders[0])
        first, last = orders[0], orders[-1]
        self._steady = first[0] == last[0] and (not first[0] or first[2] == last[2])
        self.single = self._steady and self.stretch == self._stretch(last)

    def spread_over(self, series: Iterable[int], most: int) -> None:
        """Make the stretches of time longer until no more than `most` came, those of a series among them."""
        if self.single:
            return
        known, came = set(series), {stretch for stretch, _ in self.stretches}
        while len(known | came) > most:
            known, came = {one >> 1 for one in known}, {one >> 1 for one in came}
            self.level += 1
        self.stretch = self._stretch(self.orders[0])
        self.single = self._steady and len(came) == 1
        self.__dict__.pop("stretches", None)

    @cached_property
    def stretches(self) -> list[tuple[int, int]]:
        """Return the stretches of time that the answers are in, each with the number of its last answer."""
        if not self._steady:  # some have no time: their numbers begin anew with each source
            return [(self._stretch(order), row) for row, order in enumerate(self.orders)]
        found = []
        row = 0
        while row < self.size:
            stretch = self._stretch(self.orders[row])
            row = bisect(self.orders, stretch, row, key=self._stretch)
            found.append((stretch, row - 1))
        return found

    def _stretch(self, order: Order) -> int:
        return self._moment_of(order) >> self.level


class _Rows:
    """Which answers of a batch the values of a column come from, one by one, in their order.

    `at` returns all of them; `ends` the first and the last, for columns where that takes less.
    """

    def __init__(
        self,
        batch: Batch,
        size: int,
        at: Callable[[], Sequence[int]],
        ends: Callable[[], tuple[int, int]] | None = None,
    ) -> None:
        self.batch, self.size, self._at, self._ends = batch, size, at, ends

    @cached_property
    def at(self) -> Sequence[int]:
        return self._at()

    @cached_property
    def first_and_last(self) -> tuple[int, int]:
        if self._ends is not None:
            return self._ends()
        at = self.at
        return at[0], at[-1]

    @cached_property
    def ends(self) -> tuple[Order, Order]:
        first, last = self.first_and_last
        return self.batch.orders[first], self.batch.orders[last]

    @cached_property
    def counts(self) -> Mapping[int, int]:
        if self.batch.single:
            return {self.batch.stretch: self.size}
        counts: dict[int, int] = {}
        begun = 0
        for stretch, last in self.batch.stretches:
            end = bisect(self.at, last)
            if end > begun:
                counts[stretch] = counts.get(stretch, 0) + end - begun
            begun = end
        return counts

    def where(self, values: Sequence[Any], kind: type, size: int) -> _Rows:
        """Return the rows of the values of one type."""

        def ends() -> tuple[int, int]:
            types = list(map(type, values))
            first, last = types.index(kind), len(types) - 1 - types[::-1].index(kind)
            return self.at[first], self.at[last]

        return _Rows(
            self.batch,
            size,
            lambda: [row for row, one in zip(self.at, values, strict=True) if type(one) is kind],
            ends,
        )

    def times(self, lengths: Sequence[int], size: int) -> _Rows:
        """Return the rows with each repeated as often as its array has items."""

        def ends() -> tuple[int, int]:
            first = next(row for row, length in zip(self.at, lengths, strict=True) if length)
            last = next(
                row for row, length in zip(reversed(self.at), reversed(lengths), strict=True) if length
            )
            return first, last

        return _Rows(self.batch, size, lambda: list(chain.from_iterable(map(repeat, self.at, lengths))), ends)

    def chosen(self, numbers: Sequence[int]) -> _Rows:
        """Return some of the rows, given their numbers in order."""
        whole = range(self.batch.size)
        return _Rows(
            self.batch,
            len(numbers),
            lambda: numbers if self.at == whole else list(map(self.at.__getitem__, numbers)),
            lambda: (self.at[numbers[0]], self.at[numbers[-1]]),
        )


class Columns:
    """Counts batches of answers into places; `words` are the strings that may be told apart.

    `compiled` makes a validator of a schema.
    """

    def __init__(self, words: frozenset[str], compiled: Callable[[Mapping[str, Any]], Any]) -> None:
        self._compiled = compiled
        self._display = Display(words)
        self._words: dict[str, set[str]] = {}
        for word in words:
            self._words.setdefault(class_of(word), set()).add(word)
        self._known: dict[str, tuple[bool, str]] = {}
        self._usual: dict[int, str] = {}
        self.watched: set[int] = set()
        """The places whose columns a batch hands on."""
        self._kinds: dict[type, Callable[[Place, Any, _Rows, Outline, int, Mould | None], None]] = {
            dict: self._objects,
            list: self._arrays,
            str: self._strings,
            int: self._integers,
            float: self._floats,
            bool: self._booleans,
            type(None): _nulls,
        }

    def count(
        self, root: Place, outline: Outline, bodies: list[Any], batch: Batch, mould: Mould | None = None
    ) -> None:
        """Count the bodies of a batch, structs where a mould says of which kind.

        `batch.strings` grows by the strings in them, names included; `batch.refused` holds the rows
        of structs in which a value does not fit after all.
        """
        size = len(bodies)
        self._column(root, bodies, _Rows(batch, size, lambda: range(size)), outline, DEEPEST, mould)

    def _column(
        self,
        place: Place,
        values: Sequence[Any],
        rows: _Rows,
        outline: Outline,
        depth: int,
        mould: Mould | None = None,
    ) -> None:
        place.seen += rows.size
        place.sighted(*rows.ends)
        place.spread(rows.batch.level, rows.counts)
        if mould is not None:
            if mould.path is not None:
                rows.batch.wanted[mould.path] = (values, rows.at)
            if mould.plain:
                mould = None
            elif not mould.textual:
                _checked(mould, values, rows)
        elif id(place) in self.watched:
            rows.batch.watched[id(place)] = (values, rows.at)
        kind = mould.kind if mould is not None else outline.kind if rows.batch.sure else None
        if kind is not None:
            self._count_of(kind)(place, values, rows, outline, depth, mould)
            return
        kinds = set(map(type, values))
        if len(kinds) == 1:
            self._count_of(kinds.pop())(place, values, rows, outline, depth, mould)
            return
        for kind in sorted(kinds, key=lambda kind: kind.__name__):
            part = [value for value in values if type(value) is kind]
            self._count_of(kind)(place, part, rows.where(values, kind, len(part)), outline, depth, mould)

    def _count_of(self, kind: type) -> Callable[[Place, Any, _Rows, Outline, int, Mould | None], None]:
        return self._kinds.get(kind, self._structs)

    def _structs(
        self,
        place: Place,
        values: Sequence[Any],
        rows: _Rows,
        outline: Outline,
        depth: int,
        mould: Mould | None,
    ) -> None:
        _typed(place, "object", rows.size)
        if mould is None or not depth:
            return
        left = rows.size
        for name, get, optional, below in mould.members:
            column, source = list(map(get, values)), rows
            if optional and UnsetType in set(map(type, column)):
                at = [row for row, value in enumerate(column) if value is not UNSET]
                left -= len(at) if left else 0
                if not at:
                    continue
                column, source = list(map(column.__getitem__, at)), rows.chosen(at)
            else:
                left = 0
            self._member(place, name, column, source, outline, depth, below)
        if left > 0 and all(member.optional for member in mould.members):
            got = [member.get for member in mould.members]
            place.empty += sum(all(get(value) is UNSET for get in got) for value in values)

    def _member(
        self,
        place: Place,
        name: str,
        column: Sequence[Any],
        source: _Rows,
        outline: Outline,
        depth: int,
        mould: Mould | None = None,
    ) -> None:
        source.batch.strings += source.size
        if not depth:
            return
        if name in outline.named:
            self._column(place.child(name), column, source, outline.member(name), depth - 1, mould)
        elif outline.free:
            self._column(place.other(), column, source, outline.others(), depth - 1, mould)
        else:
            told = not is_data(name) and place.stranger(name)
            child = place.child(name) if told else place.other()
            self._column(child, column, source, outline.nothing, min(depth - 1, _STRANGE_LEVELS), mould)

    def _objects(
        self,
        place: Place,
        values: Sequence[dict[str, Any]],
        rows: _Rows,
        outline: Outline,
        depth: int,
        _mould: Mould | None,
    ) -> None:
        _typed(place, "object", rows.size)
        for name, column, source in self._members(place, values, rows):
            self._member(place, name, column, source, outline, depth)

    def _members(
        self, place: Place, values: Sequence[dict[str, Any]], rows: _Rows
    ) -> Iterator[tuple[str, Sequence[Any], _Rows]]:
        """Yield each member's name, its values in all objects, and their rows."""
        layouts = list(map(tuple, values))
        names = layouts[0]
        if len(set(layouts)) == 1:
            if names:
                for name, column in zip(names, zip(*map(dict.values, values), strict=True), strict=True):
                    yield name, column, rows
            else:
                place.empty += len(values)
            return
        groups = _groups(layouts)
        place.empty += len(groups.pop((), ()))
        if len(groups) * _FEW_GROUPS > len(values):
            yield from _one_name_at_a_time(groups, values, rows)
        else:
            yield from _group_by_group(groups, values, rows)

    def _arrays(
        self,
        place: Place,
        values: Sequence[list[Any]],
        rows: _Rows,
        outline: Outline,
        depth: int,
        mould: Mould | None,
    ) -> None:
        _typed(place, "array", rows.size)
        lengths = list(map(len, values))
        place.empty += lengths.count(0)
        place.sized(min(lengths), max(lengths))
        items = list(chain.from_iterable(values))
        if items and depth:
            source = rows.times(lengths, len(items))
            below = mould.items if mould is not None else None
            self._column(place.item(), items, source, outline.items(), depth - 1, below)

    def _strings(
        self,
        place: Place,
        values: Sequence[str],
        rows: _Rows,
        _outline: Outline,
        _depth: int,
        mould: Mould | None,
    ) -> None:
        _typed(place, "string", rows.size)
        rows.batch.strings += rows.size
        if mould is not None and mould.textual:
            usual = mould.usual
            if usual is not None and usual.check(values):
                place.classified(usual.kind, rows.size, rows.ends[0])
                if usual.told and mould.path is not None:
                    rows.batch.expected.add(mould.path)
                return
            _checked(mould, values, rows)
        self._classed(place, values, rows)
        if mould is not None and mould.textual and mould.usual is None:
            kind = self._usual.get(id(place))
            if kind is not None and kind not in self._words:
                also = mould.also(kind) if mould.also is not None else ()
                check = self._compiled(
                    {"items": {"allOf": [schema_of(kind), *mould.unproved, *also]}}
                ).is_valid
                mould.usual = Usual(kind, check, told=bool(also))

    def _classed(self, place: Place, values: Sequence[str], rows: _Rows) -> None:
        """Count strings by class, those that are told apart by themselves."""
        usual = self._usual.get(id(place)) or self._guessed(values)
        if usual is not None:
            if self._is_all(usual, values):
                self._usual[id(place)] = usual
                place.classified(usual, rows.size, rows.ends[0])
                return
            empty = values.count("")
            if empty:
                kept = list(filter(None, values))
                if kept and self._is_all(usual, kept):
                    place.empty += empty
                    firsts = _Firsts([usual if value else "" for value in values], rows)
                    place.classified("empty", empty, firsts.of_class(place, "empty", ""))
                    place.classified(usual, len(kept), firsts.of_class(place, usual, usual))
                    return
        found = self._one_by_one(place, values, rows) - {"empty"}
        if len(found) == 1 and _WORDY.isdisjoint(found):
            self._usual[id(place)] = found.pop()

    def _guessed(self, values: Sequence[str]) -> str | None:
        """Return the class that all strings may have, judged by a few of them."""
        kinds = set(map(class_of, values[:_GLANCE]))
        kind = kinds.pop()
        return (
            kind if not kinds and kind not in _WORDY and kind != "empty" and len(values) > _GLANCE else None
        )

    def _is_all(self, kind: str, values: Sequence[str]) -> bool:
        """Return whether all strings are of one class, and none is one that may be told apart."""
        if not all_of(kind, values):
            return False
        words = self._words.get(kind)
        return words is None or words.isdisjoint(values)

    def _one_by_one(self, place: Place, values: Sequence[str], rows: _Rows) -> set[str]:
        """Count strings that are told apart, the others by class; return the classes met."""
        found = set()
        firsts = _Firsts(values, rows)
        for text, count in Counter(values).items():
            known = self._known.get(text) or self._looked_at(text)
            if known[0]:
                found.add("told apart")
                if place.values is not None:
                    place.valued(known[1], count, firsts.of(place, known[1], text))
            else:
                found.add(known[1])
                if not text:
                    place.empty += count
                place.classified(known[1], count, firsts.of_class(place, known[1], text))
        return found

    def _looked_at(self, text: str) -> tuple[bool, str]:
        """Return whether a string is told apart, and its text as a report shows it, or its class."""
        kind = class_of(text)
        told_apart = (kind in _WORDY or text in self._words.get(kind, _NONE)) and self._display.names(text)
        known = (True, f'"{text}"') if told_apart else (False, kind)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[text] = known
        return known

    def _integers(self, place: Place, values: Sequence[int], rows: _Rows, *_: object) -> None:
        _typed(place, "integer", rows.size)
        self._numbers(place, values, rows)

    def _floats(self, place: Place, values: Sequence[float], rows: _Rows, *_: object) -> None:
        whole = sum(map(float.is_integer, values))
        if whole:
            _typed(place, "integer", whole)
        if whole < rows.size:
            _typed(place, "number", rows.size - whole)
        self._numbers(place, values, rows)

    def _numbers(self, place: Place, values: Sequence[float], rows: _Rows) -> None:
        low, high = min(values), max(values)
        place.bounded(low, high)
        kind = number_class(high)
        if kind == number_class(low):
            place.classified(kind, rows.size, rows.ends[0])
        else:
            classes = number_classes(values)
            firsts = _Firsts(classes, rows)
            for kind, count in Counter(classes).items():
                place.classified(kind, count, firsts.of_class(place, kind, kind))
        if place.values is not None:
            counts = Counter(values)
            if len(counts) > VALUES:
                place.values = None
                return
            firsts = _Firsts(values, rows)
            for value, count in counts.items():
                text = _number_text(value)
                place.valued(text, count, firsts.of(place, text, value))

    def _booleans(self, place: Place, values: Sequence[bool], rows: _Rows, *_: object) -> None:
        _typed(place, "boolean", rows.size)
        firsts = _Firsts(values, rows)
        for value, text in ((True, "true"), (False, "false")):
            count = values.count(value)
            if count:
                place.valued(text, count, firsts.of(place, text, value))


def _checked(mould: Mould, values: Sequence[Any], rows: _Rows) -> None:
    """Note the rows of values that decode, but do not fit."""
    check = mould.check
    if check is not None and not check(values):
        for value, row in zip(values, rows.at, strict=True):
            if not check([value]):
                rows.batch.refused.setdefault(row, []).append((mould, value))


def _nulls(place: Place, _values: Sequence[None], rows: _Rows, *_: object) -> None:
    _typed(place, "null", rows.size)


def _typed(place: Place, kind: str, count: int) -> None:
    place.types[kind] = place.types.get(kind, 0) + count


def _groups(layouts: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], list[int]]:
    """Return the numbers of the objects of each layout."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, layout in enumerate(layouts):
        if layout in groups:
            groups[layout].append(number)
        else:
            groups[layout] = [number]
    return groups


def _group_by_group(
    groups: Mapping[tuple[str, ...], Sequence[int]], values: Sequence[dict[str, Any]], rows: _Rows
) -> Iterator[tuple[str, Sequence[Any], _Rows]]:
    """Yield the members of objects of a few layouts."""
    columns: dict[str, tuple[tuple[int, ...], list[tuple[Any, ...]]]] = {}
    for group, (layout, numbers) in enumerate(groups.items()):
        members = zip(*map(dict.values, map(values.__getitem__, numbers)), strict=True)
        for name, column in zip(layout, members, strict=True):
            having, parts = columns.get(name, ((), []))
            parts.append(column)
            columns[name] = ((*having, group), parts)
    listed = list(groups.values())
    sources: dict[tuple[int, ...], tuple[list[int], _Rows]] = {}
    for name, (having, parts) in columns.items():
        if having not in sources:
            numbers = sorted(chain.from_iterable(listed[group] for group in having))
            sources[having] = (numbers, rows.chosen(numbers))
        source = sources[having]
        yield name, parts[0] if len(parts) == 1 else _members_of(name, values, source[0]), source[1]


def _one_name_at_a_time(
    groups: Mapping[tuple[str, ...], Sequence[int]], values: Sequence[dict[str, Any]], rows: _Rows
) -> Iterator[tuple[str, Sequence[Any], _Rows]]:
    """Yield the members of objects that have hardly two the same names."""
    having: dict[str, list[int]] = {}
    for layout, numbers in groups.items():
        for name in layout:
            having.setdefault(name, []).extend(numbers)
    for name, numbers in having.items():
        numbers.sort()
        yield name, _members_of(name, values, numbers), rows.chosen(numbers)


def _members_of(name: str, values: Sequence[dict[str, Any]], numbers: Sequence[int]) -> list[Any]:
    return [values[number][name] for number in numbers]


def _number_text(value: int | float) -> str:  # noqa: PYI041 - they are told apart here
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    text = str(value)
    return text if len(text) <= _LONGEST else f"integer of {len(text)} digits"


class _Firsts:
    """The first sighting of each value of a column, looked for where it may matter."""

    def __init__(self, values: Sequence[Any], rows: _Rows) -> None:
        self._values, self._rows = values, rows

    def of(self, place: Place, text: str, value: Any) -> Order:
        """Return the first sighting of a value, or any later than the one that is known already."""
        first = self._rows.ends[0]
        known = (place.values or {}).get(text)
        if known is not None and known[1] <= first:
            return first
        return self._rows.batch.orders[self._at[value]]

    def of_class(self, place: Place, kind: str, found: Any) -> Order:
        """Return the same for the class that a value has."""
        first = self._rows.ends[0]
        known = place.classes.get(kind)
        if known is not None and known[1] <= first:
            return first
        return self._rows.batch.orders[self._at[found]]

    @cached_property
    def _at(self) -> dict[Any, int]:
        rows = sorted(zip(self._rows.at, self._values, strict=True), key=itemgetter(0), reverse=True)
        return {value: row for row, value in rows}
