"""Records are cut out of a stream by lines or brackets, in constant memory."""

from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireproof.door.window import Window, cut_elements, cut_lines, cut_text, cut_value, enter_member


class Trickle(io.RawIOBase):
    """A stream that gives a few bytes at a time, and counts the most that were asked for."""

    def __init__(self, data: bytes, step: int = 3) -> None:
        self.stream = io.BytesIO(data)
        self.step = step

    def read(self, size: int = -1, /) -> bytes:
        return self.stream.read(min(self.step, size))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=10,
)
STEPS = st.integers(1, 9)


@given(st.lists(VALUES, max_size=5), STEPS, st.sampled_from([None, 1]))
def test_elements_are_cut_out_of_an_array(values, step, indent):
    text = json.dumps(values, indent=indent).encode()

    records = list(cut_elements(Window(Trickle(text, step)), 10_000))

    assert values == [json.loads(record.data) for record in records]
    assert [text.count(b"\n", 0, record.byte) + 1 for record in records] == [
        record.line for record in records
    ]
    assert all(text[record.byte :].startswith(record.data) for record in records)


@given(st.lists(VALUES, max_size=5), STEPS, st.sampled_from(["\n", " ", "\r\n\n"]))
def test_values_are_cut_one_after_another(values, step, between):
    window = Window(Trickle(between.join(map(json.dumps, values)).encode(), step))

    cut = []
    while window.skip():
        cut.append(json.loads(cut_value(window, 10_000).data))

    assert values == cut


@given(st.lists(st.binary(max_size=12), max_size=6), STEPS)
def test_lines_are_cut_as_they_stand(lines, step):
    text = b"\n".join(lines)
    whole = [line.rstrip(b"\r") for line in text.split(b"\n") if line.strip()]

    records = list(cut_lines(Window(Trickle(text, step)), 100))

    assert whole == [record.data for record in records]
    assert all(text[record.byte :].startswith(record.data) for record in records)
    assert [text.count(b"\n", 0, record.byte) + 1 for record in records] == [
        record.line for record in records
    ]


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_a_record_past_the_cap_is_passed_over_without_being_kept(step):
    text = b'["' + b"x" * 500 + b'\\"", {"a": [' + b"1," * 300 + b'1]}, 3, "' + b"y" * 40 + b'"]'
    window = Window(Trickle(text, step))

    records = list(cut_elements(window, 50))

    assert [record.refusal and record.refusal.reason for record in records] == ["size", "size", None, None]
    assert [record.data for record in records] == [b"", b"", b"3", b'"' + b"y" * 40 + b'"']


@pytest.mark.parametrize("step", [1, 1000])
def test_a_line_past_the_cap_hides_no_other(step):
    text = b"a\n" + b"x" * 500 + b"\nb\n" + b"y" * 500

    records = list(cut_lines(Window(Trickle(text, step)), 50))

    assert [(record.data, record.line, record.refusal and record.refusal.reason) for record in records] == [
        (b"a", 1, None),
        (b"", 2, "size"),
        (b"b", 3, None),
        (b"", 4, "size"),
    ]


def test_a_huge_record_does_not_fill_the_memory():
    class Long:
        """A stream of one line of 30 MB."""

        left = 30_000_000

        def read(self, size: int = 1, /) -> bytes:
            given = min(size, self.left)
            self.left -= given
            return b"x" * given

    window = Window(Long())
    held = 0
    for _ in cut_lines(window, 100_000):
        held = max(held, len(window.data))

    assert held < 1_000_000


def test_a_cut_array_says_where_it_began():
    records = list(cut_elements(Window(io.BytesIO(b'\n[1,\n{"a": 2')), 100))

    assert [(r.data, r.refusal and r.refusal.reason) for r in records] == [(b"1", None), (b"", "truncated")]
    assert "began at line 1" in records[-1].refusal.message


def test_an_array_that_ends_after_an_element_is_cut_too():
    *_, last = cut_elements(Window(io.BytesIO(b"[1, 2, ")), 100)

    assert (last.cut, last.refusal.reason) == (True, "truncated")


def test_a_member_is_found_among_others():
    window = Window(io.BytesIO(b'{"a": {"log": 1}, "b": "log", "log" : [1]}'))

    assert enter_member(window, "log")
    assert window.rest(100) == b"[1]}"


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"a": 1}', b'{"a" 1}', b'{"a"', b"{1: 2}"])
def test_a_member_that_is_missing_is_not_found(text):
    assert not enter_member(Window(io.BytesIO(text)), "log")


def test_text_is_cut_at_a_boundary_or_at_the_end():
    window = Window(Trickle(b"one\n{two"))
    boundary = re.compile(rb"\n(?=\{)")

    assert cut_text(window, boundary, 100).data == b"one"
    assert window.skip() == b"{"
    assert cut_text(window, boundary, 100).data == b"{two"
    long = cut_text(Window(Trickle(b"x" * 500)), boundary, 50)
    assert (long.data, long.refusal.reason) == (b"", "size")
