"""Places of an answer: which schemas stand at the end of a pointer, and what they admit there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.lint.defect import literal
from wireproof.lint.names import expanded
from wireproof.validating.engine import FastEngine, InvalidSchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wireproof.lint.outline import Outline
    from wireproof.openapi import Node

__all__ = ["schema_types", "schema_values", "schemas_at"]

_ALL = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})


def schemas_at(schemas: Iterable[Node], pointer: str, outline: Outline) -> list[Node]:
    """Return the schemas of the values that a pointer can lead to; `*` is any item or free member."""
    current = list(schemas)
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        current = [
            child
            for schema in current
            for part in expanded(schema, outline)
            for child in _children(part, name)
        ]
    return current


def _children(part: Node, name: str) -> Iterator[Node]:
    properties = part.member("properties")
    if isinstance(properties.value, dict) and name in properties.value:
        yield properties.member(name)
        return
    if name == "*" or name.isdigit():
        for keyword in ("items", "contains"):
            if isinstance(part.value.get(keyword), dict):
                yield part.member(keyword)
        yield from (item for _, item in part.member("prefixItems").members() if isinstance(item.value, dict))
    if isinstance(part.value.get("additionalProperties"), dict):
        yield part.member("additionalProperties")
    patterns = part.member("patternProperties")
    for pattern, child in patterns.members() if isinstance(patterns.value, dict) else ():
        if name == "*" or _matches(pattern, name):
            yield child


def _matches(pattern: str, name: str) -> bool:
    try:
        return FastEngine({"pattern": pattern}).is_valid(name)
    except InvalidSchemaError:
        return False


def schema_types(schemas: Iterable[Node], outline: Outline) -> frozenset[str]:
    """Return the JSON types that values at a place can have, as far as `type` tells."""
    found: set[str] = set()
    for schema in schemas:
        for part in expanded(schema, outline):
            written = part.value.get("type")
            names = written if isinstance(written, list) else [written]
            found.update(name for name in names if isinstance(name, str) and name in _ALL)
            if part.value.get("nullable") is True:
                found.add("null")
    if "number" in found:
        found.add("integer")
    return frozenset(found) if found - {"null"} else _ALL


def schema_values(schemas: Iterable[Node], outline: Outline) -> frozenset[str] | None:
    """Return the values, as JSON, that are listed for a place; None where nothing is listed."""
    found: set[str] = set()
    listed = False
    for schema in schemas:
        for part in expanded(schema, outline):
            for keyword in ("enum", "x-extensible-enum"):
                if isinstance(part.value.get(keyword), list):
                    listed = True
                    found.update(map(literal, part.value[keyword]))
            if "const" in part.value:
                listed = True
                found.add(literal(part.value["const"]))
    return frozenset(found) if listed else None
