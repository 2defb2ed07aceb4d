"""Units of times and of progress: what a value is in its promised unit, and which other unit it fits.

A time is believed between 2001 and 2100.  In seconds, milliseconds, microseconds and nanoseconds
since 1970 those windows do not overlap, so that a number which is no such time in its promised
unit but is one in another tells its unit by itself.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

__all__ = [
    "ENCODINGS",
    "FIRST_PLAUSIBLE",
    "LAST_PLAUSIBLE",
    "PROGRESS_UNITS",
    "SCALES",
    "TIME_UNITS",
    "granularity",
    "is_date_time",
    "iso_utc",
    "number_of",
    "object_id_time",
    "other_progress_unit",
    "other_time_unit",
    "progress_of",
    "seconds_of",
    "time_kind",
]

ENCODINGS = ("percent", "percent-text", "fraction")
TIME_UNITS = ("epoch-s", "epoch-ms", "epoch-us", "date-time", "local-time")
PROGRESS_UNITS = frozenset(ENCODINGS)

FIRST_PLAUSIBLE = 978_307_200
"""2001-01-01T00:00:00Z in seconds since 1970."""

LAST_PLAUSIBLE = 4_102_444_800
"""2100-01-01T00:00:00Z in seconds since 1970."""

SCALES = {"epoch-s": 1, "epoch-ms": 10**3, "epoch-us": 10**6, "epoch-ns": 10**9}
_NUMBER = r"[-+]?[0-9]{1,30}(?:\.[0-9]{1,30})?"
_PERCENT = r"([0-9]{1,6}(?:\.[0-9]{1,20})?) ?%"
_DATE_TIME = (
    r"(?a)(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,18}))?)?"
    r"\s?([Zz]|[+-]\d\d:?\d\d)?"
)
_OBJECT_ID = r"[0-9a-f]{24}"
_WHOLE = 100
_LEAST_PERCENT = 2
"""A value up to here that breaks a bound may as well be a fraction gone wrong."""


_compiled = cache(re.compile)
"""Patterns are compiled when they are first used: a look at one answer needs few of them."""


def number_of(value: Any) -> int | float | None:
    """Return the number that a value is, or that its text writes; None where it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and _compiled(_NUMBER).fullmatch(value):
        return float(value) if "." in value else int(value)
    return None


def time_kind(value: Any) -> str | None:
    """Return the unit that a time tells by itself: `epoch-s`, …, `date-time`, `local-time`, or None."""
    number = number_of(value)
    if number is not None:
        for unit, scale in SCALES.items():
            if FIRST_PLAUSIBLE <= number / scale < LAST_PLAUSIBLE:
                return unit
        return None
    if isinstance(value, str) and (match := _compiled(_DATE_TIME).fullmatch(value)):
        return "date-time" if match[8] else "local-time"
    return None


def is_date_time(text: str) -> bool:
    """Return whether a text is a time of a day, with its offset or without."""
    return _compiled(_DATE_TIME).fullmatch(text) is not None


def other_time_unit(value: Any, unit: str) -> str | None:
    """Return the unit that a value has instead of the promised one, or None if none is plainly meant.

    A date-time without its offset is no other unit: that is a matter of the format.
    """
    if isinstance(value, int) and unit in SCALES:
        scale = SCALES[unit]
        if FIRST_PLAUSIBLE * scale <= value < LAST_PLAUSIBLE * scale:
            return None
    kind = time_kind(value)
    texts = {"date-time", "local-time"}
    if kind is None or kind == unit or {kind, unit} <= texts:
        return None
    return kind


def seconds_of(value: Any, unit: str | None) -> float | None:
    """Return a time as seconds since 1970, read in its unit; None where it is no time in that unit.

    Without a unit the one that the value tells by itself is taken.  A local time is no point in
    time.
    """
    unit = unit or time_kind(value)
    if unit in SCALES:
        number = number_of(value)
        return None if number is None else number / SCALES[unit]
    if unit == "date-time" and isinstance(value, str):
        return _seconds_of_text(value)
    return None


def granularity(value: Any, unit: str | None) -> float:
    """Return how many seconds a time may be off by its own writing: 1 for whole seconds."""
    unit = unit or time_kind(value)
    if unit in SCALES and not isinstance(value, float):
        return 1 / SCALES[unit]
    match = _compiled(_DATE_TIME).fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return 0.0
    if match[6] is None:
        return 60.0
    return 10.0 ** -len(match[7]) if match[7] else 1.0


def iso_utc(seconds: float) -> str | None:
    """Return seconds since 1970 as RFC 3339 in UTC, with milliseconds where there are any."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - few answers hold a time

    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=round(seconds * 1000))
    except (OverflowError, ValueError):
        return None
    text = moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")
    return text.removesuffix("+00:00").rstrip() + "Z"


def object_id_time(value: Any) -> int | None:
    """Return the second in which an object id (24 hex digits) was made, or None if it tells none."""
    if not isinstance(value, str) or not _compiled(_OBJECT_ID).fullmatch(value):
        return None
    made = int(value[:8], 16)
    return made if FIRST_PLAUSIBLE <= made < LAST_PLAUSIBLE else None


def progress_of(value: Any, encoding: str) -> float | None:
    """Return the progress from 0 to 1 that a value says in its encoding; None where it says none."""
    if encoding == "percent-text":
        match = _compiled(_PERCENT).fullmatch(value) if isinstance(value, str) else None
        share = float(match[1]) / _WHOLE if match else None
    elif isinstance(value, bool) or not isinstance(value, int | float):
        share = None
    else:
        share = value / _WHOLE if encoding == "percent" else float(value)
    return share if share is not None and 0 <= share <= 1 else None


def other_progress_unit(
    value: Any, encoding: str, *, rejected: bool = False, complete: bool = False
) -> str | None:
    """Return the encoding that a progress has instead of its own, or None if none is plainly meant.

    `rejected` says that the schema does not admit the value either, `complete` that the task
    has succeeded: both make a share below 1 out of 100 improbable.
    """
    if isinstance(value, str) and _compiled(_PERCENT).fullmatch(value):
        return None if encoding == "percent-text" else "percent-text"
    number = number_of(value)
    if number is None or not 0 <= number <= _WHOLE:
        return None
    if encoding == "percent-text":
        return "percent" if number > 1 or isinstance(number, int) else "fraction"
    if isinstance(value, str):
        return None  # a number as text: a matter of the type
    if encoding == "fraction":
        return "percent" if number > (_LEAST_PERCENT if rejected else 1) else None
    below_one = 0 < number < 1 and (rejected or complete)
    written_as_one = complete and isinstance(value, float) and number == 1
    return "fraction" if below_one or written_as_one else None


def _seconds_of_text(text: str) -> float | None:
    match = _compiled(_DATE_TIME).fullmatch(text)
    if match is None or match[8] is None:
        return None
    from datetime import datetime  # noqa: PLC0415 - few answers hold a time

    second = "59" if match[6] == "60" else match[6] or "00"
    whole = f"{text[:10]}T{match[4]}:{match[5]}:{second}{match[8].upper()}"
    try:
        moment = datetime.fromisoformat(whole).timestamp()
    except (ValueError, OverflowError):
        return None
    return moment + (float(f"0.{match[7]}") if match[7] else 0.0)
