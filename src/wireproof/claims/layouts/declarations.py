"""Bodies declared as Python's types: TypedDict and pydantic classes.

A declaration is read where its name (`JobResponse`) or the section's title says which body it is; a type
that it names is read in its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import Lines
from wireproof.claims.layout import Layout
from wireproof.claims.listing import Listing, Row
from wireproof.claims.phrases import TypePhrase, type_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wireproof.claims.blocks import Block, Line
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_PYTHON = re.compile(
    r"(?P<indent>\s*)class\s+(?P<name>\w+)\s*\([^)]*(?:TypedDict|BaseModel|Struct)\b.*\)\s*:.*"
)
_MEMBER = re.compile(
    r"""\s*(?:readonly\s+)?(?P<quote>["']?)(?P<name>[A-Za-z_$][\w$-]*)(?P=quote)(?P<may>\?)?\s*:\s*(?P<type>.*)"""
)
_COMMENT = re.compile(r"\s*(?://+|/\*+|\*+/?|\#)\s*(?P<text>.*?)\s*(?:\*/)?\s*")
_TRAILING = re.compile(r"\s*(?://+|/\*+|\#)\s*(?P<text>.*?)\s*(?:\*/)?\s*$")
_OPTIONAL = re.compile(r"(?:typing\.)?(?P<word>Optional|NotRequired|Required)\[(?P<inner>.*)\]")
_LITERAL = re.compile(r"""["']([^"']*)["']""")
_LITERALS = re.compile(
    r"""(?:Literal\[)?\|?\s*(?:["'][^"']*["']\s*[|,]?\s*)+\]?(?P<null>\|?\s*(?:null|None))?"""
)
_REQUEST = re.compile(r"(?:Request|Params|Payload|Input|Body)$")
_BODY = re.compile(r"(?:Payload|Body)$")
_RESPONSE = re.compile(r"(?:Response|Result|Output|Reply)$")
_DEEPEST: Final = 8
_LONGEST: Final = 1000
_MOST: Final = 400
"""Members that one body may have, with those of the types that it names."""


@dataclass(slots=True)
class _Declared:
    """One declared type: its members as rows, by depth."""

    name: str
    rows: list[Row] = field(default_factory=list)


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    lines = tuple(line for line in block.lines if len(line.text) <= _LONGEST)
    found = {one.name: one for one in _python(lines) if one.rows}
    named = {
        row.phrase.reference
        for one in found.values()
        for row in one.rows
        if row.phrase and row.phrase.reference != one.name
    }
    for name, one in found.items():
        side = "request" if _REQUEST.search(name) else "response" if _RESPONSE.search(name) else ""
        side = side or setting.scope.side
        if side and name not in named:
            location = "body" if _BODY.search(name) else setting.location
            here = replace(setting, scope=replace(setting.scope, side=side), location=location)
            yield Listing(here, tuple(islice(_whole(one, found, 0, frozenset({name})), _MOST)))


def _whole(
    one: _Declared, known: Mapping[str, _Declared], depth: int, above: frozenset[str]
) -> Iterator[Row]:
    """Yield the members of a type, those of the types that it names below them."""
    for row in one.rows:
        phrase = row.phrase
        inner = known.get(phrase.reference) if phrase else None
        here = depth + (row.depth or 0)
        if phrase is None or inner is None:
            yield replace(row, depth=here)
            continue
        of_array = replace(phrase, items=("object",), reference="")
        whole = of_array if phrase.is_array else replace(phrase, types=("object",), reference="")
        yield replace(row, depth=here, phrase=whole)
        if inner.name not in above and len(above) < _DEEPEST:
            yield from _whole(inner, known, here + 1, above | {inner.name})


def _python(lines: tuple[Line, ...]) -> Iterator[_Declared]:
    one: _Declared | None = None
    indent = 0
    above: list[str] = []
    for line in lines:
        opened = _PYTHON.fullmatch(line.text)
        if opened or (one is not None and line.bare and line.indent <= indent):
            if one is not None:
                yield one
            one = _Declared(opened["name"]) if opened else None
            indent, above = len(opened["indent"]) if opened else 0, []
        elif one is not None and (comment := _COMMENT.fullmatch(line.text)) and line.bare.startswith("#"):
            above.append(comment["text"])
        elif (
            one is not None and (member := _MEMBER.fullmatch(line.text)) and not line.bare.startswith("def ")
        ):
            one.rows.append(_row(member, line, above, depth=0))
            above = []
    if one is not None:
        yield one


def _row(member: re.Match[str], line: Line, above: list[str], *, depth: int) -> Row:
    text = member["type"]
    comment = _TRAILING.search(text)
    described = " ".join([*above, *([comment["text"]] if comment else [])])
    kind, _, given = (text[: comment.start()] if comment else text).strip().rstrip(";, ").partition(" = ")
    required = False if member["may"] or (given and "..." not in given) else None
    nullable = None
    while wrapped := _OPTIONAL.fullmatch(kind):
        kind = wrapped["inner"]
        nullable = True if wrapped["word"] == "Optional" else nullable
        required = False if wrapped["word"] == "NotRequired" else required
    enum: tuple[str, ...] = ()
    literals = _LITERALS.fullmatch(kind)
    phrase = type_phrase(kind, references=True)
    if literals:
        enum = tuple(_LITERAL.findall(kind))
        nullable = True if literals["null"] else nullable
        phrase = TypePhrase(("string",), "string")
    nullable = True if phrase is not None and phrase.nullable else nullable
    here = Lines(line.number, line.number)
    return Row(member["name"], here, depth, phrase, required, nullable, described.strip(), enum=enum)


LAYOUT = Layout("declarations", frozenset({"source"}), _read)
