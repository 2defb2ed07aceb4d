"""Dask, reached or started: which scheduler, which workers, and whether they judge as this process does."""

from __future__ import annotations

import logging
import os
import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wireproof import __version__
from wireproof.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "INSTALL",
    "PATIENCE",
    "Engine",
    "check_version",
    "client_of",
    "gone",
    "here",
    "probed",
    "workers_of",
]

INSTALL = "pip install 'wireproof[cluster]'"
_REACHED = 5.0
"""Seconds in which a scheduler must answer."""
PATIENCE = 30.0
"""Seconds without a worker, or without the scheduler, after which the audit gives up."""


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


def probed(client: Any) -> int:
    """Return how many threads the workers have; raises `InputError` where they cannot judge as we do."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        hint = "start some: dask worker ADDRESS"
        raise InputError("the cluster has no workers", hint=hint) from None

    def version() -> str:  # a local function goes to the workers by value: they may not have the package
        try:
            from wireproof import __version__ as there  # noqa: PLC0415 - imported on the worker
            from wireproof.pieces import judged  # noqa: F401, PLC0415 - likewise
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
def client_of(engine: Engine) -> Iterator[Any]:
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
        count = engine.workers or _cores()
        with _started(LocalCluster, count) as cluster, Client(cluster) as client:
            yield client
    except (CommClosedError, TimeoutError) as error:
        raise gone() from error
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


def check_version(version: str) -> None:
    """Raise `InputError` on a worker that has another version than the one that asks."""
    if version != __version__:
        raise _other_version({here(): __version__})


def here() -> str:
    """Return the address of the worker that this process is."""
    from distributed import get_worker  # noqa: PLC0415 - an extra

    return str(get_worker().address)


def _other_version(found: Mapping[str, str]) -> InputError:
    told = "; ".join(f"{worker} has {version}" for worker, version in sorted(found.items())[:5])
    return InputError(
        f"this is wireproof {__version__}, but worker {told}",
        hint=f"install the same on every worker: pip install 'wireproof[cluster]=={__version__}'",
    )


def workers_of(client: Any) -> list[str]:
    """Return the addresses of all workers."""
    return list(client.nthreads())


def gone() -> InputError:
    """Return what is told of a scheduler that went away."""
    return InputError("the scheduler is gone", hint="start it again, then the audit")


def _cores() -> int:
    """Return how many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not every system tells
    return len(allowed(0)) if allowed else os.cpu_count() or 1
