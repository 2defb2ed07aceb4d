"""Times of one task that cannot be: the end before the start, 1970, the far future."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.finding import Finding, Severity
from wireproof.lifecycle import is_unset
from wireproof.lifecycle.pointers import text_of
from wireproof.lifecycle.units import LAST_PLAUSIBLE, granularity, iso_utc, seconds_of
from wireproof.rules.rule import Rule
from wireproof.rules.scene import MeaningRule, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lifecycle import Reading, TimeField

__all__ = ["DAY", "RULE", "YEAR", "seconds_in"]

DAY = 86_400
YEAR = 366 * DAY


class _Moment(NamedTuple):
    field: TimeField
    seconds: float
    value: Any


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding for each time of a task that precedes an earlier one, or that no task can have."""
    for reading in scene.readings:
        if not reading.lifecycle.times:
            continue
        now = _now(scene)
        before: _Moment | None = None
        for moment in _moments(scene, reading):
            odd = _oddity(moment, now)
            if odd is not None:
                yield _found(scene, reading, moment.field, "a time of this task", odd)
            elif moment.field.name:
                if before and moment.seconds < before.seconds and _is_plain(before, moment):
                    gap = f"{before.seconds - moment.seconds:.15g} s before {before.field.name}"
                    yield _found(scene, reading, moment.field, f"not before {before.field.name}", gap)
                before = moment


def _moments(scene: Scene, reading: Reading) -> Iterator[_Moment]:
    """Yield the times that are set, in the order in which they must have been."""
    for field in reading.lifecycle.times:
        pointer = text_of(field.at)
        value = reading.first(field.at)
        seconds = None if is_unset(value, reading.lifecycle) else seconds_in(value, field)
        if seconds is None or scene.at(pointer, "unit-changed") or scene.rejected(pointer):
            continue
        yield _Moment(field, seconds, value)


def seconds_in(value: Any, field: TimeField) -> float | None:
    """Return a time in seconds since 1970; a number that is no time in any unit is taken for seconds."""
    seconds = seconds_of(value, field.unit)
    if seconds is None and field.unit is None:
        return seconds_of(value, "epoch-s")
    return seconds


def _now(scene: Scene) -> float | None:
    """Return when the answer came, in seconds since 1970."""
    came = scene.answer.exchange.time
    return seconds_of(came, "date-time") if came else None


def _oddity(moment: _Moment, now: float | None) -> str | None:
    if 0 < moment.seconds < YEAR:
        return "a time in 1970"
    if not moment.field.name:
        return None
    if now is None:
        return "a time after the year 2100" if moment.seconds > LAST_PLAUSIBLE else None
    return "a time more than a day after the answer itself" if moment.seconds > now + DAY else None


def _is_plain(before: _Moment, after: _Moment) -> bool:
    """Return whether two times are out of order by more than one of them being written more coarsely."""
    grains = [granularity(moment.value, moment.field.unit) for moment in (before, after)]
    return grains[0] == grains[1] or before.seconds - after.seconds > max(grains)


def _found(scene: Scene, reading: Reading, field: TimeField, promised: str, observed: str) -> Finding:
    at = iso_utc(reading.moment(field) or 0)
    return scene.finding(
        RULE.rule,
        field.at,
        promised=promised,
        observed=f"{observed} ({at})" if at else observed,
        mend="do not compute with this time; ask the provider which clock it is from",
        kind="out of order" if promised.startswith("not before") else observed,
        contract=reading.lifecycle.place("times"),
    )


RULE = MeaningRule(
    Rule(
        "time-order",
        Severity.WARNING,
        "meaning",
        "Times of a task that cannot be: finished before submitted, in 1970, in the far future.",
    ),
    check,
    needs=frozenset({"times"}),
)
