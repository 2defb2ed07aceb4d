"""The OpenAPI document that a page shows, kept as it is written, with the line of each of its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from wireproof.errors import ContractError
from wireproof.finding import Severity
from wireproof.lint import lint
from wireproof.openapi import read_document
from wireproof.proofreading.yamlout import to_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wireproof.claims.claim import Document, Lines, Page
    from wireproof.lint import Defect

__all__ = ["Kept", "in_dialect", "joined", "kept", "media_of", "set_aside", "unfit_samples"]

_METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
_KEYS: Final = ("default", "example", "examples")
_SAMPLES: Final = frozenset({"default-mismatch", "example-mismatch"})
_PLACE = re.compile(r"\{([^{}]+)\}")
_MENDED: Final = _SAMPLES | {"path-parameter-undeclared"}
_SHOWN: Final = 200
_LARGEST: Final = 300_000
"""Characters of a document that is kept; a larger one is written from its claims."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page's document: its value, marked with lines; or None, and why it could not be kept."""

    value: dict[str, Any] | None
    why: str = ""


def kept(page: Page) -> Kept:
    """Return the first OpenAPI 3 document of a page with `x-source` lines, if it is valid.

    A path's place that no parameter declares is declared, and a default that does not fit its
    own schema stands in `x-documented-default`: nothing else is changed.
    """
    why = ""
    for document in page.documents:
        try:
            value = read_document(page.name, document.text.encode()).value
        except ContractError:
            continue
        if not isinstance(value, dict) or not re.match(r"3\.[0-2]", str(value.get("openapi", ""))):
            continue
        if len(document.text) > _LARGEST:
            why = why or _unkept(document.lines, f"it has more than {_LARGEST} characters")
            continue
        made = _copied(value)
        _Marks(document, made).mark()
        set_aside(made, only="default-mismatch")
        fault = _fault(made)
        if not fault:
            return Kept(made)
        why = why or _unkept(document.lines, _told(document) or fault)
    return Kept(None, why)


def _unkept(lines: Lines, reason: str) -> str:
    return f"the OpenAPI document of lines {lines} is written anew from its claims: {reason}"


def _told(document: Document) -> str:
    """Return the first error that lint finds in a document, with the page's line."""
    for defect in lint(read_document("document", document.text.encode())):
        if defect.severity is Severity.ERROR and defect.rule not in _MENDED:
            return f"{defect.message} (line {(defect.line or 1) + document.lines.first - 1})"
    return ""


def _copied(value: Any) -> Any:
    """Return a copy in which nothing is shared, so that each part can be marked."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _defects(made: Mapping[str, Any]) -> tuple[Defect, ...]:
    try:
        return lint(read_document("document", to_yaml(dict(made)).encode()))
    except ContractError:
        return ()  # a document that was read and marked is hardly ever one that cannot be read again


def _fault(made: dict[str, Any]) -> str:
    """Return what keeps a document from being valid OpenAPI, or nothing."""
    if any(not reference.startswith("#") for reference in _references(made)):
        return "it refers to other files"
    from openapi_spec_validator import (  # noqa: PLC0415 - costs 30 times a bare Python start
        OpenAPIV30SpecValidator,
        OpenAPIV31SpecValidator,
        OpenAPIV32SpecValidator,
    )

    validators = {"3.0": OpenAPIV30SpecValidator, "3.1": OpenAPIV31SpecValidator}
    validator = validators.get(str(made["openapi"])[:3], OpenAPIV32SpecValidator)
    try:
        fault = next(iter(validator(made).iter_errors()), None)
    except Exception as error:  # noqa: BLE001 - it raises whatever it meets in a document that it cannot judge
        return f"it cannot be judged: {type(error).__name__}"
    return "" if fault is None else " ".join(str(fault.message).split())[:_SHOWN]


def _references(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            reference = part.get("$ref")
            if isinstance(reference, str):
                yield reference
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def unfit_samples(made: dict[str, Any], *, only: str = "") -> list[tuple[dict[str, Any], str, str]]:
    """Return the samples that do not fit their schema: what holds each, its key, the holder's pointer."""
    found: dict[tuple[str, str], tuple[dict[str, Any], str, str]] = {}
    for defect in _defects(made):
        if defect.rule in _SAMPLES and only in {"", defect.rule}:
            place = _sample_place(made, defect.pointer)
            if place is not None:
                found.setdefault((place[2], place[1]), place)
    return list(found.values())


def set_aside(made: dict[str, Any], *, only: str = "") -> None:
    """Move each sample that does not fit its schema to `x-documented-…`."""
    for holder, key, _ in unfit_samples(made, only=only):
        holder[f"x-documented-{key}"] = holder.pop(key)


def _sample_place(made: Any, pointer: str) -> tuple[dict[str, Any], str, str] | None:
    """Return what holds the sample that a pointer leads into, the sample's key, and the holder's pointer."""
    node, found, walked = made, None, ""
    for written in pointer.split("/")[1:]:
        token = written.replace("~1", "/").replace("~0", "~")
        if isinstance(node, dict) and token in _KEYS and token in node and _is_sample(walked):
            found = (node, token, walked)
        node = _inside(node, token)
        walked += f"/{written}"
    if found is None and isinstance(node, dict):
        for key in _KEYS:
            if key in node and _is_sample(f"{walked}/"):
                return node, key, walked
    return found


def _is_sample(holder: str) -> bool:
    """Return whether `example` is a keyword in an object, not the name of one of its members."""
    return holder.rpartition("/")[2] not in {
        "properties",
        "patternProperties",
        "responses",
        "schemas",
        "$defs",
    }


def _inside(node: Any, token: str) -> Any:
    if isinstance(node, list):
        return node[int(token)] if token.isdigit() and int(token) < len(node) else None
    return node.get(token) if isinstance(node, dict) else None


def media_of(made: Mapping[str, Any], path: str, method: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the JSON media types of an operation's bodies, each under `request` or its status."""
    operation = made["paths"][path][method]
    if method not in _METHODS or not isinstance(operation, dict):
        return
    bodies = [("request", operation.get("requestBody"))]
    bodies += [(str(status), answer) for status, answer in _members(operation.get("responses"))]
    for side, body in bodies:
        for name, media in _members(body.get("content") if isinstance(body, dict) else None):
            if "json" in name or name == "*/*":
                yield side, media


def _members(value: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the members of a mapping that are mappings."""
    return (
        [(key, inner) for key, inner in value.items() if isinstance(inner, dict)]
        if isinstance(value, dict)
        else []
    )


def joined(base: dict[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
    """Return a kept document with what its page claims beside it, as `written` from the claims.

    Operations, bodies and members that the document has are left as they are.
    """
    version = str(base["openapi"])
    paths = base.setdefault("paths", {})
    for path, item in written["paths"].items():
        for method, operation in item.items():
            beside = paths.get(path, {}).get(method) if isinstance(paths.get(path), dict) else None
            if isinstance(beside, dict):
                _complete(beside, in_dialect(operation, version))
            elif not any(method in one and path.endswith(known) for known, one in _members(paths)):
                paths.setdefault(path, {})[method] = in_dialect(operation, version)
    schemes = written.get("components", {}).get("securitySchemes", {})
    if schemes:
        known = base.setdefault("components", {}).setdefault("securitySchemes", {})
        for name, scheme in schemes.items():
            known.setdefault(name, scheme)
    return base


def _complete(operation: dict[str, Any], written: dict[str, Any]) -> None:
    """Add to an operation what only the claims beside the document tell."""
    for key in ("operationId", "requestBody", "x-claims"):
        if key in written and key not in operation:
            operation[key] = written[key]
            if key == "operationId":
                operation.setdefault("x-guess", "its operationId is made of method and path")
    answers = operation.setdefault("responses", {})
    for status, answer in written["responses"].items():
        if status not in answers and (status.isdigit() or not answers):
            answers[status] = answer
        elif isinstance(answers.get(status), dict) and "$ref" not in answers[status]:
            line = answer.get("x-example-source")
            if line:
                answers[status].setdefault("x-example-source", line)


class _Marks:
    """Writes the page's line beside each part of one document."""

    def __init__(self, document: Document, made: dict[str, Any]) -> None:
        self._at = document.at
        self._made = made

    def mark(self) -> None:
        made = self._made
        self._line(made.get("info"), ("info",))
        for path, item in _members(made.get("paths")):
            shared = self._parameters(item, ("paths", path))
            for method, operation in _members(item):
                if method in _METHODS:
                    self._operation(operation, ("paths", path, method), shared)
        components = made.get("components")
        for name, schema in _members(components.get("schemas") if isinstance(components, dict) else None):
            self._schema(schema, ("components", "schemas", name))

    def _line(self, node: Any, place: tuple[str | int, ...]) -> None:
        if isinstance(node, dict) and "$ref" not in node and place in self._at:
            node.setdefault("x-source", {"line": self._at[place]})

    def _operation(self, operation: dict[str, Any], place: tuple[str | int, ...], shared: set[str]) -> None:
        named = shared | self._parameters(operation, place)
        for name in _PLACE.findall(str(place[1])):
            if name not in named and isinstance(operation.setdefault("parameters", []), list):
                operation["parameters"].append(
                    {
                        "name": name,
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string"},
                        "x-guess": "named by the path alone; its type is a guess",
                    }
                )
                named.add(name)
        bodies: list[tuple[tuple[str, ...], Any]] = [(("requestBody",), operation.get("requestBody"))]
        bodies += [(("responses", key), one) for key, one in _members(operation.get("responses"))]
        for inner, body in bodies:
            if isinstance(body, dict):
                self._line(body, (*place, *inner))
                for name, media in _members(body.get("content")):
                    self._schema(media.get("schema"), (*place, *inner, "content", name, "schema"))
        self._line(operation, place)

    def _parameters(self, holder: dict[str, Any], place: tuple[str | int, ...]) -> set[str]:
        """Mark the parameters of an operation or a path; return the names of those in the path."""
        names: set[str] = set()
        listed = holder.get("parameters")
        for number, one in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(one, dict):
                self._line(one, (*place, "parameters", number))
                target = _resolved(self._made, one)
                if target.get("in") == "path":
                    names.add(str(target.get("name")))
        return names

    def _schema(self, node: Any, place: tuple[str | int, ...]) -> None:
        if not isinstance(node, dict) or "$ref" in node:
            return
        self._line(node, place)
        for name, inner in _members(node.get("properties")):
            self._schema(inner, (*place, "properties", name))
        for key in ("items", "additionalProperties"):
            self._schema(node.get(key), (*place, key))
        for key in ("allOf", "anyOf", "oneOf"):
            parts = node.get(key)
            for number, inner in enumerate(parts if isinstance(parts, list) else ()):
                self._schema(inner, (*place, key, number))


def _resolved(made: Any, written: dict[str, Any]) -> dict[str, Any]:
    reference = written.get("$ref")
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return written
    node = made
    for token in reference[2:].split("/"):
        node = _inside(node, token.replace("~1", "/").replace("~0", "~"))
    return node if isinstance(node, dict) else {}


def in_dialect(part: Any, version: str) -> Any:
    """Return a part that was written for OpenAPI 3.1 as a document of some version has it."""
    if not version.startswith("3.0"):
        return part
    if isinstance(part, list):
        return [in_dialect(inner, version) for inner in part]
    if not isinstance(part, dict):
        return part
    made = {key: in_dialect(inner, version) for key, inner in part.items() if key not in {"value", "example"}}
    made |= {key: part[key] for key in ("value", "example") if key in part}
    types = part.get("type")
    if isinstance(types, list) or types == "null":
        named = [name for name in ([types] if isinstance(types, str) else types) if name != "null"]
        del made["type"]
        if "null" in types:
            made["nullable"] = True
        if len(named) == 1:
            made["type"] = named[0]
    return made
