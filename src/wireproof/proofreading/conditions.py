"""Fields that come when all is done, against examples in which all is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.finding import Severity
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.grounds import reaches
from wireproof.proofreading.meanings import means_success
from wireproof.proofreading.scenes import is_ok, same_place
from wireproof.proofreading.telling import along, dotted, line_in, telling
from wireproof.proofreading.wordlists import is_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import ExampleClaim, FieldClaim
    from wireproof.proofreading.scenes import Sheet

__all__ = ["about_conditions"]

_DONE = re.compile(
    r"[(（,，;；]\s*(?:only\s+)?(?:when|once|if|after)\s+(?:it (?:is|has)\s+|the \w+ (?:is|has)\s+)?"
    r"(?:completed?|done|finished|succeeded|successful|ready)\s*[)）.;；]?\s*$|"
    r"[(（,，;；]\s*(?:仅|在)?(?:任务)?(?:完成|成功)(?:时|后)(?:返回|存在|可用)?\s*[)）。;；]?\s*$|"
    r"[(（、]\s*(?:完了|成功)(?:時|後)(?:に返る|のみ)?\s*[)）。]?\s*$",
    re.IGNORECASE,
)
"""What a description ends with that says when its field comes."""
_PERHAPS = re.compile(r"\b(?:may|might|can|optional\w*|some)\b|可能|可选|任意|場合", re.IGNORECASE)
_COMMON: Final = 3
"""Listed names beside the field that an example must show."""


def about_conditions(sheet: Sheet, source: str) -> Iterator[Contradiction]:
    """Yield where a field comes "when completed", and an example that is completed does not have it."""
    for claim in sheet.fields:
        if claim.scope.side == "request" or claim.required is False or not is_ok(claim.scope):
            continue
        met = _DONE.search(claim.description)
        if met is None or _PERHAPS.search(claim.description):
            continue
        for example in sheet.examples_near(claim):
            state = _done_without(claim, example, sheet)
            if state:
                name = dotted(claim.path)
                yield telling(
                    "docs-required-not-shown",
                    example.scope,
                    pointer=pointer_of(claim.path),
                    severity=Severity.WARNING,
                    claimed=Spot(source, claim.lines, f"{name}: {met[0].strip(' ()（）,，;；.。')}"),
                    shown=Spot(source, line_in(example, state), f"{dotted(state)}, and no {name}"),
                    message=f"`{name}` is said to come when all is done, and an example that is done "
                    "has no such field",
                    mend="look whether a captured answer has it",
                )
                break


def _done_without(claim: FieldClaim, example: ExampleClaim, sheet: Sheet) -> tuple[str | int, ...]:
    """Return the path of the state of an example that is done and lacks the field, else an empty path."""
    usable = (
        example.readable
        and example.complete
        and not example.elided
        and example.scope.side == "response"
        and is_ok(example.scope)
        and same_place(example.scope, claim.scope)
        and reaches(claim.scope, example.scope)
    )
    if not usable:
        return ()
    beside = {one.path[-1] for one in sheet.fields_below(claim.path[:-1]) if one.path}
    for place, holder in along(example.value, claim.path[:-1]):
        if isinstance(holder, dict) and claim.path[-1] not in holder and len(beside & set(holder)) >= _COMMON:
            return next(((*place, key) for key, value in holder.items() if _is_done(key, value)), ())
    return ()


def _is_done(key: str, value: Any) -> bool:
    return isinstance(value, str) and is_state(key) and means_success(value.replace("_", " "))
