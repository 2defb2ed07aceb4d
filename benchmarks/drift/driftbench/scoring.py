"""How well a tool's statements fit the labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from driftbench.cases import Drift
    from driftbench.corpus import Sample
    from driftbench.judging import Found

__all__ = ["Cell", "Clean", "Outcome", "outcomes"]

_STRUCTURE = frozenset(
    {
        "envelope-added",
        "envelope-removed",
        "field-moved",
        "field-renamed",
        "array-wrapped",
        "result-in-error-field",
    }
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One labelled drift, and what a tool made of it.

    `statements` is how many top-level statements the tool made on the whole sample.
    """

    sample: Sample
    label: Drift
    seen: bool
    named: bool
    placed: bool
    statements: int
    said: tuple[Found, ...]


@dataclass(slots=True)
class Cell:
    """One row of a table."""

    drifts: int = 0
    seen: int = 0
    named: int = 0
    placed: int = 0
    samples: int = 0
    statements: int = 0

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.drifts += 1
        self.seen += outcome.seen
        self.named += outcome.named
        self.placed += outcome.placed
        if len(outcome.sample.labels) == 1:
            self.samples += 1
            self.statements += outcome.statements

    @property
    def each(self) -> float | None:
        """Return the statements for each single drift that was seen at all."""
        return self.statements / self.samples if self.samples else None


@dataclass(slots=True)
class Clean:
    """What a tool said about clean answers."""

    bodies: int = 0
    alarmed: int = 0
    rules: dict[str, int] = field(default_factory=dict)
    worst: list[tuple[str, str]] = field(default_factory=list)

    def add(self, sample: Sample, said: Sequence[Found]) -> None:
        """Count one clean sample."""
        self.bodies += len(sample.exchanges)
        if said:
            self.alarmed += 1
            self.worst.append((sample.id, "; ".join(map(str, said))))
        for one in said:
            key = one.rule or "invalid"
            self.rules[key] = self.rules.get(key, 0) + 1


def outcomes(sample: Sample, said: Sequence[Found], *, peer: bool = False) -> list[Outcome]:
    """Return what became of each label of a sample.

    A lone drift is seen if anything is said: its body is clean but for it.  Of several, each
    needs a statement about its own place or the other end of it.  A peer, who has no names
    for drifts, is at the right place wherever any part of what it says is.
    """
    places = _roughly_places if peer else _places
    alone = len(sample.labels) == 1
    found = []
    for label in sample.labels:
        placed = any(places(one, label) for one in said)
        seen = bool(said) if alone else placed or any(_about(one, label) for one in _all(said))
        named = any(_names(one, label) for one in said)
        found.append(Outcome(sample, label, seen, named, placed, len(said), tuple(said)))
    return found


def _all(said: Iterable[Found]) -> Iterable[Found]:
    for one in said:
        yield one
        yield from _all(one.absorbs)


def _about(one: Found, label: Drift) -> bool:
    """Return whether a statement is about a place of a label, or about something around or in it."""
    ends = [end for end in (label.pointer, label.to) if end is not None]
    told = [end for end in (one.pointer, one.to) if end is not None]
    return any(_near(end, other) for end in ends for other in told)


def _near(pointer: str, other: str) -> bool:
    if not pointer or not other:
        return pointer == other
    return pointer == other or pointer.startswith(other + "/") or other.startswith(pointer + "/")


def _names(one: Found, label: Drift) -> bool:
    """Return whether a statement gives a drift its right name near its place.

    A union that no branch fits is described by the closest branch's own findings: those count.
    """
    rules = {label.rule, *(rule for rule, _ in label.also)}
    if one.rule in rules and (one.part != "body" or _about(one, label) or not label.pointer):
        return True
    return one.rule == "union-unmatched" and any(_names(part, label) for part in one.absorbs)


def _places(one: Found, label: Drift) -> bool:
    """Return whether a statement is at a drift's place; for two ends, at both."""
    if one.rule == "union-unmatched" and any(_places(part, label) for part in one.absorbs):
        return True
    if (one.rule, one.pointer) in label.also:
        return True
    if label.part == "exchange":
        return one.part == "exchange"
    if one.pointer != label.pointer or one.part != label.part:
        return False
    return label.to is None or label.rule not in _STRUCTURE or one.to == label.to


def _roughly_places(one: Found, label: Drift) -> bool:
    """Return whether a peer's statement, or a part of it, is where a label expects one."""
    if any(_roughly_places(part, label) for part in one.absorbs):
        return True
    if label.part != "body":
        return True
    ends = {label.pointer, *(pointer for _, pointer in label.also)}
    return any(_fits(one.pointer or "", end) for end in ends)


def _fits(pointer: str, template: str) -> bool:
    """Return whether a pointer is an instance of a template, in which `*` is any key."""
    told, wanted = pointer.split("/"), template.split("/")
    return len(told) == len(wanted) and all(
        right in {"*", left} for left, right in zip(told, wanted, strict=True)
    )
