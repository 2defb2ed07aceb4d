"""Answers about a task, many at a time: which certainly mean nothing wrong, and how their tasks went on.

An answer that fits its schema can still be wrong in what it means.  Here the columns that its
lifecycle names are looked at, and every answer of which nothing is certain is told: another word
than the mapped ones, a success without an address, times out of order, an identifier that was not
asked for.  The rules of meaning look at those by themselves.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.finding import Sighting
from wireproof.lanes.asking import asking
from wireproof.lanes.certain import ODD, Moments, Remembered, keys_of, progresses, reasons, usable
from wireproof.lanes.envelopes import parsed
from wireproof.lanes.piles import body_in
from wireproof.lifecycle import is_empty, iter_readings
from wireproof.lifecycle.history import Mark, Stamp, TaskSight, TaskSpan
from wireproof.lifecycle.pointers import text_of
from wireproof.lifecycle.units import LAST_PLAUSIBLE, object_id_time, seconds_of
from wireproof.meaning import key_of, view_of
from wireproof.rules.time_order import DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wireproof.evidence import Order
    from wireproof.evidence.mould import Column, Columns, Mould, Path
    from wireproof.lanes.piles import Pile
    from wireproof.lifecycle import Lifecycle
    from wireproof.lifecycle.history import TaskView
    from wireproof.matching import Match
    from wireproof.redact import Display

__all__ = ["Life", "Told", "life_of"]

_STAR = "*"
_SLACK = 2
"""By how many seconds the time of an answer may be off by the way it is written."""
_ZONES = (1799, 15 * 3600)
"""Within so many seconds times may be whole hours apart, by the zone that they are written in."""
_LARGE = 1 << 11
"""A text of more bytes is not kept to be viewed later."""
_SCALARS = frozenset({str, int})
_RESULTS = _SCALARS | {dict, list}


class Told(NamedTuple):
    """What some answers tell of their tasks, one a row; `uncertain` are the rows to be explained."""

    uncertain: set[int]
    ids: Sequence[Any]
    words: Sequence[Any]
    percents: Sequence[int | None]


class Life:
    """Reads the tasks of answers by columns, each answer being about one task."""

    def __init__(self, match: Match, lifecycle: Lifecycle, display: Display) -> None:
        self._match, self.lifecycle, self._display = match, lifecycle, display
        self._status: Path = lifecycle.status or ()
        self._anchors = [self._status[: at + 1] for at, token in enumerate(self._status) if token == _STAR]
        self._states = Remembered(self._state)
        self._reasons = reasons(lifecycle)
        self._moments = [(field, Moments(field, lifecycle)) for field in lifecycle.times]
        encoding = lifecycle.progress.encoding if lifecycle.progress else ""
        self._percents = {complete: progresses(encoding, complete=complete) for complete in (False, True)}
        self._made = Remembered(object_id_time)
        self._keys = Remembered(key_of)
        self._asked = asking(lifecycle.task.request if lifecycle.task else None, match.operation.path)
        place = lifecycle.place("states")
        self._sight = partial(
            TaskSight,
            provider=match.operation.provider,
            operation=match.operation.id,
            status=match.status,
            status_at=text_of(self._status),
            progress_at=text_of(lifecycle.progress.at) if lifecycle.progress else None,
            place=place,
        )
        task = lifecycle.task
        self.paths: list[Path] = [
            *self._anchors,
            self._status,
            *lifecycle.results,
            *lifecycle.reason,
            *([lifecycle.progress.at] if lifecycle.progress else ()),
            *([lifecycle.success.at] if lifecycle.success else ()),
            *((task.at, *task.same_as) if task else ()),
            *(field.at for field in lifecycle.times),
        ]

    def _state(self, word: Any) -> Any:
        """Return state and shown word; `ODD` for a word that is not mapped."""
        if type(word) not in _SCALARS:
            return ODD
        state = self.lifecycle.state_of(word)
        if state is None and self.lifecycle.states:
            return ODD
        return (state or "unknown", self._display.value(word).strip('"'))

    def told(self, columns: Columns, pile: Pile) -> Told:
        """Return what some answers tell of their tasks."""
        size = len(pile.orders)
        uncertain: set[int] = set()
        for path in self._anchors:
            rows = columns[path][1]
            if list(rows) != list(range(size)):
                once = Counter(rows)
                uncertain.update(row for row in range(size) if once[row] != 1)
        words = keys_of(_dense(columns[self._status], size, uncertain))
        states = self._states.of(words)
        uncertain.update(at for at, state in enumerate(states) if state is ODD)
        self._look_at_envelope(columns, uncertain)
        kinds = [state[0] if state is not ODD else "" for state in states]
        ended = {
            kind: {at for at, one in enumerate(kinds) if one == kind} for kind in ("failed", "succeeded")
        }
        self._look_at_results(columns, ended["succeeded"], uncertain)
        self._look_at_reasons(columns, ended["failed"], uncertain)
        percents = self._percents_of(columns, size, ended["succeeded"], uncertain)
        ids = self._ids(columns, pile, uncertain)
        self._look_at_times(columns, ids, pile.orders, uncertain)
        return Told(uncertain, ids, states, percents)

    def _look_at_envelope(self, columns: Columns, uncertain: set[int]) -> None:
        predicate = self.lifecycle.success
        if predicate is None:
            return
        values, rows = columns[predicate.at]
        kind, equals = type(predicate.equals), predicate.equals
        if set(map(type, values)) <= {kind} and values.count(equals) == len(values):
            return
        for value, row in zip(values, rows, strict=True):
            if type(value) is not kind or value != equals:
                uncertain.add(row)

    def _look_at_results(self, columns: Columns, succeeded: set[int], uncertain: set[int]) -> None:
        lifecycle = self.lifecycle
        bringing: set[int] = set()
        for pointer in lifecycle.results:
            for value, row in zip(*columns[pointer], strict=True):
                if value is None or value == "":
                    continue
                if type(value) not in _RESULTS:
                    uncertain.add(row)
                elif not is_empty(value):
                    bringing.add(row)
                    if lifecycle.result_kind == "url" and type(value) is str and not usable(value):
                        uncertain.add(row)
        if lifecycle.results:
            uncertain.update(succeeded - bringing)

    def _look_at_reasons(self, columns: Columns, failed: set[int], uncertain: set[int]) -> None:
        lifecycle = self.lifecycle
        explained: set[int] = set()
        for pointer in lifecycle.reason:
            values, rows = columns[pointer]
            for told, row in zip(self._reasons.of(keys_of(values)), rows, strict=True):
                if told is ODD:
                    uncertain.add(row)
                elif told:
                    explained.add(row)
        if lifecycle.reason:
            uncertain.update(failed - explained)

    def _percents_of(
        self, columns: Columns, size: int, succeeded: set[int], uncertain: set[int]
    ) -> Sequence[int | None]:
        if self.lifecycle.progress is None:
            return [None] * size
        keys = keys_of(_dense(columns[self.lifecycle.progress.at], size, uncertain))
        percents = self._percents[False].of(keys)
        for row in succeeded:
            percents[row] = self._percents[True][keys[row]]
        if ODD in percents:
            uncertain.update(row for row, percent in enumerate(percents) if percent is ODD)
        return percents

    def _ids(self, columns: Columns, pile: Pile, uncertain: set[int]) -> Sequence[Any]:
        """Return the identifier of each task, None where the contract names no place for it."""
        task, size = self.lifecycle.task, len(pile.orders)
        if task is None:
            return [None] * size
        found = _dense(columns[task.at], size, uncertain)
        ids = list(map(_identity, found)) if set(map(type, found)) != {str} else found
        others = [_dense(columns[pointer], size, uncertain) for pointer in task.same_as]
        for other in others:
            uncertain.update(
                row
                for row, (mine, value) in enumerate(zip(ids, other, strict=True))
                if value is not None and value != "" and _identity(value) != mine
            )
        asked = self._asked(pile.asked)
        uncertain.update(
            row
            for row, (mine, one) in enumerate(zip(ids, asked, strict=True))
            if not mine or (one is not None and one != mine)
        )
        return ids

    def _look_at_times(
        self, columns: Columns, ids: Sequence[Any], orders: Sequence[Order], uncertain: set[int]
    ) -> None:
        size = len(orders)
        before: list[Any] = [None] * size
        latest = _latest(orders)
        for field, told in self._moments:
            seconds = told.of(keys_of(_dense(columns[field.at], size, uncertain)))
            if ODD in seconds:
                uncertain.update(row for row, one in enumerate(seconds) if one is ODD)
                seconds = [None if one is ODD else one for one in seconds]
            if not field.name:
                continue
            if field.name == "submitted":
                self._look_at_zones(ids, seconds, uncertain)
            for row, (earlier, one) in enumerate(zip(before, seconds, strict=True)):
                if one is None:
                    continue
                if one > latest and one > _latest(orders[row : row + 1]):
                    uncertain.add(row)
                if earlier is not None and one < earlier:
                    uncertain.add(row)
                before[row] = one

    def _look_at_zones(self, ids: Sequence[Any], seconds: Sequence[Any], uncertain: set[int]) -> None:
        """Note the tasks whose identifier tells another time of their making."""
        for row, (identity, one) in enumerate(zip(ids, seconds, strict=True)):
            if one is not None and identity and len(identity) == 24:  # noqa: PLR2004 - an object id
                made = self._made[identity]
                if made is not None and _ZONES[0] < abs(one - made) < _ZONES[1]:
                    uncertain.add(row)

    def spans(
        self, told: Told, rows: Sequence[int], pile: Pile, keeps: Callable[[str], bool]
    ) -> Iterator[TaskSpan]:
        """Yield the sightings of each task in some answers, in their order; `keeps` says of which tasks."""
        tasks: dict[str, list[int]] = {}
        for row in rows:
            identity = told.ids[row]
            order = pile.orders[row]
            key = identity or f"@{order[2]}#{order[3]}#0"
            tasks.setdefault(key, []).append(row)
        for identity, mine in tasks.items():
            key = self._keys[identity] if told.ids[mine[0]] is not None else identity
            if keeps(key):
                yield self._span(key, told, mine, pile)

    def _span(self, key: str, told: Told, rows: Sequence[int], pile: Pile) -> TaskSpan:
        orders, stamps = pile.orders, dict[int, Stamp]()
        ends: dict[tuple[Any, ...], list[int]] = {}
        for row in rows:
            order = orders[row]
            mark = (order[2] if order[0] else None, told.words[row], told.percents[row])
            known = ends.get(mark)
            if known is None:
                ends[mark] = [row, row]
            else:
                known[1] = row
        for row in dict.fromkeys(chain.from_iterable(ends.values())):
            stamps[row] = _stamp(orders[row])
        marks = {
            last: Mark(source, state, percent, word, stamps[first], stamps[last])
            for (source, (state, word), percent), (first, last) in ends.items()
        }
        last = rows[-1]
        sight = self._sight(key=key, mark=marks[last], view=self._view(pile, last))
        return TaskSpan(sight, tuple(marks.values()), len(rows), stamps[rows[0]])

    def _view(self, pile: Pile, row: int) -> Callable[[], TaskView]:
        """Return what makes the view of a task, from the text of its answer."""
        text, whole = pile.bodies[row], pile.bodies[row] is pile.lines[row]
        view = partial(self._viewed, text, whole=whole)
        if len(text) <= _LARGE:
            return view
        made = view()
        return lambda: made

    def _viewed(self, text: Any, *, whole: bool) -> TaskView:
        value = body_in(parsed([text])[0], whole=whole)
        return view_of(self._display, next(iter_readings(self.lifecycle, value)))


def life_of(match: Match, lifecycles: Sequence[Lifecycle], mould: Mould, display: Display) -> Life | None:
    """Return what reads the tasks of answers that decode to a mould, None where columns cannot."""
    lifecycle: Lifecycle | None = None
    for lifecycle in lifecycles:
        fits = _always(lifecycle.when, mould)
        if fits is None:
            return None
        if fits:
            break
    else:
        return None
    if not lifecycle.status:
        return None
    life = Life(match, lifecycle, display)
    return life if all(_is_columnar(mould, path) for path in life.paths) else None


def _always(when: Any, mould: Mould) -> bool | None:
    """Return whether all values of a mould fit a condition, or none of them; None where that is open."""
    if when is None:
        return True
    if (
        not isinstance(when, dict)
        or not when.keys() <= {"required", "not"}
        or not mould.members
        or mould.kind is not mould.struct
    ):
        return None
    members = {member.name: member.optional for member in mould.members}
    told = [None if members.get(name) else name in members for name in when.get("required", ())]
    if "not" in when:
        inner = _always(when["not"], mould)
        told.append(None if inner is None else not inner)
    return False if False in told else None if None in told else True


def _is_columnar(mould: Mould, path: Path) -> bool:
    """Return whether a pointer leads to the values of a column, and to no others."""
    at: Mould | None = mould
    for token in path:
        if token.isdecimal():
            return False
        if at is None or at.plain:
            return at is None
        if token == _STAR:
            if at.items is None:
                return at.struct is None
            at = at.items
        else:
            member = at.member(token)
            at = member.mould if member is not None else None
    return True


def _dense(column: Column, size: int, uncertain: set[int]) -> Sequence[Any]:
    """Return a column with None where an answer has no value; one with several is uncertain."""
    values, rows = column
    if len(values) == size and list(rows) == list(range(size)):
        return values
    dense: list[Any] = [None] * size
    if len(set(rows)) < len(rows):
        uncertain.update(row for row, count in Counter(rows).items() if count > 1)
    for value, row in zip(values, rows, strict=True):
        dense[row] = value
    return dense


def _identity(value: Any) -> str | None:
    return str(value) if type(value) in _SCALARS and value != "" else None


def _stamp(order: Order) -> Stamp:
    untimed, time, source, index = order
    clock = None if untimed else time.removesuffix("Z")
    return Stamp(
        Sighting(source, index, None if untimed else time), clock, (untimed, clock or "", source, index)
    )


def _latest(orders: Sequence[Order]) -> float:
    """Return the latest second that is plausible in all of some answers, in their order."""
    latest = float(LAST_PLAUSIBLE) if orders[-1][0] else float("inf")
    if orders[0][0]:
        return latest
    now = seconds_of(orders[0][1], "date-time")
    return min(latest, now + DAY - _SLACK) if now is not None else float("-inf")
