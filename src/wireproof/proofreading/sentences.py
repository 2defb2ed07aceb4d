"""Rows of lists against each other, and what their descriptions say against the examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.grounds import reaches
from wireproof.proofreading.scenes import same_place
from wireproof.proofreading.telling import dotted, facts, line_in, telling
from wireproof.proofreading.wordlists import WordList, found_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import FieldClaim, Scope
    from wireproof.proofreading.scenes import Sheet

__all__ = ["about_fields", "compatible", "speaks_of", "types_of", "unit_of"]

_MOMENT = re.compile(
    r"time|(?:^|_)(?:at|ts)$|At$|date|created|updated|stamp|expires|时间|fecha|日時", re.IGNORECASE
)
_NUMBER: Final = r"(-?\d+(?:\.\d+)?)"
_RANGE = re.compile(
    rf"\b(?:between|from|entre|zwischen)\s+{_NUMBER}\s*%?\s*(?:and|to|y|und)\s+{_NUMBER}"
    rf"(?=\s*(?:%|[.,;:)）]\D|[.,;:)）]?$|\(|inclusive|exclusive))|"
    rf"(?:取值范围|范围|値の範囲|範囲)(?:为|是|"
    rf"は)?\s*[:：]?\s*[\[(（]?\s*{_NUMBER}\s*[,，~～至到-]\s*{_NUMBER}(?=\s*[\])）。，;；]|$)",
    re.IGNORECASE,
)
_SHOWN: Final = 20
_EPOCH = re.compile(r"\bunix|\bepoch\b|\btimestamp\b|时间戳|エポック|タイムスタンプ", re.IGNORECASE)
_SECONDS: Final = (10**9, 10**10)
_MILLIS: Final = (10**12, 10**13)


def speaks_of(said: Scope, of: Scope) -> bool:
    """Return whether a sentence or a row may speak of what stands at another place."""
    return same_place(said, of) and reaches(said, of)


def about_fields(sheet: Sheet, source: str) -> Iterator[Contradiction]:
    """Yield where rows contradict each other, their own examples, or the unit that an example shows."""
    first: dict[tuple[object, ...], FieldClaim] = {}
    for claim in sheet.fields:
        key = (claim.scope.operation, claim.scope.side, claim.scope.status, claim.scope.parts, claim.path)
        known = first.setdefault(key, claim)
        if known is not claim and known.settled and claim.settled and not _level_lost(sheet, known, claim):
            yield from _twice(known, claim, source)
        yield from _unit_shown(sheet, claim, source)
        yield from _out_of_range(sheet, claim, source)
        yield from _own_example(claim, source)


def _level_lost(sheet: Sheet, known: FieldClaim, claim: FieldClaim) -> bool:
    """Return whether a list names, between two rows, an object beside them whose members it does not tell."""
    paths = [one.path for one in sheet.fields if one.listed == claim.listed]
    return known.listed == claim.listed and any(
        one.listed == claim.listed
        and known.lines < one.lines < claim.lines
        and one.path[:-1] == claim.path[:-1]
        and {"object", "array"} & set(one.types)
        and not any(len(path) > len(one.path) and path[: len(one.path)] == one.path for path in paths)
        for one in sheet.fields
    )


def _twice(known: FieldClaim, claim: FieldClaim, source: str) -> Iterator[Contradiction]:
    apart = known.types and claim.types and not compatible(set(known.types), set(claim.types))
    duty = {known.required, claim.required} == {True, False}
    if not (apart or duty):
        return
    yield telling(
        "docs-type-mismatch" if apart else "docs-prose-mismatch",
        claim.scope,
        pointer=pointer_of(claim.path),
        claimed=Spot(source, known.lines, facts(known)),
        shown=Spot(source, claim.lines, facts(claim)),
        message=f"`{dotted(claim.path)}` is described twice: {facts(known).partition(': ')[2]}, "
        f"and {facts(claim).partition(': ')[2]}",
        mend="take what a captured answer shows",
    )


def _unit_shown(sheet: Sheet, claim: FieldClaim, source: str) -> Iterator[Contradiction]:
    if claim.unit not in {"s", "ms"}:
        return
    words = WordList(claim.name, claim.path, (), claim.lines, claim.scope, complete=False)
    for example in sheet.examples:
        if not example.readable or not speaks_of(claim.scope, example.scope):
            continue
        for path, value in found_at(example.value, words, sheet)[:1]:
            unit = unit_of("time" if _EPOCH.search(claim.description) else claim.name, value)
            if unit and unit != claim.unit:
                yield telling(
                    "docs-prose-mismatch",
                    example.scope,
                    pointer=pointer_of(path),
                    claimed=Spot(source, claim.lines, f"{dotted(claim.path)} in {claim.unit}"),
                    shown=Spot(source, line_in(example, path), f"{dotted(path)}: {value}"),
                    message=f"`{dotted(path)}` is documented in {claim.unit}, and the example's "
                    f"{value} is a time in {unit}",
                    mend="take the unit of a captured answer",
                )


def _out_of_range(sheet: Sheet, claim: FieldClaim, source: str) -> Iterator[Contradiction]:
    """Yield where an example's number is not in the range that the description gives."""
    found = _RANGE.search(claim.description)
    if found is None or not claim.types or not set(claim.types) <= {"integer", "number", "null"}:
        return
    low, high = sorted(float(text) for text in found.groups() if text)
    words = WordList(claim.name, claim.path, (), claim.lines, claim.scope, complete=False)
    for example in sheet.examples:
        if not example.readable or not speaks_of(claim.scope, example.scope):
            continue
        for path, value in found_at(example.value, words, sheet)[:_SHOWN]:
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or low <= value <= high or str(value) in re.findall(r"-?[\d.]+", claim.description):
                continue
            yield telling(
                "docs-prose-mismatch",
                example.scope,
                pointer=pointer_of(path),
                claimed=Spot(source, claim.lines, f"{dotted(claim.path)}: {found[0]}"),
                shown=Spot(source, line_in(example, path), f"{dotted(path)}: {value}"),
                message=f"`{dotted(path)}` is said to be {found[0].strip()}, and the example shows {value}",
                mend="take the scale of a captured answer",
            )
            return


def _own_example(claim: FieldClaim, source: str) -> Iterator[Contradiction]:
    text = (claim.example or "").strip().strip("`\"'")
    if not text or not claim.types or re.search(r"[<>{}\s]|\.\.\.", text):
        return
    numeric = re.fullmatch(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?", text) is not None
    types = set(claim.types)
    wrong = (
        (types <= {"integer", "number"} and not numeric)
        or (types == {"boolean"} and text.lower() not in {"true", "false", "0", "1"})
        or (claim.enum and text not in {str(value) for value in claim.enum})
    )
    if wrong:
        rule = "docs-status-set-mismatch" if claim.enum else "docs-type-mismatch"
        yield telling(
            rule,
            claim.scope,
            pointer=pointer_of(claim.path),
            claimed=Spot(source, claim.lines, facts(claim)),
            shown=Spot(source, claim.lines, f"example {text}"),
            message=f"`{dotted(claim.path)}` is documented as {' or '.join(claim.types)}, "
            f"and its own example is {text}",
            mend="take what a captured answer shows",
        )


def unit_of(name: str, value: Any) -> str:
    """Return the unit of a moment, told by its size, or nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not _MOMENT.search(name):
        return ""
    if _SECONDS[0] <= value < _SECONDS[1]:
        return "s"
    return "ms" if _MILLIS[0] <= value < _MILLIS[1] else ""


def types_of(value: Any) -> set[str]:
    """Return the name of a value's type in JSON."""
    if isinstance(value, bool):
        return {"boolean"}
    if isinstance(value, int):
        return {"integer"}
    kinds = {float: "number", str: "string", list: "array", dict: "object", type(None): "null"}
    return {kinds[type(value)]}


def compatible(left: set[str], right: set[str]) -> bool:
    """Return whether a value may be of both: an integer is a number."""
    wide = {"integer": "number"}
    return bool({wide.get(name, name) for name in left} & {wide.get(name, name) for name in right})
