"""A lifecycle is read as it is written; nonsense is told with its line."""

import pytest

from wireproof.errors import ContractError
from wireproof.lifecycle import lifecycle_for, lifecycles_of
from wireproof.openapi import load_contract

HEAD = """\
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /tasks/{id}:
    get:
      operationId: get
      responses: {'200': {description: d}}
      x-task-lifecycle:
"""


def lifecycles(text):
    block = "".join(f"        {line}\n" for line in text.strip().splitlines())
    contract = load_contract("tasks.yaml", f"{HEAD}{block}".encode(), provider="p")
    return lifecycles_of(contract.operations[0])


def test_all_of_it():
    (lifecycle,) = lifecycles("""
status: /data/*/state
states: {queued: [new], running: [1, true], failed: [bad]}
results: [/data/*/url]
result-kind: reference
progress: {at: /data/*/done, encoding: fraction}
reason: /data/*/why
success: {at: /code, equals: 0}
task: {at: /data/*/id, same-as: [/id], request: path.id}
times: {unset: -1, started: {at: /data/*/begun, unit: epoch-s}, others: [{at: /seen}]}
volatile: [/clock]
""")
    assert lifecycle.status == ("data", "*", "state")
    assert lifecycle.anchor == ("data", "*")
    assert [lifecycle.state_of(word) for word in ("new", 1, True, "1", None, "old", ["new"])] == [
        "queued",
        "running",
        "running",
        None,
        None,
        None,
        None,
    ]
    assert (lifecycle.progress.at, lifecycle.progress.encoding) == (("data", "*", "done"), "fraction")
    assert lifecycle.reason == (("data", "*", "why"),)
    assert (lifecycle.success.at, lifecycle.success.equals) == (("code",), 0)
    assert (lifecycle.task.same_as, lifecycle.task.request) == ((("id",),), "path.id")
    assert [(time.name, time.unit) for time in lifecycle.times] == [("started", "epoch-s"), ("", None)]
    assert (lifecycle.unset, lifecycle.result_kind, lifecycle.volatile) == ((-1,), "reference", (("clock",),))
    assert [lifecycle.has(part) for part in ("results", "times", "task")] == [True, True, True]
    assert str(lifecycle.place("states")) == "tasks.yaml:10"
    assert str(lifecycle.place("nothing")) == "tasks.yaml:8"


def test_almost_nothing_of_it():
    (lifecycle,) = lifecycles("status: /state")
    assert lifecycle.state_of("done") is None
    assert [lifecycle.has(part) for part in ("states", "results", "progress", "times")] == [False] * 4
    assert lifecycle.anchor == ()


def test_the_first_shape_that_fits():
    first, second = lifecycles("""
- {when: {required: [base]}, status: /state, states: {}}
- {status: /data/state}
""")
    assert lifecycle_for((first, second), {"base": 1}) is first
    assert lifecycle_for((first, second), {"data": 1}) is second
    assert lifecycle_for((first,), {"data": 1}) is None
    assert str(second.place("status")) == "tasks.yaml:10"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("states: [a]", "tasks.yaml:9: x-task-lifecycle: states takes a mapping", "docs/extensions.md"),
        ("states: {suceeded: [a]}", "'suceeded' is no state", "did you mean succeeded ?"),
        ("states: {zzz: [a]}", "'zzz' is no state", "known states: queued"),
        ("states: {failed: [a], running: [a]}", "'a' is failed and running at once", ""),
        ("states: {failed: [[a]]}", "failed takes a list of words, not list", ""),
        ("status: data/state", "status takes a JSON Pointer such as /data/status, not 'data/state'", ""),
        ("results: [{}]", "results takes a JSON Pointer", ""),
        ("result-kind: urls", "result-kind 'urls' is not known", "did you mean url ?"),
        ("progress: {at: /x}", "progress takes `at` and `encoding`", ""),
        ("progress: {at: /x, encoding: qqq}", "encoding 'qqq' is not known", "known: percent, percent-text"),
        ("success: {at: /code}", "success takes `at` and `equals`", ""),
        ("success: {at: /code, equals: [0]}", "`equals` takes one value", ""),
        ("task: {request: path.id}", "task takes `at`", ""),
        ("task: {at: /id, request: id}", "request 'id' names no part of a request", "write path.NAME"),
        ("task: {at: /id, request: 7}", "request 7 names no part of a request", ""),
        ("task: {at: /id, request: body.id}", "request 'body.id' names no part of a request", ""),
        ("times: {others: {at: /x}}", "others takes a list of times", ""),
        ("times: {started: /x}", "started takes `at` and `unit`", ""),
        ("times: {others: [{unit: epoch-s}]}", "others takes `at`, the place of the time", ""),
        ("times: {started: {at: /x, unit: epoch}}", "unit 'epoch' is not known", "did you mean epoch-s ?"),
        ("when: base", "when takes a JSON Schema", ""),
        ("when: {type: nonsense}", "when is no JSON Schema", ""),
    ],
)
def test_nonsense_is_told_with_its_line(text, message, hint):
    with pytest.raises(ContractError) as caught:
        lifecycles(text)
    assert caught.value.message.startswith("tasks.yaml:9: x-task-lifecycle: ")
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_a_contract_without_lines_names_the_pointer():
    from wireproof.specs import load_contract as load

    operation = {"responses": {"200": {"description": "d"}}, "x-task-lifecycle": {"states": 1}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/t": {"get": operation}},
    }
    with pytest.raises(ContractError) as caught:
        lifecycles_of(load(document).operations[0])
    assert "#/paths/~1t/get/x-task-lifecycle/states: " in caught.value.message
