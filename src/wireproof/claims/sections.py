"""Titles → what the text below them is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import Ground, Part, Scope
from wireproof.claims.words import ROLES, folded, roles_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Setting", "Title", "Trail", "entered", "marked_title", "names_action", "unmarked_title"]

_STATUS = re.compile(r"(?<![\w.])([1-5]\d\d)(?!\d|\.\d)(?:\b|(?=[a-z]))|(?<![\w.])([1-5][xX]{2})\b")
_REASON = re.compile(
    r"(?:ok|success|successful|created|accepted|no content|bad request|unauthorized|forbidden|not found|"
    r"conflict|"
    r"too many requests|internal server error|server error|unprocessable entity|成功|失败|错误)\b.{0,20}",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"^\W*(?:on |upon )?(?:failed|failure|fails)\W*$|"
    r"\b(?:request|call|query|submission) (?:failed|fails)\W*$|"
    r"(?:失败|异常|出错|报错)(?:时|示例|返回|响应)*\W*$",
    re.IGNORECASE,
)
"""In a title: what follows is the answer of a failure."""
_REASON_ALONE = re.compile(
    r"(?:Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Conflict|"
    r"Unprocessable (?:Entity|Content)|"
    r"Too Many Requests|(?:Internal )?Server Error|Service Unavailable|Validation Error|Rate Limited)",
    re.IGNORECASE,
)
"""The reason of a failure, alone: the name of a tab or of a fence."""
_VERB = re.compile(
    r"(?:get|query|create|retrieve|cancel|list|submit|delete|update|check|obtain|fetch|poll|generate|how|"
    r"upload|download|find|"
    r"obtener|consultar|crear|listar|enviar|abfragen|获取|查询|创建|提交|查看|取消|上传|生成)(?![a-z])"
)
_ACTION = re.compile(
    r"(?:add|append|approve|assign|attach|begin|bulk|cancel|change|check|clear|close|complete|confirm|copy|"
    r"create|deactivate|delete|disable|download|duplicate|edit|enable|end|execute|export|fetch|find|generate|"
    r"get|import|invite|join|leave|list|mark|merge|modify|move|obtain|pause|place|poll|post|preview|publish|"
    r"query|read|refresh|register|remove|rename|replace|request|reset|resend|restore|resume|retrieve|revoke|"
    r"save|schedule|search|send|set|show|start|stop|submit|subscribe|sync|transfer|trigger|unsubscribe|update|"
    r"upload|validate|verify|view|write|creating|deleting|getting|listing|retrieving|sending|updating|"
    r"obtener|consultar|crear|listar|enviar|eliminar|actualizar|buscar|cancelar|criar|obter|atualizar|"
    r"creer|obtenir|lister|supprimer|modifier|envoyer|создать|получить|удалить|обновить)(?![a-z-])|"
    r"(?:获取|查询|创建|提交|查看|取消|上传|生成|修改|新增|添加|删除|更新|编辑|设置|发送|下载|批量)|"
    r".{1,16}(?:查询|创建|提交|获取|取消|上传|删除|更新|修改|下单|撤单)(?:接口|api)?$|"
    r".{1,16}(?:anlegen|erstellen|abrufen|loschen|aktualisieren|senden|取得|作成|削除|更新|登録)(?:する)?$"
)
"""A title that names what a caller does."""
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}[.、)）:]?|[一二三四五六七八九十]{1,3}[、.])\s+|(?:step|schritt)\s+\d+\W+"
)
"""The number of a chapter before its title."""
_QUERY_STRING = re.compile(r"\bquery[ -]?string\b", re.IGNORECASE)
_PART_OF = re.compile(
    r"\w\W+\w+\W+(?P<part>(?:(?:request|response|query|path|header|body|argument|parameter|command|and)s?\s+)+"
    r"(?:structure|schema|parameters?|params?|fields?|attributes|payload|body|headers?|examples?))\W*$|"
    r"\w{2,}(?P<zh>(?:请求|响应|返回)(?:参数|字段|示例|结果|体))$",
    re.IGNORECASE,
)
"""The end of a title that names a part of the action before it."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
"""Markup in a heading: an anchor, whose address tells nothing."""
_EVENT = re.compile(r"`?[A-Za-z]\w*(?:\.[A-Za-z]\w*)+`?")
"""A name of several parts, which is no word: `task.request.failed`."""
_UNMARKED_WORDS: Final = 7
_PAIR: Final = 2
_ARTICLE: Final = 3
"""Letters of a word up to which it joins others and names nothing: `of`, `the`."""
_STRONG: Final = frozenset(
    {
        "request",
        "response",
        "example",
        "header",
        "body",
        "parameters",
        "fields",
        "values",
        "codes",
        "error",
        "authorization",
    }
)


_CALLED_BACK = re.compile(
    r"(?:(?!\w*_url)(?:\b|(?<=\W))(?:webhooks?|callbacks?|push notifications?)\b(?!_| (?:url|response)))|"
    r"回调(?!地址|参数)|推送|回呼|(?:异步|结果|状态)通知|コールバック|콜백|notificaciones",
    re.IGNORECASE,
)
"""In a title: what follows is sent by the provider."""


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


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a block stands: its scope, the place of parameters, the roles of the nearest title.

    `title` is the text of the nearest title or heading, `level` its level (7 for unmarked).
    """

    scope: Scope = field(default_factory=Scope)
    location: str = ""
    roles: frozenset[str] = frozenset()
    title: str = ""
    level: int = 0


@lru_cache(maxsize=256)
def unmarked_title(text: str) -> Title | None:
    """Return the title that a plain line is, or None: every word of it must be a word of titles."""
    plain = text.strip()
    if not plain or len(plain) > 60 or plain[-1] in ".。,;，；" or "=" in plain:
        return None
    status, rest = _status(plain)
    if status and "," in plain.partition(status)[0]:
        return None
    words, others = roles_of(rest)
    if _REASON_ALONE.fullmatch(plain):
        words, others = ["response", "error"], []
    if status and not others and (rest != plain):
        return Title(plain, frozenset(words) - {"filler"}, status)
    if status and _starts_with_status(plain):
        return Title(plain, frozenset(), status)
    if others or len(words) > _UNMARKED_WORDS or len(plain.split()) > _UNMARKED_WORDS:
        return None
    roles = frozenset(words) - {"filler"}
    if "query" in roles and names_action(plain) and not roles & {"parameters", "header", "body", "example"}:
        roles -= {"query"}  # what is done, not where a parameter travels
    return Title(plain, roles) if roles & _STRONG else None


def marked_title(text: str) -> Title:
    """Return what a heading announces; a heading that names an action announces nothing.

    One that ends with the name of a part is of that part: `Create a task: response fields`.
    """
    plain = _TAG.sub("", text).strip().strip("*").strip()
    status, rest = _status(plain)
    if _EVENT.fullmatch(plain):
        return Title(plain, mixed=True)
    part = _PART_OF.search(plain)
    if part and _VERB.match(folded(plain)):
        return Title(
            plain, frozenset(roles_of(part["part"] or part["zh"])[0]) - {"filler"}, status, mixed=True
        )
    words, others = roles_of(_QUERY_STRING.sub("query", rest))
    roles = frozenset(words) - {"filler"}
    acts = (
        _VERB.match(_NUMBERED.sub("", folded(plain))) is not None
        and folded(plain) != "query"  # alone it is the query's parameters
        and bool(others or not roles & {"parameters", "header", "body", "example"})
    )
    if len(others) > 3 or acts:
        roles = frozenset()
    if _FAILED.search(plain):
        roles |= {"response", "error"}
    if status and not (roles or _starts_with_status(plain)):
        status = ""
    acts = acts or (bool(others) and names_action(plain))
    return Title(plain, roles, status, mixed=bool(others), words=_subject(plain, others, roles), acts=acts)


def _subject(text: str, others: list[str], roles: frozenset[str]) -> frozenset[str]:
    """Return the words of a title that name its subject: those that announce nothing."""
    return _stems(_paired(others)) if others or roles else _plain(text)


def _paired(words: list[str]) -> list[str]:
    """Return words, each run of single ideographs as the pairs of its neighbours: their order tells."""
    if not all(len(word) == 1 and not word.isascii() for word in words) or len(words) < _PAIR:
        return words
    return [first + second for first, second in pairwise(words)]


def _plain(text: str) -> frozenset[str]:
    """Return the words of a title that join no others and announce nothing: `message`, `data`."""
    words = (word.strip(":：`*") for word in folded(text).split())
    return _stems(word for word in words if len(word) > _ARTICLE and ROLES.get(word, "filler") == "filler")


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in words if not word.isdigit())


def names_action(text: str) -> bool:
    """Return whether a title names what a caller does: `2. Create a task`, 查询任务."""
    return _ACTION.match(_NUMBERED.sub("", folded(text.strip("*# ")))) is not None


def entered(setting: Setting, label: str) -> Setting:
    """Return the setting below a label inside a block: `Path parameter:`, a header `Response field`."""
    title = unmarked_title(label)
    if title is None:
        return setting
    location = next(
        (place for place in ("path", "query", "header", "cookie", "body") if place in title.roles),
        setting.location,
    )
    side, sided = setting.scope.side, setting.scope.sided
    if title.roles & {"request", "response"}:
        side, sided = "response" if "response" in title.roles else "request", Ground.STATED
    elif not side and (location or "parameters" in title.roles):
        side, sided = "request", Ground.PLACED
    scope = replace(setting.scope, side=side, sided=sided)
    return replace(setting, scope=scope, location=location, roles=setting.roles | title.roles)


def _status(text: str) -> tuple[str, str]:
    found = _STATUS.search(text)
    if found is None:
        return "", text
    rest = text[: found.start()] + " " + text[found.end() :]
    reason = _REASON.match(rest.strip(" :()-–—\t"))
    return found[0].upper(), "" if reason and not text[: found.start()].strip(" :(-") else rest


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


@dataclass(slots=True)
class Trail:
    """The titles above the block that is read, from the outermost inwards."""

    operation: str = ""
    operation_level: int = 0
    begun: int = 0
    open: list[Setting] = field(default_factory=list)
    subjects: dict[frozenset[str], tuple[Part, ...]] = field(default_factory=dict)
    _parts: tuple[Part, ...] = ()

    def here(self) -> Setting:
        """Return the setting of a block that stands here."""
        top = self.open[-1] if self.open else Setting()
        begun = self.begun if self.operation else 0
        return replace(top, scope=replace(top.scope, operation=self.operation, begun=begun))

    def heading(self, title: Title, level: int, line: int) -> None:
        """Enter a heading: it ends those of its level and below.  A page's own name announces nothing."""
        if level == 1 and title.mixed:
            title = Title(title.text, words=title.words, acts=title.acts)
        while self.open and self.open[-1].level >= level:
            self.open.pop()
        if self.operation and level <= self.operation_level and not title.roles and not title.status:
            self.operation = ""
        self.open.append(_within(self.open[-1] if self.open else Setting(), title, level, line))
        self.subjects.setdefault(title.words, self.open[-1].scope.parts)

    def captioned(self, text: str) -> None:
        """Enter the part whose subject a caption names, `Example of a message:`, for what follows it."""
        title = marked_title(text.rstrip(":： "))
        words = title.words or _plain(text)
        parts = self.subjects.get(words, ()) if words and "example" in title.roles else ()
        if parts and self.open:
            self.open[-1] = replace(self.open[-1], scope=replace(self.open[-1].scope, parts=parts))

    def title(self, title: Title) -> None:
        """Enter an unmarked title: it keeps the side of the one before unless it names another."""
        self.leave_field()
        above = Setting()
        if self.open:
            above = self.open.pop() if self.open[-1].level == _UNMARKED else self.open[-1]
        self.open.append(_within(above, title, _UNMARKED))

    def field(self, name: str) -> None:
        """Enter a field that is a heading: what stands right below it is about its value."""
        self.leave_field()
        above = self.open[-1] if self.open else Setting()
        self.open.append(_within(above, Title(name), _FIELD))

    def leave_field(self) -> None:
        """Leave the field that was entered last, if nothing else was entered since."""
        if self.open and self.open[-1].level == _FIELD:
            self.open.pop()

    def enter(self, operation: str, line: int) -> None:
        """Enter an operation; what the titles said of another one no longer counts."""
        level = next((part.level for part in reversed(self.open) if part.level < _UNMARKED), 0)
        if operation != self.operation and self.operation:
            kept = [part for part in self.open if part.level < _UNMARKED]
            self.open = [
                replace(
                    part,
                    scope=Scope(section=part.scope.section, parts=part.scope.parts),
                    location="",
                    roles=frozenset(),
                )
                for part in kept
            ]
        parts = self.open[-1].scope.parts if self.open else ()
        if operation != self.operation or parts[: len(self._parts)] != self._parts:
            self.begun, self._parts = line, parts
        self.operation, self.operation_level = operation, level


_UNMARKED: Final = 7
_FIELD: Final = 8


def _within(above: Setting, title: Title, level: int, line: int = 0) -> Setting:
    roles = title.roles
    side = _side(roles, above.scope.side)
    changed = side != above.scope.side
    passing = above.level == _UNMARKED and "example" in above.roles and not above.scope.status.isdigit()
    status = title.status or ("" if changed or passing else above.scope.status)
    if title.status and (not side or (title.status[0].isdigit() and "request" not in roles)):
        side = "response"
    if not title.status and (side == "response" or "response" in roles):
        if "error" in roles:
            status = "error"
        elif "success" in roles and not status.isdigit():
            status = "success"
    if not title.status and "error" in roles and not side:
        status = "error"
    location = next((role for role in ("path", "query", "header", "cookie", "body") if role in roles), "")
    if location in {"path", "query"} and not roles & {"parameters", "request", "fields"} and len(roles) > 1:
        location = ""
    if not location and not changed and not roles & {"request", "response"}:
        location = above.location
    called_back = above.scope.called_back or (level > 1 and _CALLED_BACK.search(title.text) is not None)
    said = bool({"request", "response"} & roles or title.status)
    inherited = above.scope.sided if above.scope.side and "parameters" not in roles else Ground.PLACED
    sided = Ground.STATED if said else inherited
    parts = above.scope.parts
    if line and (title.words or not (roles or title.status)):
        parts = (*parts, Part(line, title.words, title.acts, bool(roles)))
    scope = Scope(above.scope.operation, side, status, title.text, called_back, parts, sided=sided)
    return Setting(scope, location, roles, title.text, level)


def _side(roles: frozenset[str], above: str) -> str:
    if "response" in roles and "request" not in roles:
        return "response"
    if "request" in roles and "response" not in roles:
        return "request"
    if "result" in roles and roles & {"fields", "parameters", "example"}:
        return "response"
    if above:
        return above
    return (
        "request"
        if roles & {"parameters", "path", "query", "cookie", "header", "body"} and "error" not in roles
        else ""
    )
