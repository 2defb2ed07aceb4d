"""Rows of a table with one exchange each, as lines of the recording format.

The columns are the members of that format: flat (`method`, `url`, `status`, `headers`, `body`,
`time`, `request_headers`, `request_body`), nested (`request`, `response`, `time`), or one column
of whole lines, `exchange`.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["Layout"]

_FLAT = {
    "time": ("time",),
    "method": ("method",),
    "url": ("url",),
    "request_headers": ("request_headers",),
    "request_body": ("request_body",),
    "status": ("status",),
    "headers": ("headers",),
    "body": ("body",),
    "body_base64": ("body_base64",),
}
_NESTED = {
    "time": ("time",),
    "method": ("request", "method"),
    "url": ("request", "url"),
    "request_headers": ("request", "headers"),
    "request_body": ("request", "body"),
    "status": ("response", "status"),
    "headers": ("response", "headers"),
    "body": ("response", "body"),
    "body_base64": ("response", "body_base64"),
}
_REQUEST = ("method", "url", "request_headers", "request_body")
_RESPONSE = ("status", "headers", "body", "body_base64")
_BODIES = frozenset(("body", "request_body"))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = {"s": 0, "ms": 3, "us": 6, "ns": 9}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of an exchange stand: paths of columns by part; `template` puts a line together."""

    paths: Mapping[str, Sequence[str]]
    template: bytes

    @classmethod
    def of(cls, schema: Any) -> Layout | None:
        """Return the layout of a schema, or None where it holds no exchanges."""
        for table in (_NESTED, _FLAT):
            paths = {part: found for part, path in table.items() if (found := _found(schema, path))}
            if "body" in paths or "body_base64" in paths:
                return cls(paths, _template(paths))
        whole = _found(schema, ("exchange",)) or (schema.names if len(schema.names) == 1 else None)
        return cls({"exchange": whole}, b"%b") if whole else None

    @property
    def columns(self) -> Iterator[str]:
        """Iterate over the columns that are read, children of a struct by their dotted names."""
        return (".".join(path) for path in self.paths.values())

    def lines(self, batch: Any) -> list[bytes]:
        """Return the rows of a batch as lines of the recording format."""
        parts = [_pieces(part, _column(batch, path)) for part, path in self.paths.items()]
        if self.template == b"%b":
            return parts[0]
        return [self.template % row for row in zip(*parts, strict=True)]


def _found(schema: Any, path: Sequence[str]) -> list[str] | None:
    """Return a path as a schema writes it, letter case set aside, or None where it is not there."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    fields, found = list(schema), []
    for name in path:
        field = next((field for field in fields if field.name.lower() == name), None)
        if field is None:
            return None
        found.append(field.name)
        fields = list(field.type.fields) if pa.types.is_struct(field.type) else []
    return found


def _template(paths: Mapping[str, Any]) -> bytes:
    """Return a line with a place for each part, in the order of the paths; bodies bring their own names."""

    def member(part: str) -> bytes:
        return b"%b" if "body" in part else b'"%b":%%b' % part.removeprefix("request_").encode()

    groups = {b"request": _REQUEST, b"response": _RESPONSE}
    halves = {
        name: b",".join(member(part) for part in parts if part in paths) for name, parts in groups.items()
    }
    whole = [b'"time":%b'] if "time" in paths else []
    return b"{%b}" % b",".join(whole + [b'"%b":{%b}' % half for half in halves.items() if half[1]])


def _column(batch: Any, path: Sequence[str]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.compute as pc  # noqa: PLC0415 - likewise

    column = batch.column(path[0])
    for name in path[1:]:
        column = pc.struct_field(column, name)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column


def _pieces(part: str, column: Any) -> list[bytes]:
    """Return the values of a column as pieces of JSON, a body with its name."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    kind = column.type
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    is_binary = pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind)
    if is_text and part in {*_BODIES, "exchange", "headers", "request_headers"}:
        column, is_binary = column.cast(pa.large_binary()), True
    values = column.to_pylist() if not pa.types.is_timestamp(kind) else _times(column)
    if is_binary and part == "exchange":
        return [b"" if value is None else value for value in values]
    if part in _BODIES and is_binary:
        return [_body(value) for value in values]
    if part == "body_base64":
        return [b'"body_base64":%b' % _json(value) for value in values]
    if is_binary and part != "exchange":
        return [_text_or_json(value) for value in values]
    plain = _plainer(kind)
    pieces = [_json(plain(value)) for value in values]
    return [b'"body":%b' % piece for piece in pieces] if part in _BODIES else pieces


def _body(value: bytes | None) -> bytes:
    """Return a body as a member: JSON as it stands, else text, else base64."""
    if value is None:
        return b'"body":null'
    if _is_json(value):
        return b'"body":%b' % value
    try:
        return b'"body":%b' % _json(value.decode())
    except UnicodeDecodeError:
        return b'"body_base64":"%b"' % b64encode(value)


def _text_or_json(value: bytes | None) -> bytes:
    if value is None:
        return b"null"
    return value if _is_json(value) else _json(value.decode("utf-8", "replace"))


def _is_json(value: bytes) -> bool:
    """Return whether a text is one JSON object or array, without anything around it."""
    import orjson  # noqa: PLC0415 - only rows are looked at this way

    if value[:1] not in (b"{", b"[") or value[-1:] not in (b"}", b"]"):
        return False
    try:
        orjson.loads(value)
    except ValueError:
        return False
    return True


def _json(value: Any) -> bytes:
    import orjson  # noqa: PLC0415 - as above

    return orjson.dumps(value, default=_other, option=orjson.OPT_NAIVE_UTC | orjson.OPT_NON_STR_KEYS)


def _other(value: Any) -> Any:
    import orjson  # noqa: PLC0415 - as above

    if isinstance(value, Decimal) and value.is_finite():
        return orjson.Fragment(format(value, "f"))
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, date | time | timedelta):
        return str(value)
    raise TypeError(f"a value of type {type(value).__name__}")


def _times(column: Any) -> list[Any]:
    """Return moments as RFC 3339 in UTC; those without a zone are taken to be in UTC."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    digits = _UNITS[column.type.unit]
    return [_moment(value, digits) for value in column.cast(pa.int64()).to_pylist()]


def _moment(value: int | None, digits: int) -> str | None:
    if value is None:
        return None
    seconds, rest = divmod(value, 10**digits)
    fraction = f".{rest:0{digits}d}".rstrip("0") if rest else ""
    return f"{_EPOCH + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}{fraction}Z"


def _plainer(kind: Any) -> Callable[[Any], Any]:
    """Return what makes plain values of those of an Arrow type: maps objects, members that are null left out.

    A struct has every member in every row: one that a row lacks cannot be told from null.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra

    if pa.types.is_struct(kind):
        members = {field.name: _plainer(field.type) for field in kind.fields}
        return lambda value: (
            value and {name: plain(value[name]) for name, plain in members.items() if value[name] is not None}
        )
    if pa.types.is_map(kind):
        plain_item = _plainer(kind.item_type)
        return lambda value: (
            value if value is None else _pairs([(key, plain_item(item)) for key, item in value])
        )
    if hasattr(kind, "value_type") and not pa.types.is_dictionary(kind):
        plain_value = _plainer(kind.value_type)
        return lambda value: value if value is None else [plain_value(one) for one in value]
    return lambda value: value


def _pairs(pairs: list[tuple[Any, Any]]) -> Any:
    """Return the entries of a map as an object, or as they are where a key comes twice."""
    found = dict(pairs)
    return found if len(found) == len(pairs) else pairs
