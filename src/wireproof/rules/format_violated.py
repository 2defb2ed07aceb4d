"""A string that is not of its format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, Rule, SiteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.validating import Site

__all__ = ["RULE"]


def check(answer: Answer, site: Site, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield a finding for a value that its `format` does not admit."""
    yield answer.at_site(
        RULE.rule,
        site,
        observed=answer.shown(site),
        mend="if the provider means it, drop or change the format in the contract",
        absorbs=absorbed,
    )


RULE = SiteRule(
    Rule(
        "format-violated",
        Severity.WARNING,
        "shape",
        "A value is not of the promised format (date-time, uri, uuid, int32, …).",
    ),
    frozenset({"format"}),
    check,
)
