"""A body that a gate passes has nothing wrong with it, and holds nothing that the contract does not name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.contracts import body_schema, contract
from wireproof.validating import Judge
from wireproof.validating.gate import Gate

ID = {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]}
NAME = {"type": "object", "properties": {"name": {"type": "string"}}}
SCHEMAS = {
    "plain": ID,
    "nested": {"type": "object", "properties": {"data": {"type": "array", "items": ID}}},
    "a map": {"type": "object", "additionalProperties": ID},
    "patterns": {"type": "object", "patternProperties": {"^[ab]$": ID}},
    "any object": {"type": "object", "properties": {"id": {"type": "object"}}},
    "anything": {"properties": {"id": {}}},
    "allOf": {"allOf": [ID, NAME]},
    "anyOf": {"anyOf": [ID, NAME]},
    "oneOf": {"oneOf": [ID, NAME]},
    "oneOf of closed parts": {"oneOf": [{**ID, "additionalProperties": False}, NAME]},
    "oneOf inside": {
        "type": "object",
        "properties": {"a": {"oneOf": [ID, {"type": "object", "additionalProperties": {}}]}},
    },
    "same member twice": {
        "allOf": [
            {"type": "object", "properties": {"a": ID}},
            {"type": "object", "properties": {"a": NAME}},
        ]
    },
    "condition": {
        "type": "object",
        "properties": {"id": {"type": "integer"}},
        "if": {"properties": {"id": {"const": 1}}},
        "then": {"properties": {"a": {"type": "string"}}},
        "else": {"properties": {"b": {"type": "string"}}},
    },
    "condition about the inside": {
        "if": {"properties": {"a": ID}},
        "then": {"properties": {"b": {}}},
    },
    "required without a name": {"type": "object", "required": ["a"], "properties": {"id": {}}},
    "open list": {
        "type": "object",
        "properties": {"name": {"type": "string", "x-extensible-enum": ["a", "b"]}},
    },
    "tuple": {"type": "object", "properties": {"a": {"prefixItems": [ID], "items": NAME}}},
    "nullable": {"type": "object", "properties": {"a": {"anyOf": [ID, {"type": "null"}]}}},
    "unevaluated": {**ID, "unevaluatedProperties": {"type": "string"}},
    "dependent": {**ID, "dependentSchemas": {"id": {"properties": {"a": {"type": "string"}}}}},
    "number": {"type": "object", "properties": {"a": {"type": "number", "maximum": 9e300}}},
    "not": {"type": "object", "properties": {"a": {"not": ID}}},
    "true and false": {"type": "object", "properties": {"a": True, "b": False}},
}
NAMES = st.sampled_from(["a", "b", "id", "name", "zz"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(["a", "zz", ""]),
    st.integers(-2, 2),
    st.sampled_from([1.0, 0.5, 2**60, 1e30]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=8,
)
JUDGES = {}


def judge_and_gate(name):
    if name not in JUDGES:
        schemas, root = body_schema(contract(SCHEMAS[name]))
        judge = Judge(schemas)
        JUDGES[name] = (judge, root, Gate(judge.applicable, schemas.defs[root]))
    return JUDGES[name]


@pytest.mark.parametrize("name", SCHEMAS)
@given(value=VALUES)
def test_what_passes_has_no_site(name, value):
    judge, root, gate = judge_and_gate(name)
    if gate.passes(value):
        judgement = judge.judge(root, value)
        assert (str(judgement.verdict), judgement.sites) == ("valid", ())


def numbers_of(value):
    if isinstance(value, dict | list):
        return [
            one
            for inner in (value.values() if isinstance(value, dict) else value)
            for one in numbers_of(inner)
        ]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


@pytest.mark.parametrize("name", SCHEMAS)
@given(value=VALUES)
def test_what_passes_holds_no_number_that_parsers_read_differently(name, value):
    _, _, gate = judge_and_gate(name)
    if gate.passes(value):
        assert [number for number in numbers_of(value) if abs(number) > 2**53] == []


PASSING = {
    "plain": {"id": 1},
    "nested": {"data": [{"id": 1}, {"id": 2}]},
    "a map": {"x": {"id": 1}},
    "allOf": {"id": 1, "name": "x"},
    "anyOf": {"id": 1, "name": "x"},
    "oneOf of closed parts": {"name": "x"},
    "condition": {"id": 1, "a": "x"},
    "required without a name": {"a": 1, "id": 2},
    "open list": {"name": "a"},
    "nullable": {"a": {"id": 1}},
    "number": {"a": 0.5},
}


@pytest.mark.parametrize("name", PASSING)
def test_an_ordinary_body_passes(name):
    _, _, gate = judge_and_gate(name)
    assert gate.passes(PASSING[name])


def test_a_condition_about_the_inside_of_members_lets_nothing_pass():
    _, _, gate = judge_and_gate("condition about the inside")
    assert (gate.certain, gate.passes({})) == (False, False)
