"""Addresses of the web, a column at a time: those of known hosts take two looks at their common text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wireproof.evidence.mould import Check

__all__ = ["PUBLIC", "quickly"]

_TOP = "(?:[A-Za-z]{2,8}|[A-KM-Za-km-z][A-Za-z]{8}|[Ll][A-NP-Za-np-z][A-Za-z]{7}|[A-Za-z]{10,})"
"""A top-level domain; of nine letters but not `localhost`, below which every name is the own machine."""
PUBLIC = {"pattern": rf"^https?://(?:[A-Za-z0-9-]+\.)+{_TOP}(?::[0-9]{{1,5}})?(?:[/?#]|$)"}
"""What an address fits that leads to a public name."""

_FORMATS = frozenset({"iri", "iri-reference", "uri", "uri-reference"})
_BEGINNINGS = frozenset({"^https?://", "^https://", PUBLIC["pattern"]})
"""Patterns that ask nothing of what stands behind the host."""
_BASE = re.compile(r"https?://[^/?#]+/")
_BEHIND = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?"
"""What may stand behind the host in any order (RFC 3986, section 3.4): no escapes, and no fragment."""
_MOST_BASES = 4
_PATIENCE = 4
"""After how many columns in a row that were not all plain no other is looked at."""


def quickly(check: Check, schemas: Sequence[Mapping[str, Any]]) -> Check:
    """Return what says the same as the check of some schemas on columns of addresses, mostly sooner."""
    return _Known(check).fit if all(map(_ends_with_the_host, schemas)) else check


def _ends_with_the_host(schema: Mapping[str, Any]) -> bool:
    """Return whether an address that fits a schema still does with more of what may stand behind it."""
    return (
        schema.keys() <= {"format", "pattern"}
        and schema.get("format", "uri") in _FORMATS
        and schema.get("pattern", "^https?://") in _BEGINNINGS
    )


class _Known:
    """Knows scheme and host of addresses that fitted; with them any plain path and query fits too."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self._bases: tuple[str, ...] = ()
        self._missed = 0

    def fit(self, addresses: Sequence[str]) -> bool:
        """Return whether all addresses of a column fit."""
        if self._missed < _PATIENCE:
            if self._are_plain(addresses):
                self._missed = 0
                return True
            self._missed += 1
            self._learn(addresses)
        return self._check(addresses)

    def _are_plain(self, addresses: Sequence[str]) -> bool:
        text = "\n".join(("", *addresses))
        if not text.isascii() or text.encode().translate(None, _BEHIND) != b"\n" * len(addresses):
            return False
        return sum(text.count(f"\n{base}") for base in self._bases) == len(addresses)

    def _learn(self, addresses: Sequence[str]) -> None:
        """Remember the base of the first address of an unknown one, if it fits by itself."""
        other = next((one for one in addresses if not one.startswith(self._bases)), "")
        base = _BASE.match(other)
        if base is not None and len(self._bases) < _MOST_BASES and self._check([base[0]]):
            self._bases += (base[0],)
