"""Answers that are wrong in a known way, decoded as quickly as those that are right.

A way of being wrong that came often is a contract of its own: the struct of the closed schema with
the wrong members as they come.  What decodes to it is wrong at the same places; whether it is wrong
in the same way there is told by the kinds of a few values.
"""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, Struct

from wireproof.evidence.mould import Member, Mould
from wireproof.lanes.sameness import FLAT, all_safe, mark
from wireproof.lanes.transforming import kind_or_none, mould_at, transformed
from wireproof.lifecycle.units import time_kind
from wireproof.redact import kind_of
from wireproof.validating.engine import compiled
from wireproof.validating.paths import instance_path
from wireproof.validating.structs import UNGETTABLE, scalar, with_items, with_members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import jsonschema_rs

    from wireproof.diagnosis import Change
    from wireproof.evidence.mould import Path
    from wireproof.lanes.sameness import Known

__all__ = ["CLOSED", "Variety", "changed", "fault_kind", "shape_of", "varied"]

_FEW = 4
_REMEMBERED = 1 << 12
_SHORT = 1 << 8
"""Longer strings are not remembered: as many might take gigabytes."""
_MOST = 1 << 11
_MOST_BYTES = 1 << 25
"""How many keys are known at once, and how large the answers together that they were met in."""
_WORDS = frozenset({bool, int, str})
_LISTED = frozenset({"const", "enum"})
_TEXTUAL = frozenset({"const", "enum", "format", "maxLength", "minLength", "pattern"})
CLOSED = frozenset({"AdditionalProperties", "UnevaluatedProperties"})


class Variety:
    """Tells the answers apart that decode to one mould, by what is wrong with them.

    `marks` are the wrong places, with what tells the ways apart in which their values are wrong;
    with `whole` all that is left open of names and types counts too, and so do `foreign` words.
    """

    def __init__(
        self,
        mould: Mould,
        marks: Mapping[Path, Callable[[Any], object]],
        *,
        whole: bool,
        foreign: AbstractSet[Any] = frozenset(),
    ) -> None:
        self._columns = [(_getter(mould, path), _told(path, told)) for path, told in marks.items()]
        if whole:
            self._columns += list(_freedoms(mould, foreign))
        self._leaves: dict[int, Callable[[Any], object]] = {}
        self.wrong = False
        self.changes: object = ()
        self.known: dict[object, Known] = {}
        self._size = 0

    def know(self, key: object, known: Known, *, size: int) -> None:
        """Remember the way of a key, met in an answer of some size; forget all others where they are many."""
        if len(self.known) >= _MOST or self._size > _MOST_BYTES:
            self.forget()
        self.known[key] = known
        self._size += size

    def forget(self) -> None:
        """Forget which way the keys stand for."""
        self.known.clear()
        self._size = 0

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


def changed(
    mould: Mould, changes: Sequence[Change], foreign: AbstractSet[Any] = frozenset()
) -> tuple[object, Mould, Variety] | None:
    """Return the same of answers that fit a mould but for some changes of structure."""
    found = transformed(mould, changes)
    if found is None:
        return None
    made, unexpected = found
    marks: dict[Path, Callable[[Any], object]] = {}
    for path in unexpected:
        at = mould_at(made, path)
        if at is not None and _is_flat(at):
            marks[path] = kind_or_none
    variety = Variety(made, marks, whole=True, foreign=foreign)
    variety.changes = shape_of(changes)
    return variety.changes, made, variety


def shape_of(changes: Iterable[Change]) -> object:
    """Return what two lists of changes have in common when they change the same."""
    return tuple((change.rule, change.base, change.expected, change.found) for change in changes)


def varied(
    mould: Mould,
    body: Any,
    faults: Iterable[jsonschema_rs.ValidationError],
    stranger: Callable[[Any], object],
    foreign: AbstractSet[Any] = frozenset(),
) -> tuple[object, Mould, Variety] | None:
    """Return the mould of answers that are wrong like a body, and what tells them apart.

    `stranger` tells what matters of a member that nothing names.

    The first value is the same for the same mould.  None where such answers have none: what is wrong
    lies in an array, or is more than single values, members that are missing and unknown members.
    """
    edits: dict[Path, dict[str, Member | None]] = {}
    marks: dict[Path, Callable[[Any], object]] = {}
    structural = False
    count = 0
    for fault in faults:
        count += 1
        found = _edits_of(mould, body, fault, stranger)
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
    return key, edited, Variety(edited, marks, whole=structural or count > 1, foreign=foreign)


def fault_kind(fault: jsonschema_rs.ValidationError) -> str:
    """Return the keyword that a fault is about, as the engine names it."""
    return type(fault.kind).__name__.rpartition("_")[2]


_Edit = tuple["Path", str, "Member | None", "Callable[[Any], object] | None"]


def _edits_of(
    mould: Mould, body: Any, fault: jsonschema_rs.ValidationError, stranger: Callable[[Any], object]
) -> list[_Edit] | None:
    """Return what a fault changes about the members: where, the name, the member that comes, its mark."""
    kind, broken = fault_kind(fault), fault.kind
    where = instance_path(fault, body)
    here = body
    for token in where:
        here = here[token]
    path: Path = tuple("*" if isinstance(token, int) else token for token in where)
    if kind in CLOSED:
        unexpected: Sequence[str] = broken.unexpected  # type: ignore[attr-defined]  # what this kind tells
        return [(path, name, _as_it_came(name, here[name]), stranger) for name in unexpected]
    if kind == "Required":
        return [(path, broken.property, None, None)]  # type: ignore[attr-defined]  # likewise
    promised = mould_at(mould, path)
    came = scalar(here)
    if kind not in FLAT or not path or path[-1] == "*" or promised is None or promised.plain or came is None:
        return None
    return [(path[:-1], path[-1], _member(path[-1], came), leaf_mark(promised))]


def _as_it_came(name: str, value: Any) -> Member:
    """Return a member that the contract does not name."""
    return _member(name, scalar(value) or Mould(Any, check=all_safe, plain=True))


def _member(name: str, mould: Mould) -> Member:
    return Member(name, UNGETTABLE, optional=False, mould=mould)


def _edited(mould: Mould, path: Path, edits: Mapping[Path, Mapping[str, Member | None]]) -> Mould | None:
    """Return a mould with some members changed; None where they are not its own.

    What has such members is there, and an object: it may not be null any more.
    """
    size = len(path)
    inside = {other[size] for other in edits if len(other) > size and other[:size] == path}
    if mould.items is not None and inside == {"*"} and path not in edits:
        items = _edited(mould.items, (*path, "*"), edits)
        return with_items(mould, items) if items is not None else None
    mine = edits.get(path, {})
    if not mould.members and not (mine and mould.struct is not None):
        return None
    members: dict[str, Member] = {member.name: member for member in mould.members}
    for name, change in mine.items():
        if change is None:
            members.pop(name, None)
        else:
            members[name] = change
    for name in inside:
        member = members.get(name)
        made = _edited(member.mould, (*path, name), edits) if member is not None else None
        if member is None or made is None:
            return None
        members[name] = _member(name, made)
    return with_members(list(members.values()))


def leaf_mark(mould: Mould) -> Callable[[Any], object]:
    """Return what tells apart how single values break the schema of their place."""
    validator = compiled({"allOf": list(mould.leaf)})
    textual = [keyword for part in mould.leaf for keyword in part if keyword in _TEXTUAL]
    admits = any("string" in part.get("type", ()) for part in mould.leaf)
    known: dict[object, object] = {}

    def asked(value: Any) -> object:
        marks = frozenset(mark(fault, value) for fault in validator.iter_errors(value))
        return marks if len(marks) < _FEW else (marks, value)

    def told(value: Any) -> object:
        if validator.is_valid(value):  # another member is wrong, and this one came right
            return frozenset()
        kind = (kind_of(value), time_kind(value))
        if kind not in known:
            known[kind] = asked(value)
        return known[kind]

    # A string that does not fit breaks the one keyword there is for it: then its kind tells all.
    alone = not textual or (admits and len(textual) == 1 and not _LISTED.intersection(textual))
    return lambda value: told(value) if alone and type(value) is str else asked(value)


def _remembering(told: Callable[[Any], object]) -> Callable[[Any], object]:
    known: dict[object, object] = {}

    def remembered(value: Any) -> object:
        kind = type(value)
        if kind is dict or kind is list:
            return told(value)
        key = value if kind is str else (kind, value)  # 1, 1.0 and True are equal
        found = known.get(key)
        if found is None:
            found = (kind, told(value))
            if kind is str and len(value) > _SHORT:
                return found
            if len(known) >= _REMEMBERED:
                known.clear()
            known[key] = found
        return found

    return remembered


def _told(path: Path, told: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return what tells apart the values at a path: of all items together, where they are items."""
    each = _remembering(told)
    if "*" not in path:
        return each
    return lambda values: (len(values), frozenset(map(each, values)))


def _getter(mould: Mould, path: Path) -> Callable[[Any], Any]:
    """Return what gets the value at a path that every struct has, or of all items the values there."""
    here: Mould | None = mould
    dotted: list[str] = []
    for size, name in enumerate(path):
        if name == "*":
            items = here.items if here is not None else None
            assert items is not None  # noqa: S101 - the mould was made for this path
            outer, inner = attrgetter(".".join(dotted)), _getter(items, path[size + 1 :])
            if "*" in path[size + 1 :]:
                return lambda struct: [value for item in outer(struct) for value in inner(item)]
            return lambda struct: list(map(inner, outer(struct)))
        assert here is not None  # noqa: S101 - likewise
        number = next(at for at, member in enumerate(here.members) if member.name == name)
        dotted.append(f"f{number}")
        here = here.members[number].mould
    return attrgetter(".".join(dotted))


def _freedoms(
    mould: Mould, foreign: AbstractSet[Any], dotted: str = ""
) -> Iterator[tuple[Callable[[Any], Any], Callable[[Any], object]]]:
    """Yield all places whose presence or type is open, and all that may hold foreign words."""
    skeleton = partial(_skeleton, foreign)
    for number, member in enumerate(mould.members):
        at, below = f"{dotted}f{number}", member.mould
        if not member.optional and below.members and below.kind is below.struct:
            yield from _freedoms(below, foreign, f"{at}.")
        elif foreign:
            yield attrgetter(at), skeleton
        elif (
            not member.optional and below.kind is list and below.items is not None and _is_fixed(below.items)
        ):
            yield attrgetter(at), bool
        elif member.optional or not _is_fixed(below):
            yield attrgetter(at), type if _is_flat(below) else skeleton


def _is_fixed(mould: Mould) -> bool:
    """Return whether all values have the same names and types."""
    if mould.plain or mould.kind is None or mould.kind is list:
        return False
    return all(not member.optional and _is_fixed(member.mould) for member in mould.members)


def _is_flat(mould: Mould) -> bool:
    """Return whether all values are single ones."""
    return not (mould.plain or mould.members or mould.items is not None or mould.struct is not None)


def _skeleton(foreign: AbstractSet[Any], value: Any) -> object:
    """Return the names and types in a value, and the foreign words."""
    kind = type(value)
    if isinstance(value, Struct):
        return tuple([_skeleton(foreign, getattr(value, name)) for name in value.__struct_fields__])
    if kind is dict:
        return tuple([(name, _skeleton(foreign, inner)) for name, inner in value.items()])
    if kind is list:
        return tuple(dict.fromkeys([_skeleton(foreign, inner) for inner in value]))
    if kind in _WORDS and value in foreign:
        return (kind, value)
    return UNSET if value is UNSET else kind
