"""Exchanges as tables, what a test asks of them, and the audit of a file beside the contract."""

import io
import json
from datetime import datetime
from pathlib import Path

import pytest

from wireproof.cli import main
from wireproof.door import LIMITS
from wireproof.exchange import Unreadable
from wireproof.parquet import iter_rows
from wireproof.readers.jsonlines import record_of

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'wireproof[parquet]'")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

SCHEMA = {
    "type": "object",
    "required": ["state", "n"],
    "properties": {
        "state": {"enum": ["open", "done"]},
        "n": {"type": "integer"},
        "note": {"type": ["string", "null"]},
        "made": {"type": "integer"},
    },
}


def exchange(index):
    body = {"state": "open" if index % 3 else "shut", "n": index, "note": None, "made": 1_700_000_000 + index}
    if index % 7 == 0:
        del body["n"]
    return {
        "time": f"2026-03-{1 + index // 60:02}T09:{index % 60:02}:00Z",
        "request": {"method": "GET", "url": f"/thing?page={index}"},
        "response": {"status": 200, "headers": {"content-type": "application/json"}, "body": body},
    }


EXCHANGES = [exchange(index) for index in range(1000)]


def moment(text):
    return datetime.fromisoformat(text)


def flat(body_type):
    answers = [entry["response"] for entry in EXCHANGES]
    bodies = [json.dumps(answer["body"]) for answer in answers]
    binary = [body.encode() for body in bodies]
    return pa.table(
        {
            "latency": pa.array(range(1000)),
            "Time": pa.array([moment(entry["time"]) for entry in EXCHANGES], pa.timestamp("ms", "UTC")),
            "METHOD": pa.array(["GET"] * 1000).dictionary_encode(),
            "url": [entry["request"]["url"] for entry in EXCHANGES],
            "status": pa.array([200] * 1000, pa.int16()),
            "headers": pa.array(
                [list(answer["headers"].items()) for answer in answers], pa.map_(pa.string(), pa.string())
            ),
            "body": pa.array(binary if body_type in {pa.binary(), pa.large_binary()} else bodies, body_type),
        }
    )


def nested():
    return pa.table(
        {
            "time": [entry["time"] for entry in EXCHANGES],
            "request": [entry["request"] for entry in EXCHANGES],
            "response": [
                {**entry["response"], "body": json.dumps(entry["response"]["body"])} for entry in EXCHANGES
            ],
        }
    )


def lines(name, kind):
    texts = [json.dumps(entry) for entry in EXCHANGES]
    return pa.table(
        {name: pa.array(texts if kind == pa.string() else [text.encode() for text in texts], kind)}
    )


def audit(*words):
    code = main(["audit", "--spec", "spec.json", "--format", "json", "--output", "out.json", *words])
    return code, Path("out.json").read_text(encoding="utf-8")


def records(table_or_bytes, *, limits=LIMITS, **more):
    """Return the records of a table, its blocks of rows taken apart."""
    stream = table_or_bytes
    if not isinstance(stream, bytes):
        sink = io.BytesIO()
        pq.write_table(stream, sink)
        stream = sink.getvalue()
    found = []
    for block in iter_rows(io.BytesIO(stream), source="t.parquet", limits=limits, **more):
        if isinstance(block, Unreadable):
            found.append(block)
        else:
            found += [record_of(block, number, limits) for number in range(len(block.data))]
    return found


def written(**more):
    sink = io.BytesIO()
    pq.write_table(flat(pa.string()), sink, row_group_size=250, **more)
    return sink.getvalue()
