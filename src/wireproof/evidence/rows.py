"""Which answers of a batch values come from: their order, their ends, their stretches of time."""

from __future__ import annotations

from bisect import bisect
from functools import cached_property
from itertools import chain, compress, repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from wireproof.evidence.mould import Mould
    from wireproof.evidence.place import Order, Place

__all__ = ["Batch", "Rows"]


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
        self.watched: dict[Place, tuple[Sequence[Any], Sequence[int]]] = {}
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


class Rows:
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
        """Return the row of each value."""
        return self._at()

    @cached_property
    def first_and_last(self) -> tuple[int, int]:
        """Return the first and the last row."""
        if self._ends is not None:
            return self._ends()
        at = self.at
        return at[0], at[-1]

    @cached_property
    def ends(self) -> tuple[Order, Order]:
        """Return the first and the last sighting."""
        first, last = self.first_and_last
        return self.batch.orders[first], self.batch.orders[last]

    @cached_property
    def counts(self) -> Mapping[int, int]:
        """Return how many values came in each stretch of time."""
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

    def check(self, mould: Mould, values: Sequence[Any]) -> None:
        """Note the rows of values that decode, but do not fit."""
        check = mould.check
        if check is not None and not check(values):
            for value, row in zip(values, self.at, strict=True):
                if not check([value]):
                    self.batch.refused.setdefault(row, []).append((mould, value))

    def where(
        self, values: Sequence[Any], kept: Callable[[Iterable[Any]], Iterable[bool]], size: int
    ) -> Rows:
        """Return the rows of the values that are kept, which are `size`; `kept` tells it of each."""

        def ends() -> tuple[int, int]:
            first = next(compress(self.at, kept(values)))
            return first, next(compress(reversed(self.at), kept(reversed(values))))

        return Rows(self.batch, size, lambda: list(compress(self.at, kept(values))), ends)

    def times(self, lengths: Sequence[int], size: int) -> Rows:
        """Return the rows with each repeated as often as its array has items."""

        def ends() -> tuple[int, int]:
            first = next(row for row, length in zip(self.at, lengths, strict=True) if length)
            last = next(
                row for row, length in zip(reversed(self.at), reversed(lengths), strict=True) if length
            )
            return first, last

        return Rows(self.batch, size, lambda: list(chain.from_iterable(map(repeat, self.at, lengths))), ends)

    def chosen(self, numbers: Sequence[int]) -> Rows:
        """Return some of the rows, given their numbers in order."""
        whole = range(self.batch.size)
        return Rows(
            self.batch,
            len(numbers),
            lambda: numbers if self.at == whole else list(map(self.at.__getitem__, numbers)),
            lambda: (self.at[numbers[0]], self.at[numbers[-1]]),
        )
