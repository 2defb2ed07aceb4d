"""The rules, as explicit tables; a rule is a module of its own and a page beside it.

The engine walks and asks; a rule never walks.  A table is loaded when it is first asked for, so
that an answer without drift does not pay for the rules that tell drift.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wireproof.rules.observed import EvidenceRule
    from wireproof.rules.rule import AnswerRule, ChangeRule, OperationRule, Rule, SiteRule, UnmatchedRule
    from wireproof.rules.scene import HistoryRule, MeaningRule

    UNMATCHED_RULES: tuple[UnmatchedRule, ...]
    ANSWER_RULES: tuple[AnswerRule, ...]
    HEAD_RULES: tuple[AnswerRule, ...]
    SITE_RULES: tuple[SiteRule, ...]
    CHANGE_RULES: tuple[ChangeRule, ...]
    OPERATION_RULES: tuple[OperationRule, ...]
    MEANING_RULES: tuple[MeaningRule, ...]
    HISTORY_RULES: tuple[HistoryRule, ...]
    EVIDENCE_RULES: tuple[EvidenceRule, ...]
    RULES: tuple[Rule, ...]

__all__ = [
    "ANSWER_RULES",
    "CHANGE_RULES",
    "EVIDENCE_RULES",
    "HEAD_RULES",
    "HISTORY_RULES",
    "MEANING_RULES",
    "OPERATION_RULES",
    "RULES",
    "SITE_RULES",
    "UNMATCHED_RULES",
]

_TABLES = {
    "UNMATCHED_RULES": ("undocumented_operation",),
    "ANSWER_RULES": (
        "undocumented_status",
        "undocumented_content_type",
        "unreadable_body",
        "ambiguous_json",
        "header_missing",
        "header_invalid",
    ),
    "HEAD_RULES": (  # those of them that look at status and headers alone
        "undocumented_status",
        "undocumented_content_type",
        "header_missing",
        "header_invalid",
    ),
    "SITE_RULES": (
        "type_changed",
        "null_not_allowed",
        "required_missing",
        "undocumented_field",
        "enum_value_unknown",
        "constraint_violated",
        "format_violated",
        "union_unmatched",
    ),
    "CHANGE_RULES": (
        "envelope_added",
        "envelope_removed",
        "field_moved",
        "field_renamed",
        "array_wrapped",
        "array_unwrapped",
    ),
    "OPERATION_RULES": ("other_operation",),
    "MEANING_RULES": (  # in this order: a rule may absorb what those before it have found
        "unit_changed",
        "time_order",
        "embedded_json_invalid",
        "status_unmapped",
        "success_without_result",
        "url_unusable",
        "failure_without_reason",
        "reason_in_wrong_field",
        "result_in_error_field",
        "task_id_mismatch",
        "identifier_changed",
        "error_in_success",
    ),
    "EVIDENCE_RULES": (
        "field_vanished",
        "presence_changed",
        "null_rate_changed",
        "enum_growth",
        "unit_mixed",
        "never_observed",
        "always_null",
        "always_empty",
        "always_same",
        "could_be_stricter",
    ),
}
"""The modules of each table, in its order; each has a `RULE`."""
_OF_HISTORY = (
    ("task_regressed", "RULE"),
    ("progress_regressed", "RULE"),
    ("unit_changed", "HISTORY"),
    ("identifier_changed", "HISTORY"),
)
"""The rules about histories: a module, and the name of its rule; some have one of each kind."""


def __getattr__(name: str) -> Any:
    """Return a table of rules, loaded at its first use."""
    if name in _TABLES:
        table: tuple[Any, ...] = tuple(_rule(module) for module in _TABLES[name])
    elif name == "HISTORY_RULES":
        table = tuple(_rule(module, kind) for module, kind in _OF_HISTORY)
    elif name == "RULES":  # every rule, in the order in which `wireproof rules` lists them
        modules = list(dict.fromkeys(module for modules in _TABLES.values() for module in modules))
        at = modules.index("error_in_success") + 1
        modules[at:at] = [module for module, kind in _OF_HISTORY if kind == "RULE"]
        table = tuple(_rule(module).rule for module in modules)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = table
    return table


def _rule(module: str, kind: str = "RULE") -> Any:
    return getattr(import_module(f"wireproof.rules.{module}"), kind)
