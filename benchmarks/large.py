"""Recordings too large to be kept: what an audit of them takes in memory, and how soon it speaks.

    make bench-large LARGE="--gigabytes 5 --files 1000000 --folder /tmp/large"

Writes one recording of JSON Lines, or a folder of small files, runs `wireproof audit` on it in one
process and on a terminal of its own, and removes it again.  Tells the first finding, some lines of
progress, wall and CPU seconds, the peak of memory, and the exit code.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import random
import re
import shutil
import sys
from pathlib import Path
from time import monotonic
from typing import Any

__all__ = ["main"]

_WORDS = "a calm sea under two moons with birds that fly slowly over old stones in warm light".split()  # noqa: SIM905 - reads as a sentence
_STATES = ["queued", "running", "done"]
_ITEM = {
    "type": "object",
    "properties": {"url": {"type": "string", "format": "uri"}, "size": {"type": "integer"}},
}
_SCHEMA = {
    "type": "object",
    "required": ["id", "state", "created_at"],
    "properties": {
        "id": {"type": "string"},
        "state": {"enum": _STATES},
        "created_at": {"type": "string", "format": "date-time"},
        "n": {"type": "integer"},
        "note": {"type": ["string", "null"]},
        "items": {"type": "array", "items": _ITEM},
    },
}
_MARK = b"@@@@@@"
_RECORDS = 20_000


def main() -> None:
    """Write, audit and remove what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=0, help="size of a recording of JSON Lines")
    parser.add_argument("--files", type=int, default=0, help="number of files of one exchange each")
    parser.add_argument("--folder", type=Path, required=True, help="an empty folder to write to")
    options = parser.parse_args()
    options.folder.mkdir(parents=True)
    try:
        (options.folder / "spec.json").write_text(json.dumps(_contract()), encoding="utf-8")
        os.chdir(options.folder)
        if options.gigabytes:
            _write_lines(Path("large.jsonl"), int(options.gigabytes * 1e9))
            _audit("large.jsonl")
        if options.files:
            _write_files(Path("files"), options.files)
            _audit("files")
    finally:
        shutil.rmtree(options.folder)


def _contract() -> dict[str, Any]:
    content = {"application/json": {"schema": _SCHEMA}}
    operation = {"operationId": "getThing", "responses": {"200": {"description": "d", "content": content}}}
    paths = {"/things/{id}": {"get": operation}}
    return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}


def _record(rng: random.Random, index: int, mark: str) -> str:
    """Return one exchange: some have a strange state, some more a text for a number."""
    body: dict[str, Any] = {
        "id": f"{mark}{rng.getrandbits(64):016x}",
        "state": "archived" if not (index + 500) % 1000 else rng.choice(_STATES),
        "created_at": f"2026-03-{1 + index % 28:02}T{index % 24:02}:{index % 60:02}:00Z",
        "n": str(index) if not (index + 93) % 100 else index,
        "note": " ".join(rng.choices(_WORDS, k=rng.randrange(40))) or None,
        "items": [
            {"url": f"https://example.com/{mark}{rng.getrandbits(64):016x}", "size": rng.randrange(10**7)}
            for _ in range(rng.randrange(6))
        ],
    }
    request = {"method": "GET", "url": f"/things/{body['id']}"}
    return json.dumps({"request": request, "response": {"status": 200, "body": body}})


def _write_lines(path: Path, size: int) -> None:
    """Write the same records again and again, their identifiers others each time."""
    rng = random.Random(7)
    chunk = "".join(f"{_record(rng, index, _MARK.decode())}\n" for index in range(_RECORDS)).encode()
    written = repetition = 0
    with path.open("wb") as stream:
        while written < size:
            written += stream.write(chunk.replace(_MARK, b"%06x" % repetition))
            repetition += 1
    print(f"{written:,} bytes, {repetition * _RECORDS:,} records")


def _write_files(folder: Path, count: int) -> None:
    rng = random.Random(7)
    for index in range(count):
        if index % 1000 == 0:
            (folder / f"{index // 1000:04}").mkdir(parents=True)
        path = folder / f"{index // 1000:04}/{index:07}.json"
        path.write_text(_record(rng, index, ""), encoding="utf-8")
    print(f"{count:,} files")


def _audit(what: str) -> None:
    code = "import sys; from wireproof.cli import main; sys.exit(main())"
    words = ["audit", "--spec", "spec.json", "--format", "json", "--output", "report.json", what]
    began = monotonic()
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-c", code, *words])  # noqa: S606 - our own command
    first: float | None = None
    told: list[str] = []
    while data := _read(terminal):
        if first is None and re.search(rb"(?:error|warning|info): ", data):
            first = monotonic() - began
        told += [
            line.decode() for line in re.findall(rb"\x1b\[K([^\r\n\x1b]*records, [0-9,]+ a second)", data)
        ]
    _, status, usage = os.wait4(child, 0)
    cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    print(f"wireproof {' '.join(words)}")
    print(f"first finding after {first or 0:.1f} s; progress: {' | '.join(told[:: max(1, len(told) // 3)])}")
    print(
        f"wall {monotonic() - began:.0f} s, CPU {cpu:.0f} s, peak {peak:.0f} MB,"
        f" exit code {os.waitstatus_to_exitcode(status)}"
    )


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # the other side is closed
        return b""


if __name__ == "__main__":
    main()
