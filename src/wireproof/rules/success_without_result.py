"""A task that says it succeeded and brings nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.lifecycle.pointers import text_of
from wireproof.redact import kind_of
from wireproof.rules.rule import Rule
from wireproof.rules.scene import MeaningRule, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lifecycle import Reading

__all__ = ["RULE"]


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding for a success with every result absent or empty."""
    for reading in scene.readings:
        lifecycle = reading.lifecycle
        if reading.state != "succeeded" or not lifecycle.results or reading.results:
            continue
        if any(scene.rejected(text_of(pointer)) for pointer in lifecycle.results):
            continue
        kind = _kind(reading)
        places = " or ".join(text_of(pointer) for pointer in lifecycle.results)
        yield scene.finding(
            RULE.rule,
            lifecycle.results[0],
            promised=f"a result at {places}",
            observed=f"{kind}, although the task succeeded",
            mend="treat such an answer as unfinished or failed; name further result places in the lifecycle",
            kind=kind,
            contract=lifecycle.place("results"),
        )


def _kind(reading: Reading) -> str:
    found = [value for pointer in reading.lifecycle.results for _, value in reading.at(pointer)]
    return kind_of(found[0]) if found else "nothing"


RULE = MeaningRule(
    Rule(
        "success-without-result",
        Severity.ERROR,
        "meaning",
        "A task succeeded, and every place of its result is absent or empty.",
    ),
    check,
    needs=frozenset({"status", "states", "results"}),
)
