"""Words of the command line that do not exist are answered with the nearest that does."""

import subprocess
import sys

import pytest

from wireproof import __version__
from wireproof.cli.exits import Exit
from wireproof.cli.main import COMMANDS, parser_for

ANSWERS = {
    "a command": (["valdate"], "there is no command 'valdate'", "did you mean wireproof validate ?"),
    "a command like none": (
        ["zzzzzz"],
        "there is no command 'zzzzzz'",
        f"the commands are {', '.join(COMMANDS)}",
    ),
    "an option": (
        ["validate", "--formt=json"],
        "unrecognized arguments: --formt=json",
        "did you mean --format ?",
    ),
    "an option like none": (
        ["validate", "--zzzzzzzz"],
        "unrecognized arguments: --zzzzzzzz",
        "see wireproof validate --help",
    ),
    "an abbreviated option": (
        ["validate", "--prov", "a2e"],
        "unrecognized arguments: --prov",
        "did you mean --provider ?",
    ),
    "one word too many": (["rules", "more"], "unrecognized arguments: more", "see wireproof rules --help"),
    "a format": (
        ["validate", "--format", "jsn"],
        "argument --format: invalid choice: 'jsn'",
        "did you mean json ?",
    ),
    "a severity": (
        ["validate", "--fail-on", "err"],
        "argument --fail-on: invalid choice: 'err'",
        "did you mean error ?",
    ),
    "a severity like none": (
        ["validate", "--min-severity", "zzzz"],
        "argument --min-severity: invalid choice: 'zzzz'",
        "see wireproof validate --help",
    ),
    "a status": (
        ["validate", "--status", "99"],
        "argument --status: '99' is no HTTP status: write three digits, such as 200",
        "see wireproof validate --help",
    ),
    "a status in other digits": (
        ["validate", "--status", "٢٠٠"],
        "argument --status: '٢٠٠' is no HTTP status",
        "see wireproof validate --help",
    ),
    "a value that is left out": (
        ["validate", "--operation"],
        "argument --operation: expected one argument",
        "see wireproof validate --help",
    ),
    "a word that is left out": (
        ["explain"],
        "the following arguments are required: RULE",
        "see wireproof explain --help",
    ),
    "a rule": (
        ["explain", "undocumented-fild"],
        "there is no rule 'undocumented-fild'",
        "did you mean undocumented-field ?",
    ),
    "a rule like none": (["explain", "zzzz"], "there is no rule 'zzzz'", "see `wireproof rules`"),
    "a rule's severity": (
        ["validate", "--rule", "undocumented-field=of", "x"],
        "there is no severity 'of', expected error, warning, info or off",
        "did you mean off ?",
    ),
    "a provider": (["validate", "--provider", "A2", "x"], "there is no provider 'A2'", "did you mean a2e ?"),
    "a provider like none": (
        ["providers", "--provider", "zzzz"],
        "there is no provider 'zzzz'",
        "known providers: a2e, duomi, vapi, yutoai",
    ),
    "an operation": (
        ["validate", "--operation", "getAvatarVideo", "x"],
        "there is no operation 'getAvatarVideo'",
        "did you mean getAvatarVideoResult ?",
    ),
    "an operation like none": (
        ["validate", "--operation", "zzzz", "x"],
        "there is no operation 'zzzz'",
        "see `wireproof providers`",
    ),
    "a folder of contracts": (
        ["validate", "--specs", ".", "x"],
        ". holds no providers",
        "a provider is a folder with an openapi.yaml in it",
    ),
    "a configuration": (
        ["validate", "--config", "wireprof.toml", "x"],
        "wireprof.toml: no such file or directory",
        "name a configuration file that can be read, or use --no-config",
    ),
}


@pytest.mark.parametrize(("words", "message", "hint"), ANSWERS.values(), ids=ANSWERS.keys())
def test_a_word_that_does_not_exist_is_answered(here, run, words, message, hint):
    ended = run(*words)
    lines = ended.err.splitlines()
    assert (ended.out, len(lines)) == ("", 2)
    assert lines[0].startswith(f"wireproof: {message}")
    assert lines[1] == f"  {hint}"
    assert ended.code == (Exit.UNREAD if "--specs" in words else Exit.USAGE)


def test_a_contract_file_that_is_not_there_is_answered_with_the_nearest(here, run):
    ended = run("validate", "--spec", "spce.json", "clean.json")
    assert (ended.code, ended.err) == (
        Exit.UNREAD,
        "wireproof: spce.json: no such file\n  did you mean spec.json ?\n",
    )


def test_a_capture_that_is_not_there_is_answered_in_the_report(here, judge):
    assert "did you mean clean.json ?" in judge("claen.json").out


def test_no_words_at_all_show_the_commands_and_are_a_mistake(run):
    ended = run()
    assert ended.code == Exit.USAGE
    assert all(f"  {command}" in ended.out for command in COMMANDS)


def test_a_configuration_is_named_or_refused_and_not_both(run):
    ended = run("docs", "--no-config", "--config", "w.toml", "page.md")
    assert ended.err.startswith("wireproof: argument --config: not allowed with argument --no-config\n")


@pytest.mark.parametrize(("columns", "widest"), [("76", 75), ("200", 99), ("many", 79), ("", 79)])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_as_wide_as_the_terminal_within_reason(run, monkeypatch, command, columns, widest):
    monkeypatch.setenv("COLUMNS", columns)
    lines = run(command, "--help").out.splitlines()
    long = [line for line in lines if len(line) > widest]
    assert [line for line in long if len(line.split()) > 1] == []


def test_the_package_runs_as_a_module():
    asked = [sys.executable, "-m", "wireproof", "--version"]
    ended = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert ended.stdout == f"wireproof {__version__}\n"


@pytest.mark.parametrize("word", ["--help", "-h"])
def test_help_is_no_mistake(run, word):
    ended = run(word)
    assert (ended.code, ended.out.splitlines()[0]) == (
        Exit.OK,
        "wireproof: proof what is on the wire against what was promised.",
    )


def test_the_version_is_told(run):
    from wireproof import __version__

    assert run("--version").out == run("-V").out == f"wireproof {__version__}\n"


HELPFUL = [command for command in COMMANDS if command != "lint"]


@pytest.mark.parametrize("command", HELPFUL)
def test_every_command_has_help_in_which_every_option_is_explained(run, command):
    ended = run(command, "--help")
    assert (ended.code, ended.out.startswith(f"usage: wireproof {command}")) == (Exit.OK, True)
    unexplained = [action.dest for action in parser_for(command)._actions if not action.help]
    assert unexplained == []


def test_the_front_door_has_its_own_name_in_its_help(run):
    assert run("--help", command="validate-response").out.startswith("usage: validate-response ")
    ended = run("--zzz", command="validate-response")
    assert ended.err.endswith("see validate-response --help\n")
