"""Which schemas become structs, what stays plain JSON, and that what is remembered of drift stays bounded."""

import json

import pytest

from support.batches import at_once
from support.contracts import body_schema, contract
from wireproof.evidence import Place
from wireproof.evidence.columns import Columns
from wireproof.evidence.outline import Outlines
from wireproof.evidence.rows import Batch
from wireproof.examining import Examiner, Options
from wireproof.lanes import counting, varieties
from wireproof.lanes.sameness import Known
from wireproof.lanes.varieties import Variety
from wireproof.matching import Hint
from wireproof.readers.jsonlines import Lines
from wireproof.validating import Applicable
from wireproof.validating.gate import Gate, compiled
from wireproof.validating.structs import decoder, scalar

BARE = Options(hint=Hint(operation="get", status=200))


def mould_of(schema, **more):
    schemas, name = body_schema(contract(schema, **more))
    return Gate(Applicable(schemas), schemas.defs[name]).mould


def member(schema, **more):
    return mould_of({"type": "object", "properties": {"it": schema}}, **more).member("it").mould


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"type": ["array", "object"], "items": {}},
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "object", "required": ["a"]},
        {"type": "array"},
        {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        {"type": "array", "items": {"type": "string"}, "minItems": 1.0},
        {"type": ["array", "string"], "items": {"type": "integer"}, "pattern": "^a"},
        {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        {"enum": [1, 2.5]},
        {"enum": [{"a": 1}]},
        {"enum": ["a"], "type": "integer"},
        {"enum": [True, 1]},
        {"enum": [2**63]},
        {"type": "object", "properties": {'a"b': {"type": "string"}}},
        {"type": "object", "properties": {"a": {}}, "minProperties": 1},
    ],
)
def test_what_structs_cannot_say_stays_plain(schema):
    assert member(schema).plain


@pytest.mark.parametrize(
    ("schema", "fits", "not_"),
    [
        ({"type": "integer", "exclusiveMinimum": 0}, "1", "0"),
        ({"type": "integer", "minimum": 1, "exclusiveMinimum": 0}, "1", "0"),
        ({"type": "number", "maximum": 5, "exclusiveMaximum": 5}, "4.5", "5"),
        ({"type": "integer"}, "9007199254740992", "9007199254740993"),
        ({"type": "string", "maxLength": 1}, '"\U0001f600"', '"ab"'),
        ({"type": "string", "maxLength": 2**70}, '"ab"', "1"),
        ({"type": "array", "items": {"type": "boolean"}, "maxItems": 1}, "[true]", "[true, true]"),
        ({"enum": ["a", 1, None]}, "null", "1.0"),
        ({"enum": [True, False]}, "true", "1"),
        ({"type": ["object", "null"], "properties": {"n": {"type": "integer"}}}, "null", '{"m": 1}'),
        ({"allOf": [{"type": "integer", "minimum": 1}, {"maximum": 5, "minimum": 3}]}, "3", "2"),
    ],
)
def test_what_structs_can_say_they_say(schema, fits, not_):
    mould = member(schema)
    assert not mould.plain
    decode = decoder(mould)
    decode(fits.encode())
    with pytest.raises(ValueError, match=r"."):
        decode(not_.encode())


def test_a_schema_of_too_many_places_has_no_structs():
    wide = {"type": "object", "properties": {f"m{number}": {"type": "string"} for number in range(1600)}}
    free = {"type": "object", "properties": {f"m{number}": {} for number in range(60)}}
    assert (mould_of(wide), mould_of(free)) == (None, None)


def test_a_recursion_is_plain_where_it_begins_anew():
    tree = {"type": "object", "properties": {"below": {"$ref": "#/components/schemas/T"}}}
    mould = mould_of({"$ref": "#/components/schemas/T"}, schemas={"T": tree})
    assert (mould.plain, mould.member("below").mould.plain) == (False, True)


def test_a_root_that_is_no_object_has_no_struct():
    assert mould_of({"type": "array", "items": {"type": "string"}}) is None


def test_objects_and_arrays_are_no_scalars():
    assert (scalar({}), scalar([])) == (None, None)


def test_the_keys_of_a_variety_are_bounded_in_number_and_in_size(monkeypatch):
    monkeypatch.setattr(varieties, "_MOST", 3)
    monkeypatch.setattr(varieties, "_MOST_BYTES", 100)
    variety = Variety(mould_of({"type": "object", "properties": {"n": {"type": "integer"}}}), {}, whole=False)
    known = Known((), ())
    sizes = []
    for number in range(10):
        variety.know(number, known, size=1)
        sizes.append(len(variety.known))
    assert sizes == [1, 2, 3, 1, 2, 3, 1, 2, 3, 1]
    variety.know("large", known, size=1000)
    variety.know("next", known, size=1)
    assert list(variety.known) == ["next"]


def test_ways_of_being_wrong_met_on_long_lines_are_forgotten_sooner(monkeypatch):
    monkeypatch.setattr(counting, "_MOST_BYTES", 2000)
    made = contract({"type": "object", "properties": {"n": {"type": "integer"}}})
    examiner = Examiner([made], options=BARE)
    most = 0
    with at_once():
        for number in range(60):
            text = json.dumps({f"new_{number}_{'x' * 300}": 1}).encode()
            examiner.take_lines(Lines("s", [text, text], 2 * number))
            (lane,) = examiner._lanes._lanes.values()
            most = max(most, len(lane.known))
    assert 1 <= most < 12
    report = examiner.report()
    assert sum(finding.sightings for finding in report.findings) == 120


def test_long_strings_are_not_remembered():
    told = varieties._remembering(len)
    assert [told("x" * size) for size in (3, 3000, 3)] == [(str, 3), (str, 3000), (str, 3)]
    kept = next(cell.cell_contents for cell in told.__closure__ if isinstance(cell.cell_contents, dict))
    assert list(kept) == ["xxx"]
    schemas, name = body_schema(contract({"type": "object", "properties": {"s": {"type": "string"}}}))
    columns = Columns(frozenset(), compiled)
    orders = [(True, "", "s", number) for number in range(3)]
    batch = Batch(orders, lambda order: order[3], 0, sure=False)
    outline = Outlines(schemas).of([schemas.defs[name]])
    columns.count(Place(), outline, [{"s": "done"}, {"s": "y z" * 1000}, {"s": "7"}], batch)
    assert sorted(columns._strings._known) == ["7", "done"]
