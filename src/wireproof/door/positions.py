"""Where the values of a JSON text stand: its nodes in order, by pointer, and as spans of source."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from json.scanner import make_scanner
from typing import TYPE_CHECKING, Any

from wireproof.door.refusal import Refusal
from wireproof.finding import json_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Lines", "Node", "iter_members", "iter_nodes", "json_positions"]

_LEXEME = (
    r"""(?s)[ \t\r\n,]*+(?:("[^"\\]*+(?:\\.[^"\\]*+)*+")([ \t\r\n]*+:)?"""
    r"""|([{\[])|([}\]])|([^\s"{}\[\],:]++))"""
)
_STRING, _KEY, _OPEN, _CLOSE = 1, 2, 3, 4
_SPACE = re.compile(r"[ \t\r\n]*+")
_SCAN = make_scanner(json.JSONDecoder())  # type: ignore[arg-type] # the stub asks for itself
_POINTERS = 1 << 26


class Lines:
    """The lines of a text: turns an offset into its line and column, both from 1."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


Node = tuple[str, int, int, list[Any]]
"""One event of a walk: `key`, `scalar`, `open` or `close`; start and end of its token; its path.

The path is the walk's own list: copy it to keep it.
"""


def iter_nodes(text: str) -> Iterator[Node]:
    """Iterate over the nodes of a text that a parser has accepted, without recursion.

    Text that is no JSON ends the walk early, or is walked somehow; it raises nothing.
    """
    path: list[Any] = []
    in_array: list[bool] = [False]
    for match in re.finditer(_LEXEME, text):
        kind = match.lastindex
        start, end = match.span(kind or 0)
        if kind == _KEY:
            if path and not in_array[-1]:
                path[-1] = _unquoted(match[_STRING])
                yield "key", match.start(_STRING), match.end(_STRING), path
            continue
        if kind == _CLOSE:
            if not path:
                return
            path.pop()
            in_array.pop()
            yield "close", start, end, path
            continue
        if in_array[-1]:
            path[-1] += 1
        if kind == _OPEN:
            yield "open", start, end, path
            array = match[_OPEN] == "["
            path.append(-1 if array else "")
            in_array.append(array)
        else:
            yield "scalar", start, end, path


def json_positions(text: str) -> dict[str, tuple[int, int]]:
    """Return the line and column of every value of a JSON text, by JSON Pointer.

    A member's position is that of its key, an element's that of its value; of a key that
    occurs twice the last one counts, as it does for parsers.
    """
    lines = Lines(text)
    positions: dict[str, tuple[int, int]] = {}
    weight = 0
    for kind, start, _, path in iter_nodes(text):
        if kind == "key" or (kind != "close" and not (path and isinstance(path[-1], str))):
            pointer = json_pointer(path)
            weight += len(pointer)
            if weight > _POINTERS:
                raise Refusal("size", "the names of its places alone are longer than can be kept")
            positions[pointer] = lines.at(start)
    return positions


def iter_members(text: str, offset: int = 0) -> Iterator[tuple[str, slice, object]]:
    """Iterate over the members of the object that starts at `offset`: key, slice of the value, value.

    The text was accepted by a parser; `text[slice]` is the value's exact source.
    """
    offset = _solid(text, _solid(text, offset) + 1)
    while text[offset] != "}":
        key, offset = _SCAN(text, offset)
        start = _solid(text, _solid(text, offset) + 1)
        value, end = _SCAN(text, start)
        yield key, slice(start, end), value
        offset = _solid(text, end)
        if text[offset] == ",":
            offset = _solid(text, offset + 1)


def _solid(text: str, offset: int) -> int:
    """Return the offset of the first character from `offset` on that is no white space."""
    match = _SPACE.match(text, offset)
    return match.end() if match else offset


def _unquoted(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token[1:-1]
