"""Lists without a home → the object of the example that each one describes.

A list that stands alone says nothing of its level.  Where hardly any of its names is at the root of
the example, nearly all of them are in one object, and the page names that object without listing its
members, list and object belong together: that is how such a page is meant to be read.  A long list
that shares nothing with the root is of the elements that have all of it, named or not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.listing import placed_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from wireproof.claims.claim import Path, Scope
    from wireproof.claims.listing import Listing, Shape

__all__ = ["announced_home", "housed"]

_HARDLY: Final = 0.34
_NEARLY: Final = 0.6
_LEAST: Final = 2
_LONG: Final = 6
"""Names from which on a list proves to be of the elements that have them all."""
_WORD = re.compile(r"[^\W\d]\w+")
_PASSES: Final = 4
"""Levels that lists may be nested in lists that have to be placed first."""
_MANY: Final = 200
"""Lists of a page up to which homes are looked for."""

_Body = tuple[str, str, str, bool]


def housed(
    listings: Iterable[Listing], shape_of: Callable[[Scope], Shape], mentioned: Container[str]
) -> list[Listing]:
    """Return the listings, each that has no home placed below the one object that it describes.

    `shape_of` gives the names that the examples of a scope show; `mentioned` are the names that the
    page's sentences write as code.
    """
    known = list(listings)
    rooted = [
        frozenset(path[0] for path, _ in placed_rows(one, {}) if path) for one in known if not one.under
    ]
    for _ in range(_PASSES if len(known) <= _MANY else 0):
        described = _described(known)
        moved = [_at_home(listing, described, rooted, shape_of, mentioned) for listing in known]
        if moved == known:
            break
        known = moved
    return known


def announced_home(listing: Listing, shape: Shape) -> Listing:
    """Return a listing below the object whose members the words above it say that it lists.

    The example has one object of that name, or of one that ends with it (`task_metadata` for `metadata`).
    """
    within = listing.setting.within
    named = {row.name.partition(".")[0].lower() for row in listing.rows}
    placed = listing.under or listing.setting.location not in {"", "body"}
    if not within or placed or within.lower() in named:
        return listing
    homes = [path for path in shape if path and _stem(_key(path)) == _stem(within)]
    homes = homes or [path for path in shape if path and _key(path).lower().endswith(f"_{within.lower()}")]
    return replace(listing, under=homes[0]) if len(homes) == 1 else listing


def _key(path: Path) -> str:
    return next((key for key in reversed(path) if key != "*"), "")


def _enveloping(around: set[str], rooted: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the names of a list that is of the envelope around every body: it has most of a root's names."""
    fitting = (names for names in rooted if len(names & around) >= max(_LEAST, _NEARLY * len(around)))
    return max(fitting, key=len, default=frozenset())


def _stem(word: str) -> str:
    """Return a name without case, marks and the ending of a plural: `Line items` and `lineItem` are one."""
    return re.sub(r"[\W_]+", "", word).casefold().removesuffix("s")


def _body(scope: Scope) -> _Body:
    status = "" if scope.status.startswith("2") else scope.status
    return scope.operation, scope.side, status, scope.called_back


def _described(listings: Iterable[Listing]) -> dict[_Body, dict[int, set[Path]]]:
    """Return the paths that each list of a body names."""
    found: dict[_Body, dict[int, set[Path]]] = {}
    for listing in listings:
        paths = {path for path, _ in placed_rows(listing, {})}
        found.setdefault(_body(listing.setting.scope), {})[id(listing)] = paths
    return found


def _at_home(
    listing: Listing,
    described: dict[_Body, dict[int, set[Path]]],
    rooted: Sequence[frozenset[str]],
    shape_of: Callable[[Scope], Shape],
    mentioned: Container[str],
) -> Listing:
    scope = listing.setting.scope
    if listing.under or listing.setting.location not in {"", "body"}:
        return listing
    lists = described[_body(scope)]
    names = {path[0] for path in lists[id(listing)] if path}
    shape = shape_of(scope)
    around = shape.get((), set())
    envelope = _enveloping(around, rooted) - names
    if (
        len(names) < (_LEAST if not envelope else 1)
        or not shape
        or len(names & around) > _HARDLY * len(names)
    ):
        return listing
    others = {path for key, paths in lists.items() if key != id(listing) for path in paths}
    others |= {(name,) for name in envelope}

    titled = {_stem(word) for word in _WORD.findall(listing.title)}

    def waits(place: Path) -> bool:
        """Return whether the page names the object at a place, and no list its members."""
        holder = place[:-1] if place[-1] == "*" else place
        open_ = not any(len(path) > len(place) and path[: len(place)] == place for path in others)
        named = bool(holder) and (holder[-1] in mentioned or _stem(holder[-1]) in titled)
        whole = place[-1] == "*" and len(names) >= _LONG and names <= shape[place] and not names & around
        return open_ and (named or whole or holder in others)

    shares = {
        place: len(names & keys) / len(names)
        for place, keys in shape.items()
        if place and len(names & keys) >= _NEARLY * len(names) and waits(place)
    }
    best = max(shares.values(), default=0.0)
    homes = [place for place, share in shares.items() if share == best]
    return replace(listing, under=homes[0]) if len(homes) == 1 else listing
