"""Contracts from fragments, as few lines as a test needs."""

import json
import random

from wireproof.examining import Options, examine
from wireproof.exchange import Exchange, Origin
from wireproof.openapi import load_contract


def document(schema=None, *, version="3.1.0", responses=None, schemas=None, path="/thing", **more):
    """Return an OpenAPI document with one operation; `schema` is that of its 200 JSON body."""
    if responses is None:
        responses = {"200": {"description": "d", "content": {"application/json": {"schema": schema}}}}
    return {
        "openapi": version,
        "info": {"title": "t", "version": "1"},
        "paths": {path: {"get": {"operationId": "get", "responses": responses}}},
        "components": {"schemas": schemas or {}},
        **more,
    }


def contract(schema=None, *, provider="p", read=None, **more):
    """Return the contract of `document(...)`."""
    text = json.dumps(document(schema, **more))
    return load_contract("spec.json", text.encode(), provider=provider, read=read)


def load(document, *, provider="p"):
    """Return the contract of a whole document."""
    return load_contract("spec.json", json.dumps(document).encode(), provider=provider)


def body_schema(made):
    """Return the schemas of a contract and the name of its first body's schema."""
    return made.schemas, made.operations[0].responses[0].bodies[0].schema


def exchange(body, *, status=200, text=None, headers=None, index=0, source="capture.jsonl", **more):
    """Return an answer with a JSON body to GET /thing."""
    raw = text.encode() if isinstance(text, str) else json.dumps(body).encode() if text is None else text
    given = {"method": "GET", "url": "/thing", **more}
    headers = {"content-type": "application/json"} if headers is None else headers
    return Exchange.from_parts(
        body=raw, status=status, headers=headers, origin=Origin(source, index), **given
    )


def findings(made, *bodies, **options):
    """Return (rule, pointer) of each finding on some bodies, in the report's order."""
    records = [exchange(body, index=index) for index, body in enumerate(bodies)]
    report = examine([made], records, options=Options(**options))
    return [(finding.rule, finding.location.pointer) for finding in report.findings]


def seeded(seed):
    """Return a source of choices that gives the same ones every time."""
    return random.Random(seed)
