"""What a schema may say, version by version: keywords, the values they take, types and formats.

Sources: OpenAPI 3.0.4 (Schema Object), 3.1.1 and 3.2.0 (Schema Object; JSON Schema 2020-12).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "DIALECTS",
    "EXCLUSIVE",
    "FIELDS",
    "FORMATS",
    "FORMAT_WORDS",
    "FOR_TYPE",
    "HOLDING",
    "INSTEAD",
    "KEYWORDS",
    "KNOWN_NEW",
    "KNOWN_OLD",
    "REFERENCE_TEXTS",
    "RETIRED",
    "TAKES",
    "TYPES",
    "TYPE_WORDS",
    "Keyword",
    "is_number",
    "is_schema",
    "is_text",
]


@dataclass(frozen=True, slots=True)
class Keyword:
    """What a keyword takes, and in which versions it is known."""

    takes: str
    old: bool = True
    new: bool = True


def _is_count(value: Any) -> bool:
    return is_number(value) and value >= 0 and value == int(value)


def is_number(value: Any) -> bool:
    """Return whether a value is a number, and not true or false."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_text(value: Any) -> bool:
    """Return whether a value is a string."""
    return isinstance(value, str)


def is_schema(value: Any) -> bool:
    """Return whether a value can be a schema at all."""
    return isinstance(value, dict | bool)


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_schemas(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(is_schema, value))


TAKES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "any": (lambda _: True, "any value"),
    "boolean": (lambda value: isinstance(value, bool), "true or false"),
    "count": (_is_count, "a whole number of at least 0"),
    "list": (lambda value: isinstance(value, list), "a list"),
    "mapping": (lambda value: isinstance(value, dict), "a mapping"),
    "named schemas": (lambda value: isinstance(value, dict), "a mapping of schemas"),
    "names": (_is_names, "a list of names"),
    "named names": (
        lambda value: isinstance(value, dict) and all(map(_is_names, value.values())),
        "a mapping of lists of names",
    ),
    "named texts": (
        lambda value: isinstance(value, dict) and all(map(is_text, value.values())),
        "a mapping of strings",
    ),
    "number": (is_number, "a number"),
    "positive": (lambda value: is_number(value) and value > 0, "a number above 0"),
    "schema": (is_schema, "a schema"),
    "schemas": (_is_schemas, "a list of at least one schema"),
    "text": (lambda value: isinstance(value, str), "a string"),
}
_BOTH = {
    "$ref": "text", "additionalProperties": "schema", "allOf": "schemas", "anyOf": "schemas",
    "default": "any", "deprecated": "boolean", "description": "text", "discriminator": "mapping",
    "enum": "list", "example": "any", "exclusiveMaximum": "number", "exclusiveMinimum": "number",
    "externalDocs": "mapping", "format": "text", "items": "schema", "maxItems": "count",
    "maxLength": "count", "maxProperties": "count", "maximum": "number", "minItems": "count",
    "minLength": "count", "minProperties": "count", "minimum": "number", "multipleOf": "positive",
    "not": "schema", "oneOf": "schemas", "pattern": "text", "properties": "named schemas",
    "readOnly": "boolean", "required": "names", "title": "text", "type": "any",
    "uniqueItems": "boolean", "writeOnly": "boolean", "xml": "mapping",
}  # fmt: skip
_NEW = {
    "$anchor": "text", "$comment": "text", "$defs": "named schemas", "$dynamicAnchor": "text",
    "$dynamicRef": "text", "$id": "text", "$schema": "text", "$vocabulary": "mapping", "const": "any",
    "contains": "schema", "contentEncoding": "text", "contentMediaType": "text", "contentSchema": "schema",
    "dependentRequired": "named names", "dependentSchemas": "named schemas", "else": "schema",
    "examples": "list", "if": "schema", "maxContains": "count", "minContains": "count",
    "patternProperties": "named schemas", "prefixItems": "schemas", "propertyNames": "schema",
    "then": "schema", "unevaluatedItems": "schema", "unevaluatedProperties": "schema",
}  # fmt: skip
KEYWORDS = (
    {name: Keyword(takes) for name, takes in _BOTH.items()}
    | {name: Keyword(takes, old=False) for name, takes in _NEW.items()}
    | {"nullable": Keyword("boolean", new=False)}
)
KNOWN_NEW = frozenset(name for name, keyword in KEYWORDS.items() if keyword.new)
KNOWN_OLD = frozenset(name for name, keyword in KEYWORDS.items() if keyword.old)
RETIRED = {
    "$recursiveAnchor": "write `$dynamicAnchor`",
    "$recursiveRef": "write `$dynamicRef`",
    "additionalItems": "write the leading items as `prefixItems` and the rest as `items`",
    "definitions": "write `$defs`, or move the schemas to components/schemas",
    "dependencies": "write `dependentRequired` or `dependentSchemas`",
}
INSTEAD = {
    "const": "write an `enum` of one value",
    "examples": "write `example`",
    "prefixItems": "describe the items by one `items` schema",
    "if": "describe the alternatives by `oneOf`",
    "then": "describe the alternatives by `oneOf`",
    "else": "describe the alternatives by `oneOf`",
    "contentEncoding": "write `format: byte` for base64",
    "patternProperties": "describe the members by `additionalProperties`",
    "$defs": "move the schemas to components/schemas",
}
HOLDING = frozenset({"allOf", "anyOf", "items", "not", "oneOf", "properties"})
"""Keywords of 3.0 that hold schemas, and no true or false."""
EXCLUSIVE = {"exclusiveMaximum": "maximum", "exclusiveMinimum": "minimum"}
FIELDS = {
    "discriminator": {"propertyName": ("text", True), "mapping": ("named texts", False)},
    "externalDocs": {"url": ("text", True), "description": ("text", False)},
    "xml": {
        **dict.fromkeys(("name", "namespace", "prefix"), ("text", False)),
        **dict.fromkeys(("attribute", "wrapped"), ("boolean", False)),
    },
}
"""The fields of the objects that some keywords take: what each takes, and whether it must be there."""
TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
TYPE_WORDS = {
    "bool": "boolean", "date": "string", "datetime": "string", "dict": "object", "double": "number",
    "file": "string", "float": "number", "int": "integer", "list": "array", "long": "integer",
    "map": "object", "none": "null", "str": "string", "text": "string",
}  # fmt: skip
FORMATS = frozenset(
    [
        "base64url",
        "binary",
        "byte",
        "char",
        "commonmark",
        "date",
        "date-time",
        "date-time-local",
        "decimal",
        "decimal128",
        "double",
        "double-int",
        "duration",
        "email",
        "float",
        "hostname",
        "html",
        "http-date",
        "idn-email",
        "idn-hostname",
        "int16",
        "int32",
        "int64",
        "int8",
        "ipv4",
        "ipv6",
        "iri",
        "iri-reference",
        "json-pointer",
        "media-range",
        "password",
        "regex",
        "relative-json-pointer",
        "sf-binary",
        "sf-boolean",
        "sf-decimal",
        "sf-integer",
        "sf-string",
        "sf-token",
        "time",
        "time-local",
        "uint16",
        "uint32",
        "uint64",
        "uint8",
        "uri",
        "uri-reference",
        "uri-template",
        "uuid",
    ]
)
"""The formats of JSON Schema 2020-12 and of the OpenAPI format registry."""
FORMAT_WORDS = {
    "datetime": "date-time",
    "timestamp": "date-time",
    "url": "uri",
    "ip": "ipv4",
    "guid": "uuid",
}
FOR_TYPE = {
    **dict.fromkeys(("maxLength", "minLength", "pattern"), frozenset({"string"})),
    **dict.fromkeys(
        ("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"),
        frozenset({"integer", "number"}),
    ),
    **dict.fromkeys(
        ("contains", "items", "maxItems", "minItems", "prefixItems", "uniqueItems"), frozenset({"array"})
    ),
    **dict.fromkeys(
        (
            "additionalProperties",
            "maxProperties",
            "minProperties",
            "patternProperties",
            "properties",
            "required",
        ),
        frozenset({"object"}),
    ),
}
DIALECTS = (
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/dialect/",
    "https://spec.openapis.org/oas/3.2/dialect/",
)
REFERENCE_TEXTS = frozenset({"$ref", "description", "summary"})
