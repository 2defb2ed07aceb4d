"""Who is measured: one entry a tool, with what it gives and how it is asked."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from trafficbench.corpora import LARGE, SMALL, WORK
from trafficbench.installing import ROOT, Home

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["TOOLS", "UNIT", "Tool"]

SCRIPTS = ROOT / "benchmarks" / "peers"
CONTRACT = WORK / "contract.json"
LIBRARIES = Home(
    "libraries",
    ("orjson==3.13.0", "jsonschema[format-nongpl]==4.26.0", "jsonschema-rs==0.60.3", "pydantic==2.14.3"),
)
OPENAPI_CORE = Home(
    "bench-openapi-core", ("openapi-core==0.23.1", "check-jsonschema==0.37.4", "orjson==3.13.0")
)
SCHEMATHESIS = Home("bench-schemathesis", ("schemathesis==4.32.5", "orjson==3.13.0"))
NODE = Home("node", ("ajv@8.20.0", "ajv-formats@3.0.1", "@redocly/cli@2.77.0"), npm=True)
PLENTY = {SMALL: 100_000, LARGE: 20_000}
"""How many records a corpus has."""


def numbers(told: Path) -> set[int]:
    """Return the records that a script of ours wrote down."""
    return {int(line) for line in told.read_text(encoding="utf-8").split()}


def rows(told: Path) -> set[int]:
    """Return the records that Redocly's table names."""
    with told.open(newline="", encoding="utf-8") as lines:
        return {int(row["exchange_index"]) for row in csv.DictReader(lines)}


@dataclass(frozen=True, slots=True)
class Tool:
    """One way of judging a corpus.

    `command` makes the command line from a corpus and the file to write to; `flagged` reads from that
    file which records drift.  `records` are as many as it is given of the small and of the large answers,
    `grows_to` how many in the measurement of growth.  `asked` is the command that names records where
    `command` only counts them.  `labels` says whether it tells drift at all, `kinds` whether it has a
    column of its own in what is seen.
    """

    name: str
    gives: str
    command: Callable[[Path, Path], list[str]]
    home: Home | None = LIBRARIES
    flagged: Callable[[Path], set[int]] = numbers
    records: Mapping[str, int] = field(default_factory=lambda: PLENTY)
    grows_to: int = 100_000
    exits: tuple[int, ...] = (0,)
    labels: bool = True
    kinds: bool = True
    asked: Callable[[Path, Path], list[str]] | None = None


def script(name: str, home: Home, *more: str) -> Callable[[Path, Path], list[str]]:
    """Return the command that asks a script of ours."""
    interpreter = "node" if home.npm else home.python
    return lambda corpus, told: [interpreter, str(SCRIPTS / name), str(WORK), str(corpus), str(told), *more]


def audit(*more: str) -> Callable[[Path, Path], list[str]]:
    """Return the command that audits, with a report in JSON."""
    start = [str(Path(sys.executable).parent / "wireproof"), "audit", "--spec", str(CONTRACT)]
    return lambda corpus, told: [*start, "--format", "json", "--output", str(told), *more, str(corpus)]


def ourselves(corpus: Path, told: Path) -> list[str]:
    """Return the command that writes down which records an audit has something to say about."""
    return [sys.executable, str(SCRIPTS / "with_wireproof.py"), str(WORK), str(corpus), str(told)]


def redocly(corpus: Path, told: Path) -> list[str]:
    """Return the command of Redocly `drift`, with a table of findings as CSV."""
    start = [
        str(NODE.folder / "node_modules" / ".bin" / "redocly"),
        "drift",
        str(corpus),
        "--api",
        str(CONTRACT),
    ]
    return [*start, "--traffic-format", "ndjson", "--format", "csv", "--output", str(told)]


UNIT = Tool(
    "orjson.loads",
    "nothing: parsing alone",
    lambda corpus, told: [sys.executable, str(SCRIPTS / "with_orjson.py"), str(WORK), str(corpus), str(told)],
    home=None,
    grows_to=1_000_000,
    labels=False,
    kinds=False,
)
FEWER = {SMALL: 20_000, LARGE: 4_000}
SLOW = {SMALL: 4_000, LARGE: 800}
SLOWER = {SMALL: 1_000, LARGE: 200}
TOOLS = (
    Tool(
        "wireproof audit",
        "every drift, undocumented members, formats, evidence of every place; matches operations",
        audit(),
        home=None,
        grows_to=1_000_000,
        exits=(0, 1, 3),
        asked=ourselves,
    ),
    Tool(
        "jsonschema-rs: is_valid",
        "a verdict alone",
        script("with_jsonschema_rs.py", LIBRARIES),
        kinds=False,
    ),
    Tool(
        "jsonschema-rs: iter_errors",
        "all errors",
        script("with_jsonschema_rs.py", LIBRARIES, "all"),
    ),
    Tool(
        "pydantic, our models",
        "all errors of type, presence and enum; objects",
        script("with_pydantic.py", LIBRARIES),
    ),
    Tool(
        "ajv",
        "all errors",
        script("with_ajv.mjs", NODE, str(NODE.folder)),
        home=NODE,
        records=FEWER,
    ),
    Tool(
        "Redocly drift",
        "all errors, as a table; matches operations",
        redocly,
        home=NODE,
        flagged=rows,
        records=FEWER,
        exits=(0, 1),
    ),
    Tool(
        "jsonschema",
        "all errors",
        script("with_jsonschema.py", LIBRARIES),
        records=SLOW,
        grows_to=10_000,
    ),
    Tool(
        "Schemathesis",
        "the first error of each of its four checks of responses",
        script("with_schemathesis.py", SCHEMATHESIS),
        home=SCHEMATHESIS,
        records=SLOW,
        grows_to=10_000,
    ),
    Tool(
        "openapi-core",
        "all errors; matches operations",
        script("with_openapi_core.py", OPENAPI_CORE),
        home=OPENAPI_CORE,
        records=SLOWER,
        grows_to=1_000,
    ),
)
"""In the order of the tables."""
TWO_WORKERS = audit("--workers", "2")


def reported(told: Path) -> int:
    """Return how many records the commonest error of an audit's report was seen in."""
    findings = json.loads(told.read_text(encoding="utf-8"))["findings"]
    return max((finding["sightings"] for finding in findings if finding["severity"] == "error"), default=0)
