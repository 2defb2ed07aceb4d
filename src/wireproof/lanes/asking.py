"""The identifiers that many requests asked for, as far as that is certain."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from wireproof.lanes.certain import ODD
from wireproof.lifecycle.pointers import find, parse
from wireproof.lifecycle.request import placed_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wireproof.lifecycle.pointers import Pointer

__all__ = ["asking"]

_PLAIN_URL = re.compile(r"(?:https?://[A-Za-z0-9.-]+)?(/(?!/)[A-Za-z0-9._~/-]*)(?:[?#].*)?")
"""A URL whose path is written as it is meant."""


def asking(request: str | None, template: str) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return what tells the identifier that each of some requests asked for, given its URL and body.

    It is None where none was asked for, `ODD` where that is not certain.
    """
    part, _, name = (request or "").partition(".")
    if part == "path":
        placed = placed_in(template, name)
        told: Callable[[Any], Any] = partial(_in_path, placed) if placed is not None else _nothing
    elif part == "body":
        told = partial(_in_body, parse(name))
    else:
        told = _nothing if request is None else _odd
    return lambda asked: [None if one is None else told(one) for one in asked]


def _in_path(placed: Callable[[str], str | None], asked: tuple[str, Any]) -> Any:
    found = _PLAIN_URL.fullmatch(asked[0])
    return (placed(found[1]) or ODD) if found is not None else ODD


def _in_body(pointer: Pointer, asked: tuple[str, Any]) -> Any:
    """Return the identifier in the body of a request; a request without one told none."""
    if asked[1] is None:
        return None
    value = next((value for _, value in find(asked[1], pointer)), None)
    return value if type(value) is str else ODD


def _nothing(_: tuple[str, Any]) -> None:
    return None


def _odd(_: tuple[str, Any]) -> Any:
    return ODD
