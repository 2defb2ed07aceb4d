"""The report as a value: its JSON, what it lists, and how findings merge."""

from wireproof.exchange import Origin
from wireproof.finding import Finding, Location, Place, Severity, Sighting, json_pointer, merged
from wireproof.report import (
    LISTED,
    Input,
    NotChecked,
    OperationCount,
    Report,
    finding_json,
    first_listed,
    with_denominators,
)
from wireproof.tally import Tally


def finding(rule="type-changed", pointer="/a", *, index=0, observed="x", severity=Severity.ERROR, **more):
    sighting = Sighting("s", index)
    given = {
        "location": Location("p", "get", "200", "body", pointer),
        "promised": "integer", "message": "m", "mend": "do", "contract": Place("spec.yaml", "/a", 3),
        "seen_as": (("string", 1),), **more,
    }  # fmt: skip
    return Finding(rule=rule, severity=severity, observed=observed, first=sighting, last=sighting, **given)


def test_a_finding_as_json():
    assert (
        finding_json(finding(absorbs=(finding("format-violated"),)))["absorbs"][0]["rule"]
        == "format-violated"
    )
    assert finding_json(finding()) == {
        "rule": "type-changed", "severity": "error", "provider": "p", "operation": "get", "status": 200,
        "in": "body", "pointer": "/a", "to": None, "promised": "integer", "observed": "x",
        "seen_as": {"string": 1}, "message": "m", "mend": "do", "sightings": 1, "of": 0,
        "first": {"source": "s", "index": 0, "time": None}, "last": {"source": "s", "index": 0, "time": None},
        "contract": {"file": "spec.yaml", "line": 3, "pointer": "/a"}, "absorbs": [],
        "fingerprint": finding().fingerprint,
    }  # fmt: skip


def test_a_range_of_statuses_stays_a_word_and_a_finding_may_have_no_contract():
    made = finding_json(finding(location=Location("p", "get", "4XX"), contract=None))
    assert (made["status"], made["contract"]) == ("4XX", None)


def test_the_fingerprint_tells_places_apart_and_nothing_else():
    assert finding(observed="y", index=5, severity=Severity.INFO).fingerprint == finding().fingerprint
    assert finding(pointer="/b").fingerprint != finding().fingerprint
    assert finding("null-not-allowed").fingerprint != finding().fingerprint
    assert len(finding().fingerprint) == 16


def test_merged_findings_speak_of_the_first_sighting_and_count_both():
    both = finding(index=4, observed="late").merge(finding(index=1, observed="early", seen_as=(("null", 2),)))
    assert (both.observed, both.first.index, both.last.index, both.sightings) == ("early", 1, 4, 2)
    assert both.seen_as == (("null", 2), ("string", 1))


def test_merging_commutes_although_two_sightings_have_one_place():
    left, right = finding(observed="a"), finding(observed="b")
    assert left.merge(right) == right.merge(left)


def test_findings_are_sorted_for_a_reader():
    order = [
        finding(pointer="/b"),
        finding(pointer="/a"),
        finding("a-rule", "/0", severity=Severity.WARNING),
        finding("z", "/a"),
    ]
    assert [(one.rule, one.location.pointer) for one in merged(order)] == [
        ("type-changed", "/a"), ("z", "/a"), ("type-changed", "/b"), ("a-rule", "/0"),
    ]  # fmt: skip


def test_places_and_pointers_are_written_as_people_write_them():
    assert [str(Place("f", "/a", 3)), str(Place("f", "/a"))] == ["f:3", "f#/a"]
    assert json_pointer(("a/b", "c~d", 0)) == "/a~1b/c~0d/0"
    assert [severity.rank for severity in Severity] == [2, 1, 0]


def test_denominators_are_those_of_the_status_or_of_the_operation():
    counts = [OperationCount("p", "get", "200", 5), OperationCount("p", "get", "404", 2)]
    body, status = finding(absorbs=(finding("z"),)), finding(location=Location("p", "get", "500", "status"))
    stranger = finding(location=Location("p", "", "", "exchange"), sightings=3)
    told = with_denominators([body, status, stranger], counts)
    assert [one.of for one in told] == [5, 7, 3]
    assert told[0].absorbs[0].of == 5


def not_checked(index, **more):
    return NotChecked("s", index, "unmatched", "r", "h", **more)


def test_only_so_many_records_are_listed_and_all_are_counted():
    tally = Tally()
    for index in reversed(range(LISTED * 3)):
        tally.not_checked(Origin("s", index), "unmatched", reason="r", hint="h")
    report = tally.report(complete=True)
    assert (report.unmatched, len(report.not_checked), report.not_checked[-1].index) == (
        LISTED * 3,
        LISTED,
        LISTED - 1,
    )


def test_listed_records_of_one_place_are_kept_and_ordered_by_all_they_tell():
    twins = [not_checked(0, byte=3), not_checked(0), not_checked(0, line=2), not_checked(0, byte=3)]
    assert first_listed(twins) == first_listed(reversed(twins))
    assert len(first_listed(twins)) == 4


def test_the_least_lead_of_a_winner_is_kept():
    narrow, wide = (
        OperationCount("p", "get", "200", 1, 1, 0.1, "x"),
        OperationCount("p", "get", "200", 2, 2, 0.5, "y"),
    )
    (both,) = Report(operations=(wide,)).merge(Report(operations=(narrow,))).operations
    assert (both.exchanges, both.by_shape, both.margin, both.runner_up) == (3, 3, 0.1, "x")


def test_the_summary_adds_up():
    report = Report(
        inputs=(Input("a", 3, 1), Input("b", 2)), operations=(OperationCount("p", "get", "4XX", 4),),
        findings=(finding(),), unreadable=1, unmatched=1,
    )  # fmt: skip
    made = report.to_json()
    assert (made["format"], made["version"], made["complete"]) == ("wireproof-report", 1, True)
    assert made["summary"]["exchanges"] == 5
    assert made["operations"][0]["status"] == "4XX"
    assert made["summary"]["findings"] == {"error": 1, "warning": 0, "info": 0}
