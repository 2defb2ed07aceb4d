"""Contracts made of one schema, and the package of their models."""

import importlib
import json
import sys

import pytest

from wireproof.codegen import generate
from wireproof.openapi import load_contract


@pytest.fixture(scope="session")
def contract():
    """Return a function that makes a contract with one operation, whose answer has a given schema."""

    def make(schema, *, components=None, version="3.1.0", operation="getTask", provider="acme", status="200"):
        answer = {"description": "", "content": {"application/json": {"schema": schema}}}
        document = {
            "openapi": version,
            "info": {"title": "t", "version": "1"},
            "paths": {"/task": {"get": {"operationId": operation, "responses": {status: answer}}}},
            "components": {"schemas": components or {}},
        }
        return load_contract("acme.json", json.dumps(document).encode(), provider=provider)

    return make


@pytest.fixture
def models(tmp_path, monkeypatch):
    """Return a function from contracts to the imported package of their models."""
    monkeypatch.syspath_prepend(tmp_path)
    count = iter(range(1000))
    made = []

    def write(*contracts):
        made.append(f"made_{next(count)}")
        generate(contracts, tmp_path / made[-1])
        importlib.invalidate_caches()
        return importlib.import_module(made[-1])

    yield write
    for name in [name for name in sys.modules if name.split(".", 1)[0] in made]:
        del sys.modules[name]
