"""Four pages of real providers: what a careful reader finds, and their claims written out."""

import os
from pathlib import Path

import pytest
import yaml

from wireproof.claims.page import read_page
from wireproof.proofreading.emitting import documented
from wireproof.proofreading.proofread import proofread

FOLDER = os.environ.get("WIREPROOF_SEED_PAGES", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="WIREPROOF_SEED_PAGES names no folder with the four pages")
SPECS = Path(__file__).resolve().parents[2] / "specs"
PROVIDERS = {"000": "yutoai", "001": "vapi", "002": "a2e", "003": "duomi"}
FOUND = {
    "000": [
        ("docs-level-shift", "/data", "64-95", "114"),
        ("docs-type-mismatch", "/code", "57-60", "102"),
        ("docs-auth-mismatch", "/Authorization", "32-36", "44-45"),
    ],
    "001": [
        ("docs-type-mismatch", "/status", "33", "42"),
        ("docs-other-answer", "", "26-36", "41-52"),
        ("docs-prose-mismatch", "/code", "26", "41-52"),
    ],
    "002": [
        ("docs-auth-mismatch", "/Authorization", "35-38", "68-70"),
        ("docs-prose-mismatch", "/data/*/status/copy", "28", "101"),
    ],
    "003": [("docs-auth-mismatch", "/Authorization", "27", "120")],
}


def page(key):
    path = next(Path(FOLDER).glob(f"{key}*"))
    return read_page(path.read_bytes(), name=path.name)


@pytest.mark.parametrize("key", FOUND)
def test_a_page_is_found_to_contradict_itself(key):
    found = [one for one in proofread(page(key)).contradictions if one.rule != "docs-undocumented-field"]
    assert [(one.rule, one.pointer, str(one.claimed.lines), str(one.shown.lines)) for one in found] == FOUND[
        key
    ]


def test_fields_that_nobody_lists_are_told_with_their_lines():
    found = {
        one.pointer: one.shown.lines.first
        for one in proofread(page("000")).contradictions
        if one.rule == "docs-undocumented-field"
    }
    assert len(found) == 28
    assert (found["/message"], found["/data/task_id"], found["/data/data/ext"]) == (103, 105, 124)


def test_the_parts_of_a_shift_and_of_another_answer_keep_their_lines():
    shift = proofread(page("000")).contradictions[0]
    other = next(one for one in proofread(page("001")).contradictions if one.rule == "docs-other-answer")
    assert [(one.claimed.lines.first, one.shown.lines.first) for one in shift.absorbs[:2]] == [
        (64, 130),
        (68, 151),
    ]
    assert [one.claimed.lines.first for one in other.absorbs] == [26, 27, 28, 29, 30, 31, 32, 34, 35, 36]


def fields(schema, path=()):
    """Return type, whether required, and line of each field of a schema."""
    found = {}
    for name, inner in schema.get("properties", {}).items():
        here = (*path, name)
        types = inner.get("type", [])
        listed = [types] if isinstance(types, str) else types
        line = inner.get("x-source", {}).get("line")
        found[here] = (sorted(listed), name in schema.get("required", []), line)
        found |= fields(inner.get("items", inner), here)
    return found


@pytest.mark.parametrize("key", PROVIDERS)
def test_the_claims_are_those_of_the_documented_contract(key):
    kept = yaml.safe_load((SPECS / PROVIDERS[key] / "documented.yaml").read_text(encoding="utf-8"))
    made = documented(page(key))
    assert list(made["paths"]) == list(kept["paths"])
    for path, item in kept["paths"].items():
        for method, operation in item.items():
            ours = made["paths"][path][method]
            assert body(ours["responses"]["200"]) == body(operation["responses"]["200"])
            assert body(ours.get("requestBody", {})) == body(operation.get("requestBody", {}))
            assert parameters(ours) == parameters(operation)
            assert ours.get("security") == operation.get("security")


def body(part):
    example = part.get("x-example-source")
    return fields(part.get("content", {}).get("application/json", {}).get("schema", {})), example


def parameters(operation):
    return [
        (one["name"], one["in"], one["required"], one["schema"]["type"], one["x-source"]["line"])
        for one in operation.get("parameters", [])
    ]
