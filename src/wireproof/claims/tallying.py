"""How many fields, states, headers or parameters a sentence says there are.

A number that hedges (`up to three`), that picks some out (`the other two fields`), or that counts what
is left at the end (`two final states`) counts no whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from wireproof.claims.speech import CODE, NUMBER, number_of

__all__ = ["Tally", "members_in", "tally_in"]

_NOUNS: Final = {
    "fields": r"(?:(?:data |top-level |json )?(?:fields|properties|keys|attributes|members)|"
    r"feldern?|eigenschaften|"
    r"schlüsseln?|champs|propriétés|attributs|campos|propiedades|propriedades|atributos|clés|claves|"
    r"пол(?:я|ей|ями)|свойств(?:а|ами)?|字段|属性|フィールド|項目|プロパティ|필드|속성|항목)",
    "states": r"(?:(?:task |job )?(?:states|statuses|stages|phases|status values)|"
    r"zuständen?|statuswerten?|phasen|"
    r"états|statuts|estados|estatus|состояни(?:я|й)|статус(?:а|ов)|状态值?|ステータス|状態|상태)",
    "headers": r"(?:(?:http |request )?headers|kopfzeilen|headern?|en-têtes|cabeceras|encabezados|cabeçalhos|"
    r"заголовк(?:а|ов|ами)|请求头|头部|ヘッダー?|헤더)",
    "parameters": r"(?:(?:query |path |request |body )?(?:parameters|arguments)|"
    r"parametern?|paramètres|parámetros|"
    r"parâmetros|параметр(?:а|ов|ами)|(?:请求)?参数|(?:クエリ)?パラメータ|파라미터|매개변수)",
}
_KINDS: Final = "|".join(rf"(?P<{name}>{pattern}(?![a-zа-яäöü]))" for name, pattern in _NOUNS.items())
_MIDDLE: Final = (
    r"(?:\s*(?:个|つの|個の|种|種類の|項目の|개의|가지(?:의)?|项)?\s*)"
    r"(?:(?:possible|different|distinct|valid|mögliche[nr]?|verschiedene[nr]?|posibles|distintos|diferentes|"
    r"possíveis|possibles|"
    r"возможных|различных|不同的?|可能的?|following|folgenden|siguientes|seguintes|suivants)\s*)?"
)
_COUNTED: Final = rf"(?<![\d.A-Za-z~～–-])(?P<number>{NUMBER})(?![\d.]){_MIDDLE}(?:{_KINDS})"
_BEHIND: Final = re.compile(
    rf"(?:{_NOUNS['fields']}|{_NOUNS['states']}|{_NOUNS['parameters']})(?:は|が|有|共|총|는|은|이|"
    rf"가)?(?:全部で|共|有|合計|共有|总共|모두|총)?\s*(?P<number>{NUMBER})\s*(?:つ|個|个|种|種類|개|가지)",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"(?:\b(?:up to|at least|at most|more than|less than|fewer than|over|about|around|only|other|first|"
    r"last|next|"
    r"these|those|remaining|additional|extra|any|than|to|or|and|bis zu|mindestens|höchstens|andere[nr]?|"
    r"ersten|letzten|weitere[nr]?|diese[nr]?|jusqu'à|au moins|au plus|autres|premiers|derniers|ces|hasta|al "
    r"menos|otros|"
    r"primeros|últimos|estos|até|pelo menos|outros|primeiros|estes|до|не более|не менее|других|первых|"
    r"эти(?:х)?)"
    r"|(?:最多|至多|至少|超过)(?:可|能)?(?:返回|包含|有|支持|传)?|其他|其余|另外?|前|后|这|该|以上|最大|"
    r"最低|他の|残りの|この|次の上位|최대|최소|"
    r"나머지|이)\s*$",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"\b(?:has|have|contains?|consists? of|includes?|comprises?|carr(?:y|ies)|returns?|with|is made of|"
    r"holds?|"
    r"hat|haben|enthält|enthalten|besteht aus|umfasst|liefert|mit|"
    r"contient|comporte|comprend|renvoie|possède|avec|a|"
    r"tiene|contiene|devuelve|incluye|consta de|con|"
    r"tem|contém|possui|retorna|inclui|com|"
    r"содержит|включает|состоит из|имеет|возвращает)"
    r"(?:\s+(?:always|exactly|the|these|genau|immer|folgende|les|exactement|siempre|exactamente|los|las|"
    r"sempre|exatamente|os|as|"
    r"ровно|из))*\s*$|(?:包含|包括|返回|共有?|有|含有?|由|一共|总共|共计|には|は|が|에는|는|은|이|"
    r"가)\s*(?:以下|下列|次の|다음(?:의)?|固定)?\s*$",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\b(?:the following|these|folgende[nr]?|die folgenden|les|los siguientes|las siguientes|os seguintes|as "
    r"seguintes|следующи[ехм])\s*$|"
    r"(?:以下|下列|如下|次の|다음(?:의)?)\s*$",
    re.IGNORECASE,
)
_STATES_LED = re.compile(
    r"\b(?:has|have|had|in|into|through|know|knows|takes?|of|are|is|one|passes|passe|par|connaît|"
    r"durchläuft|kennt|hat|"
    r"gibt|tiene|pasa por|hay|existen|tem|passa por|há|existem|имеет|проходит|есть|бывает|из|между)"
    r"(?:\s+(?:one|exactly|genau|the|es|une|un|uno|um|los|os|les|einen|einem|von|de|der|over))*\s*$|(?:有|"
    r"共|包含|分为|以下|には|は|が|다음|는|은|이|가)\s*$",
    re.IGNORECASE,
)
_BODY: Final = re.compile(
    r"\b(?:response|answer|reply|payload|result|body|object|record|entry|it|request|antwort|objekt|ergebnis|"
    r"anfrage|"
    r"réponse|objet|résultat|requête|respuesta|objeto|resultado|petición|solicitud|resposta|requisição|"
    r"ответ|объект|запрос|тело)\b|"
    r"返回|响应|应答|请求|对象|结果|レスポンス|応答|オブジェクト|リクエスト|응답|객체|요청",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of things: `of` is fields, states, headers or parameters, `about` the object that has them.

    `leads` tells that the sentence announces a list of them below itself.
    """

    of: str
    number: int
    about: str = ""
    leads: bool = False


def tally_in(sentence: str) -> Tally | None:
    """Return what a sentence counts as a whole, or None."""
    plain = sentence.replace("**", "")
    leads = plain.rstrip().endswith((":", "："))
    for found in re.finditer(_COUNTED, plain, re.IGNORECASE):
        before = plain[: found.start()]
        if _HEDGED.search(before) and not (leads and _FOLLOWING.search(before)):
            continue
        of = next(name for name in _NOUNS if found[name])
        number = number_of(found["number"])
        if of == "states":
            if _STATES_LED.search(before) or not before.strip():
                return Tally(of, number, "", leads)
        elif leads and (of != "fields" or _HAS.search(before) or _FOLLOWING.search(before)):
            return Tally(of, number, _holder(before), leads=True)
        elif of == "fields" and _HAS.search(before) and (_holder(before) or _BODY.search(before)):
            return Tally(of, number, _holder(before))
    behind = _BEHIND.search(plain)
    if behind and (holder := _holder(plain[: behind.start()])):
        return Tally("fields", number_of(behind["number"]), holder, leads)
    return None


def members_in(text: str) -> int | None:
    """Return how many members a description says that its object has, or None."""
    for found in re.finditer(_COUNTED, text.replace("`", ""), re.IGNORECASE):
        before = text.replace("`", "")[: found.start()]
        if found["fields"] and not _HEDGED.search(before) and (_HAS.search(before) or not before.strip()):
            return number_of(found["number"])
    return None


def _holder(before: str) -> str:
    """Return the object that is named as code before a number, where it is the only name."""
    names = re.findall(CODE, before)
    return names[0].strip("`") if len(names) == 1 else ""
