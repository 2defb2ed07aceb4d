"""The grammar of titles: pieces, and in each of them heads, verbs and subjects told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from wireproof.claims.words import ACTIONS, folded, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "IDEOGRAPH",
    "NUMBERED",
    "PARTS",
    "SIDES",
    "Piece",
    "announced",
    "bigrams",
    "directed",
    "pieces_of",
]

_Word = tuple[str, str]

NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}[.、)）:]?|[一二三四五六七八九十]{1,3}[、.])\s+|(?:step|schritt)\s+\d+\W+"
)
"""The number of a chapter before its title."""
_JOINT = re.compile(r"\s*[:：|]\s*|\s+[-–—]+\s+|\s*[–—]+\s*")
_QUERY_STRING = re.compile(r"\bquery[ -]?strings?\b", re.IGNORECASE)
_FROM_TO = re.compile(r"(?<![\w-])(\w+)[ -]to[ -](\w+)")
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MANY: Final = 3
"""Words of a subject from which on a title is a sentence."""
_ARTICLES: Final = frozenset("a an the el la los las un una der die das le les o os as".split())
PARTS: Final = frozenset({"parameters", "fields", "header", "body", "example"})
_PLACES: Final = frozenset({"query", "path", "header", "body", "cookie"})
SIDES: Final = frozenset({"request", "response"})


@dataclass(frozen=True, slots=True)
class Piece:
    """What one piece of a title says: the roles it announces, its other words, its verbs, how many words."""

    roles: frozenset[str]
    others: tuple[str, ...]
    verbs: tuple[str, ...]
    size: int


def announced(pieces: Iterable[Piece]) -> frozenset[str]:
    """Return the roles that any piece announces."""
    return frozenset[str]().union(*(piece.roles for piece in pieces))


@lru_cache(maxsize=256)
def pieces_of(text: str) -> tuple[Piece, ...]:
    """Return what each piece of a title says."""
    plain = NUMBERED.sub("", folded(_QUERY_STRING.sub("query parameters", text)))
    return tuple(_piece(words) for part in _JOINT.split(plain) if (words := words_of(part)))


def _piece(words: Sequence[_Word]) -> Piece:
    kept, verbs = _without_verb(words)
    others = tuple(word for word, role in words if not role and word not in verbs)
    said = _part_run(words) if verbs or _weight(others) > _MANY else _headed(kept)
    roles = frozenset(role for _, role in said)
    return Piece(roles - {"filler", "act", ""}, others, verbs, len(words))


def _without_verb(words: Sequence[_Word]) -> tuple[Sequence[_Word], tuple[str, ...]]:
    """Return the words without a query that is no place, and the verbs that name an action.

    `query` is a place alone, and beside the name of a part; a verb that begins a Latin title is an
    action where more than a part follows: `Get status`, not `List of parameters`.
    """
    asked = {place for place, word in enumerate(words) if word[1] == "query" and not _is_place(words, place)}
    named = {role for _, role in words}
    first, last = words[0], words[-1][0]
    verbs = [word for place, (word, role) in enumerate(words) if role == "act" or place in asked]
    begins = any(not role for _, role in words) or not (named & PARTS or first[1] == "request")
    if ACTIONS.get(first[0]) == "first" and begins and first[1] != "query":
        verbs.append(first[0])
    if ACTIONS.get(last) == "last":
        verbs.append(last)
    return [word for place, word in enumerate(words) if place not in asked], tuple(verbs)


def _is_place(words: Sequence[_Word], place: int) -> bool:
    """Return whether a word for a query is the place of parameters: alone, or beside their name."""
    word = words[place][0]
    if len(words) == 1:
        return word in {"query", "querystring", "クエリ", "クエリー"}
    before = [role for _, role in words[:place] if role != "filler"]
    following = words[place + 1][1] if place + 1 < len(words) else ""
    if word == "查询" and place and words[place - 1][1] not in SIDES:
        return False  # what is queried stands before it
    if following in {"parameters", "fields", "header", "body", "path", "cookie", "values"}:
        return following != "values"
    return bool(before) and before[-1] == "parameters" and word != "查询"


def _part_run(words: Sequence[_Word]) -> Sequence[_Word]:
    """Return the words at the end of a title that name the part of an action, none where it is the action.

    `Submit a task request parameters`; `Cancel a request` and `Check error codes` are actions.
    """
    start = len(words)
    while start and words[start - 1][1] not in {"", "act", "query"}:
        start -= 1
    while start and words[start - 1][1] == "query" and _is_place(words, start - 1):
        start -= 1
    begins = next((place for place in range(start, len(words)) if words[place][1] != "filler"), start)
    run = [word for word in words[start:] if word[1] != "filler"]
    named = {role for _, role in run}
    glued = IDEOGRAPH.search(words[0][0]) is not None
    sided = bool(named & (SIDES | _PLACES)) or (glued and len(words) - len(run) > 1)
    if not sided or not (named & PARTS or "response" in named):
        return ()
    subject = len(words) - len(run) > 1 or (glued and start > 0)
    subject = subject and words[begins - 1][0] not in _ARTICLES
    return _headed(run) if subject and (len(run) > 1 or glued or named == {"response"}) else ()


def _headed(words: Sequence[_Word]) -> Sequence[_Word]:
    """Return the words that announce: what an error is of, directly before or behind it, does not.

    `Request parameter errors`, 请求参数错误, `Errores de la solicitud`.
    """
    roles = [role for _, role in words]
    if "error" not in roles:
        return words
    place = roles.index("error")
    about = {"request", "parameters", "header", "body", "path", "query", "cookie", "authorization"}
    start = place
    while start and roles[start - 1] in about:
        start -= 1
    end = place + 1
    while end < len(roles) and roles[end] == "filler":
        end += 1
    joined = end > place + 1
    while joined and end < len(roles) and roles[end] in about | {"filler"}:
        end += 1
    of_error = joined and "request" in roles[place + 1 : end]
    return [*words[:start], words[place], *words[end if of_error else place + 1 :]]


def _weight(others: Iterable[str]) -> int:
    """Return how many words a subject has; ideographs are counted by two."""
    return sum(max(1, len(word) // 2) if IDEOGRAPH.search(word) else 1 for word in others)


def directed(text: str) -> list[str]:
    """Return what leads from one word to another as one: `Text to Speech` is not `Speech to Text`."""
    return [f"{first} to {last}" for first, last in _FROM_TO.findall(folded(text))]


def bigrams(words: Iterable[str]) -> list[str]:
    """Return words, each run of ideographs as the pairs of its neighbours: their order tells."""
    split: list[str] = []
    for word in words:
        pairs = len(word) > 1 and IDEOGRAPH.search(word) is not None
        split += [first + second for first, second in pairwise(word)] if pairs else [word]
    return split
