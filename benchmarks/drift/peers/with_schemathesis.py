"""Schemathesis on the corpus: its four conformance checks on handmade responses."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

import requests
import schemathesis
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

work = Path(sys.argv[1])
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
operations: dict[tuple[str, str], Any] = {}


def operation(api: str, name: str) -> Any:
    """Return one operation of a document, kept for the next response."""
    if (api, name) not in operations:
        schema = schemathesis.openapi.from_dict(json.loads((work / "apis" / f"{api}.json").read_text()))
        for result in schema.get_all_operations():
            one = result.ok()
            operations[api, one.definition.raw["operationId"]] = one
    return operations[api, name]


def place(failure: Any) -> str:
    """Return the pointer of a failure; the whole body where it names none."""
    path = ["*" if isinstance(token, int) else str(token) for token in getattr(failure, "instance_path", ())]
    message = str(getattr(failure, "_raw_message", ""))
    if message.endswith(" is a required property"):
        path.append(message.removesuffix(" is a required property").strip('"'))
    return "".join(f"/{token.replace('~', '~0').replace('/', '~1')}" for token in path)


def judged(api: str, exchange: dict) -> list[dict]:
    """Return the statements on one exchange."""
    request = requests.Request(exchange["method"], exchange["url"]).prepare()
    headers = {name: [value] for name, value in exchange["headers"]}
    response = schemathesis.Response(
        status_code=exchange["status"],
        headers=headers,
        content=base64.b64decode(exchange["body"]),
        request=request,
        elapsed=0.1,
        verify=False,
    )
    target = operation(api, exchange["op"])
    case = target.Case(path_parameters=dict.fromkeys(exchange["parameters"], "x"))
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        return [{"pointer": place(one), "parts": []} for one in group.exceptions]
    return []


for line in sys.stdin:
    sample = json.loads(line)
    said = []
    for one in sample["exchanges"]:
        try:
            said += judged(sample["api"], one)
        except Exception as error:  # noqa: BLE001 - a crash is what the tool says
            print(f"{sample['id']}: {type(error).__name__}: {error}", file=sys.stderr)
            said.append({"pointer": "", "parts": []})
    print(json.dumps({"id": sample["id"], "said": said}))
