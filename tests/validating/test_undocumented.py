"""A member is undocumented when nothing that applies to its object names it, or leaves it free."""

import pytest

from support.judging import INTEGER, STRING, ref, thing, undocumented

A = thing({"a": STRING})
B = thing({"b": STRING})
TAGGED_A = thing({"kind": {"const": "a"}, "inner": thing({"x": INTEGER})}, "kind")
TAGGED_B = thing({"kind": {"const": "b"}, "inner": thing({"y": INTEGER})}, "kind")

CASES = {
    "one object": (A, {"a": "1", "z": 1}, ["/z"], {}),
    "a reference with members beside it": (
        {**ref("a"), "properties": {"b": STRING}},
        {"a": "1", "b": "2", "z": 1},
        ["/z"],
        {"a": A},
    ),
    "a chain of references": (ref("one"), {"a": "1", "z": 1}, ["/z"], {"one": ref("two"), "two": A}),
    "allOf, and an object inside": (
        {"allOf": [ref("a"), thing({"b": thing({"c": INTEGER})})]},
        {"a": "1", "b": {"c": 1, "z": 1}, "y": 1},
        ["/b/z", "/y"],
        {"a": A},
    ),
    "allOf in allOf": ({"allOf": [{"allOf": [A]}, B]}, {"a": "1", "b": "2", "z": 1}, ["/z"], {}),
    "two parts that describe one member": (
        {"allOf": [thing({"a": thing({"x": INTEGER})}), thing({"a": thing({"y": INTEGER})})]},
        {"a": {"x": 1, "y": 2, "z": 3}},
        ["/a/z"],
        {},
    ),
    "the alternative that fits": (
        {"oneOf": [TAGGED_A, TAGGED_B]},
        {"kind": "a", "inner": {"x": 1, "y": 2}, "z": 0},
        ["/inner/y", "/z"],
        {},
    ),
    "the alternative that nearly fits": (
        {"oneOf": [TAGGED_A, TAGGED_B]},
        {"kind": "a", "inner": {"x": "no", "z": 1}},
        ["/inner/z"],
        {},
    ),
    "all alternatives that fit": ({"anyOf": [A, B]}, {"a": "1", "b": "2", "z": 1}, ["/z"], {}),
    "all alternatives that fit, the far ones too": (
        {"anyOf": [A, thing({"b": STRING, "c": STRING})]},
        {"a": "1", "b": "2", "c": "3"},
        [],
        {},
    ),
    "one alternative of anyOf": (
        {"anyOf": [thing({"a": STRING}, "a"), thing({"b": STRING}, "b")]},
        {"a": "1", "z": 1},
        ["/z"],
        {},
    ),
    "no alternative is meant: what any of them names is known": (
        {"oneOf": [thing({"a": STRING, "n": STRING}, "a"), thing({"b": STRING, "n": STRING}, "b")]},
        {"n": "x", "z": 1},
        ["/z"],
        {},
    ),
    "an object or null": (
        thing({"d": {"oneOf": [ref("a"), {"type": "null"}]}}),
        {"d": {"a": 5, "z": 1}},
        ["/d/z"],
        {"a": A},
    ),
    "a union of an envelope and its content": (
        {
            "oneOf": [
                thing({"code": INTEGER, "data": A}, "code", "data"),
                thing({"id": STRING, "state": STRING}, "id"),
            ]
        },
        {"id": "1", "state": "ok", "width": 3},
        ["/width"],
        {},
    ),
    "the case that holds": (
        {
            **thing({"s": STRING}),
            "if": {"properties": {"s": {"const": "bad"}}, "required": ["s"]},
            "then": {"properties": {"why": STRING}},
            "else": {"properties": {"url": STRING}},
        },
        {"s": "bad", "why": "x", "url": "y"},
        ["/url"],
        {},
    ),
    "the case that does not hold": (
        {
            **thing({"s": STRING}),
            "if": {"properties": {"s": {"const": "bad"}}, "required": ["s"]},
            "then": {"properties": {"why": STRING}},
            "else": {"properties": {"url": STRING}},
        },
        {"s": "good", "why": "x", "url": "y"},
        ["/why"],
        {},
    ),
    "what the condition itself names": (
        {**thing({"s": STRING}), "if": {"properties": {"mode": {"const": "x"}}, "required": ["mode"]}},
        {"s": "1", "mode": "x"},
        [],
        {},
    ),
    "schemas that a member brings": (
        thing(
            {"a": STRING},
            dependentSchemas={"a": {"properties": {"b": STRING}}, "q": {"properties": {"c": {}}}},
        ),
        {"a": "1", "b": "2", "c": "3"},
        ["/c"],
        {},
    ),
    "names by pattern": (
        thing({"a": STRING}, patternProperties={"^x-": STRING}),
        {"a": "1", "x-b": "2", "c": "3"},
        ["/c"],
        {},
    ),
    "free keys, described inside": (
        thing({"a": STRING}, additionalProperties=thing({"q": INTEGER})),
        {"a": "1", "m": {"q": 1, "w": 2}},
        ["/m/w"],
        {},
    ),
    "free keys": (thing({"a": STRING}, additionalProperties=True), {"a": "1", "m": {"q": 1}}, [], {}),
    "free keys in one part": (
        {"allOf": [A, {"type": "object", "additionalProperties": True}]},
        {"a": "1", "m": 1},
        [],
        {},
    ),
    "a closed object": (thing({"a": STRING}, additionalProperties=False), {"a": "1", "m": 1}, ["/m"], {}),
    "closed together": (
        {"allOf": [A, B], "unevaluatedProperties": False},
        {"a": "1", "b": "2", "z": 1},
        ["/z"],
        {},
    ),
    "closed together, and one of them wrong": (
        {"allOf": [A, B], "unevaluatedProperties": False},
        {"a": 1, "b": "2", "z": 1},
        ["/z"],
        {},
    ),
    "open for what is left": ({"allOf": [A], "unevaluatedProperties": True}, {"a": "1", "z": 1}, [], {}),
    "described for what is left": (
        {"allOf": [A], "unevaluatedProperties": thing({"x": INTEGER})},
        {"a": "1", "z": {"x": 1, "y": 2}},
        ["/z/y"],
        {},
    ),
    "recursion": (
        thing({"n": STRING, "kids": {"type": "array", "items": ref("it")}}),
        {"n": "1", "kids": [{"n": "2", "kids": [{"z": 1}]}]},
        ["/kids/0/kids/0/z"],
        {},
    ),
    "something wrong elsewhere": (
        thing({"a": STRING, "b": thing({"c": INTEGER})}),
        {"a": 5, "b": {"c": "no", "z": 1}, "y": 1},
        ["/b/z", "/y"],
        {},
    ),
    "items by place": (
        {"type": "array", "prefixItems": [A], "items": B},
        [{"a": "1", "b": "2"}, {"b": "1", "a": "3"}],
        ["/0/b", "/1/a"],
        {},
    ),
    "items that are left": (
        {"type": "array", "prefixItems": [A], "unevaluatedItems": B},
        [{"a": "1"}, {"b": "1", "a": "3"}],
        ["/1/a"],
        {},
    ),
    "lists in lists": (
        {"type": "array", "items": {"type": "array", "items": A}},
        [[{"a": "1"}], [{"a": "1", "z": 1}]],
        ["/1/0/z"],
        {},
    ),
    "an object that nobody describes": (thing({"f": {"type": "object"}}), {"f": {"any": 1}}, [], {}),
    "anything at all": (thing({"f": {}, "g": True}), {"f": {"any": 1}, "g": {"any": 1}}, [], {}),
    "no schema of an object": (thing({"f": STRING}), {"f": {"any": 1}}, [], {}),
    "names with slash and tilde": (
        thing({"a/b": thing({"c~d": INTEGER})}),
        {"a/b": {"c~d": 1, "e/f": 2}},
        ["/a~1b/e~1f"],
        {},
    ),
    "a required name that nothing describes": (
        thing({"a": STRING}, "token"),
        {"a": "1", "token": "x"},
        [],
        {},
    ),
    "an empty object": (A, {}, [], {}),
}


@pytest.mark.parametrize(("schema", "value", "expected", "others"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("reference", [False, True], ids=["fast", "reference"])
def test_undocumented_members(schema, value, expected, others, reference):
    assert undocumented(schema, value, reference=reference, **others) == expected


def test_a_member_that_two_parts_forbid_is_told_once():
    closed = thing({"a": STRING}, additionalProperties=False)
    assert undocumented({"allOf": [closed, closed, {**closed}]}, {"a": "1", "z": 1}) == ["/z"]


def test_keys_that_are_data_share_one_place():
    from support.judging import sites

    users = {"3f2504e0-4f89-11d3-9a0c-0305e82c3301": 1, "ann@example.org": 2, "123": 3, "name": 4}
    assert sites(A, users) == ["undocumented /*", "undocumented /*", "undocumented /*", "undocumented /name"]


def test_an_alternative_that_extends_its_own_union_ends():
    pet = {"oneOf": [ref("cat"), ref("dog")]}
    cat = {"allOf": [ref("it"), thing({"lives": INTEGER}, "lives")]}
    dog = {"allOf": [ref("it"), thing({"tricks": INTEGER}, "tricks")]}
    assert undocumented(pet, {"lives": 7, "z": 1}, cat=cat, dog=dog) == ["/z"]
    assert undocumented(pet, {"z": 1}, cat=cat, dog=dog) == ["/z"]
