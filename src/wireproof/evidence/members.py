"""The members of many objects by columns: the values of one name in all of them, and their rows."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wireproof.evidence.place import Place
    from wireproof.evidence.rows import Rows

__all__ = ["members"]

_FEW_GROUPS = 4


def members(
    place: Place, values: Sequence[dict[str, Any]], rows: Rows
) -> Iterator[tuple[str, Sequence[Any], Rows]]:
    """Yield each member's name, its values in all objects, and their rows."""
    layouts = list(map(tuple, values))
    names = layouts[0]
    if len(set(layouts)) == 1:
        if names:
            for name, column in zip(names, zip(*map(dict.values, values), strict=True), strict=True):
                yield name, column, rows
        else:
            place.empty += len(values)
        return
    groups = _groups(layouts)
    place.empty += len(groups.pop((), ()))
    if len(groups) * _FEW_GROUPS > len(values):
        yield from _one_name_at_a_time(groups, values, rows)
    else:
        yield from _group_by_group(groups, values, rows)


def _groups(layouts: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], list[int]]:
    """Return the numbers of the objects of each layout."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, layout in enumerate(layouts):
        if layout in groups:
            groups[layout].append(number)
        else:
            groups[layout] = [number]
    return groups


def _group_by_group(
    groups: Mapping[tuple[str, ...], Sequence[int]], values: Sequence[dict[str, Any]], rows: Rows
) -> Iterator[tuple[str, Sequence[Any], Rows]]:
    """Yield the members of objects of a few layouts."""
    columns: dict[str, tuple[tuple[int, ...], list[tuple[Any, ...]]]] = {}
    for group, (layout, numbers) in enumerate(groups.items()):
        members = zip(*map(dict.values, map(values.__getitem__, numbers)), strict=True)
        for name, column in zip(layout, members, strict=True):
            having, parts = columns.get(name, ((), []))
            parts.append(column)
            columns[name] = ((*having, group), parts)
    listed = list(groups.values())
    sources: dict[tuple[int, ...], tuple[list[int], Rows]] = {}
    for name, (having, parts) in columns.items():
        if having not in sources:
            numbers = sorted(chain.from_iterable(listed[group] for group in having))
            sources[having] = (numbers, rows.chosen(numbers))
        source = sources[having]
        yield name, parts[0] if len(parts) == 1 else _members_of(name, values, source[0]), source[1]


def _one_name_at_a_time(
    groups: Mapping[tuple[str, ...], Sequence[int]], values: Sequence[dict[str, Any]], rows: Rows
) -> Iterator[tuple[str, Sequence[Any], Rows]]:
    """Yield the members of objects that have hardly two the same names."""
    having: dict[str, list[int]] = {}
    for layout, numbers in groups.items():
        for name in layout:
            having.setdefault(name, []).extend(numbers)
    for name, numbers in having.items():
        numbers.sort()
        yield name, _members_of(name, values, numbers), rows.chosen(numbers)


def _members_of(name: str, values: Sequence[dict[str, Any]], numbers: Sequence[int]) -> list[Any]:
    return [values[number][name] for number in numbers]
