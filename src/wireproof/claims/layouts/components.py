"""Components with attributes: `<ParamField path="id" type="string">`, `{% swagger-parameter … %}`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import Lines
from wireproof.claims.layout import Layout
from wireproof.claims.listing import Listing, Row
from wireproof.claims.marks import BULLET
from wireproof.claims.phrases import identifier, required_word, type_phrase
from wireproof.claims.wording import literal, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.blocks import Block
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_PIECE = re.compile(
    r"<(?P<close>/)?(?P<tag>[A-Za-z]\w*)(?P<attributes>(?:[^<>\"'{}]|\"[^\"]*\"|'[^']*'|"
    r"\{[^{}]*\})*?)(?P<empty>/)?>"
)
_TEMPLATE = re.compile(r"\{%\s*(?P<close>end)?(?P<tag>[\w-]+)(?P<attributes>[^%]*)%\}")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[\w-]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|\{(?P<brace>[^{}]*)\}))?"""
)
_DEEPEST: Final = 40
_PLACES: Final = ("path", "query", "header", "cookie", "body")
_RESPONSE: Final = re.compile(r"response|return|output", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """A component that names a field, and the text inside it."""

    tag: str
    attributes: dict[str, str | None]
    depth: int
    first: int
    last: int
    response: bool
    text: list[str] = field(default_factory=list)


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    rows = _components(block)
    for response in (False, True):
        side = "response" if response else "request"
        made = [_row(part) for part in rows if part.response is response]
        known = tuple(row for row in made if row is not None)
        if known:
            kept = setting.scope.side if setting.scope.side and not response else side
            place = setting.location if kept == setting.scope.side else ""
            yield Listing(
                replace(setting, scope=replace(setting.scope, side=kept), location=place),
                known,
                title=setting.title,
            )


def _components(block: Block) -> list[_Open]:
    """Return the components that name a field, in order, each with its depth among them."""
    found: list[_Open] = []
    open_: list[_Open | None] = []
    for line in block.lines:
        place = 0
        text = line.text
        for piece in sorted(
            [*_PIECE.finditer(text), *_TEMPLATE.finditer(text)], key=lambda match: match.start()
        ):
            _say(open_, text[place : piece.start()], line.number)
            place = piece.end()
            if piece["close"]:
                _close(open_, piece["tag"], line.number)
                continue
            part = _opened(piece, open_, line.number)
            if part is not None:
                found.append(part)
            stays = not piece.groupdict().get("empty") and (piece["tag"][0].isupper() or part is not None)
            if stays and len(open_) < _DEEPEST:
                open_.append(part)
        _say(open_, text[place:], line.number)
    return found


def _say(open_: list[_Open | None], text: str, number: int) -> None:
    inner = next((part for part in reversed(open_) if part is not None), None)
    if inner is not None and text.strip():
        inner.text.append(text.strip())
        inner.last = number


def _close(open_: list[_Open | None], tag: str, number: int) -> None:
    if open_ and (tag[0].isupper() or "swagger" in tag or "parameter" in tag):
        part = open_.pop()
        if part is not None:
            part.last = number


def _opened(piece: re.Match[str], open_: list[_Open | None], number: int) -> _Open | None:
    values = {
        match["name"]: next(
            (group for group in (match["double"], match["single"], match["brace"]) if group is not None), None
        )
        for match in _ATTRIBUTE.finditer(piece["attributes"])
    }
    named = any(values.get(key) for key in ("name", "field", *_PLACES))
    if not named or not (piece["tag"][0].isupper() or "parameter" in piece["tag"]):
        return None
    depth = sum(part is not None for part in open_)
    response = _RESPONSE.search(piece["tag"]) is not None or any(
        part is not None and part.response for part in open_
    )
    return _Open(piece["tag"], values, depth, number, number, response)


def _row(part: _Open) -> Row | None:
    values = part.attributes
    place = next((key for key in _PLACES if values.get(key)), "")
    name = (values.get("name") or values.get("field") or values.get(place) or "").strip("`'\"")
    if not identifier(name):
        return None
    required: bool | None = None
    if "required" in values:
        required = True if values["required"] is None else required_word(values["required"])
    elif "optional" in values:
        required = False
    enum = [
        word.strip(" \"'[]")
        for word in re.split(r"[,|]", values.get("enum") or values.get("options") or "")
        if word.strip(" \"'[]")
    ]
    return Row(
        name,
        Lines(part.first, part.last),
        part.depth,
        type_phrase(values.get("type") or "", references=True),
        required,
        True if "nullable" in values and required_word(values["nullable"] or "true") else None,
        plain_text(_text(part) or values.get("description") or ""),
        values.get("example"),
        values.get("default"),
        tuple(literal(word) for word in enum),
        place or values.get("in") or "",
        values.get("format") or "",
    )


def _text(part: _Open) -> str:
    """Return the text inside a component; where it has bullets, its lines stay lines."""
    bulleted = any(map(BULLET.match, part.text))
    return ("\n" if bulleted else " ").join(part.text)


LAYOUT = Layout("components", frozenset({"tags"}), _read)
