"""A new value among few known ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.evidence.account import moment_of
from wireproof.evidence.chance import all_on_one_side, fisher
from wireproof.finding import Finding, Severity
from wireproof.rules.observed import EvidenceRule, Observed
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.evidence import Order

__all__ = ["RULE"]

_FEW = 24
"""With more values than these a place is no list of words."""


def check(field: Observed) -> Iterator[Finding]:
    """Yield a finding for words that are new, against the baseline or within the recording."""
    place = field.place
    if place is None or not place.values or len(place.values) > _FEW:
        return
    closed = field.keyword("enum")
    new = []
    for text, (count, first) in sorted(place.values.items()):
        if not text.startswith('"') or (isinstance(closed, list) and text.strip('"') not in closed):
            continue
        before = _before(field, text, count, first)
        if before:
            new.append((text, count, first, before))
    if new:
        count = sum(entry[1] for entry in new)
        yield field.finding(
            RULE.rule,
            promised=f"the values that came before, in {max(entry[3] for entry in new)}",
            observed=f"{', '.join(entry[0] for entry in new)}: new, in {count} of {field.seen}",
            mend="decide what the client does with it, and list it in the contract",
            kind=" and ".join(entry[0] for entry in new),
            sightings=count,
            of=field.seen,
            first=min(entry[2] for entry in new),
            last=place.last,
        )


def _before(field: Observed, text: str, count: int, first: Order) -> int:
    """Return how many values came before the first of a new kind; 0 where that may be chance."""
    place, limits = field.place, field.thresholds
    assert place is not None  # noqa: S101 - its values were looked at
    if field.before is not None:
        known = field.before.values
        enough = field.before.seen >= limits.strict_samples
        chance = fisher(count, field.seen, 0, field.before.seen)
        new = known is not None and text not in known and len(known) <= _FEW
        return field.before.seen if enough and new and chance < limits.alpha else 0
    began = moment_of(first) >> place.level
    earlier = sum(seen for stretch, seen in place.series.items() if stretch < began)
    chance = all_on_one_side(count, field.seen - earlier, field.seen) * max(1, len(place.series))
    return earlier if earlier >= limits.strict_samples and chance < limits.alpha else 0


RULE = EvidenceRule(
    Rule(
        "enum-growth",
        Severity.WARNING,
        "evidence",
        "A value comes that did not come before, among few known ones.",
    ),
    check,
)
