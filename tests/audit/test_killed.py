"""An audit that is killed at any place, and gone on with, ends in the report of one that never was."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import wireproof
from support.contracts import document

SCHEMA = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {
        "id": {"type": "string"},
        "state": {"enum": ["open", "done"]},
        "n": {"type": "integer"},
        "note": {"type": ["string", "null"]},
    },
}
COUNT = 24_000
INPUTS = ["a.jsonl", "b.har"]
OFTEN = """
import sys
from time import sleep
import wireproof.cli.earlier as earlier
from wireproof.cli import main
from wireproof.examining import Examiner
take = Examiner.take_block
Examiner.take_block = lambda self, block: (sleep(0.02), take(self, block))[1]
earlier._SAVED_EVERY = 0.05
sys.exit(main())
"""
"""An audit that keeps its state often, and is slow enough to be killed in the middle."""


def exchange(index, chance):
    body = {"id": f"{chance.getrandbits(64):016x}", "state": chance.choice(["open", "done"]), "note": None}
    if index < COUNT // 2:
        body["n"] = index
    if index % 100 == 60:
        body["state"] = "archived"
    return {"request": {"method": "GET", "url": "/thing"}, "response": {"status": 200, "body": body}}


def entry(exchange):
    answer = exchange["response"]
    text = json.dumps(answer["body"])
    return {**exchange, "response": {"status": 200, "headers": [], "content": {"text": text}}}


@pytest.fixture(scope="module")
def recordings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    chance = random.Random(5)
    exchanges = [exchange(index, chance) for index in range(COUNT)]
    (folder / "spec.json").write_text(json.dumps(document(SCHEMA)), encoding="utf-8")
    with (folder / "a.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(each) + "\n" for each in exchanges[: COUNT // 2])
        stream.write("no json\n")
    log = {"version": "1.2", "creator": {}, "entries": [entry(each) for each in exchanges[COUNT // 2 :]]}
    (folder / "b.har").write_text(json.dumps({"log": log}), encoding="utf-8")
    return folder


def started(folder, *words):
    source = str(Path(wireproof.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-c", OFTEN, "audit", "--spec", "spec.json", "--format", "json", *INPUTS, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": source},
        stderr=subprocess.PIPE,
    )


def whole(folder, *words):
    process = started(folder, "--output", "whole.json", *words)
    assert (process.wait(), process.stderr.read()) == (1, b"")
    process.stderr.close()
    return (folder / "whole.json").read_bytes()


def judged(state):
    if not state.exists():
        return 0
    return sum(entry["exchanges"] for entry in json.loads(state.read_bytes())["inputs"])


@pytest.fixture(scope="module")
def uninterrupted(recordings):
    return whole(recordings)


@pytest.mark.parametrize(
    ("workers", "end"), [("1", signal.SIGKILL), ("2", signal.SIGKILL), ("2", signal.SIGTERM)]
)
def test_killed_again_and_again(recordings, uninterrupted, workers, end):
    chance = random.Random(f"{workers} {end}")
    state = recordings / f"state-{workers}-{end}.json"
    words = ["--resume", state.name, "--workers", workers, "--output", f"part-{workers}-{end}.json"]
    places = [0]
    for _ in range(9):
        process = started(recordings, *words)
        deadline = time.monotonic() + 30
        while judged(state) <= places[-1] and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.random() / 20)
        process.send_signal(end)
        process.wait()
        process.stderr.close()
        places.append(judged(state))
        if places[-1] == COUNT or len(places) == 4:
            break
    assert any(0 < place < COUNT for place in places)
    assert whole(recordings, *words[:4]) == uninterrupted


def test_workers_end_when_their_parent_is_killed(recordings):
    process = started(recordings, "--workers", "2", "--output", "never.json")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        process.kill()
        process.wait()
        process.stderr.close()
        pytest.skip("this system does not tell a process's children")
    while len(children.read_text().split()) < 2:
        time.sleep(0.01)
    process.kill()
    process.wait()
    process.stderr.read()  # to its end: nobody holds it any more
    process.stderr.close()
