"""Bullets that nest: `name (type, required): text`, `name: type - text`, and bullets of values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.beside import beside_type
from wireproof.claims.claim import Lines, Value, ValuesClaim
from wireproof.claims.labels import LABELS
from wireproof.claims.layout import Layout
from wireproof.claims.leading import led_in
from wireproof.claims.listing import Listing, Row
from wireproof.claims.marks import BULLET
from wireproof.claims.operations import labels_call
from wireproof.claims.phrases import (
    BARE_TYPES,
    Attributes,
    attributes,
    identifier,
    required_word,
    type_phrase,
)
from wireproof.claims.sections import entered
from wireproof.claims.titles import unmarked_title
from wireproof.claims.wording import literal, plain_text, value_pair, value_pairs
from wireproof.claims.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.claims.blocks import Block
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_NAME: Final = (
    r"(?:__|`)*(?P<name>[^\s`*(（:：,，<—–]+(?:\[\])?)(?P<star>\\?\*)?(?:__|`)*(?:\s?\\?(?P<apart>\*))?"
)
_PARENTHESES = re.compile(
    rf"{_NAME}\s*[:：]?\s*[\[(（<]+[*_`]*(?P<facts>[^()（）]*(?:\([^()]*\)[^()（）]*)?)[*_`]*[\])）>]+\s*[*_]*\s*[:：—–-]*\s*(?P<rest>.*)"
)
_TYPE_FIRST = re.compile(
    rf"{_NAME}\s*(?:[:：,，]|[—–-]\s|"
    rf"\s)\s*[*_`(（]*(?P<facts>[^—–:：.。*`()（）]{{1,60}}?)[*_`)）]*(?:\s*(?:[—–:：.。()（）]|"
    rf"\s-\s)\s*(?P<rest>.*)|$)"
)
_BY_COMMA = re.compile(
    rf"{_NAME}\s*[,，:：]\s*(?P<facts>[^,，]{{1,40}}[,，]\s*[^,，]{{1,20}})\s*[,，]\s*(?P<rest>.*)"
)
_SEVERAL = re.compile(
    r"(?P<names>`?[A-Za-z_]\w*`?(?:(?:\s*[,、，/]\s*|"
    r"\s+and\s+)`?[A-Za-z_]\w*`?)+)\s*(?:[(（](?P<facts>[^()（）]*)[)）])?\s*(?:[:：—–]|\s-\s)\s*(?P<rest>.*)"
)
_DESCRIBED = re.compile(rf"{_NAME}\s*(?:[:：—–]|\s-\s)\s*(?P<rest>.*)")
_BY_NAME_AND_COMMA = re.compile(r"^(`[^`\s]+`)\s*[,，、](?!\s*`)\s*")
_LABEL = re.compile(r"(?:\*\*|`)?(?P<label>[^:：*`]{1,30}?)(?:\*\*|`)?\s*[:：]\s*(?:\*\*)?\s*(?P<value>.*)")
_INCLUDES = re.compile(
    r"\b(?:includ(?:es|ing)|contain(?:s|ing)|consist(?:s|ing) of|"
    r"with fields?)\s*:?\s*(?P<names>`?[A-Za-z]\w*`?(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+|"
    r"、)`?[A-Za-z]\w*`?)*)",
    re.IGNORECASE,
)
_FACT = re.compile(r"(?:\*\*|__)?(?:[A-Z][A-Za-z ]{1,24}|[\u3040-\u9fff]{1,8})(?:\*\*|__)?\s*[:：]")
"""A label among those of a call, and no field: `**Authentication**: none required`."""
_EITHER = re.compile(
    r"\b(?:one|any|either) of (?:the following|these|them)\b|任选其一|之一[:：]?$|いずれか|"
    r"\b(?:uno|una) de (?:los|las) siguientes\b|\beine[sr]? der folgenden\b",
    re.IGNORECASE,
)
"""Says that the names below are a choice, and not all that there are."""
_CODED_PAIR = re.compile(
    r"`(?P<name>[^`\s]+)`\s+`(?P<facts>[^`]{1,60})`\s*[(（]?(?P<duty>required|optional|必填|可选|必須|任意)?[)）]?"
    r"\s*(?:[—–:：.-]\s*)?(?P<rest>.*)",
    re.IGNORECASE,
)
_MARKED_PAIR = re.compile(
    r"(?:`(?P<code>[^`\s]+)`|\*\*`?(?P<bold>[^`*\s]+)`?\*\*)\s+"
    r"(?P<mark>`|\*\*?|_)(?P<facts>[^`*]{1,60}?)(?P=mark)(?!\w)\s*(?P<rest>.*)"
)
"""A name and its type, each in marks of its own."""
_SLANTED = re.compile(r"(?<![\w*])[*_](\w[^*_\n]{0,60})[*_](?![\w*])")
_CODED = re.compile(r"`\w+`|[a-z]+(?:_[a-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]*)+")


@dataclass(slots=True)
class _Item:
    """One bullet: its text with the lines that continue it, and the bullets inside."""

    depth: int
    first: int
    last: int
    text: str
    inside: list[_Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a bullet's text says when it names fields."""

    names: tuple[str, ...]
    facts: Attributes
    rest: str
    example: str | None = None


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    items = _items(block)
    if not items:
        return
    yield from _group(items, led_in(block.lead, setting), block.lead)


def _items(block: Block) -> list[_Item]:
    """Return the bullets as a tree, by indentation."""
    roots: list[_Item] = []
    open_: list[_Item] = []
    for line in block.lines:
        found = BULLET.match(line.text)
        if found is None:
            if open_:
                open_[-1].text += " " + line.bare
                open_[-1].last = line.number
            continue
        item = _Item(len(found["indent"]), line.number, line.number, found["text"].strip())
        while open_ and open_[-1].depth >= item.depth:
            open_.pop()
        (open_[-1].inside if open_ else roots).append(item)
        open_.append(item)
    return roots


def _group(items: Sequence[_Item], setting: Setting, lead: str) -> Iterator[Said]:
    """Read bullets of one level: fields, values, or labels with a list inside."""
    led = _lists_values(items, setting, lead)
    loose = not led and _describes_fields(items, setting)
    rows: list[Row] = []
    of_call = any(labels_call(item.text) for item in items)
    for item in items:
        fact = of_call and _FACT.match(item.text) is not None
        found = None if fact else _field(item, described=loose)
        label = None if found else _section(item)
        if found is not None:
            rows += _rows(item, found, 0, described=loose)
        elif label is not None:
            yield from _group(item.inside, entered(setting, label), item.text)
        elif item.inside and not _EITHER.search(plain_text(item.text)):
            yield from _group(item.inside, setting, item.text)
    if rows:
        yield Listing(setting, tuple(rows), title=setting.title)
    elif led:
        values = _values(items)
        if values:
            yield ValuesClaim(
                Lines(items[0].first, items[-1].last), setting.scope, _about(lead, setting), values
            )


def _section(item: _Item) -> str | None:
    """Return the text of a bullet that only announces the bullets inside it."""
    text = plain_text(item.text).strip("`").rstrip(":： ")
    return text if item.inside and unmarked_title(text) is not None else None


def _describes_fields(items: Sequence[_Item], setting: Setting) -> bool:
    """Return whether `name: text` without a type names a field here: its neighbours or the title say so."""
    typed = sum(_field(item, described=False) is not None for item in items)
    if typed:
        return True
    if setting.roles & {"values", "codes", "error"} and not setting.roles & {"fields", "parameters"}:
        return False
    named = [_DESCRIBED.fullmatch(_with_colon(plain_text(item.text))) for item in items]
    if (
        not setting.roles & {"fields", "parameters", "header", "body"}
        or not setting.scope.side
        or len(items) < 2
    ):
        return False
    return all(
        found is not None and (item.text.startswith(("`", "**`")) or _CODED.fullmatch(found["name"]))
        for item, found in zip(items, named, strict=True)
    )


def _described(item: _Item, text: str = "") -> re.Match[str] | None:
    """Return the name and the text of `name: text`, or of a name as code, a comma and text."""
    return _DESCRIBED.fullmatch(_with_colon(text or plain_text(item.text)))


def _field(item: _Item, *, described: bool) -> _Found | None:
    text = _SLANTED.sub(r"\1", plain_text(item.text[:2000]))
    pair = _CODED_PAIR.fullmatch(text)
    if pair is not None and (facts := _paired(pair)) is not None:
        return _Found((pair["name"],), facts, pair["rest"])
    if (marked := _marked(item.text[:2000])) is not None:
        return marked
    if (beside := beside_type(text)) is not None:
        return _Found((beside[0],), *beside[1:])
    for pattern in (_PARENTHESES, _TYPE_FIRST, _BY_COMMA):
        found = pattern.fullmatch(text)
        if found is None or not identifier(found["name"].strip("`").removesuffix("?")):
            continue
        facts = attributes(found["facts"].replace("`", ""))
        if facts is None or (facts.phrase is None and pattern is not _PARENTHESES):
            continue
        if pattern is _TYPE_FIRST and not _surely(found, facts, item.text):
            continue
        if found["star"] or found["apart"]:
            facts = replace(facts, required=True)
        rest = (found["rest"] or "").strip()
        name = found["name"].strip("`")
        if name.endswith("?"):
            name, facts = name[:-1], replace(facts, required=False)
        return _Found((name,), *_led_by_attributes(facts, rest))
    return _untyped(item, _with_colon(text)) if described else _labelled(item, text)


def _with_colon(text: str) -> str:
    """Return `name`, text as `name`: text."""
    return _BY_NAME_AND_COMMA.sub(r"\1: ", text)


def _marked(text: str) -> _Found | None:
    """Return the field of `**id** `string` text` or of `id` *string* text, whose type is one by its word."""
    found = _MARKED_PAIR.fullmatch(text)
    name = (found["code"] or found["bold"]) if found else ""
    facts = attributes(found["facts"]) if found and identifier(name) else None
    if found is None or facts is None or facts.phrase is None:
        return None
    return _Found((name,), *_led_by_attributes(facts, plain_text(found["rest"])))


def _paired(pair: re.Match[str]) -> Attributes | None:
    """Return what the type beside a name says, both written as code; a capitalised word is a structure."""
    facts = attributes(pair["facts"], references=True) if identifier(pair["name"]) else None
    if facts is None or facts.phrase is None or (value_pair(pair["facts"]) or ("", ""))[1]:
        return None
    word = required_word(pair["duty"] or "", spelled=True)
    return facts if word is None else replace(facts, required=word)


def _surely(found: re.Match[str], facts: Attributes, shown: str) -> bool:
    """Return whether `name type …` is a field and no sentence: something sets the type apart."""
    between = shown[: max(0, shown.find(facts.phrase.written if facts.phrase else "", found.end("name")))]
    return (
        shown.startswith(("`", "*"))
        or ":" in between
        or "：" in between
        or " - " in between
        or facts.required is not None
    )


def _led_by_attributes(facts: Attributes, rest: str) -> tuple[Attributes, str]:
    """Take `required` from the start of the description where it stands alone: `required. The id`."""
    head = re.match(r"[*_`(（\[]*([A-Za-z]+|必填|可选|必須|任意)[*_`)）\]]*\s*(?:[.,;:：。，—–-]|$)\s*", rest)
    word = required_word(head[1], spelled=True) if head and facts.required is None else None
    if head is None or word is None:
        return facts, rest
    return replace(facts, required=word), rest[head.end() :]


def _untyped(item: _Item, text: str) -> _Found | None:
    several = _SEVERAL.fullmatch(text)
    if several:
        names = tuple(re.findall(r"[A-Za-z_]\w*", several["names"].replace(" and ", ", ")))
        return _Found(names, attributes(several["facts"] or "") or Attributes(), several["rest"])
    found = _described(item, text)
    if (
        found is None
        or not identifier(found["name"])
        or (unmarked_title(found["name"]) and not item.text.startswith("`"))
    ):
        return _labelled(item, text)
    return _Found(
        (found["name"],),
        Attributes(required=True if found["star"] or found["apart"] else None),
        found["rest"],
    )


def _labelled(item: _Item, text: str) -> _Found | None:
    """Read a bullet that is a bare name when the bullets inside are `Type: …`, `Required: …`."""
    name = text.strip("`").rstrip(":：")
    if not identifier(name) or not item.inside:
        return None
    facts = Attributes()
    for inner in item.inside:
        found = _LABEL.fullmatch(plain_text(inner.text))
        label = LABELS.get(folded(found["label"])) if found else None
        if found and label == "type":
            facts = replace(facts, phrase=type_phrase(found["value"]))
        elif found and label == "required":
            facts = replace(facts, required=required_word(found["value"]))
    return _Found((name,), facts, "") if facts.phrase is not None else None


def _rows(item: _Item, found: _Found, depth: int, *, described: bool) -> list[Row]:
    """Return the rows of a bullet and of the fields inside it."""
    rest, labels, inside, last = found.rest, {}, [], item.last
    phrase = found.facts.phrase
    described = described and (
        phrase is None or phrase.holds_fields or (phrase.is_array and not phrase.items)
    )
    for inner in item.inside:
        label = _LABEL.fullmatch(plain_text(inner.text))
        kind = LABELS.get(folded(label["label"])) if label else None
        field_found = _field(inner, described=described) if kind is None or inner.inside else None
        if field_found is None and kind is not None and label is not None and label["value"]:
            labels[kind] = label["value"].strip("`")
            last = max(last, inner.last)
        elif field_found is not None:
            inside.append((inner, field_found))
        elif not inner.inside and not value_pairs(inner.text):
            rest, last = f"{rest} {plain_text(inner.text)}".strip(), max(last, inner.last)
    values = _values(item.inside) if not inside and not labels else ()
    facts = found.facts
    rows = [
        Row(
            name,
            Lines(item.first, last),
            depth,
            facts.phrase,
            facts.required,
            facts.nullable,
            labels.get("description", "") or ", ".join(part for part in (facts.rest, rest) if part),
            labels.get("example", found.example),
            labels.get("default"),
            _enum(labels.get("enum", "")),
            labels.get("location", ""),
            labels.get("format", ""),
            values=values,
        )
        for name in found.names
    ]
    for inner, inner_found in inside:
        rows += _rows(inner, inner_found, depth + 1, described=described)
    if not inside and facts.phrase is not None and facts.phrase.holds_fields:
        rows += _mentioned(rest, Lines(item.first, last), depth + 1)
    return rows


def _mentioned(text: str, lines: Lines, depth: int) -> list[Row]:
    """Return the fields that a sentence says an object includes, where they are written as code."""
    found = _INCLUDES.search(text)
    names = re.split(r"\s*(?:,\s*and\s|,|、|\sand\s)\s*", found["names"]) if found else []
    if not names or not all(_CODED.fullmatch(name) for name in names):
        return []
    return [Row(name.strip("`"), lines, depth) for name in names]


def _enum(text: str) -> tuple[object, ...]:
    parts = [part for part in re.split(r"\s*(?:,|、|\||/|;)\s*", text) if part]
    return (
        tuple(literal(part) for part in parts)
        if len(parts) > 1 and all(len(part.split()) == 1 for part in parts)
        else ()
    )


def _lists_values(items: Sequence[_Item], setting: Setting, lead: str) -> bool:
    """Return whether bullets list the values of a field: the title or the line above says so."""
    if len(items) < 2 or any(item.inside for item in items):
        return False
    title = unmarked_title(plain_text(lead).rstrip(":： ")) if lead else None
    roles = title.roles if title is not None else setting.roles if not lead else frozenset()
    if roles & {"values", "codes"}:
        return True
    return (
        bool(lead)
        and re.search(
            r"\b(?:values?|one of|status(?:es)?|states?|enum)\b|取值|枚举|状态|値|ステータス|valores|"
            r"estados?",
            lead,
            re.IGNORECASE,
        )
        is not None
    )


def _values(items: Sequence[_Item]) -> tuple[Value, ...]:
    pairs = [(value_pairs(item.text), item.first) for item in items]
    if len(pairs) < 2 or not all(found for found, _ in pairs):
        return ()
    return tuple(Value(*pair, number) for found, number in pairs for pair in found)


def _about(lead: str, setting: Setting) -> str:
    text = plain_text(lead) or setting.title
    for named in re.findall(r"`([\w.]+)`", lead or setting.title):
        if named.lower() not in BARE_TYPES:
            return str(named)
    return text.rstrip(":： ")


LAYOUT = Layout("bullets", frozenset({"bullets"}), _read)
