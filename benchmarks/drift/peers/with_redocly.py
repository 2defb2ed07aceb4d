"""Redocly CLI `drift` on the corpus: one HAR a contract, its CSV report read back by exchange."""

from __future__ import annotations

import base64
import csv
import json
import subprocess
import sys
from pathlib import Path

work, home = Path(sys.argv[1]), Path(sys.argv[2])
COMMAND = home / "node_modules" / ".bin" / "redocly"


def entry(exchange: dict) -> dict:
    """Return one exchange as an entry of a HAR."""
    raw = base64.b64decode(exchange["body"])
    try:
        content = {"text": raw.decode("utf-8"), "size": len(raw)}
    except UnicodeDecodeError:
        content = {"text": exchange["body"], "encoding": "base64", "size": len(raw)}
    headers = [{"name": name, "value": value} for name, value in exchange["headers"]]
    request = {
        "method": exchange["method"],
        "url": exchange["url"],
        "httpVersion": "HTTP/1.1",
        "headers": [{"name": "authorization", "value": "Bearer k"}],
        "queryString": [],
        "cookies": [],
        "headersSize": -1,
        "bodySize": -1,
    }
    if exchange["request_body"]:
        text = base64.b64decode(exchange["request_body"]).decode()
        request["postData"] = {"mimeType": "application/json", "text": text}
        request["headers"].append({"name": "content-type", "value": "application/json"})
    response = {
        "status": exchange["status"],
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "headers": headers,
        "cookies": [],
        "content": {**content, "mimeType": dict(exchange["headers"])["content-type"]},
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
    }
    timings = {"send": 0, "wait": 0, "receive": 0}
    started = exchange["time"]
    return {
        "startedDateTime": started,
        "time": 1,
        "request": request,
        "response": response,
        "cache": {},
        "timings": timings,
    }


def compilable(value: object) -> object:
    """Return a document without `exclusiveMinimum: false`, which says nothing and which drift refuses."""
    if isinstance(value, list):
        return [compilable(item) for item in value]
    if not isinstance(value, dict):
        return value
    idle = {"exclusiveMinimum", "exclusiveMaximum"}
    return {key: compilable(item) for key, item in value.items() if not (key in idle and item is False)}


def pointer(path: str) -> str:
    """Return a place with `*` for array indexes."""
    return "".join(f"/{'*' if token.isdigit() else token}" for token in path.split("/")[1:])


def judged(api: str, samples: list[dict]) -> dict[str, list[dict]]:
    """Return the statements on each sample of a contract."""
    owners = [sample["id"] for sample in samples for _ in sample["exchanges"]]
    entries = [entry(exchange) for sample in samples for exchange in sample["exchanges"]]
    har = work / f"{api}.har"
    log = {"version": "1.2", "creator": {"name": "driftbench", "version": "1"}, "entries": entries}
    har.write_text(json.dumps({"log": log}))
    document = work / f"{api}.document.json"
    document.write_text(json.dumps(compilable(json.loads((work / "apis" / f"{api}.json").read_text()))))
    report = work / f"{api}.csv"
    command = [str(COMMAND), "drift", str(har), "--api", str(document), "--format", "csv", "-o", str(report)]
    if not json.loads(document.read_text()).get("servers"):
        command += ["--server", f"https://api.{api}-live.net"]
    subprocess.run([*command, "--min-severity", "warning"], check=False, capture_output=True)
    found: dict[str, list[dict]] = {}
    with report.open(newline="") as lines:
        for row in csv.DictReader(lines):
            said = {"pointer": pointer(row["data_path"]), "parts": [], "rule": row["rule_id"]}
            found.setdefault(owners[int(row["exchange_index"])], []).append(said)
    return found


by_api: dict[str, list[dict]] = {}
for line in sys.stdin:
    one = json.loads(line)
    by_api.setdefault(one["api"], []).append(one)
for name, group in by_api.items():
    statements = judged(name, group)
    for one in group:
        print(json.dumps({"id": one["id"], "said": statements.get(one["id"], [])}))
