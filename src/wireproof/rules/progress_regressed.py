"""A task whose progress shrinks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Location, Severity
from wireproof.lifecycle import fell_back
from wireproof.rules.rule import Rule
from wireproof.rules.scene import HistoryRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lifecycle import TaskRecord

__all__ = ["RULE"]


def of_task(record: TaskRecord) -> Iterator[Finding]:
    """Yield a finding for a task that had come further at an earlier time."""
    step = fell_back(record)
    if step is None or record.progress_at is None:
        return
    yield Finding(
        rule=RULE.rule.id,
        severity=RULE.rule.severity,
        location=Location(record.provider, record.operation, record.status, "body", record.progress_at),
        promised=f"{step.before.percent} % or more, as it was before",
        observed=f"{step.after.percent} %",
        message=f"a task was at {step.before.percent} %, and is at {step.after.percent} % in a later answer",
        mend="show the greatest progress seen so far",
        contract=record.place,
        first=step.when.sighting,
        last=step.when.sighting,
        seen_as=(("less than before", 1),),
    )


RULE = HistoryRule(
    Rule(
        "progress-regressed",
        Severity.WARNING,
        "meaning",
        "A later answer about one task tells a lesser progress.",
    ),
    task=of_task,
    needs=frozenset({"status", "states", "task", "progress"}),
)
