"""The walk over an answer beside all schemas that apply to each of its values.

It finds the members that no schema names, through every composition and without any change
to the contract, and knows which keys a contract leaves free (a map's keys).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wireproof.redact import is_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.contract import Schema
    from wireproof.validating.applicable import Applicable
    from wireproof.validating.scope import Scope
    from wireproof.validating.site import Path

__all__ = ["Survey", "Visit", "survey", "walk"]


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """One value of an answer and all that applies to it."""

    path: Path
    value: Any
    scope: Scope


@dataclass(slots=True)
class Survey:
    """What a walk saw.

    `undocumented` are the members that nothing names, each with its object; `unlisted` the words
    that an open list lacks; `families` the objects whose kind a discriminator tells; `free` the
    keys that the contract leaves free, or that are data rather than names; `named` counts the
    members that it names.
    """

    undocumented: list[tuple[Visit, str]] = field(default_factory=list)
    unlisted: list[tuple[Path, dict[str, Any]]] = field(default_factory=list)
    families: list[tuple[Visit, dict[str, Any]]] = field(default_factory=list)
    free: set[Path] = field(default_factory=set)
    named: int = 0

    def template(self, path: Path) -> Path:
        """Return a path with `*` for each array index and each key that the contract leaves free."""
        if not self.free:
            return tuple("*" if isinstance(token, int) else token for token in path)
        return tuple(
            "*" if isinstance(token, int) or path[: index + 1] in self.free else token
            for index, token in enumerate(path)
        )


def walk(applicable: Applicable, schema: Schema, value: Any, *, words: bool = True) -> Iterator[Visit]:
    """Yield every value of an answer that some schema speaks about, parents first.

    Without `words` strings, numbers, booleans and nulls inside the answer are passed over.
    """
    kinds = _ALL if words else _CONTAINERS
    waiting: list[tuple[Path, Any, tuple[Schema, ...]]] = [((), value, (schema,))]
    while waiting:
        path, current, roots = waiting.pop()
        scope = applicable.scope(roots, current)
        yield Visit(path, current, scope)
        if isinstance(current, dict):
            waiting += [
                ((*path, key), member, found)
                for key, member in reversed(current.items())
                if isinstance(member, kinds) and (found := scope.member(key)[0])
            ]
        elif isinstance(current, list):
            waiting += [
                ((*path, index), current[index], found)
                for index in range(len(current) - 1, -1, -1)
                if isinstance(current[index], kinds) and (found := scope.item(index))
            ]


_CONTAINERS: tuple[type, ...] = (dict, list)
_ALL: tuple[type, ...] = (object,)


def survey(applicable: Applicable, schema: Schema, value: Any) -> Survey:
    """Return what is named, free and undocumented in an answer."""
    seen = Survey()
    for visit in walk(applicable, schema, value, words=applicable.has_open_lists):
        scope = visit.scope
        if isinstance(visit.value, dict):
            _members(seen, visit)
            seen.families += [(visit, family) for family in scope.families]
        elif scope.open_lists and isinstance(visit.value, str):
            listed = [visit.value in schema["x-extensible-enum"] for schema in scope.open_lists]
            seen.unlisted += [] if any(listed) else [(visit.path, scope.open_lists[0])]
    return seen


def _members(seen: Survey, visit: Visit) -> None:
    scope = visit.scope
    for key in visit.value:
        found, named = scope.member(key)
        if named:
            seen.named += 1
        elif found:
            seen.free.add((*visit.path, key))
        elif scope.described:
            seen.undocumented.append((visit, key))
            if is_data(key):
                seen.free.add((*visit.path, key))
