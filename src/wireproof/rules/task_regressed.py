"""A task that goes back to an earlier state, or leaves a state that is final."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Location, Severity
from wireproof.lifecycle import went_back
from wireproof.rules.rule import Rule
from wireproof.rules.scene import HistoryRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lifecycle import TaskRecord

__all__ = ["RULE"]


def of_task(record: TaskRecord) -> Iterator[Finding]:
    """Yield a finding for a task that was further at an earlier time."""
    step = went_back(record)
    if step is None:
        return
    before, after = step.before, step.after
    yield Finding(
        rule=RULE.rule.id,
        severity=RULE.rule.severity,
        location=Location(record.provider, record.operation, record.status, "body", record.status_at),
        promised=f"{before.state} or later, as it was before ({before.word})",
        observed=f"{after.state} ({after.word})",
        message=f"a task was {before.state}, and is {after.state} in a later answer",
        mend="keep the furthest state in the client; ask whether answers come from several places",
        contract=record.place,
        first=step.when.sighting,
        last=step.when.sighting,
        seen_as=((f"{before.state} to {after.state}", 1),),
    )


RULE = HistoryRule(
    Rule(
        "task-regressed",
        Severity.ERROR,
        "meaning",
        "A later answer about one task goes back to an earlier state, or leaves a final one.",
    ),
    task=of_task,
    needs=frozenset({"status", "states", "task"}),
)
