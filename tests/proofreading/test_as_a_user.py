"""`wireproof docs` as a tired user meets it: words in another order, silent pages, very large ones."""

import io
import json
from time import process_time

import pytest

from wireproof.claims.page import read_page
from wireproof.cli.main import main
from wireproof.proofreading.proofread import proofread

PAGE = """# Get a job

`GET /jobs/{id}`

## Response

| Name | Type | Required | Description |
|---|---|---|---|
| id | string | yes | Identifier |
| size | integer | yes | Bytes |

```json
{"id": "a", "size": 3}
```
"""
RECORD = {
    "request": {"method": "GET", "url": "https://h.example/jobs/1"},
    "response": {"status": 200, "body": {"id": "b", "size": 4}},
}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a page, its recording, and standard input that holds nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    (tmp_path / "page.md").write_text(PAGE)
    (tmp_path / "a.jsonl").write_text(json.dumps(RECORD) + "\n")
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ["page.md", "--recordings", "a.jsonl"],
        ["--recordings", "a.jsonl", "page.md"],
        ["--recordings", "page.md", "a.jsonl"],
        ["--recordings=a.jsonl", "page.md"],
    ],
)
def test_a_page_among_the_recordings_is_the_page(place, capsys, words):
    assert main(["docs", *words]) == 0
    out = capsys.readouterr().out
    assert out.startswith("page.md: Get a job\n")
    assert "0 of 2 fields told differently by documentation and wire\n" in out


def test_a_page_that_may_be_a_recording_is_asked_for(place, capsys):
    (place / "page.txt").write_text(PAGE)
    assert main(["docs", "--recordings", "a.jsonl", "page.txt"]) == 2
    assert capsys.readouterr().err == (
        "wireproof: no page is named: all words after --recordings are taken for recordings, "
        "and standard input is empty\n"
        "  name the page first: docs PAGE --recordings RECORDING …\n"
    )


SENTENCES = "# Jobs\n\nThe `status` is an integer.  `url` is a string.\n"
ONLY = "only sentences about fields: no list, example or call that they could be compared with"


def test_a_page_of_sentences_alone_is_not_judged(place, capsys):
    (place / "said.md").write_text(SENTENCES)
    assert main(["docs", "said.md"]) == 3
    assert capsys.readouterr().out == (
        f"said.md: Jobs\n    no documentation was found on it: {ONLY}\n\nnothing was judged\n"
    )


def test_a_folder_of_pages_that_say_nothing_to_compare_is_not_clean(place, capsys):
    folder = place / "docs"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.md").write_text(SENTENCES)
    assert main(["docs", "docs"]) == 3
    out = capsys.readouterr().out
    assert "6 pages: 0 with findings, 0 without, 6 without documentation\n" in out
    assert f"6 pages: {ONLY} (docs/0.md, docs/1.md, docs/2.md and 3 more)\n" in out
    (folder / "job.md").write_text(PAGE)
    assert main(["docs", "docs", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["silent"] == 6


def test_what_could_not_be_read_of_a_silent_page_is_told_among_many(place, capsys):
    for number in range(5):
        (place / f"{number}.md").write_text(PAGE)
    (place / "api.yaml").write_text(
        "openapi: 3.0.0\ninfo: {title: a\npaths:\n\t/a: {\n  /b: ]\n" + "'b: [\n" * 30
    )
    assert main(["docs", "."]) == 3
    out = capsys.readouterr().out
    assert "what was read of it describes nothing, and parts of it could not be read" in out
    assert "not read\n" in out


def document(paths):
    """Return an OpenAPI document in JSON, of more than a MiB for 4000 paths."""
    answer = {
        "description": "the job, as it stands when it is asked for, with all that is known of it",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"id": {"type": "string"}, "size": {"type": "integer"}},
                },
                "example": {"id": "a", "size": "b"},
            }
        },
    }
    operation = {"operationId": "x", "responses": {"200": answer}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Jobs", "version": "1"},
        "paths": {f"/jobs{number}": {"get": operation} for number in range(paths)},
    }


@pytest.mark.parametrize("indent", [None, 1])
def test_a_document_in_json_is_read_to_its_end_with_its_lines(indent):
    text = json.dumps(document(4000), indent=indent)
    assert len(text) > 1024 * 1024
    page = read_page(text.encode(), name="api.json")
    assert (len(page.documents[0].value["paths"]), page.unread) == (4000, ())
    lines = [number for number, line in enumerate(text.split("\n"), 1) if '"example": {' in line]
    assert page.claims[-1].lines.first == lines[-1]


def test_a_body_that_is_nested_too_deep_is_said_to_be():
    text = PAGE.replace('{"id": "a", "size": 3}', '{"a":' * 300 + "1" + "}" * 300)
    (found,) = proofread(read_page(text.encode(), name="x")).contradictions
    assert found.message == (
        "the example cannot be read: what is nested deeper than 200 levels is not read (line 13)"
    )


SECTION = """
## {title} {number}

{call}

| Name | In | Type | Required | Description |
|---|---|---|---|---|
| page{number} | query | integer | no | Page |
| prompt | body | string | yes | Text |

```bash
curl -X POST 'https://x.example/v1/jobs{number}/1?page=1' -H 'Authorization: Bearer K' -d '{{"prompt": "a"}}'
```

### Response

| Name | Type | Required | Description |
|---|---|---|---|
| id | string | yes | Identifier |
| status | string | yes | `queued`, `running` or `done` |
| created_at | integer | no | Time in seconds |
| progress | integer | no | between 0 and 100 |

The `status` is a string.  `created_at` is in milliseconds.  `data` has 3 fields.

Status values: `queued`, `running`, `failed`.

```json
{{"result": {{"id": "a", "status": "paused", "created_at": 1700000000000, "progress": 120, "data": {{}}}}}}
```
"""


@pytest.mark.parametrize(
    ("title", "call"),
    [("Create job", "`POST /v1/jobs{}/{{id}}`"), ("Response", ""), ("Job", "`POST /v1/jobs/{{id}}`")],
    ids=["many calls", "no call", "one call"],
)
def test_judging_takes_no_longer_than_the_page(title, call):
    spent = []
    for count in (60, 360):
        parts = (SECTION.format(title=title, number=one, call=call.format(one)) for one in range(count))
        page = read_page(("# Video API\n" + "".join(parts)).encode(), name="x")
        began = process_time()
        proofread(page)
        spent.append(process_time() - began)
    assert spent[1] < 12 * spent[0] + 0.5


def test_many_parameters_and_many_calls_are_compared_in_time():
    spent = []
    for count in (300, 1800):
        rows = "".join(f"| p{one} | string | a |\n" for one in range(count))
        calls = "".join(
            f"```bash\ncurl 'https://x.example/v1/jobs?p{one}=1'\n```\n\n" for one in range(count)
        )
        head = "# Jobs\n\n`GET /v1/jobs`\n\n## Query parameters\n\n"
        head += "| Name | Type | Description |\n|---|---|---|\n"
        text = f"{head}{rows}\n{calls}"
        page = read_page(text.encode(), name="x")
        began = process_time()
        proofread(page)
        spent.append(process_time() - began)
    assert spent[1] < 12 * spent[0] + 0.5
