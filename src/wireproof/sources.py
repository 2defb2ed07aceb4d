"""Files, folders, patterns, pipes and standard input, opened one after another and read as records.

Whatever an argument turns out to be, something is said of it: its records, an `Unreadable`, or
a line in the account of what was passed over.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from wireproof.door.limits import LIMITS, Limits
from wireproof.exchange import Exchange, Unreadable
from wireproof.parquet import Counted, is_parquet, iter_rows, iter_shared
from wireproof.readers import BLOCKS, HEAD, Block, Portion, are_lines, read_blocks, size_of
from wireproof.readers.jsonlines import Lines, record_of
from wireproof.streams import Bounded, Pipe, Seen, identity
from wireproof.unread import shown, told, unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from _typeshed import SupportsRead

    from wireproof.marks import Marks
    from wireproof.sharing import Share

__all__ = ["Account", "foreign", "iter_blocks", "iter_records", "iter_shares"]

_STDIN = "<stdin>"
_CAPTURES = "a folder with captures (JSON, JSON Lines, HAR, curl -i dumps)"
_FOREIGN = frozenset(
    """
    .7z .avif .bat .bmp .c .cfg .class .conf .cpp .css .csv .db .dll .doc .docx .eot .exe .gif .go .h .ico
    .ini .ipynb .jar .java .jpeg .jpg .js .jsx .key .lock .m4a .map .md .mjs .mkv .mov .mp3 .mp4 .o .odt
    .ogg .otf .pdf .pem .php .pickle .pkl .png .ppt .pptx .py .pyc .rar .rb .rs .rst .scss .sh .so .sql
    .sqlite .svg .tar .tgz .tif .tiff .toml .ts .tsx .ttf .wasm .wav .webm .webp .whl .woff .woff2 .xls
    .xlsx .xz .yaml .yml .zip
    """.split()  # noqa: SIM905 - a list of suffixes reads better as words
)
"""Suffixes of files that a folder may hold beside captures; named by themselves they are read."""

_MARKERS = frozenset(("_SUCCESS", "_common_metadata", "_metadata"))
_MAGIC = frozenset("*?[")
_LISTED = 1000
"""How many paths that were passed over are told by name."""
_PATIENCE = 2.0
"""Seconds that a pipe may take to find somebody who writes to it."""
_Named = tuple[str, Path]
"""How a path is written (as the user typed it, or below a folder that was typed), and the path."""


@dataclass(slots=True)
class Account:
    """What a run of `iter_records` met: it grows while the records are taken.

    `counts` holds for each source, in the order met, how many exchanges it gave and how many
    records of it were unreadable: never both 0.  `skipped` are the paths that were passed over on
    purpose, each with the reason.
    """

    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    passed_over: int = 0
    """How many paths were passed over; the first of them are `skipped`."""
    taken: int = 0
    """How many bytes of the sources were read, compressed ones as they are."""
    whole: bool = False
    """Whether lines and entries come as blocks; sources are not counted then."""
    has_stdin: bool = False
    sizes: Mapping[str, int] = field(default_factory=dict)
    """How far files are read, by their names; others as far as they go when they are opened."""
    listed: list[tuple[str, str, int]] | None = None
    """Where it is a list, files are not read but listed: their names as shown, their paths, their sizes."""
    marks: Marks | None = None
    """What files were like, and are."""
    share: Share | None = None
    """What this process judges of an audit in several: what is another's is not read, where that can be."""
    met: int = 0
    """How many arguments were met."""

    def read(
        self, stream: SupportsRead[bytes], source: str, limits: Limits, *, most: int | None = None
    ) -> Iterator[Block]:
        """Iterate over the records of a stream, or of its first `most` bytes, and count what is read."""
        counted = Bounded(stream, self, most)
        return read_blocks(counted, source=source, limits=limits, whole=self.whole)

    def read_file(
        self, stream: BinaryIO, source: str, limits: Limits, *, most: int | None
    ) -> Iterator[Block | Portion]:
        """Iterate over the records of a file, which may be one that is read from its end."""
        if self.listed is not None:
            self.listed.append((source, stream.name, os.fstat(stream.fileno()).st_size))
        elif self.share is not None and is_parquet(stream):
            for rows in iter_shared(stream, (self.share.part, self.share.of), source=source, limits=limits):
                self.taken += rows.weight if isinstance(rows, Portion) else 0
                yield rows
        elif self.share is not None and most is not None and are_lines(_begun(stream)):
            yield from self._read_turns(stream, self.share, source, limits, most)
        elif is_parquet(stream):
            blocks = iter_rows(Counted(stream, self), source=source, limits=limits)
            yield from blocks if self.whole else _records(blocks, limits)
        else:
            yield from self.read(stream, source, limits, most=most)

    def _read_turns(
        self, stream: BinaryIO, share: Share, source: str, limits: Limits, most: int
    ) -> Iterator[Portion]:
        before = self.taken
        for lines in share.turns.iter_lines(stream, self.met - 1, source=source, limits=limits, most=most):
            self.taken += lines.weight
            yield lines
        self.taken = before + most

    def missed(self, name: str, reason: str) -> None:
        """Note that a file cannot be read; raises `UsageError` where some of it was judged before."""
        if self.marks is not None:
            self.marks.missed(shown(name), reason)

    def count(self, record: Block | Portion) -> None:
        """Count one record under its source; blocks are counted by who takes them."""
        if self.whole or isinstance(record, (*BLOCKS, Portion)):
            return
        exchanges, unreadable = self.counts.get(record.origin.source, (0, 0))
        is_read = isinstance(record, Exchange)
        self.counts[record.origin.source] = (exchanges + is_read, unreadable + (not is_read))

    def skip(self, path: str, reason: str) -> None:
        """Note a path that was passed over."""
        self.passed_over += 1
        if len(self.skipped) < _LISTED:
            self.skipped.append((shown(path), reason))


def iter_records(
    arguments: Sequence[str], *, stdin: BinaryIO, limits: Limits = LIMITS, account: Account | None = None
) -> Iterator[Exchange | Unreadable]:
    """Iterate over the records behind command-line arguments, in their order, folders sorted.

    Every argument gives at least one record, a missing file too: an `Unreadable` that says what
    is there instead.  `account` is told the totals, and what was passed over.
    """
    for record in _iter_all(arguments, stdin, limits, Account() if account is None else account):
        if not isinstance(record, (*BLOCKS, Portion)):
            yield record


def iter_blocks(
    arguments: Sequence[str], *, stdin: BinaryIO, account: Account, limits: Limits = LIMITS
) -> Iterator[Block]:
    """Iterate over the same records, lines and entries as blocks of many."""
    blocks = iter_shares(arguments, stdin=stdin, account=account, limits=limits)
    return cast("Iterator[Block]", blocks)  # an account without a share has no others


def iter_shares(
    arguments: Sequence[str], *, stdin: BinaryIO, account: Account, limits: Limits = LIMITS
) -> Iterator[Block | Portion]:
    """Iterate over the same blocks; the rows of a table as those that are this process's share, or not."""
    account.whole = True
    yield from _iter_all(arguments, stdin, limits, account)


def _iter_all(
    arguments: Sequence[str], stdin: BinaryIO, limits: Limits, account: Account
) -> Iterator[Block | Portion]:
    seen = Seen()
    for argument in arguments:
        account.met += 1
        for record in _iter_argument(argument, stdin, limits, account, seen):
            account.count(record)
            yield record


def _iter_argument(
    argument: str, stdin: BinaryIO, limits: Limits, account: Account, seen: Seen
) -> Iterator[Block | Portion]:
    if argument == "-":
        yield from _iter_stdin(stdin, limits, account)
        return
    named = (argument, Path(argument))
    try:
        found = _is_there(named[1])
    except (OSError, ValueError) as error:
        yield unread(argument, *told(error))
        return
    if found and named[1].is_dir():
        yield from _iter_folder(named, limits, account, seen)
    elif found:
        yield from _iter_file(named, limits, account, seen)
    elif not _MAGIC.isdisjoint(argument) and "://" not in argument:
        yield from _iter_pattern(argument, limits, account, seen)
    else:
        account.missed(argument, "it is not there any more")
        yield _absent(argument)


def _iter_stdin(stdin: BinaryIO, limits: Limits, account: Account) -> Iterator[Block]:
    if account.has_stdin:
        account.skip(_STDIN, "named twice; read once")
        return
    account.has_stdin = True
    try:
        yield from account.read(stdin, _STDIN, limits)
    except OSError as error:
        yield unread(_STDIN, *told(error))


def _iter_pattern(pattern: str, limits: Limits, account: Account, seen: Seen) -> Iterator[Block | Portion]:
    from glob import glob  # noqa: PLC0415 - patterns come expanded; only glob keeps them as typed

    names = sorted(glob(pattern, recursive=True))  # noqa: PTH207 - as above
    if not names:
        yield unread(pattern, "no file matches the pattern", _look_into(Path(pattern).parent))
    for name in names:
        named = (name, Path(name))
        if named[1].is_dir():
            account.skip(name, "a folder that a pattern matched; name it to have it read")
        else:
            yield from _iter_file(named, limits, account, seen)


def _iter_folder(folder: _Named, limits: Limits, account: Account, seen: Seen) -> Iterator[Block | Portion]:
    before = account.passed_over
    found = False
    for named in _iter_below(folder, account):
        found = True
        if isinstance(named, Unreadable):
            yield named
        else:
            yield from _iter_file(named, limits, account, seen)
    passed_over = account.passed_over - before
    if not found and passed_over:
        reason = f"a folder without captures: passed over were {passed_over} paths in it"
        yield unread(
            folder[0], reason, "name a file to have it read whatever it is called", expected=_CAPTURES
        )
    elif not found:
        yield unread(folder[0], "an empty folder", "capture something into it first", expected=_CAPTURES)


def _iter_below(folder: _Named, account: Account) -> Iterator[_Named | Unreadable]:
    """Iterate over the files below a folder that may be captures; a folder is entered once.

    Of a folder its names alone are held: it may have a million.
    """
    waiting: list[Iterator[_Named]] = [iter((folder,))]
    entered: set[tuple[int, int]] = set()
    while waiting:
        named = next(waiting[-1], None)
        if named is None:
            waiting.pop()
            continue
        try:
            info = named[1].stat()
            if not stat.S_ISDIR(info.st_mode):
                yield named
                continue
            if identity(info) in entered:
                account.skip(named[0], "a link to a folder that was read already")
                continue
            entered.add(identity(info))
            names = sorted(path.name for path in named[1].iterdir())
        except OSError as error:
            yield unread(named[0], *told(error))
            continue
        waiting.append(_kept(named, names, account))


def _kept(folder: _Named, names: Iterable[str], account: Account) -> Iterator[_Named]:
    for name in names:
        child = (f"{folder[0].rstrip('/')}/{name}", folder[1] / name)
        why = _why_passed_over(child[1])
        if why:
            account.skip(child[0], why)
        else:
            yield child


def _why_passed_over(path: Path) -> str | None:
    if path.name.startswith("."):
        return foreign(path.name)
    try:
        mode = path.stat().st_mode
    except OSError:
        return None
    if stat.S_ISDIR(mode):
        return None
    return foreign(path.name) if stat.S_ISREG(mode) else "neither a file nor a folder"


def foreign(name: str) -> str | None:
    """Return why a file of a folder is passed over that bears a name, or None where it is read."""
    if name.startswith("."):
        return "hidden"
    if name in _MARKERS:
        return "a table's own marker"
    suffix = Path(name).suffix.lower()
    return f"not a capture by its name ({suffix})" if suffix in _FOREIGN else None


def _iter_file(named: _Named, limits: Limits, account: Account, seen: Seen) -> Iterator[Block | Portion]:
    index = 0
    try:
        info = named[1].stat()
        if stat.S_ISFIFO(info.st_mode):
            yield from _iter_pipe(named, limits, account)
        elif not stat.S_ISREG(info.st_mode):
            yield unread(named[0], "a device or socket, not a file", "for standard input type -")
        elif seen.before(info):
            account.skip(named[0], "named twice; read once")
        else:
            with named[1].open("rb") as stream:
                if account.marks is not None:
                    account.marks.meet(shown(named[0]), info.st_size, stream.read)
                    stream.seek(0)
                most = account.sizes.get(named[0], info.st_size) or None  # a file of the system may say 0
                for record in account.read_file(stream, shown(named[0]), limits, most=most):
                    index += size_of(record)
                    yield record
    except OSError as error:
        if not index:
            account.missed(named[0], told(error)[0])
        yield unread(named[0], *told(error), index=index)


def _iter_pipe(named: _Named, limits: Limits, account: Account) -> Iterator[Block]:
    """Iterate over the records of a named pipe (`<(curl …)`); a writer that never comes is not waited for."""
    from select import select  # noqa: PLC0415 - few inputs are pipes

    descriptor = os.open(named[1], os.O_RDONLY | os.O_NONBLOCK)
    with open(descriptor, "rb", buffering=0) as stream:  # noqa: PTH123 - a descriptor, no path
        select([descriptor], [], [], _PATIENCE)
        first = stream.read(1)
        if first == b"":
            hint = "start the writer first, or pipe into standard input"
            yield unread(named[0], "a pipe that nobody writes to", hint)
            return
        os.set_blocking(descriptor, True)
        yield from account.read(Pipe(first or b"", stream), shown(named[0]), limits)


def _is_there(path: Path) -> bool:
    """Return whether something bears the name, be it a link to nothing."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _absent(argument: str) -> Unreadable:
    from wireproof.errors import nearest  # noqa: PLC0415 - only a wrong name pays for it

    if "://" in argument:
        is_web = argument.startswith(("http://", "https://"))
        hint = "fetch it first: curl -i URL > answer.txt" if is_web else "have it read: audit --engine dask"
        return unread(argument, "a URL; nothing is fetched here", hint)
    wanted = Path(argument)
    missing, rest = wanted, Path()
    while not missing.parent.is_dir() and missing != missing.parent:
        missing, rest = missing.parent, missing.name / rest
    try:
        near = nearest(missing.name, (path.name for path in missing.parent.iterdir()))
    except OSError:
        near = None
    reason = "no such file or folder" if missing == wanted else f"there is no folder {shown(str(missing))}"
    if near is None:
        return unread(argument, reason, _look_into(missing.parent))
    close = missing.parent / near
    return unread(argument, reason, f"did you mean {close / rest if (close / rest).exists() else close} ?")


def _look_into(folder: Path) -> str:
    return f"see what is there: ls {shown(str(folder))}"


def _begun(stream: BinaryIO) -> bytes:
    """Return the first bytes of a file; it stands at its beginning then and now."""
    head = stream.read(HEAD)
    stream.seek(0)
    return head


def _records(blocks: Iterable[Lines | Unreadable], limits: Limits) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Lines):
            yield from (record_of(block, number, limits) for number in range(len(block.data)))
        else:
            yield block
