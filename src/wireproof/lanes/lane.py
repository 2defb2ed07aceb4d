"""The answers of one operation under one status, on their way to be counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wireproof.evidence import sighting_of
from wireproof.lanes.casting import Cast
from wireproof.lanes.envelopes import EXCHANGES, is_bare, parsed
from wireproof.lanes.lives import life_of
from wireproof.lanes.piles import Heap
from wireproof.lanes.sameness import scaled
from wireproof.lanes.sights import sights_for
from wireproof.lanes.transforming import where
from wireproof.lanes.varieties import CLOSED, Variety, changed, fault_kind, varied
from wireproof.recording import body_bytes
from wireproof.validating.paths import instance_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    import jsonschema_rs

    from wireproof.evidence import Order, Place, Root
    from wireproof.evidence.columns import Columns
    from wireproof.evidence.mould import Columns as Watched
    from wireproof.evidence.outline import Outlines
    from wireproof.evidence.rows import Batch
    from wireproof.finding import Finding
    from wireproof.lanes.piles import Pile
    from wireproof.lanes.sameness import Known, Signatures
    from wireproof.lanes.sights import Sights
    from wireproof.lifecycle import Lifecycle
    from wireproof.lifecycle.plan import Plan
    from wireproof.matching import Match
    from wireproof.meaning import Meaning
    from wireproof.redact import Display
    from wireproof.validating import Judge
    from wireproof.validating.gate import Gate

__all__ = ["Head", "Lane"]

_SHALLOW = 1000
"""A text of fewer bytes cannot nest deeper than the limit."""
_OFTEN = 8
"""How often a way of being wrong must come to be decoded from then on."""
_FIRST = 2 * _OFTEN
"""How many answers that no struct fits are judged at once to begin with."""
_MOST_VARIETIES = 4
_TRIED = 8
"""How many answers at once are looked at that fit but for strangers."""
_ERROR_KEYS = frozenset({"error", "errors"})
"""Members that may say that an answer is an error."""


@dataclass(slots=True, eq=False)
class Head:
    """All answers that look alike up to their body: what they match, what that tells, and their lane.

    `meaning` is what every answer of it tells, until the tally has been told.  `count` and the
    sightings are those since `told` was last asked; `fresh` counts what the tally has not been told of.
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


class Lane:
    """The answers of one operation under one promised status and schema, until they are counted."""

    def __init__(
        self,
        root: Root,
        judge: Judge,
        schema: str,
        columns: Columns,
        outlines: Outlines,
        *,
        depth: int,
        foreign: frozenset[Any] = frozenset(),
    ) -> None:
        definition = judge.schemas.defs[schema]
        self.foreign = foreign
        """Words by which an answer may be told to be another one: those that other schemas list."""
        self.root, self.depth = root, depth
        self._judge, self._definition = judge, definition
        self.columns = columns
        self.outline = outlines.of([definition])
        self.sights: Sights
        self.takes_all = False
        """Whether answers are taken that no struct fits: those about tasks are left."""
        self.known: dict[object, Known] = {}
        self.weight = 0
        self.watched: dict[Place, tuple[str, ...]] = {}
        self.decoded: dict[int, tuple[Cast, Heap]] = {}
        self.parsed = Heap()
        self.patience = _FIRST
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
        return [Cast(mould, self.sights, Variety(mould, {}, whole=False)) for mould in self.gate.moulds]

    def learn(
        self, match: Match, plan: Plan | None, lifecycles: Sequence[Lifecycle], display: Display
    ) -> bool:
        """Learn what its answers mean; return whether that can be told of many at once."""
        if not lifecycles:
            sights = sights_for(match, self.outline, plan)
            if sights is not None:
                self.sights, self.takes_all = sights, True
            return sights is not None
        if "casts" not in self.__dict__:
            self.casts = [
                Cast(mould, sights, Variety(mould, {}, whole=False), life)
                for mould in self.gate.moulds
                if (life := life_of(match, lifecycles, mould, display)) is not None
                and (sights := sights_for(match, self.outline, plan, life.lifecycle)) is not None
            ]
        return bool(self.casts)

    def met(self, signature: Any, body: Any, known: Known) -> None:
        """Note that an answer is wrong in a known way; what comes often is decoded from then on."""
        faults = signature[0] if type(signature) is tuple else signature
        times = self._met.get(faults, 0) + 1
        self._met[faults] = times
        if times == _OFTEN:
            self._vary(body, known)

    def forget(self) -> None:
        """Forget the ways of being wrong, and begin to count anew what comes often."""
        self.known.clear()
        self.weight = 0
        for cast in self.casts:
            cast.variety.forget()
        self._met.clear()

    def _vary(self, body: Any, known: Known) -> None:
        """Have answers decoded that are wrong like a body."""
        if not self.casts or len(self.casts) > _MOST_VARIETIES or self.gate.closed is None:
            return
        if self.signatures.chooses:
            return
        mould = self.casts[0].mould
        if known.changes:
            found = changed(mould, known.changes, self.foreign)
        else:
            found = varied(
                mould, body, self.gate.closed.iter_errors(body), self.signatures.stranger, self.foreign
            )
        if found is None or found[0] in self._varied:
            return
        self._varied.add(found[0])
        found[2].wrong = True
        moved = where(known.changes)
        self.casts.append(Cast(found[1], self.casts[0].sights, found[2], where=moved))

    def _meet_strangers(self, texts: Sequence[Any]) -> None:
        """Have answers decoded that fit but for members without a name, once many of a way came."""
        if self.gate.closed is None or len(self.gate.moulds) > 1 or len(self.casts) > _MOST_VARIETIES:
            return
        for body in parsed(texts):
            faults = list(self.gate.closed.iter_errors(body))
            if type(body) is not dict or not all(_is_stranger(fault, body) for fault in faults):
                continue
            found = varied(self.casts[0].mould, body, faults, self.signatures.stranger, self.foreign)
            if found is None or found[0] in self._varied or not _ERROR_KEYS.isdisjoint(body):
                continue
            self._met[found[0]] = self._met.get(found[0], 0) + 1
            if self._met[found[0]] >= _OFTEN:
                self._varied.add(found[0])
                found[2].wrong = True
                right = self.casts[0]
                self.casts.append(Cast(found[1], right.sights, found[2], right.life))

    @cached_property
    def signatures(self) -> Signatures:
        """Return what tells the ways of being wrong apart."""
        from wireproof.lanes.sameness import Signatures  # noqa: PLC0415 - a single body needs none

        return Signatures(self._judge.schemas, self._definition, self.foreign)

    def take(self, pile: Pile, *, bare: bool) -> list[int]:
        """Take answers in, their bodies as text; return the numbers of those that are left.

        `bare` says that the texts may be exchanges instead: those are left.
        """
        rest: Sequence[int] = range(len(pile.bodies))
        for cast in self.casts:
            cast.fresh = 0
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
        if not self.takes_all:
            self._meet_strangers([pile.bodies[at] for at in rest[:_TRIED]])
            return list(rest)
        return self._take_parsed(pile, rest, bare=bare) if rest else []

    def put(self, cast: Cast, structs: Sequence[Any], pile: Pile) -> None:
        """Take answers in that are decoded."""
        if id(cast) not in self.decoded:
            self.decoded[id(cast)] = (cast, Heap())
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
            quoted = pile.at(texts)._replace(
                bodies=inner, quotes=[0] * len(inner), texts=inner, escaped=[0] * len(inner)
            )
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


def _is_stranger(fault: jsonschema_rs.ValidationError, body: Any) -> bool:
    """Return whether a fault is but that an object holds single values which the contract does not name."""
    if fault_kind(fault) not in CLOSED:
        return False
    for token in instance_path(fault, body):
        body = body[token]
    unexpected: Sequence[str] = fault.kind.unexpected  # type: ignore[attr-defined]  # what this kind tells
    return not any(isinstance(body[name], dict | list) for name in unexpected)
