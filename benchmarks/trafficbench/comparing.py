"""The measurements: cost beside parsing, what is seen, growth, and what a second process brings."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import yaml

from corpus import CONTRACT
from trafficbench import tools
from trafficbench.corpora import GROWTH_SHARE, LARGE, SHARES, SMALL, WORK, Corpora
from trafficbench.drifts import CLEAN, KINDS
from trafficbench.installing import NotInstalled
from trafficbench.measuring import Failed, Taken, measured
from trafficbench.tools import TOOLS, TWO_WORKERS, UNIT, Tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from trafficbench.corpora import Corpus

__all__ = ["Bench", "Plan", "say", "seen"]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: rounds, at most how many records of a size, and where growth is looked at."""

    rounds: int = 3
    most: Mapping[str, int] = field(default_factory=lambda: UNIT.records)
    labelled: int = 3_200
    growth: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)

    def records(self, tool: Tool, size: str) -> int:
        """Return how many records of a size a tool is given."""
        return min(tool.records[size], self.most[size])


class Bench:
    """One run: who can be asked here, and what everyone's answers and costs are.

    A tool that fails is left out from then on, with the reason in `failed`.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.corpora = Corpora()
        self.failed: dict[str, str] = {}
        self.starts: dict[str, float] = {}
        self.ratios: dict[tuple[str, str, float], float] = {}
        self.flagged: dict[tuple[str, str, float], tuple[int, int]] = {}
        self.unit: dict[str, float] = {}
        self.seen: dict[str, dict[str, tuple[int, int]]] = {}
        self.sizes: dict[str, float] = {}
        self.growth: dict[str, dict[int, Taken]] = {}
        self.workers: dict[str, Taken] = {}
        self.same_report = False
        self.floor = 0.0

    def prepare(self) -> None:
        """Install what is missing, and write the contract in the forms that the tools read."""
        for tool in (UNIT, *TOOLS):
            if tool.home is not None:
                try:
                    tool.home.install()
                except NotInstalled as reason:
                    self.failed[tool.name] = str(reason)
        write_contract()
        one = self.corpora.timed(SMALL, 0.0, 1)
        for tool in self.there():
            took = [self._run(tool, one) for _ in range(self.plan.rounds + 2)]
            if None not in took:
                self.starts[tool.name] = median(taken.cpu for taken in took if taken)
        if UNIT.name in self.failed:
            raise SystemExit(f"{UNIT.name}: {self.failed[UNIT.name]}")
        self.floor = measured([sys.executable, "-c", "pass"], log=WORK / "floor.log").memory

    def there(self) -> Iterator[Tool]:
        """Iterate over the unit and the tools that have not failed."""
        return (tool for tool in (UNIT, *TOOLS) if tool.name not in self.failed)

    def costs(self) -> None:
        """Measure everyone's cost of a byte as a multiple of parsing it, in rounds, turn by turn."""
        for size in (SMALL, LARGE):
            for share in SHARES:
                whole = self.corpora.timed(size, share, self.plan.records(UNIT, size))
                self.sizes[size] = whole.size / whole.records
                found: dict[str, list[float]] = {}
                for _ in range(self.plan.rounds):
                    unit = 0.0
                    for tool in self.there():
                        part = self.corpora.first(whole, self.plan.records(tool, size))
                        taken = self._run(tool, part)
                        if taken is None:
                            continue
                        cost = max(0.0, taken.cpu - self.starts[tool.name]) / part.size
                        unit = cost if tool is UNIT else unit
                        found.setdefault(tool.name, []).append(cost / unit)
                        self._count(tool, size, share, part)
                    self.unit[size] = min(self.unit.get(size, unit), unit)
                for name, ratios in found.items():
                    self.ratios[name, size, share] = median(ratios)
                say(f"{size} answers, {share:.0%} drifting: done")

    def _count(self, tool: Tool, size: str, share: float, part: Corpus) -> None:
        """Keep how many records a tool flagged of those that drift."""
        if tool.labels:
            count = tools.reported(_told(tool)) if tool.asked else len(tool.flagged(_told(tool)))
            self.flagged[tool.name, size, share] = (count, part.drifting)

    def correctness(self) -> None:
        """Ask everyone about every kind of drift."""
        corpus, labels = self.corpora.labelled(self.plan.labelled)
        for tool in self.there():
            if tool.kinds and self._run(tool, corpus, tool.asked or tool.command) is not None:
                self.seen[tool.name] = seen(labels, tool.flagged(_told(tool)))
                say(f"what {tool.name} sees: done")

    def grow(self) -> None:
        """Follow everyone's cost and memory from few records to many; two processes at the end."""
        most = max(self.plan.growth)
        whole = self.corpora.timed(SMALL, GROWTH_SHARE, most)
        for records in self.plan.growth:
            part = self.corpora.first(whole, records)
            for tool in self.there():
                if records <= tool.grows_to and (taken := self._run(tool, part)):
                    self.growth.setdefault(tool.name, {})[records] = taken
            say(f"growth, {records:,} records: done")
        self._second_process(whole)

    def _second_process(self, whole: Corpus) -> None:
        """Measure an audit in one process and in two, and compare their reports."""
        ours, reports = TOOLS[0], []
        for name, command in (("one process", ours.command), ("two processes", TWO_WORKERS)):
            if taken := self._run(ours, whole, command):
                self.workers[name] = taken
                reports.append(_told(ours).read_bytes())
        self.same_report = len(set(reports)) == 1

    def _run(
        self, tool: Tool, corpus: Corpus, command: Callable[[Path, Path], list[str]] | None = None
    ) -> Taken | None:
        """Return what a tool took on a corpus; None, with the reason kept, where it failed."""
        told = _told(tool)
        told.unlink(missing_ok=True)
        words = (command or tool.command)(corpus.path, told)
        try:
            return measured(words, log=told.with_suffix(".log"), exits=tool.exits)
        except (Failed, OSError) as reason:
            self.failed[tool.name] = str(reason)
            say(f"{tool.name}: {reason}")
            return None


def seen(labels: list[str], flagged: set[int]) -> dict[str, tuple[int, int]]:
    """Return, kind by kind, how many of the labelled records were flagged, and of how many."""
    counts = dict.fromkeys((CLEAN, *KINDS), (0, 0))
    for number, label in enumerate(labels):
        hits, of = counts[label]
        counts[label] = (hits + (number in flagged), of + 1)
    return counts


def write_contract() -> None:
    """Write the contract as JSON, the answer's schema with all that it refers to, and the models."""
    WORK.mkdir(parents=True, exist_ok=True)
    document = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    schema = {"$ref": "#/components/schemas/TaskAnswer", "components": document["components"]}
    (WORK / "contract.json").write_text(json.dumps(document), encoding="utf-8")
    (WORK / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "wireproof"), "generate", str(CONTRACT), "--output"]
    subprocess.run([*command, str(WORK / "models")], check=True, stdout=subprocess.DEVNULL)


def say(words: str) -> None:
    """Tell who waits how far it is."""
    print(words, file=sys.stderr, flush=True)


def _told(tool: Tool) -> Path:
    name = "".join(letter if letter.isalnum() else "-" for letter in tool.name.lower())
    return WORK / f"{name}.told"
