"""The closed copy of a schema: every described object admits only the members that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wireproof.contract import Schema

__all__ = ["SAFE_NUMBERS", "OpenError", "closed"]

_SAFE = 1 << 53
_NUMBERS = frozenset({"integer", "number"})
_ALL = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_DESCRIBING = ("properties", "patternProperties", "additionalProperties", "unevaluatedProperties")
_BRANCHES = ("allOf", "anyOf", "oneOf")
_IN_PLACE = frozenset({*_BRANCHES, "$ref", "if", "then", "else", "dependentSchemas"})
_BELOW = frozenset({"additionalProperties", "unevaluatedProperties", "items", "unevaluatedItems"})
_MAPS = frozenset({"dependentSchemas", "patternProperties", "properties"})
_INSIDE = _BELOW | {"patternProperties", "prefixItems", "properties"}
_NESTING = frozenset(
    {*_DESCRIBING, *_IN_PLACE, "items", "prefixItems", "unevaluatedItems", "x-extensible-enum"}
)
_STRANGE = frozenset({"$anchor", "$dynamicAnchor", "$dynamicRef", "$id", "$recursiveRef", "additionalItems"})
_ANNOTATIONS = frozenset(
    {"description", "title", "example", "examples", "default", "deprecated", "externalDocs"}
)
SAFE_NUMBERS = "wireproof:safe"


class OpenError(Exception):
    """The schema holds something that cannot be closed with certainty."""


def closed(document: Mapping[str, Any], *, alone: bool = False) -> tuple[dict[str, Any], bool]:
    """Return a document with every described object closed, and whether it may admit more than the open one.

    That is so where `oneOf` stands: closing may leave one alternative of several that fit.  `alone`
    has the open alternatives stand beside the closed ones, so that it never admits more.  Raises an
    error where closing would not be certain.
    """
    return _Closing(document, alone=alone).document()


class _Closing:
    """The closed copy of a document: its definitions, each in one or both of two forms.

    A definition is copied `beside` where it applies together with others to one value (its members
    are closed, itself is not), and as a `root` where it alone describes a value.
    """

    def __init__(self, document: Mapping[str, Any], *, alone: bool) -> None:
        self._open: Mapping[str, Schema] = document["$defs"]
        self._alone = alone
        self._copies: dict[tuple[str, bool], str] = {}
        self._defs: dict[str, Any] = dict(self._open)
        self._ambiguous = False

    def document(self) -> tuple[dict[str, Any], bool]:
        root = self._root({"$ref": "#/$defs/root"})
        safe = {"$ref": f"#/$defs/{SAFE_NUMBERS}"}
        self._defs[SAFE_NUMBERS] = {
            "minimum": -_SAFE,
            "maximum": _SAFE,
            "items": safe,
            "additionalProperties": safe,
        }
        return {"$defs": self._defs, **root}, self._ambiguous

    def _reference(self, reference: str, *, root: bool) -> str:
        name = reference.rpartition("/")[2]
        if name not in self._open:
            raise OpenError
        key = (name, root)
        if key not in self._copies:
            self._copies[key] = f"wireproof:{len(self._copies)}"
            copy = self._root(self._open[name]) if root else self._beside(self._open[name])
            self._defs[self._copies[key]] = copy
        return f"#/$defs/{self._copies[key]}"

    def _root(self, schema: Schema) -> Schema:
        if schema is False:
            return False
        if not isinstance(schema, dict):
            return {"$ref": f"#/$defs/{SAFE_NUMBERS}"}
        applied = _IN_PLACE & schema.keys()
        if applied == {"$ref"} and not any(keyword in schema for keyword in _DESCRIBING):
            copy = self._beside({key: value for key, value in schema.items() if key != "$ref"})
            return {**copy, "$ref": self._reference(schema["$ref"], root=True)}
        copy = self._beside(schema)
        if not self._describes(schema):
            return _guarded(schema, copy, whole=bool(applied))
        if applied:
            copy.setdefault("unevaluatedProperties", False)
        elif "unevaluatedProperties" not in copy:
            copy.setdefault("additionalProperties", False)
        return _guarded(
            schema, copy, whole="if" in applied or (bool(applied) and schema.get("type") != "object")
        )

    def _beside(self, schema: Schema) -> Any:
        if not isinstance(schema, dict):
            return schema
        if not _STRANGE.isdisjoint(schema):
            raise OpenError
        if "x-discriminator" in schema and "oneOf" not in schema and "anyOf" not in schema:
            raise OpenError
        self._ambiguous = self._ambiguous or "oneOf" in schema
        copy = {
            keyword: self._copied(keyword, value)
            for keyword, value in schema.items()
            if keyword not in _ANNOTATIONS and not keyword.startswith("x-")
        }
        required = schema.get("required")
        if isinstance(required, list) and "additionalProperties" not in schema:
            safe = {"$ref": f"#/$defs/{SAFE_NUMBERS}"}
            copy["properties"] = {**dict.fromkeys(required, safe), **copy.get("properties", {})}
        if isinstance(schema.get("x-extensible-enum"), list):
            listed = {"anyOf": [{"not": {"type": "string"}}, {"enum": schema["x-extensible-enum"]}]}
            copy["allOf"] = [*copy.get("allOf", ()), listed]
        if self._alone and "oneOf" in schema:
            copy["allOf"] = [*copy.get("allOf", ()), {"oneOf": schema["oneOf"]}]
        return copy

    def _copied(self, keyword: str, value: Any) -> Any:
        if keyword == "$ref":
            return self._reference(value, root=False)
        if keyword == "if":
            return _shallow(value)
        copied = self._beside if keyword in _IN_PLACE else self._root if keyword in _INSIDE else None
        if copied is None:
            return value
        if keyword in _MAPS:
            return {name: copied(inner) for name, inner in value.items()}
        return [copied(inner) for inner in value] if isinstance(value, list) else copied(value)

    def _describes(self, schema: Schema) -> bool:
        """Return whether a schema, or one that it may bring to the same value, names members."""
        seen: set[int] = set()
        waiting: list[Schema] = [schema]
        while waiting:
            current = waiting.pop()
            if not isinstance(current, dict) or id(current) in seen:
                continue
            seen.add(id(current))
            if any(keyword in current for keyword in _DESCRIBING):
                return True
            waiting.extend(self._beside_it(current))
        return False

    def _beside_it(self, schema: dict[str, Any]) -> Iterable[Schema]:
        if "$ref" in schema:
            yield self._open.get(schema["$ref"].rpartition("/")[2], True)
        for keyword in _BRANCHES:
            yield from schema.get(keyword, ())
        for keyword in ("if", "then", "else"):
            if keyword in schema:
                yield schema[keyword]
        yield from schema.get("dependentSchemas", {}).values()


def _guarded(schema: dict[str, Any], copy: dict[str, Any], *, whole: bool) -> dict[str, Any]:
    """Return the closed copy of a schema that also keeps every number inside what a double tells apart.

    With `whole` all of the value is looked through; else what the copy itself leaves open.
    """
    types = _types(schema)
    if "array" in types and "items" not in copy:
        whole = True
    if "object" in types and not ("additionalProperties" in copy or "unevaluatedProperties" in copy):
        whole = True
    if whole and not types.isdisjoint({"array", "object"}):
        # Beside the copy, not in it: there it would count as naming every member.
        return {"allOf": [copy, {"$ref": f"#/$defs/{SAFE_NUMBERS}"}]}
    if not types.isdisjoint(_NUMBERS):
        copy["minimum"] = max(copy.get("minimum", -_SAFE), -_SAFE)
        copy["maximum"] = min(copy.get("maximum", _SAFE), _SAFE)
    return copy


def _types(schema: dict[str, Any]) -> frozenset[str]:
    """Return the types that the keywords `type`, `enum` and `const` leave to a value."""
    declared = schema.get("type")
    if isinstance(declared, str):
        return frozenset({declared})
    if isinstance(declared, list):
        return frozenset(declared)
    listed = [schema["const"]] if "const" in schema else schema.get("enum")
    if isinstance(listed, list) and all(isinstance(member, str | bool | None) for member in listed):
        return frozenset({"boolean", "null", "string"})
    return _ALL


def _shallow(condition: Schema) -> Schema:
    """Return a condition that says nothing of what lies inside its members; refuse any other."""
    if not isinstance(condition, dict):
        return condition
    if not _NESTING.isdisjoint(condition.keys() - {"properties"}):
        raise OpenError
    for member in condition.get("properties", {}).values():
        if isinstance(member, dict) and not _NESTING.isdisjoint(member):
            raise OpenError
    return condition
