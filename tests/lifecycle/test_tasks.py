"""A task is read wherever the lifecycle says that it stands; what is absent is absent."""

import json

import pytest

from wireproof.exchange import Exchange, Request, Response
from wireproof.lifecycle import Task, lifecycles_of, read_task
from wireproof.lifecycle.pointers import anchor_of, find, parse, text_of
from wireproof.lifecycle.request import asked_for
from wireproof.specs import load_contract
from wireproof.tasks import task_of

LIST = {
    "status": "/tasks/*/state",
    "states": {"running": ["busy"], "succeeded": ["done"], "failed": ["error"]},
    "results": ["/tasks/*/urls/*"],
    "reason": ["/tasks/*/why"],
    "progress": {"at": "/tasks/*/done", "encoding": "percent-text"},
    "task": {"at": "/tasks/*/id", "request": "path.id"},
    "times": {"submitted": {"at": "/tasks/*/at", "unit": "epoch-ms"}, "started": {"at": "/tasks/*/begun"}},
}


def contract(lifecycle, path="/v1/tasks/{id}"):
    content = {"application/json": {"schema": {"type": "object", "additionalProperties": True}}}
    operation = {
        "operationId": "get",
        "responses": {"200": {"description": "d", "content": content}},
        "x-task-lifecycle": lifecycle,
    }
    return load_contract({
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {path: {"get": operation}},
    })  # fmt: skip


def asking(url="https://api.host.io/v1/tasks/b", *, body=None, headers=(), answer=None, status=200):
    sent = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    return Exchange(Response(json.dumps(answer).encode(), status), Request("GET", url, headers, sent))


BODY = {
    "tasks": [
        {"id": "a", "state": "error", "why": "no face", "urls": []},
        {
            "id": "b",
            "state": "done",
            "why": "fine",
            "urls": ["https://cdn.host.io/1", ""],
            "done": "100%",
            "at": 1736868741500,
            "begun": 1736868741,
        },
    ]
}


def test_of_a_list_the_task_that_was_asked_for():
    task = task_of(asking(answer=BODY), [contract(LIST)])
    assert task == Task(
        state="succeeded",
        wire_state="done",
        progress=1.0,
        results=("https://cdn.host.io/1",),
        times={"submitted": "2025-01-14T15:32:21.500Z", "started": "2025-01-14T15:32:21Z"},
        id="b",
    )


def test_else_the_first():
    task = task_of(asking("/v1/tasks/zz", answer=BODY), [contract(LIST)])
    assert (task.id, task.state, task.reason, task.results) == ("a", "failed", "no face", ())


def test_no_task():
    known = contract(LIST)
    assert task_of(asking(answer={"tasks": []}), [known]) is None
    assert task_of(asking(answer={"tasks": [{"state": None}, {"state": []}]}), [known]) is None
    assert task_of(asking(answer=BODY, status=404), [known]) is None
    assert task_of(asking("/elsewhere", answer=BODY), [known]) is None
    assert task_of(Exchange(Response(b"{", 200), Request("GET", "/v1/tasks/a")), [known]) is None
    assert task_of(asking(answer=BODY), [contract({"results": ["/x"]})]) is None
    assert task_of(asking(answer=BODY), [contract({"when": {"required": ["x"]}, "status": "/x"})]) is None


def test_a_task_is_read_through_a_change_of_structure():
    known = load_contract({
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/t": {"get": {
            "operationId": "get",
            "x-task-lifecycle": {"status": "/state", "states": {"running": ["busy"]}},
            "responses": {"200": {"description": "d", "content": {"application/json": {"schema": {
                "type": "object", "required": ["state", "size"],
                "properties": {"state": {"type": "string"}, "size": {"type": "integer"}},
            }}}}},
        }}},
    })  # fmt: skip
    task = task_of(asking("/t", answer={"data": {"state": "busy", "size": 1}}), [known])
    assert task.state == "running"


def test_an_unmapped_word_is_an_unknown_state():
    task = task_of(asking(answer={"tasks": [{"state": "paused", "id": 7}]}), [contract(LIST)])
    assert (task.state, task.wire_state, task.mapped, task.terminal, task.id) == (
        "unknown",
        "paused",
        False,
        False,
        "7",
    )


def test_a_task_in_a_value_alone():
    lifecycles = lifecycles_of(contract(LIST).operations[0])
    assert read_task(lifecycles, BODY).id == "a"
    operation = contract(LIST).operations[0]
    assert read_task(lifecycles, BODY, operation=operation, exchange=asking()).id == "b"
    assert read_task((), BODY) is None
    assert read_task(lifecycles, {}) is None


@pytest.mark.parametrize(
    ("request_part", "exchange", "expected"),
    [
        ("path.id", asking("https://h/base/v1/tasks/t%201?x=1"), "t 1"),
        ("path.id", asking("/v1/tasks/t1/"), "t1"),
        ("path.id", asking("/v1/jobs/t1"), None),
        ("path.id", asking("http://[bad/v1/tasks/t1"), None),
        ("path.name", asking("/v1/tasks/t1"), None),
        ("path.id", asking("/v1/tasks/{id}"), None),
        ("path.id", asking("/v1/tasks/REDACTED"), None),
        ("path.id", Exchange(Response(b"")), None),
        ("query.task", asking("/t?x=1&task=7"), "7"),
        ("query.task", asking("/t?x=1"), None),
        ("header.X-Task", asking("/t", headers=(("x-task", "7"),)), "7"),
        ("cookie.task", asking("/t", headers=(("cookie", "a=1; task=7"),)), "7"),
        ("cookie.task", asking("/t"), None),
        ("body./task/id", asking("/t", body={"task": {"id": 7}}), "7"),
        ("body./ids/0", asking("/t", body={"ids": ["a", "b"]}), "a"),
        ("body./id", asking("/t", body={"id": True}), None),
        ("body./id", asking("/t", body={"id": ""}), None),
        ("body./id", asking("/t", body=b"id=7"), None),
        ("body./id", asking("/t"), None),
    ],
)
def test_the_identifier_that_was_asked_for(request_part, exchange, expected):
    assert asked_for(request_part, contract(LIST).operations[0], exchange) == expected


def test_pointers():
    value = {"a/b": [{"x": 1}, {"x": 2}], "m": {"k": {"x": 3}, "l": 4}, "*": 5}
    assert parse("/a~1b/*/x") == ("a/b", "*", "x")
    assert text_of(("a/b", 0, "x~")) == "/a~1b/*/x~0"
    assert anchor_of(("a", "*", "b", "*", "c")) == ("a", "*", "b", "*")
    assert [found for _, found in find(value, parse("/a~1b/*/x"))] == [1, 2]
    assert [found for _, found in find(value, parse("/a~1b/1/x"))] == [2]
    assert [found for _, found in find(value, parse("/a~1b/7/x"))] == []
    assert [found for _, found in find(value, parse("/a~1b/x"))] == []
    assert list(find(value, parse("/m/*/x"))) == [(("m", "k", "x"), 3)]
    assert [found for _, found in find(value, ("*",))] == [5]
    assert [found for _, found in find(value, parse("/a~1b/*/x"), under=("a/b", 1))] == [2]
    assert [found for _, found in find(value, parse("/m/k/x"), under=("a/b", 1))] == [3]
