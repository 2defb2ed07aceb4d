"""Ways of being wrong that come often: their answers are decoded, and the report stays the same."""

import copy
import io
import json
import random

import pytest

from support.batches import at_once
from support.contracts import contract
from wireproof.examining import Examiner
from wireproof.readers import read, read_blocks

PART = {
    "type": "object",
    "required": ["url", "kind", "bytes"],
    "properties": {
        "url": {"type": "string", "format": "uri"},
        "kind": {"enum": ["video", "image"]},
        "bytes": {"type": "integer", "minimum": 0},
        "note": {"type": "string"},
    },
}
TASK = {
    "type": "object",
    "required": ["id", "status", "model", "created_at", "progress", "is_public", "meta", "outputs", "score"],
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
        "status": {"type": "string", "enum": ["queued", "done"]},
        "model": {"type": "string", "minLength": 1},
        "created_at": {"type": "string", "format": "date-time"},
        "ended_at": {"type": ["string", "null"], "format": "date-time"},
        "progress": {"type": "integer", "minimum": 0, "maximum": 100},
        "is_public": {"type": "boolean"},
        "score": {"type": "number"},
        "meta": {
            "type": "object",
            "required": ["width"],
            "properties": {"width": {"type": "integer"}, "codec": {"type": "string"}},
        },
        "outputs": {"type": "array", "items": PART},
        "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 3},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
SCHEMA = {
    "type": "object",
    "required": ["code", "data"],
    "properties": {"code": {"const": 0}, "data": TASK},
}
MADE = contract(
    responses={"200": {"description": "d", "content": {"application/json": {"schema": SCHEMA}}}},
    servers=[{"url": "https://api.host.io"}],
    path="/thing/{id}",
)


def made(rng):
    task = {
        "id": f"{rng.getrandbits(48):012x}",
        "status": rng.choice(["queued", "done"]),
        "model": rng.choice(["m-1", "m-2", "4"]),
        "created_at": f"2026-01-01T00:00:{rng.randint(10, 59)}Z",
        "progress": rng.randint(0, 100),
        "is_public": rng.random() < 0.5,
        "score": rng.choice([1, 0.5, 2.0]),
        "meta": {"width": rng.choice([640, 1280])},
        "outputs": [
            {"url": f"https://cdn.host.io/{rng.randint(0, 99)}", "kind": "video", "bytes": rng.randint(0, 9)}
            for _ in range(rng.randint(0, 3))
        ],
    }
    if rng.random() < 0.5:
        task["ended_at"] = rng.choice([None, "2026-01-01T00:01:00Z"])
    if rng.random() < 0.5:
        task["meta"]["codec"] = rng.choice(["h264", 'a "quoted" \\ name'])
    if rng.random() < 0.3:
        task["tags"] = ["a", "b"][: rng.randint(0, 2)]
    if rng.random() < 0.3:
        task["labels"] = {"k": "v"}
    return {"code": 0, "data": task}


def _rename(body):
    body["data"]["percent"] = body["data"].pop("progress")


def _style(body):
    task = body["data"]
    for old, new in (("created_at", "createdAt"), ("is_public", "isPublic"), ("ended_at", "endedAt")):
        if old in task:
            task[new] = task.pop(old)


def _envelope(body):
    body["data"] = {"task": body["data"]}


def _deep_envelope(body):
    body["data"] = {"task": {"now": body["data"]}}


def _opened(body):
    body.update(body.pop("data"))


def _moved_out(body):
    body["model"] = body["data"].pop("model")


def _moved_in(body):
    body["data"]["meta"]["model"] = body["data"].pop("model")


def _listed(body):
    body["data"] = [body["data"]]


def _items(name, change):
    def applied(body):
        for output in body["data"]["outputs"]:
            if name in output:
                output[name] = change(output[name])

    return applied


def _first_item(body):
    for output in body["data"]["outputs"][:1]:
        output["kind"] = "other"


def _new_in_items(body):
    for number, output in enumerate(body["data"]["outputs"]):
        output["rank"] = number


def _set(name, change):
    def applied(body):
        body["data"][name] = change(body["data"].get(name))

    return applied


def _drop(name):
    return lambda body: body["data"].pop(name, None)


KINDS = {
    "a number as text": _set("progress", str),
    "a huge number": _set("progress", lambda _: 2**53 + 1),
    "a fraction": _set("progress", lambda _: 1.5),
    "an integer written with a fraction": _set("progress", float),
    "out of range": _set("progress", lambda value: value + 101),
    "another word": _set("status", lambda _: "archived"),
    "several other words": _set("status", lambda value: {"queued": "Queued", "done": "lost"}[value]),
    "no time": _set("created_at", lambda value: value[:10]),
    "seconds for a time": _set("created_at", lambda _: 1767225600),
    "another alphabet": _set("id", lambda value: value.upper() + "-x"),
    "null": _set("model", lambda _: None),
    "empty": _set("model", lambda _: ""),
    "an object for a text": _set("model", lambda value: {"name": value}),
    "missing": _drop("model"),
    "two missing": lambda body: (_drop("model")(body), _drop("score")(body)),
    "new": _set("shard", lambda _: 3),
    "new and wrong": lambda body: (_set("shard", lambda _: "x")(body), _set("progress", str)(body)),
    "a new object": _set("debug", lambda _: {"node": 3, "at": [1, {"x": None}]}),
    "a new object with a huge number": _set("debug", lambda _: {"n": 2**70}),
    "a map's value": _set("labels", lambda _: {"k": 1}),
    "too many items": _set("tags", lambda _: ["a", "b", "c", "d"]),
    "new in items": _new_in_items,
    "text in items": _items("bytes", str),
    "below zero in items": _items("bytes", lambda value: -value - 1),
    "null in items": _items("url", lambda _: None),
    "no address in items": _items("url", lambda _: "no address"),
    "one item": _first_item,
    "renamed": _rename,
    "another style": _style,
    "an envelope": _envelope,
    "two envelopes": _deep_envelope,
    "no envelope": _opened,
    "moved out": _moved_out,
    "moved in": _moved_in,
    "a list around it": _listed,
    "renamed and wrong": lambda body: (_set("score", str)(body), _rename(body)),
    "a local address": _items("url", lambda _: "http://localhost/x"),
}


def small_batches():
    """Count few answers at once, and learn each way at its second coming."""
    return at_once(many=4, often=2, some=4, batch=16, lines=8)


def lines_of(bodies):
    return "".join(
        json.dumps(
            {
                "time": f"2026-01-01T00:{number // 60:02}:{number % 60:02}Z",
                "request": {"method": "GET", "url": f"https://api.host.io/thing/{number}"},
                "response": {"status": 200, "body": body},
            }
        )
        + "\n"
        for number, body in enumerate(bodies)
    ).encode()


def told(data, *, many):
    examiner = Examiner([MADE])
    if many:
        for block in read_blocks(io.BytesIO(data), source="s.jsonl"):
            examiner.take_block(block)
    else:
        for record in read(io.BytesIO(data), source="s.jsonl"):
            examiner.take(record)
    return json.dumps(examiner.report().to_json(), indent=1)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [1.0, 0.4])
def test_a_drift_that_comes_often_gives_the_same_report(kind, share):
    rng = random.Random(kind)
    bodies = [made(rng) for _ in range(90)]
    for body in bodies:
        if rng.random() < share:
            KINDS[kind](body)
    data = lines_of(bodies)
    with small_batches():
        assert told(data, many=True) == told(data, many=False)


@pytest.mark.parametrize("seed", range(8))
def test_drifts_that_come_in_turns_give_the_same_report(seed):
    rng = random.Random(seed)
    kinds = rng.sample(sorted(KINDS), 4)
    bodies = [made(rng) for _ in range(120)]
    for body in bodies:
        before = copy.deepcopy(body)
        try:
            for kind in rng.sample(kinds, rng.choice([0, 1, 1, 2])):
                KINDS[kind](body)
        except (AttributeError, KeyError, TypeError):  # the one left nothing for the other
            body.clear()
            body.update(before)
    data = lines_of(bodies)
    with small_batches():
        assert told(data, many=True) == told(data, many=False)


@pytest.mark.parametrize("kind", ["a number as text", "renamed", "an envelope", "text in items", "missing"])
def test_what_is_known_is_not_explained_again(kind, monkeypatch):
    rng = random.Random(1)
    bodies = [made(rng) for _ in range(3)] * 200
    bodies = [copy.deepcopy(body) for body in bodies]
    for body in bodies:
        KINDS[kind](body)
    looked = []
    look = Examiner._look
    monkeypatch.setattr(Examiner, "_look", lambda self, match: looked.append(match) or look(self, match))
    with small_batches():
        told(lines_of(bodies), many=True)
    assert len(looked) < 8
