"""One audit in several processes: each judges its share, and the reports merge.

Lines are shared out as the processes come for them, and tables by their rows; what has to be read
from its beginning (what is compressed, a HAR) each reads all of.  Every process knows the numbers
of its records: places and sightings come out the same however many there are.
"""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import signal
from dataclasses import dataclass, field, replace
from functools import reduce
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wireproof.counts import digest_of
from wireproof.examining import Examiner, Options
from wireproof.readers import BLOCKS, Portion, size_of
from wireproof.readers.har import Entries
from wireproof.readers.jsonlines import Lines
from wireproof.report import Report
from wireproof.sharing import Share, Turns
from wireproof.sources import Account, iter_shares
from wireproof.unread import failed, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import BinaryIO

    from wireproof.contract import Contract
    from wireproof.finding import Finding
    from wireproof.marks import Marks
    from wireproof.readers import Block

__all__ = ["Listener", "Work", "be_unhurried", "judge_share", "judge_together", "unskipped"]

_NEVER = 1 << 62
_RECORDS = 42
"""Two to this power is how many records a source has at most."""
_UNHURRIED = 200_000
"""How many containers may be made before the collector looks for cycles; batches have none."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be judged: the sources, and how many records of each are to be passed over, by its digest.

    `sizes` says how far files are read that may grow meanwhile; without it as far as they go when
    they are opened.  `marks` tells whether they are those of which some records were judged before.
    """

    inputs: Sequence[str]
    skip: Mapping[int, int] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    marks: Marks | None = None


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told how an audit in several processes gets on, and has a say in it.

    `told` is told every now and then how many records were judged and how many bytes were read; where
    it returns False, all stop, with a report on the first part.  `found` is given findings as they
    come, one perhaps several times.  Where `wanted` says so, `kept` is given the report so far, on the
    first part.
    """

    told: Callable[[int, int], bool] = lambda _records, _read: True
    found: Callable[[Iterable[Finding]], None] = lambda _findings: None
    wanted: Callable[[], bool] = lambda: False
    kept: Callable[[Report], None] = lambda _report: None


def judge_share(
    examiner: Examiner,
    work: Work,
    *,
    stdin: BinaryIO,
    share: Share | None = None,
    step: Callable[[int, int, int], bool],
) -> tuple[bool, Account]:
    """Judge some sources, or a share of them; return whether all of it was judged, and their account.

    `step` is told the number of the block that comes next, how many records of it were judged, and
    how many bytes were read; where it returns False the work ends there.  Blocks have the same
    numbers in every process, and are met in their order.
    """
    account = Account(sizes=work.sizes, marks=work.marks, share=share)
    met = turn = 0
    for block in iter_shares(work.inputs, stdin=stdin, account=account):
        before, met = met, account.met
        turn = block.start if isinstance(block, Portion) else turn + 1 if met == before else 0
        number = met << _RECORDS | turn
        if not step(number, 0, account.taken):
            return False, account
        if isinstance(block, Portion):
            judged = sum(_judged(examiner, part, work.skip) for part in block.blocks or ())
        else:
            mine = share is None or (met + turn) % share.of == share.part
            judged = _judged(examiner, block, work.skip) if mine else 0
        if judged:
            step(number, judged, account.taken)
    return True, account


def _judged(examiner: Examiner, block: Block, skip: Mapping[int, int]) -> int:
    """Judge what of a block was not judged before; return how many records that was."""
    wanted = unskipped(block, skip)
    return 0 if wanted is None else examiner.take_block(wanted)


def unskipped(block: Block, skip: Mapping[int, int]) -> Block | None:
    """Return what of a block is behind the first records of its source that are passed over."""
    if not skip:
        return block
    source, start = (
        (block.source, block.start)
        if isinstance(block, BLOCKS)
        else (block.origin.source, block.origin.index)
    )
    over = skip.get(digest_of(source), 0) - start
    if over <= 0:
        return block
    if over >= size_of(block) or not isinstance(block, BLOCKS):
        return None
    if isinstance(block, Entries):
        return Entries(source, block.data[over:], start + over, block.values[over:])
    byte = block.byte + sum(map(len, block.data[:over])) + block.end * over
    return Lines(source, block.data[over:], start + over, block.line + over, byte, block.end)


def judge_together(
    contracts: Sequence[Contract],
    options: Options,
    work: Work,
    *,
    processes: int,
    listener: Listener,
) -> tuple[Report, bool]:
    """Return the report on some sources, judged by several processes, and whether it is on all of them.

    All processes stop, or report, before the same block.
    """
    work = _marked(work)
    context = multiprocessing.get_context()
    board = _Board(context, processes, recordings=len(work.inputs))
    waiting: dict[Any, Any] = {}
    for part in range(processes):
        receiver, sender = context.Pipe(duplex=False)
        told = (contracts, options, work, part, board, sender)
        waiting[receiver] = context.Process(target=_work, args=told, daemon=True)
        waiting[receiver].start()
        sender.close()  # before the next process is made, which would hold it open
    started = list(waiting.values())
    try:
        reports = _gathered(waiting, board, listener)
    finally:
        for process in started:
            process.kill()  # those that wait for one that failed, or was killed
            process.join()
    return reduce(Report.merge, reports), not board.stopped


def _gathered(waiting: dict[Any, Any], board: _Board, listener: Listener) -> list[Report]:
    """Return the last reports of processes, known by what receives them; tell what comes before."""
    reports: list[Report] = []
    so_far: list[Report] = []
    processes = len(waiting)
    while waiting:
        for receiver in multiprocessing.connection.wait(list(waiting), timeout=0.2):
            report, ended = _received(receiver, waiting[receiver])
            if isinstance(report, tuple):
                listener.found(report)
                continue
            if ended:
                waiting.pop(receiver).join()
            (reports if ended else so_far).append(report)
        if len(so_far) == processes:
            listener.kept(reduce(Report.merge, so_far))
            so_far = []
            board.saved()
        if not listener.told(*board.done()):
            board.stop()
        elif not reports and listener.wanted():
            board.save()
    return reports


def _marked(work: Work) -> Work:
    """Return work whose files are marked; raises `UsageError` as `Marks` does."""
    if work.marks is None:
        return work
    for name, size in work.sizes.items():
        try:
            with Path(name).open("rb") as stream:
                work.marks.meet(shown(name), size, stream.read)
        except OSError as error:
            work.marks.missed(shown(name), failed(name, error).reason)
    return replace(work, marks=None)


class _Board:
    """What the processes of an audit tell each other: how far each is, where to stop, where to report.

    A process says which block it begins, and learns whether that lies behind such a place, at one
    moment: so a place that lies ahead of all lies ahead of each.
    """

    def __init__(self, context: Any, processes: int, *, recordings: int) -> None:
        self.processes = processes
        self.turns = Turns(context, recordings)
        self._lock = context.Lock()
        self._parts = context.Array("q", [0, 0, 0, 0] * processes, lock=False)
        self._marks = context.Array("q", [_NEVER, _NEVER], lock=False)

    def begun(self, part: int, number: int, read: int) -> tuple[bool, bool]:
        """Say which block a process begins; return whether to stop there, and whether to report there."""
        with self._lock:
            stop, save = self._marks
            begun = self._parts[4 * part : 4 * part + 4]
            is_due = number >= save != begun[3]
            self._parts[4 * part : 4 * part + 4] = [number, begun[1], read, save if is_due else begun[3]]
            return number >= stop, is_due

    def judged(self, part: int, records: int, read: int) -> None:
        """Say how many records a process has judged."""
        self._parts[4 * part + 1] += records
        self._parts[4 * part + 2] = read

    def done(self) -> tuple[int, int]:
        """Return how many records were judged, and how many bytes were read."""
        return sum(self._parts[1::4]), max(self._parts[2::4])

    def stop(self) -> None:
        """Let all processes stop before the same block."""
        with self._lock:
            if self._marks[0] == _NEVER:
                self._marks[0] = max(self._parts[0::4]) + 1

    def save(self) -> None:
        """Let all processes report before the same block, if they are not about to do so."""
        with self._lock:
            if self._marks[1] == _NEVER:
                self._marks[1] = max(self._parts[0::4]) + 1

    def saved(self) -> None:
        """Take note that all have reported."""
        with self._lock:
            self._marks[1] = _NEVER

    @property
    def stopped(self) -> bool:
        """Return whether the processes were told to stop."""
        return bool(self._marks[0] != _NEVER)


def _received(receiver: Any, process: Any) -> tuple[Report | tuple[Finding, ...], bool]:
    """Return what a process has found or reports, and whether that is its last."""
    try:
        report, ended = receiver.recv()
    except EOFError:
        process.join()
        message = f"a worker process ended early (exit code {process.exitcode})"
        raise RuntimeError(message) from None
    if isinstance(report, Exception):
        process.join()
        raise report
    assert isinstance(report, Report | tuple)  # noqa: S101 - what `_work` sends
    return report, ended


def be_unhurried() -> None:
    """Let the collector of this process look for cycles seldom: parsed bodies have none, and are many."""
    gc.set_threshold(_UNHURRIED)


def _work(contracts: Sequence[Contract], options: Options, work: Work, part: int, *ends: Any) -> None:
    """Judge a share in a process of its own; the signals that end an audit are its parent's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    be_unhurried()
    board, sender = ends
    parent = multiprocessing.parent_process()

    def step(number: int, judged: int, read: int) -> bool:
        if judged:
            board.judged(part, judged, read)
            if fresh := examiner.fresh():
                sender.send((tuple(fresh), False))
            return True
        stop, save = board.begun(part, number, read)
        if save and not stop:
            sender.send((examiner.report(), False))
        return not stop and parent is not None and parent.is_alive()

    try:
        examiner = Examiner(contracts, options=options)
        share = Share(part, board.processes, board.turns)
        judge_share(examiner, work, stdin=BytesIO(), share=share, step=step)
        sender.send((examiner.report(), True))
    except Exception as error:  # noqa: BLE001 - the parent tells it
        sender.send((error, True))
