"""HTML → lines and blocks: headings, tables, lists and code keep their form, the rest is loose lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Block, Cells, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_markup", "markup_parts", "with_tables"]

_STARTS = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|article)\b", re.IGNORECASE | re.DOTALL
)
_SILENT: Final = frozenset("script style svg nav footer noscript template button select iframe head".split())
_BREAKS: Final = frozenset(
    "p div section article main aside header ul ol dl table tr form fieldset details summary figure "
    "blockquote li dt dd "
    "h1 h2 h3 h4 h5 h6 pre br hr body html span-block label option tbody thead".split()
)
_IN_TABLE: Final = frozenset({"tr", "td", "th", "table", "br", "p", "div", "li"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STYLE = re.compile(r"(?:padding|margin)-left\s*:\s*(\d{1,4}(?:\.\d+)?)(px|em|rem)", re.IGNORECASE)
_BROKEN_TAG = re.compile(r"<(?![^<>]{1,4000}>)")
"""Begins no tag that ends: read as text, so that a parser does not search for its end again and again."""
_WIDEST: Final = 40
"""Columns that one cell may go over."""
_LANGUAGE = re.compile(r"(?:language|lang|highlight-source)-(\w+)")


def is_markup(text: str) -> bool:
    """Return whether a page is HTML as a whole."""
    return _STARTS.match(text[:4096]) is not None


def markup_parts(lines: Sequence[Line]) -> tuple[list[Line | Block], str]:
    """Return the text of HTML as lines and blocks, and the page's title."""
    reader = _Reader([line.number for line in lines])
    reader.feed(_BROKEN_TAG.sub("&lt;", "\n".join(line.text for line in lines)))
    reader.close()
    reader.flush()
    return reader.parts, reader.title.strip()


class _Reader(HTMLParser):
    """Collects text by the line it stands on."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(convert_charrefs=True)
        self.numbers = numbers
        self.parts: list[Line | Block] = []
        self.title = ""
        self.text: list[str] = []
        self.number = 1
        self.silent: list[str] = []
        self.in_title = False
        self.heading = 0
        self.depth = 0
        self.code: list[Line] | None = None
        self.code_language = ""
        self.tables: list[_Table] = []

    def line(self) -> int:
        row = self.getpos()[0] - 1
        return self.numbers[min(row, len(self.numbers) - 1)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        tag = tag.removeprefix("md-")
        if tag == "title":
            self.in_title = True
        if tag in _SILENT:
            self.silent.append(tag)
        if self.silent:
            return
        if self.code is not None:
            self._start_in_code(tag, attrs)
        elif tag == "pre":
            self.flush()
            self.code, self.code_language = [Line(self.line(), "")], _language(attrs)
        elif tag == "code":
            self._add("`")
        elif self.tables and tag in _IN_TABLE:
            self._table_start(tag, attrs)
        elif tag == "table":
            self.flush()
            self.tables.append(_Table())
        elif tag in _BREAKS:
            self._start_block(tag)

    def _start_in_code(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "code" and not self.code_language:
            self.code_language = _language(attrs)
        if tag in {"br", "div", "p"}:
            self._code_text("\n")

    def _start_block(self, tag: str) -> None:
        self.flush()
        self.heading = int(tag[1]) if tag in _HEADINGS else 0
        if tag in {"ul", "ol"}:
            self.depth += 1
        if tag in {"li", "dt"}:
            self._add("  " * max(0, self.depth - 1) + "- ")
        if tag == "dd":
            self._add(self._popped_term())

    def handle_endtag(self, tag: str) -> None:
        """End an element; an end without a start is passed over."""
        tag = tag.removeprefix("md-")
        if tag == "title":
            self.in_title = False
        if self.silent:
            if tag in self.silent:
                while self.silent.pop() != tag:
                    pass
        elif self.code is not None:
            if tag == "pre":
                self._close_code()
        elif tag == "code":
            self._add("`")
        elif self.tables and tag == "table":
            self._end_table()
        elif not self.tables and tag in _BREAKS:
            self.flush()
            self.depth = max(0, self.depth - (tag in {"ul", "ol"}))
            self.heading = 0

    def handle_data(self, data: str) -> None:
        """Take text; each of its lines keeps its number."""
        if self.in_title:
            self.title += data
        if self.silent or self.in_title:
            return
        if self.code is not None:
            self._code_text(data)
        elif self.tables:
            self.tables[-1].add(data)
        else:
            first, *others = data.split("\n")
            self._add(first)
            for offset, rest in enumerate(others, 1):
                if not self.text and rest.strip():
                    self.number = self.numbers[min(self.getpos()[0] - 1 + offset, len(self.numbers) - 1)]
                    self.text = [rest.lstrip()]
                elif rest.strip():
                    self.text.append(" " + rest.strip())

    def _add(self, text: str) -> None:
        if self.tables:
            self.tables[-1].add(text)
            return
        if not any(part.strip() for part in self.text):
            self.text = [part for part in self.text if part]
            self.number = self.line()
        if text:
            self.text.append(
                text if self.text else text.lstrip() if not text.lstrip().startswith("- ") else text
            )

    def flush(self) -> None:
        """End the line of text that is being collected."""
        text = "".join(self.text).replace("\t", " ").replace("\u00a0", " ").rstrip()
        self.text = []
        if not text.strip(" -`"):
            return
        if self.heading:
            self.parts.append(Block("heading", (Line(self.number, text.strip()),), self.heading))
        else:
            self.parts.append(Line(self.number, text))

    def _popped_term(self) -> str:
        """Take back the line of the term that a definition belongs to, so that both make one bullet."""
        if self.parts and isinstance(self.parts[-1], Line) and self.parts[-1].text.lstrip().startswith("- "):
            last = self.parts.pop()
            if isinstance(last, Line):
                return last.text + ": "
        return ""

    def _code_text(self, data: str) -> None:
        if self.code is None:
            return
        pieces = data.split("\n")
        row = self.getpos()[0] - 1
        self.code[-1] = Line(self.code[-1].number, self.code[-1].text + pieces[0])
        for offset, piece in enumerate(pieces[1:], 1):
            self.code.append(Line(self.numbers[min(row + offset, len(self.numbers) - 1)], piece))

    def _close_code(self) -> None:
        lines = [line for line in self.code or () if line.text.strip()]
        if lines:
            self.parts.append(Block("code", tuple(lines), 0, self.code_language))
        self.code = None

    def _table_start(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        table = self.tables[-1]
        if tag == "table":
            self.tables.append(_Table())
        elif tag == "tr":
            table.start_row(self.line())
        elif tag in {"td", "th"}:
            table.start_cell(self.line(), _indent(attrs), _span(attrs, "rowspan"), _span(attrs, "colspan"))
        elif tag == "br":
            table.add("\n")
        else:
            table.add(" ")

    def _end_table(self) -> None:
        rows = self.tables.pop().finished()
        if self.tables:
            self.tables[-1].add(" ".join(" ".join(row.cells) for row in rows))
        elif rows:
            self.parts.append(Block("table", (), rows=tuple(rows)))


class _Table:
    """The rows of one table, while it is read."""

    def __init__(self) -> None:
        self.rows: list[tuple[list[int], list[_Spanning]]] = []

    def start_row(self, number: int) -> None:
        self.rows.append(([number], []))

    def start_cell(self, number: int, indent: int, down: int, across: int) -> None:
        if not self.rows:
            self.start_row(number)
        self.rows[-1][0].append(number)
        self.rows[-1][1].append(_Spanning([" " * indent], down, across))

    def add(self, text: str) -> None:
        if self.rows and self.rows[-1][1]:
            self.rows[-1][1][-1].parts.append(text)

    def finished(self) -> list[Cells]:
        """Return the rows with every cell at its column: one that spans several stands in each of them."""
        rows: list[Cells] = []
        open_: dict[int, tuple[str, int]] = {}
        for numbers, cells in self.rows:
            texts: list[str] = []
            spanned: set[int] = set()
            waiting = list(cells)
            above, open_ = open_, {}
            while waiting or len(texts) in above:
                column = len(texts)
                if column in above:
                    text, left = above[column]
                    spanned.add(column)
                    texts.append(text)
                    if left > 1:
                        open_[column] = (text, left - 1)
                    continue
                cell = waiting.pop(0)
                text = _cell(cell.parts)
                for place in range(cell.across):
                    texts.append(text if place == 0 else "")
                    if cell.down > 1:
                        open_[column + place] = (texts[-1], cell.down - 1)
            number = numbers[1] if len(numbers) > 1 else numbers[0]
            rows.append(Cells(number, tuple(texts), numbers[-1], frozenset(spanned)))
        return [row for row in rows if any(cell.strip() for cell in row.cells)]


@dataclass(slots=True)
class _Spanning:
    """A cell, and over how many rows and columns it goes."""

    parts: list[str]
    down: int
    across: int


def _cell(parts: Sequence[str]) -> str:
    """Return the text of a cell; non-breaking blanks at its start are its indentation."""
    text = "".join(parts[1:])
    lead = text[: len(text) - len(text.lstrip())].count("\u00a0")
    pieces = [" ".join(piece.split()) for piece in text.strip().split("\n")]
    return parts[0] + " " * lead + "\n".join(piece for piece in pieces if piece)


def _language(attrs: Sequence[tuple[str, str | None]]) -> str:
    joined = " ".join(
        value or "" for name, value in attrs if name in {"class", "data-lang", "lang", "data-language"}
    )
    found = _LANGUAGE.search(joined)
    return found[1] if found else ""


def _span(attrs: Sequence[tuple[str, str | None]], name: str) -> int:
    """Return how many rows or columns a cell goes over."""
    written = next((value or "" for key, value in attrs if key == name), "").strip()
    known = re.fullmatch(r"[1-9]\d{0,2}", written, re.ASCII)
    return int(written) if known and (name == "rowspan" or int(written) <= _WIDEST) else 1


def _indent(attrs: Sequence[tuple[str, str | None]]) -> int:
    """Return the indentation that a cell's style gives it, in columns."""
    style = next((value or "" for name, value in attrs if name == "style"), "")
    found = _STYLE.search(style)
    if found is None:
        return 0
    return round(float(found[1]) / (8 if found[2].lower() == "px" else 1))


def with_tables(lines: Sequence[Line]) -> list[Line | Block]:
    """Return Markdown with its HTML tables read as tables."""
    parts: list[Line | Block] = []
    held: list[Line] = []
    fenced = False
    for line in lines:
        fenced ^= line.text.lstrip().startswith(("```", "~~~"))
        lowered = line.text.lower()
        if held or (not fenced and ("<table" in lowered or "<md-table" in lowered)):
            held.append(line)
            if "</table" in lowered or "</md-table" in lowered:
                parts += markup_parts(held)[0]
                held = []
        else:
            parts.append(line)
    return parts + (markup_parts(held)[0] if held else [])
