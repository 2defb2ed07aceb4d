"""What proofreading says: a contradiction is two places that cannot both be right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from wireproof.finding import Severity, json_pointer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wireproof.claims.claim import Lines, Scope

__all__ = ["Contradiction", "Spot", "pointer_of", "sorted_out"]


@dataclass(frozen=True, slots=True)
class Spot:
    """One end of a contradiction: the source, its lines (None where it has none), what it says there.

    `date` is the time of a recording, empty for a page or a contract; `values` are some that a list
    names, or that were recorded, as they may be shown.
    """

    source: str
    lines: Lines | None
    says: str
    date: str = ""
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return `page.md:57`, or the source alone."""
        return f"{self.source}:{self.lines}" if self.lines else self.source

    @property
    def told(self) -> str:
        """Return what it says, with the values: `integer in 3 of 3: 4, 17`."""
        return f"{self.says}: {', '.join(self.values)}" if self.values else self.says

    def to_json(self) -> dict[str, Any]:
        """Return the spot as plain values."""
        first, last = (self.lines.first, self.lines.last) if self.lines else (None, None)
        return {
            "source": self.source,
            "line": first,
            "last_line": last,
            "says": self.says,
            "date": self.date or None,
            "values": list(self.values),
        }


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One disagreement: the rule, what it is about, and both places.

    `claimed` is where something is promised, `shown` where something else stands.  `pointer` is
    a JSON Pointer with `*` for array indexes, `to` the other end of a shift.  `absorbs` are the
    lesser contradictions that this one explains.
    """

    rule: str
    severity: Severity
    scope: Scope
    pointer: str
    claimed: Spot
    shown: Spot
    message: str
    mend: str
    to: str | None = None
    absorbs: tuple[Contradiction, ...] = ()

    @property
    def line(self) -> int:
        """Return the first line of the page that it is about."""
        return min((spot.lines.first for spot in (self.claimed, self.shown) if spot.lines), default=0)

    @property
    def fingerprint(self) -> str:
        """Return 16 hex digits that stay the same whatever the wording and the lines."""
        parts = (self.rule, self.scope.operation, self.scope.side, self.pointer, self.to or "")
        says = re.sub(r"\d+", "0", self.shown.says)  # counts grow, and values of an example change
        return sha256("\0".join((*parts, says)).encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        """Return the contradiction as plain values."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "operation": self.scope.operation,
            "side": self.scope.side,
            "status": self.scope.status,
            "pointer": self.pointer,
            "to": self.to,
            "claimed": self.claimed.to_json(),
            "shown": self.shown.to_json(),
            "message": self.message,
            "mend": self.mend,
            "absorbs": [part.to_json() for part in self.absorbs],
            "fingerprint": self.fingerprint,
        }


def pointer_of(path: Iterable[str | int]) -> str:
    """Return the JSON Pointer of a path with `*` for array indexes."""
    return json_pointer("*" if isinstance(token, int) else token for token in path)


def sorted_out(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """Return the contradictions in a reader's order: the worst first, then by line; each said once."""
    once: dict[tuple[object, ...], Contradiction] = {}
    for one in found:
        once.setdefault((one.rule, one.scope.operation, one.scope.side, one.pointer, one.claimed.lines), one)
    return tuple(sorted(once.values(), key=lambda one: (-one.severity.rank, one.rule, one.line, one.pointer)))
