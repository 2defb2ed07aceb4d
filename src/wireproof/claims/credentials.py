"""Sentences that say how callers prove who they are: a header, a part of the query, a scheme, or nothing.

A sentence names its carrier as code, or as headers are written (`X-Api-Key`), beside a word for a header or
the query and a word for what it carries.  Alternatives (`X or Y`) are several claims, of which one will do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import AuthorizationClaim, Lines
from wireproof.claims.phrases import required_word
from wireproof.claims.wording import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.blocks import Block
    from wireproof.claims.claim import Scope

__all__ = ["credentials_in"]

_SCHEMES: Final = "bearer|basic|token|digest|api-?key|apikey|key"
_LINE = re.compile(
    rf"(?<![\w/`-])(?P<header>[A-Za-z][A-Za-z-]{{2,40}})\s?[:：]\s*[\"'`]?(?P<scheme>{_SCHEMES})\b(?=[\s\"'`]+[^\s]|[\"'`]?\s*(?:[.,;。，；、)）]|$))",
    re.IGNORECASE,
)
_SCHEME_WORD = re.compile(
    r"\b(?P<word>bearer|basic)[ -](?:token|auth(?:entication|entifizierung|entification)?|"
    r"schema|scheme|认证|鉴权|認証|인증|авторизаци\w+)\b|"
    r"\b(?:http )(?P<http>basic)\b|"
    r"\b(?:autenticación|autenticação|authentification|аутентификаци\w+|"
    r"авторизаци\w+) (?:http )?(?P<behind>bearer|basic)\b|Bearer\s+Token",
    re.IGNORECASE,
)
_HEADER_WORD: Final = (
    r"(?:headers?|header-feld|kopfzeilen?|en-têtes?|cabeceras?|encabezados?|cabeçalhos?|заголов\w+|"
    r"请求头|消息头|头部|头|ヘッダー?|헤더)"
)
_QUERY_WORD: Final = (
    r"(?:query(?:[ -]?(?:string|parameters?|params?))?|url parameters?|query-parameter\w*|abfrageparameter|"
    r"paramètres? (?:de requête|d'url)|"
    r"parámetros? (?:de consulta|de la url)|parâmetros? (?:de consulta|da url)|parâmetro de query|"
    r"параметр\w*(?: запроса)?|查询参数|url参数|"
    r"クエリ(?:パラメータ)?|쿼리(?:\s*파라미터)?)"
)
_NAME: Final = (
    r"(?:`(?P<code>[A-Za-z][\w-]{2,40})(?:\s*:\s*(?P<value>[^`]{1,80}))?`|"
    r"(?P<bare>(?:[Xx]-[A-Za-z-]{2,40}|Authorization|[Aa]pi-?[Kk]ey|API-Key)))"
)
_PLACED: Final = tuple(
    (place, re.compile(pattern, re.IGNORECASE))
    for place, word in (("header", _HEADER_WORD), ("query", _QUERY_WORD))
    for pattern in (
        (
            rf"(?<![a-z]){word}(?![a-z])\s*(?:named|called|namens|llamad[ao]|nommé|chamad[ao]|的|中(?:的|"
            rf"携带|"
            rf"传入|传递|加入|添加|设置|带上)?|里(?:的|携带)?|:|：|の|に|\(|（)?\s*{_NAME}"
        ),
        (
            rf"{_NAME}\s*(?:request|http|的|请求|リクエスト|요청|という|-|in the|in a|im|in der|en la|en el|"
            rf"dans la|na|no|в)?"
            rf"\s*(?:http |request |url )?{word}(?![a-z])"
        ),
    )
)
_HEADER_LINE = re.compile(r"`(?P<code>[A-Za-z]+(?:-[A-Za-z]+)+)\s*:\s*(?P<value>[^`\s][^`]{0,80})`(?P<bare>)")
_PROVES = re.compile(
    r"\b(?:api[ -]?)?(?:keys?|tokens?|credentials?|secret|password)\b|\bauth\w*|\bsign(?:ed)? in\b|"
    r"schlüssel|zugang|authentifizier|\bclés?\b|\bjetons?\b|\bclaves?\b|\bllaves?\b|\bcontraseña|"
    r"\bchaves?\b|ключ|токен|авториз|аутентиф|"
    r"密钥|令牌|鉴权|认证|授权|凭证|秘钥|キー|トークン|認証|키|토큰|인증",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:must|goes|belongs|"
    r"required?|requires|need(?:s|ed)?|carry|carries|send|sent|pass|passed|provide|include[ds]?|"
    r"use|uses|authenticate|authorize|identified|with|put|add|set|expects?|"
    r"muss|müssen|senden|erwartet|tragen|übergeben|mitgesendet|mit|gesendet|"
    r"doit|doivent|portent?|envoye[zr]|passe[zr]|transmis\w*|dans|exige|avec|"
    r"debe[n]?|llevan?|envíe|incluya|pase|exige|requiere|con|en|"
    r"deve[m]?|levam?|envie|inclua|passe|exige|requer|com|no|na|"
    r"долж\w+|переда\w+|указыва\w+|требу\w+|отправля\w+|в)\b|"
    r"必须|必需|需要?|携带|传入|传递|使用|通过|添加|加入|请在|必須|必要|付与|指定|渡し|含め|送信|필요|포함|"
    r"전달|사용|보내|넣",
    re.IGNORECASE,
)
_OR = re.compile(
    r"\b(?:or|either|alternatively|instead|oder|entweder|alternativ|ou|soit|bien|o(?: bien)?|либо|или)\b|"
    r"或者?|也可|または|もしくは|또는|혹은",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:if you|when you|for (?:webhooks?|callbacks?|idempot\w+)|idempot\w+|webhooks?|callbacks?|"
    r"we (?:send|"
    r"sign)|signature|"
    r"optional\w*|may (?:also )?|legacy|deprecated|old|formerly|no longer|not|rate|limit\w*|remaining|"
    r"response|"
    r"returned?|"
    r"falls|optional|veraltet|nicht|antwort|facultati\w+|réponse|obsol\w+|opcional\w*|respuesta|resposta|"
    r"ya no|"
    r"não|"
    r"необязательн\w*|ответ\w*|устар\w+)\b|可选|回调|响应头|返回头|签名|旧|不再|如果|若|任意|コールバック|"
    r"署名|レスポンス|선택|콜백|서명|응답",
    re.IGNORECASE,
)
"""Words that tie a header to something else than proving who calls."""
_NO_AUTH = re.compile(
    r"\bno (?:authentication|authorization|api[ -]?key|access token|credentials?|token) (?:is |are )?"
    r"(?:required|needed|necessary)\b|"
    r"\b(?:does not|doesn't|do not|don't) (?:require|need) (?:any )?(?:authentication|authorization|an? "
    r"(?:api[ -]?key|token)|credentials)\b|"
    r"\bwithout (?:any )?(?:authentication|an? (?:api )?key|a token)\b|"
    r"(?:无需|不需要|无须|不用)(?:携带|提供|传入)?(?:鉴权|认证|授权|身份验证|登录|token|\s*API\s?Key)|"
    r"(?:認証|APIキー|API キー|トークン)(?:は|が)?(?:不要|必要ありません|必要ない)|"
    r"(?:인증|API\s?키|토큰)(?:이|가|은|는)?\s*(?:필요\s?(?:없|하지 않)|불필요)|"
    r"\bno (?:requiere|necesita) (?:autenticación|clave|token)\b|\bsin autenticación\b|"
    r"\bkeine (?:authentifizierung|anmeldung) (?:nötig|erforderlich|notwendig)\b|\b(?:ohne|"
    r"benötigt keine[n]?) "
    r"(?:authentifizierung|anmeldung|schlüssel|token)\b|"
    r"\bne (?:nécessite|requiert|demande) (?:pas d'|aucune )authentification\b|\bsans authentification\b|"
    r"\baucune authentification\b|"
    r"\bnão (?:requer|exige|precisa de) (?:autenticação|token|chave)\b|\bsem autenticação\b|"
    r"(?:не требу\w+|без) (?:авторизаци\w+|аутентификаци\w+|токена|ключа)|(?:авторизация|"
    r"аутентификация) не (?:требуется|нужна)",
    re.IGNORECASE,
)
_CALLS: Final = (
    r"(?:endpoints?|apis?|methods?|calls?|operations?|routes?|requests?|endpunkt|aufruf|schnittstelle|"
    r"point d'accès|appel|llamada|operación|chamada|метод|запрос|эндпоинт|接口|请求|方法|リクエスト|"
    r"エンドポイント|API|엔드포인트|요청)"
)
_OF_ALL = re.compile(
    rf"\W*(?:(?:this|the|these|all|dieser|dieses|diese|der|ce|cet|cette|l'|este|esta|el|la|o|a|этот|этот|"
    rf"для этого|该|此|本|所有|"
    rf"この|이)?\s*{_CALLS}?\w*\W*(?:は|は、|는|은)?\s*)",
    re.IGNORECASE,
)
_OF_CALL = re.compile(
    rf"(?:\s+(?:for|to (?:call|use)|on|at|für|pour|para) (?:this|the|these|all|diesen?|ce|cet|este|"
    rf"esta) {_CALLS})?\s*(?:[.。!;；,，、)）]|です|$)",
    re.IGNORECASE,
)
"""What stands around a sentence that frees a whole call, and not one thing done with it."""
_NO_HEADER: Final = frozenset(
    "example header headers use scheme type format value method authentication auth token via with schema "
    "schemes security name key note the your and http https url default".split()
)
"""Words of a sentence that may stand before `: Bearer` where a header would."""
_CREDENTIAL = re.compile(
    r"key|token|auth|secret|session|credential|access|licen[cs]e|signature|sid$", re.IGNORECASE
)
_NOT_CREDENTIAL = re.compile(
    r"content|accept|idempot|request-?id|trace|language|version|rate|retry|signature|webhook|next|page|"
    r"user-?agent|"
    r"callback|type|forwarded|timestamp|nonce",
    re.IGNORECASE,
)


def credentials_in(block: Block, scope: Scope) -> Iterator[AuthorizationClaim]:
    """Yield how callers authorize by a block: carriers that it names win over a scheme without one."""
    named: list[AuthorizationClaim] = []
    worded: AuthorizationClaim | None = None
    free: AuthorizationClaim | None = None
    for line in block.lines:
        lines = Lines(line.number, line.number)
        for sentence in re.split(r"(?<=[.!?])\s+|(?<=[。；;！])", plain_text(line.text[:1000])):
            bare = sentence.replace("`", "")
            if denied := _NO_AUTH.search(bare):
                free = AuthorizationClaim(lines, scope, "none", "", "", "prose", required=_duty(bare, denied))
                continue
            found = list(_carriers(sentence, lines, scope))
            if found and not named:
                named = found
            word = _SCHEME_WORD.search(bare)
            if word is not None and worded is None:
                scheme = (word["word"] or word["http"] or word["behind"] or "bearer").lower()
                worded = AuthorizationClaim(
                    lines, scope, scheme, "Authorization", "header", "prose", required=True
                )
    if free is not None:
        yield free
    elif named:
        yield from named
    elif worded is not None:
        yield worded


def _duty(sentence: str, denied: re.Match[str]) -> bool | None:
    """Return False where a sentence frees a whole call of credentials, None where one thing done with it."""
    before, after = sentence[: denied.start()], sentence[denied.end() :]
    whole = _OF_ALL.fullmatch(re.split(r"[.。!?]\s*", before)[-1]) and _OF_CALL.match(after)
    return False if whole else None


def _carriers(sentence: str, lines: Lines, scope: Scope) -> Iterator[AuthorizationClaim]:
    """Yield what a sentence names to carry credentials: `Authorization: Bearer …`, the header `X-Key`."""
    said: dict[str, AuthorizationClaim] = {}
    for found in _LINE.finditer(sentence.replace("`", "")):
        if _is_header(found["header"]):
            scheme = found["scheme"].lower()
            kind = scheme if scheme in {"bearer", "basic"} else "api-key"
            said.setdefault(
                found["header"].lower(),
                AuthorizationClaim(lines, scope, kind, found["header"], "header", "prose", required=True),
            )
    if _DUTY.search(sentence) and not (_OTHERWISE.search(sentence) and not said):
        for place, pattern in (*_PLACED, ("header", _HEADER_LINE)):
            for found in pattern.finditer(sentence):
                name = found["code"] or found["bare"]
                if name.lower() in said or not _carries(name, sentence, place):
                    continue
                scheme = _scheme_of(found["value"] or "", sentence, name)
                said[name.lower()] = AuthorizationClaim(
                    lines, scope, scheme, name, place, "prose", required=True
                )
    if len(said) > 1 and not _OR.search(sentence):
        yield next(iter(said.values()))
    else:
        yield from said.values()


def _scheme_of(value: str, sentence: str, name: str) -> str:
    """Return the scheme that stands beside a header's name, as its value or as a word of the sentence."""
    if name.lower() != "authorization":
        return "api-key"
    found = re.match(r"(bearer|basic)\b", value.strip(), re.IGNORECASE) or re.search(
        r"\b(bearer|basic)\b", sentence, re.IGNORECASE
    )
    return found[1].lower() if found else "api-key"


def _is_header(word: str) -> bool:
    """Return whether what stands before `: Bearer` is a header, and no word of the sentence."""
    plain = word.lower()
    return (
        plain not in _NO_HEADER
        and required_word(plain) is None
        and (plain == "authorization" or ("-" in plain and _NOT_CREDENTIAL.search(plain) is None))
    )


def _carries(name: str, sentence: str, place: str) -> bool:
    """Return whether a header or parameter of this name carries credentials, by its name or the sentence."""
    if (
        _NOT_CREDENTIAL.search(name)
        or required_word(name) is not None
        or name.lower() in _NO_HEADER - {"key", "token", "auth"}
    ):
        return False
    if place == "query":
        return _CREDENTIAL.search(name) is not None and _PROVES.search(sentence.replace(name, "")) is not None
    return _CREDENTIAL.search(name) is not None or (
        "-" in name and _PROVES.search(sentence.replace(name, "")) is not None
    )
