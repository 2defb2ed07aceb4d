"""Text → lines, with the traces of copying and translating removed and counted."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Line
from wireproof.claims.claim import Artefact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["cleaned", "split_glued"]

_BREAK = re.compile(r"\r\n|\n|\r")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_LONE = re.compile("\u00c2(?=[\u00a0 ]|$)")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]"
)
_ESCAPED = re.compile(r"\\([_*\[\]<>#~`.!(){}+-])")
_ESCAPED_UNDERSCORE = re.compile(r"\\_")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_CP1252 = "".join(chr(byte) for byte in range(0x80, 0xC0)) + "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(f"(?:[\u00c2-\u00f4][{re.escape(_CP1252)}]+)+")
_GLUED = re.compile(
    r"(?P<head>.*\s\S*[a-z.)\]])(?P<tail>Request|Requests|Response|Responses|Example|Required|Optional|"
    r"Headers?|Body|Parameters|Authorization|Returns):?$"
)
_PLACEHOLDER = re.compile(
    r"\s*(?://|/\*)\s*\w+(?:[ -]\w+){3,}|.*\b(?:lorem ipsum|placeholder|todo|tbd|description here)\b",
    re.IGNORECASE,
)
_REPEATED: Final = 3


class _Count:
    """How often each kind of artefact was met, and the line of the first."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[int, int]] = {}

    def add(self, kind: str, number: int, times: int = 1) -> None:
        count, first = self.seen.get(kind, (0, number))
        self.seen[kind] = (count + times, first)

    def artefacts(self) -> list[Artefact]:
        return [Artefact(kind, count, line) for kind, (count, line) in self.seen.items()]


def cleaned(text: str, *, markup: bool = False) -> tuple[list[Line], list[Artefact]]:
    """Return the page's lines without copying artefacts, and these artefacts counted by kind.

    In `markup` entities and backslashes stay for the parser of HTML.
    """
    count = _Count()
    fenced = False
    lines: list[Line] = []
    for number, raw in enumerate(_BREAK.split(text), 1):
        if _FENCE.match(raw):
            fenced = not fenced
        plain = raw.isascii() and raw.isprintable() and "\\" not in raw and "&" not in raw
        lines.append(
            Line(number, raw if plain else _clean(raw, number, fenced=fenced or markup, count=count))
        )
    boilerplate = _boilerplate(lines)
    if boilerplate:
        lines = [_without(line, boilerplate, count) for line in lines]
    return lines, count.artefacts()


def _clean(raw: str, number: int, *, fenced: bool, count: _Count) -> str:
    text = raw
    for kind, pattern, mended in _TRACES:
        changed, times = pattern.subn(mended, text)
        if changed != text:
            count.add(kind, number, times)
            text = changed
    if fenced:
        return text
    text = _ESCAPED.sub(r"\1", text)
    return _SPACES.sub(" ", _ENTITY.sub(lambda found: html.unescape(found[0]).replace("|", "¦"), text))


def _kept_tab(found: re.Match[str]) -> str:
    return "\t" if found[0] == "\t" else ""


def _remade(found: re.Match[str]) -> str:
    """Return UTF-8 that was once read as Latin-1, read aright; what is no such text stays."""
    raw = bytearray()
    for char in found[0]:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return found[0]
            raw.append(ord(char))
    try:
        made = raw.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return found[0] if made.isspace() else made


_TRACES: Final[tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    ("mojibake", _MOJIBAKE, _remade),
    ("lone Â", _LONE, ""),
    ("non-breaking or wide space", _SPACES, " "),
    ("invisible character", _INVISIBLE, _kept_tab),
    ("escaped underscore", _ESCAPED_UNDERSCORE, "_"),
)
"""What copying leaves behind, how it is recognised, and what stands there instead."""


def _boilerplate(lines: Iterable[Line]) -> frozenset[str]:
    """Return the placeholders that a page repeats word for word where a description would stand."""
    counts: dict[str, int] = {}
    for line in lines:
        if 10 <= len(line.text) <= 200 and _PLACEHOLDER.match(line.text):
            counts[line.bare] = counts.get(line.bare, 0) + 1
    return frozenset(text for text, times in counts.items() if times >= _REPEATED)


def _without(line: Line, boilerplate: frozenset[str], count: _Count) -> Line:
    if line.bare not in boilerplate:
        return line
    count.add("placeholder text repeated", line.number)
    return Line(line.number, "//" if line.bare.startswith("//") else "")


def split_glued(line: Line) -> tuple[Line, ...]:
    """Return the line, or its two halves where a title was glued to the end of a sentence."""
    found = _GLUED.fullmatch(line.text)
    if found is None or len(found["head"].split()) < 2:
        return (line,)
    return Line(line.number, found["head"]), Line(line.number, found["tail"])
