"""Values that a scrape set on lines of their own: `init`, then `: initialization -`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.claims.claim import Value, ValuesClaim
from wireproof.claims.layout import Layout
from wireproof.claims.wording import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.blocks import Block
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    lines = [line for line in block.lines if line.bare not in {"-", "•"}]
    values = tuple(
        Value(literal(value.bare), meaning.bare.lstrip(":： ").rstrip("-• ").strip(), value.number)
        for value, meaning in zip(lines[::2], lines[1::2], strict=False)
    )
    yield ValuesClaim(
        block.span, setting.scope, block.lead.rstrip(":： ") or setting.title.rstrip(":： "), values
    )


LAYOUT = Layout("pairs", frozenset({"pairs"}), _read)
