"""A document as the OpenAPI objects it is made of: each once, with its kind and what holds it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wireproof.errors import ContractError
from wireproof.openapi import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.openapi import Dialect, Library

__all__ = ["COMPOSITION", "Call", "Item", "Outline"]

COMPOSITION = frozenset({
    "allOf", "anyOf", "dependentSchemas", "else", "if", "not", "oneOf", "then",
})  # fmt: skip
"""The keywords whose schemas speak about the same value as the schema that holds them."""

_ONE, _LIST, _MAP, _SELF = "one", "list", "map", "self"
_Fields = dict[str, tuple[str, str]]

_WITH_EXAMPLES: _Fields = {
    "schema": (_ONE, "schema"),
    "content": (_MAP, "media-type"),
    "examples": (_MAP, "example"),
}
_OPERATION: _Fields = {
    "parameters": (_LIST, "parameter"),
    "requestBody": (_ONE, "request-body"),
    "responses": (_MAP, "response"),
    "callbacks": (_MAP, "callback"),
    "servers": (_LIST, "server"),
}
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_FIELDS: dict[str, _Fields] = {
    "document": {
        "info": (_ONE, "info"),
        "servers": (_LIST, "server"),
        "paths": (_MAP, "path-item"),
        "webhooks": (_MAP, "path-item"),
        "components": (_ONE, "components"),
        "tags": (_LIST, "tag"),
    },
    "path-item": {
        **dict.fromkeys(_METHODS, (_ONE, "operation")),
        "additionalOperations": (_MAP, "operation"),
        "parameters": (_LIST, "parameter"),
        "servers": (_LIST, "server"),
    },
    "operation": _OPERATION,
    "parameter": _WITH_EXAMPLES,
    "header": _WITH_EXAMPLES,
    "request-body": {"content": (_MAP, "media-type")},
    "response": {
        "headers": (_MAP, "header"),
        "content": (_MAP, "media-type"),
        "links": (_MAP, "link"),
    },
    "media-type": {
        "schema": (_ONE, "schema"),
        "itemSchema": (_ONE, "schema"),
        "examples": (_MAP, "example"),
        "encoding": (_MAP, "encoding"),
        "itemEncoding": (_ONE, "encoding"),
        "prefixEncoding": (_LIST, "encoding"),
    },
    "encoding": {"headers": (_MAP, "header")},
    "callback": {"": (_SELF, "path-item")},
    "link": {"server": (_ONE, "server")},
    "components": {
        "schemas": (_MAP, "schema"),
        "responses": (_MAP, "response"),
        "parameters": (_MAP, "parameter"),
        "examples": (_MAP, "example"),
        "requestBodies": (_MAP, "request-body"),
        "headers": (_MAP, "header"),
        "securitySchemes": (_MAP, "security-scheme"),
        "links": (_MAP, "link"),
        "callbacks": (_MAP, "callback"),
        "pathItems": (_MAP, "path-item"),
        "mediaTypes": (_MAP, "media-type"),
    },
    "schema": {
        **dict.fromkeys(
            (
                *("additionalProperties", "contains", "contentSchema", "else", "if", "items", "not"),
                *("propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"),
            ),
            (_ONE, "schema"),
        ),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), (_LIST, "schema")),
        **dict.fromkeys(("$defs", "dependentSchemas", "patternProperties", "properties"), (_MAP, "schema")),
    },
}
_WITH_EXTENSIONS = frozenset({"paths", "responses"})
"""Maps that hold specification extensions beside their members."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One OpenAPI object: its kind, its node, the item that holds it, by which field and name.

    An item without `parent` is the document, or stands where only a reference leads.
    """

    kind: str
    node: Node
    parent: Item | None = None
    field: str = ""
    name: str = ""

    @property
    def value(self) -> Any:
        """Return the object itself."""
        return self.node.value

    @property
    def is_reference(self) -> bool:
        """Return whether the object is, or holds, a reference to another one."""
        return isinstance(self.value.get("$ref"), str)

    def within(self) -> Iterator[Item]:
        """Yield the item and all that hold it, the innermost first."""
        item: Item | None = self
        while item is not None:
            yield item
            item = item.parent


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One operation under a path: the path as written, its path item, and the operation."""

    path: str
    method: str
    entry: Node
    path_item: Node
    node: Node


class Outline:
    """The items of one contract, all its files included, and what refers to what.

    An object that several places share (by a YAML alias, or by references) is one item.
    `memo` is for what a check keeps while one contract is linted.
    """

    def __init__(self, library: Library, dialect: Dialect) -> None:
        self.library = library
        self.dialect = dialect
        self.root = Node(library.root, "", library.root.value)
        self.memo: dict[str, Any] = {}
        self.references: list[tuple[Item, Node | None]] = []
        self._resolved: dict[int, tuple[Node | None, ContractError | None]] = {}
        self._by_place: dict[tuple[str, int], Item] = {}
        self.items = tuple(self._walk())

    @property
    def modern(self) -> bool:
        """Return whether schemas are JSON Schema 2020-12: OpenAPI 3.1 and later."""
        return not self.dialect.nullable

    def of(self, *kinds: str) -> list[Item]:
        """Return the items of some kinds, kind by kind, each in document order."""
        return [item for kind in kinds for item in self._by_kind.get(kind, ())]

    def item(self, kind: str, node: Node) -> Item | None:
        """Return the item that stands at a node."""
        return self._by_place.get((kind, id(node.value)))

    def resolved(self, node: Node) -> Node | None:
        """Return the node at the end of a node's references; None if they lead nowhere."""
        return self._follow(node)[0]

    def broken(self, node: Node) -> ContractError | None:
        """Return what is wrong with a node's reference, or None."""
        return self._follow(node)[1]

    def chain(self, node: Node) -> list[Node]:
        """Return every node that a node's reference leads through, up to the one that it names in the end."""
        nodes = []
        while self.resolved(node) is not None and self.resolved(node) is not node:
            node = self.library.follow(node, node.value["$ref"])
            nodes.append(node)
        return nodes

    def member(self, node: Node, *tokens: str) -> Node:
        """Return a member of a node, with references followed before each step and at the end."""
        for token in tokens:
            node = (self.resolved(node) or node).member(token)
        return self.resolved(node) or node

    def _follow(self, node: Node) -> tuple[Node | None, ContractError | None]:
        if not isinstance(node.value, dict) or not isinstance(node.value.get("$ref"), str):
            return node, None
        key = id(node.value)
        if key not in self._resolved:
            try:
                self._resolved[key] = (self.library.resolve(node), None)
            except ContractError as error:
                self._resolved[key] = (None, error)
        return self._resolved[key]

    def _walk(self) -> Iterator[Item]:
        waiting = deque([Item("document", self.root)])
        elsewhere: deque[Item] = deque()
        while waiting or elsewhere:
            item = waiting.popleft() if waiting else elsewhere.popleft()
            key = (item.kind, id(item.value))
            if not isinstance(item.value, dict) or key in self._by_place:
                continue
            self._by_place[key] = item
            yield item
            if item.kind != "document" and item.is_reference:
                target = self.resolved(item.node)
                self.references.append((item, target))
                if target is not None:
                    elsewhere.append(Item(item.kind, target))
                if item.kind not in {"schema", "path-item"} or not self.dialect.reference_siblings:
                    continue
            waiting.extendleft(reversed(list(_held(item))))

    @cached_property
    def _by_kind(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.kind, []).append(item)
        return found

    @cached_property
    def places(self) -> dict[tuple[str, str], Item]:
        """Return every schema by its file and pointer."""
        return {(item.node.document.name, item.node.pointer): item for item in self.of("schema")}

    @cached_property
    def users(self) -> dict[int, list[Item]]:
        """Return, by the `id` of a schema's value, the schemas that refer to it."""
        users: dict[int, list[Item]] = {}
        for item, target in self.references:
            if target is not None and item.kind == "schema":
                users.setdefault(id(target.value), []).append(item)
        return users

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Return the operations under `paths`, in document order."""
        return tuple(self._calls())

    def _calls(self) -> Iterator[Call]:
        for path, entry in self.root.member("paths").members():
            item = self.resolved(entry)
            if item is None or not isinstance(item.value, dict) or path.startswith("x-"):
                continue
            named = [(method, item.member(method)) for method in self.dialect.methods if method in item.value]
            for method, node in (*named, *item.member("additionalOperations").members()):
                if isinstance(node.value, dict):
                    yield Call(path, method.upper(), entry, item, node)

    def parameters(self, call: Call) -> list[tuple[Node, Node]]:
        """Return an operation's parameters as (where written, where defined), its own first."""
        found = []
        for holder in (call.node, call.path_item):
            written = holder.member("parameters")
            if not isinstance(written.value, list):
                continue
            for _, node in written.members():
                target = self.resolved(node)
                if target is not None and isinstance(target.value, dict):
                    found.append((node, target))
        return found


def _held(item: Item) -> Iterator[Item]:
    for field, (shape, kind) in _FIELDS.get(item.kind, {}).items():
        holder = item.node.member(field) if field else item.node
        if shape == _ONE:
            yield Item(kind, holder, item, field)
            continue
        if not isinstance(holder.value, list if shape == _LIST else dict):
            continue
        skipped = shape == _SELF or field in _WITH_EXTENSIONS
        for name, node in holder.members():
            if not (skipped and name.startswith("x-")):
                yield Item(kind, node, item, field, name)
