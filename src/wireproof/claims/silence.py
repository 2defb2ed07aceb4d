"""Pages that describe nothing → why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wireproof.claims.claim import Unread

__all__ = ["EMPTY", "NOTHING_DESCRIBED", "ONLY_SENTENCES", "silence_of"]

NOTHING_DESCRIBED: Final = "no operation, field, parameter or example is described on it"
"""What is said of a page that was read, and is about something else."""

ONLY_SENTENCES: Final = (
    "only sentences about fields: no list, example or call that they could be compared with"
)
"""What is said of a page of which nothing but sentences was read."""
EMPTY: Final = "it is empty"
_UNREADABLE: Final = "what was read of it describes nothing, and parts of it could not be read"

_SCRIPTS = re.compile(r"<script\b", re.IGNORECASE)
_PASSWORD = re.compile(r"<input\b[^<>]{0,500}?\btype\s*=\s*[\"']?password", re.IGNORECASE)
_SHELL: Final = (
    "it is an application's shell: scripts load the documentation; save the page from a browser after it "
    "has loaded"
)


def silence_of(text: str, unread: Sequence[Unread], *, markup: bool, title: str) -> str:
    """Return why nothing was read of a page: it is empty, an error, a login, or an application's shell."""
    if unread and not text:
        return "nothing on it can be read"
    if not text.strip():
        return EMPTY
    if re.search(
        r"\b(?:403|404|500|502|503)\b|not found|forbidden|access denied|bad gateway",
        title or text[:300],
        re.IGNORECASE,
    ):
        return "it is an error page, not documentation"
    if markup and _PASSWORD.search(text):
        return "it is a login page; log in, and save the page that then stands there"
    if markup and len(_SCRIPTS.findall(text)) and len(text) < 200_000:
        return _SHELL
    return NOTHING_DESCRIBED if all(part.passed_over for part in unread) else _UNREADABLE
