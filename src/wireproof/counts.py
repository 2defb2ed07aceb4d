"""What came out of each source, and of which operation it was, counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "LISTED_INPUTS",
    "Input",
    "OperationCount",
    "Rest",
    "digest_of",
    "listed_inputs",
    "merged_operations",
]

LISTED_INPUTS = 1000
"""How many sources are listed, the first by name; all of them are counted."""


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


class Rest:
    """The sources that are not listed: their counts together, and how many records each had, by its digest.

    `unnamed` of them are known by number alone.
    """

    __slots__ = ("records", "sums", "unnamed")

    def __init__(
        self, sums: Input | None = None, records: Mapping[int, int] | None = None, unnamed: int = 0
    ) -> None:
        self.sums = sums or Input("")
        self.records = dict(records or {})
        self.unnamed = unnamed

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rest):
            return NotImplemented
        mine, theirs = (self.sums, self.records, self.unnamed), (other.sums, other.records, other.unnamed)
        return mine == theirs

    __hash__ = None  # type: ignore[assignment]  # it grows

    def __len__(self) -> int:
        return len(self.records) + self.unnamed

    def add(self, entry: Input) -> None:
        """Count a source that is not listed."""
        digest = digest_of(entry.source)
        self.records[digest] = self.records.get(digest, 0) + entry.records
        self.sums = _added(self.sums, entry)

    def merge(self, other: Rest) -> Rest:
        """Return the rest of both."""
        both = Rest(_added(self.sums, other.sums), self.records, self.unnamed + other.unnamed)
        for digest, records in other.records.items():
            both.records[digest] = both.records.get(digest, 0) + records
        return both

    def to_json(self) -> dict[str, Any] | None:
        """Return how many sources they are and their counts as plain values, None where there are none."""
        if not len(self):
            return None
        counts = self.sums.to_json()
        del counts["source"]
        return {"sources": len(self), **counts}


def digest_of(source: str) -> int:
    """Return the number by which a source is known that is not listed."""
    return int.from_bytes(blake2b(source.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def listed_inputs(entries: Iterable[Input], rest: Rest) -> tuple[tuple[Input, ...], Rest]:
    """Return one entry for each source, sorted, and the rest with those that are too many.

    The first sources by name of all are the first of any part: what is listed is the same however
    it was collected.
    """
    found: dict[str, Input] = {}
    for entry in entries:
        known = found.get(entry.source)
        found[entry.source] = entry if known is None else _added(known, entry)
    names = sorted(found)
    for source in names[LISTED_INPUTS:]:
        rest.add(found[source])
    return tuple(found[source] for source in names[:LISTED_INPUTS]), rest


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
