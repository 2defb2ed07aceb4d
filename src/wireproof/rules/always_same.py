"""A place whose value is always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.observed import EvidenceRule, Observed
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(field: Observed) -> Iterator[Finding]:
    """Yield a finding where every value of a place is the same."""
    place = field.place
    if place is None or place.first is None or field.seen < field.thresholds.min_samples:
        return
    if field.seen < field.thresholds.strict_samples or place.values is None or len(place.values) != 1:
        return
    text, (count, _) = next(iter(place.values.items()))
    listed = field.keyword("enum")
    if count < field.seen or field.keyword("const") is not None or (listed and len(listed) == 1):
        return
    yield field.always(
        RULE.rule,
        promised="a value that may vary",
        observed=text,
        mend="promise it with const if it is meant to be fixed; else it tells nothing yet",
        kind="is the same",
    )


RULE = EvidenceRule(
    Rule(
        "always-same",
        Severity.INFO,
        "evidence",
        "A number, boolean or known word that is the same every time.",
    ),
    check,
)
