"""Content that came without the key it was promised under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity, json_pointer
from wireproof.rules.rule import Answer, ChangeRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.diagnosis import Change

__all__ = ["RULE"]


def check(answer: Answer, change: Change, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield the finding for content that came one or more keys higher than promised."""
    where = json_pointer(change.to) or "the top of the body"
    yield answer.of_change(
        RULE.rule,
        change,
        promised=f"the content under {json_pointer(change.at)}",
        observed=f"the content itself at {where}",
        mend=f"read the content from {where}, and take the envelope out of the contract",
        absorbs=absorbed,
    )


RULE = ChangeRule(
    Rule(
        "envelope-removed",
        Severity.ERROR,
        "structure",
        "An envelope is gone: its content came without the key around it.",
    ),
    check,
)
