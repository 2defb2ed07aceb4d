"""What came out of each source, and of which operation it was, counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Input", "OperationCount", "merged_inputs", "merged_operations"]


@dataclass(frozen=True, slots=True)
class Input:
    """One source, and how many exchanges and unreadable records came out of it.

    Where only a window of time is judged, `outside` lay in none, and `untimed` had no time to tell.
    """

    source: str
    exchanges: int = 0
    unreadable: int = 0
    outside: int = 0
    untimed: int = 0

    @property
    def records(self) -> int:
        """Return how many records there were."""
        return self.exchanges + self.unreadable + self.outside + self.untimed

    def to_json(self) -> dict[str, Any]:
        """Return the counts as plain values; those of a window only where they count anything."""
        value: dict[str, Any] = {
            "source": self.source,
            "exchanges": self.exchanges,
            "unreadable": self.unreadable,
        }
        windowed = {"outside": self.outside, "untimed": self.untimed}
        return value | {name: count for name, count in windowed.items() if count}


@dataclass(frozen=True, slots=True)
class OperationCount:
    """How many exchanges of an operation there were under one promised status.

    `by_shape` of them were recognised by the body alone; `margin` is the least lead of the
    winner over `runner_up` among those.
    """

    provider: str
    operation: str
    status: str
    exchanges: int = 0
    by_shape: int = 0
    margin: float | None = None
    runner_up: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the counts as plain values."""
        return {
            "provider": self.provider,
            "operation": self.operation,
            "status": int(self.status) if self.status.isdigit() else self.status,
            "exchanges": self.exchanges,
            "by_shape": self.by_shape,
            "margin": self.margin,
            "runner_up": self.runner_up,
        }


def merged_inputs(entries: Iterable[Input]) -> tuple[Input, ...]:
    """Return one entry for each source, sorted."""
    found: dict[str, Input] = {}
    for entry in entries:
        known = found.get(entry.source)
        found[entry.source] = entry if known is None else _added(known, entry)
    return tuple(found[source] for source in sorted(found))


def _added(left: Input, right: Input) -> Input:
    return Input(
        left.source,
        left.exchanges + right.exchanges,
        left.unreadable + right.unreadable,
        left.outside + right.outside,
        left.untimed + right.untimed,
    )


def merged_operations(entries: Iterable[OperationCount]) -> tuple[OperationCount, ...]:
    """Return one entry for each operation and status, sorted."""
    found: dict[tuple[str, str, str], OperationCount] = {}
    for entry in entries:
        key = (entry.provider, entry.operation, entry.status)
        known = found.get(key)
        found[key] = entry if known is None else _with_counts(known, entry)
    return tuple(found[key] for key in sorted(found))


def _with_counts(left: OperationCount, right: OperationCount) -> OperationCount:
    margins = [(entry.margin, entry.runner_up or "") for entry in (left, right) if entry.margin is not None]
    margin, runner_up = min(margins) if margins else (None, None)
    return replace(
        left,
        exchanges=left.exchanges + right.exchanges,
        by_shape=left.by_shape + right.by_shape,
        margin=margin,
        runner_up=runner_up,
    )
