"""Sentences that say one checkable thing: a count, a unit, a type, values, how to authorize."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wireproof.claims.bounds import bounds_in
from wireproof.claims.claim import AuthorizationClaim, Lines, StatementClaim, ValuesClaim
from wireproof.claims.layout import Layout
from wireproof.claims.phrases import identifier, required_word, type_phrase, unit_in
from wireproof.claims.wording import as_values, literal, plain_text, values_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.blocks import Block
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_COUNT = re.compile(
    r"(?:`(?P<about>[\w.]+)`\s+(?:object\s+)?(?:has|contains|consists of|includes|carries|"
    r"with)\s+(?:exactly\s+)?|"
    r"\b(?:response|answer|reply|payload|result|body|object|record|entry|it)\s+(?:has|contains|consists of|"
    r"includes)\s+(?:exactly\s+)?)(?P<count>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)\s+"
    r"(?:\w+\s+)?(?:properties|fields|keys|attributes)\b|(?:`(?P<zh_about>[\w.]+)`\s*)?(?:共|包含|"
    r"共有)\s*(?P<zh>\d{1,3})\s*个(?:字段|属性|参数)|"
    r"(?:`(?P<es_about>[\w.]+)`\s+)?(?:contiene|tiene)\s+(?P<es>\d{1,3})\s+(?:campos|propiedades)",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_STATES = re.compile(
    r"\b(?P<count>\d|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\w+\s+)?"
    r"(?P<about>states|statuses|stages|phases)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"`([A-Za-z][\w-]{0,60})`")
_LITERAL = re.compile(r"[-−]?\d.*|true|false|null")
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
    r"(?:位于|包裹|封装|放在|嵌套|包在)(?:[^。`]{0,20}`|\s*)(?P<zh>[A-Za-z]\w*)`?\s*(?:对象|字段|节点|结构|中|内|里)|"
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
_SUBJECT = re.compile(
    r"(?:the\s+|el campo\s+|字段\s*)?(?:field\s+|property\s+|value of\s+|"
    r"campo\s+)?`(?P<name>[\w.\[\]*$]+)`(?:\s+(?:field|property|字段|は|value))?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_TYPE = re.compile(
    r"(?:is|are|returns|es|是|为|は)\s*(?:always\s+|returned as\s+)?(?:an?|the|una?|"
    r"one)?\s*(?P<type>[a-z\u3040-\u9fff]+(?:\s+(?:of|de)\s+[a-z]+)?)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\b(?:comma|space|pipe|semicolon|newline)[ -](?:separated|delimited)|"
    r"\b(?:separated|delimited|joined) (?:by|with)\b|"
    r"分隔|区切り|separad[ao]s? por",
    re.IGNORECASE,
)
"""Says that a list is written as one text."""
_REQUIRED = re.compile(
    r"(?:is|are|es)\s+(?:always\s+)?(?P<word>required|optional|mandatory|obligatorio|opcional)\b|"
    r"(?P<zh>必填|可选)",
    re.IGNORECASE,
)
_NULLABLE = re.compile(
    r"\b(?:may|can|could|might|will) be null\b|可能?为\s*null|puede ser nul[lo]", re.IGNORECASE
)
_NEVER_NULL = re.compile(r"\b(?:is never|never|cannot be|is not) null\b|不会?为\s*null", re.IGNORECASE)
_BEARER = re.compile(
    r"\b(?P<header>[A-Za-z-]{3,40})[:：]\s*`?(?P<scheme>Bearer|Basic|Token)\b|\b(?P<word>bearer|"
    r"basic)[ -](?:token|auth(?:entication)?)\b|Bearer\s+Token",
    re.IGNORECASE,
)
_API_KEY = re.compile(
    r"\b(?P<header>x-api-key|(?:x|private|auth)(?:-[a-z]+)*-(?:key|token)|api-key|apikey)\b(?=[`'\"]?\s*(?:header|:|头|请求头|cabecera|"
    r"ヘッダー))",
    re.IGNORECASE,
)
_NO_AUTH = re.compile(
    r"\bno (?:authentication|authorization|api[ -]?key|access token|credentials?) (?:is |are )?"
    r"(?:required|needed)\b|"
    r"\b(?:does not|doesn't) (?:require|need) (?:any )?(?:authentication|authorization|an? api[ -]?key)\b|"
    r"(?:无需|不需要|无须)(?:携带|提供|传入)?(?:鉴权|认证|授权|身份验证|\s*API\s?Key)|"
    r"(?:認証|APIキー|API キー)は(?:不要|必要ありません)|"
    r"(?:인증|API\s?키)(?:이|가|은|는)?\s*필요\s?(?:없|하지 않)|"
    r"\bno requiere autenticación\b|\bkeine Authentifizierung (?:nötig|erforderlich)\b",
    re.IGNORECASE,
)
_CALLS: Final = (
    r"(?:endpoints?|apis?|methods?|calls?|operations?|routes?|requests?|接口|请求|方法|リクエスト)"
)
_OF_ALL = re.compile(
    rf"\W*(?:(?:this|the|these|all|该|此|本|所有|この)?\s*{_CALLS}?\W*は?\s*)", re.IGNORECASE
)
_OF_CALL = re.compile(
    rf"(?:\s+(?:for|to (?:call|use)|on|at) (?:this|the|these|all) {_CALLS})?\s*(?:[.。!;；,，、)）]|です|$)",
    re.IGNORECASE,
)
"""What stands around a sentence that frees a whole call, and not one thing done with it."""
_BEFORE_SCHEME: Final = frozenset(
    "example header headers use scheme type format value method authentication auth token via with".split()
)
"""Words of a sentence that may stand before `: Bearer` where a header would."""


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    yield from _authorization(block, setting)
    for number, text in _sentences(block):
        yield from _bounded(text, number, setting)
        if block.kind != "prose":
            continue
        yield from _count(text, number, setting)
        yield from _stated(text, number, setting)
        yield from _shaped(text, number, setting)
        yield from _about_field(text, number, setting)


def _sentences(block: Block) -> Iterator[tuple[int, str]]:
    for line in block.lines:
        if len(line.text) > 2000:
            continue
        for sentence in re.split(r"(?<=[.;。；])\s+|(?<=[。；])", line.bare):
            if sentence.strip():
                yield line.number, sentence.strip()


def _count(text: str, number: int, setting: Setting) -> Iterator[Said]:
    found = _COUNT.search(text.replace("**", ""))
    if found is None:
        return
    word = found["count"] or found["zh"] or found["es"]
    about = found["about"] or found["zh_about"] or found["es_about"] or ""
    value = _NUMBERS.get(word.lower()) or int(word)
    yield StatementClaim(Lines(number, number), setting.scope, about, "count", value, text)


def _stated(text: str, number: int, setting: Setting) -> Iterator[Said]:
    """Say the values of a sentence that counts them: "goes through three states: it is `held`, …"."""
    found = _STATES.search(text)
    values = list(dict.fromkeys(_CODE.findall(text[found.end() :]))) if found else []
    if found and len(values) == (_NUMBERS.get(found["count"].lower()) or int(found["count"])):
        pairs = as_values([(literal(value), "") for value in values], number)
        yield ValuesClaim(Lines(number, number), setting.scope, found["about"], pairs)


def _shaped(text: str, number: int, setting: Setting) -> Iterator[Said]:
    """Say that a body is a list, that it stands inside one key, or that all its fields always come."""
    lines = Lines(number, number)
    if _WHOLE.search(text):
        yield StatementClaim(lines, setting.scope, "", "whole", value=True, text=text)
    if _IS_LIST.search(text):
        yield StatementClaim(lines, setting.scope, "", "list", value=True, text=text)
    if _COMMON_ENVELOPE.search(text):
        yield StatementClaim(lines, setting.scope, "", "envelope", value=True, text=text)
    for found in _ENVELOPED.finditer(text):
        key = found["en"] or found["zh"] or found["es"] or found["de"]
        yield StatementClaim(lines, setting.scope, key, "envelope", value=True, text=text)


def _about_field(text: str, number: int, setting: Setting) -> Iterator[Said]:
    found = _SUBJECT.match(text)
    if found is None or not identifier(found["name"]):
        return
    about, rest, lines = found["name"], found["rest"], Lines(number, number)
    said = StatementClaim(lines, setting.scope, about, "", None, text)
    wording = values_in(rest)
    if wording is not None:
        values = as_values(wording.values, number)
        yield ValuesClaim(lines, setting.scope, about, values, wording.complete, rest)
    kind = _TYPE.match(rest)
    phrase = type_phrase(kind["type"]) if kind and not _JOINED.search(rest) else None
    if phrase is not None and phrase.types:
        yield _statement(said, "type", value=phrase.types)
    if unit := unit_in(rest):
        yield _statement(said, "unit", value=unit)
    word = _REQUIRED.match(rest)
    if word is not None:
        yield _statement(said, "required", value=required_word(word["word"] or word["zh"]))
    if _NEVER_NULL.search(rest):
        yield _statement(said, "nullable", value=False)
    elif _NULLABLE.search(rest):
        yield _statement(said, "nullable", value=True)


def _bounded(text: str, number: int, setting: Setting) -> Iterator[Said]:
    """Say how large or long the one field may be that a sentence writes as code."""
    names = [name for name in re.findall(r"`([^`\n]{1,60})`", text) if not _LITERAL.fullmatch(name)]
    if len(names) != 1 or not identifier(names[0]):
        return
    for bound in bounds_in(text.replace(f"`{names[0]}`", "")):
        if not bound.loose:
            yield StatementClaim(Lines(number, number), setting.scope, names[0], "bound", bound, text)


def _statement(said: StatementClaim, kind: str, *, value: object) -> StatementClaim:
    return StatementClaim(said.lines, said.scope, said.about, kind, value, said.text)


def _authorization(block: Block, setting: Setting) -> Iterator[Said]:
    """Say how callers authorize, once a block: a header with its scheme wins over the mere word."""
    best: AuthorizationClaim | None = None
    beside: AuthorizationClaim | None = None
    for line in block.lines:
        text = plain_text(line.text[:1000]).replace("`", "")
        lines = Lines(line.number, line.number)
        bearer, key = _BEARER.search(text), _API_KEY.search(text)
        if free := _NO_AUTH.search(text):
            before, after = text[: free.start()], text[free.end() :]
            whole = _OF_ALL.fullmatch(re.split(r"[.。!?]\s*", before)[-1]) and _OF_CALL.match(after)
            duty = False if whole else None
            best = AuthorizationClaim(lines, setting.scope, "none", "", "", "prose", required=duty)
        elif (
            bearer
            and (bearer["header"] or best is None)
            and not (bearer["header"] and _is_word(bearer["header"]))
        ):
            scheme = (bearer["scheme"] or bearer["word"] or "bearer").lower()
            header = bearer["header"] or ("Authorization" if scheme in {"bearer", "basic"} else "")
            span = lines.through(best.lines) if best else lines
            best = AuthorizationClaim(
                span,
                setting.scope,
                scheme.replace("token", "api-key"),
                header,
                "header",
                "prose",
                required=True,
            )
        if key and not free:
            beside = beside or AuthorizationClaim(
                lines, setting.scope, "api-key", key["header"], "header", "prose", required=True
            )
    if best is not None:
        yield best
    if beside is not None and (best is None or beside.lines == best.lines):
        yield beside  # one sentence names both: `x-api-key: …` or `Authorization: Bearer …`


def _is_word(header: str) -> bool:
    """Return whether what stands before `: Bearer` is a word of the sentence and no header."""
    word = header.lower()
    return word in _BEFORE_SCHEME or required_word(word) is not None


LAYOUT = Layout("prose", frozenset({"prose", "bullets"}), _read)
