"""Answers that are wrong in a known way, decoded as quickly as those that are right.

A way of being wrong that came often is a contract of its own: the struct of the closed schema with
the wrong members as they come.  What decodes to it is wrong at the same places; whether it is wrong
in the same way there is told by the kinds of a few values.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, Struct

from wireproof.evidence.mould import Member
from wireproof.lanes.sameness import FLAT, mark
from wireproof.redact import kind_of
from wireproof.validating.gate import compiled
from wireproof.validating.structs import scalar, with_members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import jsonschema_rs

    from wireproof.evidence.mould import Mould, Path
    from wireproof.lanes.sameness import Known

__all__ = ["CLOSED", "Variety", "fault_kind", "varied"]

_FEW = 4
_REMEMBERED = 1 << 12
CLOSED = frozenset({"AdditionalProperties", "UnevaluatedProperties"})


class Variety:
    """Tells the answers apart that decode to one mould, by what is wrong with them.

    `marks` are the wrong places, with what tells the ways apart in which their values are wrong;
    with `whole` all that is left open of names and types counts too.
    """

    def __init__(self, mould: Mould, marks: Mapping[Path, Callable[[Any], object]], *, whole: bool) -> None:
        getters = dict(_getters(mould))
        self._columns = [(getters[path], _remembering(told)) for path, told in marks.items()]
        if whole:
            self._columns += list(_freedoms(mould))
        self._leaves: dict[int, Callable[[Any], object]] = {}
        self.wrong = bool(marks)
        self.known: dict[object, Known] = {}

    def keys(
        self,
        structs: Sequence[Any],
        rows: Sequence[int],
        refused: Mapping[int, list[tuple[Mould, Any]]],
    ) -> list[object]:
        """Return for some rows a value each, the same where answers are wrong in the same way."""
        chosen = structs if len(rows) == len(structs) else list(map(structs.__getitem__, rows))
        columns = [list(map(told, map(get, chosen))) for get, told in self._columns]
        keys: list[object] = list(zip(*columns, strict=True)) if columns else [()] * len(rows)
        if refused:
            keys = [
                (key, frozenset(self._refusals(refused[row]))) if row in refused else key
                for key, row in zip(keys, rows, strict=True)
            ]
        return keys

    def _refusals(self, values: Sequence[tuple[Mould, Any]]) -> Iterator[object]:
        for mould, value in values:
            told = self._leaves.get(id(mould))
            if told is None:
                told = self._leaves[id(mould)] = _remembering(leaf_mark(mould))
            yield (id(mould), told(value))


def varied(
    mould: Mould, body: Any, faults: Iterable[jsonschema_rs.ValidationError]
) -> tuple[object, Mould, Variety] | None:
    """Return the mould of answers that are wrong like a body, and what tells them apart.

    The first value is the same for the same mould.  None where such answers have none: what is wrong
    lies in an array, or is more than single values, members that are missing and unknown members.
    """
    edits: dict[Path, dict[str, Member | None]] = {}
    marks: dict[Path, Callable[[Any], object]] = {}
    structural = False
    count = 0
    for fault in faults:
        count += 1
        found = _edits_of(mould, body, fault)
        if found is None:
            return None
        structural = structural or fault_kind(fault) not in FLAT
        for path, name, member, told in found:
            edits.setdefault(path, {})[name] = member
            if told is not None:
                marks[(*path, name)] = told
    if not edits:
        return None
    edited = _edited(mould, (), edits)
    if edited is None:
        return None
    key = frozenset(
        (path, name, member and (member.optional, repr(member.mould.hint)))
        for path, members in edits.items()
        for name, member in members.items()
    )
    return key, edited, Variety(edited, marks, whole=structural or count > 1)


def fault_kind(fault: jsonschema_rs.ValidationError) -> str:
    """Return the keyword that a fault is about, as the engine names it."""
    return type(fault.kind).__name__.rpartition("_")[2]


_Edit = tuple["Path", str, "Member | None", "Callable[[Any], object] | None"]


def _edits_of(mould: Mould, body: Any, fault: jsonschema_rs.ValidationError) -> list[_Edit] | None:
    """Return what a fault changes about the members: where, the name, the member that comes, its mark."""
    path = tuple(fault.instance_path)
    if not all(isinstance(token, str) for token in path):
        return None
    kind, broken = fault_kind(fault), fault.kind
    here = body
    for token in path:
        here = here[token]
    names: tuple[str, ...] = tuple(str(token) for token in path)
    if kind in CLOSED:
        edits: list[_Edit] = []
        for name in broken.unexpected:  # type: ignore[attr-defined]  # what this kind of fault tells
            came = scalar(here[name])
            if came is None:
                return None
            edits.append((names, name, Member(name, UNGETTABLE, False, came), kind_of))  # noqa: FBT003 - not optional
        return edits
    if kind == "Required":
        return [(names, broken.property, None, None)]  # type: ignore[attr-defined]  # likewise
    promised = _at(mould, names)
    came = scalar(here)
    if kind not in FLAT or not names or promised is None or promised.plain or came is None:
        return None
    member = Member(names[-1], UNGETTABLE, False, came)  # noqa: FBT003 - not optional
    return [(names[:-1], names[-1], member, leaf_mark(promised))]


UNGETTABLE = attrgetter("")
"""Stands in a member until its struct is made."""


def _at(mould: Mould, path: Path) -> Mould | None:
    at: Mould | None = mould
    for name in path:
        member = at.member(name) if at is not None else None
        at = member.mould if member is not None else None
    return at


def _edited(mould: Mould, path: Path, edits: Mapping[Path, Mapping[str, Member | None]]) -> Mould | None:
    """Return a mould with some members changed; None where they are not its own."""
    mine = edits.get(path, {})
    if not mould.members and not (mine and mould.struct is not None):
        return None
    members: dict[str, Member] = {member.name: member for member in mould.members}
    for name, change in mine.items():
        if change is None:
            members.pop(name, None)
        else:
            members[name] = change
    for below in {
        other[len(path)] for other in edits if len(other) > len(path) and other[: len(path)] == path
    }:
        member = members.get(below)
        made = _edited(member.mould, (*path, below), edits) if member is not None else None
        if member is None or made is None:
            return None
        members[below] = Member(below, member.get, False, made)  # noqa: FBT003 - it is there
    return with_members(mould, [members[name] for name in sorted(members)])


def leaf_mark(mould: Mould) -> Callable[[Any], object]:
    """Return what tells apart how single values break the schema of their place."""
    validator = compiled({"allOf": list(mould.leaf)})

    def told(value: Any) -> object:
        marks = frozenset(mark(fault, value) for fault in validator.iter_errors(value))
        return marks if len(marks) < _FEW else (marks, value)

    return told


def _remembering(told: Callable[[Any], object]) -> Callable[[Any], object]:
    known: dict[object, object] = {}

    def remembered(value: Any) -> object:
        key = value if type(value) is str else (type(value), value)  # 1, 1.0 and True are equal
        found = known.get(key)
        if found is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            found = known[key] = (type(value), told(value))
        return found

    return remembered


def _getters(mould: Mould, path: Path = (), dotted: str = "") -> Iterator[tuple[Path, Callable[[Any], Any]]]:
    """Yield what gets each place that every struct has."""
    for number, member in enumerate(mould.members):
        at = f"{dotted}f{number}"
        yield (*path, member.name), attrgetter(at)
        if not member.optional and member.mould.kind is member.mould.struct is not None:
            yield from _getters(member.mould, (*path, member.name), f"{at}.")


def _freedoms(
    mould: Mould, dotted: str = ""
) -> Iterator[tuple[Callable[[Any], Any], Callable[[Any], object]]]:
    """Yield all places whose presence or type is open, with what tells that."""
    for number, member in enumerate(mould.members):
        at, below = f"{dotted}f{number}", member.mould
        if not member.optional and below.members and below.kind is below.struct:
            yield from _freedoms(below, f"{at}.")
        elif (
            not member.optional and below.kind is list and below.items is not None and _is_fixed(below.items)
        ):
            yield attrgetter(at), bool
        elif member.optional or not _is_fixed(below):
            yield attrgetter(at), type if _is_flat(below) else _skeleton


def _is_fixed(mould: Mould) -> bool:
    """Return whether all values have the same names and types."""
    if mould.plain or mould.kind is None or mould.kind is list:
        return False
    return all(not member.optional and _is_fixed(member.mould) for member in mould.members)


def _is_flat(mould: Mould) -> bool:
    """Return whether all values are single ones."""
    return not (mould.plain or mould.members or mould.items is not None or mould.struct is not None)


def _skeleton(value: Any) -> object:
    """Return the names and types in a value."""
    if isinstance(value, Struct):
        return tuple([_skeleton(getattr(value, name)) for name in value.__struct_fields__])
    if type(value) is dict:
        return tuple([(name, _skeleton(inner)) for name, inner in value.items()])
    if type(value) is list:
        return tuple(dict.fromkeys(map(_skeleton, value)))
    return UNSET if value is UNSET else type(value)
