"""One cell a line: a name, its type, then what is said of it, each on a line of its own.

Both the segmenter (where such a run ends) and the layout (what it says) read by this grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.bodies import starts_body
from wireproof.claims.marks import BULLET
from wireproof.claims.phrases import Attributes, attributes, identifier, required_word
from wireproof.claims.titles import unmarked_title
from wireproof.claims.words import COLUMNS, PLACES, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.claims.blocks import Line

__all__ = ["COLUMNED", "NESTED", "Entry", "cell_entries", "column_words", "opens_entry", "value_line"]

COLUMNED: Final = "columns"
"""The language of a block of cells above whose first field the names of columns stand."""
NESTED: Final = "columns of fields inside fields"
"""The same, where one of these columns holds the fields inside those of another."""
_WIDEST: Final = 80
_SHORT: Final = 6
_MOST_COLUMNS: Final = 10
_NO_NAMES: Final = frozenset({"string", "integer", "boolean", "array", "null", "int", "any"})
_TYPE_AND_NAME: Final = frozenset({"object", "number"})
"""Names of fields that are types elsewhere: a field's only where a type follows."""
_WEAK_TYPES: Final = frozenset({"json", "text", "none", "list", "map", "time", "date", "url", "any", "enum"})
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
_PLACE = re.compile(r"(?:in:?\s+)?[(（]?(?P<word>[a-z]+|[\u30a0-\u30ff\u3400-\u9fff]{2,4})[)）]?", re.IGNORECASE)
_GLUED_FACTS = re.compile(
    r"(?P<type>(?:string|integer|number|boolean|object|array|enum|file|any)(?:<[^<>]{1,30}>|\[\])*(?: \| null)?)"
    r"(?P<place>header|query|path|body|cookie)?(?P<duty>required|optional|必填|必需|可选|必須|任意)?"
    r"(?P<default>default:.*)?"
)
"""What stands beside a name in boxes, without the gaps between them: `stringheaderrequired`."""
_GLUED_VALUE = re.compile(r"(?P<value>[A-Za-z][A-Za-z0-9_-]{0,40}|-?\d{1,5})\s?(?P<meaning>[\u3040-\u30ff\u3400-\u9fff].{0,80})")
_PARTS: Final = frozenset(
    "request response example parameters fields header body path query cookie authorization".split()
)
"""Roles of a title that begins another part of a call."""
_SURE_TYPE = re.compile(r"(?:string|integer|int(?:32|64)?|long|float|double|number|boolean|bool|object|array)\b")
_GAP = re.compile(r"\s{2,}|\t")
_DEFAULT_BESIDE = re.compile(r"\s(?:默认值?|default|デフォルト)\s*[:：]?\s*")
_INNER: Final = frozenset(
    "属性|子属性|子字段|子参数|properties|attributes|child attributes|fields|プロパティ|显示子属性|隐藏子属性|"
    "show child attributes|hide child attributes|show properties|hide properties".split("|")
)
"""What stands between an object and its fields."""
_PAIR_LINE = re.compile(r"(?P<value>[a-z][a-z0-9_-]{1,40}|[A-Z][A-Z0-9_]{1,40}|-?\d{1,5})\s*[:：]\s*(?P<meaning>\S.*)")
_INTERVAL = re.compile(r"[\[(（]\s*-?[\d.]+\s*[,，~-]\s*-?[\d.]+\s*[\])）]\W*.*")
_FEW: Final = 2
_REACH: Final = 14
"""Lines of a description after which the next field may still follow."""
_BARE_LABEL: Final = frozenset(
    {"example", "default", "enum", "allowed values", "possible values", "示例值", "枚举值", "默认值", "示例"}
)
_LANGUAGE = re.compile(
    r"(?:Shell|Bash|cURL|Curl|HTTP|JavaScript|TypeScript|Node(?:\.js|JS)?|Python|Java|Go(?:lang)?|PHP|Ruby|C#|Swift|"
    r"Kotlin|Rust)"
)
"""The tabs above sample code."""
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
    place: str = ""
    indent: int | None = None
    led: bool = False


def opens_entry(
    lines: Sequence[Line], index: int, *, led: bool = False
) -> tuple[str, Attributes, int] | None:
    """Return the name, the type and the index after both, if a field begins on line `index`.

    `led` tells that the names of columns stand above, so that `map` and `list` are types.
    """
    shown = lines[index].bare
    if (beside := _typed_line(lines[index])) is not None:
        confirmed = beside.facts.required is not None or _another(lines, index + 1)
        return (beside.name, beside.facts, index + 1) if confirmed else None
    name = shown.strip("`*").strip()
    after = _next(lines, index + 1)
    if after is None or not _is_name(name) or shown.startswith(("-", "•")):
        return None
    required: bool | None = True if shown.endswith("*") else None
    if (word := required_word(lines[after].bare, spelled=True)) is not None:
        required, after = word, _next(lines, after + 1)
    if after is None or len(lines[after].text) > _WIDEST:
        return None
    facts = _facts(lines[after].bare)
    if facts is None or facts.phrase is None:
        return None
    if not led and folded(facts.phrase.written) in _WEAK_TYPES and not _confirmed(lines, after + 1):
        return None
    if name.lower() in _TYPE_AND_NAME and (facts.phrase.written.islower() is False or facts.rest):
        return None
    if required is not None:
        facts = replace(facts, required=required)
    return name, facts, after + 1


@dataclass(frozen=True, slots=True)
class _Beside:
    """A field whose type stands beside its name: `job_id string required`, with what else the line says."""

    name: str
    facts: Attributes
    default: str = ""
    text: str = ""


def _typed_line(line: Line) -> _Beside | None:
    """Return the field that a line is, its type beside its name; wide gaps part what follows."""
    name, blank, rest = line.bare.partition(" ")
    if not blank or len(line.bare) > _WIDEST * 2 or not _is_name(name):
        return None
    written, *texts = _GAP.split(rest.strip())
    shown, _, default = _DEFAULT_BESIDE.sub("\n", written, count=1).partition("\n")
    facts = attributes(shown.strip())
    if facts is None or facts.phrase is None or facts.rest or len(written) > _WIDEST:
        return None
    if texts and facts.required is None and (duty := required_word(texts[0], spelled=True)) is not None:
        facts, texts = replace(facts, required=duty), texts[1:]
    small = name[0].islower() or name[0] == "_" or facts.required is not None
    if not small or not _SURE_TYPE.match(folded(facts.phrase.written)):
        return None
    return _Beside(name, facts, default.strip(), " ".join(texts))


def _another(lines: Sequence[Line], start: int) -> bool:
    """Return whether another field with its type beside its name follows soon, below some text."""
    seen = 0
    for index in range(start, len(lines)):
        text = lines[index].bare
        if text and _typed_line(lines[index]) is not None:
            return True
        seen += bool(text)
        if seen > _REACH or starts_body(text) or _STOP.match(text):
            return False
    return False


def _facts(text: str) -> Attributes | None:
    """Return what the line below a name says, also where its boxes are glued: `stringheaderrequired`."""
    glued = _GLUED_FACTS.fullmatch(text)
    if glued is None or not (glued["place"] or glued["duty"] or glued["default"]):
        return attributes(text)
    facts = attributes(glued["type"])
    duty = required_word(glued["duty"] or "", spelled=True)
    return replace(facts, required=duty) if facts is not None and duty is not None else facts


def place_of(text: str) -> str:
    """Return the place that a line below a parameter's type names, `header` or `in: query`, or nothing."""
    found = _PLACE.fullmatch(text)
    return PLACES.get(folded(found["word"]), "") if found else ""


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
            beside = _typed_line(lines[index])
            opened = (beside.name, beside.facts, index + 1) if beside is not None else None
        if opened is not None:
            name, facts, after = opened
            spaced = spaced and any(not line.text.strip() for line in lines[index:after])
            entry = Entry(name, facts, list(lines[index:after]), facts.required, led=led)
            _take_beside(entry, lines[after - 1])
            if led and (at := _next(lines, after)) is not None and _duty(lines[at].bare) is not None:
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
    beside = _typed_line(line) if len(entry.lines) == 1 else None
    if beside is not None:
        entry.indent = line.indent
        entry.labels |= {"default": [type(line)(line.number, beside.default)]} if beside.default else {}
        entry.details += [type(line)(line.number, beside.text)] if beside.text else []
        return
    glued = _GLUED_FACTS.fullmatch(line.bare)
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
        if seen > _REACH or _ended(entry, lines, index) or BULLET.match(lines[index].text):
            return False
    return False


def _airy(entry: Entry) -> bool:
    """Return whether the entry's own cells are set apart by blank lines."""
    return len(entry.lines) > 1 and entry.lines[1].number - entry.lines[0].number > 1


def _ended(entry: Entry, lines: Sequence[Line], index: int) -> bool:
    text = lines[index].bare
    if starts_body(text) or _STOP.match(text) or _ENDS.match(text) or _LANGUAGE.fullmatch(text):
        return True
    if _LABEL.fullmatch(text) or required_word(text, spelled=True) is not None:
        return False
    if _is_place(entry, lines, index) or _describes(entry, lines, index):
        return False
    if _opens_object(entry, lines, index):
        return False
    after = _next(lines, index + 1)
    if folded(text).rstrip(":") in _BARE_LABEL:
        return after is None or starts_body(lines[after].text) or _STOP.match(lines[after].bare) is not None
    return (
        unmarked_title(text) is not None and not text.startswith(("-", "•", "*")) and not _one_of(entry, text)
    )


def _is_place(entry: Entry, lines: Sequence[Line], index: int) -> bool:
    """Return whether a line names the place of the parameter above: right below its type, before any text."""
    close = lines[index].number - entry.lines[-1].number == 1
    return close and not entry.place and not entry.details and bool(place_of(lines[index].bare))


def _opens_object(entry: Entry, lines: Sequence[Line], index: int) -> bool:
    """Return whether a line stands between an object and its first field: `Properties`."""
    after = _next(lines, index + 1)
    holds = entry.facts.phrase is not None and entry.facts.phrase.holds_fields
    return holds and folded(lines[index].bare) in _INNER and after is not None and (
        opens_entry(lines, after, led=entry.led) is not None
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
    return unmarked_title(lines[after].bare) is not None or _STOP.match(lines[after].bare) is not None


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
    return bool(values) and (values[-1].bare.endswith((",", "，", "、")) or _VALUE.fullmatch(text) is not None)


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


def column_words(lines: Sequence[Line], index: int) -> tuple[int, bool]:
    """Return the index after the names of a table's columns that stand one a line, or `index` for none.

    The second value tells whether one of the columns holds the fields inside those of another.
    """
    columns: list[str] = []
    end = at = index
    while at < len(lines) and len(columns) <= _MOST_COLUMNS:
        text = lines[at].bare
        column = COLUMNS.get(folded(text).strip("*: "), "")
        if text and (not column or (len(columns) >= _FEW and opens_entry(lines, at, led=True))):
            break
        columns += [column] if column else []
        at += 1
        end = at if column else end
    least = len(columns) >= _FEW and columns[0] == "name" and columns.count("name") == 1
    return (end if least else index), "inner" in columns
