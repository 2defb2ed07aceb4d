"""Examples of another answer than the one that a page lists; examples that are no JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import Ground, Lines
from wireproof.claims.listing import shape_of
from wireproof.finding import Severity
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.grounds import together
from wireproof.proofreading.telling import dotted, facts, listed, span, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import ExampleClaim, FieldClaim
    from wireproof.proofreading.readings import Reading
    from wireproof.proofreading.scenes import Scene

__all__ = ["other_answer", "unreadable"]

_LEAST: Final = 3
_HARDLY: Final = 0.34
_MOSTLY: Final = 0.6


def other_answer(scene: Scene, reading: Reading) -> Iterator[Contradiction]:
    """Yield where one of a page's lists is hardly in the example, which fits another, or none.

    A list counts with its own members at the root of the body, and where titles state that it is of
    this answer; a shift that diagnosis found explains their absence better.
    """
    value = reading.example.value
    shifted = any(change.rule != "field-renamed" for change in reading.changes)
    if not isinstance(value, dict) or shifted or not reading.example.complete or _is_tabular(value):
        return
    lists: dict[int, list[FieldClaim]] = {}
    for claim in scene.documented:
        if together(claim.scope, reading.scope) > Ground.ASSUMED:
            lists.setdefault(claim.listed, []).append(claim)
    shares = {
        first: (len(names & set(value)) / len(names), names)
        for first, claims in lists.items()
        if (names := {claim.path[0] for claim in claims if claim.path[0] != "*"})
        and any(len(claim.path) == 1 for claim in claims)
    }
    unknown = [key for key in value if not any(key in names for _, names in shares.values())]
    for first, (share, names) in shares.items():
        if len(names) < _LEAST or share > _HARDLY:
            continue
        fitting = [
            other
            for other, (whole, others) in shares.items()
            if other != first and whole >= _MOSTLY and len(others) > 1
        ]
        if not _surely_here(lists, first, names, reading) or _shown_by_another(names, scene, reading):
            continue
        if any(_is_inside(lists[first], lists[other]) for other in fitting):
            continue
        if not fitting and (len(unknown) < _LEAST or share * len(names) > 1):
            continue
        yield _told(reading, lists[first], [claim for other in fitting for claim in lists[other]])


def _is_inside(ours: list[FieldClaim], fitting: list[FieldClaim]) -> bool:
    """Return whether a list follows, below one title, the one that an example fits: its own members."""
    return ours[0].scope.section == fitting[0].scope.section and fitting[0].lines < ours[0].lines


def _is_tabular(value: dict[str, Any]) -> bool:
    """Return whether an example has rows without names, whose members a list may name in their order."""
    return any(isinstance(one, list) and one and isinstance(one[0], list) for one in value.values())


def _shown_by_another(names: set[str], scene: Scene, reading: Reading) -> bool:
    """Return whether another example of the body has what a list names: that one is the list's."""
    return any(
        isinstance(other.value, dict) and len(names & set(other.value)) > _HARDLY * len(names)
        for other in scene.examples
        if other.readable and other is not reading.example
    )


def _surely_here(lists: dict[int, list[FieldClaim]], first: int, names: set[str], reading: Reading) -> bool:
    """Return whether a list is of this answer: the only one, or titled so, and none of it deeper inside.

    It must be both where diagnosis took some of its names for others that are shown.
    """
    titled = all(
        claim.scope.side == "response" and claim.scope.sided is Ground.STATED for claim in lists[first]
    )
    only = len(lists) == 1
    deeper = (keys for place, keys in shape_of([reading.example.value]).items() if place)
    sure = (titled and only) if reading.changes else (titled or only)
    return sure and not any(names & keys for keys in deeper)


def _told(reading: Reading, absent: list[FieldClaim], fitting: list[FieldClaim]) -> Contradiction:
    value = reading.example.value
    missing = [claim for claim in absent if claim.path[0] not in value]
    other = (
        f"; it fits the fields of lines {span(claim.lines for claim in fitting)}"
        if fitting
        else f"; it has {listed(value)} instead"
    )
    spot = Spot(reading.source, reading.example.lines, listed(value))
    absorbs = tuple(
        telling(
            "docs-required-not-shown" if claim.required else "docs-field-not-shown",
            reading.scope,
            pointer=pointer_of(claim.path),
            claimed=Spot(reading.source, claim.lines, facts(claim)),
            shown=Spot(reading.source, reading.example.lines, f"no {dotted(claim.path)}"),
            message=f"`{dotted(claim.path)}` is documented, and the example has no such field",
            mend="promise it in a shape of its own",
        )
        for claim in missing
    )
    return telling(
        "docs-other-answer",
        reading.scope,
        pointer="",
        claimed=Spot(
            reading.source,
            span(claim.lines for claim in absent),
            listed(claim.path[0] for claim in absent),
        ),
        shown=spot,
        message=f"the example shows {len(absent) - len(missing)} of the {len(absent)} fields listed"
        f" in lines {span(claim.lines for claim in absent)}{other}: one of the two is another answer",
        mend="describe both answers in the contract, as alternatives told apart by their fields",
        absorbs=absorbs,
    )


def unreadable(example: ExampleClaim, source: str) -> Iterator[Contradiction]:
    """Yield one contradiction for an example that is no JSON: what had to be mended, and where.

    It is an alarm where what was meant had to be guessed.  A comment, a comma at the end, a placeholder
    or the notation of another language leave no reader in doubt, and break no client.
    """
    faults = list(example.repairs)
    if example.readable and not faults:
        return
    first = faults[0].line if faults else example.lines.first
    told = listed(f"{fault.what} (line {fault.line})" for fault in faults) or "nothing of it can be read"
    deep = any(fault.what.startswith("what is nested deeper") for fault in faults)
    cut = "" if example.complete or deep else " it is cut short;"
    readable = all(fault.kind != "fault" for fault in faults)
    severity = Severity.ERROR if not example.readable else Severity.INFO if readable else None
    yield telling(
        "docs-example-unreadable",
        example.scope,
        pointer="",
        severity=severity,
        claimed=Spot(source, example.lines, "an example of JSON"),
        shown=Spot(source, Lines(first, first), told),
        message=f"the example is no JSON:{cut} read on after: {told}"
        if example.readable
        else f"the example {'cannot be read' if deep else 'is no JSON'}:{cut} {told}",
        mend="ask for an example that is a captured answer",
    )
