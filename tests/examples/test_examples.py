"""What a contract generates fits the contract, and what cannot be made is told with its place."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import strangers
from support.contracts import body_schema, contract, seeded
from support.invented import Inventor
from wireproof.contract import Schemas
from wireproof.errors import ContractError
from wireproof.examples import Examples, payload
from wireproof.openapi import load_contract
from wireproof.validating import Judge, Verdict
from wireproof.validating.engine import FastEngine, ReferenceEngine

SPECS = sorted((Path(__file__).resolve().parents[2] / "specs").glob("*/*.yaml"))


def schemas_of(schema, **others):
    return Schemas({"it": schema, **others}, {})


def made(schema, seed=0, **others):
    return payload(schemas_of(schema, **others), "it", seeded(seed))


def assert_fits(schemas, name, value):
    judgement = Judge(schemas).judge(name, value)
    assert (judgement.verdict, judgement.sites) == (Verdict.VALID, ())
    assert ReferenceEngine(Judge(schemas).applicable.document(schemas.defs[name])).is_valid(value)


@given(st.randoms(use_true_random=False), st.sampled_from(["3.0", "3.1"]))
def test_what_an_invented_contract_generates_fits_it_in_both_engines(chance, version):
    schemas, name = body_schema(Inventor(chance, version=version).contract())
    assert_fits(schemas, name, payload(schemas, name, chance))


@pytest.mark.parametrize("build", strangers.ALL, ids=lambda build: build.__name__)
def test_what_a_stranger_s_contract_generates_fits_it(build):
    schemas, name = body_schema(build())
    examples = Examples(schemas)
    for seed in range(25):
        assert_fits(schemas, name, examples.payload(name, seeded(seed)))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_a_shipped_contract_generates_fits_it(path):
    shipped = load_contract(str(path), path.read_bytes(), provider="p")
    examples = Examples(shipped.schemas)
    names = {body.schema for operation in shipped for answer in operation.responses for body in answer.bodies}
    assert names
    for name in names:
        for seed in range(10):
            assert_fits(shipped.schemas, name, examples.payload(name, seeded(seed)))


def test_the_same_choices_give_the_same_bytes():
    schemas, name = body_schema(strangers.composed())
    examples = Examples(schemas)
    first, again = (json.dumps(examples.payload(name, seeded(7))) for _ in range(2))
    assert first == again
    assert json.dumps(payload(schemas, name, seeded(7))) == first
    assert json.dumps(examples.payload(name, seeded(8))) != first


HARD = {
    "exactly one of two alike": {
        "oneOf": [
            {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
            {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]},
        ]
    },
    "a number that is no integer": {"oneOf": [{"type": "integer"}, {"type": "number"}]},
    "if and then": {
        "properties": {"state": {"enum": ["done", "failed"]}, "reason": {"type": "string"}},
        "required": ["state"],
        "if": {"properties": {"state": {"const": "failed"}}},
        "then": {"required": ["reason"]},
        "else": {"not": {"required": ["reason"]}},
    },
    "bounds from two parts": {
        "allOf": [{"type": "integer", "minimum": 5}, {"exclusiveMaximum": 8, "multipleOf": 3}]
    },
    "a narrow fraction": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.001},
    "exact multiples": {"type": "number", "multipleOf": 0.05, "minimum": 0.1, "maximum": 0.2},
    "multiples of two steps": {"type": "number", "allOf": [{"multipleOf": 0.5}, {"multipleOf": 0.75}]},
    "below zero": {"type": "integer", "maximum": -5},
    "a pattern with a length": {"type": "string", "pattern": "^[a-z]+$", "minLength": 20, "maxLength": 22},
    "two patterns": {
        "type": "string",
        "allOf": [{"pattern": "^a"}, {"pattern": "z$"}, {"pattern": "^a[m-z]*$"}],
    },
    "a pattern and a format": {"type": "string", "format": "uri", "pattern": "^https:"},
    "a look-ahead": {"type": "string", "pattern": "^(?!z)[a-z]{3}$"},
    "items that differ": {"type": "array", "items": {"enum": [1, 2, 3]}, "minItems": 3, "uniqueItems": True},
    "items by place": {"type": "array", "prefixItems": [{"const": 1}], "items": False, "minItems": 1},
    "an item that fits": {"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 900}},
    "free keys": {"type": "object", "additionalProperties": {"type": "boolean"}, "minProperties": 4},
    "names that fit": {"type": "object", "propertyNames": {"pattern": "^[A-Z]{3}$"}, "minProperties": 1},
    "keys of a pattern": {
        "type": "object",
        "patternProperties": {"^x-[a-z]+$": {"type": "integer"}},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "few members": {"type": "object", "properties": {"a": {}, "b": {}, "c": {}}, "maxProperties": 1},
    "many members": {"type": "object", "properties": {"a": {}, "b": {}, "c": {}}, "minProperties": 3},
    "required by others": {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "b": {}, "c": {}},
        "required": ["a"],
        "dependentRequired": {"a": ["b"]},
        "dependentSchemas": {"b": {"required": ["c"], "properties": {"c": {"const": 1}}}},
    },
    "a name that nothing describes": {"type": "object", "required": ["token"]},
    "null among others": {"enum": [None, "a", 3]},
    "a list within a type": {"type": "string", "enum": ["a", 3, None]},
    "anything": True,
    "anything, as a schema": {},
    "an open list": {"type": "string", "x-extensible-enum": ["small", "large"]},
    "not": {"type": "integer", "minimum": 0, "maximum": 3, "not": {"enum": [0, 1, 2]}},
    "closed together": {
        "allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {"type": "string"}}}],
        "required": ["a", "b"],
        "unevaluatedProperties": False,
    },
    "an optional member that cannot be": {
        "type": "object",
        "properties": {"a": False, "b": {"type": "null"}},
    },
}


@pytest.mark.parametrize("schema", HARD.values(), ids=HARD)
def test_hard_asks_are_met(schema):
    for seed in range(8):
        assert FastEngine({"allOf": [schema]}).is_valid(made(schema, seed))


FORMATS = (
    "byte",
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "time",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_that_is_checked_is_made(name):
    schema = {"type": "string", "format": name}
    for seed in range(20):
        assert_fits(schemas_of(schema), "it", made(schema, seed))


def test_a_recursion_ends():
    tree = {
        "type": "object",
        "properties": {
            "kids": {"type": "array", "items": {"$ref": "#/$defs/it"}},
            "up": {"$ref": "#/$defs/up"},
        },
        "required": ["kids", "up"],
    }
    up = {"anyOf": [{"$ref": "#/$defs/it"}, {"type": "null"}]}
    for seed in range(10):
        assert_fits(schemas_of(tree, up=up), "it", made(tree, seed, up=up))


def test_optional_members_come_as_often_as_asked():
    schema = {
        "type": "object",
        "properties": {name: {"type": "integer"} for name in "abcd"},
        "required": ["a"],
    }
    schemas = schemas_of(schema)
    assert list(payload(schemas, "it", seeded(0), optional=0)) == ["a"]
    assert list(payload(schemas, "it", seeded(0), optional=1)) == ["a", "b", "c", "d"]


def test_a_discriminator_names_the_alternative_that_was_made():
    schemas, name = body_schema(strangers.nullable())
    for seed in range(20):
        visit = payload(schemas, name, seeded(seed))["visit"]
        assert ("notes" in visit, "minutes" in visit) == (
            visit["type"] == "Check",
            visit["type"] == "Surgery",
        )


IMPOSSIBLE = {
    "nothing fits": (False, "a schema of it admits nothing"),
    "types that exclude each other": (
        {"allOf": [{"type": "string"}, {"type": "integer"}]},
        "its types exclude each other",
    ),
    "no number between": (
        {"type": "integer", "minimum": 3, "maximum": 2},
        "no number lies within its bounds",
    ),
    "listed values that do not fit": ({"type": "integer", "enum": ["a"]}, "none of its listed values fits"),
    "a pattern outside the ordinary": (
        {"type": "string", "pattern": "(a)\\1"},
        "no text is made for the pattern (a)\\1: it has a back reference",
    ),
    "a pattern and a length": (
        {"type": "string", "pattern": "^a$", "minLength": 9},
        "no text found for the pattern ^a$ and at least 9 characters",
    ),
    "a required member that is forbidden": (
        {"type": "object", "required": ["a"], "additionalProperties": False},
        "the required member a is not admitted",
    ),
    "alternatives that both fit": (
        {"oneOf": [{"type": "integer"}, {"type": "integer"}]},
        "what its parts ask does not fit together",
    ),
    "items that cannot differ": (
        {"type": "array", "items": {"const": 1}, "minItems": 2, "uniqueItems": True},
        "its items cannot all differ",
    ),
    "no end": (
        {"anyOf": [{"type": "object", "properties": {"a": {"$ref": "#/$defs/it"}}, "required": ["a"]}]},
        "each of its alternatives admits nothing finite",
    ),
    "names outside the ordinary": (
        {"type": "object", "patternProperties": {"^(a)\\1$": {}}, "minProperties": 1},
        "no member name is made: it has a back reference",
    ),
}


@pytest.mark.parametrize(("schema", "reason"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_be_made_is_told(schema, reason):
    with pytest.raises(ContractError) as caught:
        made(schema)
    assert str(caught.value) == f"it: no example is found for this schema: {reason}"


def test_what_cannot_be_made_is_told_with_its_place():
    broken = contract(
        {
            "type": "object",
            "required": ["id"],
            "properties": {"id": {"type": "integer", "minimum": 2, "maximum": 1}},
        }
    )
    schemas, name = body_schema(broken)
    with pytest.raises(ContractError, match=r"^spec\.json:1: no example is found") as caught:
        payload(schemas, name, seeded(0))
    assert caught.value.exit_code == 3
