"""Where a schema says what a value means is known beforehand, unless it depends on the value."""

import pytest

from support.contracts import body_schema, contract, exchange
from wireproof.examining import examine
from wireproof.lifecycle import plan
from wireproof.lifecycle.plan import plan_of

TIME = {"type": "integer", "x-unit": "epoch-s"}
TASK = {
    "type": "object",
    "properties": {"made": TIME, "format": {"type": "string"}, "size": {"x-unit": "px"}},
}
MILLISECONDS = 1736868741000


def reference(name):
    return {"$ref": f"#/components/schemas/{name}"}


def places(schema, **more):
    found = plan_of(*body_schema(contract(schema, **more)))
    return None if found is None else [pointer for pointer, _ in found]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "object", "properties": {"name": {"type": "string", "format": "email"}}}, []),
        (TASK, [("made",)]),
        ({"type": "array", "items": TASK}, [("*", "made")]),
        ({"allOf": [{"type": "object"}, {"properties": {"data": reference("Task")}}]}, [("data", "made")]),
        ({"properties": {"url": {"type": "string", "format": "uri"}}, "oneOf": [True]}, [("url",)]),
        ({"oneOf": [TASK, {"type": "string"}]}, None),
        ({"additionalProperties": TASK}, None),
        ({"if": {"required": ["made"]}, "then": TASK}, None),
        ({"type": "object", "properties": {"part": reference("Tree")}}, None),
    ],
)
def test_places(schema, expected):
    schemas = {
        "Task": TASK,
        "Tree": {"type": "object", "properties": {"made": TIME, "below": reference("Tree")}},
    }
    assert places(schema, schemas=schemas) == expected


def test_too_many_places_are_left_to_a_walk(monkeypatch):
    monkeypatch.setattr(plan, "_STEPS", 3)
    assert places({"properties": dict.fromkeys("abcdef", TIME)}) is None


@pytest.mark.parametrize(
    ("schema", "body", "pointer"),
    [
        ({"type": "array", "items": TASK}, [{"made": MILLISECONDS}], "/*/made"),
        ({"oneOf": [TASK, {"type": "string"}]}, {"made": MILLISECONDS}, "/made"),
        ({"type": "object", "additionalProperties": TASK}, {"any": {"made": MILLISECONDS}}, "/*/made"),
    ],
)
def test_a_plan_and_a_walk_find_the_same(schema, body, pointer):
    report = examine([contract(schema)], [exchange(body)])
    assert [(finding.rule, finding.location.pointer) for finding in report.findings] == [
        ("unit-changed", pointer)
    ]
