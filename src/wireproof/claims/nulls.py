"""The words of a row → whether its field may be null: a sentence, or a value among those that are listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["lists_null", "speaks_of_null"]

_NOT_NULL = re.compile(
    r"\b(?:not|never|cannot|can't|non|no|nicht|kein|nunca|jamais)"
    r"(?:[ -](?:be|set to|return(?:s|ed)?|ist|es))?[ -]?`?null"
    r"|不能为空|不可为空|[不非](?:会|能|可|是|得)?(?:为|返回)?\s*`?null|null`?\s*(?:にはなり?ま?せん|ではな|は不可)",
    re.IGNORECASE,
)
_NULL = re.compile(
    r"(?<![A-Za-z_.])null(?:able)?(?![A-Za-z_.]*[A-Za-z_])|\bbe\s?null|可能?为空|puede ser nulo",
    re.IGNORECASE,
)
_WORDS: Final = frozenset({"null", "None", "nil"})
"""How a list of values writes null, by the language of its writer."""


def speaks_of_null(text: str) -> bool:
    """Return whether a description says that its field may be null: it names null, and not to exclude it."""
    return _NULL.search(text) is not None and _NOT_NULL.search(text) is None


def lists_null(values: Iterable[Any]) -> bool:
    """Return whether null is one of the values that are listed for a field."""
    return any(value is None or str(value) in _WORDS for value in values)
