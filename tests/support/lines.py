"""Recordings of one operation: what ordinary and odd lines hold, and the two ways to read them."""

import io
import json

from hypothesis import strategies as st

from support.contracts import contract
from wireproof.examining import Examiner
from wireproof.readers import read, read_blocks

SCHEMA = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {
        "id": {"type": "string"},
        "state": {"enum": ["queued", "done"]},
        "n": {"type": "integer", "minimum": 0},
        "at": {"type": "string", "format": "date-time"},
        "link": {"type": "string", "format": "uri"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "part": {
            "type": "object",
            "properties": {"x": {"type": "number"}, "y": {"type": ["string", "null"]}},
        },
        "map": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
}
UNION = {
    "oneOf": [
        {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"const": "a"}, "n": {"type": "integer"}},
        },
        {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"const": "b"}, "m": {"type": "string"}},
        },
    ]
}
RESPONSES = {
    "200": {
        "description": "d",
        "headers": {"X-Count": {"required": True, "schema": {"type": "integer"}}},
        "content": {"application/json": {"schema": SCHEMA}},
    },
    "404": {"description": "d", "content": {"application/json": {"schema": UNION}}},
}
MADE = contract(responses=RESPONSES, servers=[{"url": "https://api.host.io"}], path="/thing/{id}")

FIELDS = {
    "id": st.sampled_from(["6f1c0c5e-2f0a-4b5e-9f3a-0a1b2c3d4e5f", "0123456789abcdef", "x", 7, None, ""]),
    "state": st.sampled_from(["queued", "done", "DONE", "lost", 3]),
    "n": st.sampled_from([0, 1, 1.0, -1, "1", 2**53 + 1, 2**70, True, None, 1.5]),
    "at": st.sampled_from(["2026-01-01T00:00:00Z", "2026-01-01", "1767225600", 1767225600, ""]),
    "link": st.sampled_from(["https://a.io/x", "http://127.0.0.1/x", "no link", "https://localhost/x"]),
    "tags": st.lists(st.sampled_from(["a", 1, None]), max_size=3),
    "part": st.fixed_dictionaries(
        {}, optional={"x": st.sampled_from([1, 0.5, "1"]), "y": st.sampled_from(["", None, 1])}
    ),
    "map": st.dictionaries(st.sampled_from(["k", "l"]), st.sampled_from([1, "x"]), max_size=2),
    "new": st.sampled_from([1, "x", {"id": 1}, [1]]),
    "user_id": st.sampled_from(["0123456789abcdef", 5]),
    "kind": st.sampled_from(["a", "b", "c"]),
    "m": st.sampled_from(["x", 1]),
    "data": st.fixed_dictionaries({"id": st.just("x"), "state": st.just("done"), "n": st.just(1)}),
}
BODIES = st.fixed_dictionaries({}, optional=FIELDS) | st.fixed_dictionaries(
    {"id": st.just("x"), "state": st.sampled_from(["queued", "done"])},
    optional={"n": FIELDS["n"], "part": FIELDS["part"]},
)


@st.composite
def lines_of_exchanges(draw):
    answer = {"status": draw(st.sampled_from([200, 200, 200, 404, 418])), "body": draw(BODIES)}
    headers = draw(
        st.sampled_from([None, {"content-type": "application/json", "x-count": "1"}, {"X-Count": "x"}, {}])
    )
    if headers is not None:
        answer["headers"] = headers
    if draw(st.booleans()):
        answer["body"] = json.dumps(answer["body"])
    url = draw(
        st.sampled_from(
            ["https://api.host.io/thing/1", "https://api.host.io/thing/2?a=b", "/thing/3", "/other"]
        )
    )
    exchange = {"request": {"method": "GET", "url": url}, "response": answer}
    if draw(st.booleans()):
        exchange["time"] = draw(
            st.sampled_from(
                [
                    "2026-01-01T00:00:01Z",
                    "2026-01-01T00:00:00.5+01:00",
                    "2026-02-30T10:00:00Z",
                    "2024-02-29T10:00:00Z",
                    "later",
                ]
            )
        )
    return json.dumps(exchange)


ODD = st.sampled_from(
    [
        "not json",
        "[1]",
        "{}",
        '{"id": "x", "id": "y", "state": "done"}',
        '{"request":{"method":"GET","url":"/thing/1"},"response":{"status":200,"body":{"id":"a","id":"b","state":"done"}}}',
        '{"request":{"method":"GET","url":"/thing/1"},"response":{"status":200,"body":{"id":"a\\ud800","state":"done"}}}',
        '{"request":{"method":"GET","url":"/thing/1"},"response":{"status":200,"body":{"id":"q\\":","state":"done","n":1e400}}}',
        '{"request":{"method":"GET","url":"/thing/1"},"response":{"status":200,"body":{"id":"\\\\","state":"done","n":NaN}}}',
        '{"request":{"method":"GET","url":"/thing/1"},"response":{"status":200,"body":null}}',
        '{"request":{"method":"GET","url":"/thing/1"},"response":{"status":200,"body":"<html>"}}',
        '{"request":{"method":"GET","url":"/thing/1"},"response":{"status":200,"body":'
        + "[" * 600
        + "]" * 600
        + "}}",
    ]
)


def one_by_one(data, options):
    examiner = Examiner([MADE], options=options)
    for record in read(io.BytesIO(data), source="s.jsonl"):
        examiner.take(record)
    return examiner.report()


def many_at_once(data, options):
    examiner = Examiner([MADE], options=options)
    for block in read_blocks(io.BytesIO(data), source="s.jsonl"):
        examiner.take_block(block)
    return examiner.report()


def told(report):
    return json.dumps(report.to_json(), indent=1)
