"""What one row says against itself: its type, bounds, values, default, example and duty."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.bounds import bounds_in, default_in, end_of, example_in, number_of
from wireproof.claims.claim import FieldClaim
from wireproof.claims.phrases import required_word
from wireproof.claims.wording import values_in
from wireproof.proofreading.contradiction import Contradiction, Spot, pointer_of
from wireproof.proofreading.telling import dotted, listed, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import Bound, Lines, ParameterClaim, ValuesClaim
    from wireproof.proofreading.scenes import Sheet

__all__ = ["about_insides"]

_NUMERIC: Final = frozenset({"integer", "number"})
_BOOLEAN: Final = frozenset({"true", "false", "0", "1"})
_LOOSE_BOOLEAN: Final = frozenset("yes no on off y n enabled disabled".split())
_MEND: Final = "ask the provider which of the two holds"
_UNSET: Final = frozenset(
    "null none nil undefined empty n/a na any all auto automatic random generated computed calculated "
    "assigned inherited current now today unlimited 无 空 なし".split()
)
"""Words for a default that is no value."""
_EMPHASIS = re.compile(r"([_*]{1,3})(?=\w)(.+?)\1")
"""A word that is said of a value, as `_generated_` is, and is no value itself."""
_HALF: Final = 2
_STEM: Final = 3
"""Letters that two words of one family begin with."""
_CONDITION = re.compile(
    r"\b(?:if|when|while|for|unless|except|with|without|only|but|on|in|either|or|si|cuando|para|wenn|"
    r"falls|bei|für|lorsque|pour|quando)\b|"
    r"如果|若|当|时|或|场景|模式|場合|とき|経由|のみ|仅|除|非",
    re.IGNORECASE,
)
_WORD: Final = (
    r"(?P<word>required|mandatory|optional|必填|可选|选填|必须|非必填|必須|任意|省略可能?|obligatori[oa]|"
    r"opcional|"
    r"erforderlich|optionnel(?:le)?|obligatoire|pflichtfeld)"
)
_DUTIES: Final = (
    re.compile(
        rf"^[\W_]*{_WORD}[*_`)）\]】]*\s*(?:[.。,，;；:：)）]|$)(?P<rest>[^.。;；\n]*)", re.IGNORECASE
    ),
    re.compile(
        rf"^\W*(?:this (?:field|parameter|property|value|option)|it|the (?:field|parameter|property)|este "
        rf"(?:campo|parámetro)|"
        rf"dieses (?:feld|attribut)|ce (?:champ|paramètre)) (?:is|es|ist|est)(?: always)? "
        rf"{_WORD}\b(?P<rest>[^.。;；\n]*)",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        rf"(?:^|(?<=[。；;.]))\s*(?:此|该|本)(?:参数|字段|项|属性)(?:为|是)?{_WORD}(?:项|参数|"
        rf"字段)?(?P<rest>[^.。;；\n]*)"
    ),
    re.compile(rf"(?:^|(?<=[。]))\s*この(?:項目|フィールド|パラメータ(?:ー)?|値)は{_WORD}(?P<rest>[^。\n]*)"),
)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the row, where it is said, and in which words."""

    text: str
    lines: Lines
    says: str
    marked: bool = True


@dataclass(frozen=True, slots=True)
class _Row:
    """One field or parameter with all that its row says of it."""

    claim: FieldClaim | ParameterClaim
    source: str
    values: tuple[Any, ...]
    listed: Lines
    bounds: tuple[Bound, ...]
    defaults: tuple[_Value, ...]
    examples: tuple[_Value, ...]

    @property
    def path(self) -> tuple[str, ...]:
        return self.claim.path if isinstance(self.claim, FieldClaim) else (self.claim.name,)

    @property
    def types(self) -> set[str]:
        return set(self.claim.types) - {"null"}

    @property
    def numeric(self) -> bool:
        return bool(self.types) and self.types <= _NUMERIC

    def told(
        self, rule: str, claimed: tuple[Lines, str], shown: tuple[Lines, str], what: str
    ) -> Contradiction:
        return telling(
            rule,
            self.claim.scope,
            pointer=pointer_of(self.path),
            claimed=Spot(self.source, *claimed),
            shown=Spot(self.source, *shown),
            message=f"`{dotted(self.path)}` {what}",
            mend=_MEND,
        )


def about_insides(sheet: Sheet, source: str) -> Iterator[Contradiction]:
    """Yield where one row contradicts itself: both places are in it, often on one line."""
    lists: dict[str, list[ValuesClaim]] = {}
    for one in sheet.values:
        lists.setdefault(one.about, []).append(one)
    claims: list[FieldClaim | ParameterClaim] = [*sheet.fields, *sheet.parameters]
    for claim in claims:
        linted = any(
            part.lines.first <= claim.lines.first <= part.lines.last for part in sheet.page.documents
        )
        row = _row(claim, lists, source)
        yield from _types_apart(row, linted=linted)
        yield from _values_apart(row, linted=linted)
        yield from _bounds_apart(row)
        yield from _out_of_bounds(row, linted=linted)
        yield from _duty_apart(row)


def _row(claim: FieldClaim | ParameterClaim, lists: dict[str, list[ValuesClaim]], source: str) -> _Row:
    path = claim.path if isinstance(claim, FieldClaim) else (claim.name,)
    own = [
        one
        for one in lists.get(".".join(path), ())
        if one.complete and claim.lines.first <= one.lines.first and one.lines.last <= claim.lines.last
    ]
    values, where = claim.enum, claim.lines
    if not values and len(own) == 1:
        values, where = tuple(value.value for value in own[0].values), own[0].lines
    if not all(_is_word(str(value)) for value in values) or (not claim.enum and _may_be_ends(values)):
        values = ()
    defaults = [_Value(claim.default, claim.lines, f"default {claim.default}")] if claim.default else []
    said = default_in(claim.description)
    if said is not None and not said.loose:
        defaults.append(_Value(said.text, claim.lines, f"default {said.text}", said.marked))
    shown = example_in(claim.description)
    examples = [_Value(claim.example, claim.lines, f"example {claim.example}")] if claim.example else []
    if shown is not None and shown.marked:
        examples.append(_Value(shown.text, claim.lines, f"example {shown.text}"))
    bounds = (*claim.bounds, *bounds_in(claim.written), *bounds_in(claim.description))
    return _Row(claim, source, values, where, bounds, tuple(defaults), tuple(examples))


def _may_be_ends(values: tuple[Any, ...]) -> bool:
    """Return whether the few numbers of a text may be the ends of a scale: `0 is strict, 6 is lax`."""
    return len(values) <= _HALF and all(number_of(str(value)) is not None for value in values)


def _types_apart(row: _Row, *, linted: bool) -> Iterator[Contradiction]:
    """Yield where a row's values or default are none of its type."""
    kinds = " or ".join(row.claim.types)
    words = [value for value in row.values if isinstance(value, str)]
    strange = [word for word in words if _is_no(row, word)] if not linted or not row.claim.enum else []
    if (
        strange
        and len(strange) == len(row.values) > 1
        and not (row.types == {"boolean"} and not _marked(row))
    ):
        shown = (row.listed, listed(map(str, row.values)))
        yield row.told(
            "docs-type-mismatch",
            (row.claim.lines, kinds),
            shown,
            f"is {kinds}, and its values are {shown[1]}",
        )
        return
    for one in row.defaults[1:] if linted and row.claim.default else row.defaults:
        loose = not one.marked or _is_unset(one.text) or one.text.lower() in _LOOSE_BOOLEAN
        if _is_word(one.text) and _is_no(row, one.text) and not loose:
            yield row.told(
                "docs-type-mismatch",
                (row.claim.lines, kinds),
                (one.lines, one.says),
                f"is {kinds}, and its default is {one.text}",
            )
            return
    yield from _example_apart(row, kinds)


def _example_apart(row: _Row, kinds: str) -> Iterator[Contradiction]:
    own = isinstance(row.claim, FieldClaim) and row.claim.example
    for one in row.examples[1:] if own else row.examples:
        if _is_word(one.text) and _is_no(row, one.text) and one.text != row.claim.name:
            yield row.told(
                "docs-type-mismatch",
                (row.claim.lines, kinds),
                (one.lines, one.says),
                f"is {kinds}, and its own example is {one.text}",
            )
            return


def _is_unset(text: str) -> bool:
    """Return whether the words for a default say where it comes from, and are no value."""
    return text.lower() in _UNSET or _EMPHASIS.fullmatch(text) is not None


def _is_word(text: str) -> bool:
    return re.fullmatch(r"[\w.+:-]{1,40}", text, re.ASCII) is not None


def _is_no(row: _Row, text: str) -> bool:
    """Return whether a value is plainly none of the row's type."""
    if row.numeric:
        return (
            number_of(text) is None
            and re.search(r"\d[eE]", text) is None
            and not text.lower().startswith("0x")
        )
    return row.types == {"boolean"} and text.lower() not in _BOOLEAN


def _marked(row: _Row) -> bool:
    """Return whether the values are written as they are sent, in marks or in a column of their own."""
    return bool(row.claim.enum) or all(
        re.search(rf"[`\"']{re.escape(str(value))}[`\"']", row.claim.description) for value in row.values
    )


def _values_apart(row: _Row, *, linted: bool) -> Iterator[Contradiction]:
    """Yield where a default or example is none of the listed values, or two defaults or lists differ."""
    known = {str(value) for value in row.values}
    words = listed(map(str, row.values))
    name = row.claim.name
    if (
        len(known) > 1
        and "array" not in row.types
        and not any("..." in word or "…" in word for word in known)
    ):
        for one in row.defaults[1:] if linted and row.claim.default else row.defaults:
            if _is_strange(row, one):
                yield row.told(
                    "docs-status-set-mismatch",
                    (row.listed, words),
                    (one.lines, one.says),
                    f"is one of {words}, and its default is {one.text}",
                )
        shown = row.examples[1:] if row.claim.enum and row.claim.example else row.examples
        for one in shown:
            if _is_strange(row, one) and one.text != name:
                yield row.told(
                    "docs-status-set-mismatch",
                    (row.listed, words),
                    (one.lines, one.says),
                    f"is one of {words}, and its own example is {one.text}",
                )
    yield from _two_defaults(row)
    yield from _two_lists(row)


def _is_strange(row: _Row, one: _Value) -> bool:
    """Return whether a value is none of the listed ones, and could be one by its form."""
    text, known = one.text.strip("`\"'"), {str(value) for value in row.values}
    if _is_unset(text) or _is_bulleted(row, text) or not any(_formed_alike(text, word) for word in known):
        return False
    folded = {re.sub(r"[\W_]+", "", word).casefold() for word in known}
    return one.marked and _is_word(text) and re.sub(r"[\W_]+", "", text).casefold() not in folded


def _is_bulleted(row: _Row, text: str) -> bool:
    """Return whether a bullet inside the description begins with a value, beside those that were read."""
    return re.search(rf"(?:^|\s)[*•·-]\s+[`\"']{re.escape(text)}[`\"']", row.claim.description) is not None


def _formed_alike(left: str, right: str) -> bool:
    """Return whether two words are made alike: `low` and `high`, `v3` and `v4`, not `2K` and `512x512`."""
    if left.isalpha() or right.isalpha():
        return left[:1].isalpha() and right[:1].isalpha()
    forms = {re.sub(r"\d+", "0", re.sub(r"[A-Za-z]+", "a", word)) for word in (left, right)}
    return len(forms) == 1 or left[:_STEM].casefold() == right[:_STEM].casefold()


def _two_defaults(row: _Row) -> Iterator[Contradiction]:
    if len(row.defaults) != _HALF:
        return
    first, second = row.defaults
    if _is_word(first.text) and _is_word(second.text) and not _equal(first.text, second.text):
        if _is_unset(first.text) or _is_unset(second.text):
            return
        yield row.told(
            "docs-prose-mismatch",
            (first.lines, first.says),
            (second.lines, second.says),
            f"has two defaults: {first.text} and {second.text}",
        )


def _equal(left: str, right: str) -> bool:
    ours, theirs = number_of(left), number_of(right)
    return ours == theirs if ours is not None and theirs is not None else left.casefold() == right.casefold()


def _two_lists(row: _Row) -> Iterator[Contradiction]:
    """Yield a value that a description lists, and the list of values beside it does not."""
    wording = values_in(row.claim.description) if row.claim.enum else None
    if wording is None or not wording.complete:
        return
    known = {str(value) for value in row.claim.enum}
    told = [str(value) for value, _ in wording.values]
    strange = [word for word in told if word not in known]
    if strange and _HALF * len(strange) < len(told) and all(map(_is_word, strange)):
        yield row.told(
            "docs-status-set-mismatch",
            (row.claim.lines, listed(known)),
            (row.claim.lines, listed(told)),
            f"has {listed(strange)} in its description, which is not among its values",
        )


def _bounds_apart(row: _Row) -> Iterator[Contradiction]:
    """Yield where a schema's keywords, a type and a text bound the same thing differently."""
    claim = row.claim
    stated = [claim.bounds, bounds_in(claim.written), bounds_in(claim.description)]
    for of in ("value", "length", "items"):
        if of == "value" and not row.numeric:
            continue
        for end in ("low", "high"):
            ends = [end_of(bounds, of, end) for bounds in stated]
            known = {getattr(one, end): one for one in reversed(ends) if one is not None}
            if len(known) == _HALF:
                second, first = known.values()
                yield row.told(
                    "docs-prose-mismatch",
                    (claim.lines, first.written),
                    (claim.lines, second.written),
                    f"is bounded twice: {first.written}, and {second.written}",
                )
                break


def _out_of_bounds(row: _Row, *, linted: bool) -> Iterator[Contradiction]:
    """Yield a default, example or value that is not within what the row allows."""
    mine = [one for one in row.bounds if one.of == "value"]
    if not row.numeric or not mine or any(one.loose for one in mine):
        return
    lows, highs = (
        [getattr(one, end) for one in mine if getattr(one, end) is not None] for end in ("low", "high")
    )
    low, high = min(lows, default=float("-inf")), max(highs, default=float("inf"))
    said = mine[0].written
    numbers = [_Value(str(value), row.listed, f"value {value}") for value in row.values]
    own = row.defaults[1:] if linted and row.claim.default else row.defaults
    for one in (*own, *row.examples, *numbers):
        number = number_of(one.text)
        if number is None or low <= number <= high or _excepted(row, one):
            continue
        yield row.told(
            "docs-prose-mismatch",
            (row.claim.lines, said),
            (one.lines, one.says),
            f"is said to be {said}, and has the {one.says}",
        )
        return


def _excepted(row: _Row, one: _Value) -> bool:
    """Return whether a description gives a number outside the bounds a meaning of its own: `-1: no limit`."""
    said = default_in(row.claim.description)
    text = row.claim.description
    if said is not None:
        text = text[: said.start] + text[said.end :]
    return re.search(rf"(?<![\d.]){re.escape(one.text)}(?![\d.]*\d)", text) is not None


def _duty_apart(row: _Row) -> Iterator[Contradiction]:
    """Yield where a column calls a field required, and its text optional, or the other way round."""
    if row.claim.required is None:
        return
    for pattern in _DUTIES:
        found = pattern.search(row.claim.description)
        if found is None or _CONDITION.search(found["rest"]):
            continue
        word = required_word(found["word"])
        if word is None or word is row.claim.required:
            continue
        words = {True: "required", False: "optional"}
        yield row.told(
            "docs-prose-mismatch",
            (row.claim.lines, words[row.claim.required]),
            (row.claim.lines, found[0].strip()),
            f"is {words[row.claim.required]} by its column, and {words[word]} by its text",
        )
        return
