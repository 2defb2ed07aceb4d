"""Four planted changes are told with exact counts and first sightings, and nothing else is told."""

import importlib.util
import sys
from pathlib import Path

import pytest

_PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "planted.py"


@pytest.fixture(scope="module")
def planted():
    spec = importlib.util.spec_from_file_location("planted", _PATH)
    module = sys.modules["planted"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_seeds_differ_in_what_they_invent(planted):
    made = [planted.Corpus(10, seed=seed) for seed in range(60)]
    assert {corpus.identifiers for corpus in made} == set(planted.IDENTIFIERS)
    assert {corpus.timed for corpus in made} == {True, False}
    assert {corpus.envelope for corpus in made} == {"", "data", "result"}


@pytest.mark.parametrize("seed", [1, 5, 9, 17, 24, 36, 41, 43])
def test_four_changes_and_no_other(planted, seed):
    assert planted.differences(planted.Corpus(20_000, seed=seed)) == (set(), set())


@pytest.mark.parametrize("seed", [2, 16, 34])
def test_without_changes_nothing_is_told(planted, seed):
    assert planted.differences(planted.Corpus(5_000, seed=seed, changes=False)) == (set(), set())
