"""Counts the numbers and truth values of a column: bounds, magnitude, and values while they are few."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wireproof.evidence.classes import count_classes, number_class, number_classes
from wireproof.evidence.firsts import Firsts
from wireproof.evidence.place import VALUES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wireproof.evidence.place import Place
    from wireproof.evidence.rows import Rows

__all__ = ["count_booleans", "count_floats", "count_integers"]

_EXACT = 1 << 53
_LONGEST = 40


def count_integers(place: Place, values: Sequence[int], rows: Rows) -> None:
    """Count integers."""
    place.typed("integer", rows.size)
    _count(place, values, rows)


def count_floats(place: Place, values: Sequence[float], rows: Rows) -> None:
    """Count numbers that were written with a fraction; 24.0 is an integer, as JSON Schema has it."""
    whole = sum(map(float.is_integer, values))
    if whole:
        place.typed("integer", whole)
    if whole < rows.size:
        place.typed("number", rows.size - whole)
    _count(place, values, rows)


def _count(place: Place, values: Sequence[float], rows: Rows) -> None:
    counts = Counter(values) if place.values is not None else None
    different: Iterable[float] = counts if counts is not None else values
    low, high = min(different), max(different)
    place.bounded(low, high)
    kind = number_class(high)
    if kind == number_class(low):
        place.classified(kind, rows.size, rows.ends[0])
    else:
        firsts = Firsts(values, rows, number_classes)
        for kind, count in count_classes(values, low, high).items():
            place.classified(kind, count, firsts.of_class(place, kind, kind))
    if counts is None:
        return
    if len(counts) > VALUES:
        place.values = None
        return
    firsts = Firsts(values, rows)
    for value, count in counts.items():
        text = _number_text(value)
        place.valued(text, count, firsts.of(place, text, value))


def count_booleans(place: Place, values: Sequence[bool], rows: Rows) -> None:
    """Count truth values."""
    place.typed("boolean", rows.size)
    firsts = Firsts(values, rows)
    for value, text in ((True, "true"), (False, "false")):
        count = values.count(value)
        if count:
            place.valued(text, count, firsts.of(place, text, value))


def _number_text(value: int | float) -> str:  # noqa: PYI041 - they are told apart here
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    text = str(value)
    return text if len(text) <= _LONGEST else f"integer of {len(text)} digits"
