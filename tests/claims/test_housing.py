"""A list without a home is placed in the object of the example that it describes."""

import pytest

from wireproof.claims.claim import FieldClaim
from wireproof.claims.page import read_page

TOP = "# Jobs\n\n`GET /jobs/{id}`\n\n## Response\n\n"
ROWS = "| Field | Type |\n|---|---|\n"
ANSWER = '\n```json\n{"code": 0, "data": {"id": "j", "size": 1, "zone": "x"}}\n```\n'


def listed(*names):
    return ROWS + "".join(f"| {name} | {kind} |\n" for name, kind in names)


INNER = listed(("id", "string"), ("size", "integer"), ("zone", "string"))
OUTER = listed(("code", "integer"), ("data", "object"))


def paths(page):
    claims = read_page(page.encode(), name="page").claims
    return [".".join(claim.path) for claim in claims if isinstance(claim, FieldClaim)]


CASES = {
    "the object is listed without its members": (
        TOP + OUTER + "\nThe payload:\n\n" + INNER + ANSWER,
        ["code", "data", "data.id", "data.size", "data.zone"],
    ),
    "a sentence names the object": (
        TOP + "The job is in `data`.\n\n" + INNER + ANSWER,
        ["data.id", "data.size", "data.zone"],
    ),
    "the title names the object": (
        TOP + "### Data\n\n" + INNER + ANSWER,
        ["data.id", "data.size", "data.zone"],
    ),
    "nobody names the object": (TOP + INNER + ANSWER, ["id", "size", "zone"]),
    "the members of the object are listed": (
        TOP + listed(("data", "object"), ("data.id", "string")) + "\nMore:\n\n" + INNER + ANSWER,
        ["data", "data.id", "id", "size", "zone"],
    ),
    "the names are at the root": (
        TOP + OUTER + "\nThe job:\n\n" + INNER + ANSWER.replace('"code": 0', '"id": "j", "size": 1'),
        ["code", "data", "id", "size", "zone"],
    ),
    "two objects fit as well": (
        TOP
        + listed(("data", "object"), ("old", "object"))
        + "\nA job:\n\n"
        + INNER
        + '\n```json\n{"data": {"id": "j", "size": 1}, "old": {"id": "j", "size": 1}}\n```\n',
        ["data", "old", "id", "size", "zone"],
    ),
    "elements of a list, and a list inside them": (
        TOP
        + listed(("jobs", "array"))
        + "\nA job:\n\n"
        + listed(("id", "string"), ("steps", "array"))
        + "\nA step:\n\n"
        + listed(("at", "string"), ("what", "string"))
        + '\n```json\n{"jobs": [{"id": "j", "steps": [{"at": "x", "what": "y"}]}]}\n```\n',
        ["jobs", "jobs.*.id", "jobs.*.steps", "jobs.*.steps.*.at", "jobs.*.steps.*.what"],
    ),
}


@pytest.mark.parametrize(("page", "expected"), CASES.values(), ids=CASES)
def test_a_list_is_placed_where_the_page_waits_for_it(page, expected):
    assert paths(page) == expected


def test_names_that_sentences_write_as_code_are_kept():
    page = read_page(b"# A\n\n`GET /a`\n\nSee `data.url` and `zone`.\n", name="page")
    assert {"url", "zone"} <= page.mentioned


@pytest.mark.parametrize("status", ["200\n404\n", "200\n\n404\n"])
def test_statuses_in_a_row_are_tabs_and_the_first_body_is_of_the_first(status):
    text = f'# A\n\nGET /a/{{id}}\n\nResponse\n\n{status}\n{{\n  "id": 1\n}}\n'
    claims = read_page(text.encode(), name="page").claims
    assert [claim.scope.status for claim in claims if hasattr(claim, "at")] == ["200"]
