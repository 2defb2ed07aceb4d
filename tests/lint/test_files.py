"""Contracts of several files, documents that cannot be read, and documents that mean harm."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from wireproof.lint import lint_bytes
from wireproof.openapi import load_contract

CLEAN = (Path(__file__).parent / "clean" / "3.1.yaml").read_text(encoding="utf-8")
HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nservers: [{url: https://example.com}]\n"
SPLIT = (
    HEAD
    + """paths:
  /a:
    $ref: parts/a.yaml#/item
"""
)
PART = """item:
  get:
    operationId: getA
    responses:
      '200':
        description: Good.
        content:
          application/json:
            schema:
              $ref: schemas.json#/A
      default:
        description: Bad.
"""
SCHEMAS = '{"A": {"type": "object",\n "properties": {"b": {"type": "string",\n "default": "x"}}}}'


def found(data: str, files: dict[str, str] | None = None) -> list[tuple[str, int | None, str, str]]:
    """Return what lint finds: file, line, rule, message."""
    read = None if files is None else lambda name: files[name].encode()
    defects = lint_bytes("api/openapi.yaml", data.encode(), read)
    return [(defect.file, defect.line, defect.rule, defect.message) for defect in defects]


def test_a_clean_contract_of_three_files_is_silent():
    assert found(SPLIT, {"parts/a.yaml": PART, "parts/schemas.json": SCHEMAS}) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("parts/a.yaml", "description: Good.", "descriptoin: Good.", (6, "field-invalid")),
        ("parts/a.yaml", "operationId: getA", "operationId: ''", (2, "operation-id-missing")),
        ("parts/schemas.json", '"default": "x"', '"default": 3', (3, "default-mismatch")),
        ("parts/schemas.json", '"properties"', '"required": ["c"], "properties"', (2, "required-unknown")),
    ],
)
def test_a_defect_in_another_file_is_told_with_that_file_and_line(file, old, new, expected):
    files = {"parts/a.yaml": PART, "parts/schemas.json": SCHEMAS}
    files[file] = files[file].replace(old, new)

    places = [(where, line, rule) for where, line, rule, _ in found(SPLIT, files)]

    assert (f"api/{file}", *expected) in places
    assert {where for where, _, _ in places} == {f"api/{file}"}


def test_another_file_that_cannot_be_read_is_a_broken_reference():
    expected = ("api/parts/a.yaml", 10, "reference-broken")

    assert [entry[:3] for entry in found(SPLIT, {"parts/a.yaml": PART, "parts/schemas.json": "{"})] == [
        expected
    ]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ("", None, "no YAML document"),
        ("a: [1, 2\nb: 3\n", 2, "not YAML"),
        ("openapi: 3.1.0\nopenapi: 3.0.0\n", 2, "stands twice"),
        ("a: &a [x]\nb: *c\n", 2, "names no anchor"),
        ("- 1\n", 1, "is a mapping"),
        ("info: {}\n", 1, "no `openapi` field"),
        ("openapi: 4.0.0\n", 1, "is not known"),
        ("swagger: '2.0'\n", 1, "is not read"),
        ("{'openapi'", 1, "single quote"),
        ("\xff", None, ""),
    ],
)
def test_a_document_that_cannot_be_read_is_one_defect(data, line, words):
    (defect,) = lint_bytes("broken.yaml", data.encode("latin-1"))

    assert (defect.rule, defect.severity.value, defect.file) == ("unreadable", "error", "broken.yaml")
    assert words in defect.message
    assert "broken.yaml" not in defect.message
    assert defect.mend
    assert line is None or defect.line == line


def nested(levels: int) -> str:
    return HEAD + "paths: " + "{a: " * levels + "}" * levels


def aliases(rounds: int) -> str:
    lines = ["x-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, rounds)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "data",
    [nested(100_000), HEAD + aliases(9), "a: &a [*a]\n", '{"a":' * 100_000, HEAD + "paths: {a: &x {b: *x}}"],
    ids=["deep", "alias-bomb", "self-alias", "deep-json", "circle"],
)
def test_a_bomb_is_one_defect_at_once(data):
    begun = time.process_time()
    defects = lint_bytes("bomb.yaml", data.encode())

    assert [defect.rule for defect in defects] == ["unreadable"]
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "reference",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "../secret.yaml",
        "http://127.0.0.1:9/a.yaml",
        "//host/a",
        "..%2Fsecret",
    ],
)
def test_a_reference_out_of_the_folder_is_one_defect_and_reads_nothing(reference):
    asked: list[str] = []
    data = CLEAN.replace("$ref: '#/components/schemas/Task'", f"$ref: {reference}").encode()

    defects = lint_bytes("api.yaml", data, lambda name: asked.append(name) or b"")

    assert [defect.rule for defect in defects if defect.rule != "component-unused"] == ["reference-broken"]
    assert asked == []


def test_references_in_a_circle_are_told_and_end():
    data = (
        HEAD
        + "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}"
    )

    assert {rule for _, _, rule, _ in found(data)} == {"reference-broken"}


def test_schemas_that_contain_themselves_end():
    schema = {
        "type": "object",
        "allOf": [{"$ref": "#/components/schemas/A"}],
        "properties": {"a": {"$ref": "#/components/schemas/A"}},
        "required": ["a"],
        "example": {"a": {}},
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "components": {"schemas": {"A": schema}},
    }

    assert {rule for _, _, rule, _ in found(json.dumps(document))} == {"example-mismatch"}


def test_references_that_double_forty_times_are_said_not_to_be_judged():
    rows = [f"    S{n}: {{anyOf: [{ref(n + 1)}, {ref(n + 1)}], example: 3}}\n" for n in range(40)]
    data = HEAD + "components:\n  schemas:\n" + "".join(rows) + "    S40: {type: string}\n"
    begun = time.process_time()

    rules = [rule for _, _, rule, _ in found(data)]

    assert (rules.count("sample-unjudged"), rules.count("example-mismatch")) == (28, 12)
    assert time.process_time() - begun < 10


def test_references_in_a_long_row_end():
    rows = [f"    S{n}: {{allOf: [{ref(n + 1)}], required: [a], example: {{}}}}\n" for n in range(600)]
    data = (
        HEAD + "components:\n  schemas:\n" + "".join(rows) + "    S600: {properties: {a: {type: string}}}\n"
    )

    assert {rule for _, _, rule, _ in found(data)} == {"sample-unjudged", "example-mismatch"}


def ref(number: int) -> str:
    return f"{{$ref: '#/components/schemas/S{number}'}}"


def test_a_contract_of_300_operations_takes_seconds():
    document = large(300)
    begun = time.process_time()

    assert lint_bytes("large.json", json.dumps(document).encode()) == ()
    assert time.process_time() - begun < 20


def large(count: int) -> dict[str, object]:
    schemas: dict[str, object] = {}
    paths: dict[str, object] = {}
    for n in range(count):
        texts = {f"f{k}": {"type": "string", "example": "abc"} for k in range(12)}
        previous = {"previous": {"$ref": f"#/components/schemas/S{n - 1}"}} if n else {}
        schemas[f"S{n}"] = {"type": "object", "required": ["f0"], "properties": {**texts, **previous}}
        answer = {"schema": {"$ref": f"#/components/schemas/S{n}"}, "example": {"f0": "x"}}
        paths[f"/r{n}"] = {
            "get": {
                "operationId": f"get{n}",
                "responses": {
                    "200": {"description": "Good.", "content": {"application/json": answer}},
                    "4XX": {"description": "Bad."},
                },
            }
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Large", "version": "1"},
        "servers": [{"url": "https://example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def test_a_clean_contract_loads():
    assert len(load_contract("3.1.yaml", CLEAN.encode(), provider="x").operations) == 2
