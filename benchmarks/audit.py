"""The cost of an audit as a multiple of parsing the same bytes with orjson, on one core.

    make bench-audit

Verdict, undocumented members, formats and full evidence, over JSON Lines of exchanges and of bare
bodies, of which none, one in a hundred, one in five and every one drifts, and over the polled tasks of
the shipped contracts.  CPU time, both sides in
one process, turn by turn, the median of some turns.  `make bench` measures the whole command, beside
peers; this is the quick look while the code is being changed.
"""

from __future__ import annotations

import argparse
import gc
import json
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

import orjson
from polled import SPECS, polled

from corpus import CONTRACT, bodies, exchanges
from trafficbench.corpora import GOALS
from wireproof.examining import Examiner, Options
from wireproof.matching import Hint
from wireproof.readers.jsonlines import Lines
from wireproof.specs import load_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from wireproof.contract import Contract

__all__ = ["ratio"]

_AT_ONCE = 256
_POLLED_GOAL = 8.0
_CONTRACT = load_file(CONTRACT)


def main() -> None:
    """Print one line for each kind of corpus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    gc.disable()
    print(f"{'corpus':<32}{'x orjson':>10}{'goal':>8}")
    for name, make, large in (
        ("exchanges", exchanges, False),
        ("bodies", bodies, False),
        ("large bodies", bodies, True),
    ):
        for drift, goal in GOALS.items():
            count = options.records // (8 if large else 1)
            lines = [orjson.dumps(record) for record in make(count, large=large, drift=drift)]
            bare = make is bodies
            found = ratio(_CONTRACT, lines, rounds=options.rounds, bare=bare)
            label = f"{name}, {drift:.0%} drifting"
            print(f"{label:<32}{found:>10.2f}{goal:>8.1f}", flush=True)
    for provider in ("a2e", "duomi", "vapi", "yutoai"):
        contract = load_file(SPECS / provider / "openapi.yaml")
        found = ratio(contract, list(polled(provider, options.records // 2)), rounds=options.rounds)
        print(f"{f'polled tasks, {provider}':<32}{found:>10.2f}{_POLLED_GOAL:>8.1f}", flush=True)


def ratio(contract: Contract, lines: list[bytes], *, rounds: int, bare: bool = False) -> float:
    """Return the cost of auditing some lines, as a multiple of parsing them."""
    ratios = []
    for _ in range(rounds):
        unit = _cost(lambda: _parse(lines))
        ratios.append(_cost(lambda: _audit(contract, lines, bare=bare)) / unit)
    return median(ratios)


def _parse(lines: list[bytes]) -> None:
    for line in lines:
        orjson.loads(line)


def _audit(contract: Contract, lines: list[bytes], *, bare: bool) -> None:
    options = Options(hint=Hint(operation="getTask", status=200)) if bare else Options()
    examiner = Examiner([contract], options=options)
    for at in range(0, len(lines), _AT_ONCE):
        examiner.take_lines(Lines("corpus.jsonl", lines[at : at + _AT_ONCE], at, at + 1))
    json.dumps(examiner.report().to_json())


def _cost(work: Callable[[], None]) -> float:
    began = process_time()
    work()
    return process_time() - began


if __name__ == "__main__":
    main()
