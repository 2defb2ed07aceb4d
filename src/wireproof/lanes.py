"""The fast way through an examination: many answers of one operation at a time.

A body that its gate passes has nothing wrong with it, and costs a count.  One that it does not
pass is explained in full once; the next that is wrong in the same way costs a count too.  What
cannot be told for certain, bytes that parsers read differently among it, goes the full way.
"""

from __future__ import annotations

from functools import cached_property
from operator import gt
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.evidence import Evidence
from wireproof.evidence.columns import Columns
from wireproof.evidence.outline import Outlines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from wireproof.contract import Contract
    from wireproof.evidence import Order, Root
    from wireproof.sameness import Known, Signatures
    from wireproof.sights import Columns as Watched
    from wireproof.sights import Sights
    from wireproof.tally import Tally
    from wireproof.validating import Judge
    from wireproof.validating.gate import Gate

__all__ = ["BATCH", "Lane", "Lanes", "Pending"]

BATCH = 256
"""How many answers of an operation are counted at once."""

Pending = tuple[Any, "Order", bytes, int]
"""A body, its sighting, the line it stands on, and the number of that line."""


class Lane:
    """The answers of one operation under one promised status and schema, until they are counted."""

    def __init__(self, root: Root, judge: Judge, schema: str, columns: Columns, outlines: Outlines) -> None:
        definition = judge.schemas.defs[schema]
        self.root = root
        self._judge, self._definition = judge, definition
        self.columns = columns
        self.outline = outlines.of([definition])
        self.sights: Sights
        self.known: dict[object, Known] = {}
        self.watched: dict[int, tuple[str, ...]] = {}
        self.bodies: list[Any] = []
        self.orders: list[Order] = []
        self.lines: list[bytes] = []
        self.numbers: list[int] = []
        self.quotes: list[int] = []
        self.texts: list[bytes] = []
        self.judged: list[tuple[Any, Order]] = []

    @cached_property
    def gate(self) -> Gate:
        """Return the gate of the schema."""
        from wireproof.validating.gate import Gate  # noqa: PLC0415 - only lines pass gates

        return Gate(self._judge.applicable, self._definition)

    @cached_property
    def signatures(self) -> Signatures:
        """Return what tells the ways of being wrong apart."""
        from wireproof.sameness import Signatures  # noqa: PLC0415 - a single body needs none

        return Signatures(self._judge.schemas, self._definition)

    def add(
        self,
        bodies: Sequence[Any],
        orders: Sequence[Order],
        *,
        lines: Sequence[bytes],
        numbers: Iterable[int],
        quotes: Iterable[int],
        texts: Sequence[bytes],
    ) -> None:
        """Put some answers in; `texts` are what `quotes` is counted in, beside the body's own."""
        self.bodies += bodies
        self.orders += orders
        self.lines += lines
        self.numbers += numbers
        self.quotes += quotes
        self.texts += texts

    def taken(self) -> _Pile:
        """Return what is pending, in the order of its sightings; nothing is pending then."""
        pile = _Pile(self.bodies, self.orders, self.lines, self.numbers, self.quotes, self.texts)
        self.bodies, self.orders, self.lines, self.numbers, self.quotes, self.texts = [], [], [], [], [], []
        if any(map(gt, pile.orders, pile.orders[1:])):
            return pile.at(sorted(range(len(pile.orders)), key=pile.orders.__getitem__))
        return pile


class _Pile(NamedTuple):
    """Answers by columns: bodies, sightings, whole lines and their numbers, what else is quoted, texts."""

    bodies: list[Any]
    orders: list[Order]
    lines: list[bytes]
    numbers: list[int]
    quotes: list[int]
    texts: list[bytes]

    def at(self, chosen: Sequence[int]) -> _Pile:
        """Return some of the answers."""
        return _Pile(
            *(
                list(map(column.__getitem__, chosen))
                for column in (self.bodies, self.orders, self.lines, self.numbers, self.quotes, self.texts)
            )
        )

    def entry(self, at: int) -> Pending:
        """Return one answer, as it is explained."""
        return (self.bodies[at], self.orders[at], self.lines[at], self.numbers[at])


class Lanes:
    """All lanes of an examination, and the evidence that they count.

    `batch` is how many bodies of a lane are counted at once.
    """

    batch = BATCH

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
        if not lane.bodies:
            return
        from wireproof.sameness import safe  # noqa: PLC0415 - as above

        pile = lane.taken()
        verdicts = list(map(lane.gate.passes, pile.bodies))
        if False not in verdicts:
            self._passed(lane, pile)
            return
        if True in verdicts:
            self._passed(lane, pile.at([at for at, verdict in enumerate(verdicts) if verdict]))
        rejected = [at for at, verdict in enumerate(verdicts) if not verdict]
        exact = [at for at in rejected if safe(pile.bodies[at])]
        if exact:
            self._rejected(lane, pile.at(exact))
        if len(exact) < len(rejected):
            for at in sorted(set(rejected) - set(exact)):
                self._alone(lane, pile.entry(at))

    def _alone(self, lane: Lane, entry: Pending) -> None:
        """Count an answer whose value the quick reading may have changed, as its reader reads it."""
        look = self._explain(entry)
        self._tell(look)
        if look.value is not None:
            self.judged(lane, look.value.value, entry[1])

    def _passed(self, lane: Lane, pile: _Pile) -> None:
        doubtful, columns = self._doubtful(lane, pile, sure=True)
        if not doubtful and lane.sights.quiet(pile.bodies, columns):
            self._tally.fields(lane.sights.counted(pile.bodies, pile.orders, columns=columns))
            return
        for at in range(len(pile.bodies)):
            body = pile.bodies[at]
            if at in doubtful or not lane.sights.quiet([body]):
                self._tell(self._explain(pile.entry(at)))
            else:
                self._tally.fields(lane.sights.counted([body], [pile.orders[at]]))

    def _tell(self, look: Any) -> None:
        """Count what one answer shows that was explained by itself, what its head tells left out."""
        self._tally.findings(look.body_findings)
        if look.meaning is not None:
            self._tally.sights(look.meaning)

    def _rejected(self, lane: Lane, pile: _Pile) -> None:
        doubtful, _ = self._doubtful(lane, pile, sure=False)
        for at in range(len(pile.bodies)):
            if at in doubtful:
                self._tell(self._explain(pile.entry(at)))
            else:
                self._same(lane, pile.entry(at))
        for known in lane.known.values():
            if known.waiting:
                self._count_known(lane, known)

    def _count_known(self, lane: Lane, known: Known) -> None:
        """Count the answers that are wrong in a known way, those that mean more by an explanation of each."""
        waiting, known.waiting = known.waiting, []
        if not lane.sights.quiet([value for _, value in waiting]):
            loud = [pair for pair in waiting if not lane.sights.quiet([pair[1]])]
            waiting = [pair for pair in waiting if lane.sights.quiet([pair[1]])]
            for entry, _ in loud:
                self._tell(self._explain(entry))
        for entry, _ in waiting:
            known.count(entry)
        if waiting:
            values, orders = [value for _, value in waiting], [entry[1] for entry, _ in waiting]
            self._tally.fields(lane.sights.counted(values, orders, known.skip))

    def _doubtful(self, lane: Lane, pile: _Pile, *, sure: bool) -> tuple[set[int], Watched]:
        """Count the evidence of some answers; return which may have a key twice, and the columns watched."""
        from wireproof.sameness import no_key_twice  # noqa: PLC0415 - as above

        batch = self.evidence.count(
            lane.root, lane.columns, lane.outline, pile.bodies, pile.orders, sure=sure
        )
        columns = {
            lane.watched[place]: column for place, column in batch.watched.items() if place in lane.watched
        }
        if len(lane.watched) < len(lane.sights.paths):
            self._watch(lane)
        if no_key_twice(b"".join(pile.texts), 2 * batch.strings + sum(pile.quotes)):
            return set(), columns
        return {
            at
            for at, text in enumerate(pile.texts)
            if not no_key_twice(text, 2 * _strings(pile.bodies[at]) + pile.quotes[at])
        }, columns

    def _watch(self, lane: Lane) -> None:
        """Have the columns of identifiers, times and addresses handed on, where they are counted anyway."""
        for path in lane.sights.paths:
            place = self.evidence.place(lane.root, path)
            if place is not None:
                lane.watched[id(place)] = path
                lane.columns.watched.add(id(place))

    def _same(self, lane: Lane, entry: Pending) -> None:
        """Count an answer that is wrong in a known way, or explain it and know the way."""
        body, order = entry[0], entry[1]
        signature = lane.signatures.of(lane.gate, body)
        known = lane.known.get(signature) if signature is not None else None
        if known is not None:
            undone = known.undone(body)
            if not known.changes or lane.gate.passes(undone):
                known.waiting.append((entry, undone))
                return
        look = self._explain(entry)
        self._tally.noticed(look.body_findings)
        if known is None and signature is not None and look.simple:
            from wireproof.sameness import Known  # noqa: PLC0415 - as above

            known = Known(look.body_findings, look.changes)
            seen = {(sight.pointer, sight.name) for sight in look.meaning.fields} if look.meaning else set()
            undone = known.undone(body)
            same = lane.sights.of_one(undone, known.skip) == seen
            if same and lane.sights.quiet([undone]) and (not known.changes or lane.gate.passes(undone)):
                if len(lane.known) >= _MOST_KNOWN:
                    self._forget(lane)
                lane.known[signature] = known
                known.count(entry, explained=True)
                self._tally.fields(lane.sights.counted([undone], [order], known.skip))
                return
        self._tell(look)

    def _forget(self, lane: Lane) -> None:
        for known in lane.known.values():
            if known.waiting:
                self._count_known(lane, known)
            self._fold(known)
        lane.known.clear()

    def _fold(self, known: Known) -> None:
        if known.sightings:
            if known.earlier is not None:
                known.findings, known.earlier = self._explain(known.earlier).body_findings, None
            self._tally.counted(known.told())


_MOST_KNOWN = 1 << 11


def _by_order(entry: tuple[Any, ...]) -> Order:
    order: Order = entry[1]
    return order


def _strings(value: Any) -> int:
    """Return how many strings a value holds, the names of members included."""
    count = 0
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if type(current) is str:
            count += 1
        elif type(current) is dict:
            count += len(current)
            waiting.extend(current.values())
        elif type(current) is list:
            waiting.extend(current)
    return count
