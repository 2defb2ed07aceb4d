"""JSON that different parsers read differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.door import Json
from wireproof.finding import Finding, Severity
from wireproof.rules.rule import Answer, AnswerRule, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]

_WHAT = {
    "duplicate-key": ("each key once in an object", "a key that stands twice"),
    "not-finite": ("finite numbers", "NaN, Infinity, or a number too large for a double"),
    "byte-order-mark": ("UTF-8 without a byte order mark", "a byte order mark"),
    "lone-surrogate": ("whole Unicode characters", "half a surrogate pair"),
    "unsafe-integer": ("integers within ±(2^53 - 1)", "an integer that a double cannot hold"),
}


def check(answer: Answer) -> Iterator[Finding]:
    """Yield a finding for each kind and place of ambiguity in the body."""
    if not isinstance(answer.body, Json):
        return
    for note in answer.body.notes:
        promised, observed = _WHAT.get(note.kind, ("JSON that all parsers read alike", note.kind))
        yield answer.finding(
            RULE.rule,
            part="body",
            pointer=answer.template(note.pointer),
            promised=promised,
            observed=observed,
            message=f"{observed}: parsers disagree about the value"
            + (f" (line {note.line})" if note.line else ""),
            mend="ask the provider to mend the encoder; read this field with an exact parser until then",
            kind=note.kind,
            contract=answer.match.response.place if answer.match.response else None,
        )


RULE = AnswerRule(
    Rule(
        "ambiguous-json",
        Severity.WARNING,
        "transport",
        "Duplicate keys, NaN or Infinity, a BOM, lone surrogates, integers beyond 2^53: parsers disagree.",
    ),
    check,
)
