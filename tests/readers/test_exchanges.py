"""Our own recording format: what is written reads back, its schema agrees, and bodies stay exact."""

from __future__ import annotations

import gzip
import io
import json
from base64 import b64encode
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from wireproof.door import Limits
from wireproof.exchange import Exchange, Origin, Request, Response, Unreadable
from wireproof.readers import read
from wireproof.recording import header_pairs, is_exchange, write_exchange

SCHEMA = json.loads(files("wireproof").joinpath("schemas/exchange.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

NAMES = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=8).filter(
    lambda name: name != "content-encoding"
)
NO_STATUS = "response.status is no HTTP status (an integer from 100 to 599)"
NO_HEADERS = "headers are neither an object of strings nor a list of pairs"
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
HEADERS = st.lists(st.tuples(NAMES, TEXT), max_size=3).map(tuple)
BODIES = st.binary(max_size=30) | TEXT.map(str.encode)
TIMES = st.none() | st.datetimes().map(lambda time: f"{time:%Y-%m-%dT%H:%M:%S}".zfill(19) + "Z")
REQUESTS = st.none() | st.builds(Request, st.sampled_from(["GET", "POST"]), TEXT, HEADERS, st.none() | BODIES)
RESPONSES = st.builds(Response, BODIES, st.none() | st.integers(100, 599), HEADERS)
EXCHANGES = st.builds(Exchange, RESPONSES, REQUESTS, TIMES)


def records(data: bytes, limits: Limits | None = None) -> list[Exchange | Unreadable]:
    return list(read(io.BytesIO(data), source="f", limits=limits or Limits()))


def line(**members: object) -> bytes:
    return json.dumps(members).encode()


def one(data: bytes) -> Exchange:
    (record,) = records(data)
    assert isinstance(record, Exchange), record
    return record


class TestRoundTrip:
    @given(st.lists(EXCHANGES, min_size=1, max_size=4))
    def test_written_exchanges_read_back_equal(self, exchanges):
        text = "".join(write_exchange(exchange) + "\n" for exchange in exchanges)

        back = records(text.encode())

        assert [(x.request, x.response, x.time) for x in exchanges] == [
            (x.request, x.response, x.time) for x in back
        ]
        assert [Origin("f", index, index + 1) for index in range(len(back))] == [x.origin for x in back]

    @given(EXCHANGES)
    def test_a_written_line_keeps_to_the_schema(self, exchange):
        VALIDATOR.validate(json.loads(write_exchange(exchange)))

    @given(st.lists(EXCHANGES, min_size=1, max_size=3), st.sampled_from([None, 2]))
    def test_a_list_of_exchanges_reads_like_lines(self, exchanges, indent):
        listed = json.dumps([json.loads(write_exchange(exchange)) for exchange in exchanges], indent=indent)

        assert [x.response for x in exchanges] == [x.response for x in records(listed.encode())]


class TestLists:
    def test_of_exchanges_may_begin_with_a_large_one(self):
        first, second = line(response={"body": "x" * 300_000}), line(response={"body": "[1]"})

        found = records(b"[" + first + b",\n" + second + b"]")

        assert [len(record.response.body) for record in found] == [300_000, 3]

    def test_of_exchanges_that_are_cut_give_those_before(self):
        first, second = line(response={"body": "[1]"}), line(response={"body": "[2]"})

        whole, cut = records(b"[\n" + first + b",\n" + second[:20])

        assert whole.response.body == b"[1]"
        assert (
            cut.line,
            cut.reason,
        ) == (3, "the recording ends here, inside the list of its records that began at line 1")

    def test_whose_first_object_is_no_json_are_one_bad_body(self):
        (record,) = records(b'[{"response": nothing}, {}]')

        assert record.reason == "a letter, where a value is expected"


class TestBodies:
    def test_a_decoded_value_keeps_its_source_text(self):
        source = b'{"id": 12345678901234567890, "id":1.10, "e": "\\u00e9"}'

        assert source == one(b'{"response": {"status": 200, "body":  ' + source + b" }}").response.body

    def test_of_a_flat_object_too(self):
        assert (
            one(b'{"status": 200, "body": [1.0, 2], "url": "/x", "method": "get"}').response.body
            == b"[1.0, 2]"
        )

    def test_a_string_is_the_text_as_sent(self):
        assert '{"é": 1}'.encode() == one(line(response={"body": '{"é": 1}'})).response.body

    def test_bytes_that_a_recorder_could_not_decode_come_back(self):
        assert one(b'{"response": {"body": "\\udcff{"}}').response.body == b"\xff{"
        assert one(b'{"response": {"body": "\\ud800"}}').response.body == b"\xed\xa0\x80"

    def test_compressed_bytes_are_unfolded(self):
        packed = b64encode(gzip.compress(b"[1]")).decode()

        exchange = one(
            line(response={"status": 200, "headers": {"Content-Encoding": "gzip"}, "body_base64": packed})
        )

        assert (exchange.response.body, exchange.notes) == (b"[1]", ())

    def test_bytes_that_were_decoded_already_are_noted(self):
        plain = b64encode(b"[1]").decode()

        exchange = one(line(response={"headers": {"content-encoding": "gzip"}, "body_base64": plain}))

        assert exchange.response.body == b"[1]"
        assert exchange.notes == ("the body was already decoded although its content-encoding says gzip",)

    def test_a_bomb_hides_no_other_record(self):
        packed = b64encode(gzip.compress(b" " * 100_000)).decode()
        bomb = line(response={"headers": {"content-encoding": "gzip"}, "body_base64": packed})

        first, second = records(bomb + b"\n" + line(response={"body": "[1]"}), Limits(expanded=1000))

        assert "unfolds to more than 1,000 bytes" in first.reason
        assert second.response.body == b"[1]"

    @pytest.mark.parametrize("answer", [{"status": 204}, {"status": 304, "body": None}])
    def test_none_is_expected_of_some_answers(self, answer):
        assert one(line(response=answer)).response.body == b""

    def test_none_is_expected_of_an_answer_to_head(self):
        assert (
            one(line(request={"method": "head", "url": "/x"}, response={"status": 200})).response.body == b""
        )

    def test_one_that_was_not_kept_is_said(self):
        (record,) = records(line(response={"status": 200, "body": None}))

        assert (
            record.reason
            == "an exchange without a body: response.body is missing or null, so it was not kept"
        )


class TestForms:
    def test_nested(self):
        exchange = one(
            line(
                time="2026-03-03T10:00:00.500+01:00",
                request={
                    "method": "post",
                    "url": "https://h/v1",
                    "headers": {"Accept": "*/*"},
                    "body": {"a": 1},
                },
                response={"status": 200, "headers": [["Set-Cookie", "a"], ["set-cookie", "b"]], "body": "{}"},
            )
        )

        assert (
            Exchange(
                Response(b"{}", 200, (("set-cookie", "a"), ("set-cookie", "b"))),
                Request("POST", "https://h/v1", (("accept", "*/*"),), b'{"a": 1}'),
                "2026-03-03T09:00:00.5Z",
                Origin("f", 0, 1),
            )
            == exchange
        )

    def test_flat(self):
        exchange = one(
            line(
                method="GET",
                url="/x",
                status=200,
                headers={"A": ["b", "c"], "n": 1},
                body="{}",
                time="2026-03-03T09:00:00Z",
                request_headers={"Q": "r"},
            )
        )

        assert (
            Exchange(
                Response(b"{}", 200, (("a", "b"), ("a", "c"), ("n", "1"))),
                Request("GET", "/x", (("q", "r"),)),
                "2026-03-03T09:00:00Z",
                Origin("f", 0, 1),
            )
            == exchange
        )

    def test_a_time_that_is_none_is_left_out_and_noted(self):
        exchange = one(line(response={"body": "{}"}, time="yesterday"))

        assert (exchange.time, exchange.notes) == (
            None,
            ("time is no RFC 3339 time with an offset: left out",),
        )

    def test_further_members_are_passed_over(self):
        assert (
            one(
                line(
                    request={"method": "GET", "url": "/"},
                    response={"status": 200, "body": "{}"},
                    id=7,
                    took=0.3,
                )
            ).response.body
            == b"{}"
        )

    @pytest.mark.parametrize(
        "value",
        [
            {"response": {"status": "ok", "task": 1}},
            {"response": {"body": 1}, "code": 0},
            {"response": "text", "body": "x"},
            {"status": 1, "body": "x"},
            {"status": 200, "body": "x", "message": "ok"},
            {"status": 200, "data": {}},
            {"method": "GET", "url": "/x", "body": ""},
            [{"response": {"body": 1}}],
            "text",
        ],
    )
    def test_what_is_only_alike_is_a_body(self, value):
        assert not is_exchange(value)
        assert json.dumps(value).encode() == one(json.dumps(value).encode()).response.body or isinstance(
            value, list
        )

    @pytest.mark.parametrize(
        ("value", "reason"),
        [
            ({"response": {"status": "200", "body": ""}}, NO_STATUS),
            ({"response": {"status": 1000, "body": ""}}, NO_STATUS),
            ({"response": {"status": True, "body": ""}}, NO_STATUS),
            ({"response": {"headers": 1, "body": ""}}, f"response.{NO_HEADERS}"),
            ({"response": {"headers": {"a": None}, "body": ""}}, f"response.{NO_HEADERS}"),
            ({"response": {"headers": [["a"]], "body": ""}}, f"response.{NO_HEADERS}"),
            ({"response": {"body_base64": "?"}}, "response.body_base64 is no base64"),
            ({"response": {"body_base64": 3}}, "response.body_base64 is no base64"),
            (
                {"request": {"method": "GET"}, "response": {"body": ""}},
                "request needs a url, and a method, as strings",
            ),
            ({"request": 3, "response": {"body": ""}}, "request is no object"),
            ({"status": 200, "body": "", "headers": 3, "url": "/"}, NO_HEADERS),
        ],
    )
    def test_what_breaks_the_format_says_where(self, value, reason):
        (record,) = records(b"[1]\n" + json.dumps(value).encode())[1:]

        assert (reason, 2, True) == (record.reason, record.line, "exchange.schema.json" in record.hint)
        assert not VALIDATOR.is_valid(value) or "base64" in reason

    def test_a_request_may_say_nothing(self):
        assert one(line(request={}, response={"status": 200, "body": ""})).request is None


class TestSchema:
    def test_is_valid_and_versioned(self):
        Draft202012Validator.check_schema(SCHEMA)

        assert SCHEMA["$id"] == "urn:wireproof:exchange:1"

    @given(
        st.dictionaries(
            st.sampled_from(["response", "request", "status", "body", "headers", "url", "method", "time"]),
            st.none()
            | st.integers(90, 610)
            | st.sampled_from(["GET", "/x", "2026-03-03T09:00:00Z"])
            | st.dictionaries(
                st.sampled_from(["status", "body", "headers", "url", "method", "body_base64"]),
                st.none() | st.integers(90, 610) | st.just("GET") | st.dictionaries(NAMES, TEXT, max_size=1),
            ),
        )
    )
    def test_agrees_with_the_reader(self, value):
        (record,) = records(json.dumps(value).encode())
        kept = is_exchange(value) and isinstance(record, Exchange) and not record.notes

        if kept:
            VALIDATOR.validate(value)


@pytest.mark.parametrize(
    ("value", "pairs"),
    [
        (None, ()),
        ({}, ()),
        ([{"name": "A", "value": "b"}], (("a", "b"),)),
        ([{"name": "A"}], None),
        ([{"value": "b"}], None),
        ({"a": True}, None),
        ("a: b", None),
    ],
)
def test_headers_have_few_forms(value, pairs):
    assert pairs == header_pairs(value)


def test_a_byte_order_mark_before_a_line_that_is_no_first_one_is_passed_over():
    line = b'{"request": {"method": "GET", "url": "/x"}, "response": {"status": 200, "body": {"id": 1}}}'
    found = list(read(io.BytesIO(line + b"\n\xef\xbb\xbf" + line + b"\n"), source="s.jsonl"))
    assert [(one.response.status, one.response.body) for one in found] == [(200, b'{"id": 1}')] * 2
