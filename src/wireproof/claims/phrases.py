"""Short phrases → facts: a type, whether something is required, what stands in parentheses."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from wireproof.claims.words import FORMATS, OPTIONAL, REQUIRED, TYPES, UNITS, folded

__all__ = [
    "BARE_TYPES",
    "Attributes",
    "TypePhrase",
    "attributes",
    "identifier",
    "only_types",
    "required_word",
    "type_phrase",
    "unit_in",
]

BARE_TYPES: Final = frozenset(
    "string number integer int long float double boolean bool object array timestamp blob".split()
)
"""Words that a sketch of a body has, without quotes, in place of values."""
_LONGEST: Final = 80
_SPELLED: Final = 6
_FEW_WORDS: Final = 2
_THINGS: Final = 3
_NAME = re.compile(
    r"[A-Za-z_$@][\w$@-]*(?:(?:\[(?:\d+|\*|n|i|x)?\])*(?:\.|->|→|/)[\w$@*-]+)*(?:\[(?:\d+|\*|n|i|x)?\])*"
)
_REFERENCE = re.compile(r"[A-Z][A-Za-z0-9]{2,40}(?:\.[A-Z]\w{1,40})?")
_COUNTED = re.compile(r"(.*?)\s*\{\s*(\d{1,6})\s*\}$")
_OF = re.compile(
    r"(\w[\w.]*|[\u3040-\u9fff]+)\s*(?:<\s*(.+?)\s*>|\[\s*(.+?)\s*\]|\(\s*(.+?)\s*\)|\s+(?:of|de|von|"
    r"of an|of the)\s+(.+))$"
)
_MAPPED = re.compile(r"(?:map|dict|record|hash|hashmap|dictionary)\s*(?:<.*>|\[.*\].*|\(.*\))$")
_NULLABLE_LAST = re.compile(r"(.+?)(?:\s*[,(]\s*|\s+)(?:nullable|可空|可为空|可为null)\)?$")
_NULLABLE_FIRST = re.compile(r"nullable\s+(.+)$")
_LENGTH = re.compile(
    r"(\w+)\s*[(\[<{]\s*(?:max(?:imum)?\s*)?\d+(?:\s*(?:,|-|–|~|\.\.)\s*\d+)?\s*(?:chars|"
    r"characters)?\s*[)\]>}]$"
)
_GLUED_ARRAY = re.compile(r"(.+?)\s*(?:数组|列表|配列|リスト|の配列|\s+(?:array|list))$")
_ALTERNATIVES = re.compile(r"\s*(?:\||/|\bor\b|或者?|または|\bou\b|\boder\b|¦|\s+o\s+)\s*")
_MAY_BE_NULL: Final = frozenset(
    {"nullable", "can be null", "may be null", "or null", "可空", "可为空", "null可"}
)
_TRIM: Final = " \t`*_\"'“”,;。；，."


@dataclass(frozen=True, slots=True)
class TypePhrase:
    """A type as a page words it.

    `types` are JSON type names, empty where the word claims none; `reference` is the name of a
    structure that the page describes elsewhere; `count` is the number in `object {17}`.
    """

    types: tuple[str, ...]
    written: str
    items: tuple[str, ...] = ()
    format: str = ""
    nullable: bool | None = None
    count: int | None = None
    reference: str = ""

    @property
    def holds_fields(self) -> bool:
        """Return whether fields may stand below: an object, or an array of objects."""
        return (
            "object" in self.types or "object" in self.items or self.count is not None or bool(self.reference)
        )

    @property
    def is_array(self) -> bool:
        """Return whether it is an array."""
        return "array" in self.types


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands beside a name: `(string, required, nullable)`."""

    phrase: TypePhrase | None = None
    required: bool | None = None
    nullable: bool | None = None
    rest: str = ""


def identifier(text: str) -> bool:
    """Return whether the text is one name or dotted path, as keys of JSON are written."""
    return len(text) <= _LONGEST * 2 and _NAME.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def required_word(text: str, *, spelled: bool = False) -> bool | None:
    """Return True for a word such as `required` or 必填, False for `optional` or 否, else None.

    With `spelled`, only words that mean nothing else count: not `yes`, `no`, `x` or 是.
    """
    word = folded(text).strip(_TRIM + "()[]:：!")
    if spelled and len(word) < (_SPELLED if word.isascii() else 2):
        return None
    if word in REQUIRED:
        return True
    if word in OPTIONAL:
        return False
    return None


def only_types(value: Any) -> bool:
    """Return whether every value inside a body is one of the words of `BARE_TYPES`."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict | list):
            waiting += part.values() if isinstance(part, dict) else part
        elif part not in BARE_TYPES:
            return False
    return True


def unit_in(text: str) -> str:
    """Return the unit that a description names, or an empty text; two different ones are none."""
    if not text:
        return ""
    found = [unit for pattern, unit in UNITS if pattern.search(text)]
    return found[0] if len(found) == 1 else ""


@lru_cache(maxsize=1024)
def type_phrase(text: str, *, references: bool = False) -> TypePhrase | None:
    """Return the type that the whole text names, or None if it names none.

    With `references`, a capitalised word that is no type is the name of a structure.
    """
    written = text.strip().strip("`*").strip()
    plain = folded(written).strip(_TRIM)
    if not plain or len(plain) > _LONGEST:
        return None
    return _union(plain, written, references=references)


def _union(plain: str, written: str, *, references: bool) -> TypePhrase | None:
    whole = _single(plain, written, references=references)
    if whole is not None:
        return replace(whole, written=written)
    words = _ALTERNATIVES.split(plain)
    as_written = _ALTERNATIVES.split(written)
    if len(words) < 2 or len(words) > 6 or len(as_written) != len(words):
        return None
    parts = [_single(word, shown, references=False) for word, shown in zip(words, as_written, strict=True)]
    if any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    types = tuple(dict.fromkeys(name for part in known for name in part.types))
    nullable = True if "null" in types or any(part.nullable for part in known) else None
    if any(not part.types for part in known):
        types = ()
    items = next((part.items for part in known if part.items), ())
    return TypePhrase(types, written, items, nullable=nullable)


def _single(plain: str, written: str, *, references: bool) -> TypePhrase | None:
    word = plain.strip(_TRIM)
    if word in TYPES:
        return _plain(word, written)
    if word.endswith("?") and word[:-1] in TYPES:
        return replace(_plain(word[:-1], written), nullable=True)
    if references and _REFERENCE.fullmatch(written.strip(_TRIM)) and required_word(word) is None:
        return TypePhrase((), written, reference=written.strip(_TRIM))
    for attempt in (_nullable, _counted, _array, _mapping, _qualified, _of_json):
        phrase = attempt(word, written, references=references)
        if phrase is not None:
            return phrase
    return None


def _plain(word: str, written: str) -> TypePhrase:
    name = TYPES[word]
    if name == "any":
        return TypePhrase((), written)
    if name == "date":
        return TypePhrase(("string",) if word in {"datetime", "date-time"} else (), written)
    nullable = True if name == "null" else None
    form = FORMATS.get(word, "") if name in {"string", "integer"} and word not in {"int", "long"} else ""
    return TypePhrase((name,), written, format=form, nullable=nullable)


def _nullable(word: str, written: str, *, references: bool) -> TypePhrase | None:
    found = _NULLABLE_LAST.fullmatch(word) or _NULLABLE_FIRST.fullmatch(word)
    inner = _single(found[1], written, references=references) if found else None
    return replace(inner, nullable=True) if inner else None


def _counted(word: str, written: str, *, references: bool) -> TypePhrase | None:
    found = _COUNTED.fullmatch(word)
    inner = _single(found[1], written, references=references) if found and found[1] else None
    return replace(inner, count=int(found[2])) if inner and found else None


def _array(word: str, written: str, *, references: bool) -> TypePhrase | None:
    shown = written.strip(_TRIM)
    if word.endswith("[]"):
        return _list_of(word[:-2], shown[:-2], written, references=references)
    if word.startswith("[]"):
        return _list_of(word[2:], shown[2:], written, references=references)
    if word.startswith("[") and word.endswith("]"):
        return _list_of(word[1:-1], shown[1:-1], written, references=references)
    found = _OF.fullmatch(word)
    if found and TYPES.get(found[1]) == "array":
        inner = next(group for group in found.groups()[1:] if group)
        start = word.find(inner, len(found[1]))
        of = _list_of(inner, shown[start : start + len(inner)], written, references=references)
        return of or _list_of_things(shown[start : start + len(inner)], written)
    glued = _GLUED_ARRAY.fullmatch(word)
    if glued:
        return _list_of(glued[1], shown[: len(glued[1])], written, references=references)
    return None


def _list_of_things(inner: str, written: str) -> TypePhrase | None:
    """Read `array of parts`, `list of Stop`: the elements are named, their type is not.

    `List of tasks` is a title, and no type.
    """
    title = written.strip("`* ").lower().startswith("list") and not inner[:1].isupper()
    if title or len(inner.split()) > _THINGS or not re.fullmatch(r"[\w\s-]+", inner):
        return None
    return TypePhrase(("array",), written, reference=inner.rsplit(maxsplit=1)[-1])


def _list_of(inner: str, shown: str, written: str, *, references: bool) -> TypePhrase | None:
    word = inner.strip(" <>()[]")
    singular = word[:-1] if word.endswith("s") and word[:-1] in TYPES else word
    of = _single(inner.strip(), shown, references=references) or _single(
        singular, shown, references=references
    )
    if of is None:
        return None
    return TypePhrase(("array",), written, of.types or (), count=of.count, reference=of.reference)


def _mapping(word: str, written: str, *, references: bool) -> TypePhrase | None:  # noqa: ARG001 - one shape for all attempts
    return TypePhrase(("object",), written) if _MAPPED.fullmatch(word) else None


def _qualified(word: str, written: str, *, references: bool) -> TypePhrase | None:
    """Read `string(64)`, `string <uuid>`, `enum<string>`, `string enum`, `object (Task)`."""
    length = _LENGTH.fullmatch(word)
    if length:
        return _plain(length[1], written) if length[1] in TYPES else None
    found = _OF.fullmatch(word)
    if found is None:
        outer, _, inner = word.partition(" ")
    else:
        outer, inner = found[1], next(group for group in found.groups()[1:] if group)
    if outer in {"enum", "枚举", "const"}:
        return _plain(inner, written) if inner in TYPES else None
    base = _plain(outer, written) if outer in TYPES else None
    if base is not None and inner in FORMATS:
        return replace(base, format=FORMATS[inner])
    if base is None or inner in {"enum", "枚举", "字符串"} or (found and inner in TYPES):
        return base
    if found and base.types == ("object",) and references:
        shown = written[written.find(outer[-1], 0) + 1 :].strip(" ()<>[]`")
        return replace(
            base, reference=shown.rpartition("(")[2].strip() if _REFERENCE.fullmatch(shown) else ""
        )
    return None


def _of_json(word: str, written: str, *, references: bool) -> TypePhrase | None:
    """Read `json object`, `JSON string`: the type of JSON that the second word names."""
    language, _, rest = word.partition(" ")
    return _single(rest, written, references=references) if language == "json" and rest in TYPES else None


@lru_cache(maxsize=256)
def attributes(text: str, *, references: bool = False) -> Attributes | None:
    """Return what `string, required` or `integer · optional, default 0` says, or None.

    The first part must be a type or a word for required; `rest` holds what is neither.
    """
    whole = type_phrase(text, references=references)
    if whole is not None:
        return Attributes(whole, nullable=whole.nullable)
    facts = Attributes()
    parts = [
        part.strip()
        for part in re.split(r"[,;·•，；、]|\s[-–—]\s|(?<=\w)\s*/\s*(?=required|optional)", text)
        if part.strip()
    ]
    rest: list[str] = []
    for number, part in enumerate(_unglued(parts, references=references)):
        phrase = type_phrase(part, references=references) if facts.phrase is None else None
        required = required_word(part, spelled=True) if phrase is None else None
        if phrase is not None:
            facts = replace(facts, phrase=phrase, nullable=facts.nullable or phrase.nullable)
        elif required is not None and facts.required is None:
            facts = replace(facts, required=required)
        elif folded(part) in _MAY_BE_NULL:
            facts = replace(facts, nullable=True)
        elif number == 0 and not (_is_word(part) and any(map(_spelled, parts[1:]))):
            return None
        else:
            rest.append(part)
    if facts.phrase is None and facts.required is None:
        return None
    return replace(facts, rest=", ".join(rest))


def _is_word(text: str) -> bool:
    """Return whether a text may be a type in words that nobody here knows: `Datum`, `monto total`."""
    return len(text.split()) <= _FEW_WORDS and text.replace(" ", "").isalpha()


def _spelled(text: str) -> bool:
    return required_word(text, spelled=True) is not None


def _unglued(parts: list[str], *, references: bool) -> list[str]:
    """Split `string required` into its two words where the whole is no phrase."""
    split: list[str] = []
    for part in parts:
        head, _, tail = part.rpartition(" ")
        if (
            head
            and required_word(tail, spelled=True) is not None
            and type_phrase(head, references=references) is not None
        ):
            split += [head, tail]
        elif (
            head
            and required_word(part.partition(" ")[0], spelled=True) is not None
            and type_phrase(part.partition(" ")[2]) is not None
        ):
            split += [part.partition(" ")[2], part.partition(" ")[0]]
        else:
            split.append(part)
    return split
