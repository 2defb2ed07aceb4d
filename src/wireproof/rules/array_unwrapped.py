"""A list that came as its one item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, ChangeRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.diagnosis import Change

__all__ = ["RULE"]


def check(answer: Answer, change: Change, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield the finding for one value that came where a list of such was promised."""
    yield answer.of_change(
        RULE.rule,
        change,
        promised="a list",
        observed="one item without its list",
        mend="admit both forms in the contract, and read a lone item as a list of one",
        absorbs=absorbed,
    )


RULE = ChangeRule(
    Rule(
        "array-unwrapped", Severity.ERROR, "structure", "A list was promised, and one item came without it."
    ),
    check,
)
