"""Sample calls that leave out what a list of parameters, without a place for them, says they need."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from wireproof.claims.addresses import in_query
from wireproof.claims.claim import Ground
from wireproof.proofreading.access import is_credential
from wireproof.proofreading.contradiction import Contradiction, Spot
from wireproof.proofreading.grounds import together
from wireproof.proofreading.telling import facts, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import CallClaim, ExampleClaim, ParameterClaim
    from wireproof.proofreading.scenes import Sheet

__all__ = ["about_unsent"]

_SENDING = frozenset({"POST", "PUT", "PATCH"})
_MEND = "send what is required, or call it optional"


def about_unsent(sheet: Sheet, source: str) -> Iterator[Contradiction]:
    """Yield each required parameter that the one sample call of its part of the page does not send.

    Titles tell that list and call are about one thing, and the list has all that the call sends: then
    what it leaves out is the page's slip.
    """
    loose = [one for one in sheet.parameters if one.location == "" and one.scope.side == "request"]
    if not loose:
        return
    below: dict[frozenset[str], list[ParameterClaim]] = {}
    for one in loose:
        if one.scope.parts:
            below.setdefault(one.scope.parts[-1].words, []).append(one)
    for call, body in _sendings(sheet):
        words = body.scope.parts[-1].words if body.scope.parts else frozenset()
        mine = [one for one in below.get(words, ()) if _is_about(one, body)]
        sent = set(body.value) | set(in_query(call.url))
        absent = [one for one in mine if one.required is True and one.name not in sent]
        absent = [one for one in absent if not is_credential(one.name)]
        listed = {one.name for one in mine}
        if not set(body.value) <= listed or len(listed) < len(mine) or len(absent) > len(listed & sent):
            continue
        for one in absent:
            yield telling(
                "docs-request-mismatch",
                one.scope,
                pointer=f"/{one.name}",
                claimed=Spot(source, one.lines, facts(one)),
                shown=Spot(source, call.lines, f"{call.method} {call.url}"),
                message=f"`{one.name}` is required, and the sample call does not send it",
                mend=_MEND,
            )


def _sendings(sheet: Sheet) -> Iterator[tuple[CallClaim, ExampleClaim]]:
    """Yield each call that sends an object, with that object."""
    examples = sorted(sheet.examples, key=_begins)
    for call in sheet.calls:
        if call.method not in _SENDING:
            continue
        for example in examples[bisect_left(examples, call.lines.first, key=_begins) :]:
            if example.lines.first > call.lines.last:
                break
            inside = example.lines.last <= call.lines.last
            if inside and isinstance(example.value, dict) and example.value and not example.repairs:
                yield call, example


def _begins(example: ExampleClaim) -> int:
    return example.lines.first


def _is_about(one: ParameterClaim, body: ExampleClaim) -> bool:
    """Return whether titles of the page name the same subject over a parameter and over a body."""
    titled = bool(one.scope.parts and body.scope.parts) and one.scope.parts != body.scope.parts
    apart = titled and one.scope.parts[-1].words == body.scope.parts[-1].words != frozenset()
    return apart and together(one.scope, body.scope, above=one.lines < body.lines) > Ground.ASSUMED
