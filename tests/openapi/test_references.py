"""References are followed inside the contract's folder, and nowhere else."""

import pytest

from support.contracts import exchange
from wireproof.errors import ContractError
from wireproof.examining import examine
from wireproof.openapi import load_contract

FILES = {
    "parts/task.yaml": b"""\
Task:
  type: object
  properties:
    owner: {$ref: 'people.yaml#/Owner'}
    next: {$ref: '#/Task'}
    again: {$ref: '../spec.yaml#/components/schemas/Local'}
""",
    "parts/people.yaml": b"Owner: {$anchor: owner, type: object, properties: {name: {type: string}}}\n",
    "whole.json": b'{"type": "integer"}',
    "broken.yaml": b"a: [1",
    "with space.yaml": b"{type: boolean}",
}
SPEC = """\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /thing:
    get:
      operationId: get
      responses:
        '200':
          content:
            application/json:
              schema: SCHEMA
components:
  schemas:
    Local: {type: string}
    Named: {$anchor: here, type: array}
    Loop: {$ref: '#/components/schemas/Loop'}
    One: {$ref: '#/components/schemas/Two'}
    Two: {$ref: '#/components/schemas/One'}
"""


def read(name):
    return FILES[name]


def load(reference, read=read):
    text = SPEC.replace("SCHEMA", f"{{$ref: '{reference}'}}")
    return load_contract("api/spec.yaml", text.encode(), provider="p", read=read)


def found(reference, body):
    report = examine([load(reference)], [exchange(body)])
    return [(one.rule, one.location.pointer, str(one.contract)) for one in report.findings]


FOLLOWED = {
    "in the document": ("#/components/schemas/Local", 3, [("type-changed", "", "api/spec.yaml:14")]),
    "by an anchor": ("#here", "x", [("array-unwrapped", "", "api/spec.yaml:15")]),
    "to a whole file": ("whole.json", "x", [("type-changed", "", "api/whole.json:1")]),
    "escaped": ("with%20space.yaml", "x", [("type-changed", "", "api/with space.yaml:1")]),
    "from file to file": (
        "parts/task.yaml#/Task",
        {"owner": {"name": 3}},
        [("type-changed", "/owner/name", "api/parts/people.yaml:1")],
    ),
    "in a circle through members": (
        "./parts/task.yaml#/Task",
        {"next": {"next": {"owner": 3}}},
        [("type-changed", "/next/next/owner", "api/parts/people.yaml:1")],
    ),
    "back to the document": (
        "parts/task.yaml#/Task",
        {"again": 3},
        [("type-changed", "/again", "api/spec.yaml:14")],
    ),
    "to an anchor of another file": (
        "parts/people.yaml#owner",
        {"name": 3},
        [("type-changed", "/name", "api/parts/people.yaml:1")],
    ),
}


@pytest.mark.parametrize(("reference", "body", "expected"), FOLLOWED.values(), ids=FOLLOWED)
def test_references_are_followed(reference, body, expected):
    assert found(reference, body) == expected


REFUSED = {
    "nowhere": "#/components/schemas/Locl",
    "nowhere in another file": "parts/people.yaml#/Ownr",
    "an anchor that is not there": "#there",
    "out of the folder": "../secret.yaml",
    "out of the folder on a way round": "parts/../../secret.yaml",
    "an absolute file": "/etc/passwd",
    "a file's address": "file:///etc/passwd",
    "the network": "https://example.com/schema.yaml#/A",
    "a host without scheme": "//example.com/schema.yaml",
    "a file that is not there": "gone.yaml",
    "a broken file": "broken.yaml",
    "itself": "#/components/schemas/Loop",
    "a circle of two": "#/components/schemas/One",
    "a backslash": "..\\\\secret.yaml",
    "an escaped way out": "%2e%2e/secret.yaml",
}


@pytest.mark.parametrize("reference", REFUSED.values(), ids=REFUSED)
def test_other_references_are_refused_with_a_line_and_a_hint(reference):
    asked = []

    def watching(name):
        asked.append(name)
        try:
            return FILES[name]
        except KeyError:
            raise FileNotFoundError(name) from None

    with pytest.raises(ContractError) as caught:
        load(reference, read=watching)
    assert str(caught.value).startswith("api/")
    assert caught.value.hint
    assert [name for name in asked if name.startswith(("/", "..")) or ":" in name] == []


def test_a_near_miss_is_named():
    with pytest.raises(ContractError) as caught:
        load("#/components/schemas/Locl")
    assert caught.value.hint == "did you mean #/components/schemas/Local ?"


def test_without_a_reader_other_files_are_not_asked_for():
    with pytest.raises(ContractError) as caught:
        load("whole.json", read=None)
    assert "whole.json" in str(caught.value)


def test_responses_headers_and_path_items_may_be_references():
    text = """\
openapi: 3.1.0
info: {}
paths:
  /a: {$ref: '#/components/pathItems/A'}
components:
  pathItems:
    A: {get: {responses: {'200': {$ref: '#/components/responses/Fine'}}}}
  responses:
    Fine: {headers: {X-A: {$ref: '#/components/headers/A'}}}
  headers:
    A: {required: true}
"""
    contract = load_contract("spec.yaml", text.encode(), provider="p")
    (answer,) = contract.operations[0].responses
    assert [(header.name, header.required, header.schema) for header in answer.headers] == [
        ("x-a", True, None)
    ]
