"""Evidence as text: one line a place, under each operation and status."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.evidence import Evidence, Place

__all__ = ["evidence_lines"]

_SHOWN = 6
_EXACT = 1e15
"""Whole numbers below this are written with all their digits."""
_LARGE = 1 << 1000
"""Beyond this a number is told by its digits: it may be more than a float holds."""


def evidence_lines(evidence: Evidence) -> Iterator[str]:
    """Yield the evidence for a person: presence, types, values or what they look like, ranges."""
    root = None
    for where, pointer, place, parent in evidence:
        if where != root:
            if root is not None:
                yield ""
            root = where
            provider, operation, status = where
            yield f"{provider} {operation} {status}: {place.seen} bodies"
        yield f"  {pointer or '/':<40} {_presence(place, parent):<16} {', '.join(_facts(place))}"
    if root is None:
        yield "no evidence: no JSON body was judged"


def _presence(place: Place, parent: Place | None) -> str:
    if parent is None or place is parent.items or place is parent.others:
        return str(place.seen)
    return f"{place.seen} of {parent.types.get('object', 0)}"


def _number(value: float) -> str:
    """Return a number as a person reads it: whole where it is, by its digits where it is beyond measure."""
    if abs(value) >= _LARGE:
        return f"{'-' if value < 0 else ''}10^{len(str(abs(int(value)))) - 1}"
    return str(int(value)) if abs(value) < _EXACT and value == int(value) else f"{value:g}"


def _facts(place: Place) -> Iterator[str]:
    yield " or ".join(
        kind if count == place.seen else f"{kind} {count}" for kind, count in sorted(place.types.items())
    )
    if place.empty:
        yield f"empty {place.empty}"
    if (
        place.low is not None
        and place.high is not None
        and (place.values is None or len(place.values) > _SHOWN)
    ):
        yield f"{_number(place.low)} to {_number(place.high)}"
    if place.longest is not None:
        fewest = f"{place.shortest} to " if place.shortest != place.longest else ""
        yield f"{fewest}{place.longest} item{'s' if place.longest != 1 else ''}"
    if place.values and len(place.values) <= _SHOWN:
        yield " ".join(f"{text} {count}" for text, (count, _) in sorted(place.values.items()))
    elif place.values:
        yield f"{len(place.values)} different values"
    elif place.values is None:
        yield "many values"
    classes = {kind: count for kind, (count, _) in sorted(place.classes.items()) if kind != "ordinary number"}
    if classes:
        yield " ".join(f"{kind} {count}" for kind, count in classes.items())
