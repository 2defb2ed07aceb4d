"""One cell a line: a name, its type, then what is said of it, each on a line of its own.

Both the segmenter (where such a run ends) and the layout (what it says) read by this grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from wireproof.claims.blocks import Block
from wireproof.claims.bodies import starts_body
from wireproof.claims.cellheads import (
    GLUED_FACTS,
    REACH,
    STOP,
    column_words,
    next_line,
    opens_entry,
    place_of,
    typed_line,
)
from wireproof.claims.marks import BULLET
from wireproof.claims.phrases import required_word
from wireproof.claims.titles import unmarked_title
from wireproof.claims.words import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.claims.blocks import Line, Taken
    from wireproof.claims.phrases import Attributes

__all__ = ["COLUMNED", "NESTED", "Entry", "cell_entries", "take_cells", "take_columns", "value_line"]

COLUMNED: Final = "columns"
"""The language of a block of cells above whose first field the names of columns stand."""
NESTED: Final = "columns of fields inside fields"
"""The same, where one of these columns holds the fields inside those of another."""
_SHORT: Final = 6
_LABEL = re.compile(
    r"(?P<label>examples?|sample|default(?: value)?|enum(?: values?)?|allowed values?|possible values?|"
    r"available options|"
    r"(?:[a-z]+ )?(?:status )?values|format|示例值?|默认值?|枚举值?|可选值|可选项|可用选项|可用值|允许值|"
    r"取值范围?|ejemplo|valores(?: posibles)?|opciones disponibles|por defecto|predeterminado|"
    r"exemple|options disponibles|beispiel|verfügbare optionen|opções disponíveis|"
    r"例|サンプル|既定値|デフォルト|列挙値?|利用可能なオプション|選択肢|예시|기본값|사용 가능한 옵션)"
    r"\s*[:：]\s*(?P<value>.*)",
    re.IGNORECASE,
)
_GLUED_VALUE = re.compile(
    r"(?P<value>[A-Za-z][A-Za-z0-9_-]{0,40}|-?\d{1,5})\s?(?P<meaning>[\u3040-\u30ff\u3400-\u9fff].{0,80})"
)
_PARTS: Final = frozenset(
    "request response example parameters fields header body path query cookie authorization".split()
)
"""Roles of a title that begins another part of a call."""
_INNER: Final = frozenset(
    "属性|子属性|子字段|子参数|properties|attributes|child attributes|fields|プロパティ|显示子属性|"
    "隐藏子属性|"
    "show child attributes|hide child attributes|show properties|hide properties".split("|")
)
"""What stands between an object and its fields."""
_PAIR_LINE = re.compile(
    r"(?P<value>[a-z][a-z0-9_-]{1,40}|[A-Z][A-Z0-9_]{1,40}|-?\d{1,5})\s*[:：]\s*(?P<meaning>\S.*)"
)
_INTERVAL = re.compile(r"[\[(（]\s*-?[\d.]+\s*[,，~-]\s*-?[\d.]+\s*[\])）]\W*.*")
_FEW: Final = 2
_BARE_LABEL: Final = frozenset(
    {"example", "default", "enum", "allowed values", "possible values", "示例值", "枚举值", "默认值", "示例"}
)
_LANGUAGE = re.compile(
    r"(?:Shell|Bash|cURL|Curl|HTTP|JavaScript|TypeScript|Node(?:\.js|JS)?|Python|Java|Go(?:lang)?|PHP|Ruby|C#|Swift|"
    r"Kotlin|Rust)"
)
"""The tabs above sample code."""
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
    place: str = ""
    indent: int | None = None
    led: bool = False


def cell_entries(lines: Sequence[Line], start: int, *, led: bool = False) -> tuple[list[Entry], int]:
    """Return the fields that begin on line `start`, and the index of the line after them.

    `led` tells that the names of columns stand above the first one.
    """
    entries: list[Entry] = []
    index = start
    spaced = False
    while index < len(lines):
        if not lines[index].text.strip():
            index += 1
            spaced = True
            continue
        opened = opens_entry(lines, index, led=led)
        if opened is None and entries and entries[-1].indent is not None:
            beside = typed_line(lines[index])
            opened = (beside.name, beside.facts, index + 1) if beside is not None else None
        if opened is not None:
            name, facts, after = opened
            spaced = spaced and any(not line.text.strip() for line in lines[index:after])
            entry = Entry(name, facts, list(lines[index:after]), facts.required, led=led)
            _take_beside(entry, lines[after - 1])
            if led and (at := next_line(lines, after)) is not None and _duty(lines[at].bare) is not None:
                entry.required, after = _duty(lines[at].bare), at + 1
                entry.lines.append(lines[at])
            entries.append(entry)
            index = after
            continue
        if not entries or _ended(entries[-1], lines, index):
            break
        if spaced and not _airy(entries[-1]) and not _goes_on(entries[-1], lines, index):
            break
        index = _detail(entries[-1], lines, index)
        spaced = False
    while index > start and not lines[index - 1].text.strip():
        index -= 1
    return entries, index


def _duty(text: str) -> bool | None:
    """Return what a cell below the name of its column says: `Yes`, 否."""
    return required_word(text) if len(text) <= _SHORT else None


def _take_beside(entry: Entry, line: Line) -> None:
    """Keep what else stands on the line of a field's type: place, default, text."""
    beside = typed_line(line) if len(entry.lines) == 1 else None
    if beside is not None:
        entry.indent = line.indent
        entry.labels |= {"default": [type(line)(line.number, beside.default)]} if beside.default else {}
        entry.details += [type(line)(line.number, beside.text)] if beside.text else []
        return
    glued = GLUED_FACTS.fullmatch(line.bare)
    if glued is not None and glued["place"]:
        entry.place = glued["place"]
    if glued is not None and glued["default"]:
        entry.labels["default"] = [type(line)(line.number, glued["default"].partition(":")[2].strip())]


def _goes_on(entry: Entry, lines: Sequence[Line], start: int) -> bool:
    """Return whether a text behind a blank line still belongs to the field above.

    It does where it is labelled, and where another field follows below it before anything else begins.
    """
    if entry.led and not entry.details and not _ended(entry, lines, start):
        return True
    seen = 0
    for index in range(start, len(lines)):
        if not lines[index].text.strip():
            continue
        seen += 1
        labelled = _LABEL.fullmatch(lines[index].bare) is not None and seen <= _FEW
        if labelled or opens_entry(lines, index, led=entry.led) is not None:
            return True
        if seen > REACH or _ended(entry, lines, index) or BULLET.match(lines[index].text):
            return False
    return False


def _airy(entry: Entry) -> bool:
    """Return whether the entry's own cells are set apart by blank lines."""
    return len(entry.lines) > 1 and entry.lines[1].number - entry.lines[0].number > 1


def _ended(entry: Entry, lines: Sequence[Line], index: int) -> bool:
    text = lines[index].bare
    if starts_body(text) or STOP.match(text) or _ENDS.match(text) or _LANGUAGE.fullmatch(text):
        return True
    if _LABEL.fullmatch(text) or required_word(text, spelled=True) is not None:
        return False
    if _is_place(entry, lines, index) or _describes(entry, lines, index):
        return False
    if _opens_object(entry, lines, index):
        return False
    after = next_line(lines, index + 1)
    if folded(text).rstrip(":") in _BARE_LABEL:
        return after is None or starts_body(lines[after].text) or STOP.match(lines[after].bare) is not None
    return (
        unmarked_title(text) is not None and not text.startswith(("-", "•", "*")) and not _one_of(entry, text)
    )


def _is_place(entry: Entry, lines: Sequence[Line], index: int) -> bool:
    """Return whether a line names the place of the parameter above: right below its type, before any text."""
    close = lines[index].number - entry.lines[-1].number == 1
    return close and not entry.place and not entry.details and bool(place_of(lines[index].bare))


def _opens_object(entry: Entry, lines: Sequence[Line], index: int) -> bool:
    """Return whether a line stands between an object and its first field: `Properties`."""
    after = next_line(lines, index + 1)
    holds = entry.facts.phrase is not None and entry.facts.phrase.holds_fields
    return (
        holds
        and folded(lines[index].bare) in _INNER
        and after is not None
        and (opens_entry(lines, after, led=entry.led) is not None)
    )


def _describes(entry: Entry, lines: Sequence[Line], index: int) -> bool:
    """Return whether words of a title are what a field means: `task status`, right below its type.

    They are where a label follows; and where they announce no part of a call and the next field follows,
    or another title, below which they would head nothing.
    """
    if entry.details or entry.labels:
        return False
    title = unmarked_title(lines[index].bare)
    after = next((at for at in range(index + 1, len(lines)) if lines[at].text.strip()), None)
    if after is not None and _LABEL.fullmatch(lines[after].bare):
        return True
    if title is None or title.status or title.roles & _PARTS:
        return False
    if after is None or opens_entry(lines, after, led=entry.led) is not None:
        return True
    text = lines[after].bare
    return bool(unmarked_title(text) or STOP.match(text) or value_line(text))


def _one_of(entry: Entry, text: str) -> bool:
    """Return whether a word stands below another one of a field's values: `completed`, then `failed`."""
    if value_line(text) and entry.lines and value_line(entry.lines[-1].bare):
        return True
    return _VALUE.fullmatch(text) is not None and any(
        _VALUE.fullmatch(line.bare) for line in entry.lines[-1:] if line in entry.details
    )


def _detail(entry: Entry, lines: Sequence[Line], index: int) -> int:
    """Add the line to what is said of the field; return the index of the next line."""
    line = lines[index]
    here = _is_place(entry, lines, index)
    entry.lines.append(line)
    word = required_word(line.bare, spelled=True)
    if word is not None and entry.required is None:
        entry.required = word
        return index + 1
    if here:
        entry.place = place_of(line.bare)
        return index + 1
    label = _LABEL.fullmatch(line.bare)
    name = _label_name(label["label"]) if label and not _INTERVAL.fullmatch(label["value"]) else ""
    if label is None and folded(line.bare) in _BARE_LABEL:
        name = _label_name(folded(line.bare))
    if not name:
        if folded(line.bare) not in _INNER:
            entry.details.append(line)
        return index + 1
    entry.details += entry.labels.get(name, [])  # the label that comes last is what the field has
    values = entry.labels[name] = []
    if label and label["value"]:
        values.append(type(line)(line.number, label["value"]))
        return index + 1
    return _label_values(entry, values, lines, index + 1, several=name == "enum")


def _label_values(
    entry: Entry, values: list[Line], lines: Sequence[Line], index: int, *, several: bool
) -> int:
    if not values and index + 1 < len(lines) and not lines[index].text.strip():
        index += 1  # a label may stand apart from its value
    while index < len(lines) and lines[index].text.strip():
        text = lines[index].bare
        if (
            required_word(text, spelled=True) is not None
            or starts_body(text)
            or opens_entry(lines, index) is not None
        ):
            break
        if several and (_LABEL.fullmatch(text) or (unmarked_title(text) and not _goes_with(values, text))):
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


def _goes_with(values: Sequence[Line], text: str) -> bool:
    """Return whether a word of titles, `failed`, is one of the values above it."""
    return bool(values) and (
        values[-1].bare.endswith((",", "，", "、")) or _VALUE.fullmatch(text) is not None
    )


def value_line(text: str) -> tuple[str, str] | None:
    """Return a value and its meaning: `done: finished`, or glued to a word of another script, `done完成`."""
    found = _GLUED_VALUE.fullmatch(text) or (None if _LABEL.fullmatch(text) else _PAIR_LINE.fullmatch(text))
    return (found["value"], found["meaning"]) if found else None


def _label_name(label: str) -> str:
    word = folded(label)
    if word.startswith(("default", "默认", "por defecto", "predeterminado", "既定", "デフォルト", "기본값")):
        return "default"
    if word.startswith(
        ("example", "sample", "示例", "ejemplo", "exemple", "beispiel", "例", "サンプル", "예시")
    ):
        return "example"
    return "format" if word.startswith("format") else "enum"


def take_columns(lines: Sequence[Line], index: int) -> Taken | None:
    """Take a table whose cells stand one a line, below the names of its columns."""
    start, nested = column_words(lines, index)
    while start > index and start < len(lines) and not lines[start].text.strip():
        start += 1
    if start in {index, len(lines)} or opens_entry(lines, start, led=True) is None:
        return None
    _, end = cell_entries(lines, start, led=True)
    return Block("cells", tuple(lines[start:end]), language=NESTED if nested else COLUMNED), end


def take_cells(lines: Sequence[Line], index: int) -> Taken | None:
    """Take fields whose name and type stand one a line."""
    if opens_entry(lines, index) is None:
        return None
    entries, end = cell_entries(lines, index)
    return (Block("cells", tuple(lines[index:end])), end) if entries else None
