"""TOML text into plain values, and the line on which each of them was written.

`tomllib` tells no lines, takes time that grows with the square of a dotted key's length, and
ends in a traceback on deep nesting.  So a scan comes first: it notes lines and measures, and
stops at the first thing it does not understand, of which the parser then says what is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wireproof.door.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Path", "Toml", "read_toml"]

Path = tuple[str | int, ...]
"""The keys, and the indexes in arrays, that lead to a value."""

_DEPTH = 64
"""How deep values may be nested, and how many parts a dotted key may have."""
_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""([A-Za-z0-9_-]+)|"((?:[^"\\\n]|\\[^\n])*)"|'([^'\n]*)'""")
_STRING = re.compile(
    r'"""(?:\\[\s\S]|"{0,2}[^"\\])*+"{3,5}'
    r"|'''(?:'{0,2}[^'])*+'{3,5}"
    r'|"(?:[^"\\\n]|\\[^\n])*+"'
    r"|'[^'\n]*'"
)
_SCALAR = re.compile(r"[^\n,\]}#]+")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True, eq=False)
class Toml:
    """A value read from TOML, and the lines of its parts.

    `lines` maps the path of a table, key or array item to the line (from 1) of its first mention.
    """

    value: dict[str, Any]
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int | None:
        """Return the line of a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def read_toml(data: bytes, *, size: int) -> Toml:
    """Return the value of a TOML document of at most `size` bytes; raises `Refusal`."""
    if len(data) > size:
        raise Refusal("size", f"it has more than {size} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refusal("encoding", "it is no UTF-8 text", byte=error.start, line=line) from error
    import tomllib  # noqa: PLC0415 - a run without configuration does not pay for it

    scan = _Scan(text)
    scan.run()
    try:
        return Toml(tomllib.loads(text), scan.lines)
    except ValueError as error:  # a syntax error, or an integer of more digits than Python reads
        raise _refused(str(error), text) from error
    except RecursionError as error:
        raise Refusal("depth", "it is nested too deeply") from error


def _refused(message: str, text: str) -> Refusal:
    place = _PLACE.search(message)
    said = message[: place.start()] if place else message.partition(";")[0]
    if place is None:
        return Refusal("syntax", said)
    if place[1]:
        return Refusal("syntax", said, line=int(place[1]), column=int(place[2]))
    return Refusal("syntax", f"{said} (at the end of the file)", line=text.rstrip("\n").count("\n") + 1)


class _NotUnderstood(Exception):  # noqa: N818 - the parser makes the error
    """The scan met what it does not know."""


class _Scan:
    """Goes over a document once and notes where each path is first written."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._line = 1
        self._counted = 0
        self._items: dict[Path, int] = {}

    def run(self) -> None:
        """Note the lines of all that can be understood."""
        table: Path = ()
        try:
            while self._skip(_BLANK) < len(self.text):
                if self.text.startswith("[", self.at):
                    table = self._header()
                else:
                    self._member(table, 0)
        except _NotUnderstood:
            return

    def _header(self) -> Path:
        width = 2 if self.text.startswith("[[", self.at) else 1
        self.at += width
        line = self._line_here()
        keys = self._keys()
        self._take("]" * width)
        path: Path = ()
        for key in keys[:-1]:
            path = self._inside((*path, key))
        path = (*path, keys[-1])
        if width == 1:
            path = self._inside(path)
        else:
            self.lines.setdefault(path, line)
            self._items[path] = self._items.get(path, -1) + 1
            path = (*path, self._items[path])
        self._note(path, line)
        return path

    def _inside(self, path: Path) -> Path:
        """Return the path of a table, or of the last one where it names an array of them."""
        return (*path, self._items[path]) if path in self._items else path

    def _member(self, table: Path, depth: int) -> None:
        line = self._line_here()
        path = (*table, *self._keys())
        self._take("=")
        self._note(path, line)
        self._value(path, depth)

    def _note(self, path: Path, line: int) -> None:
        for end in range(1, len(path) + 1):
            self.lines.setdefault(path[:end], line)

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            found = _KEY.match(self.text, self.at)
            if found is None:
                raise _NotUnderstood
            self.at = found.end()
            keys.append(_key_text(found))
            if len(keys) > _DEPTH:
                raise Refusal("depth", f"a key has more than {_DEPTH} parts", line=self._line_here())
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _value(self, path: Path, depth: int) -> None:
        self._skip(_SPACE)
        if depth > _DEPTH:
            raise Refusal(
                "depth", f"a value is nested more than {_DEPTH} levels deep", line=self._line_here()
            )
        first = self.text[self.at : self.at + 1]
        if first == "[":
            self._array(path, depth)
        elif first == "{":
            self._inline(path, depth)
        elif found := (_STRING if first in {'"', "'"} else _SCALAR).match(self.text, self.at):
            self.at = found.end()
        else:
            raise _NotUnderstood

    def _array(self, path: Path, depth: int) -> None:
        self.at += 1
        index = 0
        while True:
            self._skip(_BLANK)
            if self._took("]"):
                return
            self.lines.setdefault((*path, index), self._line_here())
            self._value((*path, index), depth + 1)
            index += 1
            self._skip(_BLANK)
            if not self._took(","):
                self._take("]")
                return

    def _inline(self, path: Path, depth: int) -> None:
        self.at += 1
        while True:
            self._skip(_BLANK)
            if self._took("}"):
                return
            self._member(path, depth + 1)
            self._skip(_BLANK)
            if not self._took(","):
                self._take("}")
                return

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def _took(self, mark: str) -> bool:
        found = self.text.startswith(mark, self.at)
        self.at += len(mark) if found else 0
        return found

    def _take(self, mark: str) -> None:
        self._skip(_SPACE)
        if not self._took(mark):
            raise _NotUnderstood

    def _line_here(self) -> int:
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line


def _key_text(found: re.Match[str]) -> str:
    bare, basic, literal = found.groups()
    if basic is None:
        return str(bare if literal is None else literal)
    if "\\" not in basic:
        return str(basic)
    import tomllib  # noqa: PLC0415 - already loaded where this is reached

    try:
        return str(tomllib.loads(f'key = "{basic}"')["key"])
    except tomllib.TOMLDecodeError as error:
        raise _NotUnderstood from error
