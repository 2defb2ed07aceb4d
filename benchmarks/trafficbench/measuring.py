"""What one run of a command takes: CPU, time by the clock, memory."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Failed", "Taken", "measured"]


class Failed(Exception):  # noqa: N818 - a result, told in the table
    """A command that did not do its work; says with which exit code, and where its last words are."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command and the processes that it started took.

    `cpu` and `wall` are seconds; `memory` is the largest resident size of one of the processes, in MB.
    """

    cpu: float
    wall: float
    memory: float


def measured(command: Sequence[str], *, log: Path, exits: tuple[int, ...] = (0,)) -> Taken:
    """Return what a command took; raises `Failed` for any other exit code than those expected."""
    with log.open("wb") as words:
        began = perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=words)
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in exits:
        raise Failed(f"ended with {process.returncode}: see build/bench/{log.name}")
    return Taken(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)
