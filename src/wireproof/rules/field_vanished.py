"""A member that used to come, and comes no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.evidence.chance import all_on_one_side, fisher
from wireproof.finding import Finding, Severity
from wireproof.rules.observed import EvidenceRule, Observed
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(field: Observed) -> Iterator[Finding]:
    """Yield a finding where a member stopped coming, against the baseline or within the recording."""
    if field.name is None or field.required:
        return
    limits = field.thresholds
    if field.before is not None and field.before.seen and not field.seen:
        of = field.objects
        chance = fisher(0, of, field.before.seen, field.objects_before)
        if of >= limits.min_samples and chance < limits.alpha and field.parent and field.parent.first:
            yield _told(field, of, f"in {field.before.seen} of {field.objects_before} in the baseline")
        return
    if field.place is None or field.parent is None or field.place.last is None:
        return
    ended = max(field.place.series)
    after = sum(count for stretch, count in field.parent.series.items() if stretch > ended)
    whole = sum(field.parent.series.values())
    if after < limits.min_samples or field.seen > whole - after:
        return
    chance = all_on_one_side(field.seen, whole - after, whole) * len(field.parent.series)
    if chance < limits.alpha:
        yield _told(field, after, f"in {field.seen} of {whole - after} until then")


def _told(field: Observed, after: int, before: str) -> Finding:
    parent, last = field.parent, field.place.last if field.place else None
    assert parent is not None  # noqa: S101 - a member has a holder
    assert parent.first is not None  # noqa: S101 - which was seen
    assert parent.last is not None  # noqa: S101 - likewise
    return field.finding(
        RULE.rule,
        promised="the member may be absent",
        observed=f"it comes no more, in {after} at least, and came {before}",
        mend="ask whether the provider has dropped it; clients that read it get nothing",
        kind="absent",
        sightings=field.objects - field.seen,
        of=field.objects,
        first=last or parent.first,
        last=parent.last,
    )


RULE = EvidenceRule(
    Rule(
        "field-vanished",
        Severity.WARNING,
        "evidence",
        "A member that may be absent, and used to come, comes no more.",
    ),
    check,
)
