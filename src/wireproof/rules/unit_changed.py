"""A time or a share in another unit than the promised one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.finding import Finding, Location, Severity
from wireproof.lifecycle import deviations, is_unset
from wireproof.lifecycle.pointers import text_of
from wireproof.lifecycle.units import (
    PROGRESS_UNITS,
    TIME_UNITS,
    number_of,
    object_id_time,
    other_progress_unit,
    other_time_unit,
    progress_of,
    seconds_of,
)
from wireproof.rules.rule import Rule
from wireproof.rules.scene import HistoryRule, MeaningRule, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.finding import Place
    from wireproof.lifecycle import FieldRecord, Reading

__all__ = ["HISTORY", "RULE"]

_HOUR = 3600
_MOST_HOURS = 14
_SLACK = 5
"""How many seconds may lie between the making of an object and the time written beside its id."""

_NAMES = {
    "epoch-s": "seconds since 1970",
    "epoch-ms": "milliseconds since 1970",
    "epoch-us": "microseconds since 1970",
    "epoch-ns": "nanoseconds since 1970",
    "date-time": "a date-time as text",
    "local-time": "a local time as text",
    "percent": "a percentage as a number from 0 to 100",
    "percent-text": "a percentage as text with a percent sign",
    "fraction": "a share from 0 to 1",
}


class _Broken(NamedTuple):
    """A value, the unit promised for it, the unit it has instead ("" for none), and the promise's line."""

    pointer: str
    value: Any
    unit: str
    other: str
    contract: Place | None


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding for each value that is plainly in another unit, or a progress out of its scale."""
    told: set[str] = set()
    for broken in (*_of_tasks(scene), *_of_fields(scene)):
        if broken.pointer not in told:
            told.add(broken.pointer)
            yield _found(scene, broken)
    yield from _shifted(scene, told)


def _of_tasks(scene: Scene) -> Iterator[_Broken]:
    for reading in scene.readings:
        lifecycle = reading.lifecycle
        for field in lifecycle.times:
            for _, value in reading.at(field.at) if field.unit else ():
                other = other_time_unit(value, field.unit or "")
                if other is not None and not is_unset(value, lifecycle):
                    place = lifecycle.place("times")
                    yield _Broken(text_of(field.at), value, field.unit or "", other, place)
        if lifecycle.progress:
            at, encoding = lifecycle.progress.at, lifecycle.progress.encoding
            for _, value in reading.at(at):
                other = _other_progress(scene, reading, text_of(at), value)
                if other is not None:
                    yield _Broken(text_of(at), value, encoding, other, lifecycle.place("progress"))


def _other_progress(scene: Scene, reading: Reading, pointer: str, value: Any) -> str | None:
    """Return the encoding that a progress has instead; "" if it fits none and no rule of shape minds."""
    progress = reading.lifecycle.progress
    if progress is None or is_unset(value):
        return None
    rejected = bool(scene.shapes_at(pointer))
    complete = reading.state == "succeeded"
    other = other_progress_unit(value, progress.encoding, rejected=rejected, complete=complete)
    if other is not None or rejected or progress_of(value, progress.encoding) is not None:
        return other
    return "" if number_of(value) is not None or "%" in str(value) else None


def _of_fields(scene: Scene) -> Iterator[_Broken]:
    for field in scene.fields:
        unit = field.schema.get("x-unit")
        if unit in PROGRESS_UNITS:
            other = other_progress_unit(field.value, unit, rejected=bool(scene.shapes_at(field.pointer)))
        elif unit in TIME_UNITS or field.schema.get("format") == "date-time":
            unit = unit if unit in TIME_UNITS else "date-time"
            other = other_time_unit(field.value, unit)
        else:
            continue
        if other is not None and not is_unset(field.value):
            keyword = "x-unit" if "x-unit" in field.schema else "format"
            place = scene.answer.judge.schemas.place(field.schema, keyword)
            yield _Broken(field.pointer, field.value, unit, other, place)


def _found(scene: Scene, broken: _Broken) -> Finding:
    shown = scene.shown(broken.value, broken.pointer)
    observed = f"{shown}: {_NAMES[broken.other]}" if broken.other else f"{shown}, out of its scale"
    return scene.finding(
        RULE.rule,
        broken.pointer,
        promised=_NAMES[broken.unit],
        observed=observed,
        mend="state the new unit in the contract, and convert in the client",
        kind=broken.other or "out of scale",
        contract=broken.contract,
        absorbs=scene.shapes_at(broken.pointer),
    )


def _shifted(scene: Scene, told: set[str]) -> Iterator[Finding]:
    """Yield a finding where a task's object id tells that its creation is off by whole hours: a lost zone."""
    for reading in scene.readings:
        made = object_id_time(reading.id)
        field = next((field for field in reading.lifecycle.times if field.name == "submitted"), None)
        if made is None or field is None or text_of(field.at) in told:
            continue
        hours = _whole_hours(reading, made)
        if hours:
            side = "after" if hours > 0 else "before"
            yield scene.finding(
                RULE.rule,
                field.at,
                promised="a point in time",
                observed=f"a time {abs(hours)} h {side} the one in the task's object id",
                mend="read the time as local to the provider's zone, and say so in the contract",
                kind="time zone",
                contract=reading.lifecycle.place("times"),
            )


def _whole_hours(reading: Reading, made: int) -> int:
    field = next(field for field in reading.lifecycle.times if field.name == "submitted")
    value = reading.first(field.at)
    seconds = None if is_unset(value, reading.lifecycle) else seconds_of(value, field.unit)
    if seconds is None:
        return 0
    hours = round((seconds - made) / _HOUR)
    exact = abs(seconds - made - hours * _HOUR) <= _SLACK
    return hours if exact and abs(hours) <= _MOST_HOURS else 0


def of_field(record: FieldRecord) -> Iterator[Finding]:
    """Yield a finding for a field of times that changed its unit among the examined answers."""
    if record.role != "time" or any(entry.name == "other" for entry in record.classes):
        return
    for deviation in deviations(record):
        usual, other = deviation.usual, deviation.other
        yield Finding(
            rule=RULE.rule.id,
            severity=RULE.rule.severity,
            location=Location(record.provider, record.operation, record.status, "body", record.pointer),
            promised=f"{_NAMES[usual.name]}, as in {usual.seen} values",
            observed=_NAMES[other.name],
            message=f"{_NAMES[usual.name]} in {usual.seen} values, {_NAMES[other.name]} in {other.seen}",
            mend="state the unit in the contract (x-unit), and convert in the client",
            contract=record.place,
            first=other.first.sighting,
            last=other.last.sighting,
            seen_as=((other.name, other.seen),),
            sightings=other.seen,
        )


RULE = MeaningRule(
    Rule(
        "unit-changed",
        Severity.ERROR,
        "meaning",
        "A time or a share came in another unit: seconds and milliseconds, number and text, 0-1 and 0-100.",
    ),
    check,
)

HISTORY = HistoryRule(RULE.rule, field=of_field)
