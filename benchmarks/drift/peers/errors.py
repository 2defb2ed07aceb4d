"""What jsonschema says, as statements: each error's place, and the places of what led to it."""

from __future__ import annotations

from typing import Any

__all__ = ["statement"]


def statement(error: Any) -> dict[str, Any]:
    """Return one error of jsonschema as a statement; the errors of a union's branches are its parts."""
    path = ["*" if isinstance(token, int) else str(token) for token in error.absolute_path]
    if error.validator == "required":
        missing = [
            name for name in error.validator_value if f"'{name}' is a required property" == error.message
        ]
        path += missing[:1]
    return {
        "pointer": "".join(f"/{token.replace('~', '~0').replace('/', '~1')}" for token in path),
        "parts": [statement(part) for part in error.context or ()],
    }
