"""One page in, everything in which it disagrees with itself out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from wireproof.errors import ContractError
from wireproof.lint import lint
from wireproof.openapi import read_document
from wireproof.proofreading.access import about_access
from wireproof.proofreading.answers import other_answer, unreadable
from wireproof.proofreading.besides import about_documents
from wireproof.proofreading.bodies import against_example
from wireproof.proofreading.conditions import about_conditions
from wireproof.proofreading.contradiction import Contradiction, sorted_out
from wireproof.proofreading.fitting import explains, fits_better
from wireproof.proofreading.grounds import grounded
from wireproof.proofreading.insides import about_insides
from wireproof.proofreading.pairing import Pairing
from wireproof.proofreading.readings import Reading
from wireproof.proofreading.requests import about_requests, answers_of_others
from wireproof.proofreading.scenes import Sheet, is_bare, is_failure, same_place, sheet_of, stands_apart
from wireproof.proofreading.sentences import about_fields
from wireproof.proofreading.statements import about_formats, about_statements, told_to_be_null
from wireproof.proofreading.telling import dotted
from wireproof.proofreading.unsent import about_unsent
from wireproof.proofreading.values import about_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wireproof.claims.claim import ExampleClaim, FieldClaim, Lines, Page
    from wireproof.lint import Defect
    from wireproof.proofreading.scenes import Scene

__all__ = ["Coverage", "Proof", "proofread"]

_NOT_SHOWN: Final = frozenset({"docs-field-not-shown", "docs-required-not-shown"})
_FAILED: Final = "error"
"""The kind of a scene that a title calls a failure, and no status of HTTP another body."""
_OF_FAILURES: Final = frozenset({"docs-type-mismatch", "docs-undocumented-field"})
"""What the list of an answer tells of a failure with its names, which may lack what is promised."""
_LARGEST: Final = 20_000
"""Values of an example up to which it is judged."""
_STRAYED: Final = "it answers the sample call above, which is of an operation that the page does not describe"
_NOTHING: Final = "no list stands with it, and none proves by its names to be about it"
_CUSTOM: Final = (
    "it lists what is inside `{}`, as other lists of the page do: where its fields stand is not judged"
)
_EXAMPLES: Final = 60
_TOO_LARGE: Final = "too many or too large to be compared"
_MANY: Final = 600
"""Fields of one body up to which they are compared with its examples."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what the page lists one body's examples show."""

    operation: str
    side: str
    status: str
    fields: int
    examples: tuple[Lines, ...]
    not_shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What proofreading a page gives: contradictions, defects of its documents, what was covered.

    `unjudged` says of an example, with its lines, why it was not judged; `whole` is False where
    that was for its size, so that nobody knows what judging it would have found.
    """

    page: Page
    contradictions: tuple[Contradiction, ...]
    defects: tuple[Defect, ...]
    coverage: tuple[Coverage, ...]
    unjudged: tuple[tuple[Lines, str], ...] = ()
    whole: bool = True


def proofread(page: Page) -> Proof:
    """Return the contradictions of a page; nothing is raised, whatever the page holds."""
    sheet = sheet_of(page)
    fields = told_to_be_null(sheet)
    if fields is not sheet.fields:
        sheet = sheet_of(page)
        sheet.fields = fields
    source = page.name
    found: list[Contradiction] = []
    coverage: list[Coverage] = []
    unjudged: list[tuple[Lines, str]] = []
    scenes = sheet.scenes()
    strayed = answers_of_others(sheet)
    for scene in scenes:
        unjudged += [(one.lines, _STRAYED) for one in scene.examples if one.lines in strayed]
        scene.examples = [one for one in scene.examples if one.lines not in strayed]
    for scene in scenes:
        found += _scene(scene, scenes, sheet, unjudged)
        coverage.append(_coverage(scene))
    for check in (
        about_values,
        about_fields,
        about_insides,
        about_documents,
        about_formats,
        about_statements,
        about_conditions,
        about_access,
        about_requests,
        about_unsent,
    ):
        found += check(sheet, source)
    for example in sheet.examples:
        found += unreadable(example, source)
    customs = _customs(found)
    unjudged += [
        (one.claimed.lines, _CUSTOM.format(_envelope(one)[1:]))
        for one in found
        if one.claimed.lines and _envelope(one) in customs
    ]
    tops = _tops(sheet)
    told = [one for one in found if not (_announced(one, sheet, tops) or _envelope(one) in customs)]
    kept = sorted_out(_without_echoes(told))
    whole = not any(reason.endswith(_TOO_LARGE) for _, reason in unjudged)
    return Proof(page, kept, tuple(_linted(sheet)), tuple(coverage), tuple(unjudged), whole)


def _scene(
    scene: Scene,
    scenes: Sequence[Scene],
    sheet: Sheet,
    unjudged: list[tuple[Lines, str]],
) -> Iterator[Contradiction]:
    """Yield what one body's examples contradict of its fields."""
    lenders = _lenders(scene, scenes)
    fields = [claim for one in lenders for claim in one.fields]
    types_only = lenders != [scene] and scene.kind != "ok"
    names = frozenset(claim.path[0] for claim in fields if claim.path)
    found: list[list[Contradiction]] = []
    if len(scene.examples) > _EXAMPLES:
        rest = scene.examples[_EXAMPLES].lines.through(scene.examples[-1].lines)
        unjudged.append((rest, f"of a body's examples, those after the first {_EXAMPLES} are {_TOO_LARGE}"))
    for example in scene.examples[:_EXAMPLES]:
        if not fields or not example.readable:
            continue
        if len(example.at) >= _LARGEST or len(fields) > _MANY:
            what = "the example is" if len(fields) <= _MANY else f"with {len(fields)} fields the list is"
            unjudged.append((example.lines, f"{what} {_TOO_LARGE}"))
            continue
        if types_only and not _shares(example, names):
            continue
        failed = types_only and scene.kind == _FAILED and explains(fields, example)
        narrow = not failed and (
            types_only
            or is_failure(example, names)
            or is_bare(example, scene)
            or stands_apart(example, scene)
        )
        belonging = grounded(fields, example, scene.examples[:_EXAMPLES])
        if not belonging.fields:
            unjudged.append((example.lines, _NOTHING))
            continue
        reading = _reading(sheet.page.name, belonging.fields, example, unjudged)
        if reading is None:
            continue
        pairing = Pairing(reading, sheet, belonging)
        other = fits_better(lenders, example, scenes, belonging.fields, sheet.explained)
        told = _against(scene, reading, pairing, types_only=narrow, doubted=other is not None)
        found.append([one for one in told if not failed or one.rule in _OF_FAILURES])
        unjudged += [(example.lines, reason) for reason in pairing.reasons()]
        if other is not None and not found[-1]:
            where = f"the {other.side} of {other.operation or 'another operation'}"
            unjudged.append((example.lines, f"it fits {where} better than what is listed for it"))
    yield from _in_every_example(found, scene)


def _lenders(scene: Scene, scenes: Sequence[Scene]) -> list[Scene]:
    """Return the bodies whose lists may be about a body's examples: itself, unless it has no list.

    A failure may have the fields of its operation's answer, a callback those of a list that is of no
    operation and of no side.
    """
    if scene.fields or (scene.kind == "ok" and not scene.called_back):
        return [scene]
    of_none = scene.kind == "ok"
    operation = "" if of_none else scene.operation
    return [
        one
        for one in scenes
        if (one.operation, one.side, one.kind) == (operation, scene.side, "ok")
        and not (of_none and (one.called_back or any(claim.scope.side for claim in one.fields)))
    ]


def _shares(example: ExampleClaim, names: frozenset[str]) -> bool:
    """Return whether an error's body has at least half of its names from the answer of a success."""
    keys = set(example.value) if isinstance(example.value, dict) else set()
    return 2 * len(keys & names) >= len(keys)


def _reading(
    source: str, fields: list[FieldClaim], example: ExampleClaim, unjudged: list[tuple[Lines, str]]
) -> Reading | None:
    try:
        return Reading(source, example.scope, fields, example)
    except ContractError as error:
        unjudged.append((example.lines, f"its fields make no schema: {error.message}"))
        return None


def _against(
    scene: Scene, reading: Reading, pairing: Pairing, *, types_only: bool, doubted: bool
) -> list[Contradiction]:
    found = [] if doubted else list(against_example(reading, pairing, types_only=types_only))
    if types_only:
        return found
    if scene.side == "request":
        return [one for one in found if one.rule != "docs-field-not-shown"]
    others = list(other_answer(scene, reading))
    if not others:
        return found
    absorbed = {part.pointer for one in others for part in one.absorbs}
    kept = [
        one
        for one in found
        if not (one.rule in _NOT_SHOWN and any(one.pointer.startswith(place) for place in absorbed))
    ]
    strange = tuple(
        one for one in kept if one.rule == "docs-undocumented-field" and one.pointer.count("/") == 1
    )
    told = [replace(one, absorbs=(*one.absorbs, *strange)) for one in others]
    return told + [one for one in kept if one not in strange]


def _in_every_example(found: list[list[Contradiction]], scene: Scene) -> Iterator[Contradiction]:
    """Yield what was found, but a field that is merely not shown only where no example shows it."""
    readable = len(found)
    absent: dict[str, int] = {}
    for group in found:
        for one in group:
            if one.rule == "docs-field-not-shown":
                absent[one.pointer] = absent.get(one.pointer, 0) + 1
    for group in found:
        for one in group:
            if one.rule != "docs-field-not-shown" or absent[one.pointer] == readable == len(scene.examples):
                yield one


def _announced(one: Contradiction, sheet: Sheet, tops: Mapping[str, set[Lines]]) -> bool:
    """Return whether a sentence says what the list leaves out: a key around the body, or a list of bodies."""
    if one.pointer or one.rule not in {"docs-level-shift", "docs-type-mismatch"}:
        return False
    around = "/".join((one.to or "").split("/")[:2])
    if one.rule == "docs-level-shift" and tops.get(around, set()) - _parts(one):
        return True  # another list names the object around the body, so that this one lists its members
    said = [claim for claim in sheet.statements if same_place(claim.scope, one.scope)]
    if one.rule == "docs-type-mismatch":
        return any(claim.kind == "list" for claim in said)
    return any(
        claim.kind == "envelope"
        and (one.to == f"/{claim.about}" or (not claim.about and (one.to or "").count("/") == 1))
        for claim in said
    )


def _tops(sheet: Sheet) -> dict[str, set[Lines]]:
    """Return where lists name the members of bodies, by their pointer."""
    tops: dict[str, set[Lines]] = {}
    for claim in sheet.fields:
        if claim.listed and len(claim.path) == 1:
            tops.setdefault(f"/{claim.path[0]}", set()).add(claim.lines)
    return tops


def _parts(one: Contradiction) -> set[Lines | None]:
    return {part.claimed.lines for part in one.absorbs} or {one.claimed.lines}


def _envelope(one: Contradiction) -> str:
    """Return the place of the object that the example puts around what a list begins with, or nothing."""
    if one.rule != "docs-level-shift" or not (one.to or "").endswith(one.pointer):
        return ""
    return (one.to or "").removesuffix(one.pointer)


def _customs(found: Iterable[Contradiction]) -> set[str]:
    """Return the envelopes that several lists leave out: that is the page's way to list, and no slip."""
    lists: dict[str, set[Lines | None]] = {}
    for one in found:
        if _envelope(one):
            lists.setdefault(_envelope(one), set()).add(one.claimed.lines)
    return {envelope for envelope, places in lists.items() if len(places) > 1}


def _without_echoes(found: list[Contradiction]) -> Iterator[Contradiction]:
    """Yield the contradictions, without a field's mere absence where a sentence about it says more."""
    told = {one.pointer for one in found if one.rule == "docs-prose-mismatch"}
    misplaced = {one.pointer for one in found if one.rule == "docs-request-mismatch"}
    shifted = {part.to for one in found if one.rule == "docs-level-shift" for part in one.absorbs}
    for one in found:
        if one.rule in {"docs-field-not-shown", "docs-null-shown"} and one.pointer in told:
            continue
        if one.rule == "docs-undocumented-field" and one.pointer in shifted:
            continue
        if one.rule == "docs-undocumented-field" and one.scope.side == "request" and one.pointer in misplaced:
            continue
        yield one


def _coverage(scene: Scene) -> Coverage:
    names = {claim.path for claim in scene.fields}
    shown: set[tuple[str, ...]] = set()
    for example in scene.examples:
        if example.readable:
            shown |= {tuple("*" if isinstance(key, int) else key for key in path) for path in example.at}
    absent = sorted(dotted(path) for path in names - shown) if shown else []
    status = "" if scene.kind == "ok" else scene.kind
    lines = tuple(example.lines for example in scene.examples)
    return Coverage(scene.operation, scene.side, status, len(names), lines, tuple(absent))


def _linted(sheet: Sheet) -> Iterator[Defect]:
    """Yield the defects of each OpenAPI document on the page, at the page's own lines."""
    judged = {number for one in sheet.examples for number in range(one.lines.first - 1, one.lines.last + 1)}
    for document in sheet.page.documents:
        try:
            parsed = read_document(sheet.page.name, document.text.encode())
        except ContractError:
            continue  # the page's unread parts say where it is not well-formed
        for defect in lint(parsed):
            line = None if defect.line is None else defect.line + document.lines.first - 1
            if defect.rule == "example-mismatch" and (line or 0) in judged:
                continue
            yield replace(defect, line=line)
