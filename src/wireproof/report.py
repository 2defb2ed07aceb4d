"""What is reported: findings with their denominators, and everything that was not checked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof import rules
from wireproof.counts import Input, OperationCount, Rest, digest_of, listed_inputs, merged_operations
from wireproof.evidence import Evidence
from wireproof.exemption import Exempted
from wireproof.finding import Finding, Location, Severity, Sighting, merged
from wireproof.lifecycle import Histories, TaskRecord, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wireproof.windows import Window

__all__ = [
    "FORMAT",
    "LISTED",
    "VERSION",
    "Input",
    "NotChecked",
    "NotCovered",
    "OperationCount",
    "Report",
    "concluded",
    "finding_json",
    "first_listed",
    "with_denominators",
]

FORMAT = "wireproof-report"
VERSION = 1
LISTED = 1000
"""How many records that were not checked are listed; all of them are counted."""


@dataclass(frozen=True, slots=True)
class NotChecked:
    """One record that was not judged: `unreadable`, `unmatched` or `undecided`, and why."""

    source: str
    index: int
    what: str
    reason: str
    hint: str
    line: int | None = None
    byte: int | None = None


class NotCovered(NamedTuple):
    """A rule that had nothing to check in an operation: its contract lacks the data for it."""

    provider: str
    operation: str
    rule: str


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to one examination; two of them merge into the report on both inputs.

    Merging is associative and commutative, and the report on a whole is the same as the merged
    reports on its parts.  `complete` is False where the examination was interrupted.  `told` are
    those of the `findings` that no single exchange shows: they are drawn from the `histories`.
    `window` is the time that was looked at, None where all was; `baseline` is the evidence of the
    window that it is compared with.  `inputs` are the first sources by name, `rest` all others.
    """

    inputs: tuple[Input, ...] = ()
    operations: tuple[OperationCount, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    unreadable: int = 0
    unmatched: int = 0
    undecided: int = 0
    complete: bool = True
    exempted: Exempted = field(default_factory=Exempted)
    evidence: Evidence = field(default_factory=Evidence, compare=False, repr=False)
    histories: Histories = field(default_factory=Histories)
    told: tuple[Finding, ...] = ()
    not_covered: tuple[NotCovered, ...] = ()
    window: Window | None = None
    baseline: Evidence = field(default_factory=Evidence, compare=False, repr=False)
    rest: Rest = field(default_factory=Rest, repr=False)

    @property
    def exchanges(self) -> int:
        """Return how many exchanges were read."""
        return sum(entry.exchanges for entry in self._sources)

    @property
    def matched(self) -> int:
        """Return how many exchanges belong to a known operation."""
        return sum(entry.exchanges for entry in self.operations)

    @property
    def all_judged(self) -> bool:
        """Return whether every record was read, matched and decided."""
        return self.complete and not self.unjudged

    @property
    def unjudged(self) -> int:
        """Return how many records were not judged; those outside the window were not meant to be."""
        return self.unreadable + self.unmatched + self.undecided + self.untimed

    @property
    def untimed(self) -> int:
        """Return how many records had no time that tells whether they lie in the window."""
        return sum(entry.untimed for entry in self._sources)

    @property
    def records(self) -> int:
        """Return how many records there were, those outside the window left out."""
        return sum(entry.records - entry.outside for entry in self._sources)

    @property
    def outside(self) -> int:
        """Return how many records lie outside the window."""
        return sum(entry.outside for entry in self._sources)

    @property
    def _sources(self) -> tuple[Input, ...]:
        return (*self.inputs, self.rest.sums)

    @property
    def taken(self) -> dict[int, int]:
        """Return how many records of each source there were, by its digest."""
        return {**self.rest.records, **{digest_of(entry.source): entry.records for entry in self.inputs}}

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(1 for finding in self.findings if finding.severity is severity)

    def merge(self, other: Report) -> Report:
        """Return the report on the inputs of both."""
        operations = merged_operations((*self.operations, *other.operations))
        histories = together(self.histories, other.histories)
        findings = merged((*self._direct(), *other._direct()))
        findings, told = concluded(findings, histories, operations, under=(self, other))
        inputs, rest = listed_inputs((*self.inputs, *other.inputs), self.rest.merge(other.rest))
        return Report(
            inputs=inputs,
            rest=rest,
            operations=operations,
            findings=findings,
            not_checked=first_listed((*self.not_checked, *other.not_checked)),
            unreadable=self.unreadable + other.unreadable,
            unmatched=self.unmatched + other.unmatched,
            undecided=self.undecided + other.undecided,
            complete=self.complete and other.complete,
            exempted=_counted_anew(self.exempted.merge(other.exempted), operations),
            evidence=self.evidence.with_merged(other.evidence),
            histories=histories,
            told=told,
            not_covered=tuple(sorted({*self.not_covered, *other.not_covered})),
            window=self.window or other.window,
            baseline=self.baseline.with_merged(other.baseline),
        )

    def _direct(self) -> list[Finding]:
        """Return the findings that single exchanges show."""
        told = {(finding.rule, finding.location) for finding in self.told}
        return [finding for finding in self.findings if (finding.rule, finding.location) not in told]

    def _decided(self) -> dict[tuple[str, Location], Severity | None]:
        """Return with which severity what the histories tell is told; None where a policy took it out."""
        kept = {(finding.rule, finding.location): finding.severity for finding in self.findings}
        keys = [(finding.rule, finding.location) for finding in self.told]
        return {key: kept.get(key) for key in keys}

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain values, in the format of `report.schema.json`."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "complete": self.complete,
            "inputs": [entry.to_json() for entry in self.inputs],
            "inputs_left_out": self.rest.to_json(),
            "window": self.window and self.window.to_json(),
            "summary": {
                "exchanges": self.exchanges,
                "matched": self.matched,
                "unmatched": self.unmatched,
                "unreadable": self.unreadable,
                "undecided": self.undecided,
                "records": self.records,
                "unjudged": self.unjudged,
                "findings": {severity.value: self.count(severity) for severity in Severity},
                "ignored": self.exempted.ignored_findings,
                "switched_off": self.exempted.untold_findings,
            },
            "operations": [entry.to_json() for entry in self.operations],
            "findings": [finding_json(finding) for finding in self.findings],
            "not_checked": [_not_checked_json(entry) for entry in self.not_checked],
            "evidence": self.evidence.to_json(),
            "policy": {
                "ignored": [
                    {**entry.to_json(), "findings": [finding_json(finding) for finding in entry.findings]}
                    for entry in self.exempted.ignored
                ],
                "switched_off": [entry.to_json() for entry in self.exempted.switched_off],
            },
            "tasks": [_task_json(record) for record in _listed_tasks(self.histories)],
            "tasks_left_out": self.histories.tasks_left_out or len(self.histories.tasks) > LISTED,
            "not_covered": [
                {"provider": entry.provider, "operation": entry.operation, "rule": entry.rule}
                for entry in self.not_covered
            ],
        }


def concluded(
    findings: Iterable[Finding],
    histories: Histories,
    operations: Iterable[OperationCount],
    *,
    under: Iterable[Report] = (),
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return all findings, and what the histories tell (mostly among them), each with its denominator.

    `findings` are those on single exchanges: what one of them says, the histories do not repeat.
    What a policy has taken out of the reports `under` stays out, or keeps its severity.
    """
    shown = {(finding.rule, finding.location): finding for finding in findings}
    by_place: dict[tuple[str, Location], dict[tuple[str, int], Finding]] = {}
    for finding in _of_histories(histories):
        key = (finding.rule, finding.location)
        if key not in shown:
            by_place.setdefault(key, {}).setdefault((finding.first.source, finding.first.index), finding)
    told = merged(finding for once in by_place.values() for finding in once.values())
    operations = tuple(operations)
    decided: dict[tuple[str, Location], Severity | None] = {}
    for report in under:
        decided |= report._decided()  # noqa: SLF001 - a function of this module, split from `merge`
    kept = [
        replace(finding, severity=severity)
        for finding in told
        if (severity := decided.get((finding.rule, finding.location), finding.severity)) is not None
    ]
    return (
        with_denominators(merged((*shown.values(), *kept)), operations),
        with_denominators(told, operations),
    )


def _of_histories(histories: Histories) -> Iterator[Finding]:
    for rule in rules.HISTORY_RULES:
        for task in histories.tasks if rule.task else ():
            yield from rule.task(task) if rule.task else ()
        for entry in histories.fields if rule.field else ():
            yield from rule.field(entry) if rule.field else ()


def first_listed(records: Iterable[NotChecked]) -> tuple[NotChecked, ...]:
    """Return the records that a report lists, in order: the same ones however they were collected."""
    return tuple(sorted(records, key=_listing_order)[:LISTED])


def _listing_order(record: NotChecked) -> tuple[str, int, str, str, str, int, int]:
    where = (record.source, record.index, record.what, record.reason, record.hint)
    return (*where, record.line or 0, -1 if record.byte is None else record.byte)


def with_denominators(
    findings: Iterable[Finding], operations: Iterable[OperationCount]
) -> tuple[Finding, ...]:
    """Return the findings and their parts, each with the number of exchanges it could have been seen in."""
    by_status: dict[tuple[str, str, str], int] = {}
    by_operation: dict[tuple[str, str], int] = {}
    for entry in operations:
        by_status[entry.provider, entry.operation, entry.status] = entry.exchanges
        key = (entry.provider, entry.operation)
        by_operation[key] = by_operation.get(key, 0) + entry.exchanges

    def counted(finding: Finding) -> Finding:
        where = finding.location
        if where.part == "status":
            of = by_operation.get((where.provider, where.operation), finding.sightings)
        else:
            of = by_status.get((where.provider, where.operation, where.status), finding.sightings)
        return replace(finding, of=of, absorbs=tuple(counted(part) for part in finding.absorbs))

    return tuple(counted(finding) for finding in findings)


def _counted_anew(exempted: Exempted, operations: tuple[OperationCount, ...]) -> Exempted:
    """Return what was taken out, its findings with the denominators of some operations."""
    return Exempted(
        tuple(
            replace(entry, findings=with_denominators(entry.findings, operations))
            for entry in exempted.ignored
        ),
        tuple(
            replace(entry, findings=with_denominators(entry.findings, operations))
            for entry in exempted.switched_off
        ),
    )


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return one finding as plain values."""
    where = finding.location
    contract = finding.contract
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "provider": where.provider,
        "operation": where.operation,
        "status": int(where.status) if where.status.isdigit() else where.status,
        "in": where.part,
        "pointer": where.pointer,
        "to": where.to,
        "promised": finding.promised,
        "observed": finding.observed,
        "seen_as": dict(finding.seen_as),
        "message": finding.message,
        "mend": finding.mend,
        "sightings": finding.sightings,
        "of": finding.of,
        "first": _sighting_json(finding.first),
        "last": _sighting_json(finding.last),
        "contract": contract and {"file": contract.file, "line": contract.line, "pointer": contract.pointer},
        "absorbs": [finding_json(part) for part in finding.absorbs],
        "fingerprint": finding.fingerprint,
    }


def _sighting_json(sighting: Sighting) -> dict[str, Any]:
    return {"source": sighting.source, "index": sighting.index, "time": sighting.time}


def _listed_tasks(histories: Histories) -> list[TaskRecord]:
    """Return the tasks that a report lists, in the order of their first sighting."""

    def order(record: TaskRecord) -> tuple[object, ...]:
        return (record.provider, record.operation, record.first.order, record.key)

    return sorted(histories.tasks, key=order)[:LISTED]


def _task_json(record: TaskRecord) -> dict[str, Any]:
    view = record.view
    return {
        "provider": record.provider,
        "operation": record.operation,
        "id": view.id,
        "state": view.state,
        "wire_state": view.wire_state,
        "progress": view.progress,
        "results": list(view.results),
        "reason": view.reason,
        "times": dict(view.times),
        "answers": record.polls,
        "first": _sighting_json(record.first.sighting),
        "last": _sighting_json(record.last.sighting),
    }


def _not_checked_json(entry: NotChecked) -> dict[str, Any]:
    return {
        "what": entry.what,
        "source": entry.source,
        "index": entry.index,
        "line": entry.line,
        "byte": entry.byte,
        "reason": entry.reason,
        "hint": entry.hint,
    }
