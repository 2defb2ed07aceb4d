"""Where the values of a JSON text stand: its nodes in order, by pointer, and as spans of source."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from json.decoder import scanstring
from typing import TYPE_CHECKING

from wireproof.door.refusal import Refusal
from wireproof.finding import json_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Lines", "Node", "Span", "iter_members", "iter_nodes", "json_positions"]

_TOKEN = re.compile(
    r"""[ \t\r\n]*+(?:("[^"\\]*+(?:\\.[^"\\]*+)*+")|([{}\[\],:])|([^\s"{}\[\],:]++))""", re.DOTALL
)
_SPACE = re.compile(r"[ \t\r\n]*+")
_SCAN = json.JSONDecoder().scan_once
_POINTERS = 1 << 26
_OPENING, _CLOSING = frozenset("{["), frozenset("}]")


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


@dataclass(slots=True)
class Node:
    """One event of a walk through a JSON text.

    `kind` is `key`, `scalar`, `open` or `close`; `start` and `end` are those of its token.
    `path` leads to it and is the walk's own list: copy it to keep it.
    """

    kind: str
    start: int
    end: int
    path: list[str | int]


def iter_nodes(text: str) -> Iterator[Node]:
    """Iterate over the nodes of a text that a parser has accepted, without recursion.

    Text that is no JSON ends the walk early and raises nothing.
    """
    path: list[str | int] = []
    in_object: list[bool] = []
    awaits_key = False
    offset = 0
    while match := _TOKEN.match(text, offset):
        offset = match.end()
        start = match.start(match.lastindex or 0)
        mark = match[2]
        if mark is None and awaits_key:
            awaits_key = False
            path[-1] = _unquoted(match[1] or "")
            yield Node("key", start, offset, path)
        elif mark is None:
            yield Node("scalar", start, offset, path)
        elif mark in _OPENING:
            yield Node("open", start, offset, path)
            awaits_key = mark == "{"
            in_object.append(awaits_key)
            path.append("" if awaits_key else 0)
        elif mark in _CLOSING:
            if not path:
                return
            path.pop()
            in_object.pop()
            awaits_key = False
            yield Node("close", start, offset, path)
        elif mark == "," and path:
            awaits_key = in_object[-1]
            last = path[-1]
            path[-1] = "" if isinstance(last, str) else last + 1


def json_positions(text: str) -> dict[str, tuple[int, int]]:
    """Return the line and column of every value of a JSON text, by JSON Pointer.

    A member's position is that of its key, an element's that of its value; of a key that
    occurs twice the last one counts, as it does for parsers.
    """
    lines = Lines(text)
    positions: dict[str, tuple[int, int]] = {}
    weight = 0
    for node in iter_nodes(text):
        element = node.kind in ("scalar", "open") and not (node.path and isinstance(node.path[-1], str))
        if node.kind == "key" or element:
            pointer = json_pointer(node.path)
            weight += len(pointer)
            if weight > _POINTERS:
                raise Refusal("size", "the names of its places alone are longer than can be kept")
            positions[pointer] = lines.at(node.start)
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
