"""The product as one function: contracts and exchanges in, a report out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from wireproof import rules
from wireproof.door import LIMITS, Json, Limits, Refusal, read_json
from wireproof.exchange import Exchange, Unreadable
from wireproof.finding import merged
from wireproof.matching import Hint, Match, Unmatched, match_by_url, media_type_fits, routes
from wireproof.meaning import Reader
from wireproof.recognising import better_fit, candidates, recognise
from wireproof.redact import Display
from wireproof.rules.rule import Answer
from wireproof.tally import Tally
from wireproof.validating import Judge, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wireproof.contract import Contract, Operation, PromisedBody
    from wireproof.diagnosis import Doctor
    from wireproof.finding import Finding
    from wireproof.lifecycle import Task
    from wireproof.meaning import Meaning
    from wireproof.report import Report
    from wireproof.validating import Judgement, Site

__all__ = ["Examiner", "Options", "examine"]

_NO_BODY = frozenset({204, 205, 304})
"""Statuses whose answers have no body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5)."""

_MISFIT = 4
"""How many members of a body must be unaccounted for before other operations are asked."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to examine: what the user says about captures, and how values are shown.

    `any_host` lets a contract's paths match on hosts it does not name, for contracts that the
    user chose.  `reveal` shows strings of captures.  `reference` judges with jsonschema.
    """

    hint: Hint = field(default_factory=Hint)
    any_host: bool = False
    reveal: bool = False
    reference: bool = False
    limits: Limits = LIMITS


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
        self._doctors: dict[int, Doctor] = {}
        self._reader = Reader()
        self._tally = Tally()

    def report(self, *, complete: bool = True) -> Report:
        """Return the report on all records taken so far; `complete` is False if more were to come."""
        return self._tally.report(complete=complete)

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
        exchange = _told(record, self.options.hint)
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

    def tasks(self, exchange: Exchange) -> tuple[Task, ...]:
        """Return the tasks in one exchange, the one that was asked for first; nothing is counted."""
        match = self._match(_told(exchange, self.options.hint))
        if not isinstance(match, Match):
            return ()
        answer, schema = self._answer(match)
        if not isinstance(answer.body, Json):
            return ()
        value, judgement = answer.body.value, answer.judgement
        if schema is not None and judgement is not None and judgement.sites:
            _, value, _ = self._explained(answer, schema, value, judgement)
        return self._reader.tasks(answer, value)

    def _answer(self, match: Match) -> tuple[Answer, str | None]:
        """Return an answer, read and judged, and the name of the schema that it was judged by."""
        exchange = match.exchange
        judge = self.judge_of(match.contract)
        content_type = exchange.response.header("content-type") or ""
        media_type = content_type.partition(";")[0].strip().lower() or None
        promised = _promised_body(match, media_type)
        body = self._read(exchange) if promised is not None else None
        schema = promised.schema if promised is not None else None
        judgement = None
        if isinstance(body, Json) and schema is not None:
            judgement = judge.judge(schema, body.value).without(body.stand_ins)
        display = Display(match.contract.schemas.words, reveal=self.options.reveal)
        return Answer(match, body, media_type, display, judge, judgement), schema

    def _judge(self, match: Match) -> None:
        exchange = match.exchange
        answer, schema = self._answer(match)
        body, judgement = answer.body, answer.judgement
        found = [finding for rule in rules.ANSWER_RULES for finding in rule.check(answer)]
        if isinstance(body, Json):
            self._tally.meant(match, self._meaning(answer, schema, body.value, found))
        else:
            self._tally.findings(found)
        if isinstance(body, Refusal) and body.undecided:
            self._undecided(exchange, body.message, body.hint)
        elif judgement is not None and judgement.verdict is Verdict.UNDECIDED:
            reason = "judging this body by its contract takes too long"
            hint = (
                "simplify the contract: repetition in repeated parts of a pattern, unions of unions of unions"
            )
            self._undecided(exchange, reason, hint)

    def _meaning(self, answer: Answer, schema: str | None, value: Any, found: list[Finding]) -> Meaning:
        """Return what an answer means, read with all changes of structure undone."""
        judgement = answer.judgement
        if schema is not None and judgement is not None and judgement.sites:
            explained, value, judgement = self._explained(answer, schema, value, judgement)
            found = [*found, *explained]
        return self._reader.read(answer, schema, value, judgement, found)

    def _explained(
        self, answer: Answer, schema: str, value: Any, judgement: Judgement
    ) -> tuple[list[Finding], Any, Judgement]:
        """Return what is wrong with a body, the changes that explain it first, and the body repaired."""
        diagnosis = self._doctor_of(answer.match.contract).diagnose(schema, value, judgement)
        found: list[Finding] = []
        for entry in diagnosis.changes:
            absorbed = merged(finding for site in entry.absorbed for finding in _at_site(answer, site))
            rule = next(rule for rule in rules.CHANGE_RULES if rule.rule.id == entry.change.rule)
            found += rule.check(answer, entry.change, absorbed)
        found += [finding for site in diagnosis.sites for finding in _at_site(answer, site)]
        from wireproof.diagnosis import weight  # noqa: PLC0415 - loaded with the doctor

        misfit = weight(diagnosis.judgement) + sum(1 + entry.change.doubt for entry in diagnosis.changes)
        if misfit >= _MISFIT:
            others = [pair for pair in self._operations() if pair[1] is not answer.match.operation]
            known = candidates(others)
            other = better_fit(known, value, misfit, judge_of=self.judge_of, weigh=weight)
            if other is not None:
                told = [
                    each
                    for rule in rules.OPERATION_RULES
                    for each in rule.check(answer, other, merged(found))
                ]
                return told, value, judgement
        return found, diagnosis.value, diagnosis.judgement

    def _doctor_of(self, contract: Contract) -> Doctor:
        key = id(contract)
        if key not in self._doctors:
            from wireproof.diagnosis import Doctor  # noqa: PLC0415 - an answer without drift needs no doctor

            self._doctors[key] = Doctor(self.judge_of(contract))
        return self._doctors[key]

    def _read(self, exchange: Exchange) -> Json | Refusal | None:
        if exchange.response.body is None:
            return None
        asked = exchange.request.method if exchange.request else ""
        if not exchange.response.body and (exchange.response.status in _NO_BODY or asked == "HEAD"):
            return None
        try:
            return read_json(exchange.response.body, self.options.limits)
        except Refusal as refusal:
            return refusal

    def _refused(self, exchange: Exchange, refusal: Refusal, what: str) -> None:
        if what == "undecided":
            self._tally.exchange(exchange.origin)
        first = exchange.origin.line
        line = refusal.line if first is None or refusal.line is None else first + refusal.line - 1
        origin = replace(exchange.origin, line=line or first)
        reason = f"{refusal.message}; expected a JSON body"
        self._tally.not_checked(origin, what, reason=reason, hint=refusal.hint, byte=refusal.byte)

    def _undecided(self, exchange: Exchange, reason: str, hint: str) -> None:
        self._tally.not_checked(exchange.origin, "undecided", reason=reason, hint=hint)


def _told(exchange: Exchange, hint: Hint) -> Exchange:
    """Return the exchange with what the user said where the capture is silent."""
    response = exchange.response
    if response.status is None and hint.status is not None:
        response = replace(response, status=hint.status)
    if hint.content_type is not None and response.header("content-type") is None:
        response = replace(response, headers=(*response.headers, ("content-type", hint.content_type)))
    return exchange if response is exchange.response else replace(exchange, response=response)


def _promised_body(match: Match, media_type: str | None) -> PromisedBody | None:
    """Return the promised JSON body that judges an answer: nearest its media type, else the first."""
    bodies = match.response.bodies if match.response else ()
    fitting = sorted(
        (body for body in bodies if media_type is not None and media_type_fits(body.media_type, media_type)),
        key=lambda body: body.media_type.count("*"),
    )
    return next((body for body in fitting or bodies if _is_json(body.media_type)), None)


def _is_json(media_type: str) -> bool:
    return media_type in {"*/*", "application/*", "text/json"} or media_type.endswith(("/json", "+json"))


def _at_site(answer: Answer, site: Site) -> list[Finding]:
    """Return what the rules say about a site, and about its parts under it."""
    absorbed = tuple(finding for part in site.parts for finding in _at_site(answer, part))
    return [
        finding
        for rule in rules.SITE_RULES
        if site.keyword in rule.keywords
        for finding in rule.check(answer, site, absorbed)
    ]
