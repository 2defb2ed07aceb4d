"""A place in one answer where it is not what its schema says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wireproof.contract import Schema
    from wireproof.finding import Place

__all__ = ["Path", "Site"]

Path = tuple[str | int, ...]
"""Keys and array indexes from the body's root to a value."""


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One keyword of the contract that one value of an answer does not fit.

    `keyword` is the JSON Schema keyword, or `undocumented` for a member that nothing names.
    `path` leads to the value; `template` is the same with `*` for array indexes and free keys.
    For `required` and `undocumented` the last token is the member's name, and `value` is None
    for a missing one.  `schema` is the object that holds the keyword, `promised` what the
    contract promises there in a few words, `place` where it is written.  `parts` are the sites
    that this one stands for: those of the closest alternative of a union, or the lesser ones
    of the same value.
    """

    keyword: str
    path: Path
    template: Path
    value: Any
    schema: Schema
    promised: str
    place: Place | None
    parts: tuple[Site, ...] = ()
