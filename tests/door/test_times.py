"""Times of recordings come in one form, in UTC."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.door.times import utc_time


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-03T09:00:00Z", "2026-03-03T09:00:00Z"),
        ("2026-03-03 09:00:00.120z", "2026-03-03T09:00:00.12Z"),
        ("2026-03-03T09:00:00.000+00:00", "2026-03-03T09:00:00Z"),
        ("2026-03-03T01:30:00.5+02:00", "2026-03-02T23:30:00.5Z"),
        ("2026-12-31T23:00:00-0230", "2027-01-01T01:30:00Z"),
        (" 2026-06-30T23:59:60Z ", "2026-06-30T23:59:60Z"),
        ("2026-03-03T09:00:00", None),
        ("2026-13-03T09:00:00Z", None),
        ("2026-03-03T24:00:00Z", None),
        ("2026-02-30T09:00:00+01:00", None),
        ("0001-01-01T00:00:00+01:00", None),
        ("1758000000", None),
        ("", None),
    ],
)
def test_a_time_is_told_in_utc_or_is_none(written, read):
    assert read == utc_time(written)


@given(st.datetimes(timezones=st.timezones().filter(lambda zone: zone is not None)))
def test_what_was_told_once_stays(moment):
    told = utc_time(moment.isoformat())

    assert told is None or told == utc_time(told)


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-29",
        "2026-02-30",
        "2026-04-31",
        "2026-00-10",
        "2026-13-01",
        "2026-01-00",
        "1900-02-29",
        "0000-01-01",
    ],
)
def test_a_day_that_no_calendar_has_is_no_time(day):
    assert utc_time(f"{day}T10:00:00Z") is None


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 31))
def test_the_days_that_are_read_are_those_of_the_calendar(year, month, day):
    try:
        date(year, month, day)
        exists = True
    except ValueError:
        exists = False
    assert exists is (utc_time(f"{year:04}-{month:02}-{day:02}T10:00:00Z") is not None)
