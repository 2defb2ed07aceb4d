"""Whether two wordings of one value mean the same, as far as words tell."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["means_failure", "means_success", "worded_alike"]

_CLASSES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "failed",
            r"\b(?:fail\w*|error\w*|reject\w*|abort\w*|broken|unsuccessful\w*|fall\w+|fallid\w*|"
            r"cancel\w*|timed? ?out|expired?|wrong|invalid|bad|"
            r"not found|denied|fehl\w+|abgebrochen|abgelaufen|échec|échou\w+|annul\w+|erreur|"
            r"falha\w*|falhou|erros?)\b|失败|错误|取消|超时|失敗|エラー|异常|실패|오류|취소|ошибк|неудач|"
            r"сбой|отмен",
        ),
        (
            "queued",
            r"\b(?:queue\w*|wait\w*|pending|schedul\w*|not (?:yet )?started|submitted|accepted|in line|"
            r"received|created|"
            r"pendiente|en cola|esper\w+|wartet|wartend|en attente|pendente|na fila|aguard\w+)\b|대기|"
            r"ожида|в очереди|排队|等待|队列|待处理|未开始|已提交|待機|待ち|受付",
        ),
        (
            "running",
            r"\b(?:run\w*|process\w*|progress\w*|working|generat\w*|render\w*|busy|underway|ongoing|being|"
            r"en proceso|proces\w+|en curso|läuft|verarbeit\w+|en cours|em andamento)\b|처리|진행|생성 중|"
            r"обрабат|выполня|处理中|进行中|生成中|运行中|执行中|実行中|処理中|生成",
        ),
        (
            "succeeded",
            r"\b(?:succe\w+|complet\w*|done|finish\w*|ready|ok|normal|listo|exito\w*|éxito|terminad\w*|fine|"
            r"erfolg\w*|fertig\w*|abgeschlossen|succès|réussi\w*|terminée?|sucesso|concluíd\w*|"
            r"all went well)\b|"
            r"成功|完成|完了|正常|结束|성공|완료|успе[хш]|готов|заверш",
        ),
    )
)
_FILLER: Final = frozenset(
    "a an the is are was were be been being it its in on at to of for and or by with has have that this task"
    " job status state el la los las un una es está de en del y o se ha".split()
)
_ENDINGS = re.compile(r"(?:ing|ed|es|s|ation|ization|isation|ión|ado|ada)$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SHARED: Final = 0.7


def means_success(meaning: str) -> bool:
    """Return whether words say that all went well: `success`, 成功, `indicates success`."""
    return _class(meaning) == "succeeded"


def means_failure(meaning: str) -> bool:
    """Return whether words say that something went wrong."""
    return _class(meaning) == "failed"


def worded_alike(left: str, right: str) -> bool:
    """Return whether two explanations of one value may mean the same.

    They do if they share most of their words, if one holds the other, if both name the same
    kind of state, or if they are in different scripts.
    """
    if bool(_WIDE.search(left)) != bool(_WIDE.search(right)):
        return True
    ours, theirs = _words(left), _words(right)
    if not ours or not theirs or ours <= theirs or theirs <= ours:
        return True
    if len(ours & theirs) >= _SHARED * min(len(ours), len(theirs)):
        return True
    named = _class(left)
    return bool(named) and named == _class(right)


def _class(text: str) -> str:
    """Return the one kind of state that a text names, or an empty text."""
    found = [name for name, pattern in _CLASSES if pattern.search(text)]
    return found[0] if found and (len(found) == 1 or found[0] == "failed") else ""


def _words(text: str) -> set[str]:
    if _WIDE.search(text):
        bare = re.sub(r"[的了中已被正在任务任務\W]", "", text)
        return {bare[place : place + 2] for place in range(max(1, len(bare) - 1))} if bare else set()
    words = (word for word in re.findall(r"\w+", text.casefold()) if word not in _FILLER)
    return {_ENDINGS.sub("", word) or word for word in words}
