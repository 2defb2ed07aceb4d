"""Lists whose writer calls a map an array → the same lists with what they say by it.

In some languages one type is both.  A row such as `auth[user]` shows that `auth` has named members, and
`array[]` that the word alone is no list; then it says nothing of which of the two any field is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from wireproof.claims.listing import Listing, Row

__all__ = ["in_dots", "with_maps"]

_KEY: Final = r"\[(?!(?:n|i|x|index)\])([A-Za-z_]\w*)\]"
"""The name of a member in brackets, which is no number nor a word for one."""
_KEYED = re.compile(_KEY)
_LAST_KEY = re.compile(rf"{_KEY}$")


def in_dots(name: str) -> str:
    """Return a name with its members behind dots: `auth.user` for `auth[user]`."""
    return _KEYED.sub(r".\1", name)


def with_maps(listings: Iterable[Listing]) -> Iterator[Listing]:
    """Iterate over the listings, arrays with named members made objects, the others open beside them."""
    for listing in listings:
        keyed = {
            in_dots(row.name[: found.start()])
            for row in listing.rows
            if (found := _LAST_KEY.search(row.name))
        }
        rows = tuple(replace(row, name=in_dots(row.name)) for row in listing.rows)
        arrays = {row.name for row in rows if _is_bare(row)}
        if keyed & arrays or any(map(_is_list_of_arrays, rows)):
            rows = tuple(_told(row, keyed) for row in rows)
        yield replace(listing, rows=rows)


def _is_bare(row: Row) -> bool:
    """Return whether a row's type is an array of which nothing more is said."""
    phrase = row.phrase
    return phrase is not None and phrase.types == ("array",) and not phrase.items and not phrase.reference


def _is_list_of_arrays(row: Row) -> bool:
    return row.phrase is not None and row.phrase.written.strip("`* ").lower() == "array[]"


def _told(row: Row, keyed: Container[str]) -> Row:
    if row.phrase is None:
        return row
    if _is_list_of_arrays(row):
        return replace(row, phrase=replace(row.phrase, items=("object", "array")))
    if _is_bare(row):
        types = ("object",) if row.name in keyed else ("object", "array")
        return replace(row, phrase=replace(row.phrase, types=types))
    return row
