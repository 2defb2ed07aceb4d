"""Which schemas apply to a value: the schema itself and all that it brings to the same place.

`allOf`, `$ref`, the fitting alternatives of `oneOf` and `anyOf`, `then` or `else`, and
`dependentSchemas` all speak about the same value.  Where no alternative fits, the closest one
is taken, so that drift inside it is found at its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wireproof.errors import ContractError
from wireproof.validating.engine import FastEngine, InvalidSchemaError, matches_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wireproof.contract import Schema, Schemas
    from wireproof.validating.engine import Engine, Fault

__all__ = ["Applicable", "Choice", "json_type"]

_UNIONS = ("oneOf", "anyOf")
_NUMBERS = frozenset({"integer", "number"})


@dataclass(frozen=True, slots=True)
class Choice:
    """The alternative of a union that is closest to a value, and whether none other is as close."""

    index: int
    clear: bool


class Applicable:
    """Answers, for one contract, which schemas apply to a value."""

    def __init__(self, schemas: Schemas) -> None:
        self.schemas = schemas
        self._engines: dict[int, Engine] = {}

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

    def to(self, schema: Schema, value: Any) -> list[dict[str, Any]]:
        """Return every schema object that applies to `value` where `schema` does, itself first."""
        found: list[dict[str, Any]] = []
        seen: set[int] = set()
        waiting = [schema]
        while waiting:
            current = waiting.pop()
            if not isinstance(current, dict) or id(current) in seen:
                continue
            seen.add(id(current))
            found.append(current)
            waiting.extend(reversed(list(self._brought(current, value))))
        return found

    def _brought(self, schema: dict[str, Any], value: Any) -> Iterator[Schema]:
        if "$ref" in schema:
            yield self.definition(schema["$ref"])
        yield from schema.get("allOf", ())
        yield from self._alternatives(schema, value)
        if "if" in schema:
            fits = self.engine(schema["if"]).is_valid(value)
            if fits:
                yield schema["if"]
            yield schema.get("then" if fits else "else", True)
        if isinstance(value, dict):
            for name, dependent in schema.get("dependentSchemas", {}).items():
                if name in value:
                    yield dependent

    def _alternatives(self, schema: dict[str, Any], value: Any) -> Iterator[Schema]:
        """Yield the fitting alternatives, or the heir that a discriminator without any names."""
        for union in _UNIONS:
            if union in schema:
                yield from self._fitting(schema, union, value)
        if "x-discriminator" in schema and not any(union in schema for union in _UNIONS):
            named = self._named_branch(schema, value)
            if named is not None:
                yield self.definition(named)

    def _fitting(self, schema: dict[str, Any], union: str, value: Any) -> Iterator[Schema]:
        branches = schema[union]
        fitting = [branch for branch in branches if self.engine(branch).is_valid(value)]
        if fitting:
            yield from fitting
        elif branches:
            yield branches[self.closest(schema, union, value).index]

    def closest(self, schema: dict[str, Any], union: str, value: Any) -> Choice:
        """Return the alternative closest to a value that none of them fits.

        The alternative that the discriminator names, if there is one; else by, in this order:
        the value's own type, members that name the alternative (a `const` or one-value `enum`),
        names missing or not known, number of faults.
        """
        branches = schema[union]
        named = self._named_branch(schema, value)
        for index, branch in enumerate(branches):
            if named is not None and isinstance(branch, dict) and branch.get("$ref") == named:
                return Choice(index, clear=True)
        ranked = sorted((self._distance(branch, value), index) for index, branch in enumerate(branches))
        (best, index), others = ranked[0], ranked[1:]
        return Choice(index, clear=not best[0] and (not others or others[0][0][:3] > best[:3]))

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
        named, required, tags = self.members(branch, value)
        tag = sum(_tag_verdict(schema, value[name]) for name, schema in tags if name in value)
        strange = sum(1 for name in value if name not in named)
        missing = sum(1 for name in required if name not in value)
        return (
            False,
            -tag,
            strange + missing - 2 * sum(1 for name in value if name in named),
            _count(faults),
        )

    def members(self, schema: Schema, value: Any) -> tuple[set[str], set[str], list[tuple[str, Schema]]]:
        """Return the names that a schema gives an object's members: known, required, and tagged."""
        named: set[str] = set()
        required: set[str] = set()
        tags: list[tuple[str, Schema]] = []
        for part in self.to(schema, value):
            properties = part.get("properties", {})
            named.update(properties)
            required.update(part.get("required", ()))
            targets = ((name, self.target(sub)) for name, sub in properties.items())
            tags += [(name, target) for name, target in targets if _is_tag(target)]
        return named, required, tags

    def children(self, schemas: list[dict[str, Any]], key: str) -> tuple[list[Schema], bool]:
        """Return the schemas of the member `key`, and whether a schema names it (not just allows it)."""
        found: list[Schema] = []
        named = False
        for schema in schemas:
            local = False
            if key in schema.get("properties", ()):
                found.append(schema["properties"][key])
                named = local = True
            for pattern, sub in schema.get("patternProperties", {}).items():
                if matches_pattern(pattern, key):
                    found.append(sub)
                    local = True
            extra = schema.get("additionalProperties", False)
            if not local and extra is not False:
                found.append(extra)
        if not found:
            found = [
                extra
                for schema in schemas
                if (extra := schema.get("unevaluatedProperties", False)) is not False
            ]
        return found, named

    def items(self, schemas: list[dict[str, Any]], index: int) -> list[Schema]:
        """Return the schemas of the item at `index`."""
        found: list[Schema] = []
        for schema in schemas:
            prefix = schema.get("prefixItems", ())
            if index < len(prefix):
                found.append(prefix[index])
            elif "items" in schema:
                found.append(schema["items"])
        if not found:
            found = [schema["unevaluatedItems"] for schema in schemas if "unevaluatedItems" in schema]
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


def _is_tag(schema: Schema) -> bool:
    return isinstance(schema, dict) and ("const" in schema or len(schema.get("enum", ())) == 1)


def _tag_verdict(schema: Schema, value: Any) -> int:
    expected = schema["const"] if "const" in schema else schema.get("enum", [None])[0]
    return 1 if value == expected else -1


def _count(faults: list[Fault]) -> int:
    return sum(1 + min((_count(list(branch)) for branch in fault.branches), default=0) for fault in faults)
