"""Process start and the cost of judging a body, beside peers, as ratios of one run.

    make bench

Start is CPU time as a multiple of `python -c pass`.  Judging is CPU time as a multiple of
`json.loads` of the same bytes, measured in the same process right before and after.  openapi-core
cannot live beside openapi-spec-validator 0.9, so it is installed in an environment of its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import venv
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "specs/a2e/examples/succeeded.json"
CONTRACT = ROOT / "specs/a2e/openapi.yaml"
PEERS = ROOT / "build/bench-peers"
ROUNDS = 15


def main() -> None:
    """Print both tables."""
    peer = peer_python()
    scripts = Path(sys.executable).parent
    commands = {
        "wireproof: validate-response one.json": [str(scripts / "validate-response"), str(EXAMPLE)],
        "the same with --provider a2e": [
            str(scripts / "validate-response"),
            "--provider",
            "a2e",
            str(EXAMPLE),
        ],
        "check-jsonschema": [*_check_jsonschema(peer), str(EXAMPLE)],
        "an openapi-core script": [str(peer), str(ROOT / "benchmarks/peer_openapi_core.py"), "once"],
    }
    print(f"{'process start to verdict':<44} times python -c pass")
    for name, ratio in start_ratios(commands).items():
        print(f"  {name:<42} {ratio:6.1f}")
    print(f"\n{'judging one body of ' + str(EXAMPLE.stat().st_size) + ' bytes':<44} times json.loads")
    for name, ratio in judging_ratios(peer).items():
        print(f"  {name:<42} {ratio:6.1f}")


def start_ratios(commands: dict[str, list[str]]) -> dict[str, float]:
    """Return the median CPU time of each command as a multiple of an empty Python process's."""
    taken: dict[str, list[float]] = {name: [] for name in ("pass", *commands)}
    for _ in range(ROUNDS):
        taken["pass"].append(cpu([sys.executable, "-c", "pass"]))
        for name, command in commands.items():
            taken[name].append(cpu(command))
    unit = median(taken["pass"])
    return {name: median(taken[name]) / unit for name in commands}


def cpu(command: list[str]) -> float:
    """Return the CPU seconds, user and system, of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def judging_ratios(peer: Path) -> dict[str, float]:
    """Return each judge's cost of one body as a multiple of parsing it."""
    found: dict[str, float] = {}
    for python, script in ((sys.executable, "judging.py"), (peer, "peer_openapi_core.py")):
        command = [str(python), str(ROOT / "benchmarks" / script)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
        found.update(json.loads(done.stdout))
    return found


def peer_python() -> Path:
    """Return the interpreter of the peers' environment, made where it is missing."""
    python = PEERS / "bin/python"
    if not (PEERS / ".installed").exists():
        print("installing openapi-core and check-jsonschema …", file=sys.stderr)
        venv.create(PEERS, with_pip=True)
        wanted = ["openapi-core", "check-jsonschema"]
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *wanted], check=True)
        (PEERS / ".installed").touch()
    return python


def _check_jsonschema(peer: Path) -> list[str]:
    """Return check-jsonschema with the response's schema, written out for it."""
    import yaml  # noqa: PLC0415 - the peers' environment has none

    document = yaml.safe_load(CONTRACT.read_text())
    schema = {"$ref": "#/components/schemas/AvatarVideoResultEnvelope", "components": document["components"]}
    target = PEERS / "schema.json"
    target.write_text(json.dumps(schema))
    return [str(peer.parent / "check-jsonschema"), "--schemafile", str(target)]


if __name__ == "__main__":
    main()
