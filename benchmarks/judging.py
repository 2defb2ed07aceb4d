"""Print, as JSON, what judging one body costs here: wireproof, and bare jsonschema."""

from __future__ import annotations

import json

import jsonschema
from clock import ratio
from starting import CONTRACT, EXAMPLE

import wireproof
from wireproof.examining import Examiner
from wireproof.validating import Judge

body = EXAMPLE.read_bytes()
contract = wireproof.load_contract(CONTRACT)
operation = contract.operations[0]
name = operation.responses[0].bodies[0].schema or ""
judge = Judge(contract.schemas)
reference = jsonschema.Draft202012Validator(judge.applicable.document(contract.schemas.defs[name]))
exchange = wireproof.Exchange.from_parts(
    method="POST",
    url="https://video.a2e.ai/api/v1/video/awsResult",
    status=200,
    headers={"content-type": "application/json"},
    body=body,
)
examiner = Examiner([contract])

print(
    json.dumps(
        {
            "wireproof: verdict and undocumented fields": ratio(
                lambda: judge.judge(name, json.loads(body)), body=body
            ),
            "wireproof: a whole exchange, matched and counted": ratio(
                lambda: examiner.take(exchange), body=body
            ),
            "jsonschema: verdict alone": ratio(
                lambda: list(reference.iter_errors(json.loads(body))), body=body
            ),
        }
    )
)
