"""The pieces of a page between bytes and claims: lines and blocks."""

from __future__ import annotations

from dataclasses import dataclass

from wireproof.claims.claim import Lines

__all__ = ["Block", "Cells", "Line", "Taken"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page, cleaned, with its indentation; `number` counts from 1.

    `last` is the number of its last line where it was put together from several, else 0.
    """

    number: int
    text: str
    last: int = 0

    @property
    def bare(self) -> str:
        """Return the text without the blanks around it."""
        return self.text.strip()

    @property
    def indent(self) -> int:
        """Return the number of columns before the first character."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def span(self) -> Lines:
        """Return the lines that it was put together from."""
        return Lines(self.number, max(self.number, self.last))


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table; `spanned` are the cells that began in a row above it."""

    number: int
    cells: tuple[str, ...]
    last: int = 0
    spanned: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines of one kind.

    Kinds: `heading` (`level`, from 1), `title` (an unmarked heading), `code` (`language` is the
    fence's info string), `body` (bare JSON), `call`, `table` (`rows`), `cells` (one cell a
    line), `bullets`, `pairs` (a value, then a line that starts with a colon), `headed` (fields
    as headings), `tags` (components with attributes), `document` (bare OpenAPI), `prose`.
    `lead` is the text line directly above, where it ends with a colon or is a name in bold.
    """

    kind: str
    lines: tuple[Line, ...]
    level: int = 0
    language: str = ""
    rows: tuple[Cells, ...] = ()
    lead: str = ""

    @property
    def span(self) -> Lines:
        """Return the lines that the block covers."""
        if self.rows:
            return Lines(self.rows[0].number, self.rows[-1].last or self.rows[-1].number)
        return Lines(self.lines[0].number, self.lines[-1].span.last)

    @property
    def text(self) -> str:
        """Return the lines joined."""
        return "\n".join(line.text for line in self.lines)


Taken = tuple[Block | None, int]
"""A block, or None for a line that says nothing, and the index of the line after it."""
