"""Evidence is exact, bounded, and the same whatever the order or the split of the exchanges."""

import json
import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.contracts import contract, exchange
from wireproof.evidence import BUCKETS, STRANGERS, VALUES, Evidence, Place
from wireproof.evidence.classes import CLASSES, all_of, class_of
from wireproof.examining import Examiner
from wireproof.reporters.evidence import evidence_lines

SCHEMA = {
    "type": "object",
    "properties": {
        "state": {"enum": ["open", "done"]},
        "n": {"type": ["number", "null"]},
        "items": {"type": "array", "items": {"type": "object", "properties": {"x": {}}}},
        "map": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
}
MADE = contract(SCHEMA)
SCALARS = st.sampled_from([None, True, False, 0, 1, 1.0, 0.5, -3, 2**60, "", "open", "x", "2026-01-01", "7"])
BODIES = (
    st.fixed_dictionaries(
        {},
        optional={
            "state": st.sampled_from(["open", "done", "gone", 3, None]),
            "n": SCALARS,
            "items": st.lists(st.fixed_dictionaries({}, optional={"x": SCALARS, "y": SCALARS}), max_size=3),
            "map": st.dictionaries(st.sampled_from(["a", "b"]), SCALARS, max_size=2),
            "new": st.recursive(
                SCALARS, lambda inner: st.dictionaries(st.sampled_from("ab"), inner, max_size=2), max_leaves=3
            ),
        },
    )
    | SCALARS
)
TIMES = st.sampled_from([None, "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-03-01T00:00:07.5Z"])
RECORDS = st.lists(st.tuples(BODIES, TIMES), max_size=12)


def evidence_of(records):
    examiner = Examiner([MADE])
    for record in records:
        examiner.take(record)
    return examiner.report().evidence


def exchanges(records):
    return [exchange(body, time=time, index=index) for index, (body, time) in enumerate(records)]


@given(records=RECORDS, cut=st.integers(0, 12), chance=st.randoms(use_true_random=False))
def test_the_order_and_the_split_change_nothing(records, cut, chance):
    made = exchanges(records)
    whole = evidence_of(made).to_json()
    chance.shuffle(made)
    left, right = evidence_of(made[:cut]), evidence_of(made[cut:])
    assert right.with_merged(left).to_json() == whole


@given(records=RECORDS)
def test_evidence_survives_its_json(records):
    made = evidence_of(exchanges(records)).to_json()
    assert Evidence.from_json(json.loads(json.dumps(made))).to_json() == made


@given(records=RECORDS)
def test_every_value_is_counted_once(records):
    for _, _, place, parent in evidence_of(exchanges(records)):
        assert sum(place.types.values()) == place.seen == sum(place.series.values())
        if parent is not None and place is not parent.items and place is not parent.others:
            assert place.seen <= parent.types["object"]


def place_of(bodies, pointer, schema=None):
    examiner = Examiner([contract(schema or SCHEMA)])
    for index, body in enumerate(bodies):
        examiner.take(exchange(body, index=index))
    places = {where: place for _, where, place, _ in examiner.report().evidence}
    return places.get(pointer), places


def test_what_is_told_of_a_place():
    place, places = place_of([{"n": 1}, {"n": None}, {}, {"n": 2.5}], "/n")
    assert (place.seen, places[""].seen, place.types) == (3, 4, {"integer": 1, "null": 1, "number": 1})
    assert (place.low, place.high, {text: count for text, (count, _) in place.values.items()}) == (
        1,
        2.5,
        {"1": 1, "2.5": 1},
    )
    assert (place.first[3], place.last[3]) == (0, 3)


def test_a_value_has_its_first_sighting():
    place, _ = place_of([{"state": "open"}, {"state": "done"}, {"state": "done"}], "/state")
    assert {text: (count, first[3]) for text, (count, first) in place.values.items()} == {
        '"open"': (1, 0),
        '"done"': (2, 1),
    }


def test_words_of_the_capture_are_told_by_what_they_look_like():
    place, _ = place_of([{"state": "s3cret zebra"}, {"state": "0123456789abcdef"}], "/state")
    assert (place.values, {kind: count for kind, (count, _) in place.classes.items()}) == (
        {},
        {"hex": 1, "text": 1},
    )


def test_with_too_many_values_none_is_told():
    few, _ = place_of([{"n": index} for index in range(VALUES)], "/n")
    many, _ = place_of([{"n": index} for index in range(VALUES + 1)], "/n")
    assert (len(few.values), many.values, many.low, many.high) == (VALUES, None, 0, VALUES)


def test_with_too_many_strangers_all_are_put_together():
    bodies = [{f"s{'abcdefghij'[index % 10] * (index // 10 + 1)}": index} for index in range(STRANGERS + 1)]
    _, few = place_of(bodies[:-1], "")
    _, many = place_of(bodies, "")
    assert (len(few) - 1, sorted(many), many["/*"].seen) == (STRANGERS, ["", "/*"], STRANGERS + 1)


def test_keys_that_the_contract_leaves_free_are_one_place():
    _, places = place_of([{"map": {"a": 1}}, {"map": {"b": 2, "c": 3}}], "")
    assert places["/map/*"].seen == 3


def test_time_is_told_in_few_stretches():
    place, _ = place_of([{} for _ in range(1000)], "")
    assert (len(place.series) <= BUCKETS, sum(place.series.values()), place.level) == (True, 1000, 4)


TEXTS = {
    "": "empty", "6f1c0c5e-2f0a-4b5e-9f3a-0a1b2c3d4e5f": "uuid", "2026-01-01T00:00:00Z": "date-time",
    "2026-01-01 00:00:00": "local date-time", "2026-01-01": "date", "12:30": "clock", "https://a.io/x": "url",
    "a@b.io": "e-mail", "50 %": "percent", "123": "integer text", "1.5": "number text", "in_progress": "word",
    "0123456789abcdef": "hex", '{"a": 1}': "json text", "a b": "text", "café": "text", "deadbeef": "word",
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_the_class_of_a_string(text):
    assert class_of(text) == TEXTS[text]


@given(text=st.sampled_from(sorted(TEXTS)) | st.text() | st.from_regex(r"\A[0-9a-fTZ:.%@/_{}-]*\Z"))
@settings(max_examples=300)
def test_the_class_of_a_column_is_that_of_its_strings(text):
    assert [name for name in CLASSES if all_of(name, [text])] == [class_of(text)]


def test_a_long_recording_in_any_order_is_the_same():
    chance = random.Random(5)
    records = [
        exchange(
            {"n": chance.random(), "state": chance.choice(["open", "done"])},
            index=index,
            time=f"2026-01-{1 + index % 28:02}T00:00:00Z",
        )
        for index in range(700)
    ]
    whole = evidence_of(records).to_json()
    chance.shuffle(records)
    assert evidence_of(records).to_json() == whole


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ([1, 1.0], "1", "1"),
        ([0, -0.0, 0.0], "0", "0"),
        ([1e300, int(1e300)], str(int(1e300)), str(int(1e300))),
        ([1.5, 2.0], "1.5", "2"),
    ],
)
def test_bounds_are_the_same_in_any_order(values, low, high):
    for order in permutations(values):
        place = Place()
        for value in order:
            place.bounded(value, value)
        assert (str(place.low), str(place.high)) == (low, high)


def test_bounds_that_no_float_holds_are_told_by_their_size():
    evidence = Evidence()
    place = evidence.roots["p", "get", "200"] = Place()
    place.seen, place.types, place.values = 2, {"integer": 2}, None
    place.bounded(-(10**400), 10**500)
    assert list(evidence_lines(evidence))[-1].endswith("integer, -10^400 to 10^500, many values")
