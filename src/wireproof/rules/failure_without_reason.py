"""A task that failed and does not say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.lifecycle import is_empty
from wireproof.lifecycle.pointers import text_of
from wireproof.redact import kind_of
from wireproof.rules.rule import Rule
from wireproof.rules.scene import MeaningRule, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding for a failure with every place of its reason absent or empty."""
    for reading in scene.readings:
        lifecycle = reading.lifecycle
        if reading.state != "failed" or not lifecycle.reason:
            continue
        found = [value for pointer in lifecycle.reason for _, value in reading.at(pointer)]
        if any(not is_empty(value) for value in found):
            continue
        if any(scene.rejected(text_of(pointer)) for pointer in lifecycle.reason):
            continue
        kind = kind_of(found[0]) if found else "nothing"
        yield scene.finding(
            RULE.rule,
            lifecycle.reason[0],
            promised="why the task failed",
            observed=f"{kind}, although the task failed",
            mend="show the user a text of your own; name further places of the reason in the lifecycle",
            kind=kind,
            contract=lifecycle.place("reason"),
        )


RULE = MeaningRule(
    Rule(
        "failure-without-reason",
        Severity.WARNING,
        "meaning",
        "A task failed, and every place of the reason is absent or empty.",
    ),
    check,
    needs=frozenset({"status", "states", "reason"}),
)
