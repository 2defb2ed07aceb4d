"""Drifts of one place: its type, its presence, its branch."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from driftbench.cases import Drift, Unseen
from driftbench.picking import SCALARS, holding, is_share, is_time
from driftbench.places import ABSENT, Place, at, put, removed, written
from driftbench.words import tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from driftbench.cases import Case
    from driftbench.picking import Make
    from driftbench.places import Place

    Change = Callable[[Any, Place, Random], Any]

__all__ = ["TYPES", "stranger_name"]

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


_SIMILAR = 0.6


_FEW = 2


def _changed(rule: str, kinds: tuple[str, ...], change: Change, *, root: bool = False) -> Make:
    """Return the drift that puts another value at a random place of some kinds."""

    def make(case: Case, rng: Random) -> Drift | None:
        for place, value in holding(case, rng, *kinds):
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


def _to_words(value: Any, place: Place, rng: Random) -> Any:
    return ABSENT if isinstance(value, bool) else rng.choice(("n/a", "many", f"no. {value}"))


def _to_numeric_text(value: Any, place: Place, rng: Random) -> Any:
    return ABSENT if isinstance(value, bool) else str(value)


def _to_json_text(value: Any, place: Place, rng: Random) -> Any:
    return json.dumps(value, ensure_ascii=False)


def _to_strange_list(value: Any, place: Place, rng: Random) -> Any:
    nothings = [] if place.shape.nullable else [None, None]  # a list of nulls is a list of such there
    return rng.choice(([], [{"version": 2, "parts": []}], nothings))


def _to_fraction(value: Any, place: Place, rng: Random) -> Any:
    return ABSENT if isinstance(value, bool) or is_share(place) else value + 0.5


def _to_number(value: Any, place: Place, rng: Random) -> Any:
    if is_time(place) or is_share(place):
        return ABSENT
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        return rng.choice((0, 17, 3.25))


def _numeric_text_to_number(value: Any, place: Place, rng: Random) -> Any:
    if is_time(place) or is_share(place) or not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]+)?", value):
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
    alone = len(value) <= _FEW and [] in value.values()  # its list may as well have taken its place
    return ABSENT if alone else []


def _to_phrase(value: Any, place: Place, rng: Random) -> Any:
    return rng.choice(("none", "see attachment", ""))


def _null(case: Case, rng: Random) -> Drift | None:
    for place, _ in holding(case, rng, *SCALARS, "object", "array"):
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
        for place, value in holding(case, rng, "object"):
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


def _unknown_branch(case: Case, rng: Random) -> Drift | None:
    """Change the member by whose constant a reader tells the branches apart."""
    for place, _ in holding(case, rng, "string"):
        if "const" in place.shape.words and place.union is not None:
            case.value = put(case.value, place.path, rng.choice(("Unheard", "crypto", "v9")))
            return Drift("union-unmatched", _union_at(place), also=(("enum-value-unknown", place.pointer),))
    return None


def _no_branch(case: Case, rng: Random) -> Drift | None:
    for place, value in holding(case, rng, "object", "string"):
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


TYPES: dict[str, Make] = {
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
    "union-unmatched: unknown branch": _unknown_branch,
    "union-unmatched: no branch": _no_branch,
}
"""Every kind of drift of a place's type and presence, by the name it has in the table."""
