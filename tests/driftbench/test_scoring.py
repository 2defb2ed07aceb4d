from __future__ import annotations

import pytest

from driftbench.cases import Drift
from driftbench.corpus import Sample
from driftbench.judging import Found
from driftbench.scoring import Cell, outcomes
from driftbench.tables import markdown, percent, rows


def judged(labels, said):
    made = Sample("1:x:k:0", "x", (), "shape", "k", tuple(labels), ())
    return [(one.seen, one.named, one.placed) for one in outcomes(made, said)]


MOVED = Drift("field-moved", "/a/x", "/b/x")
TYPE = Drift("type-changed", "/a/*/n")


@pytest.mark.parametrize(
    ("label", "said", "expected"),
    [
        (TYPE, [], (False, False, False)),
        (TYPE, [Found("type-changed", "/a/*/n")], (True, True, True)),
        (TYPE, [Found("null-not-allowed", "/a/*/n")], (True, False, True)),
        (TYPE, [Found("type-changed", "/z")], (True, False, False)),
        (
            TYPE,
            [Found("union-unmatched", "/a/*", absorbs=(Found("type-changed", "/a/*/n"),))],
            (True, True, True),
        ),
        (
            TYPE,
            [Found("envelope-added", "/a/*", absorbs=(Found("type-changed", "/a/*/n"),))],
            (True, False, False),
        ),
        (MOVED, [Found("field-moved", "/a/x", "/b/x")], (True, True, True)),
        (MOVED, [Found("field-moved", "/a/x", "/c/x")], (True, True, False)),
        (
            MOVED,
            [Found("required-missing", "/a/x"), Found("undocumented-field", "/b/x")],
            (True, False, False),
        ),
        (
            Drift("undocumented-status", "", part="status"),
            [Found("undocumented-status", "", part="status")],
            (True,) * 3,
        ),
        (Drift("a", "/p", also=(("b", "/q"),)), [Found("b", "/q")], (True, False, True)),
    ],
)
def test_a_lone_drift_is_seen_named_and_placed(label, said, expected):
    assert judged([label], said) == [expected]


def test_of_several_drifts_each_needs_a_statement_of_its_own():
    said = [Found("type-changed", "/a/*/n")]

    assert judged([TYPE, MOVED], said) == [(True, True, True), (False, False, False)]


def test_statements_are_counted_for_single_drifts_alone():
    cell = Cell()
    made = Sample("1:x:k:0", "x", (), "shape", "k", (TYPE,), ())
    for said in ([Found("type-changed", "/a/*/n")], [Found("x", "/y"), Found("z", "/y")]):
        for one in outcomes(made, said):
            cell.add(one)

    assert (cell.drifts, cell.seen, cell.named, cell.placed, cell.each) == (2, 2, 1, 1, 1.5)


def test_a_hundred_percent_means_all():
    assert (percent(999, 1000), percent(1000, 1000), percent(0, 0)) == ("99.9 %", "100 %", "-")
    assert percent(9999, 10000) == "99.9 %"


def test_a_table_is_markdown():
    assert markdown(("", "n"), rows({})) == ["|  | n |", "|--|--:|"]
