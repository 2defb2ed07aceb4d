"""Texts that a pattern admits, for the ordinary part of ECMA-262's regular expressions.

Look-arounds and word boundaries are passed over while a text is made: who asks for one checks
it against the pattern, and asks again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wireproof.examples.chance import Chance

__all__ = ["PatternError", "text_of"]

Ranges = tuple[tuple[int, int], ...]

_PRINTABLE: Ranges = ((0x20, 0x7E),)
_DIGITS: Ranges = ((0x30, 0x39),)
_LETTERS: Ranges = ((0x41, 0x5A), (0x61, 0x7A))
_WORD: Ranges = (*_DIGITS, *_LETTERS, (0x5F, 0x5F))
_POINTS: Ranges = ((0x2C, 0x2E),)
_BLANK: Ranges = ((0x20, 0x20),)
_CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D, "0": 0x00}
_COUNTS = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")
_GROUP_NAME = re.compile(r"\?<[A-Za-z_$][A-Za-z0-9_$]*>")
_PROPERTY = re.compile(r"\{\^?([A-Za-z_]+)(?:=([A-Za-z_]+))?\}")
_HEX = re.compile(r"u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})")
_LOOKS = ("?=", "?!", "?<=", "?<!")
_LONGEST = 1000


class PatternError(ValueError):
    """A pattern that uses what no text is made for; the message says what."""


@dataclass(frozen=True, slots=True)
class _Character:
    ranges: Ranges


@dataclass(frozen=True, slots=True)
class _Repeat:
    what: _Node
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    branches: tuple[_Node, ...]


_Node = _Character | _Repeat | _Sequence | _Choice
_NOTHING = _Sequence(())


def text_of(pattern: str, chance: Chance, *, reach: int = 4) -> str:
    """Return a text that is likely to match a pattern; open repetitions run up to `reach` more times.

    Raises `PatternError` for a pattern outside the ordinary part, such as one with back references.
    """
    written: list[str] = []
    waiting: list[_Node] = [_parsed(pattern)]
    while waiting:
        node = waiting.pop()
        match node:
            case _Character(ranges):
                written.append(_character(ranges, chance))
            case _Choice(branches):
                waiting.append(chance.choice(branches))
            case _Sequence(parts):
                waiting.extend(reversed(parts))
            case _Repeat(what, least, most):
                top = least + reach if most is None else min(most, least + reach)
                waiting.extend([what] * chance.randrange(least, top + 1))
        if len(written) > _LONGEST:
            raise PatternError(f"it asks for more than {_LONGEST} characters")
    return "".join(written)


def _character(ranges: Ranges, chance: Chance) -> str:
    at = chance.randrange(0, sum(last - first + 1 for first, last in ranges))
    for first, last in ranges:
        if at <= last - first:
            return chr(first + at)
        at -= last - first + 1
    raise AssertionError("the position lies in one of the ranges")


@cache
def _parsed(pattern: str) -> _Node:
    reader = _Reader(pattern)
    node = reader.choice()
    if reader.at < len(pattern):
        raise PatternError("a bracket is closed that was never opened")
    return node


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def choice(self) -> _Node:
        branches = [self.sequence()]
        while self.take("|"):
            branches.append(self.sequence())
        return branches[0] if len(branches) == 1 else _Choice(tuple(branches))

    def sequence(self) -> _Node:
        parts: list[_Node] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            parts.append(self.repeated(self.atom()))
        return _Sequence(tuple(parts))

    def repeated(self, node: _Node) -> _Node:
        counts = _COUNTS.match(self.text, self.at)
        if counts:
            self.at = counts.end()
            least = int(counts[1])
            most = least if counts[2] is None else int(counts[3]) if counts[3] else None
        elif self.take("*"):
            least, most = 0, None
        elif self.take("+"):
            least, most = 1, None
        elif self.take("?"):
            least, most = 0, 1
        else:
            return node
        self.take("?")
        if least > _LONGEST:
            raise PatternError(f"it asks for more than {_LONGEST} characters")
        return _Repeat(node, least, most)

    def atom(self) -> _Node:
        sign = self.next()
        if sign in "^$":
            return _NOTHING
        if sign == "(":
            return self.group()
        if sign == "[":
            return _Character(self.one_of())
        if sign == ".":
            return _Character(_PRINTABLE)
        if sign == "\\":
            return self.escape()
        return _Character(((ord(sign), ord(sign)),))

    def group(self) -> _Node:
        looks = self.take(*_LOOKS)
        if not looks and not self.take("?:"):
            name = _GROUP_NAME.match(self.text, self.at)
            if name:
                self.at = name.end()
            elif self.text[self.at : self.at + 1] == "?":
                raise PatternError("it has a group of an unknown kind")
        node = self.choice()
        if not self.take(")"):
            raise PatternError("a bracket is never closed")
        return _NOTHING if looks else node

    def escape(self) -> _Node:
        if self.take("b", "B"):
            return _NOTHING
        if self.text[self.at : self.at + 1] in {*"123456789k"}:
            raise PatternError("it has a back reference")
        return _Character(self.escaped())

    def escaped(self) -> Ranges:
        code = _HEX.match(self.text, self.at)
        if code:
            self.at = code.end()
            point = int(code[1] or code[2] or code[3], 16)
            return ((point, point),)
        sign = self.next()
        if sign in "dDwWsS":
            ranges = {"d": _DIGITS, "w": _WORD, "s": _BLANK}[sign.lower()]
            return ranges if sign.islower() else _others(ranges)
        if sign in "pP":
            return self.property(negated=sign == "P")
        point = _CONTROLS.get(sign, ord(sign))
        return ((point, point),)

    def property(self, *, negated: bool) -> Ranges:
        named = _PROPERTY.match(self.text, self.at)
        if not named:
            raise PatternError("it has a Unicode property without a name")
        self.at = named.end()
        kind = (named[2] or named[1])[0]
        ranges = {"L": _LETTERS, "N": _DIGITS, "P": _POINTS, "Z": _BLANK}.get(kind, _WORD)
        if named[1] in {"Lu", "Uppercase"}:
            ranges = _LETTERS[:1]
        elif named[1] in {"Ll", "Lowercase"}:
            ranges = _LETTERS[1:]
        return _others(ranges) if negated else ranges

    def one_of(self) -> Ranges:
        negated = bool(self.take("^"))
        found: list[tuple[int, int]] = []
        while not self.take("]"):
            first = self.member()
            if self.text[self.at : self.at + 1] == "-" and self.text[self.at + 1 : self.at + 2] != "]":
                self.at += 1
                found.append((first[0][0], self.member()[-1][1]))
            else:
                found.extend(first)
        ranges = _others(tuple(found)) if negated else tuple(found)
        if not ranges or any(first > last for first, last in ranges):
            raise PatternError("it has a character class that admits nothing printable")
        return ranges

    def member(self) -> Ranges:
        sign = self.next()
        if sign == "\\":
            return ((8, 8),) if self.take("b") else self.escaped()
        return ((ord(sign), ord(sign)),)

    def take(self, *signs: str) -> str:
        for sign in signs:
            if self.text.startswith(sign, self.at):
                self.at += len(sign)
                return sign
        return ""

    def next(self) -> str:
        if self.at >= len(self.text):
            raise PatternError("it ends too early")
        self.at += 1
        return self.text[self.at - 1]


def _others(ranges: Ranges) -> Ranges:
    """Return the printable ASCII characters that are in none of the ranges."""
    found: list[tuple[int, int]] = []
    start, end = _PRINTABLE[0]
    for first, last in sorted(ranges):
        if first > start:
            found.append((start, min(first - 1, end)))
        start = max(start, last + 1)
    if start <= end:
        found.append((start, end))
    return tuple(found)
