"""What is wrong with one value, in words: for the faults of our own schemas of contracts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wireproof.lint.defect import near, shown

if TYPE_CHECKING:
    from wireproof.validating.engine import Fault

__all__ = ["value_message"]

_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
_LISTED = 12
_PATTERNS = {
    "^/": "begins with /",
    "^\\/": "begins with /",
    "^3\\.0\\.\\d(-.+)?$": "is a version such as 3.0.4",
    "^3\\.1\\.\\d+(-.+)?$": "is a version such as 3.1.1",
    "^3\\.2\\.\\d+(-.+)?$": "is a version such as 3.2.0",
    "^[a-zA-Z0-9._-]+$": "has only letters, digits and . _ -",
    "^[a-zA-Z0-9\\.\\-_]+$": "has only letters, digits and . _ -",
}


def value_message(fault: Fault, value: Any) -> tuple[str, str]:
    """Return what is wrong with a value, as the rest of a sentence, and what to do about it."""
    schema = fault.schema if isinstance(fault.schema, dict) else {}
    expected = schema.get(fault.keyword)
    if fault.keyword == "type":
        kinds = [expected] if isinstance(expected, str) else expected or []
        wanted = " or ".join(_TYPES.get(kind, kind) for kind in kinds)
        return f"takes {wanted}, not {_given(value)}", f"write {wanted}"
    if fault.keyword in {"enum", "const"}:
        return _fixed(expected if isinstance(expected, list) else [expected], value)
    if fault.keyword == "pattern":
        form = _PATTERNS.get(str(expected), f"matches {expected}")
        return f"is {shown(value)}; expected is a text that {form}", f"write one that {form}"
    if fault.keyword in {"minProperties", "minItems", "minLength"}:
        return "is empty", "write at least one entry, or leave the field out"
    if fault.keyword in {"maxProperties", "maxItems"}:
        return f"has more than {expected} entries", f"keep at most {expected}"
    if fault.keyword == "format":
        return f"is {shown(value)}, which is no {expected}", f"write a value of the form {expected}"
    if fault.keyword == "uniqueItems":
        return "lists one entry twice", "keep one of the two"
    if fault.keyword == "false":
        return "has no place here", "remove it"
    return f"does not fit {fault.keyword}: {shown(expected)}", "compare it with the specification"


def _fixed(members: list[Any], value: Any) -> tuple[str, str]:
    words = [json.dumps(member, ensure_ascii=False) for member in members]
    listed = ", ".join(words[:_LISTED])
    wanted = f"one of {listed}" if len(words) > 1 else listed
    close = near(value, {m for m in members if isinstance(m, str)}) if isinstance(value, str) else None
    mend = f'did you mean "{close}" ?' if close else f"write {wanted}"
    return f"is {_given(value)}; expected is {wanted}", mend


def _given(value: Any) -> str:
    return "nothing (null)" if value is None else shown(value)
