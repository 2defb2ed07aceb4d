"""Lists of all that a call sends → the one row that stands for the whole body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.claims.words import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from wireproof.claims.claim import Path
    from wireproof.claims.listing import Row

__all__ = ["whole_body"]


def whole_body(
    rows: Sequence[Row], places: Sequence[tuple[Path, bool]], shape: Mapping[Path, Collection[str]]
) -> str:
    """Return the name of the one row that stands for the whole body, or nothing.

    A list that tells of each parameter where it travels has one row for the body, whatever its name, and
    the body's members inside it.  Where the example begins with that name, it is a member like others.
    """
    bodily = [
        (row.name, path)
        for row, (path, _) in zip(rows, places, strict=True)
        if "body" in folded(row.location)
    ]
    roots = [name for name, path in bodily if path == (name,)]
    inside = any(len(path) > 1 for _, path in bodily)
    shown = shape.get((), ())
    stands = len(roots) == 1 and inside and (roots[0] not in shown if shown else roots[0] == "body")
    return roots[0] if stands else ""
