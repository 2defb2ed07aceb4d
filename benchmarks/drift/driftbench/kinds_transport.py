"""Drifts of the answer as a whole: operation, status, headers, bytes."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

from driftbench.bodies import clean_body
from driftbench.cases import Drift, Unseen
from driftbench.moments import moment
from driftbench.places import ABSENT, at, copied, put

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from driftbench.cases import Case
    from driftbench.promise import Api

    Make = Callable[[Case, Random], Drift | None]

__all__ = ["TRANSPORT", "another_answer"]

_HTML = "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502</h1></body></html>"
_MARK = "\ue000"
_EXACT = 2**53


def _text(case: Case) -> str:
    return json.dumps(case.value, ensure_ascii=False)


def _unread(change: Callable[[Case, Random], bytes | None]) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        raw = change(case, rng)
        if raw is None:
            return None
        case.raw = raw
        return Drift("unreadable-body", "")

    return make


def _truncated(case: Case, rng: Random) -> bytes | None:
    whole = _text(case).encode()
    return whole[: rng.randint(1, len(whole) - 1)]


def _latin(case: Case, rng: Random) -> bytes | None:
    for place in rng.sample(case.places(), len(case.places())):
        if place.name and isinstance(at(case.value, place.path), str) and not place.shape.get("pattern"):
            body = put(copied(case.value), place.path, "Zürich, Café")
            return json.dumps(body, ensure_ascii=False).encode("latin-1", "replace")
    return None


def _python_words(case: Case, rng: Random) -> bytes | None:
    return str(case.value).encode() if "'" in str(case.value) else None


def _marked(kinds: tuple[str, ...], token: str, rule: str = "ambiguous-json") -> Make:
    """Return the drift that puts a token that JSON does not know, or not safely, in a value's place."""

    def make(case: Case, rng: Random) -> Drift | None:
        for place in rng.sample(case.places(), len(case.places())):
            value = at(case.value, place.path)
            plain = not set(place.shape.words) & {
                "enum",
                "pattern",
                "maximum",
                "maxLength",
                "const",
                "x-unit",
                "format",
            }
            if (
                not place.path
                or place.shape.kind not in kinds
                or value is None
                or value is ABSENT
                or not plain
            ):
                continue
            if place.pointer in _meant(case):
                continue
            body = put(copied(case.value), place.path, _MARK)
            case.raw = json.dumps(body, ensure_ascii=False).replace(f'"{_MARK}"', token).encode()
            return Drift(rule, place.pointer, also=((rule, ""),))
        return None

    return make


def _meant(case: Case) -> set[str | None]:
    roles = case.body.roles
    times = {time.pointer for time in roles.times}
    return {roles.status, roles.progress, roles.task, *roles.same, *roles.results, *times} | (
        {roles.success[0]} if roles.success else set()
    )


def _twice(case: Case, rng: Random) -> Drift | None:
    """Name one key twice, with two values."""
    for place in rng.sample(case.places(), len(case.places())):
        if not place.name or place.free or isinstance(at(case.value, place.path), dict | list):
            continue
        body = copied(case.value)
        owner = at(body, place.path[:-1])
        owner[_MARK] = owner[place.name]
        case.raw = json.dumps(body, ensure_ascii=False).replace(f'"{_MARK}"', json.dumps(place.name)).encode()
        return Drift("ambiguous-json", place.pointer, also=(("ambiguous-json", ""),))
    return None


def _byte_order_mark(case: Case, rng: Random) -> Drift:
    case.raw = b"\xef\xbb\xbf" + _text(case).encode()
    return Drift("ambiguous-json", "")


def _status(statuses: Sequence[int]) -> Make:
    def make(case: Case, rng: Random) -> Drift | None:
        known = {promise.status.upper() for promise in case.op.promises}
        free = [status for status in statuses if not known & {str(status), f"{status // 100}XX", "DEFAULT"}]
        if not free:
            return None
        case.status = rng.choice(free)
        return Drift("undocumented-status", "", part="status")

    return make


def _content_type(types: Sequence[str]) -> Make:
    def make(case: Case, rng: Random) -> Drift:
        case.headers["content-type"] = rng.choice(types)
        return Drift("undocumented-content-type", "", part="content-type")

    return make


def _html_page(case: Case, rng: Random) -> Drift:
    case.headers["content-type"] = "text/html; charset=utf-8"
    case.raw = _HTML.encode()
    return Drift("undocumented-content-type", "", part="content-type", also=(("unreadable-body", ""),))


def _header_gone(case: Case, rng: Random) -> Drift | None:
    for header in case.promise.headers:
        if header.required:
            case.headers.pop(header.name)
            return Drift("header-missing", f"/{header.name}", part="header")
    return None


def _header_wrong(case: Case, rng: Random) -> Drift | None:
    for header in rng.sample(case.promise.headers, len(case.promise.headers)):
        if header.name in case.headers and set(header.schema) & {"format", "minimum", "minLength"}:
            case.headers[header.name] = "soon" if header.schema.get("type") == "integer" else "-"
            return Drift("header-invalid", f"/{header.name}", part="header")
    return None


def _other_path(case: Case, rng: Random) -> Drift | None:
    """Ask for a path that is nowhere in the contract, on the contract's own host, if it names one."""
    if not case.op.api.document.get("servers"):
        return None
    base, path = case.url[: len(case.op.api.server)], case.url[len(case.op.api.server) :]
    first = path.split("/")[1]
    path = rng.choice((path + "/details", path.replace(first, f"{first}-archive", 1)))
    case.url = base + path
    return Drift("undocumented-operation", "", part="exchange")


def another_answer(case: Case, rng: Random, apis: Sequence[Api], *, same: bool) -> Drift | None:
    """Answer with the body of another operation, of the same provider or of another one."""
    ops = [op for api in apis for op in api.ops if op is not case.op and (op.api is case.op.api) is same]
    if not ops:
        return None
    op = rng.choice(ops)
    body = clean_body(op, op.promise().schema or {}, moment(f"{case.moment.seed}|elsewhere", "succeeded"))
    if body.places[0].shape.free or len(re.findall(r'": ', json.dumps(body.value))) < 6:  # noqa: PLR2004 - six members
        raise Unseen  # too little to know another answer by
    case.value = copied(body.value)
    if not same:
        case.beside.append(op.api)
    return Drift("other-operation", "")


TRANSPORT: dict[str, Make] = {
    "undocumented-operation: path": _other_path,
    "undocumented-status: 2xx": _status((202, 206, 207)),
    "undocumented-status: other": _status((302, 418, 451, 500, 503)),
    "undocumented-content-type: JSON under another name": _content_type(("text/html", "text/plain")),
    "undocumented-content-type: a page": _html_page,
    "unreadable-body: truncated": _unread(_truncated),
    "unreadable-body: empty": _unread(lambda case, rng: b""),
    "unreadable-body: HTML": _unread(lambda case, rng: _HTML.encode()),
    "unreadable-body: Latin-1": _unread(_latin),
    "unreadable-body: UTF-16": _unread(lambda case, rng: _text(case).encode("utf-16")),
    "unreadable-body: gzip": _unread(lambda case, rng: gzip.compress(_text(case).encode(), mtime=0)[:-9]),
    "unreadable-body: Python's words": _unread(_python_words),
    "ambiguous-json: key twice": _twice,
    "ambiguous-json: NaN": _marked(("number",), "NaN"),
    "ambiguous-json: Infinity": _marked(("number",), "-Infinity"),
    "ambiguous-json: lone surrogate": _marked(("string",), '"\\ud83d"'),
    "ambiguous-json: beyond 2^53": _marked(("integer",), str(_EXACT + 3)),
    "ambiguous-json: byte order mark": _byte_order_mark,
    "header-missing": _header_gone,
    "header-invalid": _header_wrong,
}
"""Every kind of drift of the answer as a whole, by the name it has in the table."""
