"""Whether an address can be used by whoever receives it."""

from __future__ import annotations

import re

__all__ = ["loopback_host", "unusable"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_HOST = re.compile(r"//(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)")
_TEMPLATE = re.compile(r"[{}<>]|%7[Bb]|%3[CcEe]")
_LOOPBACK = re.compile(r"(?:.*\.)?localhost\.?|127\.[0-9.]+|0\.0\.0\.0|\[?::1?\]?", re.IGNORECASE)
_RESERVED = re.compile(r"(?:.*\.)?(?:test|invalid|example\.(?:com|net|org))\.?", re.IGNORECASE)
"""Names that RFC 2606 and RFC 6761 keep free of owners.

Hosts under `.example` are left out: documentation and test data use them on purpose.
"""


def unusable(text: str) -> str | None:
    """Return what makes an address useless to its receiver, or None for a plain http(s) URL."""
    if re.search(r"\s", text):
        return "an address with white space"
    if _TEMPLATE.search(text):
        return "an address with a template left in it"
    match = _SCHEME.fullmatch(text)
    if match is None or (not match[2].startswith("//") and match[2][:1].isdigit()):
        return "a relative address"
    if match[1].lower() not in {"http", "https"}:
        return "an address of another scheme than http or https"
    host = _HOST.match(match[2])
    if host is None or not host[1]:
        return "an address without a host"
    reserved = loopback_host(host[1]) or _RESERVED.fullmatch(host[1])
    return "a placeholder address" if reserved else None


def loopback_host(host: str) -> bool:
    """Return whether a host is the sender's own machine: `localhost`, `127.0.0.1`, `[::1]`."""
    return _LOOPBACK.fullmatch(host) is not None
