"""List the known providers and their operations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wireproof.cli.choosing import add_config_options, add_contract_options, chosen_contracts, configured
from wireproof.cli.exits import Exit
from wireproof.reporters.text import plain

if TYPE_CHECKING:
    import argparse

    from wireproof.contract import Contract

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `wireproof providers`."""
    add_contract_options(parser)
    add_config_options(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: argparse.Namespace) -> int:
    """Print the providers."""
    contracts = chosen_contracts(options, configured(options))
    if options.format == "json":
        print(json.dumps([_as_json(contract) for contract in contracts], indent=2))
        return Exit.OK
    for contract in contracts:
        print(plain(f"{contract.provider}  {contract.title}  ({contract.file})"))
        for operation in contract:
            statuses = " ".join(response.status for response in operation.responses)
            print(plain(f"  {operation.id}  {operation.method} {operation.path}  {statuses}"))
    return Exit.OK


def _as_json(contract: Contract) -> dict[str, object]:
    return {
        "provider": contract.provider,
        "title": contract.title,
        "file": contract.file,
        "openapi": contract.version,
        "operations": [
            {
                "id": operation.id,
                "method": operation.method,
                "path": operation.path,
                "servers": list(operation.servers),
                "statuses": [response.status for response in operation.responses],
            }
            for operation in contract
        ],
    }
