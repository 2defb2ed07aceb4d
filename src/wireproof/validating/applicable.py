"""Which schemas apply to a value: the schema itself and all that it brings to the same place.

`allOf`, `$ref`, the fitting alternatives of `oneOf` and `anyOf`, `then` or `else`, and
`dependentSchemas` all speak about the same value.  Where no alternative fits, the closest one
is taken, so that drift inside it is found at its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wireproof.errors import ContractError
from wireproof.validating.engine import FastEngine, InvalidSchemaError
from wireproof.validating.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from wireproof.contract import Schema, Schemas
    from wireproof.validating.engine import Engine, Fault

__all__ = ["Applicable", "Choice", "json_type"]

_UNIONS = ("oneOf", "anyOf")
_CHOOSING = frozenset({*_UNIONS, "dependentSchemas", "if", "x-discriminator"})
"""Keywords that bring other schemas to one value than to another."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The alternatives of a union that are closest to a value; `clear` where it must be that one."""

    indexes: tuple[int, ...]
    clear: bool


class Applicable:
    """Answers, for one contract, which schemas apply to a value."""

    def __init__(self, schemas: Schemas) -> None:
        self.schemas = schemas
        self.types: dict[int, tuple[Schema, frozenset[str]]] = {}
        """Which types schemas admit, as far as that was asked: by identity, so each is held."""
        self._engines: dict[int, Engine] = {}
        self._fixed: dict[tuple[int, ...], Scope | None] = {}
        self._scopes: dict[tuple[int, ...], Scope] = {}
        self._choosing: set[tuple[int, int]] = set()

    def engine(self, schema: Schema) -> Engine:
        """Return the compiled form of one schema of the contract."""
        known = self._engines.get(id(schema))
        if known is None:
            try:
                known = FastEngine(self.document(schema))
            except InvalidSchemaError as error:
                raise self._broken(schema, error) from error
            self._engines[id(schema)] = known
        return known

    def _broken(self, schema: Schema, error: InvalidSchemaError) -> ContractError:
        value: Any = self.document(schema)
        holder, keyword = schema, ""
        for token in error.path:
            if self.schemas.place(value) is not None:
                holder, keyword = value, str(token)
            value = value[token]
        place = self.schemas.place(holder, keyword)
        where = f"{place}: " if place else ""
        message = f"{where}the schema is wrong: {error.message}"
        return ContractError(message, hint="mend it; `wireproof lint FILE` lists all that is wrong")

    def document(self, schema: Schema) -> Mapping[str, Schema]:
        """Return a schema as a document of its own, with the definitions that it reaches."""
        needed: dict[str, Schema] = {}
        waiting = [schema]
        while waiting:
            for name in _referenced(waiting.pop()):
                if name not in needed and name in self.schemas.defs:
                    needed[name] = self.schemas.defs[name]
                    waiting.append(needed[name])
        return {"$defs": {"root": schema, **needed}, "$ref": "#/$defs/root"}

    def target(self, schema: Schema) -> Schema:
        """Return the definition that a schema's `$ref` names, or the schema itself."""
        seen: set[int] = set()
        while isinstance(schema, dict) and "$ref" in schema and id(schema) not in seen:
            seen.add(id(schema))
            schema = self.definition(schema["$ref"])
        return schema

    def definition(self, reference: str) -> Schema:
        """Return the definition that a `$ref` names."""
        return self.schemas.defs[reference.rpartition("/")[2]]

    @cached_property
    def has_open_lists(self) -> bool:
        """Return whether the contract lists words anywhere and admits others."""
        return any("x-extensible-enum" in _keywords(schema) for schema in self.schemas.defs.values())

    def scope(self, roots: Sequence[Schema], value: Any) -> Scope:
        """Return all that applies to `value` where some schemas do."""
        key = tuple(map(id, roots))
        if key not in self._fixed:
            self._fixed[key] = self._fixed_scope(roots)
        return self._fixed[key] or self._shared(self._applying(roots, value))

    def _fixed_scope(self, roots: Iterable[Schema]) -> Scope | None:
        """Return the scope of schemas that bring the same ones whatever the value; None for others."""
        found = self._closure(roots, self._always)
        return None if any(not _CHOOSING.isdisjoint(schema) for schema in found) else self._shared(found)

    def _shared(self, schemas: list[dict[str, Any]]) -> Scope:
        key = tuple(map(id, schemas))
        if key not in self._scopes:
            self._scopes[key] = Scope(schemas)
        return self._scopes[key]

    def _applying(self, roots: Iterable[Schema], value: Any) -> list[dict[str, Any]]:
        return self._closure(roots, lambda schema: self._brought(schema, value))

    def _closure(
        self, roots: Iterable[Schema], brought: Callable[[dict[str, Any]], Iterable[Schema]]
    ) -> list[dict[str, Any]]:
        """Return the schema objects among the roots and all that they bring, each once, in order."""
        found: dict[int, dict[str, Any]] = {}
        waiting = list(roots)[::-1]
        while waiting:
            current = waiting.pop()
            if isinstance(current, dict) and id(current) not in found:
                found[id(current)] = current
                waiting.extend(reversed(list(brought(current))))
        return list(found.values())

    def _always(self, schema: dict[str, Any]) -> Iterator[Schema]:
        if "$ref" in schema:
            yield self.definition(schema["$ref"])
        yield from schema.get("allOf", ())

    def _brought(self, schema: dict[str, Any], value: Any) -> Iterator[Schema]:
        yield from self._always(schema)
        if _CHOOSING.isdisjoint(schema):
            return
        told = self.told(schema, value)
        yield from told
        for union in _UNIONS:
            if schema.get(union) and not told:
                yield from self._alternatives(schema, union, value)
        if "x-discriminator" in schema and not told and not any(union in schema for union in _UNIONS):
            yield from map(self.definition, _branches(schema))
        if "if" in schema:
            fits = self.engine(schema["if"]).is_valid(value)
            if fits:
                yield schema["if"]
            yield schema.get("then" if fits else "else", True)
        if isinstance(value, dict):
            for name, dependent in schema.get("dependentSchemas", {}).items():
                if name in value:
                    yield dependent

    def told(self, schema: dict[str, Any], value: Any) -> list[Schema]:
        """Return the alternative or heir that a value names by its discriminator, if it names one."""
        named = self._named_branch(schema, value)
        return [] if named is None else [self.definition(named)]

    def _alternatives(self, schema: dict[str, Any], union: str, value: Any) -> Iterator[Schema]:
        """Yield the alternatives that fit, else those that are closest."""
        branches = schema[union]
        fitting = [branch for branch in branches if self.engine(branch).is_valid(value)]
        yield from fitting or [branches[index] for index in self.closest(schema, union, value).indexes]

    def closest(self, schema: dict[str, Any], union: str, value: Any) -> Choice:
        """Return the alternatives closest to a value that none of them fits.

        The alternative that the discriminator names, if there is one; else by, in this order:
        the value's own type, members that name the alternative (a `const` or one-value `enum`),
        names missing or not known, number of faults.
        """
        branches = schema[union]
        named = self._named_branch(schema, value)
        for index, branch in enumerate(branches):
            if named is not None and isinstance(branch, dict) and branch.get("$ref") == named:
                return Choice((index,), clear=True)
        key = (id(schema), id(value))
        if key in self._choosing:
            return Choice((), clear=False)  # an alternative that extends its own union
        self._choosing.add(key)
        ranked = sorted((self._distance(branch, value), index) for index, branch in enumerate(branches))
        self._choosing.remove(key)
        best = ranked[0][0]
        near = tuple(index for distance, index in ranked if distance[:3] == best[:3])
        return Choice(near, clear=not best[0] and len(near) == 1)

    def _named_branch(self, schema: dict[str, Any], value: Any) -> str | None:
        discriminator = schema.get("x-discriminator")
        if discriminator is None or not isinstance(value, dict):
            return None
        tag = value.get(discriminator["property"])
        return discriminator["branches"].get(tag) if isinstance(tag, str) else None

    def _distance(self, branch: Schema, value: Any) -> tuple[bool, int, int, int]:
        faults = self.engine(branch).faults(value)
        wrong_type = any(fault.keyword == "type" and not fault.path for fault in faults)
        if not isinstance(value, dict) or wrong_type:
            return (wrong_type, 0, 0, len(faults))
        scope = self.scope([branch], value)
        listed = self.tags(scope).items()
        tags = [value[name] in words for name, words in listed if name in value and len(words) == 1]
        known = sum(1 for name in value if scope.member(name)[1])
        missing = sum(1 for name in scope.required if name not in value)
        return (False, -sum(tags), len(value) - 3 * known + missing + 2 * tags.count(False), _count(faults))

    def tags(self, scope: Scope) -> dict[str, list[Any]]:
        """Return the members of an object that must have one of some listed values, and those values."""
        found: dict[str, list[Any]] = {}
        for schema in scope.schemas:
            for name, member in schema.get("properties", {}).items():
                target = self.target(member)
                if isinstance(target, dict) and ("const" in target or isinstance(target.get("enum"), list)):
                    found[name] = [target["const"]] if "const" in target else target["enum"]
        return found


def json_type(value: Any) -> str:
    """Return the JSON Schema type of a value; a number without a fraction is an `integer`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, list):
        return "array"
    if isinstance(value, dict):
        return "object"
    return "integer" if value == int(value) else "number"


def _referenced(schema: Schema) -> Iterator[str]:
    """Return the names of the definitions that a schema refers to, at any depth in itself."""
    waiting = [schema]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            for key, value in current.items():
                if key == "$ref" and isinstance(value, str):
                    yield value.rpartition("/")[2]
                elif isinstance(value, dict | list):
                    waiting.append(value)
        elif isinstance(current, list):
            waiting.extend(item for item in current if isinstance(item, dict | list))


def _keywords(schema: Schema) -> set[str]:
    """Return every key inside a schema, at any depth."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            found.update(current)
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)
    return found


def _branches(schema: dict[str, Any]) -> list[str]:
    return sorted(set(schema["x-discriminator"]["branches"].values()))


def _count(faults: list[Fault]) -> int:
    return sum(1 + min((_count(list(branch)) for branch in fault.branches), default=0) for fault in faults)
