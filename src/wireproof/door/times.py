"""Times as recordings write them, in one form that sorts."""

from __future__ import annotations

import re

__all__ = ["utc_time"]

_TIME = r"(?a)(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:[.,](\d{1,18}))?\s?([Zz]|[+-]\d\d:?\d\d)?"
_FEBRUARY, _DECEMBER = 2, 12


def utc_time(text: str) -> str | None:
    """Return an RFC 3339 time in UTC (`2026-03-03T09:00:00.5Z`), or None if `text` is none.

    The fraction keeps its digits but for zeros at its end.  A time without an offset is not a
    point in time, and is none.
    """
    match = re.fullmatch(_TIME, text.strip())
    if match is None or match[4] is None:
        return None
    day, clock, fraction, offset = match.groups()
    if offset not in ("Z", "z", "+00:00", "-00:00", "+0000"):
        moved = _moved(f"{day}T{clock}{offset}")
        if moved is None:
            return None
        day, clock = moved
    elif not _exists(day, clock):
        return None
    digits = (fraction or "").rstrip("0")
    return f"{day}T{clock}{'.' if digits else ''}{digits}Z"


def _exists(day: str, clock: str) -> bool:
    year, month, date = (int(part) for part in day.split("-"))
    hour, minute, second = (int(part) for part in clock.split(":"))
    days = 28 if month == _FEBRUARY else 30 + (month + month // 8) % 2
    leap = month == _FEBRUARY and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not (year and 1 <= month <= _DECEMBER and 1 <= date <= days + leap):
        return False
    return hour < 24 and minute < 60 and second <= 60  # noqa: PLR2004 - the clock, a leap second with it


def _moved(text: str) -> tuple[str, str] | None:
    from datetime import UTC, datetime  # noqa: PLC0415 - most recorders write UTC, which needs no calendar

    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.strftime("%Y-%m-%d").zfill(10), moment.strftime("%H:%M:%S")
