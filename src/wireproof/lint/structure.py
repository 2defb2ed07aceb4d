"""OpenAPI's own rules for its objects: the schemas that openapi-spec-validator ships, each fault placed.

Its schemas are used, its walk is not: the walk follows references wherever they lead, raises for
some defects instead of reporting them, and forgets where it was.  What the walk looks for
(operation ids, path parameters, schemas, defaults, tags) other modules of this package look for.
Schema objects are checked by `keywords`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from wireproof.finding import Severity
from wireproof.lint.defect import Note, near, plain_token, quoted, shown
from wireproof.lint.wording import form_of, value_message
from wireproof.validating.engine import FastEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lint.outline import Item, Outline
    from wireproof.openapi import Node
    from wireproof.validating.engine import Fault

__all__ = ["field_faults"]

_CLOSING = frozenset({"additionalProperties", "unevaluatedProperties"})
_BROUGHT_LISTS = ("allOf", "anyOf", "oneOf")
_BROUGHT_ONE = ("if", "then", "else")
_KINDS = (
    *("path-item", "operation", "parameter", "header", "request-body", "response", "media-type"),
    *("encoding", "callback", "link", "components", "security-scheme", "info", "server", "tag", "example"),
)


def field_faults(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield what OpenAPI does not allow in an object and in all that it holds.

    Asked for the document, and for each object that stands where only a reference leads.
    """
    if item.parent is not None or item.kind in {"schema", "example", "components"}:
        return
    rules = _rules(outline.dialect.version)
    if item.kind == "document":
        engine = _engine(outline.dialect.version, "")
    else:
        name = _definition(outline.dialect.version, item.kind, rules)
        if name is None:
            return
        engine = _engine(outline.dialect.version, name)
    yield from _Reading(item.node, rules, outline, engine.faults(item.value)).notes()


@cache
def _rules(version: str) -> dict[str, Any]:
    """Return the structural schema of one version, with references by `if` and open schema objects."""
    from openapi_spec_validator import schemas  # noqa: PLC0415 - costs 30 times a bare Python start

    shipped = {"3.0": schemas.schema_v30, "3.1": schemas.schema_v31, "3.2": schemas.schema_v32}
    rules: dict[str, Any] = {
        key: value for key, value in shipped[version].items() if key not in {"id", "$id", "$schema"}
    }
    if version == "3.0":
        rules = _told_apart(rules)
        rules["definitions"] = {**rules["definitions"], "Schema": {"type": "object"}}
    return rules


@cache
def _engine(version: str, definition: str) -> FastEngine:
    rules = _rules(version)
    if not definition:
        return FastEngine(rules)
    section = "definitions" if version == "3.0" else "$defs"
    return FastEngine({section: rules[section], "$ref": f"#/{section}/{definition}"})


def _definition(version: str, kind: str, rules: dict[str, Any]) -> str | None:
    if version == "3.0":
        name = "".join(word.capitalize() for word in kind.split("-"))
        return name if name in rules["definitions"] else None
    return next((name for name in (kind, f"{kind}s") if name in rules["$defs"]), None)


def _told_apart(rules: Any) -> Any:
    """Return the rules of 3.0 with `X or Reference` decided by whether there is a `$ref`."""
    if isinstance(rules, list):
        return [_told_apart(part) for part in rules]
    if not isinstance(rules, dict):
        return rules
    branches = rules.get("oneOf")
    reference = {"$ref": "#/definitions/Reference"}
    if isinstance(branches, list) and reference in branches:
        other = next((part for part in branches if part != reference), True)
        return {"if": {"type": "object", "required": ["$ref"]}, "then": reference, "else": other}
    return {key: _told_apart(value) for key, value in rules.items()}


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """One object that was held against OpenAPI's rules: its faults become notes."""

    start: Node
    rules: dict[str, Any]
    outline: Outline
    faults: list[Fault]

    def notes(self) -> Iterator[Note]:
        """Yield a note for each fault, once a place and keyword."""
        seen: set[tuple[object, ...]] = set()
        typed = {fault.path for fault in self.faults if fault.keyword == "type"}
        for fault in self.faults:
            key = (fault.keyword, fault.path)
            if key not in seen and not (fault.keyword == "const" and fault.path in typed):
                seen.add(key)
                yield from self._of(fault)

    def _of(self, fault: Fault) -> Iterator[Note]:
        node = self.start.member(*map(str, fault.path))
        if fault.keyword in _CLOSING and isinstance(node.value, dict):
            yield from self._unknown_fields(fault, node)
        elif fault.keyword == "required" and isinstance(node.value, dict):
            for name in fault.schema["required"]:
                if name not in node.value:
                    yield Note(node, f"{self._what(node)} lacks {quoted(name)}", f"write {quoted(name)} here")
        elif fault.keyword in {"oneOf", "anyOf"}:
            yield from self._union(fault, node)
        elif fault.keyword == "not":
            yield Note(node, self._combination(node), "keep one of the fields that exclude each other")
        elif fault.keyword != "format" or "{" not in str(node.value):  # a template is no address yet
            message, mend = value_message(fault, node.value)
            name = plain_token(node.pointer) or "the document"
            severity = Severity.WARNING if fault.keyword == "format" else None
            yield Note(node, f"{quoted(name)} {message}", mend, severity)

    def _unknown_fields(self, fault: Fault, node: Node) -> Iterator[Note]:
        names, patterns = _known_fields(fault.schema, self.rules)
        unknown = [name for name in node.value if name not in names and not _fits(name, patterns)]
        version = self.outline.dialect.version
        for name in unknown:
            close = near(name, names)
            known = ", ".join([*sorted(names), *_described(patterns)])
            mend = f"did you mean {quoted(close)} ?" if close else f"OpenAPI {version} knows: {known}"
            yield Note(node.member(name), f"{self._what(node)} has no field {quoted(name)}", mend)
        depth = len(fault.path)
        echo = any(other is not fault and other.path[:depth] == fault.path for other in self.faults)
        if not unknown and not echo:
            yield Note(node, self._combination(node), "remove the field that does not go with the others")

    def _union(self, fault: Fault, node: Node) -> Iterator[Note]:
        """Yield the faults of the alternative that the object most probably means."""
        names = _required_names(fault)
        if names and isinstance(node.value, dict):
            listed = " or ".join(map(quoted, sorted(names)))
            has_several = sum(name in node.value for name in names) > 1
            problem = "has more than one of" if has_several else "lacks"
            yield Note(node, f"{self._what(node)} {problem} {listed}", f"write one of {listed}")
            return
        words = _fixed_words(fault)
        if words:
            field, known = words
            message = (
                f"{quoted(field)} is {shown(node.value.get(field))}; expected is one of {', '.join(known)}"
            )
            yield Note(node.member(field), message, f"write one of {', '.join(known)}")
            return
        meant = [
            branch
            for branch in fault.branches
            if branch and not any(_other_kind(part, fault) for part in branch)
        ]
        if len(meant) == 1:
            yield from _Reading(self.start, self.rules, self.outline, list(meant[0])).notes()
            return
        version = self.outline.dialect.version
        message = f"{self._what(node)} fits none of the forms that OpenAPI {version} gives it"
        yield Note(node, message, "compare it with the specification")

    def _combination(self, node: Node) -> str:
        names = node.value if isinstance(node.value, dict) else ()
        fields = ", ".join(quoted(name) for name in names if not name.startswith("x-"))
        return f"{self._what(node)} has fields that do not go together: {fields}"

    def _what(self, node: Node) -> str:
        """Return what an object is, for a message: `the response 200`."""
        if not node.pointer:
            return "the document"
        kind = next((kind for kind in _KINDS if self.outline.item(kind, node)), None)
        own = node.value.get("name") if isinstance(node.value, dict) else None
        name = quoted(own if isinstance(own, str) and kind != "info" else plain_token(node.pointer))
        return f"the {kind.replace('-', ' ')} {name}" if kind else name


def _required_names(fault: Fault) -> list[str]:
    """Return the names that a union asks for one of, if it does nothing else."""
    branches = fault.schema.get(fault.keyword, ())
    if not all(
        isinstance(branch, dict) and set(branch) <= {"required", "description", "allOf"}
        for branch in branches
    ):
        return []
    return [name for branch in branches for name in branch.get("required", ())]


def _fixed_words(fault: Fault) -> tuple[str, list[str]] | None:
    """Return the field whose fixed words tell all alternatives apart, and the words; None without one."""
    parts = [next((part for part in branch if _other_kind(part, fault)), None) for branch in fault.branches]
    fields = {str(part.path[-1]) for part in parts if part is not None}
    if None in parts or len(fields) != 1:
        return None
    listed = [part.schema.get("enum", [part.schema.get("const")]) for part in parts if part is not None]
    return fields.pop(), [json.dumps(word) for words in listed for word in words]


def _other_kind(part: Fault, union: Fault) -> bool:
    """Return whether a fault says that the object is of another kind: a fixed word right inside it."""
    return part.keyword in {"enum", "const"} and len(part.path) == len(union.path) + 1


def _known_fields(schema: Any, rules: dict[str, Any]) -> tuple[set[str], list[str]]:
    """Return the fields, and the patterns of fields, that an object may have by its rules."""
    names: set[str] = set()
    patterns: list[str] = []
    waiting, seen = [schema], set()
    while waiting:
        part = waiting.pop()
        if not isinstance(part, dict) or id(part) in seen:
            continue
        seen.add(id(part))
        names.update(part.get("properties", ()))
        patterns += part.get("patternProperties", ())
        if "$ref" in part:
            waiting.append(_target(rules, part["$ref"]))
        waiting += [entry for keyword in _BROUGHT_LISTS for entry in part.get(keyword, ())]
        waiting += [part[keyword] for keyword in _BROUGHT_ONE if keyword in part]
        waiting += list(part.get("dependentSchemas", {}).values())
    return names, patterns


def _target(rules: dict[str, Any], reference: str) -> Any:
    value: Any = rules
    for token in reference.split("/")[1:]:
        value = value.get(token.replace("~1", "/").replace("~0", "~"), {})
    return value


def _fits(name: str, patterns: list[str]) -> bool:
    return any(re.search(pattern, name) for pattern in patterns)


def _described(patterns: list[str]) -> list[str]:
    return [f"what {form_of(pattern)}" for pattern in sorted(set(patterns)) if pattern != "^x-"]
