"""The keywords of one schema: known, of this version, with values that they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.finding import Severity
from wireproof.lint.defect import Note, near, quoted, shown
from wireproof.lint.vocabulary import (
    DIALECTS,
    EXCLUSIVE,
    FIELDS,
    FOR_TYPE,
    FORMAT_WORDS,
    FORMATS,
    HOLDING,
    INSTEAD,
    KEYWORDS,
    KNOWN_NEW,
    KNOWN_OLD,
    REFERENCE_TEXTS,
    RETIRED,
    TAKES,
    TYPE_WORDS,
    TYPES,
    is_number,
    is_schema,
    is_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lint.outline import Item, Outline
    from wireproof.openapi import Node

__all__ = [
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


def keyword_unknown(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield keywords that no version knows: an error in 3.0, a comment at best in later ones."""
    known = KNOWN_NEW if outline.modern else KNOWN_OLD
    for name, node in _members(item, outline):
        if name in KEYWORDS or name in RETIRED or name.startswith("x-") or node.value is None:
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
        if name in KEYWORDS and not KEYWORDS[name].old:
            mend = INSTEAD.get(name, "write `openapi: 3.1.0`, or leave the keyword out")
            yield Note(node, f"{quoted(name)} is a keyword of OpenAPI 3.1; 3.0 does not know it", mend)
        elif name in EXCLUSIVE and is_number(node.value):
            bound = EXCLUSIVE[name]
            mend = f"write `{bound}: {node.value}` and `{name}: true`"
            yield Note(node, f"a number as {quoted(name)} is OpenAPI 3.1; 3.0 takes true or false", mend)
        elif name == "type" and isinstance(node.value, list):
            mend = "write one type, and `nullable: true` where null may stand"
            yield Note(node, "a list of types is OpenAPI 3.1; 3.0 takes one type", mend)
        elif name == "type" and node.value == "null":
            mend = "write the type of the value, and `nullable: true`"
            yield Note(node, "the type null is OpenAPI 3.1; 3.0 does not know it", mend)
        elif name in HOLDING:
            for place in (node, *(member for _, member in node.members())):
                if isinstance(place.value, bool):
                    message = f"{shown(place.value)} as a schema is OpenAPI 3.1; 3.0 takes a mapping"
                    yield Note(place, message, "write `{}` for any value, `not: {}` for none")


def keyword_too_old(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield what earlier versions wrote and this one reads otherwise, or not at all."""
    for name, node in _members(item, outline):
        if name in RETIRED:
            severity = Severity.WARNING if outline.modern else Severity.ERROR
            yield Note(node, f"{quoted(name)} is of an earlier JSON Schema", RETIRED[name], severity)
        elif outline.modern and name == "nullable":
            mend = "add 'null' to the type: `type: [string, 'null']`" if node.value else "remove it"
            yield Note(node, "`nullable` is OpenAPI 3.0; later versions do not read it", mend)
        elif outline.modern and name in EXCLUSIVE and isinstance(node.value, bool):
            bound = EXCLUSIVE[name]
            mend = f"write the number itself: `{name}: 0` instead of `{bound}: 0` with `{name}: true`"
            message = f"true or false as {quoted(name)} is OpenAPI 3.0; later versions take a number"
            yield Note(node, message, mend, Severity.ERROR)


def keyword_invalid(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield keywords whose value is of a kind that they do not take."""
    for name, node in _members(item, outline):
        keyword = KEYWORDS.get(name)
        if keyword is None or node.value is None or (name in EXCLUSIVE and isinstance(node.value, bool)):
            continue
        fits, wanted = TAKES[keyword.takes]
        if not fits(node.value):
            yield Note(node, f"{quoted(name)} takes {wanted}, not {_given(node.value)}", f"write {wanted}")
        elif name == "required" and len(set(node.value)) < len(node.value):
            yield Note(node, "`required` lists a name twice", "keep one of the two")
        elif name in FIELDS:
            yield from _fields_invalid(node)
        elif keyword.takes == "named schemas":
            for key, member in node.members():
                if not is_schema(member.value) and member.value is not None:
                    message = f"{quoted(key)} among the {quoted(name)} is {shown(member.value)}, no schema"
                    yield Note(member, message, "write a schema, or move it out one level")


def _fields_invalid(node: Node) -> Iterator[Note]:
    """Yield what is wrong with the fields of a keyword that takes an object of OpenAPI."""
    keyword = node.pointer.rpartition("/")[2]
    for field, (takes, needed) in FIELDS[keyword].items():
        member = node.member(field)
        fits, wanted = TAKES[takes]
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
            if isinstance(entry.value, str) and entry.value in TYPES:
                continue
            word = entry.value.casefold() if isinstance(entry.value, str) else ""
            close = TYPE_WORDS.get(word) or near(word, TYPES)
            known = "the types are " + ", ".join(sorted(TYPES if outline.modern else TYPES - {"null"}))
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
        close = FORMAT_WORDS.get(node.value.casefold()) or near(node.value, FORMATS)
        message = f"the format {shown(node.value)} is not known, so nothing is checked by it"
        if close:
            yield Note(node, message, f"did you mean {quoted(close)} ?", Severity.WARNING)
        else:
            yield Note(node, message, "add a `pattern` if the form matters", Severity.INFO)


def keyword_without_effect(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield keywords that speak about another type than the one the schema has."""
    for keyword, bound in EXCLUSIVE.items():
        if item.value.get(keyword) is True and bound not in item.value and not outline.modern:
            node = item.node.member(keyword)
            yield Note(
                node, f"{quoted(keyword)} says nothing without {quoted(bound)}", f"write {quoted(bound)} too"
            )
    types = item.value.get("type")
    types = (
        {types}
        if isinstance(types, str)
        else set(filter(is_text, types or ()))
        if _is_listed(types)
        else set()
    )
    if not types or not types <= TYPES:
        return
    for name, node in _members(item, outline):
        wanted = FOR_TYPE.get(name)
        if wanted and not wanted & types and node.value is not None:
            has = " or ".join(sorted(types))
            message = f"{quoted(name)} says nothing about a value of type {has}"
            yield Note(node, message, f"remove it, or write the type {' or '.join(sorted(wanted))}")


def reference_siblings(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield what stands beside a `$ref` and is ignored there."""
    if not item.is_reference or item.kind == "path-item" or (item.kind == "schema" and outline.modern):
        return
    allowed = REFERENCE_TEXTS if outline.modern else {"$ref"}
    for name, node in item.node.members():
        if name not in allowed and not name.startswith("x-"):
            where = "in OpenAPI 3.0" if not outline.modern else "outside schemas"
            mend = (
                "wrap the reference: `allOf: [{$ref: …}]` with the keyword beside it"
                if item.kind == "schema" and name not in {"description", "summary"}
                else "write it where the reference leads, or remove it"
            )
            severity = Severity.INFO if name in REFERENCE_TEXTS else None
            yield Note(node, f"{where} {quoted(name)} beside a $ref is ignored", mend, severity)


def schema_dialect(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield declarations of a JSON Schema dialect that is not read as such."""
    keyword = "jsonSchemaDialect" if item.kind == "document" else "$schema"
    node = item.node.member(keyword)
    if outline.modern and isinstance(node.value, str) and not node.value.startswith(DIALECTS):
        message = f"the dialect {shown(node.value)} is not known; schemas are read as JSON Schema 2020-12"
        yield Note(node, message, f"remove it, or write {DIALECTS[0]}")


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


def _is_listed(value: Any) -> bool:
    return isinstance(value, list)
