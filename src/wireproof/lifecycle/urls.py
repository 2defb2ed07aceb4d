"""Whether an address can be used by whoever receives it."""

from __future__ import annotations

import re

__all__ = ["loopback_host", "unusable"]

_SCHEME = r"(?s)([A-Za-z][A-Za-z0-9+.-]*):(.*)"
_HOST = r"//(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)"
_TEMPLATE = r"[{}<>]|%7[Bb]|%3[CcEe]"
_LOOPBACK = r"(?i)(?:.*\.)?localhost\.?|127\.[0-9.]+|0\.0\.0\.0|\[?::1?\]?"
_RESERVED = r"(?i)(?:.*\.)?(?:test|invalid|example\.(?:com|net|org))\.?"
"""Names that RFC 2606 and RFC 6761 keep free of owners.

Hosts under `.example` are left out: documentation and test data use them on purpose.
"""

_STAND_IN = (
    r"(?i)(?:www\.)?(?:domain|host|hostname|placeholder|server|site)(?:\.(?:com|net|org|tld))?\.?"
    r"|(?:.*\.)?(?:"
    r"(?:your|my|some)[-_]?(?:own[-_]?)?(?:app|bucket|cdn|company|domain|host|server|site|storage|website)(?:[-_]?name)?"
    r"|x{3,}"
    r")(?:\..*)?"
)
"""Names that a page writes where the reader's own belongs: `your-domain.com`, `my-bucket.…`, `xxx`."""


def unusable(text: str) -> str | None:
    """Return what makes an address useless to its receiver, or None for a plain http(s) URL."""
    if re.search(r"\s", text):
        return "an address with white space"
    if re.search(_TEMPLATE, text):
        return "an address with a template left in it"
    match = re.fullmatch(_SCHEME, text)
    if match is None or (not match[2].startswith("//") and match[2][:1].isdigit()):
        return "a relative address"
    if match[1].lower() not in {"http", "https"}:
        return "an address of another scheme than http or https"
    host = re.match(_HOST, match[2])
    if host is None or not host[1]:
        return "an address without a host"
    reserved = loopback_host(host[1]) or re.fullmatch(_RESERVED, host[1]) or re.fullmatch(_STAND_IN, host[1])
    return "a placeholder address" if reserved else None


def loopback_host(host: str) -> bool:
    """Return whether a host is the sender's own machine: `localhost`, `127.0.0.1`, `[::1]`."""
    return re.fullmatch(_LOOPBACK, host) is not None
