"""Counting what histories hold: one sighting at a time or whole histories, in any order, within bounds.

`TASKS_KEPT` tasks are kept, chosen by a checksum of their identifiers: the same ones however
the exchanges are split.  Of one task at most `SOURCES_KEPT` sources without times are kept, of
all fields at most `FIELDS_KEPT`, both by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from wireproof.lifecycle.history import FieldClass, FieldRecord, Histories, TaskRecord, TaskView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wireproof.finding import Place
    from wireproof.lifecycle.history import FieldSight, Mark, MarkKey, Stamp, TaskSight, TaskSpan

__all__ = ["FIELDS_KEPT", "SOURCES_KEPT", "TASKS_KEPT", "Keeper", "together"]

TASKS_KEPT = 5000
SOURCES_KEPT = 16
FIELDS_KEPT = 2000


def together(left: Histories, right: Histories) -> Histories:
    """Return the histories over the exchanges of both."""
    keeper = Keeper()
    keeper.add(left)
    keeper.add(right)
    return keeper.close()


class Keeper:
    """Counts sightings while exchanges come in, within the bounds."""

    def __init__(self) -> None:
        self._tasks: dict[tuple[str, str, str], _OpenTask] = {}
        self._fields: dict[tuple[str, str, str, str, str], _OpenField] = {}
        self._left_out = False
        self._last_kept = 1 << 32

    def keeps(self, key: str) -> bool:
        """Return whether a task may be among those that are kept: False once so many rank before it."""
        return _checksum(key) <= self._last_kept

    def add(self, histories: Histories) -> None:
        """Add all that other histories hold."""
        for record in histories.tasks:
            self._task(record).add(record)
        for entry in histories.fields:
            self._field(entry).add(entry)
        self._left_out = self._left_out or histories.tasks_left_out
        self._cut(2)

    def tasks(self, sights: Iterable[TaskSight]) -> None:
        """Count sightings of tasks."""
        for sight in sights:
            self._task(sight).see(sight)
        self._cut(2)

    def spans(self, spans: Iterable[TaskSpan]) -> None:
        """Count sightings of tasks that were counted together."""
        for span in spans:
            self._task(span.latest).span(span)
        self._cut(2)

    def fields(self, sights: Iterable[FieldSight]) -> None:
        """Count values of fields."""
        for sight in sights:
            self._field(sight).see(sight)
        self._cut(2)

    def close(self) -> Histories:
        """Return what was counted so far."""
        self._cut(1)
        tasks = tuple(self._tasks[key].record() for key in sorted(self._tasks))
        fields = tuple(self._fields[key].record(key) for key in sorted(self._fields))
        return Histories(tasks, fields, self._left_out)

    def _task(self, sight: TaskSight | TaskRecord) -> _OpenTask:
        key = (sight.provider, sight.operation, sight.key)
        if key not in self._tasks:
            self._tasks[key] = _OpenTask(sight)
        return self._tasks[key]

    def _field(self, sight: FieldSight | FieldRecord) -> _OpenField:
        key = (sight.provider, sight.operation, sight.status, sight.pointer, sight.role)
        if key not in self._fields:
            self._fields[key] = _OpenField()
        return self._fields[key]

    def _cut(self, slack: int) -> None:
        """Drop what is beyond the bounds, once it is `slack` times as much as they allow."""
        if len(self._tasks) > slack * TASKS_KEPT:
            self._left_out = True
            kept = sorted(self._tasks, key=_rank)[:TASKS_KEPT]
            self._tasks = {key: self._tasks[key] for key in kept}
            self._last_kept = _checksum(kept[-1][2])
        if len(self._fields) > slack * FIELDS_KEPT:
            self._fields = {key: self._fields[key] for key in sorted(self._fields)[:FIELDS_KEPT]}


class _OpenTask:
    """One task that is being counted."""

    def __init__(self, sight: TaskSight | TaskRecord) -> None:
        self._about = sight
        self._status = sight.status
        self._marks: dict[MarkKey, Mark] = {}
        self._polls = 0
        self._first: Stamp | None = None
        self._last: Stamp | None = None
        self._view: TaskView | Callable[[], TaskView] | None = None

    def see(self, sight: TaskSight) -> None:
        """Count one sighting."""
        self._mark(sight.mark)
        self._polls += 1
        self._span(sight.mark.first, sight.mark.last, sight, sight.view)

    def span(self, span: TaskSpan) -> None:
        """Count some sightings that were counted together."""
        for mark in span.marks:
            self._mark(mark)
        self._polls += span.polls
        self._span(span.first, span.latest.mark.last, span.latest, span.latest.view)

    def add(self, record: TaskRecord) -> None:
        """Count all sightings of a record."""
        for mark in record.marks:
            self._mark(mark)
        self._polls += record.polls
        self._span(record.first, record.last, record, record.view)

    def _mark(self, mark: Mark) -> None:
        key = mark.key
        known = self._marks.get(key)
        self._marks[key] = known.merge(mark) if known else mark
        if len(self._marks) > SOURCES_KEPT:
            self._cut()

    def _span(
        self,
        first: Stamp,
        last: Stamp,
        about: TaskSight | TaskRecord,
        view: TaskView | Callable[[], TaskView],
    ) -> None:
        self._status = min(self._status, about.status)
        if self._first is None or first.order < self._first.order:
            self._first = first
        if self._last is None or last.order > self._last.order:
            self._last, self._view, self._about = last, view, about
        elif last.order == self._last.order:
            self._view = max(_made(self._view), _made(view), key=repr)

    def _cut(self) -> None:
        chains = sorted({mark.chain for mark in self._marks.values() if mark.chain is not None})
        left = set(chains[SOURCES_KEPT:])
        self._marks = {key: mark for key, mark in self._marks.items() if mark.chain not in left}

    def record(self) -> TaskRecord:
        """Return what was counted."""
        assert self._first is not None  # noqa: S101 - made with its first sighting
        assert self._last is not None  # noqa: S101 - likewise
        self._view = _made(self._view)
        about = self._about
        return TaskRecord(
            about.provider, about.operation, about.key, self._status, about.status_at, about.progress_at,
            about.place, self._view, tuple(self._marks[key] for key in sorted(self._marks)), self._polls,
            self._first, self._last,
        )  # fmt: skip


class _OpenField:
    """One field that is being counted."""

    def __init__(self) -> None:
        self._firm = False
        self._places: list[Place] = []
        self._classes: dict[str, tuple[int, Stamp, Stamp]] = {}

    def see(self, sight: FieldSight) -> None:
        """Count one value."""
        self._about(sight)
        self._count(sight.name, 1, sight.stamp, sight.stamp)

    def add(self, record: FieldRecord) -> None:
        """Count all values of a record."""
        self._about(record)
        for entry in record.classes:
            self._count(entry.name, entry.seen, entry.first, entry.last)

    def _about(self, sight: FieldSight | FieldRecord) -> None:
        self._firm = self._firm or sight.firm
        if sight.place is not None and sight.place not in self._places:
            self._places.append(sight.place)

    def _count(self, name: str, count: int, first: Stamp, last: Stamp) -> None:
        known = self._classes.get(name)
        if known is not None:
            count += known[0]
            first = known[1] if known[1].order <= first.order else first
            last = known[2] if known[2].order >= last.order else last
        self._classes[name] = (count, first, last)

    def record(self, key: tuple[str, str, str, str, str]) -> FieldRecord:
        """Return what was counted."""
        place = min(self._places, key=str, default=None)
        classes = tuple(FieldClass(name, *self._classes[name]) for name in sorted(self._classes))
        return FieldRecord(*key, self._firm, place, classes)


def _made(view: TaskView | Callable[[], TaskView] | None) -> TaskView:
    assert view is not None  # noqa: S101 - made with its first sighting
    return view if isinstance(view, TaskView) else view()


def _rank(key: tuple[str, str, str]) -> tuple[int, str, str, str]:
    """Return the key by which tasks are kept: a checksum first, so that the choice is a fair sample."""
    return (_checksum(key[2]), *key)


def _checksum(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass"))
