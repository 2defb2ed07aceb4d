"""Seeded recordings of an invented provider: any number of exchanges, with a chosen share of drift.

`python benchmarks/corpus.py --records 1000000 --planted --output FILE` writes the corpus with four
planted changes and no other: a new enum value in 0.1 % of the answers, a field that is gone after
half of them, a field that is always null, and a time that is in milliseconds in one answer in fifty.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CONTRACT", "bodies", "exchanges", "planted", "write"]

CONTRACT = Path(__file__).parent / "contracts" / "render.yaml"
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_STATES = ("queued", "running", "succeeded", "succeeded", "succeeded", "failed")
_MODELS = ("aurora-1", "aurora-2", "aurora-2-fast", "borealis")
_WORDS = "a calm sea under two moons with birds that fly slowly over old stones in warm light".split()  # noqa: SIM905 - reads as a sentence


def bodies(count: int, *, seed: int = 1, large: bool = False, drift: float = 0.0) -> Iterator[dict[str, Any]]:
    """Iterate over answers that keep the contract, but for the share `drift` of them.

    Every drifting answer drifts in the same way: a number arrives as text, and a member comes that
    the contract does not name.
    """
    rng = random.Random(seed)
    for index in range(count):
        body = _body(rng, index, outputs=24 if large else rng.randint(1, 2))
        if drift and rng.random() < drift:
            body["data"]["progress"] = str(body["data"]["progress"])
            body["data"]["shard"] = rng.randint(1, 9)
        yield body


def exchanges(
    count: int, *, seed: int = 1, large: bool = False, drift: float = 0.0
) -> Iterator[dict[str, Any]]:
    """Iterate over exchanges in the recording format, with the answers of `bodies`."""
    for index, body in enumerate(bodies(count, seed=seed, large=large, drift=drift)):
        yield _exchange(index, body)


def planted(count: int, *, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Iterate over exchanges with four planted changes: see the module's description."""
    for index, body in enumerate(bodies(count, seed=seed)):
        task = body["data"]
        if index % 1000 == 700:  # noqa: PLR2004 - one in a thousand
            task["status"] = "archived"
        if index >= count // 2:
            task.pop("priority", None)
        task["reason"] = None
        if index % 50 == 7:  # noqa: PLR2004 - one in fifty
            task["submitted"] *= 1000
        yield _exchange(index, body)


def write(records: Iterator[dict[str, Any]], stream: TextIO) -> None:
    """Write records as JSON Lines."""
    for record in records:
        stream.write(json.dumps(record, separators=(",", ":")))
        stream.write("\n")


def _exchange(index: int, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "time": _time(_BEGAN + timedelta(seconds=index)),
        "request": {"method": "GET", "url": f"https://api.render.example/v1/tasks/{body['data']['id']}"},
        "response": {"status": 200, "headers": {"content-type": "application/json"}, "body": body},
    }


def _body(rng: random.Random, index: int, *, outputs: int) -> dict[str, Any]:
    state = rng.choice(_STATES)
    created = _BEGAN + timedelta(seconds=index - rng.randint(0, 600))
    ended = state in {"succeeded", "failed"}
    task = {
        "id": f"{rng.getrandbits(96):024x}",
        "status": state,
        "model": rng.choice(_MODELS),
        "prompt": " ".join(rng.choices(_WORDS, k=rng.randint(4, 16))),
        "created_at": _time(created),
        "finished_at": _time(created + timedelta(seconds=rng.randint(5, 300))) if ended else None,
        "submitted": int(created.timestamp()),
        "progress": 100 if ended else rng.randint(0, 99),
        "seed": rng.getrandbits(31),
        "cost": round(rng.random() * 4, 3),
        "priority": rng.choice(("low", "normal", "high")),
        "is_public": rng.random() < 0.5,  # noqa: PLR2004 - a coin
        "reason": "it was stopped by the operator" if state == "failed" else None,
        "tags": rng.sample(_WORDS, k=rng.randint(0, 3)),
        "meta": {
            "width": rng.choice((640, 1280, 1920)),
            "height": rng.choice((480, 720, 1080)),
            "duration": round(rng.random() * 60, 2),
            "codec": rng.choice(("h264", "h265", "av1")),
            "fps": rng.choice((24, 25, 30, 60)),
        },
        "outputs": [_output(rng) for _ in range(outputs)],
    }
    if rng.random() < 0.1:  # noqa: PLR2004 - an optional member
        del task["priority"]
    if rng.random() < 0.3:  # noqa: PLR2004 - another
        task["callback"] = f"https://hooks.example/{rng.getrandbits(40):x}"
    return {
        "code": 0,
        "message": "ok",
        "trace": f"{rng.getrandbits(128):032x}"[:8] + "-0000-4000-8000-" + f"{rng.getrandbits(48):012x}",
        "data": task,
    }


def _output(rng: random.Random) -> dict[str, Any]:
    return {
        "url": f"https://cdn.render.example/{rng.getrandbits(64):016x}.mp4",
        "kind": rng.choice(("video", "image", "audio")),
        "bytes": rng.randint(10_000, 90_000_000),
        "checksum": f"{rng.getrandbits(128):032x}",
    }


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def main() -> None:
    """Write one corpus, as the options say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drift", type=float, default=0.0, help="share of drifting answers, 0 to 1")
    parser.add_argument("--bare", action="store_true", help="bodies alone, without request and status")
    parser.add_argument("--large", action="store_true", help="bodies of some 5 kB")
    parser.add_argument("--planted", action="store_true", help="exchanges with four planted changes")
    parser.add_argument("--output", help="a file; standard output without it")
    options = parser.parse_args()
    if options.planted:
        records = planted(options.records, seed=options.seed)
    else:
        make = bodies if options.bare else exchanges
        records = make(options.records, seed=options.seed, large=options.large, drift=options.drift)
    if options.output is None:
        write(records, sys.stdout)
        return
    with Path(options.output).open("w", encoding="utf-8") as stream:
        write(records, stream)


if __name__ == "__main__":
    main()
