"""Defects of one cause, told once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wireproof.finding import Severity
    from wireproof.lint.defect import Defect

__all__ = ["Repeated", "gathered"]

_NAMED = 4
"""Lines that are named in words."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A defect, and every line on which the same is wrong: one writer's habit, mended in one go.

    `fingerprints` are those of all the defects, the first one's first.
    """

    first: Defect
    lines: tuple[int, ...]
    fingerprints: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how often the same is wrong."""
        return len(self.fingerprints)

    @property
    def told(self) -> str:
        """Return the message, with how often and where it holds besides."""
        if self.count == 1:
            return self.first.message
        shown = ", ".join(map(str, self.lines[:_NAMED]))
        more = ", …" if len(self.lines) > _NAMED else ""
        where = f": lines {shown}{more}" if len(self.lines) > 1 else ""
        return f"{self.first.message} ({self.count} times{where})"


def gathered(defects: Iterable[Defect]) -> list[Repeated]:
    """Return the defects, those that say the same of several places of one file as one."""
    causes: dict[tuple[str, str, Severity, str, str], list[Defect]] = {}
    for defect in defects:
        key = (defect.file, defect.rule, defect.severity, defect.message, defect.mend)
        causes.setdefault(key, []).append(defect)
    return [
        Repeated(
            same[0],
            tuple(sorted({one.line for one in same if one.line})),
            tuple(one.fingerprint for one in same),
        )
        for same in causes.values()
    ]
