"""A schema inside a document → rows of fields: properties, arrays, references and compositions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.bounds import bounds_of_schema
from wireproof.claims.claim import FieldClaim, Lines, Path, Scope, Value, ValuesClaim
from wireproof.claims.composed import conjoined, either
from wireproof.claims.nulls import speaks_of_null

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wireproof.claims.outlines import Place

__all__ = ["Walk", "resolved"]

_DEEPEST: Final = 40
_MOST: Final = 5000
_UNITS: Final = frozenset({"s", "ms", "percent", "byte", "px", "min"})


def resolved(document: Any, node: Any, place: Place) -> tuple[Any, Place]:
    """Return what a local `$ref` leads to and where that stands; anything else as it is."""
    seen = 0
    while isinstance(node, dict) and isinstance(node.get("$ref"), str) and seen < 20:
        reference = node["$ref"]
        if not reference.startswith("#/"):
            return {}, place
        keys = [key.replace("~1", "/").replace("~0", "~") for key in reference[2:].split("/")]
        target: Any = document
        for key in keys:
            target = target.get(key) if isinstance(target, dict) else None
        if target is None:
            return {}, place
        node, place, seen = target, tuple(keys), seen + 1
    return node, place


@dataclass(slots=True)
class Walk:
    """One schema of a document, walked with the lines of the page at hand."""

    document: Any
    at: Mapping[Place, int]
    scope: Scope
    first: int
    made: int = 0
    inside: list[Place] = field(default_factory=list)

    def lines(self, place: Place) -> Lines:
        """Return the lines of a part: from its key to the last key or item inside it."""
        for size in range(len(place), -1, -1):
            if place[:size] in self.at:
                return Lines(self.at[place[:size]], self.at[place[:size]])
        return Lines(self.first, self.first)

    def fields(self, schema: Any, place: Place) -> list[FieldClaim | ValuesClaim]:
        """Return a claim for each property below, one of all the parts that describe it.

        A schema that requires nothing at all does not say that everything is optional.
        """
        said = self._below(schema, place, ())
        if any(isinstance(claim, FieldClaim) and claim.required for claim in said):
            return said
        return [replace(claim, required=None) if isinstance(claim, FieldClaim) else claim for claim in said]

    def _below(
        self, schema: Any, place: Place, path: Path, *, needed: frozenset[str] = frozenset()
    ) -> list[FieldClaim | ValuesClaim]:
        """Return the claims below a path; `needed` are the names that the whole of it requires."""
        schema, place = resolved(self.document, schema, place)
        if (
            not isinstance(schema, dict)
            or len(self.inside) > _DEEPEST
            or place in self.inside
            or self.made > _MOST
        ):
            return []
        self.made += 1
        self.inside.append(place)
        names = needed | _required(self.document, schema)
        said: list[FieldClaim | ValuesClaim] = []
        properties = schema.get("properties")
        for name, inner in properties.items() if isinstance(properties, dict) else ():
            duty = str(name) in names
            said += self._property(str(name), inner, (*place, "properties", name), path, required=duty)
        if "items" in schema:
            below = path if path and path[-1] == "*" else (*path, "*")
            said += self._below(schema["items"], (*place, "items"), below)
        for number, part in enumerate(_parts(schema, "allOf")):
            said += self._below(part, (*place, "allOf", number), path, needed=names)
        for keyword in ("oneOf", "anyOf"):
            said += either(
                [
                    self._below(part, (*place, keyword, number), path, needed=names)
                    for number, part in enumerate(_parts(schema, keyword))
                ]
            )
        self.inside.pop()
        return conjoined(said)

    def _property(
        self,
        name: str,
        schema: Any,
        place: Place,
        path: Path,
        *,
        required: bool,
    ) -> Iterator[FieldClaim | ValuesClaim]:
        inner, target = resolved(self.document, schema, place)
        self.made += 1
        here = (*path, name)
        facts = _facts(self.document, inner) if isinstance(inner, dict) else {}
        lines = self.lines(place)
        said = _text(inner, "description") or _text(inner, "title")
        if facts and facts["nullable"] is None and speaks_of_null(said):
            facts["nullable"] = True
        yield FieldClaim(
            lines, self.scope, here, required=required, listed=self.first, description=said, **facts
        )
        yield from self._worded(inner, target, ".".join(here))
        if isinstance(inner, dict):
            listed = "items" in inner
            below = (*here, "*") if listed or "array" in facts["types"] else here
            yield from self._below(inner.get("items", inner), (*target, "items") if listed else target, below)

    def _worded(self, schema: Any, place: Place, about: str) -> Iterator[ValuesClaim]:
        """Say the values to which an exporter's extension gives names."""
        key = next(
            (
                key
                for key in ("x-apifox-enum", "x-enum")
                if isinstance(schema, dict) and isinstance(schema.get(key), list)
            ),
            "",
        )
        if not key:
            return
        values = tuple(
            Value(
                item.get("value"),
                _text(item, "name") or _text(item, "description"),
                self.lines((*place, key, number, "value")).first,
            )
            for number, item in enumerate(schema[key])
            if isinstance(item, dict) and "value" in item
        )
        if values:
            yield ValuesClaim(Lines(values[0].line, values[-1].line), self.scope, about, values)


def _required(document: Any, schema: Any, depth: int = 0) -> frozenset[str]:
    """Return the names that a schema requires with all its parts."""
    names = frozenset(name for name in _parts(schema, "required") if isinstance(name, str))
    for part in _parts(schema, "allOf") if depth < _DEEPEST else ():
        inner, _ = resolved(document, part, ())
        if isinstance(inner, dict):
            names |= _required(document, inner, depth + 1)
    return names


def _parts(schema: dict[str, Any], keyword: str) -> list[Any]:
    written = schema.get(keyword)
    return written if isinstance(written, list) else []


def _facts(document: Any, schema: dict[str, Any]) -> dict[str, Any]:
    types, enum = _allowed(document, schema)
    items, _ = resolved(document, schema.get("items"), ())
    written = schema.get("type")
    nullable = True if schema.get("nullable") is True or "null" in types or None in enum else None
    unit = schema.get("x-unit")
    return {
        "types": types,
        "items": _allowed(document, items)[0] if isinstance(items, dict) else (),
        "written": written if isinstance(written, str) else "",
        "nullable": nullable,
        "enum": enum,
        "format": _text(schema, "format"),
        "unit": unit if isinstance(unit, str) and unit in _UNITS else "",
        "example": _shown(schema.get("example")),
        "default": _shown(schema.get("default")),
        "bounds": bounds_of_schema(schema),
    }


def _allowed(
    document: Any, schema: dict[str, Any], depth: int = 0
) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Return the types and the values that a schema allows: its own, or those of its parts.

    Of branches they are those of all, and none where one of them is open.
    """
    types, enum = _types(schema), tuple(_parts(schema, "enum"))
    if "const" in schema and not isinstance(schema["const"], dict | list):
        enum = (schema["const"],)
    if depth >= _DEEPEST:
        return types, enum
    for part in _parts(schema, "allOf"):
        inner, _ = resolved(document, part, ())
        more = _allowed(document, inner, depth + 1) if isinstance(inner, dict) else ((), ())
        types, enum = types or more[0], enum or more[1]
    for keyword in ("oneOf", "anyOf"):
        inners = [resolved(document, part, ())[0] for part in _parts(schema, keyword)]
        found = [_allowed(document, one, depth + 1) for one in inners if isinstance(one, dict)]
        closed = len(found) == len(inners)
        if closed and not types and all(one for one, _ in found):
            types = tuple(dict.fromkeys(name for some, _ in found for name in some))
        if closed and not enum and all(values or kinds == ("null",) for kinds, values in found):
            enum = tuple(dict.fromkeys(value for _, values in found for value in values))
    return types, enum


def _types(schema: dict[str, Any]) -> tuple[str, ...]:
    written = schema.get("type")
    if isinstance(written, str):
        return (written,)
    if isinstance(written, list):
        return tuple(name for name in written if isinstance(name, str))
    if isinstance(schema.get("properties"), dict):
        return ("object",)
    return ("array",) if "items" in schema else ()


def _shown(value: Any) -> str | None:
    return None if value is None or isinstance(value, dict | list) else str(value)


def _text(node: Any, key: str) -> str:
    value = node.get(key) if isinstance(node, dict) else None
    return value.strip() if isinstance(value, str) else ""
