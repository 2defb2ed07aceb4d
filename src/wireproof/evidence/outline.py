"""What a contract says about the names in a body: which it names, and where it leaves them free."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wireproof.contract import Schema, Schemas

__all__ = ["Outline", "Outlines"]

_BRANCHES = ("allOf", "anyOf", "oneOf")
_CHOOSING = frozenset({"anyOf", "oneOf", "if", "dependentSchemas", "x-discriminator"})
_COMBINING = _CHOOSING | {"$ref", "allOf"}
_KINDS: dict[str, type] = {"string": str, "boolean": bool, "array": list, "object": dict}
_FREE = ("patternProperties", "additionalProperties", "unevaluatedProperties")


class Outlines:
    """The outlines of one contract; equal sets of schemas share one."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._known: dict[tuple[int, ...], Outline] = {}

    def of(self, roots: Iterable[Schema]) -> Outline:
        """Return the outline of a value that some schemas describe."""
        parts = list(self._applying(roots))
        key = tuple(sorted(map(id, parts)))
        if key not in self._known:
            self._known[key] = Outline(self, parts)
        return self._known[key]

    def _applying(self, roots: Iterable[Schema]) -> Iterator[dict[str, Any]]:
        """Yield every schema object that may apply to the same value: all alternatives, all conditions."""
        seen: set[int] = set()
        waiting = list(roots)
        while waiting:
            current = waiting.pop()
            if not isinstance(current, dict) or id(current) in seen:
                continue
            seen.add(id(current))
            yield current
            if "$ref" in current:
                waiting.append(self._schemas.defs.get(current["$ref"].rpartition("/")[2], True))
            for keyword in _BRANCHES:
                waiting.extend(current.get(keyword, ()))
            waiting.extend(current[keyword] for keyword in ("if", "then", "else") if keyword in current)
            waiting.extend(current.get("dependentSchemas", {}).values())
            waiting.extend(
                self._schemas.defs.get(reference.rpartition("/")[2], True)
                for reference in current.get("x-discriminator", {}).get("branches", {}).values()
            )


class Outline:
    """The names of one object: `named` by some schema; `free` where others are admitted too."""

    def __init__(self, outlines: Outlines, parts: list[dict[str, Any]]) -> None:
        self._outlines, self._parts = outlines, parts
        self._members: dict[str, Outline] = {}

    @cached_property
    def named(self) -> frozenset[str]:
        """Return the names that some schema gives a member."""
        names: set[str] = set()
        for part in self._parts:
            names.update(part.get("properties", ()), part.get("required", ()))
        return frozenset(names)

    @cached_property
    def free(self) -> bool:
        """Return whether some schema admits members by other names."""
        return any(part.get(keyword, False) is not False for part in self._parts for keyword in _FREE)

    @cached_property
    def certain(self) -> bool:
        """Return whether a value that passes a gate has no names but these, where it is not `free`.

        False where a schema admits objects or arrays of which nothing is said.
        """
        beside = {id(one) for part in self._parts if _is_single(part) for one in part.get("allOf", ())}
        return all(self._is_told(part) or id(part) in beside for part in self._parts)

    def _is_told(self, part: dict[str, Any]) -> bool:
        if not _COMBINING.isdisjoint(part):
            return True
        declared = part.get("type")
        if declared is None:
            return "properties" in part or "const" in part or "enum" in part or "items" in part
        kinds = {declared} if isinstance(declared, str) else set(declared)
        if "object" in kinds and not any(name in part for name in ("properties", *_FREE)):
            return False
        return "array" not in kinds or "items" in part

    @cached_property
    def kind(self) -> type | None:
        """Return the Python type of every value that fits, where the schema admits one alone."""
        if any(not _CHOOSING.isdisjoint(part) for part in self._parts):
            return None
        types = {str(part["type"]) for part in self._parts if "type" in part}
        return _KINDS.get(types.pop()) if len(types) == 1 else None

    @cached_property
    def nothing(self) -> Outline:
        """Return the outline of a value that no schema speaks about."""
        return self._outlines.of(())

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Return the schema objects that may apply."""
        return self._parts

    def member(self, name: str) -> Outline:
        """Return the outline of a member."""
        if name not in self._members:
            self._members[name] = self._outlines.of(
                part["properties"][name] for part in self._parts if name in part.get("properties", ())
            )
        return self._members[name]

    def others(self) -> Outline:
        """Return the outline of the members whose names are left free."""
        return self._others

    @cached_property
    def _others(self) -> Outline:
        found: list[Schema] = []
        for part in self._parts:
            found += part.get("patternProperties", {}).values()
            found += [part[keyword] for keyword in _FREE[1:] if keyword in part]
        return self._outlines.of(found)

    def items(self) -> Outline:
        """Return the outline of an array's items."""
        return self._items

    @cached_property
    def _items(self) -> Outline:
        found: list[Schema] = []
        for part in self._parts:
            found += part.get("prefixItems", ())
            found += [part[keyword] for keyword in ("items", "unevaluatedItems") if keyword in part]
        return self._outlines.of(found)


def _is_single(part: dict[str, Any]) -> bool:
    """Return whether a schema admits single values alone."""
    declared = part.get("type", ["object"])
    return {"array", "object"}.isdisjoint({declared} if isinstance(declared, str) else declared)
