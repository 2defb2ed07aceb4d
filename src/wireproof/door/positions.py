"""Where the values of a JSON text stand: its nodes in order, by pointer, and as spans of source."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from json.decoder import scanstring
from typing import TYPE_CHECKING, Any

from wireproof.door.refusal import Refusal
from wireproof.finding import json_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Lines", "Node", "Span", "iter_members", "iter_nodes", "json_positions"]

_TOKEN = re.compile(
    r"""[ \t\r\n,]*+(?:("[^"\\]*+(?:\\.[^"\\]*+)*+")([ \t\r\n]*+:)?|([{\[])|([}\]])|([^\s"{}\[\],:]++))""", re.DOTALL
)
_STRING, _KEY, _OPEN, _CLOSE = 1, 2, 3, 4
_SPACE = re.compile(r"[ \t\r\n]*+")
_SCAN = json.JSONDecoder().scan_once
_POINTERS = 1 << 26


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `text[span.start:span.end]`."""

    start: int
    end: int


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
    for match in _TOKEN.finditer(text):
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


def iter_members(text: str, offset: int = 0) -> Iterator[tuple[str, Span, object]]:
    """Iterate over the members of the object that starts at `offset`: key, span of the value, value.

    The text was accepted by a parser; the spans give each value's exact source.
    """
    offset = _SPACE.match(text, _SPACE.match(text, offset).end() + 1).end()  # type: ignore[union-attr] # matches always
    while text[offset] != "}":
        key, offset = scanstring(text, offset + 1, True)  # noqa: FBT003 - the standard library's own signature
        start = _SPACE.match(text, _SPACE.match(text, offset).end() + 1).end()  # type: ignore[union-attr] # matches always
        value, end = _SCAN(text, start)
        yield key, Span(start, end), value
        offset = _SPACE.match(text, end).end()  # type: ignore[union-attr] # matches always
        if text[offset] == ",":
            offset = _SPACE.match(text, offset + 1).end()  # type: ignore[union-attr] # matches always


def _unquoted(token: str) -> str:
    return str(scanstring(token, 1, False)[0]) if "\\" in token else token[1:-1]  # noqa: FBT003 - as above
