"""The fast way through an examination: many answers of one operation at a time.

An answer that decodes to the struct of its closed schema has nothing wrong with it, and costs a
count.  One that does not is explained in full once; the next that is wrong in the same way costs a
count too.  What cannot be told for certain, bytes that parsers read differently among it, goes the
full way.
"""

from __future__ import annotations

from functools import cached_property
from itertools import compress
from operator import gt, itemgetter, not_
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.envelopes import EXCHANGES, is_bare, parsed
from wireproof.evidence import Evidence
from wireproof.evidence.columns import Columns
from wireproof.evidence.outline import Outlines
from wireproof.recording import body_bytes
from wireproof.validating.structs import Cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wireproof.contract import Contract
    from wireproof.evidence import Order, Root
    from wireproof.evidence.columns import Batch
    from wireproof.sameness import Known, Signatures
    from wireproof.evidence.mould import Column
    from wireproof.evidence.mould import Columns as Watched
    from wireproof.sights import Sights
    from wireproof.tally import Tally
    from wireproof.validating import Judge
    from wireproof.validating.gate import Gate

__all__ = ["BATCH", "Lane", "Lanes", "Pending", "Pile"]

BATCH = 1024
"""How many answers of an operation are counted at once."""
_LARGE = 1 << 22
"""How many bytes of answers are counted at once, however few they are."""
_MOST_KNOWN = 1 << 11

Pending = tuple[Any, "Order", bytes, int]
"""A body, its sighting, the line it stands on, and the number of that line."""


class Pile(NamedTuple):
    """Answers by columns: bodies, sightings, whole lines and their numbers, what is quoted around, texts.

    `quotes` is how many quotation marks stand in a text beside the body's own.
    """

    bodies: Sequence[Any]
    orders: Sequence[Order]
    lines: Sequence[bytes]
    numbers: Sequence[int]
    quotes: Sequence[int]
    texts: Sequence[bytes]

    def at(self, chosen: Sequence[int]) -> Pile:
        """Return some of the answers."""
        return Pile(*(list(map(column.__getitem__, chosen)) for column in self))

    def entry(self, at: int, body: Any) -> Pending:
        """Return one answer, as it is explained."""
        return (body, self.orders[at], self.lines[at], self.numbers[at])


class _Heap:
    """Answers that wait to be counted."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget all answers."""
        self.bytes = 0
        self.values: list[Any] = []
        self.columns: tuple[list[Any], ...] = ([], [], [], [], [], [])

    def add(self, values: Sequence[Any], pile: Pile) -> None:
        """Put answers in, and what their bodies are."""
        self.values += values
        for mine, theirs in zip(self.columns, pile, strict=True):
            mine += theirs
        self.bytes += sum(map(len, pile.texts))

    def taken(self) -> tuple[list[Any], Pile]:
        """Return all values and answers, in the order of their sightings; nothing waits then."""
        values, pile = self.values, Pile(*self.columns)
        self.clear()
        if any(map(gt, pile.orders, pile.orders[1:])):
            ordered = sorted(range(len(values)), key=pile.orders.__getitem__)
            return list(map(values.__getitem__, ordered)), pile.at(ordered)
        return values, pile

    @property
    def full(self) -> bool:
        """Return whether it is time to count."""
        return len(self.values) >= BATCH or self.bytes >= _LARGE


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
        self.decoded, self.parsed = _Heap(), _Heap()
        self.judged: list[tuple[Any, Order]] = []

    @cached_property
    def gate(self) -> Gate:
        """Return the gate of the schema."""
        from wireproof.validating.gate import Gate  # noqa: PLC0415 - only lines pass gates

        return Gate(self._judge.applicable, self._definition)

    @cached_property
    def cast(self) -> Cast | None:
        """Return what decodes the answers that fit, where the schema is one that structs can have."""
        mould = self.gate.mould
        return Cast(mould, self.sights.wanted) if mould is not None else None

    @cached_property
    def signatures(self) -> Signatures:
        """Return what tells the ways of being wrong apart."""
        from wireproof.sameness import Signatures  # noqa: PLC0415 - a single body needs none

        return Signatures(self._judge.schemas, self._definition)

    def take(self, pile: Pile, *, bare: bool) -> list[int]:
        """Take answers in, their bodies as text; return the numbers of those that are left.

        `bare` says that the texts may be exchanges instead: those are left.
        """
        rest: Sequence[int] = range(len(pile.bodies))
        cast = self.cast
        if cast is not None and not (bare and not EXCHANGES.isdisjoint(cast.names)):
            structs = cast.of(pile.bodies)
            if None not in structs:
                self.decoded.add(structs, pile)
                return []
            fitting = [at for at in rest if structs[at] is not None]
            self.decoded.add(list(map(structs.__getitem__, fitting)), pile.at(fitting))
            rest = [at for at in rest if structs[at] is None]
        return self._take_parsed(pile, rest, bare=bare)

    def _take_parsed(self, pile: Pile, rest: Sequence[int], *, bare: bool) -> list[int]:
        """Take answers in that do not fit as they are, or whose body is a text within the text."""
        values = parsed([pile.bodies[at] for at in rest])
        left, kept, texts = [], [], []
        for at, value in zip(rest, values, strict=True):
            if value is None or (bare and not is_bare(value)):
                left.append(at)
            elif type(value) is str and not bare:
                (texts if value else left).append(at)
            else:
                kept.append(at)
        if texts:
            inner = [body_bytes(value) for value in values if type(value) is str and value]
            quoted = pile.at(texts)._replace(bodies=inner, quotes=[0] * len(inner), texts=inner)
            left += [texts[at] for at in self._take_inner(quoted)]
        if len(kept) == len(values):
            self.parsed.add(values, pile if len(kept) == len(pile.bodies) else pile.at(kept))
        elif kept:
            chosen = set(kept)
            taken = [value for at, value in zip(rest, values, strict=True) if at in chosen]
            self.parsed.add(taken, pile.at(kept))
        return left

    def _take_inner(self, pile: Pile) -> list[int]:
        values = parsed(pile.bodies)
        left = [at for at, value in enumerate(values) if value is None]
        if left:
            kept = [at for at, value in enumerate(values) if value is not None]
            pile = pile.at(kept)
            values = [values[at] for at in kept]
        self.parsed.add(values, pile)
        return left

    def wanted(self, batch: Batch, *, decoded: bool) -> Watched:
        """Return the columns of identifiers, times and addresses in a batch; of structs all there are."""
        if decoded and self.cast is not None:
            return self.cast.columns(batch.wanted)
        return {
            self.watched[place]: column for place, column in batch.watched.items() if place in self.watched
        }


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
            self.flush(lane, whole=True)
            self._count_judged(lane)
            for known in lane.known.values():
                self._fold(known)

    def _count_judged(self, lane: Lane) -> None:
        judged, lane.judged = lane.judged, []
        if judged:
            judged.sort(key=itemgetter(1))
            bodies, orders = zip(*judged, strict=True)
            self.evidence.count(lane.root, lane.columns, lane.outline, list(bodies), orders)

    def flush(self, lane: Lane, *, whole: bool = False) -> None:
        """Judge and count the pending answers of a lane; those that are few wait, but where it is `whole`."""
        if lane.decoded.full or (whole and lane.decoded.values):
            self._decoded(lane, *lane.decoded.taken())
        if lane.parsed.full or (whole and lane.parsed.values):
            self._parsed(lane, *lane.parsed.taken())

    def _decoded(self, lane: Lane, structs: list[Any], pile: Pile) -> None:
        """Count answers that fit, but for the values that decoding does not look into."""
        doubtful, refused, columns = self._counted(lane, structs, pile, decoded=True)
        doubtful |= lane.sights.loud(columns)
        apart = doubtful | refused
        if apart:
            columns = {path: _without(column, apart) for path, column in columns.items()}
        self._tally.fields(lane.sights.counted(columns, pile.orders))
        if apart:
            self._one_by_one(lane, pile, sorted(apart), refused - doubtful)

    def _one_by_one(self, lane: Lane, pile: Pile, apart: Sequence[int], refused: set[int]) -> None:
        """Explain answers whose evidence is counted; the refused that are wrong in a known way are counted."""
        for at, body in zip(apart, parsed([pile.bodies[at] for at in apart]), strict=True):
            entry = pile.entry(at, body)
            if at in refused:
                self._same(lane, entry)
            else:
                self._tell(self._explain(entry))
        self._count_all_known(lane)

    def _parsed(self, lane: Lane, values: list[Any], pile: Pile) -> None:
        """Judge answers that are no structs, and count them."""
        from wireproof.sameness import safe  # noqa: PLC0415 - loaded with what is counted

        verdicts = list(map(lane.gate.passes, values))
        exact = [verdict or safe(value) for verdict, value in zip(verdicts, values, strict=True)]
        for verdict in (True, False):
            chosen = [at for at, one in enumerate(verdicts) if one is verdict and exact[at]]
            if chosen:
                self._judged(lane, [values[at] for at in chosen], pile.at(chosen), fits=verdict)
        for at in compress(range(len(values)), map(not_, exact)):
            self._alone(lane, pile.entry(at, values[at]))

    def _judged(self, lane: Lane, values: list[Any], pile: Pile, *, fits: bool) -> None:
        doubtful, _, columns = self._counted(lane, values, pile, fits=fits)
        if fits and not doubtful and lane.sights.quiet(values, columns):
            self._tally.fields(lane.sights.counted_in(values, pile.orders, columns=columns))
            return
        for at, value in enumerate(values):
            entry = pile.entry(at, value)
            if at in doubtful or (fits and not lane.sights.quiet([value])):
                self._tell(self._explain(entry))
            elif fits:
                self._tally.fields(lane.sights.counted_in([value], [entry[1]]))
            else:
                self._same(lane, entry)
        self._count_all_known(lane)

    def _alone(self, lane: Lane, entry: Pending) -> None:
        """Count an answer whose value the quick reading may have changed, as its reader reads it."""
        look = self._explain(entry)
        self._tell(look)
        if look.value is not None:
            self.judged(lane, look.value.value, entry[1])

    def _tell(self, look: Any) -> None:
        """Count what one answer shows that was explained by itself, what its head tells left out."""
        self._tally.findings(look.body_findings)
        if look.meaning is not None:
            self._tally.sights(look.meaning)

    def _count_all_known(self, lane: Lane) -> None:
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
            self._tally.fields(lane.sights.counted_in(values, orders, known.skip))

    def _counted(
        self, lane: Lane, values: list[Any], pile: Pile, *, fits: bool = True, decoded: bool = False
    ) -> tuple[set[int], set[int], Watched]:
        """Count the evidence of some answers.

        Return which may have a key twice, which do not fit after all, and the columns watched.
        """
        from wireproof.sameness import no_key_twice  # noqa: PLC0415 - as above

        mould = lane.cast.mould if decoded and lane.cast is not None else None
        batch = self.evidence.count(
            lane.root, lane.columns, lane.outline, values, pile.orders, sure=fits, mould=mould
        )
        columns = lane.wanted(batch, decoded=decoded)
        if not decoded and len(lane.watched) < len(lane.sights.paths):
            self._watch(lane)
        if no_key_twice(b"".join(pile.texts), 2 * batch.strings + sum(pile.quotes)):
            return set(), batch.refused, columns
        bodies = parsed(pile.bodies) if decoded else values
        return (
            {
                at
                for at, text in enumerate(pile.texts)
                if not no_key_twice(text, 2 * _strings(bodies[at]) + pile.quotes[at])
            },
            batch.refused,
            columns,
        )

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
                self._tally.fields(lane.sights.counted_in([undone], [order], known.skip))
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


def _without(column: Column, apart: set[int]) -> Column:
    """Return a column without the values of some answers."""
    kept = [(value, row) for value, row in zip(*column, strict=True) if row not in apart]
    return [value for value, _ in kept], [row for _, row in kept]


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
