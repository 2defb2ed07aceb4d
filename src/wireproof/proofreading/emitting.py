"""A page's claims as an OpenAPI document: what the page says, its errors kept, each part with its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import Lines, OperationClaim, Scope
from wireproof.proofreading.composing import composed, json_types
from wireproof.proofreading.keeping import joined, kept
from wireproof.proofreading.scenes import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wireproof.claims.claim import ExampleClaim, FieldClaim, Page, ParameterClaim
    from wireproof.proofreading.scenes import Scene, Sheet

__all__ = [
    "documented",
    "operations_of",
    "parameter_of",
    "place_names",
    "security_of",
    "shell_of",
    "status_of",
    "unnamed_place",
    "written",
]

_METHODS: Final = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"})
_TEMPLATE = re.compile(r"/(?:[^{}]|\{[^{}]+\})*")
_LIMIT: Final = 50


def documented(page: Page) -> dict[str, Any]:
    """Return the OpenAPI document of a page's claims.

    A valid document on the page is kept as it is, with the claims beside it; otherwise all is
    written from the claims.  `x-source` holds the line of each part, `x-example-source` that of
    a body's first example; `x-claims` what an OpenAPI document has no place for: lists of values, counts.
    """
    base = kept(page)
    made = written(page)
    if base.value is not None:
        return joined(base.value, made)
    if base.why:
        made["info"]["x-guess"] = base.why
    return made


def written(page: Page) -> dict[str, Any]:
    """Return the OpenAPI document that is written from a page's claims alone."""
    sheet = sheet_of(page)
    made = shell_of(page, sheet)
    for operation in operations_of(sheet):
        made["paths"].setdefault(operation.path, {})[operation.method.lower()] = _operation(sheet, operation)
    schemes = _schemes(sheet)
    if schemes:
        made["components"] = {"securitySchemes": schemes}
    return made


def shell_of(page: Page, sheet: Sheet) -> dict[str, Any]:
    """Return what stands around the operations: version, title, servers."""
    title = page.title or page.name
    first = min((claim.lines.first for claim in page.claims), default=1)
    made: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "unversioned", "x-source": {"line": first}},
    }
    servers: dict[str, int] = {}
    for operation in sheet.operations:
        if operation.server:
            servers.setdefault(operation.server, operation.lines.first)
    for call in sheet.calls:
        found = re.match(r"https?://[^/\s?#{}<>$]+", call.url)
        if found and not servers:
            servers.setdefault(found[0], call.lines.first)
    if servers:
        made["servers"] = [{"url": url, "x-source": {"line": line}} for url, line in servers.items()]
    made["paths"] = {}
    return made


def operations_of(sheet: Sheet) -> list[OperationClaim]:
    """Return the operations of a page, each once; a page that names none gets one of its own."""
    once: dict[str, OperationClaim] = {}
    for one in sheet.operations:
        if one.method in _METHODS and _TEMPLATE.fullmatch(one.path):
            once.setdefault(one.key, one)
    if not once and (sheet.fields or sheet.examples):
        once[""] = OperationClaim(Lines(1, 1), Scope(), "GET", "/unknown")
    return list(once.values())


def _of(sheet: Sheet, operation: OperationClaim, scope: Scope) -> bool:
    return scope.operation == operation.key or (
        not scope.operation and (len(sheet.operations) <= 1 or operation is sheet.operations[0])
    )


def _operation(sheet: Sheet, operation: OperationClaim) -> dict[str, Any]:
    made: dict[str, Any] = {"summary": operation.title} if operation.title else {}
    security = security_of(sheet, operation)
    if security is not None:
        made["security"] = security
    made |= _parameters(sheet, operation)
    scenes = [
        one
        for one in sheet.scenes()
        if one.operation in {operation.key, ""} and _of(sheet, operation, Scope(one.operation))
    ]
    for scene in scenes:
        if scene.side == "request":
            made["requestBody"] = {
                "content": {"application/json": {"schema": _schema(scene)}}
            } | _example_line(scene)
    responses: dict[str, Any] = {}
    for scene in scenes:
        if scene.side != "request":
            responses[status_of(scene)] = {
                "description": scene.examples[0].scope.section if scene.examples else "",
                "content": {"application/json": {"schema": _schema(scene)}},
                **_example_line(scene),
            }
    made["responses"] = responses or {"200": {"description": ""}}
    claims = list(_claims(sheet, operation))
    if claims:
        made["x-claims"] = claims
    made["x-source"] = {"line": operation.lines.first}
    return made


def _parameters(sheet: Sheet, operation: OperationClaim) -> dict[str, list[dict[str, Any]]]:
    """Return the parameters; those that the path has no place for stand apart, as OpenAPI forbids them."""
    places = place_names(operation.path)
    listed: dict[tuple[str, str], dict[str, Any]] = {}
    astray: list[dict[str, Any]] = []
    for one in sheet.parameters:
        if _of(sheet, operation, one.scope) and one.location in {"path", "query", "header", "cookie"}:
            entry = {**parameter_of(one), "x-source": {"line": one.lines.first}}
            if one.location == "path" and one.name not in places:
                astray.append(entry)
            else:
                listed.setdefault((one.location, one.name), entry)
    for name in places:
        listed.setdefault(("path", name), unnamed_place(name))
    found = {"parameters": list(listed.values()), "x-parameters-without-place": astray}
    return {key: entries for key, entries in found.items() if entries}


def _example_line(scene: Scene) -> dict[str, Any]:
    first: ExampleClaim | None = next(iter(scene.examples), None)
    return {"x-example-source": {"line": first.lines.first}} if first else {}


def _schema(scene: Scene) -> dict[str, Any]:
    made = composed(scene.fields, strict=False, marks={"source": True})
    for path, claims in made.claims.items():
        node: dict[str, Any] = made.schema
        for key in path:
            node = node["items"] if key == "*" else node["properties"][key]
        _say(node, claims[0])
    return made.schema


def _say(node: dict[str, Any], claim: FieldClaim) -> None:
    source = node.pop("x-source", None)
    if claim.description:
        node["description"] = " ".join(claim.description.split())
    if claim.enum:
        node["enum"] = list(claim.enum)
    if claim.unit:
        node["x-unit"] = claim.unit
    if not claim.settled:
        node["x-guess"] = "the page does not show at which level this field stands"
    if source:
        node["x-source"] = source


def status_of(scene: Scene) -> str:
    """Return the key under which a body's response stands in an OpenAPI document."""
    said = [one.scope.status for one in scene.fields] + [one.scope.status for one in scene.examples]
    statuses = [status for status in said if re.fullmatch(r"[1-5](?:\d\d|XX)|default", status)]
    if statuses:
        return statuses[0]
    return "200" if scene.kind == "ok" else "default"


def place_names(path: str) -> list[str]:
    """Return the names of a path's places."""
    return re.findall(r"\{([^{}]+)\}", path)


def unnamed_place(name: str) -> dict[str, Any]:
    """Return the parameter that OpenAPI wants for a place of the path which the page does not describe."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string"},
        "x-guess": "named by the path alone; its type is a guess",
    }


def parameter_of(one: ParameterClaim) -> dict[str, Any]:
    """Return a parameter as OpenAPI writes it."""
    made: dict[str, Any] = {
        "name": one.name,
        "in": one.location,
        "required": one.required is True or one.location == "path",
    }
    if one.description:
        made["description"] = " ".join(one.description.split())
    if one.example is not None:
        made["example"] = (
            one.example if _valued(one.example, one.types) is None else _valued(one.example, one.types)
        )
    types = [name for name in json_types(one.types) if name != "null"]
    schema: dict[str, Any] = {"type": types[0] if len(types) == 1 else types} if types else {}
    if one.enum:
        schema["enum"] = list(one.enum)
    default = _valued(one.default, types)
    if default is not None:
        schema["default"] = default
    made["schema"] = schema or {"type": "string"}
    return made


def _valued(text: str | None, types: Iterable[str]) -> Any:
    """Return a text as a value of one of some types, or None where it is of none."""
    known = set(types)
    if text is None or not known or "string" in known:
        return text
    if "boolean" in known and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if known & {"integer", "number"} and re.fullmatch(r"-?\d{1,15}", text):
        return int(text)
    if "number" in known and re.fullmatch(r"-?\d{1,15}\.\d{1,15}", text):
        return float(text)
    return None


def security_of(sheet: Sheet, operation: OperationClaim) -> list[dict[str, list[str]]] | None:
    """Return what the page says of an operation's authorization outside its parameters, or None."""
    found = [one for one in sheet.authorizations if one.scope.operation in {"", operation.key}]
    named = [{_scheme_name(one.scheme): list[str]()} for one in found if one.scheme != "none"]
    if named:
        return named[:1]
    return [] if found else None


def _schemes(sheet: Sheet) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for one in sheet.authorizations:
        if one.scheme == "none":
            continue
        if one.scheme in {"bearer", "basic"}:
            scheme: dict[str, Any] = {"type": "http", "scheme": one.scheme}
        else:
            scheme = {"type": "apiKey", "in": one.location or "header", "name": one.name or "Authorization"}
        made.setdefault(_scheme_name(one.scheme), {**scheme, "x-source": {"line": one.lines.first}})
    return made


def _scheme_name(scheme: str) -> str:
    return re.sub(r"\W", "", scheme) or "credentials"


def _claims(sheet: Sheet, operation: OperationClaim) -> Iterator[dict[str, Any]]:
    for one in sheet.values:
        if _of(sheet, operation, one.scope):
            meanings = {str(value.value): value.meaning for value in one.values if value.meaning}
            yield {
                "line": one.lines.first,
                "about": one.about or "values",
                "values": [
                    value.value if not isinstance(value.value, tuple) else list(value.value)
                    for value in one.values[:_LIMIT]
                ],
                **({"meanings": meanings} if meanings else {}),
            }
    for said in sheet.statements:
        if _of(sheet, operation, said.scope):
            value = list(said.value) if isinstance(said.value, tuple) else [said.value]
            yield {
                "line": said.lines.first,
                "about": said.about or "body",
                "kind": said.kind,
                "values": value,
            }
