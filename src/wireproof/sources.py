"""Files, folders, globs and standard input, opened one after another and read as records.

Whatever an argument turns out to be, something is said of it: its records, an `Unreadable`, or
a line in the account of what was passed over.
"""

from __future__ import annotations

import errno
import glob
import os
import re
import select
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from wireproof.door.limits import LIMITS, Limits
from wireproof.errors import nearest
from wireproof.exchange import Exchange, Origin, Unreadable
from wireproof.readers import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from io import RawIOBase

__all__ = ["Account", "Skipped", "SourceCount", "iter_records"]

_STDIN = "<stdin>"
_EXPECTED = "a file, a folder, a pattern such as 'captures/*.json', or - for standard input"
_CAPTURES = "a folder with captures (JSON, JSON Lines, HAR, curl -i dumps)"
_FOREIGN = frozenset(
    ".7z .avif .bat .bmp .c .class .cfg .conf .cpp .css .csv .db .dll .doc .docx .eot .exe .gif .go .h .ico .ini"
    " .ipynb .java .jar .jpeg .jpg .js .jsx .key .lock .m4a .map .md .mjs .mkv .mov .mp3 .mp4 .o .odt .ogg .otf .pdf"
    " .pem .php .pickle .pkl .png .ppt .pptx .py .pyc .rar .rb .rs .rst .scss .sh .so .sql .sqlite .svg .tar .tgz"
    " .tif .tiff .toml .ts .tsx .ttf .wasm .wav .webm .webp .whl .woff .woff2 .xls .xlsx .xz .yaml .yml .zip".split()
)
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_PATIENCE = 2.0
"""Seconds that a pipe may take to find somebody who writes to it."""


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How many records one source held."""

    source: str
    exchanges: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that was passed over on purpose, and why."""

    path: str
    reason: str


@dataclass(slots=True)
class Account:
    """What a run of `iter_records` met: it grows while the records are taken."""

    counts: dict[str, SourceCount] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def sources(self) -> tuple[SourceCount, ...]:
        """Return the sources met so far, in the order they were met."""
        return tuple(self.counts.values())

    def note(self, source: str, record: Exchange | Unreadable) -> None:
        """Count one record of a source."""
        known = self.counts.get(source, SourceCount(source, 0, 0))
        read_well = isinstance(record, Exchange)
        self.counts[source] = SourceCount(source, known.exchanges + read_well, known.unreadable + (not read_well))


def iter_records(
    arguments: Sequence[str], *, stdin: BinaryIO, limits: Limits = LIMITS, account: Account | None = None
) -> Iterator[Exchange | Unreadable]:
    """Iterate over the records behind command-line arguments, in their order, folders sorted.

    Every argument gives at least one record, a missing file too: an `Unreadable` that says what
    is there instead.  `account` is told the totals and what was passed over.
    """
    account = Account() if account is None else account
    seen: set[tuple[int, int]] = set()
    for argument in arguments:
        for source, record in _iter_argument(argument, stdin, limits, account, seen):
            account.note(source, record)
            yield record


def _iter_argument(
    argument: str, stdin: BinaryIO, limits: Limits, account: Account, seen: set[tuple[int, int]]
) -> Iterator[tuple[str, Exchange | Unreadable]]:
    if argument == "-":
        yield from _iter_stdin(stdin, limits, account)
    elif os.path.isdir(argument):
        yield from _iter_folder(argument, limits, account, seen)
    elif os.path.lexists(argument):
        yield from _iter_file(argument, limits, account, seen)
    elif glob.has_magic(argument):
        yield from _iter_pattern(argument, limits, account, seen)
    else:
        yield _absent(argument)


def _iter_stdin(
    stdin: BinaryIO, limits: Limits, account: Account
) -> Iterator[tuple[str, Exchange | Unreadable]]:
    if _STDIN in account.counts:
        account.skipped.append(Skipped(_STDIN, "named twice; read once"))
        return
    try:
        for record in read(stdin, source=_STDIN, limits=limits):
            yield _STDIN, record
    except OSError as error:
        yield _failed(_STDIN, *_told(error))


def _iter_pattern(
    pattern: str, limits: Limits, account: Account, seen: set[tuple[int, int]]
) -> Iterator[tuple[str, Exchange | Unreadable]]:
    paths = sorted(glob.glob(pattern, recursive=True))
    if not paths:
        hint = f"list what is there: ls {_shown(os.path.dirname(pattern)) or '.'}"
        yield _failed(pattern, "no file matches the pattern", hint)
    for path in paths:
        if os.path.isdir(path):
            account.skipped.append(Skipped(_shown(path), "a folder that a pattern matched; name it to read it"))
        else:
            yield from _iter_file(path, limits, account, seen)


def _iter_folder(
    folder: str, limits: Limits, account: Account, seen: set[tuple[int, int]]
) -> Iterator[tuple[str, Exchange | Unreadable]]:
    passed_over = len(account.skipped)
    found = False
    for path in _iter_paths(folder, account):
        found = True
        if isinstance(path, Unreadable):
            yield path.origin.source, path
        else:
            yield from _iter_file(path, limits, account, seen)
    if not found:
        skipped = len(account.skipped) - passed_over
        reason = "a folder without captures" + (f": {skipped} paths in it were passed over" if skipped else ", empty")
        hint = "name the files themselves to have them read whatever they are called" if skipped else "capture some"
        yield _failed(folder, reason, hint, expected=_CAPTURES)


def _iter_paths(folder: str, account: Account) -> Iterator[str | Unreadable]:
    """Iterate over the files below a folder that may be captures; links are followed once."""
    waiting = [folder]
    entered: set[tuple[int, int]] = set()
    while waiting:
        path = waiting.pop()
        try:
            info = os.stat(path)
            if not stat.S_ISDIR(info.st_mode):
                yield path
                continue
            if (info.st_dev, info.st_ino) in entered:
                account.skipped.append(Skipped(_shown(path), "a link to a folder that was read already"))
                continue
            entered.add((info.st_dev, info.st_ino))
            names = sorted(os.listdir(path), reverse=True)
        except OSError as error:
            yield _failed(path, *_told(error))[1]
            continue
        kept = []
        for name in names:
            below = os.path.join(path, name)
            why = _why_passed_over(below, name)
            if why:
                account.skipped.append(Skipped(_shown(below), why))
            else:
                kept.append(below)
        waiting += kept


def _why_passed_over(path: str, name: str) -> str | None:
    if name.startswith("."):
        return "hidden"
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return None
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return "neither a file nor a folder"
    suffix = os.path.splitext(name)[1].lower()
    return f"not a capture by its name ({suffix})" if stat.S_ISREG(mode) and suffix in _FOREIGN else None


def _iter_file(
    path: str, limits: Limits, account: Account, seen: set[tuple[int, int]]
) -> Iterator[tuple[str, Exchange | Unreadable]]:
    source = _shown(path)
    index = -1
    try:
        info = os.stat(path)
        identity = (info.st_dev, info.st_ino)
        if stat.S_ISREG(info.st_mode) and identity in seen:
            account.skipped.append(Skipped(source, "named twice; read once"))
            return
        seen.add(identity)
        if stat.S_ISFIFO(info.st_mode):
            yield from _iter_pipe(path, limits)
            return
        if not stat.S_ISREG(info.st_mode):
            yield _failed(path, "a device or socket, not a file", "for standard input type -")
            return
        with open(path, "rb") as stream:
            for index, record in enumerate(read(stream, source=source, limits=limits)):  # noqa: B007 - counted
                yield source, record
    except OSError as error:
        yield _failed(path, *_told(error), index=index + 1)


def _iter_pipe(path: str, limits: Limits) -> Iterator[tuple[str, Exchange | Unreadable]]:
    """Iterate over the records of a named pipe (`<(curl …)`), but never wait for a writer that is not there."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(descriptor, "rb", buffering=0) as stream:
        select.select([descriptor], [], [], _PATIENCE)
        first = stream.read(1)
        if first == b"":
            yield _failed(path, "a pipe that nobody writes to", "start the writer first, or pipe into standard input")
            return
        os.set_blocking(descriptor, True)
        for record in read(_Pipe(first or b"", stream), source=_shown(path), limits=limits):
            yield _shown(path), record


class _Pipe:
    """A pipe whose first byte was taken to see whether somebody writes."""

    def __init__(self, first: bytes, stream: RawIOBase) -> None:
        self._first, self._stream = first, stream

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        first, self._first = self._first, b""
        return first or self._stream.read(size) or b""


def _absent(path: str) -> tuple[str, Unreadable]:
    if _URL.match(path):
        return _failed(path, "a URL; nothing is fetched here", "fetch it first: curl -i URL > answer.txt")
    parent, name = Path(path).parent, Path(path).name
    rest = ""
    while not parent.is_dir() and parent != parent.parent:
        rest = os.path.join(name, rest) if rest else name
        parent, name = parent.parent, parent.name
    try:
        near = nearest(name, os.listdir(parent))
    except OSError:
        near = None
    reason = "no such file or folder" if not rest else f"no such folder: {_shown(str(parent / name))}"
    if near is None:
        return _failed(path, reason, f"list what is there: ls {_shown(str(parent))}")
    close = parent / near / rest
    return _failed(path, reason, f"did you mean {_shown(str(close if close.exists() else parent / near))}?")


def _told(error: OSError) -> tuple[str, str]:
    """Return what went wrong with a file, and what to do."""
    if isinstance(error, PermissionError):
        return "it may not be read: permission denied", "give yourself the right to read it (chmod u+r)"
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself", "name the file that it should lead to"
    if isinstance(error, FileNotFoundError):
        return "a link to nothing, or a file that is gone", "name a file that is there"
    return f"it cannot be read: {(error.strerror or type(error).__name__).lower()}", "check the file and the disk"


def _failed(
    path: str, reason: str, hint: str, *, expected: str = _EXPECTED, index: int = 0
) -> tuple[str, Unreadable]:
    return _shown(path), Unreadable(Origin(_shown(path), index), reason, expected, hint)


def _shown(path: str) -> str:
    """Return a path as typed, with what is no text in it replaced."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
