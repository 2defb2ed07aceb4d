"""The adapter to the engines, and the words for what a schema promises."""

import pytest

from support.contracts import body_schema, contract
from support.judging import INTEGER, STRING, judge, ref, thing
from wireproof.contract import Schemas
from wireproof.errors import ContractError
from wireproof.validating import Applicable, json_type
from wireproof.validating.describe import keyword_text, promised_types, type_text
from wireproof.validating.engine import FastEngine, InvalidSchemaError, ReferenceEngine, matches_pattern


def applicable(**schemas):
    return Applicable(Schemas(schemas, {}))


def test_a_fault_tells_keyword_path_and_the_schema_that_holds_it():
    holder = {"type": "integer"}
    (fault,) = FastEngine({"$defs": {"a": thing({"x": holder})}, "$ref": "#/$defs/a"}).faults({"x": "1"})
    assert (fault.keyword, fault.path, fault.schema is holder) == ("type", ("x",), True)


@pytest.mark.parametrize("engine", [FastEngine, ReferenceEngine])
def test_a_union_s_fault_has_the_faults_of_each_alternative(engine):
    (fault,) = engine({"oneOf": [thing({}, "a"), {"type": "string"}]}).faults({})
    assert [[part.keyword for part in branch] for branch in fault.branches] == [["required"], ["type"]]


def test_a_fault_is_moved_under_a_path_with_all_its_parts():
    (fault,) = FastEngine({"anyOf": [thing({}, "a")]}).faults({})
    moved = fault.under(("x", 0))
    assert (moved.path, moved.branches[0][0].path) == (("x", 0), ("x", 0))


def test_nothing_is_fetched():
    with pytest.raises(InvalidSchemaError):
        FastEngine({"$ref": "https://example.com/schema.json"})


def test_a_wrong_schema_is_told_with_file_line_and_keyword():
    broken = contract(thing({"a": {"type": "object", "required": "b"}}))
    schemas, name = body_schema(broken)
    with pytest.raises(ContractError) as caught:
        Applicable(schemas).engine(schemas.defs[name])
    assert str(caught.value).startswith("spec.json:1: the schema is wrong: ")


def test_a_wrong_schema_without_a_place_is_told_all_the_same():
    with pytest.raises(ContractError, match=r"^the schema is wrong: "):
        judge({"type": "integr"}, 1)


def test_patterns_are_read_as_ecma_262_says():
    assert matches_pattern("^\\d$", "7")
    assert not matches_pattern("^\\d$", "\u0663")
    assert not matches_pattern("^a$", "a\n")
    assert matches_pattern("b", "abc")


def test_a_pattern_that_takes_too_long_may_match():
    assert matches_pattern("^(a|aa|(?!b)a)+$", "a" * 60 + "!")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "boolean"),
        (1, "integer"),
        (1.0, "integer"),
        (1.5, "number"),
        ("", "string"),
        ([], "array"),
        ({}, "object"),
        (10**30, "integer"),
        (1e300, "integer"),
    ],
)
def test_json_types(value, expected):
    assert json_type(value) == expected


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({}, "any value"),
        (True, "any value"),
        (False, "nothing at all"),
        (INTEGER, "integer"),
        ({"type": ["string", "null"]}, "string or null"),
        ({"type": ["integer", "number"]}, "number"),
        ({"anyOf": [INTEGER, {"type": "null"}]}, "integer or null"),
        ({"allOf": [{"type": ["string", "null"]}, {"type": ["string", "integer"]}]}, "string"),
        ({"allOf": [STRING, INTEGER]}, "nothing at all"),
        (ref("other"), "object"),
        (ref("loop"), "any value"),
        ({"oneOf": [ref("other"), ref("many")]}, "object or array"),
    ],
)
def test_the_types_a_schema_admits_in_words(schema, text):
    known = applicable(other=thing({}), many={"type": "array"}, loop=ref("loop"))
    assert type_text(known, schema) == text


def test_a_schema_that_is_composed_of_itself_admits_any_type():
    known = applicable(it={"allOf": [ref("it")]})
    assert len(promised_types(known, ref("it"))) == 7


@pytest.mark.parametrize(
    ("keyword", "schema", "text"),
    [
        ("enum", {"enum": ["a", 1, None]}, 'one of "a", 1, null'),
        ("enum", {"enum": list(range(14))}, "one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more"),
        ("const", {"const": "ä"}, '"ä"'),
        ("maximum", {"maximum": 3}, "at most 3"),
        ("pattern", {"pattern": "^a$"}, "the pattern ^a$"),
        ("uniqueItems", {}, "items that differ"),
        ("somethingElse", {}, "somethingElse"),
    ],
)
def test_one_keyword_in_words(keyword, schema, text):
    assert keyword_text(keyword, schema) == text


def test_values_of_one_schema_share_a_scope():
    known = applicable(it=thing({"a": INTEGER}))
    schema = known.schemas.defs["it"]
    assert known.scope([schema], {"a": 1}) is known.scope([schema], {"a": 2})


def test_a_scope_keeps_only_so_many_free_keys():
    known = applicable(it=thing({}, additionalProperties=INTEGER))
    scope = known.scope([known.schemas.defs["it"]], {})
    assert [scope.member(f"key {number}") for number in range(1500)] == [((INTEGER,), False)] * 1500
