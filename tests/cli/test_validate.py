"""`validate-response`: what is read, what is hinted, what is shown, what fails."""

import json
from importlib.resources import files

import jsonschema
import pytest

from wireproof.cli import validate
from wireproof.cli.exits import Exit
from wireproof.openapi import load_contract
from wireproof.validating import Judge, Verdict

SCHEMA = json.loads(files("wireproof").joinpath("schemas/report.schema.json").read_text(encoding="utf-8"))


def found(ended):
    """Return (rule, pointer) of each finding of a JSON report."""
    return [(one["rule"], one["pointer"]) for one in json.loads(ended.out)["findings"]]


def test_the_front_door_is_the_same_as_the_command(here, run, judge):
    front = run("--spec", "spec.json", "wrong.json", command="validate-response")
    assert front == judge("wrong.json")


def test_a_bare_body_is_read_from_standard_input(here, judge, feed):
    for words in (["-"], []):
        feed((here / "wrong.json").read_bytes())
        ended = judge("--format", "json", *words)
        assert (ended.code, found(ended)) == (Exit.FINDINGS, [("type-changed", "/items/*/n")])
        assert json.loads(ended.out)["inputs"][0]["source"] == "<stdin>"


def test_without_a_file_a_terminal_is_not_waited_for(here, judge, monkeypatch):
    class Terminal:
        @staticmethod
        def isatty():
            return True

    for stdin in (Terminal, None):
        monkeypatch.setattr("sys.stdin", stdin)
        ended = judge()
        assert (ended.code, ended.err) == (
            Exit.USAGE,
            "wireproof: nothing to judge\n  name a file, a folder, or - for standard input\n",
        )


def test_files_folders_and_patterns_are_read(here, judge):
    (here / "folder").mkdir()
    (here / "clean.json").rename(here / "folder" / "clean.json")
    ended = judge("--format", "json", "folder", "ex*.json", "wrong.json")
    assert [entry["source"] for entry in json.loads(ended.out)["inputs"]] == [
        "extra.json",
        "folder/clean.json",
        "wrong.json",
    ]


TWO = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "paths": {
        f"/{name}": {
            "get": {
                "operationId": name,
                "responses": {
                    status: {
                        "description": "d",
                        "content": {
                            "application/json": {
                                "schema": {"type": "object", "properties": {"n": {"type": kind}}}
                            }
                        },
                    }
                    for status, kind in kinds.items()
                },
            }
        }
        for name, kinds in {
            "one": {"200": "integer", "4XX": "string"},
            "other": {"200": "string", "4XX": "boolean"},
        }.items()
    },
}


@pytest.fixture
def two(here, run):
    """Return a function that judges {"n": 1} by a contract of two operations."""
    (here / "two.json").write_text(json.dumps(TWO))
    (here / "n.json").write_text('{"n": 1}')
    return lambda *words: run("validate", "--spec", "two.json", "n.json", "--format", "json", *words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--operation", "one"], []),
        (["--operation", "one", "--status", "200"], []),
        (["--operation", "one", "--status", "404"], [("type-changed", "/n")]),
        (["--operation", "other", "--status", "200"], [("type-changed", "/n")]),
        (["--operation", "one", "--status", "302"], [("undocumented-status", "")]),
        (["--operation", "one", "--status", "200", "--content-type", "application/json"], []),
        (
            ["--operation", "one", "--status", "200", "--content-type", "text/html"],
            [("undocumented-content-type", "")],
        ),
    ],
)
def test_what_the_capture_does_not_say_can_be_said(two, words, expected):
    assert found(two(*words)) == expected


def test_one_provider_can_be_chosen(here, run):
    ended = run("validate", "--provider", "a2e", "--format", "json", "clean.json")
    assert {entry["provider"] for entry in json.loads(ended.out)["operations"]} <= {"a2e"}


def test_a_folder_of_providers_can_be_chosen(here, run):
    (here / "specs" / "mine").mkdir(parents=True)
    (here / "spec.json").rename(here / "specs" / "mine" / "openapi.yaml")
    ended = run("validate", "--specs", "specs", "--format", "json", "clean.json")
    assert [entry["provider"] for entry in json.loads(ended.out)["operations"]] == ["mine"]


def test_what_is_shown_and_what_fails_are_two_things(here, judge):
    (here / "both.json").write_text(
        json.dumps({**json.loads((here / "wrong.json").read_text()), "diff_s": 3})
    )
    shown = judge("--min-severity", "error", "--format", "json", "both.json")
    assert found(shown) == [("type-changed", "/items/*/n")]
    assert json.loads(shown.out)["summary"]["findings"] == {"error": 1, "warning": 1, "info": 0}
    text = judge("--min-severity", "error", "both.json").out
    assert text.endswith("\n1 error, 1 warning (1 below --min-severity not shown)\n")


def test_values_are_shown_on_request_only(here, judge):
    (here / "secret.json").write_text(
        json.dumps({"id": "my own words", "state": "done", "password": "hunter two"})
    )
    hidden, shown = judge("secret.json").out, judge("--show-values", "secret.json").out
    assert ("my own words" in hidden, "my own words" in shown) == (False, True)
    assert "hunter two" not in hidden + shown


def test_both_engines_agree(here, judge):
    for name in ("clean.json", "extra.json", "wrong.json"):
        assert judge("--engine", "reference", name) == judge(name)


FORMS = {
    "clean": ["clean.json"],
    "findings": ["wrong.json", "extra.json", "clean.json"],
    "explained findings": ["moved.json"],
    "an unreadable file": ["none.json", "broken.json"],
    "hidden findings": ["--min-severity", "error", "extra.json"],
    "ignored findings": ["--config", "w.toml", "extra.json", "moved.json"],
}


@pytest.mark.parametrize("words", FORMS.values(), ids=FORMS.keys())
def test_the_json_report_fits_its_schema_by_any_validator_and_by_our_own(here, judge, words):
    clean = json.loads((here / "clean.json").read_text())
    (here / "broken.json").write_bytes(b'{"id": "\xff\n')
    (here / "moved.json").write_text(json.dumps({"data": clean}))
    (here / "w.toml").write_text(
        "[rules]\nenvelope-added = 'off'\n"
        "[[ignore]]\npath = '/diff_s'\nreason = 'volatile'\nexpires = 2999-01-01\n"
        "[[ignore]]\npath = '/x'\nreason = 'old'\nexpires = 1999-01-01\n"
    )
    value = json.loads(judge("--format", "json", *words).out)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    spec = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/report": {
                "get": {
                    "responses": {
                        "200": {"description": "d", "content": {"application/json": {"schema": SCHEMA}}}
                    }
                }
            }
        },
        "components": {"schemas": SCHEMA["$defs"]},
    }
    text = json.dumps(spec).replace("#/$defs/", "#/components/schemas/")
    contract = load_contract("report.json", text.encode(), provider="wireproof")
    name = contract.operations[0].responses[0].bodies[0].schema
    judgement = Judge(contract.schemas).judge(name, value)
    assert (judgement.verdict, list(judgement.sites)) == (Verdict.VALID, [])


@pytest.mark.parametrize(
    ("stop", "code"),
    [(KeyboardInterrupt(), Exit.INTERRUPTED), (KeyboardInterrupt("SIGTERM"), Exit.TERMINATED)],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_an_interrupted_run_reports_what_it_has_and_says_that_it_is_partial(
    here, judge, monkeypatch, stop, code, form
):
    real = validate.Examiner.take
    taken = []

    def take(self, record):
        if taken:
            raise stop
        taken.append(record)
        real(self, record)

    monkeypatch.setattr(validate.Examiner, "take", take)
    ended = judge("--format", form, "wrong.json", "extra.json")
    assert ended.code == code
    if form == "json":
        value = json.loads(ended.out)
        assert (value["complete"], found(ended)) == (False, [("type-changed", "/items/*/n")])
    else:
        assert ended.out.endswith("1 error; this report is partial: the examination was interrupted\n")
