"""The first sighting of what a column holds, looked for only where it may be an earlier one."""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wireproof.evidence.place import Order, Place
    from wireproof.evidence.rows import Rows

__all__ = ["Firsts"]


class Firsts:
    """The first sightings of the values of a column, or of what is `told` of each."""

    def __init__(
        self, values: Sequence[Any], rows: Rows, told: Callable[[Sequence[Any]], Sequence[Any]] = list
    ) -> None:
        self._values, self._rows, self._told = values, rows, told

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
        told = self._told(self._values)
        rows = sorted(zip(self._rows.at, told, strict=True), key=itemgetter(0), reverse=True)
        return {value: row for row, value in rows}
