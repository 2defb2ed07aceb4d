"""Meaning in the report: one finding a defect, tasks, histories, and what was not covered."""

import json
from copy import deepcopy
from dataclasses import replace
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from support.contracts import contract, exchange
from support.documented_style import START, hex_id, poll, walk
from wireproof import registry
from wireproof.examining import examine
from wireproof.exchange import Origin
from wireproof.report import Report
from wireproof.reporters.text import text_report

CONTRACTS = registry()
SCHEMA = json.loads(files("wireproof").joinpath("schemas/report.schema.json").read_text(encoding="utf-8"))


def at(*path, value):
    """Return a change that puts `value` at a path of a body."""

    def change(body):
        for token in path[:-1]:
            body = body[token]
        body[path[-1]] = value

    return change


def answered(provider, body, **more):
    record = poll(provider, 1, "succeeded", 100, second=1, **more)
    return replace(record, response=replace(record.response, body=json.dumps(body).encode()))


def told(records):
    report = examine(CONTRACTS, records if isinstance(records, list) else [records])
    return [(finding.rule, finding.location.pointer) for finding in report.findings]


DEFECTS = {
    "a2e: epoch for date-time": ("a2e", ("data", 0, "createdAt"), START, "unit-changed", "/data/*/createdAt"),
    "a2e: percent sign": ("a2e", ("data", 0, "process"), "100%", "unit-changed", "/data/*/process"),
    "a2e: share of one": ("a2e", ("data", 0, "process"), 1.0, "unit-changed", "/data/*/process"),
    "a2e: relative": ("a2e", ("data", 0, "result"), "/a.mp4", "url-unusable", "/data/*/result"),
    "a2e: null": ("a2e", ("data", 0, "result"), None, "null-not-allowed", "/data/*/result"),
    "a2e: envelope": ("a2e", ("code",), 1001, "error-in-success", "/code"),
    "a2e: envelope's type": ("a2e", ("code",), "0", "type-changed", "/code"),
    "a2e: closed list": ("a2e", ("data", 0, "status"), "paused", "enum-value-unknown", "/data/*/status"),
    "duomi: share of one": ("duomi", ("progress",), 1.0, "unit-changed", "/progress"),
    "duomi: out of scale": ("duomi", ("progress",), 400, "unit-changed", "/progress"),
    "duomi: in the error field": (
        "duomi", ("message",), "https://cdn.host.io/a.mp4", "result-in-error-field", "/data/videos/*/url",
    ),
    "vapi: open list": ("vapi", ("status",), "Paused", "status-unmapped", "/status"),
    "vapi: other case": ("vapi", ("status",), "SUCCESS", "status-unmapped", "/status"),
    "vapi: envelope": ("vapi", ("base_resp", "status_code"), 7, "error-in-success", "/base_resp/status_code"),
    "yutoai: seconds": (
        "yutoai", ("data", "data", "create_time"), START, "unit-changed", "/data/data/create_time",
    ),
    "yutoai: text": (
        "yutoai", ("data", "submit_time"), "2025-01-14T15:31:40Z", "unit-changed", "/data/submit_time",
    ),
    "yutoai: number as text": (
        "yutoai", ("data", "submit_time"), str(START), "type-changed", "/data/submit_time",
    ),
    "yutoai: number for text": ("yutoai", ("data", "progress"), 100, "unit-changed", "/data/progress"),
    "yutoai: order": ("yutoai", ("data", "finish_time"), START - 9, "time-order", "/data/finish_time"),
    "yutoai: late submission": (
        "yutoai", ("data", "submit_time"), START + 900, "time-order", "/data/start_time",
    ),
    "yutoai: embedded": (
        "yutoai", ("data", "data", "animate_params_str"), "{oops", "embedded-json-invalid",
        "/data/data/animate_params_str",
    ),
    "yutoai: two ids": (
        "yutoai", ("data", "data", "animate_id"), hex_id(7, 32), "task-id-mismatch", "/data/task_id",
    ),
    "yutoai: pattern of the id": (
        "yutoai", ("data", "task_id"), "t-17", "constraint-violated", "/data/task_id",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("provider", "path", "value", "rule", "pointer"), DEFECTS.values(), ids=DEFECTS)
def test_one_defect_is_one_finding(provider, path, value, rule, pointer):
    record = poll(provider, 1, "succeeded", 100, second=1, change=at(*path, value=value))
    assert told(record) == [(rule, pointer)]


ERRORS = {
    "no task": ("yutoai", {"code": "no_such_task", "message": "no such task", "data": None}, "/code"),
    "no content": ("yutoai", {"code": "no_such_task", "message": "no such task"}, "/code"),
    "zero values": ("yutoai", {"code": "x", "data": {"task_id": "", "status": ""}}, "/code"),
    "flat": (
        "vapi",
        {"base_resp": {"status_code": 1004, "status_msg": "login fail"}},
        "/base_resp/status_code",
    ),
    "envelope": ("vapi", {"code": 1001, "message": "quota"}, "/code"),
    "strange members": ("a2e", {"code": 1001, "msg": "quota"}, "/code"),
    "promised under 4XX": ("duomi", {"message": "unauthorized"}, ""),
    "promised under 4XX, and more": ("duomi", {"code": 401, "message": "unauthorized"}, ""),
    "an error object": ("duomi", {"error": {"message": "unauthorized", "type": "auth"}}, "/error"),
}


@pytest.mark.parametrize(("provider", "body", "pointer"), ERRORS.values(), ids=ERRORS)
def test_an_error_under_http_success_is_one_finding(provider, body, pointer):
    assert told(answered(provider, body)) == [("error-in-success", pointer)]


def test_meaning_is_read_through_a_new_envelope():
    body = json.loads(poll("yutoai", 1, "succeeded", 100, second=1).response.body)
    assert told(answered("yutoai", {"result": body})) == [("envelope-added", "")]
    wrong = deepcopy(body)
    wrong["data"]["finish_time"] = START - 9
    found = told(answered("yutoai", {"result": wrong}))
    assert found == [("envelope-added", ""), ("time-order", "/data/finish_time")]


def test_another_providers_answer_is_only_that():
    body = json.loads(poll("a2e", 1, "succeeded", 100, second=1).response.body)
    body["code"] = 7
    assert told(answered("yutoai", body)) == [("other-operation", "")]


def test_an_answer_of_failure_has_no_task():
    record = poll("a2e", 1, "succeeded", 100, second=1, status=500, change=at("code", value=9))
    assert examine(CONTRACTS, [record]).histories.tasks == ()


def test_rules_without_data_are_named_once_an_operation():
    schema = {"type": "object", "properties": {"id": {"type": "string"}}}
    report = examine([contract(schema)], [exchange({"id": "a"}), exchange({"id": "b"}, index=1)])
    assert [entry.rule for entry in report.not_covered] == [
        "failure-without-reason",
        "progress-regressed",
        "reason-in-wrong-field",
        "result-in-error-field",
        "status-unmapped",
        "success-without-result",
        "task-id-mismatch",
        "task-regressed",
        "time-order",
    ]
    assert report.all_judged
    assert "p get: no x-task-lifecycle, so tasks are not read" in text_report(report)
    assert report.to_json()["not_covered"][0] == {
        "provider": "p",
        "operation": "get",
        "rule": "failure-without-reason",
    }


def test_parts_that_a_lifecycle_lacks_are_named_and_do_not_clutter_the_text():
    report = examine(CONTRACTS, walk("vapi", 1))
    assert [entry.rule for entry in report.not_covered] == ["progress-regressed", "time-order"]
    assert "x-task-lifecycle" not in text_report(report)


def test_many_operations_without_a_lifecycle_are_counted():
    made = [contract({"type": "object"}, provider=f"p{number}", path=f"/t{number}") for number in range(5)]
    records = [exchange({}, url=f"/t{number}", index=number) for number in range(5)]
    assert "p0 get, p1 get, p2 get and 2 more: no x-task-lifecycle" in text_report(examine(made, records))


def test_the_text_counts_tasks_by_their_latest_state():
    records = [
        *walk("duomi", 1),
        *walk("duomi", 2, steps=(("queued", 0), ("running", 5))),
        poll("duomi", 3, "failed", 0, second=9),
    ]
    assert "tasks: 1 succeeded, 1 failed, 1 running" in text_report(examine(CONTRACTS, records))


def test_a_report_with_tasks_fits_its_schema_and_merges():
    records = [*walk("yutoai", 1), *walk("duomi", 2), poll("vapi", 3, "failed", 0, second=None)]
    whole = examine(CONTRACTS, records)
    Draft202012Validator(SCHEMA).validate(whole.to_json())
    parts = Report()
    for record in records:
        parts = parts.merge(examine(CONTRACTS, [record]))
    assert parts.to_json() == whole.to_json()


def test_what_one_exchange_shows_the_history_does_not_repeat():
    asked = poll("duomi", 1, "running", 5, second=1)
    dashless = json.loads(asked.response.body)
    dashless["id"] = dashless["id"].replace("-", "")
    bent = replace(asked, response=replace(asked.response, body=json.dumps(dashless).encode()))
    records = [poll("duomi", 1, "running", 5, second=second) for second in (1, 2, 3)]
    records.append(replace(bent, time="2025-01-14T15:33:09Z", origin=Origin("duomi.jsonl", 9)))
    report = examine(CONTRACTS, records)
    assert [(finding.rule, finding.sightings) for finding in report.findings] == [("identifier-changed", 1)]
    assert report.told == ()
    assert report.merge(Report()) == report


def test_volatile_fields_and_times_with_a_unit_are_not_compared():
    schema = {
        "type": "object",
        "properties": {
            "state": {"type": "string"},
            "request_id": {"type": "string"},
            "made_at": {"type": "integer", "x-unit": "epoch-s"},
        },
    }
    lifecycle = {"status": "/state", "states": {"running": ["busy"]}, "volatile": ["/request_id"]}
    text = json.dumps({
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/thing": {"get": {
            "operationId": "get", "x-task-lifecycle": lifecycle,
            "responses": {"200": {"description": "d", "content": {"application/json": {"schema": schema}}}},
        }}},
    })  # fmt: skip
    from wireproof.openapi import load_contract

    made = load_contract("spec.json", text.encode(), provider="p")
    ids = [hex_id(1, 32), hex_id(2, 32), hex_id(3, 32), "57b9ba07-db5e-4ed5-bf18-ebb4179a826d"]
    bodies = [{"state": "busy", "request_id": name, "made_at": START} for name in ids]
    report = examine([made], [exchange(body, index=index) for index, body in enumerate(bodies)])
    assert (report.findings, report.histories.fields) == ((), ())


def test_no_string_of_a_task_is_shown():
    address = "https://cdn.host.io/s3cr3t.mp4"
    record = poll("yutoai", 1, "failed", 0, second=1, change=at("data", "fail_reason", value=address))
    report = examine(CONTRACTS, [record])
    assert "s3cr3t" not in json.dumps(report.to_json()) + text_report(report) + repr(report)
    assert hex_id(1, 32) not in json.dumps(report.to_json()) + text_report(report) + repr(report)
