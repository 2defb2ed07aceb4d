"""Sentences that lead a list in: `The returned result has several fields, described as follows:`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from wireproof.claims.claim import Ground
from wireproof.claims.introducing import introduction
from wireproof.claims.wording import plain_text

if TYPE_CHECKING:
    from wireproof.claims.sections import Setting

__all__ = ["led_in"]

_LISTS = re.compile(
    r"\b(?:fields?|parameters?|params|arguments|properties|attributes|headers|body|payload)\b|"
    r"字段|参数|属性|请求体|请求头|フィールド|パラメータ|項目|ボディ|필드|파라미터|\bcampos\b|\bparámetros\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:described|includ(?:es?|ing)|contains?|containing|consists? of|following|as follows|below|has|"
    r"have|are|is)\b|"
    r"如下|包括|包含|以下|含む|次の|다음|포함|\bsiguientes?\b|\bincluye\b",
    re.IGNORECASE,
)
_RESULT = re.compile(r"\b(?:results?|outputs?)\b|结果|出参", re.IGNORECASE)
"""What an answer is called where nothing is sent or returned."""
_HEADERS = re.compile(r"\bheaders?\b|请求头|ヘッダー?|헤더|\bcabeceras?\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:body|payload)\b|请求体|ボディ|본문|\bcuerpo\b", re.IGNORECASE)
_LONGEST = 160


def led_in(lead: str, setting: Setting) -> Setting:
    """Return the setting below a sentence that says whose fields it lists; another one changes nothing."""
    text = plain_text(lead)
    if len(text) > _LONGEST or not (_LISTS.search(text) and _ANNOUNCES.search(text)):
        return setting
    side = introduction(f"{text.rstrip(':： ')}:").side or ("response" if _RESULT.search(text) else "")
    if side not in {"request", "response"}:
        return setting
    place = "header" if _HEADERS.search(text) else "body" if _BODY.search(text) else ""
    status = setting.scope.status if side == setting.scope.side else ""
    scope = replace(setting.scope, side=side, status=status, sided=Ground.STATED)
    roles = {"fields"} if side == "response" else {"parameters"}
    return replace(
        setting,
        scope=scope,
        location=place if side == "request" else "",
        roles=(setting.roles - {"values", "codes", "error", "example"}) | roles,
    )
