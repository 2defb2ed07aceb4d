"""A call that no contract of its host describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Location, Severity
from wireproof.matching import Unmatched, called
from wireproof.rules.rule import Rule, UnmatchedRule, sighting_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(unmatched: Unmatched) -> Iterator[Finding]:
    """Yield a finding where a contract's own server answered on a path or method it does not list."""
    exchange, contract = unmatched.exchange, unmatched.contract
    if contract is None or exchange.request is None:
        return
    sighting = sighting_of(exchange)
    call = called(exchange.request)
    yield Finding(
        rule=RULE.rule.id,
        severity=RULE.rule.severity,
        location=Location(contract.provider, "", "", "exchange", call),
        promised="an operation of the contract",
        observed=call,
        message=unmatched.reason,
        mend=f"add the operation to {contract.file}, or leave such calls out of the capture",
        contract=None,
        first=sighting,
        last=sighting,
        seen_as=((call.partition(" ")[0], 1),),
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
