"""The cell of a table that names a field → its name, its depth, and what marks beside it say."""

from __future__ import annotations

import re
from typing import Final

from wireproof.claims.phrases import attributes, identifier, required_word
from wireproof.claims.wording import plain_text

__all__ = ["INDENT", "name_in", "name_parts"]

INDENT: Final = re.compile(r"(?:[\s└├│┗┣┃─━∟↳»>＞|+·.—–-]|&nbsp;|¦|\|-)+")
"""Blanks and drawn branches before a name, which tell its depth."""
_MARKS = re.compile(
    r"\s*[(（\[]?\s*\b(required|optional|必填|可选|必須|任意|obligatorio|opcional|deprecated|"
    r"nullable)\b\s*[)）\]]?\s*$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"(?<=\?)`?[*_\s]*\*\s*$|(?<=\w)`?\s*\*{2,}\s*$")
"""Stars behind a name that is optional, or several of them: they point to a note, and say no `required`."""


def name_in(cell: str) -> tuple[str, str]:
    """Return the name in a cell, and what stands beside it."""
    text = re.sub(r"^\*(\w[^*]*)\*", r"\1", plain_text(cell.replace("`", "")).strip())
    first, _, aside = text.partition("\n")
    parts = first.split()
    beside = " ".join((*parts[1:], aside)).strip(" ()（）")
    if (
        len(parts) > 1
        and identifier(parts[0].removesuffix("?"))
        and (beside == "*" or attributes(beside) is not None or parts[1][0] in "(（")
    ):
        return parts[0], beside
    return first.strip(), aside.strip(" ()（）")


def name_parts(cell: str) -> tuple[str, int, bool | None, bool | None, str]:
    """Return name, indentation, what marks say (required, nullable), and what stands beside."""
    lead = INDENT.match(cell)
    depth = len(lead[0]) if lead else 0
    rest = cell[depth:] if lead else cell
    if cell[:depth].strip() == "." or not rest.strip():
        rest, depth = cell.strip(), 0
    required = nullable = None
    name, aside = name_in(_FOOTNOTE.sub("", rest))
    marked = _MARKS.search(f"{name} {aside}".strip())
    if marked:
        whole = required_word(aside)  # `not required`, `conditionally required`
        required = whole if whole is not None else required_word(marked[1])
        nullable = True if marked[1].lower() == "nullable" else None
    if name.endswith("*") and not name.endswith(".*"):
        name, required = name.rstrip("*"), True
    elif name.startswith("*"):
        name, required = name.lstrip("* "), True
    elif aside == "*":
        required = True
    if name.endswith("?"):
        name, required = name[:-1], False
    found = re.fullmatch(r"([^\s(（]+)\s*[(（](.*?)[)）]?", name)
    if found:
        name, aside = found[1], found[2]
    return name, depth, required, nullable, aside
