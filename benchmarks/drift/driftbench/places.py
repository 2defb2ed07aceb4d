"""Places in a body, and what is done at them."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from driftbench.promise import Shape

__all__ = ["ABSENT", "Path", "Place", "at", "copied", "near", "put", "removed", "under", "written"]

Path = tuple[str | int, ...]


class _Absent:
    """What is at a place where nothing is."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One value of a clean body and all that the contract says about it.

    `path` leads to the value, `pointer` is the same for a reader: `*` for array indexes and for
    keys that the contract leaves free.  `required` tells whether its object must have it, `free`
    whether its key is one that the contract leaves free.  `union` is the pointer of the nearest
    choice between branches that the value is in, None if there is none.
    """

    path: Path
    pointer: str
    shape: Shape
    required: bool
    free: bool
    union: str | None

    @property
    def name(self) -> str:
        """Return the last key, empty for the body and for items of arrays."""
        return str(self.path[-1]) if self.path and isinstance(self.path[-1], str) else ""


def written(token: str) -> str:
    """Return a key as a part of a JSON Pointer."""
    return token.replace("~", "~0").replace("/", "~1")


def under(pointer: str, other: str) -> bool:
    """Return whether a pointer is another one or lies under it."""
    return pointer == other or pointer.startswith(other + "/")


def near(pointer: str, other: str) -> bool:
    """Return whether one of two places is the other or holds it."""
    return under(pointer, other) or under(other, pointer)


def at(body: Any, path: Path) -> Any:
    """Return the value at a path, ABSENT if there is none."""
    for token in path:
        try:
            body = body[token]
        except (KeyError, IndexError, TypeError):
            return ABSENT
    return body


def copied(body: Any) -> Any:
    """Return a deep copy."""
    return copy.deepcopy(body)


def put(body: Any, path: Path, value: Any) -> Any:
    """Return the body with another value at a path; the body given is changed."""
    if not path:
        return value
    at(body, path[:-1])[path[-1]] = value
    return body


def removed(body: Any, path: Path) -> Any:
    """Return the body without the member at a path; the body given is changed."""
    del at(body, path[:-1])[path[-1]]
    return body
