"""What the documentation says to type can be typed: commands parse, targets exist, code runs."""

import re
import shlex
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from wireproof.cli.main import COMMANDS, parser_for
from wireproof.errors import WireproofError

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
OTHERS = {
    ".venv/bin/python",
    "cat",
    "cd",
    "cp",
    "curl",
    "echo",
    "git",
    "head",
    "jq",
    "pip",
    "printf",
    "pytest",
    "python",
}
"""Commands that are not ours to check."""


def blocks(page: Path, language: str) -> list[tuple[int, str]]:
    """Return (line, text) of each fenced block of a language."""
    fences = [
        token for token in MarkdownIt().parse(page.read_text(encoding="utf-8")) if token.type == "fence"
    ]
    return [(token.map[0] + 1, token.content) for token in fences if token.info.strip() == language]


def command_lines(page: Path) -> list[tuple[int, str]]:
    """Return (line, command) of each line after a `$ ` prompt, continued lines joined."""
    found = []
    for start, text in blocks(page, "console"):
        joined = re.sub(r"\\\n\s*", " ", text)
        found += [(start, line[2:]) for line in joined.splitlines() if line.startswith("$ ")]
    return found


def simple_commands(line: str) -> list[list[str]]:
    """Return the words of each command in a pipeline or list, redirections and settings left out."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|;&<>")
    lexer.whitespace_split = True
    commands: list[list[str]] = [[]]
    words = iter(lexer)
    for word in words:
        if set(word) <= set("|;&"):
            commands.append([])
        elif set(word) <= set("<>&12"):
            next(words, None)
        elif commands[-1] or not re.fullmatch(r"[A-Z_]+=.*", word):
            commands[-1].append(word)
    return [command for command in commands if command]


def refusal(command: str, *arguments: str) -> str | None:
    """Return why the command line refuses the arguments, or None."""
    try:
        parser_for(command).parse_args(arguments)
    except WireproofError as error:
        return f"{command} refuses: {error.message}"
    except SystemExit as stop:
        return f"{command} ends with {stop.code}" if stop.code else None
    return None


def complaint(words: list[str]) -> str | None:
    """Return what is wrong with a command, or None."""
    name, *arguments = words
    if name == "make":
        unknown = [word for word in arguments if not re.match(r"[A-Z]+=|-", word) and word not in TARGETS]
        return f"no such target: {unknown}" if unknown else None
    if name == "wireproof" and arguments and arguments[0] in COMMANDS:
        return refusal(*arguments)
    if name == "wireproof":
        return None if arguments in ([], ["--help"], ["--version"]) else f"no such command: {arguments}"
    if name == "validate-response":
        return refusal("validate", *arguments)
    return None if name in OTHERS else f"unknown command {name}"


TYPED = [(page, line, command) for page in PAGES for line, command in command_lines(page)]
CODE = [(page, blocks(page, "python")) for page in PAGES if blocks(page, "python")]


@pytest.mark.parametrize(
    ("page", "line", "command"),
    TYPED,
    ids=[f"{page.name}:{line}:{command}" for page, line, command in TYPED],
)
def test_a_documented_command_exists(page, line, command):
    assert [text for words in simple_commands(command) if (text := complaint(words))] == [], (
        f"{page.name}:{line}"
    )


@pytest.mark.parametrize(("page", "code"), CODE, ids=[page.name for page, _ in CODE])
def test_the_code_of_a_page_runs_from_top_to_bottom(page, code, monkeypatch):
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "__main__"}
    for line, text in code:
        source = "\n" * line + text
        exec(compile(source, str(page), "exec"), names)  # noqa: S102 - our own documentation


def test_the_readme_is_read_at_all():
    names = {words[0] for _, _, line in TYPED for words in simple_commands(line)}
    assert names >= {"make", "validate-response"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["make", "demo"], None),
        (["make", "dmeo"], "no such target: ['dmeo']"),
        (["wireproof", "--help"], None),
        (["wireproof", "rules", "--help"], None),
        (["wireproof", "no-such-command"], "no such command: ['no-such-command']"),
        (["validate-response", "--no"], "validate refuses: unrecognized arguments: --no"),
        (["rm", "-rf", "x"], "unknown command rm"),
    ],
)
def test_the_check_itself(words, expected):
    assert complaint(words) == expected


def test_pipelines_redirections_and_settings_are_taken_apart():
    line = "NO_COLOR=1 cat a.json | validate-response - --format json > out.json && make test"
    expected = [["cat", "a.json"], ["validate-response", "-", "--format", "json"], ["make", "test"]]
    assert simple_commands(line) == expected


def test_every_target_says_what_it_does():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    described = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    phony = re.search(r"^\.PHONY: ((?:.*\\\n)*.*)$", makefile, re.MULTILINE)
    assert phony
    assert described == set(phony[1].replace("\\\n", " ").split())
