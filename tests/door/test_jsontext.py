"""Bytes become JSON strictly and exactly, within limits, or a refusal that says why and where."""

from __future__ import annotations

import json
import math
import sys
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wireproof.door import LIMITS, Limits, Note, Refusal, read_json

SECONDS = 3.0
"""Far more than any hostile input takes, far less than an input that is not read in linear time."""


def refusal_of(data: bytes, limits: Limits = LIMITS) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_json(data, limits)
    return caught.value


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=("Cs",))), inner, max_size=4)
    ),
    max_leaves=20,
)


class TestWhatIsJson:
    @given(JSON_VALUES, st.sampled_from([None, 2]), st.booleans())
    def test_any_value_reads_back_as_it_was_written(self, value, indent, escaped):
        written = json.dumps(value, indent=indent, ensure_ascii=escaped).encode()

        assert repr(value) == repr(read_json(written).value)

    @given(JSON_VALUES)
    def test_only_integers_beyond_2_to_the_53_are_noted(self, value):
        written = json.dumps(value, ensure_ascii=False).encode()

        def unsafe(inner):
            if isinstance(inner, dict):
                return sum(map(unsafe, inner.values()))
            if isinstance(inner, list):
                return sum(map(unsafe, inner))
            return type(inner) is int and abs(inner) > 2**53

        assert ["unsafe-integer"] * unsafe(value) == [note.kind for note in read_json(written).notes]

    def test_integers_keep_every_digit(self):
        assert read_json(str(2**80).encode()).value == 2**80

    @pytest.mark.parametrize("text", ["1", '"x"', "null", "true", "-0.5e3", " [1] \r\n"])
    def test_a_scalar_is_a_document(self, text):
        assert json.loads(text) == read_json(text.encode()).value

    def test_without_notes_the_value_is_the_same_and_nothing_is_looked_for(self):
        read = read_json(b'{"a": 1, "a": 12345678901234567890}', noted=False)

        assert (read.value, read.notes) == ({"a": 12345678901234567890}, ())


NOTED = [
    (b'{"a": 1,\n "a": 2}', {"a": 2}, [Note("duplicate-key", "/a", 2, 10)]),
    (b'[{"b": {"x": 1, "y": 2, "x": 3}}]', [{"b": {"x": 3, "y": 2}}],
     [Note("duplicate-key", "/0/b/x", 1, 24)]),
    (b'{"a\\u0062": 1, "ab": 2}', {"ab": 2}, [Note("duplicate-key", "/ab", 1, 15)]),
    (b"[1, NaN]", [1, 0.0], [Note("not-finite", "/1", 1, 4)]),
    (b'{"a": -Infinity}', {"a": -sys.float_info.max}, [Note("not-finite", "/a", 1, 6)]),
    (b"[Infinity]", [sys.float_info.max], [Note("not-finite", "/0", 1, 1)]),
    (b"[1e400]", [sys.float_info.max], [Note("not-finite", "/0", 1, 1)]),
    (b"[-1.5E+999]", [-sys.float_info.max], [Note("not-finite", "/0", 1, 1)]),
    (b"1e0400", sys.float_info.max, [Note("not-finite", "", 1, 0)]),
    (b"[" + b"9" * 309 + b".0]", [sys.float_info.max], [Note("not-finite", "/0", 1, 1)]),
    (b"\xef\xbb\xbf[1]", [1], [Note("byte-order-mark", "", 1, 0)]),
    (b"\xef\xbb\xbf[12345678901234567890]", [12345678901234567890],
     [Note("byte-order-mark", "", 1, 0), Note("unsafe-integer", "/0", 1, 4)]),
    (b'["\\ud83d", "\\udc00x"]', ["\ufffd", "\ufffdx"],
     [Note("lone-surrogate", "/0", 1, 1), Note("lone-surrogate", "/1", 1, 11)]),
    (b'{"\\uD800": 1}', {"\ufffd": 1}, [Note("lone-surrogate", "/\ufffd", 1, 1)]),
    (b'["\\ud83d\\ude00", "\\\\ud800"]', ["\U0001f600", "\\ud800"], []),
    (b"[9007199254740993]", [9007199254740993], [Note("unsafe-integer", "/0", 1, 1)]),
    (b"-9007199254740993", -9007199254740993, [Note("unsafe-integer", "", 1, 0)]),
    (b"[9007199254740992, 1758000000000000, 0.12345678901234567]",
     [9007199254740992, 1758000000000000, 0.12345678901234567], []),
    ('{"é": [12345678901234567890]}'.encode(), {"é": [12345678901234567890]},
     [Note("unsafe-integer", "/é/0", 1, 8)]),
    (b'["1e400", "12345678901234567890", 1e-400, 1e99, "a 1e999 b"]',
     ["1e400", "12345678901234567890", 0.0, 1e99, "a 1e999 b"], []),
    (b'{"h": "0e000", "i": "x3e4567"}', {"h": "0e000", "i": "x3e4567"}, []),
]  # fmt: skip


class TestWhatParsersReadDifferently:
    @pytest.mark.parametrize(("data", "value", "notes"), NOTED)
    def test_is_noted_with_its_place(self, data, value, notes):
        read = read_json(data)

        assert (value, tuple(notes)) == (read.value, read.notes)

    def test_a_stand_in_is_finite_and_its_place_is_listed(self):
        read = read_json(b'{"a": NaN, "b": [1e999, 2]}')

        assert frozenset({"/a", "/b/0"}) == read.stand_ins
        assert all(math.isfinite(number) for number in (read.value["a"], *read.value["b"]))

    def test_nothing_read_holds_half_a_surrogate_pair(self):
        read_json(b'{"\\ud800": "\\udfff"}').value.popitem()[1].encode()

    def test_too_many_places_are_undecided(self):
        refused = refusal_of(b"[" + b"NaN," * 20 + b"1]", Limits(notes=10))

        assert (refused.reason, refused.undecided) == ("notes", True)

    def test_long_names_of_many_places_are_undecided(self):
        refused = refusal_of(b'{"' + b"k" * 100_000 + b'": [' + b"NaN," * 1000 + b"1]}")

        assert (refused.reason, refused.undecided) == ("notes", True)


REFUSED = [
    # data, reason, byte, line, column, words of the message
    (b"", "empty", 0, 1, 1, "not a single byte"),
    (b" \n\t", "empty", 0, 1, 1, "nothing but white space"),
    (b"<!DOCTYPE html><p>", "markup", 0, 1, 1, "an HTML page"),
    (b"\n<html>", "markup", 0, 1, 1, "an HTML page"),
    (b'<?xml version="1.0"?><a/>', "markup", 0, 1, 1, "an XML document"),
    (b"<Error><Code>", "markup", 0, 1, 1, "markup"),
    (b'data: {"a": 1}\n\n', "events", 0, 1, 1, "server-sent events"),
    (b"\x89PNG\r\n\x1a\n\xff", "binary", 0, None, None, "a PNG image"),
    (b"\x00\x01\x02\x03\x04\x05\xff", "binary", 0, None, None, "binary data"),
    (b"\x00\x00\x00\x18ftypmp42\xff", "binary", 0, None, None, "MP4"),
    (b"RIFF\xff\xff\xff\xffWEBP", "binary", 0, None, None, "WebP"),
    (b"\x1f\x8b\x08\x00\xff", "compressed", 0, None, None, "gzip"),
    ('{"a": 1}'.encode("utf-16"), "encoding", 0, None, None, "UTF-16"),
    ('{"a": 1}'.encode("utf-16-be"), "encoding", 0, 1, 1, "UTF-16"),
    ('{"a": 1}'.encode("utf-32-le"), "encoding", 0, 1, 1, "UTF-32"),
    (b'{\n"a": "\xe9"}', "encoding", 8, 2, None, "byte 0xe9 is not UTF-8"),
    (b'"\xed\xa0\x80"', "encoding", 1, 1, None, "is not UTF-8"),
    (b'{\n "a": "x', "truncated", 10, 2, 9, "ends inside a string that began at line 2, column 7"),
    (b'{"a": "x\n', "truncated", 9, 2, 1, "ends inside a string that began at line 1, column 7"),
    (b'{"a": "\\u12', "truncated", 11, 1, 12, "ends inside a string"),
    (b'"abc\\', "truncated", 5, 1, 6, "ends inside a string"),
    (b'{"a": [1,\n', "truncated", 10, 2, 1, "ends inside an array that began at line 1, column 7"),
    (b'{"a": tr', "truncated", 8, 1, 9, "ends inside an object that began at line 1, column 1"),
    (b'{"a"', "truncated", 4, 1, 5, "ends inside an object"),
    (b"[1.", "truncated", 3, 1, 4, "ends inside an array"),
    (b'{"a": 1, // x\n}', "comments", 9, 1, 10, "a comment"),
    (b'/* x */ {"a": 1}', "comments", 0, 1, 1, "a comment"),
    (b'{"a": 1 # x\n}', "comments", 8, 1, 9, "a comment"),
    (b'{"a": 1} // x', "comments", 9, 1, 10, "a comment"),
    (b'{"a": 1,\n}', "trailing-comma", 7, 1, 8, "closing `}`"),
    (b"[1, ]", "trailing-comma", 2, 1, 3, "closing `]`"),
    (b"{'a': 1}", "single-quotes", 1, 1, 2, "a single quote"),
    (b'{"a": 1}\n{"b": 2}', "two-values", 9, 2, 1, "a second JSON value"),
    (b'{"a": 1}}', "syntax", 8, 1, 9, "one closing `}` more"),
    (b"}", "syntax", 0, 1, 1, "that nothing opened"),
    (b'{"a": 1},', "syntax", 8, 1, 9, "`,` after the end"),
    (b'{"a": 1} x', "syntax", 9, 1, 10, "a letter after the end"),
    (b"404 page not found", "text", 0, 1, 1, "plain text"),
    (b"Not found", "text", 0, 1, 1, "plain text, no JSON: it begins with a letter"),
    (b'cb({"a": 1});', "text", 0, 1, 1, "JSONP"),
    (b')]}\'\n{"a": 1}', "text", 0, 1, 1, "a guard"),
    (b'{"a" 1}', "syntax", 5, 1, 6, "a colon is missing"),
    (b'{"a": 1 "b": 2}', "syntax", 8, 1, 9, "a comma or a closing bracket is missing"),
    (b"[1 2]", "syntax", 3, 1, 4, "missing before a digit"),
    (b"[1,,2]", "syntax", 3, 1, 4, "where a value is expected"),
    (b'{"a":}', "syntax", 5, 1, 6, "where a value is expected"),
    (b"{,}", "syntax", 1, 1, 2, "where a member's name"),
    (b"{a: 1}", "syntax", 1, 1, 2, "a letter, where a member's name"),
    (b'{"a": None}', "syntax", 6, 1, 7, "`None`, which JSON spells `null`"),
    (b"True", "syntax", 0, 1, 1, "`True`, which JSON spells `true`"),
    (b'{"a": [1}', "syntax", 8, 1, 9, "`}` closes an array that began at line 1, column 7"),
    (b'{"a": 01}', "syntax", 7, 1, 8, "a number written"),
    (b'{"a": +1}', "syntax", 6, 1, 7, "a number written"),
    (b'{"a": 0x1}', "syntax", 7, 1, 8, "a number written"),
    (b'{"a": "x\ty"}', "syntax", 8, 1, 9, "U+0009, which JSON wants escaped"),
    (b'{"a": "x\n"}', "syntax", 8, 1, 9, "a raw line break"),
    (b'{"a": "\\q"}', "syntax", 7, 1, 8, "an escape that JSON does not have"),
    (b'{"a": 1, ...}', "syntax", 9, 1, 10, "an ellipsis"),
    ('{"a": “x”}'.encode(), "syntax", 6, 1, 7, "a typographic quote"),
    (b'{\\"a\\": 1}', "syntax", 1, 1, 2, "escaped once too often"),
    (b'{"a": 1}\x00', "syntax", 8, 1, 9, "U+0000 after the end"),
    ('{"é": 1,}'.encode(), "trailing-comma", 8, 1, 8, "a comma"),
    (b'\xef\xbb\xbf{"a": }', "syntax", 9, 1, 7, "where a value is expected"),
    (b"[1\x85]", "encoding", 2, 1, None, "is not UTF-8"),
    ("[1\u0660]".encode(), "syntax", 2, 1, 3, "a number written"),
    (b"[1;]", "syntax", 2, 1, 3, "missing before `;`"),
]  # fmt: skip


class TestWhatIsNoJson:
    @pytest.mark.parametrize(("data", "reason", "byte", "line", "column", "words"), REFUSED)
    def test_is_refused_with_reason_and_place(self, data, reason, byte, line, column, words):
        refused = refusal_of(data)

        assert (reason, byte, line, column) == (refused.reason, refused.byte, refused.line, refused.column)
        assert words in refused.message
        assert not refused.undecided
        assert refused.hint
        assert refused.message in str(refused)
        assert reason in repr(refused)

    @pytest.mark.parametrize("data", [data for data, *_ in REFUSED])
    def test_is_refused_alike_when_no_notes_are_wanted(self, data):
        with pytest.raises(Refusal) as caught:
            read_json(data, noted=False)

        assert refusal_of(data).message == caught.value.message

    @given(st.binary(max_size=200))
    @example(b'{"a":1,"a":')
    def test_any_bytes_are_read_or_refused_and_never_crash(self, data):
        try:
            read = read_json(data)
        except Refusal as refused:
            read = refused

        assert read.hint if isinstance(read, Refusal) else json.dumps(read.value, allow_nan=False)

    @given(st.text("{}[]\",:\\/*#'a1e-.+ \n\tNIntu…", max_size=30))
    def test_nothing_that_json_refuses_is_let_in(self, text):
        try:
            expected = json.loads(text)
        except ValueError:
            assert refusal_of(text.encode()).byte is not None
        else:
            assert expected == read_json(text.encode(), noted=False).value or "N" in text or "I" in text

    def test_no_message_shows_a_value(self):
        refused = refusal_of(b'{"token": "s3cret-value" "other": 1}')

        assert "s3cret" not in refused.message


HOSTILE = {
    "brackets": (b"[" * 100_000, "depth"),
    "closed brackets": (b"[" * 100_000 + b"]" * 100_000, "depth"),
    "objects": (b'{"a":' * 100_000, "depth"),
    "an integer of a million digits": (b"[" + b"9" * 1_000_000 + b"]", "digits"),
    "quotes and backslashes": (b'"\\' * 200_000, "truncated"),
    "a string without an end": (b'["' + b"a" * 2_000_000, "truncated"),
    "commas": (b"[" + b"," * 1_000_000, "syntax"),
    "white space": (b" " * 5_000_000, "empty"),
    "many documents": (b"{}\n" * 300_000, "two-values"),
    "exponents": (b"[" + b"1e1000," * 100_000 + b"1]", "notes"),
    "opening brackets in strings": (b'["[",' * 100_000, "depth"),
}


class TestHostileBytes:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_are_refused_in_linear_time(self, name):
        data, reason = HOSTILE[name]
        began = time.process_time()

        refused = refusal_of(data)

        assert reason == refused.reason
        assert time.process_time() - began < SECONDS

    def test_depth_is_counted_exactly(self):
        deepest = b"[" * LIMITS.depth + b"]" * LIMITS.depth

        assert read_json(deepest).notes == ()
        assert ("depth", True, LIMITS.depth) == (
            (refused := refusal_of(b"[" + deepest + b"]")).reason, refused.undecided, refused.byte
        )  # fmt: skip

    def test_width_is_not_depth(self):
        wide = [{"a": [{"b": []}]}] * 1000

        assert wide == read_json(json.dumps(wide).encode()).value

    def test_digits_are_counted_exactly(self):
        assert read_json(b"1" + b"0" * 4299).value == 10**4299
        assert (
            (refused := refusal_of(b" 1" + b"0" * 4300)).reason, refused.undecided, refused.byte, refused.line
        ) == ("digits", True, 1, 1)  # fmt: skip

    def test_a_lower_limit_of_digits_holds_too(self):
        assert refusal_of(b"[12345678901234567890]", Limits(digits=19)).reason == "digits"

    def test_size_is_a_limit(self):
        refused = refusal_of(b"[1]" * 10, Limits(size=29))

        assert (refused.reason, refused.undecided) == ("size", True)


def test_a_refusal_becomes_the_fate_of_a_record_that_begins_elsewhere():
    from wireproof.exchange import Origin, Unreadable

    fate = refusal_of(b'{\n"a": "x').to_unreadable(Origin("f", 3, 7), expected="JSON", byte=100, line=7)

    assert (
        Unreadable(
            Origin("f", 3, 7),
            "ends inside a string that began at line 8, column 6",
            "JSON",
            "capture it again: its end is missing (a limit of the recorder, a connection that closed)",
            byte=109,
            line=8,
        )
        == fate
    )


def test_without_any_depth_left_the_refusal_says_so():
    def deep(levels: int) -> Refusal:
        return deep(levels - 1) if levels else refusal_of(b"[" * 400 + b"]" * 400)

    room = sys.getrecursionlimit() - 250
    if sys.version_info >= (3, 12):
        pytest.skip("the scanner has a stack of its own from Python 3.12 on")
    assert deep(room).reason == "depth"
