"""Bullets in which the type stands before the name, or behind a value of the field."""

from __future__ import annotations

import re
from dataclasses import replace

from wireproof.claims.maps import in_dots
from wireproof.claims.phrases import Attributes, attributes, identifier, type_phrase

__all__ = ["beside_type"]

_Beside = tuple[str, Attributes, str, str | None]
_AFTER_TYPE = re.compile(
    r"(?P<type>[A-Za-z][\w<>\[\] |]{1,30}?)\s+`(?P<name>[^`\s]+)`\s*(?:[(（](?P<facts>[^()（）]{1,60})[)）])?"
    r"\s*(?:(?:[:：—–]|-\s)\s*(?P<rest>.*)|$)"
)
"""A type before the name that it is of: `string `id` (required): text`."""
_EXAMPLED = re.compile(
    r"`?(?P<name>[^\s`:：()（）]+)`?\s*[:：]\s*(?P<value>`[^`]{1,80}`|[^\s()（）]{1,60})\s+\((?P<facts>[^()]{2,80})\)"
    r"\s*(?:-\s+(?P<rest>.*)|$)"
)
"""A name with the value that it has in an example: `id: 1 (number, required) - text`."""


def beside_type(text: str) -> _Beside | None:
    """Return the name, the facts, the rest and the example of such a bullet, or None for any other."""
    return _after_type(text) or _exampled(text)


def _after_type(text: str) -> _Beside | None:
    """Return the field of a bullet that begins with its type."""
    found = _AFTER_TYPE.fullmatch(text)
    name = found["name"] if found else ""
    phrase = type_phrase(found["type"]) if found and identifier(in_dots(name)) else None
    if found is None or phrase is None:
        return None
    facts = attributes(found["facts"]) if found["facts"] else None
    known = replace(facts, phrase=phrase) if facts else Attributes(phrase, nullable=phrase.nullable)
    return name, known, found["rest"] or "", None


def _exampled(text: str) -> _Beside | None:
    """Return the field of a bullet that shows a value before its type."""
    found = _EXAMPLED.fullmatch(text)
    facts = attributes(found["facts"]) if found and identifier(found["name"]) else None
    if found is None or facts is None or facts.phrase is None:
        return None
    return found["name"], facts, found["rest"] or "", found["value"].strip("`")
