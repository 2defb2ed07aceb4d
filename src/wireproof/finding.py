"""What is said: a finding is one difference between promise and reality, counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Finding", "Location", "Place", "Severity", "Sighting", "json_pointer", "merged"]


class Severity(StrEnum):
    """What a difference costs someone who trusted the contract."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Return 2 for an error, 1 for a warning, 0 for an info."""
        return {"error": 2, "warning": 1, "info": 0}[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a contract: the file as its user would name it, the line (from 1), the pointer."""

    file: str
    pointer: str
    line: int | None = None

    def __str__(self) -> str:
        """Return `file:line`, or `file#pointer` where the line is not known."""
        return f"{self.file}:{self.line}" if self.line else f"{self.file}#{self.pointer}"


@dataclass(frozen=True, slots=True)
class Location:
    """Where in an operation's traffic a finding is: the same for every sighting of it.

    `part` is `body`, `header`, `status`, `content-type` or `exchange`.  `pointer` is a JSON
    Pointer into that part in which an array index, and a key that the contract leaves free,
    is `*`; for a header it is `/` and the header's name.  `to` is the other end of a finding
    about two places.
    """

    provider: str = ""
    operation: str = ""
    status: str = ""
    part: str = "body"
    pointer: str = ""
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """One exchange in which a finding was seen."""

    source: str
    index: int
    time: str | None = None

    @property
    def order(self) -> tuple[bool, str, str, int]:
        """Return the key that sorts sightings: by time where there is one, then by record."""
        return (self.time is None, self.time or "", self.source, self.index)


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference between what was promised and what came.

    `promised` and `observed` describe the first sighting; `seen_as` counts what came by its
    kind over all of them (`(("numeric string", 3),)`).  `sightings` counts the exchanges in
    which it was seen, `of` the exchanges in which it could have been.  `absorbs` are the
    parts that this finding explains.  `contract` is the line that made the promise.
    """

    rule: str
    severity: Severity
    location: Location
    promised: str
    observed: str
    message: str
    mend: str
    contract: Place | None
    first: Sighting
    last: Sighting
    seen_as: tuple[tuple[str, int], ...] = ()
    sightings: int = 1
    of: int = 0
    absorbs: tuple[Finding, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Return 16 hex digits that stay the same whatever the wording, counts or order."""
        from hashlib import sha256  # noqa: PLC0415 - a clean run never pays for it

        where = self.location
        parts = (self.rule, where.provider, where.operation, where.status, where.part, where.pointer)
        return sha256("\0".join((*parts, where.to or "")).encode()).hexdigest()[:16]

    def merge(self, other: Finding) -> Finding:
        """Return one finding that counts the sightings of both; the order does not matter."""
        earlier, later = sorted((self, other), key=_sighting_order)
        return replace(
            earlier,
            last=max(self.last, other.last, key=lambda sighting: sighting.order),
            seen_as=_added(self.seen_as, other.seen_as),
            sightings=self.sightings + other.sightings,
            of=self.of + other.of,
            absorbs=merged([*earlier.absorbs, *later.absorbs]),
        )


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with those of one fingerprint merged, sorted for a reader."""
    by_fingerprint: dict[str, Finding] = {}
    for finding in findings:
        key = finding.fingerprint
        known = by_fingerprint.get(key)
        by_fingerprint[key] = known.merge(finding) if known else finding
    return tuple(sorted(by_fingerprint.values(), key=_reading_order))


def json_pointer(path: Iterable[str | int]) -> str:
    """Return the JSON Pointer (RFC 6901) of a path; the empty path is the whole document."""
    return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in path)


def _added(
    left: tuple[tuple[str, int], ...], right: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, int], ...]:
    counts = dict(left)
    for kind, count in right:
        counts[kind] = counts.get(kind, 0) + count
    return tuple(sorted(counts.items()))


def _sighting_order(finding: Finding) -> tuple[object, ...]:
    """Return a key under which no two findings that differ are equal, so that merging commutes."""
    told = (finding.severity.rank, finding.promised, finding.observed, finding.message, finding.mend)
    return (finding.first.order, *told, str(finding.contract))


def _reading_order(finding: Finding) -> tuple[int, str, str, str, str, str, str, str]:
    where = finding.location
    place = (where.provider, where.operation, where.status, where.part, where.pointer)
    return (-finding.severity.rank, *place, finding.rule, where.to or "")
