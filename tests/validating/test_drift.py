"""Each defect put into a body is found at its place, under its name, and nothing else is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import strangers
from support.contracts import body_schema, seeded
from support.drift import drifts
from support.invented import Inventor
from wireproof.examples import Examples
from wireproof.openapi import load_contract
from wireproof.validating import Judge
from wireproof.validating.engine import ReferenceEngine

SPECS = sorted((Path(__file__).resolve().parents[2] / "specs").glob("*/openapi.yaml"))
NAMES = {
    "drop": {"required", "dependentRequired"},
    "add": {"undocumented"},
    "null": {"type"},
    "enum": {"enum", "const"},
    "case": {"enum", "const"},
    "format": {"format"},
    "bound": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "maxLength", "format"},
}


def on_the_way(first, second):
    """Return whether one path leads to the other, or to something inside it."""
    return all(left == right for left, right in zip(first, second, strict=False))


class Bench:
    """One contract's body, and what the engine says of it with a defect."""

    def __init__(self, schemas, name):
        self.schemas, self.name = schemas, name
        self.judge = Judge(schemas)
        self.reference = ReferenceEngine(self.judge.applicable.document(schemas.defs[name]))

    def count(self, drift):
        """Return how many sites a defect makes; None where it breaks no promise."""
        sites = self.judge.judge(self.name, drift.body).sites
        elsewhere = [site.path for site in sites if not on_the_way(site.path, drift.path)]
        assert elsewhere == [], drift
        broken = not self.reference.is_valid(drift.body)
        if drift.kind == "add":
            named = {site.keyword for site in sites if site.path == drift.path}
            assert named or not broken, drift  # a free key is no defect
            return len(sites) if sites else None
        if not broken:
            assert {site.keyword for site in sites} <= {"undocumented", "required", "type", "format"}, drift
            return None  # heirs and discriminators ask more than JSON Schema does
        assert sites, drift
        if drift.kind in NAMES and len(sites) == 1:
            assert sites[0].keyword in NAMES[drift.kind] | {"oneOf", "anyOf"}, drift
        return len(sites)

    def counts(self, body, chance, most):
        every = drifts(self.schemas, self.name, body)
        some = [chance.choice(every) for _ in range(min(most, len(every)))]
        return [count for drift in some if (count := self.count(drift)) is not None]


@given(st.randoms(use_true_random=False), st.sampled_from(["3.0", "3.1"]))
def test_a_defect_in_an_invented_contract_is_found_at_its_place(chance, version):
    schemas, name = body_schema(Inventor(chance, version=version).contract())
    body = Examples(schemas).payload(name, chance)
    bench = Bench(schemas, name)
    assert bench.judge.judge(name, body).sites == ()
    bench.counts(body, chance, most=8)


def test_one_defect_is_one_finding_in_invented_contracts():
    counts = []
    for seed in range(40):
        chance = seeded(seed)
        schemas, name = body_schema(Inventor(chance, version=chance.choice(("3.0", "3.1"))).contract())
        body = Examples(schemas).payload(name, chance, optional=0.8)
        counts += Bench(schemas, name).counts(body, chance, most=20)
    assert len(counts) > 300
    assert sum(counts) / len(counts) < 1.05


@pytest.mark.parametrize("build", strangers.ALL, ids=lambda build: build.__name__)
def test_one_defect_is_one_finding_in_a_stranger_s_contract(build):
    schemas, name = body_schema(build())
    bench, counts = Bench(schemas, name), []
    for seed in range(3):
        body = Examples(schemas).payload(name, seeded(seed), optional=0.9)
        counts += bench.counts(body, seeded(seed), most=150)
    assert len(counts) > 100
    assert sum(counts) / len(counts) < 1.05


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_one_defect_is_one_finding_in_a_shipped_contract(path):
    shipped = load_contract(str(path), path.read_bytes(), provider="p")
    counts = []
    for operation in shipped:
        for body in (body for answer in operation.responses for body in answer.bodies if body.schema):
            bench = Bench(shipped.schemas, body.schema)
            example = Examples(shipped.schemas).payload(body.schema, seeded(1), optional=0.9)
            counts += bench.counts(example, seeded(1), most=100)
    assert len(counts) > 50
    assert sum(counts) / len(counts) < 1.05
