"""Where the choices of an example come from: handed in, so that the same choices give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Chance"]

T = TypeVar("T")


class Chance(Protocol):
    """The part of `random.Random` that examples are made with."""

    def random(self) -> float:
        """Return a number from 0 up to, but not including, 1."""

    def randrange(self, start: int, stop: int, /) -> int:
        """Return an integer from `start` up to, but not including, `stop`."""

    def choice(self, seq: Sequence[T], /) -> T:
        """Return one item of a sequence."""
