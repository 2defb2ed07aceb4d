"""The fast way through an examination: many answers of one operation at a time.

An answer that decodes to the struct of its closed schema has nothing wrong with it, and costs a
count.  One that does not is explained in full once; the next that is wrong in the same way costs a
count too.  What cannot be told for certain, bytes that parsers read differently among it, goes the
full way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from operator import itemgetter, not_
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.envelopes import EXCHANGES, is_bare, parsed
from wireproof.evidence import Evidence, sighting_of
from wireproof.evidence.columns import Columns
from wireproof.evidence.outline import Outlines
from wireproof.recording import body_bytes
from wireproof.sameness import quotes_in, scaled, unescaped_quotes_in
from wireproof.validating.gate import compiled
from wireproof.validating.structs import Cast
from wireproof.varieties import Variety, varied

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence, Set

    from wireproof.contract import Contract
    from wireproof.evidence import Order, Root
    from wireproof.evidence.columns import Batch
    from wireproof.evidence.mould import Column
    from wireproof.evidence.mould import Columns as Watched
    from wireproof.finding import Finding
    from wireproof.matching import Match
    from wireproof.meaning import Meaning
    from wireproof.sameness import Known, Signatures
    from wireproof.sights import Sights
    from wireproof.tally import Tally
    from wireproof.validating import Judge
    from wireproof.validating.gate import Gate

__all__ = ["BATCH", "Head", "Lane", "Lanes", "Pending", "Pile"]

BATCH = 1024
"""How many answers of an operation are counted at once."""
_LARGE = 1 << 22
"""How many bytes of answers are counted at once, however few they are."""
_SHALLOW = 1000
"""A text of fewer bytes cannot nest deeper than the limit."""
_MOST_KNOWN = 1 << 11
_SOME = 128
"""How many answers that no struct fits are judged at once: the sooner, the sooner their ways are known."""
_OFTEN = 8
"""How often a way of being wrong must come to be decoded from then on."""
_MOST_VARIETIES = 4

Pending = tuple[Any, "Order", bytes, int]
"""A body, its sighting, the line it stands on, and the number of that line."""


@dataclass(slots=True, eq=False)
class Head:
    """All answers that look alike up to their body: what they match, what that tells, and their lane.

    `meaning` is what every answer of it tells, until the tally has been told.  `count` and the sightings are those since `told` was last asked; `fresh` counts what the tally
    has not been told of.
    """

    match: Match
    findings: tuple[Finding, ...]
    lane: Lane | None
    meaning: Meaning | None = None
    fresh: int = 0
    count: int = 0
    first: Order | None = None
    last: Order | None = None

    def seen(self, orders: Sequence[Order]) -> None:
        """Count some answers."""
        self.fresh += len(orders)
        if self.findings:
            self.count += len(orders)
            first, last = min(orders), max(orders)
            self.first = first if self.first is None else min(self.first, first)
            self.last = last if self.last is None else max(self.last, last)

    def told(self) -> list[Finding]:
        """Return the findings as often as they were seen since this was last asked."""
        count, first, last = self.count, self.first, self.last
        self.count, self.first, self.last = 0, None, None
        if first is None or last is None:
            return []
        return [scaled(finding, count, sighting_of(first), sighting_of(last)) for finding in self.findings]


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
        self.bytes = self.quotes = 0
        self.values: list[Any] = []
        self.columns: tuple[list[Any], ...] = ([], [], [], [], [], [])

    def add(self, values: Sequence[Any], pile: Pile) -> None:
        """Put answers in, and what their bodies are."""
        self.values += values
        for mine, theirs in zip(self.columns, pile, strict=True):
            mine.extend(theirs)
        self.bytes += sum(map(len, pile.texts))
        self.quotes += quotes_in(pile.texts)  # they are at hand: they have just been decoded

    def taken(self) -> tuple[list[Any], Pile, int]:
        """Return all values and answers, in the order of their sightings; nothing waits then.

        The last value is how many quotation marks stand in all texts.
        """
        values, pile, quotes = self.values, Pile(*self.columns), self.quotes
        self.clear()
        ordered = sorted(pile.orders)
        if ordered != pile.orders:
            rows = sorted(range(len(values)), key=pile.orders.__getitem__)
            return list(map(values.__getitem__, rows)), pile.at(rows), quotes
        return values, pile, quotes

    @property
    def full(self) -> bool:
        """Return whether it is time to count."""
        return len(self.values) >= BATCH or self.bytes >= _LARGE


class Lane:
    """The answers of one operation under one promised status and schema, until they are counted."""

    def __init__(
        self, root: Root, judge: Judge, schema: str, columns: Columns, outlines: Outlines, *, depth: int
    ) -> None:
        definition = judge.schemas.defs[schema]
        self.root, self.depth = root, depth
        self._judge, self._definition = judge, definition
        self.columns = columns
        self.outline = outlines.of([definition])
        self.sights: Sights
        self.known: dict[object, Known] = {}
        self.watched: dict[int, tuple[str, ...]] = {}
        self.decoded: dict[int, tuple[Cast, _Heap]] = {}
        self.parsed = _Heap()
        self.judged: list[tuple[Any, Order]] = []
        self._varied: set[object] = set()
        self._met: dict[object, int] = {}

    @cached_property
    def gate(self) -> Gate:
        """Return the gate of the schema."""
        from wireproof.validating.gate import Gate  # noqa: PLC0415 - only lines pass gates

        return Gate(self._judge.applicable, self._definition)

    @cached_property
    def casts(self) -> list[Cast]:
        """Return what decodes the answers that fit, where the schema is one that structs can have.

        Behind it stands what decodes those that are wrong in the ways that came often.
        """
        mould = self.gate.mould
        if mould is None:
            return []
        return [Cast(mould, self.sights.wanted, Variety(mould, {}, whole=False))]

    def met(self, signature: Any, body: Any) -> None:
        """Note that an answer is wrong in a known way; what comes often is decoded from then on."""
        faults = signature[0] if type(signature) is tuple else signature
        times = self._met.get(faults, 0) + 1
        self._met[faults] = times
        if times == _OFTEN:
            self._vary(body)

    def forget(self) -> None:
        """Begin to count anew what comes often."""
        self._met.clear()

    def _vary(self, body: Any) -> None:
        """Have answers decoded that are wrong like a body."""
        if not self.casts or len(self.casts) > _MOST_VARIETIES or self.gate.closed is None:
            return
        if self.signatures.chooses:
            return
        found = varied(self.casts[0].mould, body, self.gate.closed.iter_errors(body))
        if found is None or found[0] in self._varied:
            return
        self._varied.add(found[0])
        found[2].wrong = True
        self.casts.append(Cast(found[1], self.sights.wanted, found[2]))

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
        for cast in self.casts:
            if bare and not EXCHANGES.isdisjoint(cast.names):
                continue
            structs = cast.of(
                [pile.bodies[at] for at in rest] if len(rest) < len(pile.bodies) else pile.bodies
            )
            fitting = [at for at, struct in zip(rest, structs, strict=True) if struct is not None]
            cast.fresh = len(fitting)
            if len(fitting) == len(pile.bodies):
                self.put(cast, structs, pile)
                return []
            if fitting:
                self.put(cast, [struct for struct in structs if struct is not None], pile.at(fitting))
                rest = [at for at, struct in zip(rest, structs, strict=True) if struct is None]
        return self._take_parsed(pile, rest, bare=bare) if rest else []

    def put(self, cast: Cast, structs: Sequence[Any], pile: Pile) -> None:
        """Take answers in that are decoded."""
        if id(cast) not in self.decoded:
            self.decoded[id(cast)] = (cast, _Heap())
        self.decoded[id(cast)][1].add(structs, pile)

    def _take_parsed(self, pile: Pile, rest: Sequence[int], *, bare: bool) -> list[int]:
        """Take answers in that do not fit as they are, or whose body is a text within the text."""
        deep = [at for at in rest if self._may_be_deep(pile.texts[at])]
        if deep:
            rest = sorted(set(rest).difference(deep))
        values = parsed([pile.bodies[at] for at in rest])
        left, kept = deep, list[int]()
        texts = list[int]()
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

    def _may_be_deep(self, text: bytes) -> bool:
        return len(text) > _SHALLOW and text.count(b"{") + text.count(b"[") > self.depth

    def _take_inner(self, pile: Pile) -> list[int]:
        values = parsed(pile.bodies)
        left = [at for at, value in enumerate(values) if value is None]
        if left:
            kept = [at for at, value in enumerate(values) if value is not None]
            pile = pile.at(kept)
            values = [values[at] for at in kept]
        self.parsed.add(values, pile)
        return left

    def wanted(self, batch: Batch, cast: Cast | None) -> Watched:
        """Return the columns of identifiers, times and addresses in a batch; of structs all there are."""
        if cast is not None:
            return cast.columns(batch.wanted)
        return {
            self.watched[place]: column for place, column in batch.watched.items() if place in self.watched
        }


class Lanes:
    """All lanes of an examination, and the evidence that they count."""

    def __init__(self, tally: Tally, explain: Callable[[Pending], Any], *, depth: int) -> None:
        self.evidence = Evidence()
        self._tally, self._depth = tally, depth
        self._explain = explain
        self._lanes: dict[tuple[Root, str], Lane] = {}
        self._columns: dict[int, tuple[Columns, Outlines]] = {}

    def lane(self, root: Root, contract: Contract, judge: Judge, schema: str) -> Lane:
        """Return the lane of an operation's answers under one status and schema."""
        key = (root, schema)
        if key not in self._lanes:
            columns = self._columns.setdefault(
                id(contract), (Columns(contract.schemas.words, compiled), Outlines(contract.schemas))
            )
            self._lanes[key] = Lane(root, judge, schema, *columns, depth=self._depth)
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
        for cast, heap in lane.decoded.values():
            if heap.full or (whole and heap.values):
                self._decoded(lane, cast, *heap.taken())
        if len(lane.parsed.values) >= _SOME or lane.parsed.full or (whole and lane.parsed.values):
            self._parsed(lane, *lane.parsed.taken())

    def _decoded(self, lane: Lane, cast: Cast, structs: list[Any], pile: Pile, quotes: int) -> None:
        """Count answers that fit, but for the values that decoding does not look into."""
        batch, doubtful, columns = self._counted(lane, structs, pile, quotes, cast=cast)
        doubtful |= lane.sights.loud(columns, batch.expected)
        right: set[int] = set() if cast.variety.wrong else set(range(len(structs)))
        right -= doubtful
        right.difference_update(batch.refused)
        self._fields(lane, pile, columns, right, batch, frozenset())
        cast.expect(lane.sights.asked)
        if len(right) == len(structs):
            return
        for at, body in zip(sorted(doubtful), bodies_of(pile, sorted(doubtful)), strict=True):
            self._tell(self._explain(pile.entry(at, body)))
        wrong = [at for at in range(len(structs)) if at not in right and at not in doubtful]
        self._varieties(lane, cast.variety, structs, pile, wrong, batch, columns)

    def _fields(
        self,
        lane: Lane,
        pile: Pile,
        columns: Watched,
        rows: Set[int],
        batch: Batch,
        skip: frozenset[str],
    ) -> None:
        """Count the identifiers and times of some answers of a batch."""
        if len(rows) < batch.size:
            columns = {path: _only(column, rows) for path, column in columns.items()}
        if rows:
            self._tally.fields(lane.sights.counted(columns, pile.orders, skip, batch.expected))

    def _varieties(
        self,
        lane: Lane,
        variety: Variety,
        structs: Sequence[Any],
        pile: Pile,
        wrong: Sequence[int],
        batch: Batch,
        columns: Watched,
    ) -> None:
        """Count answers that are wrong, those in the same way together; explain the ways not known yet."""
        same: dict[object, list[int]] = {}
        for key, at in zip(variety.keys(structs, wrong, batch.refused), wrong, strict=True):
            same.setdefault(key, []).append(at)
        counted: dict[frozenset[str], set[int]] = {}
        for key, rows in same.items():
            known = variety.known.get(key)
            rest = iter(rows)
            while known is None and (at := next(rest, None)) is not None:
                known = self._same(lane, pile.entry(at, bodies_of(pile, [at])[0]))
                if known is not None and not known.changes:
                    variety.known[key] = known
                else:
                    known = None
            left = list(rest)
            if known is not None and left:
                known.counted(len(left), pile.entry(left[0], None), pile.orders[left[-1]])
                counted.setdefault(known.skip, set()).update(left)
        for skip, chosen in counted.items():
            self._fields(lane, pile, columns, chosen, batch, skip)
        self._count_all_known(lane)

    def _parsed(self, lane: Lane, values: list[Any], pile: Pile, _quotes: int) -> None:
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
        _, doubtful, columns = self._counted(lane, values, pile, quotes_in(pile.texts), fits=fits)
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
        self,
        lane: Lane,
        values: list[Any],
        pile: Pile,
        quotes: int,
        *,
        fits: bool = True,
        cast: Cast | None = None,
    ) -> tuple[Batch, set[int], Watched]:
        """Count the evidence of some answers.

        Return the batch that they were, which may have a key twice, and the columns watched.
        """
        mould = cast.mould if cast is not None else None
        batch = self.evidence.count(
            lane.root, lane.columns, lane.outline, values, pile.orders, sure=fits, mould=mould
        )
        columns = lane.wanted(batch, cast)
        if cast is None and len(lane.watched) < len(lane.sights.paths):
            self._watch(lane)
        expected = 2 * batch.strings + sum(pile.quotes)
        if quotes == expected or (quotes > expected and unescaped_quotes_in(pile.texts) == expected):
            return batch, set(), columns
        bodies = values if cast is None else bodies_of(pile, range(len(values)))
        twice = {
            at
            for at, text in enumerate(pile.texts)
            if unescaped_quotes_in([text]) != 2 * _strings(bodies[at]) + pile.quotes[at]
        }
        return batch, twice, columns

    def _watch(self, lane: Lane) -> None:
        """Have the columns of identifiers, times and addresses handed on, where they are counted anyway."""
        for path in lane.sights.paths:
            place = self.evidence.place(lane.root, path)
            if place is not None:
                lane.watched[id(place)] = path
                lane.columns.watched.add(id(place))

    def _same(self, lane: Lane, entry: Pending) -> Known | None:
        """Count an answer that is wrong in a known way, or explain it and know the way; return that way."""
        body, order = entry[0], entry[1]
        signature = lane.signatures.of(lane.gate, body)
        known = lane.known.get(signature) if signature is not None else None
        if known is not None:
            undone = known.undone(body)
            if not known.changes:
                lane.met(signature, body)
            if not known.changes or lane.gate.passes(undone):
                known.waiting.append((entry, undone))
                return known
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
                return known
        self._tell(look)
        return None

    def _forget(self, lane: Lane) -> None:
        for known in lane.known.values():
            if known.waiting:
                self._count_known(lane, known)
            self._fold(known)
        lane.known.clear()
        for cast in lane.casts:
            cast.variety.known.clear()
        lane.forget()

    def _fold(self, known: Known) -> None:
        if known.sightings:
            if known.earlier is not None:
                known.tell(self._explain(known.earlier).body_findings)
                known.earlier = None
            self._tally.counted(known.told())


def bodies_of(pile: Pile, rows: Sequence[int]) -> list[Any]:
    """Return the bodies of some answers that were decoded: of a text by itself, or of a whole line."""
    values = parsed([pile.bodies[row] for row in rows])
    return [
        value["response"]["body"] if pile.bodies[row] is pile.lines[row] and _is_exchange(value) else value
        for row, value in zip(rows, values, strict=True)
    ]


def _is_exchange(value: Any) -> bool:
    """Return whether a line that was decoded is an exchange: a body by itself has no such member."""
    return type(value) is dict and "response" in value


def _only(column: Column, rows: Set[int]) -> Column:
    """Return the values of some answers."""
    kept = [(value, row) for value, row in zip(*column, strict=True) if row in rows]
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
