"""The report for machines: versioned JSON, described by `schemas/report.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wireproof.finding import Severity

if TYPE_CHECKING:
    from wireproof.report import Report

__all__ = ["json_report"]


def json_report(report: Report, *, least: Severity = Severity.INFO) -> str:
    """Return the report as JSON text, ASCII only, with the findings of at least one severity."""
    value = report.to_json()
    value["findings"] = [
        finding for finding in value["findings"] if Severity(finding["severity"]).rank >= least.rank
    ]
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"
