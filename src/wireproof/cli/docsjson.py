"""What `wireproof docs --format json` prints, and what a policy took out as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from wireproof.claims.claim import OperationClaim
from wireproof.cli.docsreport import KINDS

if TYPE_CHECKING:
    from wireproof.cli.outcome import Outcome, Told
    from wireproof.exemption import Exempted
    from wireproof.finding import Finding
    from wireproof.proofreading.proofread import Coverage

__all__ = ["docs_json", "policy_json"]


def docs_json(outcome: Outcome) -> str:
    """Return the report as JSON text, ASCII only; `schemas/docs.schema.json` describes it."""
    exempted = outcome.exempted
    value = {
        "format": "wireproof-docs",
        "version": 1,
        "complete": outcome.complete,
        "summary": {
            "pages": len(outcome.pages),
            "silent": len(outcome.silent),
            "findings": outcome.counts,
            "ignored": exempted.ignored_findings,
            "switched_off": exempted.untold_findings,
        },
        "pages": [_page_json(told) for told in outcome.pages],
        "not_checked": [one.to_json() for one in outcome.missed],
        "policy": policy_json(exempted),
    }
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def policy_json(exempted: Exempted) -> dict[str, Any]:
    """Return what a policy took out as plain values, each finding with its place."""
    return {
        "ignored": [
            {**entry.to_json(), "findings": [_held_json(finding) for finding in entry.findings]}
            for entry in exempted.ignored
        ],
        "switched_off": [entry.to_json() for entry in exempted.switched_off],
    }


def _held_json(finding: Finding) -> dict[str, Any]:
    place = finding.contract
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "source": finding.first.source,
        "line": place.line if place else None,
        "pointer": finding.location.pointer,
        "message": finding.message,
    }


def _page_json(told: Told) -> dict[str, Any]:
    proof = told.proof
    page = proof.page
    return {
        "source": page.name,
        "title": page.title,
        "silence": told.silence or None,
        "whole": told.whole,
        "operations": [one.key for one in page.claims if isinstance(one, OperationClaim)],
        "read": {
            name.replace(" ", "_"): sum(isinstance(one, kind) for one in page.claims) for kind, name in KINDS
        },
        "coverage": [_coverage_json(one) for one in proof.coverage],
        "contradictions": [one.to_json() for one in told.contradictions],
        "three_ways": [row.to_json() for row in told.rows],
        "lint": [
            {
                "rule": one.first.rule,
                "severity": one.first.severity.value,
                "line": one.first.line,
                "lines": list(one.lines),
                "count": one.count,
                "pointer": one.first.pointer,
                "message": one.first.message,
                "mend": one.first.mend,
                "fingerprint": one.first.fingerprint,
                "fingerprints": list(one.fingerprints),
            }
            for one in told.defects
        ],
        "artefacts": [{"kind": one.kind, "count": one.count, "line": one.line} for one in page.artefacts],
        "not_read": [
            {"line": lines.first, "last_line": lines.last, "reason": reason}
            for lines, reason in [*((one.lines, one.reason) for one in page.unread), *proof.unjudged]
        ],
    }


def _coverage_json(covered: Coverage) -> dict[str, Any]:
    return {
        "operation": covered.operation,
        "side": covered.side,
        "status": covered.status,
        "fields": covered.fields,
        "examples": [{"line": one.first, "last_line": one.last} for one in covered.examples],
        "not_shown": list(covered.not_shown),
    }
