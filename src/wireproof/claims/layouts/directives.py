"""Field lists below a directive of reStructuredText: `:>json string id: text`, `:query limit: text`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from wireproof.claims.claim import Lines
from wireproof.claims.layout import Layout
from wireproof.claims.listing import Listing, Row
from wireproof.claims.phrases import identifier, type_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.blocks import Block
    from wireproof.claims.layout import Said
    from wireproof.claims.sections import Setting

__all__ = ["LAYOUT"]

_FIELD = re.compile(
    r"\s*:(?P<role>[<>]?[a-z]+)\s+(?:(?P<type>[^:]{1,40}?)\s+)?(?P<name>[^\s:]+)\s*:\s*(?P<text>.*)"
)
_ROLES: Final[dict[str, tuple[str, str]]] = {
    ">json": ("response", ""),
    ">jsonarr": ("response", "*"),
    "resjson": ("response", ""),
    "resjsonarr": ("response", "*"),
    "<json": ("request", "body"),
    "reqjson": ("request", "body"),
    "param": ("request", "path"),
    "parameter": ("request", "path"),
    "arg": ("request", "path"),
    "query": ("request", "query"),
    "queryparameter": ("request", "query"),
    "qparam": ("request", "query"),
    "reqheader": ("request", "header"),
    "<header": ("request", "header"),
    "requestheader": ("request", "header"),
}
"""Roles → the side that they describe, and the place there; `*` for the elements of a list."""


def _read(block: Block, setting: Setting) -> Iterator[Said]:
    if not setting.scope.operation:
        return
    rows: dict[tuple[str, str], list[Row]] = {}
    for line in block.lines:
        found = _FIELD.fullmatch(line.text)
        home = _ROLES.get(found["role"]) if found else None
        if found is None or home is None or not identifier(found["name"]):
            continue
        here = Lines(line.number, line.number)
        phrase = type_phrase(found["type"]) if found["type"] else None
        rows.setdefault(home, []).append(Row(found["name"], here, None, phrase, description=found["text"]))
    for (side, place), listed in rows.items():
        scope = replace(setting.scope, side=side, status="")
        location = "" if place == "*" else place
        yield Listing(replace(setting, scope=scope, location=location), tuple(listed), under=_under(place))


def _under(place: str) -> tuple[str, ...]:
    return ("*",) if place == "*" else ()


LAYOUT = Layout("directives", frozenset({"prose"}), _read)
