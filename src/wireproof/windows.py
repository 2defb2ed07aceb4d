"""Windows of time, as a person writes them: which records are judged, and which are compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from wireproof.door.times import utc_time
from wireproof.errors import UsageError

__all__ = ["Span", "Window", "span_from"]

_DAY = r"\d{4}-\d\d-\d\d"
_LOCAL = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?"


class Span(NamedTuple):
    """From `since` on and before `until`: times in UTC without their `Z`, so that they sort; None is open."""

    since: str | None = None
    until: str | None = None

    def holds(self, clock: str) -> bool:
        """Return whether a time, in the same form, lies within."""
        return (self.since is None or self.since <= clock) and (self.until is None or clock < self.until)

    def __str__(self) -> str:
        """Return the span for a person."""
        ends = (("from", self.since), ("before", self.until))
        return " ".join(f"{word} {text}Z" for word, text in ends if text is not None) or "any time"

    def to_json(self) -> dict[str, str | None]:
        """Return the span as plain values: RFC 3339."""
        return {name: text and f"{text}Z" for name, text in (("since", self.since), ("until", self.until))}


@dataclass(frozen=True, slots=True)
class Window:
    """Which records are judged, and which are only counted to compare with."""

    judged: Span
    baseline: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the window as plain values."""
        return {**self.judged.to_json(), "baseline": self.baseline and self.baseline.to_json()}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Window:
        """Return the window that `to_json` wrote."""
        baseline = value["baseline"]
        compared = span_from(baseline["since"], baseline["until"]) if baseline is not None else None
        return cls(span_from(value["since"], value["until"]), compared)

    def part_of(self, clock: str | None) -> str:
        """Return `judged`, `baseline`, `outside`, or `untimed` for a record without a time."""
        if clock is None:
            return "untimed"
        if self.judged.holds(clock):
            return "judged"
        return "baseline" if self.baseline is not None and self.baseline.holds(clock) else "outside"


def span_from(since: str | None, until: str | None) -> Span:
    """Return the span between two times as a person writes them; UTC where no offset is told.

    Raises `UsageError` for what is no time, and for an end that is not behind its beginning.
    """
    span = Span(_clock_from(since), _clock_from(until))
    if span.since is not None and span.until is not None and span.since >= span.until:
        raise UsageError(f"nothing lies between {since} and {until}", hint="write the earlier time first")
    return span


def _clock_from(text: str | None) -> str | None:
    if not text:
        return None
    whole = text.strip()
    if re.fullmatch(_DAY, whole):
        whole = f"{whole}T00:00:00Z"
    elif found := re.fullmatch(_LOCAL, whole):
        whole = f"{whole}{'' if found[1] else ':00'}Z"
    moment = utc_time(whole)
    if moment is None:
        raise UsageError(
            f"{text!r} is no time", hint="write a date or an RFC 3339 time: 2026-03-01T09:00:00+01:00"
        )
    return moment.removesuffix("Z")
