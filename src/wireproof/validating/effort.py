"""How much work judging a value is, counted before an engine begins it.

Alternatives that each refer to the next (`anyOf` of two, 25 times) make any engine visit 2^25
schemas for one value.  Counting them takes time by the size of schema and value alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wireproof.contract import Schema

__all__ = ["EFFORT_LIMIT", "effort"]

EFFORT_LIMIT = 200_000
"""Visits of a schema that judging one value may take: some ten milliseconds."""
_LISTS = ("allOf", "anyOf", "oneOf")
_ONE = ("not", "if", "then", "else")
_MEMBERS = ("additionalProperties", "unevaluatedProperties")
_ITEMS = ("items", "contains", "unevaluatedItems")


def effort(defs: Mapping[str, Schema], schema: Schema, value: Any, *, limit: int = EFFORT_LIMIT) -> int:
    """Return how many visits of a schema judging `value` can take, at most `limit + 1`.

    `defs` are the definitions that a `$ref` such as `#/$defs/s1` names.  A schema that leads back
    to itself at the same value counts once.
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
            known[key] = min(1 + sum(parts), limit + 1)
            waiting.pop()
        else:
            begun[key] = list(_visited(defs, *current))
            waiting += [part for part in begun[key] if (id(part[0]), id(part[1])) not in begun]
            if len(begun) > limit or len(waiting) > limit:
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
