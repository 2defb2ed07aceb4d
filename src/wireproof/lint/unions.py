"""Alternatives: discriminators that decide nothing, and branches that cannot be told apart."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from wireproof.errors import ContractError
from wireproof.lint.defect import Note, literal, near, plain_token, quoted, shown
from wireproof.lint.names import expanded, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lint.outline import Item, Outline
    from wireproof.openapi import Node

__all__ = ["alternatives_alike", "discriminator_mapping", "discriminator_property", "mapped"]

_ALL = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_FOLLOWED_NOWHERE = (
    *("not", "if", "oneOf", "anyOf", "pattern", "format"),
    *("$dynamicRef", "$recursiveRef"),
)
_MOST = 30
"""Alternatives of one union that are compared in pairs."""


def discriminator_property(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield discriminators whose property an alternative does not have."""
    node = item.node.member("discriminator", "propertyName")
    if not isinstance(node.value, str):
        return
    if node.value in _members(list(expanded(item.node, outline, only_all=True))):
        return
    branches = [branch for keyword in ("oneOf", "anyOf") for _, branch in _branches(item, keyword)]
    for branch in branches or [item.node]:
        names = names_of(branch, outline)
        if node.value in names.known or names.open or (branches and not names.known):
            continue
        where = f"the alternative {quoted(_name(branch))}" if branches else "the schema"
        close = near(node.value, names.known)
        mend = f"did you mean {quoted(close)} ?" if close else f"add the property {quoted(node.value)} there"
        yield Note(node, f"the discriminator's property {quoted(node.value)} is unknown to {where}", mend)


def discriminator_mapping(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield mappings of a discriminator that lead nowhere, or to none of the alternatives."""
    branches = {
        id(target.value)
        for keyword in ("oneOf", "anyOf")
        for _, branch in _branches(item, keyword)
        if (target := outline.resolved(branch)) is not None
    }
    for value, node in item.node.member("discriminator", "mapping").members():
        if not isinstance(node.value, str):
            continue
        target, problem = mapped(item, node.value, outline)
        if target is None:
            known = set(outline.root.member("components", "schemas").value or ())
            close = near(plain_token(node.value), known)
            mend = (
                f"did you mean {quoted(close)} ?" if close else "write the name of a schema, or a reference"
            )
            yield Note(node, f"{quoted(value)} is mapped to {shown(node.value)}: {problem}", mend)
        elif branches and id(target.value) not in branches:
            message = f"{quoted(value)} is mapped to {shown(node.value)}, which is none of the alternatives"
            yield Note(node, message, "add the schema to the alternatives, or mend the mapping")


def mapped(item: Item, written: str, outline: Outline) -> tuple[Node | None, str]:
    """Return the schema that a mapping's value names, or None and why there is none."""
    named = outline.root.member("components", "schemas", written)
    if named.value is not None:
        return outline.resolved(named), "its reference is broken"
    if "#" not in written and "." not in written and "/" not in written:
        return None, "there is no such schema"
    try:
        return outline.library.resolve(outline.library.follow(item.node, written)), ""
    except ContractError:
        return None, "the reference leads nowhere"


def alternatives_alike(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield pairs under `oneOf` that one value can fit at once, so that it is refused."""
    branches = _branches(item, "oneOf")
    if len(branches) > _MOST:
        return
    for (_, one), (_, other) in combinations(branches, 2):
        if not _told_apart(one, other, outline):
            message = (
                f"a value can fit both {quoted(_name(one))} and {quoted(_name(other))}, and then fits neither"
            )
            mend = "let a required property tell them apart (`const` or `enum`), or write `anyOf`"
            yield Note(other, message, mend)


def _branches(item: Item, keyword: str) -> list[tuple[str, Node]]:
    node = item.node.member(keyword)
    return node.members() if isinstance(node.value, list) else []


def _name(node: Node) -> str:
    reference = node.value.get("$ref") if isinstance(node.value, dict) else None
    return plain_token(reference if isinstance(reference, str) else node.pointer)


def _told_apart(one: Node, other: Node, outline: Outline) -> bool:
    parts = [list(expanded(branch, outline, only_all=True)) for branch in (one, other)]
    if not all(parts) or any(_is_complex(part.value) for side in parts for part in side):
        return True
    if not _types(parts[0]) & _types(parts[1]):
        return True
    if "object" not in _types(parts[0]) & _types(parts[1]):
        return _values_apart(parts[0], parts[1])
    left, right = (_members(side) for side in parts)
    needs_left, needs_right = (_required(side) for side in parts)
    for name in needs_left | needs_right:
        if name in left and name in right:
            sides = [
                list(expanded(left[name], outline, only_all=True)),
                list(expanded(right[name], outline, only_all=True)),
            ]
            if all(sides) and (not _types(sides[0]) & _types(sides[1]) or _values_apart(sides[0], sides[1])):
                return True
        elif _is_closed(parts[0] if name not in left else parts[1]):
            return True
    return bool(needs_left - set(right)) and bool(needs_right - set(left))


def _is_complex(schema: dict[str, Any]) -> bool:
    """Return whether a schema has keywords whose effect is not followed here: then nothing is said."""
    return any(
        keyword in schema
        for keyword in ("not", "if", "oneOf", "anyOf", "pattern", "format", "$dynamicRef", "$recursiveRef")
    )


def _types(parts: list[Node]) -> frozenset[str]:
    types = _ALL
    for part in parts:
        written = part.value.get("type")
        names = {written} if isinstance(written, str) else set(written) if _is_words(written) else set(_ALL)
        if "number" in names:
            names.add("integer")
        if part.value.get("nullable") is True:
            names.add("null")
        types &= names
    return types


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _values_apart(one: list[Node], other: list[Node]) -> bool:
    left, right = (_values(side) for side in (one, other))
    if left is not None and right is not None:
        return not left & right
    bounds = ("minimum", "maximum", "minLength", "maxLength", "exclusiveMinimum", "exclusiveMaximum", "items")
    return any(key in part.value for side in (one, other) for part in side for key in bounds)


def _values(parts: list[Node]) -> frozenset[str] | None:
    """Return the values that a schema is limited to, or None if to none."""
    found: frozenset[str] | None = None
    for part in parts:
        listed = part.value.get("enum")
        values = (
            listed if isinstance(listed, list) else [part.value["const"]] if "const" in part.value else None
        )
        if values is not None:
            texts = frozenset(map(literal, values))
            found = texts if found is None else found & texts
    return found


def _members(parts: list[Node]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for part in parts:
        if isinstance(part.value.get("properties"), dict):
            found.update(part.member("properties").members())
    return found


def _required(parts: list[Node]) -> set[str]:
    return {
        name
        for part in parts
        if isinstance(part.value.get("required"), list)
        for name in part.value["required"]
        if isinstance(name, str)
    }


def _is_closed(parts: list[Node]) -> bool:
    return any(
        part.value.get(keyword) is False
        for part in parts
        for keyword in ("additionalProperties", "unevaluatedProperties")
    )
