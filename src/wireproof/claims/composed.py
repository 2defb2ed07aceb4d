"""Parts of one schema → one claim for each field: all of them at once, or any one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import FieldClaim, ValuesClaim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["conjoined", "either"]

_Said = FieldClaim | ValuesClaim
_NUMBERS: Final = frozenset({"integer", "number"})


def conjoined(said: Iterable[_Said]) -> list[_Said]:
    """Return the claims of parts that a body fits all at once, one for each field.

    Required by one part is required.  Claims that no value can fit both are kept as they are.
    """
    kept: list[_Said] = []
    places: dict[tuple[str, ...], int] = {}
    for claim in said:
        if isinstance(claim, FieldClaim) and claim.path in places:
            at = places[claim.path]
            known = kept[at]
            merged = _both(known, claim) if isinstance(known, FieldClaim) else None
            if merged is not None:
                kept[at] = merged
                continue
        elif isinstance(claim, FieldClaim):
            places[claim.path] = len(kept)
        kept.append(claim)
    return kept


def either(branches: Sequence[Sequence[_Said]]) -> list[_Said]:
    """Return the claims of branches of which a body fits one, one for each field.

    A field has the types and values of all the branches that name it, and is required where each
    branch with fields requires it.
    """
    described = [branch for branch in branches if any(isinstance(claim, FieldClaim) for claim in branch)]
    fields: dict[tuple[str, ...], list[FieldClaim]] = {}
    lists: dict[str, ValuesClaim] = {}
    for claim in (claim for branch in branches for claim in branch):
        if isinstance(claim, FieldClaim):
            fields.setdefault(claim.path, []).append(claim)
        else:
            known = lists.get(claim.about)
            lists[claim.about] = _listed_in(known, claim) if known else claim
    return [*(_any_of(found, len(described)) for found in fields.values()), *lists.values()]


def _both(known: FieldClaim, claim: FieldClaim) -> FieldClaim | None:
    """Return what two claims about one field say together, or None where they exclude each other."""
    types = _common(known.types, claim.types)
    enum = _common(known.enum, claim.enum)
    if types is None or enum is None:
        return None
    named = known if known.types or not claim.types else claim
    return replace(
        named,
        types=types,
        items=known.items or claim.items,
        written=known.written or claim.written,
        required=_duty(known.required, claim.required),
        nullable=True if True in {known.nullable, claim.nullable} else None,
        enum=enum,
        format=known.format or claim.format,
        unit=known.unit or claim.unit,
        example=known.example if known.example is not None else claim.example,
        default=known.default if known.default is not None else claim.default,
        description=known.description or claim.description,
    )


def _common(left: tuple[Any, ...], right: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Return what two lists have in common, the other one where one is empty, None where nothing is."""
    if not left or not right:
        return left or right
    shared = tuple(one for one in left if one in right)
    return shared or (("integer",) if {*left, *right} <= _NUMBERS else None)


def _duty(*said: bool | None) -> bool | None:
    if True in said:
        return True
    return False if False in said else None


def _any_of(found: list[FieldClaim], branches: int) -> FieldClaim:
    """Return what the branches that name a field say of it."""
    first = found[0]
    duties = [one.required for one in found]
    everywhere = True if len(found) == branches else None
    return replace(
        first,
        types=_united([one.types for one in found]),
        items=_united([one.items for one in found]),
        written=first.written if len({one.written for one in found}) == 1 else "",
        required=everywhere if all(duties) else None if any(duties) else _duty(*duties),
        nullable=True if any(one.nullable for one in found) else None,
        enum=_united([one.enum for one in found]),
        format=first.format if len({one.format for one in found}) == 1 else "",
        unit=first.unit if len({one.unit for one in found}) == 1 else "",
        example=first.example if len(found) == 1 else None,
        default=first.default if len({one.default for one in found}) == 1 else None,
    )


def _united(lists: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Return every entry of some lists; nothing where one of them is open."""
    return tuple(dict.fromkeys(one for some in lists for one in some)) if all(lists) else ()


def _listed_in(known: ValuesClaim, claim: ValuesClaim) -> ValuesClaim:
    """Return two lists of one field's values as one."""
    have = {str(one.value) for one in known.values}
    more = tuple(one for one in claim.values if str(one.value) not in have)
    return replace(known, values=(*known.values, *more), complete=known.complete and claim.complete)
