"""The keywords of one schema: known, of this version, with values that they take.

Sources: OpenAPI 3.0.4 (Schema Object), 3.1.1 and 3.2.0 (Schema Object; JSON Schema 2020-12).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wireproof.finding import Severity
from wireproof.lint.defect import Note, near, quoted, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wireproof.lint.outline import Item, Outline
    from wireproof.openapi import Node

__all__ = [
    "FORMATS",
    "format_unknown",
    "keyword_invalid",
    "keyword_too_new",
    "keyword_too_old",
    "keyword_unknown",
    "keyword_without_effect",
    "reference_siblings",
    "schema_dialect",
    "type_unknown",
]


@dataclass(frozen=True, slots=True)
class _Keyword:
    """What a keyword takes, and in which versions it is known."""

    takes: str
    old: bool = True
    new: bool = True


def _is_count(value: Any) -> bool:
    return _is_number(value) and value >= 0 and value == int(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_schema(value: Any) -> bool:
    return isinstance(value, dict | bool)


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_schemas(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_schema, value))


_TAKES: dict[str, tuple[Callable[[Any], bool], str]] = {
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
        lambda value: isinstance(value, dict) and all(map(_is_text, value.values())),
        "a mapping of strings",
    ),
    "number": (_is_number, "a number"),
    "positive": (lambda value: _is_number(value) and value > 0, "a number above 0"),
    "schema": (_is_schema, "a schema"),
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
_KEYWORDS = (
    {name: _Keyword(takes) for name, takes in _BOTH.items()}
    | {name: _Keyword(takes, old=False) for name, takes in _NEW.items()}
    | {"nullable": _Keyword("boolean", new=False)}
)
_KNOWN_NEW = frozenset(name for name, keyword in _KEYWORDS.items() if keyword.new)
_KNOWN_OLD = frozenset(name for name, keyword in _KEYWORDS.items() if keyword.old)
_RETIRED = {
    "additionalItems": "write the leading items as `prefixItems` and the rest as `items`",
    "definitions": "write `$defs`, or move the schemas to components/schemas",
    "dependencies": "write `dependentRequired` or `dependentSchemas`",
}
_INSTEAD = {
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
_HOLDING = frozenset({"allOf", "anyOf", "items", "not", "oneOf", "properties"})
"""Keywords of 3.0 that hold schemas, and no true or false."""
_EXCLUSIVE = {"exclusiveMaximum": "maximum", "exclusiveMinimum": "minimum"}
_FIELDS = {
    "discriminator": {"propertyName": ("text", True), "mapping": ("named texts", False)},
    "externalDocs": {"url": ("text", True), "description": ("text", False)},
    "xml": {
        **dict.fromkeys(("name", "namespace", "prefix"), ("text", False)),
        **dict.fromkeys(("attribute", "wrapped"), ("boolean", False)),
    },
}
"""The fields of the objects that some keywords take: what each takes, and whether it must be there."""
_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_TYPE_WORDS = {
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
_FORMAT_WORDS = {
    "datetime": "date-time",
    "timestamp": "date-time",
    "url": "uri",
    "ip": "ipv4",
    "guid": "uuid",
}
_FOR_TYPE = {
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
_DIALECTS = (
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/dialect/",
    "https://spec.openapis.org/oas/3.2/dialect/",
)
_REFERENCE_TEXTS = frozenset({"$ref", "description", "summary"})


def keyword_unknown(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield keywords that no version knows: an error in 3.0, a comment at best in later ones."""
    known = _KNOWN_NEW if outline.modern else _KNOWN_OLD
    for name, node in _members(item, outline):
        if name in _KEYWORDS or name in _RETIRED or name.startswith("x-") or node.value is None:
            continue
        close = near(name, known)
        message = f"{quoted(name)} is no keyword of a schema"
        if close:
            yield Note(node, message, f"did you mean {quoted(close)} ?", Severity.WARNING)
        elif outline.modern:
            yield Note(node, f"{message}; it has no effect", "begin its name with `x-`", Severity.INFO)
        else:
            yield Note(
                node, f"{message}, and 3.0 allows no others", "begin its name with `x-`", Severity.ERROR
            )


def keyword_too_new(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield what 3.1 brought and a 3.0 document already uses."""
    if outline.modern:
        return
    for name, node in _members(item, outline):
        if name in _KEYWORDS and not _KEYWORDS[name].old:
            mend = _INSTEAD.get(name, "write `openapi: 3.1.0`, or leave the keyword out")
            yield Note(node, f"{quoted(name)} is a keyword of OpenAPI 3.1; 3.0 does not know it", mend)
        elif name in _EXCLUSIVE and _is_number(node.value):
            bound = _EXCLUSIVE[name]
            mend = f"write `{bound}: {node.value}` and `{name}: true`"
            yield Note(node, f"a number as {quoted(name)} is OpenAPI 3.1; 3.0 takes true or false", mend)
        elif name == "type" and isinstance(node.value, list):
            mend = "write one type, and `nullable: true` where null may stand"
            yield Note(node, "a list of types is OpenAPI 3.1; 3.0 takes one type", mend)
        elif name == "type" and node.value == "null":
            mend = "write the type of the value, and `nullable: true`"
            yield Note(node, "the type null is OpenAPI 3.1; 3.0 does not know it", mend)
        elif name in _HOLDING:
            for place in (node, *(member for _, member in node.members())):
                if isinstance(place.value, bool):
                    message = f"{shown(place.value)} as a schema is OpenAPI 3.1; 3.0 takes a mapping"
                    yield Note(place, message, "write `{}` for any value, `not: {}` for none")


def keyword_too_old(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield what earlier versions wrote and this one reads otherwise, or not at all."""
    for name, node in _members(item, outline):
        if name in _RETIRED:
            severity = Severity.WARNING if outline.modern else Severity.ERROR
            yield Note(node, f"{quoted(name)} is of an earlier JSON Schema", _RETIRED[name], severity)
        elif outline.modern and name == "nullable":
            mend = "add 'null' to the type: `type: [string, 'null']`" if node.value else "remove it"
            yield Note(node, "`nullable` is OpenAPI 3.0; later versions do not read it", mend)
        elif outline.modern and name in _EXCLUSIVE and isinstance(node.value, bool):
            bound = _EXCLUSIVE[name]
            mend = f"write the number itself: `{name}: 0` instead of `{bound}: 0` with `{name}: true`"
            message = f"true or false as {quoted(name)} is OpenAPI 3.0; later versions take a number"
            yield Note(node, message, mend, Severity.ERROR)


def keyword_invalid(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield keywords whose value is of a kind that they do not take."""
    for name, node in _members(item, outline):
        keyword = _KEYWORDS.get(name)
        if keyword is None or node.value is None or (name in _EXCLUSIVE and isinstance(node.value, bool)):
            continue
        fits, wanted = _TAKES[keyword.takes]
        if not fits(node.value):
            yield Note(node, f"{quoted(name)} takes {wanted}, not {_given(node.value)}", f"write {wanted}")
        elif name == "required" and len(set(node.value)) < len(node.value):
            yield Note(node, "`required` lists a name twice", "keep one of the two")
        elif name in _FIELDS:
            yield from _fields_invalid(node)
        elif keyword.takes == "named schemas":
            for key, member in node.members():
                if not _is_schema(member.value) and member.value is not None:
                    message = f"{quoted(key)} among the {quoted(name)} is {shown(member.value)}, no schema"
                    yield Note(member, message, "write a schema, or move it out one level")


def _fields_invalid(node: Node) -> Iterator[Note]:
    """Yield what is wrong with the fields of a keyword that takes an object of OpenAPI."""
    keyword = node.pointer.rpartition("/")[2]
    for field, (takes, needed) in _FIELDS[keyword].items():
        member = node.member(field)
        fits, wanted = _TAKES[takes]
        if field not in node.value:
            if needed:
                yield Note(node, f"{quoted(keyword)} lacks {quoted(field)}", f"write {quoted(field)} here")
        elif member.value is not None and not fits(member.value):
            message = f"{quoted(field)} of {quoted(keyword)} takes {wanted}, not {_given(member.value)}"
            yield Note(member, message, f"write {wanted}")


def type_unknown(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield types that JSON does not have."""
    for name, node in _members(item, outline):
        if name != "type" or node.value is None:
            continue
        written = node.members() if isinstance(node.value, list) else [("", node)]
        for _, entry in written:
            if isinstance(entry.value, str) and entry.value in _TYPES:
                continue
            word = entry.value.casefold() if isinstance(entry.value, str) else ""
            close = _TYPE_WORDS.get(word) or near(word, _TYPES)
            known = "the types are " + ", ".join(sorted(_TYPES if outline.modern else _TYPES - {"null"}))
            mend = f"did you mean {quoted(close)} ?" if close else known
            yield Note(entry, f"{shown(entry.value)} is no type", mend)
        if isinstance(node.value, list) and len({str(value) for value in node.value}) < len(node.value):
            yield Note(node, "`type` lists a type twice", "keep one of the two")
        elif node.value == []:
            yield Note(node, "`type` lists no type", "write at least one")


def format_unknown(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield formats that no registry knows: a warning where one is near, else an info."""
    for name, node in _members(item, outline):
        if name != "format" or not isinstance(node.value, str) or node.value in FORMATS:
            continue
        close = _FORMAT_WORDS.get(node.value.casefold()) or near(node.value, FORMATS)
        message = f"the format {shown(node.value)} is not known, so nothing is checked by it"
        if close:
            yield Note(node, message, f"did you mean {quoted(close)} ?", Severity.WARNING)
        else:
            yield Note(node, message, "add a `pattern` if the form matters", Severity.INFO)


def keyword_without_effect(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield keywords that speak about another type than the one the schema has."""
    for keyword, bound in _EXCLUSIVE.items():
        if item.value.get(keyword) is True and bound not in item.value and not outline.modern:
            node = item.node.member(keyword)
            yield Note(
                node, f"{quoted(keyword)} says nothing without {quoted(bound)}", f"write {quoted(bound)} too"
            )
    types = item.value.get("type")
    types = (
        {types}
        if isinstance(types, str)
        else set(filter(_is_text, types or ()))
        if _is_listed(types)
        else set()
    )
    if not types or not types <= _TYPES:
        return
    for name, node in _members(item, outline):
        wanted = _FOR_TYPE.get(name)
        if wanted and not wanted & types and node.value is not None:
            has = " or ".join(sorted(types))
            message = f"{quoted(name)} says nothing about a value of type {has}"
            yield Note(node, message, f"remove it, or write the type {' or '.join(sorted(wanted))}")


def reference_siblings(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield what stands beside a `$ref` and is ignored there."""
    if not item.is_reference or item.kind == "path-item" or (item.kind == "schema" and outline.modern):
        return
    allowed = _REFERENCE_TEXTS if outline.modern else {"$ref"}
    for name, node in item.node.members():
        if name not in allowed and not name.startswith("x-"):
            where = "in OpenAPI 3.0" if not outline.modern else "outside schemas"
            mend = (
                "wrap the reference: `allOf: [{$ref: …}]` with the keyword beside it"
                if item.kind == "schema" and name not in {"description", "summary"}
                else "write it where the reference leads, or remove it"
            )
            severity = Severity.INFO if name in _REFERENCE_TEXTS else None
            yield Note(node, f"{where} {quoted(name)} beside a $ref is ignored", mend, severity)


def schema_dialect(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield declarations of a JSON Schema dialect that is not read as such."""
    keyword = "jsonSchemaDialect" if item.kind == "document" else "$schema"
    node = item.node.member(keyword)
    if outline.modern and isinstance(node.value, str) and not node.value.startswith(_DIALECTS):
        message = f"the dialect {shown(node.value)} is not known; schemas are read as JSON Schema 2020-12"
        yield Note(node, message, f"remove it, or write {_DIALECTS[0]}")


def _members(item: Item, outline: Outline) -> list[tuple[str, Node]]:
    """Return the keywords of a schema that count: none beside a `$ref` in 3.0."""
    if item.is_reference and not outline.modern:
        return []
    return item.node.members()


def _given(value: Any) -> str:
    """Return a value that a keyword does not take, in words; a mapping or list by what it holds first."""
    if isinstance(value, dict | list) and value:
        first = next(iter(value.values() if isinstance(value, dict) else value))
        return f"{shown(value)} with {shown(first)} in it"
    return shown(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_listed(value: Any) -> bool:
    return isinstance(value, list)
