"""Which changes of structure become structs of their own: what those decode, and which changes have none."""

import pytest

from support.contracts import body_schema, contract
from wireproof.diagnosis import Change
from wireproof.lanes.transforming import transformed, where
from wireproof.validating import Applicable
from wireproof.validating.gate import Gate
from wireproof.validating.structs import decoder

PART = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
SCHEMA = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "part": PART,
        "list": {"type": "array", "items": PART},
        "word": {"type": "string"},
    },
}


def mould_of(schema):
    schemas, name = body_schema(contract(schema))
    return Gate(Applicable(schemas), schemas.defs[name]).mould


MOULD = mould_of(SCHEMA)
FREE = mould_of({"type": "object", "properties": {"part": PART}})


def change(rule, base, expected, found, **more):
    return Change(rule, base, expected, found, 0.0, **more)


@pytest.mark.parametrize(
    ("made", "text", "paths"),
    [
        (change("field-renamed", (), ("id",), ("key",)), '{"key": "x"}', [("key",)]),
        (
            change("field-renamed", ("part",), ("n",), ("m",)),
            '{"id": "x", "part": {"m": 1}}',
            [("part", "m")],
        ),
        (change("field-moved", (), ("id",), ("meta", "id")), '{"meta": {"id": "x"}}', [("meta", "id")]),
        (change("field-moved", (), ("part", "n"), ("n",)), '{"id": "x", "part": {}, "n": 1}', [("n",)]),
        (
            change("field-moved", (), ("id",), ("part", "id")),
            '{"part": {"n": 1, "id": "x"}}',
            [("part", "id")],
        ),
        (change("envelope-added", (), (), ("a", "b")), '{"a": {"b": {"id": "x"}}}', [("a", "b")]),
        (
            change("envelope-removed", (), ("part",), (), members=frozenset({"n"})),
            '{"id": "x", "n": 1}',
            [("n",)],
        ),
    ],
)
def test_answers_of_a_change_decode(made, text, paths):
    mould, unexpected = transformed(MOULD, [made])
    decoder(mould)(text.encode())
    assert unexpected == paths
    with pytest.raises(ValueError, match=r"."):
        decoder(mould)(b'{"id": "x"}')


@pytest.mark.parametrize(
    "made",
    [
        change("field-renamed", ("list", "*"), ("n",), ("m",)),
        change("field-renamed", (), ("ghost",), ("m",)),
        change("field-renamed", ("ghost",), ("n",), ("m",)),
        change("field-renamed", (), ("id",), ("word",)),
        change("field-renamed", (), ("id",), ('a"b',)),
        change("field-moved", (), ("id",), ("word", "id")),
        change("field-moved", (), ("id",), ("key",), home=("*", "id")),
        change("envelope-added", (), (), ("a",), kept=frozenset({"word"})),
        change("envelope-removed", (), ("word",), ()),
        change("envelope-removed", (), ("ghost",), ()),
        change("envelope-removed", (), ("part",), ("x",)),
        change("list-wrapped", (), ("list",), ("list",)),
    ],
)
def test_changes_that_no_struct_shows_have_none(made):
    assert transformed(MOULD, [made]) is None


def test_an_envelope_around_what_may_be_empty_has_none():
    assert transformed(FREE, [change("envelope-added", (), (), ("data",))]) is None


def test_an_envelope_whose_members_stand_beside_it_already_has_none():
    both = mould_of({"type": "object", "required": ["n"], "properties": {"n": {}, "part": PART}})
    assert transformed(both, [change("envelope-removed", (), ("part",), ())]) is None


def test_where_values_came_is_told_through_all_changes():
    came = where(
        [change("envelope-added", (), (), ("data",)), change("field-renamed", (), ("id",), ("key",))]
    )
    assert came(("id",)) == ("data", "key")
