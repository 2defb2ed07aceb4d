"""Process start, and the cost of judging one body, beside peers.

Start is CPU time as a multiple of `python -c pass`.  Judging is CPU time as a multiple of
`json.loads` of the same bytes, measured in the same process right before and after.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import yaml

from trafficbench.comparing import say
from trafficbench.corpora import WORK
from trafficbench.installing import ROOT, NotInstalled
from trafficbench.measuring import measured
from trafficbench.tools import OPENAPI_CORE

__all__ = ["CONTRACT", "EXAMPLE", "judging_ratios", "start_ratios"]

EXAMPLE = ROOT / "specs/a2e/examples/succeeded.json"
CONTRACT = ROOT / "specs/a2e/openapi.yaml"
ROUNDS = 15
SCRIPTS = ROOT / "benchmarks"


def start_ratios() -> dict[str, float | str]:
    """Return the median CPU time of each command as a multiple of an empty Python process's.

    A command that cannot be had here has the reason in its place.
    """
    found: dict[str, float | str] = {}
    commands = _own_commands()
    try:
        OPENAPI_CORE.install()
        commands |= _peers_commands()
    except NotInstalled as reason:
        found["openapi-core, check-jsonschema"] = str(reason)
    taken: dict[str, list[float]] = {name: [] for name in ("pass", *commands)}
    log = WORK / "start.log"
    for _ in range(ROUNDS):
        taken["pass"].append(measured([sys.executable, "-c", "pass"], log=log).cpu)
        for name, command in commands.items():
            taken[name].append(measured(command, log=log).cpu)
    say("process start: done")
    unit = median(taken["pass"])
    return {name: median(taken[name]) / unit for name in commands} | found


def judging_ratios() -> dict[str, float | str]:
    """Return each judge's cost of one body as a multiple of parsing it."""
    found: dict[str, float | str] = {}
    judges = [[sys.executable, str(SCRIPTS / "judging.py")]]
    try:
        OPENAPI_CORE.install()
        judges.append(_openapi_core())
    except NotInstalled as reason:
        found["openapi-core: validate_response"] = str(reason)
    for command in judges:
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
        found = json.loads(done.stdout) | found
    say("one body: done")
    return found


def _own_commands() -> dict[str, list[str]]:
    validate = [str(Path(sys.executable).parent / "validate-response")]
    return {
        "wireproof: validate-response one.json": [*validate, str(EXAMPLE)],
        "the same with --provider a2e": [*validate, "--provider", "a2e", str(EXAMPLE)],
    }


def _peers_commands() -> dict[str, list[str]]:
    """Return check-jsonschema with the response's schema written out for it, and an openapi-core script."""
    document = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))
    schema = {"$ref": "#/components/schemas/AvatarVideoResultEnvelope", "components": document["components"]}
    WORK.mkdir(parents=True, exist_ok=True)
    (WORK / "a2e.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    check = str(OPENAPI_CORE.folder / "bin" / "check-jsonschema")
    return {
        "check-jsonschema": [check, "--schemafile", str(WORK / "a2e.schema.json"), str(EXAMPLE)],
        "an openapi-core script": [*_openapi_core(), "once"],
    }


def _openapi_core() -> list[str]:
    return [OPENAPI_CORE.python, str(SCRIPTS / "judging_openapi_core.py"), str(CONTRACT), str(EXAMPLE)]
