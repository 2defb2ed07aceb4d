"""Every page in `pages/` is read into exactly the claims that the YAML beside it lists."""

from pathlib import Path

import pytest
import yaml

from wireproof.claims.page import read_page
from wireproof.claims.rendering import claim_line, render_claims

PAGES = sorted(path for path in (Path(__file__).parent / "pages").iterdir() if path.suffix != ".yaml")


def read(path):
    return read_page(path.read_bytes(), name=path.name)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_read_into_its_claims(path):
    expected = yaml.safe_load(path.with_name(f"{path.name}.yaml").read_text(encoding="utf-8"))
    page = read(path)
    actual = {
        "title": page.title,
        "silence": page.silence,
        "claims": [claim_line(claim) for claim in page.claims],
        "artefacts": [f"{part.line}  {part.kind} ({part.count})" for part in page.artefacts],
        "unread": [f"{part.lines}  {part.reason}" for part in page.unread],
    }
    assert {key: value for key, value in actual.items() if value} == expected


def test_there_are_enough_layouts():
    layouts = {path.name.rsplit("-", 1)[0] for path in PAGES}
    assert (len(PAGES) >= 20, len(layouts) >= 12) == (True, True)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_claim_stands_on_lines_of_the_page(path):
    last = path.read_bytes().count(b"\n") + 1
    page = read(path)
    outside = [claim for claim in page.claims if not 1 <= claim.lines.first <= claim.lines.last <= last]
    assert outside == []


def test_the_rendering_holds_title_claims_artefacts_and_what_was_not_read():
    data = b"# Jobs\n\nGET /jobs\n\n- na\\_me (string): x\n\n```yaml\nopenapi: 3.0.0\npaths: [\n```\n"
    assert render_claims(read_page(data, name="jobs.md")).splitlines() == [
        "jobs.md: Jobs",
        "3  operation  GET /jobs",
        "5  field  response  na_me string",
        "5\tartefact\tescaped underscore (1)",
        "9\tunread\tnot well-formed YAML: while parsing a flow node did not find expected node content",
    ]


def test_the_rendering_says_why_a_page_is_silent():
    page = read_page(b"", name="empty.md")
    assert render_claims(page) == "empty.md\nNo documentation: it is empty.\n"


def test_a_row_of_shifted_cells_is_told_and_its_type_is_not_guessed():
    text = b"# Get\n\nGET /jobs/{id}\n\n| Field | Type |\n|---|---|\n| id | string |\n| size | a | b | c |\n"
    page = read_page(text, name="x.md")
    assert [(part.lines.first, part.reason) for part in page.unread] == [
        (8, "a row of 4 cells under 2 columns; only its name is read")
    ]


def test_a_login_page_says_so():
    text = b'<html><head><title>Docs</title></head><body><form><input type="password"></form></body></html>'
    assert read_page(text, name="x.html").silence.startswith("it is a login page")
