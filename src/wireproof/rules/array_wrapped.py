"""One value that came as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, ChangeRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.diagnosis import Change

__all__ = ["RULE"]


def check(answer: Answer, change: Change, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield the finding for a list that holds what was promised alone."""
    yield answer.of_change(
        RULE.rule,
        change,
        promised="one value",
        observed="a list of such values",
        mend="promise an array in the contract, and read its items",
        absorbs=absorbed,
    )


RULE = ChangeRule(
    Rule(
        "array-wrapped",
        Severity.ERROR,
        "structure",
        "One value was promised, and a list of such values came.",
    ),
    check,
)
