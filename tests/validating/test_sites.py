"""What is wrong is one site for one thing, under the right keyword and at the right place."""

import pytest

from support.judging import INTEGER, STRING, judge, ref, sites, thing
from wireproof.validating import Verdict

CASES = {
    "as promised": (thing({"a": INTEGER}), {"a": 1}, []),
    "a type": (thing({"a": INTEGER}), {"a": "1"}, ["type /a"]),
    "an integer with a point": (thing({"a": INTEGER}), {"a": 1.0}, []),
    "an integer for a number": (thing({"a": {"type": "number"}}), {"a": 1}, []),
    "true for an integer": (thing({"a": INTEGER}), {"a": True}, ["type /a"]),
    "a type that two parts ask": (
        {"allOf": [thing({"a": INTEGER}), thing({"a": {"type": "integer"}})]},
        {"a": "1"},
        ["type /a"],
    ),
    "the type of the whole": ({"type": "object"}, [], ["type"]),
    "a list at the root": (
        {"type": "array", "items": thing({"a": INTEGER})},
        [{"a": "1"}, {"a": "2"}],
        ["type /*/a", "type /*/a"],
    ),
    "an enum": (thing({"a": {"enum": ["x", "y"]}}), {"a": "z"}, ["enum /a"]),
    "another type than the enum's": (thing({"a": {"enum": ["x", "y"]}}), {"a": 1}, ["type /a"]),
    "an integer among numbers": (thing({"a": {"enum": [0.5, 2.5]}}), {"a": 3}, ["enum /a"]),
    "null for an enum": (thing({"a": {"type": "string", "enum": ["x"]}}), {"a": None}, ["type /a"]),
    "a const": (thing({"a": {"const": "x"}}), {"a": "z"}, ["const /a"]),
    "a bound under its format": (
        thing({"a": {"allOf": [{"minimum": 0, "maximum": 9, "x-implied-by": "format int4"}], "maximum": 5}}),
        {"a": 20},
        ["format /a"],
    ),
    "a pattern under its format": (
        thing({"a": {"type": "string", "format": "uri", "pattern": "^https:"}}),
        {"a": "no"},
        ["format /a"],
    ),
    "two bounds": (thing({"a": {"minLength": 3, "pattern": "^x"}}), {"a": "a"}, ["minLength /a"]),
    "required": (thing({"a": INTEGER}, "a"), {}, ["required /a"]),
    "required twice": ({"allOf": [thing({"a": INTEGER}, "a"), {"required": ["a"]}]}, {}, ["required /a"]),
    "required, several": (thing({}, "a", "b"), {}, ["required /a", "required /b"]),
    "required by another": (
        thing({"a": INTEGER, "b": INTEGER}, dependentRequired={"a": ["b"], "q": ["r"]}),
        {"a": 1},
        ["dependentRequired /b"],
    ),
    "a forbidden member": (thing({"a": False}), {"a": 1}, ["false /a"]),
    "a forbidden member named as a keyword": (thing({"items": False}), {"items": 1}, ["false /items"]),
    "no further items": ({"prefixItems": [{}], "items": False}, [1, 2], ["items /*"]),
    "no items that are left": (
        {"prefixItems": [{}], "unevaluatedItems": False},
        [1, 2],
        ["unevaluatedItems"],
    ),
    "nothing at all": (False, 1, ["false"]),
    "what then forbids": ({"if": {"type": "object"}, "then": False}, {}, ["false"]),
    "the names of members": (
        {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3},
            "additionalProperties": {},
        },
        {"ABCD": 1, "abc": 2},
        ["propertyNames /*"],
    ),
    "the names of members, by reference": (
        {"type": "object", "propertyNames": ref("name"), "properties": {"Z": {}}},
        {"Z": 1},
        ["propertyNames"],
    ),
    "a type of what is left": (
        {"allOf": [thing({"a": INTEGER})], "unevaluatedProperties": STRING},
        {"a": 1, "b": 2},
        ["type /*"],
    ),
    "unique items": ({"uniqueItems": True}, [1, 1.0], ["uniqueItems"]),
    "an item that fits": ({"contains": STRING}, [1], ["contains"]),
    "not": (thing({"a": {"not": {"const": 1}}}), {"a": 1}, ["not /a"]),
    "exact multiples": (thing({"a": {"multipleOf": 0.1}}), {"a": 0.3}, []),
    "an open list": (
        thing({"a": {"type": "string", "x-extensible-enum": ["x"]}}),
        {"a": "y"},
        ["x-extensible-enum /a"],
    ),
    "an open list asks for strings alone": (thing({"a": {"x-extensible-enum": ["x"]}}), {"a": 3}, []),
    "two open lists": (
        thing({"a": {"anyOf": [{"x-extensible-enum": ["x"]}, {"x-extensible-enum": ["y"]}]}}),
        {"a": "y"},
        [],
    ),
}

NAME = {"name": {"pattern": "^[a-z]$"}}


@pytest.mark.parametrize(("schema", "value", "expected"), CASES.values(), ids=CASES)
def test_sites(schema, value, expected):
    assert sites(schema, value, **NAME) == expected


REFERENCE_SAYS = {
    "exact multiples": ["multipleOf /a"],  # it divides floats
    "the names of members, by reference": ["propertyNames /Z"],  # jsonschema-rs forgets where the rule stands
    "a forbidden member": ["false"],  # it forgets where the member is
    "a forbidden member named as a keyword": ["false"],
    "no further items": ["items"],  # it counts them and names none
}


@pytest.mark.parametrize("name", CASES)
def test_the_reference_finds_the_same_but_for_what_is_listed(name):
    schema, value, expected = CASES[name]
    assert sites(schema, value, reference=True, **NAME) == REFERENCE_SAYS.get(name, expected)


def test_lesser_sites_of_a_value_are_parts_of_the_strongest():
    (site,) = judge({"type": "string", "enum": ["ab"], "minLength": 3, "format": "uri"}, "x").sites
    assert (site.keyword, [part.keyword for part in site.parts]) == ("enum", ["format", "minLength"])


@pytest.mark.parametrize(
    ("schema", "value", "promised"),
    [
        (thing({"a": INTEGER}, "a"), {}, "integer"),
        (thing({"a": {"enum": ["x", 1]}}), {"a": True}, 'one of "x", 1'),
        ({"type": ["string", "null"]}, 1, "string or null"),
        ({"type": "string", "maxLength": 2}, "abc", "at most 2 characters"),
        (thing({}, additionalProperties=False), {"z": 1}, "no such member"),
        (False, 1, "nothing at all"),
    ],
)
def test_what_was_promised_is_told_in_a_few_words(schema, value, promised):
    assert [site.promised for site in judge(schema, value).sites] == [promised]


SLOW = "^(a|aa|(?!b)a)+$"
LONG = "a" * 60 + "!"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"pattern": SLOW}, LONG),
        (thing({"a": {"pattern": SLOW}}), {"a": LONG}),
        ({"oneOf": [{"pattern": SLOW}, INTEGER]}, LONG),
        ({"oneOf": [{"pattern": SLOW}, STRING]}, LONG),
        ({"anyOf": [{"pattern": SLOW}, INTEGER]}, LONG),
        ({"not": {"pattern": SLOW}}, LONG),
        ({"if": {"pattern": SLOW}, "then": False}, LONG),
        ({"propertyNames": {"pattern": SLOW}}, {LONG: 1}),
        ({"patternProperties": {SLOW: False}}, {LONG: 1}),
        ({"contains": {"pattern": SLOW}}, [LONG]),
    ],
    ids=lambda part: str(part)[:60],
)
def test_a_pattern_that_takes_too_long_leaves_the_body_undecided(schema, value):
    judgement = judge(schema, value)
    assert (judgement.verdict, judgement.sites) == (Verdict.UNDECIDED, ())


def test_nested_repetition_alone_is_decided():
    assert judge({"pattern": "^(a+)+$"}, LONG).verdict is Verdict.INVALID


def test_a_body_that_lacks_nothing_but_a_name_in_the_contract_is_valid():
    judgement = judge(thing({"a": INTEGER}), {"z": 1})
    assert (judgement.verdict, [site.keyword for site in judgement.sites]) == (
        Verdict.VALID,
        ["undocumented"],
    )


def test_sites_whose_values_did_not_come_are_left_out():
    judgement = judge(thing({"a": INTEGER, "b": INTEGER}), {"a": 0.5, "b": 0.5})
    assert [site.path for site in judgement.without({"/a"}).sites] == [("b",)]
    assert judgement.without(()) is judgement
