"""The contracts that ship pass our own lint, and the models that ship are what they generate."""

from pathlib import Path

import pytest

from wireproof.cli import main

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = sorted((ROOT / "specs").glob("*/openapi.yaml"))


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.parent.name)
def test_a_contract_passes_our_own_lint(path, capsys):
    code = main(["lint", str(path)])
    assert code == 0, capsys.readouterr().out


def test_the_models_are_what_the_generator_writes(capsys):
    specs = [str(path) for path in CONTRACTS]
    code = main(["generate", *specs, "--output", str(ROOT / "generated" / "wireproof_models"), "--check"])
    assert code == 0, capsys.readouterr().out


def test_there_are_contracts_at_all():
    assert len(CONTRACTS) >= 4
