"""Where a call goes: its URL taken apart, and whether that is the path of an operation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from urllib.parse import SplitResult

__all__ = ["PLACE", "address", "fit", "in_query"]

PLACE: Final = re.compile(r"\{([\w.-]+)\}|(?<=/):([A-Za-z_]\w*)|<([\w.-]+)>")
"""A place for a parameter in a path."""
_BASE: Final = re.compile(r"\$?\{[^{}/]*\}/|\$\w+/|<[^<>/]*>/")
"""A variable that a path begins with."""


def address(url: str) -> SplitResult | None:
    """Return where a call goes, or None where that is no URL."""
    try:
        return urlsplit(url.strip("\"'"))
    except ValueError:
        return None


def in_query(url: str) -> list[str]:
    """Return the names that a call sends in its query."""
    known = address(url)
    return [name for name, _ in parse_qsl(known.query, keep_blank_values=True)] if known else []


def fit(template: str, path: str) -> str | None:
    """Return nothing where a path fits a template, the segment that differs, or None for another path.

    A variable that a path begins with stands for what all paths have before: `{base}/jobs`.
    """
    wanted = [part for part in template.partition("?")[0].split("/") if part]
    came = [part for part in unquote(path).split("/") if part]
    if came and _BASE.match(path) and 1 < len(came) <= len(wanted) + 1:
        came = [*wanted[: len(wanted) - len(came) + 1], *came[1:]]
    if not wanted or len(came) < len(wanted):
        return None
    tail = came[len(came) - len(wanted) :]
    apart = [
        part
        for part, other in zip(wanted, tail, strict=True)
        if not PLACE.search(f"/{part}") and part != other
    ]
    if not apart:
        return ""
    fixed = sum(not PLACE.search(f"/{part}") for part in wanted)
    return apart[0] if len(apart) == 1 and fixed > 1 and len(came) == len(wanted) else None
