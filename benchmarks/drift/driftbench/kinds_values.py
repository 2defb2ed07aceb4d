"""Drifts of one value: not among the known ones, out of bounds, of another form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from driftbench.cases import Drift
from driftbench.picking import SCALARS, holding, is_share, names_task
from driftbench.places import ABSENT, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from driftbench.cases import Case
    from driftbench.picking import Make


__all__ = ["VALUES"]

_SYNONYMS = {
    "success": "succeeded",
    "succeeded": "completed",
    "completed": "finished",
    "passed": "succeeded",
    "settled": "completed",
    "paid": "settled",
    "fail": "failed",
    "failed": "errored",
    "failure": "failed",
    "error": "failed",
    "broken": "failed",
    "declined": "rejected",
    "cancelled": "canceled",
    "aborted": "cancelled",
    "pending": "waiting",
    "waiting": "pending",
    "queued": "enqueued",
    "running": "in_progress",
    "process": "processing",
    "building": "compiling",
    "express": "priority",
    "refunded": "reimbursed",
    "studio": "high",
    "card": "credit_card",
    "minor": "low",
}


def _enum(change: Callable[[Any, list[Any], Random], Any]) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        for place, value in holding(case, rng, *SCALARS):
            known = place.shape.get("enum")
            if not known:
                continue
            other = change(value, known, rng)
            if other is ABSENT or other in known:
                continue
            case.value = put(case.value, place.path, other)
            return Drift("enum-value-unknown", place.pointer)
        return None

    return make


def _open_enum(case: Case, rng: Random) -> Drift | None:
    for place, value in holding(case, rng, "string"):
        known = place.shape.get("x-extensible-enum")
        if not known or place.pointer == case.body.roles.status:
            continue
        other = _strange_member(value, known, rng)
        case.value = put(case.value, place.path, other)
        return Drift("enum-value-unknown", place.pointer)
    return None


def _strange_member(value: Any, known: list[Any], rng: Random) -> Any:
    if not isinstance(value, str):
        return max(known) * 2 + 7
    return rng.choice(("zq-7", "ORBITAL", "v2_hold", "t"))


def _other_case(value: Any, known: list[Any], rng: Random) -> Any:
    if not isinstance(value, str):
        return ABSENT
    others = [form for form in (value.upper(), value.lower(), value.title()) if form not in known]
    return rng.choice(others) if others else ABSENT


def _synonym(value: Any, known: list[Any], rng: Random) -> Any:
    if not isinstance(value, str):
        return ABSENT
    other = _SYNONYMS.get(value.lower())
    if other is None or other.lower() in {str(word).lower() for word in known}:
        return ABSENT
    return other.upper() if value.isupper() else other


def _bound(word: str, change: Callable[[Any, Any, Random], Any], *kinds: str) -> Make:
    """Return the drift that oversteps one keyword's bound."""

    def make(case: Case, rng: Random) -> Drift | None:
        for place, value in holding(case, rng, *kinds):
            limit = place.shape.get(word)
            if limit is None or (isinstance(limit, bool) and word != "uniqueItems"):
                continue
            if is_share(place) or names_task(case, place):
                continue
            other = change(value, limit, rng)
            if other is ABSENT:
                continue
            case.value = put(case.value, place.path, other)
            return Drift("constraint-violated", place.pointer)
        return None

    return make


def _not_matching(value: Any, pattern: Any, rng: Random) -> Any:
    candidates = [value + "!", "~" + value, value[:-1], value.swapcase(), f"{value}-{value[:4]}"]
    rng.shuffle(candidates)
    return next((other for other in candidates if other and not re.search(pattern, other)), ABSENT)


def _format(name: str, candidates: tuple[Any, ...], *, word: str = "format") -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        for place, value in holding(case, rng, "string", "integer"):
            if place.shape.get(word) == name and not names_task(case, place):
                made = rng.choice(candidates)
                case.value = put(case.value, place.path, made(value) if callable(made) else made)
                return Drift("format-violated", place.pointer)
        return None

    return make


VALUES: dict[str, Make] = {
    "enum-value-unknown: stranger": _enum(_strange_member),
    "enum-value-unknown: case changed": _enum(_other_case),
    "enum-value-unknown: synonym": _enum(_synonym),
    "enum-value-unknown: open enum": _open_enum,
    "constraint-violated: minimum": _bound(
        "minimum", lambda _, low, rng: low - rng.randint(1, 9), "integer", "number"
    ),
    "constraint-violated: maximum": _bound(
        "maximum", lambda _, top, rng: top + rng.randint(2, 9), "integer", "number"
    ),
    "constraint-violated: exclusive bound": _bound(
        "exclusiveMinimum", lambda _, low, rng: low - rng.randint(0, 3), "integer", "number"
    ),
    "constraint-violated: multipleOf": _bound("multipleOf", lambda value, _, rng: value + 1, "integer"),
    "constraint-violated: minLength": _bound(
        "minLength", lambda value, least, rng: value[: least - 1] if least > 0 else ABSENT, "string"
    ),
    "constraint-violated: maxLength": _bound(
        "maxLength", lambda value, most, rng: (value or "x").ljust(most + 3, "x"), "string"
    ),
    "constraint-violated: pattern": _bound("pattern", _not_matching, "string"),
    "constraint-violated: minItems": _bound(
        "minItems", lambda value, least, rng: value[: least - 1], "array"
    ),
    "constraint-violated: maxItems": _bound(
        "maxItems",
        lambda value, most, rng: (
            value + [f"{value[0]} {n}" for n in range(most)]
            if value and isinstance(value[0], str)
            else ABSENT
        ),
        "array",
    ),
    "constraint-violated: uniqueItems": _bound(
        "uniqueItems", lambda value, _, rng: [*value, value[0]] if value else ABSENT, "array"
    ),
    "format-violated: date-time": _format(
        "date-time",
        (
            "yesterday",
            lambda value: f"{value[:8]}32{value[10:]}",
            lambda value: value[:19],
            lambda value: value[:19].replace("T", " "),
        ),
    ),
    "format-violated: date": _format("date", ("2024-13-01", "6 May 2024", "2024-5-6")),
    "format-violated: uri": _format("uri", ("not a uri", "/only/a/path.png", "http://[bad")),
    "format-violated: uuid": _format(
        "uuid", ("7c7af22f-a32f-446c", "not-a-uuid", "7c7af22fa32f446cb29d11bf4366d2a9")
    ),
    "format-violated: email": _format("email", ("nobody", "a b@c.eu", "@nowhere.eu")),
    "format-violated: ipv4": _format("ipv4", ("300.1.1.1", "10.0.0", "::1")),
    "format-violated: int32": _format("int32", (2**31 + 5, 2**40)),
    "format-violated: base64": _format("base64", ("@@@@", "not base64!"), word="contentEncoding"),
}
"""Every kind of drift of a value, by the name it has in the table."""
