"""Bodies as code describes them: `interface Task { id: string; error?: string }`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import Lines
from wireproof.claims.layout import Layout
from wireproof.claims.listing import Listing, Row
from wireproof.claims.phrases import TypePhrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.blocks import Block
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_OPENS = re.compile(r"\s*(?:export\s+)?(?:declare\s+)?(?:interface\s+(\w+)[^{=]*|type\s+(\w+)\s*=\s*)\{\s*")
_MEMBER = re.compile(
    r"\s*(?:readonly\s+)?[\"']?(?P<name>[A-Za-z_$][\w$-]*)[\"']?(?P<optional>\?)?\s*:\s*(?P<type>.+?)\s*[;,]?\s*"
)
_CLOSES = re.compile(r"\s*\}\s*(?P<list>>|\[\])?(?:\s*\|\s*(?P<null>null))?\s*[;,]?\s*")
_COMMENT = re.compile(r"\s*(?://\s*(?P<line>.*)|/\*\*?\s*(?P<block>.*?)\s*\*/\s*)$")
_TEXT = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_TYPES: Final = {
    "string": "string",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
    "true": "boolean",
    "false": "boolean",
    "object": "object",
    "Date": "string",
}
_DEEPEST: Final = 20


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    rows: list[Row] = []
    title = ""
    depth = -1
    for line in block.lines:
        text = _COMMENT.sub("", line.text)
        comment = _COMMENT.search(line.text)
        opened = _OPENS.fullmatch(text)
        if opened is not None and depth < 0:
            title, rows, depth = opened[1] or opened[2], [], 0
        elif depth >= 0 and (closed := _CLOSES.fullmatch(text)):
            depth -= 1
            _closed(rows, depth, closed)
            if depth < 0 and len(rows) > 1:
                yield Listing(setting, tuple(rows), title=title, sketched=True)
        elif depth >= 0 and (member := _MEMBER.fullmatch(text)):
            said = (comment["line"] or comment["block"] or "") if comment else ""
            rows += _rows(member, Lines(line.number, line.number), depth, said)
            depth += member["type"].endswith("{")
        elif text.strip() and depth >= 0 and not text.lstrip().startswith(("*", "/*")):
            depth = -1  # something that is not read here: nothing is said of this type
        if depth > _DEEPEST:
            depth = -1


def _closed(rows: list[Row], depth: int, closed: re.Match[str]) -> None:
    """Make a list, or an object that may be null, of the member whose brace closes."""
    if depth < 0 or not (closed["list"] or closed["null"]):
        return
    at = next(place for place in range(len(rows) - 1, -1, -1) if rows[place].depth == depth)
    row = rows[at]
    phrase = TypePhrase(("array",), "array", ("object",)) if closed["list"] else row.phrase
    rows[at] = Row(row.name, row.lines, row.depth, phrase, row.required, True if closed["null"] else None)


def _rows(member: re.Match[str], lines: Lines, depth: int, said: str) -> list[Row]:
    """Return the row of a member, and those of the members written inside its type."""
    written = member["type"]
    inline = re.fullmatch(r"(?P<list>Array<\s*)?\{(?P<inside>[^{}]*)\}\s*(?P<after>>|\[\])?", written)
    optional = bool(member["optional"])
    if inline is None:
        phrase, nullable, enum = _type(written)
        return [
            Row(member["name"], lines, depth, phrase, not optional, nullable, said, enum=enum),
        ]
    many = bool(inline["list"] or inline["after"])
    phrase = TypePhrase(("array",), written, ("object",)) if many else TypePhrase(("object",), written)
    inner = (_MEMBER.fullmatch(part) for part in re.split(r"[;,]", inline["inside"]) if part.strip())
    below = [row for part in inner if part is not None for row in _rows(part, lines, depth + 1, "")]
    return [Row(member["name"], lines, depth, phrase, not optional, None, said), *below]


def _type(written: str) -> tuple[TypePhrase | None, bool | None, tuple[Any, ...]]:
    """Return the type, whether null is one of its alternatives, and its values where it lists texts."""
    if written.endswith("{"):
        many = written.startswith("Array<")
        return (
            TypePhrase(("array",), written, ("object",)) if many else TypePhrase(("object",), written),
            None,
            (),
        )
    parts = [part.strip() for part in written.split("|")]
    nullable = True if "null" in parts else None
    kinds = [part for part in parts if part not in {"null", "undefined"}]
    texts = [_TEXT.fullmatch(part) for part in kinds]
    if kinds and all(texts):
        values = tuple(found[1] if found[1] is not None else found[2] for found in texts if found)
        return TypePhrase(("string",), written), nullable, values if len(values) > 1 else ()
    named = [_named(part, written) for part in kinds]
    if len(named) == 1:
        return named[0], nullable, ()
    types = tuple(dict.fromkeys(name for phrase in named if phrase for name in phrase.types))
    return TypePhrase(types, written) if all(named) and types else None, nullable, ()


def _named(part: str, written: str) -> TypePhrase | None:
    found = re.fullmatch(r"Array<\s*(.+?)\s*>|(.+?)\[\]", part)
    if found is not None:
        inner = found[1] or found[2]
        known = _TYPES.get(inner)
        return TypePhrase(("array",), written, (known,) if known else (), reference="" if known else inner)
    if part.startswith(("Record<", "Map<")):
        return TypePhrase(("object",), written)
    if part in _TYPES:
        return TypePhrase((_TYPES[part],), written)
    return TypePhrase((), written, reference=part) if re.fullmatch(r"[A-Z]\w+", part) else None


LAYOUT = Layout("interfaces", frozenset({"source"}), _read)
