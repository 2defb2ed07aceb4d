"""The pages about lint and extensions are true: their examples lint clean, their tables are complete."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from wireproof.lint import CHECKS, lint_bytes
from wireproof.lint.extensions import PLACES
from wireproof.validating.engine import FastEngine

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "extensions.md").read_text(encoding="utf-8")
SCHEMAS = ROOT / "src" / "wireproof" / "schemas"
BLOCKS = re.findall(r"```yaml (contract|operation|schema)\n(.*?)\n```", PAGE, re.DOTALL)
HEAD = """openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://example.com}]
paths:
  /x:
    get:
"""
OPERATION = """operationId: getX
responses:
  '200':
    description: The answer.
    content:
      application/json:
        schema:
          $ref: '#/components/schemas/Answer'
  default:
    description: An error.
"""
COMPONENTS = """components:
  schemas:
    Answer:
"""


def contract(kind: str, text: str) -> str:
    """Return a whole document around an operation or a schema."""
    if kind == "contract":
        return text
    if kind == "operation":
        return HEAD + indented(text, 6)
    return HEAD + indented(OPERATION, 6) + COMPONENTS + indented(text, 6)


def indented(text: str, width: int) -> str:
    return "".join(f"{' ' * width}{line}\n" for line in text.splitlines())


@pytest.mark.parametrize(("kind", "text"), BLOCKS, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(BLOCKS)])
def test_an_example_of_the_page_is_clean(kind, text):
    assert lint_bytes("page.yaml", contract(kind, text).encode()) == ()


def test_every_extension_is_on_the_page_and_shown_in_an_example():
    examples = "\n".join(text for _, text in BLOCKS)

    assert {name for name in PLACES if f"`{name}`" not in PAGE or f"{name}:" not in examples} == set()


def test_every_extension_has_a_schema():
    definitions = json.loads((SCHEMAS / "extensions.schema.json").read_text(encoding="utf-8"))["$defs"]

    assert {name for name in definitions if name.startswith("x-")} == set(PLACES)


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.name)
def test_a_schema_of_the_package_is_one(path):
    metaschema = FastEngine({"$ref": "https://json-schema.org/draft/2020-12/schema"})

    assert metaschema.faults(json.loads(path.read_text(encoding="utf-8"))) == []


def test_the_table_of_rules_is_complete_and_sorted():
    page = (ROOT / "docs" / "lint.md").read_text(encoding="utf-8")
    expected = sorted((check.rule, check.severity.value, check.summary) for check in CHECKS)

    assert expected == re.findall(r"^\| `([a-z-]+)` \| (\w+) \| (.*) \|$", page, re.MULTILINE)


def test_rule_ids_are_kebab_case_and_unique():
    ids = [check.rule for check in CHECKS]

    assert len(ids) == len(set(ids))
    assert [name for name in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
