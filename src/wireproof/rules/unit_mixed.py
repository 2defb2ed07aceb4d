"""One field, two units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.observed import EvidenceRule, Observed
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]

_GROUPS: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (
        frozenset({"epoch seconds", "epoch milliseconds", "epoch microseconds"}),
        frozenset({"far below zero", "large number", "larger number", "largest number"}),
    ),
    (frozenset({"date-time", "local date-time", "date", "integer text"}), frozenset({"text", "word", "hex"})),
    (frozenset({"percent", "number text"}), frozenset({"text", "word", "hex"})),
)
"""Units that exclude each other, and the classes beside which they are no units at all."""
_NONE = (0, None)


def check(field: Observed) -> Iterator[Finding]:
    """Yield a finding where values of two units came, each more than by accident."""
    place = field.place
    if place is None:
        return
    classes = place.classes
    for group, others in _GROUPS:
        met = [unit for unit in group if classes.get(unit, _NONE)[0] >= field.thresholds.mixed]
        if len(met) > 1 and not any(other in classes for other in others):
            yield _told(field, sorted(met, key=lambda unit: (classes[unit][0], unit)))


def _told(field: Observed, met: list[str]) -> Finding:
    assert field.place is not None  # noqa: S101 - its classes were looked at
    classes = field.place.classes
    *rare, usual = met
    count = sum(classes[unit][0] for unit in rare)
    return field.finding(
        RULE.rule,
        promised="one unit",
        observed=f"{usual} in {classes[usual][0]}, and {' and '.join(rare)} in {count}",
        mend="ask which unit is meant; until then tell them apart by their magnitude or form",
        kind=" and ".join(rare),
        sightings=count,
        of=field.seen,
        first=min(classes[unit][1] for unit in rare),
        last=field.place.last,
    )


RULE = EvidenceRule(
    Rule(
        "unit-mixed",
        Severity.WARNING,
        "evidence",
        "One field comes in two units: seconds and milliseconds, a time as text and as a number.",
    ),
    check,
)
