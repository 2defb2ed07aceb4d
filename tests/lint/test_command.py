"""`wireproof lint`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wireproof.cli import main
from wireproof.cli.exits import Exit
from wireproof.validating.engine import FastEngine

ROOT = Path(__file__).resolve().parents[2]
CLEAN = (Path(__file__).parent / "clean" / "3.1.yaml").read_text(encoding="utf-8")
WARNED = CLEAN.replace("title: Tasks", "title: ''")
WRONG = CLEAN.replace("type: boolean", "type: bool", 1)
TOLD = CLEAN.replace("'201':", "201:")


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write


def test_the_contracts_that_ship_are_linted_where_no_file_is_named(capsys):
    assert main(["lint"]) == Exit.OK
    assert "4 contracts checked" in capsys.readouterr().out.splitlines()[-1]


def test_a_clean_contract_is_said_to_be_clean(write, capsys):
    assert main(["lint", write("a.yaml", CLEAN)]) == Exit.OK
    assert capsys.readouterr().out == "1 contract checked: nothing found\n"


def test_text_is_grouped_by_file_and_ends_with_counts(write, capsys):
    assert (
        main(["lint", write("a.yaml", WARNED), write("b.yaml", TOLD), write("c.yaml", CLEAN)])
        == Exit.FINDINGS
    )
    assert capsys.readouterr().out.splitlines() == [
        "a.yaml:3  warning  title-empty  the title is empty",
        "    say which API this is",
        "",
        "b.yaml:79  info     status-unquoted  201 is not in quotation marks; other tools read it as a number",
        "    write '201':",
        "",
        "3 contracts checked: 1 warning, 1 info",
    ]


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        (TOLD, [], Exit.OK),
        (TOLD, ["--fail-on", "info"], Exit.FINDINGS),
        (WARNED, ["--fail-on", "error"], Exit.OK),
        (WRONG, ["--fail-on", "error"], Exit.FINDINGS),
        (WRONG, ["--fail-on", "never"], Exit.OK),
        ("a: [", [], Exit.UNREAD),
        ("a: [", ["--fail-on", "never"], Exit.UNREAD),
        (CLEAN, ["--fail-on", "often"], Exit.USAGE),
    ],
)
def test_the_exit_code_follows_the_worst_defect(write, text, arguments, code):
    assert main(["lint", write("a.yaml", text), *arguments]) == code


def test_a_file_that_is_missing_does_not_hide_the_others(write, capsys):
    write("openapi.yaml", WARNED)

    assert main(["lint", "openapi.yml", "openapi.yaml"]) == Exit.FINDINGS
    out = capsys.readouterr().out
    assert "openapi.yml  error    unreadable  no such file\n    did you mean openapi.yaml ?\n" in out
    assert out.endswith("2 contracts checked: 1 error, 1 warning\n")


def test_what_is_below_a_severity_is_counted_and_not_shown(write, capsys):
    assert main(["lint", write("a.yaml", TOLD), "--min-severity", "warning"]) == Exit.OK
    assert capsys.readouterr().out == "1 contract checked: 1 info (1 not shown)\n"


def test_json_is_as_its_schema_says(write, capsys):
    schema = json.loads((ROOT / "src/wireproof/schemas/lint.schema.json").read_text(encoding="utf-8"))

    main(["lint", write("a.yaml", WARNED), write("b.yaml", "a: ["), "c.yaml", "--format", "json"])
    report = json.loads(capsys.readouterr().out)

    assert FastEngine(schema).faults(report) == []
    assert report["summary"] == {"error": 2, "warning": 1, "info": 0}
    assert report["defects"][0] == {
        "rule": "title-empty",
        "severity": "warning",
        "file": "a.yaml",
        "line": 3,
        "pointer": "/info/title",
        "message": "the title is empty",
        "mend": "say which API this is",
    }


def test_the_report_can_go_to_a_file(write, tmp_path):
    main(["lint", write("a.yaml", CLEAN), "--output", "report.txt"])

    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == "1 contract checked: nothing found\n"


def test_nothing_of_a_contract_reaches_the_terminal_raw(write, capsys):
    hostile = WARNED.replace("state: done", 'state: "\\e]0;x\\a::error::\\u202e"')

    main(["lint", write("a.yaml", hostile)])
    out = capsys.readouterr().out

    assert "example-mismatch" in out
    assert {char for char in out if ord(char) < 32 or char == "\u202e"} == {"\n"}
    assert "::error" not in out


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        (
            "duomi",
            {"authorization-as-parameter", "title-empty", "error-response-missing", "operation-id-missing"},
        ),
        ("yutoai", {"authorization-as-parameter", "error-response-missing", "operation-id-missing"}),
    ],
)
def test_documents_that_tell_a_page_keep_its_defects(provider, expected, capsys):
    path = ROOT / "specs" / provider / "documented.yaml"

    main(["lint", str(path), "--min-severity", "warning", "--format", "json"])

    assert {defect["rule"] for defect in json.loads(capsys.readouterr().out)["defects"]} == expected
