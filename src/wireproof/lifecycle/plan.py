"""Where in an answer a schema says what a value means: its unit, its format, its media type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.lifecycle.units import PROGRESS_UNITS, TIME_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.contract import Schema, Schemas
    from wireproof.lifecycle.pointers import Pointer

__all__ = ["Plan", "plan_of", "says_meaning"]

Plan = tuple[tuple[tuple[str, ...], dict[str, Any]], ...]
"""Pointers to values, and the schema that says what each means."""

_UNITS = frozenset(TIME_UNITS) | PROGRESS_UNITS
_FORMATS = frozenset({"date-time", "iri", "uri", "url"})
_PLAIN = frozenset({"$ref", "allOf", "items", "properties"})
_STEPS = 3000
"""How many schemas are looked at before a walk over each answer is the lesser work."""


class _ConditionalError(Exception):
    """Whether a schema applies depends on the value, or there are too many: a walk has to tell."""


def says_meaning(schema: dict[str, Any]) -> bool:
    """Return whether a schema says what its value means."""
    return (
        _is_one_of(schema.get("x-unit"), _UNITS)
        or _is_one_of(schema.get("format"), _FORMATS)
        or isinstance(schema.get("contentMediaType"), str)
    )


def plan_of(schemas: Schemas, name: str) -> Plan | None:
    """Return all places below a definition that mean something, or None where only a walk can tell them."""
    root = schemas.defs[name]
    if not _is_telling(schemas, root):
        return ()
    try:
        return tuple(_places(schemas, root, (), frozenset(), iter(range(_STEPS))))
    except (_ConditionalError, RecursionError):
        return None


def _places(
    schemas: Schemas, schema: Schema, path: Pointer, above: frozenset[int], steps: Iterator[int]
) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    if not isinstance(schema, dict):
        return
    if id(schema) in above or next(steps, None) is None:
        raise _ConditionalError
    above |= {id(schema)}
    if says_meaning(schema):
        yield path, schema
    for keyword, value in schema.items():
        if keyword not in _PLAIN:
            if isinstance(value, dict | list) and _is_telling(schemas, value):
                raise _ConditionalError
            continue
        for tokens, part in _parts(schemas, keyword, value):
            yield from _places(schemas, part, (*path, *tokens), above, steps)


def _parts(schemas: Schemas, keyword: str, value: Any) -> Iterator[tuple[Pointer, Schema]]:
    """Yield the schemas that a keyword brings for certain, each with what leads to its value."""
    if keyword == "$ref":
        yield (), _target(schemas, value)
    elif keyword == "allOf":
        for part in value:
            yield (), part
    elif keyword == "properties":
        for key, member in value.items():
            yield (key,), member
    else:
        yield ("*",), value


def _is_telling(schemas: Schemas, root: Any) -> bool:
    """Return whether anything below a part of a schema says what a value means."""
    seen: set[int] = set()
    waiting: list[Any] = [root]
    while waiting:
        current = waiting.pop()
        if isinstance(current, list):
            waiting.extend(current)
        if not isinstance(current, dict) or id(current) in seen:
            continue
        seen.add(id(current))
        if says_meaning(current):
            return True
        if "$ref" in current:
            waiting.append(_target(schemas, current["$ref"]))
        waiting.extend(member for member in current.values() if isinstance(member, dict | list))
    return False


def _target(schemas: Schemas, reference: Any) -> Schema:
    return schemas.defs.get(reference.rpartition("/")[2], True) if isinstance(reference, str) else True


def _is_one_of(value: Any, known: frozenset[str]) -> bool:
    return isinstance(value, str) and value in known
