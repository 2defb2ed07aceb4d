"""What an evidence rule is given: one place of an operation's answers, its promise, what came before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wireproof.evidence import sighting_of
from wireproof.evidence.chance import fisher
from wireproof.finding import Finding, Location, Sighting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wireproof.contract import Schemas
    from wireproof.evidence import Order, Place, Root
    from wireproof.evidence.chance import Thresholds
    from wireproof.evidence.outline import Outline
    from wireproof.finding import Place as Written
    from wireproof.rules.rule import Rule

__all__ = ["EvidenceRule", "Observed"]


@dataclass(frozen=True, eq=False)
class Observed:
    """One place: its counts, those of the object that holds it, and what the contract says of both.

    `place` is None where a named member never came.  `name` is None for the body itself, an item,
    and members whose names the contract leaves free.  `before` and `parent_before` are the same
    places in the baseline, None where there is none or nothing came there.
    """

    root: Root
    pointer: str
    name: str | None
    place: Place | None
    parent: Place | None
    outline: Outline
    holder: Outline | None
    schemas: Schemas
    thresholds: Thresholds
    before: Place | None = None
    parent_before: Place | None = None

    @property
    def objects(self) -> int:
        """Return how many objects could have held the member."""
        return self.parent.types.get("object", 0) if self.parent is not None else 0

    @property
    def objects_before(self) -> int:
        """Return how many objects of the baseline could have held it."""
        return self.parent_before.types.get("object", 0) if self.parent_before is not None else 0

    @property
    def seen(self) -> int:
        """Return how many values came."""
        return self.place.seen if self.place is not None else 0

    @property
    def nulls(self) -> int:
        """Return how many of them were null."""
        return self.place.types.get("null", 0) if self.place is not None else 0

    @property
    def named(self) -> bool:
        """Return whether the contract names the member."""
        return self.name is not None and self.holder is not None and self.name in self.holder.named

    @cached_property
    def required(self) -> bool:
        """Return whether some schema requires the member."""
        parts = self.holder.parts if self.holder is not None else []
        return any(self.name in part.get("required", ()) for part in parts)

    def keyword(self, name: str) -> Any:
        """Return the value of a keyword in the first schema that has it, or None."""
        return next((part[name] for part in self.outline.parts if name in part), None)

    @cached_property
    def types(self) -> frozenset[str]:
        """Return the types that the schemas name; none where they leave that open."""
        found: set[str] = set()
        for part in self.outline.parts:
            declared = part.get("type", ())
            found.update([declared] if isinstance(declared, str) else declared)
        return frozenset(found)

    @cached_property
    def written(self) -> Written | None:
        """Return where the place was described."""
        places = (self.schemas.place(part) for part in self.outline.parts)
        return next((place for place in places if place is not None), None)

    def finding(
        self,
        rule: Rule,
        *,
        promised: str,
        observed: str,
        mend: str,
        kind: str,
        sightings: int,
        of: int,
        first: Order,
        last: Order | None = None,
        pointer: str | None = None,
    ) -> Finding:
        """Return a finding of `rule` about the place."""
        return Finding(
            rule=rule.id,
            severity=rule.severity,
            location=Location(*self.root, "body", self.pointer if pointer is None else pointer),
            promised=promised,
            observed=observed,
            message=f"{observed}; the contract says: {promised}",
            mend=mend,
            contract=self.written,
            first=self.sighting(first),
            last=self.sighting(last or first),
            seen_as=((kind, sightings),),
            sightings=sightings,
            of=of,
        )

    def always(self, rule: Rule, *, promised: str, observed: str, mend: str, kind: str) -> Finding:
        """Return a finding about something that holds of every value; `observed` is what."""
        assert self.place is not None  # noqa: S101 - every value of none is nothing to tell
        assert self.place.first is not None  # noqa: S101 - likewise
        return self.finding(
            rule,
            promised=promised,
            observed=f"{observed} in all of {self.seen}",
            mend=mend,
            kind=kind,
            sightings=self.seen,
            of=self.seen,
            first=self.place.first,
            last=self.place.last,
        )

    def shifted(self, rule: Rule, now: tuple[int, int], then: tuple[int, int]) -> Iterator[Finding]:
        """Yield a finding where a share differs from the baseline's beyond chance.

        `now` and `then` are how many there are, and of how many.
        """
        place, limits = self.place, self.thresholds
        if place is None or place.first is None or min(now[1], then[1]) < limits.min_samples:
            return
        share, share_before = now[0] / now[1], then[0] / then[1]
        if abs(share - share_before) < limits.least_change or fisher(*now, *then) >= limits.alpha:
            return
        yield self.finding(
            rule,
            promised=f"{share_before:.1%} in the baseline ({then[0]} of {then[1]})",
            observed=f"{share:.1%} ({now[0]} of {now[1]})",
            mend="ask the provider what changed; see since when in the evidence",
            kind="more" if share > share_before else "less",
            sightings=max(1, now[0]),
            of=now[1],
            first=place.first,
            last=place.last,
        )

    @staticmethod
    def sighting(order: Order) -> Sighting:
        """Return the sighting behind a key that sorts it."""
        return sighting_of(order)


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """A rule that looks at the counts of one place."""

    rule: Rule
    check: Callable[[Observed], Iterator[Finding]]
