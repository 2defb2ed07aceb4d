"""Drifts of the outcome: answers whose shape is right and that are wrong all the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from driftbench.bodies import clean_body
from driftbench.cases import Drift, refusal
from driftbench.picking import nothing, only, there
from driftbench.places import ABSENT, Place, at, put, removed
from driftbench.values import usable_url

if TYPE_CHECKING:
    from random import Random

    from driftbench.cases import Case
    from driftbench.picking import Make
    from driftbench.places import Place


__all__ = ["OUTCOME"]

_WRONG_OUTCOME = {str: ("error", "fail", "internal_error"), int: (500, 1001, -1, 40004)}


_PLACEHOLDERS = (
    "https://example.com/result.mp4",
    "http://localhost:8080/out.mp4",
    "https://www.example.org/",
    "https://your-domain.com/video.mp4",
)


_RELATIVE = ("/files/out/result.mp4", "out/9f/result.mp4", "result.mp4")


_OTHER_SCHEME = ("file:///var/out/result.mp4", "s3://render-bucket/out/result.mp4", "blob:https://a.b/77")


_SUCCESS_WORDS = ("SUCCEED", "success", "ok", "SUCCESS", "succeeded", "completed")


_UNKNOWN_STATES = ("hibernating", "WAITING_FOR_GPU", "paused", "Reviewing", "partial")


def _error_in_success(case: Case, rng: Random) -> Drift | None:
    success = case.body.roles.success
    if success is None or not there(case, success[0]):
        return None
    place, right = there(case, success[0])[0], success[1]
    wrong = not right if isinstance(right, bool) else rng.choice(_WRONG_OUTCOME[type(right)])
    case.value = put(case.value, place.path, wrong)
    return Drift("error-in-success", place.pointer)


def _error_without_data(case: Case, rng: Random) -> Drift | None:
    """Send the envelope of a failed call: no data, as far as the contract allows that."""
    data = next(
        (place for place in case.body.places if place.pointer == "/data" and place.shape.nullable), None
    )
    if data is None:
        return None
    drift = _error_in_success(case, rng)
    if drift is not None:
        case.value = put(case.value, data.path, None)
        for text in ("message", "msg"):
            if isinstance(case.value.get(text), str):
                case.value[text] = "internal error, try again later"
    return drift


def _refused_anyway(case: Case, rng: Random) -> Drift | None:
    """Send the body of a refusal under HTTP 200."""
    success = case.body.roles.success
    other = next((one for one in case.op.promises if one.status != case.promise.status and one.schema), None)
    if success is None or other is None or case.touched:
        return None
    told_off = refusal(case.op, other, replace(case.moment, state="failed"))
    path = tuple(success[0].split("/")[1:])
    if at(told_off.value, path) in (ABSENT, success[1]):
        return None
    case.value = told_off.value
    return Drift("error-in-success", success[0])


def _results(case: Case) -> list[Place]:
    return [place for pointer in case.body.roles.results for place in there(case, pointer)]


def _filled(case: Case) -> int:
    """Return how many places hold a result, those that another drift keeps from this one included."""
    places = [place for place in case.body.places if place.pointer in case.body.roles.results]
    return sum(not nothing(at(case.value, place.path)) for place in places)


def _emptied(how: str) -> Make:
    """Return the drift that leaves a success without any usable result."""

    def make(case: Case, rng: Random) -> Drift | None:
        roles = case.body.roles
        places = _results(case)
        if not places or len(places) < _filled(case):
            return None
        for place in reversed(places):
            if not _take_away(case, place, how):
                return None
        case.touched.extend(roles.results)
        return Drift("success-without-result", roles.results[0])

    return make


def _take_away(case: Case, place: Place, how: str) -> bool:
    """Empty one result's place in the way asked for, if the contract's schema allows it."""
    shape = place.shape
    if how == "empty" and shape.kind == "string" and not shape.get("minLength"):
        case.value = put(case.value, place.path, "")
        return True
    if how == "null" and shape.nullable:
        case.value = put(case.value, place.path, None)
        return True
    if how == "absent" and place.name and not place.required:
        case.value = removed(case.value, place.path)
        return True
    listed = next((token for token in place.path if isinstance(token, int)), None)
    if how == "empty list" and listed is not None:
        path = place.path[: place.path.index(listed)]
        owner = next(other for other in case.body.places if other.path == path)
        if owner.shape.get("minItems", 0) == 0 and not case.body.roles.holds(
            owner.pointer, [case.body.roles.status]
        ):
            case.value = put(case.value, path, [])
            return True
    return False


def _no_container(case: Case, rng: Random) -> Drift | None:
    """Send null for the object that would hold the results."""
    roles = case.body.roles
    for place in case.places():
        holds_all = all(result.startswith(place.pointer + "/") for result in roles.results)
        fits = place.shape.nullable and place.shape.kind == "object" and holds_all
        if fits and not roles.holds(place.pointer, roles.essential) and at(case.value, place.path):
            case.value = put(case.value, place.path, None)
            return Drift("success-without-result", roles.results[0])
    return None


def _unusable(candidates: tuple[str, ...]) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        places = [place for place in _results(case) if str(at(case.value, place.path)).startswith("http")]
        if not places or case.body.roles.reference:
            return None
        place = rng.choice(places)
        case.value = put(case.value, place.path, rng.choice(candidates))
        first = case.body.roles.results[0]
        return Drift("url-unusable", place.pointer, also=(("success-without-result", first),))

    return make


def _reason(case: Case) -> Place | None:
    return next((place for pointer in case.body.roles.reason for place in there(case, pointer)), None)


def _no_reason(how: str) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        place = _reason(case)
        if place is None or not _take_away(case, place, how):
            return None
        return Drift("failure-without-reason", case.body.roles.reason[0])

    return make


def _success_word_as_reason(case: Case, rng: Random) -> Drift | None:
    place = _reason(case)
    if place is None:
        return None
    case.value = put(case.value, place.path, rng.choice(_SUCCESS_WORDS))
    return Drift("reason-in-wrong-field", place.pointer)


def _result_as_reason(case: Case, rng: Random) -> Drift | None:
    """Send the result's address where the reason of a failure belongs, and nothing in its own place."""
    place = next((one for one in case.places() if one.pointer in case.body.roles.reason), None)
    results = _results(case)
    if place is None or at(case.value, place.path) is ABSENT or case.body.roles.reference:
        return None
    if len(results) < _filled(case):
        return None
    for result in reversed(results):
        if not any(_take_away(case, result, how) for how in ("empty", "null", "absent")):
            return None
    case.value = put(case.value, place.path, usable_url(rng, suffix="mp4"))
    case.touched.extend(case.body.roles.results)
    return Drift("result-in-error-field", case.body.roles.results[0], place.pointer)


def _unmapped(case: Case, rng: Random) -> Drift | None:
    for place in there(case, case.body.roles.status):
        if place.shape.get("enum"):
            return None
        case.value = put(case.value, place.path, rng.choice(_UNKNOWN_STATES))
        return Drift("status-unmapped", place.pointer)
    return None


def _unmapped_case(case: Case, rng: Random) -> Drift | None:
    for place in there(case, case.body.roles.status):
        value = at(case.value, place.path)
        other = value.upper() if value.upper() != value else value.lower()
        known = {word for words in (case.body.roles.states or {}).values() for word in words}
        if place.shape.get("enum") or other in known:
            return None
        case.value = put(case.value, place.path, other)
        return Drift("status-unmapped", place.pointer, also=(("enum-value-unknown", place.pointer),))
    return None


def _other_task(case: Case, rng: Random) -> Drift | None:
    """Answer for another task, of the same kind and the same moment."""
    roles = case.body.roles
    if roles.task is None or not roles.request or not there(case, roles.task):
        return None
    other = _other_id(case)
    if other is None:
        return None
    for pointer in (roles.task, *roles.same):
        for place in there(case, pointer):
            case.value = put(case.value, place.path, other)
    case.touched.extend(roles.same)
    return Drift("task-id-mismatch", roles.task)


def _two_tasks(case: Case, rng: Random) -> Drift | None:
    """Let two places that name the same task disagree."""
    roles = case.body.roles
    places = [place for pointer in roles.same for place in there(case, pointer)]
    other = _other_id(case)
    if not places or other is None or roles.task is None:
        return None
    case.value = put(case.value, rng.choice(places).path, other)
    case.touched.extend(roles.same)
    return Drift("task-id-mismatch", roles.task)


def _other_id(case: Case) -> Any:
    """Return another identifier of the same form; an object id keeps its second."""
    roles = case.body.roles
    elsewhere = replace(case.moment, seed=f"{case.moment.seed}|other")
    found = clean_body(case.op, case.promise.schema or {}, elsewhere).values(roles.task or "")
    own = case.body.values(roles.task or "")
    return found[0] if found and own and found[0] != own[0] else None


def _broken_embedded(case: Case, rng: Random) -> Drift | None:
    for place in case.places():
        value = at(case.value, place.path)
        if place.shape.get("contentMediaType") == "application/json" and isinstance(value, str) and value:
            broken = rng.choice((value[:-1], value.replace('"', "'") + ",", "{'a': 1}", "[object Object]"))
            case.value = put(case.value, place.path, broken)
            return Drift("embedded-json-invalid", place.pointer)
    return None


_DONE = only("succeeded")
_FAILED = only("failed")
_ANY = only("queued", "running", "succeeded", "failed")

OUTCOME: dict[str, Make] = {
    "error-in-success: predicate": _ANY(_error_in_success),
    "error-in-success: no data": _ANY(_error_without_data),
    "error-in-success: a refusal's body": _ANY(_refused_anyway),
    "success-without-result: absent": _DONE(_emptied("absent")),
    "success-without-result: null": _DONE(_emptied("null")),
    "success-without-result: empty text": _DONE(_emptied("empty")),
    "success-without-result: empty list": _DONE(_emptied("empty list")),
    "success-without-result: no container": _DONE(_no_container),
    "url-unusable: placeholder": _DONE(_unusable(_PLACEHOLDERS)),
    "url-unusable: relative": _DONE(_unusable(_RELATIVE)),
    "url-unusable: other scheme": _DONE(_unusable(_OTHER_SCHEME)),
    "failure-without-reason: absent": _FAILED(_no_reason("absent")),
    "failure-without-reason: empty": _FAILED(_no_reason("empty")),
    "failure-without-reason: null": _FAILED(_no_reason("null")),
    "reason-in-wrong-field": _FAILED(_success_word_as_reason),
    "result-in-error-field": _DONE(_result_as_reason),
    "status-unmapped: stranger": _ANY(_unmapped),
    "status-unmapped: case changed": _ANY(_unmapped_case),
    "task-id-mismatch: another task": _ANY(_other_task),
    "task-id-mismatch: two tasks in one answer": _ANY(_two_tasks),
    "embedded-json-invalid": _broken_embedded,
}
"""Every kind of drift of the outcome, by the name it has in the table."""
