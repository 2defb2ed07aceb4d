"""How a field begins whose cells stand one a line: a name, then its type; or both on one line.

The boxes that a site sets beside a name may be glued (`stringheaderrequired`), and the names of the columns
may stand above, one a line too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.bodies import starts_body
from wireproof.claims.phrases import Attributes, attributes, identifier, required_word
from wireproof.claims.titles import unmarked_title
from wireproof.claims.words import COLUMNS, PLACES, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.claims.blocks import Line

__all__ = [
    "GLUED_FACTS",
    "REACH",
    "STOP",
    "Beside",
    "column_words",
    "next_line",
    "opens_entry",
    "place_of",
    "typed_line",
]

_WIDEST: Final = 80
_MOST_COLUMNS: Final = 10
_NO_NAMES: Final = frozenset({"string", "integer", "boolean", "array", "null", "int", "any"})
_TYPE_AND_NAME: Final = frozenset({"object", "number"})
"""Names of fields that are types elsewhere: a field's only where a type follows."""
_WEAK_TYPES: Final = frozenset({"json", "text", "none", "list", "map", "time", "date", "url", "any", "enum"})
_PLACE = re.compile(
    r"(?:in:?\s+)?[(（]?(?P<word>[a-z]+|[\u30a0-\u30ff\u3400-\u9fff]{2,4})[)）]?", re.IGNORECASE
)
GLUED_FACTS = re.compile(
    r"(?P<type>(?:string|integer|number|boolean|object|array|enum|file|any)(?:<[^<>]{1,30}>|\[\])*(?: \|"
    r" null)?)"
    r"(?P<place>header|query|path|body|cookie)?(?P<duty>required|optional|必填|必需|可选|必須|任意)?"
    r"(?P<default>default:.*)?"
)
"""What stands beside a name in boxes, without the gaps between them: `stringheaderrequired`."""
_SURE_TYPE = re.compile(
    r"(?:string|integer|int(?:32|64)?|long|float|double|number|boolean|bool|object|array)\b"
)
_GAP = re.compile(r"\s{2,}|\t")
_DEFAULT_BESIDE = re.compile(r"\s(?:默认值?|default|デフォルト)\s*[:：]?\s*")
STOP = re.compile(r"#{1,6} |```|~~~|\||curl\b|<[a-z/!]|(?:GET|POST|PUT|PATCH|DELETE)\b", re.IGNORECASE)
_FEW: Final = 2
REACH: Final = 14
"""Lines of a description after which the next field may still follow."""


def opens_entry(
    lines: Sequence[Line], index: int, *, led: bool = False
) -> tuple[str, Attributes, int] | None:
    """Return the name, the type and the index after both, if a field begins on line `index`.

    `led` tells that the names of columns stand above, so that `map` and `list` are types.
    """
    shown = lines[index].bare
    if (beside := typed_line(lines[index])) is not None:
        confirmed = beside.facts.required is not None or _another(lines, index + 1)
        return (beside.name, beside.facts, index + 1) if confirmed else None
    name = shown.strip("`*").strip()
    after = next_line(lines, index + 1)
    if after is None or not _is_name(name) or shown.startswith(("-", "•")):
        return None
    required: bool | None = True if shown.endswith("*") else None
    if (word := required_word(lines[after].bare, spelled=True)) is not None:
        required, after = word, next_line(lines, after + 1)
    if after is None or len(lines[after].text) > _WIDEST or _heads(name, lines, after):
        return None
    facts = _facts(lines[after].bare) or Attributes()
    phrase = facts.phrase
    if phrase is None:
        return None
    weak = not led and folded(phrase.written) in _WEAK_TYPES and not _confirmed(lines, after + 1)
    if weak or (name.lower() in _TYPE_AND_NAME and (not phrase.written.islower() or facts.rest)):
        return None
    if required is not None:
        facts = replace(facts, required=required)
    return name, facts, after + 1


def _heads(name: str, lines: Sequence[Line], after: int) -> bool:
    """Return whether a word is the title above a field that is named like a type: `Response`, `object`."""
    named = lines[after].bare.lower() in _TYPE_AND_NAME and unmarked_title(name) is not None
    return named and opens_entry(lines, after) is not None


@dataclass(frozen=True, slots=True)
class Beside:
    """A field whose type stands beside its name: `job_id string required`, with what else the line says."""

    name: str
    facts: Attributes
    default: str = ""
    text: str = ""


def typed_line(line: Line) -> Beside | None:
    """Return the field that a line is, its type beside its name; wide gaps part what follows."""
    name, blank, rest = line.bare.partition(" ")
    if not blank or len(line.bare) > _WIDEST * 2 or not _is_name(name):
        return None
    written, *texts = _GAP.split(rest.strip())
    shown, _, default = _DEFAULT_BESIDE.sub("\n", written, count=1).partition("\n")
    facts = attributes(shown.strip()) or Attributes()
    phrase = facts.phrase
    if phrase is None or facts.rest or len(written) > _WIDEST:
        return None
    if texts and facts.required is None and (duty := required_word(texts[0], spelled=True)) is not None:
        facts, texts = replace(facts, required=duty), texts[1:]
    small = name[0].islower() or name[0] == "_" or facts.required is not None
    if not small or not _SURE_TYPE.match(folded(phrase.written)):
        return None
    return Beside(name, facts, default.strip(), " ".join(texts))


def _another(lines: Sequence[Line], start: int) -> bool:
    """Return whether another field with its type beside its name follows soon, below some text."""
    seen = 0
    for index in range(start, len(lines)):
        text = lines[index].bare
        if text and typed_line(lines[index]) is not None:
            return True
        seen += bool(text)
        if seen > REACH or starts_body(text) or STOP.match(text):
            return False
    return False


def _facts(text: str) -> Attributes | None:
    """Return what the line below a name says, also where its boxes are glued: `stringheaderrequired`."""
    glued = GLUED_FACTS.fullmatch(text)
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
    after = next_line(lines, index)
    return after is not None and required_word(lines[after].bare, spelled=True) is not None


def next_line(lines: Sequence[Line], index: int) -> int | None:
    """Return the index of the next line with text, at most two blank lines on."""
    for candidate in range(index, min(index + 3, len(lines))):
        if lines[candidate].text.strip():
            return candidate
    return None


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
    least = least and columns != [
        "name",
        "required",
    ]  # `Body`, `Required`: a title, and what it says of the body
    return (end if least else index), "inner" in columns
