"""The values that a page lists for a field, taken into a draft as an open list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wireproof.proofreading.composing import add_guess
from wireproof.proofreading.scenes import same_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wireproof.claims.claim import FieldClaim, Path
    from wireproof.proofreading.wordlists import WordList

__all__ = ["enlist"]

_OPEN: Final = "x-extensible-enum"
_MOST: Final = 200


def enlist(
    schema: dict[str, Any],
    claims: Mapping[Path, FieldClaim],
    lists: Iterable[WordList],
    shown: Sequence[Any],
) -> None:
    """Give the fields of a schema the values that the page lists for them, and those that examples show.

    `claims` are the fields by the place where the schema has them.  The list is an open one: a page
    that names all values is as seldom as an example that shows them.
    """
    wholes = [one for one in lists if one.complete and one.path]
    for path, claim in claims.items():
        mine = [one for one in wholes if one.path == claim.path and same_place(one.scope, claim.scope)]
        node = _node(schema, path)
        if node is None or "enum" in node or sum(len(one.values) for one in mine) < 2:
            continue
        values = [_fitting(value, node.get("type")) for one in mine for value in one.spelled]
        if None in values:
            continue
        known = list(dict.fromkeys(values))[:_MOST]
        strangers = [value for one in shown for value in _at(one, path) if value not in known]
        strangers = list(dict.fromkeys(one for one in strangers if _fitting(one, node.get("type")) == one))
        node[_OPEN] = [*known, *strangers]
        if strangers:
            names = ", ".join(map(str, strangers))
            add_guess(node, f"the example shows {names}, which the page does not list")


def _node(schema: dict[str, Any], path: Path) -> dict[str, Any] | None:
    """Return the schema at a path, or None where there is none."""
    node: Any = schema
    for key in path:
        node = node.get("items") if key == "*" else node.get("properties", {}).get(key)
        if not isinstance(node, dict):
            return None
    found: dict[str, Any] = node
    return found


def _fitting(value: Any, kind: Any) -> str | int | None:
    """Return a value as one of a type, text or whole number, or None where it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    if kind == "string":
        return str(value)
    if kind == "integer":
        text = str(value)
        return int(text) if text.isascii() and text.removeprefix("-").isdecimal() and len(text) < 19 else None
    return None


def _at(value: Any, path: Path) -> Iterator[Any]:
    if not path:
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            yield value
    elif path[0] == "*":
        for item in value if isinstance(value, list) else ():
            yield from _at(item, path[1:])
    elif isinstance(value, dict) and path[0] in value:
        yield from _at(value[path[0]], path[1:])
