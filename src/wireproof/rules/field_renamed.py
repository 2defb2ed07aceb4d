"""A member that came under another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, ChangeRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.diagnosis import Change

__all__ = ["RULE"]


def check(answer: Answer, change: Change, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield the finding for a member whose name is another one than promised."""
    yield answer.of_change(
        RULE.rule,
        change,
        promised=f"the name {change.expected[-1]}",
        observed=f"the name {change.found[-1]}",
        mend="rename the member in the contract; read both names while the provider changes over",
        absorbs=absorbed,
    )


RULE = ChangeRule(
    Rule(
        "field-renamed",
        Severity.ERROR,
        "structure",
        "A member came under another name: another style, a typo, a prefix, a synonym.",
    ),
    check,
)
