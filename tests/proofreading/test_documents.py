"""What is written from a page: its claims as a document, and the draft of a contract."""

import json
import os
from pathlib import Path

import jsonschema
import pytest
import yaml

from wireproof.claims.page import read_page
from wireproof.lint import lint
from wireproof.openapi import load_contract, read_document
from wireproof.proofreading.drafting import drafted
from wireproof.proofreading.emitting import documented
from wireproof.proofreading.yamlout import to_yaml

os.environ.setdefault("OPENAPI_SPEC_VALIDATOR_SCHEMA_VALIDATOR_BACKEND", "jsonschema")

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path for path in (ROOT / "tests" / "claims" / "pages").iterdir() if path.suffix != ".yaml")
SILENT = {"shell-1.html", "silent-1.md"}
TOLD = [path for path in PAGES if path.name not in SILENT]


def read(path):
    return read_page(path.read_bytes(), name=path.name)


@pytest.mark.parametrize("write", [documented, drafted])
@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.name)
def test_a_document_is_openapi_and_is_read_back_as_it_was_made(path, write):
    made = write(read(path))
    text = to_yaml(made, comment="A page")
    assert text.startswith("# A page\nopenapi: ")
    assert read_document("made.yaml", text.encode()).value == json.loads(json.dumps(made))
    load_contract("made.yaml", text.encode(), provider="page")


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.name)
def test_a_draft_is_valid_and_its_examples_fit_it(path):
    from openapi_spec_validator import validate

    made = yaml.safe_load(to_yaml(drafted(read(path))))
    validate(made)
    for item in made["paths"].values():
        for operation in item.values():
            parts = [*operation["responses"].values(), operation.get("requestBody", {})]
            for media in (part.get("content", {}).get("application/json", {}) for part in parts):
                for example in media.get("examples", {}).values():
                    jsonschema.Draft202012Validator(media["schema"]).validate(example["value"])


PAGE = b"""# Get a job

GET https://api.example.com/v1/jobs/{job_id}

Send `Authorization: Bearer <key>` with each request.

## Query parameters

| Name | Type | Required |
|---|---|---|
| deep | boolean | no |

## Response

| Field | Type | Required | Description |
|---|---|---|---|
| id | string | yes | The id |
| size | integer | yes | In bytes |
| gone | string | no | Not shown |
| state | string | yes | One of `queued`, `done` |

## Example response

```json
{"data": {"id": "j1", "size": "3", "extra": [1, 2.5, null], "state": "done"}}
```
"""


def test_a_draft_marks_every_guess():
    made = drafted(read_page(PAGE, name="job.md"))
    operation = made["paths"]["/v1/jobs/{job_id}"]["get"]
    inside = operation["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["data"]
    assert operation["security"] == [{"bearer": []}]
    assert [(one["name"], one["in"], one.get("x-guess")) for one in operation["parameters"]] == [
        ("deep", "query", None),
        ("job_id", "path", "named by the path alone; its type is a guess"),
    ]
    assert inside["properties"]["size"] == {
        "type": "string",
        "x-documented-type": "integer",
        "x-guess": "documented as integer; the example's type is taken; "
        "the unit byte is read from the description",
        "x-provenance": "documented",
        "description": "In bytes",
        "x-unit": "byte",
        "x-source": {"line": 18},
    }
    assert inside["properties"]["extra"]["x-provenance"] == "inferred"
    assert inside["properties"]["extra"]["items"]["type"] == ["number", "null"]
    assert inside["properties"]["gone"]["x-guess"] == "documented, and not shown by the example"
    assert inside["required"] == ["id", "size", "state"]


TAKEN = "the example's type is taken"


@pytest.mark.parametrize(
    ("listed", "type_", "shown", "values", "guess"),
    [
        ("One of `queued`, `done`", "string", '"done"', ["queued", "done"], None),
        (
            "One of `queued`, `done`",
            "string",
            "null",
            None,
            "not documented as nullable; the example shows null",
        ),
        (
            "One of `queued`, `done`",
            "string",
            '"ended"',
            ["queued", "done", "ended"],
            "the example shows ended, which the page does not list",
        ),
        ("1 = queued, 2 = done", "integer", "2", [1, 2], None),
        (
            "1 = queued, 2 = done",
            "integer",
            '"3"',
            ["1", "2", "3"],
            f"documented as integer; {TAKEN}; the example shows 3, which the page does not list",
        ),
        ("One of `queued`, `done`", "string", "1", None, f"documented as string; {TAKEN}"),
        ("for example `queued`", "string", '"done"', None, None),
    ],
)
def test_a_draft_holds_the_values_that_the_page_lists_and_the_example_shows(
    listed, type_, shown, values, guess
):
    text = PAGE.decode() if isinstance(PAGE, bytes) else PAGE
    text = text.replace(
        "| state | string | yes | One of `queued`, `done` |", f"| state | {type_} | yes | {listed} |"
    )
    text = text.replace('"state": "done"', f'"state": {shown}')
    made = drafted(read_page(text.encode(), name="job.md"))
    answer = made["paths"]["/v1/jobs/{job_id}"]["get"]["responses"]["200"]["content"]["application/json"]
    state = answer["schema"]["properties"]["data"]["properties"]["state"]
    assert (state.get("x-extensible-enum"), state.get("x-guess")) == (values, guess)


def test_a_draft_without_an_example_holds_the_listed_values_and_guesses_where_parameters_go():
    text = (PAGE.decode() if isinstance(PAGE, bytes) else PAGE).partition("## Example response")[0]
    text = text.replace("## Query parameters", "## Parameters")
    operation = drafted(read_page(text.encode(), name="job.md"))["paths"]["/v1/jobs/{job_id}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema["properties"]["state"]["x-extensible-enum"] == ["queued", "done"]
    assert [one["x-guess"] for one in operation["parameters"] if one["name"] == "deep"] == [
        "the page does not say where it is sent: perhaps in the body"
    ]


def test_the_claims_keep_the_page_s_errors():
    made = documented(read_page(PAGE, name="job.md"))
    schema = made["paths"]["/v1/jobs/{job_id}"]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    assert made["servers"] == [{"url": "https://api.example.com", "x-source": {"line": 3}}]
    assert schema["properties"]["size"] == {
        "type": "integer",
        "description": "In bytes",
        "x-unit": "byte",
        "x-source": {"line": 18},
    }
    assert schema["required"] == ["id", "size", "state"]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yes",
        "1",
        "a: b",
        "it's",
        "- x",
        "x #y",
        "\u2028",
        "a\nb",
        "\x07",
        "null",
        "a:",
        " x",
        "'",
        "{a}",
        "状态",
        "@x",
    ],
)
def test_a_text_comes_back_as_it_was(value):
    made = {"key": value, value or "k": [value, {"inner": value}], "list": [[value]]}
    assert read_document("x.yaml", to_yaml(made).encode()).value == made


def test_values_of_every_kind_come_back():
    made = {"a": None, "b": True, "c": 1.5, "d": [], "e": {}, "f": [[1], {}, []], "x-source": {"line": 3}}
    text = to_yaml(made)
    assert "x-source: {line: 3}\n" in text
    assert read_document("x.yaml", text.encode()).value == made


LABELLED = sorted(path for path in (ROOT / "benchmarks" / "docs" / "pages").iterdir() if path.suffix != ".py")
SEEDS = sorted(Path(os.environ.get("WIREPROOF_SEED_PAGES") or "no-folder").glob("*.txt"))


def page_of(path):
    """Return a labelled page, without its labels; any other page as it is."""
    data = path.read_bytes()
    head, line, rest = data.partition(b"\n=====\n")
    return read_page(rest if line and b"findings:" in head else data, name=path.name)


@pytest.mark.parametrize("write", [documented, drafted])
@pytest.mark.parametrize("path", [*LABELLED, *SEEDS, *TOLD], ids=lambda path: path.name)
def test_what_is_written_from_any_page_is_valid_and_a_draft_fits_its_examples(path, write):
    from openapi_spec_validator import validate

    page = page_of(path)
    if page.silence:
        return
    text = to_yaml(write(page)).encode()
    assert read_document("made.yaml", text).value == json.loads(json.dumps(write(page)))
    validate(yaml.safe_load(text))
    if write is drafted:
        defects = lint(read_document("made.yaml", text))
        assert [one for one in defects if one.rule in {"example-mismatch", "default-mismatch"}] == []
