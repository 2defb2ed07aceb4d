"""The struct of answers whose structure changed in a known way: members renamed or moved, envelopes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from wireproof.diagnosis.change import came_from
from wireproof.evidence.mould import Member
from wireproof.redact import kind_of
from wireproof.validating.structs import UNGETTABLE, with_members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wireproof.diagnosis import Change
    from wireproof.evidence.mould import Mould, Path

__all__ = ["kind_or_none", "mould_at", "transformed", "where"]


class _UnfitError(Exception):
    """The change is one that no struct shows."""


def transformed(mould: Mould, changes: Sequence[Change]) -> tuple[Mould, list[Path]] | None:
    """Return the mould of answers that fit another once some changes are undone.

    With it come the paths of the members that stand where they are not expected.  None where a
    change lies in an array, or is one that no struct shows.
    """
    unexpected: list[Path] = []
    try:
        for change in reversed(changes):
            if (
                change.home not in {(), (*change.base, *change.expected)}
                or "*" in change.base
                or not all(isinstance(token, str) for token in change.base)
            ):
                return None
            unexpected = [_names(came_from(change, path)) for path in unexpected]
            mould = _at(mould, _names(change.base), partial(_DONE[change.rule], change))
            unexpected += _moved(mould, change)
    except (_UnfitError, KeyError):
        return None
    return mould, unexpected


def where(changes: Sequence[Change]) -> Callable[[Path], Path]:
    """Return what tells for a path of the contract where its values came."""

    def came(path: Path) -> Path:
        for change in reversed(changes):
            path = _names(came_from(change, path))
        return path

    return came


def kind_or_none(value: Any) -> object:
    """Return the kind of a value, None for one that did not come."""
    return None if value is UNSET else kind_of(value)


def _names(path: Sequence[Any]) -> Path:
    return tuple(str(token) for token in path)


def _moved(mould: Mould, change: Change) -> Iterator[Path]:
    """Yield the paths of the members that a change has moved."""
    to = _names(change.to)
    if change.rule == "envelope-removed":
        yield from ((*to, name) for name in sorted(change.members))
    elif mould_at(mould, to) is not None:
        yield to


def mould_at(mould: Mould, path: Path) -> Mould | None:
    """Return the mould of a place, None where structs have none."""
    at: Mould | None = mould
    for name in path:
        if at is None:
            return None
        member = at.member(name)
        at = at.items if name == "*" else member.mould if member is not None else None
    return at


def _at(mould: Mould, path: Path, change: Callable[[Mould], Mould]) -> Mould:
    """Return a mould with that of one place changed, and all on the way there for certain."""
    if not path:
        return change(mould)
    members = {member.name: member for member in mould.members}
    if path[0] not in members:
        raise _UnfitError
    inner = _at(members[path[0]].mould, path[1:], change)
    members[path[0]] = _member(path[0], inner)
    return _of(members)


def _member(name: str, mould: Mould) -> Member:
    return Member(name, UNGETTABLE, optional=False, mould=mould)


def _of(members: dict[str, Member]) -> Mould:
    made = with_members([members[name] for name in sorted(members)])
    if made is None:
        raise _UnfitError
    return made


def _renamed(change: Change, here: Mould) -> Mould:
    """Have a member of a place come by another name, or at another level."""
    *outer, name = _names(change.expected)
    taken: list[Mould] = []

    def without(home: Mould) -> Mould:
        member = home.member(name)
        if member is None:
            raise _UnfitError
        taken.append(member.mould)
        return _of({other.name: other for other in home.members if other.name != name})

    left = _at(here, tuple(outer), without)
    return _with(left, _names(change.found), taken[0])


def _with(here: Mould, path: Path, content: Mould) -> Mould:
    """Return a mould with another member; objects that are not there yet come to be."""
    members = {member.name: member for member in here.members}
    name, rest = path[0], path[1:]
    known = members.get(name)
    if not rest:
        if known is not None:
            raise _UnfitError
        members[name] = _member(name, content)
    else:
        inner = known.mould if known is not None else _of({})
        if known is not None and not inner.members:
            raise _UnfitError
        members[name] = _member(name, _with(inner, rest, content))
    return _of(members)


def _wrapped(change: Change, here: Mould) -> Mould:
    """Have what stands at a place come inside an envelope."""
    sure = any(not member.optional for member in here.members)
    if change.kept or change.expected or not change.found or not sure:
        raise _UnfitError
    for name in reversed(_names(change.found)):
        here = _of({name: _member(name, here)})
    return here


def _opened(change: Change, here: Mould) -> Mould:
    """Have the members of an envelope come beside it."""
    if change.kept or change.found or len(change.expected) != 1:
        raise _UnfitError
    name = str(change.expected[0])
    envelope = here.member(name)
    if envelope is None or not envelope.mould.members:
        raise _UnfitError
    members = {member.name: member for member in here.members if member.name != name}
    for member in envelope.mould.members:
        if member.name in members:
            raise _UnfitError
        members[member.name] = member
    return _of(members)


_DONE: dict[str, Callable[[Change, Mould], Mould]] = {
    "envelope-added": _wrapped,
    "envelope-removed": _opened,
    "field-moved": _renamed,
    "field-renamed": _renamed,
}
