"""One audit on many machines: Dask carries pieces of recordings to its workers and reports back.

What is judged and how is `wireproof.pieces`; here stands what is particular to the engine: how it
is reached or started, what may go wrong with its workers, and in which order reports come together.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, reduce
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import uuid4

from wireproof import __version__, pieces
from wireproof.errors import InputError, UsageError
from wireproof.examining import Examiner
from wireproof.report import Report
from wireproof.sources import failed
from wireproof.workers import unskipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from wireproof.contract import Contract
    from wireproof.examining import Options
    from wireproof.pieces import File, Piece
    from wireproof.workers import Work

__all__ = ["INSTALL", "Engine", "judge_on_cluster"]

INSTALL = "pip install 'wireproof[cluster]'"
_REACHED = 5.0
"""Seconds in which a scheduler must answer."""
_PATIENCE = 30.0
"""Seconds without a worker, or without the scheduler, after which the audit gives up."""
_LEAST, _MOST = 1 << 22, 1 << 26
_EACH = 4
"""How many tasks a thread of a worker gets, where there is much: the last ones end together."""
_RETRIES = 2


@dataclass(frozen=True, slots=True)
class Engine:
    """Which Dask: the scheduler at an address, or worker processes here; else as Dask is set."""

    address: str | None = None
    workers: int | None = None

    @classmethod
    def from_text(cls, text: str) -> Engine:
        """Return the engine that `dask`, `dask=4` or `dask=tcp://host:8786` names; raises `UsageError`."""
        name, _, where = text.partition("=")
        hint = "write dask, dask=4, or dask=tcp://scheduler:8786"
        if name != "dask" or (not where and "=" in text):
            raise UsageError(f"there is no engine {text!r}", hint=hint)
        if where.isdigit():
            if not 1 <= int(where) <= 256:  # noqa: PLR2004 - more are a slip of the finger
                raise UsageError(f"{where} is no number of workers from 1 to 256", hint=hint)
            return cls(workers=int(where))
        if where and ":" not in where:
            raise UsageError(f"{where!r} is no address of a scheduler", hint=hint)
        return cls(address=where or None)


def judge_on_cluster(
    contracts: Sequence[Contract],
    options: Options,
    work: Work,
    *,
    engine: Engine,
    stdin: BinaryIO,
    told: Callable[[int, int], bool],
) -> Report:
    """Return the report on some sources, judged by the workers of an engine.

    `told` is told every now and then how many records were judged and how many bytes; where it
    returns False, the work ends, and the report is on the first part of it.  What only this
    process can read (standard input, pipes) it judges itself.  Raises `UsageError` where the engine
    is not installed, and `InputError` where it cannot be reached or cannot judge.
    """
    own = Examiner(contracts, options=options)
    files: list[File] = []
    left = dict(work.skip)
    for entry in pieces.listed(work.inputs, stdin=stdin, marks=work.marks):
        if isinstance(entry, pieces.File):
            files.append(entry)
        elif not told(0, 0):
            return own.report()
        elif (wanted := unskipped(entry, left)) is not None:
            own.take_block(wanted)
    brief = pickle.dumps((tuple(contracts), options, dict(work.skip)))
    with _client(engine) as client:
        threads = _probed(client)
        size = _size(files, threads)
        crew = _Crew(client, brief, told)
        cuts = [_cut(file, size, own) for file in files]
        reports = [own.report()]
        if crew.measure(cuts):
            chosen = pieces.without((piece for cut in cuts for piece in cut), work.skip)
            reports += crew.judge(list(pieces.gathered(chosen, size=size)))
    return reduce(Report.merge, reports)


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

    def __init__(self, client: Any, brief: bytes, told: Callable[[int, int], bool]) -> None:
        self._client, self._told = client, told
        self._brief = client.submit(_same, brief, key=f"wireproof-brief-{uuid4()}")
        self._records = self._read = 0
        self._answers: SimpleQueue[tuple[int, Any]] = SimpleQueue()
        self._pending: dict[int, Any] = {}
        self._lacking: dict[int, set[str]] = {}

    def measure(self, cuts: list[list[Piece]]) -> bool:
        """Find the numbers of the records of pieces that are lines; return whether it came to an end."""
        wanted = [
            (at, part)
            for at, cut in enumerate(cuts)
            for part, piece in enumerate(cut)
            if piece.form == "lines"
        ]
        tasks = [cuts[at][part] for at, part in wanted]
        extents = dict(self._done(tasks, lambda task, **_: (_extent, task)))
        if len(extents) < len(tasks):
            return False
        by_file: dict[int, list[pieces.Extent]] = {}
        for number, (at, _) in enumerate(wanted):
            by_file.setdefault(at, []).append(extents[number])
        for at, found in by_file.items():
            cuts[at] = pieces.placed(cuts[at], found)
        return True

    def judge(self, batches: list[tuple[Piece, ...]]) -> Iterator[Report]:
        """Iterate over the merged report on the first batches, without a gap: all, if nothing stops it."""
        held: dict[int, Report] = {}
        merged: Report | None = None
        following = 0

        def task(batch: tuple[Piece, ...], *, forgiving: bool) -> tuple[Any, ...]:
            return _judged, batch, self._brief, forgiving

        for number, report in self._done(batches, task):
            held[number] = report
            self._records += report.exchanges + report.unreadable
            self._read += sum(piece.size for piece in batches[number])
            while following in held:
                part = held.pop(following)
                merged = part if merged is None else merged.merge(part)
                following += 1
        if merged is not None:
            yield merged

    def _done(self, tasks: Sequence[Any], call: Callable[..., tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        """Iterate over the numbers of the tasks with their answers as they come, to the end or a stop."""
        for number, task in enumerate(tasks):
            self._submit(number, task, call, forgiving=False)
        heard = monotonic()
        try:
            while self._pending:
                if not self._told(self._records, self._read):
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
            self._pending.clear()

    def _submit(
        self, number: int, task: Any, call: Callable[..., tuple[Any, ...]], *, forgiving: bool
    ) -> None:
        lacking = self._lacking.get(number)
        where = [name for name in _workers(self._client) if name not in lacking] if lacking else None
        function, *arguments = call(task, forgiving=forgiving)
        future = self._client.submit(
            function, __version__, *arguments, pure=False, retries=0 if forgiving else _RETRIES, workers=where
        )
        self._pending[number] = future
        future.add_done_callback(lambda done: self._answers.put((number, done)))

    def _answer(self, number: int, future: Any, task: Any, call: Callable[..., tuple[Any, ...]]) -> Any:
        """Return what a worker answered, or None where the task is given out again; raises what is wrong."""
        if future.cancelled():
            raise _gone()
        error = future.exception()
        if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            self._submit(number, task, call, forgiving=True)
            return None
        if error is not None:
            raise _explained(error, task)
        answer = future.result()
        if not isinstance(answer, _Lacking):
            return answer
        lacking = self._lacking.setdefault(number, set())
        lacking.add(answer.worker)
        if lacking >= set(_workers(self._client)):
            hint = (
                "put it where every worker finds it under the same path, or name it by a URL, such as s3://…"
            )
            raise InputError(f"no worker has the file {answer.path}", hint=hint)
        self._submit(number, task, call, forgiving=False)
        return None

    def _alive(self, heard: float) -> float:
        """Return when the cluster was last known to work; raises `InputError` where that is long ago."""
        if monotonic() - heard < _PATIENCE:
            return heard
        if self._client.status != "running":
            raise _gone()
        if not _workers(self._client):
            raise InputError(
                "the cluster has lost all its workers", hint="look at their logs: is memory short ?"
            )
        return monotonic()


@dataclass(frozen=True, slots=True)
class _Lacking:
    """The answer of a worker that does not find a file."""

    path: str
    worker: str


def _workers(client: Any) -> list[str]:
    return list(client.nthreads())


def _gone() -> InputError:
    return InputError("the scheduler is gone", hint="start it again, then the audit")


def _explained(error: BaseException, task: Any) -> BaseException:
    """Return an error as it is told to a person."""
    from distributed import KilledWorker  # noqa: PLC0415 - an extra

    if not isinstance(error, KilledWorker):
        return error
    first = task[0] if isinstance(task, tuple) else task
    message = (
        f"{error.allowed_failures + 1} workers died, one after another, over a part of {first.file.source}"
    )
    return InputError(message, hint="look at their logs: is memory short ?")


def _same(brief: bytes) -> bytes:
    """Return what is given: a task that any worker can do again when another one is gone."""
    return brief


def _extent(version: str, piece: Piece) -> pieces.Extent | _Lacking:
    _check_version(version)
    try:
        return pieces.extent(piece)
    except FileNotFoundError:
        return _Lacking(piece.file.path, _here())


def _judged(version: str, batch: tuple[Piece, ...], brief: bytes, forgiving: bool) -> Report | _Lacking:  # noqa: FBT001 - the engine hands arguments over by place
    _check_version(version)
    contracts, options, skip = _unpacked(brief)
    try:
        return pieces.judged(batch, contracts, options, skip=skip, forgiving=forgiving)
    except FileNotFoundError as error:
        return _Lacking(str(error.filename or batch[0].file.path), _here())


@lru_cache(maxsize=4)
def _unpacked(brief: bytes) -> tuple[tuple[Contract, ...], Options, Mapping[int, int]]:
    found: tuple[tuple[Contract, ...], Options, Mapping[int, int]] = pickle.loads(brief)  # noqa: S301 - from our own command
    return found


def _check_version(version: str) -> None:
    if version != __version__:
        raise _other_version({_here(): __version__})


def _here() -> str:
    from distributed import get_worker  # noqa: PLC0415 - an extra

    return str(get_worker().address)


def _other_version(found: Mapping[str, str]) -> InputError:
    told = "; ".join(f"{worker} has {version}" for worker, version in sorted(found.items())[:5])
    return InputError(
        f"this is wireproof {__version__}, but worker {told}",
        hint=f"install the same on every worker: pip install 'wireproof[cluster]=={__version__}'",
    )


def _probed(client: Any) -> int:
    """Return how many threads the workers have; raises `InputError` where they cannot judge as we do."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        hint = "start some: dask worker ADDRESS"
        raise InputError("the cluster has no workers", hint=hint) from None

    def version() -> str:  # a local function goes to the workers by value: they may not have the package
        try:
            from wireproof import __version__ as there  # noqa: PLC0415 - imported on the worker
            from wireproof.cluster import judge_on_cluster  # noqa: F401, PLC0415 - likewise
        except ImportError as error:
            return f"none: {error}"
        return there

    found = client.run(version)
    others = {worker: there for worker, there in found.items() if there != __version__}
    if others:
        raise _other_version(others)
    threads: int = sum(client.nthreads().values())
    return max(1, threads)


@contextmanager
def _client(engine: Engine) -> Iterator[Any]:
    """Give a client of the engine; a cluster that is started for it ends with it."""
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra, slow to import
        from distributed.comm import CommClosedError  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise UsageError("the engine dask is not installed", hint=f"install it: {INSTALL}") from error
    import dask  # noqa: PLC0415 - as above

    address = engine.address
    if address is None and engine.workers is None:
        address = dask.config.get("scheduler-address", None)
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)  # what goes wrong is told once, in our own words
    try:
        if address is not None:
            with _reached(Client, address) as client:
                yield client
            return
        count = engine.workers or len(os.sched_getaffinity(0))
        with _started(LocalCluster, count) as cluster, Client(cluster) as client:
            yield client
    except (CommClosedError, TimeoutError) as error:
        raise _gone() from error
    finally:
        logging.disable(level)


def _reached(client: Any, address: str) -> Any:
    try:
        return client(address, timeout=_REACHED)
    except Exception as error:
        hint = "start it (dask scheduler), or check the address and the network between"
        raise InputError(f"no Dask scheduler answers at {address}", hint=hint) from error


def _started(cluster: Any, count: int) -> Any:
    """Return a cluster of some worker processes here, deaf to Ctrl-C: that is the affair of this process."""
    own = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if own else None
    try:
        return cluster(
            n_workers=count,
            threads_per_worker=1,
            memory_limit=0,
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        )
    finally:
        if own:
            signal.signal(signal.SIGINT, before)
