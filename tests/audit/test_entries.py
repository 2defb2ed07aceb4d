"""Entries of a HAR judged many at a time give the report that they give one by one, byte for byte."""

import io
import json
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.contracts import contract
from wireproof.door.window import Window, cut_elements, cut_objects
from wireproof.examining import Examiner, Options
from wireproof.exchange import Origin, Unreadable
from wireproof.readers import read, read_blocks

SCHEMA = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "state": {"enum": ["queued", "done"]},
        "at": {"type": "string", "format": "date-time"},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}
RESPONSES = {
    "200": {
        "description": "d",
        "headers": {"X-Count": {"required": True, "schema": {"type": "integer"}}},
        "content": {"application/json": {"schema": SCHEMA}},
    }
}
MADE = contract(responses=RESPONSES, servers=[{"url": "https://api.host.io"}], path="/thing/{id}")

BODIES = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["x", '"quoted"', "back\\slash", "é", 7]),
        "state": st.sampled_from(["queued", "lost"]),
        "at": st.sampled_from(["2026-01-01T00:00:00Z", "later"]),
        "tags": st.lists(st.sampled_from(["a", 1]), max_size=2),
        "new": st.just(1),
    },
).map(json.dumps)
TEXTS = BODIES | st.sampled_from(
    [
        "",
        " ",
        "<html>",
        '{"id":1},"status":500',
        '{"id": "x", "id": "y"}',
        "\ufeff{}",
        "[" * 600,
        '{"n": 1e999}',
        None,
        5,
    ]
)
HEADERS = st.lists(
    st.sampled_from(
        [
            {"name": "Content-Type", "value": "application/json"},
            {"name": "X-Count", "value": "1"},
            {"name": "x-count", "value": "x"},
            {"name": "ETag", "value": 'W/"1"'},
            {"name": "Age", "value": 7},
            {"name": "Odd"},
        ]
    ),
    max_size=4,
)  # fmt: skip


@st.composite
def entries(draw):
    content = {"text": draw(TEXTS), "size": draw(st.sampled_from([0, 7]))}
    if draw(st.sampled_from([False, False, False, True])):
        content = {"text": b64encode(b'{"id": "x"}').decode(), "encoding": "base64"}
    answer = {
        "status": draw(st.sampled_from([200, 200, 200, 404, 0, 999, "200"])),
        "headers": draw(HEADERS),
        "content": content,
    }
    asked = {
        "method": draw(st.sampled_from(["GET", "get", "POST", None])),
        "url": draw(st.sampled_from(["https://api.host.io/thing/1", "https://api.host.io/thing/2", "/no"])),
        "headers": draw(st.sampled_from([[], [{"name": "Accept", "value": "*/*"}], [{"name": 1}], None])),
    }
    made = {"request": asked, "response": answer}
    time = draw(st.sampled_from(["2026-01-01T00:00:01.5+01:00", "2026-01-01T00:00:02Z", "later", 7, None]))
    if time is not None:
        made["startedDateTime"] = time
    keys = draw(st.permutations(sorted(made)))
    return {key: made[key] for key in keys}


ODD = st.sampled_from([[], "entry", 7, {}, {"request": {}}, {"request": {}, "response": {"status": 200}}])


def har(listed, indent):
    log = {"version": "1.2", "creator": {"name": "test"}, "entries": listed}
    return json.dumps({"log": log}, indent=indent).encode()


def report(records):
    examiner = Examiner([MADE], options=Options())
    for record in records:
        examiner.take_block(record)
    return json.dumps(examiner.report().to_json(), indent=1)


@given(
    listed=st.lists(entries() | entries() | entries() | ODD, max_size=12),
    indent=st.sampled_from([None, 2]),
    lost=st.sampled_from([0, 0, 0, 1, 30]),
)
def test_the_same_report(listed, indent, lost):
    data = har(listed, indent)
    data = data[: len(data) - lost]
    assert report(read_blocks(io.BytesIO(data), source="s.har")) == report(
        read(io.BytesIO(data), source="s.har")
    )


ENTRY = {
    "startedDateTime": "2026-01-01T00:00:02Z",
    "request": {"method": "GET", "url": "https://api.host.io/thing/1", "headers": []},
    "response": {
        "status": 200,
        "headers": [{"name": "X-Count", "value": "1"}],
        "content": {"text": '{"id": "x", "state": "lost"}'},
    },
}


def test_usual_entries_are_read_by_no_reader_once_they_are_known(monkeypatch):
    read_one = []
    monkeypatch.setattr("wireproof.examining.entry_of", lambda *words: read_one.append(words))
    told = report(read_blocks(io.BytesIO(har([ENTRY] * 900, 2)), source="s.har"))
    drift = next(one for one in json.loads(told)["findings"] if one["rule"] == "enum-value-unknown")
    assert (read_one, drift["sightings"], drift["last"]["index"]) == ([], 900, 899)


def test_the_reference_engine_reads_entries_one_by_one():
    data = har([ENTRY, ENTRY], None)
    examiner = Examiner([MADE], options=Options(reference=True))
    for block in read_blocks(io.BytesIO(data), source="s.har"):
        examiner.take_block(block)
    assert examiner.report().exchanges == 2


def test_an_entry_that_is_none_is_told_at_its_line():
    (block, *_) = read_blocks(io.BytesIO(har([ENTRY, "x"], 2)), source="s.har")
    examiner = Examiner([MADE])
    examiner.take_block(block)
    (entry,) = examiner.report().not_checked
    assert (entry.index, entry.line, entry.reason.partition(";")[0]) == (1, 28, "HAR entry that is no object")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "}, {", '"', "\\", "é", '}, {"a"']),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@given(
    listed=st.lists(VALUES, max_size=8),
    indent=st.sampled_from([None, 1]),
    lost=st.integers(0, 4),
    cap=st.sampled_from([8, 1000]),
)
def test_objects_are_cut_where_elements_are(listed, indent, lost, cap):
    data = json.dumps(listed, indent=indent).encode()
    data = data[: len(data) - lost]
    expected = list(map(str, cut_elements(Window(io.BytesIO(data)), cap)))
    assert [str(record) for record, _ in cut_objects(Window(io.BytesIO(data)), cap)] == expected


@given(listed=st.lists(st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3), max_size=8))
def test_objects_that_were_parsed_quickly_have_their_value(listed):
    data = json.dumps(listed).encode()
    for record, value in cut_objects(Window(io.BytesIO(data)), 1000):
        assert value is None or value == json.loads(record.data)


def test_lists_whose_objects_begin_with_many_names_are_cut_too():
    listed = [{f"k{number}": number, "z": [1]} for number in range(100)]
    found = list(cut_objects(Window(io.BytesIO(json.dumps(listed).encode())), 1000))
    assert [json.loads(record.data) for record, _ in found] == listed


@pytest.mark.parametrize("data", [b"{}", b'{"log": {"entries": {}}}', b'{"log": {"entries": []}}'])
def test_a_har_without_entries_is_told(data):
    from wireproof.readers import har as reader

    (record,) = reader.read_entries(Window(io.BytesIO(data)), source="s", limits=Options().limits)
    assert isinstance(record, Unreadable)
    assert record.origin == Origin("s")
