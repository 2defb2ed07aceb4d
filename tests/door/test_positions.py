"""Every value of a JSON text has a place in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.door import Refusal, iter_members, json_positions
from wireproof.door.positions import Lines, iter_nodes
from wireproof.finding import json_pointer

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=15,
)


def pointers(value, path=()):
    yield json_pointer(path)
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from pointers(child, (*path, key))


def test_positions_are_those_of_keys_and_elements():
    text = '{\n  "a": [1,\n    {"b/c": "x"}],\n  "~": {}\n}'

    expected = {"": (1, 1), "/a": (2, 3), "/a/0": (2, 9), "/a/1": (3, 5), "/a/1/b~1c": (3, 6), "/~0": (4, 3)}
    assert expected == json_positions(text)


def test_of_a_duplicate_key_the_last_counts():
    assert json_positions('{"a": 1, "a": 2}') == {"": (1, 1), "/a": (1, 10)}


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_every_value_has_a_position(value, indent, escaped):
    text = json.dumps(value, indent=indent, ensure_ascii=escaped)

    assert list(dict.fromkeys(pointers(value))) == list(json_positions(text))


@given(st.dictionaries(TEXT, VALUES, max_size=5), st.sampled_from([None, 2]))
def test_members_come_with_their_exact_source(value, indent):
    text = "\n " + json.dumps(value, indent=indent)

    members = [(key, json.loads(text[where]), member) for key, where, member in iter_members(text)]

    assert [(key, member, member) for key, member in value.items()] == members


@given(st.text('{}[]",:\\a1 \n', max_size=40))
def test_text_that_is_no_json_is_walked_without_an_error(text):
    assert len(list(iter_nodes(text))) <= 2 * len(text)


def test_names_that_are_too_long_to_keep_are_refused():
    text = '{"' + "k" * 1_000_000 + '": [' + "1," * 100 + "1]}"

    with pytest.raises(Refusal) as caught:
        json_positions(text)

    assert caught.value.reason == "size"


def test_lines_count_from_one():
    assert [Lines("ab\nc").at(offset) for offset in (0, 2, 3)] == [(1, 1), (1, 3), (2, 1)]
