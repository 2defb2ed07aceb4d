"""Parquet with one exchange a row: every row a line of the recording format, a batch at a time.

pyarrow reads it, by row groups and batches; it is imported where a Parquet file is met.  Which
columns are read is `wireproof.columnar`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO

from wireproof.columnar import Layout
from wireproof.exchange import Origin, Unreadable
from wireproof.readers import Portion
from wireproof.readers.jsonlines import Lines
from wireproof.readers.parquet import recognises

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wireproof.door.limits import Limits
    from wireproof.streams import Taker

__all__ = ["INSTALL", "Counted", "group_sizes", "is_parquet", "iter_rows", "iter_shared"]

INSTALL = "pip install 'wireproof[parquet]'"
_AT_ONCE = 256
_GROUPS_EACH = 8
"""How many row groups there must be for each process to share a table out by them."""
_LARGEST = 1 << 27
"""How many bytes such a row group has at most: so long a stop waits for a process."""
_BUFFER = 1 << 20
_EXPECTED = "a Parquet file with one exchange a row"
_COLUMNS = (
    "name its columns method, url, status, headers, body and time, or request and response, or give it one"
    " column `exchange` with JSON (docs/recordings.md)"
)
_DAMAGED = "write or copy it again: it is cut or damaged"


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
    found = _looked_at(stream, source=source, index=index, whole=groups is None)
    if isinstance(found, Unreadable):
        yield found
        return
    file, layout = found
    for number in range(file.metadata.num_row_groups) if groups is None else groups:
        group = _Group(file, number, layout, source=source, limits=limits, index=index)
        for begin in range(0, group.rows, _AT_ONCE):
            yield from group.blocks(begin, min(begin + _AT_ONCE, group.rows))
        index += group.rows


def iter_shared(
    stream: BinaryIO, share: tuple[int, int], *, source: str, limits: Limits
) -> Iterator[Portion | Unreadable]:
    """Iterate over the same rows, some at a time, those alone decoded that are a process's share.

    A table of many row groups is shared out by these, and another's are not even read; one of few by
    batches.  Every process is given the same portions.
    """
    part, of = share
    found = _looked_at(stream, source=source)
    if isinstance(found, Unreadable):
        yield found
        return
    file, layout = found
    sizes = [file.metadata.row_group(number).total_byte_size for number in range(file.num_row_groups)]
    by_group = len(sizes) >= _GROUPS_EACH * of and max(sizes) <= _LARGEST
    size = stream.seek(0, io.SEEK_END)
    index = turn = 0
    for number in range(len(sizes)):
        group = _Group(file, number, layout, source=source, limits=limits, index=index)
        for begin in range(0, group.rows, _AT_ONCE):
            end = min(begin + _AT_ONCE, group.rows)
            weight = size * (index + end) // file.metadata.num_rows
            weight -= size * (index + begin) // file.metadata.num_rows
            mine = (number if by_group else turn) % of == part
            blocks = tuple(group.blocks(begin, end)) if mine else None
            yield Portion(source, index + begin, end - begin, weight, blocks)
            turn += 1
        index += group.rows


def _looked_at(
    stream: BinaryIO | Counted, *, source: str, index: int = 0, whole: bool = True
) -> tuple[Any, Layout] | Unreadable:
    """Return a Parquet file and where its exchanges stand, or why there are none."""
    origin = Origin(source, index)
    try:
        file = _opened(stream)
    except ImportError:
        reason = "a Parquet file; what reads those is not installed"
        return Unreadable(origin, reason, _EXPECTED, f"install it: {INSTALL}")
    except (OSError, ValueError, RuntimeError) as error:
        reason = f"a Parquet file whose index cannot be read: {_told(error)}"
        return Unreadable(origin, reason, _EXPECTED, _DAMAGED)
    layout = Layout.of(file.schema_arrow)
    if layout is None:
        names = ", ".join(file.schema_arrow.names[:20]) or "no columns at all"
        reason = f"a Parquet file without exchanges: it has {names}"
        return Unreadable(origin, reason, _EXPECTED, _COLUMNS)
    if whole and not file.metadata.num_rows:
        return Unreadable(origin, "a Parquet file without rows", _EXPECTED, "capture first")
    return file, layout


class _Group:
    """The rows of one row group, read from its first to its last, some passed over."""

    def __init__(
        self, file: Any, number: int, layout: Layout, *, source: str, limits: Limits, index: int
    ) -> None:
        self._file, self._number, self._layout = file, number, layout
        self._source, self._limits, self._index = source, limits, index
        self.rows: int = file.metadata.row_group(number).num_rows
        self._at = 0
        self._batches: Iterator[Any] | None = None
        self._rest: Any = None
        self._broken: str | None = None

    def blocks(self, begin: int, end: int) -> Iterator[Lines | Unreadable]:
        """Iterate over some rows, behind those asked for before; where it breaks off, each is unreadable."""
        try:
            while self._broken is None and self._at < end:
                batch = self._following(begin, end)
                at = self._index + self._at - batch.num_rows
                yield from _iter_batch(
                    batch, self._layout, source=self._source, limits=self._limits, begin=at
                )
        except (OSError, ValueError, RuntimeError, NotImplementedError) as error:
            self._broken = _told(error)
        if self._broken is not None:
            reason = f"a row that cannot be read, in row group {self._number + 1}: {self._broken}"
            for row in range(self._index + max(begin, self._at), self._index + end):
                origin = Origin(self._source, row, row + 1)
                yield Unreadable(origin, reason, _EXPECTED, _DAMAGED, line=row + 1)

    def _following(self, begin: int, end: int) -> Any:
        """Return the next rows, those before some row passed over, none behind some other."""
        if self._batches is None:
            self._batches = self._file.iter_batches(
                batch_size=_AT_ONCE,
                row_groups=[self._number],
                columns=list(self._layout.columns),
                use_threads=False,
            )
        while True:
            batch = next(self._batches, None) if self._rest is None else self._rest
            if batch is None:
                raise ValueError("it ends early")
            first, last = max(0, begin - self._at), min(batch.num_rows, end - self._at)
            self._rest = batch.slice(last) if last < batch.num_rows else None
            self._at += last
            if first < last:
                return batch.slice(first, last - first)


def _iter_batch(
    batch: Any, layout: Layout, *, source: str, limits: Limits, begin: int
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
