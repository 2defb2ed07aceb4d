"""A task as it stands in one answer: one canonical view over all providers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wireproof.lifecycle.pointers import find, first
from wireproof.lifecycle.request import asked_for
from wireproof.lifecycle.units import iso_utc, progress_of, seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wireproof.contract import Operation
    from wireproof.exchange import Exchange
    from wireproof.lifecycle.declared import Lifecycle, TimeField
    from wireproof.lifecycle.pointers import Path, Pointer

__all__ = ["Reading", "Task", "is_empty", "is_unset", "iter_readings", "lifecycle_for", "read_task"]

_CONTAINERS = (dict, list)
_YEAR_ONE = "0001-01-01"
"""How languages with a zero time write one that was never set."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task, in words that are the same for every provider.

    `state` is `queued`, `running`, `succeeded`, `failed` or `unknown`; `wire_state` what the
    provider wrote, `mapped` whether the lifecycle knows that.  `progress` is 0 to 1, None where
    it is not told.  `results` are the values at the result places that are not empty.  `reason`
    is the first text at the reason places of a task that failed.  `times` maps `submitted`,
    `started` and `finished`, as far as they are set, to RFC 3339 times in UTC.  `id` is the
    task's identifier as text.
    """

    state: str
    wire_state: Any
    mapped: bool = True
    progress: float | None = None
    results: tuple[Any, ...] = ()
    reason: str | None = None
    times: Mapping[str, str] = field(default_factory=dict)
    id: str | None = None

    @property
    def terminal(self) -> bool:
        """Return whether the task has come to its end."""
        return self.state in {"succeeded", "failed"}


class Reading:
    """Where a task stands in an answer, the lifecycle it is read by, and its word for the state.

    `under` leads to the task in an answer about several.  `asked` is the identifier that the
    request asked for, None where that is not told.
    """

    def __init__(
        self, lifecycle: Lifecycle, value: Any, word: Any, *, under: Path = (), asked: str | None = None
    ) -> None:
        self.lifecycle = lifecycle
        self.value = value
        self.word = word
        self.under = under
        self.asked = asked

    @cached_property
    def mapped(self) -> str | None:
        """Return the canonical state, None for a word that the lifecycle does not map."""
        return self.lifecycle.state_of(self.word)

    @property
    def state(self) -> str:
        """Return the canonical state."""
        return self.mapped or "unknown"

    @cached_property
    def id(self) -> str | None:
        """Return the task's identifier as text."""
        value = self.first(self.lifecycle.task.at) if self.lifecycle.task else None
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            return None
        return str(value)

    @cached_property
    def progress(self) -> float | None:
        """Return the progress from 0 to 1."""
        declared = self.lifecycle.progress
        return progress_of(self.first(declared.at), declared.encoding) if declared else None

    @cached_property
    def results(self) -> tuple[Any, ...]:
        """Return the values at the result places that are not empty."""
        places = (place for pointer in self.lifecycle.results for place in self.at(pointer))
        return tuple(value for _, value in places if not is_empty(value))

    @cached_property
    def task(self) -> Task:
        """Return the task as a value of its own."""
        texts = (self.first(pointer) for pointer in self.lifecycle.reason if self.state == "failed")
        moments = ((entry.name, self.moment(entry)) for entry in self.lifecycle.times if entry.name)
        return Task(
            state=self.state,
            wire_state=self.word,
            mapped=self.mapped is not None,
            progress=self.progress,
            results=self.results,
            reason=next((text for text in texts if isinstance(text, str) and text.strip()), None),
            times={
                name: text
                for name, seconds in moments
                if seconds is not None and (text := iso_utc(seconds)) is not None
            },
            id=self.id,
        )

    def at(self, pointer: Pointer) -> Iterable[tuple[Path, Any]]:
        """Return path and value of every place of this task that a pointer leads to."""
        return find(self.value, pointer, under=self.under)

    def first(self, pointer: Pointer) -> Any:
        """Return the value at a pointer, None where there is none."""
        return first(self.value, pointer, under=self.under)

    def moment(self, entry: TimeField) -> float | None:
        """Return a time in seconds since 1970; None where it is unset, or no time in its unit."""
        value = self.first(entry.at)
        return None if is_unset(value, self.lifecycle) else seconds_of(value, entry.unit)


def is_empty(value: Any) -> bool:
    """Return whether a value says nothing: null, or a blank text, an empty array or object."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or (isinstance(value, _CONTAINERS) and not value)


def is_unset(value: Any, lifecycle: Lifecycle | None = None) -> bool:
    """Return whether a time is one that was never set."""
    if isinstance(value, bool) or is_empty(value) or value in (0, "0"):
        return True
    if isinstance(value, str) and value.startswith(_YEAR_ONE):
        return True
    unset = lifecycle.unset if lifecycle else ()
    return any(type(value) is type(known) and value == known for known in unset)


def lifecycle_for(lifecycles: Sequence[Lifecycle], value: Any) -> Lifecycle | None:
    """Return the first lifecycle whose shape a body has, or None."""
    return next((lifecycle for lifecycle in lifecycles if lifecycle.fits(value)), None)


def iter_readings(
    lifecycle: Lifecycle, value: Any, *, operation: Operation | None = None, exchange: Exchange | None = None
) -> Iterator[Reading]:
    """Yield the tasks of a body, in order: one for each place of the status that holds a word."""
    if lifecycle.status is None:
        return
    asked = None
    if operation is not None and exchange is not None and lifecycle.task and lifecycle.task.request:
        asked = asked_for(lifecycle.task.request, operation, exchange)
    depth = len(lifecycle.anchor)
    for path, word in find(value, lifecycle.status):
        if word is not None and not isinstance(word, _CONTAINERS):
            yield Reading(lifecycle, value, word, under=path[:depth], asked=asked)


def read_task(
    lifecycles: Sequence[Lifecycle],
    value: Any,
    *,
    operation: Operation | None = None,
    exchange: Exchange | None = None,
) -> Task | None:
    """Return the task in a body, or None where there is none.

    Of several tasks it is the one that was asked for, else the first.
    """
    lifecycle = lifecycle_for(lifecycles, value)
    if lifecycle is None:
        return None
    found = list(iter_readings(lifecycle, value, operation=operation, exchange=exchange))
    wanted = [reading for reading in found if reading.asked is not None and reading.id == reading.asked]
    chosen = next(iter([*wanted, *found]), None)
    return chosen.task if chosen else None
