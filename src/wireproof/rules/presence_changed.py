"""A member that comes more or less often than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.observed import EvidenceRule, Observed
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(field: Observed) -> Iterator[Finding]:
    """Yield a finding where the share differs from the baseline's beyond chance."""
    before = field.before
    if before is not None and field.name is not None:
        yield from field.shifted(RULE.rule, (field.seen, field.objects), (before.seen, field.objects_before))


RULE = EvidenceRule(
    Rule(
        "presence-changed",
        Severity.WARNING,
        "evidence",
        "A member comes more or less often than in the baseline.",
    ),
    check,
)
