"""A row's text → what it allows: how large or long a value may be, its default, an example of it.

Only what is plain is read: a clause with a condition (`for Pro: up to 20`) says so of its bounds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from wireproof.claims.claim import Bound

__all__ = ["Said", "bounds_in", "bounds_of_schema", "default_in", "end_of", "example_in", "number_of"]

_LONGEST: Final = 2000
"""Characters of a description that are read."""
_NUM: Final = r"(?:[-−]?\d{1,3}(?:,\d{3})+(?!\d)|[-−]?\d+(?:\.\d+)?)"
_ENDS: Final = r"(?![\w%]|\s?[.,，、]\s?\d|\s*(?:[:/×xX*]|[-–~～]\s?)\d|\s?(?:[kKMG]i?[Bb]?\b|[万億亿千]|倍))"
"""What may not follow a number that is one by itself: not `10k`, `10MB`, `10万`, `16:9`."""
_TO: Final = (
    r"(?:-|–|—|−|~|～|〜|\.{2,3}|…|\bto\b|\band\b|至|到|から|\by\b|\bund\b|\bbis\b|\ba\b|\bà\b|\bet\b|до)"
)
_CHARS: Final = (
    r"(?:(?:unicode |utf-?8 )?(?:characters?|chars?)\b|个?(?:字符|字(?![段节母体幕])|文字|汉字|中文字符)|"
    r"文字|caracteres|zeichen\b|caractères|символ\w*|자(?![가-힣]))"
)
_THINGS: Final = (
    r"(?:(?:\w+ )?(?:items?|elements?|entries|images?|urls?|files?|photos?|pictures?|tags?|keywords?|ids?|"
    r"values?|"
    r"strings?|objects?|videos?|clips?)\b|张|項|项|条|枚|件|个(?!字)|elementos|imágenes|elemente\b|"
    r"bilder\b|éléments)"
)
_MAX: Final = (
    r"(?:\bmax(?:imum|\.)?(?: (?:value|number|of|length|size|count))*(?: is)?|\bup to|\bat most|\bno "
    r"(?:more|longer|larger|greater) than|"
    r"(?:not|n't|never) (?:exceed|be (?:more|longer|larger|greater) than)|\blimited to|\blimit(?: of| is)?|"
    r"<=|≤|＜=|最多(?:支持|可?传?)?|至多|不(?:得|能|可|要)?(?:超过|超過|大于|多于)|最大(?:值|长度|支持|値|"
    r"文字数|は)?|最长|最長|上限|"
    r"\bmáximo(?: de)?|\bhasta|\bmaximal|\bhöchstens|\bau (?:plus|maximum)|\bno máximo|не более|최대)"
)
_MIN: Final = (
    r"(?:\bmin(?:imum|\.)?(?: (?:value|number|of|length|size|count))*(?: is)?|\bat least|\bno (?:less|"
    r"fewer|shorter) than|"
    r"(?:not|n't) be (?:less|fewer|shorter|smaller) than|>=|≥|＞=|最少|至少|不(?:得|能|可)?(?:少于|小于|"
    r"低于)|最小(?:值|长度|"
    r"値|は)?|最短|"
    r"\bmínimo(?: de)?|\bmindestens|\bau moins|не менее|최소)"
)
_IS: Final = r"\s*(?:[:：=]|\bis\b|\bof\b|\bto\b|为|是|は|:)?\s*`?"
_LED: Final = (
    r"(?:\brange(?:s|d)?(?: (?:is|of|from|between))*|\bbetween|\bfrom|\bin the interval|(?:有效|取值|"
    r"数值)?范围(?:为|是|在)?|取值(?:为|区间)?|可选值?为|"
    r"(?:値の)?範囲(?:は)?|\brango(?: de)?|\bentre|\bzwischen|\bvon|\bplage|\bde|\bwertebereich|диапазон|"
    r"범위)"
)
_SPAN_UNIT: Final = r"(?:seconds?|secs?|s|ms|minutes?|hours?|days?|px|pixels?)\b|秒|毫秒|分钟|像素"
_INNER: Final = rf"(?P<low>{_NUM})`?\s*(?:{_TO}|[,，])\s*`?(?P<high>{_NUM}){_ENDS}"
_SPANS: Final = (
    re.compile(rf"{_LED}\s*[:：]?\s*`?[\[(（]?\s*{_INNER}", re.IGNORECASE),
    re.compile(rf"[\[(（]\s*{_INNER}\s*[\])）]", re.IGNORECASE),
    re.compile(
        rf"(?:^|[,;，；。、(（:：]\s*)`?(?P<low>{_NUM})\s*[-–—~～〜]\s*(?P<high>{_NUM}){_ENDS}"
        rf"(?=`?\s*(?:{_SPAN_UNIT})?\s*(?:$|[,;，；。.、)(（）]))"
    ),
    re.compile(rf"(?P<low>{_NUM})\s*(?:以上|≤|<=)[^\d]{{0,12}}(?P<high>{_NUM})\s*(?:以下|以内)?{_ENDS}"),
)
"""Two numbers that are the ends of what a value may be."""
_ONE_END: Final = (
    (re.compile(rf"{_MIN}{_IS}(?P<low>{_NUM}){_ENDS}", re.IGNORECASE), "low"),
    (re.compile(rf"{_MAX}{_IS}(?P<high>{_NUM}){_ENDS}", re.IGNORECASE), "high"),
)
_AT_MOST: Final = r"(?:max(?:imum)?\b|or (?:less|fewer)|以内|以下|まで|máximo|maximal)"
_COUNTED: Final = tuple(
    (of, re.compile(pattern, re.IGNORECASE))
    for of, unit in (("length", _CHARS), ("items", _THINGS))
    for pattern in (
        rf"(?P<low>{_NUM})\s*{_TO}\s*(?P<high>{_NUM})\s*-?{unit}",
        rf"{_MAX}{_IS}(?P<high>{_NUM})\s*-?{unit}",
        rf"{_MIN}{_IS}(?P<low>{_NUM})\s*-?{unit}",
        rf"(?P<high>{_NUM})\s*{unit}\s*[(（]?{_AT_MOST}",
    )
)
_LENGTHS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"(?:\bmax(?:imum)?[ _-]?length|最大长度|最长长度|长度(?:上限|不超过|最大)|最大文字数|最大長|"
            rf"longitud máxima|maximale "
            rf"länge|"
            rf"longueur maximale)(?:\s+(?:is|of|for))*{_IS}(?P<high>{_NUM}){_ENDS}(?!\s*(?:bytes|字节|"
            rf"seconds|秒|个(?!字)))"
        ),
        rf"(?:\blength|长度|文字数)(?:范围|限制)?(?: is| of|为|是)?\s*[:：]?\s*[\[(（]?\s*{_INNER}",
        (
            rf"^(?:string|str|text|varchar|char|字符串|文字列|"
            rf"cadena)\s*[(\[<（]\s*(?:max(?:imum)?\s*)?(?:(?P<low>{_NUM})\s*[-–~,]\s*)?"
            rf"(?P<high>{_NUM})\s*(?:chars|characters)?\s*[)\]>）]"
        ),
    )
)
_UNITS = re.compile(rf"\s?`?\(?(?:{_SPAN_UNIT})", re.IGNORECASE)
_PASSES = re.compile(r"between|from|entre|zwischen|von|de\b", re.IGNORECASE)
_OTHER_UNIT = re.compile(r"\s?`?(?:[A-Za-z]{3,}|(?![秒毫分像以到至之和或且及时])[\u4e00-\u9fff])")
"""A number of things, which is no bound of the value: `up to 5 images`."""
_CONDITION = re.compile(
    r"\b(?:if|when|while|for|unless|except|mode|models?|plans?|tiers?|per|each|every|recommend\w*|"
    r"suggest\w*|should|typical\w*|usual\w*|"
    r"otherwise|depend\w*|varies|only|respectively|total|sum|combined|v\d|si|cuando|para|según|wenn|falls|"
    r"bei|für|je|pour|lorsque|selon|quando)\b|"
    r"如果|若|当|时(?![间长])|模式|模型|套餐|版本?|建议|推荐|每|其中|仅|分别|总|通常|一般|场景|不同|対応|"
    r"の場合|とき|推奨|ごと|のみ|合計|모델|경우",
    re.IGNORECASE,
)
"""Words that tie what a clause says to something that it may not be."""
_CLAUSE = re.compile(r"[;；。\n]|\.(?=\s|$)")
_PLAIN: Final = (
    r"(?:`(?P<code>[^`\n]{1,40})`|[\"“'](?P<quoted>[^\"”'\n]{1,40})[\"”']|"
    r"(?P<bare>[-−]?\d+(?:\.\d+)?(?![\w.,:/%-]*\w)|true\b|false\b))"
)
_DEFAULT = re.compile(
    r"(?:\bdefaults?(?:\s+(?:value|is|to|are))*\s*[:：=]?|默认(?:值)?(?:为|是)?\s*[:：=]?|缺省(?:值)?(?:为|"
    r"是)?\s*[:：]?|"
    r"(?:デフォルト|既定|初期)(?:値)?(?:は|:|：)?|\bpor defecto\s*[:：]?|\bpredeterminado\s*[:：]?|"
    r"\bstandard(?:wert|"
    r"mäßig)?(?: ist)?\s*[:：]?|"
    r"\bpar défaut\s*[:：]?|\bpadrão\s*[:：]?|по умолчанию\s*[:：-]?|기본값(?:은)?\s*[:：]?)\s*\**\s*"
    + _PLAIN,
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:\be\.\s?g\.,?|\bexample(?: value)?s?\s*[:：]|例如[:：]|示例[:：]|例[:：]|\bp\. ?ej\.|\bz\. ?B\.|"
    r"\bpar "
    r"ex\.)\s*" + _PLAIN,
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a text names: as it stands, whether in marks of its own, and whether under a condition."""

    text: str
    marked: bool
    loose: bool
    start: int
    end: int


def number_of(text: str) -> float | None:
    """Return the number that a text is, thousands set apart or not, or None."""
    bare = text.strip().strip("`\"'").replace("−", "-")
    return float(bare.replace(",", "")) if re.fullmatch(_NUM, bare) else None


@lru_cache(maxsize=512)
def bounds_in(text: str) -> tuple[Bound, ...]:
    """Return the bounds that a description or a type states, each once, in their order."""
    found: dict[tuple[str, float | None, float | None], Bound] = {}
    for clause in _CLAUSE.split(text[:_LONGEST]):
        if not any(map(str.isdigit, clause)):
            continue
        loose = _CONDITION.search(clause) is not None
        taken: list[tuple[int, int]] = []
        for of, pattern in (
            *_COUNTED,
            *(("length", one) for one in _LENGTHS),
            *(("value", one) for one in _ALL),
        ):
            for match in pattern.finditer(clause):
                if any(match.start() < end and start < match.end() for start, end in taken):
                    continue
                taken.append(match.span())
                if of == "value" and _of_things(clause, match):
                    continue
                groups = match.groupdict()
                low, high = (number_of(groups.get(name) or "") for name in ("low", "high"))
                if low is not None and high is not None and low > high:
                    continue
                found.setdefault(
                    (of, low, high), Bound(of, low, high, match[0].strip(" ,;，；、(（[`"), loose)
                )
    return tuple(found.values())


def end_of(bounds: tuple[Bound, ...], of: str, end: str) -> Bound | None:
    """Return the one bound of a statement that has this end, or None where it has several, or a condition."""
    mine = [one for one in bounds if one.of == of and getattr(one, end) is not None]
    return mine[0] if len(mine) == 1 and not mine[0].loose else None


def _of_things(clause: str, match: re.Match[str]) -> bool:
    """Return whether a number counts things or time: `5 images`, `takes between 2 and 3 minutes`."""
    if _UNITS.match(clause, match.end()) is not None:
        return _PASSES.match(match[0]) is not None
    return _OTHER_UNIT.match(clause, match.end()) is not None


def bounds_of_schema(schema: dict[str, Any]) -> tuple[Bound, ...]:
    """Return the bounds that a schema's own keywords state."""
    made = []
    for of, low, high in (
        ("value", "minimum", "maximum"),
        ("length", "minLength", "maxLength"),
        ("items", "minItems", "maxItems"),
    ):
        ends = [schema.get(name) for name in (low, high)]
        first, last = (
            float(one) if isinstance(one, int | float) and not isinstance(one, bool) else None for one in ends
        )
        if first is not None or last is not None:
            words = (f"{name}: {end}" for name, end in zip((low, high), ends, strict=True) if end is not None)
            made.append(Bound(of, first, last, ", ".join(words)))
    return tuple(made)


def default_in(text: str) -> Said | None:
    """Return the value that a text says is taken where none is given, or None where it names none or two."""
    return _only(_DEFAULT, text)


def example_in(text: str) -> Said | None:
    """Return the one value that a text gives as an example."""
    return _only(_EXAMPLE, text)


def _only(pattern: re.Pattern[str], text: str) -> Said | None:
    found = list(pattern.finditer(text[:_LONGEST]))
    if len(found) != 1:
        return None
    match = found[0]
    value = match["code"] or match["quoted"] or match["bare"]
    start = max((cut.end() for cut in _CLAUSE.finditer(text, 0, match.start())), default=0)
    cut = _CLAUSE.search(text, match.end())
    loose = _CONDITION.search(text[start : cut.start() if cut else len(text)]) is not None
    return Said(value.strip(), match["bare"] is None, loose, match.start(), match.end())


_ALL: Final = (*_SPANS, *(pattern for pattern, _ in _ONE_END))
"""Every way to bound a value, the fullest first."""
