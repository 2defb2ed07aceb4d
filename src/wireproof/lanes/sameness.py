"""When two answers are wrong in the same way: then one explanation, counted, holds for both."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from wireproof.evidence.account import sighting_of
from wireproof.finding import merged
from wireproof.lifecycle.units import time_kind
from wireproof.redact import kind_of
from wireproof.validating.engine import compiled
from wireproof.validating.paths import instance_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from wireproof.contract import Schema, Schemas
    from wireproof.diagnosis import Change
    from wireproof.evidence import Order
    from wireproof.finding import Finding, Sighting
    from wireproof.validating.gate import Gate

__all__ = [
    "FLAT",
    "Known",
    "Signatures",
    "Stranger",
    "all_safe",
    "escaped_in",
    "mark",
    "quotes_in",
    "safe",
    "scaled",
    "tokens_of",
    "unescaped_quotes_in",
]

_SAFE = 1 << 53
_FEW = 4
"""Below so many faults of single values no other operation is asked whether the body is its own."""
_CHOOSING = frozenset({"oneOf", "anyOf", "if", "dependentSchemas", "x-discriminator"})
_CONTAINERS = frozenset({dict, list})
FLAT = frozenset(
    {"Type", "Enum", "Constant", "Format", "Pattern", "Minimum", "Maximum", "MinLength", "MaxLength"}
)
_CLOSED = frozenset({"AdditionalProperties", "UnevaluatedProperties"})
_TEXTUAL = {"format": str, "maxLength": int, "minLength": int, "pattern": str}
_LONGEST = 64
_ESCAPED = re.compile(rb"\\.")


class Known:
    """One way of being wrong: what is found, the changes that explain it, and how often it came."""

    __slots__ = (
        "_ever",
        "changes",
        "earlier",
        "findings",
        "first",
        "last",
        "sightings",
        "skip",
        "waiting",
    )

    def __init__(self, findings: Iterable[Finding], changes: tuple[Change, ...]) -> None:
        self.tell(findings)
        self.changes = changes
        self.skip = frozenset(finding.location.pointer for finding in self.findings)
        self.waiting: list[tuple[Any, Any]] = []
        self._ever: Order | None = None
        self.earlier: Any = None
        self.first: Order | None = None
        self.last: Order | None = None
        self.sightings = 0

    def tell(self, findings: Iterable[Finding]) -> None:
        """Take over what is found; what is found several times in one answer counts once."""
        once: dict[object, Finding] = {}
        for finding in findings:
            once.setdefault((finding.rule, finding.location), finding)
        self.findings = list(once.values())

    def undone(self, value: Any) -> Any:
        """Return a body with the changes undone."""
        if self.changes:
            from wireproof.diagnosis.change import repaired  # noqa: PLC0415 - loaded with the changes

            for change in self.changes:
                value = repaired(change, value)
        return value

    def count(self, entry: Any, *, explained: bool = False) -> None:
        """Count one answer; what is told is told of the earliest."""
        order = entry[1]
        self.sightings += 1
        if self.first is None or order < self.first:
            self.first = order
        if self.last is None or order > self.last:
            self.last = order
        if self._ever is None or order < self._ever:
            self._ever = order
            self.earlier = None if explained else entry

    def counted(self, entries: int, first: Any, last: Order) -> None:
        """Count some answers, given the first of them and the sighting of the last."""
        if entries:
            self.count(first)
            self.sightings += entries - 1
            self.last = last if self.last is None else max(self.last, last)

    def told(self) -> list[Finding]:
        """Return the findings as often as they were seen since this was last asked."""
        if self.first is None or self.last is None:
            return []
        first, last, times = sighting_of(self.first), sighting_of(self.last), self.sightings
        self.first = self.last = None
        self.sightings = 0
        return [scaled(finding, times, first, last) for finding in self.findings]


def scaled(finding: Finding, times: int, first: Sighting, last: Sighting) -> Finding:
    """Return a finding of one answer as it is when seen in many."""
    parts = tuple(scaled(part, times, first, last) for part in finding.absorbs)
    return replace(
        finding,
        first=first,
        last=last,
        sightings=finding.sightings * times,
        seen_as=tuple((kind, count * times) for kind, count in finding.seen_as),
        absorbs=merged(parts) if times > 1 else parts,  # as merging that many findings leaves them
    )


class Signatures:
    """Says for the rejected bodies of one schema what is wrong with each, as a value to compare.

    Two bodies of one signature break the same keywords at the same places with values of the same
    kinds; where members are missing or unknown, all their members have the same names and types,
    and the same `foreign` words: those by which the answer could be told to be another one.
    """

    def __init__(self, schemas: Schemas, schema: Schema, foreign: frozenset[Any] = frozenset()) -> None:
        reachable = list(_reachable(schemas, schema))
        self.chooses = any(not _CHOOSING.isdisjoint(part) for part in reachable)
        """Whether the schema chooses between parts of itself by words."""
        tokens = foreign | (frozenset(_tokens(reachable)) if self.chooses else frozenset())
        self._tokens: frozenset[Any] | None = tokens or None
        self.stranger = Stranger(reachable)

    def of(self, gate: Gate, value: Any) -> object | None:
        """Return the signature of a body, or None where it must be explained by itself."""
        if gate.closed is None:
            return None
        faults = list(gate.closed.iter_errors(value))
        if not faults:
            return None
        marks = [mark(fault, value, self.stranger) for fault in faults]
        kinds = {mark[0] for mark in marks}
        if len(marks) < _FEW and kinds <= FLAT and not any(mark[4] for mark in marks):
            return frozenset(marks)
        count = len(marks) if len(marks) < 2 * _FEW else 2 * _FEW + len(marks).bit_length()
        return (frozenset(marks), count, self._skeleton(value))

    def _skeleton(self, value: Any) -> object:
        """Return the names and types in a value; where the contract chooses by words, those words too."""
        kind = type(value)
        if kind is dict:
            return (tuple(value), self._inside(value.values()))
        if kind is list:
            inside = self._inside(value)
            return tuple(dict.fromkeys(inside))
        if self._tokens is not None and kind in (str, bool, int) and value in self._tokens:
            return (kind, value)
        return kind

    def _inside(self, values: Iterable[Any]) -> tuple[object, ...]:
        types = tuple(map(type, values))
        if self._tokens is None and _CONTAINERS.isdisjoint(types):
            return types
        plain = _CONTAINERS if self._tokens is None else None
        return tuple(
            [
                self._skeleton(value) if plain is None or kind in plain else kind
                for value, kind in zip(values, types, strict=True)
            ]
        )


class Stranger:
    """Tells of a member that nothing names what says whether it may be a known one renamed.

    Of a string that is whether some schemas list it, else which of their patterns, formats and lengths it
    keeps; of any other value the kind.
    """

    def __init__(self, schemas: Sequence[Schema]) -> None:
        self._words = frozenset(word for word in _tokens(schemas) if isinstance(word, str))
        asked = [
            {keyword: part[keyword] for keyword, kind in _TEXTUAL.items() if type(part.get(keyword)) is kind}
            for part in schemas
        ]
        specific = any("pattern" in part or "format" in part for part in asked)
        distinct = {tuple(part.items()): part for part in asked if part} if specific else {}
        self._fits = [fits for part in distinct.values() if (fits := _fitting(part)) is not None]

    def __call__(self, value: Any) -> object:
        """Return what is told of a value."""
        if type(value) is not str:
            return kind_of(value)
        return (value,) if value in self._words else (kind_of(value), *[fits(value) for fits in self._fits])


def _fitting(asked: Schema) -> Callable[[Any], bool] | None:
    """Return what says of a string whether it keeps what is asked; None for a part that is no schema."""
    try:
        return compiled(asked).is_valid
    except (jsonschema_rs.ValidationError, ValueError):
        return None  # an example, or members that have the names of keywords


def tokens_of(schemas: Schemas, schema: Schema) -> frozenset[Any]:
    """Return the words, numbers and booleans that a schema lists."""
    return frozenset(_tokens(_reachable(schemas, schema)))


def mark(
    fault: jsonschema_rs.ValidationError, value: Any, stranger: Callable[[Any], object] = kind_of
) -> tuple[Any, ...]:
    """Return keyword, schema place, template place, what came there, and whether that tells of structure.

    Of members that nothing names that came which `stranger` tells of them.
    """
    broken: Any = fault.kind
    kind = type(broken).__name__.rpartition("_")[2]
    path = instance_path(fault, value)
    here = value
    for token in path:
        here = here[token]
    template = ["*" if type(token) is int else token for token in path]
    what: object = kind_of(here)
    structural = type(here) in _CONTAINERS
    if kind in _CLOSED:
        what = tuple((name, stranger(here[name])) for name in broken.unexpected)
        structural = True
    elif kind in {"Enum", "Constant"} and isinstance(here, str):
        what = here if len(here) <= _LONGEST else what
    elif kind in {"Type", "Format"}:
        what = (what, time_kind(here))
        structural = structural or (kind == "Type" and "array" in broken.types)
    elif kind in {"AnyOf", "OneOfNotValid"}:
        what = tuple(tuple(mark(part, value, stranger) for part in branch) for branch in broken.context)
        structural = True
    elif kind == "Required":
        what, structural = broken.property, True
    return (kind, tuple(fault.schema_path), tuple(template), what, structural)


@cache
def _safe() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        {"minimum": -_SAFE, "maximum": _SAFE, "items": {"$ref": "#"}, "additionalProperties": {"$ref": "#"}}
    )


def all_safe(values: Sequence[Any]) -> bool:
    """Return whether the same holds for every value of a list."""
    return _safe().is_valid(values)


def safe(value: Any) -> bool:
    """Return whether every number in a value is one that all parsers read alike."""
    return _safe().is_valid(value)


def quotes_in(texts: Sequence[bytes]) -> int:
    """Return how many quotation marks stand in some texts."""
    return sum(map(bytes.count, texts, repeat(b'"')))


def unescaped_quotes_in(texts: Sequence[bytes]) -> int:
    """Return how many quotation marks begin or end a string in some valid JSON texts.

    They are twice the strings, names of members included.  Where fewer strings are left once the
    texts are parsed, some object has a key twice.
    """
    return quotes_in(texts) - sum(escaped_in(text) for text in texts if b"\\" in text)


def escaped_in(text: bytes) -> int:
    """Return how many quotation marks are part of a string."""
    if b"\\\\" not in text:
        return text.count(b'\\"')
    return text.count(b'"') - _ESCAPED.sub(b"", text).count(b'"')


def _reachable(schemas: Schemas, schema: Schema) -> Iterator[dict[str, Any]]:
    seen: set[int] = set()
    waiting: list[Any] = [schema]
    while waiting:
        current = waiting.pop()
        if isinstance(current, list):
            waiting.extend(current)
        elif isinstance(current, dict) and id(current) not in seen:
            seen.add(id(current))
            yield current
            waiting.extend(current.values())
            if isinstance(current.get("$ref"), str):
                waiting.append(schemas.defs.get(current["$ref"].rpartition("/")[2]))


def _tokens(schemas: Iterable[dict[str, Any]]) -> Iterator[Any]:
    for schema in schemas:
        listed = schema.get("enum")
        members = [*(listed if isinstance(listed, list) else ()), schema.get("const")]
        yield from (member for member in members if isinstance(member, str | bool | int))
        discriminator = schema.get("x-discriminator")
        if isinstance(discriminator, dict):
            yield from discriminator.get("branches", ())
