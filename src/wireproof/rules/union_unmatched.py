"""A value that fits none of its alternatives, or several where one is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, Rule, SiteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.validating import Site

__all__ = ["RULE"]


def check(answer: Answer, site: Site, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield a finding for a union; it absorbs what is wrong beside the closest alternative."""
    if site.parts:
        observed = f"{answer.shown(site)} that fits none; the closest misses by {len(site.parts)}"
        mend = "compare with the closest alternative below; add an alternative if the provider has a new one"
    else:
        observed = f"{answer.shown(site)} that fits several"
        mend = "tell the alternatives apart (required, const), or write anyOf"
    yield answer.at_site(RULE.rule, site, observed=observed, mend=mend, absorbs=absorbed)


RULE = SiteRule(
    Rule(
        "union-unmatched",
        Severity.ERROR,
        "shape",
        "A value fits none of the alternatives of oneOf or anyOf, and none is clearly meant.",
    ),
    frozenset({"anyOf", "oneOf"}),
    check,
)
