"""A result that came in the field for errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wireproof.finding import Finding, Severity
from wireproof.lifecycle.pointers import text_of
from wireproof.rules.rule import Rule
from wireproof.rules.scene import MeaningRule, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["RULE"]

_URL = r"https?://[^\s/]+/\S+"
_EXPLAINED = ("failure-without-reason", "success-without-result")


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding for a URL that stands alone in the place of the reason."""
    for reading in scene.readings:
        lifecycle = reading.lifecycle
        if not lifecycle.results:
            continue
        home = text_of(lifecycle.results[0])
        for pointer in lifecycle.reason:
            urls = [
                value
                for _, value in reading.at(pointer)
                if isinstance(value, str) and re.fullmatch(_URL, value)
            ]
            if not urls:
                continue
            yield scene.finding(
                RULE.rule,
                home,
                promised=f"a result at {home}, and text at {text_of(pointer)}",
                observed=f"{scene.shown(urls[0], text_of(pointer))} at {text_of(pointer)}",
                mend="read the result from that field too, and name it among the results of the lifecycle",
                kind="an address as the reason",
                contract=lifecycle.place("reason"),
                to=text_of(pointer),
                absorbs=scene.at(home, *_EXPLAINED),
            )
            break


RULE = MeaningRule(
    Rule(
        "result-in-error-field",
        Severity.WARNING,
        "meaning",
        "An address stands in the field for the reason of a failure.",
    ),
    check,
    needs=frozenset({"status", "states", "reason", "results"}),
)
