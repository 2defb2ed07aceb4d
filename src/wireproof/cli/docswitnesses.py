"""What pages are compared with: a contract (`--against`) and recordings (`--recordings`)."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from wireproof.cli.docspages import Missed
from wireproof.errors import ContractError, UsageError, nearest
from wireproof.settings import spec_paths
from wireproof.specs import load_file, provider_names, provider_of, read_file, shipped_specs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.claims.claim import Page
    from wireproof.configuration import Configuration
    from wireproof.contract import Contract
    from wireproof.proofreading.comparing import Wire
    from wireproof.proofreading.scenes import Sheet

__all__ = ["contract_sheet", "contracts_of", "heard", "say_other_operations"]


def contract_sheet(named: str, configuration: Configuration | None) -> Sheet:
    """Return the claims of a contract: a file, a folder with an openapi.yaml, or a provider."""
    from wireproof.claims.page import read_page  # noqa: PLC0415 - after the options are known to be right
    from wireproof.proofreading.scenes import sheet_of  # noqa: PLC0415 - likewise

    path, shown = _file(named, configuration)
    sheet = sheet_of(read_page(read_file(path), name=shown))
    if not sheet.page.documents:
        raise ContractError(f"{shown}: no OpenAPI document", hint="name an OpenAPI document in YAML or JSON")
    return sheet


def contracts_of(named: str, configuration: Configuration | None) -> tuple[Contract, ...]:
    """Return the contract that pages are compared with, if it is one that answers can be judged by."""
    path, shown = _file(named, configuration)
    try:
        return (load_file(path, shown_as=shown),)
    except ContractError:
        return ()


def _file(named: str, configuration: Configuration | None) -> tuple[Path, str]:
    """Return the file of a contract and the name to show for it; raises `UsageError`.

    Providers are those of the configuration, else those that ship: as for `--provider`.
    """
    path = Path(named)
    if path.is_dir():
        return path / "openapi.yaml", f"{named.rstrip('/')}/openapi.yaml"
    if path.exists():
        return path, named
    own = spec_paths(configuration) if configuration is not None else ()
    known = {
        name: home / name / "openapi.yaml" for home in own if home.is_dir() for name in provider_names(home)
    }
    known |= {provider_of(file): file for file in own if not file.is_dir()}
    if named in known:
        return known[named], str(known[named])
    shipped = [] if own else provider_names(shipped_specs())
    if named in shipped:
        return shipped_specs() / named / "openapi.yaml", f"specs/{named}/openapi.yaml"
    raise UsageError(f"there is no contract {named!r}", hint=_meant(named, [*known, *shipped]))


def _meant(named: str, known: Sequence[str]) -> str:
    beside = [folder for folder in ("specs", "contracts") if Path(folder, named, "openapi.yaml").is_file()]
    if beside and "/" not in named:
        return f"did you mean {beside[0]}/{named} ?"
    near = nearest(named, known)
    return f"did you mean {near} ?" if near else f"known providers: {', '.join(known)}"


def heard(files: Sequence[str], pages: Sequence[Page], *, reveal: bool = False) -> tuple[Wire, list[Missed]]:
    """Return what the recordings of the pages' operations show, and what of them could not be heard."""
    from wireproof.proofreading.comparing import Wire  # noqa: PLC0415 - only where it is asked for
    from wireproof.proofreading.recorded import LeftOut, take_record  # noqa: PLC0415 - likewise
    from wireproof.reporters.text import plain  # noqa: PLC0415 - likewise
    from wireproof.sources import iter_records  # noqa: PLC0415 - likewise

    wire, left_out = Wire(reveal=reveal), LeftOut()
    for record in iter_records(files, stdin=BytesIO()):
        take_record(wire, record, pages, left_out)
    for line in left_out.lines():
        print(plain(f"wireproof: {line}"), file=sys.stderr)
    missed = [
        Missed(source, reason.told("cannot be read"), what="recording")
        for source, reason in left_out.unread.items()
    ]
    if not wire.answers:
        reason = "no recording has a successful answer of the page"
        print(f"wireproof: {reason}\n  name captures of the page's own operation", file=sys.stderr)
        missed.append(Missed(", ".join(files[:_FEW]), reason, what="recording"))
    return wire, missed


_FEW = 3


def say_other_operations(contract: Sheet, pages: Sequence[Page]) -> None:
    """Say of each page with operations that the contract has none of them, and what it was compared with."""
    from wireproof.claims.claim import OperationClaim  # noqa: PLC0415 - only where it is asked for
    from wireproof.proofreading.recorded import same_call  # noqa: PLC0415 - likewise
    from wireproof.reporters.text import plain  # noqa: PLC0415 - likewise

    for page in pages:
        mine = [one for one in page.claims if isinstance(one, OperationClaim)]
        if mine and not any(same_call(one, other) for one in mine for other in contract.operations):
            theirs = ", ".join(one.key for one in contract.operations[:_FEW]) or "no operation"
            said = (
                f"{page.name}: {contract.page.name} has no {mine[0].key}; compared with what it has: {theirs}"
            )
            print(plain(f"wireproof: {said}"), file=sys.stderr)
            print("  name the contract of the page's own operation", file=sys.stderr)
