"""Proofread documentation pages: where a page contradicts itself, a contract, or recordings.

Reads Markdown, HTML, OpenAPI documents and text copied from a site, told apart by content.
Each contradiction is shown with both of its lines.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wireproof.claims.silence import EMPTY
from wireproof.cli.choosing import add_config_options, add_rule_option, configured, homes, policy_of
from wireproof.cli.docsjson import docs_json
from wireproof.cli.docsmarkdown import docs_markdown
from wireproof.cli.docspages import Missed, read_pages, take_pages_back
from wireproof.cli.docsreport import docs_text
from wireproof.cli.docswitnesses import contract_sheet, contracts_of, heard, say_other_operations
from wireproof.cli.docswritten import check_one_page, say_written, write_documents
from wireproof.cli.exits import Exit
from wireproof.cli.outcome import Outcome, Told
from wireproof.cli.output import terminal_style, write_output
from wireproof.cli.progress import Progress
from wireproof.errors import UsageError
from wireproof.exemption import Exempted
from wireproof.finding import Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from wireproof.claims.claim import Page
    from wireproof.configuration import Configuration
    from wireproof.policy import Policy
    from wireproof.proofreading.comparing import Wire
    from wireproof.proofreading.scenes import Sheet

__all__ = ["add_arguments", "run"]

_NO_PAGE = "no page is named: all words after --recordings are taken for recordings"
_PAGE_FIRST = "name the page first: docs PAGE --recordings RECORDING …"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `wireproof docs`."""
    parser.add_argument(
        "pages", nargs="*", metavar="FILE", help="pages, folders of pages, globs, or - for standard input"
    )
    against = parser.add_argument_group("what else the page is compared with")
    against.add_argument(
        "--against", metavar="SPEC", help="an OpenAPI document, a folder with one, or a provider's name"
    )
    against.add_argument(
        "--recordings", nargs="+", default=[], metavar="FILE", help="captured answers of the page's operation"
    )
    against.add_argument(
        "--baseline", metavar="REPORT", help="tell only what this earlier report in JSON does not tell"
    )
    output = parser.add_argument_group("output")
    output.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="default: text"
    )
    output.add_argument("--output", metavar="FILE", help="write the report to FILE, whole or not at all")
    output.add_argument("--claims", action="store_true", help="print what was read, claim by claim, and stop")
    output.add_argument(
        "--emit", metavar="FILE", help="write the page's claims as an OpenAPI document (documented.yaml)"
    )
    output.add_argument(
        "--draft", metavar="FILE", help="write a draft of a contract from page and example, guesses marked"
    )
    output.add_argument(
        "--show-values", action="store_true", help="show strings of recordings, secrets excepted"
    )
    levels = [severity.value for severity in Severity]
    output.add_argument(
        "--fail-on",
        choices=[*levels, "never"],
        help="the least severity that makes the exit code 1 (default: warning)",
    )
    output.add_argument("--min-severity", choices=levels, help="the least severity shown (default: info)")
    add_rule_option(output)
    add_config_options(parser)


def run(options: argparse.Namespace) -> int:
    """Proofread the pages, print the report, and return the exit code."""
    configuration = configured(options)
    policy = policy_of(options, configuration)
    if options.baseline:
        from wireproof.cli.baseline import with_baseline  # noqa: PLC0415 - only where it is asked for

        policy = with_baseline(policy, options.baseline)
    take_pages_back(options)
    contract = contract_sheet(options.against, configuration) if options.against else None
    pages, missed = _read(options)
    if options.claims:
        from wireproof.claims.rendering import render_claims  # noqa: PLC0415 - on request

        write_output("\n".join(render_claims(page) for page in pages), options.output)
        return Exit.UNREAD if missed or not all(page.whole for page in pages) else Exit.OK
    if options.emit or options.draft:
        check_one_page(pages, emit=options.emit, draft=options.draft)
    wire = None
    if options.recordings:
        wire, unheard = heard(options.recordings, pages, reveal=options.show_values)
        missed += unheard
    if contract is not None:
        say_other_operations(contract, pages)
    if options.emit or options.draft:
        write_documents(pages, emit=options.emit, draft=options.draft)
    told = [_told(page, contract, wire) for page in pages]
    exempted = Exempted()
    if policy:
        told, exempted = _under(policy, told, options, configuration)
    least = Severity(options.min_severity or (configuration and configuration.min_severity) or "info")
    outcome = Outcome([one.with_least(least) for one in told], missed, exempted)
    if options.output not in {None, "-"} or "-" not in {options.emit, options.draft}:
        write_output(_rendered(outcome, options), options.output)
        say_written(options.output, f"the report on {outcome.counted}")
    fail_on = options.fail_on or (configuration and configuration.fail_on) or "warning"
    return _exit_code(outcome, fail_on)


def _read(options: argparse.Namespace) -> tuple[list[Page], list[Missed]]:
    """Return the pages, and what was named and is none, which is said on standard error too."""
    from wireproof.reporters.text import plain  # noqa: PLC0415 - only a page that cannot be read pays for it

    unnamed = not options.pages and len(options.recordings) > 1
    if unnamed and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError(_NO_PAGE, hint=_PAGE_FIRST)
    pages: list[Page] = []
    missed: list[Missed] = []
    with Progress(sys.stderr, noun="pages") as progress:
        for one in read_pages(options.pages):
            progress.step()
            if isinstance(one, Missed):
                missed.append(one)
                print("\n".join(map(plain, one.lines().split("\n"))), file=sys.stderr)
            else:
                pages.append(one)
    if unnamed and pages and pages[0].silence == EMPTY:
        raise UsageError(f"{_NO_PAGE}, and standard input is empty", hint=_PAGE_FIRST)
    return pages, missed


def _rendered(outcome: Outcome, options: argparse.Namespace) -> str:
    if options.format == "json":
        return docs_json(outcome)
    if options.format == "markdown":
        return docs_markdown(outcome)
    return docs_text(outcome, style=terminal_style(options.output))


def _under(
    policy: Policy, told: Sequence[Told], options: argparse.Namespace, configuration: Configuration | None
) -> tuple[list[Told], Exempted]:
    """Return what is told under a policy, as of today, and what it takes out."""
    from datetime import date  # noqa: PLC0415 - only where there is a policy

    from wireproof.deciding import decided  # noqa: PLC0415 - likewise

    against = contracts_of(options.against, configuration) if options.against and configuration else ()
    provider = against[0].provider if against else ""
    today = date.today()  # noqa: DTZ011 - the day where the user is
    proofs, exempted = decided(
        [one.proof for one in told], policy, today, homes=homes(configuration, against, provider=provider)
    )
    return [Told(proof, one.rows) for proof, one in zip(proofs, told, strict=True)], exempted


def _told(page: Page, contract: Sheet | None, wire: Wire | None) -> Told:
    from dataclasses import replace  # noqa: PLC0415 - as above

    from wireproof.proofreading.comparing import compared  # noqa: PLC0415 - likewise
    from wireproof.proofreading.contradiction import sorted_out  # noqa: PLC0415 - likewise
    from wireproof.proofreading.proofread import proofread  # noqa: PLC0415 - likewise
    from wireproof.proofreading.scenes import sheet_of  # noqa: PLC0415 - likewise

    proof = proofread(page)
    wire = wire if wire is not None and wire.answers else None
    if (contract is None and wire is None) or page.silence:
        return Told(proof)
    rows, found = compared(sheet_of(page), contract, wire)
    both = (*proof.contradictions, *sorted_out(found))
    kept = tuple(sorted(both, key=lambda one: -one.severity.rank))
    return Told(replace(proof, contradictions=kept), rows)


def _exit_code(outcome: Outcome, fail_on: str) -> Exit:
    if fail_on != "never":
        least = Severity(fail_on).rank
        for told in outcome.pages:
            if any(severity.rank >= least for severity in told.severities):
                return Exit.FINDINGS
    return Exit.OK if outcome.complete and outcome.judged else Exit.UNREAD
