"""What is told of evidence is beyond chance: exact tests, and no alarm where nothing drifts."""

import random
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.contracts import contract, exchange
from wireproof.concluding import Thresholds, concluded
from wireproof.errors import UsageError
from wireproof.evidence import chance
from wireproof.evidence.chance import all_on_one_side, at_least, fisher
from wireproof.examining import Examiner


def fisher_by_counting(hits, of, other_hits, other_of):
    total = hits + other_hits
    ways = {
        count: comb(of, count) * comb(other_of, total - count)
        for count in range(max(0, total - other_of), min(of, total) + 1)
    }
    return sum(way for way in ways.values() if way <= ways[hits] * (1 + 1e-9)) / sum(ways.values())


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_fishers_exact_test(of, other_of, data):
    hits, other_hits = data.draw(st.integers(0, of)), data.draw(st.integers(0, other_of))
    assert fisher(hits, of, other_hits, other_of) == pytest.approx(
        fisher_by_counting(hits, of, other_hits, other_of), rel=1e-5
    )


@given(st.integers(1, 60), st.data())
def test_all_on_one_side(whole, data):
    side, count = data.draw(st.integers(0, whole)), data.draw(st.integers(0, whole))
    assert all_on_one_side(count, side, whole) == pytest.approx(
        comb(side, count) / comb(whole, count), rel=1e-6
    )


def test_large_counts_are_told_at_once():
    assert fisher(500_000, 1_000_000, 450_000, 1_000_000) < 1e-300
    assert fisher(500_100, 1_000_000, 500_000, 1_000_000) > 0.5


@pytest.mark.parametrize("text", ["alpha", "alpha=0", "min_samples=1.5", "nothing=1"])
def test_a_threshold_that_is_none(text):
    with pytest.raises(UsageError):
        Thresholds.from_texts([text])


def test_thresholds_are_set_by_name():
    assert Thresholds.from_texts(["min_samples=7", "alpha=0.01"]) == Thresholds(min_samples=7, alpha=0.01)


FIELDS = 60


def report_on(made, seed):
    """Return the report on answers in which every member comes by chance, at rates that do not change."""
    chance, rates = random.Random(seed), random.Random(7)
    presence = [rates.choice([0.02, 0.1, 0.5, 0.9, 0.99]) for _ in range(FIELDS)]
    nulls = [rates.choice([0.02, 0.3, 0.7]) for _ in range(FIELDS)]
    examiner = Examiner([made])
    for index in range(600):
        body = {}
        for number in range(FIELDS):
            if chance.random() < presence[number]:
                words = chance.choices(["open", "done", "failed"], [0.6, 0.39, 0.01])[0]
                body[f"m{number}"] = (
                    None
                    if chance.random() < nulls[number]
                    else chance.choice([words, chance.getrandbits(53)])
                )
        examiner.take(exchange(body, index=index))
    return examiner.report()


def test_no_alarm_where_nothing_drifts():
    names = [f"m{number}" for number in range(FIELDS)]
    made = contract(
        {"type": "object", "properties": {name: {"type": ["string", "integer", "null"]} for name in names}}
    )
    alarms = fields = 0
    for seed in range(0, 34, 2):
        before, now = report_on(made, seed), report_on(made, seed + 1)
        told = concluded(now, [made], baseline=before.evidence).findings
        alarms += sum(1 for finding in told if finding.rule != "could-be-stricter")
        fields += FIELDS
    assert (alarms, fields >= 1000) == (0, True)


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from([0.001, 0.3, 0.625, 0.99]))
def test_at_least_is_the_binomial_tail(one, other, share):
    count, of = sorted((one, other))
    exact = sum(comb(of, hits) * share**hits * (1 - share) ** (of - hits) for hits in range(count, of + 1))
    assert at_least(count, of, share) == pytest.approx(exact, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("count", [0, 5_000, 999_000, 1_000_000, 1_001_000, 1_500_000])
def test_the_tail_of_many_is_a_matter_of_few_terms(monkeypatch, count):
    terms = []
    before = chance._log_choose
    monkeypatch.setattr(chance, "_log_choose", lambda of, hits: terms.append(hits) or before(of, hits))
    for share in (0.1, 0.625**16):
        assert 0 <= at_least(count, 10_000_000, share) <= 1
    assert len(terms) < 10_000
