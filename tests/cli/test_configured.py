"""The configuration and the policy on the command line."""

import json

import pytest

from wireproof.cli.exits import Exit

OWN = 'specs = ["mine/"]\n'


@pytest.fixture
def mine(here):
    """Have the contract as provider `mine` of the folder `mine/`, configured."""
    (here / "mine" / "mine").mkdir(parents=True)
    (here / "spec.json").rename(here / "mine" / "mine" / "openapi.yaml")

    def write(text):
        (here / "wireproof.toml").write_text(OWN + text, encoding="utf-8")

    write("")
    return write


def told(ended):
    return [(one["rule"], one["severity"], one["pointer"]) for one in json.loads(ended.out)["findings"]]


EXTRA = ("undocumented-field", "warning", "/diff_s")


def test_contracts_of_the_configuration_take_the_place_of_those_that_ship(mine, run):
    assert [entry["provider"] for entry in json.loads(run("providers", "--format", "json").out)] == ["mine"]
    assert told(run("validate", "--format", "json", "extra.json")) == [EXTRA]


def test_they_are_found_from_a_folder_below(mine, run, here, monkeypatch):
    monkeypatch.chdir(here / "mine")
    ended = run("validate", "--format", "json", "../extra.json")
    assert told(ended) == [EXTRA]
    assert json.loads(ended.out)["findings"][0]["contract"]["file"] == "../mine/mine/openapi.yaml"


def test_a_single_file_can_be_configured(mine, run, here):
    (here / "wireproof.toml").write_text('specs = ["mine/mine/openapi.yaml"]')
    assert told(run("validate", "--format", "json", "extra.json")) == [EXTRA]


def test_the_command_line_beats_the_contracts_of_the_configuration(mine, run):
    ended = run("validate", "--spec", "mine/mine/openapi.yaml", "--format", "json", "extra.json")
    assert [entry["provider"] for entry in json.loads(ended.out)["operations"]] == ["mine"]


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("", [], Exit.FINDINGS),
        ('fail-on = "error"', [], Exit.OK),
        ('fail-on = "error"', ["--fail-on", "warning"], Exit.FINDINGS),
        ('fail-on = "error"', ["--no-config", "--specs", "mine"], Exit.FINDINGS),
        ('[rules]\nundocumented-field = "info"', [], Exit.OK),
        ('[rules]\nundocumented-field = "info"', ["--fail-on", "info"], Exit.FINDINGS),
        ('[rules]\nundocumented-field = "info"', ["--rule", "undocumented-field=error"], Exit.FINDINGS),
        ("", ["--rule", "undocumented-field=off"], Exit.OK),
        ('[[ignore]]\npath = "/diff_s"\nreason = "x"', [], Exit.OK),
        ('[[ignore]]\npath = "/diff_s"\nreason = "x"\nexpires = 2001-01-01', [], Exit.FINDINGS),
        ('[[ignore]]\npath = "/diff_s"\nreason = "x"\nexpires = 9999-01-01', [], Exit.OK),
        ('[providers.mine.operations.get.paths."/*".rules]\nundocumented-field = "off"', [], Exit.OK),
        ('[providers.a2e.rules]\nundocumented-field = "off"', [], Exit.FINDINGS),
    ],
)
def test_the_exit_code_follows_the_configuration_and_the_command_line_beats_it(mine, run, text, words, code):
    mine(text)
    assert run("validate", *words, "extra.json").code == code


def test_the_least_severity_shown_is_configured_and_the_command_line_beats_it(mine, run):
    mine('min-severity = "error"')
    assert told(run("validate", "--format", "json", "extra.json")) == []
    assert told(run("validate", "--format", "json", "--min-severity", "info", "extra.json")) == [EXTRA]


def test_the_text_report_tells_in_one_block_what_the_policy_did(mine, run):
    mine("""
[rules]
format-violated = "off"
[[ignore]]
path = "/diff_s"
provider = "mine"
reason = "volatile, nobody reads it"
[[ignore]]
path = "/items/0/n"
provider = "mine"
operation = "get"
reason = "being mended"
""")
    ended = run("validate", "extra.json", "wrong.json")
    assert ended.out.partition("\nPolicy\n")[2].splitlines() == [
        "  ignored: 1 finding of every rule /diff_s of mine: volatile, nobody reads it   wireproof.toml:5",
        (
            "  no longer needed: ignore of every rule /items/0/n of mine get: nothing in 2 exchanges;"
            " did you mean /items/*/n ?   wireproof.toml:9"
        ),
        "  not checked: format-violated, switched off   wireproof.toml:4",
        "",
        "1 error (1 finding ignored)",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[providers.mien.rules]", "3: there is no provider 'mien'\n  did you mean mine ?\n"),
        ("[providers.mine.operations.gte.rules]", "3: there is no operation 'gte'\n  did you mean get ?\n"),
        (
            "[rules]\nundocumented = 1",
            "4: there is no rule 'undocumented'\n  did you mean undocumented-field ?\n",
        ),
        ("specs = []", "3: Cannot overwrite a value (at the end of the file)\n"),
    ],
)
def test_a_mistake_in_it_is_a_mistake_in_use(mine, run, text, expected):
    mine(f"\n{text}")
    ended = run("validate", "extra.json")
    assert (ended.code, ended.out) == (Exit.USAGE, "")
    assert ended.err.startswith(f"wireproof: wireproof.toml:{expected}")


def test_a_broken_configuration_can_be_left_aside(mine, run):
    mine("nonsense = 1")
    assert run("validate", "--no-config", "--specs", "mine", "clean.json").code == Exit.OK


def test_an_ignore_of_everybody_is_judged_only_in_a_run_over_everybody(mine, run):
    mine('[[ignore]]\npath = "/gone"\nreason = "x"')
    assert "no longer needed" in run("validate", "clean.json").out
    assert "no longer needed" not in run("validate", "--provider", "mine", "clean.json").out
