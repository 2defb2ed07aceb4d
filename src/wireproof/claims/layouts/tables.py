"""Tables of fields, of parameters, and of values, by the words of their header row."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from wireproof.claims.aligning import aligned, with_inner
from wireproof.claims.claim import Lines, Unread, Value, ValuesClaim
from wireproof.claims.layout import Layout
from wireproof.claims.listing import Listing, Row
from wireproof.claims.namecells import INDENT, name_in, name_parts
from wireproof.claims.phrases import TypePhrase, attributes, identifier, required_word, type_phrase
from wireproof.claims.sections import entered
from wireproof.claims.tabular import columns_of
from wireproof.claims.titles import marked_title
from wireproof.claims.wording import literal, plain_text
from wireproof.claims.words import folded, roles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wireproof.claims.blocks import Block, Cells
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_ENUM_SPLIT = re.compile(r"\s*(?:[,，、;；|\n¦]|/|\bor\b)\s*")
_STATEFUL: Final = frozenset({"values", "codes", "error", "status"})
_PLACED: Final = frozenset({"request", "response", "path", "query", "header", "cookie", "body"})
_MOSTLY: Final = 0.6
"""Share of the rows of a table that begin with a name where it lists fields."""
_NEARLY: Final = 0.75
_NOTED = re.compile(r"\w\s*\\?[*†‡¹²³]+\s*$")
"""A word with a mark behind it, which points to a note: `Yes*` is required under a condition."""
_CODES: Final = frozenset({"code", "codes", "opcode", "id", "number", "错误码", "代码", "コード", "codigo"})
"""Headers over values that say nothing of what the values are of, where a title says more."""
_EMPTY: Final = frozenset({"", "-", "—", "–", "/", "n/a", "无", "none", "なし"})
_IS_PLACE: Final = re.compile(r"path|query|header|body|cookie", re.IGNORECASE)


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    header, *rows = block.rows
    columns = _settled_columns(columns_of(header.cells), rows)
    if "name" in columns:
        setting = _headed(header.cells[columns.index("name")], setting)
    if "name" in columns and (
        "type" in columns or "required" in columns or _lists_fields(columns, rows, setting)
    ):
        named = [*roles_of(header.cells[columns.index("name")])[0], ""][0]
        for said in _fields(columns, rows, setting, _titled(block.lead, setting)):
            yield replace(said, head=named) if isinstance(said, Listing) else said
    elif {"value", "name"} <= set(columns) and _names_members(header.cells[columns.index("name")]):
        return  # what one call sends, or sets
    elif "value" in columns or "name" in columns or "enum" in columns:
        yield from _values(columns, header, rows, setting, block.lead)
    elif not any(columns):
        yield from _headless(block.rows, setting, _titled(block.lead, setting))


def _names_members(cell: str) -> bool:
    """Return whether a header calls the names below it those of parameters or fields."""
    return bool({"parameters", "fields", "header"} & set(roles_of(cell)[0]))


def _titled(lead: str, setting: Setting) -> str:
    """Return the title of a table: a name in bold directly above it, else the title that it stands below."""
    return lead.strip("*_`") if lead.startswith(("**", "__")) and not lead.endswith(":") else setting.title


def _headed(cell: str, setting: Setting) -> Setting:
    """Return the setting with what the header over the names says: `Query parameter`, `Response field`."""
    words, _ = roles_of(cell)
    return entered(setting, cell) if len(words) > 1 and set(words) & _PLACED else setting


def _settled_columns(columns: list[str], rows: Sequence[Cells]) -> list[str]:
    """Return the columns with words of two meanings decided by the cells below them."""
    settled = list(columns)
    for number, column in enumerate(columns):
        cells = [plain_text(row.cells[number]).strip("`") for row in rows if number < len(row.cells)]
        words = [cell.partition("\n")[0] for cell in cells if cell]
        if (
            column in {"location", "format"}
            and "type" not in columns
            and words
            and all(map(type_phrase, words))
        ):
            settled[number] = "type"
        if column == "type" and words and all(map(_IS_PLACE.fullmatch, words)):
            settled[number] = "location"
        if not column and "required" not in settled and _are_duties(words):
            settled[number] = "required"
    if "name" not in settled and "type" in settled and "value" in settled:
        settled[settled.index("value")] = "name"
    if "name" not in settled and "type" in settled and not settled[0] and _are_names(rows):
        settled[0] = "name"
    if settled.count("name") > 1:
        kept = _named_column(settled, rows)
        settled = ["" if word == "name" and at != kept else word for at, word in enumerate(settled)]
    seen: set[str] = set()
    for number, column in enumerate(settled):
        if column in seen:
            settled[number] = ""
        seen.add(column)
    return settled


def _are_duties(words: Sequence[str]) -> bool:
    """Return whether cells below a header in other words nearly all say `required` or `optional`."""
    said = sum(required_word(word, spelled=True) is not None for word in words)
    return said > 1 and said >= _NEARLY * len(words)


def _are_names(rows: Sequence[Cells]) -> bool:
    """Return whether each row begins with a name, so that a header in other words stands over names."""
    return bool(rows) and all(row.cells and identifier(name_parts(row.cells[0])[0]) for row in rows)


def _named_column(columns: Sequence[str], rows: Sequence[Cells]) -> int:
    """Return which of several columns of names holds the names that JSON has; the others are titles."""

    def names(at: int) -> int:
        cells = (row.cells[at] for row in rows if at < len(row.cells))
        return sum(identifier(name_parts(cell)[0]) for cell in cells)

    return max((at for at, word in enumerate(columns) if word == "name"), key=lambda at: (names(at), -at))


def _lists_fields(columns: Sequence[str], rows: Sequence[Cells], setting: Setting) -> bool:
    """Return whether a table without types or requiredness still lists fields."""
    if "description" not in columns or not (setting.scope.side or setting.roles & {"fields", "parameters"}):
        return False
    if setting.roles & _STATEFUL and not setting.roles & {"fields", "parameters"}:
        return False
    at = columns.index("name")
    names = [name_in(row.cells[at])[0] for row in rows if at < len(row.cells)]
    return bool(names) and all(identifier(name) for name in names)


def _fields(columns: Sequence[str], rows: Sequence[Cells], setting: Setting, title: str) -> Iterator[Said]:
    read: list[Row] = []
    for row in rows:
        if columns.index("name") in row.spanned:
            continue  # goes on with the field above
        made = _row(aligned(columns, with_inner(columns, row.cells)), row)
        if made is not None:
            read.append(made)
            if _is_shifted(columns, row, made):
                yield Unread(
                    Lines(row.number, max(row.number, row.last)),
                    f"a row of {len(row.cells)} cells under {len(columns)} columns; only its name is read",
                )
        elif sum(bool(cell.strip()) for cell in row.cells) > 1:
            yield Unread(
                Lines(row.number, max(row.number, row.last)),
                "a row of a table of fields whose first cell is no name",
                passed_over=True,
            )
    filled = sum(sum(bool(cell.strip()) for cell in row.cells) > 1 for row in rows)
    if _strays(read, columns, rows):
        read = [replace(row, depth=0) for row in read]
    if read and _MOSTLY * filled <= len(read):
        yield Listing(setting, tuple(read), title=title)


def _strays(read: Sequence[Row], columns: Sequence[str], rows: Sequence[Cells]) -> bool:
    """Return whether blanks before names stand there by chance: they put fields into what holds none.

    Marks such as `└` are never there by chance, nor are blanks that only stand below objects.
    """
    at = columns.index("name")
    leads = [INDENT.match(row.cells[at]) for row in rows if at < len(row.cells)]
    if any(lead and lead[0].strip(" ") for lead in leads):
        return False
    depths = [row.depth or 0 for row in read]
    return any(depth < depths[0] for depth in depths) or any(
        inner.depth and (inner.depth > (outer.depth or 0)) and not _may_hold(outer.phrase)
        for outer, inner in pairwise(read)
    )


def _may_hold(phrase: TypePhrase | None) -> bool:
    return phrase is None or not phrase.types or phrase.holds_fields or phrase.is_array


def _is_shifted(columns: Sequence[str], row: Cells, made: Row) -> bool:
    """Return whether a row has cells that no column is for, and so many that its type was not found."""
    typed = made.phrase is not None and made.phrase.types
    filled = [cell for cell in row.cells if cell.strip()]
    return "type" in columns and not typed and len(filled) > len(columns)


def _row(found: dict[str, str], row: Cells) -> Row | None:
    name, depth, required, nullable, aside = name_parts(found.get("name", ""))
    level = plain_text(found.get("level", "")).strip()
    depth = int(level) if level.isdecimal() and len(level) == 1 else depth
    if not name or not identifier(name):
        return None
    phrase = _type(found.get("type", ""))
    known = attributes(aside.strip("*_ ")) if aside else None
    if known is not None:
        phrase, required = phrase or known.phrase, required if required is not None else known.required
    said = plain_text(found.get("required", ""))
    word = None if _NOTED.search(said) else required_word(said)
    if "optional" in found:
        optional = required_word(plain_text(found["optional"]))
        word = None if optional is None else not optional
    if word is None and phrase is None and "type" in found:
        known = attributes(plain_text(found["type"]))
        phrase, word = (known.phrase, known.required) if known else (None, None)
    default = _optional(found.get("default"))
    if word is None and default is not None and required_word(default, spelled=True):
        word, default = True, None  # what has no default is required, and says so in its place
    description = plain_text(found.get("description", ""))
    null_word = required_word(found.get("nullable", ""))
    return Row(
        name,
        Lines(row.number, max(row.number, row.last)),
        depth,
        phrase,
        word if word is not None else required,
        null_word if null_word is not None else nullable,
        description,
        _optional(found.get("example", found.get("value"))),
        default,
        _enum(found.get("enum", "")),
        plain_text(found.get("location", "")),
        plain_text(found.get("format", "")).strip("`"),
        {
            "seconds": "s",
            "秒": "s",
            "milliseconds": "ms",
            "毫秒": "ms",
            "ms": "ms",
            "s": "s",
            "%": "percent",
        }.get(folded(found.get("unit", "")), ""),
    )


def _type(text: str) -> TypePhrase | None:
    first, _, rest = plain_text(text).partition("\n")
    phrase = type_phrase(first.strip(), references=True)
    if phrase is None and rest:
        phrase = type_phrase(plain_text(text).replace("\n", " "), references=True)
    if (
        phrase is not None
        and rest
        and required_word(rest) is None
        and folded(rest) in {"nullable", "or null"}
    ):
        return replace(phrase, nullable=True)
    return phrase


def _optional(text: str | None) -> str | None:
    if text is None or folded(text) in _EMPTY:
        return None
    return plain_text(text).strip("`")


def _enum(text: str) -> tuple[object, ...]:
    if folded(text) in _EMPTY:
        return ()
    parts = [part for part in _ENUM_SPLIT.split(plain_text(text)) if part.strip()]
    if len(parts) < 2 or any(len(part.split()) > 3 for part in parts):
        return ()
    return tuple(literal(re.split(r"[:：(（=]", part)[0]) for part in parts)


def _values(
    columns: Sequence[str], header: Cells, rows: Sequence[Cells], setting: Setting, lead: str
) -> Iterator[Said]:
    """Read a table of values and their meanings: `Status | Meaning`, `Code | Message`."""
    at = next(columns.index(column) for column in ("value", "enum", "name") if column in columns)
    meant = columns.index("description") if "description" in columns else -1
    if meant < 0:
        meant = next((number for number in range(len(columns)) if number != at), -1)
    if columns[at] == "name" and not setting.roles & {"values", "codes", "error"}:
        return
    values = [
        Value(
            literal(plain_text(row.cells[at])),
            plain_text(row.cells[meant]) if 0 <= meant < len(row.cells) else "",
            row.number,
        )
        for row in rows
        if at < len(row.cells) and len(plain_text(row.cells[at]).split()) == 1
    ]
    spelled = {str(value.value) for value in values if re.search(r"\w", str(value.value))}
    if len(values) < 2 or len(values) < len(rows) or len(spelled) < len(values):
        return  # what the same word stands for in several rows is a column of a report
    lines = Lines(header.number, rows[-1].last or rows[-1].number)
    yield ValuesClaim(lines, setting.scope, _about(header.cells[at], values, setting, lead), tuple(values))


def _about(head: str, values: Sequence[Value], setting: Setting, lead: str) -> str:
    """Return the name of the field that the values are of, as the page gives it."""
    if all(isinstance(value.value, int) and 100 <= value.value < 600 for value in values):
        return "HTTP status"
    named = re.search(r"`([\w.\[\]*]+)`", f"{lead} {setting.title}")
    if named:
        return named[1]
    word = plain_text(head).strip("`: ")
    aside = re.search(r"[(（]([A-Za-z]\w*)[)）]\s*$", setting.title)
    if aside and (folded(aside[1]) == folded(word) or re.search(r"[a-z][A-Z]|_", aside[1])):
        return aside[1]
    if folded(word) in _CODES and marked_title(setting.title).mixed:
        return setting.title.strip("#:： ")
    if folded(word) in {
        "value",
        "enum value",
        "values",
        "enum",
        "constant",
        "name",
        "值",
        "枚举值",
        "valor",
        "値",
        "取值",
    }:
        return setting.title.strip("#:： ")
    return word


def _headless(rows: Iterable[Cells], setting: Setting, title: str) -> Iterator[Said]:
    """Read a table without a header that says field, type and text in each row."""
    read: list[Row] = []
    for row in rows:
        if len(row.cells) < 2:
            return
        name, depth, required, nullable, _ = name_parts(row.cells[0])
        known = attributes(plain_text(row.cells[1]).replace("\n", ", "))
        if not identifier(name) or known is None or known.phrase is None:
            return
        words = [required_word(plain_text(cell)) for cell in row.cells[2:]]
        word = next((word for word in words if word is not None), known.required)
        texts = [plain_text(cell) for cell, word_ in zip(row.cells[2:], words, strict=True) if word_ is None]
        read.append(
            Row(
                name,
                Lines(row.number, max(row.number, row.last)),
                depth,
                known.phrase,
                word if word is not None else required,
                nullable or known.nullable,
                " ".join(text for text in texts if text),
            )
        )
    if read:
        yield Listing(setting, tuple(read), title=title)


LAYOUT = Layout("table", frozenset({"table"}), _read)
