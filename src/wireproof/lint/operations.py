"""Operations, their paths, parameters and answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wireproof.finding import Severity
from wireproof.lint.defect import Note, near, quoted, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lint.outline import Call, Item, Outline
    from wireproof.openapi import Node

__all__ = [
    "error_response_missing",
    "media_type_invalid",
    "operation_id_duplicate",
    "operation_id_missing",
    "parameter_duplicate",
    "path_parameter_optional",
    "path_parameter_undeclared",
    "path_parameter_unused",
    "path_template_duplicate",
    "path_template_invalid",
    "status_unquoted",
    "success_response_missing",
]

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_MEDIA_TYPE = re.compile(r"(?:\*|[\w!#$&^.+-]+)/(?:\*|[\w!#$&^.+*-]+)(?:\s*;.*)?", re.ASCII)
_STATUS = re.compile(r"[1-5][0-9]{2}")
_LONGEST_LINE = 2000
_GOOD = frozenset({"1", "2", "3"})


def _is_called_back(item: Item) -> bool:
    """Return whether an operation is one that the provider calls: of a webhook or a callback."""
    return any(holder.kind == "callback" or holder.field == "webhooks" for holder in item.within())


def operation_id_missing(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield operations that findings and models cannot name."""
    if _is_called_back(item):
        return
    written = item.value.get("operationId")
    if written is None or (isinstance(written, str) and not written.strip()):
        yield Note(
            item.node, "the operation has no operationId", "write `operationId: getTask`, for instance"
        )


def operation_id_duplicate(_item: Item, outline: Outline) -> Iterator[Note]:
    """Yield operations that bear the id of an earlier one."""
    first: dict[str, Item] = {}
    for operation in outline.of("operation"):
        name = operation.value.get("operationId")
        if not isinstance(name, str) or not name.strip():
            continue
        if name in first:
            where = first[name].node.where
            node = operation.node.member("operationId")
            yield Note(node, f"the operationId {quoted(name)} is taken, by {where}", "give each its own")
        first.setdefault(name, operation)


def success_response_missing(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield operations that promise no answer for the case that all goes well."""
    node = item.node.member("responses")
    if not _is_called_back(item) and not any(
        status[:1] in _GOOD or status == "default" for status in _statuses(node)
    ):
        place = node if node.value is not None else item.node
        yield Note(place, "no answer is promised for success", "describe the 2xx answer")


def error_response_missing(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield operations that say nothing about failure."""
    node = item.node.member("responses")
    statuses = _statuses(node)
    if (
        statuses
        and not _is_called_back(item)
        and not any(status[:1] in {"4", "5"} or status == "default" for status in statuses)
    ):
        yield Note(node, "no answer is promised for an error", "describe '4XX' and '5XX', or default")


def _statuses(node: Node) -> list[str]:
    return [name for name in node.value if not name.startswith("x-")] if isinstance(node.value, dict) else []


def status_unquoted(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield status codes that other readers take for numbers."""
    node = item.node.member("responses")
    for status in _statuses(node):
        entry = node.member(status)
        line = entry.document.source_line(entry.pointer)[:_LONGEST_LINE]
        if _STATUS.fullmatch(status) and re.search(rf"(?:^|[\s{{,]){status}\s*:", line):
            message = f"{status} is not in quotation marks; other tools read it as a number"
            yield Note(entry, message, f"write '{status}':")


def path_parameter_undeclared(_item: Item, outline: Outline) -> Iterator[Note]:
    """Yield variables of a path that an operation does not describe."""
    for call in outline.calls:
        declared = _path_parameters(call, outline)
        for name in _variables(call.path):
            if name and name not in declared:
                close = near(name, set(declared))
                mend = (
                    f"did you mean {quoted(close)} ?"
                    if close
                    else "describe it: `in: path`, `required: true`"
                )
                message = f"{call.method} {quoted(call.path)} does not describe its parameter {quoted(name)}"
                yield Note(call.node, message, mend)


def path_parameter_unused(_item: Item, outline: Outline) -> Iterator[Note]:
    """Yield path parameters whose path has no such variable."""
    told: set[int] = set()
    for call in outline.calls:
        for name, node in _path_parameters(call, outline).items():
            if name not in _variables(call.path) and id(node.value) not in told:
                told.add(id(node.value))
                close = near(name, set(_variables(call.path)))
                mend = (
                    f"did you mean {quoted(close)} ?"
                    if close
                    else f"write {{{name}}} in the path, or remove it"
                )
                yield Note(node, f"{quoted(call.path)} has no variable {quoted(name)}", mend)


def path_parameter_optional(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield path parameters that are not marked as required."""
    if item.value.get("in") == "path" and item.value.get("required") is not True and not item.is_reference:
        node = item.node.member("required") if "required" in item.value else item.node
        name = item.value.get("name")
        yield Note(node, f"the path parameter {shown(name)} is not required", "write `required: true`")


def path_template_invalid(_item: Item, outline: Outline) -> Iterator[Note]:
    """Yield paths whose braces do not match, or that name a variable twice."""
    for path, node in _paths(outline):
        names = _variables(path)
        rest = _VARIABLE.sub("", path)
        if "{" in rest or "}" in rest:
            yield Note(node, f"the braces of {quoted(path)} do not match", "write each variable as {name}")
        elif "" in names:
            yield Note(node, f"{quoted(path)} has a variable without a name", "write {name}")
        elif len(set(names)) < len(names):
            yield Note(node, f"{quoted(path)} names a variable twice", "give each its own name")
        elif "?" in rest or "#" in rest:
            yield Note(
                node,
                f"{quoted(path)} holds a query",
                "describe it as parameters `in: query`",
                Severity.WARNING,
            )


def path_template_duplicate(_item: Item, outline: Outline) -> Iterator[Note]:
    """Yield paths that differ from an earlier one by the names of their variables only."""
    first: dict[str, str] = {}
    for path, node in _paths(outline):
        template = _VARIABLE.sub("{}", path)
        if template in first:
            message = f"{quoted(path)} is the same path as {quoted(first[template])}"
            yield Note(node, message, "put the operations under one of the two")
        first.setdefault(template, path)


def parameter_duplicate(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield parameters that a list describes twice."""
    seen: set[tuple[str, str]] = set()
    written = item.node.member("parameters")
    for _, node in written.members() if isinstance(written.value, list) else ():
        target = outline.resolved(node)
        if target is None or not isinstance(target.value, dict):
            continue
        key = (str(target.value.get("in")), str(target.value.get("name")))
        if key in seen:
            yield Note(node, f"the {key[0]} parameter {quoted(key[1])} is described twice", "keep one")
        seen.add(key)


def media_type_invalid(item: Item, _outline: Outline) -> Iterator[Note]:
    """Yield keys of `content` that are no media types."""
    if item.field == "content" and not _MEDIA_TYPE.fullmatch(item.name):
        close = near(item.name, {"application/json", "text/plain", "application/xml", "text/html"})
        mend = f"did you mean {quoted(close)} ?" if close else "write one such as `application/json`"
        yield Note(item.node, f"{quoted(item.name)} is no media type", mend)


def _paths(outline: Outline) -> list[tuple[str, Node]]:
    paths = outline.root.member("paths")
    members = paths.members() if isinstance(paths.value, dict) else []
    return [(path, node) for path, node in members if not path.startswith("x-")]


def _variables(path: str) -> list[str]:
    return _VARIABLE.findall(path)


def _path_parameters(call: Call, outline: Outline) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for written, target in outline.parameters(call):
        name = target.value.get("name")
        if target.value.get("in") == "path" and isinstance(name, str):
            found.setdefault(name, written)
    return found
