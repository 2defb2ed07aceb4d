"""What is wrong with one value, in words: for the faults of our own schemas of contracts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wireproof.lint.defect import near, shown

if TYPE_CHECKING:
    from wireproof.validating.engine import Fault

__all__ = ["form_of", "value_message"]

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
    "^(?:/(?:[^~/]|~0|~1)*)*$": "is a JSON Pointer such as /data/status",
    "^(?:(?:path|query|header|cookie)\\..+|body\\.(?:/.*)?)$": "is written like path.id or body./id",
    "^[A-Za-z%°µ][A-Za-z0-9%°µ/^._-]{0,30}$": "is a short word such as epoch-ms",
    "^[1-5](?:[0-9]{2}|XX)$": "is a status such as 200 or 4XX",
    "^[1-5](?:\\d{2}|XX)$": "is a status such as 200 or 4XX",
    "^[a-zA-Z0-9._-]+$": "has only letters, digits and . _ -",
    "^[a-zA-Z0-9\\.\\-_]+$": "has only letters, digits and . _ -",
}


_EMPTY = ("is empty", "write at least one entry, or leave the field out")
_MANY = ("has more than {expected} entries", "keep at most {expected}")
_PLAIN = {
    **dict.fromkeys(("minItems", "minLength", "minProperties"), _EMPTY),
    **dict.fromkeys(("maxItems", "maxProperties"), _MANY),
    "format": ("is {value}, which is not of the form {expected}", "write a value of the form {expected}"),
    "minimum": ("is {value}; expected is at least {expected}", "write at least {expected}"),
    "uniqueItems": ("lists one entry twice", "keep one of the two"),
}
_OTHER = ("does not fit `{keyword}: {expected}`", "compare it with the specification")


def form_of(pattern: str) -> str:
    """Return what a pattern asks for, as the rest of a sentence: `begins with /`."""
    return _PATTERNS.get(pattern, f"matches {pattern}")


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
        form = form_of(str(expected))
        return f"is {shown(value)}; expected is a text that {form}", f"write one that {form}"
    message, mend = _PLAIN.get(fault.keyword, _OTHER)
    words = {"value": shown(value), "expected": shown(expected), "keyword": fault.keyword}
    return message.format(**words), mend.format(**words)


def _fixed(members: list[Any], value: Any) -> tuple[str, str]:
    words = [json.dumps(member, ensure_ascii=False) for member in members]
    listed = ", ".join(words[:_LISTED])
    wanted = f"one of {listed}" if len(words) > 1 else listed
    close = near(value, {m for m in members if isinstance(m, str)}) if isinstance(value, str) else None
    mend = f'did you mean "{close}" ?' if close else f"write {wanted}"
    return f"is {_given(value)}; expected is {wanted}", mend


def _given(value: Any) -> str:
    return "nothing (null)" if value is None else shown(value)
