"""The rules, as explicit tables; a rule is a module of its own and a page beside it.

The engine walks and asks; a rule never walks.
"""

from wireproof.rules import (
    always_empty,
    always_null,
    always_same,
    ambiguous_json,
    array_unwrapped,
    array_wrapped,
    constraint_violated,
    could_be_stricter,
    enum_growth,
    enum_value_unknown,
    envelope_added,
    envelope_removed,
    field_moved,
    field_renamed,
    field_vanished,
    format_violated,
    header_invalid,
    header_missing,
    never_observed,
    null_not_allowed,
    null_rate_changed,
    other_operation,
    presence_changed,
    required_missing,
    type_changed,
    undocumented_content_type,
    undocumented_field,
    undocumented_operation,
    undocumented_status,
    union_unmatched,
    unit_mixed,
    unreadable_body,
)
from wireproof.rules.field import EvidenceRule, Field
from wireproof.rules.rule import Answer, AnswerRule, ChangeRule, OperationRule, Rule, SiteRule, UnmatchedRule

__all__ = [
    "ANSWER_RULES",
    "CHANGE_RULES",
    "EVIDENCE_RULES",
    "HEAD_RULES",
    "OPERATION_RULE",
    "RULES",
    "SITE_RULES",
    "UNMATCHED_RULES",
    "Answer",
    "AnswerRule",
    "ChangeRule",
    "EvidenceRule",
    "Field",
    "OperationRule",
    "Rule",
    "SiteRule",
    "UnmatchedRule",
]

UNMATCHED_RULES: tuple[UnmatchedRule, ...] = (undocumented_operation.RULE,)

ANSWER_RULES: tuple[AnswerRule, ...] = (
    undocumented_status.RULE,
    undocumented_content_type.RULE,
    unreadable_body.RULE,
    ambiguous_json.RULE,
    header_missing.RULE,
    header_invalid.RULE,
)

HEAD_RULES: tuple[AnswerRule, ...] = (
    undocumented_status.RULE,
    undocumented_content_type.RULE,
    header_missing.RULE,
    header_invalid.RULE,
)
"""Those of them that look at status and headers alone, whatever the body."""

SITE_RULES: tuple[SiteRule, ...] = (
    type_changed.RULE,
    null_not_allowed.RULE,
    required_missing.RULE,
    undocumented_field.RULE,
    enum_value_unknown.RULE,
    constraint_violated.RULE,
    format_violated.RULE,
    union_unmatched.RULE,
)

CHANGE_RULES: tuple[ChangeRule, ...] = (
    envelope_added.RULE,
    envelope_removed.RULE,
    field_moved.RULE,
    field_renamed.RULE,
    array_wrapped.RULE,
    array_unwrapped.RULE,
)

OPERATION_RULE: OperationRule = other_operation.RULE

EVIDENCE_RULES: tuple[EvidenceRule, ...] = (
    field_vanished.RULE,
    presence_changed.RULE,
    null_rate_changed.RULE,
    enum_growth.RULE,
    unit_mixed.RULE,
    never_observed.RULE,
    always_null.RULE,
    always_empty.RULE,
    always_same.RULE,
    could_be_stricter.RULE,
)

RULES: tuple[Rule, ...] = (
    *(entry.rule for entry in UNMATCHED_RULES),
    *(entry.rule for entry in ANSWER_RULES),
    *(entry.rule for entry in SITE_RULES),
    *(entry.rule for entry in CHANGE_RULES),
    OPERATION_RULE.rule,
    *(entry.rule for entry in EVIDENCE_RULES),
)
"""Every rule, in the order in which `wireproof rules` lists them."""
