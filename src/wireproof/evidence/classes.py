"""What strings look like, for many at once: a class each, from a short fixed list.

Where all strings of a place have had one class so far, one call into the schema engine confirms it
for a whole column; only where it does not are strings looked at one by one.
"""

from __future__ import annotations

import re
from bisect import bisect
from functools import cache
from itertools import repeat
from operator import lt, sub
from typing import TYPE_CHECKING, Any

import jsonschema_rs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = [
    "CLASSES",
    "all_of",
    "class_of",
    "count_classes",
    "narrowed",
    "number_class",
    "number_classes",
    "schema_of",
]

_LOCAL = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,18})?)?"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("empty", r""),
    ("uuid", r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"),
    (
        "date-time",
        _LOCAL + r" ?(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})",
    ),
    (
        "local date-time",
        _LOCAL,
    ),
    ("date", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    ("clock", r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"),
    ("url", r"[a-zA-Z][a-zA-Z0-9+.-]{0,30}://[!-~]+"),
    ("e-mail", r"[!-?A-~]{1,64}@[!-?A-~]+\.[!-?A-~]+"),
    ("percent", r"[+-]?[0-9]+(?:\.[0-9]+)? ?%"),
    ("integer text", r"[+-]?[0-9]+"),
    ("number text", r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"),
    ("word", r"[A-Za-z]+(?:[_-][A-Za-z]+)*"),
    ("hex", r"[0-9a-f]{8,}|[0-9A-F]{8,}"),
    ("json text", r"\{[\s\S]*\}|\[[\s\S]*\]"),
)
"""Class and pattern, in the order in which they are asked; what fits none is `text`."""

CLASSES: tuple[str, ...] = (*(name for name, _ in _PATTERNS), "text")
"""Every class that a string can have."""

_EARLIER = {"number text": ("integer text",)}
"""The classes that are asked before and may fit the same string."""

_HEX = (
    "[0-9a-f]*(?:[a-df][0-9a-f]*[0-9]|[0-9][0-9a-f]*[a-df])[0-9a-f]*"  # a digit and a letter
    "|e[0-9e]*[0-9][0-9e]*|[0-9]+e|[0-9]+e[0-9e]*e[0-9e]*"  # no letter but e, and no number like 1e5
)
"""Hexadecimal digits, lower case, that are no number and no word; told without looking ahead."""


@cache
def _alternatives() -> re.Pattern[str]:
    return re.compile("|".join(f"({pattern})" for _, pattern in _PATTERNS))


_WEB = "^https?://"
_GROUP = re.compile(r"\([^()]*\)")
_MOMENT = 39
_LENGTHS = frozenset({"maxLength", "minLength"})
_HEX_DIGITS = re.compile(
    r"\^\[(?:0-9a-f|a-f0-9|\\da-f|a-f\\d)\]\{([89]|[1-9][0-9]{1,5})(?:(,)([0-9]{1,6})?)?\}\$"
)
"""A pattern of nothing but eight or more hexadecimal digits in lower case."""


def class_of(text: str) -> str:
    """Return the class of one string."""
    match = _alternatives().fullmatch(text)
    return "text" if match is None or match.lastindex is None else CLASSES[match.lastindex - 1]


@cache
def _checker(name: str) -> Callable[[Sequence[str]], bool]:
    return jsonschema_rs.Draft202012Validator(
        {"items": schema_of(name)},
        pattern_options=jsonschema_rs.RegexOptions(),
        validate_formats=True,
        offline=True,
    ).is_valid


def schema_of(name: str) -> Mapping[str, Any]:
    """Return a schema that just the strings of a class fit."""
    patterns = dict(_PATTERNS)
    if name == "uuid":
        return {"format": "uuid"}
    if name == "hex":
        return {"minLength": 8, "pattern": _whole(f"{_HEX}|{_HEX.swapcase()}")}
    if name == "text":
        return {"not": {"pattern": _whole("|".join(patterns.values()))}}
    schema: dict[str, Any] = {"pattern": _whole(patterns[name])}
    if name in _EARLIER:
        schema["not"] = {"pattern": _whole("|".join(patterns[other] for other in _EARLIER[name]))}
    return schema


def narrowed(schemas: Sequence[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    """Return schemas that just those strings fit which fit some schemas and are of a class.

    A date-time (RFC 3339, section 5.6) of so few characters has no more fraction than the class allows.
    A URI (RFC 3986) is printable ASCII; one that begins like an address of the web is a `url`.
    Where hexadecimal digits are asked for, the class asks for them too: their number is left to ask.
    """
    formats = {schema.get("format") for schema in schemas}
    if name == "uuid" and "uuid" in formats:
        return [*schemas]
    if name == "date-time" and "date-time" in formats:
        return [{"maxLength": _MOMENT}, *schemas]
    if name == "url" and "uri" in formats and any(_is_web(schema.get("pattern", "")) for schema in schemas):
        return [*schemas]
    if name == "hex":
        counted = list(map(_counted, schemas))
        if counted != schemas:
            return [{"pattern": _whole(_HEX)}, *counted]
    return [schema_of(name), *schemas]


def _counted(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a schema with how many digits may come instead of a pattern of hexadecimal digits."""
    digits = _HEX_DIGITS.fullmatch(schema.get("pattern", ""))
    if digits is None or not _LENGTHS.isdisjoint(schema):
        return schema
    least, comma, most = digits.groups()
    rest = {keyword: value for keyword, value in schema.items() if keyword != "pattern"}
    rest["minLength"] = int(least)
    if most or not comma:
        rest["maxLength"] = int(most or least)
    return rest


def _is_web(pattern: str) -> bool:
    """Return whether all that fits a pattern certainly begins like an address of the web."""
    outside = pattern
    while outside != (outside := _GROUP.sub("", outside)):
        pass
    return pattern.startswith(_WEB) and "|" not in outside and "\\(" not in pattern


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def all_of(name: str, texts: Sequence[str]) -> bool:
    """Return whether every string of a list has the class `name`."""
    return _checker(name)(list(texts))


_BOUNDS = (-(1 << 28), 1 << 28, 1 << 34, 1 << 38, 1 << 44, 1 << 48, 1 << 54)
_NUMBERS = (
    "far below zero",
    "ordinary number",
    "epoch seconds",
    "large number",
    "epoch milliseconds",
    "larger number",
    "epoch microseconds",
    "largest number",
)
"""What a number may be by its magnitude: seconds since 1970 are from 1978 to 2514, and so on."""


def number_class(number: float) -> str:
    """Return the class of one number, by its magnitude alone."""
    return _NUMBERS[bisect(_BOUNDS, number)]


def number_classes(numbers: Sequence[float]) -> list[str]:
    """Return the class of each of some numbers."""
    return list(map(_NUMBERS.__getitem__, map(bisect, repeat(_BOUNDS), numbers)))


def count_classes(numbers: Sequence[float], low: float, high: float) -> dict[str, int]:
    """Return how many numbers are of each class, given the lowest and the highest of them."""
    first, last = bisect(_BOUNDS, low), bisect(_BOUNDS, high)
    below = [sum(map(lt, numbers, repeat(bound))) for bound in _BOUNDS[first:last]]
    counts = map(sub, [*below, len(numbers)], [0, *below])
    return {name: count for name, count in zip(_NUMBERS[first : last + 1], counts, strict=True) if count}
