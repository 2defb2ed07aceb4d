"""What a schema promises, in a few words: `integer`, `string or null`, `one of "a", "b"`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wireproof.contract import Schema
    from wireproof.validating.applicable import Applicable

__all__ = ["keyword_text", "promised_types", "type_text"]

_ALL = ("object", "array", "string", "integer", "number", "boolean", "null")
_LIMITS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "minProperties": "at least {} members",
    "maxProperties": "at most {} members",
    "pattern": "the pattern {}",
    "format": "format {}",
    "minContains": "at least {} fitting items",
    "maxContains": "at most {} fitting items",
}
_FIXED = {
    "uniqueItems": "items that differ",
    "not": "anything but what `not` describes",
    "contains": "an item that fits",
    "propertyNames": "member names that fit",
    "items": "no further items",
    "unevaluatedItems": "no further items",
    "false": "nothing at all",
    "undocumented": "no such member",
    "additionalProperties": "no such member",
    "unevaluatedProperties": "no such member",
    "required": "a value",
    "dependentRequired": "a value",
}
_SHOWN_MEMBERS = 12


def promised_types(applicable: Applicable, schema: Schema) -> frozenset[str]:
    """Return the JSON types that a schema admits, as far as its keywords tell."""
    known = applicable.types.get(id(schema))
    if known is None:
        known = applicable.types[id(schema)] = (schema, _types(applicable, schema, frozenset()))
    return known[1]


def _types(applicable: Applicable, schema: Schema, seen: frozenset[int]) -> frozenset[str]:
    schema = applicable.target(schema)
    if not isinstance(schema, dict) or id(schema) in seen:
        return frozenset(_ALL) if schema is not False else frozenset()
    seen |= {id(schema)}
    types = frozenset(_ALL)
    declared = schema.get("type")
    if isinstance(declared, str | list):
        types &= frozenset([declared] if isinstance(declared, str) else declared)
    for part in schema.get("allOf", ()):
        types &= _types(applicable, part, seen)
    for union in ("oneOf", "anyOf"):
        if schema.get(union):
            types &= frozenset().union(*(_types(applicable, part, seen) for part in schema[union]))
    return types


def type_text(applicable: Applicable, schema: Schema) -> str:
    """Return the types that a schema admits, for a person: `object or null`."""
    types = promised_types(applicable, schema)
    if types == frozenset(_ALL):
        return "any value"
    named = [name for name in _ALL if name in types and not (name == "integer" and "number" in types)]
    return " or ".join(named) or "nothing at all"


def keyword_text(keyword: str, schema: dict[str, Any]) -> str:
    """Return what one keyword of a schema promises, for a person."""
    if keyword in {"enum", "x-extensible-enum"}:
        members = [json.dumps(member, ensure_ascii=False) for member in schema[keyword]]
        more = f" and {len(members) - _SHOWN_MEMBERS} more" if len(members) > _SHOWN_MEMBERS else ""
        return f"one of {', '.join(members[:_SHOWN_MEMBERS])}{more}"
    if keyword == "const":
        return json.dumps(schema["const"], ensure_ascii=False)
    if keyword in _LIMITS:
        return _LIMITS[keyword].format(schema.get(keyword))
    return _FIXED.get(keyword, keyword)
