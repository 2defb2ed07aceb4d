"""One audit on many machines: Dask carries pieces of recordings to its workers and reports back.

What is judged and how is `wireproof.pieces`, how the engine is reached `wireproof.scheduler`; here
stands what its workers are given to do, what may go wrong with them, and in which order reports
come together.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import lru_cache
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any, BinaryIO, Literal
from uuid import uuid4

from wireproof import __version__, pieces
from wireproof.errors import InputError
from wireproof.examining import Examiner
from wireproof.scheduler import PATIENCE, check_version, client_of, gone, here, probed, workers_of
from wireproof.unread import failed
from wireproof.workers import Listener, unskipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from wireproof.contract import Contract
    from wireproof.examining import Options
    from wireproof.pieces import File, Piece
    from wireproof.report import Report
    from wireproof.scheduler import Engine
    from wireproof.workers import Work

__all__ = ["judge_on_cluster"]

_LEAST, _MOST = 1 << 22, 1 << 26
_EACH = 4
"""How many tasks a thread of a worker gets, where there is much: the last ones end together."""
_TRIES = 3
"""How often a file is read that the disk, or the storage, says no to; of one that is lost, once."""


def judge_on_cluster(
    contracts: Sequence[Contract],
    options: Options,
    work: Work,
    *,
    engine: Engine,
    stdin: BinaryIO,
    listener: Listener,
) -> Report:
    """Return the report on some sources, judged by the workers of an engine.

    Where the listener stops the work, the report is on the first part of it; what it is given to
    keep is such a report too.  What only this process can read (standard input, pipes) it judges
    itself.  Raises `UsageError` where the engine is not installed, and `InputError` where it cannot
    be reached or cannot judge.
    """
    own = Examiner(contracts, options=options)
    files: list[File] = []
    for entry in pieces.listed(work.inputs, stdin=stdin, marks=work.marks):
        if isinstance(entry, pieces.File):
            files.append(entry)
        elif not listener.told(0, 0):
            return own.report()
        elif (wanted := unskipped(entry, work.skip)) is not None:
            own.take_block(wanted)
            listener.found(own.fresh())
    brief = pickle.dumps((tuple(contracts), options, dict(work.skip)))
    with client_of(engine) as client:
        threads = probed(client)
        size = _size(files, threads)
        crew = _Crew(client, brief, listener)
        cuts = [_cut(file, size, own) for file in files]
        if not crew.measure(cuts):
            return own.report()
        chosen = pieces.without((piece for cut in cuts for piece in cut), work.skip)
        return crew.judge(list(pieces.gathered(chosen, size=size)), own.report())


def _cut(file: File, size: int, own: Examiner) -> list[Piece]:
    try:
        return pieces.cut(file, size=size)
    except OSError as error:
        own.take(failed(file.source, error))
        return []


def _size(files: Sequence[File], threads: int) -> int:
    whole = sum(file.size for file in files)
    return min(max(whole // (_EACH * threads), _LEAST), _MOST)


class _Crew:
    """The workers of a cluster: what they are given to do, and what comes back, in order."""

    def __init__(self, client: Any, brief: bytes, listener: Listener) -> None:
        self._client, self._listener = client, listener
        self._brief = client.submit(_same, brief, key=f"wireproof-brief-{uuid4()}")
        self._records = self._read = 0
        self._answers: SimpleQueue[tuple[int, Any]] = SimpleQueue()
        self._pending: dict[int, Any] = {}
        self._lacking: dict[int, set[str]] = {}
        self._tries: dict[int, int] = {}
        self._lost: set[str] = set()

    def measure(self, cuts: list[list[Piece]]) -> bool:
        """Find the numbers of the records of pieces that are lines; return whether it came to an end."""
        wanted = [
            (at, part)
            for at, cut in enumerate(cuts)
            for part, piece in enumerate(cut)
            if piece.form == "lines"
        ]
        tasks = [cuts[at][part] for at, part in wanted]
        extents = dict(self._done(tasks, lambda task, *, forgiving: (_extent, task, forgiving)))
        if len(extents) < len(tasks):
            return False
        by_file: dict[int, list[pieces.Extent | None]] = {}
        for number, (at, _) in enumerate(wanted):
            by_file.setdefault(at, []).append(extents[number] or None)
        for at, found in by_file.items():
            known = [extent for extent in found if extent is not None]
            whole = len(known) < len(found)
            cuts[at] = [pieces.whole(cuts[at][0].file)] if whole else pieces.placed(cuts[at], known)
        return True

    def judge(self, batches: list[tuple[Piece, ...]], merged: Report) -> Report:
        """Return a report merged with that on the first batches, without a gap: all, if nothing stops it.

        Such a report is kept where the listener wants one; findings are told as they come, in any order.
        """
        held: dict[int, Report] = {}
        following = 0

        def task(batch: tuple[Piece, ...], *, forgiving: bool) -> tuple[Any, ...]:
            return _judged, batch, self._brief, forgiving

        for number, report in self._done(batches, task):
            self._listener.found(finding for finding in report.findings if finding not in report.told)
            held[number] = report
            self._records += report.exchanges + report.unreadable
            self._read += sum(piece.size for piece in batches[number])
            while following in held:
                merged = merged.merge(held.pop(following))
                following += 1
            if self._listener.wanted():
                self._listener.kept(merged)
        return merged

    def _done(self, tasks: Sequence[Any], call: Callable[..., tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        """Iterate over the numbers of the tasks with their answers as they come, to the end or a stop."""
        for number, task in enumerate(tasks):
            self._submit(number, task, call, forgiving=False)
        heard = monotonic()
        try:
            while self._pending:
                if not self._listener.told(self._records, self._read):
                    return
                try:
                    number, future = self._answers.get(timeout=0.2)
                except Empty:
                    heard = self._alive(heard)
                    continue
                heard = monotonic()
                if self._pending.get(number) is not future:
                    continue
                del self._pending[number]
                answer = self._answer(number, future, tasks[number], call)
                if answer is not None:
                    yield number, answer
        finally:
            if self._client.status == "running":
                self._client.cancel(list(self._pending.values()))
            for held in (self._pending, self._lacking, self._tries):
                held.clear()

    def _submit(
        self, number: int, task: Any, call: Callable[..., tuple[Any, ...]], *, forgiving: bool
    ) -> None:
        lacking = self._lacking.get(number)
        where = [name for name in workers_of(self._client) if name not in lacking] if lacking else None
        function, *arguments = call(task, forgiving=forgiving)
        future = self._client.submit(function, __version__, *arguments, pure=False, workers=where)
        self._pending[number] = future
        future.add_done_callback(lambda done: self._answers.put((number, done)))

    def _answer(self, number: int, future: Any, task: Any, call: Callable[..., tuple[Any, ...]]) -> Any:
        """Return what a worker answered, or None where the task is given out again; raises what is wrong."""
        if future.cancelled():
            raise gone()
        error = future.exception()
        if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            file = error.filename or _first(task).file.path
            self._tries[number] = self._tries.get(number, 0) + 1
            if self._tries[number] >= _TRIES:
                self._lost.add(file)
            self._submit(number, task, call, forgiving=file in self._lost)
            return None
        if error is not None:
            raise _explained(error, task)
        answer = future.result()
        if not isinstance(answer, _Lacking):
            return answer
        lacking = self._lacking.setdefault(number, set())
        lacking.add(answer.worker)
        if lacking >= set(workers_of(self._client)):
            hint = (
                "put it where every worker finds it under the same path, or name it by a URL, such as s3://…"
            )
            raise InputError(f"no worker has the file {answer.path}", hint=hint)
        self._submit(number, task, call, forgiving=False)
        return None

    def _alive(self, heard: float) -> float:
        """Return when the cluster was last known to work; raises `InputError` where that is long ago."""
        if monotonic() - heard < PATIENCE:
            return heard
        if self._client.status != "running":
            raise gone()
        if not workers_of(self._client):
            raise InputError(
                "the cluster has lost all its workers", hint="look at their logs: is memory short ?"
            )
        return monotonic()


@dataclass(frozen=True, slots=True)
class _Lacking:
    """The answer of a worker that does not find a file."""

    path: str
    worker: str


def _explained(error: BaseException, task: Any) -> BaseException:
    """Return an error as it is told to a person."""
    from distributed import KilledWorker  # noqa: PLC0415 - an extra

    if not isinstance(error, KilledWorker):
        return error
    source = _first(task).file.source
    message = f"{error.allowed_failures + 1} workers died, one after another, over a part of {source}"
    return InputError(message, hint="look at their logs: is memory short ?")


def _first(task: Piece | tuple[Piece, ...]) -> Piece:
    return task[0] if isinstance(task, tuple) else task


def _same(brief: bytes) -> bytes:
    """Return what is given: a task that any worker can do again when another one is gone."""
    return brief


def _extent(version: str, piece: Piece, forgiving: bool) -> pieces.Extent | _Lacking | Literal[False]:  # noqa: FBT001 - the engine hands arguments over by place
    """Return what a piece holds; False where that cannot be read, and it is `forgiving`."""
    check_version(version)
    try:
        return pieces.extent(piece)
    except FileNotFoundError:
        return _Lacking(piece.file.path, here())
    except OSError:
        if not forgiving:
            raise
        return False


def _judged(version: str, batch: tuple[Piece, ...], brief: bytes, forgiving: bool) -> Report | _Lacking:  # noqa: FBT001 - the engine hands arguments over by place
    check_version(version)
    contracts, options, skip = _unpacked(brief)
    try:
        return pieces.judged(batch, contracts, options, skip=skip, forgiving=forgiving)
    except FileNotFoundError as error:
        return _Lacking(str(error.filename or batch[0].file.path), here())


@lru_cache(maxsize=4)
def _unpacked(brief: bytes) -> tuple[tuple[Contract, ...], Options, Mapping[int, int]]:
    found: tuple[tuple[Contract, ...], Options, Mapping[int, int]] = pickle.loads(brief)  # noqa: S301 - from our own command
    return found
