"""Values that an example shows and no list of the page names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.phrases import BARE_TYPES
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.grounds import reaches
from wireproof.proofreading.meanings import means_failure, means_success
from wireproof.proofreading.scenes import is_ok, same_place
from wireproof.proofreading.telling import dotted, line_in, listed, shown_value, telling
from wireproof.proofreading.wordlists import found_at, named_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import ExampleClaim, FieldClaim, Scope
    from wireproof.proofreading.scenes import Sheet
    from wireproof.proofreading.wordlists import WordList

__all__ = ["fills_in", "near_word", "strangers_in"]

_OF_ERRORS = re.compile(
    r"error|erreur|erro\b|erros\b|fehler|ошиб|错误|錯誤|异常|異常|エラー|오류|에러", re.IGNORECASE
)
"""A title over the codes of failures, which says nothing of what a success has."""
_FILLED: Final = 3
"""Equal numbers from which on they stand in an example because no other was thought of."""
_FEW: Final = 3
"""Names of an object from which on they tell that another one is unlike."""
_OVERLAP: Final = 0.5


def near_word(value: Any) -> str:
    """Return a value without case and signs, in which two spellings of one word are the same."""
    return re.sub(r"[\W_]+", "", str(value)).casefold()


def strangers_in(
    sheet: Sheet, words: WordList, others: list[WordList], namesakes: list[WordList], source: str
) -> Iterator[Contradiction]:
    """Yield where an example's value is in no list; a list of a field of that name may be of this one."""
    near = sheet.examples_near(words)
    known = {str(value) for one in (words, *others, *namesakes) for value in one.spelled}
    shown: list[tuple[ExampleClaim, tuple[str | int, ...], Any]] = []
    examples = [
        one
        for one in near
        if one.readable
        and one.scope.side != "request"
        and same_place(one.scope, words.scope)
        and reaches(words.scope, one.scope)
        and (is_ok(one.scope) or not is_ok(words.scope) or not words.path)
    ]
    if words.scope.side == "request":
        asked = [one for one in near if one.readable and one.scope.side == "request"]
        examples = [
            one for one in asked if same_place(one.scope, words.scope) and reaches(words.scope, one.scope)
        ]
    for example in examples:
        shown += [(example, path, value) for path, value in found_at(example.value, words, sheet)]
    told = not (others and others[0].lines < words.lines) and all(one.complete for one in (words, *others))
    errors = _OF_ERRORS.search(words.scope.section) is not None
    strangers = [
        (example, path, value)
        for example, path, value in shown
        if told
        and not (errors and is_ok(example.scope))
        and isinstance(value, str | int)
        and not isinstance(value, bool)
        and str(value) not in known
        and not any(one.speaks_of(value) for one in (words, *others))
        and path not in example.elided
        and not _is_blank(value)
        and not (isinstance(value, int) and fills_in(example.value))
    ]
    if strangers and _is_of_a_variant(words, others, sheet):
        strangers = []
    if strangers and _at_home_elsewhere(*strangers[0][:2], known, examples):
        strangers = []
    if strangers:
        example, path, value = strangers[0]
        alike = next((word for word in known if near_word(word) == near_word(value)), "")
        hint = f"; the list spells it {alike}" if alike else ""
        yield telling(
            "docs-status-set-mismatch",
            example.scope,
            pointer=pointer_of(path),
            claimed=Spot(source, words.lines, listed(map(str, words.spelled))),
            shown=Spot(source, line_in(example, path), f"{dotted(path)}: {shown_value(value)}"),
            message=f"`{dotted(path)}` is {shown_value(value)} in the example, "
            f"which is not among the listed values{hint}",
            mend="add the value to the contract's list, and keep the list open",
        )
    yield from _success(words, shown, examples, source)


def _is_of_a_variant(words: WordList, others: list[WordList], sheet: Sheet) -> bool:
    """Return whether another row for the same field, in another list, leaves its values open."""
    told = [one.lines for one in (words, *others)]

    def is_open(one: FieldClaim) -> bool:
        apart = one.path == words.path and not any(
            one.lines.first <= at.first <= one.lines.last for at in told
        )
        return apart and one.scope.parts != words.scope.parts and same_place(one.scope, words.scope)

    return bool(words.path) and words.scope.side == "request" and any(map(is_open, sheet.members()))


def _at_home_elsewhere(
    stray: ExampleClaim, path: tuple[str | int, ...], known: set[str], examples: list[ExampleClaim]
) -> bool:
    """Return whether the values that are listed are those of a field of the same name in another object.

    It is another one where it stands elsewhere, or where it has hardly any other name in common.
    """
    place = pointer_of(path)
    here = _beside(path, stray.value)
    return any(
        str(value) in known
        and (pointer_of(other) != place or _are_unlike(here, _beside(other, example.value)))
        for example in examples
        for other, value in named_in(example.value, str(path[-1]), ())
    )


def _beside(path: tuple[str | int, ...], value: Any) -> set[str]:
    """Return the names that a body has in the object that holds a place."""
    for key in path[:-1]:
        value = value[key]
    return set(map(str, value)) if isinstance(value, dict) else set()


def _are_unlike(ours: set[str], theirs: set[str]) -> bool:
    smaller = min(len(ours), len(theirs))
    return smaller >= _FEW and len(ours & theirs) < _OVERLAP * smaller


def _success(
    words: WordList,
    shown: list[tuple[ExampleClaim, tuple[str | int, ...], Any]],
    examples: list[ExampleClaim],
    source: str,
) -> Iterator[Contradiction]:
    """Yield where the value that means success is not what a success example has."""
    good = [str(value) for value, meaning, _ in words.values if means_success(meaning)]
    bad = [str(value) for value, meaning, _ in words.values if means_failure(meaning)]
    if len(good) != 1 or words.is_state or words.scope.side == "request":
        return
    untold = [one for one in examples if not one.scope.status]
    fine = [one for one in examples if _is_success(one.scope, alone=len(untold) == 1)]
    for example, path, value in shown:
        if example in fine and str(value) not in good and (not words.complete or str(value) in bad):
            if not isinstance(value, str | int) or isinstance(value, bool):
                continue
            yield telling(
                "docs-prose-mismatch",
                example.scope,
                pointer=pointer_of(path),
                claimed=Spot(source, words.lines, f"{good[0]} means success"),
                shown=Spot(source, line_in(example, path), f"{dotted(path)}: {shown_value(value)}"),
                message=f"{good[0]} is said to mean success, and the example of a success has "
                f"{shown_value(value)} in `{dotted(path)}`",
                mend="take the value that a captured success has",
            )
            return
    if fine and not shown and not words.complete and words.path and all(one.complete for one in fine):
        name = dotted(words.path)
        yield telling(
            "docs-prose-mismatch",
            fine[0].scope,
            pointer=pointer_of(words.path),
            claimed=Spot(source, words.lines, f"{name} {good[0]} means success"),
            shown=Spot(source, fine[0].lines, f"no {name}"),
            message=f"`{name}` {good[0]} is said to mean success, and the example has no such field",
            mend="tell success by what a captured answer has",
        )


def _is_success(scope: Scope, *, alone: bool) -> bool:
    return scope.status == "success" or scope.status.startswith("2") or (not scope.status and alone)


def fills_in(value: Any) -> bool:
    """Return whether an example has what a generator writes for a type.

    Its words are placeholders, or it has one number wherever it has any.
    """
    numbers: list[float] = []
    words: list[str] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one
        elif isinstance(one, str):
            words.append(one)
        elif isinstance(one, int | float) and not isinstance(one, bool):
            numbers.append(one)
    if words and all(map(_stands_for_a_type, words)):
        return True
    return len(numbers) >= _FILLED and len(set(numbers)) == 1 and numbers[0] not in {0, 1}


def _stands_for_a_type(word: str) -> bool:
    """Return whether a word is `<string>` or `string`, as generators write it."""
    return word.removeprefix("<").removesuffix(">") in BARE_TYPES


def _is_blank(value: Any) -> bool:
    """Return whether a value stands for another, or is an address, which no list of words means to name."""
    return isinstance(value, str) and (
        not value.strip() or bool(re.search(r"[<>{}|]|\.\.\.|…|://", value)) or value == "string"
    )
