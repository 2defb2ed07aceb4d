"""Schemathesis: its four conformance checks of responses, on responses made from the recording."""

from __future__ import annotations

import orjson
import requests
import schemathesis
from lines import ask, document
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
operation = next(iter(schemathesis.openapi.from_dict(document()).get_all_operations())).ok()
case = operation.Case(path_parameters={"id": "x"})


def failures(line: bytes) -> int:
    """Return how many checks fail."""
    exchange = orjson.loads(line)
    asked, answered = exchange["request"], exchange["response"]
    response = schemathesis.Response(
        status_code=answered["status"],
        headers={name: [value] for name, value in answered["headers"].items()},
        content=orjson.dumps(answered["body"]),
        request=requests.Request(asked["method"], asked["url"]).prepare(),
        elapsed=0.1,
        verify=False,
    )
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        return len(group.exceptions)
    return 0


ask(failures)
