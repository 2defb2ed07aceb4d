"""Drifts of the meaning: answers whose shape is right and that are wrong all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from driftbench.bodies import clean_body
from driftbench.cases import Drift, refusal
from driftbench.moments import told
from driftbench.places import ABSENT, Place, at, put, removed
from driftbench.values import time_unit, usable_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from driftbench.cases import Case

    Make = Callable[[Case, Random], Drift | None]

__all__ = ["MEANING"]

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
_FACTOR = 100


def _there(case: Case, pointer: str | None) -> list[Place]:
    """Return the untouched places with a pointer that hold something."""
    return [
        place
        for place in case.places()
        if place.pointer == pointer and not _nothing(at(case.value, place.path))
    ]


def _nothing(value: Any) -> bool:
    return value is ABSENT or value is None


def _only(*states: str) -> Callable[[Make], Make]:
    """Keep a drift to tasks in some states."""

    def kept(make: Make) -> Make:
        return lambda case, rng: (
            make(case, rng) if case.moment.state in states and case.op.lifecycle else None
        )

    return kept


def _error_in_success(case: Case, rng: Random) -> Drift | None:
    success = case.body.roles.success
    if success is None or not _there(case, success[0]):
        return None
    place, right = _there(case, success[0])[0], success[1]
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


def _results(case: Case) -> list[Place]:
    return [place for pointer in case.body.roles.results for place in _there(case, pointer)]


def _emptied(how: str) -> Make:
    """Return the drift that leaves a success without any usable result."""

    def make(case: Case, rng: Random) -> Drift | None:
        roles = case.body.roles
        places = _results(case)
        if not places:
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
    return next((place for pointer in case.body.roles.reason for place in _there(case, pointer)), None)


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
    for result in reversed(results):
        if not any(_take_away(case, result, how) for how in ("empty", "null", "absent")):
            return None
    case.value = put(case.value, place.path, usable_url(rng, suffix="mp4"))
    case.touched.extend(case.body.roles.results)
    return Drift("result-in-error-field", case.body.roles.results[0], place.pointer)


def _unmapped(case: Case, rng: Random) -> Drift | None:
    for place in _there(case, case.body.roles.status):
        if place.shape.get("enum"):
            return None
        case.value = put(case.value, place.path, rng.choice(_UNKNOWN_STATES))
        return Drift("status-unmapped", place.pointer)
    return None


def _unmapped_case(case: Case, rng: Random) -> Drift | None:
    for place in _there(case, case.body.roles.status):
        value = at(case.value, place.path)
        other = value.upper() if value.upper() != value else value.lower()
        known = {word for words in (case.body.roles.states or {}).values() for word in words}
        if place.shape.get("enum") or other in known:
            return None
        case.value = put(case.value, place.path, other)
        return Drift("status-unmapped", place.pointer, also=(("enum-value-unknown", place.pointer),))
    return None


def _unit(case: Case, place: Place) -> str | None:
    """Return the unit that the contract gives a time in: the lifecycle's word, the field's, the format's."""
    for time in case.body.roles.times:
        if time.pointer == place.pointer:
            return time.unit or place.shape.get("x-unit") or place.shape.get("format")
    declared = place.shape.get("x-unit") or place.shape.get("format") == "date-time"
    return time_unit(place.name, place.shape) if declared else None


def _times(case: Case, rng: Random, *units: str) -> list[tuple[Place, Any]]:
    found = [
        (place, at(case.value, place.path))
        for place in case.places()
        if place.shape.kind in {"integer", "number", "string"} and _unit(case, place) in units
    ]
    kept = [(place, value) for place, value in found if not _nothing(value) and value not in (0, "")]
    return rng.sample(kept, len(kept))


def _converted(units: tuple[str, ...], change: Callable[[Any, Case], Any]) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        for place, value in _times(case, rng, *units):
            case.value = put(case.value, place.path, change(value, case))
            return Drift("unit-changed", place.pointer)
        return None

    return make


def _share(encodings: tuple[str, ...], change: Callable[[Any], Any], *, slack: bool = False) -> Make:
    """Return the drift of a share of the whole that comes in another scale."""

    def make(case: Case, rng: Random) -> Drift | None:
        roles = case.body.roles
        for place in case.places():
            unit = roles.encoding if place.pointer == roles.progress else place.shape.get("x-unit")
            value = at(case.value, place.path)
            bounded = unit != "ratio" or place.shape.get("maximum") == 1
            if unit not in encodings or _nothing(value) or value == "" or not bounded:
                continue
            other = change(value)
            if other is ABSENT:
                continue
            case.value = put(case.value, place.path, other)
            also = (("constraint-violated", place.pointer),) if slack else ()
            return Drift("unit-changed", place.pointer, also=also)
        return None

    return make


def _number_in(text: Any) -> float:
    return float(str(text).rstrip("%"))


def _fraction(value: Any) -> Any:
    number = _number_in(value)
    return number / _FACTOR if 0 < number < _FACTOR else ABSENT


def _fraction_text(value: Any) -> Any:
    number = _fraction(value)
    return ABSENT if number is ABSENT else str(number)


def _percent_text(value: Any) -> Any:
    return f"{value:g}%"


def _ratio_percent_text(value: Any) -> Any:
    return f"{value * _FACTOR:g}%"


def _percent_number(value: Any) -> Any:
    number = _number_in(value)
    return int(number) if number > 0 else ABSENT


def _hundredfold(value: Any) -> Any:
    return round(value * _FACTOR) if value * _FACTOR > 2 else ABSENT  # noqa: PLR2004 - 1 is 100 % already


def _beyond(value: Any) -> Any:
    return int(value) * 7 + 150


def _displaced(case: Case, role: str, instant: Callable[[Case], datetime | None]) -> Drift | None:
    time = case.body.roles.time(role)
    if time is None:
        return None
    for place in _there(case, time.pointer):
        unit = _unit(case, place) or time_unit(place.name, place.shape) or "epoch-s"
        moved = instant(case)
        if at(case.value, place.path) == 0 or moved is None:
            return None
        case.value = put(case.value, place.path, told(moved, unit, case.moment.rng("displaced")))
        return Drift("time-order", place.pointer)
    return None


def _finished_early(case: Case, rng: Random) -> Drift | None:
    return _displaced(
        case, "finished", lambda case: case.moment.submitted - timedelta(hours=rng.randint(1, 50))
    )


def _started_early(case: Case, rng: Random) -> Drift | None:
    return _displaced(
        case, "started", lambda case: case.moment.submitted - timedelta(hours=rng.randint(1, 50))
    )


def _finished_before_start(case: Case, rng: Random) -> Drift | None:
    def between(case: Case) -> datetime | None:
        started = case.moment.started
        if case.body.roles.time("started") is None or started is None:
            return None
        return case.moment.submitted + (started - case.moment.submitted) / 2

    return _displaced(case, "finished", between)


def _last_role(case: Case) -> str:
    """Return the last time that a task in this state has."""
    roles = case.body.roles
    if case.moment.over and roles.time("finished"):
        return "finished"
    return "started" if case.moment.state != "queued" and roles.time("started") else "submitted"


def _far_future(case: Case, rng: Random) -> Drift | None:
    return _displaced(
        case, _last_role(case), lambda case: case.moment.now + timedelta(days=rng.randint(400, 9000))
    )


def _in_1970(case: Case, rng: Random) -> Drift | None:
    zero = case.moment.submitted - timedelta(seconds=case.moment.submitted.timestamp())
    return _displaced(case, "submitted", lambda _: zero + timedelta(hours=rng.randint(1, 100)))


def _other_task(case: Case, rng: Random) -> Drift | None:
    """Answer for another task, of the same kind and the same moment."""
    roles = case.body.roles
    if roles.task is None or not roles.request or not _there(case, roles.task):
        return None
    other = _other_id(case)
    if other is None:
        return None
    for pointer in (roles.task, *roles.same):
        for place in _there(case, pointer):
            case.value = put(case.value, place.path, other)
    case.touched.extend(roles.same)
    return Drift("task-id-mismatch", roles.task)


def _two_tasks(case: Case, rng: Random) -> Drift | None:
    """Let two places that name the same task disagree."""
    roles = case.body.roles
    places = [place for pointer in roles.same for place in _there(case, pointer)]
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


def _seconds(value: Any, case: Case) -> int:
    return int(value) // 1000


def _to(unit: str, other: str) -> Callable[[Any, Case], Any]:
    """Return the change of an instant from one unit to another."""

    def change(value: Any, case: Case) -> Any:
        if unit == "date-time":
            instant = datetime.fromisoformat(value)
        else:
            instant = datetime.fromtimestamp(value / (1000 if unit == "epoch-ms" else 1), UTC)
        return told(instant.astimezone(UTC), other, case.moment.rng("unit"))

    return change


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


_DONE, _FAILED = _only("succeeded"), _only("failed")
_ANY = _only("queued", "running", "succeeded", "failed")
_RUNNING = _only("running")

MEANING: dict[str, Make] = {
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
    "unit-changed: seconds to milliseconds": _converted(("epoch-s",), lambda value, _: value * 1000),
    "unit-changed: seconds to microseconds": _converted(("epoch-s",), lambda value, _: value * 1_000_000),
    "unit-changed: milliseconds to seconds": _converted(("epoch-ms",), _seconds),
    "unit-changed: seconds to text": _converted(("epoch-s",), _to("epoch-s", "date-time")),
    "unit-changed: milliseconds to text": _converted(("epoch-ms",), _to("epoch-ms", "date-time")),
    "unit-changed: text to seconds": _converted(("date-time",), _to("date-time", "epoch-s")),
    "unit-changed: text to milliseconds": _converted(("date-time",), _to("date-time", "epoch-ms")),
    "unit-changed: percent to fraction": _share(("percent",), _fraction),
    "unit-changed: percent to text": _share(("percent",), _percent_text),
    "unit-changed: percent text to number": _share(("percent-text",), _percent_number),
    "unit-changed: percent text to fraction text": _share(("percent-text",), _fraction_text),
    "unit-changed: fraction to percent": _share(("ratio",), _hundredfold),
    "unit-changed: fraction to percent text": _share(("ratio",), _ratio_percent_text),
    "unit-changed: out of scale": _RUNNING(_share(("percent",), _beyond, slack=True)),
    "time-order: finished before submitted": _DONE(_finished_early),
    "time-order: started before submitted": _only("running", "succeeded")(_started_early),
    "time-order: finished before started": _DONE(_finished_before_start),
    "time-order: far future": _ANY(_far_future),
    "time-order: 1970": _ANY(_in_1970),
    "task-id-mismatch: another task": _ANY(_other_task),
    "task-id-mismatch: two tasks in one answer": _ANY(_two_tasks),
    "embedded-json-invalid": _broken_embedded,
}
"""Every kind of drift of the meaning, by the name it has in the table."""
