"""`wireproof docs`: what is printed, what is written, and how it ends."""

import io
import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from wireproof.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads(files("wireproof.schemas").joinpath("docs.schema.json").read_text(encoding="utf-8"))
PAGES = sorted(path for path in (ROOT / "tests" / "claims" / "pages").iterdir() if path.suffix != ".yaml")
CLEAN = b"""# Get a job

GET /jobs/{id}

## Response

| Field | Type | Required |
|---|---|---|
| id | string | yes |
| size | integer | yes |
| zone | string | no |

## Example

```json
{
  "id": "j1",
  "size": 3
}
```
"""
WRONG = CLEAN.replace(b'"size": 3', b'"size": "3",\n  "owner": "x",\n  "rank": 1')
SPEC = """openapi: 3.1.0
info: {title: Jobs, version: '1'}
paths:
  /jobs/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: fine
          content:
            application/json:
              schema:
                type: object
                required: [id]
                properties:
                  id: {type: integer}
                  meta:
                    type: object
                    properties:
                      size: {type: integer}
                      zone: {type: string}
"""


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("clean.md").write_bytes(CLEAN)
    Path("wrong.md").write_bytes(WRONG)
    Path("spec.yaml").write_text(SPEC, encoding="utf-8")
    return tmp_path


def told(capsys, *words):
    code = main(["docs", *words])
    return code, capsys.readouterr().out


def test_a_clean_page_is_said_to_be_so(page, capsys):
    assert told(capsys, "clean.md") == (
        0,
        (
            "clean.md: Get a job\n"
            "    read: 1 operation, 3 fields, 1 example\n"
            "    GET /jobs/{id} response: 2 of 3 fields shown at the documented place "
            "(lines 16-19); not: zone\n"
            "\n"
            "no contradiction found\n"
        ),
    )


def test_each_contradiction_is_told_with_both_lines(page, capsys):
    code, out = told(capsys, "wrong.md")
    assert code == 1
    assert out.split("\n\n", 1)[1] == (
        "error  docs-type-mismatch  `size` is documented as integer, and the example shows "
        'numeric string "3"\n'
        "    claimed  line 10  size: integer, required\n"
        '    shown    line 18  size: numeric string "3"\n'
        "    mend     ask the provider, or promise what a captured answer shows\n"
        "\n"
        "warning  docs-undocumented-field  2 fields of /: owner (19), rank (20)\n"
        "    claimed  lines 9-11  the body has 3 documented fields\n"
        "    shown    lines 19-20\n"
        "    mend     add the field to the contract as undocumented, once a captured answer has it\n"
        "\n"
        "1 error, 2 warnings\n"
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["wrong.md", "--fail-on", "never"], 0),
        (["wrong.md", "--fail-on", "error"], 1),
        (["clean.md", "absent.md"], 3),
        (["clean.md", "."], 1),
        (["clean.md", "wrong.md", "--emit", "x.yaml"], 2),
        (["clean.md", "--against", "no-such-provider"], 2),
        (["clean.md", "--against", "wrong.md"], 3),
        (["empty.md"], 3),
        (["empty.md", "--draft", "x.yaml"], 2),
    ],
)
def test_exit_codes(page, words, expected):
    Path("empty.md").write_bytes(b"")
    assert main(["docs", *words]) == expected


def test_what_is_below_the_least_severity_is_counted(page, capsys):
    _, out = told(capsys, "wrong.md", "--min-severity", "error")
    assert out.endswith("\n1 error, 2 warnings (2 below --min-severity not shown)\n")


def test_a_silent_page_says_why(page, capsys):
    Path("empty.md").write_bytes(b"")
    assert told(capsys, "empty.md") == (
        3,
        "empty.md\n    no documentation was found on it: it is empty\n\nnothing was judged\n",
    )


def test_standard_input_is_a_page(page, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(CLEAN)))
    assert told(capsys, "-")[1].startswith("<stdin>: Get a job\n")


def test_a_terminal_is_no_page(page, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    assert main(["docs"]) == 2


def test_the_claims_are_printed_on_request(page, capsys):
    code, out = told(capsys, "clean.md", "--claims")
    assert (code, out.splitlines()[:2]) == (0, ["clean.md: Get a job", "3  operation  GET /jobs/{id}"])


def test_markdown_is_a_table_with_both_lines(page, capsys):
    _, out = told(capsys, "wrong.md", "--format", "markdown", "--against", "spec.yaml")
    assert "| error | `docs-type-mismatch` | line 10 | line 18 | `size` is documented as integer," in out
    assert (
        "| `id` | documentation and contract differ in type | string, required (line 9) | "
        "integer, required (spec.yaml:17) |  |"
    ) in out


def test_markdown_of_a_clean_and_a_silent_page(page, capsys):
    Path("empty.md").write_bytes(b"")
    _, out = told(capsys, "clean.md", "empty.md", "--format", "markdown")
    assert "No contradiction found." in out
    assert "No documentation: it is empty." in out


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
@pytest.mark.parametrize("style", ["text", "json", "markdown"])
def test_every_page_is_told_in_every_format(path, style, capsys):
    assert main(["docs", str(path), "--format", style, "--fail-on", "never"]) in {0, 3}
    out = capsys.readouterr().out
    if style == "json":
        jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(out))
    assert out.endswith("\n")


def test_three_witnesses_are_compared(page, capsys):
    lines = [
        {"request": {"method": "GET", "url": "https://h/jobs/1"}, "time": "2026-03-03T09:00:00Z",
         "response": {"status": 200, "body": {"id": "a", "size": "3", "extra": [{"n": 1}]}}},
        {"request": {"method": "GET", "url": "https://h/other"}, "response": {"status": 200, "body": {}}},
        {"request": {"method": "GET", "url": "https://h/jobs/1"}, "response": {"status": 500, "body": {}}},
        {"request": {"method": "GET", "url": "https://h/jobs/1"}, "response": {"status": 200, "body": "<x"}},
    ]  # fmt: skip
    Path("wire.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\nbroken\n", encoding="utf-8")
    code = main(
        ["docs", "clean.md", "--against", "spec.yaml", "--recordings", "wire.jsonl", "--format", "json"]
    )
    out, err = capsys.readouterr()
    report = json.loads(out)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    rows = {row["pointer"]: row["differs"] for row in report["pages"][0]["three_ways"]}
    assert code == 1
    assert rows["/id"] == "documentation and contract differ in type; wire and contract differ in type"
    assert rows["/extra"] == "not in the documentation nor in the contract"
    assert rows["/zone"] == "not in the wire nor in the contract"
    assert [
        (one["rule"], one["pointer"], one["to"], one["shown"]["source"], one["shown"]["date"])
        for one in report["pages"][0]["contradictions"]
    ] == [
        ("docs-level-shift", "", "/meta", "spec.yaml", None),
        ("docs-type-mismatch", "/id", None, "spec.yaml", None),
        ("docs-type-mismatch", "/size", None, "wire.jsonl", "2026-03-03T09:00:00Z"),
        ("docs-undocumented-field", "/extra", None, "wire.jsonl", "2026-03-03T09:00:00Z"),
        ("docs-undocumented-field", "/meta", None, "spec.yaml", None),
        ("docs-field-not-shown", "/zone", None, "wire.jsonl", None),
    ]
    assert "GET /other is not an operation of the page" in err


def test_the_rows_are_shown_in_the_text(page, capsys):
    _, out = told(capsys, "clean.md", "--against", "spec.yaml")
    assert "6 of 6 fields told differently by documentation and contract" in out
    assert "    page     clean.md:9  string, required" in out
    assert main(["docs", "clean.md", "--against", str(ROOT / "specs" / "a2e"), "--fail-on", "never"]) == 0
    assert main(["docs", "clean.md", "--against", "a2e", "--fail-on", "never"]) == 0


def test_rules_and_explain_know_the_rules_of_documentation(capsys):
    assert main(["rules"]) == 0
    assert "docs-level-shift" in capsys.readouterr().out
    assert main(["explain", "docs-level-shift"]) == 0
    assert "Family: documentation." in capsys.readouterr().out


def test_a_report_with_recordings_has_its_worst_first_and_the_date_of_each(page, capsys):
    answer = {"mimeType": "application/json", "text": '{"id": 1, "size": "3"}'}
    entry = {
        "startedDateTime": "2026-02-01T10:00:00Z",
        "request": {"method": "GET", "url": "https://x.test/jobs/1", "headers": []},
        "response": {"status": 200, "headers": [], "content": answer},
    }
    Path("a.har").write_text(json.dumps({"log": {"version": "1.2", "entries": [entry]}}))
    _, out = told(capsys, "wrong.md", "--recordings", "a.har", "--format", "markdown")
    rows = [
        line.split(" | ") for line in out.splitlines() if line.startswith(("| error", "| warn", "| info"))
    ]
    assert [row[0].strip("| ") for row in rows] == ["error"] * 3 + ["warning"] * 2 + ["info"]
    assert "| line 9 | a.har (2026-02-01T10:00:00Z) |" in out
    _, text = told(capsys, "wrong.md", "--recordings", "a.har")
    assert "    shown    a.har (2026-02-01T10:00:00Z)  integer in 1 of 1" in text


def test_fields_that_no_recording_has_are_told_together(page, capsys):
    Path("wire.jsonl").write_text('{"other": 1, "more": 2}\n')
    _, text = told(capsys, "clean.md", "--recordings", "wire.jsonl")
    assert "error  docs-required-not-shown" in text
    Path("loose.md").write_bytes(CLEAN.replace(b"| yes |", b"| no |"))
    _, text = told(capsys, "loose.md", "--recordings", "wire.jsonl")
    assert (
        "3 fields of /: id, size, zone\n    claimed  lines 9-11\n    shown    wire.jsonl  none of them"
        in text
    )


def test_fields_that_only_recordings_have_are_told_together(page, capsys):
    Path("wire.jsonl").write_text('{"id": "a", "size": 3, "zone": "b", "other": 1, "more": "c"}\n')
    _, text = told(capsys, "clean.md", "--recordings", "wire.jsonl")
    assert "2 fields of /: more, other\n    claimed  line 9\n    shown    wire.jsonl  all of them" in text


def test_null_on_the_wire_is_told_where_the_page_promises_a_value(page, capsys):
    Path("wire.jsonl").write_text('{"id": "a", "size": null}\n{"id": null, "size": null}\n')
    code, text = told(capsys, "clean.md", "--recordings", "wire.jsonl", "--against", "spec.yaml")
    assert code == 1
    assert "docs-null-shown  `id` is documented as string, required, and the wire has null or string" in text
    assert (
        "docs-null-shown  `size` is documented as integer, required, and the wire has null in 2 of 2" in text
    )
    assert "id: documentation and contract differ in type; wire and contract differ in type; " in text
    assert "null in the wire, not in the documentation; null in the wire, not in the contract\n" in text


STRANGER = "is not an operation of the page"


def call(number, path="/other"):
    request = {"method": "GET", "url": f"https://h{path}/{number}"}
    return json.dumps({"request": request, "response": {"status": 200, "body": {"id": "a", "size": 1}}})


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        ([call(1, "/jobs")], 0, []),
        ([call(1, "/jobs"), call(2)], 0, [f"wire.jsonl: GET /other/2 {STRANGER}"]),
        (
            [call(number) for number in range(900)],
            3,
            [
                f"wire.jsonl: GET /other/0 {STRANGER}; 899 more records of other operations",
                "no recording has a successful answer of the page",
            ],
        ),
        (
            [call(1, "/jobs"), "broken", "{bad}"],
            3,
            ["wire.jsonl: plain text, no JSON: it begins with a letter; 1 more record cannot be read"],
        ),
    ],
)
def test_recordings_that_are_left_out_are_told_once_a_file(page, capsys, lines, code, said):
    Path("wire.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["docs", "clean.md", "--recordings", "wire.jsonl"]) == code
    out, err = capsys.readouterr()
    assert [line.removeprefix("wireproof: ") for line in err.splitlines() if line[0] != " "] == said
    assert ("told differently" in out) == (len(lines) < 10)


def test_a_contract_of_another_operation_is_said_to_be_so(page, capsys):
    main(["docs", "clean.md", "--against", "spec.yaml"])
    assert capsys.readouterr().err == ""
    Path("other.yaml").write_text(SPEC.replace("/jobs/{id}", "/films/{id}"), encoding="utf-8")
    main(["docs", "clean.md", "--against", "other.yaml"])
    assert capsys.readouterr().err == (
        "wireproof: clean.md: other.yaml has no GET /jobs/{id}; compared with what it has: GET /films/{id}\n"
        "  name the contract of the page's own operation\n"
    )
    Path("named.yaml").write_text(SPEC.replace("{id}", "{job}").replace("name: id", "name: job"))
    main(["docs", "clean.md", "--against", "named.yaml"])
    assert capsys.readouterr().err == ""


def test_a_provider_is_one_of_the_configuration_else_one_that_ships(page, capsys):
    Path("specs/jobs").mkdir(parents=True)
    Path("specs/jobs/openapi.yaml").write_text(SPEC, encoding="utf-8")
    assert main(["docs", "clean.md", "--against", "jobs"]) == 2
    assert capsys.readouterr().err.endswith("  did you mean specs/jobs ?\n")
    Path("wireproof.toml").write_text('specs = ["specs"]\n', encoding="utf-8")
    _, out = told(capsys, "clean.md", "--against", "jobs")
    assert "contract specs/jobs/openapi.yaml:" in out
    assert main(["docs", "clean.md", "--against", "a2e"]) == 2
    Path("shop.yaml").write_text(SPEC, encoding="utf-8")
    Path("wireproof.toml").write_text('specs = ["shop.yaml"]\n', encoding="utf-8")
    _, out = told(capsys, "clean.md", "--against", "shop")
    assert "contract shop.yaml:" in out


def test_the_wire_is_told_with_values_as_far_as_they_may_be_shown(page, capsys):
    listed = CLEAN.replace(b"| zone | string | no |", b"| zone | string | no | One of `north`, `south` |")
    Path("listed.md").write_bytes(listed.replace(b"| Required |", b"| Required | Description |"))
    Path("wire.jsonl").write_text(
        '{"id": "a-private-name", "size": 4, "zone": "north"}\n{"id": "b", "size": "5", "zone": "eastern"}\n'
    )
    code, out = told(capsys, "listed.md", "--recordings", "wire.jsonl")
    assert code == 1
    assert 'integer or string in 2 of 2: 4 (wire.jsonl#0), "5" (wire.jsonl#1)' in out
    assert "`zone` has values in the wire that the page does not list: string of 7 lower-case letters" in out
    assert 'string in 2 of 2: "north", string of 7 lower-case letters' in out
    assert "a-private-name" not in out
    assert "eastern" in told(capsys, "listed.md", "--recordings", "wire.jsonl", "--show-values")[1]


def test_a_report_without_all_recordings_is_not_complete(page, capsys):
    Path("wire.jsonl").write_text('{"id": "a", "size": 3}\nbroken\n')
    _, out = told(capsys, "clean.md", "--recordings", "wire.jsonl", "--format", "json")
    report = json.loads(out)
    assert (report["complete"], [one["what"] for one in report["not_checked"]]) == (False, ["recording"])


def test_a_page_is_asked_for_where_only_recordings_are_named(page, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    assert main(["docs", "--recordings", "wire.jsonl", "more.jsonl"]) == 2
    assert "no page is named: all words after --recordings" in capsys.readouterr().err
