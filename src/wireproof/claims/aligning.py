"""The cells of a table's row under the columns that they belong to, where a row has too many or too few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.claims.phrases import required_word, type_phrase
from wireproof.claims.wording import plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["aligned", "with_inner"]


def with_inner(columns: Sequence[str], cells: Sequence[str]) -> Sequence[str]:
    """Return the cells with a field of the column of inner fields set into the name's cell, indented."""
    if "inner" not in columns or "name" not in columns:
        return cells
    outer, inner = columns.index("name"), columns.index("inner")
    values = list(cells)
    if len(values) == len(columns) - 1 and type_phrase(plain_text(values[inner])) is not None:
        values.insert(outer, "")
    if len(values) == len(columns) and values[inner].strip() and not values[outer].strip():
        values[outer], values[inner] = f"  {values[inner].strip()}", ""
    return values


def aligned(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return the cells by column; a row with a cell too many or too few is aligned by what its cells say."""
    values = list(cells)
    while len(values) > len(columns) and not values[-1].strip():
        values.pop()
    whole = _merged(columns, values) if len(values) > len(columns) else values
    if len(whole) == len(columns):
        found = {column: value for column, value in zip(columns, whole, strict=True) if column}
        if _fits(found):
            return found
    return _by_content(columns, values)


def _fits(found: dict[str, str]) -> bool:
    kind = plain_text(found.get("type", "")).partition("\n")[0].strip()
    if not kind or type_phrase(kind, references=True) is not None:
        return True
    if required_word(kind) is not None:
        return False
    return all(
        type_phrase(plain_text(cell)) is None
        for column, cell in found.items()
        if column not in {"type", "name"}
    )


def _merged(columns: Sequence[str], values: list[str]) -> list[str]:
    """Join the cells that an unescaped pipe split: inside a type, else in the last column."""
    extra = len(values) - len(columns)
    at = columns.index("type") if "type" in columns else -1
    if at >= 0:
        joined = "|".join(values[at : at + extra + 1])
        if type_phrase(plain_text(joined)) is not None:
            return [*values[:at], joined, *values[at + extra + 1 :]]
    last = len(columns) - 1
    return [*values[:last], "|".join(values[last:])]


def _by_content(columns: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """Give the name to the first cell, and the others to the column that their words fit."""
    first = columns.index("name") if "name" in columns else 0
    found: dict[str, str] = {}
    for number, value in enumerate(values):
        text = plain_text(value)
        if number == min(first, len(values) - 1) and "name" not in found:
            found["name"] = value
        elif "type" in columns and "type" not in found and type_phrase(text) is not None:
            found["type"] = value
        elif "required" not in found and required_word(text) is not None:
            found["required"] = value
        elif text and "description" in columns:
            found["description"] = f"{found['description']} {value}" if "description" in found else value
    return found
