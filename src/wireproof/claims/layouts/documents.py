"""OpenAPI documents and JSON Schemas that stand on a page, YAML or JSON, in a fence or bare."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.blocks import Line
from wireproof.claims.bodies import read_bodies
from wireproof.claims.bounds import bounds_of_schema
from wireproof.claims.claim import (
    AuthorizationClaim,
    Document,
    ExampleClaim,
    Lines,
    OperationClaim,
    ParameterClaim,
    Scope,
    Unread,
)
from wireproof.claims.decoding import LARGEST
from wireproof.claims.layout import Layout
from wireproof.claims.outlines import outline
from wireproof.claims.saying import said_in
from wireproof.claims.schemas import Walk, resolved
from wireproof.claims.speech import sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wireproof.claims.blocks import Block
    from wireproof.claims.layout import Said
    from wireproof.claims.outlines import Place
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_SCHEMES: Final = {"bearer": "bearer", "basic": "basic"}


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    value, at, unread = _value(block)
    yield from unread
    if not isinstance(value, dict):
        return
    if "openapi" in value or "swagger" in value:
        indent = min((line.indent for line in block.lines if line.text.strip()), default=0)
        text = "\n".join(line.text[indent:] for line in block.lines)
        yield Document(block.span, text, value, at)
        yield from _Document(value, at, block.span).claims()
    else:
        yield from Walk(value, at, setting.scope, block.span.first).fields(value, ())


def _value(block: Block) -> tuple[Any, Mapping[Place, int], list[Unread]]:
    first = next((line.bare for line in block.lines if line.text.strip()), "")
    if first.startswith("{"):
        bodies = read_bodies(block.lines, largest=LARGEST)
        if not bodies or bodies[0].value is None:
            return None, {}, [Unread(block.span, "the JSON document cannot be read")]
        mended = [repair for repair in bodies[0].repairs if repair.kind == "fault"]
        return (
            bodies[0].value,
            bodies[0].at,
            [Unread(Lines(fault.line, fault.line), f"JSON: {fault.what}") for fault in mended],
        )
    indent = min((line.indent for line in block.lines if line.text.strip()), default=0)
    return outline("\n".join(line.text[indent:] for line in block.lines), block.span.first)


class _Document:
    """One OpenAPI document, read claim by claim."""

    def __init__(self, value: dict[str, Any], at: Mapping[Place, int], span: Lines) -> None:
        self.value = value
        self.at = at
        self.span = span

    def line(self, *place: str | int) -> Lines:
        for size in range(len(place), 0, -1):
            if place[:size] in self.at:
                return Lines(self.at[place[:size]], self.at[place[:size]])
        return Lines(self.span.first, self.span.first)

    def claims(self) -> Iterator[Said]:
        servers = self.value.get("servers")
        server = (
            servers[0].get("url")
            if isinstance(servers, list) and servers and isinstance(servers[0], dict)
            else ""
        )
        for path, item in _pairs(self.value.get("paths")):
            shared = item.get("parameters") if isinstance(item, dict) else None
            for method, operation in _pairs(item):
                if method not in _METHODS or not isinstance(operation, dict):
                    continue
                title = _text(operation, "summary") or _text(operation, "operationId")
                scope = Scope(f"{method.upper()} {path}", section=title)
                place = ("paths", path, method)
                yield OperationClaim(
                    self.line(*place),
                    scope,
                    method.upper(),
                    path,
                    title,
                    server if isinstance(server, str) else "",
                )
                yield from self._told(operation, place, scope)
                yield from self._parameters(shared, ("paths", path, "parameters"), scope)
                yield from self._parameters(operation.get("parameters"), (*place, "parameters"), scope)
                yield from self._content(
                    operation.get("requestBody"), (*place, "requestBody"), _side(scope, "request", "")
                )
                yield from self._security(operation, place, scope)
                for status, response in _pairs(operation.get("responses")):
                    here = _side(scope, "response", status)
                    yield from self._content(response, (*place, "responses", status), here)
                yield from self._callbacks(operation.get("callbacks"), (*place, "callbacks"), scope)
        yield from self._webhooks()

    def _told(self, operation: dict[str, Any], place: Place, scope: Scope) -> Iterator[Said]:
        """Say what the sentences of an operation's description claim."""
        lines = self.line(*place, "description")
        told = [Line(lines.first, line) for line in _text(operation, "description").split("\n")]
        for _, sentence in sentences_of(told):
            yield from said_in(sentence, lines, scope)

    def _callbacks(self, written: Any, place: Place, scope: Scope) -> Iterator[Said]:
        """Say what an operation's callbacks carry; several of them are told apart by their names."""
        callbacks = _pairs(written)
        for name, callback in callbacks:
            items, target = resolved(self.value, callback, (*place, name))
            apart = f" [{name}]" if len(callbacks) > 1 else ""
            sent = Scope(scope.operation + apart, "response", "", scope.section, called_back=True)
            for address, item in _pairs(items):
                yield from self._sent(item, (*target, address), sent)

    def _webhooks(self) -> Iterator[Said]:
        """Say what the webhooks of a document carry, each by its name."""
        for name, item in _pairs(self.value.get("webhooks")):
            sent = Scope(name, "response", "", name, called_back=True)
            yield from self._sent(*resolved(self.value, item, ("webhooks", name)), sent)

    def _sent(self, item: Any, place: Place, scope: Scope) -> Iterator[Said]:
        """Say the body that the provider sends by itself."""
        for method, operation in _pairs(item):
            if method in _METHODS and isinstance(operation, dict):
                yield from self._content(operation.get("requestBody"), (*place, method, "requestBody"), scope)

    def _parameters(self, parameters: Any, place: Place, scope: Scope) -> Iterator[Said]:
        for number, written in enumerate(parameters) if isinstance(parameters, list) else ():
            parameter, target = resolved(self.value, written, (*place, number))
            if not isinstance(parameter, dict) or not isinstance(parameter.get("name"), str):
                continue
            if parameter.get("in") == "body":
                yield from self._schema(
                    parameter.get("schema"), (*target, "schema"), _side(scope, "request", "")
                )
                continue
            schema, _ = resolved(self.value, parameter.get("schema", parameter), ())
            kind = schema.get("type") if isinstance(schema, dict) else None
            enum = schema.get("enum") if isinstance(schema, dict) else None
            required = parameter.get("required")
            yield ParameterClaim(
                self.line(*target, "name"),
                _side(scope, "request", ""),
                parameter["name"],
                _text(parameter, "in"),
                (kind,) if isinstance(kind, str) else tuple(kind) if isinstance(kind, list) else (),
                kind if isinstance(kind, str) else "",
                required if isinstance(required, bool) else False,
                tuple(enum) if isinstance(enum, list) else (),
                _shown(parameter.get("example")),
                _shown(schema.get("default") if isinstance(schema, dict) else None),
                _text(parameter, "description"),
                bounds_of_schema(schema) if isinstance(schema, dict) else (),
            )

    def _content(self, written: Any, place: Place, scope: Scope) -> Iterator[Said]:
        body, target = resolved(self.value, written, place)
        if not isinstance(body, dict):
            return
        if "schema" in body and "content" not in body:
            yield from self._schema(body["schema"], (*target, "schema"), scope)
        for kind, media in _pairs(body.get("content")):
            if not isinstance(media, dict):
                continue
            here = (*target, "content", kind)
            yield from self._schema(media.get("schema"), (*here, "schema"), scope)
            if "example" in media:
                yield self._example(media["example"], (*here, "example"), scope)
            for name, example in _pairs(media.get("examples")):
                shown, spot = resolved(self.value, example, (*here, "examples", name))
                if isinstance(shown, dict) and "value" in shown:
                    yield self._example(shown["value"], (*spot, "value"), scope)
            schema, spot = resolved(self.value, media.get("schema"), (*here, "schema"))
            if isinstance(schema, dict) and isinstance(schema.get("example"), dict | list):
                yield self._example(schema["example"], (*spot, "example"), scope)

    def _schema(self, schema: Any, place: Place, scope: Scope) -> Iterator[Said]:
        if isinstance(schema, dict):
            yield from Walk(self.value, self.at, scope, self.line(*place).first).fields(schema, place)

    def _example(self, value: Any, place: Place, scope: Scope) -> ExampleClaim:
        at = self._lines_within(value, place)
        lines = Lines(min(at.values(), default=self.span.first), max(at.values(), default=self.span.first))
        if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
            try:
                value = json.loads(value)
            except ValueError:
                return ExampleClaim(lines, scope, value, None, readable=False, at=at)
        return ExampleClaim(lines, scope, json.dumps(value, ensure_ascii=False), value, at=at)

    def _lines_within(self, value: Any, place: Place) -> dict[Place, int]:
        """Return the lines of an example's parts, by their path inside the example."""
        at: dict[Place, int] = {}
        waiting: list[tuple[Place, Any]] = [((), value)]
        while waiting:
            path, part = waiting.pop()
            if (*place, *path) in self.at:
                at[path] = self.at[(*place, *path)]
            if isinstance(part, dict):
                waiting += [((*path, key), inner) for key, inner in part.items()]
            elif isinstance(part, list):
                waiting += [((*path, number), inner) for number, inner in enumerate(part)]
        return at

    def _security(self, operation: dict[str, Any], place: Place, scope: Scope) -> Iterator[Said]:
        own = "security" in operation
        security = operation.get("security") if own else self.value.get("security")
        spot = (*place, "security") if own else ("security",)
        if not isinstance(security, list):
            return
        if not security:
            yield AuthorizationClaim(self.line(*spot), scope, "none", "", "", "security", required=False)
        schemes = self.value.get("components") if isinstance(self.value.get("components"), dict) else {}
        for number, choice in enumerate(security):
            for name, _ in _pairs(choice):
                scheme, _place = resolved(
                    self.value, {"$ref": f"#/components/securitySchemes/{name}"} if schemes else {}, ()
                )
                if not isinstance(scheme, dict) or not scheme:
                    continue
                kind = _SCHEMES.get(
                    _text(scheme, "scheme").lower(),
                    "api-key" if _text(scheme, "type") == "apiKey" else _text(scheme, "type"),
                )
                header = _text(scheme, "name") or "Authorization"
                yield AuthorizationClaim(
                    self.line(*spot, number),
                    scope,
                    kind,
                    header,
                    _text(scheme, "in") or "header",
                    "security",
                    required={} not in security,
                )


def _side(scope: Scope, side: str, status: str) -> Scope:
    return Scope(scope.operation, side, status.upper() if status[:1].isdigit() else status, scope.section)


def _pairs(node: Any) -> list[tuple[str, Any]]:
    return [(str(key), value) for key, value in node.items()] if isinstance(node, dict) else []


def _text(node: Any, key: str) -> str:
    value = node.get(key) if isinstance(node, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _shown(value: Any) -> str | None:
    return None if value is None or isinstance(value, dict | list) else str(value)


LAYOUT = Layout("document", frozenset({"document"}), _read)
