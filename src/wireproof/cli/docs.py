"""Proofread documentation pages: where a page contradicts itself, a contract, or recordings.

Reads Markdown, HTML, OpenAPI documents and text copied from a site, told apart by content.
Each contradiction is shown with both of its lines.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from wireproof.cli.choosing import add_config_options, add_rule_option, configured, homes, policy_of
from wireproof.cli.docsjson import docs_json
from wireproof.cli.docsreport import Told, docs_markdown, docs_text
from wireproof.cli.exits import Exit
from wireproof.cli.output import terminal_style, write_output
from wireproof.errors import ContractError, UsageError, nearest
from wireproof.exemption import Exempted
from wireproof.finding import Severity
from wireproof.specs import load_file, provider_names, read_file, shipped_specs

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from wireproof.claims.claim import Page
    from wireproof.configuration import Configuration
    from wireproof.contract import Contract
    from wireproof.policy import Policy
    from wireproof.proofreading.comparing import Wire
    from wireproof.proofreading.scenes import Sheet

__all__ = ["add_arguments", "run"]

_LARGEST = 8 * 2**20
"""Bytes of a page that are read: what `decoded` reads, and one more to know that there is more."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `wireproof docs`."""
    parser.add_argument("pages", nargs="*", metavar="FILE", help="pages, or - for standard input")
    against = parser.add_argument_group("what else the page is compared with")
    against.add_argument(
        "--against", metavar="SPEC", help="an OpenAPI document, a folder with one, or a provider"
    )
    against.add_argument(
        "--recordings", nargs="+", default=[], metavar="FILE", help="captured answers of the page's operation"
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
    from wireproof.claims.page import read_page  # noqa: PLC0415 - after the options are known to be right

    named = _named(options)
    configuration = configured(options)
    policy = policy_of(options, configuration)
    contract = _contract_sheet(options.against) if options.against else None
    pages, failed = [], False
    for name in named:
        data = _read(name)
        failed = failed or data is None
        if data is not None:
            pages.append(read_page(data, name="<stdin>" if name == "-" else name))
    if options.claims:
        from wireproof.claims.rendering import render_claims  # noqa: PLC0415 - on request

        write_output("\n".join(render_claims(page) for page in pages), options.output)
        return Exit.UNREAD if failed else Exit.OK
    wire, heard = _wire(options.recordings, pages) if options.recordings else (None, True)
    if contract is not None:
        _say_other_operations(contract, pages)
    _write_documents(options, pages)
    least = Severity(options.min_severity or (configuration and configuration.min_severity) or "info")
    told = [_told(page, contract, wire) for page in pages]
    exempted = Exempted()
    if policy:
        told, exempted = _under(policy, told, options, configuration)
    told = [one.with_least(least) for one in told]
    if options.format == "json":
        text = docs_json(told, exempted)
    elif options.format == "markdown":
        text = docs_markdown(told, exempted)
    else:
        text = docs_text(told, exempted, style=terminal_style(options.output))
    write_output(text, options.output)
    silent = any(page.silence for page in pages)
    fail_on = options.fail_on or (configuration and configuration.fail_on) or "warning"
    return _exit_code(told, fail_on, unread=failed or silent or not heard)


def _named(options: argparse.Namespace) -> list[str]:
    if not options.pages and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError("nothing to read", hint="name a page, or - for standard input")
    named = list(dict.fromkeys(options.pages or ["-"]))
    if len(named) > 1 and (options.emit or options.draft):
        raise UsageError("--emit and --draft write one page's document", hint="name one page")
    return named


def _read(name: str) -> bytes | None:
    """Return a page's bytes, or None after saying on standard error why there are none."""
    from wireproof.reporters.text import plain  # noqa: PLC0415 - only a page that cannot be read pays for it

    try:
        if name == "-":
            stream = sys.stdin.buffer if sys.stdin else BytesIO()
            return stream.read(_LARGEST + 1)
        with Path(name).open("rb") as file:
            return file.read(_LARGEST + 1)
    except OSError as error:
        hint = "name a page, not a folder" if Path(name).is_dir() else "check the path"
        print(plain(f"wireproof: {name}: {error.strerror or error}"), file=sys.stderr)
        print(f"  {hint}", file=sys.stderr)
        return None


def _contract_sheet(named: str) -> Sheet:
    """Return the claims of a contract: a file, a folder with an openapi.yaml, or a provider that ships."""
    from wireproof.claims.page import read_page  # noqa: PLC0415 - as above
    from wireproof.proofreading.scenes import sheet_of  # noqa: PLC0415 - likewise

    path, shown = _contract_file(named)
    sheet = sheet_of(read_page(read_file(path), name=shown))
    if not sheet.page.documents:
        raise ContractError(f"{shown}: no OpenAPI document", hint="name an OpenAPI document in YAML or JSON")
    return sheet


def _contracts(named: str) -> tuple[Contract, ...]:
    """Return the contract that the pages are compared with, if it is one that answers can be judged by."""
    path, shown = _contract_file(named)
    try:
        return (load_file(path, shown_as=shown),)
    except ContractError:
        return ()


def _contract_file(named: str) -> tuple[Path, str]:
    """Return the file of a contract and the name to show for it; raises `UsageError`."""
    path, shown = Path(named), named
    if path.is_dir():
        path, shown = path / "openapi.yaml", f"{named.rstrip('/')}/openapi.yaml"
    elif not path.exists():
        providers = provider_names(shipped_specs())
        if named not in providers:
            near = nearest(named, providers)
            hint = f"did you mean {near} ?" if near else f"known providers: {', '.join(providers)}"
            raise UsageError(f"there is no contract {named!r}", hint=hint)
        path, shown = shipped_specs() / named / "openapi.yaml", f"specs/{named}/openapi.yaml"
    return path, shown


def _wire(files: Sequence[str], pages: Sequence[Page]) -> tuple[Wire, bool]:
    """Return what the recordings of the pages' operations show, and whether all was read and any fits."""
    from wireproof.proofreading.comparing import Wire  # noqa: PLC0415 - only where it is asked for
    from wireproof.proofreading.recorded import LeftOut, take_record  # noqa: PLC0415 - likewise
    from wireproof.reporters.text import plain  # noqa: PLC0415 - likewise
    from wireproof.sources import iter_records  # noqa: PLC0415 - likewise

    wire, left_out = Wire(), LeftOut()
    for record in iter_records(files, stdin=BytesIO()):
        take_record(wire, record, pages, left_out)
    for line in left_out.lines():
        print(plain(f"wireproof: {line}"), file=sys.stderr)
    if not wire.answers:
        print("wireproof: no recording has a successful answer of the page", file=sys.stderr)
        print("  name captures of the page's own operation", file=sys.stderr)
    return wire, bool(wire.answers) and not left_out.unread


def _say_other_operations(contract: Sheet, pages: Sequence[Page]) -> None:
    """Say of each page with operations that the contract has none of them, and what it was compared with."""
    from wireproof.claims.claim import OperationClaim  # noqa: PLC0415 - only where it is asked for
    from wireproof.proofreading.recorded import same_call  # noqa: PLC0415 - likewise
    from wireproof.reporters.text import plain  # noqa: PLC0415 - likewise

    for page in pages:
        mine = [one for one in page.claims if isinstance(one, OperationClaim)]
        if mine and not any(same_call(one, other) for one in mine for other in contract.operations):
            theirs = ", ".join(one.key for one in contract.operations[:3]) or "no operation"
            said = (
                f"{page.name}: {contract.page.name} has no {mine[0].key}; compared with what it has: {theirs}"
            )
            print(plain(f"wireproof: {said}"), file=sys.stderr)
            print("  name the contract of the page's own operation", file=sys.stderr)


def _under(
    policy: Policy, told: Sequence[Told], options: argparse.Namespace, configuration: Configuration | None
) -> tuple[list[Told], Exempted]:
    """Return what is told under a policy, as of today, and what it takes out."""
    from datetime import date  # noqa: PLC0415 - only where there is a policy

    from wireproof.deciding import decided  # noqa: PLC0415 - likewise

    against = _contracts(options.against) if options.against and configuration else ()
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


def _write_documents(options: argparse.Namespace, pages: Sequence[Page]) -> None:
    if not (options.emit or options.draft) or not pages:
        return
    from wireproof.proofreading.drafting import drafted  # noqa: PLC0415 - only where it is asked for
    from wireproof.proofreading.emitting import documented  # noqa: PLC0415 - likewise
    from wireproof.proofreading.yamlout import to_yaml  # noqa: PLC0415 - likewise

    page = pages[0]
    if page.silence:
        raise UsageError(f"{page.name}: no documentation: {page.silence}", hint="name another page")
    if options.emit:
        write_output(to_yaml(documented(page), comment=_EMITTED), options.emit)
    if options.draft:
        write_output(to_yaml(drafted(page), comment=_DRAFTED), options.draft)


_EMITTED = (
    "What the page claims, claim by claim, its errors kept; `x-source.line` counts the page's lines from 1."
)
_DRAFTED = (
    "A draft, made of a page and its example, for a person to curate: what nobody documented is marked\n"
    "`x-provenance: inferred`, and each guess is told in `x-guess`."
)


def _exit_code(pages: Iterable[Told], fail_on: str, *, unread: bool) -> Exit:
    if fail_on != "never":
        least = Severity(fail_on).rank
        for told in pages:
            if any(severity.rank >= least for severity in told.severities):
                return Exit.FINDINGS
    return Exit.UNREAD if unread else Exit.OK
