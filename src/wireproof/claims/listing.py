"""Rows of a list or table → claims: which field or parameter each one names, and at which level."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import FieldClaim, Lines, ParameterClaim, Path, StatementClaim, Value, ValuesClaim
from wireproof.claims.nulls import lists_null, speaks_of_null
from wireproof.claims.phrases import required_word, unit_in
from wireproof.claims.saying import named_in
from wireproof.claims.tallying import members_in
from wireproof.claims.wholes import whole_body
from wireproof.claims.wording import as_values, values_in
from wireproof.claims.words import PLACES, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wireproof.claims.claim import Scope
    from wireproof.claims.phrases import TypePhrase
    from wireproof.claims.sections import Setting

__all__ = ["Listing", "Row", "Shape", "claims_of", "placed_rows", "shape_of", "split_path"]

_DEEPEST: Final = 40
"""Levels that a list may nest; what stands deeper is placed on the last of them."""
Shape = dict[Path, set[str]]
"""The names that an example has at each level: the path of an object → its keys."""

_SEGMENT = re.compile(r"[^.\[\]→>/]+|\[[^\]]*\]")
_NUMERIC: Final = frozenset({"integer", "number"})
_DIGIT = re.compile(r"\d")
_ABSENT = re.compile(
    r"\b(?:if|when) (?:it (?:is|was) )?(?:present|provided|returned|available|applicable)\b|"
    r"\bonly (?:present|returned|included)\b|\bnot always (?:present|returned)\b",
    re.IGNORECASE,
)
_REQUIRED_FIRST = re.compile(
    r"\W*(?P<word>required|optional|必填|可选|必須|任意|obligatorio|opcional)\s*[.。,，;；:：)）]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One field or parameter as a layout read it.

    `depth` is its indentation in any unit (deeper is larger), None where the layout shows none;
    `values` are listed below it, each on its own line.
    """

    name: str
    lines: Lines
    depth: int | None = None
    phrase: TypePhrase | None = None
    required: bool | None = None
    nullable: bool | None = None
    description: str = ""
    example: str | None = None
    default: str | None = None
    enum: tuple[Any, ...] = ()
    location: str = ""
    format: str = ""
    unit: str = ""
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of one list or table, and where it stands.  `under` is the path they begin at.

    `head` is what the header over the names calls them, `parameters` or `fields`, or empty.
    `inside` tells that the comments in an example are the list.
    `sketched` tells that it is code, which describes a body only if an example has its names.
    """

    setting: Setting
    rows: tuple[Row, ...]
    under: Path = ()
    title: str = ""
    sketched: bool = False
    head: str = ""
    inside: bool = False


@dataclass(slots=True)
class _Level:
    """An object whose fields may follow."""

    path: Path
    depth: int
    left: int | None = None
    settled: bool = True
    children: set[str] = field(default_factory=set)


def split_path(name: str) -> Path:
    """Return the keys of `data.items[].id`, an array's element as `*`."""
    keys: list[str] = []
    for part in _SEGMENT.findall(name.replace("->", "→").replace("$.", "").replace("$", "")):
        if part.startswith("["):
            inside = part[1:-1].strip("'\"")
            keys.append(
                inside
                if inside and not inside.isdigit() and inside not in {"*", "n", "i", "x", "0..n"}
                else "*"
            )
        elif part != "-" or len(name) > 1:
            keys.append("*" if part == "*" else part)
    return tuple(keys) or (name,)


def shape_of(values: Iterable[Any]) -> Shape:
    """Return the names that the values have at each level, array elements taken together."""
    shape: Shape = {}
    waiting: list[tuple[Path, Any]] = [((), value) for value in values]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            shape.setdefault(path, set()).update(value)
            waiting += [((*path, key), item) for key, item in value.items() if isinstance(item, dict | list)]
        elif isinstance(value, list):
            waiting += [((*path, "*"), item) for item in value[:50] if isinstance(item, dict | list)]
    return shape


def claims_of(
    listing: Listing, shape: Shape
) -> Iterator[FieldClaim | ParameterClaim | StatementClaim | ValuesClaim]:
    """Return a claim for each row; where the layout shows no level, the page's example may tell it."""
    places = placed_rows(listing, shape)
    scope = listing.setting.scope
    whole = whole_body(listing.rows, places, shape)
    for row, (placed, settled) in zip(listing.rows, places, strict=True):
        path = placed[1:] if whole and placed[:1] == (whole,) else placed
        if not path:
            continue
        yield from _values(row, ".".join(path), listing)
        yield from named_in(row.description, row.name, row.lines, scope)
        location = _location(row, listing.setting)
        if location in {"path", "query", "header", "cookie"}:
            yield _parameter(row, listing.setting, location)
        elif (
            scope.side == "request"
            and location != "body"
            and (scope.operation.startswith("GET ") or (len(path) == 1 and not _bodily(listing)))
        ):
            yield _parameter(row, listing.setting, "")
        else:
            yield _field(row, path, listing, settled=settled)
            phrase = row.phrase
            if phrase is not None and (phrase.holds_fields or phrase.is_array):
                count = phrase.count if phrase.count is not None else members_in(row.description)
                about = ".".join((*path, "*") if phrase.is_array else path)
                if count is not None:
                    yield StatementClaim(row.lines, scope, about, "count", count, phrase.written)


def _values(row: Row, about: str, listing: Listing) -> Iterator[ValuesClaim]:
    scope = listing.setting.scope
    if row.values and not _are_cases(row, [(one.value, one.meaning) for one in row.values]):
        lines = Lines(row.values[0].line, row.values[-1].line)
        yield ValuesClaim(lines, scope, about, row.values, text=row.description)
    wording = values_in(row.description) if not row.enum and not row.values else None
    if wording is None or _are_cases(row, wording.values):
        return
    if not _names_rows(row, [value for value, _ in wording.values], listing):
        values = as_values(wording.values, row.lines.first)
        yield ValuesClaim(row.lines, scope, about, values, wording.complete, row.description)


def _are_cases(row: Row, values: Sequence[tuple[Any, str]]) -> bool:
    """Return whether words beside a number's type, each with numbers of its own, are cases and no values."""
    numeric = row.phrase is not None and bool(row.phrase.types) and set(row.phrase.types) <= _NUMERIC
    return numeric and all(isinstance(value, str) and _DIGIT.search(said) for value, said in values)


def _names_rows(row: Row, words: Sequence[Any], listing: Listing) -> bool:
    """Return whether words are the row itself beside others: `Either id or name must be given`."""
    return row.name in words and any(other.name in words for other in listing.rows if other is not row)


def _bodily(listing: Listing) -> bool:
    """Return whether a list of a request nests, so that it can only be a body."""
    return any("." in row.name or (row.phrase and row.phrase.holds_fields) for row in listing.rows)


def _location(row: Row, setting: Setting) -> str:
    word = folded(row.location)
    if word:
        return next((place for name, place in PLACES.items() if name in word), "")
    if setting.location:
        return setting.location
    if setting.scope.side == "request" and f"{{{row.name}}}" in setting.scope.operation:
        return "path"
    return ""


def _parameter(row: Row, setting: Setting, location: str) -> ParameterClaim:
    phrase = row.phrase
    required = row.required if row.required is not None else _required_in(row.description)
    return ParameterClaim(
        row.lines,
        _asking(setting.scope, location),
        row.name,
        location,
        phrase.types if phrase else (),
        phrase.written if phrase else "",
        required,
        row.enum,
        row.example,
        row.default,
        row.description,
    )


def _asking(scope: Scope, location: str) -> Scope:
    """Return the scope of a parameter: what stands in a path or query is sent, whatever title is above."""
    if location in {"path", "query"} and scope.side == "response":
        return replace(scope, side="request", status="")
    return scope if scope.side else replace(scope, side="request")


def _required_in(text: str) -> bool | None:
    """Return what a description that begins with `Required.` or `Optional;` says."""
    found = _REQUIRED_FIRST.match(text)
    return required_word(found["word"]) if found else None


def _field(row: Row, path: Path, listing: Listing, *, settled: bool) -> FieldClaim:
    phrase = row.phrase
    text = row.description
    nullable = row.nullable
    if nullable is None and phrase is not None:
        nullable = phrase.nullable
    plain = text.replace("`", "")
    if nullable is None and (
        speaks_of_null(plain) or lists_null((*row.enum, *(value.value for value in row.values)))
    ):
        nullable = True
    required = row.required if row.required is not None else _required_in(text)
    if required is None and _ABSENT.search(text):
        required = False
    return FieldClaim(
        row.lines,
        listing.setting.scope,
        path,
        phrase.types if phrase else (),
        phrase.items if phrase else (),
        phrase.written if phrase else "",
        required,
        nullable,
        row.enum,
        row.format or (phrase.format if phrase else ""),
        row.unit or unit_in(text),
        phrase.count if phrase else None,
        row.example,
        row.default,
        text,
        settled,
        listing.rows[0].lines.first,
        listing.sketched,
    )


def placed_rows(listing: Listing, shape: Shape) -> list[tuple[Path, bool]]:
    """Return the path of each row, and whether the layout shows its level."""
    if all(row.depth is None for row in listing.rows) and not any(_dotted(row.name) for row in listing.rows):
        return _placed_flat(listing, shape)
    return _placed_by_depth(listing, shape)


def _dotted(name: str) -> bool:
    return len(split_path(name)) > 1


def _below(path: Path, row: Row) -> Path:
    """Return the path at which the fields inside a row's value begin."""
    if row.phrase is not None and row.phrase.is_array and (not path or path[-1] != "*"):
        return (*path, "*")
    return path


def _is_elements(path: Path, shape: Shape) -> bool:
    """Return whether the example shows objects in a list at a path, and nowhere one object alone."""
    return (*path, "*") in shape and path not in shape


def _placed_by_depth(listing: Listing, shape: Shape) -> list[tuple[Path, bool]]:
    """Place rows by indentation and by dotted names; a dotted name whose start is known is absolute.

    Of a row without a type the example may tell that its members are those of a list's elements.
    """
    stack: list[_Level] = [_Level(listing.under, -1)]
    begins: dict[Path, Path] = {}
    placed: list[tuple[Path, bool]] = []
    for row in listing.rows:
        depth = row.depth or 0
        while len(stack) > 1 and depth <= stack[-1].depth:
            stack.pop()
        keys = split_path(row.name)
        base = listing.under if len(keys) > 1 and _known(listing.under, keys, begins) else stack[-1].path
        if len(keys) > 1 and base == listing.under and (*base, keys[0]) not in begins:
            base = next((path[:-1] for path in reversed(begins) if path[-1] == keys[0]), base)
        path = _joined(base, keys, begins)
        plain = path[:-1] if path[-1] == "*" and len(path) > 1 else path
        untyped = row.phrase is None or not row.phrase.types
        listed = path[-1] == "*" or (untyped and _is_elements(path, shape))
        begins[plain] = (*plain, "*") if listed else _below(path, row)
        if len(stack) <= _DEEPEST:
            stack.append(_Level(begins[plain], depth))
        placed.append((plain, True))
    return placed


def _known(under: Path, keys: Path, begins: Mapping[Path, Path]) -> bool:
    return (*under, keys[0]) in begins or len(begins) == 0


def _joined(base: Path, keys: Path, begins: Mapping[Path, Path]) -> Path:
    """Return base and keys as one path, with `*` after every key that is known to be an array."""
    path = base
    for number, key in enumerate(keys):
        if key == "*" and path and path[-1] == "*":
            continue
        path = (*path, key)
        if number < len(keys) - 1 and keys[number + 1] != "*":
            path = begins.get(path, path)
    return path


def _placed_flat(listing: Listing, shape: Shape) -> list[tuple[Path, bool]]:
    """Place rows that show no level: by the counts of their objects, then by the page's example.

    A site may count some objects and not others, and the members of a counted one may be folded away.
    Where such a reading names one field twice, or the example bears another one out, objects are open
    whether counted or not.
    """
    objects = [row.phrase for row in listing.rows if row.phrase and row.phrase.holds_fields]
    if not any(phrase.count is not None for phrase in objects):
        return _placed_in_order(listing, shape, counted=False)
    placed = _placed_in_order(listing, shape, counted=True)
    if all(phrase.count is not None for phrase in objects):
        return placed
    opened = _placed_in_order(listing, shape, counted=False)
    return opened if _borne_out(opened, shape) > _borne_out(placed, shape) else placed


def _borne_out(placed: Sequence[tuple[Path, bool]], shape: Shape) -> tuple[int, int]:
    """Return how many rows the example has where they are placed, and less than 0 for those placed twice."""
    paths = [path for path, _ in placed]
    shown = sum(path[-1] in shape.get(path[:-1], ()) for path in paths)
    return shown, len(set(paths)) - len(paths)


def _placed_in_order(listing: Listing, shape: Shape, *, counted: bool) -> list[tuple[Path, bool]]:
    """Place the rows one after the other; where `counted`, an object without a count has no fields."""
    stack = [_Level(listing.under, 0)]
    placed: list[tuple[Path, bool]] = []
    for row in listing.rows:
        while len(stack) > 1 and stack[-1].left == 0 and not _shown_only_here(row.name, stack, shape):
            stack.pop()
        if stack[-1].left is None:
            _follow_example(row.name, stack, shape)
        level = stack[-1]
        level.children.add(row.name)
        if level.left:
            level.left -= 1
        path = (*level.path, row.name)
        placed.append((path, level.settled))
        if row.phrase is None or not row.phrase.holds_fields or row.phrase.reference or len(stack) > _DEEPEST:
            continue
        if row.phrase.count is not None and counted:
            stack.append(_Level(_below(path, row), 0, row.phrase.count, level.settled))
        elif not counted:
            stack.append(_Level(_below(path, row), 0, None, settled=False))
    return placed


def _shown_only_here(name: str, stack: Sequence[_Level], shape: Shape) -> bool:
    """Return whether the example has the name in the innermost object, which is full, and not above."""
    if name in stack[-1].children or name not in shape.get(stack[-1].path, ()):
        return False
    return not any(name in shape.get(level.path, ()) for level in stack[:-1])


def _follow_example(name: str, stack: list[_Level], shape: Shape) -> None:
    """Leave objects without a count up to the one in which the example has the name, if one has it."""
    for place in range(len(stack) - 1, -1, -1):
        level = stack[place]
        if name in shape.get(level.path, ()) and name not in level.children:
            del stack[place + 1 :]
            return
        if level.left is not None:
            return
