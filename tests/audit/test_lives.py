"""Answers about tasks, judged many at a time, give the report that they give one by one."""

import json

import pytest
from hypothesis import given

from support.batches import at_once
from support.contracts import load
from support.lives import LIFE, MADE, TASK, many_at_once, one_by_one, recordings
from wireproof.options import Options

ANY_HOST = Options(any_host=True)
STATES = {"running": ["run"], "succeeded": ["done"], "failed": ["bad"]}


@given(data=recordings())
def test_tasks_give_the_same_report(data):
    assert one_by_one(MADE, data, ANY_HOST) == many_at_once(MADE, data, ANY_HOST)


@given(data=recordings())
def test_tasks_that_come_in_small_batches_give_the_same_report(data):
    with at_once():
        assert one_by_one(MADE, data, ANY_HOST) == many_at_once(MADE, data, ANY_HOST)


def contract(schema, *lives):
    contents = {"application/json": {"schema": schema}}
    operation = {
        "operationId": "get",
        "responses": {"200": {"description": "d", "content": contents}},
        "x-task-lifecycle": list(lives),
    }
    paths = {"/task/{id}": {"get": operation}}
    return load({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths})


def task(**properties):
    return {"type": "object", "required": ["word"], "properties": {"word": {"type": "string"}, **properties}}


def life(**parts):
    return {"status": "/word", "states": STATES, **parts}


ANSWERS = [
    {"word": word, **more}
    for word in ("run", "done", "bad", "lost")
    for more in ({}, {"id": "1"}, {"id": "one", "why": "no face"}, {"parts": [{"n": 1}, {"n": 2}]})
]
MEMBERS = {
    "id": {"type": "string"},
    "why": {"type": "string"},
    "parts": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}}}},
}


@pytest.mark.parametrize(
    "lives",
    [
        [life(task={"at": "/id", "request": "path.id"})],
        [life(task={"at": "/id", "request": "path.other"})],
        [life(task={"at": "/id", "request": "query.id"})],
        [life(task={"at": "/id", "request": "body./id"})],
        [life(results=["/parts/0/n"])],
        [life(results=["/parts"], **{"result-kind": "value"})],
        [life(results=["/parts/*"], **{"result-kind": "value"})],
        [life(results=["/*"], **{"result-kind": "value"})],
        [life(progress={"at": "/parts/*/n", "encoding": "percent"})],
        [life(success={"at": "/word", "equals": "run"})],
        [{"success": {"at": "/word", "equals": "run"}, "states": {}}],
        [{**life(), "states": {}}],
        [life(when={"properties": {"word": {"const": "run"}}}), life(reason=["/why"])],
        [life(when={"required": ["id"]}), life(reason=["/why"])],
        [life(when={"required": ["absent"]})],
        [life(when={"not": {"required": ["absent"]}}, reason=["/why", "/parts/*/n"])],
    ],
)
def test_lifecycles_of_any_shape_give_the_same_report(lives):
    made = contract(task(**MEMBERS), *lives)
    lines = [
        {
            "request": {"method": "GET", "url": f"/task/{asked}"},
            "response": {"status": 200, "body": body},
            "time": f"2026-01-01T00:00:{number:02}Z",
        }
        for number, body in enumerate(ANSWERS)
        for asked in ("1", "one?id=1", "%31")
    ]
    data = b"\n".join(json.dumps(line).encode() for line in lines * 3)
    assert one_by_one(made, data, Options()) == many_at_once(made, data, Options())


@pytest.mark.parametrize(
    "others",
    [
        [task(id={"type": "string"}), {**task(), "properties": {"word": {"type": "integer"}}}],
        [task(word={"enum": ["run", "done"]}), task(word={"const": "bad"}, id={"type": "string"})],
        [task(word={"enum": ["run", "done"]}), task(id={"type": "string"})],
        [task(), {"type": "string"}],
        [task(), True],
    ],
)
@pytest.mark.parametrize("lives", [[], [life(task={"at": "/id", "request": "path.id"})]])
def test_one_of_several_shapes_gives_the_same_report(others, lives):
    made = contract({"oneOf": others}, *lives)
    bodies = [*ANSWERS, {"word": 1}, {"word": 1, "id": "1"}, {"word": None}, {"id": "1"}, "text"]
    lines = [
        {"request": {"method": "GET", "url": "/task/1"}, "response": {"status": 200, "body": body}}
        for body in bodies
    ]
    data = b"\n".join(json.dumps(line).encode() for line in lines * 3)
    with at_once():
        assert one_by_one(made, data, Options()) == many_at_once(made, data, Options())


def test_long_answers_and_long_requests_give_the_same_report():
    enveloped = {"type": "object", "properties": {"code": {"type": "integer"}, "data": TASK}}
    made = contract(enveloped, LIFE)
    lines = []
    for number in range(40):
        data = {"id": str(number % 7), "state": "bad", "why": "x" * 100 * number}
        request = {"method": "GET", "url": f"/task/{number % 7}", "body": {"prompt": "[" * 200 * number}}
        lines.append({"request": request, "response": {"status": 200, "body": {"code": 0, "data": data}}})
    data = b"\n".join(json.dumps(line).encode() for line in lines)
    assert one_by_one(made, data, Options()) == many_at_once(made, data, Options())
