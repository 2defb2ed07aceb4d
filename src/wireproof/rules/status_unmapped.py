"""A state that the lifecycle does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.lifecycle.pointers import text_of
from wireproof.rules.rule import Rule
from wireproof.rules.scene import MeaningRule, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lifecycle import Lifecycle

__all__ = ["RULE"]


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding for a state that is not mapped, unless a closed list already rejects it."""
    for reading in scene.readings:
        lifecycle, word = reading.lifecycle, reading.word
        if reading.mapped or not lifecycle.status or not lifecycle.states:
            continue
        pointer = text_of(lifecycle.status)
        said = scene.shapes_at(pointer)
        if any(finding.severity is Severity.ERROR for finding in said):
            continue
        twin = _twin(lifecycle, word)
        shown = scene.answer.display.value(word)
        observed = f'"{twin}" in another case or spelling' if twin else f"an unmapped {shown}"
        yield scene.finding(
            RULE.rule,
            pointer,
            promised="a state that the lifecycle maps",
            observed=observed,
            mend="map the state in x-task-lifecycle (states); until then pollers take it for unfinished",
            kind="case changed" if twin else observed,
            contract=lifecycle.place("states"),
            absorbs=tuple(finding for finding in said if finding.rule == "enum-value-unknown"),
        )


def _twin(lifecycle: Lifecycle, word: object) -> str | None:
    if not isinstance(word, str):
        return None
    known = (name for kind, name in lifecycle.states if kind == "string")
    return next((name for name in known if _folded(name) == _folded(word)), None)


def _folded(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter not in "_- ")


RULE = MeaningRule(
    Rule(
        "status-unmapped",
        Severity.ERROR,
        "meaning",
        "A task is in a state that the lifecycle does not know: pollers wait for ever.",
    ),
    check,
    needs=frozenset({"status", "states"}),
)
