"""Values that sentences name beside a field, against the lists of that field's values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.grounds import reaches
from wireproof.proofreading.meanings import means_success
from wireproof.proofreading.scenes import is_ok, same_place
from wireproof.proofreading.telling import dotted, line_in, listed, shown_value, telling
from wireproof.proofreading.wordlists import is_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import StatementClaim
    from wireproof.proofreading.scenes import Sheet
    from wireproof.proofreading.wordlists import WordList

__all__ = ["about_meaning", "about_values_named"]

_FEW: Final = 2
"""Values up to which a list may be a part of what a sentence says of a field that holds no state."""


def about_values_named(
    sheet: Sheet, known_lists: list[WordList], claim: StatementClaim, source: str
) -> Iterator[Contradiction]:
    """Yield where a sentence names a value that no list of its field has, where the page lists them all."""
    lists = [one for one in known_lists if _may_be_of(one, claim)]
    whole = [one for one in lists if one.complete and one.path]
    whole = [one for one in whole if len(one.values) > (1 if one.is_state else _FEW)]
    if not whole or len({one.path for one in whole}) > 1:
        return
    known = {str(value) for one in lists for value in one.spelled}
    if not all(isinstance(value, str) for value in whole[0].spelled):
        return
    strange = [str(value) for value in claim.value if str(value) not in known]
    if not strange or _shared(sheet, claim, whole[0]):
        return
    name = dotted(whole[0].path)
    near = next((word for word in known if _folded(word) == _folded(strange[0])), "")
    hint = f"; the list spells it {near}" if near else ""
    yield telling(
        "docs-status-set-mismatch",
        whole[0].scope,
        pointer=pointer_of(whole[0].path),
        claimed=Spot(source, whole[0].lines, listed(map(str, whole[0].spelled))),
        shown=Spot(source, claim.lines, claim.text[:120]),
        message=f"a sentence names {listed(strange)} as a value of `{name}`, "
        f"which is not among the listed values{hint}",
        mend="take the union as an open list, until answers were captured",
    )


def about_meaning(sheet: Sheet, claim: StatementClaim, source: str) -> Iterator[Contradiction]:
    """Yield where a success has another value in a field than the one that is said to mean success."""
    value, words = claim.value
    if not means_success(words) or any(one.lines == claim.lines for one in sheet.values):
        return
    answers = [
        one
        for one in sheet.examples
        if one.readable and isinstance(one.value, dict) and one.scope.side != "request"
    ]
    general = not claim.scope.operation
    for example in answers:
        near = [one for one in answers if one.scope.operation == example.scope.operation]
        alone = sum(not one.scope.status for one in near) == 1
        fine = is_ok(example.scope) and (example.scope.status or alone)
        here = general or (same_place(claim.scope, example.scope) and reaches(claim.scope, example.scope))
        shown = example.value.get(claim.about)
        if not (fine and here) or isinstance(shown, bool) or not isinstance(shown, str | int):
            continue
        if str(shown) != str(value) and isinstance(shown, int) is isinstance(value, int):
            yield telling(
                "docs-prose-mismatch",
                example.scope,
                pointer=pointer_of((claim.about,)),
                claimed=Spot(source, claim.lines, f"{value} means {words}"),
                shown=Spot(source, line_in(example, (claim.about,)), f"{claim.about}: {shown_value(shown)}"),
                message=f"{value} is said to mean success, and the example of a success has "
                f"{shown_value(shown)} in `{claim.about}`",
                mend="take the value that a captured success has",
            )
            return


def _may_be_of(words: WordList, claim: StatementClaim) -> bool:
    """Return whether a list is of the field that a sentence names, or of the one state that it speaks of."""
    if words.lines == claim.lines or not same_place(words.scope, claim.scope):
        return False
    name = claim.about.rpartition(".")[2]
    if words.path:
        last = next((key for key in reversed(words.path) if key != "*"), "")
        return last == name or (name == "status" and is_state(last))
    return words.name == name or (name == "status" and words.is_state)


def _shared(sheet: Sheet, claim: StatementClaim, words: WordList) -> bool:
    """Return whether other fields of that name, without a list of their own, may be meant."""
    name = claim.about.rpartition(".")[2]
    paths = {one.path for one in sheet.fields_of(name) if one.path != words.path}
    return bool(paths)


def _folded(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).casefold()
