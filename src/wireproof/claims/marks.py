"""The marks that Markdown, and what resembles it, puts before a block."""

from __future__ import annotations

import re

__all__ = ["BULLET", "CURL", "FENCE", "HEADING", "SETEXT"]

BULLET = re.compile(
    r"(?P<indent>\s*)(?P<mark>[-*+•●◦▪‣·○■–—]|\d{1,3}[.)、])(?:\s+|(?<=[•●◦▪‣·○■、]))(?P<text>\S.*)"
)
FENCE = re.compile(r"(?P<indent>\s*)(?P<ticks>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})(?:\s+(?P<text>.*?)\s*#*\s*|)$")
SETEXT = re.compile(r"(=+|-{3,})\s*")
CURL = re.compile(r"(?:\$\s*)?curl\s")
