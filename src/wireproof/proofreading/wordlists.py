"""Lists of values against each other and against the values that examples show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import Ground, Lines
from wireproof.claims.phrases import BARE_TYPES
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.grounds import reaches, together
from wireproof.proofreading.meanings import means_failure, means_success, worded_alike
from wireproof.proofreading.scenes import is_ok, same_place
from wireproof.proofreading.telling import along, dotted, line_in, listed, shown_value, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import ExampleClaim, Path, Scope, Value
    from wireproof.proofreading.scenes import Sheet

__all__ = ["WordList", "about_values", "found_at", "is_state", "word_lists"]

_STATE = re.compile(
    r"status|state(?!ment)|phase|stage|状态|狀態|estado|ステータス|状態|статус", re.IGNORECASE
)
_HTTP = re.compile(r"http|error|错误|erro|エラー|响应码|返回码", re.IGNORECASE)
_OVERLAP: Final = 0.5
_HTTP_STATUS = re.compile(r"[1-5]\d\d(?:\s[A-Z][A-Za-z\s-]*)?")
_MOST: Final = 60
"""Lists of values without a path, or of states, that are compared with each other."""


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
        word = re.escape(str(value))
        return str(value) in map(str, self.spelled) or (
            re.search(rf"(?<![\w.-]){word}(?![\w-])", self.text) is not None
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


_FILLED: Final = 3
"""Equal numbers from which on they stand in an example because no other was thought of."""


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
    paths = {dotted(claim.path): claim.path for claim in sheet.fields}
    paths |= {".".join(claim.path): claim.path for claim in sheet.fields}
    last: dict[str, set[Path]] = {}
    for field in sheet.fields:
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
    for field in sheet.fields:
        if field.enum:
            values = tuple((value, "", field.lines.first) for value in field.enum)
            lines, scope, text = field.lines, field.scope, field.description
            found.append(WordList(field.name, field.path, values, lines, scope, complete=True, text=text))
    return [one for one in found if one.values]


def _are_of_http(words: WordList) -> bool:
    """Return whether values that no field is named for are the statuses of HTTP."""
    return len(words.values) > 1 and all(_HTTP_STATUS.fullmatch(str(value)) for value in words.spelled)


def _flat(values: tuple[Value, ...]) -> Iterator[Value]:
    for one in values:
        if not isinstance(one.value, tuple):
            yield one


def about_values(sheet: Sheet, source: str) -> Iterator[Contradiction]:
    """Yield where two lists of one field's values differ, and where an example's value is in none."""
    lists = word_lists(sheet)
    placed: dict[Path, list[WordList]] = {}
    for one in lists:
        if one.path:
            placed.setdefault(one.path, []).append(one)
    loose = [one for one in lists if not one.path][:_MOST]
    named: dict[str, list[WordList]] = {}
    for one in lists:
        if not one.path:
            named.setdefault(one.name, []).append(one)
    states = [one for one in lists if one.path and one.is_state][:_MOST]
    for one in lists:
        near = [*placed[one.path], *loose] if one.path else [*states, *loose]
        others = [other for other in near if other is not one and _same_subject(one, other)]
        for other in others:
            if one.lines < other.lines:
                yield from _sets(one, other, source)
                yield from _meanings(one, other, source)
        namesakes = named.get(one.path[-1] if one.path else one.name, []) if one.path or one.name else []
        yield from _examples(sheet, one, others, namesakes, source)


def _same_subject(left: WordList, right: WordList) -> bool:
    """Return whether two lists are of one field: by its path, by its name, or of states that overlap."""
    if not same_place(left.scope, right.scope) or left.lines == right.lines:
        return False
    first = left.lines < right.lines
    if not (
        reaches(left.scope, right.scope, above=first) or reaches(right.scope, left.scope, above=not first)
    ):
        return False
    if left.path and right.path:
        return left.path == right.path
    if left.lines.first <= right.lines.last and right.lines.first <= left.lines.last:
        return False
    named = left.name != "" and left.name == right.name
    return (named and bool(left.path or right.path)) or (_alike(left, right) and _may_be_one(left, right))


def _may_be_one(left: WordList, right: WordList) -> bool:
    """Return whether lists of no known field may be of one: states, or of one name below one title.

    `Code` over a column names no field: each title may have codes of its own.
    """
    if left.is_state and right.is_state:
        return True
    below_one = left.scope.section == right.scope.section
    near = below_one or together(left.scope, right.scope) is Ground.STATED
    return left.name != "" and left.name == right.name and near


def _alike(left: WordList, right: WordList) -> bool:
    ours, theirs = {_folded(value) for value in left.spelled}, {_folded(value) for value in right.spelled}
    return len(ours & theirs) >= _OVERLAP * min(len(ours), len(theirs))


def _folded(value: Any) -> str:
    return re.sub(r"[\W_]+", "", str(value)).casefold()


def _sets(left: WordList, right: WordList, source: str) -> Iterator[Contradiction]:
    ours, theirs = list(map(str, left.spelled)), list(map(str, right.spelled))
    only_left = [word for word in ours if not right.speaks_of(word)] if right.complete else []
    only_right = [word for word in theirs if not left.speaks_of(word)] if left.complete else []
    folded = {_folded(word): word for word in theirs}
    cased = [word for word in ours if not right.speaks_of(word) and _folded(word) in folded]
    only_left = [word for word in only_left if word not in cased]
    only_right = [word for word in only_right if _folded(word) not in {_folded(one) for one in cased}]
    if not (only_left or only_right or cased):
        return
    parts = [
        f"only the first has {listed(only_left)}" if only_left else "",
        f"only the second has {listed(only_right)}" if only_right else "",
        f"{listed(f'{word} and {folded[_folded(word)]}' for word in cased)} are spelled differently"
        if cased
        else "",
    ]
    name = dotted(left.path or right.path) if left.path or right.path else left.name or right.name
    yield telling(
        "docs-status-set-mismatch",
        left.scope if left.path else right.scope,
        pointer=pointer_of(left.path or right.path),
        claimed=Spot(source, left.lines, listed(ours)),
        shown=Spot(source, right.lines, listed(theirs)),
        message=f"two lists of the values of `{name}` differ: {'; '.join(part for part in parts if part)}",
        mend="take the union as an open list, until answers were captured",
    )


def _meanings(left: WordList, right: WordList, source: str) -> Iterator[Contradiction]:
    worded = {str(value): (meaning, line) for value, meaning, line in right.values if meaning}
    for value, meaning, line in left.values:
        other, where = worded.get(str(value), ("", 0))
        if not meaning or not other or worded_alike(meaning, other):
            continue
        yield telling(
            "docs-prose-mismatch",
            left.scope if left.path else right.scope,
            pointer=pointer_of((*(left.path or right.path), str(value))),
            claimed=Spot(source, Lines(line, line), f"{value}: {meaning}"),
            shown=Spot(source, Lines(where, where), f"{value}: {other}"),
            message=f"two lists word `{value}` differently: {meaning!r} and {other!r}",
            mend="ask the provider which of the two a client may rely on",
        )


def _examples(
    sheet: Sheet, words: WordList, others: list[WordList], namesakes: list[WordList], source: str
) -> Iterator[Contradiction]:
    """Yield where an example's value is in no list; a list of a field of that name may be of this one."""
    known = {str(value) for one in (words, *others, *namesakes) for value in one.spelled}
    shown: list[tuple[ExampleClaim, tuple[str | int, ...], Any]] = []
    examples = [
        one
        for one in sheet.examples
        if one.readable
        and one.scope.side != "request"
        and same_place(one.scope, words.scope)
        and reaches(words.scope, one.scope)
        and (is_ok(one.scope) or not is_ok(words.scope) or not words.path)
    ]
    if words.scope.side == "request":
        asked = [one for one in sheet.examples if one.readable and one.scope.side == "request"]
        examples = [
            one for one in asked if same_place(one.scope, words.scope) and reaches(words.scope, one.scope)
        ]
    for example in examples:
        shown += [(example, path, value) for path, value in found_at(example.value, words, sheet)]
    closed = all(one.complete for one in (words, *others))
    strangers = [
        (example, path, value)
        for example, path, value in shown
        if isinstance(value, str | int)
        and not isinstance(value, bool)
        and str(value) not in known
        and not any(one.speaks_of(value) for one in (words, *others))
        and path not in example.elided
        and not _is_blank(value)
        and not (isinstance(value, int) and fills_in(example.value))
    ]
    if strangers and _at_home_elsewhere(*strangers[0][:2], known, examples):
        strangers = []
    if closed and strangers and not (others and others[0].lines < words.lines):
        example, path, value = strangers[0]
        near = next((word for word in known if _folded(word) == _folded(value)), "")
        hint = f"; the list spells it {near}" if near else ""
        yield telling(
            "docs-status-set-mismatch",
            example.scope,
            pointer=pointer_of(path),
            claimed=Spot(source, words.lines, listed(map(str, words.spelled))),
            shown=Spot(source, line_in(example, path), f"{dotted(path)}: {shown_value(value)}"),
            message=f"`{dotted(path)}` is {shown_value(value)} in the example, "
            f"which is not among the listed values{hint}",
            mend="add the value to the contract's list, and keep the list open",
        )
    yield from _success(words, shown, examples, source)


def _at_home_elsewhere(
    stray: ExampleClaim, path: tuple[str | int, ...], known: set[str], examples: list[ExampleClaim]
) -> bool:
    """Return whether the values that are listed are those of a field of the same name in another object.

    It is another one where it stands elsewhere, or where it has hardly any other name in common.
    """
    place = pointer_of(path)
    here = _beside(path, stray.value)
    return any(
        str(value) in known
        and (pointer_of(other) != place or _are_unlike(here, _beside(other, example.value)))
        for example in examples
        for other, value in _named(example.value, str(path[-1]), ())
    )


def _beside(path: tuple[str | int, ...], value: Any) -> set[str]:
    """Return the names that a body has in the object that holds a place."""
    for key in path[:-1]:
        value = value[key]
    return set(map(str, value)) if isinstance(value, dict) else set()


def _are_unlike(ours: set[str], theirs: set[str]) -> bool:
    smaller = min(len(ours), len(theirs))
    return smaller >= _FILLED and len(ours & theirs) < _OVERLAP * smaller


def _success(
    words: WordList,
    shown: list[tuple[ExampleClaim, tuple[str | int, ...], Any]],
    examples: list[ExampleClaim],
    source: str,
) -> Iterator[Contradiction]:
    """Yield where the value that means success is not what a success example has."""
    good = [str(value) for value, meaning, _ in words.values if means_success(meaning)]
    bad = [str(value) for value, meaning, _ in words.values if means_failure(meaning)]
    if len(good) != 1 or words.is_state or words.scope.side == "request":
        return
    fine = [one for one in examples if _is_success(one.scope, alone=len(examples) == 1)]
    for example, path, value in shown:
        if example in fine and str(value) not in good and (not words.complete or str(value) in bad):
            if not isinstance(value, str | int) or isinstance(value, bool):
                continue
            yield telling(
                "docs-prose-mismatch",
                example.scope,
                pointer=pointer_of(path),
                claimed=Spot(source, words.lines, f"{good[0]} means success"),
                shown=Spot(source, line_in(example, path), f"{dotted(path)}: {shown_value(value)}"),
                message=f"{good[0]} is said to mean success, and the example of a success has "
                f"{shown_value(value)} in `{dotted(path)}`",
                mend="take the value that a captured success has",
            )
            return
    if fine and not shown and not words.complete and words.path and all(one.complete for one in fine):
        name = dotted(words.path)
        yield telling(
            "docs-prose-mismatch",
            fine[0].scope,
            pointer=pointer_of(words.path),
            claimed=Spot(source, words.lines, f"{name} {good[0]} means success"),
            shown=Spot(source, fine[0].lines, f"no {name}"),
            message=f"`{name}` {good[0]} is said to mean success, and the example has no such field",
            mend="tell success by what a captured answer has",
        )


def _is_success(scope: Scope, *, alone: bool) -> bool:
    return scope.status == "success" or scope.status.startswith("2") or (not scope.status and alone)


def fills_in(value: Any) -> bool:
    """Return whether an example has what a generator writes for a type.

    Its words are placeholders, or it has one number wherever it has any.
    """
    numbers: list[float] = []
    words: list[str] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one
        elif isinstance(one, str):
            words.append(one)
        elif isinstance(one, int | float) and not isinstance(one, bool):
            numbers.append(one)
    if words and all(map(_stands_for_a_type, words)):
        return True
    return len(numbers) >= _FILLED and len(set(numbers)) == 1 and numbers[0] not in {0, 1}


def _stands_for_a_type(word: str) -> bool:
    """Return whether a word is `<string>` or `string`, as generators write it."""
    return re.fullmatch(r"<[\w\s-]+>", word) is not None or word in BARE_TYPES


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and (
        not value.strip() or bool(re.search(r"[<>{}|]|\.\.\.|…", value)) or value == "string"
    )


def found_at(value: Any, words: WordList, sheet: Sheet) -> list[tuple[tuple[str | int, ...], Any]]:
    """Return the places and values of an example that a list of values speaks of."""
    if words.path:
        exact = list(along(value, words.path))
        if exact:
            return exact
        if any(next(along(one.value, words.path), None) for one in sheet.examples[:_MOST]):
            return []  # the field is at home in another body
        named = list(_named(value, words.path[-1], ()))
        documented = {claim.path for claim in sheet.fields}
        own = [
            one
            for one in named
            if tuple("*" if isinstance(key, int) else key for key in one[0]) not in documented
        ]
        return own if len({pointer_of(path) for path, _ in own}) == 1 else []
    if not words.is_state:
        return list(_named(value, words.name, ())) if words.name else []
    if any(next(_named(one.value, words.name, ()), None) for one in sheet.examples[:_MOST]):
        return list(_named(value, words.name, ()))
    states = [
        (path, found)
        for path, found in _scalars(value, ())
        if path
        and _STATE.search(str(path[-1]))
        and not re.search("code|msg|message|text|desc", str(path[-1]), re.IGNORECASE)
    ]
    alike = [(path, found) for path, found in states if isinstance(found, type(words.spelled[0]))]
    return alike if len({pointer_of(path) for path, _ in alike}) == 1 else []


def _named(value: Any, name: str, came: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
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
