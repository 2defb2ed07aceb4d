"""A place whose value is always null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.observed import EvidenceRule, Observed
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(field: Observed) -> Iterator[Finding]:
    """Yield a finding where every value of a place is null."""
    place = field.place
    if place is None or place.first is None or field.seen < field.thresholds.min_samples:
        return
    if field.nulls < field.seen or field.types == {"null"}:
        return
    if field.types and "null" not in field.types:
        return  # each null breaks the contract, and is told so
    yield field.always(
        RULE.rule,
        promised="a value that may be null",
        observed="null",
        mend="if the provider never fills it, say so in the contract; do not build on it",
        kind="is null",
    )


RULE = EvidenceRule(
    Rule(
        "always-null",
        Severity.INFO,
        "evidence",
        "A value that is null every time.",
    ),
    check,
)
