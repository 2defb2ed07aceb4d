"""Invented recordings with four planted changes and no other, each from a contract of its own.

    make bench-planted

One seed makes one contract (names, nesting, kinds of identifiers, units, how the list of states is
kept) and answers that keep it, but for four things: a state that the contract does not list in one
answer of a thousand, a member that is gone for good after about half of them, a member that is null
every time, and times in another unit in one answer of fifty.  An audit must tell these four, with
exact counts and first sightings, and nothing else.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from wireproof.concluding import concluded
from wireproof.examining import Examiner
from wireproof.openapi import load_contract
from wireproof.readers import read_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wireproof.contract import Contract

__all__ = ["IDENTIFIERS", "Corpus", "Told", "differences"]

_BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
_WORDS = "a calm sea under two moons with birds that fly slowly over old stones in warm light".split()  # noqa: SIM905 - reads as a sentence
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_BASE62 = _BASE36 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STATES = (
    ("queued", "running", "succeeded", "failed"),
    ("PENDING", "ACTIVE", "DONE"),
    ("draft", "in_review", "published"),
)
_STRANGER = {"queued": "archived", "PENDING": "HALTED", "draft": "withdrawn"}
_SCALES = {"seconds": 1, "milliseconds": 1000, "microseconds": 1_000_000}

IDENTIFIERS: dict[str, Callable[[random.Random, int], str]] = {
    "8 hex digits": lambda rng, _: f"{rng.getrandbits(32):08x}",
    "16 hex digits": lambda rng, _: f"{rng.getrandbits(64):016x}",
    "24 hex digits": lambda rng, _: f"{rng.getrandbits(96):024x}",
    "32 capital hex digits": lambda rng, _: f"{rng.getrandbits(128):032X}",
    "uuid": lambda rng, _: _uuid(f"{rng.getrandbits(128):032x}"),
    "snowflake": lambda rng, index: str((1_000_000_000_000 + index * 997) << 22 | rng.getrandbits(22)),
    "counter": lambda _, index: str(99_000 + index),
    "6 of base 36": lambda rng, _: "".join(rng.choices(_BASE36, k=6)),
    "12 of base 62": lambda rng, _: "".join(rng.choices(_BASE62, k=12)),
    "prefixed": lambda rng, _: "job_" + "".join(rng.choices(_BASE36, k=14)),
}
"""Makers of identifiers, by what they look like."""


class Told(NamedTuple):
    """One finding: its rule and place, how often it was seen, and the record it was seen in first."""

    rule: str
    pointer: str
    sightings: int
    first: int


class Corpus:
    """The contract and the answers of one seed; `told` is complete once all answers were taken.

    Without `changes` the answers keep the contract.
    """

    def __init__(self, count: int, *, seed: int, changes: bool = True) -> None:
        choose = random.Random(seed)
        self._changes = changes
        self.count, self.seed = count, seed
        self.identifiers = choose.choice(sorted(IDENTIFIERS))
        self._make_id = IDENTIFIERS[self.identifiers]
        self.states = choose.choice(_STATES)
        self.unit, self.other_unit = choose.choice(
            [("seconds", "milliseconds"), ("milliseconds", "seconds"), ("milliseconds", "microseconds")]
        )
        self.timed = choose.random() < 0.8  # noqa: PLR2004 - most recordings have times
        self.envelope = choose.choice(["", "data", "result"])
        self._names = {
            "id": choose.choice(["id", "order_id", "taskId"]),
            "state": choose.choice(["status", "state", "phase"]),
            "gone": choose.choice(["priority", "tier", "region"]),
            "null": choose.choice(["reason", "note", "parent"]),
            "time": choose.choice(["submitted", "queued", "updated_at", "timestamp"]),
        }
        self._ends = round(count * choose.uniform(0.4, 0.6))
        self._presence = choose.choice([0.98, 0.9, 0.5])
        self._found: dict[str, list[int]] = {"state": [], "gone": [], "null": [], "time": []}
        self._absent = 0

    def document(self) -> dict[str, Any]:
        """Return the contract, an OpenAPI document."""
        names = self._names
        item: dict[str, Any] = {
            names["id"]: _identifier_schema(self.identifiers),
            names["state"]: {"type": "string", "enum": list(self.states)},
            names["gone"]: {"type": "string", "enum": ["low", "normal", "high"]},
            names["null"]: {"type": ["string", "null"]},
            names["time"]: {"type": "integer", "minimum": 0},
            "model": {"type": "string"},
            "prompt": {"type": "string", "minLength": 1},
            "progress": {"type": "integer", "minimum": 0, "maximum": 100},
            "cost": {"type": "number", "minimum": 0},
            "is_public": {"type": "boolean"},
            "created_at": {"type": "string", "format": "date-time"},
            "finished_at": {"type": ["string", "null"], "format": "date-time"},
            "callback": {"type": "string", "format": "uri"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "size": {
                "type": "object",
                "required": ["width", "height"],
                "properties": {"width": {"type": "integer"}, "height": {"type": "integer"}},
            },
        }
        optional = {names["gone"], "callback"}
        schema = _object(item, [name for name in item if name not in optional])
        if self.envelope:
            schema = _object({"code": {"const": 0}, self.envelope: schema}, ["code", self.envelope])
        answer = {"description": "The task.", "content": {"application/json": {"schema": schema}}}
        operation = {"operationId": "getTask", "responses": {"200": answer}}
        return {
            "openapi": "3.1.0",
            "info": {"title": "Invented", "version": "1"},
            "servers": [{"url": "https://api.invented.example"}],
            "paths": {"/v1/tasks/{id}": {"get": operation}},
        }

    def contract(self) -> Contract:
        """Return the contract, loaded."""
        return load_contract("planted.json", json.dumps(self.document()).encode(), provider="invented")

    def exchanges(self) -> Iterator[dict[str, Any]]:
        """Iterate over the exchanges, in the recording format; the same ones every time."""
        rng = random.Random(f"{self.seed} answers")
        for found in self._found.values():
            found.clear()
        self._absent = 0
        for index in range(self.count):
            task = self._task(rng, index)
            body = {"code": 0, self.envelope: task} if self.envelope else task
            told = {"time": _text(_BEGAN + timedelta(seconds=index))} if self.timed else {}
            yield {
                **told,
                "request": {"method": "GET", "url": f"https://api.invented.example/v1/tasks/{index}"},
                "response": {"status": 200, "headers": {"content-type": "application/json"}, "body": body},
            }

    def _task(self, rng: random.Random, index: int) -> dict[str, Any]:
        names, created = self._names, _BEGAN + timedelta(seconds=index - rng.randint(0, 600))
        unit, state = self.unit, rng.choice(self.states)
        changes = self._changes
        if changes and rng.random() < 0.02:  # noqa: PLR2004 - one in fifty
            unit = self.other_unit
            self._found["time"].append(index)
        if changes and rng.random() < 0.001:  # noqa: PLR2004 - one in a thousand
            state = _STRANGER[self.states[0]]
            self._found["state"].append(index)
        self._found["null"].append(index)
        task = {
            names["id"]: self._make_id(rng, index),
            names["state"]: state,
            names["null"]: None if changes or rng.random() < 0.5 else "as it was asked",  # noqa: PLR2004 - a coin
            names["time"]: int(created.timestamp() * _SCALES[unit]) + rng.randrange(_SCALES[unit]),
            "model": rng.choice(("aurora-1", "aurora-2", "borealis")),
            "prompt": " ".join(rng.choices(_WORDS, k=rng.randint(2, 9))),
            "progress": rng.randint(0, 100),
            "cost": round(rng.random() * 4, 3),
            "is_public": rng.random() < 0.5,  # noqa: PLR2004 - a coin
            "created_at": _text(created),
            "finished_at": _text(created + timedelta(seconds=9)) if rng.random() < 0.7 else None,  # noqa: PLR2004 - most
            "tags": rng.sample(_WORDS, k=rng.randint(0, 3)),
            "size": {"width": rng.choice((640, 1280)), "height": rng.choice((480, 720))},
        }
        if (index < self._ends or not changes) and rng.random() < self._presence:
            task[names["gone"]] = rng.choice(("low", "normal", "high"))
            self._found["gone"] = [index]
        else:
            self._absent += 1
        if rng.random() < 0.3:  # noqa: PLR2004 - a member that comes at times
            task["callback"] = f"https://hooks.example/{rng.getrandbits(40):x}"
        return task

    @property
    def told(self) -> set[Told]:
        """Return what an audit must tell of the answers that were taken."""
        if not self._changes:
            return set()
        at = f"/{self.envelope}" if self.envelope else ""
        found, names = self._found, self._names
        return {
            Told("enum-value-unknown", f"{at}/{names['state']}", len(found["state"]), found["state"][0]),
            Told("field-vanished", f"{at}/{names['gone']}", self._absent, found["gone"][-1]),
            Told("always-null", f"{at}/{names['null']}", len(found["null"]), 0),
            Told("unit-mixed", f"{at}/{names['time']}", len(found["time"]), found["time"][0]),
        }


def differences(corpus: Corpus) -> tuple[set[Told], set[Told]]:
    """Return what an audit should have told of a corpus and did not, and what it told beside."""
    contract = corpus.contract()
    examiner = Examiner([contract])
    for block in read_blocks(_Lines(corpus.exchanges()), source="planted.jsonl"):
        examiner.take_block(block)
    report = concluded(examiner.report(), [contract])
    told = {
        Told(found.rule, found.location.pointer, found.sightings, found.first.index)
        for found in report.findings
    }
    return corpus.told - told, told - corpus.told


class _Lines(io.RawIOBase):
    """Records as a stream of JSON Lines, made while it is read."""

    def __init__(self, records: Iterator[dict[str, Any]]) -> None:
        super().__init__()
        self._records = records
        self._held = b""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes; none at the end."""
        while len(self._held) < size:
            record = next(self._records, None)
            if record is None:
                break
            self._held += json.dumps(record, separators=(",", ":")).encode() + b"\n"
        given, self._held = self._held[:size], self._held[size:]
        return given


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties}


def _identifier_schema(kind: str) -> dict[str, Any]:
    return {"type": "string", "format": "uuid"} if kind == "uuid" else {"type": "string"}


def _uuid(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-9{digits[17:20]}-{digits[20:]}"


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def main() -> int:
    """Print one line for each corpus; return 1 where an audit told anything else than was planted."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seeds", type=int, default=3, help="how many corpora (default: 3)")
    parser.add_argument("--first", type=int, default=1, help="the first seed (default: 1)")
    options = parser.parse_args()
    failed = 0
    for seed in range(options.first, options.first + options.seeds):
        corpus = Corpus(options.records, seed=seed)
        began = perf_counter()
        missed, beside = differences(corpus)
        failed += bool(missed or beside)
        print(
            f"seed {seed}: {options.records} records, {corpus.identifiers}, {corpus.unit}, "
            f"{'times' if corpus.timed else 'no times'}: {4 - len(missed)} of 4 told exactly, "
            f"{len(beside)} beside, {perf_counter() - began:.0f} s",
            *(f"  missed {each}" for each in sorted(missed)),
            *(f"  beside {each}" for each in sorted(beside)),
            sep="\n",
            flush=True,
        )
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
