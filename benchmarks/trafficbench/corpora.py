"""The files that everyone reads, made once under build/bench."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpus
from trafficbench import drifts
from trafficbench.installing import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["GOALS", "GROWTH_SHARE", "LARGE", "SHARES", "SMALL", "Corpora", "Corpus"]

WORK = ROOT / "build" / "bench"
SMALL, LARGE = "small", "large"
GOALS = {0.0: 3.0, 0.01: 3.5, 0.2: 7.0, 1.0: 8.0}
"""By share of drifting answers, the most that an audit may cost, as a multiple of parsing."""
SHARES = tuple(GOALS)
GROWTH_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Corpus:
    """A file of exchanges, one a line, and how many of them drift."""

    path: Path
    records: int
    drifting: int

    @property
    def size(self) -> int:
        """Return the bytes of the file."""
        return self.path.stat().st_size


class Corpora:
    """Makes corpora when they are asked for; what another version of the generator made is removed."""

    def __init__(self) -> None:
        sources = b"".join(Path(module.__file__ or "").read_bytes() for module in (corpus, drifts))
        mark = hashlib.sha256(sources).hexdigest()[:12]
        self.folder = WORK / f"corpora-{mark}"
        for other in WORK.glob("corpora-*"):
            if other != self.folder:
                shutil.rmtree(other)
        self.folder.mkdir(parents=True, exist_ok=True)

    def timed(self, size: str, share: float, records: int) -> Corpus:
        """Return a corpus in which a share of the answers drift, all in the same way."""
        path = self.folder / f"{size}-{share:g}-{records}.jsonl"
        found = corpus.exchanges(records, large=size == LARGE, drift=share)
        return _kept(path, ((drifting(record), record) for record in found))

    def first(self, whole: Corpus, records: int) -> Corpus:
        """Return the first records of a corpus, or the corpus where it is no longer than that."""
        if records >= whole.records:
            return whole
        path = whole.path.with_suffix(f".first-{records}.jsonl")
        with whole.path.open("rb") as lines:
            return _kept(
                path, ((drifting(record), record) for record in map(json.loads, islice(lines, records)))
            )

    def labelled(self, records: int) -> tuple[Corpus, list[str]]:
        """Return the corpus of every kind of drift, and the label of each of its records."""
        path = self.folder / f"labelled-{records}.jsonl"
        labels = [label for label, _ in drifts.labelled(records)]
        found = _kept(path, ((bool(label), record) for label, record in drifts.labelled(records)))
        return found, labels


def drifting(record: dict[str, Any]) -> bool:
    """Return whether a record of a timed corpus was made to drift."""
    return "shard" in record["response"]["body"]["data"]


def _kept(path: Path, records: Iterable[tuple[bool, dict[str, Any]]]) -> Corpus:
    """Return a corpus from its file, which is written first where it is missing."""
    label = path.with_suffix(".json")
    if not label.is_file():
        counts = {"records": 0, "drifting": 0}
        with path.open("w", encoding="utf-8") as stream:
            corpus.write(_counted(records, counts), stream)
        label.write_text(json.dumps(counts), encoding="utf-8")
    return Corpus(path, **json.loads(label.read_text(encoding="utf-8")))


def _counted(
    records: Iterable[tuple[bool, dict[str, Any]]], counts: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for drifts_, record in records:
        counts["records"] += 1
        counts["drifting"] += drifts_
        yield record
