"""YAML documents on a page → a value with the line of each part; broken lines are mended or left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import Lines, Unread
from wireproof.door import Limits, Refusal, Yaml, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wireproof.claims.blocks import Line

__all__ = ["Place", "is_document", "outline"]

Place = tuple[str | int, ...]
"""Keys and indices from the root of a document."""

_DOCUMENT = re.compile(r"""\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]""")
_HEAD: Final = 6
"""Lines at the start of a block among which the version of a document stands as a rule."""
_LIMITS: Final = Limits(depth=200, nodes=1_000_000)
_MOST_MENDS: Final = 12
_MENDABLE: Final = frozenset({"syntax", "duplicate-key", "alias", "tag"})
_LEFT_OUT: Final = "#"
_KEY = re.compile(r"[^\s:'\"\[{#][^:]*:\s*")
_PAIR = re.compile(r"(\s*(?:- )?[^\s:'\"\[{#][^:]*:\s+)(\S.*?)\s*$")


def is_document(lines: Sequence[Line]) -> bool:
    """Return whether a block is an OpenAPI document: its version is named first, or among its outer keys."""
    if any(_DOCUMENT.match(line.text.lstrip("{ ")) for line in lines[:_HEAD]):
        return True
    told = [line for line in lines if line.text.strip()]
    outer = told[1:] if told and told[0].bare == "{" else told
    return any(line.indent == outer[0].indent and _DOCUMENT.match(line.text) for line in outer)


def outline(text: str, first: int) -> tuple[Any, dict[Place, int], list[Unread]]:
    """Return the document's value, the line of each part, and what could not be read.

    `first` is the number of the text's first line.  The value is None where nothing was readable.
    """
    lines = text.split("\n")
    whole = Lines(first, first + len(lines) - 1)
    faults: dict[int, str] = {}
    for _ in range(_MOST_MENDS):
        try:
            read = read_yaml("\n".join(lines), _LIMITS)
        except Refusal as refusal:
            if refusal.reason not in _MENDABLE or refusal.line is None:
                why = f"the YAML cannot be read: {refusal.message}"
                return None, {}, [*_told(faults, lines, first), Unread(whole, why)]
            faults.setdefault(
                _mended(lines, _blamed(refusal, len(lines))), refusal.message.removeprefix("not YAML: ")
            )
        else:
            return read.value, _lines_of(read, first), list(_told(faults, lines, first))
    why = "the YAML cannot be read: it is broken in too many places"
    return None, {}, [*_told(faults, lines, first), Unread(whole, why)]


def _told(faults: Mapping[int, str], lines: Sequence[str], first: int) -> Iterator[Unread]:
    """Yield what is said of the lines that were not well-formed, each run of them once.

    One wrong blank makes a parser stumble over every line that follows: the first says why.
    """
    runs: list[list[int]] = []
    for number in sorted(faults):
        if runs and all(not lines[between].strip() for between in range(runs[-1][-1] + 1, number)):
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        here = Lines(first + run[0], first + run[-1])
        out = [first + number for number in run if lines[number] == _LEFT_OUT]
        reason = f"not well-formed YAML: {faults[run[0]]}"
        if len(run) > 1 and out:
            reason += (
                f"; {len(out)} of {len(run)} lines are left out"
                if len(out) < len(run)
                else (f"; {len(out)} lines are left out")
            )
        yield Unread(here, reason)


def _blamed(refusal: Refusal, size: int) -> int:
    """Return the index of the line to blame: where an open quote began, not where its end was missed."""
    context = getattr(refusal.__cause__, "context_mark", None)
    quoted = "quoted scalar" in str(getattr(refusal.__cause__, "context", None))
    line = context.line if quoted and context is not None else (refusal.line or 1) - 1
    return min(int(line), size - 1)


def _mended(lines: list[str], number: int) -> int:
    """Quote the value on the line, align its key, or leave it out where that was tried; return its index."""
    while number > 0 and not lines[number].strip():
        number -= 1
    found = _PAIR.fullmatch(lines[number])
    if found:
        value = found[2].strip("'\"").replace("'", "''")
        mended = f"{found[1]}'{value}'"
        lines[number] = mended if mended != lines[number] else _LEFT_OUT
    else:
        lines[number] = _realigned(lines, number) or _LEFT_OUT
    return number


def _realigned(lines: Sequence[str], number: int) -> str:
    """Return a key that stands a blank beside the pair above it where that pair stands, or nothing."""
    above = next((line for line in reversed(lines[:number]) if line.strip() not in {"", _LEFT_OUT}), "")
    text = lines[number].lstrip(" ")
    deeper = len(lines[number]) - len(text) - (len(above) - len(above.lstrip(" ")))
    if deeper != 1 or not _KEY.fullmatch(text) or not _PAIR.fullmatch(above):
        return ""
    return lines[number][deeper:]


def _lines_of(read: Yaml, first: int) -> dict[Place, int]:
    """Return the line of every part, by its place; a part that aliases repeat is visited once."""
    at: dict[Place, int] = {(): first}
    seen: set[int] = set()
    waiting: list[tuple[Place, Any]] = [((), read.value)]
    while waiting:
        place, value = waiting.pop()
        if not isinstance(value, dict | list) or id(value) in seen:
            continue
        seen.add(id(value))
        marks = read.marks.get(id(value), {})
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            at[(*place, key)] = first + marks.get(str(key), 1) - 1
            waiting.append(((*place, key), inner))
    return at
