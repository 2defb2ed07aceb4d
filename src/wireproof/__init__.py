"""Proof what is on the wire against what was promised.

    contract = wireproof.load_contract("specs/a2e/openapi.yaml")
    exchange = wireproof.Exchange.from_parts(status=200, body=b"...")
    report = wireproof.examine([contract], [exchange])

Names are loaded when they are first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wireproof.contract import Contract, Operation
    from wireproof.errors import ContractError, InputError, UsageError, WireproofError
    from wireproof.examining import Options, examine
    from wireproof.exchange import Exchange, Origin, Request, Response, Unreadable
    from wireproof.finding import Finding, Location, Place, Severity, Sighting
    from wireproof.lifecycle import Task
    from wireproof.matching import Hint
    from wireproof.report import Report
    from wireproof.sources import iter_records
    from wireproof.specs import load_contract, registry
    from wireproof.tasks import task_of

__version__ = "0.1.0"

__all__ = [
    "Contract",
    "ContractError",
    "Exchange",
    "Finding",
    "Hint",
    "InputError",
    "Location",
    "Operation",
    "Options",
    "Origin",
    "Place",
    "Report",
    "Request",
    "Response",
    "Severity",
    "Sighting",
    "Task",
    "Unreadable",
    "UsageError",
    "WireproofError",
    "examine",
    "iter_records",
    "load_contract",
    "registry",
    "task_of",
]

_HOMES = {
    "contract": ("Contract", "Operation"),
    "errors": ("ContractError", "InputError", "UsageError", "WireproofError"),
    "examining": ("Options", "examine"),
    "exchange": ("Exchange", "Origin", "Request", "Response", "Unreadable"),
    "finding": ("Finding", "Location", "Place", "Severity", "Sighting"),
    "lifecycle": ("Task",),
    "matching": ("Hint",),
    "report": ("Report",),
    "sources": ("iter_records",),
    "specs": ("load_contract", "registry"),
    "tasks": ("task_of",),
}


def __getattr__(name: str) -> object:
    """Return a public name from the module that is its home."""
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"wireproof.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'wireproof' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
