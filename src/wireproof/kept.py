"""Contracts that were read before, kept in the user's cache folder as values with their lines.

Reading YAML with lines costs more than all else that judging one answer does.  What is kept holds
the text that it was read from, and counts for that very text only, so nothing can be stale.  A
cache that cannot be read or written is as good as none.  `WIREPROOF_CACHE` names another folder;
empty, it keeps nothing.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from wireproof import __version__
from wireproof.openapi import Document, read_document

__all__ = ["read_kept"]

_LARGEST = 16 * 2**20


def read_kept(name: str, path: Path, data: bytes) -> Document:
    """Return the document in `data`, read from `path`: as it was kept, or read and kept for next time.

    Raises `ContractError` like `read_document`.
    """
    folder = _folder()
    if folder is None or len(data) > _LARGEST:
        return read_document(name, data)
    place = folder / f"{crc32(str(path.resolve()).encode(errors='surrogateescape')):08x}.json"
    known = _known(place, name, data)
    if known is not None:
        return known
    document = read_document(name, data)
    lines = document.member_lines()
    if lines is not None:
        _keep(place, {"version": __version__, "text": data.decode(), "value": document.value, "lines": lines})
    return document


def _folder() -> Path | None:
    named = os.environ.get("WIREPROOF_CACHE")
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "wireproof"
    except RuntimeError:  # there is no home
        return None


def _known(place: Path, name: str, data: bytes) -> Document | None:
    try:
        kept = json.loads(place.read_bytes())
        if kept["version"] != __version__ or kept["text"].encode() != data:
            return None
        return Document.from_lines(name, kept["text"], kept["value"], kept["lines"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _keep(place: Path, kept: dict[str, object]) -> None:
    unfinished = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(kept), encoding="utf-8")
        unfinished.replace(place)
    except (OSError, ValueError):
        with suppress(OSError):
            unfinished.unlink()
