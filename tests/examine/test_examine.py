"""The whole pipeline as one function: what is judged, what is not, and how it is counted."""

import json

import pytest

from support.contracts import contract, exchange, findings
from wireproof.door import LIMITS, Limits
from wireproof.examining import Examiner, Options, examine
from wireproof.exchange import Exchange, Origin, Unreadable
from wireproof.finding import Severity
from wireproof.matching import Hint


def thing(**properties):
    return {"type": "object", "properties": properties}


TASK = thing(id={"type": "integer"}, state={"type": "string"})


def told(report):
    return [(one.rule, one.location.pointer) for one in report.findings]


def test_findings_are_counted_over_exchanges_not_sightings():
    made = contract(thing(items={"type": "array", "items": TASK}))
    report = examine(
        [made], [exchange({"items": [{"id": "1"}, {"id": "2"}]}, index=index) for index in range(3)]
    )
    (finding,) = report.findings
    assert (finding.location.pointer, finding.sightings, finding.of) == ("/items/*/id", 3, 3)
    assert finding.seen_as == (("numeric string", 3),)


def test_a_finding_tells_promise_place_and_first_and_last_sighting():
    report = examine(
        [contract(TASK)], [exchange({"id": "x"}, index=index, source="a") for index in (2, 1, 3)]
    )
    (finding,) = report.findings
    assert (finding.promised, finding.observed) == ("integer", "string of 1 lower-case letter")
    assert (finding.first.index, finding.last.index, str(finding.contract)) == (1, 3, "spec.json:1")
    assert (finding.location.provider, finding.location.operation, finding.location.status) == (
        "p",
        "get",
        "200",
    )


def test_times_order_sightings_and_are_in_utc():
    first = Exchange.from_parts(
        body=b'{"id": "x"}', method="GET", url="/thing", status=200, time="2024-01-02T01:00:00+02:00"
    )
    later = Exchange.from_parts(
        body=b'{"id": "y"}', method="GET", url="/thing", status=200, time="2024-01-02T00:00:00Z"
    )
    (finding,) = examine([contract(TASK)], [later, first]).findings
    assert (finding.first.time, finding.last.time) == ("2024-01-01T23:00:00Z", "2024-01-02T00:00:00Z")


def test_unreadable_records_are_counted_and_named():
    record = Unreadable(
        Origin("a.har", 3), "an entry without a response", "a whole entry", "record again", byte=7, line=2
    )
    report = examine([contract(TASK)], [record])
    (entry,) = report.not_checked
    assert (report.unreadable, report.exchanges, report.all_judged) == (1, 0, False)
    assert (entry.what, entry.line, entry.byte) == ("unreadable", 2, 7)
    assert entry.reason == "an entry without a response; expected a whole entry"


def test_unmatched_records_are_counted_and_named():
    report = examine([contract(TASK)], [exchange({}, url="/elsewhere")])
    assert (report.unmatched, report.matched, report.exchanges, report.all_judged) == (1, 0, 1, False)
    assert report.not_checked[0].reason.startswith("no contract has GET /elsewhere; nearest: p get")


BARE = {"method": None, "url": None, "status": None, "headers": {}}


def test_a_bare_body_that_is_no_json_is_unreadable():
    report = examine([contract(TASK)], [exchange(None, text="<html>", **BARE)])
    assert (report.unreadable, report.exchanges) == (1, 0)
    assert report.not_checked[0].reason.endswith("; expected a JSON body")


def test_the_line_of_a_bad_body_is_that_of_its_file():
    record = Exchange.from_parts(body=b'{"a": 1,\n"b" 2}', origin=Origin("a.jsonl", 4, line=10))
    assert examine([contract(TASK)], [record]).not_checked[0].line == 11


def test_a_body_beyond_a_limit_is_undecided():
    deep = exchange(None, text="[" * 20 + "]" * 20)
    bare = exchange(None, text="[" * 20 + "]" * 20, **BARE, index=1)
    report = examine([contract(TASK)], [deep, bare], options=Options(limits=Limits(depth=10)))
    assert (report.undecided, report.unreadable, report.exchanges, report.findings) == (2, 0, 2, ())
    assert LIMITS.depth > 10


def test_a_pattern_that_takes_too_long_leaves_the_record_undecided_and_the_next_judged():
    made = contract(thing(a={"type": "string", "pattern": "^(a|aa|(?!b)a)+$"}, b={"type": "integer"}))
    slow, next_one = exchange({"a": "a" * 60 + "!"}), exchange({"b": "1"}, index=1)
    report = examine([made], [slow, next_one])
    assert (report.undecided, told(report)) == (1, [("type-changed", "/b")])
    assert report.not_checked[0].reason == "judging this body by its contract takes too long"


def test_a_status_that_is_not_promised_is_not_judged_further():
    report = examine([contract(TASK)], [exchange({"id": "x"}, status=202)])
    assert told(report) == [("undocumented-status", "")]


def test_a_recording_without_the_body_is_judged_by_the_rest():
    record = Exchange.from_parts(body=None, method="GET", url="/thing", status=404)
    assert told(examine([contract(TASK)], [record])) == [("undocumented-status", "")]


@pytest.mark.parametrize(
    ("method", "status", "text", "expected"),
    [
        ("GET", 204, "", []),
        ("GET", 205, "", []),
        ("GET", 304, "", []),
        ("GET", 200, "", [("unreadable-body", "")]),
        ("HEAD", 200, "", []),
        ("GET", 204, '{"id": "x"}', [("type-changed", "/id")]),
    ],
)
def test_empty_bodies(method, status, text, expected):
    answer = {"description": "d", "content": {"application/json": {"schema": TASK}}}
    made = contract(responses=dict.fromkeys(("200", "204", "205", "304"), answer))
    made_head = contract(responses={"200": answer})
    record = exchange(None, text=text, status=status, method=method)
    if method == "HEAD":
        record = exchange(None, text=text, status=status, method="HEAD", url="/thing")
        report = Examiner([made_head], options=Options(hint=Hint(operation="get")))
        report.take(record)
        assert told(report.report()) == expected
    else:
        assert told(examine([made], [record])) == expected


WORDS = {"schema": thing(a={"type": "integer"})}
CONTENTS = {
    "the type that came": ({"text/plain": {}, "application/json": WORDS}, "application/json", 1),
    "a type that is no JSON": ({"text/plain": {}, "application/json": WORDS}, "text/plain", 0),
    "the nearest of several": ({"*/*": {"schema": True}, "application/json": WORDS}, "application/json", 1),
    "a range": ({"application/*": WORDS}, "application/hal+json", 1),
    "any": ({"*/*": WORDS}, "application/json", 1),
    "a kind of JSON": ({"application/problem+json": WORDS}, "application/problem+json", 1),
    "no type told": ({"text/plain": {}, "application/json": WORDS}, None, 1),
    "no schema": ({"application/json": {}}, "application/json", 0),
}


@pytest.mark.parametrize(("content", "came", "count"), CONTENTS.values(), ids=CONTENTS)
def test_the_body_is_judged_by_the_promise_of_its_type(content, came, count):
    made = contract(responses={"200": {"description": "d", "content": content}})
    headers = {"content-type": came} if came else {}
    assert told(examine([made], [exchange({"a": "x"}, headers=headers)])) == [("type-changed", "/a")] * count


def test_hints_tell_what_a_capture_does_not():
    answer = {"description": "d", "content": {"application/json": {"schema": TASK}}}
    made = contract(
        responses={
            "200": answer,
            "404": {"description": "d", "content": {"application/json": {"schema": thing(error={})}}},
        }
    )
    options = Options(hint=Hint(operation="get", status=404, content_type="application/json"))
    report = examine([made], [exchange({"error": "x", "id": 1}, **BARE)], options=options)
    assert [(one.operation, one.status, one.by_shape) for one in report.operations] == [("get", "404", 0)]
    assert told(report) == [("undocumented-field", "/id")]


def test_what_a_capture_tells_is_not_overruled():
    options = Options(hint=Hint(status=404, content_type="text/html"))
    report = examine([contract(TASK)], [exchange({"id": 1})], options=options)
    assert ([one.status for one in report.operations], told(report)) == (["200"], [])


def test_an_operation_that_is_named_is_the_one_whatever_the_url():
    report = examine(
        [contract(TASK)], [exchange({"id": 1}, url="/elsewhere")], options=Options(hint=Hint(operation="get"))
    )
    assert (report.matched, report.unmatched) == (1, 0)


def test_an_operation_that_no_contract_has_matches_nothing():
    report = examine(
        [contract(TASK)], [exchange({"id": 1}, **BARE)], options=Options(hint=Hint(operation="put"))
    )
    assert report.unmatched == 1


def test_the_reference_judges_alike():
    made = contract(
        thing(id={"type": "integer"}, kids={"type": "array", "items": {"oneOf": [TASK, {"type": "null"}]}})
    )
    body = {"id": "1", "kids": [None, {"id": "x", "z": 1}], "y": 2}
    assert findings(made, body) == findings(made, body, reference=True)
    assert len(findings(made, body)) == 4


def test_values_that_stand_in_for_no_number_are_not_judged():
    made = contract(thing(a={"type": "number", "maximum": 1}, b={"type": "number", "maximum": 1}))
    report = examine([made], [exchange(None, text='{"a": 1e999, "b": 2}')])
    assert told(report) == [("ambiguous-json", "/a"), ("constraint-violated", "/b")]


def test_findings_are_ordered_for_a_reader():
    body = {"zz": 1, "id": "x", "state": 3}
    report = examine([contract(TASK)], [exchange(body)])
    assert told(report) == [
        ("type-changed", "/id"),
        ("type-changed", "/state"),
        ("undocumented-field", "/zz"),
    ]
    assert [report.count(severity) for severity in Severity] == [2, 1, 0]


def test_lesser_faults_of_one_value_are_absorbed():
    made = contract(thing(url={"type": "string", "format": "uri", "minLength": 9}))
    (finding,) = examine([made], [exchange({"url": "x"})]).findings
    assert (finding.rule, [part.rule for part in finding.absorbs]) == (
        "format-violated",
        ["constraint-violated"],
    )
    assert (finding.absorbs[0].sightings, finding.absorbs[0].of) == (1, 1)


def test_a_report_can_be_asked_for_at_any_moment():
    examiner = Examiner([contract(TASK)])
    assert examiner.report().to_json()["summary"]["exchanges"] == 0
    examiner.take(exchange({"id": "x"}))
    partial = examiner.report(complete=False)
    assert (partial.complete, partial.all_judged, told(partial)) == (False, False, [("type-changed", "/id")])
    assert json.loads(json.dumps(partial.to_json()))["complete"] is False
