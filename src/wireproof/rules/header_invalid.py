"""A response header whose value is not what its schema promises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, AnswerRule, Rule
from wireproof.validating.describe import promised_types

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
        if "object" in promised_types(answer.judge.applicable, {"$ref": f"#/$defs/{header.schema}"}):
            continue  # the text of an object is not told apart from a list's
        judged = [answer.judge.judge(header.schema, reading).sites for reading in _readings(text)]
        if all(judged):
            site = min((sites[0] for sites in judged), key=lambda site: site.keyword == "type")
            yield answer.finding(
                RULE.rule,
                part="header",
                pointer=f"/{header.name}",
                promised=site.promised,
                observed=answer.display.described(text, key=header.name),
                mend="mend the header's schema in the contract, or ask the provider",
                kind=site.keyword,
                contract=header.place,
            )


def _readings(text: str) -> list[Any]:
    """Return what a header's text may stand for: the text, a number or boolean, a list of either."""
    parts = [part.strip() for part in text.split(",")] if text else []
    return [text, *_scalars([text]), parts, _scalars(parts) or parts]


def _scalars(texts: list[str]) -> list[Any]:
    """Return the numbers and booleans that texts write, or nothing if one of them writes neither."""
    found: list[Any] = []
    for text in texts:
        if text in {"true", "false"}:
            found.append(text == "true")
        elif _NUMBER.fullmatch(text):
            found.append(float(text) if "." in text else int(text))
        else:
            return []
    return found


RULE = AnswerRule(
    Rule(
        "header-invalid",
        Severity.WARNING,
        "transport",
        "A response header has a value that its schema does not admit.",
    ),
    check,
)
