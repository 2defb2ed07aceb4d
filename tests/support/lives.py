"""Recordings of operations about tasks: answers that are in order, and each in which one thing is odd."""

import io
import json

from hypothesis import strategies as st

from support.contracts import load
from wireproof.examining import Examiner
from wireproof.readers import read, read_blocks

TASK = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {
        "id": {"type": "string"},
        "twin": {"type": ["string", "integer", "null"]},
        "state": {"type": "string"},
        "url": {"type": ["string", "null"]},
        "more": {"type": "array", "items": {"type": "string"}},
        "why": {"type": ["string", "null"]},
        "also": {"type": "string"},
        "share": {"type": ["number", "null"], "x-unit": "percent"},
        "begun": {"type": "integer", "x-unit": "epoch-s"},
        "ended": {"type": ["integer", "string"]},
        "seen_at": {"type": ["integer", "string", "null"]},
        "made": {"type": "string", "format": "date-time"},
        "volatile_id": {"type": "string"},
        "owner_id": {"type": "string"},
        "params": {"type": "string", "contentMediaType": "application/json"},
        "link": {"type": "string", "format": "uri"},
    },
}
LIFE = {
    "status": "/data/state",
    "states": {"queued": ["wait"], "running": ["run"], "succeeded": ["done"], "failed": ["bad"]},
    "results": ["/data/url", "/data/more/*"],
    "reason": ["/data/why", "/data/also"],
    "success": {"at": "/code", "equals": 0},
    "progress": {"at": "/data/share", "encoding": "percent"},
    "task": {"at": "/data/id", "same-as": ["/data/twin"], "request": "path.id"},
    "times": {
        "unset": -1,
        "submitted": {"at": "/data/begun", "unit": "epoch-s"},
        "finished": {"at": "/data/ended"},
        "others": [{"at": "/data/seen_at"}, {"at": "/data/made", "unit": "date-time"}],
    },
    "volatile": ["/data/volatile_id"],
}


def _at_items(value):
    if isinstance(value, str):
        return value.replace("/data/", "/data/*/")
    if isinstance(value, list):
        return [_at_items(one) for one in value]
    return {key: _at_items(one) for key, one in value.items()} if isinstance(value, dict) else value


MANY = {**_at_items(LIFE), "task": {"at": "/data/*/id", "request": "body./id"}}
EITHER = [
    {
        "when": {"required": ["word"]},
        "status": "/word",
        "states": {"running": ["run"], "succeeded": ["done"], "failed": ["bad"]},
        "results": ["/file"],
        "result-kind": "reference",
        "reason": ["/why"],
        "task": {"at": "/id", "request": "path.id"},
    },
    {**LIFE, "when": {"required": ["code"], "not": {"required": ["word"]}}, "task": {"at": "/data/id"}},
]
ERROR = {
    "type": "object",
    "properties": {"code": {"type": "integer"}, "at": {"type": "integer", "x-unit": "epoch-s"}},
}


def _enveloped(data):
    return {
        "type": "object",
        "required": ["code", "data"],
        "properties": {"code": {"type": "integer"}, "data": data, "error": {"type": ["string", "null"]}},
    }


FLAT = {
    "type": "object",
    "required": ["word", "id"],
    "properties": {
        "word": {"type": "string"},
        "id": {"type": "string"},
        "file": {"type": "string"},
        "why": {"type": "string"},
    },
}


def _operation(name, schema, life):
    contents = {"application/json": {"schema": schema}}
    errors = {"description": "d", "content": {"application/json": {"schema": ERROR}}}
    responses = {"200": {"description": "d", "content": contents}, "default": errors}
    return {"operationId": name, "responses": responses, "x-task-lifecycle": life}


MADE = load(
    {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/one/{id}": {"get": _operation("one", _enveloped(TASK), LIFE)},
            "/many": {"post": _operation("many", _enveloped({"type": "array", "items": TASK}), MANY)},
            "/either/{id}": {
                "get": _operation(
                    "either",
                    {"oneOf": [FLAT, {**_enveloped(TASK), "properties": {
                        **_enveloped(TASK)["properties"], "word": {"type": "integer"}}}]},
                    EITHER,
                )
            },
        },
    }
)  # fmt: skip

IDS = ["a1b2c3", "695c1234aaaaaaaaaaaaaaaa", "0123456789abcdef", "A1B2C3"]
URL = "https://cdn.host.io/a/b.mp4?x=%2F"
NOW = 1_767_225_600
"""2026-01-01T00:00:00Z, which is 0x6955b900 as well."""
ODDITIES = {
    "id": ["", "A1B2C3", "a-1b2c3", "x y"],
    "twin": [None, "", "a1b2c3", "other", 7],
    "state": ["wait", "run", "done", "bad", "Done", "lost", ""],
    "url": [None, "", " ", URL, "/relative", "https://example.com/x", "http://localhost/x", "https://a.io/{id}"],
    "more": [[], [URL], ["", URL], ["relative"], [" "]],
    "why": [None, "", " ", "no face", "Done", "succeeded", "https://a.io/x.mp4", "http:"],
    "also": ["", "no face", "run"],
    "share": [None, 0, 1, 55, 100, 101, 0.5, 1.0, 55.5, -1],
    "begun": [0, -1, 5, NOW, NOW * 1000, NOW + 90_000, NOW + 86_399, NOW + 8 * 3600],
    "ended": [0, "", "0", NOW - 1, NOW + 9, NOW * 1000, "2026-01-01T00:00:09Z", "2026-01-01 00:00:09", "x"],
    "seen_at": [None, 0, NOW, NOW * 1000, "2026-01-01T00:00:09Z", "x", 9_999_999_999],
    "made": ["2026-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1970-01-02T00:00:00Z", "2026-01-01T00:00:00"],
    "volatile_id": ["0123456789abcdef", "x"],
    "owner_id": ["0123456789abcdef", "x", ""],
    "params": ["{}", "", " ", "{", "null", "[1, 2]", '{"a": NaN}', "\ttrue"],
    "link": ["https://a.io/x", "http://127.0.0.1/x"],
    "extra": [1, "x", "7", {"id": 1}],
    "trace_id": ["0123456789abcdef", 7],
}  # fmt: skip
PLAIN = {
    "state": "run",
    "url": "",
    "why": "",
    "share": 40,
    "begun": NOW,
    "ended": 0,
    "made": "2026-01-01T00:00:00Z",
    "owner_id": "0123456789abcdef",
    "params": '{"size": "large"}',
}
ENDS = [
    {},
    {"state": "done", "url": URL, "share": 100},
    {"state": "bad", "why": "no face"},
    {"state": "wait"},
]


@st.composite
def tasks(draw):
    task = {"id": draw(st.sampled_from(IDS)), **PLAIN, **draw(st.sampled_from(ENDS))}
    for name in draw(st.lists(st.sampled_from(sorted(ODDITIES)), max_size=2)):
        task[name] = draw(st.sampled_from(ODDITIES[name]))
    for name in draw(st.lists(st.sampled_from(sorted(task)), max_size=1)):
        if draw(st.integers(0, 3)) == 0:
            del task[name]
    return task


@st.composite
def lines_about_tasks(draw):
    task = draw(tasks())
    asked = draw(st.sampled_from([task.get("id", "a1b2c3")] * 6 + ["other", "%41", "", "redacted"]))
    code = draw(st.sampled_from([0] * 8 + [1, 0.0]))
    kind = draw(st.sampled_from(["one", "one", "many", "many", "either", "flat"]))
    status = draw(st.sampled_from([200] * 9 + [404, 201]))
    request = {"method": "GET", "url": f"https://api.host.io/{kind}/{asked}"}
    body = {"code": code, "data": task}
    if kind == "many":
        request = {"method": "POST", "url": "/many"}
        sent = {"id": asked, "n": [1, '"\\']}
        request["body"] = draw(st.sampled_from([sent, json.dumps(sent), "id=7", None, [sent]]))
        body["data"] = draw(st.sampled_from([[task], [task], [], [task, task]]))
    elif draw(st.integers(0, 3)) == 0:
        body |= draw(
            st.sampled_from([{"new": 1}, {"new": "x"}, {"errors": "no"}, {"errors": "none"}, {"x_id": "ab"}])
        )
    if kind == "flat":
        request["url"] = f"/either/{asked}"
        word, reason = task.get("state", "run"), task.get("why") or "none"
        body = {"word": word, "id": task.get("id", "x"), "file": task.get("url") or "", "why": reason}
    if status == 404:
        body = {"code": 1, "at": draw(st.sampled_from([NOW, NOW * 1000, 0]))}
    answer = {"status": status, "body": body, "headers": {"content-type": "application/json"}}
    exchange = {"request": request, "response": answer}
    if draw(st.integers(0, 5)):
        exchange["time"] = draw(st.sampled_from(["2026-01-01T00:00:01Z", "2026-01-01T00:00:10.25Z"]))
    return json.dumps(exchange)


@st.composite
def recordings(draw):
    """Return lines, some of them several times, in any order."""
    records = draw(st.lists(lines_about_tasks(), min_size=1, max_size=8))
    again = records * draw(st.sampled_from([1, 4]))
    draw(st.randoms(use_true_random=False)).shuffle(again)
    return "\n".join(again).encode()


def one_by_one(made, data, options):
    """Return the report on the lines of a recording, taken one at a time."""
    examiner = Examiner([made], options=options)
    for record in read(io.BytesIO(data), source="s.jsonl"):
        examiner.take(record)
    return json.dumps(examiner.report().to_json(), indent=1)


def many_at_once(made, data, options):
    """Return the same, many lines at once."""
    examiner = Examiner([made], options=options)
    for block in read_blocks(io.BytesIO(data), source="s.jsonl"):
        examiner.take_block(block)
    return json.dumps(examiner.report().to_json(), indent=1)
