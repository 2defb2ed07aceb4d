import json
from pathlib import Path

import pytest

from support.contracts import document
from support.tables import SCHEMA


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("spec.json").write_text(json.dumps(document(SCHEMA)), encoding="utf-8")
    return tmp_path
