"""Run a command, and print its exit code, CPU seconds, seconds by the clock and largest size in kB.

    python -I -S launch.py LOG COMMAND…

A process of its own: a command counts the pages of whoever starts it as its own, so that must be small.
"""

from __future__ import annotations

import os
import subprocess
import sys
from time import perf_counter

with open(sys.argv[1], "wb") as log:  # noqa: PTH123 - one import less, in a process that is kept small
    began = perf_counter()
    process = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)
    _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - began
process.returncode = os.waitstatus_to_exitcode(status)
print(process.returncode, usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss)
