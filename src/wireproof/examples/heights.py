"""How deep the smallest value of a schema must be: what leads out of a recursion."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.contract import Schema, Schemas

__all__ = ["Heights"]


class Heights:
    """Knows, for each schema of a contract, the height of the lowest value that it may admit.

    A scalar has height 0; infinity means that no finite value fits.
    """

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._known: dict[int, float] = {}

    def of(self, schema: Schema) -> float:
        """Return the height of a schema."""
        if schema is False:
            return inf
        if not isinstance(schema, dict):
            return 0
        if id(schema) not in self._known:
            self._learn(schema)
        return self._known[id(schema)]

    def _learn(self, root: dict[str, Any]) -> None:
        """Learn the heights of a schema and of all that it needs: they only fall until they rest."""
        needed: dict[int, dict[str, Any]] = {}
        waiting: list[Schema] = [root]
        while waiting:
            schema = waiting.pop()
            if isinstance(schema, dict) and id(schema) not in needed:
                needed[id(schema)] = schema
                waiting.extend(self._reached(schema))
        for key in needed:
            self._known.setdefault(key, inf)
        order = list(reversed(needed.values()))
        falling = True
        while falling:
            falling = False
            for schema in order:
                height = self._height(schema)
                if height < self._known[id(schema)]:
                    self._known[id(schema)] = height
                    falling = True

    def _reached(self, schema: dict[str, Any]) -> Iterator[Schema]:
        if "$ref" in schema:
            yield self._target(schema)
        for keyword in ("allOf", "anyOf", "oneOf"):
            yield from schema.get(keyword, ())
        yield from _members(schema)
        yield from _items(schema)

    def _height(self, schema: dict[str, Any]) -> float:
        if _has_scalar(schema):
            return self._brought(schema)
        inner = [self._now(part) + 1 for part in (*_members(schema), *_items(schema))]
        return max(self._brought(schema), *inner, 0)

    def _brought(self, schema: dict[str, Any]) -> float:
        """Return the height that the schemas about the same value ask for."""
        heights = [self._now(part) for part in schema.get("allOf", ())]
        if "$ref" in schema:
            heights.append(self._now(self._target(schema)))
        heights += [
            min(self._now(branch) for branch in schema[union])
            for union in ("anyOf", "oneOf")
            if schema.get(union)
        ]
        return max(heights, default=0)

    def _now(self, schema: Schema) -> float:
        if schema is False:
            return inf
        return self._known[id(schema)] if isinstance(schema, dict) else 0

    def _target(self, schema: dict[str, Any]) -> Schema:
        return self._schemas.defs[schema["$ref"].rpartition("/")[2]]


def _has_scalar(schema: dict[str, Any]) -> bool:
    declared = schema.get("type", ())
    types = {declared} if isinstance(declared, str) else set(declared)
    return "enum" in schema or "const" in schema or bool(types - {"object", "array"})


def _members(schema: dict[str, Any]) -> list[Schema]:
    properties = schema.get("properties", {})
    return [properties[name] for name in schema.get("required", ()) if name in properties]


def _items(schema: dict[str, Any]) -> list[Schema]:
    least = schema.get("minItems", 0)
    prefix = schema.get("prefixItems", ())[:least]
    return [*prefix, schema["items"]] if least > len(prefix) and "items" in schema else list(prefix)
