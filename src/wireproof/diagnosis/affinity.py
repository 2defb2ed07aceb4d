"""How likely one member name is another name for the same thing, from the names alone."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["affinity", "words"]

_WORD = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_]+"
_SHORTEST_TYPO = 4
_SHORTEST_TWO_TYPOS = 8
_SHORTEST_ABBREVIATION = 2


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, whatever its style: `videoURL` is `video`, `url`."""
    return tuple(word.casefold() for word in re.findall(_WORD, name))


@lru_cache(maxsize=1 << 17)
def affinity(left: str, right: str) -> float:
    """Return 0 to 1: 1 for another style of the same words, 0 for names with nothing in common.

    In between, from sure to doubtful: a typo, words added before or after, an abbreviation,
    some words in common.
    """
    mine, other = words(left), words(right)
    joined, joined_other = "".join(mine), "".join(other)
    if left == right or (joined and joined == joined_other):
        return 1.0
    if _is_typo(joined, joined_other):
        return 0.9
    if not mine or not other:
        return 0.0
    shorter, longer = sorted((mine, other), key=len)
    if longer[: len(shorter)] == shorter or longer[-len(shorter) :] == shorter:
        return 0.8
    if _abbreviates(joined, joined_other):
        return 0.6
    shared = len(set(mine) & set(other))
    return 0.6 * shared / max(len(mine), len(other))


def _is_typo(left: str, right: str) -> bool:
    shortest = min(len(left), len(right))
    if shortest < _SHORTEST_TYPO:
        return False
    return _edits(left, right) <= (2 if shortest >= _SHORTEST_TWO_TYPOS else 1)


def _edits(left: str, right: str, most: int = 2) -> int:
    """Return the optimal string alignment distance; more than `most` is any number above it."""
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for at, letter in enumerate(left, 1):
        older, before, row = before, row, [at]
        for other_at, other in enumerate(right, 1):
            cost = min(row[-1] + 1, before[other_at] + 1, before[other_at - 1] + (letter != other))
            swapped = at > 1 and other_at > 1 and letter == right[other_at - 2] and left[at - 2] == other
            row.append(min(cost, older[other_at - 2] + 1) if swapped else cost)
    return row[-1]


def _abbreviates(left: str, right: str) -> bool:
    """Return whether one is made of the other's letters in order, first letter included: `msg`."""
    short, long = sorted((left, right), key=len)
    if len(short) < _SHORTEST_ABBREVIATION or short[0] != long[0] or len(short) == len(long):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
