"""Lists of values against each other: their words, and what each word means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import Ground, Lines
from wireproof.claims.phrases import identifier
from wireproof.claims.words import folded
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.grounds import reaches, together
from wireproof.proofreading.meanings import worded_alike
from wireproof.proofreading.nearby import Nearby
from wireproof.proofreading.scenes import same_place
from wireproof.proofreading.strangers import near_word, strangers_in
from wireproof.proofreading.telling import dotted, listed, telling
from wireproof.proofreading.wordlists import word_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import Path
    from wireproof.proofreading.scenes import Sheet
    from wireproof.proofreading.wordlists import WordList

__all__ = ["about_values"]

_OF_STATES = re.compile(
    r"\b(?:status(?:es)?|states?|phases?|stages?|values?|codes?|lists?|enum\w*|flow|transitions?|machine|"
    r"life ?cycle|possible|all|the|of|and|for|a|an|explanations?|descriptions?|meanings?|fields?|types?|"
    r"estados?|valores|posibles|posiveis|de|del|la|el|los|las|do|da|dos|das|der|die|das|des|du|les|le|"
    r"zustand|zustande|werte|etats?|statuts?|valeurs)\b|"
    r"状态|狀態|状態|ステータス|상태|说明|説明|流转|流程|列表|一览|一覧|枚举|取值|值|値|码|含义|定义|可能|字段|的|の|[^\w\s]",
    re.IGNORECASE,
)
"""Words of a title over states that do not say whose states they are."""
_OVERLAP: Final = 0.5
_MOST: Final = 60
"""Lists of values without a path, or of states, that are compared with each other."""
_TOLD: Final = frozenset({"true", "false"})
"""Values that mean what their field is called, in whatever words."""


def about_values(sheet: Sheet, source: str) -> Iterator[Contradiction]:
    """Yield where two lists of one field's values differ, and where an example's value is in none."""
    lists = word_lists(sheet)
    by_path: dict[Path, list[WordList]] = {}
    for one in lists:
        if one.path:
            by_path.setdefault(one.path, []).append(one)
    placed = {path: Nearby(found) for path, found in by_path.items()}
    loose = [one for one in lists if not one.path][:_MOST]
    named: dict[str, list[WordList]] = {}
    for one in lists:
        if not one.path:
            named.setdefault(one.name, []).append(one)
    states = [one for one in lists if one.path and one.is_state][:_MOST]
    for one in lists:
        near = [*placed[one.path].to(one), *loose] if one.path else [*states, *loose]
        others = [other for other in near if other is not one and _same_subject(one, other)]
        for other in others:
            if one.lines < other.lines:
                yield from _sets(one, other, source)
                yield from _meanings(one, other, source)
        namesakes = named.get(one.path[-1] if one.path else one.name, []) if one.path or one.name else []
        yield from strangers_in(sheet, one, others, namesakes, source)


def _same_subject(left: WordList, right: WordList) -> bool:
    """Return whether two lists are of one field: by its path, by its name, or of states that overlap."""
    if not same_place(left.scope, right.scope) or left.lines == right.lines:
        return False
    ours, theirs = _thing(left.name), _thing(right.name)
    if ours and theirs and ours != theirs:
        return False
    first = left.lines < right.lines
    if not (
        reaches(left.scope, right.scope, above=first) or reaches(right.scope, left.scope, above=not first)
    ):
        return False
    if left.path and right.path:
        return left.path == right.path
    if left.lines.first <= right.lines.last and right.lines.first <= left.lines.last:
        return False
    named = left.name != "" and left.name == right.name
    return (named and bool(left.path or right.path)) or (_alike(left, right) and _may_be_one(left, right))


def _thing(name: str) -> frozenset[str]:
    """Return the words of a title that tell what the states below it are of: `order` of `Order status`."""
    if identifier(name) and name.isascii():
        return frozenset()
    return frozenset(_OF_STATES.sub(" ", folded(name)).split())


def _may_be_one(left: WordList, right: WordList) -> bool:
    """Return whether lists of no known field may be of one: states, or of one name below one title.

    `Code` over a column names no field: each title may have codes of its own.
    """
    if left.is_state and right.is_state:
        return True
    below_one = left.scope.section == right.scope.section
    near = below_one or together(left.scope, right.scope) is Ground.STATED
    return left.name != "" and left.name == right.name and near


def _alike(left: WordList, right: WordList) -> bool:
    ours, theirs = {near_word(value) for value in left.spelled}, {near_word(value) for value in right.spelled}
    return len(ours & theirs) >= _OVERLAP * min(len(ours), len(theirs))


def _sets(left: WordList, right: WordList, source: str) -> Iterator[Contradiction]:
    ours, theirs = list(map(str, left.spelled)), list(map(str, right.spelled))
    only_left = [word for word in ours if not right.speaks_of(word)] if right.complete else []
    only_right = [word for word in theirs if not left.speaks_of(word)] if left.complete else []
    alike = {near_word(word): word for word in theirs}
    cased = [word for word in ours if not right.speaks_of(word) and near_word(word) in alike]
    only_left = [word for word in only_left if word not in cased]
    only_right = [word for word in only_right if near_word(word) not in {near_word(one) for one in cased}]
    if not (only_left or only_right or cased):
        return
    parts = [
        f"only the first has {listed(only_left)}" if only_left else "",
        f"only the second has {listed(only_right)}" if only_right else "",
        f"{listed(f'{word} and {alike[near_word(word)]}' for word in cased)} are spelled differently"
        if cased
        else "",
    ]
    name = dotted(left.path or right.path) if left.path or right.path else left.name or right.name
    yield telling(
        "docs-status-set-mismatch",
        left.scope if left.path else right.scope,
        pointer=pointer_of(left.path or right.path),
        claimed=Spot(source, left.lines, listed(ours)),
        shown=Spot(source, right.lines, listed(theirs)),
        message=f"two lists of the values of `{name}` differ: {'; '.join(part for part in parts if part)}",
        mend="take the union as an open list, until answers were captured",
    )


def _meanings(left: WordList, right: WordList, source: str) -> Iterator[Contradiction]:
    worded = {str(value): (meaning, line) for value, meaning, line in right.values if meaning}
    for value, meaning, line in left.values:
        other, where = worded.get(str(value), ("", 0))
        if not meaning or not other or str(value).lower() in _TOLD or worded_alike(meaning, other):
            continue
        yield telling(
            "docs-prose-mismatch",
            left.scope if left.path else right.scope,
            pointer=pointer_of((*(left.path or right.path), str(value))),
            claimed=Spot(source, Lines(line, line), f"{value}: {meaning}"),
            shown=Spot(source, Lines(where, where), f"{value}: {other}"),
            message=f"two lists word `{value}` differently: {meaning!r} and {other!r}",
            mend="ask the provider which of the two a client may rely on",
        )
