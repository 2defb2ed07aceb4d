"""Schemas of several parts: what the page claims of each field, all parts taken together."""

import json

import pytest
import yaml

from wireproof.claims.page import read_page
from wireproof.claims.rendering import claim_line

HEAD = """openapi: 3.1.0
paths:
  /parcels:
    post:
      responses:
        '200':
          content:
            application/json:
              schema: {}
"""
SCHEMAS = """
components:
  schemas:
    Envelope:
      type: object
      required: [parcel]
      properties:
        code: {type: integer}
        parcel: {type: object}
    Loop:
      allOf: [{$ref: '#/components/schemas/Loop'}]
      properties:
        again: {$ref: '#/components/schemas/Loop'}
"""

READ = {
    "all of the parts hold at once: required by one is required": (
        """
allOf:
- $ref: '#/components/schemas/Envelope'
- properties:
    parcel:
      properties:
        weight: {type: number, description: In kilograms}
""",
        ["code integer optional", "parcel object required", "parcel.weight number optional"],
    ),
    "a part that only requires": (
        "properties: {id: {type: string}}\nallOf: [{required: [id]}]",
        ["id string required"],
    ),
    "the narrower of two types, and the values that both parts have": (
        """
allOf:
- properties: {size: {type: number, enum: [1, 2, 3]}}
- properties: {size: {type: integer, enum: [2]}}
""",
        ["size integer enum 2"],
    ),
    "parts that exclude each other stay two claims": (
        "allOf: [{properties: {id: {type: string}}}, {properties: {id: {type: integer}}}]",
        ["id integer", "id string"],
    ),
    "one of the branches: the words that tell them apart are one list": (
        """
required: [kind]
oneOf:
- properties: {kind: {const: letter}, pages: {type: integer}}
- properties: {kind: {const: crate}, weight: {type: number}}
""",
        ["kind required enum letter, crate", "pages integer optional", "weight number optional"],
    ),
    "what each of the branches requires is required": (
        """
anyOf:
- {required: [id], properties: {id: {type: string}}}
- {required: [id, at], properties: {id: {type: integer}, at: {type: string}}}
- {type: 'null'}
""",
        ["at string", "id string|integer required"],
    ),
    "a field of one of several types, and perhaps null": (
        "required: [id]\nproperties: {id: {anyOf: [{type: string}, {type: integer}, {type: 'null'}]}}",
        ["id string|integer|null required nullable"],
    ),
    "a branch that is open leaves the list of values open": (
        "required: [id]\nproperties: {id: {anyOf: [{enum: [a, b]}, {type: string}]}}",
        ["id required"],
    ),
    "values of all branches, where each is closed": (
        "required: [id]\nproperties: {id: {oneOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}}",
        ["id string required enum a, b"],
    ),
    "a schema that requires something leaves the rest optional": (
        "properties: {id: {type: string}, at: {required: [day], properties: {day: {}, hour: {}}}}",
        ["at object optional", "at.day required", "at.hour optional", "id string optional"],
    ),
    "a schema that requires nothing does not say that all is optional": (
        "properties: {id: {type: string}, at: {properties: {day: {}}}}",
        ["at object", "at.day", "id string"],
    ),
    "a description that speaks of null": (
        "required: [why]\nproperties: {why: {type: string, description: What failed; null on success}}",
        ["why string required nullable"],
    ),
    "a schema that is a part of itself": ("$ref: '#/components/schemas/Loop'", ["again object"]),
    "values with names, of two branches": (
        """
oneOf:
- properties: {kind: {type: string, x-enum: [{value: letter, description: Flat}]}}
- properties: {kind: {type: string, x-enum: [{value: crate, description: Wooden}]}}
""",
        ["kind string", "values  response 200  kind: letter = Flat, crate = Wooden"],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_the_parts_of_a_schema_are_read_together(name):
    schema, expected = READ[name]
    document = yaml.safe_load(HEAD + SCHEMAS)
    response = document["paths"]["/parcels"]["post"]["responses"]["200"]
    response["content"]["application/json"]["schema"] = yaml.safe_load(schema)
    page = read_page(yaml.safe_dump(document, sort_keys=False).encode(), name="parcels.yaml")
    lines = [claim_line(claim).split("  ", 1)[1] for claim in page.claims]
    told = [line.removeprefix("field  ").removeprefix("response 200  ") for line in lines]
    assert expected == sorted(line for line in told if not line.startswith("operation"))


SORTED = """components:
  schemas:
    Parcel:
      properties:
        openapi: {example: 3}
        id: {type: string}
info: {title: Parcels, version: '1'}
openapi: 3.0.0
paths:
  /parcels:
    get:
      responses:
        '200':
          content: {application/json: {schema: {$ref: '#/components/schemas/Parcel'}}}
"""


@pytest.mark.parametrize("language", ["yaml", "json"])
def test_a_document_in_a_fence_may_have_its_keys_in_any_order(language):
    text = SORTED if language == "yaml" else json.dumps(yaml.safe_load(SORTED), indent=2)
    page = read_page(f"# Parcels\n\n```{language}\n{text}\n```\n".encode(), name="parcels.md")
    told = [claim_line(claim).split("  ", 1)[1] for claim in page.claims]
    assert sorted(told) == [
        "field  response 200  id string",
        "field  response 200  openapi example 3",
        "operation  GET /parcels",
    ]


CALLED_BACK = """openapi: 3.1.0
paths:
  /parcels:
    post:
      callbacks:
        delivered:
          '{$request.body#/notify}':
            post:
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      required: [parcel]
                      properties:
                        parcel: {type: string}
                    example: {parcel: p1}
              responses:
                '200': {description: Taken}
webhooks:
  depot closed:
    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {depot: {type: integer}}}
"""


def read(text):
    page = read_page(text.encode(), name="parcels.yaml")
    return [(claim_line(claim).split("  ", 2)[2], claim.scope) for claim in page.claims][1:]


def test_the_bodies_of_callbacks_and_webhooks_are_read_each_as_a_body_of_its_own():
    told = [(line, scope.operation, scope.side, scope.called_back) for line, scope in read(CALLED_BACK)]
    assert told == [
        ("response  parcel string required", "POST /parcels", "response", True),
        ("response  {parcel}", "POST /parcels", "response", True),
        ("response  depot integer", "depot closed", "response", True),
    ]


def test_several_callbacks_of_one_operation_are_told_apart_by_their_names():
    lost = CALLED_BACK.replace(
        "        delivered:\n", "        lost: {'{$request.query.url}': {post: {}}}\n        delivered:\n"
    )
    assert {"POST /parcels [delivered]", "depot closed"} == {scope.operation for _, scope in read(lost)}
