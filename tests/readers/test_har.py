"""A HAR is read entry by entry; what an exporter left out is said, with how to get it."""

from __future__ import annotations

import gzip
import io
import json
from base64 import b64encode
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.door import Limits
from wireproof.exchange import Exchange, Origin, Request, Response, Unreadable
from wireproof.readers import read

gzipped = partial(gzip.compress, mtime=0)  # the same bytes, and so the same test ids, at any time

NO_LIST = "a HAR that has no list of entries, or ends before it"


def entry(
    *, status: object = 200, content: object = None, method: str = "GET", headers=(), **more: object
) -> dict:
    return {
        "startedDateTime": "2026-03-03T10:00:00.000+01:00",
        "request": {"method": method, "url": "https://h/v1", "headers": [{"name": "Accept", "value": "*/*"}]},
        "response": {
            "status": status,
            "headers": [{"name": name, "value": value} for name, value in headers],
            "content": {"size": 7, "text": '{"a":1}'} if content is None else content,
            **more,
        },
    }


def har(*entries: object, indent: int | None = None) -> bytes:
    log = {"version": "1.2", "creator": {"name": "test"}, "pages": [{"id": "]}"}], "entries": list(entries)}
    return json.dumps({"log": log}, indent=indent).encode()


def records(data: bytes, limits: Limits | None = None) -> list[Exchange | Unreadable]:
    return list(read(io.BytesIO(data), source="f.har", limits=limits or Limits()))


def one(*entries: object) -> Exchange | Unreadable:
    (record,) = records(har(*entries))
    return record


def test_an_entry_is_an_exchange():
    posted = entry(headers=[("Content-Type", "application/json")])
    posted["request"] |= {"method": "post", "postData": {"text": "q"}}

    assert Exchange(
        Response(b'{"a":1}', 200, (("content-type", "application/json"),)),
        Request("POST", "https://h/v1", (("accept", "*/*"),), b"q"),
        "2026-03-03T09:00:00Z",
        Origin("f.har", 0, 1),
    ) == one(posted)


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=1, max_size=4),
    st.sampled_from([None, 2]),
)
def test_bodies_read_back_as_they_were(texts, indent):
    data = har(*(entry(content={"text": text}) for text in texts), indent=indent)

    assert [text.encode() for text in texts] == [record.response.body for record in records(data)]


@given(st.integers(0, 1500))
def test_entries_before_a_cut_are_read_and_the_cut_is_said(cut):
    data = har(*(entry(content={"text": str(number)}) for number in range(4)))
    whole = [number for number in range(4) if data.find(b'"text": "%d"}}}' % number) + 14 < cut]

    found = records(data[:cut])

    bodies = [record.response.body for record in found if isinstance(record, Exchange)]
    assert bodies[: len(whole)] == [b"%d" % number for number in whole] or cut < 60
    assert isinstance(found[-1], Unreadable) or cut >= data.rindex(b"]")


def test_a_cut_is_told_once():
    *_, last = found = records(har(entry(), entry())[:-60])

    assert [Exchange, Unreadable] == list(map(type, found))
    assert last.reason == "the recording ends here, inside the list of its records that began at line 1"
    assert (last.origin.index, (last.byte or 0) > 300) == (1, True)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (entry(content={"size": 10}), "HAR entry without a body (the exporter left it out)"),
        (entry(content={}), "HAR entry without a body (the exporter left it out)"),
        (entry(content=3), "HAR entry without a body (the exporter left it out)"),
        (
            entry(content={"size": 0}, headers=[("content-length", "12")]),
            "HAR entry without a body (the exporter left it out)",
        ),
        (entry(status=0), "HAR entry that was never answered: status 0"),
        (
            entry(status=0, _error="net::ERR_BLOCKED_BY_CLIENT"),
            "HAR entry that was never answered: status 0 (net::ERR_BLOCKED_BY_CLIENT)",
        ),
        (entry(status=0, _error="\x1b[31m"), "HAR entry that was never answered: status 0"),
        (entry(status="200"), "HAR entry without a status"),
        (entry(content={"text": "?", "encoding": "base64"}), "HAR entry whose body says base64 and is none"),
        ({"response": {}}, "HAR entry without a request"),
        ({"request": {}, "response": 3}, "HAR entry without a response"),
        (
            {"request": {"url": 3}, "response": {"status": 200}},
            "HAR entry whose request has no method or no url",
        ),
        (
            {"request": {"method": "GET", "url": "/", "headers": 3}, "response": {"status": 200}},
            "HAR entry whose headers are no list of names and values",
        ),
        ([], "HAR entry that is no object"),
    ],
)
def test_what_is_no_exchange_is_said_and_hides_no_other(answer, reason):
    before, bad, after = records(har(entry(), answer, entry()))

    assert isinstance(before, Exchange)
    assert isinstance(after, Exchange)
    assert (reason, Origin("f.har", 1, 1)) == (bad.reason, bad.origin)
    assert bad.hint


def test_a_missing_body_tells_how_to_export_it():
    assert "HAR with content" in one(entry(content={"size": 10})).hint


@pytest.mark.parametrize(
    "answer",
    [
        entry(status=204, content={}),
        entry(status=304, content={"size": 10}),
        entry(method="HEAD", content={"size": 10}),
        entry(content={"size": 0}),
        entry(content={"size": 0}, headers=[("content-length", "0")]),
    ],
)
def test_a_body_that_was_empty_is_empty(answer):
    assert one(answer).response.body == b""


@pytest.mark.parametrize(
    ("packed", "note"),
    [
        (b'{"a":1}', ()),
        (gzipped(b'{"a":1}'), ()),
        (b"\x1f\x8b?", ("the body is no whole gzip stream although its content-encoding says so",)),
    ],
)
def test_base64_is_decoded_and_unfolded_where_it_is_compressed(packed, note):
    content = {"text": b64encode(packed).decode(), "encoding": "base64"}

    exchange = one(entry(content=content, headers=[("content-encoding", "gzip")]))

    assert (packed if note else b'{"a":1}', note) == (exchange.response.body, exchange.notes)


def test_a_decoded_text_beside_its_old_header_needs_no_remark():
    assert one(entry(headers=[("content-encoding", "gzip")])).notes == ()


@pytest.mark.parametrize("started", [None, 3, "3 March"])
def test_a_time_that_is_none_is_left_out(started):
    assert one(entry() | {"startedDateTime": started}).time is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"log": {"version": "1.2", "creator": {}, "entries": []}}', "a HAR without entries"),
        (b'{"log": {"version": "1.2", "creator": {}}}', NO_LIST),
        (b'{"log": {"version": "1.2", "creator": {"na', NO_LIST),
        (b'{"log": {"version": "1.2", "creator": {}, "entries": 3}}', NO_LIST),
    ],
)
def test_without_entries_that_is_said(data, reason):
    assert [reason] == [record.reason for record in records(data)]


def test_an_entry_past_the_limit_hides_no_other():
    huge = entry(content={"text": "x" * 5000})

    first, second = records(har(huge, entry()), Limits(line=2000))

    assert (first.reason, second.response.body) == ("a record of more than 2,000 bytes", b'{"a":1}')


def test_an_entry_that_is_no_json_hides_no_other():
    data = har(entry(), entry()).replace(b'"status": 200', b'"status": 2OO', 1)

    first, second = records(data)

    assert (first.reason, second.response.body) == ("a number written as JSON does not write it", b'{"a":1}')
    assert data[first.byte : first.byte + 2] == b"OO"
