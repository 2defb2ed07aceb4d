"""A folder with a contract, captures, and a way to run the command there."""

import io
import json
import sys
from types import SimpleNamespace

import pytest

from support.contracts import document
from wireproof.cli import main, validate_response

SCHEMA = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "state": {"enum": ["queued", "done"]},
        "items": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}}}},
    },
}
CLEAN = {"id": "6f1c0c5e-2f0a-4b5e-9f3a-0a1b2c3d4e5f", "state": "done", "items": [{"n": 1}]}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Be in a folder with spec.json, clean.json (fits), extra.json (a warning), wrong.json (an error)."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "spec.json").write_text(json.dumps(document(SCHEMA)), encoding="utf-8")
    captures = {
        "clean.json": CLEAN,
        "extra.json": {**CLEAN, "diff_s": 3},
        "wrong.json": {**CLEAN, "items": [{"n": "1"}]},
    }
    for name, body in captures.items():
        (tmp_path / name).write_text(json.dumps(body), encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(capsys):
    """Return a function that runs a command in this process and returns its code and output."""

    def run(*words, command=None):
        code = (validate_response if command == "validate-response" else main)(list(words))
        out, err = capsys.readouterr()
        return SimpleNamespace(code=int(code), out=out, err=err)

    return run


@pytest.fixture
def judge(run):
    """Return a function that judges captures by spec.json."""
    return lambda *words: run("validate", "--spec", "spec.json", *words)


@pytest.fixture
def feed(monkeypatch):
    """Return a function that puts bytes on standard input, which is no terminal."""

    def feed(data):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return feed
