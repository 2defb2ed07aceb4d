"""Write requirements.lock: one exact version of everything that wireproof and its extras need.

Run by `make lock`.  pip resolves without installing; what it chose is written as `name==version`,
one a line, sorted, with no address of where it came from, so that the file serves any registry.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from venv import EnvBuilder

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
HEADER = """\
# Versions that work together, for pip's and uv's `-c`; written by `make lock`, not by hand.
# Resolved on the oldest supported Python; holds for the newer ones too.
"""


def lines_of(report: dict[str, object]) -> list[str]:
    """Return the sorted `name==version` lines of a pip installation report, our own package left out."""
    install = report["install"]
    assert isinstance(install, list)  # noqa: S101 - pip documents it
    chosen = {
        re.sub(r"[-_.]+", "-", item["metadata"]["name"]).lower(): item["metadata"]["version"]
        for item in install
    }
    return [f"{name}=={version}\n" for name, version in sorted(chosen.items()) if name != "wireproof"]


def main() -> int:
    """Resolve, write the file, return 0; return pip's exit code where it cannot resolve."""
    if sys.version_info[:2] != (3, 11):
        print("note: not the oldest supported Python; try the result there too", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        EnvBuilder(with_pip=True).create(folder)  # a virtual environment that uv made has no pip
        report = Path(folder, "report.json")
        python = Path(folder, "Scripts" if os.name == "nt" else "bin", "python")
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--dry-run"]
        command += ["--ignore-installed", "--report", str(report), f"{ROOT}[dev,bench,compression]"]
        if code := subprocess.run(command, check=False).returncode:  # noqa: S603 - pip, with arguments from here
            return code
        lines = lines_of(json.loads(report.read_text(encoding="utf-8")))
    LOCK.write_text(HEADER + "".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
