"""Sentences right above a list or an example → what they say of it: its side, and the object it is of.

`The server answers with:` introduces an answer, `Send this body:` a request, `We POST to your URL:` what
the provider calls back with; a clause such as `when you send it` tells the occasion and not the side.
`The `data` object contains:` and `重点关注 data 中以下字段` name the object whose members are listed below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["Introduction", "introduction"]

_LONGEST: Final = 240
_SIDES: Final = {
    "callback": r"\b(?:we|(?:our|the) (?:system|server|platform|service|api|provider))\b[^.]{0,40}"
    r"\b(?:sends?|posts?|calls?|notif(?:y|ies)|delivers?|push(?:es)?)\b[^.]{0,60}"
    r"\b(?:your|callback|webhook)\b|"
    r"\b(?:callback|webhook|notification)s?\b[^.]{0,30}\b(?:payload|body|looks?|contains?|carr(?:y|ies)|"
    r"delivers?|sends?|posts?)\b|"
    r"(?:向|到)(?:您|你|用户)?(?:的|设置的|提供的)?(?:回调|通知)?(?:地址|接口|url)[^。]{0,10}(?:发送|推送|post)|"
    r"(?:回调|推送|通知)(?:的)?(?:内容|消息|数据|报文|格式|请求体)|コールバック[^。]{0,12}(?:送信|内容|形式)|"
    r"(?:sendet|schickt|ruft)[^.]{0,40}\b(?:ihre|deine|callback|webhook)|"
    r"(?:env[ií]a|llama)[^.]{0,40}\b(?:su|tu|callback|webhook)\b|envoie[^.]{0,40}\bvotre\b|"
    r"envia[^.]{0,40}\b(?:sua|seu)\b|콜백[^.]{0,12}(?:전송|본문|내용)",
    "response": r"\b(?:returns?|returned|responds?|replies|answers?|receives?|(?:will|'ll|you) get|"
    r"(?:comes?|get|gets|sent) back|response|reply)\b|"
    r"\b(?:antwort\w*|liefert|erhalten|erhältst|devuelve|responde|respuesta|recib\w+|renvoie|retourne|"
    r"répond\w*|réponse|recev\w+|retorna|resposta|devolve|receb\w+)\b|zurück|"
    r"返回|响应|应答|得到|收到|レスポンス|応答|返(?:され|り|却|す)|が返|응답|반환|돌려",
    "request": r"\b(?:send|post|submit|pass|provide|supply|request|call it with|"
    r"senden|sende|schicken|anfrage\w*|envíe|envía|enviar|solicitud|petición|envoyez|envoyer|requête|"
    r"envie|requisição|pedido)\b|请求|发送|提交|传入|リクエスト|送信|요청|보내|전송",
}
_SIDED: Final = {side: re.compile(pattern, re.IGNORECASE) for side, pattern in _SIDES.items()}
_OCCASION = re.compile(
    r"\b(?:when|if|after|once|before|until|as soon as|while|wenn|sobald|nachdem|falls|cuando|si|"
    r"después de|lorsque|quand|après|quando|se|após)\b[^,:，：]*(?:[,，]|(?=[:：])|$)|"
    r"(?:(?:当|如果|若|在)[^，,。:：]*|[^，,。:：]*(?:成功|失败|完成|提交|请求|调用|送信|リクエスト))"
    r"(?:时|后|之后|的话|すると|した(?:場合|後)(?:は|に)?|하면)[，,、]?",
    re.IGNORECASE,
)
"""A clause that tells when something happens."""
_NAME: Final = (
    r"(?:`(?P<{0}>[A-Za-z_][\w.\[\]]*)`|"
    r"(?<![A-Za-z0-9_`.])(?P<{0}b>[A-Za-z][A-Za-z0-9_]{{1,40}})(?![A-Za-z0-9_`]))"
)
_OBJECT: Final = (
    r"(?:objects?|arrays?|elements?|items?|entr(?:y|ies)|nodes?|field|objekt\w*|objetos?|objets?|liste?|"
    r"对象|节点|结构体?|数组|字段|オブジェクト|配列|フィールド|객체|배열)"
)
_MEMBERS: Final = (
    r"(?:fields?|members?|properties|property|attributes?|keys|parameters?|feldern?|eigenschaften|campos|"
    r"propiedades|champs|propriétés|propriedades|"
    r"字段|属性|参数|成员|内容|フィールド|項目|プロパティ|パラメータ|필드|속성|항목)"
)
_FOLLOWING: Final = (
    r"(?:the following|these|following|folgende[nrs]?|(?:los |las )?siguientes?|(?:les )?suivante?s?|"
    r"(?:os |as )?seguintes?|以下|如下|下列|下面|次の|다음)"
)
_CONTAINS: Final = (
    r"(?:contains?|has|have|includes?|holds?|carr(?:y|ies)|consists? of|comprises?|enthält|hat|contiene|"
    r"incluye|tiene|contient|comprend|contém|inclui|tem|至少应?包含|应?包含|包括|含有|有|を含|が含まれ|を持|포함)"
)
_HOLDERS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # members of it: `fields of the `data` object`
        rf"{_MEMBERS}\s+(?:\w+\s+){{0,2}}"
        rf"(?:in|of|inside|within|under|von|im|des|de|en|dentro de|dans|do|da|em)\s+"
        rf"(?:(?:the|each|every|an?|el|la|das|den|le|l'|o|os|as|del)\s+)?(?:{_OBJECT}\s+(?:(?:of|in)\s+)?)?"
        + _NAME.format("n"),
        # among ideographs: `data 中以下字段`
        _NAME.format("n") + rf"\s*{_OBJECT}?\s*(?:中|里|内|下|の中?|に含まれる|의|내)?\s*(?:的|の)?\s*"
        rf"(?:{_FOLLOWING}|各|包含)?\s*(?:的|の)?\s*"
        rf"(?P<cjk>字段|属性|参数|成员|フィールド|項目|プロパティ|필드|속성)",
        # it contains: `the `data` object has these fields`
        _NAME.format("n")
        + rf"\s*{_OBJECT}?\s*(?:中|里|内|には|は|에는|는|은)?\s*(?:是[^。]{{0,10}}[，,])?\s*"
        rf"(?:以下の?\s*{_MEMBERS}\s*)?(?:at least\s+)?{_CONTAINS}",
        # it is one: ``data` is an object with these fields`
        _NAME.format("n") + rf"\s+(?:is|ist|es|est|é)\s+(?:an?|ein|eine|un|une|um|uma)\s+(?:\w+\s+)?"
        rf"{_OBJECT}\b[^.]{{0,30}}{_MEMBERS}",
    )
)
_NO_HOLDER: Final = frozenset(
    "response request body object objects array following api it this that which page table json answer "
    "reply result payload message each item items element entry field fields header headers query path url "
    "http https every also always only they we you server client system the all both parameter parameters "
    "schema section post get put patch delete call event webhook callback example sample type string and "
    "or".split()
)
"""Words that name no member, unless they are written as code."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a sentence says of what stands below it: `side` is request, response, callback or empty.

    `within` is the name of the object whose members are listed.
    """

    side: str = ""
    within: str = ""


def introduction(text: str) -> Introduction:
    """Return what a sentence says of the list or example below it; nothing where it says nothing."""
    sentence = _last_sentence(text)
    if not sentence or len(sentence) > _LONGEST:
        return Introduction()
    return Introduction(_side(sentence), _holder(sentence))


def _last_sentence(text: str) -> str:
    """Return the last sentence with single spaces: the gaps of a drawn table cost the patterns their time."""
    parts = [part for part in re.split(r"(?<=[.。;；!！])\s+|(?<=[。；！])", text.strip()) if part.strip()]
    return " ".join(parts[-1].replace("**", "").split()) if parts else ""


def _side(sentence: str) -> str:
    """Return the side that the last verb of a sentence tells, clauses about the occasion left out."""
    if not sentence.endswith((":", "：")):
        return ""
    main = _OCCASION.sub(" ", sentence)
    told = main if any(pattern.search(main) for pattern in _SIDED.values()) else sentence
    if _SIDED["callback"].search(sentence):
        return "callback"
    last = {
        side: max((found.start() for found in _SIDED[side].finditer(told)), default=-1)
        for side in ("request", "response")
    }
    side = max(last, key=lambda one: last[one])
    return side if last[side] >= 0 else ""


def _holder(sentence: str) -> str:
    for pattern in _HOLDERS:
        for found in pattern.finditer(sentence):
            if found["n"]:
                return found["n"].removesuffix("[]").rpartition(".")[2]
            bare = found["nb"]
            plain = bare.isascii() and bare.lower() not in _NO_HOLDER
            marked = "_" in bare or bare[1:] != bare[1:].lower() or found.groupdict().get("cjk")
            if plain and (marked or _among_ideographs(sentence, found)):
                return str(bare)
    return ""


def _among_ideographs(sentence: str, found: re.Match[str]) -> bool:
    """Return whether what follows a bare word is no Latin text, or says that it is an object."""
    behind = sentence[found.end("nb") :].lstrip()
    return re.match(rf"[\u3040-\u9fff\uac00-\ud7af]|{_OBJECT}\b", behind, re.IGNORECASE) is not None
