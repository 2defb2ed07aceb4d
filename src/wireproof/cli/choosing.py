"""Which contracts a command works with: `--spec`, `--specs` and `--provider`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wireproof.errors import UsageError, nearest
from wireproof.specs import load_file, load_folder, registry

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from wireproof.contract import Contract

__all__ = ["add_contract_options", "chosen_contracts", "load_specs"]


def add_contract_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose contracts."""
    group = parser.add_argument_group("contracts")
    group.add_argument("--provider", metavar="NAME", help="use this provider's contract alone")
    group.add_argument(
        "--spec",
        action="append",
        default=[],
        metavar="FILE",
        help="use this OpenAPI 3.0, 3.1 or 3.2 document (may be given again)",
    )
    group.add_argument(
        "--specs", metavar="DIR", help="use the providers in this folder: DIR/<provider>/openapi.yaml"
    )


def chosen_contracts(options: argparse.Namespace) -> tuple[Contract, ...]:
    """Return the contracts that the options choose: all that ship, unless others are named."""
    contracts = (load_specs(options.spec) if options.spec else ()) + (
        load_folder(Path(options.specs)) if options.specs else ()
    )
    contracts = contracts or registry()
    if options.provider is None:
        return contracts
    chosen = tuple(contract for contract in contracts if contract.provider == options.provider)
    if not chosen:
        known = sorted({contract.provider for contract in contracts})
        near = nearest(options.provider, known)
        hint = f"did you mean {near} ?" if near else f"known providers: {', '.join(known)}"
        raise UsageError(f"there is no provider {options.provider!r}", hint=hint)
    return chosen


def load_specs(files: Sequence[str]) -> tuple[Contract, ...]:
    """Return the contracts in some files, or all that ship where no file is named."""
    return tuple(load_file(Path(file)) for file in files) if files else registry()
