"""Null where the schema admits no null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, Rule, SiteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.validating import Site

__all__ = ["RULE"]


def check(answer: Answer, site: Site, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield a finding for a null that the schema does not admit."""
    if site.value is None:
        yield answer.at_site(
            RULE.rule,
            site,
            observed="null",
            mend="if it may be unset, admit null: type: [<type>, 'null'] (OpenAPI 3.0: nullable: true)",
            absorbs=absorbed,
        )


RULE = SiteRule(
    Rule(
        "null-not-allowed",
        Severity.ERROR,
        "shape",
        "A value is null although the schema does not admit null.",
    ),
    frozenset({"type"}),
    check,
)
