"""A call that no contract of its host describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Location, Severity, Sighting
from wireproof.matching import Unmatched, url_template
from wireproof.rules.rule import Rule, UnmatchedRule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(unmatched: Unmatched) -> Iterator[Finding]:
    """Yield a finding where a contract's own server answered on a path or method it does not list."""
    exchange, contract = unmatched.exchange, unmatched.contract
    if contract is None or exchange.request is None:
        return
    origin = exchange.origin
    sighting = Sighting(origin.source, origin.index, exchange.time)
    method, path = exchange.request.method.upper(), url_template(exchange.request.url)
    yield Finding(
        rule=RULE.rule.id,
        severity=RULE.rule.severity,
        location=Location(contract.provider, "", "", "exchange", f"{method} {path}"),
        promised="an operation of the contract",
        observed=f"{method} {path}",
        message=unmatched.reason,
        mend=f"add the operation to {contract.file}, or leave such calls out of the capture",
        contract=None,
        first=sighting,
        last=sighting,
        seen_as=((method, 1),),
    )


RULE = UnmatchedRule(
    Rule(
        "undocumented-operation",
        Severity.WARNING,
        "transport",
        "A provider's server answered a call that its contract does not list; the nearest is named.",
    ),
    check,
)
