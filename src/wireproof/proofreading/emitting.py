"""A page's claims as an OpenAPI document: what the page says, its errors kept, each part with its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import Bound, OperationClaim, Scope
from wireproof.proofreading.called import doubt_of, operations_of
from wireproof.proofreading.composing import add_guess, composed, json_types
from wireproof.proofreading.keeping import joined, kept
from wireproof.proofreading.scenes import Sheet, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wireproof.claims.claim import AuthorizationClaim, ExampleClaim, FieldClaim, Page, ParameterClaim
    from wireproof.proofreading.scenes import Scene

__all__ = [
    "EITHER",
    "documented",
    "parameter_of",
    "place_names",
    "portions",
    "says_status",
    "scenes_of",
    "scheme_name",
    "schemes_of",
    "scopes_of",
    "security_of",
    "shell_of",
    "status_of",
    "unnamed_place",
    "valued",
    "written",
]

_LIMIT: Final = 50
EITHER: Final = "the page names several ways to authorize, and not whether one of them is enough"
"""What is said of an operation with more than one scheme: any of them is taken to do."""


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
    for operation, own in portions(sheet):
        made["paths"].setdefault(operation.path, {})[operation.method.lower()] = _operation(own, operation)
    schemes = schemes_of(sheet)
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
    if servers:
        made["servers"] = [{"url": url, "x-source": {"line": line}} for url, line in servers.items()]
    for call in sheet.calls:
        found = re.match(r"https?://[^/\s?#{}<>$]+", call.url)
        if found and not servers:
            servers[found[0]] = call.lines.first
            said = {"x-source": {"line": call.lines.first}, "x-guess": "taken from a sample call"}
            made["servers"] = [{"url": found[0], **said}]
    made["paths"] = {}
    return made


def portions(sheet: Sheet) -> list[tuple[OperationClaim, Sheet]]:
    """Return each operation of a page with the claims that are about it.

    The first one has what names no operation; authorization that names none is everybody's.
    """
    operations = operations_of(sheet)
    found = {one.key: Sheet(sheet.page, operations=[one]) for one in operations}
    first = operations[0].key if operations else ""
    common: dict[str, AuthorizationClaim] = {}
    for one in sheet.authorizations:
        if not one.scope.operation:
            common.setdefault(scheme_name(one), one)
        elif one.scope.operation in found:
            found[one.scope.operation].authorizations.append(one)
    for name in ("parameters", "fields", "examples", "calls", "values", "statements"):
        for claim in getattr(sheet, name):
            if (claim.scope.operation or first) in found:
                getattr(found[claim.scope.operation or first], name).append(claim)
    for own in found.values():
        own.authorizations[:0] = common.values()
    return [(one, found[one.key]) for one in operations]


def scenes_of(sheet: Sheet) -> list[tuple[str, Scene]]:
    """Return the bodies of an operation's portion, each under `request` or the status of its answer.

    What the page tells of one body in several places is one; what the provider sends by itself
    (a callback) is none of them.
    """
    found: dict[str, Scene] = {}
    for scene in sorted(sheet.scenes(), key=lambda one: not one.operation):
        if any(scope.called_back for scope in scopes_of(scene)):
            continue
        key = "request" if scene.side == "request" else status_of(scene)
        if key in found:
            found[key].fields += scene.fields
            found[key].examples += scene.examples
        else:
            found[key] = scene
    return list(found.items())


def _operation(sheet: Sheet, operation: OperationClaim) -> dict[str, Any]:
    made: dict[str, Any] = {"summary": operation.title} if operation.title else {}
    security = security_of(sheet)
    if security is not None:
        made["security"] = security
        if len(security) > 1:
            add_guess(made, EITHER)
    made |= _parameters(sheet, operation)
    responses: dict[str, Any] = {}
    for status, scene in scenes_of(sheet):
        content = {"content": {"application/json": {"schema": _schema(scene)}}}
        if status == "request":
            made["requestBody"] = content | _example_line(scene)
        else:
            section = scene.examples[0].scope.section if scene.examples else ""
            responses[status] = {"description": section, **content, **_example_line(scene)}
    made["responses"] = responses or {"200": {"description": ""}}
    claims = list(_claims(sheet))
    if claims:
        made["x-claims"] = claims
    made["x-source"] = {"line": operation.lines.first}
    if doubt := doubt_of(operation, sheet):
        add_guess(made, doubt)
    return made


def _parameters(sheet: Sheet, operation: OperationClaim) -> dict[str, list[dict[str, Any]]]:
    """Return the parameters; those without a place, or with one that the path lacks, stand apart.

    OpenAPI forbids them.
    """
    places = place_names(operation.path)
    listed: dict[tuple[str, str], dict[str, Any]] = {}
    astray: list[dict[str, Any]] = []
    for one in sheet.parameters:
        entry = {**parameter_of(one), "x-source": {"line": one.lines.first}}
        placed = one.location in {"path", "query", "header", "cookie"}
        if not placed or (one.location == "path" and one.name not in places):
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
    return next(_statuses(scene), "200" if scene.kind == "ok" else "default")


def says_status(scene: Scene) -> bool:
    """Return whether the page names the status of a response."""
    return next(_statuses(scene), None) is not None


def _statuses(scene: Scene) -> Iterator[str]:
    for scope in scopes_of(scene):
        if re.fullmatch(r"[1-5](?:\d\d|XX)|default", scope.status):
            yield scope.status


def scopes_of(scene: Scene) -> Iterator[Scope]:
    """Yield what each field and example of a body is about, as far as the page tells."""
    yield from (one.scope for one in scene.fields)
    yield from (one.scope for one in scene.examples)


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
    made: dict[str, Any] = {"name": one.name}
    if one.location:
        made["in"] = one.location
    made["required"] = one.required is True or one.location == "path"
    if one.description:
        made["description"] = " ".join(one.description.split())
    if one.example is not None:
        made["example"] = (
            one.example if valued(one.example, one.types) is None else valued(one.example, one.types)
        )
    types = [name for name in json_types(one.types) if name != "null"]
    schema: dict[str, Any] = {"type": types[0] if len(types) == 1 else types} if types else {}
    if one.enum:
        schema["enum"] = list(one.enum)
    default = valued(one.default, types)
    if default is not None:
        schema["default"] = default
    made["schema"] = schema or {"type": "string"}
    if not schema:
        add_guess(made, "the page gives no type")
    return made


def valued(text: str | None, types: Iterable[str]) -> Any:
    """Return a text as a value of one of some types, or None where it is of none of them."""
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


def security_of(sheet: Sheet) -> list[dict[str, list[str]]] | None:
    """Return what the page says of an operation's authorization outside its parameters, or None."""
    found = sheet.authorizations
    names = dict.fromkeys(scheme_name(one) for one in found if one.scheme != "none")
    if names:
        return [{name: list[str]()} for name in names]
    return [] if found else None


def schemes_of(sheet: Sheet) -> dict[str, Any]:
    """Return the security schemes that a page speaks of, by the names that operations have for them."""
    made: dict[str, Any] = {}
    for one in sheet.authorizations:
        if one.scheme == "none":
            continue
        if one.scheme in {"bearer", "basic"}:
            scheme: dict[str, Any] = {"type": "http", "scheme": one.scheme}
        else:
            scheme = {"type": "apiKey", "in": one.location or "header", "name": one.name or "Authorization"}
        made.setdefault(scheme_name(one), {**scheme, "x-source": {"line": one.lines.first}})
    return made


def scheme_name(one: AuthorizationClaim) -> str:
    """Return the name of a scheme; keys that travel under different names are different schemes."""
    name = re.sub(r"\W", "", one.scheme) or "credentials"
    carrier = re.sub(r"\W", "", one.name)
    return f"{name}{carrier}" if one.scheme not in {"bearer", "basic"} and carrier else name


def _claims(sheet: Sheet) -> Iterator[dict[str, Any]]:
    for one in sheet.values:
        meanings = {str(value.value): value.meaning for value in one.values if value.meaning}
        yield {
            "line": one.lines.first,
            "about": one.about or "values",
            "values": [
                list(value.value) if isinstance(value.value, tuple) else value.value
                for value in one.values[:_LIMIT]
            ],
            **({"meanings": meanings} if meanings else {}),
        }
    for said in sheet.statements:
        yield {
            "line": said.lines.first,
            "about": said.about or "body",
            "kind": said.kind,
            "values": _plain(said.value),
        }


def _plain(value: Any) -> list[Any]:
    """Return what a sentence says as values of JSON."""
    if isinstance(value, Bound):
        return [value.written]
    return list(value) if isinstance(value, tuple) else [value]
