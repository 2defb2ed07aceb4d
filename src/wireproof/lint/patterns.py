r"""Patterns: whether one can be read, and whether some text would keep a backtracking engine busy.

Only the shape that makes matching exponential is looked for: an endless repetition whose rounds
can be cut in more than one way, such as `(a+)+`, `(\\w|\\d)*` or `(\\s*x?\\s*)*`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wireproof.lint.defect import Note, shown
from wireproof.validating.engine import FastEngine, InvalidSchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lint.outline import Item, Outline
    from wireproof.openapi import Node

__all__ = ["is_costly", "pattern_costly", "pattern_invalid"]

_ASCII = [chr(code) for code in range(128)]
_ALL = frozenset(_ASCII)
_CLASSES = {
    "d": frozenset("0123456789"),
    "w": frozenset(char for char in _ASCII if char.isalnum() or char == "_"),
    "s": frozenset(" \t\n\r\f\v"),
}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_COUNT = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")
_GROUP = re.compile(r"\?(?:[:=!]|<[=!]|<[^>]*>)")
_LONGEST = 2000
_DEEPEST = 50
_ENDLESS = 10


def pattern_invalid(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield patterns that cannot be read as ECMA-262 regular expressions."""
    for node, pattern in _patterns(item, outline):
        try:
            FastEngine({"pattern": pattern})
        except InvalidSchemaError:
            yield Note(
                node,
                f"the pattern {shown(pattern)} is no regular expression of ECMA-262",
                "mend it; mind brackets, and write \\\\ for a backslash between double quotes",
            )


def pattern_costly(item: Item, outline: Outline) -> Iterator[Note]:
    """Yield patterns that some text makes exponentially slow in engines that backtrack."""
    for node, pattern in _patterns(item, outline):
        if is_costly(pattern):
            yield Note(
                node,
                f"the pattern {shown(pattern)} repeats a repetition: some texts take most engines for ever",
                "write it so that each round can be cut in one way only, or bound the repetitions",
            )


def _patterns(item: Item, outline: Outline) -> Iterator[tuple[Node, str]]:
    if item.is_reference and not outline.modern:
        return
    node = item.node.member("pattern")
    if isinstance(node.value, str):
        yield node, node.value
    named = item.node.member("patternProperties")
    if isinstance(named.value, dict):
        yield from ((member, pattern) for pattern, member in named.members())


def is_costly(pattern: str) -> bool:
    """Return whether matching a pattern by backtracking can take exponential time."""
    if len(pattern) > _LONGEST:
        return False
    try:
        return _costly(_Parser(pattern).parse())
    except _UnreadError:
        return False


class _UnreadError(Exception):
    """The pattern uses something that the parser does not know."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a pattern.

    `kind` is `one` (a character of `chars`), `nothing` (an assertion), `sequence`, `choice` or
    `repeat` (of `parts[0]`, endless or not); `empty` tells whether it matches the empty text.
    """

    kind: str
    parts: tuple[_Part, ...] = ()
    chars: frozenset[str] = frozenset()
    empty: bool = False
    endless: bool = False


_NOTHING = _Part("nothing", empty=True)


class _Parser:
    """Reads a regular expression as far as the search for costly ones needs it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def parse(self) -> _Part:
        """Return the whole pattern."""
        part = self._choice()
        if self.at < len(self.text):
            raise _UnreadError
        return part

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _take(self) -> str:
        if self.at >= len(self.text):
            raise _UnreadError
        self.at += 1
        return self.text[self.at - 1]

    def _choice(self) -> _Part:
        options = [self._sequence()]
        while self._next() == "|":
            self.at += 1
            options.append(self._sequence())
        if len(options) == 1:
            return options[0]
        return _Part("choice", tuple(options), empty=any(option.empty for option in options))

    def _sequence(self) -> _Part:
        parts = []
        while self._next() not in {"", "|", ")"}:
            parts.append(self._repeated(self._atom()))
        if len(parts) == 1:
            return parts[0]
        return _Part("sequence", tuple(parts), empty=all(part.empty for part in parts))

    def _repeated(self, part: _Part) -> _Part:
        count = _COUNT.match(self.text, self.at)
        least: int
        most: int | None
        if self._next() in {"*", "+", "?"}:
            sign = self._take()
            least, most = (1 if sign == "+" else 0), (1 if sign == "?" else None)
        elif count:
            self.at = count.end()
            least = int(count[1])
            most = least if count[2] is None else int(count[3]) if count[3] else None
        else:
            return part
        if self._next() == "?":
            self.at += 1
        endless = most is None or most - least >= _ENDLESS
        return _Part("repeat", (part,), empty=part.empty or least == 0, endless=endless)

    def _atom(self) -> _Part:
        char = self._take()
        if char == "(":
            return self._group()
        if char in "^$" or (char == "\\" and self._next() in {"b", "B"}):
            self.at += char == "\\"
            return _NOTHING
        if char == "[":
            return _Part("one", chars=self._set())
        if char == "\\":
            return _Part("one", chars=self._escape())
        return _Part("one", chars=_ALL - {"\n"} if char == "." else frozenset(char))

    def _group(self) -> _Part:
        self.depth += 1
        opening = _GROUP.match(self.text, self.at)
        if self.depth > _DEEPEST or (self._next() == "?" and opening is None):
            raise _UnreadError
        looks = False
        if opening:
            self.at = opening.end()
            looks = opening[0].endswith(("=", "!"))
        part = self._choice()
        if self._take() != ")":
            raise _UnreadError
        self.depth -= 1
        return _NOTHING if looks else part

    def _set(self) -> frozenset[str]:
        negated = self._next() == "^"
        self.at += negated
        chars: set[str] = set()
        while self._next() != "]":
            low = self._member()
            if self._next() == "-" and self.text[self.at + 1 : self.at + 2] not in {"]", ""}:
                self.at += 1
                high = self._member()
                chars |= {char for char in _ASCII if min(low) <= char <= max(high)}
            else:
                chars |= low
        self.at += 1
        return _ALL - chars if negated else frozenset(chars)

    def _member(self) -> frozenset[str]:
        char = self._take()
        return self._escape() if char == "\\" else frozenset(char)

    def _escape(self) -> frozenset[str]:
        char = self._take()
        if char.lower() in _CLASSES:
            chars = _CLASSES[char.lower()]
            return chars if char.islower() else _ALL - chars
        if char in _ESCAPES:
            return frozenset(_ESCAPES[char])
        if char.isalnum():  # a back reference, \p{…}, \x…, \u…
            raise _UnreadError
        return frozenset(char)


def _costly(part: _Part, *, followed: bool = False) -> bool:
    """Return whether a part, or one inside it, repeats ambiguously before something that can fail."""
    if part.kind == "repeat" and part.endless and followed and _ambiguous(part.parts[0]):
        return True
    if part.kind != "sequence":
        return any(_costly(inner, followed=followed) for inner in part.parts)
    for index, inner in enumerate(part.parts):
        after = part.parts[index + 1 :]
        if _costly(inner, followed=followed or any(not rest.empty or rest is _NOTHING for rest in after)):
            return True
    return False


def _ambiguous(body: _Part) -> bool:
    """Return whether one text can be several rounds of a repetition in more than one way."""
    begins, ends = _edge(body, end=False), _edge(body, end=True)
    if any(repeat & begins for repeat in _edge_repeats(body, end=True)):
        return True
    if any(repeat & ends for repeat in _edge_repeats(body, end=False)):
        return True
    options = [option for option in body.parts if option.kind == "one"] if body.kind == "choice" else []
    return any(one.chars & other.chars for index, one in enumerate(options) for other in options[index + 1 :])


def _outer(part: _Part, *, end: bool) -> list[_Part]:
    """Return the pieces of a part that can stand at one end of what it matches."""
    if part.kind != "sequence":
        return list(part.parts)
    pieces: list[_Part] = []
    for piece in reversed(part.parts) if end else part.parts:
        pieces.append(piece)
        if not piece.empty:
            break
    return pieces


def _edge(part: _Part, *, end: bool) -> frozenset[str]:
    """Return the characters that can stand at one end of what a part matches."""
    return part.chars.union(*(_edge(piece, end=end) for piece in _outer(part, end=end)))


def _edge_repeats(part: _Part, *, end: bool) -> Iterator[frozenset[str]]:
    """Yield, for each endless repetition at one end of a part, the characters at that end of it."""
    if part.kind == "repeat" and part.endless:
        yield _edge(part, end=end)
    for piece in _outer(part, end=end):
        yield from _edge_repeats(piece, end=end)
