"""Each rule about documentation has a page beside the table, and the cases on the pages hold."""

import re
from importlib.resources import files

import pytest

from wireproof.claims.page import read_page
from wireproof.door import LIMITS, read_yaml
from wireproof.proofreading.proofread import proofread
from wireproof.proofreading.rules import DOCS_RULES, severity_of
from wireproof.rules import RULES

FOLDER = files("wireproof.proofreading")
IDS = [rule.id for rule in DOCS_RULES]
CASE = re.compile(r"^### (.+?)\n\n````page\n(.*?)^````\n\n```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def text_of(rule_id):
    return FOLDER.joinpath(f"{rule_id}.md").read_text(encoding="utf-8")


CASES = {
    f"{rule_id}: {title}": (page, read_yaml(block, LIMITS).value["findings"])
    for rule_id in IDS
    for title, page, block in CASE.findall(text_of(rule_id))
}


def test_the_table_and_the_pages_name_the_same_rules():
    pages = sorted(entry.name.removesuffix(".md") for entry in FOLDER.iterdir() if entry.name.endswith(".md"))
    assert pages == sorted(IDS)


def test_no_rule_has_the_name_of_another():
    assert set(IDS) & {rule.id for rule in RULES} == set()


@pytest.mark.parametrize("rule_id", IDS)
def test_a_page_explains_and_shows_the_rule_firing_and_staying_quiet(rule_id):
    text = text_of(rule_id)
    sections = re.findall(r"^## (.+)$", CASE.sub("", text), re.MULTILINE)
    assert text.startswith(f"# {rule_id}\n\n")
    assert sections == ["What it means", "Why it matters", "What to do", "Cases"]
    fires = [
        any(found.startswith(rule_id) for found in read_yaml(block, LIMITS).value["findings"])
        for _, _, block in CASE.findall(text)
    ]
    assert set(fires) == {True, False}


@pytest.mark.parametrize(("page", "expected"), CASES.values(), ids=CASES)
def test_a_case_finds_what_it_says_and_nothing_else(page, expected):
    found = proofread(read_page(page.encode(), name="case.md")).contradictions
    assert sorted(f"{one.rule} {one.pointer or chr(34) * 2}" for one in found) == sorted(expected)
    assert [one.severity for one in found] == [severity_of(one.rule) for one in found]
