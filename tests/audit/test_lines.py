"""Lines judged many at a time give the report that the same lines give one by one, byte for byte."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.lines import BODIES, ODD, lines_of_exchanges, many_at_once, one_by_one, told
from wireproof.examining import Examiner, Options
from wireproof.lanes.lane import Head
from wireproof.matching import Hint

LOST = json.dumps(
    {
        "request": {"method": "GET", "url": "/thing/1"},
        "response": {"status": 200, "body": {"id": "x", "state": "lost"}},
    }
).encode()


@given(lines=st.lists(lines_of_exchanges() | ODD, min_size=2, max_size=12))
def test_exchanges_give_the_same_report(lines):
    data = "\n".join(lines).encode()
    assert told(many_at_once(data, Options())) == told(one_by_one(data, Options()))


@given(bodies=st.lists(BODIES.map(json.dumps) | ODD, min_size=2, max_size=12))
def test_bodies_of_a_named_operation_give_the_same_report(bodies):
    options = Options(hint=Hint(operation="get", status=200))
    data = "\n".join(bodies).encode()
    assert told(many_at_once(data, options)) == told(one_by_one(data, options))


@given(bodies=st.lists(BODIES.map(json.dumps), min_size=2, max_size=6))
def test_bodies_that_are_recognised_give_the_same_report(bodies):
    data = "\n".join(bodies).encode()
    assert told(many_at_once(data, Options())) == told(one_by_one(data, Options()))


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_same_with_any_line_end_and_blank_lines(end):
    good = LOST
    data = end.join([good, b"", good, b"oops", b"  ", good, good])
    assert told(many_at_once(data, Options())) == told(one_by_one(data, Options()))


def test_a_drift_that_is_known_is_not_explained_again(monkeypatch):
    looked = []
    look = Examiner._look
    monkeypatch.setattr(Examiner, "_look", lambda self, match: looked.append(match) or look(self, match))
    report = many_at_once((LOST + b"\n") * 1000, Options())
    drift = next(finding for finding in report.findings if finding.rule == "enum-value-unknown")
    assert (len(looked), drift.sightings, drift.first.index, drift.last.index) == (1, 1000, 0, 999)


def test_a_head_without_sightings_tells_nothing():
    assert Head(None, (), None).told() == []
