"""Finds and reads the configuration: `wireproof.toml`, or `[tool.wireproof]` in `pyproject.toml`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from wireproof.errors import UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from wireproof.configuration import Configuration
    from wireproof.contract import Contract
    from wireproof.door.tomltext import Toml

__all__ = ["check_names", "load_settings", "spec_paths"]

_OWN = "wireproof.toml"
_SHARED = "pyproject.toml"
_SIZE = 1 << 20
"""Bytes that a configuration file may have."""
_TABLE = rb"""tool["']?\s*\.\s*["']?wireproof|(?m:^\s*(?:\[\s*["']?tool["']?\s*\]|["']?tool["']?\s*=))"""
"""How `[tool.wireproof]` begins, in every way that TOML lets it be written."""
_ROOTS = (".git", ".hg")
"""What lies in the root of a repository."""


def load_settings(
    config: str | None = None, *, no_config: bool = False, folder: Path | None = None
) -> Configuration | None:
    """Return the configuration in the file `config`, or in the nearest file from a folder upward.

    None where there is none, or none is wanted.  `folder` is the working directory, unless
    another is given.  Raises `UsageError` for a file that cannot be used.
    """
    if no_config:
        return None
    if config is not None:
        path = Path(config)
        toml = _read(path)
        if path.name == _SHARED and not _has_table(toml):
            raise UsageError(
                f"{config} has no table [tool.wireproof]", hint=f"add it, or name a {_OWN} instead"
            )
        return _configured(path, toml)
    for path in _candidates(folder):
        toml = _read(path)
        if path.name == _OWN or _has_table(toml):
            return _configured(path, toml)
    return None


def spec_paths(configuration: Configuration) -> tuple[Path, ...]:
    """Return the folders and files that `specs` names, seen from the configuration's folder.

    Raises `UsageError` for one that is not there.
    """
    home = Path(configuration.file or "").parent
    found = []
    for written, place in configuration.specs:
        path = home / written
        if not path.exists():
            beside = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
            near = nearest(path.name, beside)
            hint = f"did you mean {Path(written).parent / near} ?" if near else f"it is looked for as {path}"
            raise UsageError(f"{place}: there is no folder {written!r}", hint=hint)
        found.append(path)
    return tuple(found)


def check_names(
    configuration: Configuration, contracts: Iterable[Contract], *, providers: Collection[str]
) -> None:
    """Raise `UsageError` for a provider or operation of the configuration that does not exist.

    `providers` are the names of all that could be meant; the operations of a provider are
    compared where its contract is among the `contracts` of this run.
    """
    operations: dict[str, list[str]] = {}
    for contract in contracts:
        operations.setdefault(contract.provider, []).extend(entry.id for entry in contract)
    known = sorted({*providers, *operations})
    for mention in configuration.mentions:
        if mention.provider is not None and mention.provider not in known:
            hint = f"known providers: {', '.join(known)}; add the folder of another to specs"
            raise _unknown(mention.place, "provider", mention.provider, known, hint)
        if mention.operation is None or mention.provider not in {None, *operations}:
            continue
        owners = operations if mention.provider is None else [mention.provider]
        there = [name for owner in owners for name in operations[owner]]
        if mention.operation not in there and (mention.provider is not None or {*operations} >= {*known}):
            raise _unknown(mention.place, "operation", mention.operation, there, "see `wireproof providers`")


def _unknown(place: object, what: str, name: str, known: Collection[str], otherwise: str) -> UsageError:
    near = nearest(name, known)
    return UsageError(
        f"{place}: there is no {what} {name!r}", hint=f"did you mean {near} ?" if near else otherwise
    )


def _configured(path: Path, toml: Toml) -> Configuration:
    from wireproof.configuration import read_configuration  # noqa: PLC0415 - only where there is a file

    base = ("tool", "wireproof") if path.name == _SHARED else ()
    return read_configuration(toml, file=str(path), base=base)


def _candidates(folder: Path | None) -> Iterator[Path]:
    """Iterate over the files that may hold a configuration, up to the root of the repository."""
    try:
        home = (folder or Path.cwd()).resolve()
    except OSError:  # the working directory is gone
        return
    for above in (home, *home.parents):
        for name in (_OWN, _SHARED):
            path = above / name
            if path.is_file() and (name == _OWN or _names_us(path)):
                yield path if folder is not None else Path(os.path.relpath(path, home))
        if any((above / root).exists() for root in _ROOTS):
            return


def _names_us(path: Path) -> bool:
    """Return whether a shared file may hold our table: most do not, and are not parsed to find out."""
    data = _bytes(path)
    return len(data) > _SIZE or (b"wireproof" in data and re.search(_TABLE, data) is not None)


def _has_table(toml: Toml) -> bool:
    tool = toml.value.get("tool")
    return isinstance(tool, dict) and "wireproof" in tool


def _bytes(path: Path) -> bytes:
    """Return the first bytes of a file, one more than it may have."""
    try:
        with path.open("rb") as stream:
            return stream.read(_SIZE + 1)
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder", hint=f"name the file: {path / _OWN}") from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        hint = "name a configuration file that can be read, or use --no-config"
        if isinstance(error, FileNotFoundError) and path.parent.is_dir():
            near = nearest(path.name, [entry.name for entry in path.parent.iterdir()])
            hint = f"did you mean {path.parent / near} ?" if near else hint
        raise UsageError(f"{path}: {reason}", hint=hint) from error


def _read(path: Path) -> Toml:
    from wireproof.door.refusal import Refusal  # noqa: PLC0415 - only where there is a file
    from wireproof.door.tomltext import read_toml  # noqa: PLC0415 - likewise

    try:
        return read_toml(_bytes(path), size=_SIZE)
    except Refusal as refusal:
        where = "".join(f":{number}" for number in (refusal.line, refusal.column) if number is not None)
        hint = "a configuration is a short TOML file; name another with --config, or use --no-config"
        raise UsageError(f"{path}{where}: {refusal.message}", hint=hint) from refusal
