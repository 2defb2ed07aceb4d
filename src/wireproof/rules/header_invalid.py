"""A response header whose value is not what its schema promises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, AnswerRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]

_NUMBER = re.compile(r"-?[0-9]{1,300}(\.[0-9]{1,300})?")


def check(answer: Answer) -> Iterator[Finding]:
    """Yield a finding for each promised header that came with a value its schema does not admit."""
    response = answer.match.response
    for header in response.headers if response else ():
        text = answer.exchange.response.header(header.name)
        if text is None or header.schema is None:
            continue
        sites = [answer.judge.judge(header.schema, reading).sites for reading in _readings(text)]
        if all(sites):
            promised = sites[-1][0].promised
            yield answer.finding(
                RULE.rule,
                part="header",
                pointer=f"/{header.name}",
                promised=promised,
                observed=answer.display.described(text, key=header.name),
                mend="mend the header's schema in the contract, or ask the provider",
                kind=sites[-1][0].keyword,
                contract=header.place,
            )


def _readings(text: str) -> list[Any]:
    """Return what a header's text may stand for: a list, a boolean, a number, and the text itself."""
    readings: list[Any] = []
    if "," in text:
        readings.append([part.strip() for part in text.split(",")])
    if text in {"true", "false"}:
        readings.append(text == "true")
    if _NUMBER.fullmatch(text):
        readings.append(float(text) if "." in text else int(text))
    return [*readings, text]


RULE = AnswerRule(
    Rule(
        "header-invalid",
        Severity.WARNING,
        "transport",
        "A response header has a value that its schema does not admit.",
    ),
    check,
)
