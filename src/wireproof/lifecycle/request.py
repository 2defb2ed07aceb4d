"""The identifier that a request asked for: in its path, query, headers, cookies or body."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from wireproof.lifecycle.pointers import find, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from wireproof.contract import Operation
    from wireproof.exchange import Exchange, Request

__all__ = ["asked_for", "placed_in"]

_VARIABLE = r"\{([^{}/]*)\}"
_MASKED = r"(?i)[{}<>*…]|^:|redacted|masked|filtered"
"""What a recorder puts in the place of a value that it hides."""


def asked_for(request: str, operation: Operation, exchange: Exchange) -> str | None:
    """Return the identifier at `request` (`path.id`, `body./_id`, …), or None where it is not told.

    A value that the recorder has hidden is not told.
    """
    asked = exchange.request
    if asked is None:
        return None
    part, _, name = request.partition(".")
    if part == "body":
        value = _in_body(asked, name)
    elif part == "path":
        value = _in_path(operation.path, name, asked.url)
    else:
        value = _in_pairs(part, name, asked)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        return None
    text = str(value)
    return None if re.search(_MASKED, text) else text


def _in_body(asked: Request, pointer: str) -> Any:
    try:
        body = json.loads(asked.body or b"")
    except (ValueError, RecursionError):
        return None
    return next((value for _, value in find(body, parse(pointer))), None)


def _in_path(template: str, name: str, url: str) -> str | None:
    """Return a path parameter; any base path may precede the template."""
    placed = placed_in(template, name)
    if placed is None:
        return None
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    found = placed(path)
    return None if found is None else unquote(found)


def placed_in(template: str, name: str) -> Callable[[str], str | None] | None:
    """Return what finds a parameter in a path, as it is written there; None for a stranger to it."""
    names, pattern = _pattern(template)
    if name not in names:
        return None
    group = names.index(name) + 1

    def found(path: str) -> str | None:
        match = pattern.search(path)
        return match[group] if match else None

    return found


@lru_cache(maxsize=1024)
def _pattern(template: str) -> tuple[list[str], re.Pattern[str]]:
    literals = [re.escape(literal) for literal in re.split(_VARIABLE, template)[::2]]
    return re.findall(_VARIABLE, template), re.compile("([^/]+)".join(literals) + "/?$")


def _in_pairs(part: str, name: str, asked: Request) -> str | None:
    if part == "query":
        pairs = parse_qsl(urlsplit(asked.url).query)
        return next((value for key, value in pairs if key == name), None)
    if part == "header":
        return next((value for key, value in asked.headers if key == name.lower()), None)
    cookies = "; ".join(value for key, value in asked.headers if key == "cookie")
    entries = (entry.strip().partition("=") for entry in cookies.split(";"))
    return next((value for key, _, value in entries if key == name), None)
