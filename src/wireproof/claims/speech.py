"""The grammar of sentences that speak of a field: who is spoken of, under which condition, how many.

Sentences of nine languages are read by the few words that carry a claim; what has none of them, or ties
what it says to a condition, a plan or a version, claims nothing here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wireproof.claims.phrases import identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wireproof.claims.blocks import Line

__all__ = ["CODE", "NUMBER", "Spoken", "is_conditional", "number_of", "sentences_of", "spoken_in"]

_LONGEST: Final = 2000
_WRAPPED: Final = 50
"""Characters from which on a line without an end of sentence goes on in the next one."""
_END = re.compile(r"(?<=[;。；！？!?])\s*|(?<=\.)\s+(?=[^a-zß-ÿа-я])|(?<=\.)$")
_LEAD = re.compile(
    r"^[\s>*•+\-–]*(?:\d{1,2}[.)、]\s*)?(?:\**(?:note|hint|tip|important|warning|notes|hinweis|wichtig|nota|"
    r"importante|"
    r"remarque|attention|примечание|важно|注意|说明|备注|提示|注|補足|참고|주의)\**\s*[:：.]\**\s*|"
    r"[^`.。:：|]{1,40}[:：]\s+(?=`))?",
    re.IGNORECASE,
)
"""What may stand before the first word of a sentence: a bullet, a number, `Note:`."""
CODE: Final = r"`(?:[A-Za-z_$][\w$-]*)(?:\[\d*\])?(?:\.[\w$*-]+(?:\[\d*\])?)*`"
_BARE: Final = (
    r"(?<![\w.`/-])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?![\w`/-])|"
    r"(?<![\w.`/-])[a-z]+[A-Z][A-Za-z0-9]*(?![\w`/-])"
)
"""A word that is written as names in code are: `created_at`, `createdAt`."""
_NOUN: Final = (
    r"(?:fields?|propert(?:y|ies)|values?|keys?|attributes?|members?|parameters?|params?|arguments?|"
    r"feld(?:er)?|werte?|parameter|eigenschaft(?:en)?|attribute?|"
    r"champs?|valeurs?|paramètres?|propriétés?|campos?|valor(?:es)?|parámetros?|propiedad(?:es)?|"
    r"parâmetros?|propriedades?|пол[яе]|значени[ея]|параметры?|"
    r"字段|参数|属性|的?值|フィールド|パラメータ|項目|の?値|필드|파라미터|값|항목)"
)
_OPENING: Final = (
    rf"(?:(?:the|each|every|all|both|its|this|das|der|die|den|le|la|les|el|los|las|o|a|os|as|l')\s*)?"
    rf"(?:{_NOUN}\s*(?:of|von|de|do|da|du)?\s*(?:(?:the|l'|le|la|el|o)\s*)?)?"
)
_AND: Final = (
    r"(?:\s*(?:,|、|，|/)\s*(?:(?:and|und|et|y|e|и)\s+)?|"
    r"\s+(?:and|und|et|y|e|и|as well as|sowie)\s+|\s*(?:和|与|及|以及|と|및|와|과)\s*)"
)
_NAMES: Final = rf"(?P<names>{CODE}(?:{_AND}{CODE}){{0,7}})"
_CJK: Final = r"[\u3040-\u9fff\uac00-\ud7af]"
_SUBJECTS: Final = tuple(
    re.compile(pattern, re.IGNORECASE if folded else 0)
    for pattern, folded in (
        (rf"{_OPENING}{_NAMES}\s*(?:{_NOUN}(?![a-z]))?\s*(?P<rest>.*)$", True),
        # a word, and the name behind it: 状态（`status`）, 상태(`status`)는, the state (`status`)
        (
            (
                rf"(?:(?:the|der|die|das|le|la|el|o|"
                rf"a)\s+)?[^\s`(（.,，。:：]{{1,24}}(?: [a-zäöüß]{{2,20}})?"
                rf"\s*[(（]\s*(?P<names>{CODE})\s*[)）]\s*(?P<rest>.*)$"
            ),
            True,
        ),
        (
            (
                rf"(?:(?:[Tt]he|Das|Der|Die|L[ea]|El|Los|O|"
                rf"A)\s+)?(?:{_NOUN}\s+)?(?P<names>{_BARE})(?P<rest>(?=\s|{_CJK}|[:：(（]).*)$"
            ),
            False,
        ),
        (
            (
                rf"(?P<names>[A-Za-z][A-Za-z0-9_]{{1,30}})\s*(?P<rest>(?:字段|参数|的|为|是|单位|は|の|が|는|"
                rf"은|이|가)\s*{_CJK}?.*)$"
            ),
            False,
        ),
    )
)
_CONDITION = re.compile(
    r"\b(?:if|when(?:ever)?|unless|except|while|once|until|in case|only (?:for|with|on|in)|depending|"
    r"depends|varies|otherwise|either|"
    r"for (?:\w+ )?(?:plans?|models?|accounts?|users|customers|versions?|requests|jobs|tasks|orders|"
    r"images?|videos?|audio)|"
    r"(?:in|on|from|since|before|until) (?:api )?v(?:ersion)?\.?\s?\d|legacy|deprecated|previously|"
    r"formerly|used to|usually|typically|"
    r"wenn|falls|sofern|solange|sobald|außer|bei|nur (?:für|bei|mit)|je nach|früher|meist\w*|üblicherweise|"
    r"si|cuando|salvo|excepto|mientras|según|sólo|solo (?:para|con|en|si)|dependiendo|antes|normalmente|"
    r"lorsque?|quand|sauf|tant que|selon|uniquement|seulement|généralement|"
    r"se(?= (?:o|a|os|as|for|houver|não|você|estiver|há|`))|"
    r"quando|exceto|enquanto|conforme|somente|apenas|geralmente|"
    r"если|когда|кроме|при|только|пока|обычно|в случае|зависит)\b|"
    r"如果|若|当|除非|除了|仅|只有|只在|取决于|视|根据|旧版|通常|一般|(?:状态|模式|成功|失败|完成|结束|"
    r"情况)下?时|时(?:返回|必填|才)|"
    r"の場合|のとき|時(?:のみ|に)|場合|除き|によって|通常|経由|"
    r"경우|때(?:만|는|에)?(?:\s|$)|면(?:\s|,)|제외|따라|보통",
    re.IGNORECASE,
)
_NUMBER_WORDS: Final[dict[str, int]] = {
    word: number
    for number, words in enumerate(
        (
            "two|zwei|deux|dos|dois|duas|два|две|двух|两|二|두",
            "three|drei|trois|tres|três|три|трех|трёх|三|세",
            "four|vier|quatre|cuatro|quatro|четыре|четырех|четырёх|四|네",
            "five|fünf|cinq|cinco|пять|пяти|五|다섯",
            "six|sechs|seis|шесть|шести|六|여섯",
            "seven|sieben|sept|siete|sete|семь|семи|七|일곱",
            "eight|acht|huit|ocho|oito|восемь|восьми|八|여덟",
            "nine|neun|neuf|nueve|nove|девять|девяти|九|아홉",
            "ten|zehn|dix|diez|dez|десять|десяти|十|열",
        ),
        start=2,
    )
    for word in words.split("|")
}
NUMBER: Final = (
    r"(?:\d{1,3}(?![\d.%])|(?:"
    + "|".join(sorted(filter(str.isascii, _NUMBER_WORDS), key=len, reverse=True))
    + r"|fünf|três|два|две|двух|три|тр[её]х|четыре|четыр[её]х|пять|пяти|шесть|шести|семь|семи|восемь|восьми|"
    r"девять|девяти|десять|десяти)\b|[两二三四五六七八九十]|두|세|네|다섯|여섯|일곱|여덟|아홉|열)"
)
"""A number as a sentence writes it: in digits, or as a word of one of the nine languages."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence that begins with the fields that it speaks of: their names, and what it says of them."""

    names: tuple[str, ...]
    rest: str


def number_of(word: str) -> int:
    """Return the number that a word of `NUMBER` is."""
    return int(word) if word.isdigit() else _NUMBER_WORDS[word.casefold()]


def is_conditional(text: str) -> bool:
    """Return whether a sentence ties what it says to a condition, a plan, a version or a habit."""
    return _CONDITION.search(text) is not None


def sentences_of(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Yield each sentence with the line it begins on; one that a writer broke over lines is put together."""
    waiting, begun, last = "", 0, 0
    for line in lines:
        if len(line.text) > _LONGEST:
            continue
        goes_on = (
            waiting
            and line.number == last + 1
            and len(waiting) >= _WRAPPED
            and not re.search(r"[.。;；:：!！?？|]$", waiting)
            and re.match(r"[^\W\d_A-ZА-ЯÄÖÜ]|`|[（(]", line.bare)
        )
        if goes_on and len(waiting) + len(line.bare) < _LONGEST:
            waiting += ("" if re.search(rf"{_CJK}$", waiting) else " ") + line.bare
        else:
            yield from _split(waiting, begun)
            waiting, begun = line.bare, line.number
        last = line.number
    yield from _split(waiting, begun)


def _split(text: str, number: int) -> Iterator[tuple[int, str]]:
    for sentence in _END.split(text):
        if sentence.strip():
            yield number, sentence.strip()


def spoken_in(text: str) -> Spoken | None:
    """Return the fields that a sentence begins with and what it says of them, or None."""
    plain = _LEAD.sub("", text.replace("**", ""), count=1)
    for pattern in _SUBJECTS:
        found = pattern.match(plain)
        if found is None:
            continue
        names = tuple(name.strip("`") for name in re.findall(rf"{CODE}|[\w.\[\]$]+", found["names"]))
        if "`" in found["names"]:
            names = tuple(name.strip("`") for name in re.findall(CODE, found["names"]))
        if names and all(map(identifier, names)) and not all(map(str.isupper, names)):
            return Spoken(names, found["rest"].strip())
    return None
