"""Lists about objects that other lists name → the place of each: below a field's name, or its type's.

`data object`, or `TaskInfo` where a field is of that type: the list is of that object, wherever it is used.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.listing import placed_rows
from wireproof.claims.titles import unmarked_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wireproof.claims.claim import Path, Scope
    from wireproof.claims.listing import Listing

__all__ = ["nested"]

_DEEPEST: Final = 8
"""Levels to which the types of fields are followed; a type may name itself."""
_HOMES: Final = 20
"""Fields of one type below which its list is placed."""
_BESIDE: Final = frozenset({"object", "data", "item", "items", "the", "of", "array", "details"})
_CALL = re.compile(r"[A-Z]+ /")
"""An operation with its method and path, not one that goes by the title of its chapter."""


def nested(listings: Iterable[Listing]) -> Iterator[Listing]:
    """Iterate over the listings, one whose title names an object of another placed inside it."""
    objects: dict[tuple[str, str, str], Path] = {}
    references: dict[str, list[tuple[Scope, Path]]] = {}
    for listing in listings:
        for placed in _homes(listing, objects, references):
            _remember(placed, objects, references)
            yield placed


def _homes(
    listing: Listing,
    objects: dict[tuple[str, str, str], Path],
    references: dict[str, list[tuple[Scope, Path]]],
) -> list[Listing]:
    """Return a listing at each place where what it describes stands: below its title's name, or as it is."""
    under = _named_object(listing, objects)
    if under:
        return [replace(listing, under=under)]
    title = listing.title.strip("`*# ")
    own = listing.setting.scope.operation
    own = own if _CALL.match(own) else ""
    return [
        replace(listing, under=path, setting=replace(listing.setting, scope=scope, location="body"))
        for scope, path in references.get(title.lower(), [])
        if not own or not _CALL.match(scope.operation) or own == scope.operation
    ] or [listing]


def _remember(
    placed: Listing,
    objects: dict[tuple[str, str, str], Path],
    references: dict[str, list[tuple[Scope, Path]]],
) -> None:
    """Keep where the objects of a listing stand, by their names and by the names of their types."""
    scope = placed.setting.scope
    for row, (path, _) in zip(placed.rows, placed_rows(placed, {}), strict=True):
        phrase = row.phrase
        if phrase is None or not (phrase.holds_fields or (phrase.is_array and not phrase.items)):
            continue
        inside = (*path, "*") if phrase.is_array else path
        for name in (row.name.split(".")[-1].removesuffix("[]"), phrase.reference):
            if name:
                objects.setdefault((scope.operation, scope.side, name.lower()), inside)
        if (
            phrase.reference[:1].isupper()
            and placed.setting.location in {"", "body"}
            and len(inside) < _DEEPEST
        ):
            homes = references.setdefault(phrase.reference.lower(), [])
            homes += [(scope, inside)] if len(homes) < _HOMES else []


def _named_object(listing: Listing, objects: dict[tuple[str, str, str], Path]) -> Path:
    """Return the path of the object that a listing's title names: `data object`, `TaskInfo`."""
    scope = listing.setting.scope
    words = re.findall(r"[A-Za-z_][\w.]*", listing.title)
    if not words or len(words) > 4:
        return ()
    own = {row.name.partition(".")[0].lower() for row in listing.rows}
    for word in words:
        if word.lower() in own:
            continue  # the list begins with the object itself
        path = objects.get((scope.operation, scope.side, word.split(".")[-1].lower()))
        rest = [other for other in words if other != word]
        if path and all(other.lower() in _BESIDE or unmarked_title(other) for other in rest):
            return path
    return ()
