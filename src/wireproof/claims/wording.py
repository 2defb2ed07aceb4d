"""Sentences → lists of values: `0: queued, 1: running`, "one of `a`, `b` or `c`"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Wording", "as_values", "literal", "plain_text", "value_pair", "value_pairs", "values_in"]

_ITEM: Final = (
    r"""(?:`[^`\n]{1,60}`|"[^"\n]{1,60}"|'[^'\n]{1,60}'|“[^”\n]{1,60}”|-?\d{1,9}|[A-Za-z_][\w-]{0,60})"""
)
_CODED: Final = (
    r"""(?:`[^`\n]{1,60}`|"[^"\n]{1,60}"|'[^'\n]{1,60}'|“[^”\n]{1,60}”|-?\d{1,9}|[A-Z][A-Z0-9_]{2,60}"""
    r"""|[a-z]+(?:_[a-z]+)+)"""
)
_LEAD = re.compile(
    r"(?P<some>\be\.\s?g\.?,?|\bfor example,?|\bsuch as|例如[:：]?|比如[:：]?|如[:：]|\bpor ejemplo,?|"
    r"例えば)|"
    r"(?P<all>\bone of:?|\b(?:possible|allowed|valid|accepted|available|supported|candidate) (?:values?|"
    r"statuses|states|options)"
    r"(?: (?:is|are|include))?:?|\bvalues?(?: are| is)?:|\b(?:status|state) values?:?|\benum(?:eration)?:?|"
    r"\boptions(?: are)?:|取值(?:范围)?(?:为|是)?[:：]?|可选值?(?:为|有|包括)?[:：]|枚举值?(?:为|"
    r"有)?[:：]?|可能的?(?:取?值|状态)(?:为|有|包括)?[:：]?|"
    r"状态值?(?:有|包括)[:：]?|\bvalores(?: posibles| permitidos)?(?: son)?:|\buno de:?|"
    r"取り得る値(?:は)?[:：]?|値は?[:：]|"
    r"\beine[rs]? der(?: folgenden)? werte:?|\bmögliche werte(?: sind)?:?|\bwerte:|"
    r"\bvaleurs(?: possibles)?\s?:|"
    r"\bl'une? des valeurs:?|\bvalores possíveis:?|\bum d(?:e|os)(?: valores)?:|\buno dei(?: valori)?:?)|"
    r"(?P<weak>\bcan be(?: either)?:?|\beither|\b(?:status|state|estado)\s?:|(?:状态|ステータス|状態)[:：])",
    re.IGNORECASE,
)
_ANY_OF = re.compile(
    rf"(?P<list>{_ITEM}(?:\s*(?:、|,|，|または|或|/)\s*{_ITEM}){{1,30}})\s*"
    r"(?:のいずれか|중\s*하나|(?:其中)?之一)"
)
_STATEFUL = re.compile(r"status|state|状态|狀態|estado|ステータス|状態", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"\s*(?:,\s*(?:and|or|y|o|u)\s+|[,，、|;；]|/(?!/)|\bor\b|\band\b|\by\b|或者?|和|または|及び|"
    r"\s-\s(?=`))\s*"
)
_NUMBERED = re.compile(
    r"(?<![\w.-])(?P<value>-?\d{1,5})\s*(?:[:：=]|\s(?=[\u4e00-\u9fff])|\s[-–—]\s|[-–—](?=[^\d\s])|\s*表示|"
    r"\s*代表|\s*为|"
    r"\s+(?:means|indicates|is for|stands for|indica|significa)\s+|は)\s*"
    r"(?P<meaning>[^,，;；、.。()（）\d\n|/][^,，;；、。()（）\n|/]{0,60}?)(?=\s*(?:[,，;；、。()（）\n|/]|"
    r"\.(?:\s|$)|$)|\s+-?\d{1,5}\s*[:：=-])"
)
_MEASURED = re.compile(
    r"-?\d+\s+(?:毫?秒|分(?:钟|鐘)?|小时|小時|時間|[天日周月年元倍页頁次张張个個条條段行位枚件字人]|像素|字符|文字)"
)
"""An amount: a number, a blank, and the unit or the counter behind it."""
_WORDED = re.compile(
    rf"(?<![\w`\"'])(?P<value>{_CODED})\s*(?:[:：=]|\s[-–—]\s|\s*[(（]|\s*表示|\s*代表|\s+(?:means|"
    rf"indicates|stands for|indica|significa)\s+)\s*"
    r"(?P<meaning>[^,，;；、.。()（）`\"\n|\d][^,，;；、。()（）`\"\n|"
    r"]{0,80}?)(?=\s*(?:[,，;；、。()（）\n|]|\.(?:\s|$)|$))"
)
_GLOSSED = re.compile(
    r"(?<![\w.-])(?P<value>[A-Za-z][\w-]{0,40})\s*[:：(（=-]\s*(?P<meaning>[\u3040-\u9fff][^,，;；、。()（）\n|A-Za-z/]{0,30})"
)
_SINGLE = re.compile(
    rf"(?<![\w.-])(?P<value>{_CODED})\s*(?:(?:means|indicates|stands for|"
    rf"represents)\s+(?P<en>[A-Za-z][\w ]{{1,40}}?)"
    r"(?=\s+(?:in|and|while|,|other)\b|[,.;]|$)|(?:表示|代表|为)\s*(?P<zh>[^,，;；、。()（）\d\s]{1,20})|"
    r"は(?P<ja>[^,、。\s]{1,15}?)(?:を示す|を表す|です|[、。]|$))"
)
_ASIDE: Final = r"(?:\s*[(（][^()（）`\n]{1,60}[)）])?"
"""What a writer says of one value in brackets behind it: `png` (default)."""
_JOINT: Final = (
    r"\s*(?:,\s*(?:(?:and|or|y|o|und|oder|ou|et)\s)?|、|，|/|\||"
    r"\b(?:and|or|y|o|und|oder|ou|et)\b|或者?|和|または|또는)\s*"
)
_ALL_CODE = re.compile(
    rf"\s*`[^`\n]{{1,40}}`{_ASIDE}(?:{_JOINT}`[^`\n]{{1,40}}`{_ASIDE}){{1,40}}\s*(?=[.;,。；，(（—–]|\s-\s|$)"
)
"""A description that begins with its values, each written as code, and says nothing before."""
_AFTER_COLON = re.compile(
    rf"(?<=[:：])\s*`[^`\n]{{1,40}}`{_ASIDE}(?:{_JOINT}`[^`\n]{{1,40}}`{_ASIDE}){{1,40}}\s*(?=[.;。；]|$)"
)
_ONE_MEANING = re.compile(
    rf"(?P<values>`[^`\n]{{1,40}}`(?:{_JOINT}`[^`\n]{{1,40}}`){{1,20}})\s*(?:[:：]|\s[-–—]\s)\s*(?P<meaning>.+)$"
)
"""Several values that one meaning is written behind: `daily`, `weekly` or `monthly`: the day."""
_BARRED = re.compile(rf"`[^`\n]{{1,40}}`{_ASIDE}(?:\s*(?:\||/|、)\s*`[^`\n]{{1,40}}`{_ASIDE}){{1,20}}")
_OF_OTHERS = re.compile(
    r"(?:\b(?:for|with|when|if|in|on|by|to|from|only|via|like|see|use|and|or|than|of)|"
    r"[仅只对当若在与和及用]|对于|使用|适用于|如果|通过|比)\s*$|"
    r"(?:examples?|e\.g\.?|samples?|default|see(?: also)?|note|requires?|related|tip|instance|例|示例|例如|"
    r"如|默认(?:值)?|参见|注意|"
    r"ejemplos?|beispiele?|exemples?|exemplos?)\**\s*[:：]\s*$",
    re.IGNORECASE,
)
"""What stands before names that the value goes with: `for `jpeg` / `webp`` names no values."""
_BY_DEFAULT = re.compile(
    r"^([`\"']?[\w.-]{1,60}[`\"']?)\s*[(（](?:default|by default|默认|デフォルト|既定|por defecto|standard|"
    r"par défaut)[)）]",
    re.IGNORECASE,
)
"""A value that is marked as the default, before the words that explain it."""
_INTERVAL = re.compile(r"\s*[\[(（]\s*-?[\d.]+\s*[,，]\s*-?[\d.]+\s*[\])）]")
_SHORT_GLOSS = re.compile(
    r"(?<![\w.-])(?P<value>[A-Za-z][\w-]{1,40})\s(?P<meaning>[\u4e00-\u9fff]{1,16})(?=\s*(?:[、,，;；。）)]|$))"
)
_LABELLED = re.compile(r"(?<![\w&./-])(?P<value>[A-Za-z][\w-]{0,40})\s?[:：]\s*(?=[\u3040-\u9fff])")
_MARKED = re.compile(r"[\[<]|\*\*|__")
"""What a text with a link, a tag or emphasis has in it."""
_QUOTED: Final = r"[`\"'“]"
_HEDGED = re.compile(
    rf"(?:如|例如|比如|譬如|诸如|像|\blike|\bsuch as|\be\.\s?g\.|\bfor (?:example|instance)|\bincluding|"
    rf"\bp\. ?ej\.|\bz\. ?B\.|\bpar ex\.)[\s,，:：]*{_QUOTED}|"
    rf"[`\"'”]\s*(?:,\s*|和|、)?(?:等|など|\betc\b|\band so on\b|\band (?:others|more)\b|usw\b|…|\.\.\.)|"
    r"\b(?:may|might|could) (?:also )?(?:have|contain|start|begin|carry|include)\b|"
    r"\balso (?:supports?|accepts?|allows?|takes)\b|(?:也|还|亦|同时)(?:支持|兼容|可(?!能)|接受)|にも対応|"
    r"可能(?:会)?(?:带|包含|以)|の場合があり|ことがあり",
    re.IGNORECASE,
)
"""Words that leave a list open: it names some of the values."""
_LEADS_IN = re.compile(
    r"(?:^|[:：=。.;；,，]|\b(?:is|are|be|as|of|to|supports?|accepts?|either|es|son|ist|est|sind|sont|é)|"
    r"支持|为|是|可以?|可填|填写?|传入?|は|が)\s*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:$|[.;。；,，(（—–]|\s-\s|のいずれか|中的|之一|を指定)")
"""What stands before and behind values that a sentence lists as such, and does not only speak of."""
_PARTS = re.compile(
    r"\s*(?:[两三四五六七八\d]\s*个?(?:键|字段|参数|属性)|(?:keys|fields|members|properties|parameters)\b|"
    r"の(?:キー|フィールド))",
    re.IGNORECASE,
)
"""What follows names of members, which are no values."""
_INNER_BULLET = re.compile(r"(?:\s+[*•]|\s*\n\s*-)\s+(?=[`\"'“])")
"""A bullet before a quoted value, inside a text."""
_STRIP: Final = "`\"'“” "
_GLOSSES: Final = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """Values found in a sentence: each with its meaning, and whether the sentence names all of them."""

    values: tuple[tuple[Any, str], ...]
    complete: bool


def literal(text: str) -> Any:
    """Return an integer for unquoted digits, else the text without its quotes."""
    bare = text.strip()
    if re.fullmatch(r"0|-?[1-9]\d{0,14}", bare.strip("`")):
        return int(bare.strip("`"))
    return bare.strip(_STRIP)


def plain_text(text: str) -> str:
    """Return the text without marks of emphasis, links and tags."""
    if _MARKED.search(text) is None:
        return text.strip()
    without = re.sub(r"\[([^\[\]]{1,200})\]\([^()]{0,300}\)", r"\1", text)
    without = re.sub(
        r"</?(?:b|i|em|strong|code|br|span|p|sup|small|a|mark|font|kbd|samp|var|u|s|del|ins|"
        r"tt)\b[^<>]{0,200}>",
        " ",
        without,
    )
    return re.sub(r"\*\*|__(?=\w[^_]*__)|(?<=\w)__", "", without).strip()


def value_pair(text: str) -> tuple[Any, str] | None:
    """Return value and meaning of `queued`: waiting / 0 - queued / **done** — finished, or None."""
    bare = _BY_DEFAULT.sub(r"\1", plain_text(text))
    found = re.match(
        rf"(?P<value>{_ITEM})\s*(?:[:：=]|\s?[-–—]+>?\s|→|\s*[(（]|\s-|，|(?<=[`\"'])-)\s*(?P<meaning>.*)$",
        bare,
    )
    if found:
        return literal(found["value"]), found["meaning"].strip().rstrip(")）").strip()
    if re.fullmatch(_ITEM, bare):
        return literal(bare), ""
    return None


def value_pairs(text: str) -> list[tuple[Any, str]]:
    """Return the values of one line, each with its meaning: several of one meaning, one alone, or none."""
    found = _ONE_MEANING.match(plain_text(text))
    if found:
        return [(literal(word), found["meaning"]) for word in re.findall(r"`[^`]+`", found["values"])]
    pair = value_pair(text)
    return [pair] if pair else []


def values_in(text: str) -> Wording | None:
    """Return the values that a description lists, or None: two values with words, or a list."""
    if not text or len(text) > 4000:
        return None
    bare = _INNER_BULLET.sub("\n", plain_text(text))
    found = _values(bare)
    return replace(found, complete=False) if found and _HEDGED.search(bare) else found


def _values(bare: str) -> Wording | None:
    for pattern in (_NUMBERED, _WORDED, _GLOSSED):
        found = [
            (literal(match["value"]), match["meaning"].strip())
            for match in pattern.finditer(bare)
            if not _MEASURED.match(match[0])
        ]
        if len(found) >= 2 and len({str(value) for value, _ in found}) == len(found):
            labelled = _labelled(bare) if pattern is not _NUMBERED else []
            found = labelled if len(labelled) > len(found) else found
            return Wording(tuple(found), complete=not _some(bare))
    led = _led(bare) or _glossed(bare)
    if led is not None:
        return led
    single = _SINGLE.search(bare)
    if single and (meaning := single["en"] or single["zh"] or single["ja"]):
        return Wording(((literal(single["value"]), meaning.strip()),), complete=False)
    return _alternatives(bare)


def _labelled(text: str) -> list[tuple[Any, str]]:
    """Return the values that are each a word and a wide colon, and whose text goes on to the next one."""
    found = list(_LABELLED.finditer(text))
    ends = [*(match.start() for match in found), len(text)][1:]
    pairs = [
        (literal(match["value"]), re.split(r"[,，;；。]", text[match.end() : end])[0].strip())
        for match, end in zip(found, ends, strict=True)
    ]
    return pairs if len({value for value, _ in pairs}) == len(pairs) else []


def _glossed(text: str) -> Wording | None:
    """Return the values that are each followed by a word of another script: `waiting 等待、done 完成`."""
    found = [(literal(match["value"]), match["meaning"]) for match in _SHORT_GLOSS.finditer(text)]
    if len(found) < _GLOSSES or len({value for value, _ in found}) < len(found):
        return None
    return Wording(tuple(found), complete=not _some(text))


def _some(text: str) -> bool:
    found = _LEAD.search(text)
    return bool(found and found["some"])


def _led(text: str) -> Wording | None:
    """Return the list that words such as "one of" lead in; weak words need values written as code."""
    any_of = _ANY_OF.search(text)
    if any_of:
        values = [literal(token) for token in re.findall(_ITEM, any_of["list"])]
        return Wording(tuple((value, "") for value in values), complete=True)
    for lead in _LEAD.finditer(text):
        tokens = [] if _INTERVAL.match(text, lead.end()) else _tokens(text[lead.end() :])
        sure = bool(lead["all"]) or all(re.fullmatch(_CODED, token) for token in tokens)
        named = all(token[0].isupper() for token in tokens)
        if len(tokens) >= 2 and (
            sure or (lead["some"] and (named or _STATEFUL.search(text[: lead.start()])))
        ):
            return Wording(tuple((literal(token), "") for token in tokens), complete=not lead["some"])
    return None


def _tokens(text: str) -> list[str]:
    """Return the tokens of a list that begins the text; none if the list runs on into a sentence."""
    rest = text.lstrip(" :：=(（[")
    tokens: list[str] = []
    while len(tokens) < 100:
        token = re.match(_ITEM, rest)
        if token is None:
            break
        tokens.append(token[0])
        following = rest[token.end() :]
        separator = _SEPARATOR.match(following)
        if separator is None or separator.end() == 0:
            quoted = token[0][0] in "`\"'“"
            return tokens if quoted or re.match(r"\s*(?:[.。;)）\]]|$|\(|（)", following) else []
        rest = following[separator.end() :]
    return tokens


def _alternatives(text: str) -> Wording | None:
    """Read `a` | `b` | `c`: at least two quoted words with nothing but bars or slashes between them.

    A sentence that goes on with more of them lists these too: "`a`、`b`, and also `c`、`d`".
    """
    whole = _ALL_CODE.match(text) or _AFTER_COLON.search(text)
    runs = [whole] if whole else list(_BARRED.finditer(text))
    if not runs or _PARTS.match(text, runs[0].end()):
        return None
    if _OF_OTHERS.search(text[: runs[0].start()]) and not _HEDGED.search(text):
        return None
    tokens = dict.fromkeys(token for run in runs for token in re.findall(r"`[^`]+`", run[0]))
    values = [literal(token) for token in tokens]
    if any(" /" in str(value) for value in values):
        return None  # calls, not values
    apart = _LEADS_IN.search(text[: runs[0].start()]) and _ENDS.match(text, runs[-1].end())
    return Wording(tuple((value, "") for value in values), complete=bool(whole or apart))


def as_values(pairs: Sequence[tuple[Any, str]], line: int) -> tuple[Value, ...]:
    """Return the pairs as values that stand on one line."""
    return tuple(Value(value, meaning, line) for value, meaning in pairs)
