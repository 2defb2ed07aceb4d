"""What decoding makes of a body: structs whose members are known by name and type before it comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from msgspec import Struct

__all__ = ["Check", "Column", "Columns", "Member", "Mould", "Path", "Usual", "found"]

Path = tuple[str, ...]
"""Names and `*` that lead from a body to a place in it."""
Column = tuple[Sequence[Any], Sequence[int]]
"""Values, and the number of the body of each."""
Columns = Mapping[Path, Column]
"""Columns by path."""
Check = Callable[[Sequence[Any]], bool]


class Member(NamedTuple):
    """One member of a struct: its name, what gets it, whether it may be absent, and its place."""

    name: str
    get: Callable[[Any], Any]
    optional: bool
    mould: Mould


class Usual(NamedTuple):
    """What the strings of a place have all been so far: of one class, and what else is asked of them.

    `told` says that this holds all that is wanted to be known of them.
    """

    kind: str
    check: Check
    told: bool


@dataclass(slots=True, eq=False)
class Mould:
    """What decoding makes of the values at one place.

    `kind` is their type, where they all have one: for objects the struct, whose members follow;
    `apart` returns the values of each member of some structs.
    `check` says of a column what decoding did not prove; `leaf` are the schemas of a single value.
    `size` are the bounds of an array's length.  `plain` says that values stay JSON of any kind.
    `path` is set where somebody wants the column, `also` to what they ask of strings of a class.
    `textual` says that they are strings or null: `unproved` is what `check` checks of them, `usual`
    what all have been so far.
    """

    hint: Any
    kind: type | None = None
    members: tuple[Member, ...] = ()
    apart: Callable[[Sequence[Any]], Sequence[Sequence[Any]]] = tuple
    items: Mould | None = None
    check: Check | None = None
    leaf: tuple[Mapping[str, Any], ...] = ()
    size: Mapping[str, Any] | None = None
    plain: bool = False
    path: Path | None = None
    unproved: tuple[Mapping[str, Any], ...] = ()
    textual: bool = False
    also: Callable[[str], Sequence[Mapping[str, Any]]] | None = None
    usual: Usual | None = None

    @property
    def struct(self) -> type[Struct] | None:
        """Return the struct that objects become."""
        return _struct_in(self.hint)

    def member(self, name: str) -> Member | None:
        """Return the member of a name."""
        return next((member for member in self.members if member.name == name), None)


def found(values: Sequence[Any], path: Path) -> Column:
    """Return all values at a path, and the number of the body of each."""
    column, rows = list(values), list(range(len(values)))
    for token in path:
        if token == "*":  # noqa: S105 - a template's star, no password
            pairs = [
                (item, row)
                for value, row in zip(column, rows, strict=True)
                if type(value) is list
                for item in value
            ] + [
                (item, row)
                for value, row in zip(column, rows, strict=True)
                if type(value) is dict
                for item in value.values()
            ]
            pairs.sort(key=itemgetter(1))
        else:
            pairs = [
                (value[token], row)
                for value, row in zip(column, rows, strict=True)
                if type(value) is dict and token in value
            ]
        column, rows = [value for value, _ in pairs], [row for _, row in pairs]
    return column, rows


def _struct_in(hint: Any) -> type[Struct] | None:
    for one in (hint, *getattr(hint, "__args__", ())):
        if isinstance(one, type) and issubclass(one, Struct):
            return one
    return None
