"""A promise that could be stronger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.observed import EvidenceRule, Observed
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]

_FORMATS = {"uuid": "uuid", "date-time": "date-time", "date": "date", "url": "uri", "e-mail": "email"}


def check(field: Observed) -> Iterator[Finding]:
    """Yield a finding for a member that always comes, and for strings that are always of one format."""
    place = field.place
    if place is None or place.first is None or not field.named:
        return
    enough = field.thresholds.strict_samples
    told = []
    if not field.required and field.seen == field.objects and field.objects >= enough:
        told.append(("present", "require it"))
    strings = place.types.get("string", 0)
    if strings >= enough and field.types <= {"string", "null"} and _is_open(field):
        told += [
            (f"a {kind}", f"promise format: {form}")
            for kind, form in _FORMATS.items()
            if place.classes.get(kind, (0, None))[0] == strings
        ]
    if told:
        what, mends = (" and ".join(parts) for parts in zip(*told, strict=True))
        types = " or ".join(sorted(field.types)) or "any value"
        promised = types if field.required else f"perhaps {types}"
        yield field.finding(
            RULE.rule,
            promised=promised,
            observed=f"{what} in all of {field.seen}",
            mend=f"{mends}, if the provider means it",
            kind=what,
            sightings=field.seen,
            of=field.seen,
            first=place.first,
            last=place.last,
        )


def _is_open(field: Observed) -> bool:
    return all(field.keyword(name) is None for name in ("format", "pattern", "enum", "const"))


RULE = EvidenceRule(
    Rule(
        "could-be-stricter",
        Severity.INFO,
        "evidence",
        "The contract could promise more: always present, always of one format.",
    ),
    check,
)
