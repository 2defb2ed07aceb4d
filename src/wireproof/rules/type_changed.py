"""A value of another type than the promised one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.redact import kind_of
from wireproof.rules.rule import Answer, Rule, SiteRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.validating import Site

__all__ = ["RULE"]

_MENDS = {
    "numeric string": "a number arrives as text: promise a string in the contract, parse it in the client",
    "stringified JSON": "JSON arrives inside a string: promise a string, contentMediaType: application/json",
    "empty array": "an empty array stands for an empty object: admit both in the contract",
    "empty string": "an empty string stands for an unset value: admit it in the contract",
}


def check(answer: Answer, site: Site, absorbed: tuple[Finding, ...]) -> Iterator[Finding]:
    """Yield a finding for a value, other than null, whose type the schema does not admit."""
    if site.value is None:
        return
    kind = kind_of(site.value)
    yield answer.at_site(
        RULE.rule,
        site,
        observed=answer.shown(site),
        mend=_MENDS.get(kind, "if the provider means it, change the type in the contract"),
        absorbs=absorbed,
    )


RULE = SiteRule(
    Rule(
        "type-changed",
        Severity.ERROR,
        "shape",
        "A value has another JSON type; numbers and JSON hidden in strings are told apart.",
    ),
    frozenset({"type"}),
    check,
)
