"""What a team decided about findings: severities, rules switched off, and findings ignored.

A policy is applied to a finished report, once, after all parts are merged: findings are taken
out or told with another severity, and whatever is taken out stays in the report, counted, with
the entry that took it out.

Of several severities for one finding the narrowest wins: one for a path before one for an
operation, that before one for a provider, that before one for all; among equals the later.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wireproof.exemption import Exempted, Ignore, Ignored, Override, Scope, SwitchedOff
from wireproof.finding import Finding, merged
from wireproof.report import Report, with_denominators

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

__all__ = ["Judged", "Policy", "apply", "expired", "judged_by"]


@dataclass(frozen=True, slots=True)
class Policy:
    """Severities by rule and scope, and ignores.  `firm` overrides beat all others, whatever their scope."""

    overrides: tuple[Override, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    firm: tuple[Override, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything is decided at all."""
        return bool(self.overrides or self.ignores or self.firm)

    def override_for(self, finding: Finding) -> Override | None:
        """Return the override that decides on a finding, or None where its rule's default holds."""
        for overrides in (self.firm, self.overrides):
            fitting = [
                entry
                for entry in reversed(overrides)
                if entry.rule == finding.rule and entry.scope.covers(finding.location)
            ]
            if fitting:
                return max(fitting, key=lambda entry: entry.scope.narrowness)
        return None

    def with_firm(self, overrides: Iterable[Override]) -> Policy:
        """Return the policy with overrides that beat those it has."""
        return replace(self, firm=(*self.firm, *overrides))


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings as a policy sorts them: told, held back by an ignore, or of a rule that is switched off.

    `matched` are the ignores that fit a finding or a part of one, whether or not they hold it back.
    """

    told: list[Finding] = field(default_factory=list)
    held: dict[Ignore, list[Finding]] = field(default_factory=dict)
    off: dict[Override, list[Finding]] = field(default_factory=dict)
    matched: set[Ignore] = field(default_factory=set)


def judged_by(
    policy: Policy,
    findings: Iterable[Finding],
    today: date,
    *,
    page: str = "",
    fingerprint: Callable[[Finding], str | None] = lambda _: None,
) -> Judged:
    """Return the findings as a policy sorts them on a day, each with the severity that it gives.

    The parts of a finding whose rule is switched off are sorted in its place.  `page` is where
    findings about documentation stand, with fingerprints of their own.
    """

    def holds(entry: Ignore, one: Finding) -> bool:
        return entry.holds(one, page=page, fingerprint=fingerprint(one))

    def holds_part(entry: Ignore, one: Finding) -> bool:
        return any(holds(entry, part) or holds_part(entry, part) for part in one.absorbs)

    judged = Judged()
    waiting = list(findings)
    while waiting:
        finding = waiting.pop()
        override = policy.override_for(finding)
        if override is not None:
            if override.severity is None:
                judged.off.setdefault(override, []).append(finding)
                waiting += finding.absorbs
                continue
            finding = replace(finding, severity=override.severity)
        fitting = [entry for entry in policy.ignores if holds(entry, finding)]
        judged.matched.update(fitting, (entry for entry in policy.ignores if holds_part(entry, finding)))
        holder = next((entry for entry in fitting if not expired(entry, today)), None)
        if holder is not None:
            judged.held.setdefault(holder, []).append(finding)
        else:
            judged.told.append(finding)
    return judged


def apply(report: Report, policy: Policy, today: date, *, known: Collection[tuple[str, str]] = ()) -> Report:
    """Return the report as a policy has it told on a day.

    Where a rule is switched off, the parts that its finding had explained are told in its
    place.  `known` are the operations, (provider, operation), that the contracts promise: an
    ignore that does not name its operation is unneeded only once all that it speaks of were
    seen, so without `known` that is never said of it.
    """
    if not policy:
        return report
    judged = judged_by(policy, report.findings, today)
    held, off = judged.held, judged.off
    exempted = Exempted(
        tuple(
            replace(
                _ignored(entry, report, known),
                findings=_counted(held.get(entry, ()), report),
                matched=entry in judged.matched,
                expired=expired(entry, today),
            )
            for entry in dict.fromkeys(policy.ignores)
        ),
        tuple(
            SwitchedOff(entry, _counted(off.get(entry, ()), report))
            for entry in dict.fromkeys((*policy.firm, *policy.overrides))
            if entry.severity is None and (entry in off or _in_sight(entry.scope, report))
        ),
    )
    return replace(report, findings=_counted(judged.told, report), exempted=report.exempted.merge(exempted))


def _counted(findings: Iterable[Finding], report: Report) -> tuple[Finding, ...]:
    """Return findings merged and with denominators; a part told beside its like is seen at most always."""
    counted = with_denominators(merged(findings), report.operations)
    return tuple(replace(finding, sightings=min(finding.sightings, finding.of)) for finding in counted)


def expired(entry: Ignore, today: date) -> bool:
    """Return whether an ignore no longer holds on a day."""
    return entry.expires is not None and today >= entry.expires


def _ignored(entry: Ignore, report: Report, known: Collection[tuple[str, str]]) -> Ignored:
    """Return an entry with the exchanges of its operations, and whether they were all seen."""
    scope = entry.scope
    seen = {(count.provider, count.operation) for count in report.operations}
    exchanges = sum(
        count.exchanges for count in report.operations if scope.names(count.provider, count.operation)
    )
    if scope.provider is not None and scope.operation is not None:
        wanted = {(scope.provider, scope.operation)}
    else:
        wanted = {pair for pair in known if scope.names(*pair)}
    decided = report.all_judged and bool(wanted) and wanted <= seen and entry.page is None
    return Ignored(entry, exchanges=exchanges, decided=decided)


def _in_sight(scope: Scope, report: Report) -> bool:
    """Return whether the report is about something that a scope speaks of."""
    seen = [(count.provider, count.operation) for count in report.operations]
    return any(scope.names(*pair) for pair in seen) or scope == Scope()
