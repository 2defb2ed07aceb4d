"""What openapi-spec-validator finds in a document, lint finds too, and lint never breaks."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import (
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)

from wireproof.finding import Severity
from wireproof.lint import lint
from wireproof.openapi import Document, build_contract, read_document

CLEAN = {
    path.stem: read_document(path.name, path.read_bytes()).value
    for path in sorted((Path(__file__).parent / "clean").glob("*.yaml"))
}
VALIDATORS = {
    "3.0": OpenAPIV30SpecValidator,
    "3.1": OpenAPIV31SpecValidator,
    "3.2": OpenAPIV32SpecValidator,
}
JUNK = [
    *(None, [], {}, "x", "", 3, -1, 1.5, True, False, [None], [1, "a"], {"a": 1}, [[]], [{}], "object"),
    *({"$ref": "#/components/schemas/Nope"}, {"$ref": 5}, [{"$ref": "#/paths"}], {"type": []}),
    *({"type": "object"}, {"a": {"b": [1]}}, ["string", "null"], "#/components/schemas/Task"),
]


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of every value inside a document, itself excepted."""
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [place for key, member in members for place in ((*path, key), *places(member, (*path, key)))]


PLACES = [(version, place) for version, document in CLEAN.items() for place in places(document)]


def changed(version: str, place: tuple[str | int, ...], value: object) -> dict[str, object]:
    document = deepcopy(CLEAN[version])
    holder = document
    for token in place[:-1]:
        holder = holder[token]
    holder[place[-1]] = deepcopy(value)
    return document


def complaints(version: str, document: dict[str, object]) -> list[str]:
    """Return what the validator says, what it raises included."""
    try:
        return [error.message for error in VALIDATORS[version](document).iter_errors()]
    except Exception as error:  # noqa: BLE001 - it raises what it comes upon
        return [repr(error)]


@settings(max_examples=120, deadline=None)
@given(place=st.sampled_from(PLACES), value=st.sampled_from(JUNK))
def test_whatever_the_validator_finds_is_found(place, value):
    version, path = place
    document = changed(version, path, value)

    defects = lint(Document.from_value("api", document))

    if not any(defect.severity is not Severity.INFO for defect in defects):
        ignored = version == "3.0" and "$ref" in json.dumps(document) and path[-1] == "description"
        assert ignored or complaints(version, document) == []


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(PLACES), value=st.sampled_from(JUNK))
def test_a_contract_without_errors_can_be_used(place, value):
    document = Document.from_value("api", changed(place[0], place[1], value))

    if not any(defect.severity is Severity.ERROR for defect in lint(document)):
        build_contract(document, provider="x")


@pytest.mark.parametrize("version", CLEAN)
def test_the_clean_documents_are_clean_for_the_validator_too(version):
    assert complaints(version, CLEAN[version]) == []
