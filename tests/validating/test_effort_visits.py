"""The work of judging a value is counted before it begins."""

from __future__ import annotations

import pytest

from wireproof.validating.effort import DEPTH_LIMIT, EFFORT_LIMIT, effort

REF = {"$ref": "#/$defs/a"}
CASES = [
    (True, 1, 1),
    ({"type": "string"}, "x", 1),
    (REF, "x", 2),
    ({"allOf": [{}, {}], "anyOf": [{}], "oneOf": [{}]}, 1, 5),
    ({"not": {}, "if": {}, "then": {}, "else": {}}, 1, 5),
    ({"dependentSchemas": {"a": {}}}, {}, 2),
    ({"properties": {"a": {}, "b": {}}}, {"a": 1, "c": 1}, 2),
    ({"additionalProperties": {}, "patternProperties": {"x": {}}}, {"a": 1, "b": 2}, 5),
    ({"propertyNames": {}}, {"a": 1, "b": 2}, 3),
    ({"items": {}, "contains": {}, "prefixItems": [{}]}, [1, 2], 7),
    ({"items": {"$ref": "#/$defs/list"}}, [[1], [2, 3]], 8),
    ({"$ref": "#/$defs/nowhere"}, 1, 2),
    ({"$ref": "#/$defs/self"}, 1, 4),
]
DEFS = {
    "a": {"type": "string"},
    "list": {"items": {}},
    "self": {"anyOf": [{"$ref": "#/$defs/self"}]},
}


@pytest.mark.parametrize(("schema", "value", "expected"), CASES)
def test_every_visit_counts(schema, value, expected):
    assert effort(DEFS, schema, value) == expected


def test_doubling_is_seen_without_doing_it():
    defs = {f"s{n}": {"anyOf": [{"$ref": f"#/$defs/s{n + 1}"}] * 2} for n in range(100)} | {"s100": {}}

    assert effort(defs, {"$ref": "#/$defs/s0"}, 1) == EFFORT_LIMIT + 1


def test_references_that_nest_too_deep_are_past_the_limit():
    defs = {f"s{n}": {"$ref": f"#/$defs/s{n + 1}"} for n in range(100_000)}

    assert effort(defs, {"$ref": "#/$defs/s0"}, 1) == EFFORT_LIMIT + 1
    assert effort(defs, {"$ref": f"#/$defs/s{100_000 - DEPTH_LIMIT // 2}"}, 1) < DEPTH_LIMIT


def test_a_value_of_many_items_is_past_the_limit():
    assert effort({}, {"items": {}}, [object() for _ in range(300_000)]) == EFFORT_LIMIT + 1
