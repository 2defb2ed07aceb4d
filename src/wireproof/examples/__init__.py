"""A contract into payloads: values that fit its schemas, made from choices that are handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.examples.chance import Chance
from wireproof.examples.maker import Examples
from wireproof.examples.patterns import PatternError, text_of

if TYPE_CHECKING:
    from wireproof.contract import Schemas

__all__ = ["Chance", "Examples", "PatternError", "payload", "text_of"]


def payload(schemas: Schemas, name: str, chance: Chance, *, optional: float = 0.6) -> Any:
    """Return one value that fits the definition `name`; see `Examples`, which makes many of them."""
    return Examples(schemas).payload(name, chance, optional=optional)
