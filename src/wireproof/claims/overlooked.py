"""Lines that look like rows of a list, and were read as none: a page must not seem clean for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from wireproof.claims.claim import ExampleClaim, FieldClaim, Lines, ParameterClaim, Unread
from wireproof.claims.phrases import type_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wireproof.claims.blocks import Block
    from wireproof.claims.claim import Claim

__all__ = ["overlooked"]

_ROW = re.compile(
    r"[\s>*•|+└├─-]*[`*]*(?P<name>[A-Za-z_$][\w$]*(?:(?:\[\d*\])?\.[\w$]+)*)(?:\[\])?[`*]*"
    r"(?:\s*[|,:：(（—–-]+\s*|\s+)`?(?P<type>[^\W\d_]+(?:\[\]|<\w+>)?)(?P<cell>\s*(?:$|[|,)）\t<\[`])|\s{2})?"
)
_KINDS: Final = frozenset({"prose", "bullets", "cells", "table", "pairs", "title", "heading"})
_LEAST: Final = 3
"""Lines in a row, or nearly, from which on they look like a list."""
_GAP: Final = 4
_LOOSE: Final = frozenset("list set map text file date time any value key object json number none".split())
"""Words that name a type, and begin a sentence's second word as well."""


def overlooked(blocks: Sequence[Block], claims: Iterable[Claim]) -> Iterator[Unread]:
    """Yield the runs of lines that have a name and a type, as rows of a list do, and gave no claim."""
    known = list(claims)
    covered = {
        number
        for one in known
        if isinstance(one, FieldClaim | ParameterClaim | ExampleClaim)
        for number in range(one.lines.first, one.lines.last + 1)
    }
    named = {one.name for one in known if isinstance(one, FieldClaim | ParameterClaim)}
    shown = {key for one in known if isinstance(one, ExampleClaim) for key in _keys(one.value)} - named
    run: list[int] = []
    for block in blocks:
        if block.kind not in _KINDS:
            continue
        for line in block.lines:
            if line.number in covered or not _is_row(line.text, shown):
                continue
            if run and line.number - run[-1] > _GAP:
                yield from _told(run)
                run = []
            run.append(line.number)
    yield from _told(run)


def _is_row(text: str, shown: set[str]) -> bool:
    found = _ROW.match(text)
    if found is None:
        return False
    name, word = found["name"], found["type"]
    marked = "_" in name or "." in name or name in shown
    typed = type_phrase(word) is not None and (
        word.lower() not in _LOOSE or (marked and found["cell"] is not None)
    )
    return typed and (marked or name.islower() or name[:1].islower())


def _keys(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from map(str, one)
        if isinstance(one, dict | list):
            waiting += one.values() if isinstance(one, dict) else one[:20]


def _told(run: list[int]) -> Iterator[Unread]:
    if len(run) >= _LEAST:
        reason = (
            f"{len(run)} lines with a name and a type look like rows of a list, and were not read as fields"
        )
        yield Unread(Lines(run[0], run[-1]), reason)
