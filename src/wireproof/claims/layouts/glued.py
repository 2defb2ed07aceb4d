"""Fields whose separators a copy lost: `code(integer): text.data(object): text`, `codeStringText`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import Lines
from wireproof.claims.layout import Layout
from wireproof.claims.listing import Listing, Row
from wireproof.claims.phrases import attributes, identifier, type_phrase
from wireproof.claims.words import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.claims.blocks import Block, Line
    from wireproof.claims.layout import Said
    from wireproof.claims.phrases import Attributes
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_FIELD = re.compile(
    r"(?:(?<=[.:;,。：；])|(?<=\s)|"
    r"^)(?P<name>[A-Za-z_]\w{0,60})\s?[(（](?P<facts>[^()（）]{3,60})[)）]\s*(?:[:：]|-\s)"
)
_GOES_ON = re.compile(
    r"(?:including|includes|contains|包括|包含|incluye|以下を含む)\s*[:：]?\s*$", re.IGNORECASE
)
"""Ends the description of an object whose fields follow on the same line."""
_CELL = re.compile(
    r"(?P<name>[A-Za-z_][\w.\[\]*]*?)(?P<type>String|Number|Integer|Int|Long|Float|Double|Boolean|Bool|"
    r"Object|Array|List)"
    r"(?P<rest>[^a-z].*|)"
)
_FEWEST: Final = 2


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    listed = bool(setting.roles & {"parameters", "fields"})
    rows = _sentences(block.lines, listed=listed) or _table(block.lines)
    if rows:
        yield Listing(setting, tuple(rows), title=setting.title)


def _sentences(lines: Sequence[Line], *, listed: bool) -> list[Row]:
    """Return the fields of lines that run several `name(type): text` together.

    One alone is enough below a title that announces a list (`listed`), at the start of its line.
    """
    rows: list[Row] = []
    nests = False
    for line in lines:
        found = _fields(line.text[:4000])
        alone = len(found) == 1 and (rows or (listed and not line.text[: found[0][0].start()].strip()))
        if len(found) < _FEWEST and not alone:
            continue
        ends = [match.start() for match, _ in found[1:]] + [len(line.text)]
        texts = [line.text[match.end() : end].strip() for (match, _), end in zip(found, ends, strict=True)]
        nests = nests or any(_GOES_ON.search(text) for text in texts)
        depth = 0 if nests else None
        for (match, facts), text in zip(found, texts, strict=True):
            here = Lines(line.number, line.number)
            rows.append(Row(match["name"], here, depth, facts.phrase, facts.required, facts.nullable, text))
            depth = 1 if depth is not None and (depth or _GOES_ON.search(text)) else depth
    return rows


def _fields(text: str) -> list[tuple[re.Match[str], Attributes]]:
    """Return each `name(type):` of a line, with what the parentheses say."""
    known = ((match, attributes(match["facts"])) for match in _FIELD.finditer(text))
    return [(match, facts) for match, facts in known if facts is not None and facts.phrase is not None]


def _table(lines: Sequence[Line]) -> list[Row]:
    """Return the rows of a table that lost the edges of its cells, below a header that lost them too."""
    start = next((number for number, line in enumerate(lines) if _is_header(line.bare)), len(lines))
    rows: list[Row] = []
    for line in lines[start + 1 :]:
        found = _CELL.fullmatch(line.bare)
        phrase = type_phrase(found["type"]) if found else None
        if found is None or phrase is None or not identifier(found["name"]):
            break
        lines_of = Lines(line.number, line.number)
        rows.append(Row(found["name"], lines_of, None, phrase, description=found["rest"].strip()))
    return rows if len(rows) >= _FEWEST else []


def _is_header(text: str) -> bool:
    """Return whether the text is words of a header glued together: `FieldTypeDescription`."""
    words = re.findall(r"[A-Z][a-z]+", text)
    columns = [COLUMNS.get(word.lower(), "") for word in words]
    return "".join(words) == text and "name" in columns and "type" in columns


LAYOUT = Layout("glued", frozenset({"prose"}), _read)
