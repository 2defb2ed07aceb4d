"""Numbers that sentences give against the lists and examples that can be counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import Lines
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.sentences import speaks_of
from wireproof.proofreading.telling import dotted, line_in, telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.claims.claim import ExampleClaim, FieldClaim, ParameterClaim, Path, StatementClaim
    from wireproof.proofreading.scenes import Sheet
    from wireproof.proofreading.wordlists import WordList

__all__ = ["about_tally"]

_BELOW: Final = 6
"""Lines between a sentence that announces a list and the list's first row, at most."""


def about_tally(
    sheet: Sheet, lists: list[WordList], claim: StatementClaim, source: str
) -> Iterator[Contradiction]:
    """Yield where there are not as many members, states, headers or parameters as a sentence says."""
    if claim.kind == "count":
        if any(_says_more(one, claim) for one in sheet.statements):
            return
        yield from _count(sheet, claim, source)
    elif claim.kind in {"states", "states below"}:
        yield from _states(lists, claim, source)
    elif claim.kind.endswith(" below"):
        yield from _below(sheet, claim, source)


def _count(sheet: Sheet, claim: StatementClaim, source: str) -> Iterator[Contradiction]:
    about = tuple(key for key in re.split(r"\.|(?=\[)", claim.about.replace("[]", ".*")) if key)
    fields = [
        one
        for one in sheet.fields
        if one.listed and (not about or about[0] in one.path) and speaks_of(claim.scope, one.scope)
    ]
    places: set[Path] = {about, (*about, "*")} if about else {()}
    if len(about) == 1 and not any(one.path[:1] == about for one in fields):
        named_so = {one.path for one in fields if one.name == about[0]}
        places = named_so | {(*path, "*") for path in named_so} or places
    members = [one for one in fields if one.path[:-1] in places]
    if members:
        if not all(one.settled for one in members):
            return
        named = len({one.path[-1] for one in members})
        spot = Spot(source, members[0].lines.through(members[-1].lines), f"{named} documented fields")
    else:
        shown = _object_at(sheet, claim, places)
        if shown is None:
            return
        example, path, named = shown
        spot = Spot(
            source, line_in(example, path) if path else example.lines, f"{named} fields in the example"
        )
    if named != claim.value:
        yield _told(claim, source, about, f"`{dotted(about)}` is said to have {claim.value} fields", spot)


def _says_more(one: StatementClaim, claim: StatementClaim) -> bool:
    """Return whether the row of a list says the same number of its object as the sentence that it is."""
    return one.kind == "count" and one.lines == claim.lines and len(one.about) > len(claim.about)


def _object_at(
    sheet: Sheet, claim: StatementClaim, places: set[Path]
) -> tuple[ExampleClaim, tuple[str | int, ...], int] | None:
    examples = [
        one
        for one in sheet.examples_near(claim)
        if one.readable and one.complete and speaks_of(claim.scope, one.scope)
    ]
    if len(examples) != 1 or examples[0].elided:
        return None
    for place in places:
        value: Any = examples[0].value
        came: list[str | int] = []
        for key in place:
            step: str | int = 0 if key == "*" else key
            inside = (isinstance(value, dict) and step in value) or (
                isinstance(value, list) and step == 0 and value
            )
            value = value[step] if inside else None
            came.append(step)
        if isinstance(value, dict):
            return examples[0], tuple(came), len(value)
    return None


def _below(sheet: Sheet, claim: StatementClaim, source: str) -> Iterator[Contradiction]:
    """Yield where the list that a sentence announces has more rows, or fewer."""
    rows = _next_list([*sheet.fields, *sheet.parameters], claim.lines.last)
    if not rows or any(getattr(one, "settled", True) is False for one in rows):
        return
    what = claim.kind.partition(" ")[0]
    paths = {getattr(one, "path", (one.name,)) for one in rows}
    outer = min(len(path) for path in paths)
    top = {path for path in paths if len(path) == outer}
    if claim.value in {len(top), len(paths)}:
        return
    spot = Spot(source, rows[0].lines.through(rows[-1].lines), f"{len(top)} {what}")
    yield _told(claim, source, (), f"a sentence announces {claim.value} {what}", spot)


def _next_list(claims: Sequence[FieldClaim | ParameterClaim], line: int) -> list[FieldClaim | ParameterClaim]:
    """Return the rows of the list that begins right below a line: those whose lines follow each other."""
    later = sorted((one for one in claims if one.lines.first > line), key=lambda one: one.lines)
    rows: list[FieldClaim | ParameterClaim] = []
    end = line + _BELOW
    for one in later:
        if one.lines.first > end:
            break
        rows.append(one)
        end = one.lines.last + 1
    return rows


def _states(known: list[WordList], claim: StatementClaim, source: str) -> Iterator[Contradiction]:
    """Yield where the one list of a state's values has not as many as a sentence says."""
    lists = [
        one
        for one in known
        if one.complete
        and one.is_state
        and len(one.values) > 1
        and one.lines != claim.lines
        and speaks_of(claim.scope, one.scope)
    ]
    if not lists or len({one.path or (one.name,) for one in lists}) > 1:
        return
    if any(len(set(map(str, one.spelled))) == claim.value for one in lists):
        return
    words = lists[0]
    number = len(set(map(str, words.spelled)))
    spot = Spot(source, words.lines, f"{number} states")
    yield _told(claim, source, words.path, f"a sentence counts {claim.value} states", spot)


def _told(claim: StatementClaim, source: str, about: Path, said: str, spot: Spot) -> Contradiction:
    return telling(
        "docs-prose-mismatch",
        claim.scope,
        pointer=pointer_of(about),
        claimed=Spot(source, Lines(claim.lines.first, claim.lines.last), claim.text[:120]),
        shown=spot,
        message=f"{said}, and {'there are ' if 'said' not in said else ''}{spot.says}",
        mend="look for what is missing in a captured answer",
    )
