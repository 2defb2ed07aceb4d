"""What the evidence says once everything is counted: the rules of its family, asked of every place."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from wireproof import rules
from wireproof.evidence import Evidence, sighting_of
from wireproof.evidence.chance import Thresholds
from wireproof.evidence.outline import Outlines
from wireproof.finding import Finding, Location, merged
from wireproof.rules import never_observed
from wireproof.rules.observed import Observed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wireproof.contract import Contract, Operation, PromisedResponse
    from wireproof.evidence import Place, Root
    from wireproof.evidence.outline import Outline
    from wireproof.finding import Severity
    from wireproof.lifecycle import FieldRecord
    from wireproof.report import Report

__all__ = ["Thresholds", "concluded"]


def concluded(
    report: Report,
    contracts: Iterable[Contract],
    *,
    baseline: Evidence | None = None,
    thresholds: Thresholds | None = None,
) -> Report:
    """Return the report with what its evidence says: the findings of the evidence family, made anew.

    `baseline` is the evidence of an earlier report, to compare with.
    """
    limits = thresholds or Thresholds()
    own = {entry.rule.id for entry in rules.EVIDENCE_RULES}
    findings = [finding for finding in report.findings if finding.rule not in own]
    for contract in contracts:
        outlines = Outlines(contract.schemas)
        for operation in contract:
            findings += _unobserved(report, operation, limits)
            for response in operation.responses:
                root = (operation.provider, operation.id, response.status)
                place = report.evidence.roots.get(root)
                if place is not None:
                    before = baseline.roots.get(root) if baseline is not None else None
                    outline = _outline(outlines, contract, response)
                    for field in _fields(
                        root, place, before, outline=outline, contract=contract, limits=limits
                    ):
                        for entry in rules.EVIDENCE_RULES:
                            findings += entry.check(field)
    return replace(report, findings=tuple(_told_once(report, merged(findings))))


def _told_once(report: Report, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings, a change and a mixture of the units of one place as one of the two.

    A field whose units came by turns is mixed; one whose unit changed once, or whose contract
    says which unit is right, has changed.
    """
    by_key = {(finding.rule, finding.location): finding for finding in findings}
    drawn = {(finding.rule, finding.location) for finding in report.told}
    by_turns = {
        (record.provider, record.operation, record.status, "body", record.pointer)
        for record in report.histories.fields
        if record.role == "time" and _is_by_turns(record)
    }
    for (rule, where), finding in by_key.items():
        changed = by_key.get(("unit-changed", where))
        mixed = by_key.get(("unit-mixed", where))
        if changed is None or mixed is None or finding not in {changed, mixed}:
            yield finding
            continue
        place = (where.provider, where.operation, where.status, where.part, where.pointer)
        kept, left = (
            (mixed, changed) if ("unit-changed", where) in drawn and place in by_turns else (changed, mixed)
        )
        if rule == kept.rule:
            severity = max(kept.severity, left.severity, key=_rank)
            yield replace(kept, severity=severity, absorbs=merged((*kept.absorbs, left)))


def _rank(severity: Severity) -> int:
    return severity.rank


def _is_by_turns(record: FieldRecord) -> bool:
    """Return whether values of one class came before and after values of another."""
    return any(
        not (one.last.before(two.first) or two.last.before(one.first))
        for one, two in combinations(record.classes, 2)
    )


def _outline(outlines: Outlines, contract: Contract, response: PromisedResponse) -> Outline:
    names = [body.schema for body in response.bodies if body.schema is not None]
    return outlines.of(contract.schemas.defs[name] for name in names)


def _fields(
    root: Root,
    place: Place,
    before: Place | None,
    *,
    outline: Outline,
    contract: Contract,
    limits: Thresholds,
) -> Iterator[Observed]:
    """Iterate over every place of an operation's answers, and every named member that never came."""
    waiting: list[tuple[Any, ...]] = [("", None, place, None, before, None, outline, None)]
    while waiting:
        pointer, name, here, parent, was, parent_was, told, holder = waiting.pop()
        if here is not None:
            here.coarsen(place.level)
        yield Observed(
            root, pointer, name, here, parent, told, holder, contract.schemas, limits, was, parent_was
        )
        if here is None:
            continue
        names = sorted(here.children.keys() | (told.named if here.types.get("object") else set()))
        for key in names:
            at = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            known = key in told.named
            below = told.member(key) if known else told.nothing
            child, child_was = here.children.get(key), was.children.get(key) if was is not None else None
            waiting.append((at, key, child, here, child_was, was, below, told if known else None))
        if here.items is not None:
            items_was = was.items if was is not None else None
            waiting.append((f"{pointer}/*", None, here.items, here, items_was, was, told.items(), None))
        if here.others is not None:
            others_was = was.others if was is not None else None
            waiting.append((f"{pointer}/*", None, here.others, here, others_was, was, told.others(), None))


def _unobserved(report: Report, operation: Operation, limits: Thresholds) -> Iterator[Finding]:
    """Yield a finding for an operation, or an answer of it, that never came beside others that did."""
    mine = [entry for entry in report.operations if entry.provider == operation.provider]
    of_all = sum(entry.exchanges for entry in mine)
    of_own = sum(entry.exchanges for entry in mine if entry.operation == operation.id)
    if of_all >= limits.min_samples and not of_own:
        yield _never(report, operation, None, of_all)
    came = {entry.status for entry in mine if entry.operation == operation.id}
    for response in operation.responses if of_own >= limits.min_samples else ():
        if response.status not in came:
            yield _never(report, operation, response, of_own)


def _never(report: Report, operation: Operation, response: PromisedResponse | None, of: int) -> Finding:
    rule = never_observed.RULE.rule
    what = "the operation" if response is None else f"an answer with status {response.status}"
    seen = [
        order
        for (provider, _, _), place in report.evidence.roots.items()
        for order in (place.first, place.last)
        if provider == operation.provider and order is not None
    ]
    first, last = (sighting_of(min(seen)), sighting_of(max(seen))) if seen else (_NOWHERE, _NOWHERE)
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        location=Location(
            operation.provider,
            operation.id,
            response.status if response else "",
            "status" if response else "exchange",
        ),
        promised=what,
        observed=f"none in {of} exchanges",
        message=f"promised {what}, none came in {of} exchanges",
        mend="nothing, if it is rare; else look whether the contract still tells the truth",
        contract=response.place if response else operation.place,
        first=first,
        last=last,
        seen_as=(("absent", of),),
        sightings=of,
        of=of,
    )


_NOWHERE = sighting_of((True, "", "", 0))
