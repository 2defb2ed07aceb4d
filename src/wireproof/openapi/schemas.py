"""Schemas of every OpenAPI dialect into one: JSON Schema 2020-12, with the place of each kept.

The conversion copies; the document is never changed.  What it decides:

* `nullable: true` (3.0) admits null, also beside an `enum` that does not list it and beside
  `allOf`, `oneOf`, `anyOf` or `$ref`: that is what its authors mean by it.
* Alternatives of which one is a list of words and one any string are an open list of words.
* `format: int32` and `int64` become the bounds that they are, `contentEncoding: base64` is checked.
* Beside a `discriminator`, `oneOf` reads as `anyOf`: the discriminator chooses, so alternatives
  that are alike are no contradiction.
* A `writeOnly` property is not required of an answer.
* Annotations are dropped, except those that later steps read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.contract import Schemas
from wireproof.openapi.document import Library, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wireproof.contract import Schema, Text
    from wireproof.openapi.dialects import Dialect

__all__ = ["SchemaBook"]

_ONE = frozenset({
    "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames",
    "then", "unevaluatedItems", "unevaluatedProperties",
})  # fmt: skip
_LIST = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_MAP = frozenset({"dependentSchemas", "patternProperties", "properties"})
_KEPT = frozenset({
    "const", "contentEncoding", "contentMediaType", "dependentRequired", "description", "enum",
    "exclusiveMaximum", "exclusiveMinimum", "format", "maxContains", "maxItems", "maxLength", "maxProperties",
    "maximum",
    "minContains", "minItems", "minLength", "minProperties", "minimum", "multipleOf", "pattern",
    "required", "type", "uniqueItems", "x-extensible-enum", "x-unit",
})  # fmt: skip
_COMPOSED = ("allOf", "anyOf", "oneOf", "not")
_INTEGER_RANGE = {"int32": 2**31, "int64": 2**63}
_WORD_LENGTH = 40
_MOST_PARTS = 200
"""Schemas that one schema may extend; what lies beyond is not searched for `writeOnly`."""


class SchemaBook:
    """Collects the schemas that a contract's answers reach, each converted once."""

    def __init__(self, library: Library, dialect: Dialect) -> None:
        self._library = library
        self._dialect = dialect
        self._names: dict[tuple[str, str], str] = {}
        self._waiting: list[tuple[str, Node]] = []
        self._defs: dict[str, Schema] = {}
        self._written: dict[int, tuple[Text, str]] = {}
        self._words: set[str] = set()

    def name(self, node: Node) -> str:
        """Return the name that the schema at `node` has, or will have, among the definitions."""
        key = (node.document.name, node.pointer)
        if key not in self._names:
            self._names[key] = f"s{len(self._names)}"
            self._waiting.append((self._names[key], node))
        return self._names[key]

    def know(self, words: Iterable[Any]) -> None:
        """Add words that the contract names outside its schemas."""
        self._words.update(word for word in words if isinstance(word, str) and 0 < len(word) <= _WORD_LENGTH)

    def close(self) -> Schemas:
        """Return all schemas asked for, and all that those refer to."""
        while self._waiting:
            name, node = self._waiting.pop()
            self._defs[name] = self._converted(node)
        return Schemas(self._defs, self._written, frozenset(self._words))

    def _converted(self, node: Node) -> Schema:
        source = node.value
        if isinstance(source, bool):
            return source
        if not isinstance(source, dict):
            raise node.error(
                f"a schema is expected here, not {_kind(source)}", hint="write a mapping of keywords"
            )
        made = self._keywords(node)
        if self._dialect.boolean_exclusive:
            _exclusive_bounds(made)
        self._implied(node, made)
        if self._dialect.nullable and source.get("nullable") is True:
            made = self._nullable(node, made)
        self._written[id(made)] = (node.document, node.pointer)
        return made

    def _keywords(self, node: Node) -> dict[str, Any]:
        source: dict[str, Any] = node.value
        made: dict[str, Any] = {}
        if isinstance(source.get("$ref"), str):
            made["$ref"] = self._reference(node, source["$ref"])
            if not self._dialect.reference_siblings:
                return made
        for keyword in source:
            self._keyword(node, keyword, made)
        for union in ("oneOf", "anyOf"):
            words = self._open_list([branch for _, branch in node.member(union).members()])
            if words:
                made.setdefault("x-extensible-enum", words)
        self._note_words(made)
        if "discriminator" in source:
            self._discriminator(node, made)
        if isinstance(made.get("required"), list):
            made["required"] = self._required(node, made["required"])
        return made

    def _keyword(self, node: Node, keyword: str, made: dict[str, Any]) -> None:
        if keyword in _ONE:
            made[keyword] = self._converted(node.member(keyword))
        elif keyword in _LIST:
            made[keyword] = [self._converted(item) for _, item in self._some(node, keyword, list)]
        elif keyword in _MAP:
            made[keyword] = {key: self._converted(member) for key, member in self._some(node, keyword, dict)}
        elif keyword in _KEPT:
            made[keyword] = node.value[keyword]
        elif keyword == "$dynamicRef" and isinstance(node.value[keyword], str):
            made["$ref"] = self._reference(node, node.value[keyword])

    def _some(self, node: Node, keyword: str, kind: type) -> list[tuple[str, Node]]:
        if not isinstance(node.value[keyword], kind):
            wanted = "a list" if kind is list else "a mapping"
            found = _kind(node.value[keyword])
            raise node.member(keyword).error(
                f"{keyword} takes {wanted}, not {found}", hint=f"write {wanted} of schemas"
            )
        return node.member(keyword).members()

    def _reference(self, node: Node, reference: str) -> str:
        target = self._library.follow(node, reference)
        self._library.resolve(target)
        return f"#/$defs/{self.name(target)}"

    def _required(self, node: Node, required: list[Any]) -> list[Any]:
        hidden = self._write_only(node)
        return [name for name in required if not (isinstance(name, str) and name in hidden)]

    def _write_only(self, node: Node) -> set[str]:
        """Return the members that a schema, or one that it extends, wants in requests alone."""
        found: set[str] = set()
        seen: set[tuple[str, str]] = set()
        waiting = [node]
        while waiting and len(seen) < _MOST_PARTS:
            target = self._library.resolve(waiting.pop())
            key = (target.document.name, target.pointer)
            if key in seen or not isinstance(target.value, dict):
                continue
            seen.add(key)
            if isinstance(target.value.get("properties"), dict):
                members = target.member("properties").members()
                found.update(name for name, member in members if self._is_write_only(member))
            waiting += [part for _, part in target.member("allOf").members()]
        return found

    def _is_write_only(self, node: Node) -> bool:
        schemas = (node.value, self._library.resolve(node).value)
        return any(isinstance(schema, dict) and schema.get("writeOnly") is True for schema in schemas)

    def _open_list(self, branches: list[Node]) -> list[Any]:
        """Return the words that alternatives list where one of them admits every other string too."""
        schemas = [self._library.resolve(branch).value for branch in branches]
        plain = [schema for schema in schemas if isinstance(schema, dict) and _is_plain_string(schema)]
        listed = [schema["enum"] for schema in schemas if isinstance(schema, dict) and _is_word_list(schema)]
        if not plain or len(plain) + len(listed) < len(schemas):
            return []
        return [word for words in listed for word in words]

    def _note_words(self, made: dict[str, Any]) -> None:
        for keyword in ("enum", "x-extensible-enum"):
            if isinstance(made.get(keyword), list):
                self.know(made[keyword])
        self.know([made.get("const")])

    def _discriminator(self, node: Node, made: dict[str, Any]) -> None:
        """Keep which branch a discriminator's value names, as `x-discriminator`."""
        name = (
            node.value["discriminator"].get("propertyName")
            if isinstance(node.value["discriminator"], dict)
            else None
        )
        if not isinstance(name, str):
            return
        branches: dict[str, str] = {}
        for keyword in ("oneOf", "anyOf"):
            for branch in made.get(keyword, ()):
                if isinstance(branch, dict) and "$ref" in branch:
                    pointer = next(
                        key[1] for key, value in self._names.items() if branch["$ref"].endswith(f"/{value}")
                    )
                    branches[pointer.rpartition("/")[2]] = branch["$ref"]
        if not branches:
            branches = self._heirs(node)
        mapping = node.value["discriminator"].get("mapping")
        mapped: dict[str, str] = {}
        for value, target in mapping.items() if isinstance(mapping, dict) else ():
            if not isinstance(target, str):
                continue
            reference = target if "#" in target or "." in target else f"#/components/schemas/{target}"
            mapped[value] = self._reference(node, reference)
        branches |= mapped
        self.know(branches)
        made["x-discriminator"] = {
            "property": name,
            "branches": branches,
            "mapped": bool(mapped),
        }
        if "oneOf" in made and "anyOf" not in made:
            made["anyOf"] = made.pop("oneOf")

    def _heirs(self, node: Node) -> dict[str, str]:
        """Return this schema and those of the document that extend it by `allOf`, by name."""
        schemas = Node(node.document, "", node.document.value).member("components", "schemas")
        own = {f"#{schemas.pointer}/{name}": name for name, _ in schemas.members()}.get(f"#{node.pointer}")
        heirs: dict[str, str] = {} if own is None else {own: f"#/$defs/{self.name(node)}"}
        for name, schema in schemas.members():
            parts = schema.value.get("allOf") if isinstance(schema.value, dict) else None
            for part in parts if isinstance(parts, list) else ():
                if isinstance(part, dict) and part.get("$ref") == f"#{node.pointer}":
                    heirs[name] = f"#/$defs/{self.name(schema)}"
        return heirs

    def _implied(self, node: Node, made: dict[str, Any]) -> None:
        """Add the assertions that two keywords imply, which engines take for remarks."""
        kind, encoding = made.get("format"), made.get("contentEncoding")
        if isinstance(kind, str) and kind in _INTEGER_RANGE:
            bound = _INTEGER_RANGE[kind]
            self._imply(node, made, "format", {"minimum": -bound, "maximum": bound - 1})
        if encoding == "base64" and self._dialect.content_keywords:
            self._imply(node, made, "contentEncoding", {"format": "byte"})

    def _imply(self, node: Node, made: dict[str, Any], keyword: str, assertions: dict[str, Any]) -> None:
        implied = {**assertions, "x-implied-by": f"{keyword} {made[keyword]}"}
        self._written[id(implied)] = (node.document, f"{node.pointer}/{keyword}")
        made["allOf"] = [*made.get("allOf", ()), implied]

    def _nullable(self, node: Node, made: dict[str, Any]) -> dict[str, Any]:
        if any(keyword in node.value for keyword in ("$ref", *_COMPOSED)):
            null = {"type": "null"}
            for part in (made, null):
                self._written[id(part)] = (node.document, node.pointer)
            return {"anyOf": [made, null]}
        if isinstance(made.get("type"), str):
            made["type"] = [made["type"], "null"]
        if isinstance(made.get("enum"), list) and None not in made["enum"]:
            made["enum"] = [*made["enum"], None]
        return made


def _is_plain_string(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "string" and _KEPT.isdisjoint(schema.keys() - {"type"})


def _is_word_list(schema: dict[str, Any]) -> bool:
    words = schema.get("enum")
    return isinstance(words, list) and all(isinstance(word, str) for word in words)


def _exclusive_bounds(made: dict[str, Any]) -> None:
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if made.get(exclusive) is True and bound in made:
            made[exclusive] = made.pop(bound)
        elif isinstance(made.get(exclusive), bool):
            del made[exclusive]


_KINDS: tuple[tuple[Callable[[Any], bool], str], ...] = (
    (lambda value: value is None, "nothing (null)"),
    (lambda value: isinstance(value, bool), "a boolean"),
    (lambda value: isinstance(value, int | float), "a number"),
    (lambda value: isinstance(value, str), "a string"),
    (lambda value: isinstance(value, list), "a list"),
)


def _kind(value: Any) -> str:
    return next((name for test, name in _KINDS if test(value)), "a mapping")
