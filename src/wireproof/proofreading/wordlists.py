"""Lists of values that a page has, and the places of an example that each speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wireproof.proofreading.contradiction import pointer_of
from wireproof.proofreading.scenes import named_keys, same_place
from wireproof.proofreading.telling import along, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import Lines, Path, Scope, Value
    from wireproof.proofreading.scenes import Sheet

__all__ = ["WordList", "found_at", "is_state", "named_in", "word_lists"]

_STATE = re.compile(
    r"status|state(?!ment)|phase|stage|zustand|statut|(?:^|_)[ée]tat|состояни|상태|状态|狀態|estado|"
    r"ステータス|状態|статус",
    re.IGNORECASE,
)
_HTTP = re.compile(r"http|error|错误|erro|エラー|响应码|返回码", re.IGNORECASE)
_HTTP_STATUS = re.compile(r"[1-5]\d\d(?:\s[A-Z][A-Za-z\s-]*)?")


@dataclass(frozen=True, slots=True)
class WordList:
    """One list of a field's values; `path` is the field's where the page tells it.

    `text` is the description that the values were read from.
    """

    name: str
    path: Path
    values: tuple[tuple[Any, str, int], ...]
    lines: Lines
    scope: Scope
    complete: bool
    text: str = ""

    def speaks_of(self, value: Any) -> bool:
        """Return whether a value is in the list, or in the text that the list was read from.

        A description may have other values behind the ones that were read as its list.
        """
        word = str(value)
        if word in map(str, self.spelled):
            return True
        return word in self.text and (
            re.search(rf"(?<![\w.-]){re.escape(word)}(?![\w-])", self.text) is not None
        )

    @property
    def spelled(self) -> list[Any]:
        """Return the values alone."""
        return [value for value, _, _ in self.values]

    @property
    def is_state(self) -> bool:
        """Return whether the values are states of something."""
        return is_state(self.name)


def is_state(name: str) -> bool:
    """Return whether a field of this name holds the state of something."""
    return bool(_STATE.search(name)) and not _HTTP.search(name)


def _only_state(sheet: Sheet, scope: Scope) -> Path:
    """Return the one documented field of words that holds a state, or no path."""
    found = {
        field.path
        for field in sheet.fields
        if same_place(field.scope, scope)
        and field.scope.side != "request"
        and is_state(field.name)
        and field.types in {(), ("string",)}
    }
    return next(iter(found)) if len(found) == 1 else ()


def word_lists(sheet: Sheet) -> list[WordList]:
    """Return every list of values on the page: those of prose, tables, constants and enums."""
    paths = {dotted(claim.path): claim.path for claim in sheet.members()}
    paths |= {".".join(claim.path): claim.path for claim in sheet.members()}
    last: dict[str, set[Path]] = {}
    for field in sheet.members():
        last.setdefault(field.name, set()).add(field.path)
    found = []
    for claim in sheet.values:
        by_name = last.get(claim.about, set())
        path = paths.get(claim.about) or (next(iter(by_name)) if len(by_name) == 1 else ())
        if not path and is_state(claim.about):
            path = _only_state(sheet, claim.scope)
        values = tuple((one.value, one.meaning, one.line) for one in _flat(claim.values))
        one = WordList(claim.about, path, values, claim.lines, claim.scope, claim.complete, claim.text)
        if by_name or claim.about in paths or not _are_of_http(one):
            found.append(one)
    for field in sheet.members():
        if field.enum:
            values = tuple((value, "", field.lines.first) for value in field.enum)
            found.append(WordList(field.name, field.path, values, field.lines, field.scope, complete=True))
    return [one for one in found if one.values]


def _are_of_http(words: WordList) -> bool:
    """Return whether values that no field is named for are the statuses of HTTP."""
    return len(words.values) > 1 and all(_HTTP_STATUS.fullmatch(str(value)) for value in words.spelled)


def _flat(values: tuple[Value, ...]) -> Iterator[Value]:
    for one in values:
        if not isinstance(one.value, tuple):
            yield one


def found_at(value: Any, words: WordList, sheet: Sheet) -> list[tuple[tuple[str | int, ...], Any]]:
    """Return the places and values of an example that a list of values speaks of."""
    if words.path:
        exact = list(along(value, words.path))
        if exact:
            return exact
        if sheet.shows(words.path, lambda body: next(along(body, words.path), None) is not None):
            return []  # the field is at home in another body
        named = list(named_in(value, words.path[-1], ()))
        documented = sheet.documented()
        own = [one for one in named if named_keys(one[0]) not in documented]
        return own if len({pointer_of(path) for path, _ in own}) == 1 else []
    if not words.is_state:
        return list(named_in(value, words.name, ())) if words.name else []
    if sheet.shows(words.name, lambda body: next(named_in(body, words.name), None) is not None):
        return list(named_in(value, words.name, ()))
    states = [
        (path, found)
        for path, found in _scalars(value, ())
        if path
        and _STATE.search(str(path[-1]))
        and not re.search("code|msg|message|text|desc", str(path[-1]), re.IGNORECASE)
    ]
    alike = [(path, found) for path, found in states if isinstance(found, type(words.spelled[0]))]
    return alike if len({pointer_of(path) for path, _ in alike}) == 1 else []


def named_in(
    value: Any, name: str, came: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Return an iterator over the places of a body with that name, and the single values there."""
    return (one for one in _scalars(value, came) if one[0] and one[0][-1] == name)


def _scalars(value: Any, came: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    waiting: list[tuple[tuple[str | int, ...], Any]] = [(came, value)]
    while waiting:
        path, part = waiting.pop(0)
        if isinstance(part, dict):
            waiting += [((*path, key), inner) for key, inner in part.items()]
        elif isinstance(part, list):
            waiting += [((*path, number), inner) for number, inner in enumerate(part[:20])]
        else:
            yield path, part
