"""What a sentence names in passing: a field beside one of its values, a method beside a path, a content type.

`when `state` is `ready`` makes no list of values, and yet says that `ready` is one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.wording import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Named", "asked_in", "media_in", "values_named"]

_NAME: Final = r"(?P<name>[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)"
_IS: Final = (
    r"(?:\s*={1,3}\s*|\s*[:：]\s*|(?:\s+(?:не|no|não|ne|n'|not|nicht))?\s+(?:is(?: not)?|are|equals?|"
    r"becomes?|turns?(?: to| into)?|reaches|shows?|says|"
    r"reads|set to|has the value|"
    r"changes to|"
    r"goes to|ist|gleich|wird|lautet|auf|est|vaut|devient|passe à|es|sea|vale|pase a|pasa a|é|for|seja|"
    r"passe a|"
    r"равен|равно|станет|имеет значение|becomes equal to)\s+|\s*(?:变为|变成|等于|为|是|返回|が|は|이|가|"
    r"은|는|을|를)\s*)"
    r"(?:(?:either|still|set to|one of|entweder|noch|soit|encore|bien|o bien|ainda|aún|либо|either of)\s+)?"
)
_VALUE: Final = r"(?:`[\"']?[A-Za-z][\w-]{0,40}[\"']?`|[\"“'][A-Za-z][\w-]{0,40}[\"”'])"
_AND: Final = (
    r"(?:\s*,?\s+(?:or|and|oder|und|ou|et|o|y|e|u|или|и)\s+|\s*(?:或者?|和|または|か|또는|나|이나|、|/)\s*)"
)
_VALUES: Final = rf"(?P<values>{_VALUE}(?:(?:\s*,\s*{_VALUE})*{_AND}{_VALUE}){{0,9}})"
_FIELD_IS = re.compile(rf"`{_NAME}`(?:\s*(?:field|的值|字段|フィールド|필드))?{_IS}{_VALUES}", re.IGNORECASE)
_IN_ONE = re.compile(rf"`{_NAME}\s*={{1,3}}\s*[\"']?(?P<values>[A-Za-z][\w-]{{0,40}})[\"']?`")
_BARE = re.compile(
    r"(?<![\w?&/.`=-])(?P<name>[a-z][\w]*)\s?={1,2}\s?[\"']?(?P<values>[A-Za-z][\w]{1,40})[\"']?(?![\w./=&(-])"
)
_STATE: Final = (
    r"(?:(?:status|state|phase|zustand|état|statut|estado|estatus|состояни\w+|статус\w*)|"
    r"状态|状態|ステータス|상태)"
)
_STATE_IS = re.compile(
    rf"(?<![`\w]){_STATE}(?![`\w]){_IS}{_VALUES}"
    rf"|(?<![`\w]){_STATE}\s+{_VALUES.replace('values', 'behind')}"
    rf"|\b(?:terminal|final|end)(?:zustände|zustand|status)?\s*(?:states?|status(?:es)?|values?)?\s*(?:are|"
    rf"is|sind|ist|:|：)\s*{_VALUES.replace('values', 'terminal')}"
    rf"|(?:终态|终止状态|最终状态|終了状態|최종\s*상태|estados? (?:finales?|finais)|états? fina(?:ls?|ux)|"
    rf"конечн\w+ (?:состояни|статус)\w*)\s*(?:为|是|有|包括|は|son|são|sont|is|:|：|-|—|은|"
    rf"는)*\s*{_VALUES.replace('values', 'last')}",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:\b(?:until|once|as soon as) (?:it|the \w+|this)(?: \w+)? (?:is|becomes|reaches|turns|returns|"
    r"reports|shows|says)\s+|"
    r"\bbis (?:er|sie|es|der \w+|die \w+|das \w+) |\bhasta que (?:sea|esté|el \w+ (?:sea|esté)|"
    r"la \w+ (?:sea|esté))\s+|"
    r"\bjusqu'à ce (?:que|qu')\s?(?:l\w+ \w+ |il )?(?:soit|passe à)\s+|\baté que (?:\w+ \w+ )?(?:seja|"
    r"esteja|fique)\s+|直到(?:返回|变为|状态为|任务(?:状态)?(?:为|变为)?)?\s*)"
    rf"{_VALUES}(?=\s*(?:[.,;:。，；!)）]|$|and\b|or\b|ist\b|wird\b|为止|后))",
    re.IGNORECASE,
)
_NOT_VALUES: Final = frozenset(
    "true false null none string integer number boolean object array int float undefined nil empty".split()
)
_METHOD = re.compile(r"(?<![\w-])(GET|POST|PUT|PATCH|DELETE)(?![\w-])")
_PATH = re.compile(r"(?<![\w/.:<])(?:https?://[^\s/`'\"<>()（）]+)?(/[A-Za-z][^\s`'\"<>()（）,，。;；|?*]*)")
_NAMING = re.compile(
    r"(?<![\w-])(?:GET|POST|PUT|PATCH|DELETE)[\W_]*(?:https?://|/)|[|=<>]|\*\*|^\W*(?:GET|POST|PUT|PATCH|"
    r"DELETE)\b"
)
"""A method right before its path names an operation, and says nothing of another."""
_MEDIA = re.compile(
    r"\b(multipart/form-data|application/json|application/x-www-form-urlencoded)\b", re.IGNORECASE
)
_SENDS = re.compile(
    r"\b(?:send|sent|sending|submit\w*|upload\w*|post(?:ed|s)?|request|body|bodies|payload|accepts?|expects?|"
    r"encoded|content-type|"
    r"senden|gesendet|anfrage\w*|hochgeladen|übertragen|erwartet|envoy\w+|requête|corps|envi\w+|petici\w+|"
    r"solicitud|cuerpo|"
    r"requisi\w+|corpo|отправ\w+|запрос\w*|переда\w+|тело)\b|请求|提交|上传|发送|传递|リクエスト|送信|"
    r"アップロード|요청|전송|업로드|보내",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"\b(?:responses?|returns?|answers?|replies|accept:|accept header|antwort\w*|réponse\w*|respuesta\w*|"
    r"resposta\w*|ответ\w*)\b|响应|返回|应答|レスポンス|応答|응답|반환",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not|no longer|never|instead of|rather than|nicht|kein\w*|statt|pas|jamais|plutôt que|no|nunca|en "
    r"lugar de|não|"
    r"em vez de|не|вместо|or|oder|ou|o|или|also|auch|también|aussi|também|также)\b|不|而非|或|也|ではな|"
    r"または|또는|아니",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """Values that a sentence names beside a field; `about` is `status` where it only speaks of a state."""

    about: str
    values: tuple[Any, ...]


def values_named(text: str) -> Iterator[Named]:
    """Yield each field that a sentence names beside values of it."""
    seen: set[tuple[str, tuple[Any, ...]]] = set()
    for pattern in (_FIELD_IS, _IN_ONE, _BARE, _STATE_IS, _UNTIL):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            run = next(group for name, group in groups.items() if group and name != "name")
            about = groups.get("name") or "status"
            words = re.findall(_VALUE, run) or [run]
            values = tuple(literal(word.strip("`\"'“”")) for word in words)
            if any(str(value).lower() in _NOT_VALUES for value in values) or (about, values) in seen:
                continue
            seen.add((about, values))
            yield Named(about, values)


def asked_in(sentence: str) -> tuple[str, str] | None:
    """Return the one method and the one path that a sentence names, or None."""
    methods, paths = set(_METHOD.findall(sentence)), set(_PATH.findall(sentence))
    if len(methods) != 1 or len(paths) != 1 or _DENIED.search(sentence) or _NAMING.search(sentence):
        return None
    return methods.pop(), paths.pop().rstrip(".:")


def media_in(sentence: str) -> str:
    """Return the content type that a sentence says a request has, where it names one alone."""
    found = {one.lower() for one in _MEDIA.findall(sentence)}
    if len(found) != 1 or not _SENDS.search(sentence) or _ANSWERS.search(sentence):
        return ""
    return "" if _DENIED.search(sentence) else found.pop()
