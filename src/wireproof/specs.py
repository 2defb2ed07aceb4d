"""Finds contracts on disk: the ones that ship, a folder of providers, or one file of a stranger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from wireproof.errors import ContractError, nearest
from wireproof.kept import read_kept
from wireproof.openapi import Document, build_contract
from wireproof.openapi import load_contract as load_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wireproof.contract import Contract
    from wireproof.openapi import Reader

__all__ = [
    "load_contract",
    "load_file",
    "load_folder",
    "provider_names",
    "provider_of",
    "read_file",
    "reader_for",
    "registry",
    "shipped_specs",
]

CURATED = "openapi.yaml"
_ROLES = frozenset({"openapi", "documented", "spec", "swagger", "index", "api"})
"""File names that tell a document's role, not its provider: the folder's name is taken then."""


def shipped_specs() -> Path:
    """Return the folder of the contracts that ship: the wheel's own copy, or `specs/` of the checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_specs", package.parents[1] / "specs"):
        if folder.is_dir():
            return folder
    raise ContractError(
        "the contracts that ship with wireproof are missing",
        hint="install wireproof again, or name a --spec FILE",
    )


def registry() -> tuple[Contract, ...]:
    """Return the curated contracts that ship, by provider name."""
    return load_folder(shipped_specs(), shown_as="specs")


def load_folder(folder: Path, *, shown_as: str | None = None) -> tuple[Contract, ...]:
    """Return the contract of every `<folder>/<provider>/openapi.yaml`, by provider name.

    `shown_as` is what the folder is called in messages and findings.
    """
    files = sorted(folder.glob(f"*/{CURATED}"))
    if not files:
        found = "holds no providers" if folder.is_dir() else "is no folder"
        raise ContractError(f"{folder} {found}", hint=f"a provider is a folder with an {CURATED} in it")
    shown = shown_as or str(folder)
    return tuple(load_file(file, shown_as=f"{shown}/{file.parent.name}/{CURATED}") for file in files)


def provider_names(folder: Path) -> list[str]:
    """Return the names of the providers in a folder, without reading their contracts."""
    return sorted(file.parent.name for file in folder.glob(f"*/{CURATED}"))


def load_file(path: Path, *, shown_as: str | None = None) -> Contract:
    """Return the contract in one file; references may name files in its folder and below."""
    document = read_kept(shown_as or str(path), path, read_file(path))
    return build_contract(document, provider=provider_of(path), read=reader_for(path))


def read_file(path: Path) -> bytes:
    """Return the bytes of a contract; raises `ContractError` where there are none to be had."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unread(path, error) from error


def load_contract(source: str | Path | Mapping[str, Any], *, provider: str | None = None) -> Contract:
    """Return a contract from a path, from the text of a document, or from its decoded mapping.

    Raises `ContractError` for a document that is none.  `provider` is the name that findings
    carry; without it the file's or folder's name is taken, `api` for text and mappings.
    """
    if isinstance(source, Path) or (isinstance(source, str) and "\n" not in source and "{" not in source):
        contract = load_file(Path(source))
        return contract if provider is None else _renamed(contract, provider)
    name = provider or "api"
    if isinstance(source, str):
        return load_bytes("<text>", source.encode(), provider=name)
    return build_contract(Document.from_value("<mapping>", dict(source)), provider=name)


def provider_of(path: Path) -> str:
    """Return the provider's name that a path tells: `specs/a2e/openapi.yaml` is `a2e`."""
    stem = path.stem
    if stem.lower() in _ROLES:
        return path.resolve().parent.name or stem
    return stem


def reader_for(path: Path) -> Reader:
    """Return the function that reads files beside a contract, never one outside its folder."""
    home = path.resolve().parent

    def read(name: str) -> bytes:
        target = (home / name).resolve()
        if not target.is_relative_to(home):
            raise PermissionError(1, "it leads outside the contract's folder")
        return target.read_bytes()

    return read


def _renamed(contract: Contract, provider: str) -> Contract:
    from dataclasses import replace  # noqa: PLC0415 - few callers rename

    operations = tuple(replace(operation, provider=provider) for operation in contract.operations)
    return replace(contract, provider=provider, operations=operations)


def _unread(path: Path, error: OSError) -> ContractError:
    if isinstance(error, FileNotFoundError):
        try:
            beside = [entry.name for entry in path.parent.iterdir()]
        except OSError:
            beside = []
        near = nearest(path.name, beside)
        hint = f"did you mean {path.parent / near} ?" if near else "check the path"
        return ContractError(f"{path}: no such file", hint=hint)
    if isinstance(error, IsADirectoryError):
        inside = [] if (path / CURATED).is_file() else sorted(path.glob(f"*/{CURATED}"))
        whole = f"; whole folders are for --specs {path}" if inside else ""
        hint = f"name a file: {inside[0] if inside else path / CURATED}{whole}"
        return ContractError(f"{path} is a folder", hint=hint)
    return ContractError(f"{path}: {error.strerror or error}", hint="check the file's permissions")
