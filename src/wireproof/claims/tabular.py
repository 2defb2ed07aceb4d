"""Tables: pipes between the cells, or the tabs of a table that a browser copied."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Block, Cells
from wireproof.claims.bodies import starts_body
from wireproof.claims.marks import HEADING
from wireproof.claims.titles import unmarked_title
from wireproof.claims.words import COLUMNS, folded, roles_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.claims.blocks import Line, Taken

__all__ = ["columns_of", "is_ruling", "split_row", "take_table"]

_DELIMITER = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*")
_LONGEST_CELL: Final = 12
_DUTY = re.compile(
    r"(?:是否)?必(?:填|须|需|选|传|要|返回?|有|返回|会返回)[项否]?|是否(?:一定)?返回|"
    r"always(?: (?:there|present|returned|included|set|sent))?|(?:is )?(?:guaranteed|always present)"
)
_ASIDE = re.compile(r"\s*[\[(（][^\[\]()（）]{1,20}[\])）]\s*$")
_PARTS: Final = frozenset(
    {"request", "response", "path", "query", "header", "cookie", "body", "fields", "parameters", "filler"}
)


def is_ruling(text: str) -> bool:
    """Return whether a line is the ruling below a table's header."""
    return "|" in text and "-" in text and _DELIMITER.fullmatch(text) is not None


def split_row(text: str) -> tuple[str, ...]:
    """Return the cells of a pipe row; an escaped pipe and one inside backticks is text."""
    bare = text.rstrip()
    bare = bare.lstrip().removeprefix("|") if bare.lstrip().startswith("|") else bare
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    if "`" not in bare and "\\|" not in bare:
        return tuple(_trimmed(cell) for cell in bare.split("|"))
    cells: list[str] = []
    part: list[str] = []
    ticked = False
    place = 0
    while place < len(bare):
        char = bare[place]
        if char == "\\" and place + 1 < len(bare) and bare[place + 1] == "|":
            part.append("|")
            place += 2
            continue
        if char == "`":
            ticked = not ticked and "`" in bare[place + 1 : place + 200]
        if char == "|" and not ticked:
            cells.append("".join(part))
            part = []
        else:
            part.append(char)
        place += 1
    cells.append("".join(part))
    return tuple(map(_trimmed, cells))


def _trimmed(cell: str) -> str:
    return cell.rstrip()[1:] if cell.startswith(" ") else cell.rstrip()


def columns_of(cells: Sequence[str]) -> list[str]:
    """Return what each column of a header row holds, an empty text for an unknown one."""
    plain = (_ASIDE.sub("", cell) or cell for cell in cells)
    return [COLUMNS.get(folded(cell).strip("*: ")) or _worded(cell) for cell in plain]


def _worded(cell: str) -> str:
    """Return what a header of several words holds: `Response field`, 是否必返回."""
    if _DUTY.fullmatch(folded(cell)):
        return "required"
    words, others = roles_of(cell)
    named = words[-1:] in (["fields"], ["parameters"]) or folded(cell).endswith((" object", " key"))
    if others or len(words) < 2 or not named:
        return ""
    return "name" if set(words) <= _PARTS else ""


def take_table(lines: Sequence[Line], index: int) -> Taken | None:
    """Return the table that begins on the line, its ruling left out."""
    text = lines[index].text
    under = lines[index + 1].text if index + 1 < len(lines) else ""
    if "|" not in text:
        return _take_tabbed(lines, index)
    ruled = "|" in under + text and "-" in under and _DELIMITER.fullmatch(under) is not None
    if not ruled and not (text.lstrip().startswith("|") and under.lstrip().startswith("|")):
        return None
    end = index
    while end < len(lines) and ("|" in lines[end].text or _within_cell(lines, index, end)):
        below = lines[end + 1].text if end + 1 < len(lines) else ""
        if end > index + 1 and is_ruling(below) and not is_ruling(lines[end].text):
            break  # the header of the next table
        end += 1
    found = [line for line in lines[index:end] if not _DELIMITER.fullmatch(line.text)]
    rows = _rows(found)
    return Block("table", tuple(lines[index:end]), rows=rows) if rows else None, end


def _rows(lines: Sequence[Line]) -> tuple[Cells, ...]:
    """Return the rows of a table; what a line break put behind a row's last cell is put back."""
    left = min((line.indent for line in lines), default=0)
    rows: list[Cells] = []
    for line in lines:
        cells = split_row(line.text[left:])
        if rows and ("|" not in line.text or _ends_cell_above(line, lines[0])):
            above = rows.pop()
            rows.append(replace(above, cells=(*above.cells[:-1], f"{above.cells[-1]}\n{cells[0]}")))
            cells = cells[1:]
        if cells:
            rows.append(Cells(line.number, cells))
    return tuple(rows)


def _ends_cell_above(line: Line, header: Line) -> bool:
    """Return whether a line begins with the rest of the last cell above, and has its own row behind that.

    The rows of its table begin with a pipe; it does not, and has a cell too many.
    """
    framed = header.text.lstrip().startswith("|") and not line.text.lstrip().startswith("|")
    return framed and len(split_row(line.text)) == len(split_row(header.text)) + 1


def _within_cell(lines: Sequence[Line], header: int, index: int) -> bool:
    """Return whether a line without a pipe stands in a cell that the next line ends."""
    inside = index > header + 1 and index + 1 < len(lines) and bool(lines[index].bare)
    return inside and _ends_cell_above(lines[index + 1], lines[header])


def _take_tabbed(lines: Sequence[Line], index: int) -> Taken | None:
    """Take a table as a browser copies it: cells with tabs between them under a header that is known."""
    if "\t" not in lines[index].text.strip():
        return None
    header = tuple(cell.strip() for cell in lines[index].text.strip("\n").split("\t"))
    if sum(bool(column) for column in columns_of(header)) < 2:
        return None
    rows = [Cells(lines[index].number, header)]
    end = index + 1
    while end < len(lines):
        row = tuple(cell.rstrip() for cell in lines[end].text.split("\t"))
        if len(row) > 1:
            rows.append(Cells(lines[end].number, row, lines[end].number))
            end += 1
            continue
        following = _rest_of_cell(lines, end, len(header))
        if following == end:
            break
        text = "\n".join(line.bare for line in lines[end:following])
        last = rows[-1]
        rows[-1] = Cells(
            last.number, (*last.cells[:-1], f"{last.cells[-1]}\n{text}"), lines[following - 1].number
        )
        end = following
    return (Block("table", tuple(lines[index:end]), rows=tuple(rows)), end) if len(rows) > 1 else None


def _rest_of_cell(lines: Sequence[Line], start: int, columns: int) -> int:
    """Return the index after lines that go on with the cell above: a row of the table follows them soon."""
    for index in range(start, min(start + _LONGEST_CELL, len(lines))):
        text = lines[index].text
        if (
            text.count("\t") in {columns - 1, columns - 2}
            and columns_of(text.split("\t")).count("") > columns - 2
        ):
            return index
        if not text.strip() or starts_body(text) or unmarked_title(text) is not None or HEADING.match(text):
            break
    return start
