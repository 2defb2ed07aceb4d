"""A string that is promised to hold JSON, and does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Rule
from wireproof.rules.scene import MeaningRule, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE", "promises_json"]


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding for each text under `contentMediaType: application/json` that is no JSON."""
    for field in scene.fields:
        schema, text = field.schema, field.value
        if not isinstance(text, str) or not text.strip() or "contentEncoding" in schema:
            continue
        if not promises_json(schema.get("contentMediaType")) or scene.rejected(field.pointer):
            continue
        wrong = _complaint(text)
        if wrong is not None:
            yield scene.finding(
                RULE.rule,
                field.pointer,
                promised=f"{schema['contentMediaType']} inside a string",
                observed=f"{scene.shown(text, field.pointer)} that is no JSON: {wrong}",
                mend="read the field as plain text, or drop contentMediaType from the contract",
                kind="no JSON",
                contract=scene.answer.judge.schemas.place(schema, "contentMediaType"),
            )


def promises_json(media_type: object) -> bool:
    """Return whether a media type is one of JSON."""
    if not isinstance(media_type, str):
        return False
    bare = media_type.partition(";")[0].strip().lower()
    return bare == "application/json" or bare.endswith("+json")


def _complaint(text: str) -> str | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return f"{error.msg} at character {error.pos}"
    except (ValueError, RecursionError):
        return None
    return None


RULE = MeaningRule(
    Rule(
        "embedded-json-invalid",
        Severity.WARNING,
        "meaning",
        "A string that is promised to hold JSON does not parse.",
    ),
    check,
)
