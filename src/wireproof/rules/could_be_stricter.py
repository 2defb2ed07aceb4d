"""A promise that could be stronger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.field import EvidenceRule, Field
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]

_FORMATS = {"uuid": "uuid", "date-time": "date-time", "date": "date", "url": "uri", "e-mail": "email"}


def check(field: Field) -> Iterator[Finding]:
    """Yield a finding for a member that always comes, and for strings that are always of one format."""
    place = field.place
    if place is None or place.first is None or not field.named:
        return
    enough = field.thresholds.strict_samples
    if not field.required and field.seen == field.objects and field.objects >= enough:
        yield _told(field, "the member may be absent", "present", "require the member", field.objects)
    strings = place.types.get("string", 0)
    if strings >= enough and field.types <= {"string", "null"} and _is_open(field):
        for kind, form in _FORMATS.items():
            if place.classes.get(kind, (0, None))[0] == strings:
                yield _told(field, "any string", f"a {kind}", f"promise format: {form}", strings)


def _is_open(field: Field) -> bool:
    return all(field.keyword(name) is None for name in ("format", "pattern", "enum", "const"))


def _told(field: Field, promised: str, what: str, mend: str, of: int) -> Finding:
    assert field.place is not None  # noqa: S101 - it was seen
    assert field.place.first is not None  # noqa: S101 - likewise
    return field.finding(
        RULE.rule,
        promised=promised,
        observed=f"{what} in all of {of}",
        mend=f"{mend}, if the provider means it",
        kind=what,
        sightings=of,
        of=of,
        first=field.place.first,
        last=field.place.last,
        to=what,
    )


RULE = EvidenceRule(
    Rule(
        "could-be-stricter",
        Severity.INFO,
        "evidence",
        "The contract could promise more: always present, always of one format.",
    ),
    check,
)
