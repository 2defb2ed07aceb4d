"""What `curl -i` prints is read answer by answer."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.door import Limits
from wireproof.exchange import Exchange, Origin, Response, Unreadable
from wireproof.readers import read


def records(data: bytes, limits: Limits | None = None) -> list[Exchange | Unreadable]:
    return list(read(io.BytesIO(data), source="f", limits=limits or Limits()))


def answers(data: bytes) -> list[tuple[int | None, bytes | None]]:
    return [(record.response.status, record.response.body) for record in records(data)]


OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"


def test_an_answer_is_an_exchange_without_a_request():
    data = b"HTTP/2 200 \r\nContent-Type: application/json\r\nset-cookie: a\r\nSet-Cookie: b:c\r\n\r\n[1]\n"

    headers = (("content-type", "application/json"), ("set-cookie", "a"), ("set-cookie", "b:c"))
    assert [Exchange(Response(b"[1]\n", 200, headers), origin=Origin("f", 0, 1))] == records(data)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([200, 404, 500]), st.sampled_from([b"{}", b'{"a": "HTTP/1.1"}', b"", b"<p>"])
        ),
        min_size=1,
    )
)
def test_answers_one_after_another_read_back(expected):
    data = b"".join(
        b"HTTP/1.1 %d X\r\ncontent-length: %d\r\n\r\n%s" % (status, len(body), body)
        for status, body in expected
    )

    assert expected == answers(data)


@pytest.mark.parametrize(
    "before",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n",
        b"HTTP/1.1 200 Connection established\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/2 301\r\nlocation: /x\r\n\r\nHTTP/2 307\r\nlocation: /y\r\n\r\n",
        b"HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Digest\r\n\r\n",
        b"\r\n",
    ],
)
def test_a_head_that_another_one_replaces_is_no_answer(before):
    assert answers(before + OK + b"[1]") == [(200, b"[1]")]


def test_an_answer_without_a_body_is_one():
    assert answers(b"HTTP/1.1 204 No Content\r\n\r\n" + OK + b"[1]") == [(204, b""), (200, b"[1]")]


def test_a_redirect_that_was_not_followed_is_an_answer():
    assert answers(b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n") == [(302, b"")]


def test_line_ends_of_any_kind_and_folded_headers_are_read():
    (record,) = records(b"HTTP/1.1 200 OK\nA: b\n  c\nD:e\n\n[1]")

    assert record.response.headers == (("a", "b c"), ("d", "e"))


def test_an_answer_without_a_length_ends_where_the_next_begins():
    assert answers(OK + b"[1]\n" + OK + b"[2]") == [(200, b"[1]\n"), (200, b"[2]")]


def test_a_length_that_does_not_hold_is_noted():
    (record,) = records(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n[1, 2")

    assert (record.response.body, record.notes) == (
        b"[1, 2",
        ("the body has 5 bytes, and its content-length says 10",),
    )


def test_a_length_of_the_compressed_body_is_not_believed():
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-encoding: gzip\r\n\r\n"

    (record,) = records(head + b"[1, 2]")

    assert record.response.body == b"[1, 2]"
    assert record.notes == ("the body was already decoded although its content-encoding says gzip",)


def test_compressed_bodies_are_unfolded():
    packed = gzip.compress(b"[1]")

    assert answers(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n" + packed) == [(200, b"[1]")]


def test_a_bomb_is_unreadable():
    bomb = zlib.compress(b" " * 100_000)

    (record,) = records(b"HTTP/1.1 200 OK\r\ncontent-encoding: deflate\r\n\r\n" + bomb, Limits(expanded=1000))

    assert "unfolds to more than 1,000 bytes" in record.reason


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"[1]", b"[1]"),
        (b"3\r\n[1,\r\n2;x=y\r\n2]\r\n0\r\n\r\n", b"[1,2]"),
        (b"3\r\n[1", b"3\r\n[1"),
        (b"3\r\n[1]\r\n", b"3\r\n[1]\r\n"),
    ],
)
def test_chunks_are_joined_where_they_are_whole(body, expected):
    assert [(200, expected)] == answers(CHUNKED + body)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"HTTP/1.1 200 OK", "a status line, but no headers that end with an empty line"),
        (b"HTTP/1.1 200 OK\r\nContent-Ty", "a status line, but no headers that end with an empty line"),
        (
            b"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
            "a status line, but no headers that end with an empty line",
        ),
        (b"> GET / HTTP/1.1\n> Host: h\n", "the output of curl -v, whose lines are marked with < and >"),
    ],
)
def test_what_is_no_dump_is_said(data, reason):
    assert [reason] == [record.reason for record in records(data)]


def test_a_dump_past_the_limit_is_said():
    assert [r.reason for r in records(OK + b"[1]" * 20, Limits(size=60))] == [
        "more than 60 bytes of one curl dump"
    ]


def test_lines_are_those_of_the_heads():
    assert [record.origin.line for record in records(b"\n" + OK + b"[1]\n" + OK + b"[2]")] == [2, 6]
