"""The recording format of our own, JSON Lines of exchanges: one exchange, read and written.

One object a line, described by `schemas/exchange.schema.json`:

    {"time": "2026-03-03T09:00:00Z",
     "request": {"method": "GET", "url": "https://host/v1/tasks/1"},
     "response": {"status": 200, "headers": {"content-type": "application/json"}, "body": {"id": 1}}}

or flat, with the headers and the body of the response: `{"method": …, "url": …, "status": …,
"headers": …, "body": …, "time": …}`.  A body is the text as sent (a string), the decoded JSON
value, whose source text is kept to the byte, or `body_base64`; a body that is null was not kept.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

from wireproof.door.limits import LIMITS, Limits
from wireproof.door.positions import iter_members
from wireproof.door.times import utc_time
from wireproof.exchange import Exchange, Headers, Origin, Request, Response, Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["body_bytes", "header_pairs", "is_exchange", "read_exchange", "write_exchange"]

_REQUEST = frozenset(("body", "body_base64", "headers", "method", "url"))
_RESPONSE = frozenset(("body", "body_base64", "headers", "status"))
_NESTED = frozenset(("request", "response", "time"))
_FLAT = _REQUEST | _RESPONSE | {"request_body", "request_headers", "time"}
_WITHOUT_BODY = frozenset((*range(100, 200), 204, 205, 304))
_EXPECTED = "an exchange of wireproof's own format"
_HINT = "the format is described in wireproof/schemas/exchange.schema.json"


class _MisfitError(Exception):
    """An exchange that breaks the format: the message says where and how."""


def is_exchange(value: object) -> bool:
    """Return whether a JSON value is meant as an exchange, not as the body of one."""
    if not isinstance(value, dict):
        return False
    response = value.get("response")
    if isinstance(response, dict):
        request = value.get("request")
        if isinstance(request, dict) and ("url" in request or "method" in request):
            return not response or not _RESPONSE.isdisjoint(response)
        return value.keys() <= _NESTED and response.keys() <= _RESPONSE and not _RESPONSE.isdisjoint(response)
    if not ("body" in value or "body_base64" in value) or not _is_status(value.get("status")):
        return False
    named = isinstance(value.get("method"), str) and isinstance(value.get("url"), str)
    return named or value.keys() <= _FLAT


def read_exchange(
    text: str, value: Mapping[str, Any], *, origin: Origin, limits: Limits = LIMITS
) -> Exchange | Unreadable:
    """Return the exchange that `text` holds, of which `value` is the parsed form.

    An object that breaks the format is an `Unreadable` that says where.  Raises `Refusal` for a
    compressed body that passes a limit.
    """
    try:
        return _read(text, value, origin, limits)
    except _MisfitError as misfit:
        return Unreadable(origin, str(misfit), _EXPECTED, _HINT, line=origin.line)


def write_exchange(exchange: Exchange) -> str:
    """Return the exchange as one line of the format, without a line end; reading it gives it back."""
    line: dict[str, Any] = {}
    if exchange.time is not None:
        line["time"] = exchange.time
    if exchange.request is not None:
        asked = exchange.request
        line["request"] = {"method": asked.method, "url": asked.url} | _parts(asked.headers, asked.body)
    answered = exchange.response
    status = {} if answered.status is None else {"status": answered.status}
    line["response"] = status | _parts(answered.headers, answered.body)
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def header_pairs(value: object) -> Headers | None:
    """Return headers as pairs with lower-case names, or None if `value` is no form of headers.

    Forms: an object of texts or lists of texts, a list of pairs, a list of `{name, value}`.
    """
    if value is None:
        return ()
    if isinstance(value, dict):
        listed: list[Any] = [(name, one) for name, many in value.items() for one in _listed(many)]
    elif isinstance(value, list):
        listed = [(one.get("name"), one.get("value")) if isinstance(one, dict) else one for one in value]
    else:
        return None
    pairs = []
    for pair in listed:
        if not (isinstance(pair, list | tuple) and len(pair) == 2 and isinstance(pair[0], str)):  # noqa: PLR2004 - a pair
            return None
        name, field = pair
        if isinstance(field, bool) or not isinstance(field, str | int | float):
            return None
        pairs.append((name.lower(), str(field)))
    return tuple(pairs)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def body_bytes(text: str) -> bytes:
    """Return the bytes of a body that a recorder kept as text.

    Bytes that the recorder could not decode, kept as lone surrogates, come back as they were.
    """
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _read(text: str, value: Mapping[str, Any], origin: Origin, limits: Limits) -> Exchange:
    spans = _members(text)
    if isinstance(value.get("response"), dict):
        where, answer, source = "response.", value["response"], text[spans["response"]]
        spans = _members(source)
        request = _request(value.get("request"))
    else:
        where, answer, source = "", value, text
        flat = {name: value.get(name) for name in ("method", "url")}
        request = _request(
            flat | {"headers": value.get("request_headers"), "body": value.get("request_body")}
        )
    status = answer.get("status")
    if not (status is None or _is_status(status)):
        raise _MisfitError(f"{where}status is no HTTP status (an integer from 100 to 599)")
    headers = _headers(answer, where)
    exact = source[spans["body"]] if "body" in spans else None
    body, note = _body(answer, where, exact=exact, codings=_codings(headers), limits=limits)
    if body is None and (status in _WITHOUT_BODY or (request and request.method == "HEAD")):
        body = b""
    if body is None:
        raise _MisfitError(f"an exchange without a body: {where}body is missing or null, so it was not kept")
    moment, remark = _time(value.get("time"))
    notes = tuple(text for text in (note, remark) if text)
    return Exchange(Response(body, status, headers), request, moment, origin, notes)


def _time(value: object) -> tuple[str | None, str | None]:
    moment = utc_time(value) if isinstance(value, str) else None
    if value is None or moment is not None:
        return moment, None
    return None, "time is no RFC 3339 time with an offset: left out"


def _request(asked: object) -> Request | None:
    if asked is None:
        return None
    if not isinstance(asked, dict):
        raise _MisfitError("request is no object")
    method, url = asked.get("method"), asked.get("url")
    if method is None and url is None:
        return None
    if not (isinstance(method, str | None) and isinstance(url, str)):
        raise _MisfitError("request needs a url, and a method, as strings")
    body, _ = _body(asked, "request.", exact=None, codings="", limits=LIMITS)
    return Request((method or "GET").upper(), url, _headers(asked, "request."), body)


def _codings(headers: Headers) -> str:
    return ", ".join(field for name, field in headers if name == "content-encoding")


def _headers(part: Mapping[str, Any], where: str) -> Headers:
    headers = header_pairs(part.get("headers"))
    if headers is None:
        raise _MisfitError(f"{where}headers are neither an object of strings nor a list of pairs")
    return headers


def _body(
    part: Mapping[str, Any], where: str, *, exact: str | None, codings: str, limits: Limits
) -> tuple[bytes | None, str | None]:
    """Return the body of one half of an exchange, `exact` being its source text, and a remark."""
    encoded = part.get("body_base64")
    if encoded is not None:
        try:
            data = b64decode(encoded, validate=True)
        except (TypeError, ValueError):
            raise _MisfitError(f"{where}body_base64 is no base64") from None
        from wireproof.door.inflate import inflate  # noqa: PLC0415 - few bodies come as base64

        inflated = inflate(data, codings, limits)
        return inflated.body, inflated.note
    body = part.get("body")
    if body is None:
        return None, None
    if isinstance(body, str):
        return body_bytes(body), None
    text = exact if exact is not None else json.dumps(body, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass"), None


def _members(text: str) -> dict[str, slice]:
    return {name: span for name, span, _ in iter_members(text)}


def _parts(headers: Headers, body: bytes | None) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    if headers:
        names = [name for name, _ in headers]
        parts["headers"] = (
            dict(headers) if len(set(names)) == len(names) else [list(pair) for pair in headers]
        )
    if body is None:
        return parts
    try:
        return parts | {"body": body.decode()}
    except UnicodeDecodeError:
        return parts | {"body_base64": b64encode(body).decode()}


def _is_status(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 100 <= value <= 599  # noqa: PLR2004 - RFC 9110
