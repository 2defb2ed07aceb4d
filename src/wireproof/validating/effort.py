"""How much work judging a value is, counted before an engine begins it.

Alternatives that each refer to the next (`anyOf` of two, 25 times) make any engine visit 2^25
schemas for one value.  Counting them takes time by the size of schema and value alone.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wireproof.contract import Schema

__all__ = ["DEPTH_LIMIT", "EFFORT_LIMIT", "Guard", "effort"]

EFFORT_LIMIT = 200_000
"""Visits of a schema that judging one value may take: some ten milliseconds."""
DEPTH_LIMIT = 4000
"""Visits that may be open at once; jsonschema-rs overflows its stack beyond some ten thousand."""
_FAIR = 100
"""Visits for each value of an answer that an ordinary contract may need."""
_PLAIN = 500
"""Visits for one value beyond which a contract may be one that multiplies itself."""
_SHALLOW = 12
"""Levels of an answer within which no contract of plain schemas gets far by doubling."""
_LISTS = ("allOf", "anyOf", "oneOf")
_ONE = ("not", "if", "then", "else")
_MEMBERS = ("additionalProperties", "unevaluatedProperties")
_ITEMS = ("items", "contains", "unevaluatedItems")


class Guard:
    """Tells the answers that would take an engine far longer than their size explains."""

    def __init__(self, defs: Mapping[str, Schema]) -> None:
        self._defs = defs

    @cached_property
    def _multiplies(self) -> bool:
        probes: tuple[Any, ...] = ({}, [], "")
        return any(
            effort(self._defs, schema, probe, limit=_PLAIN) > _PLAIN
            for schema in self._defs.values()
            for probe in probes
        )

    def refuses(self, schema: Schema, value: Any) -> bool:
        """Return whether judging `value` by `schema` is more than is ever begun."""
        levels = list(_levels(value))
        if len(levels) <= _SHALLOW and not self._multiplies:
            return False
        limit = EFFORT_LIMIT + _FAIR * sum(levels)
        return effort(self._defs, schema, value, limit=limit) > limit


def _levels(value: Any) -> Iterator[int]:
    """Yield how many values lie in the objects and arrays of each level, the outermost first."""
    level = [value] if isinstance(value, dict | list) else []
    while level:
        inner = [
            member
            for container in level
            for member in (container.values() if isinstance(container, dict) else container)
        ]
        yield len(inner)
        level = [member for member in inner if isinstance(member, dict | list)]


def effort(
    defs: Mapping[str, Schema],
    schema: Schema,
    value: Any,
    *,
    limit: int = EFFORT_LIMIT,
    depth: int = DEPTH_LIMIT,
) -> int:
    """Return how many visits of a schema judging `value` can take, at most `limit + 1`.

    `limit + 1` is also the answer for visits that nest deeper than `depth`.  `defs` are the
    definitions that a `$ref` such as `#/$defs/s1` names.  A schema that leads back to itself at the
    same value counts once.
    """
    known: dict[tuple[int, int], int] = {}
    begun: dict[tuple[int, int], list[tuple[Schema, Any]]] = {}
    waiting = [(schema, value)]
    while waiting:
        current = waiting[-1]
        key = (id(current[0]), id(current[1]))
        if key in known:
            waiting.pop()
        elif key in begun:
            parts = (known.get((id(part), id(member)), 1) for part, member in begun[key])
            known[key] = 1 + sum(parts)
            waiting.pop()
            if known[key] > limit:
                return limit + 1
        else:
            begun[key] = list(_visited(defs, *current))
            waiting += [part for part in begun[key] if (id(part[0]), id(part[1])) not in begun]
            if len(waiting) > limit or len(begun) > limit or len(begun) - len(known) > depth:
                return limit + 1
    return known[id(schema), id(value)]


def _visited(defs: Mapping[str, Schema], schema: Schema, value: Any) -> Iterator[tuple[Schema, Any]]:
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        yield defs.get(schema["$ref"].rpartition("/")[2], True), value
    for keyword in _LISTS:
        yield from ((part, value) for part in schema.get(keyword, ()))
    yield from ((schema[keyword], value) for keyword in _ONE if keyword in schema)
    yield from ((part, value) for part in schema.get("dependentSchemas", {}).values())
    if isinstance(value, dict):
        yield from _of_members(schema, value)
    elif isinstance(value, list):
        parts = [schema[keyword] for keyword in _ITEMS if keyword in schema] + schema.get("prefixItems", [])
        yield from ((part, item) for part in parts for item in value)


def _of_members(schema: dict[str, Any], value: dict[str, Any]) -> Iterator[tuple[Schema, Any]]:
    properties = schema.get("properties", {})
    yield from ((properties[name], value[name]) for name in value if name in properties)
    free = [schema[keyword] for keyword in _MEMBERS if keyword in schema]
    free += schema.get("patternProperties", {}).values()
    yield from ((part, member) for part in free for member in value.values())
    if "propertyNames" in schema:
        yield from ((schema["propertyNames"], name) for name in value)
