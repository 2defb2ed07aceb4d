"""A closed schema that is one of several objects, taken apart where no object can be two of them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from wireproof.validating.closing import SAFE_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wireproof.contract import Schema

__all__ = ["alternatives"]

_SAFE = {"$ref": f"#/$defs/{SAFE_NUMBERS}"}
_DEEPEST = 16
_ALL = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})


def alternatives(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a document for each alternative of a closed one, none where they do not exclude each other.

    An object that fits one of them fits the whole: it cannot fit any other.
    """
    defs: Mapping[str, Schema] = document.get("$defs", {})
    branches = _branches(defs, {key: value for key, value in document.items() if key != "$defs"})
    told = [list(_parts(defs, branch, _DEEPEST)) for branch in branches]
    if not all(_exclude(one, other) for one, other in combinations(told, 2)):
        return []
    return [{"$defs": defs, "unevaluatedProperties": False, "allOf": [branch]} for branch in branches]


def _branches(defs: Mapping[str, Schema], schema: Any) -> Sequence[Schema]:
    """Return the closed alternatives of a schema that is nothing but one of them."""
    for _ in range(_DEEPEST):
        if not isinstance(schema, dict):
            return ()
        if schema.keys() == {"$ref"}:
            schema = defs.get(schema["$ref"].rpartition("/")[2])
        elif schema.keys() == {"allOf"} and len(schema["allOf"]) == 2 and schema["allOf"][1] == _SAFE:  # noqa: PLR2004 - a guarded copy
            schema = schema["allOf"][0]
        else:
            break
    beside = schema.get("allOf", [])
    if not schema.keys() <= {"allOf", "oneOf", "unevaluatedProperties"} or len(beside) != 1:
        return ()
    return schema["oneOf"] if beside[0].keys() == {"oneOf"} and "oneOf" in schema else ()


def _parts(defs: Mapping[str, Schema], schema: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield all schemas that speak of the same value for certain."""
    if not isinstance(schema, dict) or not depth:
        return
    yield schema
    if "$ref" in schema:
        yield from _parts(defs, defs.get(schema["$ref"].rpartition("/")[2]), depth - 1)
    for part in schema.get("allOf", ()):
        yield from _parts(defs, part, depth - 1)


def _exclude(one: Sequence[dict[str, Any]], other: Sequence[dict[str, Any]]) -> bool:
    """Return whether some member that one of two objects must have is another thing in each."""
    required = {name for part in (*one, *other) for name in part.get("required", ())}
    return any(_differ(_members(one, name), _members(other, name)) for name in required)


def _members(parts: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    found = (part.get("properties", {}).get(name) for part in parts)
    return [schema for schema in found if isinstance(schema, dict)]


def _differ(one: Sequence[dict[str, Any]], other: Sequence[dict[str, Any]]) -> bool:
    if _types(one).isdisjoint(_types(other)):
        return True
    mine, theirs = _words(one), _words(other)
    return mine is not None and theirs is not None and mine.isdisjoint(theirs)


def _types(parts: Sequence[dict[str, Any]]) -> frozenset[str]:
    types = _ALL
    for part in parts:
        if "type" in part:
            told = part["type"]
            mine = {told} if isinstance(told, str) else set(told)
            types &= mine | {"integer"} if "number" in mine else mine
    return types


def _words(parts: Sequence[dict[str, Any]]) -> frozenset[str] | None:
    """Return the words that a member can be, None where it can be anything else."""
    for part in parts:
        listed = [part["const"]] if "const" in part else part.get("enum")
        if isinstance(listed, list) and all(isinstance(value, str) for value in listed):
            return frozenset(listed)
    return None
