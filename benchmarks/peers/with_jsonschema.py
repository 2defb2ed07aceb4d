"""jsonschema: every error, formats included."""

from __future__ import annotations

import orjson
from jsonschema import Draft202012Validator
from lines import ask, schema

validator = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def errors(line: bytes) -> list[object]:
    """Return all errors of the body."""
    return list(validator.iter_errors(orjson.loads(line)["response"]["body"]))


ask(errors)
