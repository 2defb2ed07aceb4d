"""A body, or a part of it, that moved under a key of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity, json_pointer
from wireproof.rules.rule import Answer, ChangeRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.diagnosis import Change

__all__ = ["RULE"]


def check(answer: Answer, change: Change, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield the finding for content that came one or more keys deeper than promised."""
    where = json_pointer(change.at) or "the top of the body"
    yield answer.of_change(
        RULE.rule,
        change,
        promised=f"the content at {where}",
        observed=f"the content under {json_pointer(change.to)}",
        mend=f"read the content from {json_pointer(change.to)}, and describe the envelope in the contract",
        absorbs=absorbed,
    )


RULE = ChangeRule(
    Rule(
        "envelope-added",
        Severity.ERROR,
        "structure",
        "Content moved under a new key: an envelope was put around it.",
    ),
    check,
)
