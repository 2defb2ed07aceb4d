"""The order and the split of the exchanges do not change the report; reports merge like sets of records."""

import json
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from support.contracts import contract, exchange, seeded
from support.drift import drifts
from support.strangers import composed
from wireproof.contract import Contract
from wireproof.examining import examine
from wireproof.examples import Examples
from wireproof.exchange import Exchange, Origin, Unreadable
from wireproof.report import Report

COMPOSED = composed()
OTHER = contract(
    {"type": "object", "properties": {"id": {"type": "integer"}}}, provider="other", path="/other"
)
CONTRACTS: list[Contract] = [COMPOSED, OTHER]


def some_records():
    """Return records of every kind, with as much in common as records may have."""
    schema = COMPOSED.operations[0].responses[0].bodies[0].schema
    body = Examples(COMPOSED.schemas).payload(schema, seeded(3), optional=0.9)
    bodies = [body, *(drift.body for drift in drifts(COMPOSED.schemas, schema, body)[::9])]
    made = [exchange(body, index=index, source=f"s{index % 3}") for index, body in enumerate(bodies)]
    made += [
        exchange({"id": str(index)}, url="/other", index=index, time="2024-01-01T00:00:00Z")
        for index in range(4)
    ]
    made += [
        Exchange.from_parts(body=b'{"id": "%d"}' % index, method="GET", url="/other", status=200)
        for index in range(3)
    ]
    made += [
        exchange(body, method=None, url=None, status=None, headers={}, index=index) for index in range(2)
    ]
    made += [exchange({}, url="/nowhere", index=9), exchange({}, url="/nowhere", index=9)]
    made += [exchange({}, url="/other", status=500 + index % 2, index=index) for index in range(3)]
    made += [
        exchange(None, text="<html>", url="/other", index=20),
        exchange(None, text='{"id": 1', url="/other", index=21),
    ]
    made += [Unreadable(Origin("s0", index), "r", "e", "h", byte=5 - index, line=index) for index in range(3)]
    made += [Unreadable(Origin("s0", 0), "r", "e", "h", byte=byte) for byte in (7, 3)]
    return made


RECORDS = some_records()
INDEXES = st.permutations(range(len(RECORDS)))


def as_bytes(report):
    return json.dumps(report.to_json(), sort_keys=True)


WHOLE = as_bytes(examine(CONTRACTS, RECORDS))


def test_the_records_are_of_every_kind():
    summary = json.loads(WHOLE)["summary"]
    assert min(summary[count] for count in ("matched", "unmatched", "unreadable")) > 1
    assert sum(summary["findings"].values()) > 20


@given(INDEXES)
def test_the_order_does_not_change_the_report(order):
    assert as_bytes(examine(CONTRACTS, [RECORDS[index] for index in order])) == WHOLE


@given(INDEXES, st.lists(st.integers(0, len(RECORDS)), max_size=4))
def test_the_split_does_not_change_the_report(order, cuts):
    bounds = [0, *sorted(cuts), len(RECORDS)]
    report = Report()
    for first, last in pairwise(bounds):
        report = report.merge(examine(CONTRACTS, [RECORDS[index] for index in order[first:last]]))
    assert as_bytes(report) == WHOLE


PARTS = [examine(CONTRACTS, RECORDS[start::5]) for start in range(5)]
REPORTS = st.sampled_from([*PARTS, Report(), Report(complete=False)])


@given(REPORTS, REPORTS)
def test_merging_commutes(left, right):
    assert left.merge(right) == right.merge(left)


@given(REPORTS, REPORTS, REPORTS)
def test_merging_is_associative(first, second, third):
    assert first.merge(second).merge(third) == first.merge(second.merge(third))


@given(REPORTS)
def test_the_empty_report_changes_nothing(report):
    assert report.merge(Report()) == report


def test_a_merged_report_is_complete_only_if_both_are():
    assert Report().merge(Report()).complete
    assert not Report().merge(Report(complete=False)).complete
