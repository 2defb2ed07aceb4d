"""Drifts of one place: its type, its presence, its value's bounds and form."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from driftbench.cases import Drift, Unseen
from driftbench.places import ABSENT, at, put, removed, written
from driftbench.values import time_unit
from driftbench.words import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from driftbench.cases import Case
    from driftbench.places import Place

    Change = Callable[[Any, Place, Random], Any]
    Make = Callable[[Case, Random], Drift | None]

__all__ = ["SHAPE", "stranger_name"]

SCALARS = ("string", "integer", "number", "boolean")
_STRANGERS = (
    ("shard_hint", "eu-7"),
    ("abBucket", 3),
    ("quotaLeft", None),
    ("x-debug", True),
    ("legacy_flag", False),
    ("kubePod", "pod-55c9"),
    ("feature_gates", ["a", "b"]),
    ("oddments", {"weave": 1, "knit": "purl"}),
    ("zorro", ""),
)
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
_SIMILAR = 0.6


def _values(case: Case, rng: Random, *kinds: str) -> Iterator[tuple[Place, Any]]:
    """Yield untouched places of some kinds that hold a value, in random order."""
    places = [place for place in case.places() if place.shape.kind in kinds]
    rng.shuffle(places)
    for place in places:
        value = at(case.value, place.path)
        if value is not None and value is not ABSENT:
            yield place, value


def _changed(rule: str, kinds: tuple[str, ...], change: Change, *, root: bool = False) -> Make:
    """Return the drift that puts another value at a random place of some kinds."""

    def make(case: Case, rng: Random) -> Drift | None:
        for place, value in _values(case, rng, *kinds):
            if not place.path and not root:
                continue
            other = change(value, place, rng)
            if other is ABSENT:
                continue
            case.value = put(case.value, place.path, other)
            also = ((("union-unmatched", place.pointer),)) if place.shape.branches > 1 else ()
            return Drift(rule, place.pointer, also=also)
        return None

    return make


def _names_task(case: Case, place: Place) -> bool:
    """Return whether a place holds the task's identifier: another value is another task, too."""
    return place.pointer in {case.body.roles.task, *case.body.roles.same}


def _is_time(place: Place) -> bool:
    return time_unit(place.name, place.shape) is not None


def _is_share(place: Place) -> bool:
    """Return whether a place holds a share of the whole, where scale and type are easily confused."""
    return place.shape.get("x-unit") in {"percent", "ratio", "percent-text"} or "progress" in tokens(
        place.name
    )


def _to_words(value: Any, place: Place, rng: Random) -> Any:
    return ABSENT if isinstance(value, bool) else rng.choice(("n/a", "many", f"no. {value}"))


def _to_numeric_text(value: Any, place: Place, rng: Random) -> Any:
    return ABSENT if isinstance(value, bool) else str(value)


def _to_json_text(value: Any, place: Place, rng: Random) -> Any:
    return json.dumps(value, ensure_ascii=False)


def _to_strange_list(value: Any, place: Place, rng: Random) -> Any:
    return rng.choice(([], [{"version": 2, "parts": []}], [None, None]))


def _to_fraction(value: Any, place: Place, rng: Random) -> Any:
    return ABSENT if isinstance(value, bool) or _is_share(place) else value + 0.5


def _to_number(value: Any, place: Place, rng: Random) -> Any:
    if _is_time(place) or _is_share(place):
        return ABSENT
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        return rng.choice((0, 17, 3.25))


def _numeric_text_to_number(value: Any, place: Place, rng: Random) -> Any:
    if _is_time(place) or _is_share(place) or not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]+)?", value):
        return ABSENT
    return float(value) if "." in value else int(value)


def _to_boolean_text(value: Any, place: Place, rng: Random) -> Any:
    return str(value).lower()


def _to_bit(value: Any, place: Place, rng: Random) -> Any:
    return int(value)


def _to_boolean(value: Any, place: Place, rng: Random) -> Any:
    return ABSENT if isinstance(value, bool) else bool(value)


def _to_object(value: Any, place: Place, rng: Random) -> Any:
    return rng.choice(({"version": 2, "parts": []}, {}))


def _to_indexed(value: Any, place: Place, rng: Random) -> Any:
    return {str(index): item for index, item in enumerate(value)} if value else ABSENT


def _to_empty_list(value: Any, place: Place, rng: Random) -> Any:
    return []


def _to_phrase(value: Any, place: Place, rng: Random) -> Any:
    return rng.choice(("none", "see attachment", ""))


def _null(case: Case, rng: Random) -> Drift | None:
    for place, _ in _values(case, rng, *SCALARS, "object", "array"):
        if place.shape.nullable or not place.path:
            continue
        case.value = put(case.value, place.path, None)
        also = (("union-unmatched", place.pointer),) if place.shape.branches > 1 else ()
        return Drift("null-not-allowed", place.pointer, also=also)
    return None


def _missing(case: Case, rng: Random) -> Drift | None:
    for place in _shuffled(case.places(), rng):
        if place.required and place.name and at(case.value, place.path) is not ABSENT:
            case.value = removed(case.value, place.path)
            apart = "const" in place.shape.words and place.union is not None
            also = (("union-unmatched", _union_at(place)),) if apart else ()
            return Drift("required-missing", place.pointer, also=also)
    return None


def stranger_name(known: frozenset[str], rng: Random) -> tuple[str, Any] | None:
    """Return a name and value that remind nobody of the names known."""
    names = [name.lower() for name in known]
    for name, value in _shuffled(list(_STRANGERS), rng):
        alike = any(SequenceMatcher(None, name.lower(), other).ratio() > _SIMILAR for other in names)
        shared = any(set(tokens(name)) & set(tokens(other)) for other in known)
        if not alike and not shared:
            return name, value
    return None


def _undocumented(want: Callable[[Place], bool]) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        for place, value in _values(case, rng, "object"):
            if place.shape.free or not isinstance(value, dict) or not want(place):
                continue
            found = stranger_name(place.shape.named, rng)
            if found is None:
                continue
            members = list(value.items())
            members.insert(rng.randint(0, len(members)), found)
            case.value = put(case.value, place.path, dict(members))
            return Drift("undocumented-field", f"{place.pointer}/{written(found[0])}")
        return None

    return make


def _enum(change: Callable[[Any, list[Any], Random], Any]) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        for place, value in _values(case, rng, *SCALARS):
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
    for place, value in _values(case, rng, "string"):
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
        for place, value in _values(case, rng, *kinds):
            limit = place.shape.get(word)
            if limit is None or (isinstance(limit, bool) and word != "uniqueItems"):
                continue
            if _is_share(place) or _names_task(case, place):
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
        for place, value in _values(case, rng, "string", "integer"):
            if place.shape.get(word) == name and not _names_task(case, place):
                made = rng.choice(candidates)
                case.value = put(case.value, place.path, made(value) if callable(made) else made)
                return Drift("format-violated", place.pointer)
        return None

    return make


def _unknown_branch(case: Case, rng: Random) -> Drift | None:
    """Change the member by whose constant a reader tells the branches apart."""
    for place, _ in _values(case, rng, "string"):
        if "const" in place.shape.words and place.union is not None:
            case.value = put(case.value, place.path, rng.choice(("Unheard", "crypto", "v9")))
            return Drift("union-unmatched", _union_at(place), also=(("enum-value-unknown", place.pointer),))
    return None


def _no_branch(case: Case, rng: Random) -> Drift | None:
    for place, value in _values(case, rng, "object", "string"):
        if place.shape.branches > 1 and place.path:
            case.value = put(case.value, place.path, 41 if isinstance(value, dict | str) else value)
            return Drift("union-unmatched", place.pointer, also=(("type-changed", place.pointer),))
    return None


def _union_at(place: Place) -> str:
    if place.union is None:
        raise Unseen
    return place.union


def _shuffled(items: list[Any], rng: Random) -> list[Any]:
    return rng.sample(items, len(items))


SHAPE: dict[str, Make] = {
    "type-changed: number to word": _changed("type-changed", ("integer", "number"), _to_words),
    "type-changed: number to numeric string": _changed(
        "type-changed", ("integer", "number"), _to_numeric_text
    ),
    "type-changed: numeric string to number": _changed("type-changed", ("string",), _numeric_text_to_number),
    "type-changed: string to number": _changed("type-changed", ("string",), _to_number),
    "type-changed: integer to fraction": _changed("type-changed", ("integer",), _to_fraction),
    "type-changed: boolean to string": _changed("type-changed", ("boolean",), _to_boolean_text),
    "type-changed: boolean to 0 or 1": _changed("type-changed", ("boolean",), _to_bit),
    "type-changed: number to boolean": _changed("type-changed", ("integer", "number"), _to_boolean),
    "type-changed: scalar to object": _changed("type-changed", SCALARS, _to_object),
    "type-changed: scalar to list of something else": _changed("type-changed", SCALARS, _to_strange_list),
    "type-changed: object to JSON text": _changed("type-changed", ("object",), _to_json_text),
    "type-changed: list to JSON text": _changed("type-changed", ("array",), _to_json_text),
    "type-changed: object to []": _changed("type-changed", ("object",), _to_empty_list),
    "type-changed: object to phrase": _changed("type-changed", ("object",), _to_phrase),
    "type-changed: list to indexed object": _changed("type-changed", ("array",), _to_indexed),
    "null-not-allowed": _null,
    "required-missing": _missing,
    "undocumented-field: at the top": _undocumented(lambda place: not place.path),
    "undocumented-field: deeper": _undocumented(lambda place: bool(place.path) and "*" not in place.pointer),
    "undocumented-field: in a list or map": _undocumented(
        lambda place: "*" in place.pointer and place.union is None
    ),
    "undocumented-field: in a branch": _undocumented(lambda place: place.union is not None),
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
    "union-unmatched: unknown branch": _unknown_branch,
    "union-unmatched: no branch": _no_branch,
}
"""Every kind of drift of one place, by the name it has in the table."""
