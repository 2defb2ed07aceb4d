"""The document as a whole: what it says of itself, servers, tags, references, unused parts, nulls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wireproof.finding import Severity
from wireproof.lint.defect import Note, near, quoted
from wireproof.lint.unions import mapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lint.outline import Item, Outline
    from wireproof.openapi import Node

__all__ = [
    "component_unused",
    "description_empty",
    "null_value",
    "reference_broken",
    "server_missing",
    "server_variable",
    "tag_duplicate",
    "tag_parent",
    "tag_undeclared",
    "title_empty",
]

_DATA = frozenset({"const", "dataValue", "default", "enum", "example", "examples", "value"})
"""Fields that hold values of the API, in which null is as good as any other."""
_NAMED = frozenset({
    "$defs", "additionalOperations", "callbacks", "components", "content", "definitions", "dependentSchemas",
    "encoding", "headers", "links", "pathItems", "paths", "patternProperties", "properties", "responses",
    "schemas", "securitySchemes", "mediaTypes", "parameters", "requestBodies", "webhooks",
})  # fmt: skip
"""Fields whose members have names that the author chose, so that `example` is a name there."""
_TEMPLATE = re.compile(r"\{([^{}]*)\}")


def reference_broken(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield references that lead nowhere, in a circle, or out of the contract's folder."""
    if item.is_reference:
        error = outline.broken(item.node)
        if error is not None:
            message = error.message.partition(": ")[2] if ": " in error.message else error.message
            yield Note(item.node.member("$ref"), message, error.hint)


def null_value(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield keys without a value: often a comma in flow style that ended a text."""
    if item.parent is None and item.kind != "components":
        yield from _nulls(item.node, named=False)


def _nulls(start: Node, *, named: bool) -> Iterator[Note]:
    waiting = [(start, named)]
    seen: set[int] = set()
    while waiting:
        node, names = waiting.pop()
        if id(node.value) in seen:
            continue
        seen.add(id(node.value))
        for key, member in node.members():
            if isinstance(node.value, dict) and key.startswith("x-"):
                continue
            is_listing = key in {"enum", "examples"} and member.value is None
            if isinstance(node.value, dict) and not names and key in _DATA and not is_listing:
                if key == "examples" and isinstance(member.value, dict):
                    waiting.append((member, True))
                continue
            if member.value is None:
                yield Note(
                    member,
                    f"{quoted(key)} has no value (null)",
                    "write its value, or remove it; in { … } a comma ends a text that has no quotation marks",
                )
            elif isinstance(member.value, dict | list):
                waiting.append((member, isinstance(member.value, dict) and not names and key in _NAMED))


def title_empty(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield an API without a title."""
    title = item.value.get("title")
    if isinstance(title, str) and not title.strip():
        yield Note(item.node.member("title"), "the title is empty", "say which API this is")


def description_empty(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield descriptions and summaries that are there and say nothing."""
    for name in ("description", "summary"):
        text = item.value.get(name)
        if isinstance(text, str) and not text.strip():
            yield Note(item.node.member(name), f"the {name} is empty", "write it, or remove the field")


def server_missing(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield documents that do not say where the API answers."""
    if not outline.calls or _has_server(item.node):
        return
    for call in outline.calls:
        if not _has_server(call.node) and not _has_server(call.path_item):
            message = "no server is named, so captures cannot be matched by their address"
            yield Note(item.node, message, "write `servers: [{url: https://api.example.com}]`")
            return


def _has_server(node: Node) -> bool:
    urls = [server.member("url").value for _, server in node.member("servers").members()]
    return any(isinstance(url, str) and url.strip("/ ") for url in urls)


def server_variable(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield variables of a server's address that nothing describes, and descriptions of none."""
    url = item.node.member("url")
    if not isinstance(url.value, str):
        return
    names = set(_TEMPLATE.findall(url.value))
    described = item.node.member("variables")
    known = set(described.value) if isinstance(described.value, dict) else set()
    for name in sorted(names - known):
        yield Note(
            url, f"the variable {quoted(name)} of the address is not described", "add it to `variables`"
        )
    for name in sorted(known - names):
        node = described.member(name)
        yield Note(node, f"the address has no variable {quoted(name)}", "remove it", Severity.WARNING)
    for name, node in described.members() if isinstance(described.value, dict) else ():
        listed, default = node.member("enum").value, node.member("default")
        if isinstance(listed, list) and default.value is not None and default.value not in listed:
            yield Note(
                default, f"the default of {quoted(name)} is not in its enum", "add it, or choose another"
            )


def tag_duplicate(_item: Item, outline: Outline) -> Iterator[Note]:
    """Yield tags that are declared twice."""
    seen: set[str] = set()
    for tag in outline.of("tag"):
        name = tag.value.get("name")
        if isinstance(name, str) and name in seen:
            yield Note(tag.node, f"the tag {quoted(name)} is declared twice", "keep one of the two")
        seen.add(str(name))


def tag_undeclared(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield tags of operations that the document's list of tags does not have."""
    declared = {str(tag.value.get("name")) for tag in outline.of("tag")}
    written = item.node.member("tags")
    for _, tag in written.members() if declared and isinstance(written.value, list) else ():
        if isinstance(tag.value, str) and tag.value not in declared:
            close = near(tag.value, declared)
            mend = f"did you mean {quoted(close)} ?" if close else "declare it in the document's `tags`"
            severity = Severity.WARNING if close else None
            yield Note(tag, f"the tag {quoted(tag.value)} is not declared", mend, severity)


def tag_parent(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield tags whose parent does not exist, or is in the end the tag itself."""
    parents = {str(tag.value.get("name")): tag.value.get("parent") for tag in outline.of("tag")}
    parent = item.value.get("parent")
    if not isinstance(parent, str):
        return
    if parent not in parents:
        close = near(parent, set(parents))
        mend = f"did you mean {quoted(close)} ?" if close else "declare it, or remove the parent"
        yield Note(item.node.member("parent"), f"there is no tag {quoted(parent)}", mend)
        return
    seen: set[object] = set()
    above: object = parent
    while isinstance(above, str) and above not in seen:
        seen.add(above)
        above = parents.get(above)
    if str(item.value.get("name")) in seen:
        yield Note(item.node.member("parent"), "the tag is its own parent in the end", "break the circle")


def component_unused(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield components that nothing refers to."""
    if item.parent is None or item.parent.kind != "components" or not _has_operations(outline):
        return
    if id(item.value) not in _used(outline) and item.name not in _required_schemes(item, outline):
        what = item.kind.replace("-", " ")
        yield Note(
            item.node, f"nothing refers to the {what} {quoted(item.name)}", "remove it, or refer to it"
        )


def _has_operations(outline: Outline) -> bool:
    return bool(outline.of("operation"))


def _used(outline: Outline) -> frozenset[int]:
    known = outline.memo.get("used")
    if isinstance(known, frozenset):
        return known
    used: set[int] = set()
    for item, target in outline.references:
        chain = outline.chain(item.node) if target is not None else []
        inside = {id(holder.value) for holder in item.within()}
        used |= {id(node.value) for node in chain if id(node.value) not in inside}
    for item in outline.of("schema"):
        for _, node in item.node.member("discriminator", "mapping").members():
            target = mapped(item, node.value, outline)[0] if isinstance(node.value, str) else None
            if target is not None:
                used.add(id(target.value))
        if "discriminator" in item.value:
            used |= {id(top.value) for user in outline.users.get(id(item.value), ()) for top in user.within()}
    outline.memo["used"] = frozenset(used)
    return frozenset(used)


def _required_schemes(item: Item, outline: Outline) -> set[str]:
    if item.kind != "security-scheme":
        return set()
    holders = [outline.root, *(operation.node for operation in outline.of("operation"))]
    return {
        name
        for holder in holders
        for _, requirement in holder.member("security").members()
        if isinstance(requirement.value, dict)
        for name in requirement.value
    }
