"""Commands that list and explain."""

import json
from importlib.resources import files

import pytest

from wireproof.cli.exits import Exit
from wireproof.rules import RULES


def test_providers_are_listed_with_their_operations(run):
    ended = run("providers")
    assert ended.code == Exit.OK
    assert "a2e  " in ended.out
    assert "  getAvatarVideoResult  POST /api/v1/video/awsResult  200" in ended.out


def test_providers_are_listed_for_machines(here, run):
    ended = run("providers", "--spec", "spec.json", "--format", "json")
    assert json.loads(ended.out) == [
        {
            "provider": here.name,
            "title": "t",
            "file": "spec.json",
            "openapi": "3.1.0",
            "operations": [
                {"id": "get", "method": "GET", "path": "/thing", "servers": [], "statuses": ["200"]}
            ],
        }
    ]


def test_a_title_of_a_stranger_is_shown_in_plain_characters(here, run):
    spec = json.loads((here / "spec.json").read_text())
    spec["info"]["title"] = "\x1b]0;owned\x07"
    (here / "spec.json").write_text(json.dumps(spec))
    assert "\\u001b]0;owned\\u0007" in run("providers", "--spec", "spec.json").out


def test_rules_are_listed_by_family(run):
    out = run("rules").out
    assert [rule.id for rule in RULES if f"  {rule.id} " not in out] == []
    assert out.endswith("\nwireproof explain RULE says more\n")


def test_rules_are_listed_for_machines(run):
    listed = json.loads(run("rules", "--format", "json").out)
    assert [entry["id"] for entry in listed] == [rule.id for rule in RULES]
    assert {tuple(entry) for entry in listed} == {("id", "severity", "family", "summary")}


@pytest.mark.parametrize("words", [["wrong.json"], ["spec.json"]])
def test_models_are_not_written_into_a_file(here, run, words):
    ended = run("generate", *words, "--output", "clean.json")
    assert (ended.code, ended.err) == (
        Exit.USAGE,
        "wireproof: clean.json is no folder\n  name a folder for the models package\n",
    )


def test_models_are_written_and_compared(here, run):
    written = run("generate", "spec.json", "--output", "models")
    assert (written.code, (here / "models" / "__init__.py").is_file()) == (Exit.OK, True)
    assert run("generate", "spec.json", "--output", "models", "--check").code == Exit.OK
    (here / "models" / "__init__.py").write_text("")
    changed = run("generate", "spec.json", "--output", "models", "--check")
    assert changed.code == Exit.FINDINGS
    assert "__init__.py" in changed.out
    assert "wireproof generate spec.json --output models" in changed.out


EXPLAINED = [rule for rule in RULES if files("wireproof.rules").joinpath(f"{rule.id}.md").is_file()]


@pytest.mark.parametrize("rule", EXPLAINED, ids=[rule.id for rule in EXPLAINED])
def test_a_rule_is_explained_by_its_page(run, rule):
    ended = run("explain", rule.id)
    page = files("wireproof.rules").joinpath(f"{rule.id}.md").read_text(encoding="utf-8")
    end = f"\nSeverity by default: {rule.severity.value}.  Family: {rule.family}.\n"
    assert (ended.code, ended.out) == (Exit.OK, page + end)
