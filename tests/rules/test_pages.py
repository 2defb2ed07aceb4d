"""The cases on the rules' pages hold, and the pages are made as pages are."""

import json
from dataclasses import replace
from importlib.resources import files

import pytest

from support.contracts import exchange
from wireproof.concluding import concluded
from wireproof.examining import examine
from wireproof.openapi import load_contract
from wireproof.report import finding_json
from wireproof.rules import RULES
from wireproof.rules.pages import PageError, read_page

FOLDER = files("wireproof.rules")
PAGES = {
    rule.id: read_page(FOLDER.joinpath(f"{rule.id}.md").read_text(encoding="utf-8"))
    for rule in RULES
    if FOLDER.joinpath(f"{rule.id}.md").is_file()
}
CASES = {f"{page.id}: {case.title}": case for page in PAGES.values() for case in page.cases}


def found_in(case):
    """Return every finding on a case's exchanges, as the report has it."""
    text = json.dumps(case.document()).encode()
    contract = load_contract("page.yaml", text, provider="page")
    report = examine([contract], records_of(case.exchanges))
    before = examine([contract], records_of(case.before)).evidence if case.before else None
    return [finding_json(finding) for finding in concluded(report, [contract], baseline=before).findings]


def records_of(exchanges):
    given = [one for one in exchanges for _ in range(one.get("times", 1))]
    return [record_of(index, **{**one, "times": 1}) for index, one in enumerate(given)]


def record_of(index, *, body=None, asked=None, times=1, **given):
    record = exchange(body, **{"index": index, **given})
    if asked is None:
        return record
    return replace(record, request=replace(record.request, body=json.dumps(asked).encode()))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case_finds_what_it_says_and_nothing_else(case):
    found = found_in(case)
    by_place = {(finding["rule"], finding["pointer"]): finding for finding in found}
    expected = {(finding["rule"], finding["pointer"]): finding for finding in case.findings}
    assert sorted(by_place) == sorted(expected)
    told = {place: {part: by_place[place][part] for part in wanted} for place, wanted in expected.items()}
    assert told == {place: dict(wanted) for place, wanted in expected.items()}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_explains_and_shows_the_rule_firing_and_staying_quiet(page):
    assert list(page.sections) == ["What it means", "Why it matters", "What to do", "Cases"]
    assert page.lead
    fires = [page.id in {finding["rule"] for finding in case.findings} for case in page.cases]
    assert {True, False} == set(fires)


def page_with(block):
    return f"# a-rule\n\nLead.\n\n## Cases\n\n### One case\n\n```yaml\n{block}\n```\n"


def test_a_page_is_read():
    page = read_page(
        page_with("contract: {schema: {}}\nexchange: {text: '# no heading'}\nfindings: [a-rule /x, b-rule]")
    )
    assert (page.id, page.lead, list(page.sections)) == ("a-rule", "Lead.", ["Cases"])
    assert page.cases[0].findings == (
        {"rule": "a-rule", "pointer": "/x"},
        {"rule": "b-rule", "pointer": ""},
    )


def test_a_heading_inside_a_block_is_none():
    page = read_page("# a-rule\n\n```sh\n# a comment\n```\n")
    assert page.lead == "```sh\n# a comment\n```"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no title", "the page has no title: begin with `# rule-id`"),
        ("# a\n### Empty\n", "Empty: one yaml block is expected, not 0"),
        (
            page_with("contract: {}"),
            "One case: the block has the keys contract, exchange and findings, and no others",
        ),
        (
            page_with("contract: {}\nexchange: {boddy: 1}\nfindings: []"),
            (
                "One case: an exchange has no boddy; "
                "it has asked, body, headers, method, source, status, text, time, times, url"
            ),
        ),
    ],
)
def test_a_broken_page_says_what_is_wrong(text, told):
    with pytest.raises(PageError) as caught:
        read_page(text)
    assert str(caught.value) == told


def test_a_block_that_is_no_yaml_is_told_with_its_line():
    with pytest.raises(PageError, match="One case: line 3 of its block: "):
        read_page(page_with("contract: {}\nexchange: {"))
