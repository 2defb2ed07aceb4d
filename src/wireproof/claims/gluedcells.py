"""Tables whose cells a copy glued together: `FieldTypeDescription`, then `codeintegerBusiness code`.

The header is a run of words for columns without gaps.  A row is cut where the words of its types and duties
stand; where a header may be cut in several ways, the way in which the most rows can be cut is the right one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Block, Cells
from wireproof.claims.bodies import starts_body
from wireproof.claims.phrases import identifier, type_phrase
from wireproof.claims.words import COLUMNS, OPTIONAL, REQUIRED, folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.claims.blocks import Line, Taken

__all__ = ["take_glued"]

_LONGEST_HEADER: Final = 60
_LONGEST_NAME: Final = 60
_MOST_COLUMNS: Final = 7
_MOST_ROWS: Final = 300
_FEWEST: Final = 2
_TYPE = re.compile(
    r"(?:string|integer|number|boolean|object|array|float|double|int(?:32|64)?|long|bool|list|map|null|enum|file|"
    r"字符串|整数|整型|数字|布尔值?|布尔型|对象|数组|列表|浮点数?|文字列|数値|真偽値|オブジェクト|配列)"
    r"(?:\s?(?:<[^<>]{1,30}>|\[[^\[\]]{0,30}\]|\([a-z]{3,12}\)|\{\d+\}))*(?:\s?\|\s?null)?",
    re.IGNORECASE,
)
_ENDS_IN_TYPE = re.compile(
    r".(?:string|integer|number|boolean|object|array|float|double|int|bool)$", re.IGNORECASE
)
_PLACE = re.compile(r"path|query|header|body|cookie", re.IGNORECASE)
_DUTIES: Final = sorted(
    (word for word in REQUIRED | OPTIONAL if len(word) > 1 or not word.isascii()), key=len, reverse=True
)
_NAME = re.compile(r"[A-Za-z_][\w.\[\]*-]*", re.ASCII)
_VALUE = re.compile(
    r"(?P<value>-?\d{1,6}|[A-Z][A-Z0-9_]+(?=[A-Z][a-z]|[^\x00-\x7f])|[a-z][a-z0-9_]*(?=[A-Z]|[^\x00-\x7f])|"
    r"[A-Z][A-Za-z]*(?=[^\x00-\x7f]))(?P<text>[^\d\s.,:：-].*)"
)
_CAMEL = re.compile(r"[A-Z]?[a-z]+(?: [a-z]+)*")
_GOES_ON: Final = frozenset("abcdefghijklmnopqrstuvwxyz_.[-")
"""What no cell begins with that stands right behind a type."""


def take_glued(lines: Sequence[Line], index: int) -> Taken | None:
    """Return the table that begins on the line, its cells cut apart."""
    header = lines[index].bare
    if len(header) > _LONGEST_HEADER or not header or not (header[0].isupper() or header[0] > "\x7f"):
        return None
    headers = list(_headers(header))
    end = _end(lines, index + 1) if headers else index
    best: tuple[int, tuple[str, ...], list[Cells]] = (0, (), [])
    for words in headers:
        columns = [COLUMNS[folded(word)] for word in words]
        rows = _rows(columns, lines[index + 1 : end])
        if len(rows) > best[0]:
            best = (len(rows), words, rows)
    count, words, rows = best
    if count < _FEWEST and not (count and len(words) > _FEWEST):
        return None
    last = (
        index + 1 + next(at for at, line in enumerate(lines[index + 1 : end]) if line.number == rows[-1].last)
    )
    header_row = Cells(lines[index].number, words, lines[index].number)
    return Block("table", tuple(lines[index : last + 1]), rows=(header_row, *rows)), last + 1


def _end(lines: Sequence[Line], start: int) -> int:
    """Return the index after the lines that may be rows."""
    end = start
    while (
        end < min(len(lines), start + _MOST_ROWS)
        and lines[end].text.strip()
        and not starts_body(lines[end].text)
    ):
        end += 1
    return end


def _headers(text: str) -> Iterator[tuple[str, ...]]:
    """Iterate over the ways in which a line is words for columns, a name or a value first."""
    if " " in text and not _CAMEL.search(text):
        return
    for words in _cuts(text, _MOST_COLUMNS):
        columns = [COLUMNS[folded(word)] for word in words]
        if (
            len(words) >= _FEWEST
            and columns[0] in {"name", "value", "enum"}
            and len(set(columns)) == len(columns)
        ):
            yield words


@lru_cache(maxsize=256)
def _cuts(text: str, left: int) -> tuple[tuple[str, ...], ...]:
    if not text:
        return ((),)
    if not left:
        return ()
    found: list[tuple[str, ...]] = []
    for end in range(1, len(text) + 1):
        head, tail = text[:end], text[end:]
        bounded = not tail or tail[0].isupper() or not tail[0].isascii() or not head[-1].isascii()
        if bounded and (head[0].isupper() or not head[0].isascii()) and folded(head) in COLUMNS:
            found += [(head, *rest) for rest in _cuts(tail, left - 1)]
    return tuple(found)


def _rows(columns: Sequence[str], lines: Sequence[Line]) -> list[Cells]:
    """Return the rows up to the first line that is none; a line of text behind a row goes on with it."""
    rows: list[Cells] = []
    for line in lines:
        cells = _cut_row(columns, line.bare)
        if cells is None:
            break
        rows.append(Cells(line.number, cells, line.number))
    return rows


def _cut_row(columns: Sequence[str], text: str) -> tuple[str, ...] | None:
    """Return the cells of a row, or None where it cannot be cut."""
    if "type" in columns or "required" in columns or "location" in columns:
        return _typed(columns, text)
    found = _VALUE.fullmatch(text)
    if found is None or len(columns) != _FEWEST:
        return None
    return found["value"], found["text"]


def _typed(columns: Sequence[str], text: str) -> tuple[str, ...] | None:
    """Cut a row by the types, duties and places that stand in the order of their columns."""
    longest = _NAME.match(text)
    if longest is None:
        return None
    fitting: list[tuple[str, ...]] = []
    for end in range(1, min(longest.end(), _LONGEST_NAME) + 1):
        name = text[:end]
        cells = _rest(columns[1:], text[end:]) if identifier(name) else None
        if cells is not None:
            fitting.append((name, *cells))
    whole = [cells for cells in fitting if not _ENDS_IN_TYPE.search(cells[0])]
    return next(reversed(whole or fitting), None)


def _rest(columns: Sequence[str], text: str) -> tuple[str, ...] | None:
    """Return the cells behind the name: each of its kind, and the text in the first column of text."""
    cells: list[str] = []
    rest = text.lstrip()
    for number, column in enumerate(columns):
        found = _cell(column, rest)
        if found is None:
            return None
        if column not in {"type", "required", "location"}:
            return (*cells, rest, *[""] * (len(columns) - number - 1))
        cells.append(found)
        rest = rest[len(found) :].lstrip()
    return tuple(cells) if not rest else None


def _cell(column: str, text: str) -> str | None:
    """Return what begins a text in a column of this kind, or None if it fits none."""
    if column == "type":
        found = _TYPE.match(text)
        ends = found is not None and (
            text[found.end() : found.end() + 1] not in _GOES_ON or _duty(text[found.end() :])
        )
        return found[0] if found and ends and type_phrase(found[0]) is not None else None
    if column == "location":
        found = _PLACE.match(text)
        return found[0] if found else None
    if column == "required":
        return _duty(text) or None
    return text


def _duty(text: str) -> str:
    """Return the word for required or optional that a text begins with, or nothing."""
    lowered = text[:24].lower()
    for word in _DUTIES:
        after = text[len(word) : len(word) + 1]
        if lowered.startswith(word) and not (word.isascii() and after.isascii() and after.islower()):
            return text[: len(word)]
    return ""
