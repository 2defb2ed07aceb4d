"""Findings and reports, as few words as a test needs."""

from wireproof.finding import Finding, Location, Severity, Sighting
from wireproof.report import Input, OperationCount, Report, with_denominators


def finding(
    rule="undocumented-field",
    pointer="/x",
    *,
    provider="p",
    operation="o",
    severity="warning",
    absorbs=(),
    at=0,
):
    """Return a finding seen once, in record `at`."""
    seen = Sighting("c.jsonl", at)
    return Finding(
        rule=rule,
        severity=Severity(severity),
        location=Location(provider, operation, "200", "body", pointer),
        promised="promised",
        observed="came",
        message="message",
        mend="mend",
        contract=None,
        first=seen,
        last=seen,
        seen_as=(("string", 1),),
        absorbs=tuple(absorbs),
    )


def report(*findings, exchanges=3, operations=(("p", "o"),), **more):
    """Return a report on some exchanges of each operation."""
    counts = tuple(OperationCount(*pair, "200", exchanges=exchanges) for pair in operations)
    total = exchanges * len(counts)
    made = Report(inputs=(Input("c.jsonl", total),), operations=counts, **more)
    return made.merge(Report(findings=with_denominators(findings, counts)))


def told(made):
    """Return (rule, pointer, severity) of each finding."""
    return [(one.rule, one.location.pointer, one.severity.value) for one in made.findings]
