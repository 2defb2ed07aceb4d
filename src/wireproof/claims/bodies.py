"""JSON as pages show it → values: comments, commas, cuts and elisions mended and stated.

One pass over the tokens with a stack of open containers; nothing is read twice.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import ExampleClaim, Lines, Repair
from wireproof.claims.phrases import BARE_TYPES, only_types
from wireproof.claims.reading import COMMENT, DEEPEST, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.claims.blocks import Line
    from wireproof.claims.claim import Scope

__all__ = ["AFTER", "COMMENT", "DEEPEST", "LARGEST", "LEFT_OUT", "Body", "read_bodies", "starts_body"]

LARGEST: Final = 1024 * 1024
"""Characters of one example that are read."""
_PLACE: Final = 50
"""Characters of a body for each value whose line is kept."""
AFTER: Final = "text after the closing bracket was left out"
"""The repair of a body that something follows on its line."""
LEFT_OUT: Final = "a placeholder in place of a value was left out"

_STARTS = re.compile(
    r"""\s*(?:\{(?!/\*)\s*(?:$|["'}“…/]|\.\.\.|\[|[A-Za-z_$][\w$-]*\s*["']?\s*:)|\[\s*(?:$|[{\["'}“/]|-?\d|\]|\.\.\.|true\b|false\b|null\b))"""
)
_NAME: Final = r"[A-Za-z_$][\w$]*"
_TOKEN = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in (
            ("space", r"[ \t\r\n]+|\\[ \t\r]*$"),
            ("gap", r"\[\s*(?:\.{3}|…)\s*\]"),
            ("tag", r"<[^<>\n]*>|\{\{[^{}\n]*\}\}|\{\s*[A-Za-z_][\w.-]*\s*\}"),
            ("code", rf"(?:new )?{_NAME}(?:\.{_NAME})*\([^()\n]*\)|{_NAME}(?:\.{_NAME})+(?![\w$(])"),
            ("string", r'"(?:[^"\\\n]|\\[^\n])*"'),
            ("punct", r"[{}\[\]:,]"),
            ("number", r"-?\d(?:[\deE+-]|\.(?!\.))*"),
            ("word", r"[A-Za-z_$][\w$-]*"),
            ("line", r"//[^\n]*|\#[^\n]*"),
            ("dots", r"\.{3,}|…+|\.{2}|\.(?:[ \t]+\.){2,}"),
            ("single", r"'(?:[^'\\\n]|\\[^\n])*'"),
            ("smart", r"[“”„][^“”\"\n]*[“”\"]"),
            ("wide", r"[，：｛｝［］]"),
            ("cut", r'["“][^\n]*'),
            ("other", r"[^\n]"),
        )
    )
)
"""The pieces of a line: a backslash that ends it is a line break of Markdown; `tag` and `code` stand
in place of a value, `<id>`, `{id}`, `Date.now()`."""
_WORDS: Final = {
    "true": True,
    "false": False,
    "null": None,
    "True": True,
    "False": False,
    "None": None,
    "nil": None,
}
_OR: Final = frozenset({"or", "o", "ou", "oder", "或", "または"})
"""Words between two values of which one is meant."""
_WIDE: Final = {"，": ",", "：": ":", "｛": "{", "｝": "}", "［": "[", "］": "]"}
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')


@dataclass(frozen=True, slots=True)
class Body:
    """One JSON value read from a page.

    `captions` are the texts of comments and of the lines between this body and the one before.
    `unread` are the lines of a body that is too large, from the one on that is not read.
    `comments` are the texts above and beside a member, a line each, with the member's path.
    """

    lines: Lines
    text: str
    value: Any
    readable: bool
    complete: bool
    repairs: tuple[Repair, ...]
    elided: tuple[tuple[str | int, ...], ...]
    at: dict[tuple[str | int, ...], int]
    captions: tuple[str, ...] = ()
    unread: Lines | None = None
    comments: tuple[tuple[tuple[str | int, ...], str], ...] = ()

    def to_claim(self, scope: Scope) -> ExampleClaim:
        """Return the body as an example that the page shows in a scope."""
        return ExampleClaim(
            self.lines,
            scope,
            self.text,
            self.value,
            self.readable,
            self.complete,
            self.repairs,
            self.elided,
            self.at,
        )


def starts_body(text: str) -> bool:
    """Return whether a line of loose text begins with JSON."""
    return _STARTS.match(text) is not None


def read_bodies(lines: Sequence[Line], *, largest: int = LARGEST) -> list[Body]:
    """Return every JSON object and array that begins on a line of its own, in order.

    Of each at most `largest` characters are read.  A body that is cut short, or too large, ends with the
    lines; text between bodies becomes captions.
    """
    bodies: list[Body] = []
    captions: list[str] = []
    number = 0
    while number < len(lines):
        text = lines[number].text
        if starts_body(text) or (text.lstrip()[:1] in {"{", "["} and not bodies):
            body, number = _read(lines, number, tuple(captions), largest)
            bodies.append(body)
            captions = []
        else:
            if text.strip():
                captions.append(text.strip().lstrip("/#*-<! ").strip())
            number += 1
    return bodies


def _read(lines: Sequence[Line], start: int, captions: tuple[str, ...], largest: int) -> tuple[Body, int]:
    """Read one body that begins on line `start`; return it and the index of the line after it."""
    reading = Reading(lines[start].number, places=largest // _PLACE)
    number, size = start, 0
    rest = ""
    block_comment = False
    while number < len(lines) and not reading.done:
        reading.line = lines[number].number
        text = lines[number].text
        size += len(text) + 1
        if size > largest:
            break
        if block_comment:
            _, ended, text = text.partition("*/")
            block_comment = not ended
            if block_comment:
                number += 1
                continue
        rest, block_comment = _read_line(reading, text)
        number += 1
    _leave_out_types(reading)
    complete = reading.done and not reading.too_deep
    unread = Lines(lines[number].number, lines[-1].number) if size > largest else None
    if reading.too_deep:
        reading.repair(f"what is nested deeper than {DEEPEST} levels is not read")
    elif reading.stack and unread is None:
        reading.repair("the example ends before it is closed")
    shown = "\n".join(line.text for line in lines[start:number])
    if rest.strip() and complete:
        shown = shown[: len(shown) - len(rest)]
        if rest.strip() not in {";", "`", ")", ");", ","}:
            aside = rest.lstrip(" ,;\t").startswith(("//", "#", "/*", "…", "..."))
            reading.repair(AFTER, "habit" if aside else "fault")
    body = Body(
        Lines(lines[start].number, reading.line),
        shown,
        reading.root,
        reading.root is not None and not reading.too_deep,
        complete,
        tuple(reading.repairs),
        tuple(reading.elided),
        reading.at,
        captions,
        unread,
        tuple(reading.comments.items()),
    )
    return body, number if unread is None else len(lines)


def _leave_out_types(reading: Reading) -> None:
    """Take the words for types out of a body that has values too: only a sketch keeps them."""
    if len(reading.bare) > 1 and only_types(reading.root):
        return
    for path, holder in reversed(reading.bare.items()):
        del holder[path[-1]]
        reading.elided.append(path)


def _read_line(reading: Reading, text: str) -> tuple[str, bool]:
    """Read the tokens of one line; return what stands after the body's end, and whether a comment is open."""
    place = 0
    while place < len(text) and not reading.done:
        if text.startswith("/*", place):
            end = text.find("*/", place + 2)
            if reading.stack:
                reading.comment(text[place : end if end >= 0 else len(text)])
            if end < 0:
                return "", True
            place = end + 2
            continue
        piece = _TOKEN.match(text, place)
        if piece is None:
            break
        place = piece.end()
        kind = piece.lastgroup or ""
        if kind != "space":
            _take(reading, kind, piece[0])
    return text[place:], False


def _take(reading: Reading, kind: str, piece: str) -> None:
    if kind == "wide":
        reading.repair("a full-width sign was read as its ASCII form")
        kind, piece = "punct", _WIDE[piece]
    if kind == "punct" and piece in "{[":
        reading.open({} if piece == "{" else [])
    elif not reading.stack:
        return
    elif kind == "punct" and piece in "}]":
        reading.close(dict if piece == "}" else list)
    elif kind == "punct" and piece == ",":
        reading.comma()
    elif kind == "punct":
        if reading.stack[-1].wants == "colon":
            reading.stack[-1].wants = "value"
    elif kind == "line":
        reading.comment(piece)
    elif kind in {"dots", "gap"}:
        reading.elide()
    else:
        _take_scalar(reading, kind, piece)


def _take_scalar(reading: Reading, kind: str, piece: str) -> None:
    top = reading.stack[-1]
    if top.wants == "comma" and (piece == "|" or piece.lower() in _OR):
        reading.repair("an alternative to a value was left out", "habit")
        reading.either = True
    elif reading.either:
        reading.either = False
    elif kind in {"string", "single", "smart", "cut"}:
        _take_text(reading, kind, piece)
    elif kind == "number":
        _take_number(reading, piece)
    elif kind == "word" and piece in _WORDS and top.wants != "key":
        if piece[0] in "TFNn" and piece != "null":
            reading.repair(f"{piece} was read as its JSON form", "loose")
        reading.place(_WORDS[piece])
    elif kind == "word" and isinstance(top.value, dict) and top.wants in {"key", "comma"}:
        reading.repair("a key without quotes was read as a key", "loose")
        reading.text(piece)
    elif kind in {"word", "tag", "code"} and top.wants in {"value", "colon"}:
        _take_placeholder(reading, piece)
    else:
        reading.repair("text that is no JSON was left out")


def _take_text(reading: Reading, kind: str, piece: str) -> None:
    if kind == "string":
        reading.text(_unquoted(reading, piece))
    elif kind == "cut":
        reading.repair("a string was not closed on its line", "habit" if "..." in piece else "fault")
        reading.text(piece[1:].rstrip().removesuffix(","))
        if piece.rstrip().endswith(","):
            reading.comma()
    else:
        reading.repair('other quotes than " were read as quotes', "loose")
        reading.text(piece[1:-1])


def _take_placeholder(reading: Reading, piece: str) -> None:
    reading.repair(LEFT_OUT, "habit")
    if piece in BARE_TYPES:
        reading.type_word(piece)
    else:
        reading.elide()


def _take_number(reading: Reading, piece: str) -> None:
    try:
        value = json.loads(piece)
    except ValueError:
        value = math.inf
    if isinstance(value, float) and not math.isfinite(value):
        reading.repair("a number that is no JSON was left out")
        reading.elide()
    else:
        reading.place(value)


def _unquoted(reading: Reading, piece: str) -> str:
    try:
        return str(json.loads(piece, strict=False))
    except ValueError:
        reading.repair("an unknown escape in a string was read as its character")
        try:
            return str(json.loads(_BAD_ESCAPE.sub(r"\\\\", piece), strict=False))
        except ValueError:
            return piece[1:-1]
