"""A member that no schema names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, Rule, SiteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.validating import Site

__all__ = ["RULE"]


def check(answer: Answer, site: Site, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield a finding for each member that nothing in the contract names."""
    yield answer.at_site(
        RULE.rule,
        site,
        observed=answer.shown(site),
        message=f"a member that the contract does not name, came {answer.shown(site)}",
        mend="describe the member in the contract, or admit such members with additionalProperties: true",
        absorbs=absorbed,
    )


RULE = SiteRule(
    Rule(
        "undocumented-field",
        Severity.WARNING,
        "shape",
        "A member that no schema which applies there names, through every composition.",
    ),
    frozenset({"undocumented"}),
    check,
)
