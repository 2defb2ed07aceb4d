"""Counts the strings of a column: those that are told apart by themselves, the others by class."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, Struct

from wireproof.evidence.addresses import quickly
from wireproof.evidence.classes import all_of, class_of, narrowed
from wireproof.evidence.firsts import Firsts
from wireproof.evidence.mould import Usual
from wireproof.redact import Display

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wireproof.evidence.mould import Mould
    from wireproof.evidence.place import Place
    from wireproof.evidence.rows import Rows

__all__ = ["Strings", "strings_in"]

_REMEMBERED = 1 << 12
_SHORT = 1 << 8
"""Longer strings are not remembered: as many might take gigabytes."""
_NONE: frozenset[str] = frozenset()
_WORDY = frozenset({"integer text", "number text", "percent", "told apart", "word"})
"""The classes in which a string may be told apart although the contract does not name it."""
_GLANCE = 16
"""How many strings are looked at to guess the class of all."""


class Strings:
    """Counts strings; `words` are those that may be told apart, `compiled` makes a validator of a schema."""

    def __init__(self, words: frozenset[str], compiled: Callable[[Mapping[str, Any]], Any]) -> None:
        self._compiled = compiled
        self._display = Display(words)
        self._words: dict[str, set[str]] = {}
        for word in words:
            self._words.setdefault(class_of(word), set()).add(word)
        self._known: dict[str, tuple[bool, str]] = {}
        self._usual: dict[Place, str] = {}
        self._mixed: set[Place] = set()

    def count(self, place: Place, values: Sequence[str], rows: Rows, mould: Mould | None = None) -> None:
        """Count the strings that came at a place; a mould says what decoding made sure of."""
        place.typed("string", rows.size)
        rows.batch.strings += rows.size
        if mould is not None and mould.textual:
            usual = mould.usual
            if usual is not None and usual.check(values):
                place.classified(usual.kind, rows.size, rows.ends[0])
                if usual.told and mould.path is not None:
                    rows.batch.expected.add(mould.path)
                return
            rows.check(mould, values)
        self._classed(place, values, rows)
        if mould is not None and mould.textual and mould.usual is None:
            mould.usual = self._usual_of(place, mould)

    def _usual_of(self, place: Place, mould: Mould) -> Usual | None:
        """Return what asks of a column whether its strings are what all of the place were so far."""
        kind = self._usual.get(place)
        if kind is None or kind in self._words:
            return None
        also = mould.also(kind) if mould.also is not None else ()
        asked = [*mould.unproved, *also]
        check = self._compiled({"items": {"allOf": narrowed(asked, kind)}}).is_valid
        return Usual(kind, quickly(check, asked) if kind == "url" else check, told=bool(also))

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
                    firsts = Firsts([usual if value else "" for value in values], rows)
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
        firsts = Firsts(values, rows)
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
