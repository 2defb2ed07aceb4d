"""What kind of identifier a text is: its alphabet and, where that tells something, its length."""

from __future__ import annotations

import re

__all__ = ["LEAST_DIGITS", "identifier_class", "same_but_for_spelling"]

_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_HEX = r"[0-9a-f]{16,64}|[0-9A-F]{16,64}"
LEAST_DIGITS = 5
"""Fewer digits may be any number."""
_LEAST_HEX, _MOST_HEX = 16, 64


def identifier_class(text: str) -> str:
    """Return `uuid`, `32 hex digits`, `18 digits`, `digits`, `few digits`, or `other` for any other text.

    Digits have a length only where they may be hex digits that show no letter by chance.
    """
    if text.isascii() and text.isdigit():
        if _LEAST_HEX <= len(text) <= _MOST_HEX:
            return f"{len(text)} digits"
        return "digits" if len(text) >= LEAST_DIGITS else "few digits"
    if re.fullmatch(_UUID, text):
        return "uuid"
    return f"{len(text)} hex digits" if re.fullmatch(_HEX, text) else "other"


def same_but_for_spelling(left: str, right: str) -> bool:
    """Return whether two identifiers are one, written with other letter case, dashes or braces."""
    return left == right or _bare(left) == _bare(right)


def _bare(text: str) -> str:
    return re.sub(r"[-_{}\s]", "", text).casefold()
