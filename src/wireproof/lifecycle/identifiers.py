"""What kind of identifier a text is: its alphabet and, where that tells something, its length."""

from __future__ import annotations

import re

__all__ = ["identifier_class", "same_but_for_spelling"]

_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_HEX = r"[0-9a-f]{16,64}|[0-9A-F]{16,64}"
_LEAST_DIGITS = 5


def identifier_class(text: str) -> str:
    """Return `uuid`, `32 hex digits`, `digits`, or `other` for a text of no such kind.

    Digits have no length: numbers grow.
    """
    if text.isascii() and text.isdigit():
        return "digits" if len(text) >= _LEAST_DIGITS else "other"
    if re.fullmatch(_UUID, text):
        return "uuid"
    return f"{len(text)} hex digits" if re.fullmatch(_HEX, text) else "other"


def same_but_for_spelling(left: str, right: str) -> bool:
    """Return whether two identifiers are one, written with other letter case, dashes or braces."""
    return left == right or _bare(left) == _bare(right)


def _bare(text: str) -> str:
    return re.sub(r"[-_{}\s]", "", text).casefold()
