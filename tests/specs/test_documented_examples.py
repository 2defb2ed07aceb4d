"""The payloads of the providers' own pages fit the contracts that were curated from them."""

import pytest

from wireproof.cli import validate_response
from wireproof.specs import shipped_specs

EXAMPLES = sorted(shipped_specs().glob("*/examples/succeeded.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parents[1].name)
def test_a_documented_example_is_recognised_and_shows_no_drift(path, capsys):
    assert validate_response([str(path)]) == 0
    said = capsys.readouterr().out
    assert f"{path.parents[1].name} " in said
    assert "no drift in 1 exchange" in said


def test_there_are_examples():
    assert [path.parents[1].name for path in EXAMPLES] == ["a2e", "vapi", "yutoai"]
