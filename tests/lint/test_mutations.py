"""Each case of mutations.md, done to a clean document, is found at its line, and nothing else is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from wireproof.lint import CHECKS, lint_bytes

HERE = Path(__file__).parent
CLEAN = {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "clean").glob("*.yaml"))}
MARK = re.compile(r" *#!((?: [a-z0-9-]+:(?:error|warning|info))+)$")


@dataclass(frozen=True)
class Case:
    """One mutation: the text it makes, and the defects that are expected as (line, rule, severity)."""

    name: str
    text: str
    expected: list[tuple[int, str, str]]


def read_cases() -> list[Case]:
    """Return the cases of mutations.md: under each heading the base, then a diff of some lines.

    `#! rule:severity` at the end of a line of the diff says what is expected there.
    """
    cases = []
    for section in (HERE / "mutations.md").read_text(encoding="utf-8").split("\n### ")[1:]:
        title, body = section.split("\n", 1)
        base, name = title.split(": ", 1)
        cases.append(mutated(f"{base}: {name}", CLEAN[base], body.split("```diff\n")[1].split("\n```")[0]))
    return cases


def mutated(name: str, base: str, diff: str) -> Case:
    lines: list[tuple[str, list[str]]] = [(line, []) for line in base.splitlines()]
    for hunk in diff.split("\n@@\n"):
        rows = [(row[:1], MARK.sub("", row[1:]), MARK.search(row)) for row in hunk.splitlines()]
        old = [text for sign, text, _ in rows if sign != "+"]
        texts = [text for text, _ in lines]
        starts = [at for at in range(len(lines)) if texts[at : at + len(old)] == old]
        assert len(starts) == 1, f"{name}: the old lines stand {len(starts)} times in the base"
        new = [(text, mark[1].split() if mark else []) for sign, text, mark in rows if sign != "-"]
        lines[starts[0] : starts[0] + len(old)] = new
    expected = [(line, *word.split(":")) for line, (_, words) in enumerate(lines, 1) for word in words]
    return Case(name, "\n".join(text for text, _ in lines) + "\n", sorted(expected))


CASES = read_cases()


@pytest.mark.parametrize("version", CLEAN)
def test_a_clean_document_is_silent(version):
    assert lint_bytes(f"{version}.yaml", CLEAN[version].encode()) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mutation_is_found_at_its_line_and_nothing_else(case):
    defects = lint_bytes("api.yaml", case.text.encode())

    assert case.expected == sorted((defect.line, defect.rule, defect.severity.value) for defect in defects), [
        (defect.line, defect.rule, defect.message) for defect in defects
    ]


def test_every_rule_has_a_case_that_fires():
    seen = {rule for case in CASES for _, rule, _ in case.expected}

    assert {check.rule for check in CHECKS} == seen
