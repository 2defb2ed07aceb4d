"""Lines of other markups → Markdown: AsciiDoc, grids of reStructuredText, API Blueprint, definitions.

Each rewriter is asked for a page that shows its marks, leaves code alone, and keeps the lines' numbers.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Line
from wireproof.claims.marks import BULLET, FENCE, HEADING
from wireproof.claims.phrases import identifier, required_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["as_markdown"]

_FEW: Final = 60
"""Lines of a page in which it shows the marks of what it is written in."""
_GRID = re.compile(r"\s*\+(?:[-=]{2,}\+)+\s*")
_GRID_ROW = re.compile(r"\s*[|+].*[|+]\s*")
_ADOC = re.compile(r"\|={3,}|\[(?:source|cols|%header|horizontal)[\],=%]|={2,5} \S|:\w[\w-]*:( |$)")
_ADOC_HEADING = re.compile(r"(?P<marks>={1,6}) (?P<text>\S.*)")
_ADOC_SOURCE = re.compile(r"\[(?:source|listing)?(?:%\w+)?,?\s*(?P<language>\w*)[^\]]*\]")
_ADOC_FENCE = re.compile(r"(?:-{4,}|\.{4,})")
_ADOC_CELL = re.compile(r"(?:^|(?<=\s))(?:\d+\+|\.\d+\+)?[<^>]?[aehlms]?\|")
_ADOC_COLUMNS = re.compile(r"""cols\s*=\s*["']?(?:(?P<times>\d+)\*|(?P<list>[^"'\]]+))""")
_ADOC_TERM = re.compile(r"(?P<indent>\s*)(?P<term>`?[\w.\[\]-]+`?(?: \([^()]*\))?)::+(?:\s+(?P<text>\S.*))?")
_BLUEPRINT = re.compile(r"FORMAT:\s*1A\d*|\s*[+-] Response \d{3}(?:\s*\([\w/+.;= -]+\))?")
_BLUEPRINT_PART = re.compile(
    r"(?P<indent>\s*)[+-] (?P<part>Parameters?|Request|Response|Attributes?|Body|Schema|Headers|Model)\b"
    r"(?P<rest>[^:：`]*)"
)
_BLUEPRINT_TITLES: Final = {
    "parameters": "Parameters",
    "parameter": "Parameters",
    "attributes": "fields",
    "attribute": "fields",
    "headers": "headers",
}
_CALLED = re.compile(
    r"(?P<title>.*?)\s*\[(?:(?P<method>GET|POST|PUT|PATCH|DELETE)(?:\s+(?P<own>/[^\]\s]*))?|"
    r"(?P<path>/[^\]\s]*))\]\s*"
)
_TERM = re.compile(
    r"(?P<indent>\s*)(?:`(?P<code>[^`\s]+)`|\*\*(?P<bold>[^*\s]+)\*\*|(?P<bare>[A-Za-z_][\w.\[\]-]*))"
    r"(?P<aside>\s*(?:[_*]{1,2}[^_*`\n]{2,20}[_*]{1,2}|[(（][^()（）\n]{2,20}[)）]|\s[a-z]{8,9}))?\s*"
)
_DEFINITION = re.compile(r"(?P<indent>\s*):\s+(?P<text>\S.*)")


def as_markdown(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with what other markups write as tables, lists and titles written as Markdown does."""
    made = list(lines)
    if any(_ADOC.match(line.bare) for line in made[:_FEW]) and not any(map(_is_fence, made)):
        made = list(_asciidoc(made))
    if any(_BLUEPRINT.fullmatch(line.text) for line in made):
        made = list(_blueprint(made))
    if any(_GRID.fullmatch(line.text) for line in made):
        made = _outside_code(made, _grids)
    if any(_DEFINITION.match(line.text) for line in made):
        made = _outside_code(made, _definitions)
    return made


def _is_fence(line: Line) -> bool:
    return line.bare.startswith(("```", "~~~"))


def _outside_code(lines: Sequence[Line], rewrite: Callable[[list[Line]], Iterator[Line]]) -> list[Line]:
    """Return the lines, those outside of fences rewritten."""
    made: list[Line] = []
    held: list[Line] = []
    ticks = ""
    for line in lines:
        fence = FENCE.match(line.text)
        if not ticks and fence is None:
            held.append(line)
            continue
        made += rewrite(held)
        held = []
        made.append(line)
        if fence is not None:
            ticks = (
                ("" if fence["ticks"].startswith(ticks) and not fence["info"] else ticks)
                if ticks
                else fence["ticks"]
            )
    return [*made, *rewrite(held)]


def _row(cells: Sequence[str], first: Line, last: Line) -> Line:
    text = " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return Line(first.number, f"| {text} |", last.number if last.number > first.number else 0)


def _ruling(columns: int, line: Line) -> Line:
    return Line(line.number, "|" + "---|" * columns)


def _grids(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines with each grid of `+---+` and `|` as a table of pipes."""
    index = 0
    while index < len(lines):
        if not _GRID.fullmatch(lines[index].text):
            yield lines[index]
            index += 1
            continue
        end = index + 1
        while end < len(lines) and _GRID_ROW.fullmatch(lines[end].text):
            end += 1
        yield from _grid(lines[index:end])
        index = end


def _grid(lines: Sequence[Line]) -> Iterator[Line]:
    bounds = [place for place, char in enumerate(lines[0].text.rstrip()) if char == "+"]
    held: list[Line] = []
    ruled = False
    for line in lines[1:]:
        if not _GRID.fullmatch(line.text):
            held.append(line)
            continue
        if held:
            cells = [
                " ".join(one.text[start + 1 : stop].strip(" |") for one in held)
                for start, stop in pairwise(bounds)
            ]
            yield _row([cell.replace("``", "`") for cell in cells], held[0], held[-1])
            if not ruled:
                yield _ruling(len(cells), line)
                ruled = True
        held = []
    yield Line(lines[-1].number, "")


def _asciidoc(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield AsciiDoc with its titles, listings, tables and descriptions as Markdown has them."""
    language = ""
    columns = 0
    index = 0
    while index < len(lines):
        line = lines[index]
        source = _ADOC_SOURCE.fullmatch(line.bare)
        if line.bare.startswith("|==="):
            end = next(
                (at for at in range(index + 1, len(lines)) if lines[at].bare.startswith("|===")), len(lines)
            )
            yield from _table(lines[index + 1 : end], columns)
            index, columns = end + 1, 0
            continue
        if _ADOC_FENCE.fullmatch(line.bare):
            end = _closing(lines, index, line.bare)
            yield Line(line.number, f"```{language}")
            yield from lines[index + 1 : end]
            yield Line(lines[min(end, len(lines) - 1)].number, "```")
            index, language = end + 1, ""
            continue
        if line.bare.startswith("[") and line.bare.endswith("]"):
            language = source["language"] if source else language
            columns = _columns(line.bare) or columns
        else:
            term = _ADOC_TERM.fullmatch(line.text.rstrip())
            bare = term is not None and not term["text"] and index + 1 < len(lines)
            below = lines[index + 1].bare if bare else ""
            yield from _adoc_line(line, below)
            index += bool(below)
        index += 1


def _closing(lines: Sequence[Line], index: int, mark: str) -> int:
    """Return the index of the line that closes what a line opens with the same mark, or the end."""
    return next((at for at in range(index + 1, len(lines)) if lines[at].bare == mark), len(lines))


def _columns(text: str) -> int:
    found = _ADOC_COLUMNS.search(text)
    if found is None:
        return 0
    return int(found["times"]) if found["times"] else found["list"].count(",") + 1


def _adoc_line(line: Line, below: str) -> Iterator[Line]:
    """Yield a line as Markdown; `below` is the text of a term that stands on the next one."""
    heading = _ADOC_HEADING.fullmatch(line.text.rstrip())
    term = _ADOC_TERM.fullmatch(line.text.rstrip())
    if heading:
        yield Line(line.number, f"{'#' * len(heading['marks'])} {heading['text']}")
    elif term:
        name, _, aside = term["term"].partition(" ")
        yield Line(line.number, f"{term['indent']}- {_defined(name, aside, term['text'] or below)}")
    elif re.fullmatch(r"\.[A-Z]\S.*", line.bare):
        yield Line(line.number, f"**{line.bare[1:]}**")
    else:
        yield line


def _table(lines: Sequence[Line], columns: int) -> Iterator[Line]:
    """Yield the rows of an AsciiDoc table: as many cells a row as its first line, or its attributes, have."""
    told = [line for line in lines if line.bare]
    cells: list[tuple[str, Line, Line]] = []
    for line in told:
        marks = [*_ADOC_CELL.finditer(line.text)]
        before = line.text[: marks[0].start()] if marks else line.text
        if before.strip() and cells:
            cells[-1] = (f"{cells[-1][0]} {before.strip()}", cells[-1][1], line)
        ends = [*(mark.start() for mark in marks), len(line.text)][1:]
        cells += [
            (line.text[mark.end() : end].strip(), line, line) for mark, end in zip(marks, ends, strict=True)
        ]
    columns = columns or (len([*_ADOC_CELL.finditer(told[0].text)]) if told else 0)
    for start in range(0, len(cells) - columns + 1 if columns else 0, max(1, columns)):
        row = cells[start : start + columns]
        yield _row([text for text, _, _ in row], row[0][1], row[-1][2])
        if start == 0:
            yield _ruling(columns, row[-1][2])
    if lines:
        yield Line(lines[-1].number, "")


def _blueprint(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield API Blueprint with its sections as titles, and what stands inside them moved to the margin."""
    path = ""
    side = ""
    left = 0
    for line in lines:
        heading = HEADING.match(line.text)
        called = _CALLED.fullmatch(heading["text"] or "") if heading else None
        part = _BLUEPRINT_PART.fullmatch(line.text)
        if heading:
            left, side = 0, ""
            path = (called["path"] or called["own"] or path) if called else path
            yield line
            if called and called["method"] and path and not called["own"]:
                yield Line(line.number, f"`{called['method']} {re.sub(r'[{][?&][^{}]*[}]', '', path)}`")
        elif part:
            word = part["part"].lower()
            side = part["part"] if word in {"request", "response"} else side
            left = len(part["indent"]) + 1
            status = re.search(r"\d{3}", part["rest"])
            if word in {"request", "response"}:
                yield Line(line.number, f"**{part['part']}{f' {status[0]}' if status else ''}**")
            elif word in _BLUEPRINT_TITLES and (side or word.startswith("param")):
                shown = f"{side} {_BLUEPRINT_TITLES[word]}" if side else "Parameters"
                yield Line(line.number, f"**{shown}**")
        else:
            yield Line(line.number, _moved(line.text, left), line.last)


def _moved(text: str, left: int) -> str:
    lead = len(text) - len(text.lstrip())
    return text[min(lead, left) :] if left else text


def _definitions(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines with a term and the `: text` below it as one bullet."""
    index = 0
    while index < len(lines):
        term = _TERM.fullmatch(lines[index].text)
        below = next((at for at in range(index + 1, min(index + 3, len(lines))) if lines[at].bare), 0)
        text = _DEFINITION.match(lines[below].text) if below and term else None
        if term is None or text is None or BULLET.match(lines[index].text):
            yield lines[index]
            index += 1
            continue
        name = term["code"] or term["bold"] or term["bare"]
        if not identifier(name) or (term["bare"] and not text["text"].startswith("`")):
            yield lines[index]
            index += 1
            continue
        said = _defined(name, term["aside"] or "", text["text"])
        yield Line(lines[index].number, f"{term['indent']}- {said}", lines[below].number)
        index = below + 1


def _defined(name: str, aside: str, text: str) -> str:
    """Return the bullet of a term: its name, its type where the text begins with one as code, the rest."""
    word = re.sub(r"[\W_]+", " ", aside).strip()
    duty = (
        f" ({word})" if required_word(word, spelled=True) is not None else f" {aside.strip()}" if word else ""
    )
    typed = re.match(r"`(?P<type>[^`]{1,40})`[\s.:：—–-]*", text)
    bare = name.strip("`")
    if typed and not typed["type"].startswith(("{", "[")):
        return f"`{bare}` `{typed['type']}`{duty} - {text[typed.end() :]}".rstrip(" -")
    return f"`{bare}`{duty}: {text}".rstrip(": ")
