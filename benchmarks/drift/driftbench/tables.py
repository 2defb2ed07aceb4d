"""The tables, as text for a terminal and as Markdown for the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from driftbench.scoring import Cell, Clean, Outcome

__all__ = ["clean_lines", "markdown", "misses", "rows"]

HEAD = ("", "drifts", "recall", "name", "place", "statements each")


def percent(part: int, whole: int) -> str:
    """Return a share, rounded down to a tenth of a percent: 100 % means all of them."""
    if not whole:
        return "-"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10} %" if tenths % 10 else f"{tenths // 10} %"


def rows(cells: Mapping[str, Cell], *, names: bool = True) -> list[tuple[str, ...]]:
    """Return one row of text a cell."""
    return [
        (
            name,
            str(cell.drifts),
            percent(cell.seen, cell.drifts),
            percent(cell.named, cell.drifts) if names else "n/a",
            percent(cell.placed, cell.drifts),
            "-" if cell.each is None else f"{cell.each:.2f}",
        )
        for name, cell in cells.items()
    ]


def markdown(head: Sequence[str], body: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table, columns aligned for a reader of the plain text."""
    table = [list(head), *map(list, body)]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    lines = [
        "| "
        + " | ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in table
    ]
    rule = "|" + "|".join(
        "-" * (width + 2) if column == 0 else "-" * (width + 1) + ":" for column, width in enumerate(widths)
    )
    return [lines[0], rule + "|", *lines[1:]]


def clean_lines(clean: Clean) -> list[str]:
    """Return what is to be said about the clean bodies."""
    rules = ", ".join(f"{rule} {count}" for rule, count in sorted(clean.rules.items()))
    return [f"{clean.bodies} clean bodies, {clean.alarmed} false alarms{f' ({rules})' if rules else ''}"]


def misses(outcomes: Iterable[Outcome], limit: int) -> list[str]:
    """Return the worst misses, a kind of drift once a contract, with the name that shows each."""
    found: dict[tuple[str, str], tuple[int, Outcome]] = {}
    for one in outcomes:
        weight = 4 * (not one.seen) + 2 * (not one.named) + (not one.placed)
        key = (one.label.kind, one.sample.api)
        if weight and (key not in found or found[key][0] < weight):
            found[key] = (weight, one)
    ranked = sorted(found.values(), key=lambda pair: -pair[0])
    lines = []
    for weight, one in ranked[:limit]:
        what = {True: "not seen"}.get(weight >= 4, "misnamed" if weight >= 2 else "misplaced")  # noqa: PLR2004
        end = f" -> {one.label.to}" if one.label.to is not None else ""
        said = "; ".join(map(str, one.said)) or "nothing"
        lines += [
            f"{what}: {one.label.rule} at {one.label.pointer or '(whole)'}{end}",
            f"    said: {said}",
            f"    show: {one.sample.id}",
        ]
    return lines
