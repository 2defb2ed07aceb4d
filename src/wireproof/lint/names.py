"""Which member names a schema gives an object, through every composition and reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wireproof.lint.outline import COMPOSITION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.lint.outline import Item, Outline
    from wireproof.openapi import Node

__all__ = ["Names", "expanded", "names_around", "names_of"]

_LISTS = ("allOf", "anyOf", "oneOf")
_ONE = ("if", "then", "else", "not")
_OPENING = ("additionalProperties", "unevaluatedProperties", "patternProperties", "propertyNames")
_BUDGET = 300


@dataclass(frozen=True, slots=True)
class Names:
    """The named members, and whether members without a name are described too, or nobody knows."""

    known: frozenset[str]
    open: bool


def expanded(node: Node, outline: Outline, *, only_all: bool = False) -> Iterator[Node]:
    """Yield the schema at a node and every schema that speaks about the same value.

    With `only_all`, those that hold for every value: `allOf` and references.
    """
    waiting: list[Node] = [node]
    seen: set[int] = set()
    while waiting and len(seen) < _BUDGET:
        current = waiting.pop()
        if not isinstance(current.value, dict) or id(current.value) in seen:
            continue
        seen.add(id(current.value))
        target = outline.resolved(current)
        if target is not None and target is not current:
            waiting.append(target)
        if target is current or outline.modern:
            yield current
            waiting += reversed(list(_brought(current, only_all=only_all)))


def _brought(node: Node, *, only_all: bool) -> Iterator[Node]:
    for keyword in ("allOf",) if only_all else _LISTS:
        if isinstance(node.value.get(keyword), list):
            yield from (part for _, part in node.member(keyword).members())
    if not only_all:
        for keyword in _ONE:
            if keyword in node.value:
                yield node.member(keyword)
        if isinstance(node.value.get("dependentSchemas"), dict):
            yield from (part for _, part in node.member("dependentSchemas").members())


def names_of(node: Node, outline: Outline) -> Names:
    """Return the member names that the schema at a node gives."""
    kept: dict[int, Names] = outline.memo.setdefault("names", {})
    if id(node.value) not in kept:
        kept[id(node.value)] = _found_names(node, outline)
    return kept[id(node.value)]


def _found_names(node: Node, outline: Outline) -> Names:
    known: set[str] = set()
    is_open = False
    count = 0
    for part in expanded(node, outline):
        count += 1
        properties = part.value.get("properties")
        known.update(properties if isinstance(properties, dict) else ())
        is_open = is_open or any(_opens(part.value.get(keyword)) for keyword in _OPENING)
    return Names(frozenset(known), is_open or count >= _BUDGET)


def names_around(item: Item, outline: Outline) -> Names:
    """Return the member names known where a schema stands: its own and those of what composes it."""
    known: set[str] = set()
    is_open = False
    tops = _tops(item, outline)
    for top in tops:
        names = names_of(top.node, outline)
        known |= names.known
        is_open = is_open or names.open
    return Names(frozenset(known), is_open or not tops)


def _tops(item: Item, outline: Outline) -> list[Item]:
    """Return the schemas that compose a schema and are themselves part of no composition.

    None are returned where there are too many to look at.
    """
    tops: list[Item] = []
    waiting: list[Item] = [item]
    seen: set[int] = set()
    while waiting and len(seen) < _BUDGET:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        above = list(outline.users.get(id(current.value), ()))
        if current.parent is not None and current.field in COMPOSITION:
            above.append(current.parent)
        else:
            tops.append(current)
        waiting += above
    return [] if waiting else tops


def _opens(value: Any) -> bool:
    return isinstance(value, dict) or value is True
