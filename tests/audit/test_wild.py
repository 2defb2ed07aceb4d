"""Contracts and recordings at their worst: the fast way gives the report of the slow one."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import wild
from support.batches import at_once
from support.contracts import contract, seeded
from support.lines import told
from wireproof.examining import Examiner, Options
from wireproof.matching import Hint
from wireproof.readers import read, read_blocks

BARE = Options(hint=Hint(operation="get", status=200))


def one_by_one(made, options, data):
    examiner = Examiner([made], options=options)
    for record in read(io.BytesIO(data), source="s.jsonl"):
        examiner.take(record)
    return examiner.report()


def many_at_once(made, options, data):
    examiner = Examiner([made], options=options)
    with at_once():
        for block in read_blocks(io.BytesIO(data), source="s.jsonl"):
            examiner.take_block(block)
        return examiner.report()


@given(st.integers(0, 1 << 40))
def test_any_contract_and_any_recording_give_the_same_report(seed):
    made, options, lines = wild.recording(seeded(seed))
    data = b"\n".join(lines)
    assert told(many_at_once(made, options, data)) == told(one_by_one(made, options, data))


@pytest.mark.parametrize(
    "name", ['a"b', "a\\b", "a\nb", "", "\u007f", "128", "01", "+1", "/", "~0", "f0", "*"]
)
@pytest.mark.parametrize("value", [1, 2, "x", None, {"y": 1}])
def test_a_member_of_any_name_promised_or_not(name, value):
    other = {"type": "object", "properties": {"n": {"type": "integer"}, name: {"type": "integer"}}}
    for schema in (other, {"type": "object", "properties": {"n": {"type": "integer"}}}):
        lines = [{"n": 1}, {"n": 1, name: 1}, {"n": "x", name: value}, {name: value}] * 3
        data = "\n".join(map(json.dumps, lines)).encode()
        made = contract(schema)
        assert told(many_at_once(made, BARE, data)) == told(one_by_one(made, BARE, data))


@pytest.mark.parametrize("limit", [0, 1, 2**31, 2**62, 2**63, 2**64, 3.0])
@pytest.mark.parametrize("keyword", ["minLength", "maxLength", "minItems", "maxItems"])
def test_a_length_of_any_size(keyword, limit):
    schema = {
        "type": "object",
        "properties": {"s": {"type": "string"}, "a": {"type": "array", "items": {"type": "integer"}}},
    }
    schema["properties"]["s" if "Length" in keyword else "a"][keyword] = limit
    lines = [{"s": ""}, {"s": "x"}, {"s": "\U0001f600"}, {"a": []}, {"a": [1]}, {"a": [1, 2], "s": "xyz"}] * 3
    data = "\n".join(map(json.dumps, lines)).encode()
    made = contract(schema)
    assert told(many_at_once(made, BARE, data)) == told(one_by_one(made, BARE, data))


@pytest.mark.parametrize("kinds", [["object", "null"], ["object", "string"], ["object", "null", "integer"]])
@pytest.mark.parametrize("inside", [{"zz": 1}, {"n": "x"}, {"n": 1, "deep": {"zz": 2}}, {"deep": {"m": 5}}])
def test_what_is_wrong_inside_an_object_that_may_be_null(kinds, inside):
    deep = {"type": kinds, "properties": {"m": {"type": "string"}}}
    part = {"type": kinds, "properties": {"n": {"type": "integer"}, "deep": deep}}
    made = contract({"type": "object", "properties": {"id": {"type": "string"}, "part": part}})
    bodies = [{"id": "x", "part": inside}, {"part": inside}, {"part": None}, {"id": "x"}, {"part": "x"}] * 4
    data = "\n".join(map(json.dumps, bodies)).encode()
    assert told(many_at_once(made, BARE, data)) == told(one_by_one(made, BARE, data))


@pytest.mark.parametrize("listed", [["open", 2**60], [2**53, 2**53 + 1], [2**64], [1, None, -(2**60)]])
def test_integers_that_parsers_read_differently_are_told_though_they_are_listed(listed):
    made = contract({"type": "object", "properties": {"id": {"enum": listed}}})
    bodies = [{"id": value} for value in (*listed, 1, "x")] * 4
    data = "\n".join(map(json.dumps, bodies)).encode()
    report = many_at_once(made, BARE, data)
    assert told(report) == told(one_by_one(made, BARE, data))
    assert "ambiguous-json" in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("keyword", [{"pattern": "^(?!a)[a-z]+$"}, {"maxLength": 2}, {"format": "date"}])
def test_of_two_members_that_came_wrong_together_one_may_come_right(keyword):
    word = {"type": "string", **keyword}
    made = contract({"type": "object", "properties": {"word": word, "n": {"type": "integer"}}})
    right = {"pattern": "i", "maxLength": "i", "format": "2026-01-01"}[next(iter(keyword))]
    both, one = {"word": "12:30:00 h", "n": "zz zz"}, {"word": right, "n": "zz zz"}
    data = "\n".join(map(json.dumps, [both] * 9 + [one, both, both, one, both] * 9)).encode()
    assert told(many_at_once(made, BARE, data)) == told(one_by_one(made, BARE, data))


@pytest.mark.parametrize("required", [["n"], ["n", "kind"]])
@pytest.mark.parametrize(
    ("asked", "fitting"),
    [
        ({"pattern": "^[a-z]{2}$"}, "zz"),
        ({"pattern": "^[a-z]+$", "maxLength": 2}, "zz"),
        ({"format": "date"}, "2026-01-01"),
        ({"minLength": 9, "format": "uri"}, "https://a.example"),
        ({"enum": ["zz", "yy"]}, "zz"),
    ],
)
def test_a_stranger_may_be_the_member_that_is_missing_or_not(asked, fitting, required):
    kind = {"type": "string", "examples": [{"pattern": "("}], **asked}
    made = contract(
        {"type": "object", "required": required, "properties": {"n": {"type": "integer"}, "kind": kind}}
    )
    other, same = {"n": 1, "zz_new": "line\nend"}, {"n": 1, "zz_new": fitting}
    wrong = {"n": "true", "zz_new": fitting}
    for order in ([other, same], [same, other], [other, wrong, same]):
        data = "\n".join(map(json.dumps, [order[0], *order * 30])).encode()
        assert told(many_at_once(made, BARE, data)) == told(one_by_one(made, BARE, data))


@pytest.mark.parametrize("kinds", [["object", "null"], ["object", "string"], ["object", "null", "integer"]])
def test_a_body_that_is_no_object_though_it_might_be_one(kinds):
    made = contract({"type": kinds, "properties": {"n": {"type": "integer"}}})
    bodies = [{"n": 1}, None, "x", '{"n": "x"}', 5, "", {"n": "x"}, {}] * 4
    asked = {"method": "GET", "url": "/thing"}
    lines = [{"request": asked, "response": {"status": 200, "body": body}} for body in bodies]
    data = "\n".join(map(json.dumps, lines)).encode()
    assert told(many_at_once(made, Options(), data)) == told(one_by_one(made, Options(), data))
