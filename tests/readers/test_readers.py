"""A recording is known by its first bytes and read record by record; one bad record hides no other."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.door import Limits
from wireproof.exchange import Exchange, Origin, Unreadable
from wireproof.readers import READERS, read, reader_for


def records(data: bytes, limits: Limits | None = None) -> list[Exchange | Unreadable]:
    return list(read(io.BytesIO(data), source="f", limits=limits or Limits()))


def told(data: bytes, limits: Limits | None = None) -> list[bytes | str]:
    """Return the body of each exchange, and the reason of each record that is unreadable."""
    return [
        record.response.body if isinstance(record, Exchange) else record.reason
        for record in records(data, limits)
    ]


def lines(data: bytes) -> list[int | None]:
    return [record.origin.line for record in records(data)]


class TestDetection:
    @pytest.mark.parametrize(
        ("head", "name"),
        [
            (b'{"log": {"version": "1.2", "creator": {}', "har"),
            (b'\xef\xbb\xbf{\n "_comment": "x", "log": {"pages": [], "entries": []}}', "har"),
            (b'{"log": {"entry": 1}}', "bare"),
            (b'{"data": {"log": {"entries": []}}}', "bare"),
            (b"HTTP/1.1 200 OK\r\n", "curl"),
            (b"\r\nHTTP/2 200\n", "curl"),
            (b"HTTP is a protocol", "bare"),
            (b'{"a": 1}\n{"a": 2}\n', "jsonlines"),
            (b"[1]\r\n\r\n[2]", "jsonlines"),
            (b'{"a": [\n{"a": 2}\n', "jsonlines"),
            (b'{"a": 1}\n', "bare"),
            (b'{\n "a": 1\n}\n', "bare"),
            (b'{}\n{}\n{\n "a": 1\n}\n', "bare"),
            (b'{}\n{"a": 1}\n{"a": ', "jsonlines"),
            (b'{"a": 1}\n{"b": ', "jsonlines"),
            (b'[\n{"a": 1},\n{"a": 2}\n]', "bare"),
            (b'{"data":\n{"a": 1}\n}', "bare"),
            (b"", "bare"),
            (b"anything", "bare"),
        ],
    )
    def test_goes_by_content(self, head, name):
        assert name == reader_for(head).name

    def test_the_last_reader_takes_everything(self):
        assert READERS[-1].recognises(b"\0\1\2")

    @given(st.binary(max_size=300))
    def test_any_bytes_give_records_and_never_an_error(self, data):
        assert records(data)

    @given(
        st.lists(
            st.sampled_from(
                [
                    b"HTTP/1.1 200 OK\r\n",
                    b"\r\n",
                    b"\n",
                    b'{"log":{"entries":[',
                    b'{"a":1}',
                    b"{",
                    b"[",
                    b'"',
                    b"}",
                    b"]",
                    b",",
                    b'{"response":{"body":',
                    b"\x1f\x8b",
                    b"\xef\xbb\xbf",
                    b"a: b\r\n",
                    b"1",
                    b"\\",
                    b"\xff",
                    b"//",
                ]
            ),
            max_size=12,
        )
    )
    def test_torn_recordings_give_records_and_never_an_error(self, parts):
        found = records(b"".join(parts))

        assert found
        assert list(range(len(found))) == [record.origin.index for record in found]


BODIES = st.lists(
    st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5) | st.none()),
    min_size=1,
    max_size=5,
)


class TestBodies:
    @given(BODIES, st.sampled_from([None, 1]), st.sampled_from([b"\n", b"\r\n", b"\n\n", b""]))
    def test_written_one_after_another_read_back(self, bodies, indent, end):
        data = b"".join(json.dumps(body, indent=indent).encode() + end for body in bodies)

        assert bodies == [json.loads(record.response.body) for record in records(data)]

    @given(BODIES, st.integers(0, 200))
    def test_before_a_cut_are_read(self, bodies, cut):
        parts = [json.dumps(body).encode() + b"\n" for body in bodies]
        data = b"".join(parts)[:cut]
        whole = [body for index, body in enumerate(bodies) if len(b"".join(parts[: index + 1])) <= cut + 1]

        read_back = [
            json.loads(record.response.body) for record in records(data) if isinstance(record, Exchange)
        ]

        assert whole == read_back

    def test_one_that_is_pretty_printed_is_one(self):
        assert told(b'{\n "a": [\n  {}\n ]\n}\n') == [b'{\n "a": [\n  {}\n ]\n}']

    def test_a_list_is_one_body(self):
        assert told(b'[{"a": 1}, {"a": 2}]') == [b'[{"a": 1}, {"a": 2}]']

    @pytest.mark.parametrize("scalar", [b"3", b'"x"', b"null"])
    def test_a_scalar_is_a_body(self, scalar):
        assert [scalar] == told(scalar + b"\n")

    def test_lines_know_their_numbers(self):
        assert lines(b'{"a":1}\r\n\n{"a":2}\n{"a":3}') == [1, 3, 4]

    def test_documents_know_their_lines(self):
        assert lines(b'\n{\n "a": 1\n}\n{\n "a": 2\n}\n') == [2, 5]

    def test_a_bad_line_stays_alone(self):
        data = b'{"a":1}\n{"a":tru,}\nhello\n{"a":4}\n{"a":5'

        assert told(data) == [
            b'{"a":1}',
            "a letter, where a value is expected",
            "plain text, no JSON: it begins with a letter",
            b'{"a":4}',
            "ends inside an object that began at line 5, column 1",
        ]

    def test_a_bad_line_says_where(self):
        _, bad, _ = records(b'{"a":1}\n{"a":,}\n{"a":3}\n')

        assert (Origin("f", 1, 2), 13, 2) == (bad.origin, bad.byte, bad.line)

    def test_a_bad_first_line_stays_alone(self):
        assert told(b'{"a":[\n{"a":2}\n{"a":3}\n') == [
            "ends inside an array that began at line 1, column 6",
            b'{"a":2}',
            b'{"a":3}',
        ]

    def test_a_bad_document_stays_alone(self):
        data = b'{\n "a": "x\n}\n{\n "a": 2\n}\n'

        bad, good = records(data)

        assert (good.response.body, good.origin.line) == (b'{\n "a": 2\n}', 4)
        assert "line break" in bad.reason

    def test_text_between_documents_stays_alone(self):
        assert told(b"{\n} and\n[1,\n2]\n") == [
            b"{\n}",
            "plain text, no JSON: it begins with a letter",
            b"[1,\n2]",
        ]

    def test_a_line_past_the_limit_stays_alone(self):
        limits = Limits(line=20)

        assert told(b"[1]\n[" + b"2," * 50 + b"2]\n[3]\n", limits) == [
            b"[1]",
            "a record of more than 20 bytes",
            b"[3]",
        ]

    def test_a_document_past_the_limit_stays_alone(self):
        limits = Limits(line=20)

        assert told(b"[" + b"2,\n" * 50 + b"2]\n[3]\n", limits) == ["a record of more than 20 bytes", b"[3]"]

    def test_a_byte_order_mark_stays_with_a_body_alone(self):
        mark = b"\xef\xbb\xbf"

        assert [mark + b"{}"] == told(mark + b"{}")
        assert told(mark + b"{}\n[]\n") == [b"{}", b"[]"]


FOREIGN = [
    (b"", "empty: not a single byte"),
    (b" \n\n", "nothing but white space"),
    (b"<!doctype html>\n<html>\n{}\n</html>", "an HTML page"),
    (b"\x89PNG\r\n\x1a\n\0\0\0", "a PNG image"),
    (b"\0\1\2\3\4\5\6\7", "binary data"),
    ('{"a": 1}'.encode("utf-16"), "UTF-16 text (it begins with its byte order mark)"),
    ('{"a": 1}'.encode("utf-16-le"), "UTF-16 text (its letters are wider than a byte)"),
    (b'data: {"a": 1}\n\ndata: [DONE]\n\n', "a stream of server-sent events"),
    (b"Hello\nworld\n", "plain text, no JSON: it begins with a letter"),
    (b'{"openapi": "3.1.0", "paths": {}}', "an OpenAPI document: a contract, not a capture"),
    (b"[" * 100_000, "nested more than 500 levels deep"),
    (
        b"* Trying 127.0.0.1\n> GET / HTTP/1.1\n< HTTP/1.1 200 OK\n",
        "the output of curl -v, whose lines are marked with < and >",
    ),
]


class TestWhatIsNoRecording:
    @pytest.mark.parametrize(("data", "reason"), FOREIGN)
    def test_is_named_once_with_what_to_do(self, data, reason):
        (record,) = records(data)

        assert isinstance(record, Unreadable)
        assert reason == record.reason
        assert record.expected
        assert record.hint
        assert record.line == 1


class TestCompressedFiles:
    def test_are_read_as_what_they_hold(self):
        assert told(gzip.compress(b"[1]\n") + gzip.compress(b"[2]\n")) == [b"[1]", b"[2]"]

    def test_that_are_cut_give_what_stands_before(self):
        lines = b"".join(b'{"a": %d, "b": "%x"}\n' % (number, number**9) for number in range(200))

        *found, last = records(gzip.compress(lines)[:-30])

        assert len(found) > 100
        assert isinstance(found[0], Exchange)
        assert last.reason == "the gzip data ends before its end mark"

    def test_that_are_broken_from_the_start_are_named_once(self):
        assert told(b"\x1f\x8b\x08\x00" + b"!" * 30) == ["the gzip data is broken"]

    def test_that_are_bombs_are_undecided(self):
        *_, last = told(gzip.compress(b"[" + b" " * 20_000_000), Limits(expanded=100_000, line=1000))

        assert "compressed bytes unfold to more than" in last
