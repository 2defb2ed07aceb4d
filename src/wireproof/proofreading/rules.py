"""The rules about documentation, as one table; each has its page beside this file."""

from __future__ import annotations

from typing import Final

from wireproof.finding import Severity
from wireproof.rules.rule import Rule

__all__ = ["DOCS_RULES", "severity_of"]

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
_FAMILY: Final = "documentation"

DOCS_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "docs-type-mismatch",
        _E,
        _FAMILY,
        "A field has another type in the example, or elsewhere on the page, than the page gives it.",
    ),
    Rule(
        "docs-level-shift", _E, _FAMILY, "Documented fields stand at another level of the example; told once."
    ),
    Rule(
        "docs-required-not-shown", _E, _FAMILY, "A field that the page calls required is not in the example."
    ),
    Rule(
        "docs-auth-mismatch",
        _E,
        _FAMILY,
        "Authorization is required in one place of the page, and optional, absent or different in another.",
    ),
    Rule(
        "docs-request-mismatch",
        _W,
        _FAMILY,
        "A parameter is named, placed or cased differently in path, table or sample call.",
    ),
    Rule("docs-other-answer", _W, _FAMILY, "The example shows another answer than the one that is listed."),
    Rule("docs-undocumented-field", _W, _FAMILY, "The example shows a field that the page does not list."),
    Rule("docs-null-shown", _W, _FAMILY, "The example shows null where the page promises a value."),
    Rule(
        "docs-status-set-mismatch", _W, _FAMILY, "Two lists of one field's values differ, or the example's."
    ),
    Rule(
        "docs-prose-mismatch",
        _W,
        _FAMILY,
        "A sentence says of a field what lists or examples do not bear out: words, values, counts, units.",
    ),
    Rule(
        "docs-example-unreadable",
        _W,
        _FAMILY,
        "An example is no JSON: comments, missing commas, a cut; it is read on after a stated repair.",
    ),
    Rule("docs-field-not-shown", _I, _FAMILY, "No example shows a documented field."),
)
"""Every rule about documentation, in the order in which `wireproof rules` lists them."""

_SEVERITIES: Final = {rule.id: rule.severity for rule in DOCS_RULES}


def severity_of(rule: str) -> Severity:
    """Return a rule's severity by default."""
    return _SEVERITIES[rule]
