"""A status that no response of the operation promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, AnswerRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(answer: Answer) -> Iterator[Finding]:
    """Yield a finding where the status has no response: not exactly, not by range, no default."""
    status = answer.exchange.response.status
    if status is None or answer.match.response is not None:
        return
    operation = answer.match.operation
    promised = ", ".join(response.status for response in operation.responses) or "no response at all"
    success = 200 <= status < 300  # noqa: PLR2004 - RFC 9110, section 15: the successes
    yield answer.finding(
        RULE.rule,
        part="status",
        pointer="",
        promised=promised,
        observed=str(status),
        message=f"promised {promised}, came {status}: its body cannot be judged",
        mend=f"add a response '{status}' to {operation.method} {operation.path}",
        kind=str(status),
        contract=operation.place,
        severity=Severity.ERROR if success else Severity.WARNING,
    )


RULE = AnswerRule(
    Rule(
        "undocumented-status",
        Severity.ERROR,
        "transport",
        "The HTTP status is not among the promised ones (a warning outside 2xx).",
    ),
    check,
)
