"""The walk over an answer beside all schemas that apply to each of its values.

It finds the members that no schema names, through every composition and without any change
to the contract, and knows which keys a contract leaves free (a map's keys).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.contract import Schema
    from wireproof.validating.applicable import Applicable
    from wireproof.validating.site import Path

__all__ = ["Survey", "Visit", "survey", "walk"]

_DESCRIBING = ("properties", "patternProperties", "additionalProperties", "unevaluatedProperties")


@dataclass(frozen=True, slots=True, eq=False)
class Visit:
    """One value of an answer and every schema object that applies to it."""

    path: Path
    value: Any
    schemas: list[dict[str, Any]]

    @property
    def described(self) -> bool:
        """Return whether any schema says which members this object has."""
        return any(keyword in schema for schema in self.schemas for keyword in _DESCRIBING)


@dataclass(slots=True)
class Survey:
    """What a walk saw: members nothing names, words an open list lacks, free keys, named members counted."""

    undocumented: list[tuple[Visit, str]] = field(default_factory=list)
    unlisted: list[tuple[Path, dict[str, Any]]] = field(default_factory=list)
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


def walk(applicable: Applicable, schema: Schema, value: Any) -> Iterator[Visit]:
    """Yield every value of an answer that some schema speaks about, parents first."""
    waiting: list[tuple[Path, Any, list[Schema]]] = [((), value, [schema])]
    while waiting:
        path, current, roots = waiting.pop()
        visit = Visit(path, current, _applying(applicable, roots, current))
        yield visit
        if isinstance(current, dict):
            children = [(key, applicable.children(visit.schemas, key)[0]) for key in current]
            waiting.extend(((*path, key), current[key], found) for key, found in reversed(children) if found)
        elif isinstance(current, list):
            for index in range(len(current) - 1, -1, -1):
                found = applicable.items(visit.schemas, index)
                if found:
                    waiting.append(((*path, index), current[index], found))


def survey(applicable: Applicable, schema: Schema, value: Any) -> Survey:
    """Return what is named, free and undocumented in an answer."""
    seen = Survey()
    for visit in walk(applicable, schema, value):
        if isinstance(visit.value, str):
            seen.unlisted += [(visit.path, schema) for schema in visit.schemas if _lacks(schema, visit.value)]
        if not isinstance(visit.value, dict):
            continue
        described = visit.described
        for key in visit.value:
            found, named = applicable.children(visit.schemas, key)
            if named:
                seen.named += 1
            elif found:
                seen.free.add((*visit.path, key))
            elif described:
                seen.undocumented.append((visit, key))
    return seen


def _lacks(schema: dict[str, Any], word: str) -> bool:
    listed = schema.get("x-extensible-enum")
    return isinstance(listed, list) and word not in listed


def _applying(applicable: Applicable, roots: list[Schema], value: Any) -> list[dict[str, Any]]:
    if len(roots) == 1:
        return applicable.to(roots[0], value)
    found: dict[int, dict[str, Any]] = {}
    for root in roots:
        for schema in applicable.to(root, value):
            found.setdefault(id(schema), schema)
    return list(found.values())
