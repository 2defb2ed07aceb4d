"""The product as one function: contracts and exchanges in, a report out."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from wireproof import rules
from wireproof.door import Json, Refusal, read_json
from wireproof.door.times import utc_time
from wireproof.exchange import Exchange, Unreadable
from wireproof.explaining import Explainer
from wireproof.finding import Sighting
from wireproof.looking import Look, body_of, media_type, promised_body, told, undecided
from wireproof.matching import Match, Unmatched, match_by_url, routes
from wireproof.meaning import Reader, is_success
from wireproof.options import Options
from wireproof.readers import BLOCKS, size_of
from wireproof.readers.har import Entries, entry_of
from wireproof.readers.jsonlines import Lines, record_of
from wireproof.recognising import candidates, recognise
from wireproof.redact import Display
from wireproof.rules.rule import Answer
from wireproof.tally import Tally
from wireproof.validating import Judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from wireproof.contract import Contract, Operation
    from wireproof.diagnosis import Change
    from wireproof.evidence import Order
    from wireproof.finding import Finding
    from wireproof.lanes.counting import Lanes
    from wireproof.lanes.intake import Intake
    from wireproof.lanes.lane import Head, Lane
    from wireproof.lanes.piles import Pending
    from wireproof.lifecycle import Task
    from wireproof.meaning import Meaning
    from wireproof.readers import Block
    from wireproof.report import Report

__all__ = ["Examiner", "Options", "examine"]

_FEW = 8
"""How many answers are held before their evidence is counted: fewer than any rule of evidence needs."""

_MOST_WAITING = 1 << 22
"""How many bytes of answers may wait to be counted: their values take some eight times as much."""


def examine(
    contracts: Iterable[Contract], records: Iterable[Exchange | Unreadable], *, options: Options | None = None
) -> Report:
    """Return the report on some records, in any order, judged by some contracts."""
    examiner = Examiner(tuple(contracts), options=options)
    for record in records:
        examiner.take(record)
    return examiner.report()


class Examiner:
    """Takes records one at a time; its report can be asked for at any moment."""

    def __init__(self, contracts: Sequence[Contract], *, options: Options | None = None) -> None:
        self.options = options or Options()
        provider = self.options.hint.provider
        self.contracts = [contract for contract in contracts if provider in {None, contract.provider}]
        self._routes = routes(self.contracts)
        self._judges: dict[int, Judge] = {}
        self._explainer = Explainer(self.judge_of, tuple(self._operations()))
        self._reader = Reader()
        self._tally = Tally()
        self._held: list[tuple[Match, str, Any, Order]] = []
        self._intake: Intake | None = None
        self._heads: list[Head] = []
        self._judged = 0

    @cached_property
    def _lanes(self) -> Lanes:
        """Return what counts evidence; made when there is enough to count, or evidence is asked for."""
        from wireproof.lanes.counting import Lanes  # noqa: PLC0415 - a look at a few answers does not pay for it

        lanes = Lanes(self._tally, self._explain, self.contracts, depth=self.options.limits.depth)
        held, self._held = self._held, []
        for match, schema, value, order in held:
            lanes.judged(self._lane_of(lanes, match, schema), value, order)
        return lanes

    def report(self, *, complete: bool = True, evidence: bool = True) -> Report:
        """Return the report on all records taken so far; `complete` is False if more were to come.

        Without `evidence` that of a few answers, which shows nothing yet, is left out.
        """
        if not evidence and "_lanes" not in self.__dict__ and not self._heads:
            return self._tally.report(complete=complete)
        self._lanes.settle()
        for head in self._heads:
            self._tally.counted(head.told())
        report = self._tally.report(complete=complete, evidence=self._lanes.evidence)
        if self.options.window is None:
            return report
        return replace(report, window=self.options.window, baseline=self._beside.report().evidence)

    def fresh(self) -> list[Finding]:
        """Return what was found for the first time since this was last asked, as it was first told."""
        return self._tally.fresh()

    def judge_of(self, contract: Contract) -> Judge:
        """Return the judge of a contract, kept for its next answer."""
        key = id(contract)
        if key not in self._judges:
            self._judges[key] = Judge(contract.schemas, reference=self.options.reference)
        return self._judges[key]

    def take(self, record: Exchange | Unreadable) -> None:
        """Judge one record and count what was found."""
        if isinstance(record, Unreadable):
            reason = f"{record.reason}; expected {record.expected}"
            origin = replace(record.origin, line=record.line or record.origin.line)
            self._tally.not_checked(origin, "unreadable", reason=reason, hint=record.hint, byte=record.byte)
            return
        exchange = told(record, self.options.hint)
        found = self._match(exchange)
        if isinstance(found, Refusal):
            self._refused(exchange, found, "undecided" if found.undecided else "unreadable")
        elif isinstance(found, Unmatched):
            self._tally.exchange(exchange.origin)
            self._tally.not_checked(exchange.origin, "unmatched", reason=found.reason, hint=found.hint)
            for rule in rules.UNMATCHED_RULES:
                self._tally.findings(rule.check(found))
        else:
            self._tally.exchange(exchange.origin)
            self._tally.matched(found)
            self._judge(found)

    def _match(self, exchange: Exchange) -> Match | Unmatched | Refusal:
        wanted = self.options.hint.operation
        if exchange.request is not None and wanted is None:
            return match_by_url(self._routes, exchange, any_host=self.options.any_host)
        status = exchange.response.status
        chosen = [pair for pair in self._operations() if wanted in {None, pair[1].id}]
        if len(chosen) == 1 and status is not None:
            contract, operation = chosen[0]
            return Match(exchange, contract, operation, operation.promised(status), "hint")
        return self._recognised(exchange, chosen)

    def _recognised(
        self, exchange: Exchange, chosen: Sequence[tuple[Contract, Operation]]
    ) -> Match | Unmatched | Refusal:
        """Match a bare body by its shape; where only one operation is left, it is that one."""
        try:
            body = read_json(exchange.response.body or b"", self.options.limits)
        except Refusal as refusal:
            return refusal
        known = candidates(chosen, status=exchange.response.status)
        found = recognise(known, exchange, body.value, self.judge_of)
        if isinstance(found, Unmatched) and len(chosen) == 1 and known:
            only = known[0]
            return Match(exchange, only.contract, only.operation, only.response, "hint")
        return found

    def _operations(self) -> Iterator[tuple[Contract, Operation]]:
        for contract in self.contracts:
            for operation in contract.operations:
                yield contract, operation

    def take_block(self, block: Block) -> int:
        """Judge a record, or a block of lines or entries; return how many records that were."""
        if self.options.window is None:
            self._take_block(block)
            return size_of(block)
        from wireproof.spans import parted  # noqa: PLC0415 - few examinations have a window

        for kind, part in parted(block, self.options.window, self.options.limits):
            if kind == "judged":
                self._take_block(part)
                continue
            source = part.source if isinstance(part, BLOCKS) else part.origin.source
            self._tally.passed_over(source, size_of(part), untimed=kind == "untimed")
            if kind == "baseline":
                self._beside.take_block(part)
        return size_of(block)

    def _take_block(self, block: Block) -> None:
        if isinstance(block, Lines):
            self.take_lines(block)
        elif isinstance(block, Entries):
            self.take_entries(block)
        else:
            self.take(block)

    @cached_property
    def _beside(self) -> Examiner:
        """Return the examiner of what is compared with."""
        return Examiner(self.contracts, options=replace(self.options, window=None))

    def take_lines(self, lines: Lines) -> None:
        """Judge lines of a recording, as `take` would judge them one by one."""
        self._take_lines(lines, partial(self._record, lines))

    def take_entries(self, entries: Entries) -> None:
        """Judge entries of a HAR, as `take` would judge them one by one."""
        from wireproof.entries import sorted_out  # noqa: PLC0415 - few recordings are HARs

        limits = self.options.limits
        if self.options.reference:
            for at in range(len(entries.data)):
                self.take(entry_of(entries, at, limits))
            return
        for lines, first in sorted_out(entries, limits):
            if lines is None:
                self.take(entry_of(entries, first, limits))
            else:
                self._take_lines(lines, partial(entry_of, entries, limits=limits, first=first))

    def _take_lines(self, lines: Lines, record: Callable[[int], Exchange | Unreadable]) -> None:
        """Judge some lines; `record` reads those that the intake leaves."""
        if self.options.reference:
            for number in range(len(lines.data)):
                self.take(record(number))
            return
        intake = self._intake = self._intake or self._new_intake()
        for number in intake.sort(lines):
            self.take(record(number))
        for head in intake.touched.values():
            self._tally.heads(lines.source, head.match, head.fresh)
            head.fresh = 0
            if head.meaning is not None:
                self._tally.meant(head.match, head.meaning)
                head.meaning = None
            if head.lane is not None:
                self._lanes.flush(head.lane)
        intake.touched.clear()

    def _new_intake(self) -> Intake:
        from wireproof.lanes.intake import Intake  # noqa: PLC0415 - only lines are taken in

        only = self._only()
        options = self.options
        return Intake(
            self._routes,
            any_host=options.any_host,
            only=only and only[1],
            bare=self._one_operation and options.hint.status is not None,
            head_of=self._head_of,
            limits=options.limits,
        )

    @property
    def _one_operation(self) -> bool:
        """Return whether a body by itself can belong to one operation alone."""
        wanted = self.options.hint.operation
        return sum(wanted in {None, operation.id} for _, operation in self._operations()) == 1

    def _only(self) -> tuple[Contract, Operation] | None:
        """Return the operation that every answer belongs to, whatever its request; None if that is open."""
        wanted = self.options.hint.operation
        chosen = [pair for pair in self._operations() if wanted in {None, pair[1].id}]
        return chosen[0] if wanted is not None and len(chosen) == 1 else None

    def _record(self, lines: Lines, number: int) -> Exchange | Unreadable:
        """Return the record on a line, as its reader reads it."""
        return record_of(lines, number, self.options.limits)

    def _head_of(self, lines: Lines, number: int) -> Head | None:
        """Return what all answers like the one on a line have in common but their bodies, or None."""
        record = self._record(lines, number)
        if isinstance(record, Unreadable):
            return None
        exchange = told(record, self.options.hint)
        found = self._match(exchange) if exchange.request is not None or self._only() else None
        if not isinstance(found, Match) or found.how == "shape":
            return None
        from wireproof.lanes.certain import are_settled  # noqa: PLC0415 - only lines are taken in

        lifecycles = self._reader.lifecycles(found.operation) if is_success(found) else ()
        if not are_settled(lifecycles):
            return None
        came = media_type(exchange)
        promised = promised_body(found, came)
        answer = Answer(found, Json({}), came, self._display(found), self.judge_of(found.contract))
        findings = tuple(finding for rule in rules.HEAD_RULES for finding in rule.check(answer))
        lane = meaning = None
        if promised is not None:
            if promised.schema is None:
                return None  # a body without a schema is read for its notes alone
            lane = self._lane(found, promised.schema)
            plan = self._reader.plan(found.contract, promised.schema)
            if not lane.learn(found, plan, lifecycles, answer.display):
                return None
            meaning = self._reader.read(answer, None, {}, None, [])._replace(findings=())
        from wireproof.lanes.lane import Head  # noqa: PLC0415 - as above

        head = Head(found, findings, lane, meaning)
        self._heads.append(head)
        self._tally.noticed(findings)
        return head

    def _lane(self, match: Match, schema: str) -> Lane:
        return self._lane_of(self._lanes, match, schema)

    def _lane_of(self, lanes: Lanes, match: Match, schema: str) -> Lane:
        return lanes.lane(match, self.judge_of(match.contract), schema)

    def _explain(self, entry: Pending) -> Look:
        """Return what is wrong with the answer on a line that a lane holds."""
        _, order, data, line = entry
        lines = Lines(order[2], (data,), order[3], line or 1)
        record = self._record(lines, 0)
        assert isinstance(record, Exchange)  # noqa: S101 - the intake has read it
        exchange = told(record, self.options.hint)
        found = self._match(exchange)
        assert isinstance(found, Match)  # noqa: S101 - likewise
        look = self._look(found)
        if look.undecided is not None:
            self._tally.undecided(exchange.origin, *look.undecided)
        return look

    def tasks(self, exchange: Exchange) -> tuple[Task, ...]:
        """Return the tasks in one exchange, the one that was asked for first; nothing is counted."""
        match = self._match(told(exchange, self.options.hint))
        if not isinstance(match, Match):
            return ()
        answer, schema = self._answer(match)
        if not isinstance(answer.body, Json):
            return ()
        value, judgement = answer.body.value, answer.judgement
        if schema is not None and judgement is not None and judgement.sites:
            _, value, _, _ = self._explainer.explained(answer, schema, value, judgement)
        return self._reader.tasks(answer, value)

    def _answer(self, match: Match) -> tuple[Answer, str | None]:
        """Return an answer, read and judged, and the name of the schema that it was judged by."""
        exchange = match.exchange
        judge = self.judge_of(match.contract)
        came = media_type(exchange)
        promised = promised_body(match, came)
        body = body_of(exchange, self.options.limits) if promised is not None else None
        schema = promised.schema if promised is not None else None
        judgement = None
        if isinstance(body, Json) and schema is not None:
            judgement = judge.judge(schema, body.value).without(body.stand_ins)
        return Answer(match, body, came, self._display(match), judge, judgement), schema

    def _judge(self, match: Match) -> None:
        look = self._look(match)
        self._tally.meant(match, look.meaning) if look.meaning else self._tally.findings(look.findings)
        if look.undecided is not None:
            self._tally.undecided(match.exchange.origin, *look.undecided)
        if look.value is not None and look.schema is not None:
            origin = match.exchange.origin
            time = match.exchange.time and utc_time(match.exchange.time)
            order = Sighting(origin.source, origin.index, time).order
            if "_lanes" not in self.__dict__ and len(self._held) < _FEW:
                self._held.append((match, look.schema, look.value.value, order))
                return
            self._lanes.judged(self._lane(match, look.schema), look.value.value, order)
            self._judged += len(match.exchange.response.body or b"")
            if self._judged > _MOST_WAITING:
                self._lanes.settle()
                self._judged = 0

    def _look(self, match: Match) -> Look:
        """Return everything that one answer shows."""
        answer, schema = self._answer(match)
        body = answer.body
        found = [finding for rule in rules.ANSWER_RULES for finding in rule.check(answer)]
        meaning: Meaning | None = None
        changes: tuple[Change, ...] = ()
        if isinstance(body, Json):
            meaning, changes = self._meaning(answer, schema, body.value, found)
            found = list(meaning.findings)
        return Look(found, meaning, changes, undecided(answer), body, schema)

    def _meaning(
        self, answer: Answer, schema: str | None, value: Any, found: list[Finding]
    ) -> tuple[Meaning, tuple[Change, ...]]:
        """Return what an answer means, read with all changes of structure undone, and those changes."""
        judgement = answer.judgement
        changes: tuple[Change, ...] = ()
        if schema is not None and judgement is not None and judgement.sites:
            explained, value, judgement, changes = self._explainer.explained(answer, schema, value, judgement)
            found = [*found, *explained]
        return self._reader.read(answer, schema, value, judgement, found), changes

    def _display(self, match: Match) -> Display:
        return Display(match.contract.schemas.words, reveal=self.options.reveal)

    def _refused(self, exchange: Exchange, refusal: Refusal, what: str) -> None:
        if what == "undecided":
            self._tally.exchange(exchange.origin)
        first = exchange.origin.line
        line = refusal.line if first is None or refusal.line is None else first + refusal.line - 1
        origin = replace(exchange.origin, line=line or first)
        reason = f"{refusal.message}; expected a JSON body"
        self._tally.not_checked(origin, what, reason=reason, hint=refusal.hint, byte=refusal.byte)
