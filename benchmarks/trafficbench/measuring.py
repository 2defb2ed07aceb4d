"""What one run of a command takes: CPU, time by the clock, memory."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Failed", "Taken", "measured"]

_LAUNCH = str(Path(__file__).with_name("launch.py"))


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
    launch = [sys.executable, "-I", "-S", _LAUNCH, str(log), *command]
    done = subprocess.run(launch, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"could not be started: {done.stderr.strip().rpartition(': ')[2] or 'no reason given'}")
    code, cpu, wall, size = done.stdout.split()
    if int(code) not in exits:
        raise Failed(f"ended with {code}: see build/bench/{log.name}")
    return Taken(float(cpu), float(wall), float(size) / 1024)
