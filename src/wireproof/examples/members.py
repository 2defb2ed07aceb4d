"""Which members an example of an object has, and what each must fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.examples.patterns import PatternError, text_of
from wireproof.examples.scalars import StuckError
from wireproof.validating.engine import matches_pattern
from wireproof.validating.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wireproof.contract import Schema
    from wireproof.examples.chance import Chance
    from wireproof.validating import Applicable

__all__ = ["Members"]

_DESCRIBING = ("properties", "patternProperties", "additionalProperties", "unevaluatedProperties")
_KEYS = ("alpha", "bravo", "delta", "echo", "golf", "hotel", "india", "kilo", "lima", "oscar", "papa")
_RARE = 0.2


class Members:
    """The members that some schemas together ask of one object."""

    def __init__(self, applicable: Applicable, parts: Iterable[dict[str, Any]]) -> None:
        self.applicable = applicable
        self.parts: list[dict[str, Any]] = []
        self.add(parts)
        self._taken: set[int] = set()

    def add(self, parts: Iterable[dict[str, Any]]) -> None:
        """Let more schemas speak about the object."""
        self.parts += [part for part in parts if not any(part is known for known in self.parts)]
        self._scope = Scope(self.parts)

    def declared(self) -> list[str]:
        """Return the names that `properties` list, in order."""
        return list(dict.fromkeys(name for part in self.parts for name in part.get("properties", ())))

    def required(self, present: Iterable[str] = ()) -> list[str]:
        """Return the names that must be there, with those that present ones bring."""
        found = [name for part in self.parts for name in part.get("required", ())]
        for name in present:
            found += [
                needed for part in self.parts for needed in part.get("dependentRequired", {}).get(name, ())
            ]
        return list(dict.fromkeys(found))

    def least(self) -> int:
        """Return how many members there must be."""
        return max((part.get("minProperties", 0) for part in self.parts), default=0)

    def most(self) -> float:
        """Return how many members there may be."""
        return min((part["maxProperties"] for part in self.parts if "maxProperties" in part), default=1000)

    def names(self, chance: Chance, *, optional: float) -> list[str]:
        """Return the required names, and each optional one with the probability `optional`."""
        required = self.required()
        for name in required:
            if not self.admits(name):
                raise StuckError(f"the required member {name} is not admitted")
        declared = [name for name in self.declared() if name in required or self.admits(name)]
        rest = [name for name in required if name not in declared]
        chosen = {name for name in declared if name in required or chance.random() < optional}
        spare = [name for name in declared if name not in chosen]
        while spare and len(chosen) + len(rest) < self.least():
            chosen.add(spare.pop(chance.randrange(0, len(spare))))
        surplus = [name for name in declared if name in chosen and name not in required]
        while surplus and len(chosen) + len(rest) > self.most():
            chosen.remove(surplus.pop(chance.randrange(0, len(surplus))))
        return [*(name for name in declared if name in chosen), *rest]

    def free(self, chance: Chance) -> int:
        """Return how many keys to make up: some for a map, none where all members are named."""
        opened = any(
            part.get(keyword, False) is not False for part in self.parts for keyword in _DESCRIBING[1:]
        )
        described = any(keyword in part for part in self.parts for keyword in _DESCRIBING)
        if opened and not self.declared():
            return chance.randrange(1, 4)
        return 1 if (opened or not described) and chance.random() < _RARE else 0

    def name_rules(self) -> list[Schema]:
        """Return the schemas that every member's name must fit."""
        return [part["propertyNames"] for part in self.parts if "propertyNames" in part]

    def made_up(self, chance: Chance) -> str:
        """Return a name for a free key."""
        patterns = [pattern for part in self.parts for pattern in part.get("patternProperties", ())]
        if not patterns:
            return chance.choice(_KEYS)
        try:
            return text_of(chance.choice(patterns), chance)
        except PatternError as error:
            raise StuckError(f"no member name is made: {error}") from error

    def admits(self, name: str) -> bool:
        """Return whether a member of that name may be there at all."""
        if any(_closes(part, name) for part in self.parts):
            return False
        if not all(self.applicable.engine(rule).is_valid(name) for rule in self.name_rules()):
            return False
        schemas = self.schemas(name)
        if any(schema is False for schema in schemas):
            return False
        return bool(schemas) or not any(part.get("unevaluatedProperties") is False for part in self.parts)

    def schemas(self, name: str) -> tuple[Schema, ...]:
        """Return what the member `name` must fit."""
        return self._scope.member(name)[0]

    def dependents(self, names: Iterable[str]) -> list[Schema]:
        """Return the schemas that present members bring, each once."""
        present = set(names)
        found = [
            schema
            for part in self.parts
            for name, schema in part.get("dependentSchemas", {}).items()
            if name in present and id(schema) not in self._taken
        ]
        self._taken.update(id(schema) for schema in found)
        return found


def _closes(part: dict[str, Any], name: str) -> bool:
    return (
        part.get("additionalProperties") is False
        and name not in part.get("properties", ())
        and not any(matches_pattern(pattern, name) for pattern in part.get("patternProperties", ()))
    )
