"""How to examine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wireproof.door import LIMITS, Limits
from wireproof.matching import Hint

if TYPE_CHECKING:
    from wireproof.windows import Window

__all__ = ["Options"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to examine: what the user says about captures, and how values are shown.

    `any_host` lets a contract's paths match on hosts it does not name, for contracts that the
    user chose.  `reveal` shows strings of captures.  `reference` judges with jsonschema.
    `window` is the time that is looked at, and the one to compare with.
    """

    hint: Hint = field(default_factory=Hint)
    any_host: bool = False
    reveal: bool = False
    reference: bool = False
    limits: Limits = LIMITS
    window: Window | None = None
