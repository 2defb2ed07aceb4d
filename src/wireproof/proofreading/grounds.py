"""On what it rests that two places of a page are about one thing.

A page says which list belongs to which example by where both stand, and by what the titles above
them say.  What a title or an endpoint line says is *stated*; what stands in one part of the page is
*placed* together; everything else is *assumed*, and what rests on that alone is no contradiction.
Names may prove what titles leave open: a list whose names are nearly all those of an example is about
it wherever both stand, and then values may be compared, but nothing is missing and nothing strange.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import Ground
from wireproof.claims.listing import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wireproof.claims.claim import ExampleClaim, FieldClaim, Part, Path, Scope

__all__ = ["Grounded", "grounded", "reaches", "together"]

_PROVEN: Final = 4
"""Names that a list and an example have in common from which on they may prove what titles leave open."""
_NEARLY: Final = 0.75
_TWICE: Final = 2
"""Fields that two lists both name from which on they describe two bodies."""
_UNLIKE: Final = 0.5
_LISTS: Final = 100
"""Lists of a body up to which rivals are looked for."""


@dataclass(frozen=True, slots=True)
class Grounded:
    """The fields that an example may be compared with.

    `ground` is on what it rests that they are about it, `sided` on what it rests that both are the
    request, or both the answer.
    """

    fields: list[FieldClaim]
    ground: Ground
    sided: Ground


def together(left: Scope, right: Scope, *, above: bool = True) -> Ground:
    """Return on what it rests that what is said at the left is about the subject of the right.

    They are in one part where only titles that announce (`Response`, `Example`) stand between them, and
    what is said `above` a part holds in it.  Below one endpoint line they are `STATED` to be about its
    operation.  Titles that name different subjects, or an action on one side alone, leave it `ASSUMED`;
    what is said of `Channel` is said of a `Text channel example`, and not the other way round.  Equal
    words are one subject wherever they stand: the parameters of `Submit` and the example of `Submit`.
    """
    ours, theirs = _apart(left.parts, right.parts)
    same = left.operation != "" and left.operation == right.operation and left.begun == right.begun
    if same and (left.begun or not (ours or theirs)) and not _variants(ours, theirs):
        return Ground.STATED
    of_document = left.operation and right.operation and not (left.parts and right.parts)
    if not (ours or theirs) or of_document:
        return Ground.PLACED
    words, others = _words(ours), _words(theirs)
    if _subtitled(ours, theirs):
        return Ground.PLACED
    if any(part.acts for part in (*ours, *theirs)):
        return Ground.PLACED if words == others else Ground.ASSUMED
    special = bool(words) and words < others and all(part.announces for part in theirs)
    return Ground.PLACED if words == others or special or (above and not ours) else Ground.ASSUMED


def _variants(ours: Sequence[Part], theirs: Sequence[Part]) -> bool:
    """Return whether both stand below titles of their own that name different things and announce nothing."""
    if not (ours and theirs) or any(part.announces or part.acts for part in (*ours, *theirs)):
        return False
    words, others = _words(ours), _words(theirs)
    return words != others and bool(words and others)


def _subtitled(ours: Sequence[Part], theirs: Sequence[Part]) -> bool:
    """Return whether equal sub-titles stand below titles of which one at most has a subject of its own.

    `Dubbing` below `Sample calls` is `Dubbing` below `Parameters`.
    """
    inner, others = ([part for part in parts if not part.announces] for parts in (ours, theirs))
    apart = [_words(part for part in parts if part.announces) for parts in (ours, theirs)]
    return _words(inner) == _words(others) != frozenset() and not all(apart)


def reaches(left: Scope, right: Scope, *, above: bool = True) -> bool:
    """Return whether what is said at the left holds at the right: in one part, or said above its parts."""
    ground = together(left, right, above=above)
    return ground > Ground.ASSUMED or (above and not _apart(left.parts, right.parts)[0])


def grounded(
    fields: Sequence[FieldClaim], example: ExampleClaim, others: Iterable[ExampleClaim] = ()
) -> Grounded:
    """Return the fields that an example may be compared with, and on what that rests.

    Comments of one of the `others` describe that example, and not this one.

    A list that stands together with the example silences those that do not; where none does, one
    counts that proves itself by its names.  Of the others:

    Two lists that name the same fields describe two bodies, whatever the titles left of that: of such
    rivals the one counts that lacks none of the example's names, then the one that has more of its names in
    common with it, or is the nearest above it.
    A list of which the example has nothing at all is of another body where other lists are of this one.
    A list whose side no title tells contradicts nothing where others stand below titles that do.
    """
    shown = _shown(example)
    lists: dict[int, list[FieldClaim]] = {}
    for claim in fields:
        lists.setdefault(claim.listed, []).append(claim)
    drawn = {first for one in others for first in lists if one.lines.first <= first <= one.lines.last}
    drawn -= {first for first in lists if example.lines.first <= first <= example.lines.last}
    grounds = {
        first: Ground.ASSUMED if first in drawn else _ground(claims, example)
        for first, claims in lists.items()
    }
    best = max((ground for first, ground in grounds.items() if first), default=Ground.ASSUMED)
    near = {first for first, ground in grounds.items() if ground > Ground.ASSUMED}
    if best is Ground.ASSUMED:
        near |= {first for first in lists if first and _proven(lists[first], shown)}
    kept = _chosen({first: lists[first] for first in near}, shown, example)
    claims = [claim for claim in fields if claim.listed in kept]
    sides = (
        [min(claim.scope.sided if claim.scope.side else Ground.ASSUMED for claim in claims)] if claims else []
    )
    own = example.scope.sided if example.scope.side else Ground.ASSUMED
    ground = min((grounds[first] for first in kept), default=Ground.ASSUMED)
    return Grounded(claims, ground, min([own, *sides]))


def _ground(claims: Iterable[FieldClaim], example: ExampleClaim) -> Ground:
    """Return the ground of a list: by titles, or by the object of the example that it was placed in."""
    known = list(claims)
    above = known[0].lines < example.lines
    ground = max(together(claim.scope, example.scope, above=above) for claim in known)
    inside = all(claim.path[:1] != claim.path for claim in known)
    return (
        max(ground, Ground.PLACED)
        if inside and known[0].listed and reaches(example.scope, known[0].scope)
        else ground
    )


def _proven(claims: Iterable[FieldClaim], shown: set[Path]) -> bool:
    """Return whether the names of a list alone prove that it is about what an example shows."""
    paths = {claim.path for claim in claims}
    holders = {path[:-1] for path in paths}
    here = {path for path in shown if path[:-1] in holders}
    common = len(paths & here)
    return common >= _PROVEN and common >= _NEARLY * len(paths | here)


def _chosen(lists: dict[int, list[FieldClaim]], shown: set[Path], example: ExampleClaim) -> set[int]:
    paths = {first: {claim.path for claim in claims} for first, claims in lists.items() if first}

    def rank(first: int) -> tuple[bool, float, bool, int]:
        known = paths[first]
        likeness = len(known & shown) / max(1, len(known | shown))
        return _covers(known, shown), likeness, first < example.lines.first, first

    names = {path[-1] for path in shown}
    foreign = {
        first for first, known in paths.items() if len(known) > 1 and names.isdisjoint(map(_name, known))
    }
    kept = set(lists) - (foreign if len(foreign) < len(paths) else set())
    for left, right in combinations(sorted(paths) if len(paths) <= _LISTS else (), 2):
        if {left, right} <= kept and _rivals(paths[left], paths[right]):
            kept.discard(min(left, right, key=rank))
    sided = {first for first in kept if first and any(claim.scope.side for claim in lists[first])}
    return {
        first for first in kept if not sided or first in sided or any(one.scope.side for one in lists[first])
    }


def _covers(listed: set[Path], shown: set[Path]) -> bool:
    """Return whether a list has all names of the objects that it lists members of: it lacks none of them."""
    holders = {path[:-1] for path in listed}
    return {path for path in shown if path[:-1] in holders} <= listed


def _rivals(ours: set[Path], theirs: set[Path]) -> bool:
    return len(ours & theirs) >= max(_TWICE, _UNLIKE * min(len(ours), len(theirs)))


def _shown(example: ExampleClaim) -> set[Path]:
    return {(*place, key) for place, keys in shape_of([example.value]).items() for key in keys}


def _name(path: Path) -> str:
    return next((key for key in reversed(path) if key != "*"), "")


def _apart(left: tuple[Part, ...], right: tuple[Part, ...]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the parts that only one of both stands in."""
    shared = 0
    for ours, theirs in zip(left, right, strict=False):
        if ours.line != theirs.line:
            break
        shared += 1
    return left[shared:], right[shared:]


def _words(parts: Iterable[Part]) -> frozenset[str]:
    return frozenset(word for part in parts for word in part.words)
