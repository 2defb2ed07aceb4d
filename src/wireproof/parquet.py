"""Parquet with one exchange a row: every row a line of the recording format, a batch at a time.

The columns are the members of that format: flat (`method`, `url`, `status`, `headers`, `body`,
`time`, `request_headers`, `request_body`), nested (`request`, `response`, `time`), or one column
of whole lines, `exchange`.  pyarrow reads them; it is imported where a Parquet file is met.
"""

from __future__ import annotations

import io
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from wireproof.exchange import Origin, Unreadable
from wireproof.readers.jsonlines import Lines
from wireproof.readers.parquet import recognises

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from wireproof.door.limits import Limits

__all__ = ["INSTALL", "Counted", "Taker", "group_sizes", "is_parquet", "iter_rows"]

INSTALL = "pip install 'wireproof[parquet]'"
_AT_ONCE = 256
_BUFFER = 1 << 20
_EXPECTED = "a Parquet file with one exchange a row"
_COLUMNS = (
    "name its columns method, url, status, headers, body and time, or request and response, or give it one"
    " column `exchange` with JSON (docs/recordings.md)"
)
_DAMAGED = "write or copy it again: it is cut or damaged"
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


class Taker(Protocol):
    """What counts the bytes that are read."""

    taken: int


class Counted(io.RawIOBase):
    """A file that tells how much of it was read, wherever in it that stands."""

    def __init__(self, stream: BinaryIO, taker: Taker) -> None:
        self._stream, self._taker = stream, taker

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes."""
        data = self._stream.read(size)
        self._taker.taken += len(data)
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a byte, and return which it is."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return at which byte the file stands."""
        return self._stream.tell()

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True


def is_parquet(stream: BinaryIO) -> bool:
    """Return whether a file is Parquet by its first bytes; it stands at its beginning then and now."""
    head = stream.read(4)
    stream.seek(0)
    return recognises(head)


def group_sizes(stream: BinaryIO) -> list[tuple[int, int]]:
    """Return of each row group how many rows and how many bytes it has; none where that cannot be told."""
    try:
        index = _opened(stream).metadata
    except (ImportError, OSError, ValueError, RuntimeError):
        return []
    groups = [index.row_group(number) for number in range(index.num_row_groups)]
    return [(group.num_rows, group.total_byte_size) for group in groups]


def iter_rows(
    stream: BinaryIO | Counted, *, source: str, limits: Limits, groups: range | None = None, index: int = 0
) -> Iterator[Lines | Unreadable]:
    """Iterate over the rows of a Parquet file as blocks of lines, in constant memory.

    Only those of some row `groups` where these are given; `index` is the number of their first row
    then, from 0.  Raises `OSError` for what the disk says.
    """
    try:
        file = _opened(stream)
    except ImportError:
        reason = "a Parquet file; what reads those is not installed"
        yield Unreadable(Origin(source, index), reason, _EXPECTED, f"install it: {INSTALL}")
        return
    except (OSError, ValueError, RuntimeError) as error:
        reason = f"a Parquet file whose index cannot be read: {_told(error)}"
        yield Unreadable(Origin(source, index), reason, _EXPECTED, _DAMAGED)
        return
    layout = _Layout.of(file.schema_arrow)
    if layout is None:
        names = ", ".join(file.schema_arrow.names[:20]) or "no columns at all"
        reason = f"a Parquet file without exchanges: it has {names}"
        yield Unreadable(Origin(source, index), reason, _EXPECTED, _COLUMNS)
        return
    numbers = range(file.metadata.num_row_groups) if groups is None else groups
    if groups is None and not file.metadata.num_rows:
        yield Unreadable(Origin(source, index), "a Parquet file without rows", _EXPECTED, "capture first")
    for number in numbers:
        rows = file.metadata.row_group(number).num_rows
        yield from _iter_group(file, number, layout, source=source, limits=limits, begin=index)
        index += rows


def _iter_group(
    file: Any, number: int, layout: _Layout, *, source: str, limits: Limits, begin: int
) -> Iterator[Lines | Unreadable]:
    """Iterate over the rows of one row group; where it breaks off, each row that is left is unreadable."""
    at, end = begin, begin + file.metadata.row_group(number).num_rows
    try:
        batches = file.iter_batches(
            batch_size=_AT_ONCE, row_groups=[number], columns=list(layout.columns), use_threads=False
        )
        for batch in batches:
            yield from _iter_batch(batch, layout, source=source, limits=limits, begin=at)
            at += batch.num_rows
    except (OSError, ValueError, RuntimeError, NotImplementedError) as error:
        reason = f"a row that cannot be read, in row group {number + 1}: {_told(error)}"
        for index in range(at, end):
            yield Unreadable(Origin(source, index, index + 1), reason, _EXPECTED, _DAMAGED, line=index + 1)


def _iter_batch(
    batch: Any, layout: _Layout, *, source: str, limits: Limits, begin: int
) -> Iterator[Lines | Unreadable]:
    try:
        lines = layout.lines(batch)
    except (ArithmeticError, TypeError, ValueError) as error:
        if batch.num_rows > 1:
            for at in range(batch.num_rows):
                one = batch.slice(at, 1)
                yield from _iter_batch(one, layout, source=source, limits=limits, begin=begin + at)
            return
        reason = f"a row with a value that JSON has no form for: {_told(error)}"
        hint = "keep bodies as text, and times with at most microseconds"
        yield Unreadable(Origin(source, begin, begin + 1), reason, _EXPECTED, hint, line=begin + 1)
        return
    start = 0
    for at, line in enumerate(lines):
        if line and not line.isspace() and len(line) <= limits.line:
            continue
        if start < at:
            yield Lines(source, lines[start:at], begin + start, begin + start + 1, 0, 0)
        start = at + 1
        reason = f"a row of more than {limits.line:,} bytes" if line.strip() else "an empty row"
        hint = "capture a smaller answer" if line.strip() else "leave rows without an exchange out"
        yield Unreadable(
            Origin(source, begin + at, begin + at + 1), reason, _EXPECTED, hint, line=begin + at + 1
        )
    if start < len(lines):
        yield Lines(source, lines[start:], begin + start, begin + start + 1, 0, 0)


def _opened(stream: BinaryIO | Counted) -> Any:
    import pyarrow.parquet  # noqa: PLC0415 - an extra, and only Parquet pays for it

    return pyarrow.parquet.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)


def _told(error: Exception) -> str:
    """Return what went wrong, in the first line of an error; raises the error where the disk says it."""
    if isinstance(error, OSError) and error.errno is not None:
        raise error
    return str(error).partition("\n")[0].strip()[:200] or type(error).__name__


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the parts of an exchange stand: paths of columns by part; `template` puts a line together."""

    paths: Mapping[str, Sequence[str]]
    template: bytes

    @classmethod
    def of(cls, schema: Any) -> _Layout | None:
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
