"""`wireproof docs` on folders, patterns and pages without end: what is read, what is said, how it ends."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from wireproof.claims import decoding
from wireproof.cli.main import main
from wireproof.cli.progress import Progress

SCHEMA = json.loads(files("wireproof.schemas").joinpath("docs.schema.json").read_text(encoding="utf-8"))
CLEAN = """# Get a job

GET /jobs/{id}

## Response

| Field | Type |
|---|---|
| id | string |
| size | integer |

## Example

```json
{"id": "j1", "size": 3}
```
"""
WRONG = CLEAN.replace('"size": 3', '"size": "3"')
PROSE = "# Welcome\n\nWe are glad that you are here.\n"
BROKEN = """# Jobs

```yaml
openapi: 3.0.1
info: {title: T, version: '1'}
paths:
  /v1/jobs:
    get:
      summary: List: "jobs
       tags: x
       other: y
      responses:
        '200':
          description: ok
```
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("docs/a.md", CLEAN),
        ("docs/b/c.mdx", WRONG),
        ("docs/b/d.html", CLEAN),
        ("docs/.hidden.md", WRONG),
        ("docs/node_modules/e.md", WRONG),
        ("docs/logo.svg", "<svg/>"),
        ("docs/welcome.md", PROSE),
        ("docs/z.md", PROSE),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def told(capsys, *words):
    code = main(["docs", *words])
    out, err = capsys.readouterr()
    return code, out, err


def as_json(capsys, *words):
    code, out, _ = told(capsys, *words, "--format", "json")
    report = json.loads(out)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    return code, report


def test_a_folder_is_read_with_all_below_it_each_page_by_its_name(folder, capsys):
    code, report = as_json(capsys, "docs")
    assert (code, [page["source"] for page in report["pages"]]) == (
        1,
        ["docs/a.md", "docs/welcome.md", "docs/z.md", "docs/b/c.mdx", "docs/b/d.html"],
    )
    assert report["complete"]


def test_of_many_pages_those_alone_are_told_that_have_something_to_tell(folder, capsys):
    _, out, _ = told(capsys, "docs")
    assert out.startswith("docs/b/c.mdx: Get a job\n")
    assert "docs/a.md" not in out
    assert out.endswith(
        "5 pages: 1 with findings, 2 without, 2 without documentation\n"
        "    2 pages: no operation, field, parameter or example is described on it "
        "(docs/welcome.md, docs/z.md)\n"
        "1 error (2 of 5 pages without documentation)\n"
    )
    _, out, _ = told(capsys, "docs", "--format", "markdown")
    assert out.startswith("## docs/b/c.mdx: Get a job\n")
    assert "## Summary\n\n- 5 pages: 1 with findings, 2 without, 2 without documentation\n" in out


def test_prose_beside_documentation_is_no_failure_and_alone_it_is(folder, capsys):
    assert told(capsys, "docs/a.md", "docs/welcome.md")[0] == 0
    assert told(capsys, "docs/welcome.md", "docs/z.md")[0] == 3


def test_a_page_is_read_once_however_often_it_is_named(folder, capsys):
    Path("docs/link.md").symlink_to("a.md")
    _, report = as_json(capsys, "docs/a.md", "./docs/a.md", "docs/*.md")
    assert [page["source"] for page in report["pages"]] == ["docs/a.md", "docs/welcome.md", "docs/z.md"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent.md", "No such file or directory"),
        ("absent/*.md", "no file fits the pattern"),
        ("empty", "an empty folder"),
        ("pictures", "a folder without pages: none of its 1 files is one by its name"),
        ("a\0b", "embedded null byte"),
    ],
)
def test_what_is_named_and_cannot_be_read_is_in_the_report(folder, capsys, name, reason):
    Path("empty").mkdir()
    Path("pictures").mkdir()
    Path("pictures/logo.png").write_bytes(b"")
    code, report = as_json(capsys, "docs/a.md", name)
    assert (code, report["complete"]) == (3, False)
    assert report["not_checked"] == [{"what": "page", "source": name, "reason": reason}]
    _, out, err = told(capsys, "docs/a.md", name)
    shown = name.replace("\0", "\\u0000")
    assert f"not read: page {shown}: {reason}\nno contradiction found in what was read" in out
    assert err.startswith(f"wireproof: {shown}: {reason}\n  ")


def test_a_page_without_end_is_read_as_far_as_pages_are_and_that_is_said(folder, capsys, monkeypatch):
    monkeypatch.setattr(decoding, "LARGEST", 2**20)
    Path("long.md").write_text(CLEAN + "\n" * 2**20, encoding="utf-8")
    code, out, _ = told(capsys, "long.md")
    assert code == 3
    assert "only the first 1 MiB of a page are read; split it to read the rest" in out
    assert out.endswith("no contradiction found in what was read (not all was read)\n")
    code, report = as_json(capsys, "long.md")
    assert (report["complete"], report["pages"][0]["whole"]) == (False, False)
    assert told(capsys, "long.md", "--claims")[0] == 3


def test_examples_past_the_bound_leave_the_page_undecided(folder, capsys):
    example = CLEAN.partition("## Example")[2].partition("\n\n")[2]
    Path("many.md").write_text(CLEAN + example * 70, encoding="utf-8")
    code, report = as_json(capsys, "many.md")
    assert (code, report["complete"]) == (3, False)
    assert [one["reason"] for one in report["pages"][0]["not_read"]] == [
        "of a body's examples, those after the first 60 are too many or too large to be compared"
    ]


def test_a_row_that_is_no_field_leaves_the_page_whole(folder, capsys):
    Path("rows.md").write_text(
        CLEAN.replace("| size |", "| see below for more | integer |\n| size |"), encoding="utf-8"
    )
    code, report = as_json(capsys, "rows.md")
    assert (code, report["complete"], len(report["pages"][0]["not_read"])) == (0, True, 1)


def test_lines_that_are_not_well_formed_are_told_once(folder, capsys):
    Path("broken.md").write_text(BROKEN, encoding="utf-8")
    code, report = as_json(capsys, "broken.md", "--fail-on", "never")
    assert (code, report["complete"]) == (3, False)
    assert [(one["line"], one["last_line"]) for one in report["pages"][0]["not_read"]] == [(9, 11)]


def test_a_key_a_blank_too_deep_is_read_where_its_neighbours_stand(folder, capsys):
    text = BROKEN.replace('List: "jobs', "List jobs").replace(
        "       tags: x\n       other: y\n      responses:", "       responses:"
    )
    Path("broken.md").write_text(text, encoding="utf-8")
    _, out, _ = told(capsys, "broken.md", "--claims")
    assert "operation  GET /v1/jobs" in out
    _, report = as_json(capsys, "broken.md", "--fail-on", "never")
    assert [(one["line"], one["last_line"]) for one in report["pages"][0]["not_read"]] == [(10, 10)]


def test_long_work_is_counted_in_pages(capsys):
    class Terminal:
        written = ""

        def isatty(self):
            return True

        def write(self, text):
            self.written += text

        def flush(self):
            pass

    stream = Terminal()
    with Progress(stream, noun="pages") as progress:
        progress._next = 0.0
        progress.step(3)
    assert "3 pages, " in stream.written
