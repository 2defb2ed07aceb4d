"""The report for a person."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.reports import finding, report
from wireproof.exemption import Exempted, Ignore, Ignored, Override, Scope, SwitchedOff
from wireproof.finding import Location, Place, Severity, Sighting
from wireproof.report import Input, NotChecked, OperationCount, Report
from wireproof.reporters import text_report
from wireproof.reporters.text import Style

ONE = report(finding(), exchanges=1)


def lines(made, **options):
    return text_report(made, **options).splitlines()


def test_the_whole_of_a_short_report():
    made = report(
        replace(
            finding("type-changed", "/items/*/n", severity="error"),
            promised="integer",
            observed='numeric string "1"',
            mend="change the type",
            contract=Place("spec.yaml", "/x", 12),
        ),
        exchanges=1,
    )
    assert text_report(made) == (
        "1 exchange from c.jsonl\n"
        "    p o 200: 1 exchange\n"
        "\n"
        "p o\n"
        "\n"
        "  error   type-changed  /items/*/n\n"
        "          promised  integer   spec.yaml:12\n"
        '          came      numeric string "1"\n'
        "          mend      change the type\n"
        "\n"
        "1 error\n"
    )


def test_the_shape_of_the_answer_comes_first():
    made = report(finding(), not_checked=(NotChecked("c.jsonl", 9, "unmatched", "why", "do"),), unmatched=1)
    heads = [line for line in lines(made) if line and not line.startswith(" ")]
    assert heads == [
        "3 exchanges from c.jsonl",
        "p o",
        "Not checked: 1 unmatched",
        "1 warning; not every record was judged",
    ]


def test_sources_are_counted_where_there_are_several():
    made = report(finding()).merge(Report(inputs=(Input("d.jsonl", 1),)))
    assert lines(made)[0] == "4 exchanges from 2 sources"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (OperationCount("p", "o", "200", 2), "p o 200: 2 exchanges"),
        (OperationCount("p", "o", "4XX", 1, 1), "p o 4XX: 1 exchange, recognised by shape"),
        (
            OperationCount("p", "o", "200", 1, 1, 0.25, "q get"),
            "p o 200: 1 exchange, recognised by shape (0.25 ahead of q get)",
        ),
        (
            OperationCount("p", "o", "200", 3, 3, 0.5, "q get"),
            "p o 200: 3 exchanges, all recognised by shape (0.50 ahead of q get)",
        ),
        (
            OperationCount("p", "o", "200", 3, 2, 0.5, "q get"),
            "p o 200: 3 exchanges, 2 recognised by shape (0.50 ahead of q get)",
        ),
    ],
)
def test_it_is_told_how_an_operation_was_found(count, expected):
    assert lines(Report(operations=(count,)))[1] == f"    {expected}"


def test_each_finding_is_told_once_and_each_advice_once_an_operation():
    made = report(
        finding("type-changed", "/a", severity="error"),
        finding("type-changed", "/b", severity="error"),
        finding("type-changed", "/a", severity="error", operation="other"),
        operations=[("p", "o"), ("p", "other")],
    )
    shown = lines(made)
    assert [line for line in shown if "type-changed" in line] == [
        "  error   type-changed  /a",
        "  error   type-changed  /b",
        "  error   type-changed  /a",
    ]
    assert sum("mend" in line for line in shown) == 2


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Location("p", "o", "200", "body", "/a"), "warning undocumented-field  /a"),
        (Location("p", "o", "200", "body", ""), "warning undocumented-field  /"),
        (Location("p", "o", "200", "header", "/etag"), "warning undocumented-field  header /etag"),
        (Location("p", "o", "4XX", "body", "/a"), "warning undocumented-field  /a (promised under 4XX)"),
        (Location("p", "o", "", "status", ""), "warning undocumented-field  status"),
        (Location("p", "", "", "exchange", "GET /x"), "warning undocumented-field  exchange"),
    ],
)
def test_a_finding_has_its_place(where, expected):
    assert f"  {expected}" in lines(report(replace(finding(), location=where)))


def test_a_finding_about_two_places_names_the_other():
    where = Location("p", "o", "200", "body", "/a", "/b/a")
    made = report(replace(finding("field-moved"), location=where))
    assert "          other end /b/a" in lines(made)


def test_what_a_finding_explains_is_listed_and_the_rest_counted():
    parts = [finding("required-missing", f"/f{number}", severity="error") for number in range(10)]
    shown = [
        line for line in lines(report(finding("field-moved", "/a", absorbs=parts))) if "explains" in line
    ]
    assert (len(shown), shown[0], shown[-1]) == (
        9,
        "          explains  required-missing /f0: message",
        "          explains  2 more",
    )


def test_evidence_has_its_denominator_and_its_ends():
    made = report(
        replace(
            finding(),
            sightings=2,
            seen_as=(("null", 1), ("string", 3)),
            first=Sighting("a.jsonl", 0, "2026-03-03T09:00:00Z"),
            last=Sighting("b.jsonl", 7),
        )
    )
    assert (
        "          seen      in 2 of 3 exchanges (string 3 times, null 1 times),"
        " first a.jsonl#0 at 2026-03-03T09:00:00Z, last b.jsonl#7"
    ) in lines(made)
    assert "          seen      in 1 of 3 exchanges, first c.jsonl#0" in lines(report(finding()))
    assert not [line for line in lines(ONE) if "seen" in line]


def test_many_unknown_members_of_one_object_are_told_together():
    made = report(*(finding(pointer=f"/data/{name}") for name in ("a", "bb", "ccc")), finding(pointer="/x"))
    shown = lines(made)
    assert [line for line in shown if "undocumented-field" in line] == [
        "  warning undocumented-field  /x",
        "  warning undocumented-field  3 members of /data",
    ]
    assert "          came      bb   came, in 1 of 3" in shown


def test_members_of_the_body_itself_are_told_together():
    made = report(*(finding(pointer=f"/{name}") for name in "abc"), exchanges=1)
    assert "  warning undocumented-field  3 members of the body" in lines(made)
    assert "          came      b  came" in lines(made)


def test_records_that_were_not_judged_are_listed_with_why_and_what_to_do():
    entries = (
        NotChecked("a.json", 0, "unreadable", "cut off", "capture it again", 3, 17),
        NotChecked("b.jsonl", 4, "unmatched", "no such path", "name a --spec"),
    )
    made = report(not_checked=entries, unreadable=1, unmatched=1)
    shown = lines(made)
    assert shown[shown.index("Not checked: 1 unreadable, 1 unmatched") :] == [
        "Not checked: 1 unreadable, 1 unmatched",
        "  unreadable  a.json:3 (byte 17)",
        "          why       cut off",
        "          do        capture it again",
        "  unmatched  b.jsonl#4",
        "          why       no such path",
        "          do        name a --spec",
        "",
        "no drift in 3 exchanges; not every record was judged",
    ]


def test_a_long_list_of_them_ends_with_their_number():
    entries = tuple(NotChecked("a", index, "undecided", "why", "do") for index in range(30))
    assert "  … and 12 more (--format json lists up to 1000)" in lines(
        report(not_checked=entries, undecided=32)
    )


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (report(), "no drift in 3 exchanges"),
        (Report(), "nothing was judged"),
        (report(finding()), "1 warning"),
        (report(finding(severity="error"), finding(pointer="/y", severity="error")), "2 errors"),
        (report(finding(severity="error"), finding(pointer="/y")), "1 error, 1 warning"),
        (
            report(complete=False),
            "no drift in 3 exchanges; this report is partial: the examination was interrupted",
        ),
        (report(undecided=1), "no drift in 3 exchanges; not every record was judged"),
    ],
)
def test_the_last_line_is_the_verdict(made, expected):
    assert lines(made)[-1] == expected


def test_what_is_not_shown_is_counted_in_the_verdict():
    made = report(finding(), finding("type-changed", "/y", severity="error"))
    shown = lines(made, least=Severity.ERROR)
    assert "undocumented-field" not in "".join(shown)
    assert shown[-1] == "1 error, 1 warning (1 below --min-severity not shown)"
    assert (
        lines(report(finding()), least=Severity.ERROR)[-1] == "1 warning (1 below --min-severity not shown)"
    )


IGNORE = Ignore(Scope("/x"), "nobody reads it", place=Place("w.toml", "/ignore/0", 4))


@pytest.mark.parametrize(
    ("ignored", "expected"),
    [
        (
            Ignored(IGNORE, (finding(),), matched=True),
            "ignored: 1 finding of every rule /x: nobody reads it   w.toml:4",
        ),
        (
            Ignored(replace(IGNORE, rule="type-changed", place=None), (finding(), finding()), matched=True),
            "ignored: 2 findings of type-changed /x: nobody reads it",
        ),
        (
            Ignored(IGNORE, exchanges=3, decided=True),
            "no longer needed: ignore of every rule /x: nothing in 3 exchanges   w.toml:4",
        ),
        (
            Ignored(replace(IGNORE, scope=Scope()), exchanges=1, decided=True),
            "no longer needed: ignore of every rule: nothing in 1 exchange   w.toml:4",
        ),
        (
            Ignored(IGNORE, matched=True, expired=True),
            "expired on None: ignore of every rule /x: its findings are told   w.toml:4",
        ),
        (
            Ignored(IGNORE, expired=True),
            "expired on None: ignore of every rule /x: it fits nothing   w.toml:4",
        ),
        (Ignored(IGNORE, matched=True), None),
        (Ignored(IGNORE), None),
    ],
)
def test_an_ignore_is_told_where_it_did_something_or_should_go(ignored, expected):
    shown = lines(report(exempted=Exempted((ignored,))))
    assert (shown[shown.index("Policy") + 1] if "Policy" in shown else None) == (expected and f"  {expected}")


@pytest.mark.parametrize(
    ("path", "pointer", "expected"),
    [
        ("/items/0/n", "/items/*/n", "/items/*/n"),
        ("/items/0/m", "/items/*/n", "/items/*/n"),
        ("/dta/x", "/data/x", "/data/x"),
        ("/zzz", "/data", None),
        ("/data", "/data/x", None),
    ],
)
def test_an_ignore_that_fits_nothing_is_answered_with_the_place_it_may_mean(path, pointer, expected):
    entry = Ignored(replace(IGNORE, scope=Scope(path)), exchanges=3, decided=True)
    text = text_report(report(finding(pointer=pointer), exempted=Exempted((entry,))))
    meant = re.search(r"did you mean (\S+) \?", text)
    assert (meant and meant[1]) == expected


def test_a_rule_that_is_switched_off_is_told_with_what_it_would_have_told():
    entries = (
        SwitchedOff(Override("type-changed", None)),
        SwitchedOff(
            Override("format-violated", None, Scope(provider="p"), Place("w.toml", "/", 2)), (finding(),)
        ),
    )
    shown = lines(report(exempted=Exempted((), entries)))
    assert shown[shown.index("Policy") :][:3] == [
        "Policy",
        "  not checked: type-changed, switched off",
        "  not checked: format-violated of p, switched off (1 finding not told)   w.toml:2",
    ]


LONG = "words " * 40


@pytest.mark.parametrize("width", [60, 80, 120])
def test_on_a_terminal_lines_are_wrapped_to_its_width(width):
    made = report(
        replace(finding(), promised=LONG, observed=LONG, mend=LONG),
        not_checked=(NotChecked("c", 0, "undecided", LONG, LONG),),
        undecided=1,
        exempted=Exempted((Ignored(replace(IGNORE, reason=LONG), (finding(),)),)),
    )
    shown = lines(made, style=Style(width=width))
    wrapped = [line for line in shown if "words" in line]
    assert max(map(len, wrapped)) <= width
    assert " ".join(" ".join(wrapped).split()).count("words") == 40 * 6
    assert max(map(len, lines(made))) > 200


@pytest.mark.parametrize("width", [0, 1, 10, 44])
def test_a_terminal_too_narrow_to_wrap_gets_whole_lines(width):
    made = report(replace(finding(), promised=LONG))
    assert text_report(made, style=Style(width=width)) == text_report(made)


def test_colour_changes_nothing_but_the_colour():
    made = report(
        finding(),
        finding("type-changed", "/y", severity="error", absorbs=[finding()]),
        finding("always-null", "/z", severity="info"),
        not_checked=(NotChecked("c", 0, "undecided", "why", "do"),),
        undecided=1,
        exempted=Exempted((Ignored(IGNORE, (finding(),)),)),
    )
    coloured = text_report(made, style=Style(colour=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text_report(made)
    assert {"\x1b[31;1merror", "\x1b[33mwarning", "\x1b[36minfo"} <= set(
        re.findall(r"\x1b\[[0-9;]+m[a-z]+", coloured)
    )
    assert "\x1b" not in text_report(made)


NASTY = st.text(st.sampled_from("::error##[x]\x1b\n\r\x9b\u202e\u2028ab /~*"), max_size=12)


@given(NASTY, st.sampled_from([0, 40, 80]))
def test_nothing_of_a_stranger_acts_in_the_report(text, width):
    where = Location(text, text, text, "body", f"/{text}", text)
    hostile = replace(
        finding(),
        location=where,
        promised=text,
        observed=text,
        message=text,
        mend=text,
        contract=Place(text, text),
        first=Sighting(text, 0, text),
        last=Sighting(text, 1, text),
        sightings=2,
        seen_as=((text, 1), ("other", 1)),
    )
    made = Report(
        inputs=(Input(text, 2),),
        operations=(OperationCount(text, text, text, 2, 1, 0.5, text),),
        findings=(
            replace(hostile, absorbs=(hostile,), of=2),
            *(replace(hostile, location=Location(text, text, text, "body", f"/{text}/{n}")) for n in "abc"),
        ),
        not_checked=(NotChecked(text, 0, "unreadable", text, text),),
        unreadable=1,
        exempted=Exempted(
            (Ignored(Ignore(Scope(text, text, text), f"r{text}", place=Place(text, text)), (hostile,)),),
            (SwitchedOff(Override("type-changed", None, Scope(text, text, text))),),
        ),
    )
    shown = text_report(made, style=Style(width=width))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]|::[A-Za-z]|##[\[A-Za-z]", shown)
    assert all(line == "" or line[0] in " 123456789PNn" or line == line.strip() for line in shown.split("\n"))
