"""Headings: those that announce a part, and those that are fields themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from wireproof.claims.blocks import Block, Line
from wireproof.claims.bodies import starts_body
from wireproof.claims.labels import LABELS
from wireproof.claims.marks import BULLET, CURL, FENCE, HEADING, SETEXT
from wireproof.claims.phrases import attributes, identifier
from wireproof.claims.titles import label_of, marked_title, unmarked_title
from wireproof.claims.words import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.claims.blocks import Taken
    from wireproof.claims.phrases import Attributes

__all__ = ["heads_code", "heads_variant", "take_headed", "take_heading"]

_LABEL = re.compile(
    r"(?:>\s*)?(?:\*\*|__)(?P<text>[^*_]{2,60}?)(?:\*\*|__)\s*[:：—–-]?"
    r"(?P<rest>\s*(?:`?(?:HTTP\s*)?[1-5](?:\d\d|[xX]{2})\b[^`|]{0,40}`?|[(（][^()（）]{1,60}[)）])?)\s*[:：]?\s*"
)
"""Words in bold that are a line, with a status or brackets behind them: `**Response**: `202 Accepted``."""
_BOLD_LED = re.compile(r"\*\*(?P<text>[^*]{2,40})\*\*\s[^.。`*]{1,60}[:：]")
"""`**Returns** a lead:` is the title `Returns`."""
_HEADED = re.compile(
    r"`?(?P<name>[^\s`(（:：]+)`?\s*(?:[(（](?P<facts>[^()（）]*(?:\([^()]*\))?[^()（）]*)[)）]|"
    r"[:：—–-]?\s*(?P<loose>.*))"
)
_BOLD_FIELD = re.compile(
    r"\s{0,3}(?:\*\*|__)(?P<mark>`?)(?P<name>[^\s`*]+)`?(?:\*\*|__)[:：]?\s+(?P<facts>[`*_(].{1,120})"
)
_MARKS: Final = "##"
"""Before a field that is read as a heading; what stands inside it has more."""
_VARIANT = re.compile(
    r"[^\s。，,.:：；;|`{}<>()（）]{2,16}(?:接口|模型|模式|版本|方式|モデル|モード)|"
    r"(?:[A-Za-z0-9][\w.-]* ){1,4}(?:API|endpoint|model|mode|variant|version)",
    re.IGNORECASE,
)
"""A plain line that ends with the word for a call, a model, or a way to call it."""
_TAG = re.compile(r"<h(?P<level>[1-6])\b[^<>]*>\s*(?P<text>[^<>]{1,120}?)\s*</h(?P=level)>", re.IGNORECASE)
"""A heading of HTML among text."""
_BLANK = re.compile(r"\s*(?:<br\s*/?>)?\s*", re.IGNORECASE)
_RULE = re.compile(r"(?:~{3,}|\^{3,}|\"{3,}|\+{3,})")
"""What reStructuredText draws below a title, beside what Markdown knows."""
_LEVELS: Final = {"~": 3, "+": 3, "^": 4, '"': 4}
_TERM = re.compile(r"`(?P<name>[^`\s]+)`")
_DEFINITION = re.compile(r":\s+[(（](?P<facts>[^()（）]{2,60})[)）]")
_EMPHASIS = re.compile(r"`([^`]+)`|\*+([^*]+)\*+|(?<!\w)_+([^_]+)_+(?!\w)|([^`*]+)")
_SURE_TYPES: Final = frozenset(
    "string integer int int32 int64 long bool boolean float double array 字符串 整数 布尔 数组".split()
)
"""Types that a heading names only where it is a field: `## Translate text` is a title."""
_TYPE_LINE = re.compile(
    rf"\W*(?:{'|'.join(word for word, fact in LABELS.items() if fact == 'type')})\W*[:：]", re.IGNORECASE
)


def take_heading(lines: Sequence[Line], index: int) -> Taken | None:
    """Return the heading on the line: hashes, an underline, or bold words that are a title."""
    found = HEADING.match(lines[index].text)
    if found is not None:
        text = (found["text"] or "").strip()
        return (
            Block("heading", (Line(lines[index].number, text),), len(found["marks"])) if text else None
        ), index + 1
    marked = _tagged_or_underlined(lines, index)
    if marked is not None:
        return marked
    text = lines[index].bare
    label, led = _LABEL.fullmatch(text), _BOLD_LED.fullmatch(text)
    named = f"{label['text'].rstrip(':： ')} {label['rest'].strip()}".strip() if label else ""
    if named and (label_of(named) is not None or _places_parameters(named)):
        return Block("title", (Line(lines[index].number, named.replace("`", "")),)), index + 1
    if led is not None and unmarked_title(led["text"]) is not None:
        return Block("title", (Line(lines[index].number, led["text"].rstrip(":： ")),)), index + 1
    return None


def _tagged_or_underlined(lines: Sequence[Line], index: int) -> Taken | None:
    """Return the heading on the line that a tag of HTML or a rule below it makes one, or a rule alone."""
    text = lines[index].bare
    if (tag := _TAG.fullmatch(text)) is not None:
        return Block("heading", (Line(lines[index].number, tag["text"]),), int(tag["level"])), index + 1
    under = lines[index + 1].text if index + 1 < len(lines) else ""
    level = _LEVELS[under[0]] if _is_underlined(lines, index) else 0
    if (
        SETEXT.fullmatch(under)
        and text
        and "|" not in text
        and not BULLET.match(text)
        and text != "---"
        and len(under.strip()) > 2
    ):
        level = 1 if under.startswith("=") else 2
    if level:
        return Block("heading", (Line(lines[index].number, text),), level), index + 2
    return (None, index + 1) if SETEXT.fullmatch(text) else None


def _is_underlined(lines: Sequence[Line], index: int) -> bool:
    """Return whether the line is a title of reStructuredText: apart, and a rule of its width below it."""
    text = lines[index].bare
    under = lines[index + 1].text.rstrip() if index + 1 < len(lines) else ""
    if not text or not _RULE.fullmatch(under) or (index and lines[index - 1].text.strip()):
        return False
    width = sum(1 + (east_asian_width(sign) in "WF") for sign in text)
    return lines[index].indent == 0 and not BULLET.match(text) and len(under) >= width


def heads_code(lines: Sequence[Line], index: int) -> bool:
    """Return whether a bullet is the title of the code right below it: `* Request message:`."""
    bullet = BULLET.match(lines[index].text)
    title = unmarked_title(bullet["text"].strip("*:： ")) if bullet else None
    below = (line.text for line in lines[index + 1 : index + 5] if not _BLANK.fullmatch(line.text))
    after = next(below, "")
    return (
        title is not None
        and bool(title.roles & {"request", "response"})
        and (FENCE.match(after) is not None or starts_body(after))
        and len(after) - len(after.lstrip()) <= lines[index].indent
    )


def heads_variant(lines: Sequence[Line], index: int) -> bool:
    """Return whether a short line names one of several calls or models, and a part of it begins below."""
    if not _VARIANT.fullmatch(lines[index].bare):
        return False
    following = next((line.bare for line in lines[index + 1 : index + 3] if line.bare), "")
    title = unmarked_title(following.strip("*:： "))
    return title is not None and bool(title.roles & {"request", "response", "body", "parameters"})


def _places_parameters(text: str) -> bool:
    """Return whether words in bold say where parameters travel, whatever else they say: `Body里的参数`."""
    roles = marked_title(text).roles
    return "parameters" in roles and bool(roles & {"path", "query", "header", "body", "cookie"})


def take_headed(lines: Sequence[Line], index: int) -> Taken | None:
    """Take fields that are headings: `### id (string, required)`, or a heading over `Type: string`."""
    if _named_field(lines, index):
        return _take_bold_fields(lines, index)
    if not _headed(lines, index):
        return None
    end = index + 1
    while end < len(lines):
        text = lines[end].text
        if HEADING.match(text) and not _headed(lines, end):
            break
        if (
            FENCE.match(text)
            or starts_body(text)
            or text.lstrip().startswith("|")
            or CURL.match(text.strip())
        ):
            break
        end += 1
    return Block("headed", tuple(lines[index:end])), end


def _names_field(known: Attributes, written: str, *, bracketed: bool) -> bool:
    """Return whether a heading with these attributes names a field, and is no title: `Translate text`."""
    if known.phrase is None:
        return False
    if bracketed or known.required is not None:
        return True
    sure = "`" in written or folded(known.phrase.written) in _SURE_TYPES
    return sure and not known.phrase.holds_fields


def _take_bold_fields(lines: Sequence[Line], index: int) -> Taken:
    """Take fields that begin with their name in bold and their type as code, each over its description."""
    taken: list[Line] = []
    end = index
    while end < len(lines):
        text = lines[end].text
        field = _named_field(lines, end)
        if not field and (
            take_heading(lines, end) is not None
            or FENCE.match(text)
            or starts_body(text)
            or text.lstrip().startswith(("|", "<", "{%"))
            or CURL.match(text.strip())
        ):
            break
        taken.append(Line(lines[end].number, field or _inner_field(text) or text))
        end += 1
    return Block("headed", tuple(taken)), end


def _inner_field(text: str) -> str:
    """Return a bullet that is a field as a heading one level below the fields in bold."""
    bullet = BULLET.match(text)
    field = _bold_field(bullet["text"].strip()) if bullet else ""
    deep = 1 + min(len(bullet["indent"]) // 2, 3) if bullet else 0
    return field.replace(_MARKS, "#" * (len(_MARKS) + deep), 1) if field else ""


def _named_field(lines: Sequence[Line], index: int) -> str:
    """Return a field that begins on the line as a heading: in bold, or over `: (type) text`."""
    name = _TERM.fullmatch(lines[index].bare)
    told = _DEFINITION.match(lines[index + 1].bare) if name and index + 1 < len(lines) else None
    if name and told:
        facts = attributes(told["facts"])
        known = identifier(name["name"]) and facts is not None and facts.phrase is not None
        return f"{_MARKS} {name['name']} ({told['facts']})" if known else ""
    return _bold_field(lines[index].text)


def _bold_field(text: str) -> str:
    """Return `**id** `string`` as a heading that says the same, or an empty text."""
    found = _BOLD_FIELD.fullmatch(text.rstrip().removesuffix("  "))
    if found is None or not identifier(found["name"]):
        return ""
    parts = [next(filter(None, part)).strip(" ,()") for part in _EMPHASIS.findall(found["facts"])]
    facts = attributes(", ".join(part for part in parts if part))
    if facts is None or facts.phrase is None or "`" not in found["facts"] + found["mark"]:
        return ""
    return f"{_MARKS} {found['name']} ({', '.join(part for part in parts if part)})"


def _headed(lines: Sequence[Line], index: int) -> bool:
    heading = HEADING.match(lines[index].text)
    found = _HEADED.fullmatch((heading["text"] or "").strip().replace("**", "")) if heading else None
    if found is None or not identifier(found["name"].strip("`*")):
        return False
    facts = found["facts"] if found["facts"] is not None else (found["loose"] or "").strip("` ")
    if facts:
        known = attributes(facts.replace("`", ""))
        written = (heading["text"] or "") if heading else ""
        return known is not None and _names_field(known, written, bracketed=found["facts"] is not None)
    below = next((line for line in lines[index + 1 : index + 4] if line.text.strip()), None)
    if below is None or HEADING.match(below.text) or FENCE.match(below.text):
        return False
    if _TYPE_LINE.match(below.bare):
        return True
    known = attributes(below.bare.replace("`", "").replace("*", "").replace("|", ",").strip())
    return known is not None and known.phrase is not None and unmarked_title(found["name"]) is None
