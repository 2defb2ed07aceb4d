"""Columns of addresses: the quick look agrees with the check that it stands for, on every column."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wireproof.evidence.addresses import PUBLIC, quickly
from wireproof.evidence.classes import narrowed
from wireproof.validating.gate import compiled

URI, WEB = {"format": "uri"}, {"pattern": "^https?://"}
ASKED = {
    "a URI": [URI],
    "a public URI": [URI, PUBLIC],
    "a reference": [{"format": "uri-reference"}, PUBLIC],
    "an address of the web": [WEB],
    "an address with an ending": [URI, {"pattern": r"\.mp4$"}],
    "a short address": [URI, {"maxLength": 40}],
    "a URI in one schema with its pattern": [{**URI, **PUBLIC}],
    "nothing else": [{}],
}
HOSTS = (
    "https://cdn.example/",
    "http://a.example:8080/",
    "https://localhost/",
    "https://b@c.example/",
    "ftp://a/",
)
PLAIN = st.text("abcXYZ019-._~!$&'()*+,;=:@/?", max_size=12)
ANY = st.text('aZ0/?#%[]\\ \n\r\t"<>^`{|}é\u2028:@', max_size=6)
ADDRESS = st.builds(str.__add__, st.sampled_from(HOSTS), PLAIN | ANY) | ANY
COLUMNS = st.lists(st.lists(ADDRESS, max_size=6), max_size=9)


def checks(schemas):
    check = compiled({"items": {"allOf": narrowed(schemas, "url")}}).is_valid
    return check, quickly(check, schemas)


@pytest.mark.parametrize("schemas", ASKED.values(), ids=ASKED.keys())
@given(columns=COLUMNS)
@example(columns=[["https://cdn.example/a"], ["https://cdn.example/a\nhttps://cdn.example/b", "ftp://a/"]])
@example(columns=[["https://cdn.example/a"], ["https://cdn.example/\nhttps://cdn.example/", ""]])
@example(columns=[["https://cdn.example/%41"]] * 5 + [["https://cdn.example/%4"]])
def test_the_quick_look_says_what_the_check_says(schemas, columns):
    check, quick = checks(schemas)

    assert [check(column) for column in columns] == [quick(column) for column in columns]


def counting(check):
    calls = []

    def counted(values):
        calls.append(values)
        return check(values)

    return counted, calls


def test_known_hosts_are_not_asked_about_again():
    check, _ = checks([URI, PUBLIC])
    counted, calls = counting(check)
    quick = quickly(counted, [URI, PUBLIC])
    first, second = ["https://a.example/1", "https://b.example/1"], ["https://b.example/2?x=1"]

    assert all(map(quick, [first, first, first, second]))
    assert calls == [["https://a.example/"], first, ["https://b.example/"], first]


def test_columns_that_are_never_plain_are_looked_at_a_few_times_only():
    check, _ = checks([URI])
    counted, calls = counting(check)
    quick = quickly(counted, [URI])
    escaped = ["https://a.example/%41"]
    for _ in range(10):
        quick(escaped)

    assert len(calls) == 11  # each column once, and the host
    assert quick(["https://a.example/plain"])
    assert len(calls) == 12


@pytest.mark.parametrize("pattern", ["^[0-9a-f]{8}$", "^[a-f0-9]{8,12}$", "^[\\da-f]{9,}$", "^[0-9A-F]{8}$"])
@given(text=st.text("0123456789abcdefE", max_size=14) | st.text("01e", min_size=7, max_size=10))
@example(text="12345678")
@example(text="abcdefab")
@example(text="1234e678")
@example(text="1e34e678")
@example(text="eeeeeeee1")
def test_hexadecimal_digits_are_asked_for_their_class_and_number_at_once(pattern, text):
    asked = [{"pattern": pattern}]
    apart = compiled({"allOf": [*narrowed([], "hex"), *asked]})
    together = compiled({"allOf": narrowed(asked, "hex")})

    assert apart.is_valid(text) == together.is_valid(text)
