"""Rows of lists against each other, and what their descriptions say against the examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.bounds import bounds_in
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.grounds import reaches
from wireproof.proofreading.scenes import same_place
from wireproof.proofreading.strangers import fills_in
from wireproof.proofreading.telling import along, dotted, facts, line_in, shown_value, telling
from wireproof.proofreading.wordlists import WordList, found_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import Bound, ExampleClaim, FieldClaim, Scope
    from wireproof.proofreading.scenes import Sheet

__all__ = ["about_fields", "compatible", "speaks_of", "types_of", "unit_of"]

_MOMENT = re.compile(
    r"time|(?:^|_)(?:at|ts)$|At$|date|created|updated|stamp|expires|时间|fecha|日時", re.IGNORECASE
)
_COUNTED: Final = {"length": "characters", "items": "items"}
_SHOWN: Final = 20
_SEPARATED = re.compile(
    r"\b(?:separated|delimited|joined) by\b|-(?:separated|delimited)\b|分隔|区切り|separad\w+ por"
)
"""A list of this kind is a string."""
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
    for claim in sheet.members():
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
    for example in sheet.examples_near(claim):
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
    """Yield where an example's number, text or list is not within the bounds that its field has."""
    for of in _measured(claim):
        said = [
            one
            for one in (*claim.bounds, *bounds_in(claim.written), *bounds_in(claim.description))
            if one.of == of
        ]
        if said and not any(one.loose for one in said):
            yield from _out_of_bounds(sheet, claim, of, said, source)


def _measured(claim: FieldClaim) -> tuple[str, ...]:
    """Return what the bounds of a field are of, by its type."""
    types = set(claim.types) - {"null"}
    if types and types <= {"integer", "number"}:
        return ("value",)
    return ("length",) if types == {"string"} else ("items",) if types == {"array"} else ()


def _out_of_bounds(
    sheet: Sheet, claim: FieldClaim, of: str, said: list[Bound], source: str
) -> Iterator[Contradiction]:
    low = min((one.low for one in said if one.low is not None), default=float("-inf"))
    high = max((one.high for one in said if one.high is not None), default=float("inf"))
    words = WordList(claim.name, claim.path, (), claim.lines, claim.scope, complete=False)
    for example in sheet.examples_near(claim):
        if not example.readable or not speaks_of(claim.scope, example.scope):
            continue
        for path, value in _places(example, claim, words, sheet, of):
            size = _size(value, of)
            if size is None or low <= size <= high or path in example.elided:
                continue
            if of == "value" and (
                fills_in(example.value) or str(value) in re.findall(r"-?[\d.]+", claim.description)
            ):
                continue
            shown = shown_value(value) if of == "value" else f"{size:g} {_COUNTED[of]}"
            yield telling(
                "docs-prose-mismatch",
                example.scope,
                pointer=pointer_of(path),
                claimed=Spot(source, claim.lines, f"{dotted(claim.path)}: {said[0].written}"),
                shown=Spot(source, line_in(example, path), f"{dotted(path)}: {shown}"),
                message=f"`{dotted(path)}` is said to be {said[0].written}, and the example shows {shown}",
                mend="take the scale of a captured answer"
                if of == "value"
                else "take what a captured answer shows",
            )
            return


def _places(
    example: ExampleClaim, claim: FieldClaim, words: WordList, sheet: Sheet, of: str
) -> list[tuple[tuple[str | int, ...], Any]]:
    if of == "value":
        return found_at(example.value, words, sheet)[:_SHOWN]
    return list(along(example.value, claim.path))[:_SHOWN]


def _size(value: Any, of: str) -> float | None:
    """Return a number, or how many characters or items there are; None for what is of another kind."""
    if of == "value":
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None
    if of == "length":
        return (
            len(value)
            if isinstance(value, str) and value and not re.search(r"[<>{}]|\.\.\.|…", value)
            else None
        )
    return len(value) if isinstance(value, list) and value else None


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
