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
    embedded_json_invalid,
    enum_growth,
    enum_value_unknown,
    envelope_added,
    envelope_removed,
    error_in_success,
    failure_without_reason,
    field_moved,
    field_renamed,
    field_vanished,
    format_violated,
    header_invalid,
    header_missing,
    identifier_changed,
    never_observed,
    null_not_allowed,
    null_rate_changed,
    other_operation,
    presence_changed,
    progress_regressed,
    reason_in_wrong_field,
    required_missing,
    result_in_error_field,
    status_unmapped,
    success_without_result,
    task_id_mismatch,
    task_regressed,
    time_order,
    type_changed,
    undocumented_content_type,
    undocumented_field,
    undocumented_operation,
    undocumented_status,
    union_unmatched,
    unit_changed,
    unit_mixed,
    unreadable_body,
    url_unusable,
)
from wireproof.rules.observed import EvidenceRule, Observed
from wireproof.rules.rule import Answer, AnswerRule, ChangeRule, OperationRule, Rule, SiteRule, UnmatchedRule
from wireproof.rules.scene import Field, HistoryRule, MeaningRule, Scene

__all__ = [
    "ANSWER_RULES",
    "CHANGE_RULES",
    "EVIDENCE_RULES",
    "HEAD_RULES",
    "HISTORY_RULES",
    "MEANING_RULES",
    "OPERATION_RULE",
    "RULES",
    "SITE_RULES",
    "UNMATCHED_RULES",
    "Answer",
    "AnswerRule",
    "ChangeRule",
    "EvidenceRule",
    "Field",
    "HistoryRule",
    "MeaningRule",
    "Observed",
    "OperationRule",
    "Rule",
    "Scene",
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

MEANING_RULES: tuple[MeaningRule, ...] = (
    unit_changed.RULE,
    time_order.RULE,
    embedded_json_invalid.RULE,
    status_unmapped.RULE,
    success_without_result.RULE,
    url_unusable.RULE,
    failure_without_reason.RULE,
    reason_in_wrong_field.RULE,
    result_in_error_field.RULE,
    task_id_mismatch.RULE,
    identifier_changed.RULE,
    error_in_success.RULE,
)
"""In this order: a rule may absorb what those before it have found."""

HISTORY_RULES: tuple[HistoryRule, ...] = (
    task_regressed.RULE,
    progress_regressed.RULE,
    unit_changed.HISTORY,
    identifier_changed.HISTORY,
)

RULES: tuple[Rule, ...] = (
    *(entry.rule for entry in UNMATCHED_RULES),
    *(entry.rule for entry in ANSWER_RULES),
    *(entry.rule for entry in SITE_RULES),
    *(entry.rule for entry in CHANGE_RULES),
    OPERATION_RULE.rule,
    *(entry.rule for entry in MEANING_RULES),
    task_regressed.RULE.rule,
    progress_regressed.RULE.rule,
    *(entry.rule for entry in EVIDENCE_RULES),
)
"""Every rule, in the order in which `wireproof rules` lists them."""
