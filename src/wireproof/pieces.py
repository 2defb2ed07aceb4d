"""Recordings cut into pieces, each judged alone, wherever that may be, into a report that merges.

A piece knows the numbers of its records, so that places and sightings come out the same however a
recording was cut.  Nothing here knows what carries the pieces to where they are judged.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from wireproof import storages
from wireproof.counts import digest_of
from wireproof.door.window import Window
from wireproof.examining import Examiner
from wireproof.exchange import Unreadable
from wireproof.parquet import group_sizes, is_parquet, iter_rows
from wireproof.readers import HEAD, are_lines, jsonlines, read_blocks, size_of
from wireproof.sources import Account, iter_blocks
from wireproof.streams import Part
from wireproof.unread import failed
from wireproof.workers import be_unhurried, unskipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wireproof.contract import Contract
    from wireproof.door.limits import Limits
    from wireproof.examining import Options
    from wireproof.marks import Marks
    from wireproof.readers import Block
    from wireproof.report import Report

__all__ = ["File", "Piece", "cut", "extent", "gathered", "judged", "listed", "placed", "whole", "without"]

_CHUNK = 1 << 20
_FILES = 500
"""How many small files are judged together at most."""


@dataclass(frozen=True, slots=True)
class File:
    """One file: its name as it is shown, where it is opened (a path, or a URL), and its size."""

    source: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file: a whole one, the lines that begin in a range of bytes, or some row groups.

    `index` is the number of its first record, from 0, and `line` that of its first line.
    """

    file: File
    form: Literal["whole", "lines", "rows"]
    begin: int
    end: int
    size: int
    index: int = 0
    line: int = 1
    records: int | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """What a range of bytes holds: where its lines begin and end, and how many records and lines."""

    begin: int
    end: int
    records: int
    lines: int


def listed(inputs: Sequence[str], *, stdin: BinaryIO, marks: Marks | None = None) -> Iterator[File | Block]:
    """Iterate over the files behind command-line arguments, and over the records that are in none.

    Those are what standard input and pipes hold, and all that is wrong with an argument.  A URL is
    looked up on its storage: a file, a folder, or a pattern.  `marks` are told of all files, and raise
    `UsageError` for one that is not what it was.
    """
    account = Account(listed=[], marks=marks)
    yield from iter_blocks([name for name in inputs if "://" not in name], stdin=stdin, account=account)
    for source, path, size in account.listed or ():
        yield File(source, str(Path(path).absolute()), size)
    for url in dict.fromkeys(name for name in inputs if "://" in name):
        for found in storages.listed(url):
            if isinstance(found, Unreadable):
                if marks is not None:
                    marks.missed(url, found.reason)
                yield found
                continue
            file = File(found[0], *found)
            if marks is not None:
                _mark(file, marks)
            yield file


def _mark(file: File, marks: Marks) -> None:
    try:
        with _opened(file.path) as stream:
            marks.meet(file.source, file.size, stream.read)
    except OSError as error:
        marks.missed(file.source, failed(file.source, error).reason)


def cut(file: File, *, size: int) -> list[Piece]:
    """Return a file in pieces of about `size` bytes, where it can be cut; raises `OSError`."""
    if file.size <= size:
        return [whole(file)]
    with _opened(file.path) as stream:
        if is_parquet(stream):
            return _row_pieces(file, group_sizes(stream), size=size) or [whole(file)]
        head = stream.read(HEAD)
    if not are_lines(head):
        return [whole(file)]
    count = -(-file.size // size)
    ends = [file.size * number // count for number in range(count + 1)]
    return [Piece(file, "lines", begin, end, end - begin) for begin, end in pairwise(ends)]


def whole(file: File) -> Piece:
    """Return a file in one piece."""
    return Piece(file, "whole", 0, 0, file.size)


def _row_pieces(file: File, groups: Sequence[tuple[int, int]], *, size: int) -> list[Piece]:
    pieces: list[Piece] = []
    held = begin = rows = index = 0
    share = file.size / (sum(weight for _, weight in groups) or 1)
    for number, (count, weight) in enumerate(groups):
        held, rows = held + weight, rows + count
        if held >= size or number == len(groups) - 1:
            taken = int(held * share)
            pieces.append(Piece(file, "rows", begin, number + 1, taken, index, records=rows))
            begin, index, held, rows = number + 1, index + rows, 0, 0
    return pieces


def extent(piece: Piece) -> Extent:
    """Return what the lines of a piece hold; they are counted, not parsed."""
    with _opened(piece.file.path) as stream:
        begin, end = _line_start(stream, piece.begin), _line_start(stream, piece.end)
        stream.seek(begin)
        records, lines = _counted(stream, end - begin)
    return Extent(begin, end, records, lines)


def placed(pieces: Sequence[Piece], extents: Sequence[Extent]) -> list[Piece]:
    """Return the pieces of one file with the numbers of their records, from what each of them holds."""
    found = []
    index, line = 0, 1
    for piece, held in zip(pieces, extents, strict=True):
        begin, end, records = held.begin, held.end, held.records
        found.append(replace(piece, begin=begin, end=end, index=index, line=line, records=records))
        index, line = index + records, line + held.lines
    return found


def without(pieces: Iterable[Piece], skip: Mapping[int, int]) -> Iterator[Piece]:
    """Iterate over the pieces that hold more than those first records of a source that are passed over."""
    for piece in pieces:
        if piece.records is None or piece.index + piece.records > skip.get(digest_of(piece.file.source), 0):
            yield piece


def gathered(pieces: Iterable[Piece], *, size: int) -> Iterator[tuple[Piece, ...]]:
    """Iterate over the pieces in their order, small ones together up to `size` bytes."""
    batch: list[Piece] = []
    held = 0
    for piece in pieces:
        if batch and (held + piece.size > size or len(batch) >= _FILES):
            yield tuple(batch)
            batch, held = [], 0
        batch.append(piece)
        held += piece.size
    if batch:
        yield tuple(batch)


def judged(
    pieces: Iterable[Piece],
    contracts: Sequence[Contract],
    options: Options,
    *,
    skip: Mapping[int, int],
    forgiving: bool,
) -> Report:
    """Return the report on some pieces, but for the records of each source that are passed over.

    Where it is `forgiving`, a file that cannot be read is an unreadable record of it; it raises
    `OSError` otherwise, and always for a file that is not there.
    """
    examiner = Examiner(contracts, options=options)
    with _unhurried():
        for piece in pieces:
            index = piece.index
            try:
                for block in _blocks(piece, options.limits):
                    wanted = unskipped(block, skip)
                    index += size_of(block)
                    if wanted is not None:
                        examiner.take_block(wanted)
            except FileNotFoundError:
                raise
            except OSError as error:
                if not forgiving:
                    raise
                examiner.take(failed(piece.file.source, error, index=index))
    return examiner.report()


def _blocks(piece: Piece, limits: Limits) -> Iterator[Block]:
    source = piece.file.source
    with _opened(piece.file.path) as stream:
        if piece.form == "rows":
            groups = range(piece.begin, piece.end)
            yield from iter_rows(stream, source=source, limits=limits, groups=groups, index=piece.index)
        elif piece.form == "lines":
            stream.seek(piece.begin)
            part = Part(stream, piece.end - piece.begin)
            window = Window(part, byte=piece.begin, line=piece.line)
            yield from jsonlines.read_lines(window, source=source, limits=limits, index=piece.index)
        elif is_parquet(stream):
            yield from iter_rows(stream, source=source, limits=limits)
        else:
            yield from read_blocks(stream, source=source, limits=limits)


@contextmanager
def _unhurried() -> Iterator[None]:
    before = gc.get_threshold()
    be_unhurried()
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _opened(path: str) -> BinaryIO:
    """Return a file to read, on a disk or, by a URL, on a storage."""
    return storages.opened(path) if "://" in path else Path(path).open("rb")


def _line_start(stream: BinaryIO, byte: int) -> int:
    """Return where the first line begins that does not begin before a byte."""
    if not byte:
        return 0
    at = byte - 1
    stream.seek(at)
    while chunk := stream.read(HEAD):
        found = chunk.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(chunk)
    return at


def _counted(stream: BinaryIO, size: int) -> tuple[int, int]:
    """Return how many records and how many line ends the next bytes hold; blank lines are no records."""
    part = Part(stream, size)
    records = lines = 0
    blank = True
    while chunk := part.read(_CHUNK):
        first, *others = chunk.split(b"\n")
        blank = blank and not first.strip()
        if others:
            *whole, last = others
            records += (not blank) + len(whole) - whole.count(b"") - sum(map(bytes.isspace, whole))
            lines += len(others)
            blank = not last.strip()
    return records + (not blank), lines
