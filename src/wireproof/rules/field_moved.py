"""A member that came at another place under the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity, json_pointer
from wireproof.rules.rule import Answer, ChangeRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.diagnosis import Change

__all__ = ["RULE"]


def check(answer: Answer, change: Change, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield the finding for a member that stands elsewhere than promised."""
    yield answer.of_change(
        RULE.rule,
        change,
        promised=f"the member at {json_pointer(change.at)}",
        observed=f"the member at {json_pointer(change.to)}",
        mend="move the member in the contract, and read it from its new place",
        absorbs=absorbed,
    )


RULE = ChangeRule(
    Rule("field-moved", Severity.ERROR, "structure", "A member came under the same name at another place."),
    check,
)
