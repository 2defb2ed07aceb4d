"""A place whose value is always empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.observed import EvidenceRule, Observed
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(field: Observed) -> Iterator[Finding]:
    """Yield a finding where every value of a place is empty."""
    place = field.place
    if place is None or place.first is None or field.seen < field.thresholds.min_samples:
        return
    if place.empty < field.seen:
        return
    yield field.always(
        RULE.rule,
        promised="a string, array or object",
        observed="empty",
        mend="if the provider never fills it, say so in the contract; do not build on it",
        kind="is empty",
    )


RULE = EvidenceRule(
    Rule(
        "always-empty",
        Severity.INFO,
        "evidence",
        "A string, array or object that is empty every time.",
    ),
    check,
)
