"""Why a text is no JSON: one precise sentence, found by looking at the place where a parser stopped.

The sentence shows punctuation and the fixed words of other languages, never a value: what
stands in a capture may be a secret.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wireproof.door.refusal import Refusal

__all__ = ["explain", "refusal_at"]

_STRUCTURE = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["{}\[\]]', re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n]*+")
_CUT_ESCAPE = re.compile(r"\\?u[0-9a-fA-F]{0,3}\s*")
_ESCAPE_LENGTH = 8
_WORD = re.compile(r"[^\W\d][\w$]*")
_CUT_SCALAR = re.compile(r"[A-Za-z0-9.+-]*+\s*\Z")
_CALL = re.compile(r"\s*(?:/\*\*/)?[A-Za-z_$][\w$.]*\s*\(\s*[\[{]")
_GUARDS = (")]}'", "for(;;)", "for (;;)", "while(1)", "while (1)")
_FOREIGN = {
    "None": "null",
    "True": "true",
    "False": "false",
    "undefined": "null",
    "nil": "null",
    "NULL": "null",
    "Null": "null",
    "TRUE": "true",
    "FALSE": "false",
}
_STRAYS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("'",), "single-quotes", "a single quote, where JSON has double quotes"),
    (
        ("\u201c", "\u201d", "\u2018", "\u2019", "\u00ab", "\u00bb"),
        "syntax",
        "a typographic quote, where JSON has double quotes",
    ),
    (("\u2026", "..."), "syntax", "an ellipsis: the sample was shortened"),
    (('\\"',), "syntax", "an escaped quote outside a string: JSON text that was escaped once too often"),
)
_STARTS_VALUE = frozenset('{["-0123456789tfnNI')
_CONTAINER = {"{": "an object", "[": "an array"}
_CLOSES = {"}": "{", "]": "["}
_FIRST_CONTROL = 0x20


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where a parser stopped: what is open there, and what stands there and before."""

    text: str
    at: int
    wanted: str
    open: tuple[str, int] | None
    string: int | None

    @property
    def here(self) -> int:
        match = _SPACE.match(self.text, self.at)
        return match.end() if match else self.at

    @property
    def mark(self) -> str:
        return self.text[self.here : self.here + 1]

    @property
    def before(self) -> str:
        return self.text[: self.at].rstrip(" \t\r\n")[-1:]


def explain(text: str, at: int, wanted: str, *, shift: int = 0) -> Refusal:
    """Return the refusal of a text that a parser gave up at offset `at`, saying `wanted`.

    `shift` is the number of bytes before the text (a byte order mark).
    """
    container, string = _open_at(text, at)
    stop = _Stop(text, at, wanted, container, string)
    questions = (_nothing, _inside_string, _cut, _comment, _comma, _stray, _outside, _word)
    answers = (question(stop) for question in questions)
    reason, message, offset, *began = next((answer for answer in answers if answer), None) or _inside(stop)
    return refusal_at(reason, message, text, offset, shift=shift, began=began[0] if began else None)


def refusal_at(
    reason: str, message: str, text: str, offset: int, *, shift: int = 0, began: int | None = None
) -> Refusal:
    """Return a refusal placed at an offset of a text: its byte, line and column."""
    line, column = _line_and_column(text, offset)
    byte = shift + len(text[:offset].encode("utf-8", "surrogatepass"))
    began_at = None if began is None else _line_and_column(text, began)
    return Refusal(reason, message, byte=byte, line=line, column=column, began=began_at)


_Answer = tuple[str, str, int] | tuple[str, str, int, int] | None
"""Reason, message, the offset it is about, and the offset where what the message names began."""


def _nothing(stop: _Stop) -> _Answer:
    if stop.text.strip():
        return None
    return "empty", "nothing but white space" if stop.text else "empty: not a single byte", 0


def _inside_string(stop: _Stop) -> _Answer:
    if stop.string is None:
        return None
    rest = stop.text[stop.at : stop.at + _ESCAPE_LENGTH]
    if stop.at <= stop.string or not stop.text[stop.at :].strip() or _CUT_ESCAPE.fullmatch(rest):
        return "truncated", "ends inside a string", len(stop.text), stop.string
    mark = stop.text[stop.at]
    if mark in "\r\n":
        what = "a raw line break (to be written as \\n, or a closing quote is missing) in a string"
    elif ord(mark) < _FIRST_CONTROL:
        what = f"{_named(mark)}, which JSON wants escaped, in a string"
    else:
        what = "an escape that JSON does not have, in a string"
    return "syntax", what, stop.at, stop.string


def _cut(stop: _Stop) -> _Answer:
    if stop.open is None or not (stop.here == len(stop.text) or _CUT_SCALAR.match(stop.text, stop.here)):
        return None
    mark, start = stop.open
    return "truncated", f"ends inside {_CONTAINER[mark]}", len(stop.text), start


def _comment(stop: _Stop) -> _Answer:
    if stop.text.startswith(("//", "/*", "#"), stop.here):
        return "comments", "a comment, which JSON does not have", stop.here
    return None


def _comma(stop: _Stop) -> _Answer:
    comma, after = -1, stop.mark
    if stop.mark in _CLOSES and stop.before == ",":
        comma = stop.text.rindex(",", 0, stop.here)
    elif stop.mark == "," and stop.open:
        following = _SPACE.match(stop.text, stop.here + 1)
        after = stop.text[following.end() : following.end() + 1] if following else ""
        comma = stop.here if after in _CLOSES else -1
    if comma < 0 or stop.text[:comma].rstrip()[-1:] in ("", "{", "[", ","):
        return None
    return "trailing-comma", f"a comma with nothing between it and the closing `{after}`", comma


def _stray(stop: _Stop) -> _Answer:
    mark = stop.mark
    for beginning, reason, message in _STRAYS:
        if stop.text.startswith(beginning, stop.here):
            return reason, message, stop.here
    if stop.open and mark in _CLOSES and _CLOSES[mark] != stop.open[0]:
        return "syntax", f"`{mark}` closes {_CONTAINER[stop.open[0]]}", stop.here, stop.open[1]
    return None


def _outside(stop: _Stop) -> _Answer:
    if stop.open:
        return None
    if not stop.before:
        return _at_the_start(stop)
    if stop.text.lstrip()[0] not in '{["':
        return "text", "plain text, no JSON, although it begins like a value", 0
    if stop.mark in _STARTS_VALUE:
        return "two-values", "a second JSON value begins after the end of the first", stop.here
    if stop.mark in _CLOSES:
        return "syntax", f"one closing `{stop.mark}` more than was opened", stop.here
    return "syntax", f"{_named(stop.mark)} after the end of the document", stop.here


def _at_the_start(stop: _Stop) -> _Answer:
    if _CALL.match(stop.text):
        return "text", "JSONP: a call of a JavaScript function with the JSON as its argument", stop.here
    if stop.text.startswith(_GUARDS, stop.here):
        return "text", "JSON behind a guard against script inclusion, to be taken off first", stop.here
    if _word_at(stop) in _FOREIGN:
        return None
    if stop.mark in _CLOSES:
        return "syntax", f"a closing `{stop.mark}` that nothing opened", stop.here
    return "text", f"plain text, no JSON: it begins with {_named(stop.mark)}", stop.here


def _word(stop: _Stop) -> _Answer:
    word = _word_at(stop)
    if word in _FOREIGN:
        return "syntax", f"`{word}`, which JSON spells `{_FOREIGN[word]}`", stop.here
    touching = stop.at == stop.here and stop.text[stop.at - 1 : stop.at].isdigit()
    if (touching and stop.mark.isalnum()) or stop.mark in ("+", "."):
        return "syntax", "a number written as JSON does not write it", stop.here
    return None


def _inside(stop: _Stop) -> tuple[str, str, int]:
    found = _named(stop.mark)
    if "':'" in stop.wanted:
        return "syntax", f"a colon is missing: {found} follows a member's name", stop.here
    if "','" in stop.wanted:
        return "syntax", f"a comma or a closing bracket is missing before {found}", stop.here
    if "property name" in stop.wanted:
        return "syntax", f"{found}, where a member's name in double quotes is expected", stop.here
    return "syntax", f"{found}, where a value is expected", stop.here


def _word_at(stop: _Stop) -> str:
    match = _WORD.match(stop.text, stop.here)
    return match[0] if match else ""


def _open_at(text: str, at: int) -> tuple[tuple[str, int] | None, int | None]:
    """Return the innermost container open at an offset, and the start of the string it is in."""
    containers: list[tuple[str, int]] = []
    for match in _STRUCTURE.finditer(text):
        start, found = match.start(), match[0]
        if start > at or (start == at and found != '"'):
            break
        if found[0] == '"':
            if len(found) == 1 or start < at < match.end():
                return (containers[-1] if containers else None), start
        elif found in _CONTAINER:
            containers.append((found, start))
        elif containers:
            containers.pop()
    return (containers[-1] if containers else None), None


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _named(mark: str) -> str:
    if mark.isdigit():
        return "a digit"
    if mark.isalpha():
        return "a letter"
    if mark.isascii() and mark.isprintable():
        return f"`{mark}`"
    return f"the character U+{ord(mark):04X}"
