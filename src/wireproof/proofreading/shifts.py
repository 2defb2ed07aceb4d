"""Changes of structure that diagnosis finds between list and example → one contradiction each."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from wireproof.claims.titles import marked_title
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.telling import along, dotted, facts, line_in, listed, span, telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.claims.claim import FieldClaim, Path
    from wireproof.diagnosis import Change
    from wireproof.proofreading.pairing import Pairing
    from wireproof.proofreading.readings import Reading

__all__ = ["shifts_in"]

_WORD = re.compile(r"[^\W\d][\w\s.:@-]*")
"""What a member may be called; anything else is a key that data gave."""
_ALIKE: Final = 0.5
"""Likeness of two names from which on one may be the other's new spelling."""
_MEND = "place the fields in the contract where a captured answer has them"


def shifts_in(reading: Reading, pairing: Pairing) -> Iterator[Contradiction]:
    """Yield one contradiction for each change, moves from one object to another taken together."""
    moves: dict[tuple[object, ...], list[Change]] = {}
    for change in reading.changes:
        if change.rule in {"envelope-added", "envelope-removed"}:
            yield from _enveloped(reading, change, pairing)
        elif change.rule == "field-moved":
            moves.setdefault((change.at[:-1], change.to[:-1]), []).append(change)
        elif change.rule == "field-renamed":
            likely = _likely(reading, change)
            if pairing.renames(_path(change.at), _path(change.to), alike=likely):
                yield from _renamed(reading, change, sure=likely)
        else:
            yield from _wrapped(reading, change)
    for group in moves.values():
        yield from _moved(reading, group, pairing)


def _enveloped(reading: Reading, change: Change, pairing: Pairing) -> Iterator[Contradiction]:
    place = _path(change.at)
    value_at = _value_at(reading, change)
    members = [
        claim
        for claim in reading.made.below(place)
        if len(claim.path) > len(place) and (not value_at or claim.path[len(place)] in value_at)
    ]
    if _names_type(place, members) or _keyed(reading, _path(change.to)) or _titled(members, _path(change.to)):
        return
    if pairing.shifts(place, len({claim.path for claim in members})):
        yield from _shifted(reading, members, place, _path(change.to))


def _names_type(at: Path, members: Sequence[FieldClaim]) -> bool:
    """Return whether the listed object is an element by the name of its type: `items[]`, `Item`, `id`."""
    names = [claim.name for claim in members if len(claim.path) > len(at)]
    element = len(at) > 1 and at[-2] == "*" and at[-1][:1].isupper()
    return element and not any(name[:1].isupper() for name in names)


def _titled(members: Sequence[FieldClaim], to: Path) -> bool:
    """Return whether the title over a list names the object that it is found in: it lists its members."""
    words = {word.removesuffix("s") for claim in members for word in marked_title(claim.scope.section).words}
    return any(key.casefold().removesuffix("s") in words for key in to)


def _keyed(reading: Reading, to: Path) -> bool:
    """Return whether the key around listed fields is data, and no name.

    It is no word, or what it holds repeats it (`"42": {"id": "42"}`), or it is one of several with
    equal values.
    """
    if not to:
        return False
    holders = [value for _, value in along(reading.example.value, to[:-1])]
    held = [holder[to[-1]] for holder in holders if isinstance(holder, dict) and to[-1] in holder]
    repeated = any(isinstance(one, dict) and to[-1] in map(str, one.values()) for one in held)
    if not _WORD.fullmatch(to[-1]) or repeated:
        return to[-1] != "*"
    return any(
        sum(isinstance(one, dict) and one.keys() == holder[to[-1]].keys() for one in holder.values()) > 1
        for holder in holders
        if isinstance(holder, dict) and isinstance(holder.get(to[-1]), dict)
    )


def _moved(reading: Reading, group: Sequence[Change], pairing: Pairing) -> Iterator[Contradiction]:
    members = [claim for change in group for claim in reading.made.claims.get(_path(change.at), [])]
    if pairing.shifts(_path(group[0].at[:-1]), len({claim.path for claim in members})):
        yield from _shifted(reading, members, _path(group[0].at[:-1]), _path(group[0].to[:-1]))


def _shifted(reading: Reading, members: Sequence[FieldClaim], at: Path, to: Path) -> Iterator[Contradiction]:
    if not members:
        return
    names = listed(dotted(claim.path[len(at) :]) for claim in members)
    shown = line_in(reading.example, _concrete(reading, to))
    one = len({claim.path for claim in members}) == 1
    if one:
        shown = line_in(reading.example, (*_concrete(reading, to), members[0].path[-1]))
    absorbs = tuple(
        telling(
            "docs-level-shift",
            reading.scope,
            pointer=pointer_of(claim.path),
            to=pointer_of((*to, *claim.path[len(at) :])),
            claimed=Spot(reading.source, claim.lines, facts(claim)),
            shown=Spot(
                reading.source,
                line_in(reading.example, _concrete(reading, (*to, *claim.path[len(at) :]))),
                dotted((*to, *claim.path[len(at) :])),
            ),
            message=f"`{dotted(claim.path)}` stands at `{dotted((*to, *claim.path[len(at) :]))}`",
            mend=_MEND,
        )
        for claim in members
    )
    subject = f"`{names}` is" if one else f"{len(absorbs)} fields ({names}) are"
    yield telling(
        "docs-level-shift",
        reading.scope,
        pointer=pointer_of(at) if not one else pointer_of(members[0].path),
        to=pointer_of(to) if not one else pointer_of((*to, members[0].path[-1])),
        claimed=Spot(reading.source, span(claim.lines for claim in members), f"{names} in {dotted(at)}"),
        shown=Spot(reading.source, shown, f"{names} in {dotted(to)}"),
        message=f"{subject} documented in `{dotted(at)}`, and the example has "
        f"{'it' if one else 'them'} in `{dotted(to)}`",
        mend=_MEND,
        absorbs=() if one else absorbs,
    )


def _likely(reading: Reading, change: Change) -> bool:
    """Return whether a name took the place of another: that one has to be there, or both are alike."""
    claim = reading.made.first(_path(change.at))
    old, new = (re.sub(r"[\W_]", "", str(path[-1])).casefold() for path in (change.at, change.to))
    return claim is None or claim.required is True or SequenceMatcher(None, old, new).ratio() >= _ALIKE


def _renamed(reading: Reading, change: Change, *, sure: bool) -> Iterator[Contradiction]:
    claim = reading.made.first(_path(change.at))
    if claim is None:
        return
    new, old = dotted(change.to), dotted(change.at)
    request = reading.scope.side == "request"
    yield telling(
        "docs-request-mismatch" if request and sure else "docs-undocumented-field",
        reading.scope,
        pointer=pointer_of(change.to),
        to=pointer_of(change.at),
        claimed=Spot(reading.source, claim.lines, facts(claim)),
        shown=Spot(reading.source, line_in(reading.example, _concrete(reading, _path(change.to))), new),
        message=f"the field documented as `{old}` is `{new}` in the example"
        if sure
        else f"the example shows `{new}`, which the page does not list",
        mend="keep the name that a captured exchange has",
        absorbs=(
            telling(
                "docs-field-not-shown",
                reading.scope,
                pointer=pointer_of(change.at),
                claimed=Spot(reading.source, claim.lines, facts(claim)),
                shown=Spot(reading.source, reading.example.lines, f"no {old}"),
                message=f"`{old}` is documented, and the example has no such field",
                mend="keep the name that a captured exchange has",
            ),
        ),
    )


def _wrapped(reading: Reading, change: Change) -> Iterator[Contradiction]:
    place = _path(change.at)
    if not place and change.rule == "array-wrapped":
        return  # rows say what an element has; that the body is no list of them is not claimed
    claim = reading.made.first(place) or (reading.made.first(place[:-1]) if place else None)
    documented, came = (
        ("a single value", "an array") if change.rule == "array-wrapped" else ("an array", "a single value")
    )
    path = _concrete(reading, place)
    lines = claim.lines if claim else span(one.lines for one in reading.made.below(()))
    yield telling(
        "docs-type-mismatch",
        reading.scope,
        pointer=pointer_of(place),
        claimed=Spot(reading.source, lines, facts(claim) if claim else f"the body: {documented}"),
        shown=Spot(reading.source, line_in(reading.example, path), f"{dotted(place)}: {came}"),
        message=f"`{dotted(place)}` is documented as {documented}, and the example shows {came}",
        mend="promise what a captured answer shows",
    )


def _path(template: Sequence[str | int]) -> Path:
    return tuple("*" if isinstance(token, int) else token for token in template)


def _concrete(reading: Reading, path: Sequence[str | int]) -> tuple[str | int, ...]:
    """Return a path with 0 for `*` wherever the example has a list there."""
    value = reading.example.value
    made: list[str | int] = []
    for token in path:
        step: str | int = 0 if token == "*" and isinstance(value, list) else token  # noqa: S105 - a template's star
        made.append(step)
        value = (
            value[step]
            if isinstance(value, list) and isinstance(step, int) and value
            else value.get(step)
            if isinstance(value, dict)
            else None
        )
    return tuple(made)


def _value_at(reading: Reading, change: Change) -> dict[str, object]:
    value = reading.example.value
    for token in _concrete(reading, change.to):
        value = (
            value.get(token)
            if isinstance(value, dict)
            else value[0]
            if isinstance(value, list) and value
            else None
        )
    return value if isinstance(value, dict) else {}
