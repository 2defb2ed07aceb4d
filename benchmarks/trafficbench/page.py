"""The page in the documentation, written from a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficbench.corpora import GOALS, GROWTH_SHARE, LARGE, SHARES, SMALL
from trafficbench.drifts import CLEAN, KINDS
from trafficbench.tools import TOOLS, UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trafficbench.comparing import Bench

__all__ = ["figure", "page", "table"]

_SIZES = (SMALL, LARGE)
_INTRO = """\
# Benchmarks

Written by `make bench`; edits are overwritten. What is measured is wireproof as it stands in the checkout,
and its peers in the versions named below, each asked in the way that its own documentation shows, on the
same files, in one run. [The drift benchmark](driftbench.md) asks the other question, how much of what goes
wrong is seen.
"""
_COST = """\
Recorded exchanges, one a line, judged against one contract. The figures are CPU time as a multiple of what
`orjson.loads` takes for the same lines: the user and system time of the whole process and of those that it
starts, less the same for a recording of one line, so that nobody pays for starting. All take turns, round
by round; the figures are medians of {rounds}. A tool with fewer records had the first ones of the same
file, and its cost a byte is compared. Parsing alone took {small:.1f} µs for a small answer ({small_size:,}
bytes) and {large:.1f} µs for a large one ({large_size:,} bytes).
"""
_SEEN = """\
{count:,} other exchanges: one half clean, in the other one drift each, of every kind that a single answer
can show; the share of them that is flagged. Some clean ones are awkward within the contract's word: an
integer is written as 24.0, a time has a zone and fractions of a second.
"""
_GROWTH = """\
Small answers, {share:.0%} drifting; CPU seconds with the start, and the largest process in MB. Each figure
is one run. No size can be told that is below the {floor:.0f} MB of an empty Python process.
"""
_WORKERS = """\
The {records:,} records of the last column above, judged by `wireproof audit` and by `wireproof audit
--workers 2`, each once. Wall time depends on what else the machine does.
"""
_NOTES = """\
- jsonschema, jsonschema-rs, ajv and pydantic see bodies alone and are told the schema; Schemathesis is told
  the operation. wireproof, openapi-core and Redocly `drift` match operations themselves.
- jsonschema, jsonschema-rs, openapi-core and Schemathesis get lines parsed by orjson, ajv by `JSON.parse`;
  pydantic parses lines itself, into the models of `wireproof generate`, in strict mode (without it, text
  that looks like a number is a number to it). openapi-core and Schemathesis want the body as bytes, written
  out by orjson for them.
- Schemathesis runs its four checks of responses on responses made from the recording; no request is sent.
- Redocly `drift` reads the recording as NDJSON, and writes its findings as CSV.
- wireproof writes its JSON report: findings with their denominators, and the evidence of every place.
- Evidence is how often each member came, with which types, values and ranges, first and last when. Of those
  asked, each in its ordinary way, only wireproof keeps it.
"""


def page(
    bench: Bench, *, start: Mapping[str, float | str], judging: Mapping[str, float | str], made: str
) -> str:
    """Return the whole page; `made` names what it was measured with."""
    lines = [_INTRO, "## Cost beside parsing", "", "![Cost beside parsing](benchmarks-cost.svg)", ""]
    lines += [*cost_lines(bench), "## What each one sees", "", *seen_lines(bench)]
    lines += ["## Growth", "", "![Growth](benchmarks-growth.svg)", "", *growth_lines(bench)]
    lines += ["## A second process", "", *worker_lines(bench)]
    lines += [
        "## Process start",
        "",
        "From start to verdict on one body, CPU time of `python -c pass` = 1.",
        "",
    ]
    lines += [*table(("", "times"), ([name, figure(cost)] for name, cost in start.items())), ""]
    lines += [
        "## One body",
        "",
        "In a process that is warm, CPU time of `json.loads` for the same bytes = 1.",
        "",
    ]
    lines += [*table(("", "times"), ([name, figure(cost)] for name, cost in judging.items())), ""]
    lines += ["## How it was measured", "", _NOTES.rstrip(), made, ""]
    return "\n".join(lines)


def cost_lines(bench: Bench) -> Iterator[str]:
    """Iterate over the section on cost: one row a tool."""
    bytes_each = {size: bench.sizes[size] for size in _SIZES}
    micro = {size: bench.unit[size] * bytes_each[size] * 1e6 for size in _SIZES}
    yield _COST.format(
        rounds=f"{bench.plan.rounds} rounds" if bench.plan.rounds > 1 else "one round",
        small=micro[SMALL],
        large=micro[LARGE],
        small_size=round(bytes_each[SMALL]),
        large_size=round(bytes_each[LARGE]),
    )
    head = ["", *(f"{size}, {share:.0%}" for size in _SIZES for share in SHARES), "records", "gives"]
    body = []
    for tool in (UNIT, *TOOLS):
        if tool.name in bench.failed:
            body.append([tool.name, bench.failed[tool.name], *[""] * (len(head) - 2)])
            continue
        records = " / ".join(f"{bench.plan.records(tool, size):,}" for size in _SIZES)
        costs = [figure(bench.ratios[tool.name, size, share]) for size in _SIZES for share in SHARES]
        body.append([tool.name, *costs, records, tool.gives])
        if tool is TOOLS[0]:
            body.append(["its goal", *([figure(goal) for goal in GOALS.values()] * 2), "", ""])
    yield from table(head, body)
    yield ""
    yield miscounts(bench)
    yield ""


def miscounts(bench: Bench) -> str:
    """Return the sentence on how many of these records everyone flagged."""
    wrong = [
        f"{name} flagged {flagged:,} of {of:,} ({size}, {share:.0%})"
        for (name, size, share), (flagged, of) in bench.flagged.items()
        if flagged != of
    ]
    if wrong:
        return "Of these records, " + "; ".join(wrong) + "."
    return "Everyone flagged as many of these records as drift, in each of the eight recordings."


def seen_lines(bench: Bench) -> Iterator[str]:
    """Iterate over the section on what is seen: one row a kind of drift, one column a tool."""
    names = list(bench.seen)
    if not names:
        return
    yield _SEEN.format(count=sum(of for _, of in bench.seen[names[0]].values()))
    body = [[kind, *(_share(bench.seen[name][kind]) for name in names)] for kind in KINDS]
    wrongly = [f"{bench.seen[name][CLEAN][0]:,} of {bench.seen[name][CLEAN][1]:,}" for name in names]
    yield from table(["", *names], [*body, ["clean, and flagged", *wrongly]])
    yield ""


def growth_lines(bench: Bench) -> Iterator[str]:
    """Iterate over the section on growth: seconds and memory by the number of records."""
    yield _GROWTH.format(share=GROWTH_SHARE, floor=bench.floor)
    counts = bench.plan.growth
    head = ["", *(f"{count:,}" for count in counts), *(f"MB at {count:,}" for count in counts)]
    body = []
    for name, by_count in bench.growth.items():
        cpu = [f"{by_count[count].cpu:.2f} s" if count in by_count else "" for count in counts]
        memory = [f"{by_count[count].memory:.0f}" if count in by_count else "" for count in counts]
        body.append([name, *cpu, *memory])
    yield from table(head, body)
    yield ""


def worker_lines(bench: Bench) -> Iterator[str]:
    """Iterate over the section on the second process."""
    yield _WORKERS.format(records=max(bench.plan.growth))
    body = [
        [name, f"{taken.wall:.1f} s", f"{taken.cpu:.1f} s", f"{taken.memory:.0f} MB"]
        for name, taken in bench.workers.items()
    ]
    yield from table(["", "wall", "CPU", "largest process"], body)
    yield ""
    if len(bench.workers) > 1:
        alone, together = bench.workers.values()
        report = "the same, byte for byte" if bench.same_report else "not the same"
        times = alone.wall / together.wall
        yield f"Two processes have {times:.2f} times the throughput of one; their report is {report}."
        yield ""


def table(head: Sequence[str], rows: Iterator[list[str]] | Sequence[list[str]]) -> list[str]:
    """Return a Markdown table: words to the left, figures to the right, columns as wide as they must be."""
    found = list(rows)
    widths = [max(3, *(len(row[at]) for row in (head, *found))) for at in range(len(head))]
    left = [at == 0 or not any(row[at][:1].isdigit() for row in found) for at in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        return (
            "| "
            + " | ".join(
                cell.ljust(width) if is_left else cell.rjust(width)
                for cell, width, is_left in zip(cells, widths, left, strict=True)
            )
            + " |"
        )

    rule = [
        "-" * (width + 2) if is_left else "-" * (width + 1) + ":"
        for width, is_left in zip(widths, left, strict=True)
    ]
    return [line(head), "|" + "|".join(rule) + "|", *map(line, found)]


def figure(number: float | str) -> str:
    """Return a number with two figures that mean something; words as they are."""
    if isinstance(number, str):
        return number
    return f"{number:.1f}" if number < 10 else f"{number:,.0f}"  # noqa: PLR2004 - two figures


def _share(counts: tuple[int, int]) -> str:
    hits, of = counts
    return f"{hits / of:.0%}" if of else ""
