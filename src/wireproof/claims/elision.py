"""Members that stand for others: `"...": "..."` says that the page leaves something out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wireproof.claims.claim import ExampleClaim

__all__ = ["without_dots"]

_DOTS = re.compile(r"\s*(?:\.{2,}|…+|⋯+)\s*")


def without_dots(example: ExampleClaim) -> ExampleClaim:
    """Return an example without the members whose name is dots; what held them leaves something out."""
    if not any(path and isinstance(path[-1], str) and _DOTS.fullmatch(path[-1]) for path in example.at):
        return example
    elided: list[tuple[str | int, ...]] = []
    value = _kept(example.value, (), elided)
    return replace(example, value=value, elided=(*example.elided, *elided))


def _kept(value: Any, path: tuple[str | int, ...], elided: list[tuple[str | int, ...]]) -> Any:
    if isinstance(value, list):
        return [_kept(item, (*path, number), elided) for number, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    kept = {key: _kept(item, (*path, key), elided) for key, item in value.items() if not _DOTS.fullmatch(key)}
    if len(kept) < len(value):
        elided.append(path)
    return kept
