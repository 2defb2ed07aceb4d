"""A body of another media type than the promised ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.matching import media_type_fits
from wireproof.redact import shown_media_type
from wireproof.rules.rule import Answer, AnswerRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(answer: Answer) -> Iterator[Finding]:
    """Yield a finding where the content type came and no promised one admits it."""
    response, media_type = answer.match.response, answer.media_type
    if response is None or media_type is None or not answer.exchange.response.body:
        return
    if any(media_type_fits(body.media_type, media_type) for body in response.bodies):
        return
    came = shown_media_type(media_type)
    promised = " or ".join(body.media_type for body in response.bodies) or "no body"
    yield answer.finding(
        RULE.rule,
        part="content-type",
        pointer="",
        promised=promised,
        observed=came,
        mend=f"if the provider means it, add {came} to the content of this response",
        kind=came,
        contract=response.place,
        severity=None if response.bodies else Severity.WARNING,
    )


RULE = AnswerRule(
    Rule(
        "undocumented-content-type",
        Severity.ERROR,
        "transport",
        "The content type is none of the promised ones (a warning where no body is promised at all).",
    ),
    check,
)
