"""Whose list explains an example: that of its own body, or that of another body of the page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from wireproof.proofreading.pairing import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wireproof.claims.claim import ExampleClaim, FieldClaim
    from wireproof.proofreading.scenes import Scene

__all__ = ["explains", "fits_better"]

_ALIKE: Final = 0.75
"""Likeness from which on a list has nearly all names of an example."""
_UNLIKE: Final = 0.5
"""Likeness up to which a list is not that of an example."""


def explains(fields: Iterable[FieldClaim], example: ExampleClaim) -> bool:
    """Return whether a list has nearly all names of an example, and not many more."""
    return _likeness(_listed(fields), _roots(example)) >= _ALIKE


def fits_better(
    own: Sequence[Scene],
    example: ExampleClaim,
    scenes: Iterable[Scene],
    about: Iterable[FieldClaim],
    known: dict[frozenset[str], list[Scene]],
) -> Scene | None:
    """Return another body of the page whose list explains an example where the lists of its `own` do not.

    `about` are the fields of the lists that are about the example; `known` keeps, by the names that
    examples show, the bodies whose lists have nearly all of them.
    """
    shown = _roots(example)
    listed = (_listed(claim for scene in own for claim in scene.fields), _listed(about))
    if not shown or any(_likeness(names, shown) > _UNLIKE for names in listed):
        return None
    if shown not in known:
        known[shown] = [other for other in scenes if _likeness(other.roots(), shown) >= _ALIKE]
    return next(
        (
            other
            for other in known[shown]
            if other not in own
            # what is of all calls is the envelope of each
            and (other.operation or not any(scene.operation for scene in own))
        ),
        None,
    )


@lru_cache(maxsize=4096)  # the bodies of one page have the same names again and again
def _likeness(names: frozenset[str], shown: frozenset[str]) -> float:
    return Pair(names, shown).likeness


def _listed(claims: Iterable[FieldClaim]) -> frozenset[str]:
    return frozenset(claim.path[0] for claim in claims if claim.path)


def _roots(example: ExampleClaim) -> frozenset[str]:
    return frozenset(map(str, example.value)) if isinstance(example.value, dict) else frozenset()
