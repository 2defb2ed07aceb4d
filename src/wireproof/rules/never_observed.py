"""A promise that nothing in the recording shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.observed import EvidenceRule, Observed
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(field: Observed) -> Iterator[Finding]:
    """Yield a finding for a named member that never came, and for each listed value that never did."""
    limits = field.thresholds
    if field.place is None:
        if field.before is None and field.parent is not None and field.objects >= limits.min_samples:
            yield _told(field, "the member", "no such member", field.objects, field.pointer)
        return
    listed = field.keyword("enum") or field.keyword("x-extensible-enum")
    if field.seen - field.nulls < limits.min_samples or field.place.values is None:
        return
    texts = [f'"{value}"' for value in listed or () if isinstance(value, str)]
    missing = [text for text in texts if text not in field.place.values]
    if missing and len(texts) > 1:
        shown = ", ".join(missing)
        yield _told(field, f"the value {shown}", f"no {' and no '.join(missing)}", field.seen, field.pointer)


def _told(field: Observed, promised: str, observed: str, of: int, pointer: str) -> Finding:
    seen = field.place or field.parent
    assert seen is not None  # noqa: S101 - one of them was seen
    assert seen.first is not None  # noqa: S101 - likewise
    return field.finding(
        RULE.rule,
        promised=promised,
        observed=f"{observed} in {of}",
        mend="nothing, if it is rare; else look whether the contract still tells the truth",
        kind="absent",
        sightings=of,
        of=of,
        first=seen.first,
        last=seen.last,
        pointer=pointer,
    )


RULE = EvidenceRule(
    Rule(
        "never-observed",
        Severity.INFO,
        "evidence",
        "An operation, answer, member or value is promised, and never came.",
    ),
    check,
)
