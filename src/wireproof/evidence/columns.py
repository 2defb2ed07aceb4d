"""Counts many answers at once, by columns: the values of one member in all of them, as one list.

Answers with the same members are grouped; what is counted of a column is counted in C.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import UNSET, Struct, UnsetType

from wireproof.evidence.classes import (
    all_of,
    class_of,
    number_class,
    number_classes,
    schema_of,
)
from wireproof.evidence.members import members
from wireproof.evidence.mould import Usual
from wireproof.evidence.place import VALUES
from wireproof.evidence.rows import Rows
from wireproof.redact import Display, is_data

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wireproof.evidence.mould import Mould
    from wireproof.evidence.outline import Outline
    from wireproof.evidence.place import Order, Place
    from wireproof.evidence.rows import Batch

__all__ = ["Columns", "strings_in"]

DEEPEST = 48
"""How many levels of a body are counted."""
_STRANGE_LEVELS = 2
"""How many levels below a member that no schema names are counted."""
_REMEMBERED = 1 << 12
_SHORT = 1 << 8
"""Longer strings are not remembered: as many might take gigabytes."""
_NONE: frozenset[str] = frozenset()
_WORDY = frozenset({"integer text", "number text", "percent", "told apart", "word"})
"""The classes in which a string may be told apart although the contract does not name it."""
_EXACT = 1 << 53
_LONGEST = 40
_GLANCE = 16
"""How many strings are looked at to guess the class of all."""


class _Below(NamedTuple):
    """What is known of the values of a place before they come.

    The names that the contract gives them, how many levels are counted, and what decoding made of them.
    """

    outline: Outline
    depth: int
    mould: Mould | None = None


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
        self._usual: dict[Place, str] = {}
        self._mixed: set[Place] = set()
        self.watched: set[Place] = set()
        """The places whose columns a batch hands on."""
        self._kinds: dict[type, Callable[[Place, Any, Rows, _Below], None]] = {
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
        rows = Rows(batch, size, lambda: range(size))
        self._column(root, bodies, rows, _Below(outline, DEEPEST, mould))

    def _column(self, place: Place, values: Sequence[Any], rows: Rows, below: _Below) -> None:
        place.seen += rows.size
        place.sighted(*rows.ends)
        place.spread(rows.batch.level, rows.counts)
        mould = below.mould
        if mould is not None:
            if mould.path is not None:
                rows.batch.wanted[mould.path] = (values, rows.at)
            if mould.plain:
                mould, below = None, _Below(below.outline, below.depth)
            elif not mould.textual:
                _checked(mould, values, rows)
        elif place in self.watched:
            rows.batch.watched[place] = (values, rows.at)
        kind = mould.kind if mould is not None else below.outline.kind if rows.batch.sure else None
        if kind is not None:
            self._count_of(kind)(place, values, rows, below)
            return
        kinds = set(map(type, values))
        if len(kinds) == 1:
            self._count_of(kinds.pop())(place, values, rows, below)
            return
        for kind in sorted(kinds, key=lambda kind: kind.__name__):
            part = [value for value in values if type(value) is kind]
            self._count_of(kind)(place, part, rows.where(values, kind, len(part)), below)

    def _count_of(self, kind: type) -> Callable[[Place, Any, Rows, _Below], None]:
        return self._kinds.get(kind, self._structs)

    def _structs(self, place: Place, values: Sequence[Any], rows: Rows, below: _Below) -> None:
        _typed(place, "object", rows.size)
        if below.mould is None:
            return
        named = below.mould.members
        left = rows.size
        for name, get, optional, mould in named:
            column, source = list(map(get, values)), rows
            if optional and UnsetType in set(map(type, column)):
                at = [row for row, value in enumerate(column) if value is not UNSET]
                left = min(left, rows.size - len(at))
                if not at:
                    continue
                column, source = list(map(column.__getitem__, at)), rows.chosen(at)
            else:
                left = 0
            self._member(place, (name, column, source), below, mould)
        if left > 0 and all(member.optional for member in named):
            got = [member.get for member in named]
            place.empty += sum(all(get(value) is UNSET for get in got) for value in values)

    def _member(
        self,
        place: Place,
        found: tuple[str, Sequence[Any], Rows],
        below: _Below,
        mould: Mould | None = None,
    ) -> None:
        """Count a member of the objects at a place: its name, its values and their rows."""
        name, column, source = found
        source.batch.strings += source.size
        outline, depth, _ = below
        if not depth:
            source.batch.strings += sum(map(strings_in, column))
            return
        if name in outline.named:
            self._column(place.child(name), column, source, _Below(outline.member(name), depth - 1, mould))
        elif outline.free:
            self._column(place.other(), column, source, _Below(outline.others(), depth - 1, mould))
        else:
            told = not is_data(name) and place.stranger(name)
            child = place.child(name) if told else place.other()
            levels = min(depth - 1, _STRANGE_LEVELS)
            self._column(child, column, source, _Below(outline.nothing, levels, mould))

    def _objects(self, place: Place, values: Sequence[dict[str, Any]], rows: Rows, below: _Below) -> None:
        _typed(place, "object", rows.size)
        for found in members(place, values, rows):
            self._member(place, found, below)

    def _arrays(self, place: Place, values: Sequence[list[Any]], rows: Rows, below: _Below) -> None:
        _typed(place, "array", rows.size)
        lengths = list(map(len, values))
        place.empty += lengths.count(0)
        place.sized(min(lengths), max(lengths))
        items = list(chain.from_iterable(values))
        if items and not below.depth:
            rows.batch.strings += sum(map(strings_in, items))
        elif items:
            source = rows.times(lengths, len(items))
            mould = below.mould.items if below.mould is not None else None
            inside = _Below(below.outline.items(), below.depth - 1, mould)
            self._column(place.item(), items, source, inside)

    def _strings(self, place: Place, values: Sequence[str], rows: Rows, below: _Below) -> None:
        _typed(place, "string", rows.size)
        rows.batch.strings += rows.size
        mould = below.mould
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
            kind = self._usual.get(place)
            if kind is not None and kind not in self._words:
                also = mould.also(kind) if mould.also is not None else ()
                check = self._compiled(
                    {"items": {"allOf": [schema_of(kind), *mould.unproved, *also]}}
                ).is_valid
                mould.usual = Usual(kind, check, told=bool(also))

    def _classed(self, place: Place, values: Sequence[str], rows: Rows) -> None:
        """Count strings by class, those that are told apart by themselves."""
        usual = self._usual.get(place)
        if usual is None and place not in self._mixed:
            usual = self._guessed(values)
        if usual is not None:
            if self._is_all(usual, values):
                self._usual[place] = usual
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
            self._usual[place] = found.pop()
        elif not _WORDY.isdisjoint(found):
            self._mixed.add(place)

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

    def _one_by_one(self, place: Place, values: Sequence[str], rows: Rows) -> set[str]:
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
        if len(text) <= _SHORT:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[text] = known
        return known

    def _integers(self, place: Place, values: Sequence[int], rows: Rows, _below: object) -> None:
        _typed(place, "integer", rows.size)
        self._numbers(place, values, rows)

    def _floats(self, place: Place, values: Sequence[float], rows: Rows, _below: object) -> None:
        whole = sum(map(float.is_integer, values))
        if whole:
            _typed(place, "integer", whole)
        if whole < rows.size:
            _typed(place, "number", rows.size - whole)
        self._numbers(place, values, rows)

    def _numbers(self, place: Place, values: Sequence[float], rows: Rows) -> None:
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

    def _booleans(self, place: Place, values: Sequence[bool], rows: Rows, _below: object) -> None:
        _typed(place, "boolean", rows.size)
        firsts = _Firsts(values, rows)
        for value, text in ((True, "true"), (False, "false")):
            count = values.count(value)
            if count:
                place.valued(text, count, firsts.of(place, text, value))


def strings_in(value: Any) -> int:
    """Return how many strings a value holds, the names of members included."""
    kind = type(value)
    if kind is str:
        return 1
    if kind is dict:
        return len(value) + sum(map(strings_in, value.values()))
    if kind is list:
        return sum(map(strings_in, value))
    if isinstance(value, Struct):
        members = [getattr(value, name) for name in value.__struct_fields__]
        return sum(member is not UNSET for member in members) + sum(map(strings_in, members))
    return 0


def _checked(mould: Mould, values: Sequence[Any], rows: Rows) -> None:
    """Note the rows of values that decode, but do not fit."""
    check = mould.check
    if check is not None and not check(values):
        for value, row in zip(values, rows.at, strict=True):
            if not check([value]):
                rows.batch.refused.setdefault(row, []).append((mould, value))


def _nulls(place: Place, _values: Sequence[None], rows: Rows, _below: object) -> None:
    _typed(place, "null", rows.size)


def _typed(place: Place, kind: str, count: int) -> None:
    place.types[kind] = place.types.get(kind, 0) + count


def _number_text(value: int | float) -> str:  # noqa: PYI041 - they are told apart here
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    text = str(value)
    return text if len(text) <= _LONGEST else f"integer of {len(text)} digits"


class _Firsts:
    """The first sighting of each value of a column, looked for where it may matter."""

    def __init__(self, values: Sequence[Any], rows: Rows) -> None:
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
