"""Which operations a page describes: those that it names, or else those that its sample calls show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from wireproof.claims.claim import Lines, OperationClaim, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.claims.claim import CallClaim
    from wireproof.proofreading.scenes import Sheet

__all__ = ["UNKNOWN", "doubt_of", "operations_of"]

UNKNOWN: Final = "/unknown"
"""The path of an operation of which the page says nothing."""
_METHODS: Final = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"})
_TEMPLATE = re.compile(r"/(?:[^{}]|\{[^{}]+\})*")
_OWN = re.compile(
    r"\d+|[0-9a-f]{8}-[0-9a-f-]{20,}|[0-9a-f]{16,}|[<\[:$]{1,2}\{?\w[\w-]*[>\]}]?|[A-Z]+(?:_[A-Z]+)*_ID|"
    r"(?=[\w-]*\d)[a-z]+_[A-Za-z0-9]{5,}|\{[^{}]*\}|\.{3}|…|x{3,}",
    re.ASCII,
)
"""A part of a path that belongs to the one thing that a sample call asks for."""
_NO_OPERATION: Final = "the page names no operation: method and path are made up"
_FROM_CALL: Final = "the page names no operation here: method and path are those of a sample call"


def operations_of(sheet: Sheet) -> list[OperationClaim]:
    """Return the operations of a page, each once; a page that shows none either gets one that is made up."""
    once: dict[str, OperationClaim] = {}
    for one in sheet.operations:
        if one.method in _METHODS and _TEMPLATE.fullmatch(one.path):
            once.setdefault(one.key, one)
    named = {(one.method, _shape(one.path)) for one in once.values()}
    for one in _called(sheet) if not once else ():
        if (one.method, _shape(one.path)) not in named:
            named.add((one.method, _shape(one.path)))
            once.setdefault(one.key, one)
    if not once and (sheet.fields or sheet.examples):
        once[""] = OperationClaim(Lines(1, 1), Scope(), "GET", UNKNOWN)
    return list(once.values())


def _called(sheet: Sheet) -> Iterator[OperationClaim]:
    """Yield the operation of the first call of each chapter."""
    seen: set[str] = set()
    for call in sheet.calls:
        path = _path(call)
        if path and call.method in _METHODS and call.scope.operation not in seen:
            seen.add(call.scope.operation)
            yield OperationClaim(call.lines, Scope(call.scope.operation), call.method, path)


def _path(call: CallClaim) -> str:
    """Return the template of a call's path: `/jobs/{id}` for `/jobs/17`; nothing where it is none."""
    try:
        written = urlsplit(call.url.strip("\"'")).path
    except ValueError:
        return ""
    parts = [part for part in unquote(written).split("/") if part]
    made: list[str] = []
    for number, part in enumerate(parts):
        own = _OWN.fullmatch(part) and not re.fullmatch(r"v\d+", part)
        before = next((one for one in reversed(parts[:number]) if not _OWN.fullmatch(one)), "")
        word = re.sub(r"\W+", "", part) if part[0] in "<{:[" else ""
        name = word or f"{re.sub(r'[^a-z0-9]+', '_', before.lower()).removesuffix('s')}_id".lstrip("_")
        made.append(f"{{{_apart(name, made)}}}" if own else part)
    path = "/" + "/".join(made)
    return (
        path
        if made and made[0][0] != "{" and re.fullmatch(r"(?:/(?:\{\w+\}|[\w.~:@!,+-]+))+", path, re.ASCII)
        else ""
    )


def _apart(name: str, made: list[str]) -> str:
    """Return a name that the path does not have yet."""
    return name if f"{{{name}}}" not in made else _apart(f"{name}_", made)


def _shape(path: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", path)


def doubt_of(operation: OperationClaim, sheet: Sheet) -> str:
    """Return what is to be checked of an operation that the page does not name, or nothing."""
    if operation.path == UNKNOWN:
        return _NO_OPERATION
    from_call = any(call.lines == operation.lines and call.method == operation.method for call in sheet.calls)
    return _FROM_CALL if from_call else ""
