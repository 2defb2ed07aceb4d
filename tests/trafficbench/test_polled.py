"""Tasks of the shipped contracts, polled until they end: right, wrong, and judged many at a time."""

import json
import random

import pytest
from polled import SPECS, polled

from support.lives import many_at_once, one_by_one
from wireproof.examining import Examiner
from wireproof.examples import Examples
from wireproof.options import Options
from wireproof.readers.jsonlines import Lines
from wireproof.specs import load_file

PROVIDERS = ("a2e", "duomi", "vapi", "yutoai")
ODD = [
    "",
    "Success",
    "succeeded",
    7,
    None,
    0.5,
    "100%",
    "https://localhost/x",
    1767225600,
    1767225600000,
    True,
]


def changed(value, rng):
    """Return a value with one of its parts replaced, left out or joined by a stranger."""
    if isinstance(value, dict) and value:
        name = rng.choice([*value, "new"])
        if name == "new" or rng.random() < 0.1:
            return {**value, "new": 1} if name == "new" else {key: value[key] for key in value if key != name}
        return {**value, name: changed(value[name], rng)}
    if isinstance(value, list) and value:
        return [changed(value[0], rng), *value[1:]]
    return rng.choice(ODD)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_tasks_of_a_timed_recording_mean_nothing_wrong(provider):
    contract = load_file(SPECS / provider / "openapi.yaml")
    examiner = Examiner([contract])
    for number, line in enumerate(polled(provider, 300)):
        examiner.take_block(Lines("tasks.jsonl", [line], number, number + 1))
    report = examiner.report()
    assert (report.findings, report.unmatched) == ((), 0)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_answer_of_a_timed_recording_needs_a_look_of_its_own(provider, monkeypatch):
    looked = []
    look = Examiner._look
    monkeypatch.setattr(Examiner, "_look", lambda self, match: looked.append(match) or look(self, match))
    data = b"\n".join(polled(provider, 1500)) + b"\n"
    many_at_once(load_file(SPECS / provider / "openapi.yaml"), data, Options())
    assert looked == []


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("share", [0.02, 0.5])
def test_a_recording_with_drift_gives_the_same_report_many_at_once(provider, share):
    contract = load_file(SPECS / provider / "openapi.yaml")
    rng = random.Random(provider)
    data = b"\n".join(drifted(line, rng) if rng.random() < share else line for line in polled(provider, 600))
    assert one_by_one(contract, data, Options()) == many_at_once(contract, data, Options())


@pytest.mark.parametrize("provider", PROVIDERS)
def test_any_answers_that_fit_the_contract_give_the_same_report_many_at_once(provider):
    contract = load_file(SPECS / provider / "openapi.yaml")
    schema = contract.operations[0].responses[0].bodies[0].schema
    examples, rng = Examples(contract.schemas), random.Random(7)
    lines = []
    for line in polled(provider, 150):
        exchange = json.loads(line)
        exchange["response"]["body"] = examples.payload(schema, rng, optional=0.8)
        lines += [json.dumps(exchange).encode()] * rng.choice((1, 3))
    data = b"\n".join(lines)
    assert one_by_one(contract, data, Options()) == many_at_once(contract, data, Options())


def drifted(line, rng):
    exchange = json.loads(line)
    exchange["response"]["body"] = changed(exchange["response"]["body"], rng)
    return json.dumps(exchange).encode()
