"""A fault is told at its very place, whatever the names on the way to it are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.contracts import contract, findings
from wireproof.validating.engine import FastEngine, InvalidSchemaError, ReferenceEngine

NAMES = ["", "0", "7", "07", "+7", "\u0667", "a/b", "~", "18446744073709551616", "type", "properties", "x"]


def told(engine, schema, value):
    return sorted(repr((fault.keyword, fault.path, fault.schema)) for fault in engine(schema).faults(value))


@pytest.mark.parametrize("name", NAMES)
def test_a_member_of_any_name(name):
    schema = {"properties": {name: {"type": "string"}}}
    (fault,) = FastEngine(schema).faults({name: 1})
    assert (fault.keyword, fault.path, fault.schema) == ("type", (name,), {"type": "string"})


@given(path=st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), twin=st.sampled_from(NAMES))
def test_both_engines_tell_the_same_place(path, twin):
    schema, value = {"type": "string"}, 1
    for name in path:
        schema = {"type": "object", "properties": {twin: {"type": "boolean"}, name: schema}}
        value = {twin: True, name: value}
    assert told(FastEngine, schema, value) == told(ReferenceEngine, schema, value)


@given(
    st.dictionaries(
        st.sampled_from([name for name in NAMES if name not in {"07", "+7"}]),
        st.sampled_from([1, "x", {"a": 1}, {"": "x"}]),
        max_size=4,
    )
)
def test_both_engines_tell_the_same_of_names_that_are_left_free(value):
    schema = {
        "additionalProperties": {"anyOf": [{"type": "string"}, {"required": ["a"], "type": "object"}]},
    }
    paths = [
        [fault.path for fault in engine(schema).faults(value)] for engine in (FastEngine, ReferenceEngine)
    ]
    assert sorted(map(repr, paths[0])) == sorted(map(repr, paths[1]))


@pytest.mark.parametrize("value", [{"1": {"7": 1}}, {"1": [{"7": 1}]}, {"": {"7": 1}}])
def test_below_names_of_digits_and_indexes(value):
    inner = {"properties": {"7": {"type": "string"}}, "items": {"properties": {"7": {"type": "string"}}}}
    schema = {"additionalProperties": inner}
    assert told(FastEngine, schema, value) == told(ReferenceEngine, schema, value)


def test_a_map_of_numbers_is_told_where_it_is_wrong():
    made = contract({"type": "object", "additionalProperties": {"type": "integer"}})
    assert findings(made, {"123": "x", "7": 1}) == [("type-changed", "/*")]


def test_members_of_objects_by_number_are_told_where_they_are_wrong():
    entry = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
    made = contract({"type": "object", "additionalProperties": entry})
    assert findings(made, {"7": {}, "123": {"a": "x"}}) == [
        ("required-missing", "/*/a"),
        ("type-changed", "/*/a"),
    ]


def test_promised_names_of_digits_keep_their_names():
    promised = {name: {"type": "string"} for name in ("128", "01", "")}
    made = contract({"type": "object", "properties": promised})
    assert findings(made, {"128": 1}, {"01": 1}, {"": 1}) == [
        ("type-changed", "/"),
        ("type-changed", "/01"),
        ("type-changed", "/128"),
    ]


def test_a_pattern_that_is_empty_is_a_name_in_the_schema_alone():
    schema = {"patternProperties": {"": {"type": "string"}}}
    assert told(FastEngine, schema, {"x": 1}) == told(ReferenceEngine, schema, {"x": 1})


def test_a_schema_that_is_wrong_is_told_where_it_is():
    with pytest.raises(InvalidSchemaError) as caught:
        FastEngine({"$defs": {"it": {"properties": {"07": {"type": 5}}}}})
    assert caught.value.path == ("$defs", "it", "properties", "07", "type")
