"""Values that fit a schema: all that it asks is folded, a value is made, and what is hard is checked."""

from __future__ import annotations

from copy import deepcopy
from math import inf
from typing import TYPE_CHECKING, Any

from wireproof.errors import ContractError
from wireproof.examples.heights import Heights
from wireproof.examples.members import Members
from wireproof.examples.scalars import StuckError, number, text
from wireproof.validating import Applicable
from wireproof.validating.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wireproof.contract import Schema, Schemas
    from wireproof.examples.chance import Chance

__all__ = ["Examples"]

_ATTEMPTS = 40
_PATIENCE = 20_000
_DEEP = 6
_MANY = 400
_OFTEN_NULL = 0.2
_CONTRADICTION = "what its parts ask does not fit together"
_NAME = {"type": "string"}
_TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")
_PLAIN = ("boolean", "integer", "string")
_IMPLIED = {
    "object": ("properties", "required", "additionalProperties", "patternProperties", "minProperties",
               "maxProperties", "propertyNames", "dependentRequired", "dependentSchemas"),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"),
    "string": ("pattern", "minLength", "maxLength", "format", "x-extensible-enum"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}  # fmt: skip
_CHECKED = frozenset({
    "const", "contains", "dependentRequired", "dependentSchemas", "enum", "if", "maxProperties", "not",
    "oneOf", "patternProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties", "uniqueItems",
})  # fmt: skip
"""Keywords that a value made by folding may still break: where one applies, the engine is asked."""


class Examples:
    """Makes payloads for the schemas of one contract; what it learns about them is kept."""

    def __init__(self, schemas: Schemas) -> None:
        self.schemas = schemas
        self.applicable = Applicable(schemas)
        self.heights = Heights(schemas)
        self._tagged: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {}

    def payload(self, name: str, chance: Chance, *, optional: float = 0.6) -> Any:
        """Return one value that fits the definition `name`; the same choices give the same value.

        An optional member is there with the probability `optional`.  Raises `ContractError`,
        with the place of the schema, where no value is found.
        """
        schema = self.schemas.defs[name]
        try:
            return _Making(self, chance, optional).payload(schema)
        except StuckError as stuck:
            culprit = stuck.schema if stuck.schema is not None else schema
            place = self.schemas.place(culprit)
            raise ContractError(
                f"{place or name}: no example is found for this schema: {stuck}",
                hint="see whether any value can fit it; if one can, simplify what it asks",
            ) from stuck

    def fits(self, schemas: Iterable[Schema], value: Any) -> bool:
        """Return whether a value fits all schemas."""
        return all(
            schema is True or (schema is not False and self.applicable.engine(schema).is_valid(value))
            for schema in schemas
        )

    def tagged(self, name: str, words: tuple[str, ...]) -> dict[str, Any]:
        """Return the schema of an object whose member `name` is one of some words, always the same one."""
        schema = {"properties": {name: {"enum": list(words)}}, "required": [name]}
        return self._tagged.setdefault((name, words), schema)


class _Making:
    """The making of one payload."""

    def __init__(self, examples: Examples, chance: Chance, optional: float) -> None:
        self.examples = examples
        self.applicable = examples.applicable
        self.chance = chance
        self.optional = optional
        self.made = 0
        self.steps = 0
        self._makers: dict[str, Callable[[list[dict[str, Any]], int], Any]] = {
            "null": lambda _parts, _depth: None,
            "boolean": lambda _parts, _depth: chance.random() < 0.5,  # noqa: PLR2004 - a coin
            "integer": lambda parts, _depth: number(parts, chance, whole=True),
            "number": lambda parts, _depth: number(parts, chance, whole=False),
            "string": lambda parts, _depth: text(parts, chance),
            "array": self.array,
            "object": self.object,
        }

    def payload(self, schema: Schema) -> Any:
        """Return a value that fits a schema in the engine's eyes too; raises `StuckError`."""
        made = self.value([schema], 0)
        if not self.examples.fits([schema], made):
            raise StuckError(_CONTRADICTION, schema)
        return made

    def is_small(self, depth: int) -> bool:
        """Return whether only the least is made: the value is deep or large already."""
        return depth > _DEEP or self.made > _MANY

    def value(self, roots: Sequence[Schema], depth: int) -> Any:
        """Return a value that fits all schemas; raises `StuckError` where none is found."""
        self.made += 1
        stuck = StuckError(_CONTRADICTION)
        for _ in range(_ATTEMPTS):
            self.steps += 1
            if self.steps > _PATIENCE:
                break
            try:
                parts = self.parts(roots, depth)
                made = self._once(roots, parts, depth)
            except StuckError as error:
                stuck = error
                continue
            if all(_CHECKED.isdisjoint(part) for part in parts) or self.examples.fits(roots, made):
                return made
        if stuck.schema is None:
            stuck.schema = next((root for root in roots if isinstance(root, dict)), None)
        raise stuck

    def parts(self, roots: Iterable[Schema], depth: int) -> list[dict[str, Any]]:
        """Return all schema objects about one value, one alternative of each union among them."""
        found: dict[int, dict[str, Any]] = {}
        tags: list[tuple[str, tuple[str, ...]]] = []
        waiting = list(roots)[::-1]
        while waiting:
            schema = waiting.pop()
            if schema is False:
                raise StuckError("a schema of it admits nothing")
            if isinstance(schema, dict) and id(schema) not in found:
                found[id(schema)] = schema
                waiting.extend(self._brought(schema, depth, tags)[::-1])
        parts = list(found.values())
        for name, words in tags:
            known = Scope(parts).member(name)[0]
            if not any(_is_listed(self.applicable.target(schema)) for schema in known):
                parts.append(self.examples.tagged(name, words))
        return parts

    def _brought(
        self, schema: dict[str, Any], depth: int, tags: list[tuple[str, tuple[str, ...]]]
    ) -> list[Schema]:
        brought: list[Schema] = list(schema.get("allOf", ()))
        if "$ref" in schema:
            brought.append(self.applicable.definition(schema["$ref"]))
        branches = [self._picked(schema[union], depth) for union in ("oneOf", "anyOf") if schema.get(union)]
        discriminator = schema.get("x-discriminator")
        if discriminator and not branches and not self.is_small(depth):
            heirs = sorted(set(discriminator["branches"].values()))
            branches = [{"$ref": self.chance.choice(heirs)}] if heirs else []
        if discriminator and branches and isinstance(branches[0], dict):
            named = discriminator["branches"].items()
            words = tuple(word for word, target in named if target == branches[0].get("$ref"))
            tags += [(discriminator["property"], words)] if words else []
        if "if" in schema and ("then" in schema or "else" in schema):
            then = self.chance.random() < 0.5  # noqa: PLR2004 - a coin
            brought += [schema["if"], schema.get("then", True)] if then else [schema.get("else", True)]
        return brought + branches

    def _picked(self, branches: Sequence[Schema], depth: int) -> Schema:
        heights = [(self.examples.heights.of(branch), index) for index, branch in enumerate(branches)]
        if self.is_small(depth):
            return branches[min(heights)[1]]
        finite = [index for height, index in heights if height < inf]
        if not finite:
            raise StuckError("each of its alternatives admits nothing finite")
        return branches[self.chance.choice(finite)]

    def _once(self, roots: Sequence[Schema], parts: list[dict[str, Any]], depth: int) -> Any:
        listed = [_members_of(part) for part in parts if _is_listed(part)]
        if listed:
            fitting = [
                member for member in min(listed, key=len) if self.examples.fits([*roots, *parts], member)
            ]
            if not fitting:
                raise StuckError("none of its listed values fits")
            return deepcopy(self.chance.choice(fitting))
        kind = self._type(parts, depth)
        if kind == "string":
            words = [word for part in parts for word in part.get("x-extensible-enum", ())]
            fitting = [word for word in words if isinstance(word, str) and self.examples.fits(roots, word)]
            if fitting:
                return self.chance.choice(fitting)
        return self._makers[kind](parts, depth)

    def _type(self, parts: Iterable[dict[str, Any]], depth: int) -> str:
        types = set(_TYPES)
        declared = implied = False
        for part in parts:
            if "type" in part:
                declared = True
                types &= _admitted_types(part["type"])
        if not declared:
            asked = {keyword for part in parts for keyword in part}
            found = [kind for kind, keywords in _IMPLIED.items() if not asked.isdisjoint(keywords)]
            implied = bool(found)
            types = {found[0]} if implied else set(_PLAIN)
        options = [kind for kind in _TYPES if kind in types and not (kind == "integer" and "number" in types)]
        if not options:
            raise StuckError("its types exclude each other")
        if options[0] == "null" and len(options) > 1:
            if self.is_small(depth) or self.chance.random() < _OFTEN_NULL:
                return "null"
            options = options[1:]
        return options[0] if self.is_small(depth) else self.chance.choice(options)

    def array(self, parts: list[dict[str, Any]], depth: int) -> list[Any]:
        """Return an array that fits all schemas, `contains` and `uniqueItems` included."""
        least = max((part.get("minItems", 0) for part in parts), default=0)
        most = min((part["maxItems"] for part in parts if "maxItems" in part), default=least + 3)
        wanted = [
            part["contains"]
            for part in parts
            if "contains" in part
            for _ in range(part.get("minContains", 1))
        ]
        least = max(least, len(wanted))
        count = least if self.is_small(depth) else self.chance.randrange(least, max(least, most) + 1)
        distinct = any(part.get("uniqueItems") is True for part in parts)
        made: list[Any] = []
        seen: set[object] = set()
        scope = Scope(parts)
        for index in range(count):
            asked = [*scope.item(index), *wanted[index : index + 1]]
            try:
                item = self._new_item(asked, depth, seen if distinct else set())
            except StuckError:
                if index < least:
                    raise
                break
            made.append(item)
            seen.add(_frozen(item))
        return made

    def _new_item(self, asked: list[Schema], depth: int, seen: set[object]) -> Any:
        for _ in range(_ATTEMPTS):
            item = self.value(asked, depth + 1)
            if _frozen(item) not in seen:
                return item
        raise StuckError("its items cannot all differ")

    def object(self, parts: list[dict[str, Any]], depth: int) -> dict[str, Any]:
        """Return an object that fits all schemas; optional members that cannot be made are left out."""
        members = Members(self.applicable, parts)
        names = members.names(self.chance, optional=0 if self.is_small(depth) else self.optional)
        self._free_names(members, names, depth)
        self._dependents(members, names, depth)
        made: dict[str, Any] = {}
        required = members.required()
        for name in names:
            try:
                made[name] = self.value(members.schemas(name), depth + 1)
            except StuckError:
                if name in required:
                    raise
        return made

    def _free_names(self, members: Members, names: list[str], depth: int) -> None:
        wanted = members.least() - len(names)
        if not self.is_small(depth):
            wanted = max(wanted, members.free(self.chance))
        for _ in range(_ATTEMPTS):
            if wanted <= 0 or len(names) >= members.most():
                return
            rules = members.name_rules()
            name = self.value([_NAME, *rules], depth + 1) if rules else members.made_up(self.chance)
            if name not in names and members.admits(name):
                names.append(name)
                wanted -= 1

    def _dependents(self, members: Members, names: list[str], depth: int) -> None:
        """Add the names and schemas that the presence of some members asks for."""
        while True:
            schemas = members.dependents(names)
            parts = self.parts(schemas, depth)
            members.add(parts)
            missing = [name for name in members.required(names) if name not in names]
            if not missing and not schemas:
                return
            names += missing


def _is_listed(schema: Schema) -> bool:
    return isinstance(schema, dict) and ("const" in schema or "enum" in schema)


def _members_of(schema: dict[str, Any]) -> list[Any]:
    return [schema["const"]] if "const" in schema else list(schema["enum"])


def _admitted_types(declared: str | list[str]) -> set[str]:
    types = {declared} if isinstance(declared, str) else set(declared)
    return types | {"integer"} if "number" in types else types


def _frozen(value: Any) -> object:
    """Return a hashable stand-in that is equal for values that JSON Schema calls equal."""
    if isinstance(value, dict):
        return frozenset((name, _frozen(member)) for name, member in value.items())
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return (isinstance(value, bool), value)
