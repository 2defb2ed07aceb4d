"""Counts many answers at once, by columns: the values of one member in all of them, as one list.

Answers with the same members are grouped; what is counted of a column is counted in C.
"""

from __future__ import annotations

from functools import partial
from itertools import chain, repeat
from operator import attrgetter, is_, is_not
from types import NoneType
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import UNSET, UnsetType

from wireproof.evidence.members import members
from wireproof.evidence.numbers import count_booleans, count_floats, count_integers
from wireproof.evidence.rows import Rows
from wireproof.evidence.strings import Strings, strings_in
from wireproof.redact import is_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from wireproof.evidence.mould import Mould
    from wireproof.evidence.outline import Outline
    from wireproof.evidence.place import Place
    from wireproof.evidence.rows import Batch

__all__ = ["Columns"]

DEEPEST = 48
"""How many levels of a body are counted."""
_STRANGE_LEVELS = 2
"""How many levels below a member that no schema names are counted."""


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
        self._strings = Strings(words, compiled)
        self.watched: set[Place] = set()
        """The places whose columns a batch hands on."""
        self._leaves: dict[type, Callable[[Place, Any, Rows], None]] = {
            int: count_integers,
            float: count_floats,
            bool: count_booleans,
            NoneType: _count_nulls,
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
                rows.check(mould, values)
        elif place in self.watched:
            rows.batch.watched[place] = (values, rows.at)
        kind = mould.kind if mould is not None else below.outline.kind if rows.batch.sure else None
        if kind is not None:
            self._counted(kind, place, values, rows, below)
            return
        kinds = set(map(type, values))
        if NoneType in kinds and len(kinds) > 1:
            kinds.discard(NoneType)
            told = [value for value in values if value is not None]
            place.typed("null", rows.size - len(told))
            values, rows = told, rows.where(values, _are_told, len(told))
        for kind in sorted(kinds, key=attrgetter("__name__")):
            part, source = values, rows
            if len(kinds) > 1:
                part = [value for value in values if type(value) is kind]
                source = rows.where(values, partial(_are_of, kind), len(part))
            self._counted(kind, place, part, source, below)

    def _counted(self, kind: type, place: Place, values: Sequence[Any], rows: Rows, below: _Below) -> None:
        """Count the values of one type."""
        if kind is str:
            self._strings.count(place, values, rows, below.mould)
        elif kind in self._leaves:
            self._leaves[kind](place, values, rows)
        elif kind is dict:
            self._objects(place, values, rows, below)
        elif kind is list:
            self._arrays(place, values, rows, below)
        else:
            self._structs(place, values, rows, below)

    def _structs(self, place: Place, values: Sequence[Any], rows: Rows, below: _Below) -> None:
        place.typed("object", rows.size)
        if below.mould is None:
            return
        named = below.mould.members
        left = rows.size
        for (name, _, optional, mould), whole in zip(named, below.mould.apart(values), strict=True):
            column: Sequence[Any] = whole
            source = rows
            if optional and UnsetType in set(map(type, column)):
                column = [value for value in whole if value is not UNSET]
                left = min(left, rows.size - len(column))
                if not column:
                    continue
                source = rows.where(whole, _are_set, len(column))
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
        place.typed("object", rows.size)
        for found in members(place, values, rows):
            self._member(place, found, below)

    def _arrays(self, place: Place, values: Sequence[list[Any]], rows: Rows, below: _Below) -> None:
        place.typed("array", rows.size)
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


def _are_told(values: Iterable[Any]) -> Iterable[bool]:
    return map(is_not, values, repeat(None))


def _are_set(values: Iterable[Any]) -> Iterable[bool]:
    return map(is_not, values, repeat(UNSET))


def _are_of(kind: type, values: Iterable[Any]) -> Iterable[bool]:
    return map(is_, map(type, values), repeat(kind))


def _count_nulls(place: Place, _values: Sequence[None], rows: Rows) -> None:
    place.typed("null", rows.size)
