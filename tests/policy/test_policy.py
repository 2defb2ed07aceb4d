"""What a policy makes of a report."""

import json
from datetime import date, timedelta
from importlib.resources import files

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.reports import finding, report, told
from wireproof.exemption import Ignore, Override, Scope
from wireproof.finding import Place, Severity
from wireproof.policy import Policy, apply
from wireproof.report import Report
from wireproof.reporters import json_report, text_report

TODAY = date(2026, 6, 1)
KNOWN = [("p", "o"), ("p", "other"), ("q", "o")]
EVERYWHERE = Scope()
X = Ignore(Scope("/x"), "nobody reads it")


def off(rule, scope=EVERYWHERE, place=None):
    return Override(rule, None, scope, place)


def level(rule, severity, scope=EVERYWHERE):
    return Override(rule, Severity(severity), scope)


def states(made):
    return [one.state for one in made.exempted.ignored]


def test_without_a_policy_the_report_stays_as_it_is():
    made = report(finding())
    assert apply(made, Policy(), TODAY) is made


def test_a_severity_changes_the_finding_and_its_place_in_the_order():
    made = report(finding("type-changed", "/a", severity="error"), finding("undocumented-field", "/b"))
    policy = Policy((level("type-changed", "info"), level("undocumented-field", "error")))
    assert told(apply(made, policy, TODAY)) == [
        ("undocumented-field", "/b", "error"),
        ("type-changed", "/a", "info"),
    ]


ORDERED = [
    level("undocumented-field", "error"),
    level("undocumented-field", "info", Scope(provider="p")),
    level("undocumented-field", "error", Scope(provider="p", operation="o")),
    level("undocumented-field", "info", Scope("/x")),
    level("undocumented-field", "error", Scope("/*", "p")),
    level("undocumented-field", "info", Scope("/**", "p", "o")),
]


@pytest.mark.parametrize("count", range(1, len(ORDERED) + 1))
def test_the_narrowest_severity_wins_wherever_it_is_written(count):
    entries = ORDERED[:count]
    expected = [("undocumented-field", "/x", str(entries[-1].severity))]
    assert told(apply(report(finding()), Policy(tuple(entries)), TODAY)) == expected
    assert told(apply(report(finding()), Policy(tuple(reversed(entries))), TODAY)) == expected


def test_of_two_equally_narrow_severities_the_later_wins():
    policy = Policy(
        (level("undocumented-field", "error", Scope("/**")), level("undocumented-field", "info", Scope("/x")))
    )
    assert told(apply(report(finding()), policy, TODAY)) == [("undocumented-field", "/x", "info")]


def test_a_firm_severity_beats_a_narrower_one():
    policy = Policy(tuple(ORDERED)).with_firm([level("undocumented-field", "warning")])
    assert told(apply(report(finding()), policy, TODAY)) == [("undocumented-field", "/x", "warning")]


def test_a_rule_that_is_switched_off_is_not_told_but_listed_with_its_count():
    made = apply(report(finding(), finding(pointer="/y")), Policy((off("undocumented-field"),)), TODAY)
    assert told(made) == []
    assert [(one.entry.rule, len(one.findings)) for one in made.exempted.switched_off] == [
        ("undocumented-field", 2)
    ]
    assert made.to_json()["summary"]["switched_off"] == 2


def test_a_rule_switched_off_that_found_nothing_is_listed_too_where_it_would_have_been_asked():
    entries = (
        off("type-changed", place=Place("wireproof.toml", "/rules", 2)),
        off("format-violated", Scope(provider="p"), Place("wireproof.toml", "/rules", 4)),
        off("format-violated", Scope(provider="elsewhere"), Place("wireproof.toml", "/rules", 6)),
    )
    made = apply(report(), Policy(entries), TODAY)
    assert [one.entry for one in made.exempted.switched_off] == list(entries[:2])


def test_switching_a_named_change_off_tells_the_parts_it_had_explained():
    parts = [finding("required-missing", "/a", severity="error"), finding("undocumented-field", "/b")]
    made = report(finding("field-renamed", "/a", severity="error", absorbs=parts))
    assert told(apply(made, Policy((off("field-renamed"),)), TODAY)) == [
        ("required-missing", "/a", "error"),
        ("undocumented-field", "/b", "warning"),
    ]


def test_parts_that_are_told_obey_the_policy_themselves():
    parts = [finding("required-missing", "/a", severity="error"), finding("undocumented-field", "/x")]
    made = report(finding("field-renamed", "/a", severity="error", absorbs=parts))
    policy = Policy((off("field-renamed"), level("required-missing", "info")), (X,))
    result = apply(made, policy, TODAY)
    assert told(result) == [("required-missing", "/a", "info")]
    assert result.exempted.ignored_findings == 1


def test_a_part_told_beside_its_like_is_not_seen_more_often_than_there_were_exchanges():
    part = finding("undocumented-field", "/b")
    made = report(finding("field-renamed", "/a", absorbs=[part]), part, exchanges=1)
    (one,) = apply(made, Policy((off("field-renamed"),)), TODAY).findings
    assert (one.sightings, one.of) == (1, 1)


def test_an_ignored_finding_is_counted_with_the_entry_that_holds_it():
    place = Place("wireproof.toml", "/ignore/0", 7)
    entry = Ignore(Scope("/x"), "nobody reads it", "undocumented-field", date(2027, 1, 1), place)
    made = apply(report(finding(), finding(pointer="/y")), Policy(ignores=(entry,)), TODAY)
    assert told(made) == [("undocumented-field", "/y", "warning")]
    (listed,) = made.to_json()["policy"]["ignored"]
    assert [one["pointer"] for one in listed.pop("findings")] == ["/x"]
    assert listed == {
        "path": "/x",
        "provider": None,
        "operation": None,
        "rule": "undocumented-field",
        "reason": "nobody reads it",
        "expires": "2027-01-01",
        "written": {"file": "wireproof.toml", "line": 7},
        "state": "holding",
        "exchanges": 3,
    }


def test_a_finding_that_two_entries_fit_is_counted_once_and_both_are_needed():
    wide = Ignore(Scope("/**"), "all of it")
    made = apply(report(finding()), Policy(ignores=(X, wide)), TODAY, known=[("p", "o")])
    assert {one.entry: len(one.findings) for one in made.exempted.ignored} == {X: 1, wide: 0}
    assert states(made) == ["holding", "holding"]


def test_an_ignore_of_something_that_a_named_change_explains_is_needed_and_hides_no_change():
    made = report(finding("field-renamed", "/y", absorbs=[finding(pointer="/x")]))
    result = apply(made, Policy(ignores=(X,)), TODAY, known=[("p", "o")])
    assert told(result) == [("field-renamed", "/y", "warning")]
    assert states(result) == ["holding"]


@pytest.mark.parametrize(("days", "expected"), [(1, []), (0, ["/x"]), (-1, ["/x"])])
def test_from_the_day_an_ignore_expires_its_findings_are_told(days, expected):
    entry = Ignore(Scope("/x"), "until the next release", expires=TODAY + timedelta(days))
    made = apply(report(finding()), Policy(ignores=(entry,)), TODAY)
    assert [pointer for _, pointer, _ in told(made)] == expected
    assert states(made) == ["expired" if expected else "holding"]


OWN = Ignore(Scope("/z", "p", "o"), "gone")
GENERAL = Ignore(Scope("/z"), "gone")
OF_P = Ignore(Scope("/z", "p"), "gone")


@pytest.mark.parametrize(
    ("entry", "made", "known", "expected"),
    [
        (OWN, report(finding()), (), "unneeded"),
        (OWN, report(operations=[("q", "o")]), KNOWN, "unseen"),
        (OWN, report(complete=False), KNOWN, "unseen"),
        (OWN, report(unreadable=1), KNOWN, "unseen"),
        (GENERAL, report(), KNOWN, "unseen"),
        (GENERAL, report(operations=KNOWN), KNOWN, "unneeded"),
        (GENERAL, report(), (), "unseen"),
        (OF_P, report(operations=KNOWN[:1]), KNOWN, "unseen"),
        (OF_P, report(operations=KNOWN[:2]), KNOWN, "unneeded"),
    ],
)
def test_an_ignore_is_unneeded_only_where_all_it_speaks_of_was_seen_and_judged(entry, made, known, expected):
    assert states(apply(made, Policy(ignores=(entry,)), TODAY, known=known)) == [expected]


def test_an_ignore_of_a_rule_that_is_switched_off_is_unneeded():
    policy = Policy((off("undocumented-field"),), (X,))
    assert states(apply(report(finding()), policy, TODAY, known=[("p", "o")])) == ["unneeded"]


def test_an_ignore_without_a_reason_cannot_be_made():
    with pytest.raises(ValueError, match="an ignore needs a reason"):
        Ignore(Scope("/x"), "  ")


RULES = ["undocumented-field", "type-changed", "field-renamed"]
PATHS = ["/x", "/y", "/x/y", "/*", "/**", "/x/**"]
OWNERS = [("p", "o"), ("p", "other"), ("q", "o")]


@st.composite
def scopes(draw):
    provider, operation = draw(st.sampled_from([*OWNERS, (None, None), ("p", None), (None, "o")]))
    return Scope(draw(st.sampled_from([None, *PATHS])), provider, operation)


@st.composite
def policies(draw, *, switches=True):
    severities = [*Severity, None] if switches else list(Severity)
    overrides = st.builds(Override, st.sampled_from(RULES), st.sampled_from(severities), scopes())
    ignores = st.builds(
        Ignore,
        scopes(),
        st.just("a reason"),
        st.sampled_from([None, *RULES]),
        st.sampled_from([None, TODAY, TODAY + timedelta(1)]),
    )
    return Policy(
        tuple(draw(st.lists(overrides, max_size=4))),
        tuple(draw(st.lists(ignores, max_size=4))),
        tuple(draw(st.lists(overrides, max_size=1))),
    )


NO_PARTS = st.just(())


def plain_findings(absorbs=NO_PARTS):
    def build(rule, pointer, owner, severity, at, parts):
        return finding(
            rule, pointer, provider=owner[0], operation=owner[1], severity=severity, at=at, absorbs=parts
        )

    return st.builds(
        build,
        st.sampled_from(RULES),
        st.sampled_from(["/x", "/y", "/x/y"]),
        st.sampled_from(OWNERS),
        st.sampled_from(["error", "warning", "info"]),
        st.integers(0, 9),
        absorbs,
    )


FINDINGS = plain_findings(st.lists(plain_findings(), max_size=2))
REPORTS = st.builds(
    lambda found, owners: report(*found, operations=tuple(owners), exchanges=5),
    st.lists(FINDINGS, max_size=6),
    st.lists(st.sampled_from(OWNERS), min_size=1, unique=True),
)


def whole(parts):
    made = Report()
    for part in parts:
        made = made.merge(part)
    return made


@given(st.lists(REPORTS, max_size=4), policies(), st.randoms())
def test_applied_after_merging_a_policy_says_the_same_whatever_the_split(parts, policy, chance):
    shuffled = list(parts)
    chance.shuffle(shuffled)
    cut = chance.randint(0, len(parts))
    split = whole(shuffled[:cut]).merge(whole(shuffled[cut:]))
    assert apply(split, policy, TODAY, known=KNOWN) == apply(whole(parts), policy, TODAY, known=KNOWN)


@given(REPORTS, policies())
def test_no_finding_is_lost(made, policy):
    result = apply(made, policy, TODAY)
    kept = [
        one
        for group in (
            result.findings,
            *(entry.findings for entry in result.exempted.ignored),
            *(entry.findings for entry in result.exempted.switched_off),
        )
        for one in group
    ]
    assert {one.fingerprint for one in kept} >= {one.fingerprint for one in made.findings}


@given(REPORTS, policies(switches=False))
def test_where_nothing_is_switched_off_the_counts_add_up(made, policy):
    result = apply(made, policy, TODAY)
    assert len(result.findings) + result.exempted.ignored_findings == len(made.findings)
    assert result.exchanges == made.exchanges
    summary = result.to_json()["summary"]
    assert sum(summary["findings"].values()) + summary["ignored"] == len(made.findings)


@given(REPORTS, REPORTS, policies(switches=False))
def test_reports_under_one_policy_can_still_be_merged(one, other, policy):
    apart = apply(one, policy, TODAY).merge(apply(other, policy, TODAY))
    together = apply(one.merge(other), policy, TODAY)
    assert apart.findings == together.findings
    assert apart.exempted.ignored_findings == together.exempted.ignored_findings


def test_rules_switched_off_in_two_reports_are_merged():
    policy = Policy((off("undocumented-field"),))
    one, other = (apply(report(finding(at=at)), policy, TODAY) for at in (0, 1))
    (merged,) = one.merge(other).exempted.switched_off
    assert [(found.sightings, found.of) for found in merged.findings] == [(2, 6)]


@given(REPORTS, policies())
def test_the_text_and_the_json_report_can_be_written_under_any_policy(made, policy):
    result = apply(made, policy, TODAY)
    assert text_report(result).endswith("\n")
    schema = json.loads(files("wireproof").joinpath("schemas/report.schema.json").read_text())
    jsonschema_rs.validate(schema, json.loads(json_report(result)))
