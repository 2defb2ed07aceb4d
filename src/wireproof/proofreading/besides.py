"""One field in an OpenAPI document of the page, and in a list of fields beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.scenes import is_ok, member_of
from wireproof.proofreading.telling import dotted, facts, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import FieldClaim, Path
    from wireproof.proofreading.scenes import Sheet

__all__ = ["about_documents"]

_WORDS: Final = {True: "required", False: "optional"}
_Key = tuple[str, str, "Path"]


def about_documents(sheet: Sheet, source: str) -> Iterator[Contradiction]:
    """Yield where a page's document requires a field that a list calls optional, or the other way round."""
    if not sheet.page.documents:
        return
    alone = sheet.operations[0].key if len({one.key for one in sheet.operations}) == 1 else ""
    inside: dict[_Key, list[FieldClaim]] = {}
    beside: dict[_Key, list[FieldClaim]] = {}
    asked = [member_of(one) for one in sheet.parameters if one.location in {"", "query"}]
    for claim in (*sheet.fields, *asked):
        operation = claim.scope.operation or alone
        known = (
            claim.settled
            and claim.required is not None
            and is_ok(claim.scope)
            and not claim.scope.called_back
        )
        if operation and known and claim.scope.side:
            written = inside if _within(claim, sheet) else beside
            written.setdefault((operation, claim.scope.side, claim.path), []).append(claim)
    for key, ours in inside.items():
        theirs = beside.get(key, [])
        duties, others = {one.required for one in ours}, {one.required for one in theirs}
        if len(duties) == len(others) == 1 and duties != others:
            yield _told(ours[0], theirs[0], source)


def _within(claim: FieldClaim, sheet: Sheet) -> bool:
    return any(part.lines.first <= claim.lines.first <= part.lines.last for part in sheet.page.documents)


def _told(ours: FieldClaim, theirs: FieldClaim, source: str) -> Contradiction:
    first, second = sorted((ours, theirs), key=lambda one: one.lines)
    return telling(
        "docs-prose-mismatch",
        ours.scope,
        pointer=pointer_of(ours.path),
        claimed=Spot(source, first.lines, facts(first)),
        shown=Spot(source, second.lines, facts(second)),
        message=f"`{dotted(ours.path)}` is {_WORDS[bool(ours.required)]} in the document, "
        f"and {_WORDS[bool(theirs.required)]} in the list",
        mend="take what a captured answer shows"
        if ours.scope.side == "response"
        else "try a call without it",
    )
