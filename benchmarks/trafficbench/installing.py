"""The peers' own environments, under build/peers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["PEERS", "ROOT", "Home", "NotInstalled"]

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "build" / "peers"


class NotInstalled(Exception):  # noqa: N818 - a fact about this machine, told in the table
    """A peer that cannot be had here; says why in a few words."""


@dataclass(frozen=True, slots=True)
class Home:
    """A folder of its own with exact versions of some packages, from PyPI or from npm."""

    name: str
    packages: tuple[str, ...]
    npm: bool = False

    @property
    def folder(self) -> Path:
        """Return where it lies."""
        return PEERS / self.name

    @property
    def python(self) -> str:
        """Return its interpreter."""
        return str(self.folder / "bin" / "python")

    def install(self) -> None:
        """Install the packages, unless these very versions are there; raises `NotInstalled`."""
        stamp = self.folder / "installed"
        wanted = "\n".join(self.packages)
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return
        tool = "npm" if self.npm else "pip"
        if self.npm and (shutil.which("npm") is None or shutil.which("node") is None):
            raise NotInstalled("needs Node.js with npm, which is not here")
        print(f"installing {', '.join(self.packages)} …", file=sys.stderr)
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "install.log").open("wb") as log:
            for command in self._commands():
                try:
                    subprocess.run(
                        command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=True
                    )
                except (OSError, subprocess.CalledProcessError) as error:
                    raise NotInstalled(f"{tool} could not install it: see build/peers/{self.name}") from error
        stamp.write_text(wanted, encoding="utf-8")

    def _commands(self) -> list[list[str]]:
        if self.npm:
            (self.folder / "package.json").write_text("{}", encoding="utf-8")
            return [["npm", "install", "--no-audit", "--no-fund", "--silent", *self.packages]]
        pip = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        return [[sys.executable, "-m", "venv", str(self.folder)], [*pip, *self.packages]]
