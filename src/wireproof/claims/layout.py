"""What a layout is: a name, the kinds of block it reads, and one function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wireproof.claims.claim import Artefact, Claim, Document, Unread
from wireproof.claims.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from wireproof.claims.blocks import Block
    from wireproof.claims.sections import Setting

__all__ = ["Layout", "Said"]

Said = Artefact | Claim | Listing | Document | Unread
"""What a layout makes of a block: claims, rows still to be placed, traces to note, what it could not read."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One habit of writing documentation.

    `read` gives what a block of one of the `kinds` says, and nothing for a block in which it
    does not recognise its habit.
    """

    name: str
    kinds: frozenset[str]
    read: Callable[[Block, Setting], Iterable[Said]]
