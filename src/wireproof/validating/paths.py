"""Where a fault is, exactly: names that look like numbers are names, and a name may be empty.

jsonschema-rs tells a path as names and indexes, but reads it out of a text: a name of digits comes
as a number (`"07"` as 7), and an empty name does not come at all.  Members of one object whose
names are the same number, and whose values are the same, cannot be told apart: the shortest is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import jsonschema_rs

    from wireproof.validating.site import Path

__all__ = ["instance_path", "schema_path"]

_INDEX = re.compile(r"\+?[0-9]+")


def instance_path(error: jsonschema_rs.ValidationError, value: Any) -> Path:
    """Return the path to what an error in a value is about."""
    told = error.instance_path
    here = value
    for token in told:
        if type(here) is dict and (type(token) is int or "" in here):
            break
        here = here[token]
    else:
        if type(here) is not dict or "" not in here:
            return tuple(told)
    about = error.instance
    first: Path | None = None
    for path, end in _ways(value, told, None):
        if type(end) is type(about) and end == about:
            return path
        first = first or path
    return first or ()


def schema_path(error: jsonschema_rs.ValidationError, document: Any, where: Path) -> Path:
    """Return the path to the keyword that an error at some place of a value is about."""
    told = error.schema_path
    if "" not in where:
        here = document
        for token in told:
            if (type(token) is int) != (type(here) is list) or (type(token) is str and token not in here):
                break
            here = here[token]
        else:
            return tuple(told)
    names = {token for token in where if type(token) is str}
    return next((path for path, _ in _ways(document, told, names)), tuple(told))


def _ways(here: Any, told: Sequence[str | int], names: Collection[str] | None) -> Iterator[tuple[Path, Any]]:
    """Yield every way that may be told so, and where it ends; names of members among `names` come first."""
    nameless = type(here) is dict and "" in here
    early = nameless and (names is None or "" in names)
    if early:
        yield from _below(here, "", told, names)
    if not told:
        yield (), here
        return
    for name in _names(here, told[0], names):
        yield from _below(here, name, told[1:], names)
    if nameless and not early:
        yield from _below(here, "", told, names)


def _below(
    here: Any, name: str | int, told: Sequence[str | int], names: Collection[str] | None
) -> Iterator[tuple[Path, Any]]:
    for path, end in _ways(here[name], told, names):
        yield (name, *path), end


def _names(here: Any, token: str | int, names: Collection[str] | None) -> Sequence[str | int]:
    """Return the names or the index that a token may stand for."""
    if type(here) is list:
        return [token] if type(token) is int and token < len(here) else []
    if type(here) is not dict:
        return []
    if type(token) is str:
        return [token] if token in here else []
    known = [name for name in here if _INDEX.fullmatch(name) and int(name) == token]
    return sorted(known, key=lambda name: (names is not None and name not in names, name != str(token)))
