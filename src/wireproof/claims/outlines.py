"""YAML documents on a page → a value with the line of each part; broken lines are mended or left out."""

from __future__ import annotations

import re
from typing import Any, Final

from wireproof.claims.claim import Lines, Unread
from wireproof.door import Limits, Refusal, Yaml, read_yaml

__all__ = ["Place", "outline"]

Place = tuple[str | int, ...]
"""Keys and indices from the root of a document."""

_LIMITS: Final = Limits(depth=200, nodes=200_000)
_MOST_MENDS: Final = 12
_MENDABLE: Final = frozenset({"syntax", "duplicate-key", "alias", "tag"})
_PAIR = re.compile(r"(\s*(?:- )?[^\s:'\"\[{#][^:]*:\s+)(\S.*?)\s*$")


def outline(text: str, first: int) -> tuple[Any, dict[Place, int], list[Unread]]:
    """Return the document's value, the line of each part, and what could not be read.

    `first` is the number of the text's first line.  The value is None where nothing was readable.
    """
    unread: list[Unread] = []
    lines = text.split("\n")
    for _ in range(_MOST_MENDS):
        try:
            read = read_yaml("\n".join(lines), _LIMITS)
        except Refusal as refusal:
            if refusal.reason not in _MENDABLE or refusal.line is None:
                whole = Lines(first, first + len(lines) - 1)
                return None, {}, [*unread, Unread(whole, f"the YAML cannot be read: {refusal.message}")]
            number = _mended(lines, _blamed(refusal, len(lines)))
            here = Lines(first + number, first + number)
            if all(known.lines != here for known in unread):
                unread.append(Unread(here, f"not well-formed: {refusal.message}"))
        else:
            return read.value, _lines_of(read, first), unread
    whole = Lines(first, first + len(lines) - 1)
    return None, {}, [*unread, Unread(whole, "the YAML cannot be read: it is broken in too many places")]


def _blamed(refusal: Refusal, size: int) -> int:
    """Return the index of the line to blame: where an open quote began, not where its end was missed."""
    context = getattr(refusal.__cause__, "context_mark", None)
    quoted = "quoted scalar" in str(getattr(refusal.__cause__, "context", None))
    line = context.line if quoted and context is not None else (refusal.line or 1) - 1
    return min(int(line), size - 1)


def _mended(lines: list[str], number: int) -> int:
    """Quote the value on the line, or empty the line where that was tried; return the line's index."""
    while number > 0 and not lines[number].strip():
        number -= 1
    found = _PAIR.fullmatch(lines[number])
    if found:
        value = found[2].strip("'\"").replace("'", "''")
        mended = f"{found[1]}'{value}'"
        lines[number] = mended if mended != lines[number] else "#"
    else:
        lines[number] = "#"
    return number


def _lines_of(read: Yaml, first: int) -> dict[Place, int]:
    """Return the line of every part, by its place; a part that aliases repeat is visited once."""
    at: dict[Place, int] = {(): first}
    seen: set[int] = set()
    waiting: list[tuple[Place, Any]] = [((), read.value)]
    while waiting:
        place, value = waiting.pop()
        if not isinstance(value, dict | list) or id(value) in seen:
            continue
        seen.add(id(value))
        marks = read.marks.get(id(value), {})
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            at[(*place, key)] = first + marks.get(str(key), 1) - 1
            waiting.append(((*place, key), inner))
    return at
