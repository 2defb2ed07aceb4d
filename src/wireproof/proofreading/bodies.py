"""The fields that a page lists against the examples that it shows, by the engine that judges answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wireproof.claims.words import FORMATS
from wireproof.finding import Severity
from wireproof.proofreading.composing import is_conditional, is_required_at_times
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.shifts import shifts_in
from wireproof.proofreading.telling import along, dotted, line_in, shown_value, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import FieldClaim, Path
    from wireproof.proofreading.pairing import Pairing
    from wireproof.proofreading.readings import Reading
    from wireproof.validating import Site

__all__ = ["against_example"]

_INNER = 2
"""Keys on the way to an envelope that is not around the whole body."""
_PLACEHOLDER = re.compile(
    r"\s*(?:<[^<>]*>|\{\{.*\}\}|\{[\w .-]*\}|\$\{?\w+\}?|\.{2,}|…|x{3,}|X{3,}|\*{3,}|your[ _-].*|YOUR_.*"
    r"|string|integer|number|boolean|int|float|object|array|url|uri|uuid|guid|date|datetime|timestamp)\s*"
)
_CUT = re.compile(r"\.{3}|…|\*{3}|x{4,}", re.IGNORECASE)
"""Stands in a value that a page shortens or hides, so that its format says nothing."""


def against_example(
    reading: Reading, pairing: Pairing, *, types_only: bool = False
) -> Iterator[Contradiction]:
    """Yield what the example contradicts of the fields, as far as the pairing bears it out.

    `types_only` is for an answer of another kind.
    """
    if not types_only:
        yield from shifts_in(reading, pairing)
    told: set[tuple[str, tuple[str | int, ...]]] = set()
    for site in reading.diagnosis.sites:
        key = (site.keyword, site.template)
        if key in told or (types_only and (site.keyword != "type" or site.value is None)):
            continue
        told.add(key)
        yield from _at(reading, site, pairing)
    if not types_only:
        yield from _beside_envelopes(reading, pairing)


def _at(reading: Reading, site: Site, pairing: Pairing) -> Iterator[Contradiction]:
    path: Path = tuple("*" if isinstance(token, int) else str(token) for token in site.path)
    if site.keyword == "undocumented":
        found = _undocumented(reading, site)
    elif site.keyword == "required":
        found = _missing(reading, site)
    elif site.keyword in {"type", "format"}:
        found = _mistyped(reading, site)
    else:
        return
    yield from (one for one in found if pairing.bears_out(one.rule, path))


def _claim_at(reading: Reading, site: Site) -> FieldClaim | None:
    path = tuple("*" if isinstance(token, int) else str(token) for token in site.path)
    found = reading.made.first(path)
    if found is None and path and path[-1] == "*":
        found = reading.made.first(path[:-1])
    return found


def _mistyped(reading: Reading, site: Site) -> Iterator[Contradiction]:
    claim = _claim_at(reading, site)
    path = reading.original(site.path)
    if claim is None or path in reading.example.elided or _is_placeholder(site.value, claim):
        return
    if not _within_envelopes(reading, path) or _on_faulty_line(reading, path):
        return
    if site.keyword == "format" and _CUT.search(str(site.value)):
        return
    name, pointer = dotted(path), pointer_of(path)
    shown = reading.shown(path, f"{name}: {shown_value(site.value, key=claim.name)}")
    claimed = reading.claimed(claim)
    if site.value is None:
        severity = Severity.ERROR if claim.nullable is False else None
        if claim.nullable is None and (claim.required is False or is_conditional(claim)):
            severity = Severity.INFO  # what may be left out, or comes under a condition, is null without it
        yield telling(
            "docs-null-shown",
            reading.scope,
            pointer=pointer,
            claimed=claimed,
            shown=shown,
            severity=severity,
            message=f"`{name}` is documented as {site.promised}, and the example shows null",
            mend="promise null beside the type in the contract",
        )
        return
    wanted = site.promised if site.keyword == "type" else f"{claim.written or 'string'} ({site.promised})"
    yield telling(
        "docs-type-mismatch",
        reading.scope,
        pointer=pointer,
        claimed=claimed,
        shown=shown,
        severity=None if site.keyword == "type" else Severity.WARNING,
        message=f"`{name}` is documented as {wanted}, and the example shows "
        f"{shown_value(site.value, key=claim.name)}",
        mend="ask the provider, or promise what a captured answer shows",
    )


def _on_faulty_line(reading: Reading, path: tuple[str | int, ...]) -> bool:
    """Return whether a value stands on a line that had to be mended, so that it may be a guess."""
    mended = {one.line for one in reading.example.repairs if one.kind == "fault"}
    return line_in(reading.example, path).first in mended


def _within_envelopes(reading: Reading, path: tuple[str | int, ...]) -> bool:
    """Return whether a place is inside what diagnosis took for the envelope of the listed fields.

    A name beside the envelope may be the envelope's own.
    """
    plain = tuple("*" if isinstance(token, int) else token for token in path)
    return all(
        plain[: len(change.to)] == tuple("*" if isinstance(token, int) else token for token in change.to)
        for change in reading.changes
        if change.rule == "envelope-added" and not change.at
    )


def _demanding(reading: Reading, site: Site) -> FieldClaim | None:
    """Return the claim about a place that requires it, if one does: a sketch says nothing of that."""
    path = tuple("*" if isinstance(token, int) else str(token) for token in site.path)
    claims = reading.made.claims.get(path, [])
    said = [claim for claim in claims if claim.required is not None and not claim.sketched]
    return said[0] if said and all(claim.required for claim in said) else _claim_at(reading, site)


def _missing(reading: Reading, site: Site) -> Iterator[Contradiction]:
    claim = _demanding(reading, site)
    if claim is None or not reading.example.complete or (claim.required and is_required_at_times(claim)):
        return
    holder = reading.original(site.path[:-1])
    if any(holder[: len(path)] == path for path in reading.example.elided):
        return
    if (*holder, site.path[-1]) in reading.example.elided or reading.example.elided[:1] == ((),):
        return
    name = dotted(site.path)
    rule = "docs-required-not-shown" if claim.required else "docs-field-not-shown"
    if rule == "docs-field-not-shown" and (
        claim.sketched or is_conditional(claim) or _shown_elsewhere(reading, claim.path)
    ):
        return
    yield telling(
        rule,
        reading.scope,
        pointer=pointer_of(site.path),
        claimed=reading.claimed(claim),
        shown=Spot(reading.source, reading.example.lines, f"{dotted(holder)} without {site.path[-1]}"),
        message=f"`{name}` is {'required' if claim.required else 'documented'}, "
        "and the example has no such field",
        mend="do not require the field until an answer was captured that has it"
        if claim.required
        else "treat the field as optional",
    )


def _shown_elsewhere(reading: Reading, path: Path) -> bool:
    """Return whether another element of the same list has the field."""
    return "*" in path and next(along(reading.example.value, path), None) is not None


def _undocumented(reading: Reading, site: Site) -> Iterator[Contradiction]:
    holder: Path = tuple("*" if isinstance(token, int) else str(token) for token in site.path[:-1])
    siblings = [claim for claim in reading.made.below(holder) if len(claim.path) == len(holder) + 1]
    if not any(claim.listed for claim in siblings):
        return
    yield _unlisted(reading, reading.original(site.path), site.value, holder)


def _beside_envelopes(reading: Reading, pairing: Pairing) -> Iterator[Contradiction]:
    """Yield the members that stand beside the content of an envelope, which no list names.

    What stands around the whole body is the provider's own for all its answers: that it is there is told.
    """
    for change in reading.changes:
        if change.rule != "envelope-added" or len(change.to) < _INNER:
            continue
        holder: Path = tuple("*" if isinstance(token, int) else str(token) for token in change.to[:-1])
        for path, value in along(reading.example.value, holder):
            for key, member in value.items() if isinstance(value, dict) else ():
                known = key == change.to[-1] or key in change.kept or reading.made.first((*holder, key))
                if not known and pairing.bears_out("docs-undocumented-field", (*map(str, change.at), key)):
                    yield _unlisted(reading, (*path, key), member, tuple(map(str, change.at)))


def _unlisted(reading: Reading, path: tuple[str | int, ...], value: Any, holder: Path) -> Contradiction:
    name = dotted(path)
    return telling(
        "docs-undocumented-field",
        reading.scope,
        pointer=pointer_of(path),
        claimed=reading.list_spot(holder),
        shown=reading.shown(path, f"{name}: {shown_value(value, key=str(path[-1]))}"),
        message=f"the example shows `{name}`, which the page does not list",
        mend="add the field to the contract as undocumented, once a captured answer has it",
    )


def _is_placeholder(value: Any, claim: FieldClaim) -> bool:
    """Return whether a string stands for a value: `<id>`, the name of a type, the name of the field."""
    if not isinstance(value, str):
        return False
    word = value.strip().casefold()
    return _PLACEHOLDER.fullmatch(value) is not None or word in FORMATS or word == claim.name.casefold()
