"""A provider's page: bytes → claims, each with its lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Block, Line
from wireproof.claims.bodies import starts_body
from wireproof.claims.chapters import Heading
from wireproof.claims.claim import (
    Artefact,
    Claim,
    Document,
    FieldClaim,
    OperationClaim,
    Page,
    ParameterClaim,
    Unread,
)
from wireproof.claims.decoding import decoded
from wireproof.claims.dialects import as_markdown
from wireproof.claims.introducing import introduction
from wireproof.claims.layouts import LAYOUTS
from wireproof.claims.layouts.programs import calls_in
from wireproof.claims.listing import Listing
from wireproof.claims.marks import HEADING
from wireproof.claims.markup import is_markup, markup_parts, with_tables
from wireproof.claims.notation import PROGRAMS
from wireproof.claims.operations import Halves, operations_in
from wireproof.claims.outlines import is_document
from wireproof.claims.overlooked import overlooked
from wireproof.claims.phrases import identifier
from wireproof.claims.rejoining import rejoined
from wireproof.claims.sections import Setting, Trail
from wireproof.claims.segment import segment
from wireproof.claims.settled import settled
from wireproof.claims.silence import silence_of
from wireproof.claims.text import cleaned
from wireproof.claims.titles import Title, label_of, marked_title, unmarked_title
from wireproof.claims.words import COLUMNS, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wireproof.claims.layout import Said

__all__ = ["read_page"]

_TEXT: Final = frozenset(
    {
        "",
        "text",
        "txt",
        "plain",
        "plaintext",
        "none",
        "bash",
        "shell",
        "sh",
        "curl",
        "http",
        "console",
        "cmd",
        "terminal",
    }
)
_DATA: Final = frozenset({"json", "json5", "jsonc", "jsonp", "js", "javascript"})
_CODE: Final = frozenset("js javascript ts typescript jsx tsx node nodejs python python3 py".split())
_SCHEMA = re.compile(r"""["']?(?:properties|\$schema)["']?\s*:""")
_METHOD = re.compile(r"`?\b(?:GET|POST|PUT|PATCH|DELETE)\b.*")
_FAILING = re.compile(
    r"`(?:HTTP )?[45]\d\d`|\b(?:HTTP|status(?: code)?)\s+[45]\d\d\b|"
    r"\berrors? (?:come|comes|look|looks|are|is) (?:returned |sent )?(?:as|like|so|json)\b|"
    r"\b(?:error|failure) (?:response|body|object|answer)s?\b[^.]{0,40}[:：]$|错误返回|返回错误|エラー時",
    re.IGNORECASE,
)
"""A sentence right above an example that says it shows an error."""
_WORDED: Final = frozenset({"prose", "title", "heading"})
_NAMED = re.compile(r"`(?:[\w$]+(?:\[\d*\])?\.)*([A-Za-z_]\w{0,60})(?:\[\d*\])?`")
"""A name that a sentence writes as code."""
_LEADING = re.compile(r"(?:^[\s>*•+-]*|\|\s*)\**([A-Za-z_]\w{0,60})(?![\w'])", re.MULTILINE)
"""The word that a line or cell begins with: a field whose line was not read as one is listed all the same."""
_HOLDER = re.compile(
    r"(?<![A-Za-z0-9_`])([A-Za-z_]\w{0,60}?)\s*(?:对象|字段|节点|结构体?)?(?:中|里|内|下)(?:的|以下|包含|"
    r"各)?(?:字段|属性|参数|内容|成员)|"
    r"\b(?:fields?|members|properties|attributes|keys) (?:of|in|inside|within) (?:the )?([A-Za-z_]\w{0,60})\b"
)
"""The object whose members a sentence announces."""
_LISTS: Final = frozenset({"table", "bullets", "cells", "headed", "pairs", "tags", "prose"})
"""Blocks in which the members of an object may be listed."""
_INTRODUCED: Final = frozenset({"code", "body", "table", "bullets", "cells"})
"""Blocks of which the sentence above may tell the side."""
_CAPTION: Final = 80
"""Characters of a sentence right above an example up to which it may be its caption."""
_SKIP: Final = frozenset({"skip to content", "skip to main content", "global server", "menu", "home", "docs"})


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    trail: Trail = field(default_factory=Trail)
    halves: Halves = field(default_factory=Halves)
    claims: list[Claim] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    artefacts: list[Artefact] = field(default_factory=list)
    mentioned: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    within: str = ""
    tabs: list[Title] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)

    def note(self, kind: str, line: int) -> None:
        for place, known in enumerate(self.artefacts):
            if known.kind == kind:
                self.artefacts[place] = replace(known, count=known.count + 1)
                return
        self.artefacts.append(Artefact(kind, 1, line))


def read_page(data: bytes, *, name: str) -> Page:
    """Return what a page claims, whatever its layout; `name` is what its user calls it.

    Nothing is raised for a bad page: what cannot be read is told in `unread`, and a page
    without documentation says so in `silence`.
    """
    text, artefacts, unread = decoded(data)
    markup = is_markup(text)
    lines, traces = cleaned(text, markup=markup)
    reading = _Reading(unread=list(unread), artefacts=[*artefacts, *traces])
    parts, title = markup_parts(lines) if markup else (with_tables(_unglued(as_markdown(lines), reading)), "")
    blocks = segment(parts)
    _read_blocks(blocks, reading)
    claims = settled(reading.claims, reading.listings, reading.headings, frozenset(reading.mentioned))
    reading.unread += overlooked(blocks, claims)
    named = {claim.name for claim in claims if isinstance(claim, FieldClaim | ParameterClaim)}
    mentioned = frozenset(reading.mentioned | (reading.listed - named))
    heading = _title(blocks) or title or _document_title(reading.documents)
    return Page(
        name,
        heading,
        tuple(sorted(claims, key=lambda claim: (claim.lines.first, claim.lines.last))),
        tuple(sorted(reading.artefacts, key=lambda artefact: (artefact.line, artefact.kind))),
        tuple(sorted(reading.unread, key=lambda part: part.lines)),
        tuple(reading.documents),
        "" if claims else silence_of(text, reading.unread, markup=markup, title=title),
        mentioned,
    )


def _unglued(lines: Sequence[Line], reading: _Reading) -> list[Line]:
    """Return the lines with those joined that a copy broke, and those split that it glued."""
    made, glued = rejoined(lines)
    if glued:
        reading.note("glued words", glued)
    return made


def _document_title(documents: Sequence[Document]) -> str:
    info = documents[0].value.get("info") if documents else None
    title = info.get("title") if isinstance(info, dict) else None
    return title if isinstance(title, str) else ""


def _title(blocks: Sequence[Block]) -> str:
    front = (
        next((line.text for line in blocks[0].lines if line.text.startswith("title:")), "")
        if blocks and blocks[0].kind == "front"
        else ""
    )
    if front:
        return front.partition(":")[2].strip(" \"'")
    for kinds in ({"heading"}, {"prose", "title"}):
        for block in blocks:
            first = block.lines[0].bare.strip("#* ") if block.lines else ""
            if block.kind in kinds and first and first.lower() not in _SKIP and len(first) < 120:
                return first
    return ""


def _read_blocks(blocks: Iterable[Block], reading: _Reading) -> None:
    previous = ""
    above = ""
    for block in blocks:
        _mention(block, reading)
        before = list(reading.trail.open)
        introduced = block.kind in _INTRODUCED and _introduce(block, above, reading)
        if block.kind == "code":
            _read_code(block, reading)
        else:
            _read_block(block, reading, after=previous)
        if introduced:
            reading.trail.open = before
        if block.kind in {"code", "body"} and reading.tabs:
            reading.trail.title(reading.tabs.pop(0))
        previous = block.kind
        above = block.lines[-1].bare if block.kind in {"prose", "title"} and block.lines else ""
        reading.within = _holder(block, reading.within)


def _mention(block: Block, reading: _Reading) -> None:
    """Remember the names that a block writes as code or begins its lines with."""
    if block.kind in _WORDED:
        reading.mentioned |= set(_NAMED.findall(block.text))
        reading.listed |= set(_LEADING.findall(block.text))
        reading.mentioned |= {name for found in _HOLDER.findall(block.text) for name in found if name}
    elif block.kind not in {"code", "body", "call", "document"}:
        reading.listed |= set(_NAMED.findall(block.text))
        reading.listed |= set(_LEADING.findall(block.text))
        reading.listed |= {row.cells[0].strip("`* ") for row in block.rows if row.cells}


def _introduce(block: Block, above: str, reading: _Reading) -> bool:
    """Enter what the words right above a block say of it; return whether they say anything."""
    shown = block.kind in {"code", "body"}
    if shown and _FAILING.search(above):
        reading.trail.title(Title("", frozenset({"response", "error"}), ""))
    elif side := introduction(above).side:
        reading.trail.introduced(side)
    elif not shown:
        return False
    if shown and 0 < len(above) <= _CAPTION:
        reading.trail.captioned(above)
    return bool(above)


def _holder(block: Block, known: str) -> str:
    """Return the object whose members the words down to the end of a block announce."""
    if block.kind not in _WORDED or block.kind == "heading":
        return ""
    named = (introduction(line.bare).within for line in reversed(block.lines))
    header = block.kind == "title" and folded(block.text) in COLUMNS  # of a table that a scrape took apart
    return next(filter(None, named), known if block.kind == "prose" or header else "")


def _read_block(block: Block, reading: _Reading, *, after: str = "", inside: bool = False) -> None:
    here = reading.trail.here()
    named = operations_in(block, reading.halves) if not (inside and "example" in here.roles) else []
    if block.kind == "heading":
        text = block.lines[0].text
        title = replace(marked_title(_METHOD.sub("", text)), text=text) if named else marked_title(text)
        title = replace(title, acts=title.acts or bool(named))
        reading.trail.heading(title, block.level, block.lines[0].number)
        reading.headings.append(Heading(block.lines[0].number, block.level, title))
    for method, path, server, lines in named:
        reading.trail.enter(f"{method} {path}", lines.first)
        scope = replace(reading.trail.here().scope, side="", status="")
        reading.claims.append(OperationClaim(lines, scope, method, path, server=server))
    if block.kind == "heading":
        return
    if block.kind == "title":
        _read_title(block, reading, after=after)
        return
    if block.kind == "body" and block.language == "lost":
        reading.note("code fence lost", block.lines[0].number - 1)
    if block.kind == "headed":
        reading.trail.leave_field()
    setting = reading.trail.here()
    if block.kind in _LISTS:
        setting = replace(setting, within=reading.within)
    if block.kind == "body" and inside and after == "call" and setting.scope.side != "response":
        setting = replace(setting, scope=replace(setting.scope, side="response"))
    _ask(_sorted_out(block), setting, reading)
    if block.kind == "headed" and (last := _last_field(block)):
        reading.trail.field(last)


def _read_title(block: Block, reading: _Reading, *, after: str) -> None:
    text = block.lines[0].text
    title = unmarked_title(text.strip("*:： ")) or label_of(text) or marked_title(text)
    if re.search(r"\d[A-Za-z]", title.text) and title.status:
        reading.note("glued words", block.lines[0].number)
    if after == "title" and title.status and reading.trail.here().scope.status and _bare(title):
        reading.tabs.append(title)  # statuses in a row are tabs: the first body is of the first
    else:
        reading.trail.title(title, block.lines[0].number)
        reading.tabs = []


def _last_field(block: Block) -> str:
    """Return the name of the field that a run of fields under headings ends with."""
    heads = (line for line in reversed(block.lines) if (found := HEADING.match(line.text)) and found["text"])
    last = next(heads, None)
    name = last.bare.lstrip("#").split()[0].strip("`*:：") if last else ""
    return name if identifier(name) else ""


def _bare(title: Title) -> bool:
    return title.text.strip() == title.status


def _ask(block: Block, setting: Setting, reading: _Reading) -> None:
    """Ask every layout that reads this kind of block."""
    for layout in LAYOUTS:
        if block.kind in layout.kinds:
            for said in layout.read(block, setting):
                _keep(said, reading)


def _keep(said: Said, reading: _Reading) -> None:
    if isinstance(said, Listing):
        reading.listings.append(said)
    elif isinstance(said, Unread):
        reading.unread.append(said)
    elif isinstance(said, Artefact):
        reading.note(said.kind, said.line)
    elif isinstance(said, Document):
        reading.documents.append(said)
    else:
        reading.claims.append(said)


def _sorted_out(block: Block) -> Block:
    """Return a body as what it is: a document, a schema, or an example."""
    if block.kind != "body":
        return block
    head = "\n".join(line.text for line in block.lines[:60])[:6000]
    if is_document(block.lines):
        return replace(block, kind="document")
    if _SCHEMA.search(head) and re.search(r"""["']type["']\s*:\s*["'](?:object|array)["']""", head):
        return replace(block, kind="document")
    return block


def _read_code(block: Block, reading: _Reading) -> None:
    """Read what stands in a fence by its language, or by its first line where the language is silent."""
    inner = block.lines if block.level == 0 else block.lines[1:-1] if block.level == 1 else block.lines[1:]
    if block.level < 0:
        reading.note("code fence never closed", block.span.first)
    lines = [line for line in inner if line.text.strip()]
    if not lines:
        return
    language, _, info = block.language.replace("{", " ").partition(" ")
    language = language.lower().strip(".")
    before = list(reading.trail.open)
    operation = reading.trail.operation
    titled = re.search(r"""title\s*=\s*["']([^"']+)["']""", info)
    caption = _captioned(titled[1] if titled else info) if info else None
    if caption is not None:
        reading.trail.title(caption)
    first = lines[0].text
    if is_document(lines):
        _ask(Block("document", tuple(inner)), reading.trail.here(), reading)
    elif language in _CODE and calls_in("\n".join(line.text for line in lines)):
        _ask(Block("source", tuple(inner)), reading.trail.here(), reading)
    elif language in _DATA and _shows_data(lines, language):
        _read_block(Block("body", tuple(inner), language=language), reading)
    elif language in {"yaml", "yml"} and _SCHEMA.search("\n".join(line.text for line in lines[:40])):
        _ask(Block("document", tuple(inner)), reading.trail.here(), reading)
    elif language in _TEXT or starts_body(first):
        _read_text(inner, reading, language=language if language in PROGRAMS else "")
    else:
        _ask(Block("source", tuple(inner)), reading.trail.here(), reading)
    if reading.trail.operation == operation:
        reading.trail.open = before


def _captioned(text: str) -> Title | None:
    """Return the title of a fence: `Response`, or `[Response - sent]`, whose end tells it from others."""
    bare = text.strip(" []")
    return unmarked_title(bare) or unmarked_title(re.split(r"\s[-–—]\s|[:：(（]", bare)[0])


def _shows_data(lines: Sequence[Line], language: str) -> bool:
    """Return whether a fence shows data: code of a program does so only where nothing else comes first."""
    told = [line.text for line in lines[:20] if not line.bare.startswith(("//", "/*", "*", "#"))]
    return any(map(starts_body, told[:1] if language in _CODE else told))


def _read_text(lines: Sequence[Line], reading: _Reading, *, language: str = "") -> None:
    """Read a fence of plain text as a page of its own; a call's answer may stand below it.

    `language` is the one whose literals stand in it, where they are no JSON.
    """
    previous = ""
    for block in segment(lines):
        if block.kind == "code":
            continue
        kept = (
            Block("title", block.lines)
            if block.kind == "heading" and unmarked_title(block.lines[0].text)
            else replace(block, language=block.language or language)
        )
        if kept.kind != "heading":
            _read_block(kept, reading, after=previous, inside=True)
        previous = (
            "" if block.kind == "call" and re.match(r"[A-Z]+ \S+ HTTP/", block.lines[0].bare) else block.kind
        )
