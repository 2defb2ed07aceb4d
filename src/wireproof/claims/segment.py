"""Lines → blocks: each taker recognises one kind of block at a line, and says where it ends.

Every line is taken once; a taker looks ahead only over lines that it then takes, or over a few.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Block, Cells, Line
from wireproof.claims.bodies import DEEPEST, starts_body
from wireproof.claims.cellrun import cell_entries, opens_entry
from wireproof.claims.phrases import attributes, identifier
from wireproof.claims.sections import unmarked_title
from wireproof.claims.words import COLUMNS, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["BULLET", "Taken", "Taker", "columns_of", "segment", "split_row"]

Taken = tuple["Block | None", int]
"""A block (or None for a line that says nothing) and the index of the line after it."""
Taker = "Callable[[Sequence[Line], int], Taken | None]"

BULLET = re.compile(r"(?P<indent>\s*)(?P<mark>[-*+•●◦▪‣·○■–—]|\d{1,3}[.)、])(?:\s+|(?<=[•●◦▪‣·○■、]))(?P<text>\S.*)")
_FENCE = re.compile(r"(?P<indent>\s*)(?P<ticks>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})(?:\s+(?P<text>.*?)\s*#*\s*|)$")
_SETEXT = re.compile(r"(=+|-{3,})\s*")
_BOLD = re.compile(r"(?:\*\*|__)(?P<text>[^*_]{2,60}?)(?:\*\*|__)\s*[:：]?\s*")
_DELIMITER = re.compile(r"\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*")
_DOCUMENT = re.compile(r"""(?:openapi\s*:\s*['"]?3|swagger\s*:\s*['"]?2)""")
_DOCUMENT_LINE = re.compile(r"""\s|[-\w$'"./]+\s*:(?:\s|$)|#|-\s|$""")
_CURL = re.compile(r"(?:\$\s*)?curl\s")
_RAW_CALL = re.compile(r"(?:GET|POST|PUT|PATCH|DELETE)\s+\S+\s+HTTP/\d")
_LANGUAGES: Final = frozenset("json bash shell curl http python javascript typescript java go yaml xml php copy ruby node text".split())
_TAG_OPEN = re.compile(r"\s*(?:<(?P<name>[A-Z]\w*)\b|\{%\s*(?P<block>swagger-parameter|api-method-parameter)\b)")
_TAG_FIELD = re.compile(r"""\b(?:name|path|query|header|body|cookie|field|in)\s*=\s*["'{]""")
_COLON_LINE = re.compile(r"[:：]\s*\S")


def segment(lines: Sequence[Line | Block]) -> list[Block]:
    """Return the blocks of a page, in order; blocks among the input are kept as they are."""
    blocks: list[Block] = []
    run: list[Line] = []
    for part in lines:
        if isinstance(part, Line):
            run.append(part)
        else:
            blocks += _segmented(run)
            run = []
            blocks.append(part)
    return blocks + _segmented(run)


def _segmented(lines: Sequence[Line]) -> list[Block]:
    blocks: list[Block] = []
    index = 0
    lead = ""
    while index < len(lines):
        if not lines[index].text.strip():
            index += 1
            continue
        block, after = _taken(lines, index)
        if block is not None:
            if lead and block.kind not in {"prose", "heading", "title"} and not block.lead:
                block = _with_lead(block, lead)
            if block.kind == "prose" and blocks and blocks[-1].kind == "prose" and _adjacent(blocks[-1], block):
                block = Block("prose", blocks.pop().lines + block.lines)
            blocks.append(block)
            last = block.lines[-1].bare if block.lines else ""
            lead = last if block.kind in {"prose", "title"} and last.endswith((":", "：")) else ""
        index = after
    return blocks


def _with_lead(block: Block, lead: str) -> Block:
    return Block(block.kind, block.lines, block.level, block.language, block.rows, lead)


def _adjacent(first: Block, second: Block) -> bool:
    return second.lines[0].number - first.lines[-1].number <= 1


def _taken(lines: Sequence[Line], index: int) -> Taken:
    for taker in TAKERS:
        taken = taker(lines, index)
        if taken is not None:
            return taken
    return Block("prose", (lines[index],)), index + 1


def _take_front_matter(lines: Sequence[Line], index: int) -> Taken | None:
    if index != 0 or lines[0].text.rstrip() != "---":
        return None
    for end in range(1, min(len(lines), 60)):
        if lines[end].text.rstrip() == "---":
            return Block("front", tuple(lines[1:end])) if end > 1 else None, end + 1
    return None


def _take_fence(lines: Sequence[Line], index: int) -> Taken | None:
    opened = _FENCE.match(lines[index].text)
    if opened is None:
        return None
    indent, ticks, info = len(opened["indent"]), opened["ticks"], opened["info"].strip()
    strict = info.split(" ")[0].lower() in {"yaml", "yml"}
    for end in range(index + 1, len(lines)):
        closing = _FENCE.match(lines[end].text)
        if closing is None or closing["ticks"][0] != ticks[0] or len(closing["ticks"]) < len(ticks):
            continue
        depth = len(closing["indent"])
        if depth > indent + (0 if strict else 3):
            continue
        if closing["info"].strip():
            return Block("code", tuple(lines[index:end]), -1, info), end
        return Block("code", tuple(lines[index : end + 1]), 1, info), end + 1
    end = _end_of_open_fence(lines, index + 1, info)
    return Block("code", tuple(lines[index:end]), -1, info), end


def _end_of_open_fence(lines: Sequence[Line], start: int, info: str) -> int:
    """Return where a fence that is never closed ends: at a heading, where `#` begins no comment."""
    if info.split(" ")[0].lower() in {"yaml", "yml", "python", "bash", "shell", "sh", "ruby"}:
        return len(lines)
    return next((end for end in range(start, len(lines)) if _HEADING.match(lines[end].text)), len(lines))


def _take_heading(lines: Sequence[Line], index: int) -> Taken | None:
    found = _HEADING.match(lines[index].text)
    if found is not None:
        text = (found["text"] or "").strip()
        return (Block("heading", (Line(lines[index].number, text),), len(found["marks"])) if text else None), index + 1
    text = lines[index].bare
    under = lines[index + 1].text if index + 1 < len(lines) else ""
    if _SETEXT.fullmatch(under) and text and "|" not in text and not BULLET.match(text) and text != "---" and len(under.strip()) > 2:
        level = 1 if under.startswith("=") else 2
        return Block("heading", (Line(lines[index].number, text),), level), index + 2
    if _SETEXT.fullmatch(text):
        return None, index + 1
    bold = _BOLD.fullmatch(text)
    if bold is not None and (unmarked_title(bold["text"]) is not None):
        return Block("title", (Line(lines[index].number, bold["text"].rstrip(":： ")),)), index + 1
    return None


def split_row(text: str) -> tuple[str, ...]:
    """Return the cells of a pipe row; an escaped pipe and one inside backticks is text."""
    bare = text.strip()
    bare = bare.removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
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
    return tuple(cell.rstrip()[1:] if cell.startswith(" ") else cell.rstrip() for cell in cells)


def columns_of(cells: Sequence[str]) -> list[str]:
    """Return what each column of a header row holds, an empty text for an unknown one."""
    return [COLUMNS.get(folded(cell).strip("*: "), "") for cell in cells]


def _take_table(lines: Sequence[Line], index: int) -> Taken | None:
    text = lines[index].text
    under = lines[index + 1].text if index + 1 < len(lines) else ""
    if "|" not in text:
        return _take_tabbed(lines, index)
    ruled = "|" in under + text and "-" in under and _DELIMITER.fullmatch(under) is not None
    if not ruled and not (text.lstrip().startswith("|") and under.lstrip().startswith("|")):
        return None
    rows: list[Cells] = []
    end = index
    while end < len(lines) and "|" in lines[end].text:
        if not _DELIMITER.fullmatch(lines[end].text):
            rows.append(Cells(lines[end].number, split_row(lines[end].text)))
        end += 1
    return Block("table", tuple(lines[index:end]), rows=tuple(rows)) if rows else None, end


def _take_tabbed(lines: Sequence[Line], index: int) -> Taken | None:
    """Take a table as a browser copies it: cells with tabs between them under a header that is known."""
    if "\t" not in lines[index].text.strip():
        return None
    header = tuple(cell.strip() for cell in lines[index].text.strip("\n").split("\t"))
    if sum(bool(column) for column in columns_of(header)) < 2:
        return None
    rows = [Cells(lines[index].number, header)]
    end = index + 1
    while end < len(lines) and "\t" in lines[end].text:
        rows.append(Cells(lines[end].number, tuple(cell.rstrip() for cell in lines[end].text.split("\t"))))
        end += 1
    return (Block("table", tuple(lines[index:end]), rows=tuple(rows)), end) if len(rows) > 1 else None


def _take_document(lines: Sequence[Line], index: int) -> Taken | None:
    if not _DOCUMENT.match(lines[index].text):
        return None
    end = index + 1
    while end < len(lines) and _DOCUMENT_LINE.match(lines[end].text) and not _DOCUMENT.match(lines[end].text):
        if lines[end].text.startswith("---") or _HEADING.match(lines[end].text):
            break
        end += 1
    return Block("document", tuple(lines[index:end])), end


def _take_body(lines: Sequence[Line], index: int) -> Taken | None:
    start = index
    if lines[index].bare.lower() in _LANGUAGES and index + 1 < len(lines):
        start = index + 1
        while start < len(lines) - 1 and start < index + 3 and (
            not lines[start].text.strip() or lines[start].bare.lower() in {"copy", "copy code", "复制"}
        ):
            start += 1
        if not starts_body(lines[start].text):
            return None
    if not starts_body(lines[start].text):
        return None
    end = _end_of_body(lines, start)
    return Block("body", tuple(lines[start:end]), language="lost" if start > index else ""), end


_NO_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"|//.*')
_NO_JSON = re.compile(r"\s*(?:#{1,6} |```|~~~|\|.*\||[A-Z][\w']* \w+ \w+)")


def _end_of_body(lines: Sequence[Line], start: int) -> int:
    """Return the index after the body: where its brackets close, or where no JSON goes on."""
    depth = 0
    for end in range(start, len(lines)):
        if end > start and _NO_JSON.match(lines[end].text):
            return end
        code = _NO_STRINGS.sub("", lines[end].text)
        depth += code.count("{") + code.count("[") - code.count("}") - code.count("]")
        if depth <= 0 or depth > 10 * DEEPEST:
            return end + 1
    return len(lines)


def _take_call(lines: Sequence[Line], index: int) -> Taken | None:
    start = index
    if lines[index].bare.lower() in {"bash", "shell", "curl", "http"} and index + 1 < len(lines):
        start = index + 1
    text = lines[start].bare
    if _RAW_CALL.match(text):
        end = start + 1
        while end < len(lines) and re.match(r"[\w-]+:\s*\S", lines[end].text):
            end += 1
        return Block("call", tuple(lines[start:end])), end
    if not _CURL.match(text):
        return None
    end = start
    quotes = 0
    while end < len(lines) and end - start < 400:
        line = lines[end].text.rstrip()
        quotes += line.replace("\\'", "").count("'")
        end += 1
        following = lines[end].bare if end < len(lines) else ""
        if not line.endswith(("\\", "^", "`")) and quotes % 2 == 0 and not following.startswith(("-H", "--", "-d", "-X")):
            break
    return Block("call", tuple(lines[start:end])), end


def _take_tags(lines: Sequence[Line], index: int) -> Taken | None:
    opened = _TAG_OPEN.match(lines[index].text)
    if opened is None:
        return None
    following = " ".join(line.text for line in lines[index : index + 8]).partition(">")[0]
    if opened["name"] and not _TAG_FIELD.search(following):
        return None
    end = index
    depth = 0
    while end < len(lines):
        text = lines[end].text
        if _FENCE.match(text) or _HEADING.match(text):
            break
        depth += len(re.findall(r"<[A-Z]\w*\b|\{%\s*swagger-parameter", text))
        depth -= len(re.findall(r"</[A-Z]\w*>|/>|\{%\s*endswagger-parameter", text))
        end += 1
        after = next((line.text for line in lines[end : end + 3] if line.text.strip()), "")
        if depth <= 0 and not _TAG_OPEN.match(after):
            break
    return Block("tags", tuple(lines[index:end])), end


def _take_cells(lines: Sequence[Line], index: int) -> Taken | None:
    if opens_entry(lines, index) is None:
        return None
    entries, end = cell_entries(lines, index)
    return (Block("cells", tuple(lines[index:end])), end) if entries else None


def _take_pairs(lines: Sequence[Line], index: int) -> Taken | None:
    """Take values that a scrape set on lines of their own: `init`, then `: initialization -`."""
    start = index + 1 if lines[index].bare in {"-", "•"} else index
    end = start
    while end + 1 < len(lines) and _is_value(lines[end].bare) and _COLON_LINE.match(lines[end + 1].bare):
        end += 2
        if end < len(lines) and lines[end].bare in {"-", "•"}:
            end += 1
    return (Block("pairs", tuple(lines[start:end])), end) if end >= start + 4 else None


def _is_value(text: str) -> bool:
    return identifier(text.strip("`'\"")) or text.lstrip("-").isdigit()


def _take_bullets(lines: Sequence[Line], index: int) -> Taken | None:
    if lines[index].bare in {"-", "*", "•"}:
        return None, index + 1
    first = BULLET.match(lines[index].text)
    if first is None:
        return None
    end = index + 1
    blank = False
    least = lines[index].indent
    while end < len(lines):
        text = lines[end].text
        if not text.strip():
            blank = True
            end += 1
            continue
        if BULLET.match(text) and lines[end].indent >= least - 3:
            least = min(least, lines[end].indent)
        elif lines[end].indent <= least or _FENCE.match(text) or starts_body(text) or (blank and lines[end].indent < least + 2):
            break
        blank = False
        end += 1
    while not lines[end - 1].text.strip():
        end -= 1
    return Block("bullets", tuple(line for line in lines[index:end] if line.text.strip())), end


def _take_title(lines: Sequence[Line], index: int) -> Taken | None:
    text = lines[index].bare
    if unmarked_title(text.strip("*:： ")) is None:
        return None
    return Block("title", (Line(lines[index].number, text.strip("*")),)), index + 1


def _take_component(lines: Sequence[Line], index: int) -> Taken | None:
    """Take a tag or template mark on a line of its own: its title, if it has one, heads what follows."""
    text = lines[index].bare
    if not text.startswith(("<", "{%", ":::")):
        return None
    if re.search(r"\bmethod\s*=", text) and re.search(r"\bpath\s*=", text):
        return Block("mark", (lines[index],)), index + 1
    named = re.search(r"""\b(?:title|label|status|summary)\s*=\s*["']([^"']{1,80})["']""", text)
    if named and not text.startswith(("</", "{% end")):
        return Block("title", (Line(lines[index].number, named[1]),)), index + 1
    if re.fullmatch(r"<(?:[A-Z]\w*)\s*[^<>]*>", text):
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.match(r"<(\w+)", text)[1])  # type: ignore[index]  # just matched
        if unmarked_title(words) is not None:
            return Block("title", (Line(lines[index].number, words),)), index + 1
    if re.fullmatch(r"</?[A-Za-z][\w.]*[^<>]*>|\{%.*%\}|:::.*", text):
        return Block("mark", (Line(lines[index].number, text),)), index + 1
    return None


def _take_attributes_heading(lines: Sequence[Line], index: int) -> Taken | None:
    """Take fields that are headings: `### id (string, required)`, or a heading over `Type: string`."""
    if not _headed(lines, index):
        return None
    end = index + 1
    while end < len(lines):
        text = lines[end].text
        if _HEADING.match(text) and not _headed(lines, end):
            break
        if _FENCE.match(text) or starts_body(text) or text.lstrip().startswith("|") or _CURL.match(text.strip()):
            break
        end += 1
    return Block("headed", tuple(lines[index:end])), end


_HEADED = re.compile(r"`?(?P<name>[^\s`(（:：]+)`?\s*(?:[(（](?P<facts>[^()（）]*(?:\([^()]*\))?[^()（）]*)[)）]|[:：—–-]?\s*(?P<loose>.*))")
_TYPE_LINE = re.compile(r"\W*(?:type|data type|类型|数据类型|型|tipo|typ)\W*[:：]", re.IGNORECASE)


def _headed(lines: Sequence[Line], index: int) -> bool:
    heading = _HEADING.match(lines[index].text)
    found = _HEADED.fullmatch((heading["text"] or "").strip().replace("**", "")) if heading else None
    if found is None or not identifier(found["name"].strip("`*")):
        return False
    facts = found["facts"] if found["facts"] is not None else (found["loose"] or "").strip("` ")
    if facts:
        known = attributes(facts.replace("`", ""))
        if known is None or known.phrase is None:
            return False
        return found["facts"] is not None or known.required is not None or not known.phrase.holds_fields
    below = next((line for line in lines[index + 1 : index + 4] if line.text.strip()), None)
    if below is None or _HEADING.match(below.text) or _FENCE.match(below.text):
        return False
    if _TYPE_LINE.match(below.bare):
        return True
    known = attributes(below.bare.replace("`", "").replace("*", "").replace("|", ",").strip())
    return known is not None and known.phrase is not None and unmarked_title(found["name"]) is None


TAKERS: Final[tuple[Callable[[Sequence[Line], int], Taken | None], ...]] = (
    _take_front_matter,
    _take_fence,
    _take_attributes_heading,
    _take_heading,
    _take_document,
    _take_tags,
    _take_component,
    _take_table,
    _take_call,
    _take_body,
    _take_cells,
    _take_pairs,
    _take_bullets,
    _take_title,
)
"""What can stand on a page, most certain first."""
