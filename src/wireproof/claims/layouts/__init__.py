"""The layouts that wireproof can read, in the order in which they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wireproof.claims.layouts import (
    bullets,
    calls,
    cells,
    clients,
    components,
    constants,
    declarations,
    directives,
    documents,
    examples,
    glued,
    headed,
    interfaces,
    pairs,
    programs,
    prose,
    tables,
)

if TYPE_CHECKING:
    from wireproof.claims.layout import Layout

__all__ = ["LAYOUTS"]

LAYOUTS: Final[tuple[Layout, ...]] = (
    documents.LAYOUT,
    tables.LAYOUT,
    cells.LAYOUT,
    bullets.LAYOUT,
    headed.LAYOUT,
    components.LAYOUT,
    pairs.LAYOUT,
    constants.LAYOUT,
    declarations.LAYOUT,
    interfaces.LAYOUT,
    directives.LAYOUT,
    calls.LAYOUT,
    programs.LAYOUT,
    clients.LAYOUT,
    examples.LAYOUT,
    glued.LAYOUT,
    prose.LAYOUT,
)
"""Every layout; a block may be read by several."""
