"""All schemas about one value together: what they say of its members and items."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from wireproof.validating.engine import matches_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wireproof.contract import Schema

__all__ = ["Scope"]

_DESCRIBING = ("properties", "patternProperties", "additionalProperties", "unevaluatedProperties")
_KEPT = 1000
"""How many member names are kept with what was found for them: a map's keys have no end."""


class Scope:
    """The schema objects that apply to a value; equal sets of them share one scope."""

    def __init__(self, schemas: Iterable[dict[str, Any]]) -> None:
        self.schemas = tuple(schemas)
        self._members: dict[str, tuple[tuple[Schema, ...], bool]] = {}
        self._items: dict[int, tuple[Schema, ...]] = {}

    @cached_property
    def described(self) -> bool:
        """Return whether any schema says which members this object has."""
        return any(keyword in schema for schema in self.schemas for keyword in _DESCRIBING)

    @cached_property
    def required(self) -> frozenset[str]:
        """Return the names of the members that must be there."""
        return frozenset(name for schema in self.schemas for name in schema.get("required", ()))

    @cached_property
    def open_lists(self) -> tuple[dict[str, Any], ...]:
        """Return the schemas that list known words and admit others."""
        return tuple(schema for schema in self.schemas if isinstance(schema.get("x-extensible-enum"), list))

    @cached_property
    def families(self) -> tuple[dict[str, Any], ...]:
        """Return the schemas of which a member tells the alternative, or the heir: `discriminator`."""
        return tuple(schema for schema in self.schemas if "x-discriminator" in schema)

    def member(self, key: str) -> tuple[tuple[Schema, ...], bool]:
        """Return the schemas of the member `key`, and whether one names it rather than just allows it.

        A member that is required is named, although nothing more may be said about it.
        """
        known = self._members.get(key)
        if known is None:
            known = self._found(key)
            if len(self._members) < _KEPT:
                self._members[key] = known
        return known

    def _found(self, key: str) -> tuple[tuple[Schema, ...], bool]:
        found: list[Schema] = []
        named = key in self.required
        for schema in self.schemas:
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
            extras = (schema.get("unevaluatedProperties", False) for schema in self.schemas)
            found = [extra for extra in extras if extra is not False]
        return tuple(found), named

    def item(self, index: int) -> tuple[Schema, ...]:
        """Return the schemas of the item at `index`."""
        index = min(index, self._longest_prefix)
        if index not in self._items:
            found = [
                schema["prefixItems"][index]
                if index < len(schema.get("prefixItems", ()))
                else schema["items"]
                for schema in self.schemas
                if index < len(schema.get("prefixItems", ())) or "items" in schema
            ]
            extras = [schema["unevaluatedItems"] for schema in self.schemas if "unevaluatedItems" in schema]
            self._items[index] = tuple(found or extras)
        return self._items[index]

    @cached_property
    def _longest_prefix(self) -> int:
        return max((len(schema.get("prefixItems", ())) for schema in self.schemas), default=0)
