"""Judge captured responses against the contracts.

Reads bare JSON bodies, JSON Lines, HAR files and `curl -i` dumps, told apart by content.
A bare body is recognised by its shape; name its operation where that is not enough.
"""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING

from wireproof.cli.choosing import (
    add_config_options,
    add_contract_options,
    add_rule_option,
    chosen_contracts,
    configured,
    policy_of,
)
from wireproof.cli.exits import Exit
from wireproof.cli.output import terminal_style, write_output
from wireproof.cli.progress import Progress
from wireproof.errors import UsageError
from wireproof.examining import Examiner, Options
from wireproof.finding import Severity
from wireproof.matching import Hint

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from wireproof.configuration import Configuration
    from wireproof.contract import Contract
    from wireproof.policy import Policy
    from wireproof.report import Report

__all__ = [
    "add_arguments",
    "add_common_arguments",
    "examine_options",
    "exit_code",
    "rendered",
    "run",
    "under",
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `validate-response`."""
    add_common_arguments(parser, what="FILE")
    parser.add_argument(
        "--engine",
        choices=("fast", "reference"),
        default="fast",
        help="jsonschema-rs (fast), or jsonschema (reference) to compare with",
    )


def add_common_arguments(parser: argparse.ArgumentParser, *, what: str) -> None:
    """Add the options of every command that judges captures."""
    parser.add_argument(
        "inputs", nargs="*", metavar=what, help="files, folders, globs, or - for standard input"
    )
    add_contract_options(parser)
    capture = parser.add_argument_group("what the capture does not say")
    capture.add_argument(
        "--operation", metavar="ID", help="the operation that answered (see `wireproof providers`)"
    )
    capture.add_argument("--status", type=_status, metavar="CODE", help="the HTTP status of bare bodies")
    capture.add_argument("--content-type", metavar="TYPE", help="the content type of bare bodies")
    output = parser.add_argument_group("output")
    output.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    output.add_argument("--output", metavar="FILE", help="write the report to FILE, whole or not at all")
    levels = [severity.value for severity in Severity]
    output.add_argument(
        "--fail-on",
        choices=[*levels, "never"],
        help="the least severity that makes the exit code 1 (default: warning)",
    )
    output.add_argument("--min-severity", choices=levels, help="the least severity shown (default: info)")
    add_rule_option(output)
    output.add_argument(
        "--show-values", action="store_true", help="show strings of captures, secrets excepted"
    )
    add_config_options(parser)


def run(options: argparse.Namespace) -> int:
    """Judge the inputs, print the report, and return the exit code."""
    configuration = configured(options)
    policy = policy_of(options, configuration)
    contracts = chosen_contracts(options, configuration)
    examiner = Examiner(contracts, options=examine_options(options, configuration, contracts))
    interrupted = _examine(examiner, options.inputs)
    report = examiner.report(complete=interrupted is None, evidence=options.format != "text")
    if policy:
        report = under(policy, report, contracts, options)
    write_output(rendered(report, options, configuration), options.output)
    fail_on = options.fail_on or (configuration and configuration.fail_on) or "warning"
    return interrupted or exit_code(report, fail_on)


def examine_options(
    options: argparse.Namespace, configuration: Configuration | None, contracts: Sequence[Contract]
) -> Options:
    """Return how to examine, as the command line says; raises `UsageError` for an unknown operation."""
    operation = _known_operation(
        options.operation, [entry.id for contract in contracts for entry in contract]
    )
    specs = configuration.specs if configuration else ()
    return Options(
        hint=Hint(None, operation, options.status, options.content_type),
        any_host=bool(options.spec or options.specs or options.provider or specs),
        reveal=options.show_values,
        reference=options.engine == "reference",
    )


def exit_code(report: Report, fail_on: str) -> Exit:
    """Return 1 where something was found at or above `fail_on`; else 0 where all was judged, or 3."""
    if fail_on != "never":
        least = Severity(fail_on).rank
        if any(finding.severity.rank >= least for finding in report.findings):
            return Exit.FINDINGS
    return Exit.OK if report.all_judged and report.matched else Exit.UNREAD


def _examine(examiner: Examiner, inputs: list[str]) -> Exit | None:
    """Feed all records; return how it was interrupted, or None."""
    from wireproof.sources import Account, iter_blocks  # noqa: PLC0415 - after the options are known to be right

    stdin = sys.stdin  # None where the caller closed it
    if not inputs and (stdin is None or stdin.isatty()):
        raise UsageError("nothing to judge", hint="name a file, a folder, or - for standard input")
    with Progress(sys.stderr) as progress:
        try:
            blocks = iter_blocks(
                inputs or ["-"], stdin=stdin.buffer if stdin else BytesIO(), account=Account()
            )
            for block in blocks:
                progress.step(examiner.take_block(block))
        except KeyboardInterrupt as interrupt:
            return Exit.TERMINATED if interrupt.args else Exit.INTERRUPTED
    return None


def under(
    policy: Policy, report: Report, contracts: Sequence[Contract], options: argparse.Namespace
) -> Report:
    """Return the report under a policy, as of today."""
    from datetime import date  # noqa: PLC0415 - only where there is a policy

    from wireproof.policy import apply  # noqa: PLC0415 - likewise

    narrowed = options.provider or options.operation or options.spec or options.specs
    known = (
        [] if narrowed else [(contract.provider, entry.id) for contract in contracts for entry in contract]
    )
    return apply(report, policy, date.today(), known=known)  # noqa: DTZ011 - the day where the user is


def rendered(report: Report, options: argparse.Namespace, configuration: Configuration | None) -> str:
    """Return the report in the format that the command line asks for."""
    least = Severity(options.min_severity or (configuration and configuration.min_severity) or "info")
    if options.format == "json":
        from wireproof.reporters.jsonreport import json_report  # noqa: PLC0415 - one format a run

        return json_report(report, least=least)
    from wireproof.reporters.text import text_report  # noqa: PLC0415 - one format a run

    return text_report(report, least=least, style=terminal_style(options.output))


def _status(text: str) -> int:
    import argparse  # noqa: PLC0415 - for its error class only

    if len(text) != 3 or not text.isascii() or not text.isdigit() or text[0] not in "12345":  # noqa: PLR2004 - RFC 9110
        raise argparse.ArgumentTypeError(f"{text!r} is no HTTP status: write three digits, such as 200")
    return int(text)


def _known_operation(wanted: str | None, known: list[str]) -> str | None:
    if wanted is None or wanted in known:
        return wanted
    from wireproof.errors import nearest  # noqa: PLC0415 - only a wrong name pays for it

    near = nearest(wanted, known)
    hint = f"did you mean {near} ?" if near else "see `wireproof providers`"
    raise UsageError(f"there is no operation {wanted!r}", hint=hint)
