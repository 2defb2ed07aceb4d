"""What `--emit` and `--draft` write, and what is said of it."""

from pathlib import Path

import pytest
import yaml

from wireproof.claims.page import read_page
from wireproof.cli.main import main
from wireproof.proofreading.drafting import drafted
from wireproof.proofreading.emitting import documented

PAGE = """# Create a job

`POST https://api.example.com/v1/jobs`

Authenticate with `Authorization: Bearer <token>`.

## Parameters

| Name | Type | Required | Description |
|---|---|---|---|
| prompt | string | yes | The prompt |
| duration | integer | no | Length in seconds |
| size | | no | |

## Response

| Field | Type | Description |
|---|---|---|
| id | string | The id |
| wait | integer | Expected wait in milliseconds |
| kind | | |

## Example

```json
{"id": "j1", "wait": 3, "kind": "x"}
```
"""
KEYS = """# Get a job

GET /v1/jobs/{id}

```yaml
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /v1/jobs/{id}:
    get:
      security: [{a: []}, {b: []}]
      responses: {'200': {description: fine}}
components:
  securitySchemes:
    a: {type: apiKey, in: header, name: X-One}
    b: {type: apiKey, in: header, name: X-Two}
```
"""


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("page.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def operation_of(made):
    return next(iter(next(iter(made["paths"].values())).values()))


def test_parameters_that_a_page_does_not_place_go_into_the_body_of_a_post_and_are_marked():
    operation = operation_of(drafted(read_page(PAGE.encode(), name="page.md")))
    fields = operation["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert "parameters" not in operation
    assert {name: one["x-guess"].split("; ")[-1] for name, one in fields.items()} == dict.fromkeys(
        ("prompt", "duration", "size"), "the page does not say where it is sent"
    )


def test_parameters_that_a_sample_call_has_in_its_url_stay_there():
    call = "\n```bash\ncurl -X POST 'https://api.example.com/v1/jobs?prompt=x&duration=3&size=1'\n```\n"
    operation = operation_of(drafted(read_page((PAGE + call).encode(), name="page.md")))
    assert [(one["name"], one["in"]) for one in operation["parameters"]] == [
        ("prompt", "query"),
        ("duration", "query"),
        ("size", "query"),
    ]
    assert all("where it is sent" in one["x-guess"] for one in operation["parameters"])


def test_units_types_and_statuses_that_are_guessed_are_marked():
    operation = operation_of(drafted(read_page(PAGE.encode(), name="page.md")))
    answer = operation["responses"]["200"]
    fields = answer["content"]["application/json"]["schema"]["properties"]
    assert answer["x-guess"] == "the page names no status"
    assert operation["x-guess"] == "its operationId is made of method and path"
    assert {name: one.get("x-guess") for name, one in fields.items()} == {
        "id": None,
        "wait": "the unit ms is read from the description",
        "kind": "the page gives no type; the example's is taken",
    }


def test_the_claims_keep_parameters_without_a_place():
    operation = operation_of(documented(read_page(PAGE.encode(), name="page.md")))
    assert [(one["name"], one.get("in")) for one in operation["x-parameters-without-place"]] == [
        ("prompt", None),
        ("duration", None),
        ("size", None),
    ]


def test_several_ways_to_authorize_are_alternatives_and_marked():
    text = KEYS.replace("info: {title: T, version: '1'}", "info: {title: T}")  # so that it is written anew
    for write in (documented, drafted):
        made = write(read_page(text.encode(), name="page.md"))
        operation = operation_of(made)
        assert operation["security"] == [{"apikeyXOne": []}, {"apikeyXTwo": []}]
        assert "the page names several ways to authorize" in operation["x-guess"]
        names = [one["name"] for one in made["components"]["securitySchemes"].values()]
        assert names == ["X-One", "X-Two"]


def test_an_operation_that_a_page_does_not_name_is_marked_as_made_up():
    text = PAGE.replace("`POST https://api.example.com/v1/jobs`", "Jobs are made here.")
    for write in (documented, drafted):
        made = write(read_page(text.encode(), name="page.md"))
        assert list(made["paths"]) == ["/unknown"]
        assert "the page names no operation" in operation_of(made)["x-guess"]


def test_a_body_without_an_operation_beside_several_is_marked():
    text = PAGE + "\n# Other\n\n`GET https://api.example.com/v1/other`\n\nNothing more.\n"
    loose = "```json\n" + '{"id": "j1"}\n```\n\n'
    made = drafted(read_page((loose + text).encode(), name="page.md"))
    marks = [one.get("x-guess", "") for one in operation_of(made)["responses"].values()]
    assert any("of which operation this body is" in mark for mark in marks)


def test_a_character_beyond_the_first_plane_survives_beside_one_that_must_be_escaped(page):
    text = PAGE.replace('"kind": "x"', '"kind": "\\ud83d\\ude00\\n"')
    Path("page.md").write_text(text, encoding="utf-8")
    assert main(["docs", "page.md", "--draft", "draft.yaml"]) == 0
    made = yaml.safe_load(Path("draft.yaml").read_text(encoding="utf-8"))
    media = operation_of(made)["responses"]["200"]["content"]["application/json"]
    assert [one["value"]["kind"] for one in media["examples"].values()] == ["\U0001f600\n"]


def test_each_file_that_is_written_is_told(page, capsys):
    words = ["--emit", "claims.yaml", "--draft", "draft.yaml", "--output", "report.txt"]
    assert main(["docs", "page.md", *words]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.partition(",")[0] for line in err.splitlines()] == [
        "wireproof: claims.yaml: the page's claims",
        "wireproof: draft.yaml: a draft",
        "wireproof: report.txt: the report on 1 page",
    ]
    assert err.splitlines()[1].endswith(", 1 operation, 8 guesses to check (x-guess)")


def test_a_document_on_standard_output_stands_alone(page, capsys):
    assert main(["docs", "page.md", "--draft", "-"]) == 0
    out, err = capsys.readouterr()
    assert (list(yaml.safe_load(out)["paths"]), err) == (["/v1/jobs"], "")


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        (PAGE, ["--emit", "-", "--draft", "-"], "--emit and --draft write to the same place"),
        ("# Keys\n\nSend `Authorization: Bearer <token>`.\n", ["--draft", "x"], "it names no operation"),
        ("# Welcome\n\nHello.\n", ["--emit", "x"], "no documentation"),
    ],
)  # fmt: skip
def test_where_nothing_can_be_written_the_reason_is_told(page, capsys, text, words, said):
    Path("page.md").write_text(text, encoding="utf-8")
    assert main(["docs", "page.md", *words]) == 2
    assert said in capsys.readouterr().err
    assert not Path("x").exists()


ALIKE = """# Jobs

`GET /jobs/run.now`

| Name | In | Type | Example | Description |
|---|---|---|---|---|
| ids | query | array | first and second | Which |
| page | query | integer | 3 | Page |

`GET /jobs/run-now`

`GET /jobs/run.later`
"""


def test_operations_of_a_draft_have_names_of_their_own():
    made = drafted(read_page(ALIKE.encode(), name="x"))
    names = {path: item["get"]["operationId"] for path, item in made["paths"].items()}
    assert names == {
        "/jobs/run.now": "getJobsRunNow",
        "/jobs/run-now": "getJobsRunNow2",
        "/jobs/run.later": "getJobsRunLater",
    }


def test_an_example_of_a_parameter_that_is_not_of_its_type_stays_out_of_the_draft():
    ids, number = drafted(read_page(ALIKE.encode(), name="x"))["paths"]["/jobs/run.now"]["get"]["parameters"]
    assert ("example" in ids, ids["x-guess"]) == (False, "the page's example is not of this type")
    assert number["example"] == 3
