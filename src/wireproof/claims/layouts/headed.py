"""Fields as headings: `### id (string, required)`, or a heading over `Type: string`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wireproof.claims.claim import Lines, Value
from wireproof.claims.labels import LABELS
from wireproof.claims.layout import Layout
from wireproof.claims.listing import Listing, Row
from wireproof.claims.marks import BULLET
from wireproof.claims.phrases import Attributes, attributes, required_word, type_phrase
from wireproof.claims.wording import literal, plain_text, value_pair
from wireproof.claims.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.claims.blocks import Block, Line
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_HEADING = re.compile(
    r"\s{0,3}(?P<marks>#{1,6})\s+(?P<name>[^\s(（:：]+)\s*(?:[(（](?P<facts>.*)[)）]|"
    r"[:：—–-]?\s*(?P<loose>.*?))\s*#*\s*"
)
_LABEL = re.compile(
    r"[-*•\s]*(?:\*\*)?(?P<label>[^:：*]{1,24}?)(?:\*\*)?\s*[:：]\s*(?:\*\*)?\s*(?P<value>.*)"
)


@dataclass(slots=True)
class _Headed:
    """One heading and the lines below it."""

    level: int
    name: str
    facts: Attributes
    lines: list[Line]
    labels: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    rows = [_row(part) for part in _parts(block.lines)]
    if rows:
        yield Listing(setting, tuple(rows), title=setting.title)


def _parts(lines: Sequence[Line]) -> list[_Headed]:
    parts: list[_Headed] = []
    for line in lines:
        heading = _HEADING.fullmatch(line.text.replace("`", "").replace("**", ""))
        if heading is not None:
            facts = attributes(heading["facts"] if heading["facts"] is not None else heading["loose"] or "")
            parts.append(
                _Headed(len(heading["marks"]), heading["name"].strip("`*"), facts or Attributes(), [line])
            )
        elif parts and line.text.strip():
            _add(parts[-1], line)
    return parts


def _add(part: _Headed, line: Line) -> None:
    part.lines.append(line)
    text = plain_text(line.text)
    known = (
        attributes(text.replace("`", "").replace("|", ","))
        if part.facts.phrase is None and len(part.lines) == 2
        else None
    )
    if known is not None and known.phrase is not None:
        part.facts = known
        return
    pieces = re.split(r"\s+[|·]\s+|\s{2,}", text) if text.count(":") + text.count("：") > 1 else [text]
    labelled = [_LABEL.fullmatch(piece.replace("`", "")) for piece in pieces]
    if all(found and folded(found["label"]) in LABELS for found in labelled):
        for found in labelled:
            if found:
                part.labels[LABELS[folded(found["label"])]] = found["value"].strip()
        return
    bullet = BULLET.match(line.text)
    pair = value_pair(bullet["text"]) if bullet else None
    if pair is not None:
        part.values.append(Value(pair[0], pair[1], line.number))
    else:
        part.texts.append(text)


def _row(part: _Headed) -> Row:
    facts, labels = part.facts, part.labels
    phrase, required, nullable = facts.phrase, facts.required, facts.nullable
    rest = ""
    if "type" in labels:
        known = attributes(labels["type"])
        if known is None:
            head, _, rest = labels["type"].partition(". ")
            known = attributes(head.rstrip("."))
        phrase = known.phrase if known else type_phrase(labels["type"], references=True)
        required = known.required if known and known.required is not None else required
    if "required" in labels:
        required = required_word(labels["required"])
    if "nullable" in labels:
        nullable = required_word(labels["nullable"])
    return Row(
        part.name,
        Lines(part.lines[0].number, part.lines[-1].number),
        part.level,
        phrase,
        required,
        nullable,
        " ".join(filter(None, (rest, labels.get("description"), *part.texts))),
        labels.get("example"),
        labels.get("default"),
        _enum(labels.get("enum", "")),
        format=labels.get("format", ""),
        values=tuple(part.values) if len(part.values) > 1 else (),
    )


def _enum(text: str) -> tuple[object, ...]:
    parts = [part for part in re.split(r"\s*(?:,|、|，|\||/)\s*", text) if part]
    return (
        tuple(literal(part) for part in parts)
        if len(parts) > 1 and all(len(part.split()) == 1 for part in parts)
        else ()
    )


LAYOUT = Layout("headed", frozenset({"headed"}), _read)
