"""What is said of a field behind its name: its type, unit, format, duty, whether it may be null or absent.

Each is read by the verb of the sentence and the word that follows it, in nine languages.  A sentence that
denies (`is not a Unix time`), or leaves open which of two it is, says nothing of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.phrases import type_phrase, unit_in
from wireproof.claims.speech import is_conditional
from wireproof.claims.wording import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["assertions_in", "format_in", "meaning_in", "moments_in"]

_IS: Final = (
    r"(?:is|are|ist|sind|wird|werden|es|son|está|están|est|sont|é|são|является|являются|это|"
    r"must be|has to be|will be|muss|debe ser|doit être|deve ser|должн[оаы]? быть|comes? as|gets?)"
)
_TYPE = re.compile(
    rf"(?:(?:{_IS}|returns)\b|为|是|は|는|은|[:：—–-])\s*(?:always\s+|immer\s+|siempre\s+|toujours\s+|"
    rf"sempre\s+|"
    rf"всегда\s+|"
    rf"returned\s+as\s+|"
    rf"given\s+as\s+|sent\s+as\s+|一个|個)*(?:an?|the|una?|une|eine?n?|uma?|one)?\s*"
    rf"(?P<type>[^\W\d_]+?(?:\s+(?:of|de|von)\s+[a-z]+)?)(?:\s*(?:类型|型|형|타입))?"
    rf"(?:입니다|です|である|이다)?(?![\w-])",
    re.IGNORECASE,
)
_TYPE_NOUNS: Final = frozenset("object list set json time date text file map any value key".split())
"""Words that name a type in a column, and anything else in a sentence."""
_JOINED = re.compile(
    r"\b(?:comma|space|pipe|semicolon|newline)[ -](?:separated|delimited)|"
    r"\b(?:separated|delimited|joined) (?:by|with)\b|getrennt|séparé|"
    r"分隔|区切り|separad[ao]s? por|разделен|구분",
    re.IGNORECASE,
)
"""Says that a list is written as one text."""
_REQUIRED = re.compile(
    r"(?:(?:is|are)\s+(?:always\s+)?(?:required|mandatory)|must\s+(?:always\s+)?be\s+(?:sent|given|provided|"
    r"set|included|supplied|passed|present)|"
    r"(?:ist|sind)\s+(?:immer\s+)?(?:erforderlich|verpflichtend|obligatorisch|pflicht(?:felder|feld|"
    r"angaben?)?)|"
    r"(?:est|sont)\s+(?:toujours\s+)?(?:obligatoires?|requise?s?)|"
    r"(?:es|son)\s+(?:siempre\s+)?(?:obligatori[oa]s?|requerid[oa]s?)|"
    r"(?:é|são)\s+(?:sempre\s+)?obrigatóri[oa]s?|"
    r"(?:является\s+|являются\s+)?обязател(?:ен|ьн[оаы]|ьным(?:и)?)(?:\s+пол\w+|\s+параметр\w*)?|"
    r"(?:均|都|也)?(?:为|是)?(?<!非)必[填传须选](?:项|参数|字段|传)?|(?:は|が)?必須(?:項目|パラメータ)?|"
    r"(?:는|은|이|가)?\s*필수)"
    r"(?=\s*(?:[.,;。，；、)）]|$|and\b|und\b|et\b|y\b|e\b|и\b|です|である|입니다|값|항목|的))",
    re.IGNORECASE,
)
_OPTIONAL = re.compile(
    r"(?:(?:is|are)\s+(?:always\s+)?optional|(?:can|may)\s+be\s+(?:omitted|left\s+out)|"
    r"(?:ist|sind)\s+(?:immer\s+)?optional|(?:kann|können)\s+(?:weggelassen|entfallen)|"
    r"(?:est|sont)\s+(?:facultati(?:f|ve)s?|optionnel(?:le)?s?)|"
    r"(?:es|son)\s+opcional(?:es)?|(?:é|são)\s+opciona(?:l|is)|(?:puede|pode)\s+omitirse|"
    r"(?:не\s*обязател(?:ен|ьн[оаы]|ьным)|необязател(?:ен|ьн[оаы]|ьным))(?:\s+пол\w+|\s+параметр\w*)?|"
    r"(?:均|都)?(?:为|是)?(?:可选|选填|非必[填传须]|可不传|可省略|可以省略)(?:项|参数|字段)?|(?:は|"
    r"が)?(?:任意|省略可能?|オプション)|"
    r"(?:는|은|이|가)?\s*(?:선택\s*(?:사항|항목|값)?|생략))"
    r"(?=\s*(?:[.,;。，；、)）]|$|and\b|und\b|et\b|y\b|e\b|и\b|です|である|입니다|할|가능|的))",
    re.IGNORECASE,
)
_NULL: Final = r"(?:null|nul[oa]?|nulle)"
_NEVER_NULL = re.compile(
    rf"\b(?:never|can(?:not|'t)|is not|are not|isn't|aren't|won't|must not|will not)(?: be| returned as|"
    rf" empty or)* {_NULL}\b|"
    rf"\b(?:nie(?:mals)?|nicht) {_NULL}\b|\bjamais (?:être )?{_NULL}\b|\bne (?:peut|doit|sera) (?:pas|"
    rf"jamais) être {_NULL}\b|"
    rf"\bnunca (?:es|son|será|sera|é|são|puede ser|pode ser|devuelve|viene)? ?{_NULL}\b|"
    rf"\bno puede ser {_NULL}\b|\bnão pode ser {_NULL}\b|"
    rf"никогда не (?:\w+ )?{_NULL}\b|не (?:может|могут) быть {_NULL}\b|не бывает {_NULL}\b|"
    rf"(?:永远?不|不会|不能|不可|绝不|从不|不)(?:会|能|可|可能)?(?:为|是|返回)?\s*(?:null|空(?!字符|数组|"
    rf"串))|"
    rf"null\s*(?:には?なりません|にならない|になることは(?:ありません|ない)|ではありません|を返しません)|"
    rf"null\s*(?:이|가|일|값이)?\s*(?:될 수 없|되지 않|아닙니다|수 없|아니)",
    re.IGNORECASE,
)
_MAY_BE_NULL = re.compile(
    rf"\b(?:may|can|could|might|will|is allowed to)(?: also)? be {_NULL}\b|\b(?:is|are|stays|"
    rf"remains) {_NULL}\b(?! (?:safe|terminated))|"
    rf"\b(?:kann|können|darf) (?:auch )?{_NULL} sein|\bist {_NULL},? (?:solange|bis|wenn|falls)|"
    rf"\bbleibt {_NULL}\b|"
    rf"\bpeu(?:t|vent) être {_NULL}\b|\best {_NULL}\b|\breste {_NULL}\b|\bpuede(?:n)? ser {_NULL}\b|"
    rf"\bes {_NULL}\b|"
    rf"\bpode(?:m)? ser {_NULL}\b|(?<!nunca )\bé {_NULL}\b|мо(?:жет|гут) быть {_NULL}\b|равно {_NULL}\b|"
    rf"(?:可能|可以|可|允许)(?:会|能)?(?:为|返回)\s*(?:null|空)|前(?:均|都)?为\s*(?:null|空)|时为\s*null|"
    rf"null\s*(?:になります|になる|です|を返します|の場合)|null\s*(?:일 수|입니다|이 될 수|을 반환)",
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    r"\b(?:is|are|will be) always (?:present|returned|included|there|sent|part of)\b|\balways (?:comes?|"
    r"appears?)\b|"
    r"\b(?:ist|sind|wird|werden) (?:immer|stets) (?:vorhanden|enthalten|zurückgegeben|dabei|mitgeliefert|"
    r"geliefert)|"
    r"\b(?:est|sont) toujours (?:présente?s?|renvoyée?s?|retournée?s?|incluse?s?|fournie?s?)|"
    r"\bsiempre (?:está[n]? presentes?|se devuelven?|vienen?|aparecen?|se incluyen?|se envían?)|"
    r"\bestá[n]? siempre presentes?|"
    r"\bsempre (?:está presente|é retornad[oa]|são retornad[oa]s|vem|aparece)|\b(?:está|"
    r"estão) sempre presentes?|\bé sempre retornad[oa]|"
    r"всегда (?:присутству|возвраща|есть|приход|указыва)|"
    r"(?:始终|总是|一定会?|必定|每次都|必)(?:会)?(?:返回|存在|出现|携带)(?!值|码)|"
    r"(?:常に|必ず)(?:返さ|返り|返却|含ま|存在)|항상\s*(?:포함|반환|존재|제공)",
    re.IGNORECASE,
)
_UNIT_LED = re.compile(
    r"^(?:[^\d`.。;；]{0,40}?)(?:\b(?:in|as|en|em|в)\s|以|单位|単位|단위|[(（]|毫秒|秒|ミリ|밀리|초)",
    re.IGNORECASE,
)
_CENTS = re.compile(
    r"\b(?:in|as) (?:(?:the )?(?:smallest|minor) (?:currency )?units?|cents|pence|kopecks)\b|\bin (?:cent|"
    r"der kleinsten)|"
    r"\ben (?:centimes|céntimos|centavos)\b|\bem centavos\b|в (?:копейках|центах)|(?:单位[为是：:]*\s*|"
    r"以)分(?![钟])|"
    r"\bsmallest currency unit\b|セント単位|センチ単位",
    re.IGNORECASE,
)
_WHOLE_UNITS = re.compile(
    r"\b(?:in|as) (?:dollars|euros?|major units|rubles)\b|\ben (?:euros|dólares|pesos)\b|\bem reais\b|"
    r"в рублях|单位[为是：:]*\s*元",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![A-Za-z])(?:ISO[ -]?8601|RFC[ -]?3339)(?!\d)", re.IGNORECASE)
_EPOCH = re.compile(
    r"(?<![A-Za-z])(?:unix|epoch)(?![A-Za-z])|(?:秒|毫秒)(?:级)?时间戳|Unix时间戳|エポック|unixタイム|유닉스",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no longer|never|rather than|instead of|kein\w*|nicht|nunca|no|pas|jamais|não|не|нет)\b|不是|"
    r"而非|并非|非|ではな|아닌|아니",
    re.IGNORECASE,
)
_FORMATS: Final = (
    ("date-time", _ISO),
    ("epoch", _EPOCH),
    ("uuid", re.compile(r"(?<![A-Za-z])(?:UUID|GUID)(?:v?\d)?(?![A-Za-z])", re.IGNORECASE)),
    ("base64", re.compile(r"(?<![A-Za-z])base64(?![A-Za-z])", re.IGNORECASE)),
    (
        "url",
        re.compile(r"(?<![A-Za-z])(?:URLs?|links?)(?![A-Za-z])|链接|网址|リンク|링크|ссылк", re.IGNORECASE),
    ),
)
_MEANS = re.compile(
    r"(?P<value>`[\"']?[\w-]{1,30}[\"']?`|(?<![\w.-])-?\d{1,6}(?![\w.])|[\"“][\w-]{1,30}[\"”])\s*"
    r"(?:(?:always\s+)?(?:means|indicates|signals|stands for|denotes|tells)(?: that| a| an| the)*\s+|"
    r"(?:bedeutet|heißt|steht für|zeigt)(?: einen| eine| den| die| das)*\s+|"
    r"(?:signifie|indique|correspond à)(?: que| un| une| le| la| l'|l')*\s*|"
    r"(?:significa|indica|quiere decir|representa|quer dizer)(?: que| un| una| um| uma| el| la| o)*\s+|"
    r"(?:означает|значит|обозначает|соответствует)\s+|"
    r"(?:则)?(?:表示|代表|即|意味着)\s*|(?:が|は|で|なら)\s*|(?:은|는|이면|이|가)\s*)"
    r"(?P<meaning>[^\W\d_][^,，;；、.。()（）`\n|]{0,40}?)(?=\s*(?:[,，;；、。()（）\n|]|\.(?:\s|$)|$|"
    r"\b(?:and|und|et|y|e|и|while|any|jede|alles)\b))",
    re.IGNORECASE,
)
"""A value, and what it is said to mean."""
_MOMENTS = re.compile(
    r"(?:\ball(?: the)?|\bevery|\beach|\balle|\bjede[rs]?|\btou(?:te)?s les|\btodas las|\btodos los|"
    r"\btodas as|\btodos os|\bвсе)\s+"
    r"(?:\w+\s+)?(?:timestamps?|times?|dates?|datetimes?|moments|zeitstempel|zeitangaben|zeiten|"
    r"datumsangaben|"
    r"zeitpunkte|dates|horodatages|"
    r"heures|fechas|horas|marcas de tiempo|datas|horários|даты|времена|моменты|метки времени|"
    r"временные метки)\b|"
    r"(?:所有|全部|各)(?:的)?(?:时间|日期|时间字段|时间戳)|(?:時刻|日時|時間|タイムスタンプ)は?(?:すべて|"
    r"全て)|(?:すべて|全て)の(?:時刻|日時|タイムスタンプ)|"
    r"모든\s*(?:시간|시각|날짜|타임스탬프)",
    re.IGNORECASE,
)


def assertions_in(rest: str, sentence: str) -> Iterator[tuple[str, Any]]:
    """Yield what a sentence says of the fields that it begins with, as kind and value.

    `rest` is what stands behind their names.
    """
    plain = rest.replace("`", "")
    free = not is_conditional(sentence)
    kind = _TYPE.match(plain)
    phrase = type_phrase(kind["type"]) if kind and not _JOINED.search(plain) else None
    if (
        kind
        and phrase is not None
        and set(phrase.types) - {"null"}
        and kind["type"].lower() not in _TYPE_NOUNS
    ):
        yield "type", phrase.types
    if unit := _unit(plain):
        yield "unit", unit
    if free and (form := format_in(plain)):
        yield "format", form
    if _NEVER_NULL.search(plain):
        if free:
            yield "nullable", False
    elif _MAY_BE_NULL.search(plain):
        yield "nullable", True
    if free:
        yield from _duties(plain)


def _duties(plain: str) -> Iterator[tuple[str, bool]]:
    optional, required = _OPTIONAL.match(plain), _REQUIRED.match(plain)
    if optional or required:
        yield "required", optional is None
    elif _ALWAYS.search(plain) and not _NOT.search(plain):
        yield "present", True


def _unit(plain: str) -> str:
    """Return the unit that a value is said to be in: not one that a number stands before."""
    if _CENTS.search(plain):
        return "" if _WHOLE_UNITS.search(plain) else "cent"
    if _WHOLE_UNITS.search(plain):
        return "whole"
    unit = unit_in(plain)
    led = _UNIT_LED.match(plain)
    return unit if unit and led and not re.search(r"\d", plain[: led.end()]) else ""


def format_in(text: str) -> str:
    """Return the one format that a text says a value has, or nothing."""
    found = [(name, match) for name, pattern in _FORMATS if (match := pattern.search(text))]
    if len(found) != 1:
        return ""
    name, match = found[0]
    return "" if _NOT.search(text[: match.start()]) else name


def meaning_in(rest: str) -> tuple[Any, str] | None:
    """Return the one value of a field that a sentence explains, with its meaning, or None."""
    found = list(_MEANS.finditer(rest))
    if len(found) != 1:
        return None
    value, meaning = found[0]["value"], found[0]["meaning"]
    return literal(value), meaning.strip()


def moments_in(sentence: str) -> tuple[str, str] | None:
    """Return format and unit that a sentence says all times of a page have, or None."""
    found = _MOMENTS.search(sentence)
    if found is None or is_conditional(sentence):
        return None
    rest = sentence[found.start() :]
    form, unit = format_in(rest), unit_in(rest)
    if not form and unit in {"s", "ms"} and "时间戳" in rest:
        form = "epoch"
    return (form, unit if unit in {"s", "ms"} else "") if form in {"date-time", "epoch"} else None
