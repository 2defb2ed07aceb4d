"""The fast way through an examination: many answers of one operation at a time.

A body that its gate passes has nothing wrong with it, and costs a count.  One that it does not
pass is explained in full once; the next that is wrong in the same way costs a count too.  What
cannot be told for certain, bytes that parsers read differently among it, goes the full way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.evidence import Evidence
from wireproof.evidence.columns import Columns
from wireproof.evidence.outline import Outlines
from wireproof.sameness import Known, Signatures, no_key_twice, safe
from wireproof.validating.gate import Gate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wireproof.contract import Contract
    from wireproof.diagnosis import Change
    from wireproof.evidence import Order, Root
    from wireproof.finding import Finding
    from wireproof.tally import Tally
    from wireproof.validating import Judge

__all__ = ["Lane", "Lanes", "Pending"]

BATCH = 256
"""How many answers of an operation are counted at once."""

Explain = "Callable[[Pending], tuple[list[Finding], tuple[Change, ...], bool]]"
Pending = tuple[Any, "Order", bytes, int | None, int, bytes | None]
"""A body, its sighting, its line, the number of that line, the members around the body, and its own text."""


class Lane:
    """The answers of one operation under one promised status and schema, until they are counted."""

    def __init__(self, root: Root, judge: Judge, schema: str, columns: Columns, outlines: Outlines) -> None:
        definition = judge.schemas.defs[schema]
        self.root = root
        self.gate = Gate(judge.applicable, definition)
        self.columns = columns
        self.outline = outlines.of([definition])
        self.signatures = Signatures(judge.schemas, definition)
        self.known: dict[object, Known] = {}
        self.pending: list[Pending] = []
        self.judged: list[tuple[Any, Order]] = []


class Lanes:
    """All lanes of an examination, and the evidence that they count."""

    def __init__(self, tally: Tally, explain: Callable[[Pending], Any]) -> None:
        self.evidence = Evidence()
        self._tally = tally
        self._explain = explain
        self._lanes: dict[tuple[Root, str], Lane] = {}
        self._columns: dict[int, tuple[Columns, Outlines]] = {}

    def lane(self, root: Root, contract: Contract, judge: Judge, schema: str) -> Lane:
        """Return the lane of an operation's answers under one status and schema."""
        key = (root, schema)
        if key not in self._lanes:
            columns = self._columns.setdefault(
                id(contract), (Columns(contract.schemas.words), Outlines(contract.schemas))
            )
            self._lanes[key] = Lane(root, judge, schema, *columns)
        return self._lanes[key]

    def judged(self, lane: Lane, value: Any, order: Order) -> None:
        """Count the evidence of a body that went the full way."""
        lane.judged.append((value, order))
        if len(lane.judged) >= BATCH:
            self._count_judged(lane)

    def settle(self) -> None:
        """Count all that is pending, and tell the tally everything that is known."""
        for lane in self._lanes.values():
            self.flush(lane)
            self._count_judged(lane)
            for known in lane.known.values():
                self._fold(known)

    def _count_judged(self, lane: Lane) -> None:
        judged, lane.judged = lane.judged, []
        if judged:
            judged.sort(key=_by_order)
            bodies, orders = zip(*judged, strict=True)
            self.evidence.count(lane.root, lane.columns, lane.outline, list(bodies), orders)

    def flush(self, lane: Lane) -> None:
        """Judge and count the pending answers of a lane."""
        pending, lane.pending = lane.pending, []
        if not pending:
            return
        orders = [entry[1] for entry in pending]
        if any(map(_greater, orders, orders[1:])):
            pending.sort(key=_by_order)
        verdicts = list(map(lane.gate.passes, [entry[0] for entry in pending]))
        if all(verdicts):
            self._passed(lane, pending)
            return
        passed = [entry for entry, verdict in zip(pending, verdicts, strict=True) if verdict]
        if passed:
            self._passed(lane, passed)
        rejected = [entry for entry, verdict in zip(pending, verdicts, strict=True) if not verdict]
        exact = [entry for entry in rejected if safe(entry[0])]
        if exact:
            self._rejected(lane, exact)
        for entry in rejected if len(exact) < len(rejected) else ():
            if not safe(entry[0]):
                self._tally.findings(self._explain(entry).findings)

    def _passed(self, lane: Lane, entries: Sequence[Pending]) -> None:
        for entry in self._doubtful(lane, entries, sure=True):
            self._tally.findings(self._explain(entry).findings)

    def _rejected(self, lane: Lane, entries: Sequence[Pending]) -> None:
        doubtful = self._doubtful(lane, entries, sure=False)
        for entry in entries:
            if doubtful and entry in doubtful:
                self._tally.findings(self._explain(entry).findings)
            else:
                self._same(lane, entry)

    def _doubtful(self, lane: Lane, entries: Sequence[Pending], *, sure: bool) -> list[Pending]:
        """Count the evidence of some answers; return those in which a key may stand twice."""
        bodies = [entry[0] for entry in entries]
        orders = [entry[1] for entry in entries]
        members = self.evidence.count(lane.root, lane.columns, lane.outline, bodies, orders, sure=sure)
        texts = [entry[5] or entry[2] for entry in entries]
        if no_key_twice(b"\n".join(texts), members + sum(entry[4] for entry in entries)):
            return []
        return [
            entry
            for entry, text in zip(entries, texts, strict=True)
            if not no_key_twice(text, entry[4] + _members(entry[0]))
        ]

    def _same(self, lane: Lane, entry: Pending) -> None:
        """Count an answer that is wrong in a known way, or explain it and know the way."""
        signature = lane.signatures.of(lane.gate, entry[0])
        known = lane.known.get(signature) if signature is not None else None
        if known is not None and known.explains(entry[0], lane.gate.passes):
            known.count(entry)
            return
        explained = self._explain(entry)
        if known is None and signature is not None and explained.simple:
            if len(lane.known) >= _MOST_KNOWN:
                self._forget(lane)
            lane.known[signature] = known = Known(explained.findings, explained.changes)
            known.count(entry, explained=True)
        else:
            self._tally.findings(explained.findings)

    def _forget(self, lane: Lane) -> None:
        for known in lane.known.values():
            self._fold(known)
        lane.known.clear()

    def _fold(self, known: Known) -> None:
        if known.sightings:
            if known.earlier is not None:
                known.findings, known.earlier = self._explain(known.earlier).findings, None
            self._tally.counted(known.told())


_MOST_KNOWN = 1 << 11


def _by_order(entry: tuple[Any, ...]) -> Order:
    order: Order = entry[1]
    return order


def _greater(left: Order, right: Order) -> bool:
    return left > right


def _members(value: Any) -> int:
    """Return how many members all objects in a value have."""
    count = 0
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if type(current) is dict:
            count += len(current)
            waiting.extend(current.values())
        elif type(current) is list:
            waiting.extend(current)
    return count
