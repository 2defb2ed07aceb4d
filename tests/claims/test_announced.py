"""Bullets below a sentence that announces fields are fields, typed or not."""

import pytest

from wireproof.claims.page import read_page
from wireproof.claims.rendering import claim_line

HEAD = "# Make a print\n\nPOST /prints\n\n"
BULLETS = "- `done`, whether it was made.\n- `prints`, all of them:\n  - `link`, where one is.\n"
LEADS = {
    "The result contains these fields, described as follows:": "field  response",
    "返回字段说明如下：": "field  response",
    "Send a body with these fields, described below:": "field  request",
}
SILENT = [
    "The result contains these fields.",
    "Some words are special, as follows:",
    "The following fields:",
]


def fields(lead):
    page = read_page(f"{HEAD}{lead}\n\n{BULLETS}".encode(), name="x.md")
    return [line for line in map(claim_line, page.claims) if "  field  " in line or "  parameter  " in line]


@pytest.mark.parametrize("lead", LEADS)
def test_a_name_as_code_and_what_it_is_after_a_comma(lead):
    kind = LEADS[lead]
    inner = kind.replace("parameter", "field")
    assert sorted(fields(lead)) == [f"7  {kind}  done", f"8  {kind}  prints", f"9  {inner}  prints.link"]


@pytest.mark.parametrize("lead", SILENT)
def test_a_sentence_that_announces_no_fields_of_one_side(lead):
    assert fields(lead) == []
