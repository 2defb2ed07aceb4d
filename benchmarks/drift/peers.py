"""Measure other validators on the drifts that wireproof is measured on.

python benchmarks/drift/peers.py [--seed N] [--each N] [--clean N] [--only TOOL]

Installs what it measures from PyPI and npm into folders of its own under build/peers.
"""

from __future__ import annotations

import argparse
import base64
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from driftbench.corpus import FAMILIES, HERE, clean_samples, drift_samples, kinds, load_apis
from driftbench.judging import Found, Wireproof
from driftbench.promise import reference_schema
from driftbench.results import write_peers
from driftbench.scoring import Cell, Clean, outcomes

sys.path.append(str(HERE.parent))

from trafficbench.installing import PEERS as BUILD
from trafficbench.installing import Home, NotInstalled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from driftbench.cases import Exchanged
    from driftbench.corpus import Sample
    from driftbench.promise import Api

WORK = BUILD / "work"


@dataclass(frozen=True, slots=True)
class Peer:
    """One tool: what is installed for it, and the script that asks it."""

    name: str
    packages: tuple[str, ...]
    script: str
    npm: bool = False

    @property
    def home(self) -> Path:
        """Return the folder of its own."""
        return BUILD / self.name.replace(" ", "-")


PEERS = (
    Peer("jsonschema", ("jsonschema[format-nongpl]==4.26.0",), "with_jsonschema.py"),
    Peer("ajv", ("ajv@8.20.0", "ajv-formats@3.0.1"), "with_ajv.mjs", npm=True),
    Peer("openapi-core", ("openapi-core==0.23.1",), "with_openapi_core.py"),
    Peer("Schemathesis", ("schemathesis==4.32.5",), "with_schemathesis.py"),
    Peer("Redocly drift", ("@redocly/cli@2.77.0",), "with_redocly.py", npm=True),
)
NOTES = """\
- No peer names a kind of drift, so names are not compared. A place is right for a peer where any part of
  what it says is at the place that the label expects; the far end of a move is not asked of it, nor the
  place of a status, a content type or a header.
- jsonschema and ajv are told which schema applies and see bodies alone; that a body is no JSON was found
  by the parser before them. The others match operations, statuses and headers themselves.
- Schemathesis runs its four response conformance checks on handmade responses. Redocly `drift` reads one
  HAR for each contract; `exclusiveMinimum: false`, which it cannot compile, is taken out for it.
"""


def main() -> int:
    """Install, ask, score and write; the exit code is 1 if a tool could not be asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=7, help="another corpus (default 7)")
    parser.add_argument("--each", type=int, default=2, help="samples of each kind for each contract")
    parser.add_argument("--clean", type=int, default=1000, help="clean bodies")
    parser.add_argument("--only", default="", help="only this tool; nothing is written")
    told = parser.parse_args()
    apis = load_apis()
    WORK.mkdir(parents=True, exist_ok=True)
    clean = list(clean_samples(apis, told.clean, told.seed))
    names = [(kind, api.name) for kind in kinds() for api in apis]
    drifted = list(drift_samples(apis, names, each=told.each, seed=told.seed))
    write_corpus(apis, [*clean, *drifted])
    tools: dict[str, Any] = {}
    tool = Wireproof.of(apis)
    tools["wireproof"] = scored(
        clean, drifted, {one.id: tool.judge(one) for one in (*clean, *drifted)}, peer=False
    )
    failed = False
    for peer in PEERS:
        if told.only in {"", peer.name}:
            said = asked(peer)
            failed = failed or said is None
            if said is not None:
                tools[peer.name] = scored(clean, drifted, said, peer=True)
    bodies = sum(len(one.exchanges) for one in clean)
    packages = ", ".join(package for peer in PEERS for package in peer.packages)
    measured = {
        "sample": f"Measured on {len(drifted)} samples with drifts, up to {told.each} of each kind for "
        f"each contract, and {bodies} clean bodies.",
        "families": [*FAMILIES, "all single drifts"],
        "tools": tools,
        "notes": [*NOTES.splitlines(), f"- {packages}"],
    }
    print("\n".join(write_peers(measured, keep=not told.only and not failed)))
    return int(failed)


def write_corpus(apis: Sequence[Api], samples: Sequence[Sample]) -> None:
    """Write the contracts, their schemas and the samples where the tools read them."""
    for folder in ("apis", "schemas"):
        (WORK / folder).mkdir(exist_ok=True)
    by_name = {api.name: api for api in apis}
    for api in apis:
        (WORK / "apis" / f"{api.name}.json").write_text(json.dumps(api.document), encoding="utf-8")
        for op in api.ops:
            for promise in op.promises:
                file = WORK / "schemas" / f"{api.name}.{op.id}.{promise.status}.json"
                file.write_text(json.dumps(reference_schema(api, promise)), encoding="utf-8")
    with (WORK / "corpus.jsonl").open("w", encoding="utf-8") as lines:
        for one in samples:
            exchanges = [wire(by_name[one.api], exchanged) for exchanged in one.exchanges]
            lines.write(json.dumps({"id": one.id, "api": one.api, "exchanges": exchanges}) + "\n")


def wire(api: Api, one: Exchanged) -> dict[str, Any]:
    """Return an exchange as plain values; `schema` is the file of the schema that applies, or None."""
    op = next(op for op in api.ops if op.id == one.op)
    keys = (str(one.status), f"{one.status // 100}XX", "default")
    status = next((key for key in keys if key in {promise.status for promise in op.promises}), None)
    return {
        "op": one.op,
        "method": one.method,
        "url": one.url,
        "parameters": [parameter["name"] for parameter in op.parameters if parameter["in"] == "path"],
        "request_body": base64.b64encode(one.request_body).decode() if one.request_body else None,
        "status": one.status,
        "headers": one.headers,
        "body": base64.b64encode(one.body).decode(),
        "schema": f"{api.name}.{op.id}.{status}.json" if status else None,
        "time": one.time,
    }


def asked(peer: Peer) -> dict[str, list[Found]] | None:
    """Return what a tool says about every sample of the corpus; None if it could not be asked."""
    python = installed(peer)
    if python is None:
        return None
    interpreter = ["node"] if peer.script.endswith(".mjs") else [str(python)]
    command = [*interpreter, str(HERE / "peers" / peer.script), str(WORK), str(peer.home)]
    print(f"asking {peer.name}", file=sys.stderr)
    with (WORK / "corpus.jsonl").open("rb") as corpus, (WORK / f"{peer.home.name}.log").open("wb") as log:
        done = subprocess.run(command, stdin=corpus, stdout=subprocess.PIPE, stderr=log, check=False)
    if done.returncode:
        print(f"{peer.name} failed: see {WORK / peer.home.name}.log", file=sys.stderr)
        return None
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return {answer["id"]: [_found(one) for one in answer["said"]] for answer in answers}


def _found(one: dict[str, Any]) -> Found:
    return Found(one.get("rule"), one["pointer"], absorbs=tuple(_found(part) for part in one["parts"]))


def installed(peer: Peer) -> Path | None:
    """Return the Python to run a tool's script with, after installing the tool."""
    home = Home(peer.home.name, peer.packages, npm=peer.npm)
    try:
        home.install()
    except NotInstalled as reason:
        print(f"{peer.name}: {reason}", file=sys.stderr)
        return None
    return Path(sys.executable if peer.npm else home.python)


def scored(
    clean: Sequence[Sample], drifted: Sequence[Sample], said: dict[str, list[Found]], *, peer: bool
) -> dict[str, Any]:
    """Return a tool's counts, family by family."""
    alarms = Clean()
    for one in clean:
        alarms.add(one, said.get(one.id, []))
    cells: dict[str, Cell] = {}
    for one in drifted:
        for outcome in outcomes(one, said.get(one.id, []), peer=peer):
            families = [one.family, *(["all single drifts"] if len(one.labels) == 1 else [])]
            for family in families:
                cells.setdefault(family, Cell()).add(outcome)
    counts = {
        family: {
            "drifts": cell.drifts,
            "seen": cell.seen,
            "placed": cell.placed,
            "samples": cell.samples,
            "statements": cell.statements,
        }
        for family, cell in cells.items()
    }
    return {"cells": counts, "clean": alarms.bodies, "alarmed": alarms.alarmed}


if __name__ == "__main__":
    sys.exit(main())
