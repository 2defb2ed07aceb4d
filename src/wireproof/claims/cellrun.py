"""One cell a line: a name, its type, then what is said of it, each on a line of its own.

Both the segmenter (where such a run ends) and the layout (what it says) read by this grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.bodies import starts_body
from wireproof.claims.phrases import Attributes, attributes, identifier, required_word
from wireproof.claims.titles import unmarked_title
from wireproof.claims.words import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.claims.blocks import Line

__all__ = ["Entry", "cell_entries", "opens_entry"]

_WIDEST: Final = 80
_NO_NAMES: Final = frozenset(
    {"string", "integer", "number", "boolean", "object", "array", "null", "int", "any"}
)
_WEAK_TYPES: Final = frozenset({"json", "text", "none", "list", "map", "time", "date", "url", "any", "enum"})
_LABEL = re.compile(
    r"(?P<label>examples?|sample|default(?: value)?|enum(?: values?)?|allowed values?|possible values?|"
    r"available options|"
    r"(?:[a-z]+ )?(?:status )?values|format|示例值?|默认值?|枚举值?|可选值|取值范围?|ejemplo|"
    r"valores(?: posibles)?|por defecto|"
    r"例|サンプル|既定値|デフォルト|列挙値?)\s*[:：]\s*(?P<value>.*)",
    re.IGNORECASE,
)
_BARE_LABEL: Final = frozenset(
    {"example", "default", "enum", "allowed values", "possible values", "示例值", "枚举值", "默认值", "示例"}
)
_STOP = re.compile(r"#{1,6} |```|~~~|\||curl\b|<[a-z/!]|(?:GET|POST|PUT|PATCH|DELETE)\b", re.IGNORECASE)
_VALUE = re.compile(r"[a-z][a-z0-9_-]*|[A-Z][A-Z0-9_]+")
_ENDS: Final = re.compile(
    r"(?:modified at|last updated|was this|previous|next page|最后更新|修改于)", re.IGNORECASE
)


@dataclass(slots=True)
class Entry:
    """One field: its lines, and what they say."""

    name: str
    facts: Attributes
    lines: list[Line]
    required: bool | None = None
    labels: dict[str, list[Line]] = field(default_factory=dict)
    details: list[Line] = field(default_factory=list)


def opens_entry(lines: Sequence[Line], index: int) -> tuple[str, Attributes, int] | None:
    """Return the name, the type and the index after both, if a field begins on line `index`."""
    shown = lines[index].bare
    name = shown.strip("`*").strip()
    after = _next(lines, index + 1)
    if after is None or not _is_name(name) or shown.startswith(("-", "•")):
        return None
    required: bool | None = True if shown.endswith("*") else None
    if (word := required_word(lines[after].bare, spelled=True)) is not None:
        required, after = word, _next(lines, after + 1)
    facts = attributes(lines[after].bare) if after is not None and len(lines[after].text) <= _WIDEST else None
    if after is None or facts is None or facts.phrase is None:
        return None
    if folded(facts.phrase.written) in _WEAK_TYPES and not _confirmed(lines, after + 1):
        return None
    if required is not None:
        facts = replace(facts, required=required)
    return name, facts, after + 1


def _is_name(text: str) -> bool:
    return identifier(text) and required_word(text, spelled=True) is None and text.lower() not in _NO_NAMES


def _confirmed(lines: Sequence[Line], index: int) -> bool:
    after = _next(lines, index)
    return after is not None and required_word(lines[after].bare, spelled=True) is not None


def _next(lines: Sequence[Line], index: int) -> int | None:
    """Return the index of the next line with text, at most two blank lines on."""
    for candidate in range(index, min(index + 3, len(lines))):
        if lines[candidate].text.strip():
            return candidate
    return None


def cell_entries(lines: Sequence[Line], start: int) -> tuple[list[Entry], int]:
    """Return the fields that begin on line `start`, and the index of the line after them."""
    entries: list[Entry] = []
    index = start
    spaced = False
    while index < len(lines):
        if not lines[index].text.strip():
            index += 1
            spaced = True
            continue
        opened = opens_entry(lines, index)
        if opened is not None:
            name, facts, after = opened
            spaced = spaced and any(not line.text.strip() for line in lines[index:after])
            entries.append(Entry(name, facts, list(lines[index:after]), facts.required))
            index = after
            continue
        if not entries or (spaced and not _airy(entries[-1])) or _ended(entries[-1], lines, index):
            break
        index = _detail(entries[-1], lines, index)
        spaced = False
    while index > start and not lines[index - 1].text.strip():
        index -= 1
    return entries, index


def _airy(entry: Entry) -> bool:
    """Return whether the entry's own cells are set apart by blank lines."""
    return entry.lines[1].number - entry.lines[0].number > 1


def _ended(entry: Entry, lines: Sequence[Line], index: int) -> bool:
    text = lines[index].bare
    if starts_body(text) or _STOP.match(text) or _ENDS.match(text):
        return True
    if _LABEL.fullmatch(text) or required_word(text, spelled=True) is not None:
        return False
    after = _next(lines, index + 1)
    if folded(text).rstrip(":") in _BARE_LABEL:
        return after is None or starts_body(lines[after].text) or _STOP.match(lines[after].bare) is not None
    return (
        unmarked_title(text) is not None and not text.startswith(("-", "•", "*")) and not _one_of(entry, text)
    )


def _one_of(entry: Entry, text: str) -> bool:
    """Return whether a word stands below another one of a field's values: `completed`, then `failed`."""
    return _VALUE.fullmatch(text) is not None and any(
        _VALUE.fullmatch(line.bare) for line in entry.lines[-1:] if line in entry.details
    )


def _detail(entry: Entry, lines: Sequence[Line], index: int) -> int:
    """Add the line to what is said of the field; return the index of the next line."""
    line = lines[index]
    entry.lines.append(line)
    word = required_word(line.bare, spelled=True)
    if word is not None and entry.required is None:
        entry.required = word
        return index + 1
    label = _LABEL.fullmatch(line.bare)
    name = _label_name(label["label"]) if label else ""
    if label is None and folded(line.bare) in _BARE_LABEL:
        name = _label_name(folded(line.bare))
    if not name:
        entry.details.append(line)
        return index + 1
    values = entry.labels.setdefault(name, [])
    if label and label["value"]:
        values.append(type(line)(line.number, label["value"]))
        return index + 1
    return _label_values(entry, values, lines, index + 1, several=name == "enum")


def _label_values(
    entry: Entry, values: list[Line], lines: Sequence[Line], index: int, *, several: bool
) -> int:
    while index < len(lines) and lines[index].text.strip():
        text = lines[index].bare
        if (
            required_word(text, spelled=True) is not None
            or starts_body(text)
            or opens_entry(lines, index) is not None
        ):
            break
        if several and (unmarked_title(text) is not None or _LABEL.fullmatch(text)):
            break
        if (
            several
            and not text.startswith(("-", "•", "*", "`", '"'))
            and len(text.split()) > 1
            and values
            and ":" not in text
        ):
            break
        values.append(lines[index])
        entry.lines.append(lines[index])
        index += 1
        if not several:
            break
    return index


def _label_name(label: str) -> str:
    word = folded(label)
    if word.startswith(("default", "默认", "por defecto", "既定", "デフォルト")):
        return "default"
    if word.startswith(("example", "sample", "示例", "ejemplo", "例", "サンプル")):
        return "example"
    return "format" if word.startswith("format") else "enum"
