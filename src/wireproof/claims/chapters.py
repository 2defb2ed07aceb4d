"""Pages that document many calls: which chapter each claim stands in, and what that chapter is named.

A page may describe one call below many titles, or many calls, each below a title of its own.  What tells
them apart is what the titles hold: chapters of one rank that each list fields and show an example, or that
each name an action or an operation of their own, are calls of their own, whether or not the page says with
which method and path they are made.  The list of one is never meant for the example of another.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import CallClaim, ExampleClaim, OperationClaim, ParameterClaim
from wireproof.claims.titles import names_action
from wireproof.claims.wording import plain_text
from wireproof.claims.words import roles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wireproof.claims.claim import Claim, Scope
    from wireproof.claims.listing import Listing
    from wireproof.claims.titles import Title

__all__ = ["Chapters", "Heading", "chapters_of"]

_PARTS: Final = frozenset(
    {"request", "response", "example", "parameters", "fields", "header", "body", "path", "query", "result"}
)
"""Roles of a title that heads a part of a call."""
_MANY: Final = 2
"""Chapters of one rank that are calls of their own from which on the others of that rank are, too."""
_LAST: Final = 2**31
"""Beyond the last line of any page."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page: its line, its level, and what it announces."""

    line: int
    level: int
    title: Title

    @property
    def announces(self) -> frozenset[str]:
        """Return the roles of its words; a page's own name announces nothing."""
        return frozenset() if self.level == 1 and self.title.mixed else self.title.roles


@dataclass(slots=True)
class _Chapter:
    """A heading, or None for the page, with the lines below it and the chapters inside.

    `part` tells that its title announces a part of a call, or what is of all calls.
    """

    heading: Heading | None
    first: int
    last: int = _LAST
    inner: list[_Chapter] = field(default_factory=list)
    part: bool = False
    name: str = ""

    @property
    def level(self) -> int:
        return self.heading.level if self.heading else 0

    def has(self, lines: Sequence[int]) -> bool:
        """Return whether any of the lines, which are in order, is in the chapter."""
        place = bisect_left(lines, self.first)
        return place < len(lines) and lines[place] <= self.last


@dataclass(frozen=True, slots=True)
class _Held:
    """The lines, in order, at which a page lists fields, shows bodies or calls, first names operations."""

    lists: Sequence[int]
    shows: Sequence[int]
    names: Sequence[int]

    def says(self, chapter: _Chapter) -> bool:
        """Return whether a chapter lists or shows anything."""
        return chapter.has(self.lists) or chapter.has(self.shows)

    def is_call(self, chapter: _Chapter) -> bool:
        """Return whether a chapter is about a call of its own: it lists and shows, or names it too."""
        lists, shows = chapter.has(self.lists), chapter.has(self.shows)
        return (lists and shows) or ((lists or shows) and chapter.has(self.names))

    def acts(self, chapter: _Chapter) -> bool:
        """Return whether a chapter says with a verb what is done, and lists or shows a body of it."""
        return chapter.heading is not None and names_action(chapter.heading.title.text) and self.says(chapter)

    def is_subject(self, chapter: _Chapter) -> bool:
        """Return whether a chapter is no part of a call although its title has the words of one.

        It names an operation, or says with a verb what is done, `Request a data export`, and is whole.
        """
        title = chapter.heading.title if chapter.heading else None
        if title is None or not title.mixed:
            return False
        roles, others = roles_of(title.text)
        acts = len(others) > len([role for role in roles if role != "filler"]) and names_action(title.text)
        return chapter.has(self.names) or (acts and chapter.has(self.lists) and chapter.has(self.shows))


def _stretches(calls: Iterable[_Chapter]) -> tuple[list[int], list[str]]:
    """Return where each stretch of a page begins, and the name of the innermost call there, if any."""
    begins: list[int] = []
    names: list[str] = []
    inside: list[_Chapter] = []

    def close(before: float) -> None:
        while inside and inside[-1].last < before:
            begins.append(inside.pop().last + 1)
            names.append(inside[-1].name if inside else "")

    for one in sorted(calls, key=lambda call: call.first):
        close(one.first)
        inside.append(one)
        begins.append(one.first)
        names.append(one.name)
    close(inf)
    return begins, names


class Chapters:
    """The calls of a page that documents several, by their lines; none for a page about one."""

    def __init__(self, calls: Sequence[_Chapter], operations: Iterable[tuple[int, str]]) -> None:
        self._calls = calls
        self._begins, self._names = _stretches(calls)
        keys: dict[str, dict[str, None]] = {}
        for line, key in operations:
            keys.setdefault(self.at(line), {})[key] = None
        self._keys = {name: tuple(found) for name, found in keys.items()}
        shared = Counter(key for found in keys.values() for key in found)
        self._shared = frozenset(key for key, times in shared.items() if times > 1)

    def __bool__(self) -> bool:
        """Return whether the page documents several calls."""
        return bool(self._calls)

    def at(self, line: int) -> str:
        """Return the name of the innermost call that a line stands in, empty outside of all."""
        place = bisect_right(self._begins, line) - 1
        return self._names[place] if place >= 0 else ""

    def scoped(self, scope: Scope, line: int) -> Scope:
        """Return a scope with the call that its line stands in.

        A call goes by the operation that its chapter names, and by the chapter's title where that names
        none, or one that other chapters name too.
        """
        name = self.at(line)
        keys = self._keys.get(name, ())
        if not name or (not scope.operation and len(keys) > 1):
            return scope
        operation = scope.operation or (keys[0] if keys else "")
        if operation in keys and operation not in self._shared:
            return replace(scope, operation=operation)
        return replace(scope, operation=f"{operation} ({name})" if operation else name)


def chapters_of(
    headings: Sequence[Heading], claims: Iterable[Claim], listings: Iterable[Listing]
) -> Chapters:
    """Return the calls that the headings of a page stand for."""
    lists, shows = [listing.rows[0].lines.first for listing in listings], []
    operations: list[tuple[int, str]] = []
    firsts: dict[str, int] = {}
    for claim in claims:
        if isinstance(claim, ParameterClaim):
            lists.append(claim.lines.first)
        elif isinstance(claim, ExampleClaim | CallClaim):
            shows.append(claim.lines.first)
        elif isinstance(claim, OperationClaim):
            operations.append((claim.lines.first, claim.key))
            firsts.setdefault(claim.key, claim.lines.first)
    held = _Held(sorted(lists), sorted(shows), sorted(firsts.values()))
    calls = sorted(_calls(_tree(headings, held), held), key=lambda one: one.first)
    _name(calls)
    return Chapters(calls, operations)


def _tree(headings: Sequence[Heading], held: _Held) -> _Chapter:
    """Return the page as a chapter that holds the others.

    A title that announces a part of a call goes on with the chapter before it, also at the same rank:
    `## Get a task`, `## Response`.
    """
    page = _Chapter(None, 0)
    open_ = [page]
    for heading, last in zip(headings, _ends(headings), strict=True):
        own = _Chapter(heading, heading.line, last)
        own.part = bool(heading.announces or heading.title.status) and not held.is_subject(own)
        goes_on = own.part and bool(heading.announces & _PARTS or heading.title.status)
        while open_[-1].level > heading.level or (
            open_[-1].level == heading.level and (open_[-1].part or not goes_on)
        ):
            open_.pop().last = heading.line - 1
        own.last = _LAST
        open_[-1].inner.append(own)
        open_.append(own)
    return page


def _ends(headings: Sequence[Heading]) -> list[int]:
    """Return the last line below each heading: the one before the next heading of its rank or above."""
    ends = [_LAST] * len(headings)
    open_: list[int] = []
    for number, heading in enumerate(headings):
        while open_ and headings[open_[-1]].level >= heading.level:
            ends[open_.pop()] = heading.line - 1
        open_.append(number)
    return ends


def _calls(chapter: _Chapter, held: _Held) -> Iterator[_Chapter]:
    """Yield the chapters inside one that are calls of their own.

    Inside a part of a call that shows bodies they have to prove it: `### Create` below `## Examples` is no
    other call, and below `## Parameters` it is.
    Where nothing is shown at all, each list is of an object of its own.
    """
    subjects = [one for one in chapter.inner if not one.part]
    acting = not chapter.part or not chapter.has(held.shows)
    objects = not chapter.part and not chapter.has(held.shows)
    calls = [
        one
        for one in subjects
        if held.is_call(one) or (acting and held.acts(one)) or (objects and one.has(held.lists))
    ]
    if len(calls) >= _MANY:
        yield from (one for one in subjects if held.says(one))
    for one in chapter.inner:
        yield from _calls(one, held)


def _name(calls: Iterable[_Chapter]) -> None:
    """Name each call by its title, and by a number too where the title is not the first of its kind."""
    seen: Counter[str] = Counter()
    for one in calls:
        title = plain_text(one.heading.title.text).strip("`*#: ") if one.heading else ""
        seen[title] += 1
        one.name = title if seen[title] == 1 else f"{title} {seen[title]}"
