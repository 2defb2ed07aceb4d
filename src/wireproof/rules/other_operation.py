"""An answer that fits another known operation far better than the one that was asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Rule

if TYPE_CHECKING:
    from wireproof.recognising import Candidate
    from wireproof.rules.rule import Answer

__all__ = ["RULE", "told"]

RULE = Rule(
    "other-operation",
    Severity.ERROR,
    "structure",
    "The body is the answer of another known operation or provider.",
)


def told(answer: Answer, other: Candidate, absorbed: tuple[Finding, ...]) -> Finding:
    """Return the finding that names the operation whose answer came; it absorbs all others."""
    operation = answer.match.operation
    finding = answer.finding(
        RULE,
        part="body",
        pointer="",
        promised=f"an answer of {operation.provider} {operation.id}",
        observed=f"an answer of {other.label}",
        mend="look at which host or route answered; if this is right, name the other operation",
        kind=other.label,
        contract=answer.promise,
    )
    return replace(finding, absorbs=absorbed)
