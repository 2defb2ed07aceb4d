"""What is certain of single values: that no rule of meaning has anything to say of them.

Each is asked the functions that the rules ask, once for each value; a value of which nothing is
certain is `ODD`, and its answer is explained by itself.  A rule that the lanes know nothing of sends
all answers that it may look at the ordinary way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof import rules
from wireproof.lanes.envelopes import parsed
from wireproof.lifecycle import is_empty, is_unset
from wireproof.lifecycle.units import (
    PROGRESS_UNITS,
    SCALES,
    TIME_UNITS,
    is_date_time,
    number_of,
    other_progress_unit,
    other_time_unit,
    progress_of,
    time_kind,
)
from wireproof.lifecycle.urls import unusable
from wireproof.rules.embedded_json_invalid import promises_json
from wireproof.rules.reason_in_wrong_field import is_state
from wireproof.rules.time_order import YEAR, seconds_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from wireproof.lifecycle import Lifecycle, TimeField

__all__ = [
    "ODD",
    "SETTLED",
    "Moments",
    "Remembered",
    "are_settled",
    "keys_of",
    "meant",
    "progresses",
    "reasons",
    "usable",
]

ODD: Final = object()
"""Stands for a value of which nothing is certain."""
SETTLED: Final = frozenset({
    "ambiguous-json", "embedded-json-invalid", "error-in-success", "failure-without-reason",
    "identifier-changed", "reason-in-wrong-field", "result-in-error-field", "status-unmapped",
    "success-without-result", "task-id-mismatch", "time-order", "unit-changed", "unreadable-body",
    "url-unusable",
})  # fmt: skip
"""Rules about bodies and their meaning that the lanes can be certain of: they have nothing to say, or
what they say is asked of them."""
_KEPT = 1 << 12
_SHORT = 1 << 8
"""Longer strings are not remembered: as many might take gigabytes."""
_TEXTS = ("string", ["string", "null"], ["null", "string"])
_KEYS = frozenset({str, int, type(None)})
_PLAIN_URL = re.compile(r"https?://([A-Za-z0-9.-]+)(?::[0-9]{1,5})?(?:[/?#][!-;=?-z|~]*)?")
_ESCAPED_SIGN = re.compile(r"%7[Bb]|%3[CcEe]")


def are_settled(lifecycles: Sequence[Lifecycle]) -> bool:
    """Return whether the lanes know of every rule that may have anything to say of an operation's answers."""
    asked = {entry.rule.id for entry in rules.ANSWER_RULES if entry not in rules.HEAD_RULES}
    asked |= {
        entry.rule.id
        for entry in rules.MEANING_RULES
        if not entry.needs or any(all(map(one.has, entry.needs)) for one in lifecycles)
    }
    return asked <= SETTLED


class Remembered(dict[Any, Any]):
    """What is told of values, each asked once while it is remembered."""

    def __init__(self, tell: Callable[[Any], Any]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, value: Any) -> Any:
        found = self._tell(value[0] if type(value) is tuple else value)
        if type(value) is not str or len(value) <= _SHORT:
            if len(self) >= _KEPT:
                self.clear()
            self[value] = found
        return found

    def of(self, values: Sequence[Any]) -> list[Any]:
        """Return what is told of each value; `values` are keys."""
        return list(map(self.__getitem__, values))


def keys_of(values: Sequence[Any]) -> Sequence[Any]:
    """Return values as keys that tell them apart: a float in a tuple, `ODD` for what is no number or text."""
    kinds = set(map(type, values))
    if kinds <= _KEYS:
        return values
    return [value if type(value) in _KEYS else (value,) if type(value) is float else ODD for value in values]


class Moments(Remembered):
    """What tells of a task's time its seconds since 1970, None where it is unset or none."""

    def __init__(self, field: TimeField, lifecycle: Lifecycle) -> None:
        super().__init__(_seconds_of(field, lifecycle))
        self._unit = field.unit
        self._plain = all(map(is_unset, lifecycle.unset))

    def of(self, values: Sequence[Any]) -> list[Any]:
        """Return what is told of each value; times that are all in one unit are told together."""
        set_ = list(filter(None, values)) if self._plain else []
        if set(map(type, set_)) == {int}:
            first, last = time_kind(min(set_)), time_kind(max(set_))
            scale = SCALES.get(first or "")
            if first == last and scale is not None and self._unit in {None, first}:
                return [value / scale if value else None for value in values]
        if self._unit == "local-time" and set(map(type, values)) == {str} and all(map(is_date_time, values)):
            return [None] * len(values)
        return super().of(values)


def _seconds_of(field: TimeField, lifecycle: Lifecycle) -> Callable[[Any], Any]:
    def told(value: Any) -> Any:
        if value is ODD:
            return ODD
        if value is None or is_unset(value, lifecycle):
            return None
        if field.unit and other_time_unit(value, field.unit) is not None:
            return ODD
        seconds = seconds_in(value, field) if field.unit != "local-time" else None
        return ODD if seconds is not None and 0 < seconds < YEAR else seconds

    return told


def progresses(encoding: str, *, complete: bool) -> Remembered:
    """Return what tells of a progress the whole percent, None where it tells none."""

    def told(value: Any) -> Any:
        if value is ODD or value is None:
            return value
        progress = progress_of(value, encoding)
        if not is_unset(value):
            if other_progress_unit(value, encoding, complete=complete) is not None:
                return ODD
            if progress is None and (number_of(value) is not None or "%" in str(value)):
                return ODD
        return None if progress is None else int(progress * 100)

    return Remembered(told)


def reasons(lifecycle: Lifecycle) -> Remembered:
    """Return what tells whether a text says why a task failed: no word of a state, and no address."""

    def told(value: Any) -> Any:
        if value is None or value is ODD:
            return ODD if value is ODD else False
        if not isinstance(value, str) or value.startswith("http"):
            return ODD
        return not is_empty(value) and not is_state(value, lifecycle)

    return Remembered(told)


class _Hosts(Remembered):
    """Whether addresses of a host can be used."""

    def __init__(self) -> None:
        super().__init__(lambda host: unusable(f"https://{host}/") is None)


_hosts = _Hosts()


def usable(url: str) -> bool:
    """Return whether it is certain that an address can be used by its receiver."""
    found = _PLAIN_URL.fullmatch(url)
    if found is None or ("%" in url and _ESCAPED_SIGN.search(url)):
        return False
    usable: bool = _hosts[found[1]]
    return usable


def meant(schema: Mapping[str, Any]) -> Iterator[Callable[[Sequence[Any]], list[bool]]]:
    """Yield what tells of keys whether nothing can be said of each, for all that a schema says it means."""
    unit = schema.get("x-unit")
    unit = unit if isinstance(unit, str) else None
    if unit in PROGRESS_UNITS:
        yield Remembered(
            lambda value: (
                value is not ODD
                and (value is None or is_unset(value) or other_progress_unit(value, unit) is None)
            )
        ).of
    elif unit in TIME_UNITS or (schema.get("format") == "date-time" and schema.get("type") not in _TEXTS):
        promised = unit if unit in TIME_UNITS else "date-time"
        yield Remembered(
            lambda value: (
                value is not ODD
                and (value is None or is_unset(value) or other_time_unit(value, promised) is None)
            )
        ).of
    if promises_json(schema.get("contentMediaType")) and "contentEncoding" not in schema:
        yield _parse


def _parse(keys: Sequence[Any]) -> list[bool]:
    """Return of each key whether it is no text, or a text of JSON."""
    texts = [key for key in keys if type(key) is str]
    found = iter(parsed(texts))
    return [
        key is not ODD if type(key) is not str else next(found) is not None or not key.strip() for key in keys
    ]
