"""Sentences that say one checkable thing: a count, a unit, a type, values, how to authorize."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wireproof.claims.claim import Lines, StatementClaim
from wireproof.claims.credentials import credentials_in
from wireproof.claims.layout import Layout
from wireproof.claims.saying import said_in
from wireproof.claims.speech import sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.blocks import Block
    from wireproof.claims.claim import Scope
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_SENTENCE = re.compile(
    r"\b(?:is|are|has|have|until|once|must|will|ist|sind|hat|muss|est|sont|a|doit|es|son|tiene|debe|é|são|"
    r"tem|"
    r"deve|"
    r"равн\w+|это|долж\w+|содержит|всегда|обязател\w+)\b|[为是有共需]|[はが]|[은는이가] ",
    re.IGNORECASE,
)
"""The verb that makes a bullet a sentence, and no row of a list."""
_IS_LIST = re.compile(
    r"\b(?:response|returns?|answer|body|result|reply)\b[^.`]{0,30}\b(?:array|list) of\b|"
    r"返回[^。]{0,12}(?:数组|列表)|(?:配列|リスト)(?:が|を)返|"
    r"\b(?:respuesta|devuelve)\b[^.]{0,30}\b(?:lista|arreglo|array) de\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:all|every|each)\b(?: of)?(?: the| these)?(?: (?:listed|following|response|documented))? "
    r"(?:fields?|properties|property|attributes?|keys?|members?)(?: (?:below|above|listed))? "
    r"(?:is|are|will be) always (?:present|returned|included|sent|set|there)\b|"
    r"\balways (?:has|have|contains?|includes?|returns?) all (?:of )?(?:the |these )?"
    r"(?:\w+ )?(?:fields|properties)\b|"
    r"(?:所有|全部|以下)(?:返回)?字段(?:均|都|总是|始终|一定)+(?:会)?返回|"
    r"\btodos los campos (?:se devuelven siempre|están siempre)|\balle Felder sind immer\b|"
    r"すべてのフィールドは(?:必ず|常に)返",
    re.IGNORECASE,
)
_ENVELOPED = re.compile(
    r"\b(?:wrapped|inside|within|nested|enclosed|contained|returned in|under)\b[^.]{0,40}?`(?P<en>\w+)`|"
    r"(?:位于|包裹|封装|放在|嵌套|包在)(?:[^。`]{0,20}`|\s*)(?P<zh>[A-Za-z]\w*)`?\s*(?:对象|字段|节点|结构|"
    r"中|内|里)|"
    r"\b(?:dentro de|envuelt[ao]s? en)\b[^.]{0,20}?`(?P<es>\w+)`|"
    r"\b(?:innerhalb|verpackt in|im Objekt)\b[^.]{0,20}?`(?P<de>\w+)`",
    re.IGNORECASE,
)
_COMMON_ENVELOPE = re.compile(
    r"\b(?:common|standard|generic|general|usual|same|unified) (?:response )?"
    r"(?:envelope|wrapper|response (?:format|structure|fields|parameters))\b|"
    r"\b(?:answers?|responses?|repl(?:y|ies))\b[^.]{0,30}\bwrapped\b(?! in `)|"
    r"(?:通用|公共|统一)(?:的)?(?:返回|响应|应答)|共通レスポンス",
    re.IGNORECASE,
)
"""Says that members around the body are described elsewhere."""


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    yield from credentials_in(block, setting.scope)
    if block.kind == "bullets":
        yield from _noted(block, setting)
        return
    for number, text in sentences_of(block.lines):
        lines = Lines(number, number)
        yield from _shaped(text, lines, setting.scope)
        yield from said_in(text, lines, setting.scope)


def _noted(block: Block, setting: Setting) -> Iterator[Said]:
    """Say what bullets note that are sentences; one that names a field and its facts is a row of a list."""
    for number, text in sentences_of(block.lines):
        if _SENTENCE.search(text):
            yield from said_in(text, Lines(number, number), setting.scope)


def _shaped(text: str, lines: Lines, scope: Scope) -> Iterator[Said]:
    """Say that a body is a list, that it stands inside one key, or that all its fields always come."""
    if _WHOLE.search(text):
        yield StatementClaim(lines, scope, "", "whole", value=True, text=text)
    if _IS_LIST.search(text):
        yield StatementClaim(lines, scope, "", "list", value=True, text=text)
    if _COMMON_ENVELOPE.search(text):
        yield StatementClaim(lines, scope, "", "envelope", value=True, text=text)
    for found in _ENVELOPED.finditer(text):
        key = found["en"] or found["zh"] or found["es"] or found["de"]
        yield StatementClaim(lines, scope, key, "envelope", value=True, text=text)


LAYOUT = Layout("prose", frozenset({"prose", "bullets"}), _read)
