"""Contracts as this benchmark reads them: operations, answers, and plain schemas.

It is a reading of its own, on purpose: a mistake in wireproof's reading must show up here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["Api", "Header", "Op", "Promise", "Shape", "load_api", "reference_schema", "shape_of"]


@dataclass(frozen=True, slots=True)
class Header:
    """One promised response header; `schema` is as written."""

    name: str
    required: bool
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised under one status key; `schema` is as written, None without a JSON body."""

    status: str
    schema: Mapping[str, Any] | None
    headers: tuple[Header, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Op:
    """One operation with its promises and its lifecycle variants, as written."""

    api: Api
    id: str
    method: str
    path: str
    parameters: tuple[Mapping[str, Any], ...]
    promises: tuple[Promise, ...]
    lifecycle: tuple[Mapping[str, Any], ...]

    def promise(self, status: str = "200") -> Promise:
        """Return the promise under a status key."""
        return next(promise for promise in self.promises if promise.status == status)


@dataclass(frozen=True, slots=True, eq=False)
class Api:
    """One contract: its name, its file, its document and its operations."""

    name: str
    file: Path
    document: Mapping[str, Any]
    server: str
    ops: list[Op] = field(default_factory=list)

    def target(self, reference: str) -> Mapping[str, Any]:
        """Return what a local `$ref` points at."""
        found: Any = self.document
        for token in reference.removeprefix("#/").split("/"):
            found = found[token.replace("~1", "/").replace("~0", "~")]
        return found if isinstance(found, dict) else {}

    def followed(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a value, or what it refers to."""
        while "$ref" in value:
            value = self.target(value["$ref"])
        return value


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """One plain schema: references followed, allOf folded, one branch chosen of each union.

    `properties` maps a name to the schemas, as written, that all apply to it.  `extra` is the
    schema of further members, True where anything goes by an explicit word, False where
    nothing may be added, and None where the contract is silent.  `named` are all names that
    any branch knows.  `branches` counts the branches of the widest union folded in (1 for none).
    """

    kind: str | None
    nullable: bool
    properties: Mapping[str, Sequence[Mapping[str, Any]]]
    required: frozenset[str]
    named: frozenset[str]
    extra: Any
    items: Sequence[Mapping[str, Any]]
    words: Mapping[str, Any]
    branches: int
    branch: int

    @property
    def free(self) -> bool:
        """Return whether members that no schema names may come without being drift."""
        if self.extra is True or isinstance(self.extra, dict):
            return True
        return self.kind == "object" and not self.named and self.extra is None

    def get(self, word: str, default: Any = None) -> Any:
        """Return a keyword's value."""
        return self.words.get(word, default)


def load_api(file: Path, name: str | None = None) -> Api:
    """Return the contract in a file."""
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    provider = name or (file.parent.name if file.stem == "openapi" else file.stem)
    servers = document.get("servers") or [{"url": f"https://api.{provider}-live.net"}]
    server = servers[0]["url"]
    for variable, value in (servers[0].get("variables") or {}).items():
        server = server.replace(f"{{{variable}}}", value["default"])
    api = Api(provider, file, document, server)
    api.ops.extend(_ops(api))
    return api


def shape_of(api: Api, schemas: Sequence[Mapping[str, Any]], choose: Callable[[int], int]) -> Shape:
    """Return the plain shape of schemas that all apply; `choose` picks one of n branches."""
    fold = _Fold(api, choose)
    for schema in schemas:
        fold.add(schema)
    return fold.shape()


def reference_schema(api: Api, promise: Promise) -> dict[str, Any]:
    """Return the answer's schema as JSON Schema 2020-12, for a reference validator."""
    schemas = (api.document.get("components") or {}).get("schemas") or {}
    version = str(api.document["openapi"])
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [promise.schema or {}]}
    whole = {**found, "components": {"schemas": schemas}}
    return _modern(whole) if version.startswith("3.0") else whole


def _modern(value: Any) -> Any:
    """Return an OpenAPI 3.0 schema with `nullable` and boolean bounds said the 2020-12 way."""
    if isinstance(value, list):
        return [_modern(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _modern(item) for key, item in value.items()}
    if value.get("nullable") is True and isinstance(value.get("type"), str):
        found["type"] = [value["type"], "null"]
        if isinstance(found.get("enum"), list):
            found["enum"] = [*found["enum"], None]
    if isinstance(value.get("nullable"), bool):
        found.pop("nullable", None)
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(value.get(exclusive), bool):
            found.pop(exclusive)
            if value[exclusive]:
                found[exclusive] = found.pop(bound)
    return found


class _Fold:
    """Gathers what several schemas say about one value."""

    def __init__(self, api: Api, choose: Callable[[int], int]) -> None:
        self.api = api
        self.choose = choose
        self.kinds: list[str] | None = None
        self.nullable: bool | None = None
        self.properties: dict[str, list[Mapping[str, Any]]] = {}
        self.required: set[str] = set()
        self.named: set[str] = set()
        self.extra: Any = None
        self.items: list[Mapping[str, Any]] = []
        self.words: dict[str, Any] = {}
        self.branches = 1
        self.branch = 0

    def add(self, schema: Mapping[str, Any]) -> None:
        while "$ref" in schema:
            beside = {key: value for key, value in schema.items() if key != "$ref"}
            if beside and not str(self.api.document["openapi"]).startswith("3.0"):
                self._plain(beside)
            schema = self.api.target(schema["$ref"])
        self._plain(schema)
        for part in schema.get("allOf", ()):
            self.add(part)
        for word in ("oneOf", "anyOf"):
            if word in schema:
                self._union(schema[word])

    def _plain(self, schema: Mapping[str, Any]) -> None:
        kinds = schema.get("type")
        if kinds is not None:
            listed = [kinds] if isinstance(kinds, str) else list(kinds)
            null = "null" in listed or schema.get("nullable") is True
            self.nullable = null if self.nullable is None else self.nullable and null
            self.kinds = [kind for kind in listed if kind != "null"]
        elif "const" in schema and self.kinds is None:
            self.kinds = ["string"] if isinstance(schema["const"], str) else None
        for name, value in (schema.get("properties") or {}).items():
            self.properties.setdefault(name, []).append(value)
            self.named.add(name)
        self.required |= set(schema.get("required", ()))
        if "additionalProperties" in schema:
            self.extra = schema["additionalProperties"]
        if "items" in schema:
            self.items.append(schema["items"])
        skipped = {
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "allOf",
            "oneOf",
            "anyOf",
        }
        self.words.update({key: value for key, value in schema.items() if key not in skipped})

    def _union(self, branches: Sequence[Mapping[str, Any]]) -> None:
        real = [branch for branch in branches if branch.get("type") != "null"]
        if len(real) < len(branches):
            self.nullable = True
        self.branches = max(self.branches, len(real))
        self.branch = self.choose(len(real))
        for branch in real:
            self.named |= set(_names(self.api, branch))
        was_nullable = self.nullable
        self.add(real[self.branch])
        if was_nullable:
            self.nullable = True

    def shape(self) -> Shape:
        kinds = self.kinds or (["object"] if self.properties else ["array"] if self.items else [])
        return Shape(
            kind=kinds[self.choose(len(kinds))] if kinds else None,
            nullable=bool(self.nullable),
            properties=self.properties,
            required=frozenset(self.required),
            named=frozenset(self.named),
            extra=self.extra,
            items=self.items,
            words=self.words,
            branches=self.branches,
            branch=self.branch,
        )


def _names(api: Api, schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield every property name that a schema or a part of it names at its top level."""
    if "$ref" in schema:
        yield from _names(api, api.target(schema["$ref"]))
    yield from schema.get("properties") or ()
    for word in ("allOf", "oneOf", "anyOf"):
        for part in schema.get(word, ()):
            yield from _names(api, part)


def _ops(api: Api) -> Iterator[Op]:
    for path, item in api.document["paths"].items():
        for method, written in item.items():
            if method not in {"get", "post", "put", "patch", "delete"}:
                continue
            lifecycle = written.get("x-task-lifecycle") or ()
            yield Op(
                api=api,
                id=written["operationId"],
                method=method.upper(),
                path=path,
                parameters=tuple(api.followed(one) for one in written.get("parameters", ())),
                promises=tuple(
                    _promise(api, str(status), api.followed(answer))
                    for status, answer in written["responses"].items()
                ),
                lifecycle=(lifecycle,) if isinstance(lifecycle, dict) else tuple(lifecycle),
            )


def _promise(api: Api, status: str, answer: Mapping[str, Any]) -> Promise:
    media = (answer.get("content") or {}).get("application/json")
    headers = tuple(
        Header(name.lower(), bool(api.followed(value).get("required")), api.followed(value).get("schema", {}))
        for name, value in (answer.get("headers") or {}).items()
    )
    return Promise(status, media["schema"] if media else None, headers)
