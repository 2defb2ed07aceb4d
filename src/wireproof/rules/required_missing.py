"""A required member that did not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, Rule, SiteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.validating import Site

__all__ = ["RULE"]


def check(answer: Answer, site: Site, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield a finding for each required member that is absent."""
    yield answer.at_site(
        RULE.rule,
        site,
        observed="no such member",
        message=f"promised {site.promised}, the member did not come",
        mend="if the member is optional, take it out of `required`",
        kind="absent",
        absorbs=absorbed,
    )


RULE = SiteRule(
    Rule(
        "required-missing",
        Severity.ERROR,
        "shape",
        "A member that the contract requires is absent.",
    ),
    frozenset({"dependentRequired", "required"}),
    check,
)
