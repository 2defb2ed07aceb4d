"""jsonschema-rs: the verdict alone, or (`all`) every error."""

from __future__ import annotations

import sys

import jsonschema_rs
import orjson
from lines import ask, schema

validator = jsonschema_rs.Draft202012Validator(schema(), validate_formats=True)


def rejected(line: bytes) -> bool:
    """Return whether the body breaks the schema."""
    return not validator.is_valid(orjson.loads(line)["response"]["body"])


def errors(line: bytes) -> list[object]:
    """Return all errors of the body."""
    return list(validator.iter_errors(orjson.loads(line)["response"]["body"]))


ask(errors if sys.argv[4:] == ["all"] else rejected)
