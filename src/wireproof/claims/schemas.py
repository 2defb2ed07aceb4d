"""A schema inside a document → rows of fields: properties, arrays, references and compositions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import FieldClaim, Lines, Path, Scope, Value, ValuesClaim

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

    def fields(
        self, schema: Any, place: Place, path: Path = (), *, sure: bool = True
    ) -> Iterator[FieldClaim | ValuesClaim]:
        """Return a claim for each property below; `sure` is False inside one branch of several."""
        schema, place = resolved(self.document, schema, place)
        if (
            not isinstance(schema, dict)
            or len(self.inside) > _DEEPEST
            or place in self.inside
            or self.made > _MOST
        ):
            return
        self.made += 1
        self.inside.append(place)
        required = schema.get("required")
        names = [name for name in required if isinstance(name, str)] if isinstance(required, list) else []
        properties = schema.get("properties")
        for name, inner in properties.items() if isinstance(properties, dict) else ():
            yield from self._property(
                str(name), inner, (*place, "properties", name), path, required=name in names if sure else None
            )
        if "items" in schema:
            below = path if path and path[-1] == "*" else (*path, "*")
            yield from self.fields(schema["items"], (*place, "items"), below, sure=sure)
        for keyword in ("allOf", "oneOf", "anyOf"):
            written = schema.get(keyword)
            parts = written if isinstance(written, list) else []
            for number, part in enumerate(parts):
                branch = (*place, keyword, number)
                yield from self.fields(
                    part, branch, path, sure=sure and (keyword == "allOf" or len(parts) == 1)
                )
        self.inside.pop()

    def _property(
        self,
        name: str,
        schema: Any,
        place: Place,
        path: Path,
        *,
        required: bool | None,
    ) -> Iterator[FieldClaim | ValuesClaim]:
        inner, target = resolved(self.document, schema, place)
        self.made += 1
        here = (*path, name)
        facts = _facts(self.document, inner) if isinstance(inner, dict) else {}
        lines = self.lines(place)
        yield FieldClaim(
            lines,
            self.scope,
            here,
            required=required,
            listed=self.first,
            description=_text(inner, "description") or _text(inner, "title"),
            **facts,
        )
        yield from self._worded(inner, target, ".".join(here))
        if isinstance(inner, dict):
            listed = "items" in inner
            below = (*here, "*") if listed or "array" in facts["types"] else here
            yield from self.fields(inner.get("items", inner), (*target, "items") if listed else target, below)

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


def _facts(document: Any, schema: dict[str, Any]) -> dict[str, Any]:
    types = _types(schema)
    items, _ = resolved(document, schema.get("items"), ())
    for part in schema.get("allOf", []) if isinstance(schema.get("allOf"), list) else []:
        inner, _ = resolved(document, part, ())
        types = types or (_types(inner) if isinstance(inner, dict) else ())
    written = schema.get("type")
    nullable = True if schema.get("nullable") is True or "null" in types else None
    enum = schema.get("enum")
    unit = schema.get("x-unit")
    return {
        "types": types,
        "items": _types(items) if isinstance(items, dict) else (),
        "written": written if isinstance(written, str) else "",
        "nullable": nullable,
        "enum": tuple(enum) if isinstance(enum, list) else (),
        "format": _text(schema, "format"),
        "unit": unit if isinstance(unit, str) and unit in _UNITS else "",
        "example": _shown(schema.get("example")),
        "default": _shown(schema.get("default")),
    }


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
