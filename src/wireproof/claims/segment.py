"""Lines → blocks: each taker recognises one kind of block at a line, and says where it ends.

Every line is taken once; a taker looks ahead only over lines that it then takes, or over a few.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Block, Line
from wireproof.claims.bodies import DEEPEST, starts_body
from wireproof.claims.cellrun import take_cells, take_columns
from wireproof.claims.gluedcells import take_glued
from wireproof.claims.headings import heads_code, heads_variant, take_headed, take_heading
from wireproof.claims.marks import BULLET, CURL, FENCE, HEADING
from wireproof.claims.phrases import identifier
from wireproof.claims.tabular import take_table
from wireproof.claims.titles import unmarked_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from wireproof.claims.blocks import Taken

__all__ = ["segment"]


_DOCUMENT = re.compile(r"""(?:openapi\s*:\s*['"]?3|swagger\s*:\s*['"]?2)""")
_DOCUMENT_LINE = re.compile(r"""\s|[-\w$'"./]+\s*:(?:\s|$)|#|-\s|$""")
_RAW_CALL = re.compile(r"(?:GET|POST|PUT|PATCH|DELETE)\s+\S+\s+HTTP/\d")
_LANGUAGES: Final = frozenset(
    "json bash shell curl http python javascript typescript java go yaml xml php copy ruby node text".split()
)
_TAG_OPEN = re.compile(
    r"\s*(?:<(?P<name>[A-Z]\w*)\b|\{%\s*(?P<block>swagger-parameter|api-method-parameter)\b)"
)
_TAG_FIELD = re.compile(r"""\b(?:name|path|query|header|body|cookie|field|in)\s*=\s*["'{]""")
_BOLD_NAME = re.compile(r"(\*\*|__)`?[A-Za-z][\w.]*`?\1")
"""Heads the table or list of a structure that another one names."""
_HIDDEN: Final = {"<!--": "-->", "{/*": "*/}"}
"""How a comment of the page itself begins and ends."""
_HIDDEN_LINE = re.compile(r"\[//\]:\s*#")
_MAGIC: Final = 200
"""Lines that one piece of a page's own markup may have."""
_WORDED_TAG = re.compile(
    r"<(?P<tag>p|div|span|b|strong|h[1-6])\b[^<>]*>\s*(?P<text>[^<>]{3,60}?)\s*</(?P=tag)>"
)
_KEYED = re.compile(r"\bt\(:(\w+)\)")
"""The key of a translation, which stands for its text."""
_QUOTES = re.compile(r"""\\['"\\]|'|\"""")
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
            blocks.append(block)
            last = _with_term(lines[: index + len(block.lines)]) if block.lines else ""
            leads = last.endswith((":", "：")) or _BOLD_NAME.fullmatch(last) is not None
            lead = last if block.kind in {"prose", "title"} and leads else ""
        index = after
    return list(_joined(blocks))


def _with_term(lines: Sequence[Line]) -> str:
    """Return the last line; one that defines what the line above names, with that name."""
    last = lines[-1].bare
    defines = len(lines) > 1 and last.startswith((": ", "："))
    return f"{lines[-2].bare} {last}" if defines else last


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Iterate over the blocks with neighbouring lines of prose made one block."""
    held: list[Line] = []
    for block in blocks:
        if held and (block.kind != "prose" or block.lines[0].number - held[-1].number > 1):
            yield Block("prose", tuple(held))
            held = []
        if block.kind == "prose":
            held += block.lines
        else:
            yield block
    if held:
        yield Block("prose", tuple(held))


def _with_lead(block: Block, lead: str) -> Block:
    return Block(block.kind, block.lines, block.level, block.language, block.rows, lead)


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
    opened = FENCE.match(lines[index].text)
    if opened is None:
        return None
    indent, ticks, info = len(opened["indent"]), opened["ticks"], opened["info"].strip()
    strict = info.partition(" ")[0].lower() in {"yaml", "yml"}
    for end in range(index + 1, len(lines)):
        closing = FENCE.match(lines[end].text)
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
    if info.partition(" ")[0].lower() in {"yaml", "yml", "python", "bash", "shell", "sh", "ruby"}:
        return len(lines)
    return next((end for end in range(start, len(lines)) if HEADING.match(lines[end].text)), len(lines))


def _take_document(lines: Sequence[Line], index: int) -> Taken | None:
    if not _DOCUMENT.match(lines[index].text):
        return None
    end = index + 1
    while end < len(lines) and _DOCUMENT_LINE.match(lines[end].text) and not _DOCUMENT.match(lines[end].text):
        if lines[end].text.startswith("---") or HEADING.match(lines[end].text):
            break
        end += 1
    return Block("document", tuple(lines[index:end])), end


def _take_body(lines: Sequence[Line], index: int) -> Taken | None:
    start = index
    if lines[index].bare.lower() in _LANGUAGES and index + 1 < len(lines):
        start = index + 1
        while (
            start < len(lines) - 1
            and start < index + 3
            and (not lines[start].text.strip() or lines[start].bare.lower() in {"copy", "copy code", "复制"})
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
        while end < len(lines) and re.match(r"(?:-H\s+['\"])?[\w-]+:\s*\S", lines[end].bare):
            end += 1
        return Block("call", tuple(lines[start:end])), end
    if not CURL.match(text):
        return None
    end = start
    quote = ""
    while end < len(lines) and end - start < 400:
        line = lines[end].text.rstrip()
        quote = _open_quote(line, quote)
        end += 1
        following = lines[end].bare if end < len(lines) else ""
        if (
            not line.endswith(("\\", "^", "`"))
            and not quote
            and not following.startswith(("-H", "--", "-d", "-X"))
        ):
            break
    return Block("call", tuple(lines[start:end])), end


def _open_quote(line: str, quote: str) -> str:
    """Return the quote that is open after a line of a shell, where `quote` was open before it."""
    for found in _QUOTES.finditer(line):
        if found[0] == quote:
            quote = ""
        elif not quote and len(found[0]) == 1:
            quote = found[0]
    return quote


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
        if FENCE.match(text) or HEADING.match(text):
            break
        depth += len(re.findall(r"<[A-Z]\w*\b|\{%\s*swagger-parameter", text))
        depth -= len(re.findall(r"</[A-Z]\w*>|/>|\{%\s*endswagger-parameter", text))
        end += 1
        after = next((line.text for line in lines[end : end + 3] if line.text.strip()), "")
        if depth <= 0 and not _TAG_OPEN.match(after):
            break
    return Block("tags", tuple(lines[index:end])), end


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
    if heads_code(lines, index):
        return Block("title", (Line(lines[index].number, first["text"].strip("*` ")),)), index + 1
    end = index + 1
    blank = False
    least = lines[index].indent
    while end < len(lines):
        text = lines[end].text
        if not text.strip():
            blank = True
            end += 1
            continue
        if heads_code(lines, end):
            break
        if BULLET.match(text) and lines[end].indent >= least - 3:
            least = min(least, lines[end].indent)
        elif (
            lines[end].indent <= least
            or FENCE.match(text)
            or starts_body(text)
            or (blank and lines[end].indent < least + 2)
        ):
            break
        blank = False
        end += 1
    while not lines[end - 1].text.strip():
        end -= 1
    return Block("bullets", tuple(line for line in lines[index:end] if line.text.strip())), end


def _take_title(lines: Sequence[Line], index: int) -> Taken | None:
    text = lines[index].bare.removeprefix("> ")
    if unmarked_title(text.strip("*:： ")) is None and not heads_variant(lines, index):
        return None
    return Block("title", (Line(lines[index].number, text.strip("*")),)), index + 1


def _take_comment(lines: Sequence[Line], index: int) -> Taken | None:
    """Take what a page hides from its readers: comments of HTML, of MDX, and of Markdown."""
    text = lines[index].bare
    if _HIDDEN_LINE.match(text):
        return None, index + 1
    ends = next((end for start, end in _HIDDEN.items() if text.startswith(start)), "")
    if not ends:
        return None
    for end in range(index, min(index + _MAGIC, len(lines))):
        if ends in lines[end].text:
            return None, end + 1
    return None, index + 1


def _take_magic(lines: Sequence[Line], index: int) -> Taken | None:
    """Take `[block:callout] … [/block]`, whose JSON is the page's own markup and no example."""
    opened = re.fullmatch(r"\[block:(?:callout|image|html|embed|api-header)\]", lines[index].bare)
    if opened is None:
        return None
    for end in range(index + 1, min(index + _MAGIC, len(lines))):
        if lines[end].bare == "[/block]":
            return None, end + 1
    return None


def _take_component(lines: Sequence[Line], index: int) -> Taken | None:
    """Take a tag or template mark on a line of its own: its title, if it has one, heads what follows."""
    text = lines[index].bare
    if not text.startswith(("<", "{%", ":::")):
        return None
    if re.search(r"\bmethod\s*=", text) and re.search(r"\bpath\s*=", text):
        return Block("mark", (lines[index],)), index + 1
    title = _title_of_tag(text)
    if title:
        return Block("title", (Line(lines[index].number, title),)), index + 1
    if re.fullmatch(r"</?[A-Za-z][\w.]*[^<>]*>|\{%.*%\}|:::.*", text):
        return Block("mark", (Line(lines[index].number, text),)), index + 1
    return None


def _title_of_tag(text: str) -> str:
    """Return the title that a tag has as its text, as an attribute, or as its own name, or nothing."""
    worded = _WORDED_TAG.fullmatch(text)
    inner = _KEYED.sub(r"\1", worded["text"]) if worded else ""
    if unmarked_title(inner) is not None:
        return inner
    named = re.search(r"""\b(?:title|label|status|summary)\s*=\s*["']([^"']{1,80})["']""", text)
    if named and not text.startswith(("</", "{% end")):
        return named[1]
    called = re.fullmatch(r"<([A-Z]\w*)\s*[^<>]*>", text)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", called[1]) if called else ""
    return words if unmarked_title(words) is not None else ""


TAKERS: Final[tuple[Callable[[Sequence[Line], int], Taken | None], ...]] = (
    _take_front_matter,
    _take_magic,
    _take_comment,
    _take_fence,
    take_headed,
    take_heading,
    _take_document,
    _take_tags,
    _take_component,
    take_table,
    _take_call,
    _take_body,
    take_glued,
    take_columns,
    take_cells,
    _take_pairs,
    _take_bullets,
    _take_title,
)
"""What can stand on a page, most certain first."""
