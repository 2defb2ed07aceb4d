"""What histories tell: a task that went back, a progress that shrank, a field whose values changed kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wireproof.evidence.chance import at_least
from wireproof.lifecycle.history import FieldClass
from wireproof.lifecycle.identifiers import LEAST_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from wireproof.lifecycle.history import FieldRecord, Mark, Stamp, TaskRecord

__all__ = ["Deviation", "Step", "deviations", "fell_back", "went_back"]

_RANKS = {"queued": 0, "running": 1, "succeeded": 2, "failed": 2}
_TERMINAL = 2
_LEAST = 3
"""How many values of one class a field must have shown before another class is a change."""
_RARE = 20
"""One in so many values may differ and still be the change of a few."""
_BY_LUCK = 1e-5
"""The least chance with which values of another alphabet may have come about in the usual one."""
_DIGITS, _HEX = " digits", " hex digits"
_DIGITS_OF_HEX, _HEX_OF_TEXT = 10 / 16, 16 / 32
"""The shares of a smaller alphabet in the next larger one that identifiers are written in."""


class Step(NamedTuple):
    """Two sightings of one task, the earlier one first, and when the later one was."""

    before: Mark
    after: Mark
    when: Stamp


class Deviation(NamedTuple):
    """A field that usually holds one class of values, and at times another."""

    usual: FieldClass
    other: FieldClass


def went_back(record: TaskRecord) -> Step | None:
    """Return the first step of a task to an earlier state, or out of a terminal one; None if it took none."""
    return _first_step(record, _is_return)


def fell_back(record: TaskRecord) -> Step | None:
    """Return the first step of a task to a lesser progress, or None.

    A failure may start the count again, and so may a return to an earlier state, which is told
    by itself.
    """
    fall = _first_step(record, _is_fall)
    back = went_back(record)
    if fall is None or back is None:
        return fall
    return fall if fall.when.before(back.when) else None


def deviations(record: FieldRecord) -> Iterator[Deviation]:
    """Yield the classes of values that are strangers in a field, after enough values of one class.

    A stranger is rare, or comes after all usual values.  Where the contract does not call the
    field an identifier, free text among its values shows that it is none.  An identifier that
    shows a smaller alphabet by chance, hex digits without a letter, is no stranger.
    """
    classes = _alphabets(record.classes) if record.role == "id" else record.classes
    precise = [entry for entry in classes if entry.name != "other"]
    loose = len(precise) < len(classes)
    if not precise or (loose and not record.firm):
        return
    usual = max(precise, key=lambda entry: (entry.seen, entry.first.order))
    others = [entry for entry in classes if entry is not usual]
    strange = sum(entry.seen for entry in others)
    for entry in others:
        old, new = (entry, usual) if entry.last.before(usual.first) else (usual, entry)
        rare = new is entry and strange <= max(1, usual.seen // _RARE)
        if old.seen >= _LEAST and (rare or old.last.before(new.first)):
            yield Deviation(old, new)


def _alphabets(classes: Iterable[FieldClass]) -> list[FieldClass]:
    """Return the classes of identifiers, those that came about by luck counted as the one they are of."""
    found = {entry.name: entry for entry in classes}
    for name in sorted(found):
        host = _host(found, name)
        if host is not None:
            _count_as(found, name, host)
    for name in sorted(found):
        if name.endswith(_DIGITS) and not name.endswith(_HEX) and name != "few digits":
            _count_as(found, name, "digits")
    if "few digits" in found:
        _count_as(found, "few digits", "digits" if "digits" in found else "other")
    return [found[name] for name in sorted(found)]


def _host(found: Mapping[str, FieldClass], name: str) -> str | None:
    """Return the class that may have shown values of a smaller alphabet by luck."""
    size, _, kind = name.partition(" ")
    if name == "digits":
        size, kind = str(LEAST_DIGITS), "digits"
    for host, share in ((f"{size}{_HEX}", _DIGITS_OF_HEX), ("other", _DIGITS_OF_HEX)):
        if kind == "digits" and size.isdigit() and _is_luck(found, name, host, share ** int(size)):
            return host
    if kind == "hex digits" and _is_luck(found, name, "other", _HEX_OF_TEXT ** int(size)):
        return "other"
    return None


def _is_luck(found: Mapping[str, FieldClass], name: str, host: str, share: float) -> bool:
    if host not in found:
        return False
    count = found[name].seen
    return at_least(count, count + found[host].seen, share) >= _BY_LUCK


def _count_as(found: dict[str, FieldClass], name: str, host: str) -> None:
    """Count the values of one class as values of another."""
    one = found.pop(name)
    two = found.get(host, one)
    found[host] = FieldClass(
        host,
        one.seen + two.seen if two is not one else one.seen,
        min(one.first, two.first, key=_order),
        max(one.last, two.last, key=_order),
    )


def _order(stamp: Stamp) -> tuple[bool, str, str, int]:
    return stamp.order


def _first_step(record: TaskRecord, is_step: Callable[[Mark, Mark], bool]) -> Step | None:
    if _is_forward(record.marks):
        return None
    found = []
    for after in record.marks:
        for before in record.marks:
            if before.chain == after.chain and is_step(before, after):
                when = _moment(before, after)
                if when is not None:
                    found.append(Step(before, after, when))
    return min(found, key=lambda step: (step.when.order, step.after.key, step.before.key), default=None)


def _is_forward(marks: Sequence[Mark]) -> bool:
    """Return whether it is plain that a task only went on: each mark seen after all of the one before."""
    ordered = sorted(marks, key=_begin)
    return all(map(_goes_on, ordered, ordered[1:]))


def _begin(mark: Mark) -> tuple[bool, str, str, int]:
    return mark.first.order


def _goes_on(before: Mark, after: Mark) -> bool:
    if before.last.order > after.first.order or before.state not in _RANKS or after.state not in _RANKS:
        return False
    if (before.percent is None) != (after.percent is None) or (before.percent or 0) > (after.percent or 0):
        return False
    return _RANKS[before.state] < _RANKS[after.state] or before.state == after.state


def _moment(before: Mark, after: Mark) -> Stamp | None:
    if before.first.before(after.first):
        return after.first
    return after.last if before.first.before(after.last) else None


def _is_return(before: Mark, after: Mark) -> bool:
    earlier, later = _RANKS.get(before.state), _RANKS.get(after.state)
    if earlier is None or later is None:
        return False
    return later < earlier or (earlier == _TERMINAL and before.state != after.state)


def _is_fall(before: Mark, after: Mark) -> bool:
    if before.percent is None or after.percent is None or after.percent >= before.percent:
        return False
    return after.state != "failed" and not _is_return(before, after)
