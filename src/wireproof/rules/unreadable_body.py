"""A body that is not the JSON it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.door import Refusal
from wireproof.finding import Finding, Severity
from wireproof.matching import media_type_fits
from wireproof.rules.rule import Answer, AnswerRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(answer: Answer) -> Iterator[Finding]:
    """Yield a finding where JSON is promised and the body is empty, cut off, or something else."""
    response, refusal = answer.match.response, answer.body
    if response is None or not isinstance(refusal, Refusal) or refusal.undecided:
        return
    told = answer.media_type
    if told is not None and not any(media_type_fits(body.media_type, told) for body in response.bodies):
        return  # undocumented-content-type says it
    where = f" (byte {refusal.byte}, line {refusal.line})" if refusal.byte is not None else ""
    yield answer.finding(
        RULE.rule,
        part="body",
        pointer="",
        promised="a JSON body",
        observed=f"{refusal.message}{where}",
        mend="look at the raw capture: a cut recording, a proxy's page, or an answer without a body",
        kind=refusal.reason,
        contract=response.place,
    )


RULE = AnswerRule(
    Rule(
        "unreadable-body",
        Severity.ERROR,
        "transport",
        "The body is empty, cut off, or no JSON although JSON is promised.",
    ),
    check,
)
