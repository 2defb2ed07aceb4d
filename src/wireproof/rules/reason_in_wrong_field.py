"""A failure whose reason is a word of success."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.lifecycle import is_empty
from wireproof.rules.rule import Rule
from wireproof.rules.scene import MeaningRule, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lifecycle import Lifecycle

__all__ = ["RULE", "is_state"]

_SUCCESS = frozenset(
    {
        "complete",
        "completed",
        "done",
        "finished",
        "ok",
        "okay",
        "succeed",
        "succeeded",
        "success",
        "successful",
    }
)


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding for a failure where a word for another state stands in the place of the reason."""
    for reading in scene.readings:
        lifecycle = reading.lifecycle
        if reading.state != "failed":
            continue
        found = [
            (pointer, value)
            for pointer in lifecycle.reason
            for _, value in reading.at(pointer)
            if not is_empty(value)
        ]
        if not found or not all(is_state(value, lifecycle) for _, value in found):
            continue
        pointer, value = found[0]
        yield scene.finding(
            RULE.rule,
            pointer,
            promised="why the task failed",
            observed=f"{scene.answer.display.value(value)}, although the task failed",
            mend="do not show this as the reason; find the real one, and name its place in the lifecycle",
            kind="a word for a state",
            contract=lifecycle.place("reason"),
        )


def is_state(value: object, lifecycle: Lifecycle) -> bool:
    """Return whether a text is a word for a state other than failure."""
    if not isinstance(value, str):
        return False
    word = value.strip().strip(".!").casefold()
    known = {
        str(name).casefold()
        for (kind, name), state in lifecycle.states.items()
        if kind == "string" and state in {"queued", "running", "succeeded"}
    }
    return word in _SUCCESS or word in known


RULE = MeaningRule(
    Rule(
        "reason-in-wrong-field",
        Severity.WARNING,
        "meaning",
        "A failure gives a word of success as its reason.",
    ),
    check,
    needs=frozenset({"status", "states", "reason"}),
)
