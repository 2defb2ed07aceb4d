"""Everything about speed in one run, as ratios: `make bench`, which writes docs/benchmarks.md.

    python benchmarks/run.py [--quick] [--rounds N]

What an audit costs beside parsing and beside its peers, what each of them sees, growth up to a million
records, a second process, process start, and one body.  The peers are installed under build/peers, the
recordings are made once under build/bench.  `--quick` takes a minute or two and writes under build/bench.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from starting import judging_ratios, start_ratios

from trafficbench.comparing import Bench, Plan
from trafficbench.corpora import LARGE, SMALL, WORK
from trafficbench.installing import ROOT
from trafficbench.page import page
from trafficbench.plot import Line, cost_svg, growth_svg
from trafficbench.tools import TOOLS, UNIT

QUICK = Plan(rounds=1, most={SMALL: 10_000, LARGE: 2_000}, labelled=320, growth=(1_000, 10_000))
OURS = TOOLS[0].name
BESIDE = {tool.name for tool in TOOLS if not tool.kinds}
"""The second ways of asking a tool, which would lie on its line."""


def main() -> None:
    """Measure, write the page and its drawings, and print the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer records, one round; docs/ is left alone")
    parser.add_argument("--rounds", type=int, default=Plan().rounds, help="how often all take turns")
    told = parser.parse_args()
    bench = Bench(QUICK if told.quick else Plan(rounds=told.rounds))
    bench.prepare()
    start, judging = start_ratios(), judging_ratios()
    bench.correctness()
    bench.costs()
    bench.grow()
    text = page(bench, start=start, judging=judging, made=made())
    folder = WORK if told.quick else ROOT / "docs"
    (folder / "benchmarks.md").write_text(text, encoding="utf-8")
    (folder / "benchmarks-cost.svg").write_text(_cost(bench), encoding="utf-8")
    (folder / "benchmarks-growth.svg").write_text(_growth(bench), encoding="utf-8")
    print(text)


def made() -> str:
    """Return the lines on what was measured with: versions and the processor."""
    packages = sorted({package for tool in (UNIT, *TOOLS) if tool.home for package in tool.home.packages})
    own = ", ".join(f"{name} {version(name)}" for name in ("orjson", "jsonschema-rs"))
    return (
        f"- wireproof {version('wireproof')} with {own}; CPython {platform.python_version()}, "
        f"Node.js {_node()}, {_processor()}.\n- {', '.join(packages)}."
    )


def _node() -> str:
    try:
        done = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)  # noqa: S607 - the one that is found
    except (OSError, subprocess.CalledProcessError):
        return "not found"
    return done.stdout.strip().removeprefix("v")


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    return f"{names[0]}, {len(names)} cores" if names else platform.machine()


def _cost(bench: Bench) -> str:
    costs = {
        tool.name: (bench.ratios[tool.name, SMALL, 0.0], bench.ratios[tool.name, SMALL, 1.0])
        for tool in TOOLS
        if tool.name not in bench.failed
    }
    return cost_svg(costs, own=OURS)


def _growth(bench: Bench) -> str:
    return growth_svg(
        [
            Line(
                name,
                {count: taken.cpu for count, taken in by_count.items()},
                {count: taken.memory for count, taken in by_count.items()},
                own=name == OURS,
            )
            for name, by_count in bench.growth.items()
            if name not in BESIDE
        ]
    )


if __name__ == "__main__":
    main()
