"""Drifts of the levels of a body: envelopes, moves, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from driftbench.cases import Drift, Unseen
from driftbench.picking import owner_of
from driftbench.places import ABSENT, Place, at, copied, put, removed, under, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

    from driftbench.cases import Case
    from driftbench.picking import Make
    from driftbench.places import Place


__all__ = ["LEVELS", "movable"]

_ENVELOPES = ("data", "result", "response", "payload", "body", "content", "task", "output", "item")


_BOXES = ("payload", "value", "content", "detail", "inner", "attributes")


_SIBLINGS = (
    {"code": 0, "msg": "ok"},
    {"code": 200, "message": "success"},
    {"ok": True, "error": None},
    {"statusCode": 200},
    {"success": True, "requestId": "b7d0c3a91f"},
)


_LEAST_MEMBERS = 2


def _objects(case: Case, rng: Random, *, least: int = 1) -> list[Place]:
    """Return untouched places that hold objects of at least so many members, in random order."""
    places = [
        place
        for place in case.places()
        if place.shape.kind == "object"
        and isinstance(at(case.value, place.path), dict)
        and len(at(case.value, place.path)) >= least
    ]
    return rng.sample(places, len(places))


def _lacking(case: Case, place: Place) -> bool:
    """Return whether another object lacks a member of the same name: nobody could tell whose it was."""
    return any(
        place.name in other.shape.named
        and other.path != place.path[:-1]
        and isinstance(at(case.value, other.path), dict)
        and place.name not in at(case.value, other.path)
        for other in case.body.places
    )


def _wrapped_whole(*, siblings: bool, taken: bool) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        root = case.body.places[0]
        if root not in case.places() or root.shape.free:
            return None
        known = root.shape.named
        if taken:
            keys = [key for key in ("data", *sorted(known)) if key in known and key in _ENVELOPES]
        else:
            keys = [key for key in _ENVELOPES if key not in known]
        if not keys:
            return None
        key = rng.choice(keys)
        beside: dict[str, Any] = {}
        if siblings:
            fitting = [one for one in _SIBLINGS if not set(one) & (known | {key})]
            if not fitting:
                return None
            beside = dict(rng.choice(fitting))
        case.value = {**beside, key: case.value}
        return Drift("envelope-added", "", f"/{key}")

    return make


def _wrapped_part(kind: str) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        places = [place for place in case.places() if place.shape.kind == kind and place.path]
        for place in rng.sample(places, len(places)):
            value = at(case.value, place.path)
            if not value or place.shape.free or place.shape.branches > 1:
                continue
            boxes = ("items", "list", "entries") if kind == "array" else _BOXES
            key = rng.choice([box for box in boxes if box not in place.shape.named])
            case.value = put(case.value, place.path, {key: value})
            return Drift("envelope-added", place.pointer, f"{place.pointer}/{key}")
        return None

    return make


def _unwrapped_part(case: Case, rng: Random) -> Drift | None:
    """Spread an object's members over the object that it is in."""
    for place in _objects(case, rng, least=_LEAST_MEMBERS):
        parent = owner_of(case, place)
        if parent is None or parent.shape.free or place.shape.free or place.free:
            continue
        inner, outer = at(case.value, place.path), at(case.value, parent.path)
        if set(inner) & (parent.shape.named | set(outer)):
            continue
        members: dict[str, Any] = {}
        for key, value in outer.items():
            members.update(inner if key == place.name else {key: value})
        case.value = put(case.value, parent.path, members)
        return Drift("envelope-removed", place.pointer, parent.pointer)
    return None


def _unwrapped_whole(case: Case, rng: Random) -> Drift | None:
    """Send what is under one key as the whole body; its siblings are gone with the envelope."""
    root = case.body.places[0]
    if root not in case.places() or not isinstance(case.value, dict) or root.shape.free:
        return None
    status = case.body.roles.status
    places = [
        place
        for place in case.body.places
        if len(place.path) == 1
        and place.shape.kind in {"object", "array"}
        and at(case.value, place.path)
        and (status is None or under(status, place.pointer))
    ]
    whole = sum(len(str(value)) for value in case.value.values())
    for place in places:
        inner = at(case.value, place.path)
        fills = len(str(inner)) > 0.6 * whole
        if fills and not place.shape.free and (isinstance(inner, list) or len(inner) >= _LEAST_MEMBERS):
            case.value = copied(inner)
            return Drift("envelope-removed", place.pointer, "")
    return None


def movable(case: Case, rng: Random) -> list[tuple[Place, Place]]:
    """Return members with their objects, in random order, that may be moved or renamed."""
    pairs = [
        (place, parent)
        for place in case.places()
        if place.name
        and not place.free
        and at(case.value, place.path) is not ABSENT
        and at(case.value, place.path) is not None
        and "const" not in place.shape.words
        and (parent := owner_of(case, place)) is not None
        and not parent.shape.free
    ]
    return rng.sample(pairs, len(pairs))


def _moved(targets: Callable[[Case, Place, Place], Iterable[Place]]) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        blocked = False
        for place, parent in movable(case, rng):
            found = [
                target
                for target in targets(case, place, parent)
                if isinstance(at(case.value, target.path), dict)
                and place.name not in target.shape.named
                and place.name not in at(case.value, target.path)
                and not any(under(touched, target.pointer) for touched in case.touched if touched)
            ]
            if not found:
                continue
            target = rng.choice(found)
            if target.shape.free or _lacking(case, place):
                blocked = True
                continue
            value = at(case.value, place.path)
            case.value = removed(case.value, place.path)
            at(case.value, target.path)[place.name] = value
            return Drift("field-moved", place.pointer, f"{target.pointer}/{written(place.name)}")
        if blocked:
            raise Unseen
        return None

    return make


def _up(case: Case, place: Place, parent: Place) -> list[Place]:
    """Return the object that a member's object is in, if no list lies between."""
    grand = owner_of(case, parent)
    many = len(at(case.value, parent.path)) > 1
    return [grand] if grand is not None and many else []


def _far_up(case: Case, place: Place, parent: Place) -> list[Place]:
    grand = owner_of(case, parent)
    across = parent.free or (grand is not None and grand.free)  # from one entry of a map out of the map
    great = owner_of(case, grand) if grand is not None and not across else None
    return [great] if great is not None and len(at(case.value, parent.path)) > 1 else []


def _down(case: Case, place: Place, parent: Place) -> list[Place]:
    """Return the objects beside a member, under the same object."""
    if len(at(case.value, parent.path)) <= _LEAST_MEMBERS:
        return []
    return [
        other
        for other in case.body.places
        if other.path[:-1] == parent.path
        and other.name
        and other.path != place.path
        and other.shape.kind == "object"
    ]


def _sideways(case: Case, place: Place, parent: Place) -> list[Place]:
    """Return the objects beside a member's object."""
    if not parent.name or len(at(case.value, parent.path)) <= 1:
        return []
    return [
        other
        for other in case.body.places
        if other.name
        and other.path[:-1] == parent.path[:-1]
        and other.path != parent.path
        and other.shape.kind == "object"
    ]


def _listed(*kinds: str, times: int, root: bool = False) -> Make:
    """Return the drift that sends a list where one value was promised."""

    def make(case: Case, rng: Random) -> Drift | None:
        places = [
            place
            for place in case.places()
            if place.shape.kind in kinds and bool(place.path) is not root and place.shape.branches == 1
        ]
        if root:
            places = [place for place in case.places() if not place.path and place.shape.kind in kinds]
        for place in rng.sample(places, len(places)):
            value = at(case.value, place.path)
            if value is None or value is ABSENT or value in ("", {}):
                continue
            case.value = put(case.value, place.path, [copied(value) for _ in range(times)])
            return Drift("array-wrapped", place.pointer, f"{place.pointer}/*")
        return None

    return make


def _single(want: str, *, root: bool = False) -> Make:
    """Return the drift that sends one bare item where a list was promised."""

    def make(case: Case, rng: Random) -> Drift | None:
        places = [
            place for place in case.places() if place.shape.kind == "array" and bool(place.path) is not root
        ]
        for place in rng.sample(places, len(places)):
            value = at(case.value, place.path)
            fits = isinstance(value, list) and value and isinstance(value[0], dict) is (want == "object")
            if fits and value[0] is not None and not isinstance(value[0], list):
                case.value = put(case.value, place.path, value[0])
                return Drift("array-unwrapped", place.pointer)
        return None

    return make


LEVELS: dict[str, Make] = {
    "envelope-added: whole body": _wrapped_whole(siblings=False, taken=False),
    "envelope-added: whole body, siblings beside it": _wrapped_whole(siblings=True, taken=False),
    "envelope-added: whole body, under a key it has itself": _wrapped_whole(siblings=False, taken=True),
    "envelope-added: an object": _wrapped_part("object"),
    "envelope-added: a list": _wrapped_part("array"),
    "envelope-removed: an object": _unwrapped_part,
    "envelope-removed: whole body": _unwrapped_whole,
    "field-moved: up": _moved(_up),
    "field-moved: up two levels": _moved(_far_up),
    "field-moved: down": _moved(_down),
    "field-moved: sideways": _moved(_sideways),
    "array-wrapped: object": _listed("object", times=1),
    "array-wrapped: object, several": _listed("object", times=2),
    "array-wrapped: scalar": _listed("string", "integer", "number", "boolean", times=1),
    "array-wrapped: whole body": _listed("object", times=1, root=True),
    "array-unwrapped: object": _single("object"),
    "array-unwrapped: scalar": _single("scalar"),
    "array-unwrapped: whole body": _single("object", root=True),
}
"""Every kind of drift of the levels, by the name it has in the table."""
