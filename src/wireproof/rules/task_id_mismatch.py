"""An answer about another task than the one asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.lifecycle.identifiers import same_but_for_spelling
from wireproof.lifecycle.pointers import text_of
from wireproof.rules.rule import Rule
from wireproof.rules.scene import MeaningRule, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lifecycle import Reading
    from wireproof.lifecycle.pointers import Pointer

__all__ = ["RULE"]


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding where the task's identifier is not the one asked for, or two places disagree on it.

    Of a list of tasks it is enough that one is the task asked for.
    """
    strangers = [reading for reading in scene.readings if _is_stranger(scene, reading)]
    if strangers and len(strangers) == len(scene.readings):
        yield _found(scene, strangers[0], "the identifier that was asked for", "another one")
        return
    for reading in scene.readings:
        other = _disagreeing(scene, reading)
        if other is not None:
            yield _found(scene, reading, f"the same identifier as at {text_of(other)}", "another one")


def _is_stranger(scene: Scene, reading: Reading) -> bool:
    task = reading.lifecycle.task
    if task is None or reading.asked is None or reading.id is None or scene.rejected(text_of(task.at)):
        return False
    return not same_but_for_spelling(reading.id, reading.asked)


def _disagreeing(scene: Scene, reading: Reading) -> Pointer | None:
    """Return the first place that holds another identifier than the task's own."""
    task = reading.lifecycle.task
    if task is None or reading.id is None or scene.rejected(text_of(task.at)):
        return None
    for pointer in task.same_as:
        value = reading.first(pointer)
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            continue
        if scene.rejected(text_of(pointer)):
            continue
        if not same_but_for_spelling(str(value), reading.id):
            return pointer
    return None


def _found(scene: Scene, reading: Reading, promised: str, observed: str) -> Finding:
    task = reading.lifecycle.task
    assert task is not None  # noqa: S101 - a stranger has been compared by it
    shown = scene.answer.display.value(reading.id, key="id")
    return scene.finding(
        RULE.rule,
        task.at,
        promised=promised,
        observed=f"{observed} ({shown})",
        mend="do not use this answer: check caches, proxies and the request, then ask the provider",
        kind=observed,
        contract=reading.lifecycle.place("task"),
    )


RULE = MeaningRule(
    Rule(
        "task-id-mismatch",
        Severity.ERROR,
        "meaning",
        "The answer is about another task than the one asked for.",
    ),
    check,
    needs=frozenset({"status", "task"}),
)
