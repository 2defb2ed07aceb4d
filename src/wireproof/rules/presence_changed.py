"""A member that comes more or less often than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.evidence.chance import fisher
from wireproof.finding import Finding, Severity
from wireproof.rules.observed import EvidenceRule, Observed
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(field: Observed) -> Iterator[Finding]:
    """Yield a finding where the share differs from the baseline's beyond chance."""
    before, place = field.before, field.place
    if before is None or place is None or place.first is None or field.name is None:
        return
    limits = field.thresholds
    count, of = field.seen, field.objects
    count_before, of_before = before.seen, field.objects_before
    if min(of, of_before) < limits.min_samples:
        return
    share, share_before = count / of, count_before / of_before
    if abs(share - share_before) < limits.least_change:
        return
    if fisher(count, of, count_before, of_before) >= limits.alpha:
        return
    yield field.finding(
        RULE.rule,
        promised=f"{share_before:.1%} in the baseline ({count_before} of {of_before})",
        observed=f"{share:.1%} ({count} of {of})",
        mend="ask the provider what changed; see since when in the evidence",
        kind="more" if share > share_before else "less",
        sightings=max(1, count),
        of=of,
        first=place.first,
        last=place.last,
    )


RULE = EvidenceRule(
    Rule(
        "presence-changed",
        Severity.WARNING,
        "evidence",
        "A member comes more or less often than in the baseline.",
    ),
    check,
)
