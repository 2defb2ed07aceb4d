"""How much the door lets in before it says *undecided*."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LIMITS", "Limits"]

_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The caps of one run; what passes one of them is undecided, never valid.

    `size`      bytes of one document: a body, a contract.
    `expanded`  bytes that one compressed body or file may unfold to.
    `line`      bytes of one record of a recording: a line of JSON Lines, an entry of a HAR.
    `depth`     levels of nesting; 500 keeps every parser and engine behind the door standing.
    `digits`    digits of one integer; the engines pass bounds silently beyond 4300.
    `notes`     places of one document that are noted as read differently by different parsers.
    `nodes`     nodes of one YAML document, aliases counted as often as they are used.
    """

    size: int = 64 * _MEBIBYTE
    expanded: int = 256 * _MEBIBYTE
    line: int = 64 * _MEBIBYTE
    depth: int = 500
    digits: int = 4300
    notes: int = 10_000
    nodes: int = 1_000_000


LIMITS = Limits()
"""The limits that hold where nobody set others."""
