"""One body against one schema: the verdict, and every site where they part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wireproof.finding import json_pointer
from wireproof.validating.applicable import Applicable, json_type
from wireproof.validating.describe import keyword_text, promised_types, type_text
from wireproof.validating.effort import Guard
from wireproof.validating.engine import ReferenceEngine
from wireproof.validating.scope import Scope
from wireproof.validating.site import Path, Site
from wireproof.validating.walk import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from wireproof.contract import Schema, Schemas
    from wireproof.validating.engine import Engine, Fault

__all__ = ["Judge", "Judgement", "Verdict"]

_CLOSING = frozenset({"additionalProperties", "unevaluatedProperties"})
_MISSING = frozenset({"required", "dependentRequired"})
_UNBROKEN = frozenset({"undocumented", "x-extensible-enum"})
"""Keywords of sites that break no promise: a body with no others is valid."""

_RANKS = {"type": 0, "enum": 1, "const": 1, "x-extensible-enum": 1, "format": 2}
_LEAST = 3


class Verdict(StrEnum):
    """Whether a body fits its schema; `UNDECIDED` where a limit ended the check."""

    VALID = "valid"
    INVALID = "invalid"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one body, and its sites; undocumented members and unlisted words leave it valid."""

    verdict: Verdict
    sites: tuple[Site, ...]
    survey: Survey

    def without(self, pointers: Collection[str]) -> Judgement:
        """Return the judgement without the sites at some places, whose values were not as they came."""
        if not pointers:
            return self
        kept = tuple(site for site in self.sites if json_pointer(site.path) not in pointers)
        return replace(self, sites=kept)


class Judge:
    """Judges bodies against the schemas of one contract; compiled schemas are kept."""

    def __init__(self, schemas: Schemas, *, reference: bool = False) -> None:
        self.schemas = schemas
        self.applicable = Applicable(schemas)
        self._reference = reference
        self._references: dict[int, Engine] = {}
        self._guard = Guard(schemas.defs)

    def judge(self, name: str, value: Any) -> Judgement:
        """Return the judgement on a value by the definition `name`.

        Where a discriminator names an alternative, or an heir of its schema, the value is judged
        by that one whatever else would fit.  Raises `ContractError` where the contract's schema is
        itself wrong.
        """
        schema = self.schemas.defs[name]
        if self._guard.refuses(schema, value):
            return Judgement(Verdict.UNDECIDED, (), Survey())
        faults = self._of(schema).faults(value)
        seen = survey(self.applicable, schema, value)
        for visit, family in seen.families:
            for told in self.applicable.told(family, visit.value):
                faults += [fault.under(visit.path) for fault in self._of(told).faults(visit.value)]
        finder = _Sites(self.applicable, seen, value)
        sites = finder.collect(faults)
        broken = faults or any(site.keyword not in _UNBROKEN for site in sites)
        if any(_undecided(fault) for fault in faults):
            verdict = Verdict.UNDECIDED
        else:
            verdict = Verdict.INVALID if broken else Verdict.VALID
        return Judgement(verdict, sites, seen)

    def _of(self, schema: Schema) -> Engine:
        fast = self.applicable.engine(schema)
        if not self._reference:
            return fast
        if id(schema) not in self._references:
            self._references[id(schema)] = ReferenceEngine(self.applicable.document(schema))
        return self._references[id(schema)]


class _Sites:
    """Turns the faults and the survey of one value into sites, one for each thing that is wrong."""

    def __init__(self, applicable: Applicable, seen: Survey, root: Any) -> None:
        self.applicable = applicable
        self.seen = seen
        self.root = root
        self._tellers: dict[tuple[int, str], dict[str, Any]] = {}

    def collect(self, faults: Iterable[Fault]) -> tuple[Site, ...]:
        found: dict[tuple[object, ...], Site] = {}
        for site in self._all(faults):
            family = "required" if site.keyword in _MISSING else site.keyword
            key = (
                (family, site.path)
                if family in {"required", "undocumented"}
                else (family, site.path, id(site.schema))
            )
            found.setdefault(key, site)
        return tuple(_strongest(found.values()))

    def _all(self, faults: Iterable[Fault]) -> Iterator[Site]:
        missed: set[tuple[str, Path, int]] = set()
        for fault in faults:
            key = (fault.keyword, fault.path, id(fault.schema))
            if fault.undecided or key in missed:
                continue
            if fault.keyword in _MISSING:
                missed.add(key)  # an engine tells each missing name, and one fault stands for all of them
            yield from self._sites(fault)
        for path, schema in self.seen.unlisted:
            yield self._site("x-extensible-enum", path, schema)
        for visit, name in self.seen.undocumented:
            parts = visit.scope.schemas
            schema = next((part for part in parts if "properties" in part), parts[0])
            yield self._site("undocumented", (*visit.path, name), schema)
        for visit, family in self.seen.families:
            if family["x-discriminator"]["mapped"]:
                yield from self._stranger(family, visit.path, visit.value)

    def _sites(self, fault: Fault) -> Iterator[Site]:
        schema = fault.schema
        value = _value_at(self.root, fault.path)
        if fault.keyword in _MISSING:
            for name in _missing(fault.keyword, schema, value):
                yield self._site(fault.keyword, (*fault.path, name), schema)
        elif fault.keyword in _CLOSING and isinstance(value, dict):
            yield from self._unexpected(fault, value)
        elif fault.keyword in {"oneOf", "anyOf"}:
            yield from self._union(fault, value)
        elif fault.keyword in {"enum", "const"} and not _same_type(fault.keyword, schema, value):
            yield self._site("type", fault.path, schema, promised=keyword_text(fault.keyword, schema))
        elif isinstance(schema, dict) and "x-implied-by" in schema:
            yield self._site("format", fault.path, schema, promised=schema["x-implied-by"])
        elif fault.keyword == "type":
            yield self._site("type", fault.path, schema, promised=type_text(self.applicable, schema))
        else:
            for path in self._broken_names(fault, value) or [fault.path]:
                yield self._site(fault.keyword, path, schema)

    def _broken_names(self, fault: Fault, value: Any) -> list[Path]:
        """Return the paths of the members whose names are wrong, where the fault is about names."""
        if fault.keyword != "propertyNames" or "propertyNames" not in fault.schema:
            return []
        engine = self.applicable.engine(fault.schema["propertyNames"])
        return [(*fault.path, name) for name in value if not engine.is_valid(name)]

    def _union(self, fault: Fault, value: Any) -> Iterator[Site]:
        schema, branches = fault.schema, fault.branches
        if not branches or not all(branches):
            yield self._site(fault.keyword, fault.path, schema, promised="exactly one of its alternatives")
            return
        if json_type(value) not in _widened(promised_types(self.applicable, schema)):
            yield self._site("type", fault.path, schema, promised=type_text(self.applicable, schema))
            return
        choice = self.applicable.closest(schema, fault.keyword, value)
        closest = branches[choice.indexes[0] if choice.indexes else 0]
        parts = tuple(site for part in closest for site in self._sites(part))
        strangers = [] if choice.clear else [*self._stranger(schema, fault.path, value)]
        if strangers:
            yield strangers[0]
        elif choice.clear or not isinstance(value, dict):
            yield from parts
        else:
            promised = f"one of {len(branches)} alternatives"
            yield replace(self._site(fault.keyword, fault.path, schema, promised=promised), parts=parts)

    def _stranger(self, schema: dict[str, Any], path: Path, value: Any) -> Iterator[Site]:
        """Yield the site of a member that should tell the alternatives apart, and names none of them."""
        for name, words in self._telling(schema, value) if isinstance(value, dict) else ():
            made = self._tellers.setdefault((id(schema), name), {"enum": words})
            place = self.applicable.schemas.place(schema)
            if name not in value:
                site = self._site("required", (*path, name), schema, promised=keyword_text("enum", made))
            elif value[name] not in words:
                keyword = "enum" if _same_type("enum", made, value[name]) else "type"
                site = self._site(keyword, (*path, name), made, promised=keyword_text("enum", made))
            else:
                continue
            yield replace(site, place=place)
            return

    def _telling(self, schema: dict[str, Any], value: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
        """Yield the members that tell the alternatives of a schema apart, with all their values."""
        discriminator = schema.get("x-discriminator")
        if discriminator is not None:
            yield discriminator["property"], list(discriminator["branches"])
            return
        listed = [
            self.applicable.tags(self.applicable.scope([branch], value))
            for union in ("oneOf", "anyOf")
            for branch in schema.get(union, ())
            if "object" in promised_types(self.applicable, branch)
        ]
        for name in listed[0] if listed else ():
            if all(name in tags for tags in listed):
                words = [word for tags in listed for word in tags[name]]
                yield name, [word for index, word in enumerate(words) if word not in words[:index]]

    def _unexpected(self, fault: Fault, value: dict[str, Any]) -> Iterator[Site]:
        """Yield the sites of the members that only a closing keyword speaks about."""
        rule = fault.schema[fault.keyword]
        parts = [{**fault.schema, fault.keyword: False}]
        if fault.keyword == "unevaluatedProperties":
            parts += [
                part
                for part in self.applicable.scope([fault.schema], value).schemas
                if part is not fault.schema
            ]
        scope = Scope(parts)
        for name, member in value.items():
            if scope.member(name)[0]:
                continue
            if rule is False:
                yield self._site("undocumented", (*fault.path, name), fault.schema)
            else:
                for inner in self.applicable.engine(rule).faults(member):
                    yield from self._sites(inner.under((*fault.path, name)))

    def _site(self, keyword: str, path: Path, schema: Schema, *, promised: str | None = None) -> Site:
        parent_keyword = "properties" if keyword == "undocumented" else keyword
        text = promised if promised is not None else self._promise(keyword, path, schema)
        return Site(
            keyword,
            path,
            self.seen.template(path),
            _value_at(self.root, path),
            schema,
            text,
            self.applicable.schemas.place(schema, parent_keyword),
        )

    def _promise(self, keyword: str, path: Path, schema: Schema) -> str:
        if keyword in _MISSING:
            sub = schema.get("properties", {}).get(path[-1], True)
            return type_text(self.applicable, sub)
        return keyword_text(keyword, schema) if isinstance(schema, dict) else "nothing at all"


def _strongest(sites: Iterable[Site]) -> Iterator[Site]:
    """Yield the sites with those of one value folded into the strongest: type, enum, format, bounds."""
    by_value: dict[Path, list[Site]] = {}
    for site in sites:
        if site.keyword in {"undocumented", "oneOf", "anyOf", *_MISSING}:
            yield site
        else:
            by_value.setdefault(site.path, []).append(site)
    for group in by_value.values():
        ranked = sorted(
            group, key=lambda site: (_RANKS.get(site.keyword, _LEAST), site.keyword, site.promised)
        )
        yield replace(ranked[0], parts=(*ranked[0].parts, *ranked[1:])) if len(ranked) > 1 else ranked[0]


def _undecided(fault: Fault) -> bool:
    return fault.undecided or any(_undecided(part) for branch in fault.branches for part in branch)


def _missing(keyword: str, schema: dict[str, Any], value: dict[str, Any]) -> list[str]:
    if keyword == "required":
        return [name for name in schema["required"] if name not in value]
    needed = (names for key, names in schema["dependentRequired"].items() if key in value)
    return [name for names in needed for name in names if name not in value]


def _same_type(keyword: str, schema: dict[str, Any], value: Any) -> bool:
    members = schema["enum"] if keyword == "enum" else [schema["const"]]
    return json_type(value) in _widened({json_type(member) for member in members})


def _widened(types: Iterable[str]) -> set[str]:
    """Return the types with `integer` added where any number may stand."""
    found = set(types)
    return found | {"integer"} if "number" in found else found


def _value_at(root: Any, path: Path) -> Any:
    value = root
    for token in path:
        if isinstance(value, dict):
            value = value.get(token)
        elif isinstance(value, list) and isinstance(token, int) and token < len(value):
            value = value[token]
        else:
            return None
    return value
