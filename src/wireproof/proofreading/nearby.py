"""Which claims of a page may be about one body, found without asking every pair of them."""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wireproof.claims.claim import Lines, Scope

__all__ = ["NEAREST", "Nearby", "Placed"]

NEAREST: Final = 100
"""Claims of one operation, above and below, that are compared with another one.

A page names so many only where it puts no operation to them; without a bound the time would grow
with the square of the page.
"""


class Placed(Protocol):
    """What stands on lines of a page, and is about something."""

    @property
    def lines(self) -> Lines:
        """Return where it stands."""

    @property
    def scope(self) -> Scope:
        """Return what it is about."""


_T = TypeVar("_T", bound=Placed)


class Nearby(Generic[_T]):
    """Claims by the operation that they are about, each group in the order in which it was given."""

    def __init__(self, claims: Iterable[_T]) -> None:
        self._claims = list(claims)
        order = sorted(range(len(self._claims)), key=self._lines)
        self._numbers: dict[str, list[int]] = {}
        for number in order:
            self._numbers.setdefault(self._claims[number].scope.operation, []).append(number)
        self._everywhere = order

    def to(self, one: Placed) -> list[_T]:
        """Return those that may be of one operation with another claim: its own and none's, the nearest."""
        operation = one.scope.operation
        numbers = [*self._nearest(self._numbers.get(operation, ()) if operation else self._everywhere, one)]
        if operation:
            numbers += self._nearest(self._numbers.get("", ()), one)
        return [self._claims[number] for number in sorted(numbers)]

    def _lines(self, number: int) -> Lines:
        return self._claims[number].lines

    def _nearest(self, numbers: Sequence[int], one: Placed) -> Sequence[int]:
        """Return the numbers of those that stand nearest, where there are very many."""
        if len(numbers) <= 2 * NEAREST:
            return numbers
        here = bisect(numbers, one.lines, key=self._lines)
        return numbers[max(0, here - NEAREST) : here + NEAREST]
