"""An identifier in another alphabet or of another length than usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Location, Severity
from wireproof.lifecycle import deviations
from wireproof.lifecycle.identifiers import identifier_class, same_but_for_spelling
from wireproof.lifecycle.pointers import text_of
from wireproof.rules.rule import Rule
from wireproof.rules.scene import HistoryRule, MeaningRule, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lifecycle import FieldRecord

__all__ = ["HISTORY", "RULE"]

_MEND = "compare identifiers in one form, and give the contract a pattern for it"


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding where the task's identifier is the one asked for, spelled in another way."""
    for reading in scene.readings:
        task, came, asked = reading.lifecycle.task, reading.id, reading.asked
        if task is None or came is None or asked is None or came == asked or scene.rejected(text_of(task.at)):
            continue
        if same_but_for_spelling(came, asked):
            before, after = _named(identifier_class(asked)), _named(identifier_class(came))
            other = after if after != before else f"{after}, in another letter case"
            yield scene.finding(
                RULE.rule,
                task.at,
                promised=f"{before}, as asked for",
                observed=other,
                mend=_MEND,
                kind=other,
                contract=reading.lifecycle.place("task"),
            )


def of_field(record: FieldRecord) -> Iterator[Finding]:
    """Yield a finding for a field of identifiers that changed their form among the examined answers."""
    if record.role != "id":
        return
    for deviation in deviations(record):
        usual, other = deviation.usual, deviation.other
        yield Finding(
            rule=RULE.rule.id,
            severity=RULE.rule.severity,
            location=Location(record.provider, record.operation, record.status, "body", record.pointer),
            promised=f"{_named(usual.name)}, as in {usual.seen} values",
            observed=_named(other.name),
            message=f"{_named(usual.name)} in {usual.seen} values, {_named(other.name)} in {other.seen}",
            mend=_MEND,
            contract=record.place,
            first=other.first.sighting,
            last=other.last.sighting,
            seen_as=((_named(other.name), other.seen),),
            sightings=other.seen,
        )


def _named(name: str) -> str:
    return {"uuid": "a UUID", "digits": "digits", "other": "text of another form"}.get(name, name)


RULE = MeaningRule(
    Rule(
        "identifier-changed",
        Severity.WARNING,
        "meaning",
        "An identifier has another alphabet or length than the field has otherwise.",
    ),
    check,
)

HISTORY = HistoryRule(RULE.rule, field=of_field)
