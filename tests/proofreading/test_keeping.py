"""A document that a page shows is kept: nothing of it is lost, and what is written is valid."""

import importlib.util
import sys
from pathlib import Path

import pytest
import yaml
from openapi_spec_validator import validate

from wireproof.claims.page import read_page
from wireproof.proofreading.drafting import drafted
from wireproof.proofreading.emitting import documented
from wireproof.proofreading.keeping import in_dialect
from wireproof.proofreading.yamlout import to_yaml

LINT = Path(__file__).resolve().parents[1] / "lint"
DOCUMENT = """openapi: 3.0.3
info: {title: Jobs, version: '2', x-apifox: {folder: a}}
tags: [{name: jobs}]
paths:
  /jobs/{id}:
    get:
      tags: [jobs]
      x-run-in: staging
      responses:
        '200':
          description: fine
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Job'
              examples:
                one: {summary: a job, value: {id: a, made: '2024-01-01T00:00:00Z'}}
components:
  schemas:
    Job:
      type: object
      properties:
        id: {type: string, minLength: 1, x-order: 1}
        made: {type: string, format: date-time, example: '2024-01-01T00:00:00Z'}
        size: {type: integer, default: 3}
"""


def page(document, *, after=""):
    return read_page(f"# Jobs\n\n```yaml\n{document}```\n{after}".encode(), name="jobs.md")


def written(write, document, *, after=""):
    made = yaml.safe_load(to_yaml(write(page(document, after=after))))
    validate(made)
    return made


def without(value, *names):
    """Return a document without some members, wherever they stand."""
    if isinstance(value, dict):
        return {key: without(inner, *names) for key, inner in value.items() if key not in names}
    return [without(inner, *names) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("write", [documented, drafted])
def test_all_of_a_document_is_kept_and_each_part_has_its_line(write):
    made = written(write, DOCUMENT)
    expected = yaml.safe_load(DOCUMENT)
    operation = made["paths"]["/jobs/{id}"]["get"]
    assert operation.pop("parameters") == [
        {
            "name": "id",
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
            "x-guess": "named by the path alone; its type is a guess",
        }
    ]
    assert without(made, "x-source", "x-example-source", "operationId", "x-guess") == expected
    assert made["components"]["schemas"]["Job"]["properties"]["made"]["x-source"] == {"line": 27}
    assert operation["x-source"] == {"line": 9}


def test_a_draft_gives_an_operation_its_id_and_says_so():
    operation = written(drafted, DOCUMENT)["paths"]["/jobs/{id}"]["get"]
    assert operation["operationId"] == "getJobsId"
    assert operation["x-guess"] == "its operationId is made of method and path"


def test_a_draft_whose_example_does_not_fit_has_a_schema_made_of_both():
    wrong = DOCUMENT.replace("value: {id: a,", "value: {id: 7,")
    schema = written(documented, wrong)["components"]["schemas"]["Job"]["properties"]["id"]
    assert schema == {"type": "string", "minLength": 1, "x-order": 1, "x-source": {"line": 26}}
    media = written(drafted, wrong)["paths"]["/jobs/{id}"]["get"]["responses"]["200"]["content"]
    made = media["application/json"]
    assert made["x-guess"] == "the page's schema does not fit its example; this one is made of both"
    assert made["schema"]["properties"]["id"]["type"] == "integer"
    assert made["schema"]["properties"]["id"]["x-documented-type"] == "string"


def test_samples_of_a_schema_that_do_not_fit_it_are_set_aside():
    wrong = DOCUMENT.replace("default: 3", "default: three").replace(
        "example: '2024-01-01T00:00:00Z'", "example: 5"
    )
    size = written(documented, wrong)["components"]["schemas"]["Job"]["properties"]["size"]
    assert (size.get("default"), size["x-documented-default"]) == (None, "three")
    made = written(drafted, wrong)["components"]["schemas"]["Job"]["properties"]["made"]
    assert (made.get("example"), made["x-documented-example"]) == (None, 5)


AFTER = """
## Example response

```json
{"id": "b", "made": "2024-01-01T00:00:00Z", "size": 4}
```

## Status values

| Value | Meaning |
|---|---|
| queued | waits |
| done | is done |
"""


def test_what_stands_beside_the_document_is_added():
    bare = DOCUMENT[: DOCUMENT.index("              examples:")] + DOCUMENT[DOCUMENT.index("components:") :]
    operation = written(drafted, bare, after=AFTER)["paths"]["/jobs/{id}"]["get"]
    shown = operation["responses"]["200"]["content"]["application/json"]["examples"]
    assert [one["value"]["id"] for one in shown.values()] == ["b"]
    claims = written(documented, bare, after=AFTER)["paths"]["/jobs/{id}"]["get"]["x-claims"]
    assert [one["values"] for one in claims] == [["queued", "done"]]


def test_an_operation_that_only_the_page_names_is_added_in_the_document_s_dialect():
    after = """
## Delete a job

DELETE /jobs/{id}

Send `Authorization: Bearer <key>`.

### Response

| Field | Type | Description |
|---|---|---|
| gone | string, nullable | When |
"""
    made = written(documented, DOCUMENT, after=after)
    assert list(made["paths"]["/jobs/{id}"]) == ["get", "delete"]
    answer = made["paths"]["/jobs/{id}"]["delete"]["responses"]["200"]["content"]["application/json"]
    gone = answer["schema"]["properties"]["gone"]
    assert (gone["type"], gone["nullable"]) == ("string", True)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (("type: integer", "type: int"), "is no type (line 28)"),
        (("$ref: '#/components/schemas/Job'", "$ref: 'job.yaml'"), "job.yaml"),
        (("responses:", "answers:"), ""),
        (("openapi: 3.0.3", "swagger: '2.0'"), None),
    ],
)
@pytest.mark.parametrize("write", [documented, drafted])
def test_a_document_that_is_no_openapi_is_written_anew_and_that_is_said(write, fault, reason):
    made = written(write, DOCUMENT.replace(*fault))
    said = made["info"].get("x-guess", "")
    assert made["openapi"] == "3.1.0"
    if reason is None:
        assert said == ""
    else:
        assert said.startswith("the OpenAPI document of lines 4-28 is written anew from its claims: ")
        assert reason in said or not reason


def test_a_very_large_document_is_written_anew():
    long = DOCUMENT.replace("title: Jobs", f"title: {'Jobs ' * 80_000}")
    assert "more than 300000 characters" in written(documented, long)["info"]["x-guess"]


def mutations():
    """Return the texts of the documents that lint is tested with, each with one mistake."""
    spec = importlib.util.spec_from_file_location("mutations_of_lint", LINT / "test_mutations.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [pytest.param(case.text, id=case.name) for case in module.CASES]


@pytest.mark.parametrize("text", mutations())
def test_what_is_written_from_a_document_with_a_mistake_is_valid(text):
    made = page(text)
    for write in (documented, drafted) if not made.silence else ():
        validate(yaml.safe_load(to_yaml(write(made))))


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (["string", "null"], {"type": "string", "nullable": True}),
        ("null", {"nullable": True}),
        (["string", "integer"], {}),
        ("string", {"type": "string"}),
    ],
)
def test_types_of_3_1_are_written_for_3_0(types, expected):
    assert in_dialect({"items": [{"type": types}], "value": {"type": types}}, "3.0.1") == {
        "items": [expected],
        "value": {"type": types},
    }
    assert in_dialect({"type": types}, "3.1.0") == {"type": types}
