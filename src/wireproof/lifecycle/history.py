"""What many answers say about one task, and about one field: bounded, and merged in any order.

Of a task the first and the last sighting of each pair of state and whole percent are kept: that
is enough to tell whether it ever went back, whatever the order and the split of the exchanges,
and has an end however often the task is polled.  Sightings with a time are ordered by it;
those without are ordered by their number, within one source only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wireproof.door.times import utc_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from wireproof.finding import Place, Sighting

__all__ = [
    "FieldClass",
    "FieldRecord",
    "FieldSight",
    "Histories",
    "Mark",
    "MarkKey",
    "Stamp",
    "TaskRecord",
    "TaskSight",
    "TaskSpan",
    "TaskView",
    "stamp_of",
]


class Stamp(NamedTuple):
    """A sighting and its time in a form that sorts; `clock` is None where there is no time.

    `order` sorts stamps: by time where there is one, then by record.
    """

    sighting: Sighting
    clock: str | None
    order: tuple[bool, str, str, int]

    def before(self, other: Stamp) -> bool:
        """Return whether this one was certainly earlier."""
        if self.clock is not None and other.clock is not None and self.clock != other.clock:
            return self.clock < other.clock
        if (self.clock is None) != (other.clock is None) or self.sighting.source != other.sighting.source:
            return False
        return self.sighting.index < other.sighting.index


def stamp_of(sighting: Sighting) -> Stamp:
    """Return a sighting with its time in UTC, without the `Z`, so that fractions sort."""
    moment = utc_time(sighting.time) if sighting.time else None
    clock = moment.removesuffix("Z") if moment else None
    return Stamp(sighting, clock, (clock is None, clock or "", sighting.source, sighting.index))


MarkKey = tuple[bool, str, str, int, str]


class Mark(NamedTuple):
    """One state of a task at one whole percent (None: not told), first and last seen.

    `chain` is None for sightings with a time, else their source: sightings of two chains are
    never compared.  `word` is the state as it may be shown.
    """

    chain: str | None
    state: str
    percent: int | None
    word: str
    first: Stamp
    last: Stamp

    @property
    def key(self) -> MarkKey:
        """Return what tells one mark of a task from another."""
        percent = -1 if self.percent is None else self.percent
        return (self.chain is not None, self.chain or "", self.state, percent, self.word)

    def merge(self, other: Mark) -> Mark:
        """Return the mark with the first and the last sighting of both."""
        first = self.first if self.first.order <= other.first.order else other.first
        last = self.last if self.last.order >= other.last.order else other.last
        return self if first is self.first and last is self.last else self._replace(first=first, last=last)


class TaskView(NamedTuple):
    """What a report may say of a task: states, numbers and times as they are, strings by their shape."""

    id: str | None
    state: str
    wire_state: str
    progress: float | None
    results: tuple[str, ...]
    reason: str | None
    times: tuple[tuple[str, str], ...]


class TaskRecord(NamedTuple):
    """All sightings of one task.

    `key` tells the task from others and is never shown.  `view` is its latest sighting.
    `status_at` and `progress_at` are the pointers of those fields, `place` the contract's line
    about the lifecycle.
    """

    provider: str
    operation: str
    key: str
    status: str
    status_at: str
    progress_at: str | None
    place: Place | None
    view: TaskView
    marks: tuple[Mark, ...]
    polls: int
    first: Stamp
    last: Stamp

    def __repr__(self) -> str:
        """Return the record without its key, which is the task's own identifier."""
        return f"TaskRecord({self.provider}, {self.operation}, {self.view}, {self.polls} answers)"


class FieldClass(NamedTuple):
    """How often values of one class were seen in a field, first and last."""

    name: str
    seen: int
    first: Stamp
    last: Stamp


class FieldRecord(NamedTuple):
    """The classes of values that one field held; `role` is `id` or `time`.

    `firm` says that the contract itself calls the field an identifier, so that any stranger
    among its values counts.
    """

    provider: str
    operation: str
    status: str
    pointer: str
    role: str
    firm: bool
    place: Place | None
    classes: tuple[FieldClass, ...]


class TaskSight(NamedTuple):
    """One sighting of a task, not yet counted; `view` is made only if it is the latest one."""

    provider: str
    operation: str
    key: str
    status: str
    status_at: str
    progress_at: str | None
    place: Place | None
    mark: Mark
    view: Callable[[], TaskView]


class TaskSpan(NamedTuple):
    """Some sightings of one task that were counted together; `latest` is the last of them."""

    latest: TaskSight
    marks: tuple[Mark, ...]
    polls: int
    first: Stamp


class FieldSight(NamedTuple):
    """One value of a field, not yet counted: the class that it has."""

    provider: str
    operation: str
    status: str
    pointer: str
    role: str
    firm: bool
    place: Place | None
    name: str
    stamp: Stamp


class Histories(NamedTuple):
    """All tasks and fields that were kept; `tasks_left_out` says whether there were more tasks."""

    tasks: tuple[TaskRecord, ...] = ()
    fields: tuple[FieldRecord, ...] = ()
    tasks_left_out: bool = False
