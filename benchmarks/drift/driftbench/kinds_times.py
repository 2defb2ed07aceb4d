"""Drifts of units and times: right in shape, wrong by a factor, a century or the order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from driftbench.cases import Drift
from driftbench.moments import told
from driftbench.picking import nothing, only, there
from driftbench.places import ABSENT, Place, at, put
from driftbench.values import time_unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from driftbench.cases import Case
    from driftbench.picking import Make
    from driftbench.places import Place


__all__ = ["TIMES"]

_FACTOR = 100
_GAP = timedelta(seconds=6)
"""Less than this between two times leaves no whole second between them."""


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
    kept = [(place, value) for place, value in found if not nothing(value) and value not in (0, "")]
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
            bounded = unit != "fraction" or place.shape.get("maximum") == 1
            if unit not in encodings or nothing(value) or value == "" or not bounded:
                continue
            other = change(value)
            hidden = place.shape.kind == "number" and isinstance(other, float) and 0 < other < 1
            if other is ABSENT or (hidden and unit == "percent"):
                continue  # 0.4 may as well be 0.4 %
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


def _displaced(case: Case, role: str, instant: Callable[[Case], datetime | None]) -> Drift | None:
    time = case.body.roles.time(role)
    if time is None:
        return None
    for place in there(case, time.pointer):
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
        told_start = case.body.roles.time("started")
        if told_start is None or started is None or not there(case, told_start.pointer):
            return None
        if started - case.moment.submitted < _GAP:
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


_DONE = only("succeeded")
_ANY = only("queued", "running", "succeeded", "failed")
_RUNNING = only("running")

TIMES: dict[str, Make] = {
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
    "unit-changed: fraction to percent": _share(("fraction",), _hundredfold),
    "unit-changed: fraction to percent text": _share(("fraction",), _ratio_percent_text),
    "unit-changed: out of scale": _RUNNING(_share(("percent",), _beyond, slack=True)),
    "time-order: finished before submitted": _DONE(_finished_early),
    "time-order: started before submitted": only("running", "succeeded")(_started_early),
    "time-order: finished before started": _DONE(_finished_before_start),
    "time-order: far future": _ANY(_far_future),
    "time-order: 1970": _ANY(_in_1970),
}
"""Every kind of drift of units and times, by the name it has in the table."""
