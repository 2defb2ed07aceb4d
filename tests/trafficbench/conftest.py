"""Puts the benchmark where a test can import it, and its files where they do no harm."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))


@pytest.fixture
def work(tmp_path, monkeypatch):
    """Return the folder that the benchmark writes to."""
    for module in ("corpora", "comparing"):
        monkeypatch.setattr(f"trafficbench.{module}.WORK", tmp_path)
    return tmp_path
