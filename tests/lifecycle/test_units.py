"""Units of times and shares, kinds of identifiers, addresses: what a value is, and what it is instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.lifecycle.identifiers import identifier_class, same_but_for_spelling
from wireproof.lifecycle.units import (
    FIRST_PLAUSIBLE,
    LAST_PLAUSIBLE,
    granularity,
    iso_utc,
    number_of,
    object_id_time,
    other_progress_unit,
    other_time_unit,
    progress_of,
    seconds_of,
    time_kind,
)
from wireproof.lifecycle.urls import unusable

SECONDS = 1_736_868_741
TEXT = "2025-01-14T15:32:21Z"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (SECONDS, "epoch-s"),
        (SECONDS + 0.5, "epoch-s"),
        (str(SECONDS), "epoch-s"),
        (SECONDS * 10**3, "epoch-ms"),
        (SECONDS * 10**6, "epoch-us"),
        (SECONDS * 10**9, "epoch-ns"),
        (TEXT, "date-time"),
        ("2025-01-14 15:32:21", "local-time"),
        (17, None),
        (True, None),
        ("soon", None),
        (None, None),
    ],
)
def test_the_unit_that_a_time_tells_by_itself(value, expected):
    assert time_kind(value) == expected


@given(st.integers(FIRST_PLAUSIBLE, LAST_PLAUSIBLE - 1), st.sampled_from([1, 10**3, 10**6]))
def test_no_plausible_time_has_two_units(seconds, scale):
    units = {1: "epoch-s", 10**3: "epoch-ms", 10**6: "epoch-us"}
    assert time_kind(seconds * scale) == units[scale]
    assert other_time_unit(seconds * scale, units[scale]) is None
    assert all(other_time_unit(seconds * scale, unit) for other, unit in units.items() if other != scale)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (SECONDS * 1000, "epoch-s", "epoch-ms"),
        (TEXT, "epoch-s", "date-time"),
        (SECONDS, "date-time", "epoch-s"),
        (SECONDS, "local-time", "epoch-s"),
        ("2025-01-14 15:32:21", "date-time", None),
        (TEXT, "local-time", None),
        (17, "epoch-s", None),
        ("soon", "date-time", None),
    ],
)
def test_another_unit_is_told_only_where_it_is_plain(value, unit, expected):
    assert other_time_unit(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (SECONDS, "epoch-s", SECONDS),
        (SECONDS * 1000 + 500, "epoch-ms", SECONDS + 0.5),
        (TEXT, "date-time", SECONDS),
        ("2025-01-14T16:32:21.25+01:00", "date-time", SECONDS + 0.25),
        ("2025-01-14T15:32Z", "date-time", SECONDS - 21),
        ("2025-01-14T15:32:60Z", "date-time", SECONDS + 38),
        (SECONDS * 1000, None, SECONDS),
        ("2025-01-14 15:32:21", "local-time", None),
        ("2025-13-14T15:32:21Z", "date-time", None),
        ("2025-01-14T15:32:21", "date-time", None),
        ("soon", "epoch-s", None),
        (7, "date-time", None),
    ],
)
def test_seconds(value, unit, expected):
    assert seconds_of(value, unit) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (SECONDS, "epoch-s", 1),
        (SECONDS * 1000, "epoch-ms", 0.001),
        (SECONDS + 0.5, "epoch-s", 0.0),
        (TEXT, "date-time", 1.0),
        ("2025-01-14T15:32:21.855Z", "date-time", 0.001),
        ("2025-01-14T15:32Z", "date-time", 60.0),
    ],
)
def test_how_coarsely_a_time_is_written(value, unit, expected):
    assert granularity(value, unit) == pytest.approx(expected)


def test_seconds_as_text():
    assert iso_utc(SECONDS) == TEXT
    assert iso_utc(SECONDS + 0.855) == "2025-01-14T15:32:21.855Z"
    assert iso_utc(1e20) is None


def test_an_object_id_tells_when_it_was_made():
    assert object_id_time("652630d6bae4de626f8b49ec") == 1_697_001_686
    assert [object_id_time(value) for value in ("f" * 24, "652630d6", 7, None)] == [None] * 4


@pytest.mark.parametrize(
    ("value", "encoding", "expected"),
    [
        (45, "percent", 0.45),
        (45, "fraction", None),
        (0.45, "fraction", 0.45),
        ("45%", "percent-text", 0.45),
        ("45.5 %", "percent-text", 0.455),
        ("45", "percent-text", None),
        ("45%", "percent", None),
        (101, "percent", None),
        (-1, "percent", None),
        (True, "percent", None),
        ("", "percent-text", None),
    ],
)
def test_progress(value, encoding, expected):
    assert progress_of(value, encoding) == expected


@pytest.mark.parametrize(
    ("value", "encoding", "known", "expected"),
    [
        ("45%", "percent", {}, "percent-text"),
        ("45%", "percent-text", {}, None),
        (45, "percent-text", {}, "percent"),
        ("45", "percent-text", {}, "percent"),
        (0.45, "percent-text", {}, "fraction"),
        (45, "fraction", {}, "percent"),
        (2, "fraction", {"rejected": True}, None),
        (45, "fraction", {"rejected": True}, "percent"),
        (0.45, "percent", {}, None),
        (0.45, "percent", {"rejected": True}, "fraction"),
        (0.45, "percent", {"complete": True}, "fraction"),
        (1.0, "percent", {"complete": True}, "fraction"),
        (1, "percent", {"complete": True}, None),
        (1.0, "percent", {}, None),
        ("45", "percent", {}, None),
        (450, "fraction", {}, None),
        ("half", "percent", {}, None),
        (None, "percent", {}, None),
    ],
)
def test_another_scale_is_told_only_where_it_is_plain(value, encoding, known, expected):
    assert other_progress_unit(value, encoding, **known) == expected


def test_numbers_as_text():
    assert [number_of(value) for value in ("7", "-7.5", 7, True, "7px", None)] == [
        7,
        -7.5,
        7,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("57b9ba07-db5e-4ed5-bf18-ebb4179a826d", "uuid"),
        ("57b9ba07db5e4ed5bf18ebb4179a826d", "32 hex digits"),
        ("652630D6BAE4DE626F8B49EC", "24 hex digits"),
        ("314052875571396", "digits"),
        ("1838104201538625536", "19 digits"),
        ("9" * 65, "digits"),
        ("17", "few digits"),
        ("abcdef", "other"),
        ("my number", "other"),
    ],
)
def test_kinds_of_identifiers(text, expected):
    assert identifier_class(text) == expected


def test_one_identifier_in_two_spellings():
    assert same_but_for_spelling("57b9ba07-DB5E", "{57b9ba07db5e}")
    assert not same_but_for_spelling("t-17", "t-18")


@pytest.mark.parametrize(
    "text",
    [
        *("https://cdn.host.io/a.mp4", "http://10.0.0.7:9000/a%20b?x=1#y", "https://[2001:db8::1]/a"),
        *("https://user@cdn.host.io/a", "HTTPS://cdn.host.io", "https://cdn.example/a.mp4"),
    ],
)
def test_a_plain_address_can_be_used(text):
    assert unusable(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/files/a.mp4", "a relative address"),
        ("a.mp4", "a relative address"),
        ("//cdn.host.io/a.mp4", "a relative address"),
        ("cdn.host.io:8080/a.mp4", "a relative address"),
        ("https://cdn.host.io/a b.mp4", "an address with white space"),
        ("https://cdn.host.io/a.mp4\n", "an address with white space"),
        ("https://{{host}}/a.mp4", "an address with a template left in it"),
        ("https://host.io/<id>.mp4", "an address with a template left in it"),
        ("s3://bucket/a.mp4", "an address of another scheme than http or https"),
        ("data:video/mp4;base64,AAAA", "an address of another scheme than http or https"),
        ("https:///a.mp4", "an address without a host"),
        ("https:a.mp4", "an address without a host"),
        ("https://localhost/a.mp4", "a placeholder address"),
        ("http://127.0.0.1:8000/a.mp4", "a placeholder address"),
        ("http://[::1]/a.mp4", "a placeholder address"),
        ("https://www.EXAMPLE.com/a.mp4", "a placeholder address"),
        ("https://cdn.test/a.mp4", "a placeholder address"),
        ("https://x.invalid", "a placeholder address"),
    ],
)
def test_what_makes_an_address_useless(text, expected):
    assert unusable(text) == expected
