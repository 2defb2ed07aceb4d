"""An HTTP success that carries an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wireproof.door import Json
from wireproof.finding import Finding, Severity
from wireproof.lifecycle import is_empty, same
from wireproof.lifecycle.pointers import find, text_of
from wireproof.lifecycle.units import number_of
from wireproof.rules.rule import Rule
from wireproof.rules.scene import MeaningRule, Scene
from wireproof.validating import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lifecycle import Predicate
    from wireproof.validating import Judgement

__all__ = ["RULE"]

_FAMILIES = frozenset({"shape", "structure"})
_ERROR_KEYS = ("error", "errors")
_NO_ERROR = frozenset({"0", "no error", "none", "null", "ok", "success", "success."})
_LEAST_MISSING = 2
"""How many members must be missing before a body without strangers to success is taken for an error."""

_TASK_RULES = ("success-without-result", "url-unusable")


def check(scene: Scene) -> Iterator[Finding]:
    """Yield a finding where the envelope denies success, carries an error, or is an error answer."""
    if not scene.success:
        return
    predicate = scene.lifecycle.success if scene.lifecycle else None
    if predicate is not None:
        denial = _denial(scene, predicate)
        if denial is not None:
            yield denial
            return
    carried = _carried(scene)
    if carried is not None:
        yield carried
    elif predicate is None:
        yield from _promised_error(scene)


def _denial(scene: Scene, predicate: Predicate) -> Finding | None:
    """Return the finding for a predicate that fails; a value of the wrong type decides nothing."""
    pointer = text_of(predicate.at)
    values = [value for _, value in find(scene.value, predicate.at)]
    wrong = [value for value in values if not _is_equal(value, predicate.equals)]
    if not wrong or scene.at(pointer, "type-changed", "null-not-allowed"):
        return None
    if any("case changed" in dict(finding.seen_as) for finding in scene.at(pointer, "enum-value-unknown")):
        return None
    expected = scene.answer.display.value(predicate.equals)
    return scene.finding(
        RULE.rule,
        pointer,
        promised=f"{expected} in an answer of HTTP success",
        observed=scene.shown(wrong[0], pointer),
        mend="read the envelope before the content: this answer is an error, whatever its HTTP status says",
        kind="case changed" if _is_spelling(wrong[0], predicate.equals) else "envelope denies success",
        contract=scene.lifecycle_place("success"),
        absorbs=(*_consequences(scene), *scene.at(pointer)),
    )


def _is_equal(value: Any, expected: Any) -> bool:
    """Return whether a value is the expected one, or the same number written as text."""
    if same(value, expected):
        return True
    written = isinstance(value, str) != isinstance(expected, str)
    return written and number_of(value) is not None and number_of(value) == number_of(expected)


def _consequences(scene: Scene) -> tuple[Finding, ...]:
    """Return what an error answer brings with it: everything about the body, where no task can be read."""
    if all(is_empty(reading.word) for reading in scene.readings):
        return tuple(finding for finding in scene.found if finding.location.part == "body")
    return tuple(finding for finding in scene.found if finding.rule in _TASK_RULES)


def _carried(scene: Scene) -> Finding | None:
    """Return the finding for an `error` that the contract does not name and that says something."""
    body = scene.answer.body.value if isinstance(scene.answer.body, Json) else None
    members = body if isinstance(body, dict) else {}
    for key in _ERROR_KEYS:
        value, pointer = members.get(key), f"/{key}"
        if not isinstance(value, str | dict | list) or _is_benign(value) or not _is_unnamed(scene, pointer):
            continue
        return scene.finding(
            RULE.rule,
            pointer,
            promised="no error in an answer of HTTP success",
            observed=scene.shown(value, pointer),
            mend="look for this member before the content, and describe it in the contract",
            kind="error member",
            contract=scene.answer.promise,
            absorbs=(*_consequences(scene), *scene.at(pointer)),
        )
    return None


def _is_benign(value: Any) -> bool:
    """Return whether an error says that there is none: nothing, zero, or a word of success, at any depth."""
    if isinstance(value, dict | list):
        return all(_is_benign(part) for part in (value.values() if isinstance(value, dict) else value))
    return is_empty(value) or value == 0 or str(value).strip().casefold() in _NO_ERROR


def _is_unnamed(scene: Scene, pointer: str) -> bool:
    """Return whether a member is a stranger, or was taken for the new place of something promised."""
    return any(
        (finding.rule == "undocumented-field" and finding.location.pointer == pointer)
        or f"{finding.location.to or ''}/".startswith(f"{pointer}/")
        for finding in scene.found
    )


def _promised_error(scene: Scene) -> Iterator[Finding]:
    """Yield a finding where the body is an error answer that the operation promises under another status."""
    answer = scene.answer
    if answer.judgement is None or not isinstance(answer.body, Json) or not _missing(answer.judgement):
        return
    for response in answer.match.operation.responses:
        if response.status.startswith(("1", "2", "3")) or response is answer.match.response:
            continue
        for body in response.bodies:
            if body.schema is None:
                continue
            if _fits_better(answer.judge.judge(body.schema, answer.body.value), answer.judgement):
                yield scene.finding(
                    RULE.rule,
                    "",
                    promised="the content that HTTP success promises",
                    observed=f"the answer promised under {response.status}",
                    mend="tell errors from answers by their members: the HTTP status does not",
                    kind=f"the answer promised under {response.status}",
                    contract=response.place,
                    absorbs=tuple(finding for finding in scene.found if finding.location.part == "body"),
                )
                return


def _fits_better(error: Judgement, success: Judgement) -> bool:
    """Return whether a body is rather an error answer than a broken answer of success.

    It fits the error's schema, and misses members that success requires.  Either all of its
    members are the error's and some are not success's; or it misses several, and the error's
    schema names as many of its members as that of success, and most of them.
    """
    strange = sum(site.keyword == "undocumented" and len(site.path) == 1 for site in success.sites)
    if error.verdict is not Verdict.VALID or not error.survey.named:
        return False
    if not error.sites and strange:
        return True
    several = _missing(success) >= _LEAST_MISSING and error.survey.named >= success.survey.named
    return several and len(error.sites) <= error.survey.named


def _missing(judgement: Judgement) -> int:
    """Return how many members a body misses at its top."""
    return sum(site.keyword == "required" and len(site.path) == 1 for site in judgement.sites)


def _is_spelling(value: Any, expected: Any) -> bool:
    return isinstance(value, str) and isinstance(expected, str) and value.casefold() == expected.casefold()


RULE = MeaningRule(
    Rule(
        "error-in-success",
        Severity.ERROR,
        "meaning",
        "HTTP says success, and the body says error.",
    ),
    check,
)
