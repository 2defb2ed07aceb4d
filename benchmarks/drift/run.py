"""Measure wireproof against drifts that are known, and against answers that are clean.

python benchmarks/drift/run.py [--quick] [--seed N] [--misses N] [--write]
python benchmarks/drift/run.py [--quick] [--seed N] [--kind TEXT] [--family NAME] [--contract NAME]
python benchmarks/drift/run.py --show SAMPLE
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from typing import TYPE_CHECKING

from driftbench.corpus import FAMILIES, Skipped, clean_samples, drift_samples, kinds, load_apis, sample
from driftbench.judging import Wireproof, found_in
from driftbench.results import write_results
from driftbench.scoring import Cell, Clean, Outcome, outcomes
from driftbench.tables import HEAD, clean_lines, markdown, misses, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from driftbench.promise import Api

FULL = (10_000, 12)
QUICK = (1_000, 2)


def main() -> int:
    """Run what the command line asks for; the exit code is 0 unless a sample cannot be made."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer bodies and fewer samples of each kind")
    parser.add_argument("--seed", type=int, default=7, help="another corpus (default 7)")
    parser.add_argument("--kind", default="", help="only kinds whose name holds this text")
    parser.add_argument("--family", default="", choices=["", *FAMILIES], help="only this family of kinds")
    parser.add_argument("--contract", default="", help="only this contract")
    parser.add_argument("--misses", type=int, default=25, help="how many misses to list")
    parser.add_argument("--show", metavar="SAMPLE", help="print one sample, its labels and the report on it")
    parser.add_argument(
        "--write", action="store_true", help="write the tables of a whole run to docs/driftbench.md"
    )
    told = parser.parse_args()
    apis = load_apis()
    if told.show:
        return show(apis, told.show)
    chosen = [api for api in apis if told.contract in {"", api.name}]
    measure(apis, chosen, told)
    return 0


def show(apis: Sequence[Api], name: str) -> int:
    """Print one sample with its labels and what the report says."""
    made = sample(apis, name)
    if made is None:
        print(f"no such sample: {name}", file=sys.stderr)
        return 2
    for one in made.exchanges:
        print(f"{one.method} {one.url} -> {one.status}  {dict(one.headers)}  {one.time}")
        try:
            print(json.dumps(json.loads(one.body), indent=1, ensure_ascii=False))
        except ValueError:
            print(one.body)
    for label in made.labels:
        print("label:", label)
    tool = Wireproof.of([api for api in apis if api.name in {made.api, *made.beside}])
    report = tool.report(made)
    for found in found_in(report):
        print("said: ", found)
    for finding in report["findings"]:
        print("      ", finding["severity"], finding["message"])
    return 0


def measure(apis: Sequence[Api], chosen: Sequence[Api], told: argparse.Namespace) -> None:
    """Judge the whole corpus and print the tables."""
    bodies, each = QUICK if told.quick else FULL
    tool = Wireproof.of(apis)
    began = time.monotonic()
    clean = Clean()
    if not told.kind and not told.family:
        for one in clean_samples(chosen, bodies, told.seed):
            clean.add(one, tool.judge(one))
    skipped = Skipped({})
    every: list[Outcome] = []
    wanted = [kind for kind, family in kinds().items() if told.kind in kind and told.family in {"", family}]
    names = [(kind, api.name) for kind in wanted for api in chosen]
    for one in drift_samples(apis, names, each=each, seed=told.seed, skipped=skipped):
        every += outcomes(one, tool.judge(one))
    by_kind: dict[str, Cell] = defaultdict(Cell)
    by_family: dict[str, Cell] = {family: Cell() for family in FAMILIES}
    by_contract: dict[str, Cell] = defaultdict(Cell)
    for outcome in every:
        by_kind[outcome.sample.kind].add(outcome)
        by_family[outcome.sample.family].add(outcome)
        by_contract[outcome.sample.api].add(outcome)
    single = Cell()
    for outcome in every:
        if len(outcome.sample.labels) == 1:
            single.add(outcome)
    tables = {
        "By kind": by_kind,
        "By family": {
            **{family: cell for family, cell in by_family.items() if cell.drifts},
            "all single drifts": single,
        },
        "By contract": by_contract,
    }
    for title, cells in tables.items():
        print(f"\n{title}\n")
        print("\n".join(markdown(HEAD, rows(cells))))
    print("\nMisses\n")
    print("\n".join(misses(every, told.misses)))
    print()
    print("\n".join(clean_lines(clean)))
    for name, said in clean.worst[: told.misses]:
        print(f"    {said}\n    show: {name}")
    unseen = ", ".join(f"{kind} {count}" for kind, count in skipped.counts.items())
    print(f"changes that nobody could see, skipped: {unseen or 'none'}")
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    if told.write and not (told.quick or told.kind or told.family or told.contract):
        write_results(tables, clean, skipped, seed=told.seed)


if __name__ == "__main__":
    sys.exit(main())
