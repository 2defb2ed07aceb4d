"""Costs as multiples of parsing, measured turn by turn so that a machine's moods cancel out."""

from __future__ import annotations

import json
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 9
SECONDS = 0.05


def ratio(work: Callable[[], object], *, body: bytes) -> float:
    """Return the CPU time of `work` as a multiple of `json.loads(body)`: the median of some turns."""
    ratios = []
    for _ in range(ROUNDS):
        unit = cost(lambda: json.loads(body))
        ratios.append(cost(work) / unit)
    return round(median(ratios), 2)


def cost(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call, from as many calls as fill a short while."""
    calls = 1
    while True:
        began = process_time()
        for _ in range(calls):
            work()
        taken = process_time() - began
        if taken >= SECONDS:
            return taken / calls
        calls *= 2
