"""How a peer in Python is asked: about every line; the numbers of those that drift are written."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["WORK", "ask", "document", "schema"]

WORK = Path(sys.argv[1])


def ask(drifts: Callable[[bytes], object]) -> None:
    """Ask about each line; what is true of it means that the line drifts."""
    corpus, told = sys.argv[2:4]
    with Path(corpus).open("rb") as lines, Path(told).open("w", encoding="utf-8") as numbers:
        for number, line in enumerate(lines):
            if drifts(line):
                numbers.write(f"{number}\n")


def document() -> dict[str, Any]:
    """Return the contract as plain values."""
    return json.loads((WORK / "contract.json").read_text(encoding="utf-8"))


def schema() -> dict[str, Any]:
    """Return the schema of the one answer that the contract promises."""
    return json.loads((WORK / "schema.json").read_text(encoding="utf-8"))
