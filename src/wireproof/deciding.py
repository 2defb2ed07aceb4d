"""A policy on what proofreading and lint find: the same entries, sorted by the same rules, as for answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wireproof.exemption import Exempted, Ignored, Scope, SwitchedOff
from wireproof.finding import Finding, Location, Place, Sighting
from wireproof.lint import CHECKS, UNREADABLE, UNUSABLE, Defect
from wireproof.policy import expired, judged_by
from wireproof.proofreading.contradiction import Contradiction
from wireproof.proofreading.rules import DOCS_RULES, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from wireproof.contract import Contract
    from wireproof.policy import Judged, Policy
    from wireproof.proofreading.proofread import Proof

__all__ = ["Homes", "decided", "decided_defects"]

_ALONE = "docs-field-not-shown"
_DOCS = frozenset(rule.id for rule in DOCS_RULES)
_LINT = frozenset(check.rule for check in CHECKS) | {UNREADABLE, UNUSABLE}
_IN_PATH = re.compile(r"^/paths/(?P<path>[^/]+)/(?P<method>[a-z]+)(?:/|$)")
_PLACE = re.compile(r"\{[^{}]*\}|<[^<>]*>|(?<=/):[^/]+")


class Homes:
    """Which operation of which provider a page's `GET /task/{id}` is, as far as contracts tell."""

    def __init__(self, contracts: Iterable[Contract] = (), *, provider: str = "") -> None:
        self._provider = provider
        self._known: dict[tuple[str, str], tuple[str, str]] = {}
        for contract in contracts:
            for operation in contract:
                bases = ["", *(_base(server) for server in operation.servers)]
                for base in bases:
                    key = (operation.method.upper(), _folded(base + operation.path))
                    self._known.setdefault(key, (contract.provider, operation.id))

    def at(self, operation: str) -> Location:
        """Return provider and operation for `GET /task/{id}`; where no contract has it, its own name."""
        method, _, path = operation.partition(" ")
        provider, name = self._known.get((method.upper(), _folded(path)), (self._provider, operation))
        return Location(provider, name)


def _base(server: str) -> str:
    return re.sub(r"^[a-z]+://[^/]*", "", server).rstrip("/")


def _folded(path: str) -> str:
    return _PLACE.sub("{}", path.partition("?")[0]).rstrip("/")


@dataclass(frozen=True, slots=True)
class _Sorted:
    """What a policy leaves of some contradictions and defects, in their order, and what it takes out."""

    contradictions: tuple[Contradiction, ...]
    defects: tuple[Defect, ...]
    judged: Judged


def decided(
    proofs: Sequence[Proof], policy: Policy, today: date, *, homes: Homes
) -> tuple[list[Proof], Exempted]:
    """Return the proofs as a policy has them told on a day, and what it took out of all of them."""
    told: list[Proof] = []
    taken: list[Judged] = []
    for proof in proofs:
        things: list[Contradiction | Defect] = [*proof.contradictions, *proof.defects]
        left = _sorted(things, policy, today, homes, page=proof.page.name)
        taken.append(left.judged)
        told.append(replace(proof, contradictions=left.contradictions, defects=left.defects))
    known = _DOCS | _LINT if any(proof.page.documents for proof in proofs) else _DOCS
    return told, _exempted(taken, policy, today, known)


def decided_defects(
    contracts: Iterable[tuple[Iterable[Defect], Homes]], policy: Policy, today: date
) -> tuple[list[Defect], Exempted]:
    """Return the defects of contracts as a policy has them told on a day, and what it took out of all."""
    every = [_sorted(defects, policy, today, homes) for defects, homes in contracts]
    told = [defect for left in every for defect in left.defects]
    return told, _exempted([left.judged for left in every], policy, today, _LINT)


def _sorted(
    things: Iterable[Contradiction | Defect], policy: Policy, today: date, homes: Homes, *, page: str = ""
) -> _Sorted:
    made_of: list[Contradiction | Defect] = []
    findings = [_finding(one, homes, made_of) for one in things]

    def fingerprint(finding: Finding) -> str:
        return made_of[finding.first.index].fingerprint

    judged = judged_by(policy, findings, today, page=page, fingerprint=fingerprint)
    left = [
        replace(made_of[finding.first.index], severity=finding.severity)
        for finding in sorted(judged.told, key=lambda finding: (-finding.severity.rank, finding.first.index))
    ]
    return _Sorted(
        tuple(one for one in left if isinstance(one, Contradiction)),
        tuple(sorted((one for one in left if isinstance(one, Defect)), key=lambda defect: defect.order)),
        judged,
    )


def _finding(one: Contradiction | Defect, homes: Homes, made_of: list[Contradiction | Defect]) -> Finding:
    """Return a contradiction or defect as a policy looks at it; its first sighting numbers what it is of."""
    number = len(made_of)
    made_of.append(one)
    if isinstance(one, Defect):
        found = _IN_PATH.match(one.pointer)
        path = found["path"].replace("~1", "/").replace("~0", "~") if found else ""
        where = homes.at(f"{found['method'].upper()} {path}" if found else "")
        place = Place(one.file, one.pointer, one.line)
        absorbs: tuple[Finding, ...] = ()
    else:
        where = homes.at(one.scope.operation)
        ends = [spot for spot in (one.claimed, one.shown) if spot.lines]
        place = Place((ends or [one.claimed])[0].source, one.pointer, one.line or None)
        absorbs = tuple(_finding(_apart(part, one), homes, made_of) for part in one.absorbs)
    seen = Sighting(place.file, number)
    located = replace(where, pointer=one.pointer)
    return Finding(
        one.rule, one.severity, located, "", "", one.message, one.mend, place, seen, seen, absorbs=absorbs
    )


def _apart(part: Contradiction, whole: Contradiction) -> Contradiction:
    """Return a part as it is told alone: one field of a shift is a field that is not where it should be."""
    if part.rule != whole.rule:
        return part
    return replace(part, rule=_ALONE, severity=severity_of(_ALONE))


def _exempted(taken: Iterable[Judged], policy: Policy, today: date, known: frozenset[str]) -> Exempted:
    """Return what each entry of a policy took out, without entries about rules that were not asked."""
    every = list(taken)
    ignored = []
    for entry in dict.fromkeys(policy.ignores):
        held = tuple(finding for judged in every for finding in judged.held.get(entry, ()))
        matched = any(entry in judged.matched for judged in every)
        if entry.rule is None or entry.rule in known or held:
            ignored.append(Ignored(entry, held, matched=matched, expired=expired(entry, today)))
    off = []
    for rule in dict.fromkeys((*policy.firm, *policy.overrides)):
        untold = tuple(finding for judged in every for finding in judged.off.get(rule, ()))
        if untold or (rule.severity is None and rule.scope == Scope() and rule.rule in known):
            off.append(SwitchedOff(rule, untold))
    return Exempted(tuple(ignored), tuple(off))
