"""Field claims → a schema that says what they say and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wireproof.claims.claim import FieldClaim, Path

__all__ = [
    "Composition",
    "add_guess",
    "composed",
    "is_conditional",
    "is_required_at_times",
    "json_types",
    "no_claim_of_absence",
]

_TYPES: Final = frozenset({"string", "integer", "number", "boolean", "object", "array", "null"})
_FORMATS: Final = frozenset({"date", "date-time", "email", "int32", "int64", "ipv4", "ipv6", "uri", "uuid"})
_MANY: Final = 4
_CONDITIONAL = re.compile(
    r"(?:^|[.;]\s+)for (?!example|instance|all|every|each)[^,.;]{2,40}, |"
    r"\b(?:if|when|only|once|unless|present|omitted|absent|until|after|before|on (?:success|failure|error)|"
    r"upon|may be|deprecated|reserved|alternat\w+|optional\w*|for \w+ (?:tasks?|jobs?|only)|"
    r"si|cuando|solo|sólo|hasta|nur|falls|wenn|sofern|sobald|seulement|uniquement|lorsque|quando|somente|apenas)\b"
    r"|경우|때만|시에만|선택"
    r"|仅|只有|失败时|成功时|成功后|完成后|时返回|时存在|当|若|如果|可能|可选|[场場]合|とき|失敗時|成功時|のみ|時に",
    re.IGNORECASE,
)
_AT_TIMES = re.compile(
    r"\b(?:required|mandatory|needed|must be (?:set|given|provided|present))\s+(?:\w+\s+){0,2}?"
    r"(?:if|when|only|unless|for)\b|"
    r"\b(?:only|not) required\b|\beither\b.{0,60}\bor\b|时必填|时必传|必填时|場合は必須|時は必須",
    re.IGNORECASE,
)
"""The words of a field that is required under a condition."""
_FAILING = re.compile(
    r"(?:^|[._-]|(?<=[a-z])(?=[A-Z]))(?:err|error|errors|fail|failed|failure|exception|reason|warning|warnings)"
    r"(?:$|[._-]|(?=[A-Z]))|错误|失败|error",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Composition:
    """A schema made of claims, and the claims at each of its paths (`*` is an array's element)."""

    schema: dict[str, Any]
    claims: dict[Path, list[FieldClaim]] = field(default_factory=dict)

    def first(self, path: Path) -> FieldClaim | None:
        """Return the first claim about a path, or None."""
        return self.claims.get(path, [None])[0]

    def below(self, path: Path) -> list[FieldClaim]:
        """Return the claims about the members of the object at a path, and theirs."""
        return [
            claim for place, found in self.claims.items() if place[: len(path)] == path for claim in found
        ]


def composed(
    claims: Iterable[FieldClaim], *, strict: bool = True, marks: Mapping[str, bool] | None = None
) -> Composition:
    """Return the schema of some fields of one body.

    With `strict`, a field that the page neither calls optional nor ties to a condition is
    required too: the judge tells by the claim which of the two it was.  `marks` chooses what else
    a field's schema carries (`source`: its line).
    """
    known = list(claims)
    weak = no_claim_of_absence(known)
    made = Composition({"type": "object", "properties": {}})
    for claim in sorted(known, key=lambda one: (len(one.path), one.lines.first)):
        if not claim.path or "" in claim.path:
            continue
        node = _node(made.schema, claim.path)
        made.claims.setdefault(claim.path, []).append(claim)
        _describe(node, claim, first=len(made.claims[claim.path]) == 1)
        if marks and marks.get("source") and "x-source" not in node:
            node["x-source"] = {"line": claim.lines.first}
        needed = claim.required is True or (
            strict and not is_conditional(claim) and (claim.required is None or weak)
        )
        if needed and claim.path[-1] != "*":
            holder = _node(made.schema, claim.path[:-1])
            listed = holder.setdefault("required", [])
            if claim.path[-1] not in listed:
                listed.append(claim.path[-1])
    _tidy(made.schema)
    return made


def add_guess(node: dict[str, Any], said: str) -> None:
    """Mark a part of a document as guessed, beside what it is marked with already."""
    known = node.get("x-guess", "")
    if said not in known.split("; "):
        node["x-guess"] = f"{known}; {said}" if known else said


def json_types(names: Iterable[str]) -> list[str]:
    """Return the names that JSON Schema has among some names of types, each once."""
    return [name for name in dict.fromkeys(names) if name in _TYPES]


def no_claim_of_absence(claims: Iterable[FieldClaim]) -> bool:
    """Return whether `optional` says nothing here: a tool wrote it beside each of many fields."""
    known = list(claims)
    return len(known) >= _MANY and all(claim.required is False for claim in known)


def is_required_at_times(claim: FieldClaim) -> bool:
    """Return whether a field's words tie its being required to a condition: `required when …`."""
    return _AT_TIMES.search(claim.description) is not None


def is_conditional(claim: FieldClaim) -> bool:
    """Return whether a field's words or name tie it to a condition that an example may not meet."""
    return bool(_CONDITIONAL.search(claim.description) or _FAILING.search(claim.name))


def _node(schema: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return the schema at a path, made where there is none."""
    node = schema
    for key in path:
        node = (
            node.setdefault("items", {})
            if key == "*"
            else node.setdefault("properties", {}).setdefault(key, {})
        )
    return node


def _describe(node: dict[str, Any], claim: FieldClaim, *, first: bool) -> None:
    types = json_types(claim.types)
    if claim.nullable and types and "null" not in types:
        types.append("null")
    if first:
        if types:
            node["type"] = types
    elif "type" in node:
        node["type"] += [name for name in types if name not in node["type"]]
    if claim.format in _FORMATS:
        node.setdefault("format", claim.format)
    items = json_types(claim.items)
    if "array" in claim.types and items:
        node.setdefault("items", {}).setdefault("type", items)


def _tidy(node: dict[str, Any]) -> None:
    """Drop the type where deeper claims contradict it; write a single type as a word."""
    types = node.get("type")
    if isinstance(types, list):
        if "properties" in node and "object" not in types:
            types = [*types, "object"]
        if "items" in node and "array" not in types:
            types = [*types, "array"]
        node["type"] = types[0] if len(types) == 1 else types
    for inner in node.get("properties", {}).values():
        _tidy(inner)
    if "items" in node:
        _tidy(node["items"])
    if not node.get("properties", True):
        del node["properties"]
