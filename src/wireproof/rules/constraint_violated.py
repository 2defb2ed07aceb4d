"""A value outside its bounds, length, pattern or counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, Rule, SiteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.validating import Site

__all__ = ["RULE"]


def check(answer: Answer, site: Site, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield a finding for a value of the right type that breaks another constraint."""
    yield answer.at_site(
        RULE.rule,
        site,
        observed=answer.shown(site),
        mend=f"if the provider means it, relax `{site.keyword}` in the contract",
        absorbs=absorbed,
    )


RULE = SiteRule(
    Rule(
        "constraint-violated",
        Severity.WARNING,
        "shape",
        "A value breaks a bound, length, pattern, multiple, uniqueness or item count.",
    ),
    frozenset(
        {
            "contains",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "false",
            "items",
            "maxContains",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minContains",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "multipleOf",
            "not",
            "pattern",
            "prefixItems",
            "propertyNames",
            "unevaluatedItems",
            "uniqueItems",
        }
    ),
    check,
)
