"""A promised response header that did not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, AnswerRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(answer: Answer) -> Iterator[Finding]:
    """Yield a finding for each required header that is absent; captures without headers tell nothing."""
    response = answer.match.response
    if response is None or not answer.exchange.response.headers:
        return
    for header in response.headers:
        if header.required and answer.exchange.response.header(header.name) is None:
            yield answer.finding(
                RULE.rule,
                part="header",
                pointer=f"/{header.name}",
                promised=f"the header {header.name}",
                observed="no such header",
                mend="make the header optional in the contract, or ask the provider",
                kind="absent",
                contract=header.place,
            )


RULE = AnswerRule(
    Rule("header-missing", Severity.WARNING, "transport", "A required response header is absent."), check
)
