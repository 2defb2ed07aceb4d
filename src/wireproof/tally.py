"""Counts while records come in, one at a time, and becomes a report at any moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wireproof.counts import LISTED_INPUTS, Rest, listed_inputs
from wireproof.evidence import Evidence
from wireproof.finding import Finding, Location, merged
from wireproof.lifecycle import Histories, Keeper
from wireproof.report import (
    LISTED,
    Input,
    NotChecked,
    NotCovered,
    OperationCount,
    Report,
    concluded,
    first_listed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wireproof.exchange import Origin
    from wireproof.lifecycle import FieldRecord
    from wireproof.lifecycle.history import TaskSpan
    from wireproof.matching import Match
    from wireproof.meaning import Meaning

__all__ = ["Tally"]


class Tally:
    """The counts of one examination; a sighting of a known finding costs a count."""

    def __init__(self) -> None:
        self._inputs: dict[str, list[int]] = {}
        self._rest = Rest()
        self._operations: dict[tuple[str, str, str], OperationCount] = {}
        self._findings: dict[tuple[str, Location], Finding] = {}
        self._not_checked: dict[str, int] = {"unreadable": 0, "unmatched": 0, "undecided": 0}
        self._listed: list[NotChecked] = []
        self._noticed: set[tuple[str, Location]] = set()
        self._fresh: list[Finding] = []
        self._histories = Keeper()
        self._not_covered: dict[tuple[str, str], tuple[str, ...]] = {}

    def _counts(self, source: str) -> list[int]:
        """Return the counts of a source: exchanges, unreadable records, those outside, those untimed."""
        counts = self._inputs.get(source)
        if counts is None:
            if len(self._inputs) > 2 * LISTED_INPUTS:
                listed, _ = listed_inputs(self._entries(), self._rest)
                self._inputs = {entry.source: self._inputs[entry.source] for entry in listed}
            counts = self._inputs[source] = [0, 0, 0, 0]
        return counts

    def _entries(self) -> Iterator[Input]:
        for source, counts in self._inputs.items():
            yield Input(source, *counts)

    def exchange(self, origin: Origin) -> None:
        """Count an exchange that was read."""
        self._counts(origin.source)[0] += 1

    def not_checked(
        self, origin: Origin, what: str, *, reason: str, hint: str, byte: int | None = None
    ) -> None:
        """Count a record that was not judged, `unreadable`, `unmatched` or `undecided`, and list it."""
        counts = self._counts(origin.source)
        if what == "unreadable":
            counts[1] += 1
        self._not_checked[what] += 1
        self._listed.append(NotChecked(origin.source, origin.index, what, reason, hint, origin.line, byte))
        if len(self._listed) > 2 * LISTED:
            self._listed = list(first_listed(self._listed))

    def passed_over(self, source: str, count: int, *, untimed: bool) -> None:
        """Count records that were not judged for their time, or because they have none."""
        self._counts(source)[3 if untimed else 2] += count

    def undecided(self, origin: Origin, reason: str, hint: str) -> None:
        """Count and list an exchange whose verdict is open, and why."""
        self.not_checked(origin, "undecided", reason=reason, hint=hint)

    def matched(self, match: Match) -> None:
        """Count an exchange of a known operation, and how surely it was recognised."""
        key = (match.operation.provider, match.operation.id, match.status)
        known = self._operations.get(key, OperationCount(*key))
        by_shape, margin, runner_up = known.by_shape, known.margin, known.runner_up
        if match.how == "shape":
            by_shape += 1
            if match.runner_up is not None:
                lead = (round(match.score - match.runner_up[1], 2), match.runner_up[0])
                margin, runner_up = lead if margin is None else min(lead, (margin, runner_up or ""))
        self._operations[key] = replace(
            known, exchanges=known.exchanges + 1, by_shape=by_shape, margin=margin, runner_up=runner_up
        )

    def heads(self, source: str, match: Match, count: int) -> None:
        """Count exchanges of one source and one known operation, matched in one way that is not by shape."""
        self._counts(source)[0] += count
        key = (match.operation.provider, match.operation.id, match.status)
        known = self._operations.get(key, OperationCount(*key))
        by_shape = known.by_shape + (count if match.how == "shape" else 0)
        self._operations[key] = replace(known, exchanges=known.exchanges + count, by_shape=by_shape)

    def fresh(self) -> list[Finding]:
        """Return what was found for the first time since this was last asked, as it was first told."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def noticed(self, findings: Iterable[Finding]) -> None:
        """Take note of findings that are counted elsewhere."""
        for finding in findings:
            key = (finding.rule, finding.location)
            if key not in self._noticed:
                self._noticed.add(key)
                self._fresh.append(finding)

    def counted(self, findings: Iterable[Finding]) -> None:
        """Count findings that were counted already, each over some exchanges of its own."""
        for finding in findings:
            key = (finding.rule, finding.location)
            known = self._findings.get(key)
            self._findings[key] = known.merge(finding) if known else finding

    def findings(self, findings: Iterable[Finding]) -> None:
        """Count what was found on one exchange; a finding seen twice on it counts once."""
        once: dict[tuple[str, Location], Finding] = {}
        for finding in findings:
            once.setdefault((finding.rule, finding.location), finding)
        self.noticed(once.values())
        for key, finding in once.items():
            known = self._findings.get(key)
            self._findings[key] = known.merge(finding) if known else finding

    def meant(self, match: Match, meaning: Meaning) -> None:
        """Count what one answer means: its findings, its part in the histories, the rules without data."""
        self.findings(meaning.findings)
        self._histories.tasks(meaning.tasks)
        self._histories.fields(meaning.fields)
        where = (match.operation.provider, match.operation.id)
        known = self._not_covered.setdefault(where, meaning.not_covered)
        if known is not meaning.not_covered:
            self._not_covered[where] = tuple(sorted({*known, *meaning.not_covered}))

    def sights(self, meaning: Meaning) -> None:
        """Count one answer's part in the histories."""
        self._histories.tasks(meaning.tasks)
        self._histories.fields(meaning.fields)

    def keeps(self, task: str) -> bool:
        """Return whether the sightings of a task, told by its key, need to be counted."""
        return self._histories.keeps(task)

    def spans(self, spans: Iterable[TaskSpan]) -> None:
        """Count sightings of tasks that were counted together."""
        self._histories.spans(spans)

    def fields(self, records: Iterable[FieldRecord]) -> None:
        """Count values of fields that were counted already."""
        self._histories.add(Histories(fields=tuple(records)))

    def report(self, *, complete: bool, evidence: Evidence | None = None) -> Report:
        """Return the report on everything counted so far."""
        operations = tuple(self._operations[key] for key in sorted(self._operations))
        histories = self._histories.close()
        findings, told = concluded(merged(self._findings.values()), histories, operations)
        inputs, rest = listed_inputs(self._entries(), self._rest.merge(Rest()))
        return Report(
            inputs=inputs,
            rest=rest,
            operations=operations,
            findings=findings,
            not_checked=first_listed(self._listed),
            unreadable=self._not_checked["unreadable"],
            unmatched=self._not_checked["unmatched"],
            undecided=self._not_checked["undecided"],
            complete=complete,
            evidence=evidence or Evidence(),
            histories=histories,
            told=told,
            not_covered=tuple(
                NotCovered(*where, rule)
                for where in sorted(self._not_covered)
                for rule in self._not_covered[where]
            ),
        )
