"""Answers that wait to be counted: what is known of each, by columns."""

from __future__ import annotations

from operator import le
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.lanes.envelopes import parsed
from wireproof.lanes.sameness import quotes_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.evidence import Order

__all__ = ["BATCH", "Heap", "Pending", "Pile", "bodies_of", "body_in"]

BATCH = 1024
"""How many answers of an operation are counted at once."""
_LARGE = 1 << 20
"""How many bytes of answers are counted at once, however few they are."""

Pending = tuple[Any, "Order", bytes, int]
"""A body, its sighting, the line it stands on, and the number of that line."""


class Pile(NamedTuple):
    """Answers by columns: bodies, sightings, whole lines and their numbers, what is quoted around, texts.

    `quotes` is how many quotation marks stand in a text beside the body's own, `escaped` how many more
    with a backslash.  `asked` are URL and body of each request, None where there was none.
    """

    bodies: Sequence[Any]
    orders: Sequence[Order]
    lines: Sequence[bytes]
    numbers: Sequence[int]
    quotes: Sequence[int]
    texts: Sequence[bytes]
    asked: Sequence[Any]
    escaped: Sequence[int]

    def at(self, chosen: Sequence[int]) -> Pile:
        """Return some of the answers."""
        return Pile(*(list(map(column.__getitem__, chosen)) for column in self))

    def entry(self, at: int, body: Any) -> Pending:
        """Return one answer, as it is explained."""
        return (body, self.orders[at], self.lines[at], self.numbers[at])


class Heap:
    """Answers that wait to be counted."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget all answers."""
        self.bytes = self.quotes = 0
        self.values: list[Any] = []
        self.columns: tuple[list[Any], ...] = ([], [], [], [], [], [], [], [])

    def add(self, values: Sequence[Any], pile: Pile) -> None:
        """Put answers in, and what their bodies are."""
        self.values += values
        for mine, theirs in zip(self.columns, pile, strict=True):
            mine.extend(theirs)
        self.bytes += sum(map(len, pile.texts))
        self.quotes += quotes_in(pile.texts)  # they are at hand: they have just been decoded

    def taken(self) -> tuple[list[Any], Pile, int]:
        """Return all values and answers, in the order of their sightings; nothing waits then.

        The last value is how many quotation marks stand in all texts.
        """
        values, pile, quotes = self.values, Pile(*self.columns), self.quotes
        self.clear()
        if not all(map(le, pile.orders, pile.orders[1:])):
            rows = sorted(range(len(values)), key=pile.orders.__getitem__)
            return list(map(values.__getitem__, rows)), pile.at(rows), quotes
        return values, pile, quotes

    @property
    def full(self) -> bool:
        """Return whether it is time to count."""
        return len(self.values) >= BATCH or self.bytes >= _LARGE


def bodies_of(pile: Pile, rows: Sequence[int]) -> list[Any]:
    """Return the bodies of some answers that were decoded: of a text by itself, or of a whole line."""
    values = parsed([pile.bodies[row] for row in rows])
    return [
        body_in(value, whole=pile.bodies[row] is pile.lines[row])
        for row, value in zip(rows, values, strict=True)
    ]


def body_in(value: Any, *, whole: bool) -> Any:
    """Return the body in what a text holds; a `whole` line holds an exchange or a body by itself."""
    # A body by itself that was decoded has no such member.
    return value["response"]["body"] if whole and type(value) is dict and "response" in value else value
