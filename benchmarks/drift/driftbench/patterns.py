"""Strings that match the plain regular expressions of contracts."""

from __future__ import annotations

import string
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

__all__ = ["matching"]

_CLASSES = {
    "d": string.digits,
    "w": string.ascii_letters + string.digits + "_",
    "s": " ",
}
_ANY = string.ascii_lowercase + string.digits
_MANY = 8
"""How often `*` and an open count repeat at most."""
_SOME = 15
"""How often `+` repeats: a field's identifiers are of one length."""

Node = tuple[Any, int, int]
"""The characters of a set, or the alternatives of a group; and how often it comes, least and most."""


def matching(pattern: str, rng: Random) -> str:
    """Return a string that an anchored pattern of literals, sets, groups and counts matches."""
    alternatives, end = _alternatives(pattern, 0)
    if end != len(pattern):
        raise ValueError(f"cannot read the pattern {pattern!r} beyond character {end}")
    return _one(alternatives, rng)


def _one(alternatives: tuple[tuple[Node, ...], ...], rng: Random) -> str:
    out: list[str] = []
    for content, least, most in rng.choice(alternatives):
        count = range(rng.randint(least, most))
        if isinstance(content, str):
            out.extend(rng.choice(content) for _ in count)
        else:
            out.extend(_one(content, rng) for _ in count)
    return "".join(out)


@lru_cache(maxsize=256)
def _alternatives(pattern: str, at: int) -> tuple[tuple[tuple[Node, ...], ...], int]:
    found: list[tuple[Node, ...]] = []
    nodes: list[Node] = []
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            found.append(tuple(nodes))
            nodes, at = [], at + 1
            continue
        if pattern[at] in "^$":
            at += 1
            continue
        content, at = _atom(pattern, at)
        least, most, at = _count(pattern, at)
        nodes.append((content, least, most))
    return (*found, tuple(nodes)), at


def _atom(pattern: str, at: int) -> tuple[Any, int]:
    mark = pattern[at]
    if mark == "(":
        start = at + 3 if pattern.startswith("(?:", at) else at + 1
        content, end = _alternatives(pattern, start)
        return content, end + 1
    if mark == "[":
        end = pattern.index("]", at + 2)
        return _members(pattern[at + 1 : end]), end + 1
    if mark == "\\":
        return _CLASSES.get(pattern[at + 1], pattern[at + 1]), at + 2
    return _ANY if mark == "." else mark, at + 1


def _members(text: str) -> str:
    found, at = "", 0
    while at < len(text):
        if text[at] == "\\":
            found += _CLASSES.get(text[at + 1], text[at + 1])
            at += 2
        elif text[at + 1 : at + 2] == "-" and at + 2 < len(text):
            found += "".join(map(chr, range(ord(text[at]), ord(text[at + 2]) + 1)))
            at += 3
        else:
            found += text[at]
            at += 1
    return found


def _count(pattern: str, at: int) -> tuple[int, int, int]:
    mark = pattern[at : at + 1]
    if mark in {"*", "+", "?"}:
        return {"*": (0, _MANY), "+": (_SOME, _SOME), "?": (0, 1)}[mark] + (at + 1,)
    if mark == "{":
        end = pattern.index("}", at)
        least, comma, most = pattern[at + 1 : end].partition(",")
        return int(least), int(most or int(least) + _MANY) if comma else int(least), end + 1
    return 1, 1, at
