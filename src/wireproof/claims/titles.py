"""Titles, labels and captions → what they say of the text below them.

A title is read by its grammar.  It is cut into pieces (`Response: 202 Accepted`, `Create a task - body`);
a status with its reason is one piece, what stands in brackets is said aside (`Response (queued)`).  In each
piece the words that announce (`request`, `parameters`, 示例) are told from the verb and from the subject:
in `Request parameter errors` the head is the error, in `Query a task` and 任务查询 the query is what is done,
and only in `Query parameters` is it a place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from wireproof.claims.grammar import (
    IDEOGRAPH,
    NUMBERED,
    PARTS,
    SIDES,
    announced,
    bigrams,
    directed,
    pieces_of,
)
from wireproof.claims.phrases import attributes
from wireproof.claims.words import ACTIONS, ROLES, folded, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Title", "label_of", "marked_title", "names_action", "plain_words", "unmarked_title"]

_CODES: Final = frozenset(
    str(code)
    for first, last in ((100, 103), (200, 208), (300, 308), (400, 418), (421, 429), (500, 511), (520, 530))
    for code in range(first, last + 1)
) | {"226", "431", "451", "499", "1XX", "2XX", "3XX", "4XX", "5XX"}
"""Statuses that HTTP knows, or that gateways add; any other number of three digits is a number."""
_STATUS = re.compile(r"(?<![\w.])([1-5]\d\d)(?!\d|\.\d)(?:\b|(?=[a-z]))|(?<![\w.])([1-5][xX]{2})\b")
_ASIDE = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]{1,60})[)）\]】]\s*")
_CODED = re.compile(r"`(?=\s*(?:HTTP\s*)?[1-5](?:\d\d|[xX]{2})\b)([^`]{1,60})`")
_LED = re.compile(
    r"\s*(?:HTTP(?:/\d(?:\.\d)?)?\s*)?(?:status(?: code)?\s*|状态码\s*)?[:：]?\s*", re.IGNORECASE
)
_NUMBER_FIRST = re.compile(
    r"(?P<code>[1-5](?:\d\d|[xX]{2}))(?![\w.%])\s*(?P<joint>[:：\-–—|]?)\s*(?P<rest>.*)"
)
_REASON = re.compile(
    r"(?:ok|success|successful|created|accepted|no content|bad request|unauthorized|forbidden|not found|"
    r"conflict|"
    r"too many requests|internal server error|server error|unprocessable entity|成功|失败|错误)\b.{0,20}",
    re.IGNORECASE,
)
_FAULT = re.compile(
    r"\b(?:errors?|invalid|not found|denied|missing|exceeded|fail(?:ed|ure)|unavailable|unauthori[sz]ed|"
    r"forbidden|timeout|too many|conflict|insufficient|incorrect|fehler|nicht|ungultig|no encontrad[oa]|"
    r"invalid[oa]|introuvable|invalide|nao encontrad[oa])\b|错误|失败|不存在|无效|未授权|未找到|"
    r"无权|拒绝|不足|超限|超时|过多|异常|エラー|不正|見つか|存在しない|失敗|없음|오류|실패|없습니다",
    re.IGNORECASE,
)
"""Words of the reason behind a status that tells a failure."""
_REASON_ALONE = re.compile(
    r"(?:Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Conflict|"
    r"Unprocessable (?:Entity|Content)|"
    r"Too Many Requests|(?:Internal )?Server Error|Service Unavailable|Validation Error|Rate Limited)",
    re.IGNORECASE,
)
"""The reason of a failure, alone: the name of a tab or of a fence."""
_FAILED = re.compile(
    r"^\W*(?:on |upon )?(?:failed|failure|fails)\W*$|"
    r"\b(?:request|call|query|submission) (?:failed|fails)\W*$|"
    r"(?:失败|异常|出错|报错)(?:时|示例|返回|响应)*\W*$",
    re.IGNORECASE,
)
"""In a title: what follows is the answer of a failure."""
_EVENT = re.compile(r"`?[A-Za-z]\w*(?:\.[A-Za-z]\w*)+`?")
"""A name of several parts, which is no word: `task.request.failed`."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
"""Markup in a heading: an anchor, whose address tells nothing."""
_CALLED_BACK = re.compile(
    r"(?:(?!\w*_url)(?:\b|(?<=\W))(?:webhooks?|callbacks?|push notifications?)\b(?!_| (?:url|response)))|"
    r"回调(?!地址|参数)|推送|回呼|(?:异步|结果|状态)通知|コールバック|콜백|notificaciones",
    re.IGNORECASE,
)
_SET_UP = re.compile(
    r"(?:webhooks?|callbacks?|notifications?|回调|推送|通知|コールバック|콜백)[-_ の]?\s*"
    r"(?:(?:urls?|address|endpoints?|config(?:uration)?|settings?|set ?up|registration|subscriptions?|"
    r"konfiguration|einrichtung|einrichten)\b|地址|配置|设置|注册|設定|登録|설정|등록)|"
    r"^\W*(?:\d\W+)?(?:(?:config\w*|set(?:ting)? up|register(?:ing)?|subscribe|creat(?:e|ing)|einrichten|"
    r"configurar|configurer|registrar)\b|配置|设置|注册|設定)"
    r".{0,20}(?:webhooks?|callbacks?|notifications?|回调|推送|通知|コールバック)",
    re.IGNORECASE,
)
"""In a title: a caller says where callbacks go."""
_ENDING = re.compile(r"(?:接口|api|する|方法)$")
_LONGEST: Final = 60
_FEW: Final = 7
"""Words of a plain line up to which it may be a title."""
_ARTICLE: Final = 3
"""Letters of a word up to which it joins others and names nothing: `of`, `the`."""
_STRONG: Final = SIDES | PARTS | frozenset({"values", "codes", "error", "authorization"})


@dataclass(frozen=True, slots=True)
class Title:
    """What one title announces: roles of its words, and the HTTP status it names.

    `mixed` tells that it holds other words too, so that it may be a page's own name.  `words` are
    those words, the subject; `acts` tells that it names an action.
    """

    text: str
    roles: frozenset[str] = frozenset()
    status: str = ""
    mixed: bool = False
    words: frozenset[str] = frozenset()
    acts: bool = False

    @property
    def called_back(self) -> bool:
        """Return whether what follows is sent by the provider: a callback, and not how one is set up."""
        return _CALLED_BACK.search(self.text) is not None and not self.sets_up

    @property
    def sets_up(self) -> bool:
        """Return whether the title is about setting up a callback, which a caller does: `Callback URL`."""
        return _SET_UP.search(self.text) is not None


@lru_cache(maxsize=256)
def unmarked_title(text: str) -> Title | None:
    """Return the title that a plain line is, or None: every word of it must be a word of titles.

    What stands in brackets may be anything but the facts of a field, and a verb may stand before
    the name of a part: 提交任务返回参数.
    """
    plain = text.strip()
    if not plain or len(plain) > _LONGEST or plain[-1] in ".。,;，；" or "=" in plain:
        return None
    if _REASON_ALONE.fullmatch(plain):
        return Title(plain, frozenset({"response", "error"}))
    status, rest = _status(plain)
    if status and "," in plain.partition(status)[0]:
        return None
    if status and _starts_with_status(plain):
        return Title(plain, announced(pieces_of(rest)) if _is_part(rest) else frozenset(), status)
    return _of_known_words(plain, status, rest)


def _of_known_words(plain: str, status: str, rest: str) -> Title | None:
    bare, aside = _without_aside(rest)
    pieces = pieces_of(bare)
    size = max(sum(piece.size for piece in pieces), len(bare.split()))
    if any(piece.others for piece in pieces) or size > _FEW:
        return None
    roles = announced(pieces)
    if status and bare:
        return Title(plain, roles, status)
    verbs = [verb for piece in pieces for verb in piece.verbs]
    if (verbs and not roles & SIDES) or (aside and not _may_be_aside(aside, roles)):
        return None
    said, beside = _aside_said(aside)
    words = _stems([*verbs, *bigrams(beside)])
    return Title(plain, roles | said, words=words, acts=bool(verbs)) if roles & _STRONG else None


def label_of(text: str) -> Title | None:
    """Return the title that a bold label with all that stands behind it is, or None.

    A label is more than a plain line: it may have a subject, if it ends with what it announces.
    """
    plain = text.replace("**", "").replace("__", "").strip(" :：")
    known = unmarked_title(plain) or unmarked_title(plain.replace("`", ""))
    if known is not None or len(plain) > _LONGEST or "=" in plain:
        return known
    status, rest = _status(plain)
    rest, aside = _without_aside(rest)
    if (
        not rest.strip()
        or rest.rstrip()[-1] in ".。,;，；"
        or (aside and not _may_be_aside(aside, frozenset()))
    ):
        return None
    last = words_of(rest)[-1:]
    title = marked_title(plain)
    ends = bool(last) and last[0][1] in _STRONG
    return title if ends and (title.roles & SIDES or (status and title.roles)) else None


def marked_title(text: str) -> Title:
    """Return what a heading announces; a heading that names an action announces nothing.

    One that ends with the name of a part is of that part: `Create a task: response fields`.
    """
    plain = _TAG.sub("", text).strip().strip("*").strip()
    if _EVENT.fullmatch(plain):
        return Title(plain, mixed=True)
    status, rest = _status(plain)
    bare, aside = _without_aside(rest)
    pieces = pieces_of(bare)
    others = [word for piece in pieces for word in piece.others]
    verbs = [verb for piece in pieces for verb in piece.verbs]
    said, beside = _aside_said(aside)
    roles = announced(pieces) | said
    if _FAILED.search(plain) or (status and _FAILED.search(rest)):
        roles |= {"response", "error"}
    if status and rest.strip() == plain.replace(status, "").strip() and _counts(plain, roles):
        status = ""
    failed = status[:1] in {"4", "5"}
    subject = [] if failed and not roles else [*others, *verbs, *beside, *directed(bare)]
    words = _stems(bigrams(subject)) if subject or roles or status else plain_words(plain)
    return Title(plain, roles, status, bool(others or verbs), words, bool(verbs))


def _counts(text: str, roles: frozenset[str]) -> bool:
    """Return whether the number of a title tells how many, and is no status: `500 requests a minute`."""
    if _starts_with_status(text):
        return False
    return not roles & ({"response", "error", "success"} if text[:1].isdigit() else roles)


def names_action(text: str) -> bool:
    """Return whether a title names what a caller does: `2. Create a task`, 查询任务."""
    plain = NUMBERED.sub("", folded(text.strip("*# ")))
    words = plain.split()
    if not words:
        return False
    if ACTIONS.get(words[0].strip(":,.()")) == "first" or ACTIONS.get(words[-1]) == "last":
        return True
    known = [role == "act" or word == "查询" for word, role in words_of(_ENDING.sub("", plain))]
    return bool(known) and (known[0] or known[-1]) and IDEOGRAPH.search(plain) is not None


def _without_aside(text: str) -> tuple[str, str]:
    """Return a title without what it says in brackets, and that."""
    aside = " ".join(found.strip() for found in _ASIDE.findall(text))
    bare = _ASIDE.sub(" ", text).strip()
    return (bare, aside) if bare else (aside or text, "")


def _may_be_aside(aside: str, roles: frozenset[str]) -> bool:
    """Return whether brackets of a plain title qualify it, and are no facts of a field: `body (object)`."""
    if attributes(aside) is not None:
        return False
    others = [word for word, role in words_of(aside) if not role]
    return not others or len(roles) > 1 or not roles


def _aside_said(aside: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return what brackets announce, and their other words."""
    if not aside:
        return frozenset(), ()
    pieces = pieces_of(aside)
    return announced(pieces), tuple(word for piece in pieces for word in piece.others)


def plain_words(text: str) -> frozenset[str]:
    """Return the words of a title that join no others and announce nothing: `message`, `data`."""
    words = (word.strip(":：`*") for word in folded(text).split())
    return _stems(word for word in words if len(word) > _ARTICLE and ROLES.get(word, "filler") == "filler")


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in words if not word.isdigit())


def _status(text: str) -> tuple[str, str]:
    """Return the status that a title names, and the title without it and its reason."""
    for pattern in (_CODED, _ASIDE):
        for aside in pattern.finditer(text):
            inner = _NUMBER_FIRST.fullmatch(_LED.sub("", aside[1], count=1).strip())
            if inner and inner["code"].upper() in _CODES:
                rest = f"{text[: aside.start()]} {text[aside.end() :]}".strip(" :：-–—")
                return inner["code"].upper(), rest
    found = _STATUS.search(text)
    if found is None:
        return "", text
    code = found[0].upper()
    before, after = text[: found.start()], text[found.end() :].strip(" :()（）-–—|\t")
    head = before.rstrip(" :：(-–—")
    if code not in _CODES:
        return "", text
    if not after or _REASON.match(after):
        return code, head or ""
    if not head.strip("`*# ") and _is_reason(text):
        return code, ""
    return code, f"{before} {text[found.end() :]}"


def _is_reason(text: str) -> bool:
    """Return whether a title is a status and, behind it, what it means: `400 - 请求参数错误`."""
    bare = text.strip("`*# ")
    found = _NUMBER_FIRST.fullmatch(_LED.sub("", bare, count=1))
    if found is None or _is_part(found["rest"]):
        return False
    rest, failing = found["rest"], found["code"][0] in "45"
    return not rest or bool(found["joint"]) or (failing and _FAULT.search(folded(rest)) is not None)


def _is_part(text: str) -> bool:
    """Return whether words behind a status name a part, and not its reason: `200 Response`."""
    said = announced(pieces_of(text))
    return bool(said & (SIDES | {"example"})) and "error" not in said


def _starts_with_status(text: str) -> bool:
    """Return whether a line begins with a status that is marked: `🟢 200 …`, `HTTP 200`, `200: OK`."""
    bare = text.strip("`*# ")
    start = re.match(
        r"([^\w\s]+|HTTP(?:/\d(?:\.\d)?)?|Status:?|状态码[:：]?)\s*[1-5]\d\d", bare, re.IGNORECASE
    )
    if start and not bare.startswith(("-", "(", "$", "<", "+", '"', "'", "[", "{")):
        return True
    plain = re.match(r"[1-5](?:\d\d|XX)\s*[:\-–—]?\s*(.*)", bare, re.IGNORECASE)
    return plain is not None and (not plain[1] or _REASON.fullmatch(plain[1]) is not None)
