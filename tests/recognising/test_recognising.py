"""A bare body is told from its shape: the winner with its lead, a tie and a stranger as such."""

import json
from pathlib import Path

import pytest

from support.contracts import contract, exchange, seeded
from wireproof.examining import Examiner, Options
from wireproof.examples import Examples
from wireproof.matching import Hint, Match
from wireproof.openapi import load_contract
from wireproof.recognising import candidates, recognise

SPECS = sorted((Path(__file__).resolve().parents[2] / "specs").glob("*/openapi.yaml"))


def thing(*names, required=()):
    return {
        "type": "object",
        "required": list(required),
        "properties": {name: {"type": "string"} for name in names},
    }


def operations(*contracts):
    return [(one, operation) for one in contracts for operation in one]


def told(body, *contracts, status=None):
    record = exchange(body, status=status)
    judges = Examiner(contracts)
    return recognise(candidates(operations(*contracts), status=status), record, body, judges.judge_of)


TASK = contract(thing("task_id", "status", "video_url", required=["task_id"]), provider="tasks")
USER = contract(thing("user_id", "name", "mail", required=["user_id"]), provider="users")


def test_the_likeliest_wins_and_its_lead_is_told():
    found = told({"task_id": "1", "status": "done"}, TASK, USER)
    assert (found.how, found.operation.provider, found.score, found.runner_up) == (
        "shape",
        "tasks",
        1.0,
        ("users get", 0.0),
    )


def test_drift_does_not_hide_the_winner():
    assert (
        told({"taskId": "1", "status": 3, "video_url": "u", "new": 1}, TASK, USER).operation.provider
        == "tasks"
    )


def test_an_envelope_does_not_hide_the_winner():
    body = {"code": 0, "data": {"task_id": "1", "status": "done", "video_url": "u"}}
    assert told(body, TASK, USER).operation.provider == "tasks"


def test_a_tie_is_no_match_and_lists_the_candidates():
    twin = contract(thing("task_id", "status", "video_url", required=["task_id"]), provider="twins")
    found = told({"task_id": "1"}, TASK, USER, twin)
    assert found.reason == "the body fits tasks get and twins get equally well (1.00)"


def test_two_answers_of_one_operation_are_no_tie():
    answer = {"description": "d", "content": {"application/json": {"schema": thing("id")}}}
    both = contract(responses={"200": answer, "201": answer})
    assert told({"id": "1"}, both).response.status == "200"


def test_a_stranger_looks_like_nothing():
    assert told({"temperature": 3}, TASK, USER).reason == "the body looks like no known operation's answer"


def test_without_candidates_there_is_no_match():
    assert told({"id": "1"}).reason == "no contract promises such an answer"


def test_a_status_that_is_known_chooses_the_answers():
    fine = {"description": "d", "content": {"application/json": {"schema": thing("id")}}}
    bad = {"description": "d", "content": {"application/json": {"schema": thing("error")}}}
    made = contract(responses={"200": fine, "4XX": bad})
    assert [one.response.status for one in candidates(operations(made))] == ["200"]
    assert [one.response.status for one in candidates(operations(made), status=404)] == ["4XX"]
    assert candidates(operations(made), status=500) == []


def test_default_is_asked_where_no_success_is_promised():
    answer = {"description": "d", "content": {"application/json": {"schema": thing("id")}, "text/plain": {}}}
    assert [
        one.response.status for one in candidates(operations(contract(responses={"default": answer})))
    ] == ["default"]


def test_names_are_known_through_every_composition():
    schema = {
        "allOf": [{"$ref": "#/components/schemas/Base"}, {"oneOf": [thing("a"), thing("b")]}],
        "properties": {
            "list": {"type": "array", "items": thing("c"), "prefixItems": [thing("d")]},
            "again": {"$ref": "#/components/schemas/Base"},
        },
        "if": thing("x"),
        "then": thing("e"),
        "else": thing("f"),
        "patternProperties": {"^p": thing("g")},
        "additionalProperties": thing("h"),
        "dependentSchemas": {"a": thing("i")},
        "unevaluatedProperties": thing("j"),
    }
    base = {**thing("kind"), "discriminator": {"propertyName": "kind"}}
    heir = {"allOf": [{"$ref": "#/components/schemas/Base"}, thing("k")]}
    made = contract(schema, schemas={"Base": base, "Heir": heir})
    (found,) = candidates(operations(made))
    assert found.names == {*"abcdefghijk", "list", "kind", "again"}


def test_names_are_counted_at_any_depth_of_the_body():
    listed = contract({"type": "array", "items": thing("task_id", "status")}, provider="lists")
    assert told([{"task_id": "1", "status": "x"}], listed, USER).operation.provider == "lists"


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_what_a_shipped_contract_generates_is_recognised_among_all(path):
    shipped = [load_contract(str(one), one.read_bytes(), provider=one.parent.name) for one in SPECS]
    own = next(one for one in shipped if one.provider == path.parent.name)
    operation = own.operations[0]
    schema = next(body.schema for body in operation.promised(200).bodies)
    for seed in range(5):
        body = Examples(own.schemas).payload(schema, seeded(seed), optional=1)
        found = told(body, *shipped)
        assert isinstance(found, Match), found.reason
        assert found.operation.provider == path.parent.name


def test_a_provider_that_is_named_is_asked_alone():
    examiner = Examiner([TASK, USER], options=Options(hint=Hint(provider="users")))
    assert [one.provider for one in examiner.contracts] == ["users"]


def test_a_body_of_the_only_operation_is_its_answer_whatever_it_holds():
    examiner = Examiner([TASK])
    examiner.take(exchange({"temperature": 3}, method=None, url=None, status=None))
    (count,) = examiner.report().operations
    assert (count.operation, count.exchanges, count.by_shape) == ("get", 1, 0)
    assert json.dumps(examiner.report().to_json())
