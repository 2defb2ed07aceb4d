"""jsonschema on the corpus: the body against the schema of the answer it was made for."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

from errors import statement
from jsonschema import Draft202012Validator

work = Path(sys.argv[1])
validators: dict[str, Draft202012Validator] = {}


def judged(exchange: dict) -> list[dict]:
    """Return the statements on one exchange."""
    name = exchange["schema"]
    if name is None:
        return []
    try:
        body = json.loads(base64.b64decode(exchange["body"]))
    except ValueError:
        return [{"pointer": "", "parts": []}]
    if name not in validators:
        schema = json.loads((work / "schemas" / name).read_text())
        checker = Draft202012Validator.FORMAT_CHECKER
        validators[name] = Draft202012Validator(schema, format_checker=checker)
    return [statement(error) for error in validators[name].iter_errors(body)]


for line in sys.stdin:
    sample = json.loads(line)
    found = [one for exchange in sample["exchanges"] for one in judged(exchange)]
    print(json.dumps({"id": sample["id"], "said": found}))
