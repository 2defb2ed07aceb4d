"""What the versions of OpenAPI mean by their schemas: one dialect comes out."""

import pytest

from support.contracts import contract, findings
from wireproof.errors import ContractError

OWNER = {"Owner": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}}
NULL = [("null-not-allowed", "/a")]


def found(version, schema, value, **schemas):
    made = contract(
        {"type": "object", "properties": {"a": schema}}, version=version, schemas={**OWNER, **schemas}
    )
    return findings(made, {"a": value})


REF = {"$ref": "#/components/schemas/Owner"}

CASES = {
    "3.0: nullable": ("3.0.3", {"type": "string", "nullable": True}, None, []),
    "3.0: not nullable": ("3.0.3", {"type": "string", "nullable": False}, None, NULL),
    "3.0: nullable with an enum that lacks null": (
        "3.0.3",
        {"type": "string", "enum": ["x"], "nullable": True},
        None,
        [],
    ),
    "3.0: nullable with an enum that has null": (
        "3.0.3",
        {"type": "string", "enum": ["x", None], "nullable": True},
        None,
        [],
    ),
    "3.0: a stranger to a nullable enum": (
        "3.0.3",
        {"type": "string", "enum": ["x"], "nullable": True},
        "y",
        [("enum-value-unknown", "/a")],
    ),
    "3.0: nullable beside allOf": ("3.0.3", {"allOf": [REF], "nullable": True}, None, []),
    "3.0: nullable beside allOf, judged": (
        "3.0.3",
        {"allOf": [REF], "nullable": True},
        {},
        [("required-missing", "/a/name")],
    ),
    "3.0: nullable beside oneOf": ("3.0.3", {"oneOf": [REF, {"type": "array"}], "nullable": True}, None, []),
    "3.0: nullable beside anyOf": ("3.0.3", {"anyOf": [REF], "nullable": True}, None, []),
    "3.0: nullable beside $ref": ("3.0.3", {**REF, "nullable": True}, None, []),
    "3.0: nullable without a type": ("3.0.3", {"nullable": True}, None, []),
    "3.0: other keywords beside $ref do not count": ("3.0.3", {**REF, "maxProperties": 0}, {"name": "x"}, []),
    "3.0: a format beside $ref does not count": ("3.0.3", {**REF, "format": "int32"}, {"name": "x"}, []),
    "3.1: keywords beside $ref count": (
        "3.1.0",
        {**REF, "maxProperties": 0},
        {"name": "x"},
        [("constraint-violated", "/a")],
    ),
    "3.1: nullable is no keyword": ("3.1.0", {"type": "string", "nullable": True}, None, NULL),
    "3.1: null is a type": ("3.1.0", {"type": ["string", "null"]}, None, []),
    "3.0: exclusiveMinimum is a switch": (
        "3.0.3",
        {"minimum": 0, "exclusiveMinimum": True},
        0,
        [("constraint-violated", "/a")],
    ),
    "3.0: exclusiveMinimum, off": ("3.0.3", {"minimum": 0, "exclusiveMinimum": False}, 0, []),
    "3.0: exclusiveMaximum without a maximum says nothing": ("3.0.3", {"exclusiveMaximum": True}, 10**9, []),
    "3.1: exclusiveMinimum is a bound": (
        "3.1.0",
        {"exclusiveMinimum": 0},
        0,
        [("constraint-violated", "/a")],
    ),
    "3.2: as 3.1": ("3.2.0", {"type": ["string", "null"]}, None, []),
    "int32": ("3.1.0", {"type": "integer", "format": "int32"}, 2**31, [("format-violated", "/a")]),
    "int32, the largest": ("3.1.0", {"type": "integer", "format": "int32"}, 2**31 - 1, []),
    "int32, the smallest": ("3.1.0", {"type": "integer", "format": "int32"}, -(2**31), []),
    "int32, of no integer": ("3.1.0", {"type": "integer", "format": "int32"}, "1", [("type-changed", "/a")]),
    "a bound inside int64": (
        "3.1.0",
        {"type": "integer", "format": "int64", "maximum": 9},
        10,
        [("constraint-violated", "/a")],
    ),
    "a list of words, or any string": (
        "3.1.0",
        {"anyOf": [{"type": "string"}, {"enum": ["x"]}]},
        "y",
        [("enum-value-unknown", "/a")],
    ),
    "… by reference": (
        "3.1.0",
        {"anyOf": [{"$ref": "#/components/schemas/Word"}, {"type": "string"}]},
        "y",
        [("enum-value-unknown", "/a")],
    ),
    "a list of words, or a date": (
        "3.1.0",
        {"anyOf": [{"enum": ["x"]}, {"type": "string", "format": "date"}]},
        "2024-01-01",
        [],
    ),
    "a list of words, or null": ("3.1.0", {"anyOf": [{"enum": ["x"]}, {"type": "null"}]}, "x", []),
    "any string, or an object": ("3.1.0", {"anyOf": [{"type": "string"}, REF]}, "y", []),
    "$dynamicRef reads as $ref": (
        "3.1.0",
        {"$dynamicRef": "#/components/schemas/Owner"},
        {},
        [("required-missing", "/a/name")],
    ),
    "a schema that is true": ("3.1.0", True, 3, []),
    "a schema that is false": ("3.1.0", False, 3, [("constraint-violated", "/a")]),
    "every keyword that holds schemas": (
        "3.1.0",
        {
            "type": "object",
            "patternProperties": {"^x": {"type": "integer"}},
            "propertyNames": {"maxLength": 2},
            "dependentSchemas": {"x": {"required": ["y"]}},
            "unevaluatedProperties": False,
            "properties": {"y": {"type": "array", "prefixItems": [{"type": "string"}], "contains": {}}},
            "not": {"required": ["n"]},
        },
        {"x": 1, "y": ["z"]},
        [],
    ),
}


@pytest.mark.parametrize(("version", "schema", "value", "expected"), CASES.values(), ids=CASES)
def test_dialects(version, schema, value, expected):
    assert found(version, schema, value, Word={"type": "string", "enum": ["x"]}) == expected


WRITE_ONLY = {
    "in the schema itself": {
        "type": "object",
        "required": ["secret", "id"],
        "properties": {"id": {}, "secret": {"type": "string", "writeOnly": True}},
    },
    "in a part": {
        "required": ["secret", "id"],
        "allOf": [{"type": "object", "properties": {"id": {}, "secret": {"writeOnly": True}}}],
    },
    "in a part by reference": {
        "required": ["secret", "id"],
        "allOf": [{"$ref": "#/components/schemas/Base"}],
    },
    "by the member's own schema": {
        "type": "object",
        "required": ["secret", "id"],
        "properties": {"id": {}, "secret": {"$ref": "#/components/schemas/Secret"}},
    },
}


@pytest.mark.parametrize("schema", WRITE_ONLY.values(), ids=WRITE_ONLY)
def test_what_is_for_requests_alone_is_not_required_of_an_answer(schema):
    schemas = {
        "Secret": {"type": "string", "writeOnly": True},
        "Base": {
            "type": "object",
            "properties": {"id": {}, "secret": {"$ref": "#/components/schemas/Secret"}},
        },
    }
    made = contract(schema, version="3.0.3", schemas=schemas)
    assert findings(made, {"id": 1}) == []
    assert findings(made, {}) == [("required-missing", "/id")]


def pets(discriminator, **more):
    cat = {
        "type": "object",
        "required": ["kind", "lives"],
        "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}},
    }
    dog = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}, "tricks": {"type": "integer"}},
    }
    refs = [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]
    return contract({"oneOf": refs, "discriminator": discriminator, **more}, schemas={"Cat": cat, "Dog": dog})


DISCRIMINATED = {
    "by the schema's name": ({"propertyName": "kind"}, {"kind": "Cat"}, [("required-missing", "/lives")]),
    "by a mapping to a reference": (
        {"propertyName": "kind", "mapping": {"feline": "#/components/schemas/Cat"}},
        {"kind": "feline"},
        [("required-missing", "/lives")],
    ),
    "by a mapping to a name": (
        {"propertyName": "kind", "mapping": {"feline": "Cat"}},
        {"kind": "feline"},
        [("required-missing", "/lives")],
    ),
    "although two would fit": ({"propertyName": "kind"}, {"kind": "Cat", "lives": 7}, []),
    "outside the mapping": (
        {"propertyName": "kind", "mapping": {"feline": "Cat"}},
        {"kind": "bovine"},
        [("enum-value-unknown", "/kind")],
    ),
    "of an unusable mapping": ({"propertyName": "kind", "mapping": {"feline": 3}}, {"kind": "Dog"}, []),
    "without a property": ({"mapping": {}}, {"kind": "Dog"}, []),
    "that is no mapping": ("kind", {"kind": "Dog"}, []),
}


@pytest.mark.parametrize(("discriminator", "body", "expected"), DISCRIMINATED.values(), ids=DISCRIMINATED)
def test_discriminators(discriminator, body, expected):
    assert findings(pets(discriminator), body) == expected


def test_an_answer_in_the_family_s_own_name_is_no_stranger():
    family = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat"}},
    }
    heir = {
        "allOf": [{"$ref": "#/components/schemas/Pet"}, {"required": ["lives"], "properties": {"lives": {}}}]
    }
    made = contract({"$ref": "#/components/schemas/Pet"}, schemas={"Pet": family, "Cat": heir})
    assert findings(made, {"kind": "Pet"}) == []
    assert findings(made, {"kind": "cat"}) == [("required-missing", "/lives")]
    assert findings(made, {"kind": "cow"}) == [("enum-value-unknown", "/kind")]


WRONG = {
    "a schema that is a list": ([], "a schema is expected here, not a list", "write a mapping of keywords"),
    "a schema that is null": (
        {"items": None},
        "a schema is expected here, not nothing (null)",
        "write a mapping of keywords",
    ),
    "properties that are a list": (
        {"properties": []},
        "properties takes a mapping, not a list",
        "write a mapping of schemas",
    ),
    "alternatives that are a mapping": (
        {"oneOf": {}},
        "oneOf takes a list, not a mapping",
        "write a list of schemas",
    ),
    "a schema that is a word": (
        {"items": "string"},
        "a schema is expected here, not a string",
        "write a mapping of keywords",
    ),
    "a schema that is a number": (
        {"not": 3},
        "a schema is expected here, not a number",
        "write a mapping of keywords",
    ),
}


@pytest.mark.parametrize(("schema", "message", "hint"), WRONG.values(), ids=WRONG)
def test_a_schema_of_the_wrong_kind_is_told_with_its_line(schema, message, hint):
    with pytest.raises(ContractError) as caught:
        contract(schema)
    assert (str(caught.value), caught.value.hint) == (f"spec.json:1: {message}", hint)
