"""The fast way through an examination: many answers of one operation at a time.

An answer that decodes to the struct of its closed schema has nothing wrong with it, and costs a
count.  One that does not is explained in full once; the next that is wrong in the same way costs a
count too.  What cannot be told for certain, bytes that parsers read differently among it, goes the
full way.
"""

from __future__ import annotations

from itertools import compress
from operator import itemgetter, not_
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.evidence import Evidence
from wireproof.evidence.columns import Columns
from wireproof.evidence.outline import Outlines
from wireproof.evidence.strings import strings_in
from wireproof.lanes.lane import Lane
from wireproof.lanes.piles import BATCH, bodies_of
from wireproof.lanes.sameness import Known, quotes_in, safe, tokens_of, unescaped_quotes_in
from wireproof.lanes.varieties import shape_of
from wireproof.meaning import is_success
from wireproof.validating.engine import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from wireproof.contract import Contract, Schemas
    from wireproof.evidence import Order, Root
    from wireproof.evidence.mould import Column
    from wireproof.evidence.mould import Columns as Watched
    from wireproof.evidence.rows import Batch
    from wireproof.lanes.casting import Cast
    from wireproof.lanes.lives import Told
    from wireproof.lanes.piles import Pending, Pile
    from wireproof.lanes.sights import Sights
    from wireproof.matching import Match
    from wireproof.tally import Tally
    from wireproof.validating import Judge

__all__ = ["Lanes"]

_SOME = 128
"""How many answers that no struct fits are judged at once; at first fewer, to know their ways soon."""
_MOST_KNOWN = 1 << 11
_MOST_BYTES = 1 << 25
"""How many ways of being wrong are known at once, and how long the lines together that they were met on."""
_STRANGER = "undocumented-field"


class _Counted(NamedTuple):
    """Answers of a lane whose evidence is counted, and the columns that were watched meanwhile."""

    lane: Lane
    sights: Sights
    pile: Pile
    batch: Batch
    columns: Watched


class Lanes:
    """All lanes of an examination, and the evidence that they count."""

    def __init__(
        self, tally: Tally, explain: Callable[[Pending], Any], contracts: Sequence[Contract], *, depth: int
    ) -> None:
        self.evidence = Evidence()
        self._tally, self._depth = tally, depth
        self._explain = explain
        self._contracts = contracts
        self._lanes: dict[tuple[Root, str, bool], Lane] = {}
        self._columns: dict[int, tuple[Columns, Outlines]] = {}

    def lane(self, match: Match, judge: Judge, schema: str) -> Lane:
        """Return the lane of an operation's answers under one status and schema."""
        root, contract = (match.operation.provider, match.operation.id, match.status), match.contract
        key = (root, schema, is_success(match))
        if key not in self._lanes:
            columns = self._columns.setdefault(
                id(contract), (Columns(contract.schemas.words, compiled), Outlines(contract.schemas))
            )
            foreign = self._foreign(judge.schemas, schema)
            self._lanes[key] = Lane(root, judge, schema, *columns, depth=self._depth, foreign=foreign)
        return self._lanes[key]

    def _foreign(self, own: Schemas, name: str) -> frozenset[Any]:
        """Return the words that all promised schemas list but one: by them other answers are told."""
        return frozenset().union(
            *(
                tokens_of(contract.schemas, contract.schemas.defs[body.schema])
                for contract in self._contracts
                for operation in contract.operations
                for response in operation.responses
                for body in response.bodies
                if body.schema is not None and not (contract.schemas is own and body.schema == name)
            )
        )

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
        if len(lane.parsed.values) >= lane.patience or lane.parsed.full or (whole and lane.parsed.values):
            lane.patience = min(2 * lane.patience, _SOME)
            values, pile, _ = lane.parsed.taken()
            self._parsed(lane, values, pile)

    def _decoded(self, lane: Lane, cast: Cast, structs: list[Any], pile: Pile, quotes: int) -> None:
        """Count answers that decoded: those that fit, and those that are wrong as the cast has it."""
        batch, doubtful, columns = self._counted(lane, structs, pile, quotes, cast=cast)
        doubtful |= cast.sights.loud(columns, batch.expected)
        told = cast.life.told(columns, pile) if cast.life is not None else None
        if told is not None:
            doubtful |= told.uncertain
        if told is not None or len(lane.gate.moulds) > 1:  # what is wrong may tell which alternative is meant
            doubtful |= batch.refused.keys()
        right: set[int] = set() if cast.variety.wrong else set(range(len(structs)))
        right -= doubtful
        right.difference_update(batch.refused)
        counted = _Counted(lane, cast.sights, pile, batch, columns)
        self._fields(counted, right, frozenset())
        self._tasks(cast, told, sorted(right), pile)
        cast.expect(cast.sights.asked)
        if len(right) == len(structs):
            return
        for at, body in zip(sorted(doubtful), bodies_of(pile, sorted(doubtful)), strict=True):
            self._tell(self._explain(pile.entry(at, body)))
        wrong = [at for at in range(len(structs)) if at not in right and at not in doubtful]
        keys = cast.variety.keys(structs, wrong, batch.refused)
        self._varieties(counted, cast, wrong, keys, told)

    def _fields(self, counted: _Counted, rows: AbstractSet[int], skip: frozenset[str]) -> None:
        """Count the identifiers and times of some answers of a batch, but for those at some pointers."""
        _, sights, pile, batch, columns = counted
        if len(rows) < batch.size:
            columns = {path: _only(column, rows) for path, column in columns.items()}
        if rows:
            self._tally.fields(sights.counted(columns, pile.orders, skip, batch.expected))

    def _varieties(
        self,
        counted: _Counted,
        cast: Cast,
        wrong: Sequence[int],
        keys: Sequence[object],
        told: Told | None,
    ) -> None:
        """Count answers that are wrong, those of one key together; explain the ways not known yet."""
        lane, pile, variety = counted.lane, counted.pile, cast.variety
        same: dict[object, list[int]] = {}
        for key, at in zip(keys, wrong, strict=True):
            same.setdefault(key, []).append(at)
        skipping: dict[frozenset[str], set[int]] = {}
        for key, rows in same.items():
            known = variety.known.get(key)
            left = rows
            while known is None and left:
                entry = pile.entry(left[0], bodies_of(pile, left[:1])[0])
                known = (
                    self._same(lane, entry)
                    if told is None
                    else self._strange(lane, entry, (id(variety), key))
                )
                left = left[1:]
                if known is not None and shape_of(known.changes) == variety.changes:
                    variety.know(key, known, size=len(pile.lines[rows[0]]))
                else:
                    known = None
            if known is not None and left:
                known.counted(len(left), pile.entry(left[0], None), pile.orders[left[-1]])
                skipping.setdefault(known.skip, set()).update(left)
        for skip, chosen in skipping.items():
            self._fields(counted, chosen, skip)
            self._tasks(cast, told, sorted(chosen), pile)
        self._count_all_known(lane)

    def _tasks(self, cast: Cast, told: Told | None, rows: Sequence[int], pile: Pile) -> None:
        """Count the tasks of some answers that certainly mean nothing wrong."""
        if cast.life is not None and told is not None:
            self._tally.spans(cast.life.spans(told, rows, pile, self._tally.keeps))

    def _strange(self, lane: Lane, entry: Pending, key: object) -> Known | None:
        """Explain an answer about a task; return the way it is wrong in, where it only holds strangers."""
        look = self._explain(entry)
        self._tell(look)
        found = look.body_findings
        if not look.simple or look.changes or any(finding.rule != _STRANGER for finding in found):
            return None
        if len(lane.known) >= _MOST_KNOWN or lane.weight > _MOST_BYTES:
            self._forget(lane)
        lane.weight += len(entry[2])
        return lane.known.setdefault(key, Known(found, ()))

    def _parsed(self, lane: Lane, values: list[Any], pile: Pile) -> None:
        """Judge answers that are no structs, and count them."""
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
        quotes -= sum(pile.escaped)
        if quotes == expected or (quotes > expected and unescaped_quotes_in(pile.texts) == expected):
            return batch, set(), columns
        bodies = values if cast is None else bodies_of(pile, range(len(values)))
        twice = {
            at
            for at, text in enumerate(pile.texts)
            if unescaped_quotes_in([text]) != 2 * strings_in(bodies[at]) + pile.quotes[at]
        }
        return batch, twice, columns

    def _watch(self, lane: Lane) -> None:
        """Have the columns of identifiers, times and addresses handed on, where they are counted anyway."""
        for path in lane.sights.paths:
            place = self.evidence.place(lane.root, path)
            if place is not None:
                lane.watched[place] = path
                lane.columns.watched.add(place)

    def _same(self, lane: Lane, entry: Pending) -> Known | None:
        """Count an answer that is wrong in a known way, or explain it and know the way; return that way."""
        body, order = entry[0], entry[1]
        signature = lane.signatures.of(lane.gate, body)
        known = lane.known.get(signature) if signature is not None else None
        if known is not None:
            undone = known.undone(body)
            if not known.changes or lane.gate.passes(undone):
                lane.met(signature, body, known)
                known.waiting.append((entry, undone))
                return known
        look = self._explain(entry)
        self._tally.noticed(look.body_findings)
        if known is None and signature is not None and look.simple:
            known = Known(look.body_findings, look.changes)
            seen = {(sight.pointer, sight.name) for sight in look.meaning.fields} if look.meaning else set()
            undone = known.undone(body)
            same = lane.sights.of_one(undone, known.skip) == seen
            if same and lane.sights.quiet([undone]) and (not known.changes or lane.gate.passes(undone)):
                if len(lane.known) >= _MOST_KNOWN or lane.weight > _MOST_BYTES:
                    self._forget(lane)
                lane.known[signature] = known
                lane.weight += len(entry[2])
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
        lane.forget()

    def _fold(self, known: Known) -> None:
        if known.sightings:
            if known.earlier is not None:
                known.tell(self._explain(known.earlier).body_findings)
                known.earlier = None
            self._tally.counted(known.told())


def _only(column: Column, rows: AbstractSet[int]) -> Column:
    """Return the values of some answers."""
    kept = [(value, row) for value, row in zip(*column, strict=True) if row in rows]
    return [value for value, _ in kept], [row for _, row in kept]
