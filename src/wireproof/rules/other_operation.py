"""An answer that fits another known operation far better than the one that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, OperationRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.recognising import Candidate

__all__ = ["RULE"]


def check(answer: Answer, other: Candidate, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield the finding that names the operation whose answer came; it absorbs all others."""
    operation = answer.match.operation
    yield answer.finding(
        RULE.rule,
        part="body",
        pointer="",
        promised=f"an answer of {operation.provider} {operation.id}",
        observed=f"an answer of {other.label}",
        mend="look at which host or route answered; if this is right, name the other operation",
        kind=other.label,
        contract=answer.promise,
        absorbs=absorbed,
    )


RULE = OperationRule(
    Rule(
        "other-operation",
        Severity.ERROR,
        "structure",
        "The body is the answer of another known operation or provider.",
    ),
    check,
)
