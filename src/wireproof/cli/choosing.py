"""What a command works with: its contracts (`--spec`, `--specs`, `--provider`) and its configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wireproof.errors import UsageError, nearest
from wireproof.settings import check_names, load_settings, spec_paths
from wireproof.specs import load_file, load_folder, provider_names, provider_of, registry, shipped_specs

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from wireproof.configuration import Configuration
    from wireproof.contract import Contract
    from wireproof.deciding import Homes
    from wireproof.policy import Policy

__all__ = [
    "add_config_options",
    "add_contract_options",
    "add_rule_option",
    "chosen_contracts",
    "configured",
    "homes",
    "load_specs",
    "policy_of",
]


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


def add_config_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose the configuration."""
    named = parser.add_argument_group("configuration")
    group = named.add_mutually_exclusive_group()
    group.add_argument(
        "--config",
        metavar="FILE",
        help="read this file (default: the nearest wireproof.toml, or pyproject.toml with [tool.wireproof])",
    )
    group.add_argument("--no-config", action="store_true", help="read no configuration file")


def add_rule_option(group: argparse._ArgumentGroup) -> None:
    """Add the option that changes a rule's severity for one run."""
    group.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="RULE=SEVERITY",
        help="tell a rule's findings as error, warning or info, or switch it off (may be given again)",
    )


def policy_of(options: argparse.Namespace, configuration: Configuration | None) -> Policy | None:
    """Return the policy of the configuration and the command line, or None."""
    policy = configuration.policy if configuration else None
    if options.rule:
        from wireproof.configuration import override_from  # noqa: PLC0415 - only where it is asked for
        from wireproof.policy import Policy  # noqa: PLC0415 - likewise

        policy = (policy or Policy()).with_firm(override_from(text) for text in options.rule)
    return policy


def homes(
    configuration: Configuration | None, against: Sequence[Contract] = (), *, provider: str = ""
) -> Homes:
    """Return where the operations of pages and contracts are at home, for entries that name them.

    Contracts are looked at only where the configuration names a provider or an operation; then
    one that does not exist raises `UsageError`.
    """
    from wireproof.deciding import Homes  # noqa: PLC0415 - only where there is a policy

    if configuration is None or not configuration.mentions:
        return Homes(against, provider=provider)
    own = spec_paths(configuration)
    contracts = tuple(contract for path in own for contract in _load(path)) or registry()
    check_names(configuration, contracts, providers=_names(own))
    return Homes((*against, *contracts), provider=provider)


def configured(options: argparse.Namespace) -> Configuration | None:
    """Return the configuration that the options choose, or None."""
    return load_settings(options.config, no_config=options.no_config)


def chosen_contracts(
    options: argparse.Namespace, configuration: Configuration | None = None
) -> tuple[Contract, ...]:
    """Return the contracts that the options choose, else the configuration, else all that ship.

    Raises `UsageError` for a provider or operation, there or here, that no contract has.
    """
    contracts = (load_specs(options.spec) if options.spec else ()) + (
        load_folder(Path(options.specs)) if options.specs else ()
    )
    own = spec_paths(configuration) if configuration is not None else ()
    if not contracts:
        contracts = tuple(contract for path in own for contract in _load(path)) or registry()
    if configuration is not None:
        check_names(configuration, contracts, providers=_names(own))
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


def _load(path: Path) -> tuple[Contract, ...]:
    return load_folder(path) if path.is_dir() else (load_file(path),)


def _names(paths: Sequence[Path]) -> set[str]:
    """Return the names of the providers that ship, and of those in some folders and files."""
    names = set(provider_names(shipped_specs()))
    for path in paths:
        names |= set(provider_names(path)) if path.is_dir() else {provider_of(path)}
    return names
